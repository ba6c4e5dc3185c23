"""The sheets of a package and their columns, declared once for writer, reader and formulas."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, Generic, TypeVar, cast

from mediation_desk.domain.casefile import CaseFile
from mediation_desk.domain.cases import Party
from mediation_desk.domain.codes import Code, PartyRole
from mediation_desk.domain.fields import Form, fields_by_name
from mediation_desk.domain.prevention import Prevention, Publicity, Screening
from mediation_desk.domain.record import Record
from mediation_desk.domain.records import KINDS
from mediation_desk.exchange.cells import Kind, RowForm, Value
from mediation_desk.exchange.reading_back import (
    Reader,
    Shown,
    local_type_read,
    mediators_read,
    number_read,
    status_read,
    type_read,
)
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
    """One column: head, width in characters, kind, the value of a row, and which field it shows.

    A `personal` column stands only in a package that was deliberately made in full. Where rows
    hold different sorts of records, `shows` has one entry for each; a column that shows no field
    is derived, and a change of it changes nothing.
    """

    head: str
    width: float
    value: Callable[[Row], Value]
    kind: Kind = Kind.TEXT
    personal: bool = False
    shows: tuple[Shown, ...] = ()

    @property
    def derived(self) -> bool:
        """Whether the program works this column out, so that nobody can correct it here."""
        return not self.shows


@dataclass(frozen=True, slots=True)
class Sheet(Generic[Row]):
    """A visible sheet of rows; `key` names the columns that tell its rows apart.

    `record` gives the record that a row is about; others may hang on it.
    """

    title: str
    heading: str
    rows: Callable[[Shelf], Iterator[Row]]
    columns: tuple[Column[Row], ...]
    key: tuple[str, ...]
    record: Callable[[Row], Record]

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


def _value(kind: str, path: str, name: str) -> Callable[[Any], Value]:
    """What a cell shows of a field, by the form that its description gives."""
    get = attrgetter(f"{path}.{name}")
    form = fields_by_name(KINDS[kind])[name].form
    if form is Form.CODE:
        return lambda row: words(get(row))
    if form is Form.YES_NO:
        return lambda row: yes_no(get(row))
    return cast(Callable[[Any], Value], get)


@dataclass(frozen=True, slots=True)
class _Fields:
    """Makes the columns that show fields of one record of a row, found there under `path`."""

    kind: str
    path: str

    def __call__(
        self,
        head: str,
        width: float,
        name: str,
        kind: Kind = Kind.TEXT,
        *,
        personal: bool = False,
        value: Callable[[Any], Value] | None = None,
        reader: Reader | None = None,
    ) -> Column[Any]:
        """A column; `value` and `reader` where the field's description is not enough."""
        get = attrgetter(self.path)
        shown = Shown(self.kind, name, lambda row: (get(row),), reader=reader)
        take = value or _value(self.kind, self.path, name)
        return Column(head, width, take, kind, personal, (shown,))


_dispute = _Fields("dispute", "case.dispute")
_session = _Fields("session", "session")
_referral = _Fields("referral", "referral")


def _agreement(
    head: str, width: float, name: str, take: Callable[[CaseFile], Value], kind: Kind = Kind.TEXT
) -> Column[CaseRow]:
    def records(row: CaseRow) -> tuple[Record, ...]:
        return (row.case.agreement,) if row.case.agreement else ()

    return Column(
        head, width, lambda row: take(row.case), kind, shows=(Shown("agreement", name, records),)
    )


def _parties(
    head: str, width: float, side: PartyRole, name: str, *, personal: bool = False
) -> Column[CaseRow]:
    """A column that joins a field of all parties of one side."""
    get: Callable[[Party], str] = attrgetter(name)

    def records(row: CaseRow) -> tuple[Record, ...]:
        return tuple(party for party in row.case.parties if party.role is side)

    def value(row: CaseRow) -> str:
        texts = (get(party) for party in row.case.parties if party.role is side)
        return tr("、").join(text for text in texts if text)

    return Column(head, width, value, Kind.LONG, personal, (Shown("party", name, records, side),))


