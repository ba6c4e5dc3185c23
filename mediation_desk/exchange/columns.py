"""The sheets of a package and their columns, declared once for writer, reader and formulas."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, Generic, TypeVar

from mediation_desk.domain.casefile import CaseFile
from mediation_desk.domain.cases import Party
from mediation_desk.domain.codes import Code, PartyRole
from mediation_desk.domain.prevention import Prevention, Publicity, Screening
from mediation_desk.exchange.cells import Kind, RowForm, Value
from mediation_desk.exchange.shelf import CaseRow, ReferralRow, SessionRow, Shelf, WorkRow
from mediation_desk.words import tr

Row = TypeVar("Row")

COVER, SUMMARY = tr("封面"), tr("汇总表")
EXACT = "_exact"
YES, NO = tr("是"), tr("否")
ORDINALS = tr("栏次")  # stands before the column numbers of the summary, by which it is read
FIRST_ROW = 5  # title, unit and period, calibre, heads; then the rows


@dataclass(frozen=True, slots=True)
class Column(Generic[Row]):
    """One column: head, width in characters, kind, and the value of a row.

    A `personal` column stands only in a package that was deliberately made in full.
    """

    head: str
    width: float
    value: Callable[[Row], Value]
    kind: Kind = Kind.TEXT
    personal: bool = False


@dataclass(frozen=True, slots=True)
class Sheet(Generic[Row]):
    """A visible sheet of rows; `key` names the columns that tell its rows apart."""

    title: str
    heading: str
    rows: Callable[[Shelf], Iterator[Row]]
    columns: tuple[Column[Row], ...]
    key: tuple[str, ...]

    def shown(self, *, personal: bool) -> tuple[Column[Row], ...]:
        """The columns of a package with or without full personal values."""
        return tuple(column for column in self.columns if personal or not column.personal)

    def form(self, *, personal: bool) -> RowForm:
        """The row form for this sheet's columns."""
        shown = self.shown(personal=personal)
        heads = [column.head for column in shown]
        kinds, widths = [column.kind for column in shown], [column.width for column in shown]
        return RowForm(self.title, heads, kinds, widths)

    def values(self, shelf: Shelf) -> Iterator[list[Value]]:
        """The values of every row in the order of the sheet."""
        takes = [column.value for column in self.shown(personal=shelf.head.personal)]
        for row in self.rows(shelf):
            yield [take(row) for take in takes]

    def number_of(self, head: str, *, personal: bool) -> int:
        """The number of the column with this head, from 1."""
        heads = [column.head for column in self.shown(personal=personal)]
        return heads.index(head) + 1


def words(code: Code | None) -> str:
    """The official words of a code, empty for none."""
    return code.label if code is not None else ""


def yes_no(value: bool | None) -> str:  # noqa: FBT001 - the value itself, not an option
    """是 or 否; empty where it was not asked."""
    return "" if value is None else YES if value else NO


def _joined(texts: Iterable[str]) -> str:
    return tr("、").join(text for text in texts if text)


def _on(side: PartyRole, take: Callable[[Party], str]) -> Callable[[CaseRow], str]:
    return lambda row: _joined(take(party) for party in row.case.parties if party.role is side)


def _status(row: CaseRow) -> str:
    dispute = row.case.dispute
    return tr("作废") if dispute.void_reason else words(dispute.status)


def _amount(case: CaseFile) -> int | None:
    return case.agreement.amount_fen if case.agreement else None


def _form(case: CaseFile) -> str:
    return words(case.agreement.form) if case.agreement else ""


_NAME, _IDENTITY = attrgetter("name"), attrgetter("id_number")
_PHONE, _ADDRESS = attrgetter("phone"), attrgetter("address")
_A, _R, _T = PartyRole.APPLICANT, PartyRole.RESPONDENT, PartyRole.THIRD

