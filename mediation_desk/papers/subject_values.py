"""What a paper about one session, agent, letter or list has beside what all papers have."""

from collections.abc import Callable, Sequence
from datetime import date

from mediation_desk.domain.case_papers import PaperKind
from mediation_desk.domain.cases import Agent, Party
from mediation_desk.domain.codes import PartyRole, ReferralChannel, SessionKind, SessionResult
from mediation_desk.domain.handling import MediationSession, Referral
from mediation_desk.domain.official_days import in_figures
from mediation_desk.domain.record import Record
from mediation_desk.domain.support import LegalAid
from mediation_desk.papers.case_values import Given, day_value, names, signed_value, tick
from mediation_desk.papers.template import Context, Value
from mediation_desk.words import tr


def _session(given: Given, session: Record | None) -> Context:
    assert isinstance(session, MediationSession)
    alike = [entry for entry in given.case.sessions if entry.kind is session.kind]
    place = next((n for n, entry in enumerate(alike, 1) if entry.id == session.id), 1)
    asked = session.kind is SessionKind.INQUIRY
    mediators = names(given, session.mediator_ids)
    return {
        "时间": Value(_time(session), tr("　　　　年　　月　　日　　时　　分至　　时　　分")),
        "次序": Value(str(place)),
        "地点": Value(session.place),
        "参加人": Value(session.participants),
        "被调查人": Value(session.asked),
        "记录": Value(session.narrative),
        "结果成功": tick(yes=session.result is SessionResult.SETTLED),
        "结果不成": tick(yes=session.result is SessionResult.FAILED),
        "结果待续": tick(yes=session.result is SessionResult.CONTINUED),
        "本次调解员": Value(mediators),
        "调查人": Value(mediators if asked else ""),
        "记录人": Value(session.recorder),
        "记录日期": signed_value(session.held_on),
        "回访形式": Value(session.visit_form.label if session.visit_form else ""),
    }


def _time(session: MediationSession) -> str:
    return f"{in_figures(session.held_on)} {session.time}".strip()


def _proxy(given: Given, agent: Record | None) -> Context:
    assert isinstance(agent, Agent)
    party = next((entry for entry in given.case.parties if entry.id == agent.party_id), None)
    return {
        "代理人姓名": Value(agent.name),
        "代理人身份证号": Value(agent.id_number),
        "代理人联系方式": Value(agent.phone),
        "委托人": Value(party.name if party else ""),
        "委托人身份证号": Value(party.id_number if party else ""),
        "委托人联系方式": Value(party.phone if party else ""),
        "委托人住址": Value(party.address if party else ""),
    }


_OTHERS = frozenset(ReferralChannel) - {
    ReferralChannel.COURT, ReferralChannel.POLICE, ReferralChannel.PETITION,
}  # fmt: skip


def _answer(_given: Given, referral: Record | None) -> Context:
    assert isinstance(referral, Referral)

    def addressed(*channels: ReferralChannel) -> Value:
        return Value(tr("是") if referral.channel in channels else "")

    return {
        "移送单位": Value(referral.body),
        "函件日期": day_value(referral.letter_on),
        "函号": Value(referral.letter_number),
        "法院": addressed(ReferralChannel.COURT),
        "公安机关": addressed(ReferralChannel.POLICE),
        "信访部门": addressed(ReferralChannel.PETITION),
        "其他单位": addressed(*_OTHERS),
        "初信初访": Value(tr("初信初访") if referral.first_petition else tr("非初信初访")),
        "同意日期": day_value(referral.consent_on),
        "答复内容": Value(referral.answer),
        "答复日期": signed_value(referral.answered_on),
    }


def _aid(given: Given, subject: Record | None) -> Context:
    parties = given.case.parties
    if isinstance(subject, LegalAid):
        name, matter, body = subject.applicant, subject.matter, subject.body
        due: date | None = subject.answer_due_on
        day: date | None = subject.applied_on or subject.helped_on
    else:
        assert isinstance(subject, Referral)
        first = next((entry.name for entry in parties if entry.role is PartyRole.APPLICANT), "")
        name, matter, body = first, subject.answer, subject.body
        due, day = subject.answer_due_on, subject.letter_on
    party = next((entry for entry in parties if entry.name == name), None)
    return {
        "援助机构": Value(body),
        "援助申请人": Value(name),
        "援助人身份证号": Value(party.id_number if party else ""),
        "援助人联系方式": Value(party.phone if party else ""),
        "援助人住址": Value(party.address if party else ""),
        "援助对方": Value(tr("、").join(_against(parties, party))),
        "援助事项": Value(matter),
        "援助答复期限": day_value(due),
        "援助日期": signed_value(day),
    }


def _against(parties: Sequence[Party], party: Party | None) -> list[str]:
    return [entry.name for entry in parties if party and entry.role is not party.role]


_OF_SUBJECT: dict[PaperKind, Callable[[Given, Record | None], Context]] = {
    PaperKind.INQUIRY: _session,
    PaperKind.SESSION: _session,
    PaperKind.VISIT: _session,
    PaperKind.PROXY: _proxy,
    PaperKind.ANSWER: _answer,
    PaperKind.AID: _aid,
}


def subject_values(kind: PaperKind, given: Given, subject: Record | None) -> Context:
    """What the paper of a kind says of its own record."""
    return _OF_SUBJECT[kind](given, subject) if kind in _OF_SUBJECT else {}


def list_values(entries: Sequence[tuple[str, str, str]]) -> Context:
    """The lines of the contents: name, pages and remark of each paper."""
    return {
        "目录": [
            {
                "序号": Value(str(number)),
                "文书名称": Value(name),
                "页号": Value(pages),
                "目录备注": Value(remark),
            }
            for number, (name, pages, remark) in enumerate(entries, 1)
        ]
    }


def count_values(pages: int) -> Context:
    """How many numbered pages the file has."""
    return {"总页数": Value(str(pages) if pages else "", "　　　")}


def signing_values(name: str) -> Context:
    """Who signs a sheet in large type."""
    return {"签名人": Value(name)}
