"""Rules across the records of one case file (design.md §3, 卷宗体检)."""

from dataclasses import dataclass
from datetime import date

from mediation_desk.domain.casefile import CaseFile
from mediation_desk.domain.cases import Agent, Party
from mediation_desk.domain.checks.general import error, found, hint, warning
from mediation_desk.domain.codes import (
    AgentKind,
    AgreementForm,
    CaseStatus,
    Direction,
    Outcome,
    PartyKind,
    Performance,
    SessionKind,
    SessionResult,
    Source,
)
from mediation_desk.domain.derived import USUAL_LIMITS, confirmation_until, effective_on
from mediation_desk.domain.dispute_types import TypeTable
from mediation_desk.domain.handling import (
    Agreement,
    Attachment,
    MediationSession,
    Promise,
    Referral,
    RiskEntry,
)
from mediation_desk.domain.identity import age_on, birth_date
from mediation_desk.domain.lifecycle import both_sides
from mediation_desk.domain.limits import Limits
from mediation_desk.domain.linking import application
from mediation_desk.domain.problems import Problem
from mediation_desk.words import tr

_ADULT = 18
_LAND = "07"
_DELEGATED = frozenset(
    (Source.COURT, Source.PROCURATORATE, Source.POLICE, Source.PETITION, Source.OTHER)
)


_Hanging = (
    Party | Agent | MediationSession | Agreement | Promise | Referral | RiskEntry | Attachment
)


@dataclass(frozen=True, slots=True)
class _Seen:
    file: CaseFile
    types: TypeTable
    today: date
    limits: Limits


def _sides(seen: _Seen) -> Problem | None:
    """C1: an applicant and a respondent, on own initiative two parties (人民调解法 Art 17)."""
    dispute = seen.file.dispute
    if both_sides(dispute.source, seen.file.parties):
        return None
    own = dispute.source is Source.OWN
    words = tr("当事人不足两方。") if own else tr("没有登记双方当事人。")
    mend = tr("请至少登记一名申请人和一名被申请人。")
    # A matter found in screening may be registered before the other side is known.
    accepted = dispute.status is not CaseStatus.REGISTERED and dispute.intake_on is not None
    return (error if accepted else warning)("C1", "parties", words, mend)


def _agreement(seen: _Seen) -> Problem | None:
    """C2: a settled dispute has its agreement and an agreement its settled dispute (rule R6)."""
    settled = seen.file.dispute.outcome is Outcome.SETTLED
    if settled and seen.file.agreement is None:
        words = tr("调解成功，但没有登记协议。")
        return error("C2", "agreement", words, tr("请登记口头或书面协议。"))
    if not settled and seen.file.agreement is not None:
        words = tr("已登记协议，但调解结果不是“调解成功”。")
        return error("C2", "outcome", words, tr("请把结果改为“调解成功”，或作废协议。"))
    return None


def _agreed_in_time(seen: _Seen) -> Problem | None:
    """C3: an agreement is reached after intake and not after closing (domain.md §2.12)."""
    dispute, agreement = seen.file.dispute, seen.file.agreement
    if agreement is None:
        return None
    if dispute.intake_on is not None and agreement.agreed_on < dispute.intake_on:
        words = tr("协议达成日期早于受理日期。")
    elif dispute.closed_on is not None and agreement.agreed_on > dispute.closed_on:
        words = tr("协议达成日期晚于结案日期。")
    else:
        return None
    return error("C3", "agreement.agreed_on", words, tr("请核对这两个日期。"))


def _sessions_in_time(seen: _Seen) -> Problem | None:
    """C4: mediations lie between intake and closing, visits after closing (domain.md §2.10)."""
    dispute = seen.file.dispute
    for index, session in enumerate(seen.file.sessions):
        words = ""
        if session.kind is SessionKind.MEDIATION:
            if dispute.intake_on is not None and session.held_on < dispute.intake_on:
                words = tr("{day}的调解早于受理日期。")
            elif dispute.closed_on is not None and session.held_on > dispute.closed_on:
                words = tr("{day}的调解晚于结案日期。")
        elif session.kind is SessionKind.VISIT and session.held_on < (
            dispute.closed_on or seen.today
        ):
            words = tr("{day}的回访早于结案日期。")
        if words:
            told = words.format(day=session.held_on.isoformat())
            return error("C4", f"sessions.{index}.held_on", told, tr("请核对这两个日期。"))
    return None


