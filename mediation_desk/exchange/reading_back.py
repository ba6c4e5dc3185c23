"""Which field of which record a cell shows, and how its shown text becomes that field's value."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from mediation_desk.domain.as_typed.identities import identity
from mediation_desk.domain.as_typed.phones import phones
from mediation_desk.domain.as_typed.plain_text import bare, folded, kept
from mediation_desk.domain.cases import Dispute
from mediation_desk.domain.codes import CaseStatus, Code, PartyRole
from mediation_desk.domain.dispute_types import BY_CODE, TypeTable
from mediation_desk.domain.fields import Field, Form, Mask, fields_by_name
from mediation_desk.domain.numbering import VOID_MARK
from mediation_desk.domain.organisation import Unit
from mediation_desk.domain.record import Record
from mediation_desk.domain.records import KINDS
from mediation_desk.exchange.cells import Cell
from mediation_desk.exchange.dress import NotRead, day_of, fen_of, whole_of, yes_no_of
from mediation_desk.words import tr

VOIDED = tr("表中改为作废")
_MASKED = ("某", "*")
_BARE_NUMBER = re.compile(r"第?0*(?P<number>\d{1,6})号?")


@dataclass(frozen=True, slots=True)
class Other:
    """What a cell says of another field than the one it usually shows."""

    name: str
    value: Any


@dataclass(frozen=True, slots=True)
class Beside:
    """What is known where a cell is read: the package's tables, and the row it stands in.

    `record` is what the cell showed; None in a row that is not the program's. `cells` are the
    row's cells by head.
    """

    unit: Unit
    pattern: str
    year: int
    types: TypeTable
    mediators: Mapping[str, tuple[str, ...]]
    today: date
    record: Record | None = None
    cells: Mapping[str, Cell] = frozenset()  # type: ignore[assignment]

    def of(self, record: Record | None, cells: Mapping[str, Cell]) -> "Beside":
        """The same tables beside another cell."""
        return replace(self, record=record, cells=cells)


Reader = Callable[[Cell, Beside], Any]


@dataclass(frozen=True, slots=True)
class Shown:
    """Which field a cell shows: of the records of its row that `records` gives, of this `kind`.

    None from `records` says that this row has no such record. A `role` says that the cell joins
    the parties of one side in their order. Without a `reader` the field's description decides.
    """

    kind: str
    name: str
    records: Callable[[Any], tuple[Record, ...] | None]
    role: PartyRole | None = None
    reader: Reader | None = None

    @property
    def field(self) -> Field:
        """The field's description."""
        return fields_by_name(KINDS[self.kind])[self.name]

    def read(self, cell: Cell, beside: Beside) -> Any:
        """The field's value as `cell` tells it; raises `NotRead`."""
        if self.reader is not None:
            return self.reader(cell, beside)
        return described_value(self.field, cell, beside)


def described_value(field: Field, cell: Cell, beside: Beside) -> Any:
    """The value of a cell that shows `field` as its description says; raises `NotRead`."""
    if field.form is Form.CODE:
        value: Any = _code(field, cell)
    elif field.form is Form.DAY:
        value = day_of(cell, beside.year)
    elif field.form is Form.WHOLE:
        value = whole_of(cell)
    elif field.form is Form.MONEY:
        value = fen_of(cell)
    elif field.form is Form.YES_NO:
        value = yes_no_of(cell)
    else:
        return _text(field, cell, beside)
    if value is None and not field.optional:
        return _nothing(field, beside)
    return value


def _nothing(field: Field, beside: Beside) -> int:
    """What an emptied cell means: no amount and no piece is 0, all else cannot be empty."""
    zero = field.form is Form.MONEY or (field.form is Form.WHOLE and field.name != "people")
    if not zero or beside.record is None:
        raise NotRead(tr("这一项不能为空"))
    return 0


def _code(field: Field, cell: Cell) -> Any:
    wanted = bare(cell)
    if not wanted:
        return None
    codes: Any = field.codes
    for member in codes:
        if bare(member.label) == wanted:
            return member
    raise NotRead(tr("不是“{label}”可以选的内容").format(label=field.label))


def _text(field: Field, cell: Cell, beside: Beside) -> str:
    text = kept(cell)
    if field.personal in (Mask.NAME, Mask.IDENTITY, Mask.PHONE):
        return _personal(field.personal, text, cell, beside)
    return text


def _personal(mask: Mask, text: str, cell: Cell, beside: Beside) -> str:
    if any(sign in text for sign in _MASKED):
        raise NotRead(tr("新内容是脱敏的写法"))
    if mask is Mask.NAME:
        # Names of two characters are often set wider with a blank between them.
        return text if text.isascii() else "".join(text.split())
    if not text:
        return ""
    if mask is Mask.PHONE:
        numbers = phones(cell)
        return tr("、").join(numbers.value or ()) if numbers.sure else folded(cell)
    reading = identity(cell, beside.today)
    if not reading.sure:
        raise NotRead(tr("不是有效的身份证号"))
    return reading.value or ""


