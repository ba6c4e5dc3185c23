"""What travels back to a village: the cases returned to it, as a sheet and as an exact copy.

The copy has a mark of its own, so that it is never taken for a monthly package, nor one for it.
The office signs it, and seals it to the village once it has the village's key.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from mediation_desk import __version__
from mediation_desk.domain.organisation import Unit
from mediation_desk.domain.problems import Problem
from mediation_desk.domain.record import Record
from mediation_desk.domain.records import canonical, kind_of
from mediation_desk.domain.returning import Return
from mediation_desk.domain.versions import NO_LINEAGES, Lineages
from mediation_desk.exchange import exact, reading
from mediation_desk.exchange.cells import Cell, Kind, Tally, Value, clean
from mediation_desk.exchange.columns import EXACT, FIRST_ROW
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
from mediation_desk.exchange.sealing import DeskKey, Seal
from mediation_desk.exchange.visible import Rows, taken_as_recorded, warn
from mediation_desk.words import tr

SHEET = tr("退回意见")
FORMAT = 1
# What such a file carries; receipts and cases handed over will be of other kinds.
CARRIED_BACK = ("return",)

HEADS = (tr("编号"), tr("当事人"), tr("退回意见"), tr("退回日期"), tr("退回人"))
KINDS = (Kind.TEXT, Kind.TEXT, Kind.LONG, Kind.DAY, Kind.TEXT)
WIDTHS = (26.0, 26.0, 56.0, 12.0, 12.0)
# The columns that come from the record itself; the others only help to find the case.
_OF_THE_RECORD = slice(2, 5)

_TEXTS = ("file", "unit", "unit_code", "unit_name", "office", "made_by")


@dataclass(frozen=True, slots=True)
class ReturnsHead:
    """What such a file says about itself: to whom, from whom, when."""

    id: str
    unit_id: str
    unit_code: str
    unit_name: str
    office: str
    made_by: str
    made_on: date


@dataclass(frozen=True, slots=True)
class ReturnLine:
    """A case returned, with what people know it by: its number and its parties, masked."""

    number: str
    parties: str
    entry: Return

    def values(self) -> list[Value]:
        """The cells of its row."""
        entry = self.entry
        return [self.number, self.parties, entry.words, entry.returned_on, entry.returned_by]


@dataclass(frozen=True, slots=True)
class Returned:
    """A file from the office that was read; `signer` is the public key that signed it."""

    path: Path
    head: ReturnsHead
    records: tuple[Record, ...]
    rejected: tuple[Rejected, ...]
    problems: tuple[Problem, ...]
    signer: str = ""
    sealed: bool = False
    lineages: Lineages = field(default_factory=dict)


def head_for(id_: str, unit: Unit, office: str, made_by: str, made_on: date) -> ReturnsHead:
    """The head of a file to `unit`."""
    return ReturnsHead(id_, unit.id, unit.code, unit.name, office, made_by, made_on)


def encoded(
    head: ReturnsHead,
    records: Iterable[Record],
    tally: Tally,
    seal: Seal | None = None,
    lineages: Lineages = NO_LINEAGES,
) -> list[str]:
    """The cells of the exact copy."""
    pressed = Pressed(seal)
    pressed.add(
        exact.line(record, tally, lineages.get((kind_of(record), record.id), ()))
        for record in records
    )
    described = {
        "mark": RETURNS,
        "format": FORMAT,
        "program": __version__,
        "file": head.id,
        "unit": head.unit_id,
        "unit_code": head.unit_code,
        "unit_name": head.unit_name,
        "office": head.office,
        "made_by": head.made_by,
        "made_on": head.made_on.isoformat(),
        "count": pressed.count,
    }
    return pressed.finished(described, _stable(described))[1]


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
    texts = [described[name] for name in _TEXTS]
    if not all(type(text) is str for text in texts):
        raise TypeError(texts)
    id_, unit_id, code, name, office, made_by = texts
    made_on = date.fromisoformat(described["made_on"])
    return ReturnsHead(id_, unit_id, code, name, office, made_by, made_on)


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
        verified(payload, described, _stable(described))
        head = returns_head_in(described)
        records, rejected, lineages = _records(payload, head)
        problems = _edits(book.sheets.get(SHEET), records)
    sealed = is_sealed(described)
    told = tuple(problems)
    return Returned(path, head, records, rejected, told, signer, sealed, lineages)


def _records(
    payload: bytes, head: ReturnsHead
) -> tuple[tuple[Record, ...], tuple[Rejected, ...], Lineages]:
    stays = tr("这类记录不随退回文件下发。")
    made = [
        exact.versioned_in(number, text, CARRIED_BACK, stays)
        for number, text in enumerate(payload.splitlines(), 1)
    ]
    records = tuple(entry for entry, _ in made if isinstance(entry, Record))
    lineages = {
        (kind_of(entry), entry.id): names
        for entry, names in made
        if isinstance(entry, Record) and names
    }
    if any(isinstance(entry, Return) and entry.unit_id != head.unit_id for entry in records):
        happened = tr("这个文件写明退回给“{name}”，其中的记录却属于另一个单位，没有接收。")
        mend = tr("请让司法所重新制作，不要改名或拼接文件。")
        raise WorkbookUnreadable(happened.format(name=head.unit_name) + mend)
    rejected = tuple(entry for entry, _ in made if isinstance(entry, Rejected))
    return records, rejected, lineages


def _edits(rows: Rows | None, records: Sequence[Record]) -> list[Problem]:
    """Whether somebody changed the sheet; the words are taken as the office wrote them."""
    returns = [record for record in records if isinstance(record, Return)]
    if rows is not None and _shown(rows) == sorted(map(_expected, returns)):
        return []
    words = tr("“{sheet}”表被改动过，与程序内记录不同。").format(sheet=SHEET)
    return [warn("W1", SHEET, words, taken_as_recorded())]


def _shown(rows: Rows) -> list[tuple[str, ...]]:
    return sorted(_texts(row) for row in rows[FIRST_ROW - 1 :] if row)


def _texts(row: Sequence[Cell]) -> tuple[str, ...]:
    filled = [*row, *[""] * (len(HEADS) - len(row))]
    return tuple(str(cell) for cell in filled[_OF_THE_RECORD])


def _expected(entry: Return) -> tuple[str, ...]:
    tally = Tally()
    day = entry.returned_on.isoformat()
    return clean(entry.words, tally), day, clean(entry.returned_by, tally)
