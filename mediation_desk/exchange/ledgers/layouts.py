"""Ledgers that other offices ask for, written from the register: their heads in their order."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import IO

from openpyxl import Workbook

from mediation_desk.domain.casefile import CaseFile, title
from mediation_desk.domain.cases import Party
from mediation_desk.domain.codes import Outcome, PartyKind, PartyRole
from mediation_desk.domain.derived import mediation_due
from mediation_desk.domain.dispute_types import TypeTable
from mediation_desk.domain.limits import Limits
from mediation_desk.domain.linking import entrusted
from mediation_desk.domain.organisation import Mediator, Unit
from mediation_desk.domain.problems import DeskError
from mediation_desk.domain.settings import Settings
from mediation_desk.exchange import looks
from mediation_desk.exchange.cells import Kind, RowForm, Value, height_of, lines_needed
from mediation_desk.exchange.packing import Formulas, Stream, pack
from mediation_desk.exchange.placing import placed
from mediation_desk.exchange.writing import check_sums
from mediation_desk.words import tr

_LONGEST_STORY = 2_000  # domain.md §5.4 b


@dataclass(frozen=True, slots=True)
class LayoutCase:
    """A case as such a ledger wants it, with whatever stands around it."""

    position: int
    label: str
    case: CaseFile
    unit: Unit
    mediators: tuple[Mediator, ...] = ()
    town: str = ""
    grid: str = ""
    reporter_phone: str = ""
    types: TypeTable = field(default_factory=TypeTable)
    limits: Limits = field(default_factory=lambda: Limits(Settings()))

    @property
    def main_party(self) -> Party | None:
        """The first applicant, or whoever comes first."""
        return self.case.parties[0] if self.case.parties else None


@dataclass(frozen=True, slots=True)
class LayoutColumn:
    """One column: its head to the letter, its width and the value of a case.

    `most` is how many characters the receiving system takes, 0 for any number.
    """

    head: str
    width: float
    value: Callable[[LayoutCase], Value]
    kind: Kind = Kind.TEXT
    most: int = 0

    def of(self, row: LayoutCase) -> Value:
        """The value for a case.

        Raises `DeskError` for a text that the receiving system would cut.
        """
        value = self.value(row)
        if self.most and isinstance(value, str) and len(value) > self.most:
            happened = tr("“{case}”的“{head}”有{size}个字，对方系统最多收{most}个字，没有导出。")
            told = happened.format(case=row.label, head=self.head, size=len(value), most=self.most)
            raise DeskError(told + tr("请先缩短这一项，程序不会替您截断。"))
        return value


@dataclass(frozen=True, slots=True)
class Layout:
    """A sheet of a fixed form: its heads stand in the first row, as programs want them."""

    title: str
    columns: tuple[LayoutColumn, ...]


def _nothing(_row: LayoutCase) -> None:
    """A column whose code table is not public stays empty."""


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _side(role: PartyRole) -> Callable[[LayoutCase], str]:
    def names(row: LayoutCase) -> str:
        return tr("、").join(party.name for party in row.case.parties if party.role is role)

    return names


def _all(take: Callable[[Party], str]) -> Callable[[LayoutCase], str]:
    def told(row: LayoutCase) -> str:
        return tr("、").join(filter(None, map(take, row.case.parties)))

    return told


def _main(take: Callable[[Party], str]) -> Callable[[LayoutCase], str]:
    def told(row: LayoutCase) -> str:
        return take(row.main_party) if row.main_party else ""

    return told


def _mediators(row: LayoutCase) -> str:
    return tr("、").join(entry.name for entry in row.mediators)


def _type(row: LayoutCase) -> str:
    code = row.case.dispute.type
    return row.types.label(row.types.official(code)) if row.types.knows(code) else code


def _settled(row: LayoutCase) -> int | None:
    outcome = row.case.dispute.outcome
    return None if outcome is None else int(outcome is Outcome.SETTLED)


def _outcome(row: LayoutCase) -> str:
    outcome = row.case.dispute.outcome
    return outcome.label if outcome else ""


def _money(row: LayoutCase) -> int | None:
    agreed = row.case.agreement.amount_fen if row.case.agreement else 0
    return agreed or row.case.dispute.claim_fen or None


def _organisations(row: LayoutCase) -> str:
    """The organisations among the parties."""
    named = (party.name for party in row.case.parties if party.kind is not PartyKind.NATURAL)
    return tr("、").join(named)


def _how(row: LayoutCase) -> str:
    """What was agreed."""
    return row.case.agreement.content if row.case.agreement else ""


# GB/T 31000-2015 矛盾纠纷排查化解, as an import of such a platform names it (domain.md §5.4 b).
# The values of its code tables are not public, so those columns stay empty or hold words.
SECURITY = Layout(
    tr("矛盾纠纷排查化解"),
    (
        LayoutColumn(tr("事件名称"), 26, lambda row: title(row.case, row.types), Kind.LONG),
        LayoutColumn(tr("发生日期"), 12, lambda row: _day(row.case.dispute.occurred_on)),
        LayoutColumn(tr("发生地点"), 20, lambda row: row.case.dispute.place, Kind.LONG),
        LayoutColumn(tr("事件规模"), 9, _nothing),
        LayoutColumn(tr("事件类别"), 16, _type),
        LayoutColumn(tr("涉及人数"), 9, lambda row: row.case.dispute.people, Kind.WHOLE),
        LayoutColumn(
            tr("事件简述"), 40, lambda row: row.case.dispute.facts, Kind.LONG, _LONGEST_STORY
        ),
        LayoutColumn(tr("涉及单位"), 16, _organisations, Kind.LONG),
        LayoutColumn(tr("主要当事人证件代码"), 11, _nothing),
        LayoutColumn(tr("证件号码"), 21, _main(lambda party: party.id_number)),
        LayoutColumn(tr("姓名"), 10, _main(lambda party: party.name)),
        LayoutColumn(tr("性别"), 6, _main(lambda party: party.sex.label if party.sex else "")),
        LayoutColumn(tr("民族"), 8, _main(lambda party: party.ethnicity)),
        LayoutColumn(tr("学历"), 8, _nothing),
        LayoutColumn(tr("人员类别"), 9, _nothing),
        LayoutColumn(tr("居住详址"), 22, _main(lambda party: party.address), Kind.LONG),
        LayoutColumn(
            tr("化解时限"),
            12,
            lambda row: _day(
                mediation_due(row.case.dispute, row.limits, entrusted(row.case.referrals))
            ),
        ),
        LayoutColumn(tr("化解方式"), 11, lambda _row: tr("人民调解")),
        LayoutColumn(
            tr("化解组织"), 24, lambda row: row.unit.committee or row.unit.name, Kind.LONG
        ),
        LayoutColumn(tr("化解责任人姓名"), 12, _mediators),
        LayoutColumn(
            tr("化解责任人联系方式"),
            14,
            lambda row: tr("、").join(filter(None, (entry.phone for entry in row.mediators))),
        ),
        LayoutColumn(tr("化解是否成功"), 9, _settled, Kind.WHOLE),
        LayoutColumn(tr("化解情况"), 36, _how, Kind.LONG, _LONGEST_STORY),
        LayoutColumn(tr("考评日期"), 11, _nothing),
        LayoutColumn(tr("考评意见"), 14, _nothing),
        LayoutColumn(tr("经度"), 9, _nothing),
        LayoutColumn(tr("纬度"), 9, _nothing),
    ),
)

# The import sheets of a county's case archive (domain.md §5.4 d); * marks what must be filled in.
ARCHIVE = Layout(
    tr("案卷导入"),
    (
        LayoutColumn(tr("序号"), 7, lambda row: row.position, Kind.WHOLE),
        LayoutColumn(tr("申请人*"), 18, _side(PartyRole.APPLICANT), Kind.LONG),
        LayoutColumn(tr("被申请人*"), 18, _side(PartyRole.RESPONDENT), Kind.LONG),
        LayoutColumn(tr("案由*"), 20, _type),
        LayoutColumn(tr("受理时间*"), 13, lambda row: _day(row.case.dispute.intake_on)),
        LayoutColumn(tr("承办人员*"), 16, _mediators),
        LayoutColumn(tr("适用程序*"), 12, lambda _row: tr("人民调解")),
        LayoutColumn(tr("结案时间*"), 13, lambda row: _day(row.case.dispute.closed_on)),
        LayoutColumn(tr("结案方式*"), 13, _outcome),
        LayoutColumn(tr("案号*"), 26, lambda row: row.label),
    ),
)
TASKS = Layout(
    tr("任务导入"),
    (
        LayoutColumn(tr("任务类型"), 18, _type),
        LayoutColumn(tr("所属镇"), 10, lambda row: row.town),
        LayoutColumn(tr("所属网格"), 14, lambda row: row.grid),
        LayoutColumn(tr("上报人手机号*"), 14, lambda row: row.reporter_phone),
        LayoutColumn(tr("任务描述*"), 44, lambda row: row.case.dispute.facts, Kind.LONG),
        LayoutColumn(tr("涉及金额"), 13, _money, Kind.MONEY),
        LayoutColumn(tr("当事人姓名*"), 20, _all(lambda party: party.name), Kind.LONG),
        LayoutColumn(tr("当事人电话"), 16, _all(lambda party: party.phone), Kind.LONG),
        LayoutColumn(tr("当事人住址"), 24, _all(lambda party: party.address), Kind.LONG),
        LayoutColumn(tr("上报地址"), 20, lambda row: row.case.dispute.place, Kind.LONG),
    ),
)
LAYOUTS = (SECURITY, ARCHIVE, TASKS)


def write_layout(layout: Layout, rows: Iterable[LayoutCase], target: Path) -> Path:
    """Write a ledger of a fixed form, read it back with our own reader, and move it into place.

    All of its values are in full, for the office that runs the other system. Raises `DeskError`
    when a text does not fit into a cell or when the place cannot be written.
    """
    values: list[list[Value]] = [[column.of(row) for column in layout.columns] for row in rows]
    book = Workbook()
    book.properties.creator = tr("调解台")
    book.properties.title = layout.title
    sheet = book.worksheets[0]
    sheet.title = layout.title
    heads = [column.head for column in layout.columns]
    sizes = [column.width for column in layout.columns]
    for number, column in enumerate(layout.columns, 1):
        looks.put(sheet, 1, number, column.head, looks.HEAD)
        looks.dress(sheet.cell(2, number), looks.KINDS[column.kind])
    sheet.row_dimensions[1].height = height_of(max(map(lines_needed, heads, sizes)))
    sheet.freeze_panes = "B2"
    looks.widths(sheet, sizes)
    looks.page(sheet, "1:1")
    if sum(sizes) > 220:
        # Everything on one page would be too small to read.
        sheet.page_setup.fitToWidth = 2
        sheet.print_title_cols = "A:A"
    form = RowForm(layout.title, heads, [column.kind for column in layout.columns], sizes)
    streams = {layout.title: Stream(form, 2, values, len(values))}

    def write(file: IO[bytes]) -> dict[str, str]:
        return pack(book, streams, Formulas(), file)

    placed(target, write, check_sums)
    return target