def _sessions_fit(seen: _Seen) -> Problem | None:
    """C5: the last mediation ends as the dispute did, those before went on (domain.md §2.7)."""
    outcome = seen.file.dispute.outcome
    told = [
        (index, session.result)
        for index, session in enumerate(seen.file.sessions)
        if session.kind is SessionKind.MEDIATION and session.result is not None
    ]
    if not told:
        return None
    index, last = told[-1]
    fits = {
        Outcome.SETTLED: last is SessionResult.SETTLED,
        Outcome.FAILED: last is not SessionResult.SETTLED,
        Outcome.TERMINATED: last is not SessionResult.SETTLED,
        None: last is SessionResult.CONTINUED,
    }
    if not fits.get(outcome, True):
        words = tr("最后一次调解的结果与纠纷的调解结果不一致。")
        return warning("C5", f"sessions.{index}.result", words, tr("请核对。"))
    for index, result in told[:-1]:
        if result is SessionResult.SETTLED:
            words = tr("调解成功之后还有调解。")
            mend = tr("除最后一次外，结果应为“有待继续调解”。")
            return warning("C5", f"sessions.{index}.result", words, mend)
    return None


def _people(seen: _Seen) -> Problem | None:
    """C6: no fewer people than parties, an organisation counting one (domain.md §3.6)."""
    people, parties = seen.file.dispute.people, len(seen.file.parties)
    if people >= parties:
        return None
    words = tr("涉及当事人数（{people}）少于已登记的当事人（{parties}）。").format(
        people=people, parties=parties
    )
    return error("C6", "people", words, tr("请改正人数。"))


def _delegated(seen: _Seen) -> Problem | None:
    """C7: a delegated dispute keeps its letter, a transferred one says to whom (domain.md §5.1)."""
    dispute = seen.file.dispute
    directions = {referral.direction for referral in seen.file.referrals}
    if dispute.source in _DELEGATED and Direction.IN not in directions:
        words = tr("案件来源是委托移送，但没有登记转入记录。")
        return warning("C7", "referrals", words, tr("请登记移送机构和函件。"))
    if dispute.outcome is Outcome.TRANSFERRED and Direction.OUT not in directions:
        words = tr("纠纷已转交，但没有登记转出记录。")
        return warning("C7", "referrals", words, tr("请登记接收机构和函件。"))
    return None


def _promised_sum(seen: _Seen) -> Problem | None:
    """C8: the terms add up to the amount of the agreement (domain.md §3.6)."""
    agreement = seen.file.agreement
    total = sum(promise.amount_fen for promise in seen.file.promises)
    if agreement is None or not total or total == agreement.amount_fen:
        return None
    words = tr("各期履行金额之和与协议涉及金额不等。")
    return warning("C8", "agreement.amount_fen", words, tr("请核对各期金额。"))


def _promised_after(seen: _Seen) -> Problem | None:
    """C9: nothing is due before it is agreed (人民调解法 Art 29)."""
    agreement = seen.file.agreement
    if agreement is None:
        return None
    for index, promise in enumerate(seen.file.promises):
        if promise.due_on is not None and promise.due_on < agreement.agreed_on:
            words = tr("第{number}项履行期限早于协议达成日期。").format(number=promise.position)
            return warning("C9", f"promises.{index}.due_on", words, tr("请核对期限。"))
    return None


def _kept_after_all(seen: _Seen) -> Problem | None:
    """C10: an agreement is kept when each of its terms is (人民调解法 Art 31)."""
    promises = seen.file.promises
    if not promises or seen.file.dispute.performance is Performance.SUED:
        return None
    kept = all(promise.kept_on is not None for promise in promises)
    if kept is (seen.file.dispute.performance is Performance.KEPT):
        return None
    words = tr("履行情况与各项履行记录不一致。")
    return warning("C10", "performance", words, tr("请核对各项是否已经履行。"))


def _land_in_writing(seen: _Seen) -> Problem | None:
    """C11: agreements on contracted farm land must be written (农村土地承包调解仲裁法 Art 7-10).

    The type 山林土地 holds more than contracted land, so this is only advice.
    """
    agreement, type_ = seen.file.agreement, seen.file.dispute.type
    if agreement is None or agreement.form is not AgreementForm.ORAL:
        return None
    if not seen.types.knows(type_) or seen.types.official(type_) != _LAND:
        return None
    words = tr("农村土地承包经营纠纷达成协议的，依法应当制作调解书。")
    return hint("C11", "agreement.form", words, tr("涉及土地承包的，请改签书面协议。"))