def _status(row: CaseRow) -> str:
    dispute = row.case.dispute
    return tr("作废") if dispute.void_reason else words(dispute.status)


def _amount(case: CaseFile) -> int | None:
    return case.agreement.amount_fen if case.agreement else None


def _form(case: CaseFile) -> str:
    return words(case.agreement.form) if case.agreement else ""


_A, _R, _T = PartyRole.APPLICANT, PartyRole.RESPONDENT, PartyRole.THIRD
_LONG, _DAY, _WHOLE, _MONEY = Kind.LONG, Kind.DAY, Kind.WHOLE, Kind.MONEY

LEDGER: Sheet[CaseRow] = Sheet(
    tr("案件台账"),
    tr("人民调解案件台账"),
    Shelf.cases,
    (
        _dispute(tr("编号"), 12.5, "number", value=lambda row: row.label, reader=number_read),
        _parties(tr("申请人"), 8.5, _A, "name"),
        _parties(tr("被申请人"), 8.5, _R, "name"),
        _parties(tr("第三人"), 7, _T, "name"),
        _dispute(tr("纠纷类型"), 10, "type", value=lambda row: row.type_label, reader=type_read),
        _dispute(
            tr("本地类型"), 8, "type", value=lambda row: row.local_label, reader=local_type_read
        ),
        _dispute(tr("案件来源"), 11, "source"),
        _dispute(tr("受理日期"), 11.5, "intake_on", _DAY),
        _dispute(tr("结案日期"), 11.5, "closed_on", _DAY),
        _dispute(tr("案件状态"), 7.5, "status", value=_status, reader=status_read),
        _dispute(tr("调解结果"), 9.5, "outcome"),
        _agreement(tr("协议形式"), 9.5, "form", _form),
        _dispute(tr("涉及当事人数"), 6.5, "people", _WHOLE),
        _agreement(tr("协议涉及金额(元)"), 12.5, "amount_fen", _amount, _MONEY),
        _dispute(tr("疑难复杂"), 5.5, "complex"),
        _dispute(tr("涉及农民工"), 5.5, "migrant_workers"),
        _dispute(
            tr("人民调解员"),
            8.5,
            "mediator_ids",
            _LONG,
            value=lambda row: row.mediators,
            reader=mediators_read,
        ),
        _dispute(tr("履行情况"), 8, "performance"),
        _dispute(tr("司法确认"), 7.5, "confirmation"),
        _dispute(tr("归档情况"), 7.5, "archive"),
        Column(tr("调解组织类别"), 9.5, lambda row: words(row.unit.kind)),
        Column(tr("计入本期"), 5.5, lambda row: yes_no(row.counted)),
        _parties(tr("申请人身份证号"), 21, _A, "id_number", personal=True),
        _parties(tr("申请人联系方式"), 14, _A, "phone", personal=True),
        _parties(tr("申请人住址"), 20, _A, "address", personal=True),
        _parties(tr("被申请人身份证号"), 21, _R, "id_number", personal=True),
        _parties(tr("被申请人联系方式"), 14, _R, "phone", personal=True),
        _parties(tr("被申请人住址"), 20, _R, "address", personal=True),
        _dispute(tr("发生地点"), 18, "place", _LONG, personal=True),
        _dispute(tr("纠纷简要情况"), 40, "facts", _LONG, personal=True),
    ),
    (tr("编号"),),
    lambda row: row.case.dispute,
)

SESSIONS: Sheet[SessionRow] = Sheet(
    tr("调解记录"),
    tr("调解、调查、回访记录"),
    Shelf.sessions,
    (
        Column(tr("编号"), 24, lambda row: row.label),
        Column(tr("次序"), 6, lambda row: row.position, _WHOLE),
        _session(tr("记录类别"), 10, "kind"),
        _session(tr("日期"), 12, "held_on", _DAY),
        _session(tr("时间"), 14, "time"),
        _session(
            tr("人民调解员"),
            22,
            "mediator_ids",
            _LONG,
            value=lambda row: row.mediators,
            reader=mediators_read,
        ),
        _session(tr("记录人"), 12, "recorder"),
        _session(tr("调解结果"), 16, "result"),
        _session(tr("回访形式"), 10, "visit_form"),
        _session(tr("被调查人"), 12, "asked"),
        _session(tr("地点"), 16, "place", _LONG, personal=True),
        _session(tr("参加人"), 20, "participants", _LONG, personal=True),
        _session(tr("记录内容"), 50, "narrative", _LONG, personal=True),
    ),
    (tr("编号"), tr("次序")),
    lambda row: row.session,
)

