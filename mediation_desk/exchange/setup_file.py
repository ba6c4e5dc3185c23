"""The set-up file by which an office sets up a village's desk: what it says, and reading it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from mediation_desk import __version__
from mediation_desk.domain.allowance import AllowanceGrade
from mediation_desk.domain.organisation import LocalType, Unit
from mediation_desk.domain.record import Record
from mediation_desk.domain.records import canonical, kind_of
from mediation_desk.domain.versions import Lineages, Names
from mediation_desk.exchange import exact, reading
from mediation_desk.exchange.cells import Tally
from mediation_desk.exchange.columns import EXACT
from mediation_desk.exchange.exact import Rejected
from mediation_desk.exchange.hidden import (
    OF_THE_SEAL,
    SETUP,
    NoExactCopy,
    Pressed,
    damaged,
    described_by,
    signer_of,
    unpacked,
    verified,
)
from mediation_desk.exchange.sealing import (
    SEED_BYTES,
    DeskKey,
    NotToBeTaken,
    Seal,
    Succession,
    chain_in,
    chain_told,
    fingerprint,
    is_public_key,
    leads,
)
from mediation_desk.words import tr

# 2: with a table of allowances. A file without one is still of the first format, so that a program
# of an earlier version can open it and says of the others that it has to be renewed.
FORMAT = 2
_WITHOUT_GRADES = 1
_CARRIED = ("unit", "local_type", "allowance_grade")
_OFFICE = ("id", "code", "name")

Settings = Mapping[str, int | bool | str]


@dataclass(frozen=True, slots=True)
class SetUp:
    """What a set-up file says: for which unit, by which office, and how the desk is to work.

    `id` is that of the enrolment that the office keeps, `invitation` the seed of the key that
    signs the village's own key up, `office_key` the office's public key in hex. `lineages` are
    the versions of the units and the types. `committee` is the township's own, to which the village
    may hand cases over. `packages` is the number of the newest package that the office has from
    the unit, after which a new register of it goes on. `grades` are the table of allowances,
    `succession` the keys that the office had before.
    """

    id: str
    unit: Unit
    office_id: str
    office_code: str
    office_name: str
    office_key: str
    settings: Settings
    types: tuple[LocalType, ...]
    invitation: bytes
    made_by: str
    made_on: date
    lineages: Lineages = field(default_factory=dict)
    committee: Unit | None = None
    packages: int = 0
    grades: tuple[AllowanceGrade, ...] = ()
    succession: tuple[Succession, ...] = ()

    def follows(self, key: str) -> bool:
        """Whether it is of the office that had this key, be it that it has another now."""
        return leads(key, self.office_key, self.succession)

    @property
    def fingerprint(self) -> str:
        """The office's key as two people compare it by phone."""
        return fingerprint(self.office_key)


def encoded(setup: SetUp, key: DeskKey) -> list[str]:
    """The cells of its hidden sheet, signed by the office's `key`."""
    pressed, tally = Pressed(Seal(key)), Tally()
    committee = () if setup.committee is None else (setup.committee,)
    for entry in (setup.unit, *committee, *setup.types, *setup.grades):
        names = setup.lineages.get((kind_of(entry), entry.id), ())
        pressed.add([exact.line(entry, tally, names)])
    described = {
        "mark": SETUP,
        "format": FORMAT if setup.grades else _WITHOUT_GRADES,
        "program": __version__,
        "file": setup.id,
        "office": {
            "id": setup.office_id,
            "code": setup.office_code,
            "name": setup.office_name,
        },
        "settings": dict(setup.settings),
        "packages": setup.packages,
        "invitation": setup.invitation.hex(),
        "made_by": setup.made_by,
        "made_on": setup.made_on.isoformat(),
        "count": pressed.count,
        **({"succession": chain_told(setup.succession)} if setup.succession else {}),
    }
    return pressed.finished(described, _stable(described))[1]


def _stable(described: dict[str, Any]) -> bytes:
    stable = {name: value for name, value in described.items() if name not in OF_THE_SEAL}
    return canonical(stable).encode("utf-8", "replace") + b"\n"


def read_setup_file(path: Path) -> SetUp:
    """Read a set-up file and see that its office signed it.

    Raises `WorkbookUnreadable`, `AnotherKind`, `NoExactCopy` or `NotToBeTaken`. Whether it is the
    right office only people can tell, by the fingerprint.
    """
    with reading.opened(path) as book:
        cells = [row[0] if row else "" for row in book.sheets.get(EXACT, ())]
    described = described_by(cells, SETUP, FORMAT)
    signer = signer_of(described)
    if not signer:
        happened = tr("这份开户文件没有司法所的签名，不能使用。")
        raise NotToBeTaken(happened + tr("请让司法所重新做一份，原样交来。"))
    payload = unpacked(cells)
    verified(payload, described, _stable(described))
    try:
        return _setup(described, signer, payload)
    except (KeyError, TypeError, ValueError) as error:
        raise NoExactCopy(damaged(tr("程序内记录的说明不完整"))) from error


def _records(payload: bytes) -> Iterator[tuple[Record, Names]]:
    for number, text in enumerate(payload.splitlines(), 1):
        stays = tr("这类记录不随开户文件下发。")
        made, names = exact.versioned_in(number, text, _CARRIED, stays)
        if isinstance(made, Rejected):
            raise TypeError(made.reason)
        yield made, names


def _setup(described: dict[str, Any], signer: str, payload: bytes) -> SetUp:
    carried = list(_records(payload))
    # The unit itself comes first.
    unit, *others = (record for record, _ in carried if isinstance(record, Unit))
    office = [described["office"][name] for name in _OFFICE]
    texts = [described["file"], *office, described["made_by"]]
    settings = described["settings"]
    if not all(type(text) is str for text in texts):
        raise TypeError(texts)
    if not isinstance(settings, dict) or not is_public_key(signer):
        raise TypeError(settings)
    if not all(type(value) in {int, bool, str} for value in settings.values()):
        raise TypeError(settings)
    invitation = bytes.fromhex(described["invitation"])
    if len(invitation) != SEED_BYTES:
        raise ValueError(described["file"])
    packages = described.get("packages", 0)
    if type(packages) is not int or packages < 0:
        raise TypeError(packages)
    made_on = date.fromisoformat(described["made_on"])
    id_, office_id, code, name, made_by = texts
    return SetUp(
        id_,
        unit,
        office_id,
        code,
        name,
        signer,
        settings,
        tuple(record for record, _ in carried if isinstance(record, LocalType)),
        invitation,
        made_by,
        made_on,
        {(kind_of(record), record.id): names for record, names in carried if names},
        others[0] if others else None,
        packages,
        tuple(record for record, _ in carried if isinstance(record, AllowanceGrade)),
        chain_in(described.get("succession", [])),
    )