def _copies(seen: _Seen) -> Problem | None:
    """C12: a copy for each party and one for the committee (domain.md §2.8)."""
    agreement = seen.file.agreement
    if agreement is None or agreement.form is not AgreementForm.WRITTEN:
        return None
    needed = len(seen.file.parties) + 1
    if agreement.copies >= needed:
        return None
    words = tr("协议份数不够当事人和调委会各持一份。")
    mend = tr("至少需要{needed}份。").format(needed=needed)
    return hint("C12", "agreement.copies", words, mend)


def _twice(seen: _Seen) -> Problem | None:
    """C13: one person is not two parties (domain.md §3.6)."""
    # Masked numbers of different persons may look the same.
    told = (party.id_number for party in seen.file.parties)
    numbers = [number for number in told if number and "*" not in number]
    if len(numbers) != len(set(numbers)):
        words = tr("两名当事人的身份证号相同。")
        return error("C13", "parties", words, tr("请核对身份证号，或删去重复的当事人。"))
    return None


def _minors(seen: _Seen) -> Problem | None:
    """C14: a minor is represented by a statutory agent (民法典 Art 23, domain.md §2.2)."""
    represented = {
        agent.party_id for agent in seen.file.agents if agent.kind is AgentKind.STATUTORY
    }
    day = seen.file.dispute.intake_on or seen.today
    for index, party in enumerate(seen.file.parties):
        born = party.born_on or birth_date(party.id_number)
        if born is None or party.kind is not PartyKind.NATURAL or party.id in represented:
            continue
        if age_on(born, day) < _ADULT:
            words = tr("{name}是未成年人，没有登记法定代理人。").format(name=party.name)
            return hint("C14", f"parties.{index}", words, tr("请登记法定代理人。"))
    return None


def _belongs(seen: _Seen) -> Problem | None:
    """C15: every record of the file is of this dispute, its parties and its agreement."""
    file = seen.file
    parties = {party.id for party in file.parties}
    hanging: tuple[_Hanging, ...] = (*file.parties, *file.agents, *file.sessions, *file.promises)
    hanging += (*file.referrals, *file.risks, *file.attachments)
    agreement = ""
    if file.agreement is not None:
        hanging += (file.agreement,)
        agreement = file.agreement.id
    strays = (
        any(record.dispute_id != file.dispute.id for record in hanging)
        or any(agent.party_id not in parties for agent in file.agents)
        or any(promise.agreement_id != agreement for promise in file.promises)
        or any(promise.party_id not in {"", *parties} for promise in file.promises)
    )
    if not strays:
        return None
    words = tr("卷内有不属于这件纠纷的记录。")
    return error("C15", "", words, tr("请联系司法所，核对这件纠纷的来源。"))


def _confirmed_in_time(seen: _Seen) -> Problem | None:
    """C16: confirmation is asked for within 30 days from effect (人民调解法 Art 33).

    Whether a rest day at their end moves them on is a setting.
    """
    agreement, asked = seen.file.agreement, application(seen.file)
    if agreement is None or asked is None or asked.letter_on is None:
        return None
    effective, until = effective_on(agreement), confirmation_until(agreement, seen.limits)
    if effective is None or until is None or effective <= asked.letter_on <= until:
        return None
    place = seen.file.referrals.index(asked)
    words = tr("司法确认应当在协议生效后三十日内（{first}至{last}）共同申请。")
    told = words.format(first=effective.isoformat(), last=until.isoformat())
    return warning("C16", f"referrals.{place}.letter_on", told, tr("请核对申请日期。"))


_RULES = (
    _sides,
    _agreement,
    _agreed_in_time,
    _sessions_in_time,
    _sessions_fit,
    _people,
    _delegated,
    _promised_sum,
    _promised_after,
    _kept_after_all,
    _land_in_writing,
    _copies,
    _twice,
    _minors,
    _belongs,
    _confirmed_in_time,
)


def across_problems(
    casefile: CaseFile, types: TypeTable, today: date, limits: Limits = USUAL_LIMITS
) -> list[Problem]:
    """What does not fit between the records of one file, each record by itself left aside."""
    return found(_RULES, _Seen(casefile, types, today, limits))