REFERRALS: Sheet[ReferralRow] = Sheet(
    tr("衔接移送"),
    tr("衔接联动与移送登记"),
    Shelf.referrals,
    (
        Column(tr("编号"), 24, lambda row: row.label),
        Column(tr("次序"), 6, lambda row: row.position, _WHOLE),
        _referral(tr("方向"), 8, "direction"),
        _referral(tr("衔接渠道"), 12, "channel"),
        _referral(tr("移送或接收机构"), 26, "body", _LONG),
        _referral(tr("函号"), 20, "letter_number"),
        _referral(tr("函件日期"), 12, "letter_on", _DAY),
        _referral(tr("初信初访"), 9, "first_petition"),
        _referral(tr("当事人同意日期"), 12, "consent_on", _DAY),
        _referral(tr("答复期限"), 12, "answer_due_on", _DAY),
        _referral(tr("答复日期"), 12, "answered_on", _DAY),
        _referral(tr("答复内容"), 40, "answer", _LONG, personal=True),
    ),
    (tr("编号"), tr("次序")),
    lambda row: row.referral,
)

_WORKS: tuple[tuple[str, type[Record]], ...] = (
    ("screening", Screening),
    ("prevention", Prevention),
    ("publicity", Publicity),
)


def _work(head: str, width: float, kind: Kind, constant: str = "", **names: str) -> Column[WorkRow]:
    """A column of work; `names` tells the field of each sort, a sort without one shows nothing.

    Screening shows `constant` where it has no field.
    """

    def records(sort: type[Record]) -> Callable[[WorkRow], tuple[Record, ...] | None]:
        return lambda row: (row.record,) if isinstance(row.record, sort) else None

    takes: dict[type, Callable[[Any], Value]] = {
        sort: _value(of, "record", names[of]) for of, sort in _WORKS if of in names
    }
    shows = tuple(Shown(of, names[of], records(sort)) for of, sort in _WORKS if of in names)

    def value(row: WorkRow) -> Value:
        take = takes.get(type(row.record))
        if take is not None:
            return take(row)
        return constant if isinstance(row.record, Screening) else None

    return Column(head, width, value, kind, shows=shows)


WORKS: Sheet[WorkRow] = Sheet(
    tr("排查与普法"),
    tr("矛盾纠纷排查、预防与普法宣传登记"),
    Shelf.works,
    (
        Column(tr("类别"), 8, lambda row: row.sort),
        Column(tr("次序"), 6, lambda row: row.position, _WHOLE),
        _work(
            tr("日期"),
            12,
            _DAY,
            screening="screened_on",
            prevention="prevented_on",
            publicity="held_on",
        ),
        _work(tr("事项"), 28, _LONG, tr("矛盾纠纷排查"), prevention="kind", publicity="topic"),
        _work(tr("区域或地点"), 20, _LONG, screening="area", publicity="place"),
        _work(tr("人员"), 18, _LONG, screening="screeners"),
        _work(tr("发现纠纷(件)"), 10.5, _WHOLE, screening="found"),
        _work(tr("预防纠纷(件)"), 10.5, _WHOLE, screening="prevented"),
        _work(tr("防止件数"), 9, _WHOLE, prevention="cases"),
        _work(tr("防止人数"), 9, _WHOLE, prevention="persons"),
        _work(tr("受众人数"), 9, _WHOLE, publicity="audience"),
        _work(tr("发放资料(份)"), 10.5, _WHOLE, publicity="materials"),
        Column(tr("计入本期"), 9, lambda row: yes_no(row.counted)),
    ),
    (tr("类别"), tr("次序")),
    lambda row: row.record,
)

SHEETS: tuple[Sheet[Any], ...] = (LEDGER, SESSIONS, REFERRALS, WORKS)
