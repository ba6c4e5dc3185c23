"""What travels back to a village: receipts, returns, what the office changed, cases handed over.

As sheets to read and as an exact copy. The copy has a mark of its own, so that it is never taken
for a monthly package, nor one for it. The office signs it, and seals it to the village once it has
the village's key.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from mediation_desk import __version__
from mediation_desk.domain.cases import Dispute
from mediation_desk.domain.organisation import Unit
from mediation_desk.domain.problems import Problem
from mediation_desk.domain.record import Record
from mediation_desk.domain.records import KINDS as EVERY_KIND
from mediation_desk.domain.records import canonical, kind_of
from mediation_desk.domain.reporting import Package
from mediation_desk.domain.returning import Return
from mediation_desk.domain.versions import NO_LINEAGES, Lineages, Names
from mediation_desk.exchange import exact, reading
from mediation_desk.exchange.cells import Tally
from mediation_desk.exchange.columns import EXACT
from mediation_desk.exchange.enclosing import KIND, enclosed_in, enclosed_line, is_enclosed
from mediation_desk.exchange.exact import Rejected
from mediation_desk.exchange.guard import WorkbookUnreadable
from mediation_desk.exchange.hidden import (
    OF_THE_SEAL,
    RETURNS,
    NoExactCopy,
    Pressed,
    damaged,
    described_by,
    is_sealed,
    signer_of,
    unpacked,
    verified,
)
from mediation_desk.exchange.returns_sheets import edited_returns
from mediation_desk.exchange.sealing import DeskKey, Seal, Succession, chain_in, chain_told
from mediation_desk.words import tr

# 2: files are numbered, and carry whatever a desk may say of a village's cases.
FORMAT = 2
# The office's own, and what only it decides.
_STAYING = frozenset(
    (
        "accepted_findings",
        "report",
        "report_use",
        "paper_total",
        "sampling",
        "enrolment",
        "proposal",
        "same_case",
        "ledger_map",
        "print",
        "desk_person",
        "log_entry",
    )
)
CARRIED_BACK = tuple(kind for kind in EVERY_KIND if kind not in _STAYING)
_MOST_FILES = 1_000_000

_TEXTS = ("file", "unit", "unit_code", "unit_name", "office", "made_by")


@dataclass(frozen=True, slots=True)
class ReturnsHead:
    """What such a file says about itself: to whom, from whom, when.

    `number` runs per unit, `previous` is the id of the file before it or empty, `span` how many
    files with this one as the last it makes good. `wanted` are the numbers of the village's
    packages that the office lacks; `succession` tells of the keys that the office had before.
    """

    id: str
    unit_id: str
    unit_code: str
    unit_name: str
    office: str
    made_by: str
    made_on: date
    number: int = 1
    previous: str = ""
    span: int = 1
    wanted: tuple[int, ...] = ()
    succession: tuple[Succession, ...] = ()


@dataclass(frozen=True, slots=True)
class Returned:
    """A file from the office that was read; `signer` is the public key that signed it.

    `enclosed` are the bytes of attachments by their hash.
    """

    path: Path
    head: ReturnsHead
    digest: str
    records: tuple[Record, ...]
    rejected: tuple[Rejected, ...]
    problems: tuple[Problem, ...]
    signer: str = ""
    sealed: bool = False
    lineages: Lineages = field(default_factory=dict)
    enclosed: Mapping[str, bytes] = field(default_factory=dict)
    read_on: date | None = None


def head_for(id_: str, unit: Unit, office: str, made_by: str, made_on: date) -> ReturnsHead:
    """The head of a first file to `unit`."""
    return ReturnsHead(id_, unit.id, unit.code, unit.name, office, made_by, made_on)


def encoded(
    head: ReturnsHead,
    records: Iterable[Record],
    tally: Tally,
    seal: Seal | None = None,
    lineages: Lineages = NO_LINEAGES,
    enclosed: Iterable[tuple[str, bytes]] = (),
) -> tuple[str, list[str]]:
    """The digest and the cells of the exact copy; bytes of attachments only if it is sealed."""
    pressed = Pressed(seal)
    pressed.add(
        exact.line(record, tally, lineages.get((kind_of(record), record.id), ()))
        for record in records
    )
    pressed.add(enclosed_line(sha256, content) for sha256, content in enclosed)
    described = {
        "mark": RETURNS,
        "format": FORMAT,
        "program": __version__,
        "file": head.id,
        "number": head.number,
        "previous": head.previous,
        "span": head.span,
        "wanted": list(head.wanted),
        "unit": head.unit_id,
        "unit_code": head.unit_code,
        "unit_name": head.unit_name,
        "office": head.office,
        "made_by": head.made_by,
        "made_on": head.made_on.isoformat(),
        "count": pressed.count,
        **({"succession": chain_told(head.succession)} if head.succession else {}),
    }
    return pressed.finished(described, _stable(described))


def _stable(described: dict[str, Any]) -> bytes:
    """All of the description but what is made of it."""
    stable = {name: value for name, value in described.items() if name not in OF_THE_SEAL}
    return canonical(stable).encode("utf-8", "replace") + b"\n"


def returns_head_in(described: dict[str, Any]) -> ReturnsHead:
    """The head that a description tells of; raises `NoExactCopy` if it is not complete."""
    try:
        return _head(described)
    except (KeyError, TypeError, ValueError) as error:
        raise NoExactCopy(damaged(tr("程序内记录的说明不完整"))) from error


def _head(described: dict[str, Any]) -> ReturnsHead:
    # Files of the first format were not numbered.
    number, span = described.get("number", 1), described.get("span", 1)
    previous, wanted = described.get("previous", ""), described.get("wanted", [])
    texts = [*(described[name] for name in _TEXTS), previous]
    if not all(type(text) is str for text in texts):
        raise TypeError(texts)
    if not all(type(entry) is int for entry in (number, span, *wanted)):
        raise TypeError(number)
    if not 1 <= span <= number <= _MOST_FILES:
        raise ValueError(number)
    id_, unit_id, code, name, office, made_by, _ = texts
    made_on = date.fromisoformat(described["made_on"])
    told = (id_, unit_id, code, name, office, made_by, made_on)
    chain = chain_in(described.get("succession", []))
    return ReturnsHead(*told, number, previous, span, tuple(wanted), chain)


def read_returns(path: Path, key: DeskKey | None = None) -> Returned:
    """Read a file that came back from the office, which the village's `key` opens if sealed.

    Raises `WorkbookUnreadable`, `AnotherKind`, `NoExactCopy` or `NotToBeTaken`, each with its own
    sentence.
    """
    with reading.opened(path) as book:
        cells = [row[0] if row else "" for row in book.sheets.get(EXACT, ())]
        described = described_by(cells, RETURNS, FORMAT)
        signer = signer_of(described)
        payload = unpacked(cells, described, key)
        digest = verified(payload, described, _stable(described))
        head = returns_head_in(described)
        lines = _Lines(payload)
        _check_whose(head, lines.records)
        told = tuple(edited_returns(book.sheets, lines.records))
    return Returned(
        path,
        head,
        digest,
        tuple(lines.records),
        tuple(lines.rejected),
        told,
        signer,
        is_sealed(described),
        lines.lineages,
        lines.enclosed,
    )


class _Lines:
    """What the lines of an exact copy hold."""

    def __init__(self, payload: bytes) -> None:
        self.records: list[Record] = []
        self.rejected: list[Rejected] = []
        self.lineages: dict[tuple[str, str], Names] = {}
        self.enclosed: dict[str, bytes] = {}
        for number, text in enumerate(payload.splitlines(), 1):
            self._take(number, text)

    def _take(self, number: int, text: bytes) -> None:
        if is_enclosed(text):
            sha256, content, wrong = enclosed_in(text)
            if wrong:
                self.rejected.append(Rejected(number, KIND, sha256, wrong))
            else:
                self.enclosed[sha256] = content
            return
        stays = tr("这类记录不随退回文件下发。")
        made, names = exact.versioned_in(number, text, CARRIED_BACK, stays)
        if isinstance(made, Rejected):
            self.rejected.append(made)
            return
        self.records.append(made)
        if names:
            self.lineages[kind_of(made), made.id] = names


def _check_whose(head: ReturnsHead, records: Iterable[Record]) -> None:
    """Refuse a file whose returns are of another unit, but for those of a case handed over.

    Packages are only given back to who sent them.
    """
    every = tuple(records)
    here = {entry.id for entry in every if isinstance(entry, Dispute)}
    for entry in every:
        if isinstance(entry, Package):
            foreign = entry.unit_id != head.unit_id or entry.received
        elif isinstance(entry, Return) and entry.dispute_id not in here:
            foreign = entry.unit_id != head.unit_id
        else:
            continue
        if foreign:
            happened = tr("这个文件写明退回给“{name}”，其中的记录却属于另一个单位，没有接收。")
            mend = tr("请让司法所重新制作，不要改名或拼接文件。")
            raise WorkbookUnreadable(happened.format(name=head.unit_name) + mend)
