"""What the places of the case papers are filled with, by the official names of their fields."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from mediation_desk.domain.case_papers import copies
from mediation_desk.domain.casefile import CaseFile, title
from mediation_desk.domain.cases import Agent, Dispute, Party
from mediation_desk.domain.codes import (
    Outcome,
    PartyKind,
    PartyRole,
    Performance,
    SessionKind,
    Source,
)
from mediation_desk.domain.derived import effective_on
from mediation_desk.domain.dispute_types import TypeTable
from mediation_desk.domain.handling import Promise
from mediation_desk.domain.identity import age_on
from mediation_desk.domain.money import capital_yuan, yuan
from mediation_desk.domain.official_days import in_figures, in_numerals, numeral
from mediation_desk.papers.template import Context, Value
from mediation_desk.words import tr

_BLANK_DAY = tr("　　　　年　　月　　日")
_TICKED, _OPEN = "√", "□"


@dataclass(frozen=True, slots=True)
class Given:
    """A case with what its papers need to know of the committee; `mediators` are names by id."""

    case: CaseFile
    committee: str
    number: str
    types: TypeTable
    mediators: Mapping[str, str]


def day_value(day: date | None) -> Value:
    """A day in figures."""
    return Value(in_figures(day), _BLANK_DAY)


def signed_value(day: date | None) -> Value:
    """A day in numerals, as it stands where somebody signs."""
    return Value(in_numerals(day), _BLANK_DAY)


def tick(*, yes: bool) -> Value:
    """A box, ticked or not."""
    return Value(_TICKED if yes else _OPEN, _OPEN)


def names(given: Given, ids: Iterable[str]) -> str:
    """The names of mediators."""
    return tr("、").join(given.mediators[entry] for entry in ids if entry in given.mediators)


def money(fen: int) -> Value:
    """An amount in yuan, nothing for none."""
    return Value(tr("{yuan}元").format(yuan=yuan(fen)) if fen else "")


def capital(fen: int) -> Value:
    """An amount in capital numerals."""
    return Value(capital_yuan(fen) if fen else "")


def case_values(given: Given) -> Context:
    """All that stands on the papers of a case whatever paper it is."""
    dispute = given.case.dispute
    return {
        **_of_dispute(given, dispute),
        **_of_parties(given.case),
        **_of_file(given, dispute),
        **_of_agreement(given),
        **_of_ending(given.case),
    }


def _of_dispute(given: Given, dispute: Dispute) -> Context:
    asked = dispute.source is not Source.OWN
    return {
        "调委会": Value(given.committee),
        "卷名": Value(title(given.case, given.types)),
        "卷号": Value(given.number),
        "纠纷类型": Value(given.types.label(dispute.type)),
        "案件来源": Value(dispute.source.label),
        "依据": _ground(asked=asked),
        "当事人申请": tick(yes=asked),
        "主动调解": tick(yes=not asked),
        "公安机关移交": tick(yes=dispute.source is Source.POLICE),
        "审判机关委托": tick(yes=dispute.source is Source.COURT),
        "政府部门指定": tick(yes=dispute.source in _OFFICIAL),
        "自行申请": tick(yes=dispute.source in {Source.WRITTEN, Source.SPOKEN}),
        "受理日期": day_value(dispute.intake_on),
        "受理日期汉字": signed_value(dispute.intake_on),
        "告知日期": signed_value(dispute.informed_on),
        "发生日期": day_value(dispute.occurred_on),
        "发生地点": Value(dispute.place),
        "纠纷简要情况": Value(dispute.facts),
        "申请事项": Value(dispute.requests),
        "涉及当事人数": Value(tr("{count}人").format(count=dispute.people)),
        "涉案金额": money(dispute.claim_fen),
        "涉案金额大写": capital(dispute.claim_fen),
        "难度等级": Value(dispute.difficulty.label),
        "登记人": Value(dispute.registrar),
        "人民调解员": Value(names(given, dispute.mediator_ids)),
    }


def _ground(*, asked: bool) -> Value:
    return Value(
        tr("依当事人申请") if asked else tr("主动调解"),
        tr("依当事人申请（人民调解委员会主动调解）"),
    )


_OFFICIAL = {Source.PETITION, Source.OTHER, Source.PROCURATORATE}


def _of_parties(case: CaseFile) -> Context:
    told = [_party(party, case) for party in case.parties]
    by_role = {
        role: [entry for entry, party in zip(told, case.parties, strict=True)
               if party.role is role]
        for role in PartyRole
    }  # fmt: skip
    joined = tr("、")
    return {
        "当事人": told,
        "申请人": by_role[PartyRole.APPLICANT],
        "被申请人": by_role[PartyRole.RESPONDENT],
        "第三人": by_role[PartyRole.THIRD],
        "当事人姓名": Value(joined.join(party.name for party in case.parties)),
        "申请人姓名": Value(_joined(case, PartyRole.APPLICANT)),
        "被申请人姓名": Value(_joined(case, PartyRole.RESPONDENT)),
        "份数": Value(numeral(copies(case)) if case.parties else ""),
    }


def _joined(case: CaseFile, role: PartyRole) -> str:
    return tr("、").join(party.name for party in case.parties if party.role is role)


def _party(party: Party, case: CaseFile) -> Context:
    day = case.dispute.intake_on
    age = age_on(party.born_on, day) if party.born_on and day else None
    natural = party.kind is PartyKind.NATURAL
    return {
        "地位": Value(party.role.label),
        "姓名": Value(party.name),
        "性别": Value(party.sex.label if party.sex else ""),
        "民族": Value(party.ethnicity),
        "出生年月": Value(_month(party.born_on)),
        "年龄": Value(tr("{age}岁").format(age=age) if age is not None else ""),
        "职业或职务": Value(party.occupation),
        "联系方式": Value(party.phone),
        "单位或住址": Value(party.address),
        "身份证号": Value(party.id_number),
        "户籍所在地": Value(party.registered_address),
        "邮政编码": Value(party.postcode),
        "法定代表人": Value(party.representative),
        "自然人": Value(tr("是") if natural else ""),
        "单位": Value("" if natural else tr("是")),
        "代理人": [_agent(agent) for agent in case.agents if agent.party_id == party.id],
    }


def _month(day: date | None) -> str:
    if day is None:
        return ""
    return tr("{year}年{month}月").format(year=day.year, month=day.month)


def _agent(agent: Agent) -> Context:
    return {
        "代理类别": Value(agent.kind.label),
        "代理人姓名": Value(agent.name),
        "代理人身份证号": Value(agent.id_number),
        "代理人联系方式": Value(agent.phone),
    }


def _of_file(given: Given, dispute: Dispute) -> Context:
    case = given.case
    held = [entry.held_on for entry in case.sessions if entry.kind is SessionKind.MEDIATION]
    first = min(held, default=dispute.closed_on)
    last = max(held, default=dispute.closed_on)
    return {
        "调解起日": day_value(first),
        "调解止日": day_value(last),
        "立卷人": Value(dispute.filed_by),
        "审核人": Value(dispute.reviewed_by),
        "立卷日期": day_value(dispute.archived_on),
        "保管期限": Value(dispute.retention.label if dispute.retention else ""),
        "备注": Value(dispute.remark),
        "卷宗情况说明": Value(dispute.file_note),
    }


def _of_agreement(given: Given) -> Context:
    agreement = given.case.agreement
    fen = agreement.amount_fen if agreement else 0
    people = {party.id: party.name for party in given.case.parties}
    promises = [_promise(entry, people) for entry in given.case.promises]
    return {
        # Cover, agreement and visit carry one number (domain.md §2.14).
        "协议编号": Value(given.number if agreement else ""),
        "协议内容": Value(agreement.content if agreement else ""),
        "履行方式时限": Value(agreement.manner if agreement else ""),
        "协议金额": money(fen),
        "协议金额大写": capital(fen),
        "协议日期": day_value(agreement.agreed_on if agreement else None),
        "协议日期汉字": signed_value(agreement.agreed_on if agreement else None),
        "协议形式": Value(agreement.form.label if agreement else ""),
        "协议生效日期": day_value(effective_on(agreement) if agreement else None),
        "约定": promises,
    }


def _promise(promise: Promise, people: Mapping[str, str]) -> Context:
    return {
        "序号": Value(str(promise.position)),
        "履行人": Value(people.get(promise.party_id, "")),
        "履行内容": Value(promise.what),
        "金额": money(promise.amount_fen),
        "金额大写": capital(promise.amount_fen),
        "履行期限": Value(in_figures(promise.due_on)),
        "履行日期": Value(in_figures(promise.kept_on)),
        "已付金额": money(promise.kept_fen),
    }


def _of_ending(case: CaseFile) -> Context:
    dispute = case.dispute
    ended = dispute.performed_on or dispute.closed_on
    return {
        "调解结果": Value(dispute.outcome.label if dispute.outcome else ""),
        "调解成功": Value(tr("是") if dispute.outcome is Outcome.SETTLED else ""),
        "未达成": Value(tr("是") if dispute.outcome in _WITHOUT_AGREEMENT else ""),
        "终止原因": Value(_reason(dispute)),
        "履行情况": Value(_performance(dispute.performance)),
        "履行完毕日期": day_value(dispute.performed_on),
        "结案日期": day_value(ended),
        "办结日期": day_value(dispute.closed_on),
        "办结日期汉字": signed_value(dispute.closed_on),
        "司法确认": Value(dispute.confirmation.label),
    }


_WITHOUT_AGREEMENT = (Outcome.FAILED, Outcome.TERMINATED)


def _reason(dispute: Dispute) -> str:
    told = dispute.termination or dispute.refusal
    return told.label if told else ""


def _performance(performance: Performance | None) -> str:
    return performance.label if performance else ""


def blank(context: Context, entries: Mapping[str, int] | None = None) -> Context:
    """The same names with nothing to fill in; every list has one entry or so many as `entries` say.

    It is what a form for handwriting is filled with, and what a template is checked against.
    """
    told = entries or {}
    return {name: _blank(value, told, told.get(name, 1)) for name, value in context.items()}


def _blank(
    value: "Value | Sequence[Context]", entries: Mapping[str, int], count: int
) -> "Value | Sequence[Context]":
    if isinstance(value, Value):
        return Value("", value.blank)
    return [blank(entry, entries) for entry in value[:1]] * count