def label_parts(cell: Cell, unit: Unit, pattern: str, year: int) -> tuple[int, int, bool]:
    """Year, number and whether void out of a case number as `pattern` writes it.

    A bare number is one of `year`. Raises `NotRead`.
    """
    text = bare(cell)
    label = text.removesuffix(bare(VOID_MARK))
    found = re.fullmatch(_as_expression(unit, pattern), label) or _BARE_NUMBER.fullmatch(label)
    if found is None:
        raise NotRead(tr("不是这个单位的编号写法"))
    told = found.groupdict()
    return int(told.get("year") or year), int(told["number"]), label != text


def _as_expression(unit: Unit, pattern: str) -> str:
    """The expression that the labels of a numbering pattern match."""
    taken: set[str] = set()

    def place(found: re.Match[str]) -> str:
        name = found[1].partition(":")[0]
        if name == "word":
            return re.escape(bare(unit.number_word or unit.name))
        if name in taken:
            return f"(?P={name})"
        taken.add(name)
        return r"(?P<year>\d{4})" if name == "year" else r"0*(?P<number>\d{1,6})"

    parts = re.split(r"(\{[^}]*\})", pattern)
    expression = "".join(
        re.sub(r"\{([^}]*)\}", place, part) if part.startswith("{") else re.escape(bare(part))
        for part in parts
    )
    return expression if "number" in taken else "(?!)"


def number_read(cell: Cell, beside: Beside) -> Any:
    """The running number out of a case number of the same committee and year."""
    year, number, void = label_parts(cell, beside.unit, beside.pattern, beside.year)
    before = beside.record
    if isinstance(before, Dispute):
        if year != before.year:
            raise NotRead(tr("年度与原来不同"))
        if void != bool(before.void_reason):
            return Other("void_reason", VOIDED if void else "")
    return number


def status_read(cell: Cell, beside: Beside) -> Any:
    """The state of a case, where 作废 stands for a void one."""
    text = bare(cell)
    if text == tr("作废"):
        return Other("void_reason", VOIDED)
    status = _code(fields_by_name(Dispute)["status"], cell)
    if not isinstance(status, CaseStatus):
        raise NotRead(tr("这一项不能为空"))
    if beside.record is not None and beside.record.void_reason:
        return Other("void_reason", "")
    return status


def type_read(cell: Cell, beside: Beside) -> str:
    """The official type; a local type that rolls up to it stays what it is."""
    wanted = bare(cell)
    code = next((code for code, entry in BY_CODE.items() if bare(entry.label) == wanted), None)
    if code is None:
        raise NotRead(tr("不是18类纠纷类型中的一类"))
    local = _local(beside.cells.get(tr("本地类型"), ""), beside)
    if local is None:
        return code
    if beside.types.official(local) != code:
        raise NotRead(tr("与“本地类型”一列不一致"))
    return local


def local_type_read(cell: Cell, beside: Beside) -> str:
    """The local type; an emptied cell leaves the official one."""
    official = beside.cells.get(tr("纠纷类型"), "")
    local = _local(cell, beside)
    if local is None:
        return type_read(official, beside)
    entry = BY_CODE.get(beside.types.official(local))
    if official != "" and entry is not None and bare(entry.label) != bare(official):
        raise NotRead(tr("与“纠纷类型”一列不一致"))
    return local


def _local(cell: Cell, beside: Beside) -> str | None:
    wanted = bare(cell)
    if not wanted:
        return None
    for entry in beside.types.local:
        if bare(entry.label) == wanted and not entry.void_reason:
            return entry.code
    raise NotRead(tr("不是这个单位登记的本地类型"))


def mediators_read(cell: Cell, beside: Beside) -> tuple[str, ...]:
    """The mediators whose names stand in the cell, in their order."""
    found: list[str] = []
    before = getattr(beside.record, "mediator_ids", ())
    for name in parts(kept(cell)):
        ids = beside.mediators.get(bare(name), ())
        known = [entry for entry in ids if entry in before] or list(ids)
        if len(known) != 1:
            raise NotRead(tr("“{name}”不是这个单位登记的人民调解员").format(name=name[:20]))
        found.append(known[0])
    return tuple(found)


def parts(text: str) -> list[str]:
    """The parts of a joined text, whichever mark a hand put between them."""
    for mark in (",", "，", ";", "；", "\n"):
        text = text.replace(mark, tr("、"))
    return [part.strip() for part in text.split(tr("、")) if part.strip()]


def plain_value(value: Any) -> Any:
    """One field's value as a JSON type."""
    if isinstance(value, Code):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value