LEDGER: Sheet[CaseRow] = Sheet(
    tr("案件台账"),
    tr("人民调解案件台账"),
    Shelf.cases,
    (
        Column(tr("编号"), 12.5, lambda row: row.label),
        Column(tr("申请人"), 8.5, _on(_A, _NAME), Kind.LONG),
        Column(tr("被申请人"), 8.5, _on(_R, _NAME), Kind.LONG),
        Column(tr("第三人"), 7, _on(_T, _NAME), Kind.LONG),
        Column(tr("纠纷类型"), 10, lambda row: row.type_label),
        Column(tr("本地类型"), 8, lambda row: row.local_label),
        Column(tr("案件来源"), 11, lambda row: words(row.case.dispute.source)),
        Column(tr("受理日期"), 11.5, lambda row: row.case.dispute.intake_on, Kind.DAY),
        Column(tr("结案日期"), 11.5, lambda row: row.case.dispute.closed_on, Kind.DAY),
        Column(tr("案件状态"), 7.5, _status),
        Column(tr("调解结果"), 9.5, lambda row: words(row.case.dispute.outcome)),
        Column(tr("协议形式"), 9.5, lambda row: _form(row.case)),
        Column(tr("涉及当事人数"), 6.5, lambda row: row.case.dispute.people, Kind.WHOLE),
        Column(tr("协议涉及金额(元)"), 12.5, lambda row: _amount(row.case), Kind.MONEY),
        Column(tr("疑难复杂"), 5.5, lambda row: yes_no(row.case.dispute.complex)),
        Column(tr("涉及农民工"), 5.5, lambda row: yes_no(row.case.dispute.migrant_workers)),
        Column(tr("人民调解员"), 8.5, lambda row: row.mediators, Kind.LONG),
        Column(tr("履行情况"), 8, lambda row: words(row.case.dispute.performance)),
        Column(tr("司法确认"), 7.5, lambda row: words(row.case.dispute.confirmation)),
        Column(tr("归档情况"), 7.5, lambda row: words(row.case.dispute.archive)),
        Column(tr("调解组织类别"), 9.5, lambda row: words(row.unit.kind)),
        Column(tr("计入本期"), 5.5, lambda row: yes_no(row.counted)),
        Column(tr("申请人身份证号"), 21, _on(_A, _IDENTITY), Kind.LONG, personal=True),
        Column(tr("申请人联系方式"), 14, _on(_A, _PHONE), Kind.LONG, personal=True),
        Column(tr("申请人住址"), 20, _on(_A, _ADDRESS), Kind.LONG, personal=True),
        Column(tr("被申请人身份证号"), 21, _on(_R, _IDENTITY), Kind.LONG, personal=True),
        Column(tr("被申请人联系方式"), 14, _on(_R, _PHONE), Kind.LONG, personal=True),
        Column(tr("被申请人住址"), 20, _on(_R, _ADDRESS), Kind.LONG, personal=True),
        Column(tr("发生地点"), 18, lambda row: row.case.dispute.place, Kind.LONG, personal=True),
        Column(
            tr("纠纷简要情况"), 40, lambda row: row.case.dispute.facts, Kind.LONG, personal=True
        ),
    ),
    (tr("编号"),),
)

SESSIONS: Sheet[SessionRow] = Sheet(
    tr("调解记录"),
    tr("调解、调查、回访记录"),
    Shelf.sessions,
    (
        Column(tr("编号"), 24, lambda row: row.label),
        Column(tr("次序"), 6, lambda row: row.position, Kind.WHOLE),
        Column(tr("记录类别"), 10, lambda row: words(row.session.kind)),
        Column(tr("日期"), 12, lambda row: row.session.held_on, Kind.DAY),
        Column(tr("时间"), 14, lambda row: row.session.time),
        Column(tr("人民调解员"), 22, lambda row: row.mediators, Kind.LONG),
        Column(tr("记录人"), 12, lambda row: row.session.recorder),
        Column(tr("调解结果"), 16, lambda row: words(row.session.result)),
        Column(tr("回访形式"), 10, lambda row: words(row.session.visit_form)),
        Column(tr("被调查人"), 12, lambda row: row.session.asked),
        Column(tr("地点"), 16, lambda row: row.session.place, Kind.LONG, personal=True),
        Column(tr("参加人"), 20, lambda row: row.session.participants, Kind.LONG, personal=True),
        Column(tr("记录内容"), 50, lambda row: row.session.narrative, Kind.LONG, personal=True),
    ),
    (tr("编号"), tr("次序")),
)

