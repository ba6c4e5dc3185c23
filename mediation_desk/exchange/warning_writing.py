"""The register of warnings as a workbook of one clean sheet, and its columns for paper."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from mediation_desk.exchange.cells import Kind, Value
from mediation_desk.words import tr

if TYPE_CHECKING:
    from mediation_desk.exchange.one_sheet import WrittenList

SHEET = tr("预警台账")


@dataclass(frozen=True, slots=True)
class WarningLine:
    """One line of the register in words, ready to leave: masked unless it may be read in full."""

    number: str
    unit: str
    parties: str
    type_label: str
    rule: str
    reason: str
    since: date
    level: str
    owner: str
    due_by: str
    step: str
    found: str
    reported: str
    instruction: str
    disposal: str


@dataclass(frozen=True, slots=True)
class WarningHead:
    """What stands over the register: its title and the lines that say whose it is."""

    title: str
    under: tuple[str, str]
    with_unit: bool = False


@dataclass(frozen=True, slots=True)
class _Column:
    """A column: head, width in the workbook and on paper, kind, and the field it shows."""

    head: str
    width: float
    paper: float
    kind: Kind
    name: str


_COLUMNS = (
    _Column(tr("纠纷编号"), 18.5, 17, Kind.TEXT, "number"),
    _Column(tr("单位"), 11.5, 10, Kind.LONG, "unit"),
    _Column(tr("当事人"), 14.5, 13, Kind.LONG, "parties"),
    _Column(tr("纠纷类型"), 11.5, 10, Kind.TEXT, "type_label"),
    _Column(tr("预警规则"), 11.5, 10, Kind.TEXT, "rule"),
    _Column(tr("预警理由"), 28.5, 27, Kind.LONG, "reason"),
    _Column(tr("预警日期"), 12.5, 11, Kind.DAY, "since"),
    _Column(tr("等级"), 8.5, 7, Kind.TEXT, "level"),
    _Column(tr("责任人"), 11.5, 10, Kind.LONG, "owner"),
    _Column(tr("处置时限"), 12.5, 11, Kind.TEXT, "due_by"),
    _Column(tr("步骤"), 7.5, 6, Kind.TEXT, "step"),
    _Column(tr("核实情况"), 19.5, 18, Kind.LONG, "found"),
    _Column(tr("上报情况"), 16.5, 15, Kind.LONG, "reported"),
    _Column(tr("司法所意见"), 16.5, 15, Kind.LONG, "instruction"),
    _Column(tr("处置情况"), 19.5, 18, Kind.LONG, "disposal"),
)


def _columns(head: WarningHead) -> list[_Column]:
    return [entry for entry in _COLUMNS if head.with_unit or entry.name != "unit"]


def _value(line: WarningLine, name: str) -> Value:
    value: Value = getattr(line, name)
    return value


def paper_heads(head: WarningHead) -> tuple[tuple[str, ...], tuple[float, ...]]:
    """The heads and widths of the register on paper."""
    shown = _columns(head)
    return tuple(entry.head for entry in shown), tuple(entry.paper for entry in shown)


def paper_cells(head: WarningHead, line: WarningLine) -> list[str]:
    """The cells of a line on paper."""
    return [str(getattr(line, entry.name)) for entry in _columns(head)]


def write_warnings(head: WarningHead, lines: Sequence[WarningLine], target: Path) -> "WrittenList":
    """Write the register, read it back with our own reader, and move it into place.

    Raises `DeskError` when a text does not fit into a cell or when the place cannot be written.
    """
    # openpyxl takes 0.1 s to import and is not needed to start.
    from mediation_desk.exchange.one_sheet import SheetForm, write_sheet  # noqa: PLC0415

    shown = _columns(head)
    columns = [(entry.head, entry.width, entry.kind) for entry in shown]
    rows = ([_value(line, entry.name) for entry in shown] for line in lines)
    return write_sheet(SheetForm(SHEET, head.title, head.under, columns), rows, len(lines), target)
