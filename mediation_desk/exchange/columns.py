"""The sheets of a package and their columns, declared once for writer, reader and formulas."""

from typing import Any

from mediation_desk.domain.casefile import CaseFile
from mediation_desk.domain.codes import PartyRole
from mediation_desk.exchange.cells import Kind
from mediation_desk.exchange.column_making import (
    NO,
    YES,
    Column,
    Fields,
    Sheet,
    of_agreement,
    of_parties,
    of_work,
    words,
    yes_no,
)
from mediation_desk.exchange.reading_back import (
    local_type_read,
    mediators_read,
    number_read,
    status_read,
    type_read,
)
from mediation_desk.exchange.shelf import CaseRow, ReferralRow, SessionRow, Shelf, WorkRow
from mediation_desk.exchange.sums import FIRST_ROW
from mediation_desk.words import tr

__all__ = ["COVER", "EXACT", "FIRST_ROW", "LEDGER", "NO", "ORDINALS", "REFERRALS", "SESSIONS",
           "SHEETS", "SUMMARY", "WORKS", "YES", "Column", "Sheet"]  # fmt: skip

COVER, SUMMARY = tr("封面"), tr("汇总表")
EXACT = "_exact"
ORDINALS = tr("栏次")  # stands before the column numbers of the summary, by which it is read

_dispute = Fields("dispute", "case.dispute")
_session = Fields("session", "session")
_referral = Fields("referral", "referral")


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
        of_parties(tr("申请人"), 8.5, _A, "name"),
        of_parties(tr("被申请人"), 8.5, _R, "name"),
        of_parties(tr("第三人"), 7, _T, "name"),
        _dispute(tr("纠纷类型"), 10, "type", value=lambda row: row.type_label, reader=type_read),
        _dispute(
            tr("本地类型"), 8, "type", value=lambda row: row.local_label, reader=local_type_read
        ),
        _dispute(tr("案件来源"), 11, "source"),
        _dispute(tr("受理日期"), 11.5, "intake_on", _DAY),
        _dispute(tr("结案日期"), 11.5, "closed_on", _DAY),
        _dispute(tr("案件状态"), 7.5, "status", value=_status, reader=status_read),
        _dispute(tr("调解结果"), 9.5, "outcome"),
        of_agreement(tr("协议形式"), 9.5, "form", _form),
        _dispute(tr("涉及当事人数"), 6.5, "people", _WHOLE),
        of_agreement(tr("协议涉及金额(元)"), 12.5, "amount_fen", _amount, _MONEY),
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
        of_parties(tr("申请人身份证号"), 21, _A, "id_number", personal=True),
        of_parties(tr("申请人联系方式"), 14, _A, "phone", personal=True),
        of_parties(tr("申请人住址"), 20, _A, "address", personal=True),
        of_parties(tr("被申请人身份证号"), 21, _R, "id_number", personal=True),
        of_parties(tr("被申请人联系方式"), 14, _R, "phone", personal=True),
        of_parties(tr("被申请人住址"), 20, _R, "address", personal=True),
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

WORKS: Sheet[WorkRow] = Sheet(
    tr("排查与普法"),
    tr("矛盾纠纷排查、预防与普法宣传登记"),
    Shelf.works,
    (
        Column(tr("类别"), 8, lambda row: row.sort),
        Column(tr("次序"), 6, lambda row: row.position, _WHOLE),
        of_work(
            tr("日期"),
            12,
            _DAY,
            screening="screened_on",
            prevention="prevented_on",
            publicity="held_on",
        ),
        of_work(tr("事项"), 28, _LONG, tr("矛盾纠纷排查"), prevention="kind", publicity="topic"),
        of_work(tr("区域或地点"), 20, _LONG, screening="area", publicity="place"),
        of_work(tr("人员"), 18, _LONG, screening="screeners"),
        of_work(tr("发现纠纷(件)"), 10.5, _WHOLE, screening="found"),
        of_work(tr("预防纠纷(件)"), 10.5, _WHOLE, screening="prevented"),
        of_work(tr("防止件数"), 9, _WHOLE, prevention="cases"),
        of_work(tr("防止人数"), 9, _WHOLE, prevention="persons"),
        of_work(tr("受众人数"), 9, _WHOLE, publicity="audience"),
        of_work(tr("发放资料(份)"), 10.5, _WHOLE, publicity="materials"),
        Column(tr("计入本期"), 9, lambda row: yes_no(row.counted)),
    ),
    (tr("类别"), tr("次序")),
    lambda row: row.record,
)

SHEETS: tuple[Sheet[Any], ...] = (LEDGER, SESSIONS, REFERRALS, WORKS)