REFERRALS: Sheet[ReferralRow] = Sheet(
    tr("衔接移送"),
    tr("衔接联动与移送登记"),
    Shelf.referrals,
    (
        Column(tr("编号"), 24, lambda row: row.label),
        Column(tr("次序"), 6, lambda row: row.position, Kind.WHOLE),
        Column(tr("方向"), 8, lambda row: words(row.referral.direction)),
        Column(tr("衔接渠道"), 12, lambda row: words(row.referral.channel)),
        Column(tr("移送或接收机构"), 26, lambda row: row.referral.body, Kind.LONG),
        Column(tr("函号"), 20, lambda row: row.referral.letter_number),
        Column(tr("函件日期"), 12, lambda row: row.referral.letter_on, Kind.DAY),
        Column(tr("初信初访"), 9, lambda row: yes_no(row.referral.first_petition)),
        Column(tr("当事人同意日期"), 12, lambda row: row.referral.consent_on, Kind.DAY),
        Column(tr("答复期限"), 12, lambda row: row.referral.answer_due_on, Kind.DAY),
        Column(tr("答复日期"), 12, lambda row: row.referral.answered_on, Kind.DAY),
        Column(tr("答复内容"), 40, lambda row: row.referral.answer, Kind.LONG, personal=True),
    ),
    (tr("编号"), tr("次序")),
)


def _of(kind: type, take: Callable[[Any], Value]) -> Callable[[WorkRow], Value]:
    """The value for records of `kind`; the other sorts leave the cell empty."""
    return lambda row: take(row.record) if isinstance(row.record, kind) else None


def _work_day(row: WorkRow) -> Value:
    record = row.record
    if isinstance(record, Screening):
        return record.screened_on
    return record.prevented_on if isinstance(record, Prevention) else record.held_on


def _matter(row: WorkRow) -> str:
    record = row.record
    if isinstance(record, Prevention):
        return words(record.kind)
    return record.topic if isinstance(record, Publicity) else tr("矛盾纠纷排查")


def _where(row: WorkRow) -> str:
    record = row.record
    if isinstance(record, Screening):
        return record.area
    return record.place if isinstance(record, Publicity) else ""


WORKS: Sheet[WorkRow] = Sheet(
    tr("排查与普法"),
    tr("矛盾纠纷排查、预防与普法宣传登记"),
    Shelf.works,
    (
        Column(tr("类别"), 8, lambda row: row.sort),
        Column(tr("次序"), 6, lambda row: row.position, Kind.WHOLE),
        Column(tr("日期"), 12, _work_day, Kind.DAY),
        Column(tr("事项"), 28, _matter, Kind.LONG),
        Column(tr("区域或地点"), 20, _where, Kind.LONG),
        Column(tr("人员"), 18, _of(Screening, lambda entry: entry.screeners), Kind.LONG),
        Column(tr("发现纠纷(件)"), 10.5, _of(Screening, lambda entry: entry.found), Kind.WHOLE),
        Column(tr("预防纠纷(件)"), 10.5, _of(Screening, lambda entry: entry.prevented), Kind.WHOLE),
        Column(tr("防止件数"), 9, _of(Prevention, lambda entry: entry.cases), Kind.WHOLE),
        Column(tr("防止人数"), 9, _of(Prevention, lambda entry: entry.persons), Kind.WHOLE),
        Column(tr("受众人数"), 9, _of(Publicity, lambda entry: entry.audience), Kind.WHOLE),
        Column(tr("发放资料(份)"), 10.5, _of(Publicity, lambda entry: entry.materials), Kind.WHOLE),
        Column(tr("计入本期"), 9, lambda row: yes_no(row.counted)),
    ),
    (tr("类别"), tr("次序")),
)

SHEETS: tuple[Sheet[Any], ...] = (LEDGER, SESSIONS, REFERRALS, WORKS)
