"""What is wrong with records: one set of rules for forms, review of files, import and the office.

Rule ids: G any record, D dispute, P people, S session, A agreement, M promise, F referral, K risk,
H scan, X return, E warning, V prevention, N screening, L legal aid, U unit, W term, T local type,
B period, C the whole file; elsewhere J early warning, JZ the file and its papers (`inspection`), O
the committee (`composition`), Z settings (`setting_notes`), Y grades (`grade_checks`).
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from mediation_desk.domain.casefile import CaseFile
from mediation_desk.domain.cases import Agent, Dispute, Party
from mediation_desk.domain.checks.dispute import dispute_problems
from mediation_desk.domain.checks.general import LONGEST_TEXT, general_problems
from mediation_desk.domain.checks.handling import (
    agreement_problems,
    attachment_problems,
    promise_problems,
    referral_problems,
    risk_problems,
    session_problems,
)
from mediation_desk.domain.checks.people import (
    agent_problems,
    party_problems,
    phone_problems,
    term_problems,
)
from mediation_desk.domain.checks.together import across_problems
from mediation_desk.domain.checks.warnings import notice_problems, report_problems, unreported
from mediation_desk.domain.checks.work import (
    legal_aid_problems,
    period_problems,
    prevention_problems,
    return_problems,
    screening_problems,
    type_problems,
    unit_problems,
)
from mediation_desk.domain.derived import USUAL_LIMITS
from mediation_desk.domain.dispute_types import TypeTable
from mediation_desk.domain.handling import (
    Agreement,
    Attachment,
    MediationSession,
    Promise,
    Referral,
    RiskEntry,
)
from mediation_desk.domain.limits import Limits
from mediation_desk.domain.organisation import Adviser, LocalType, Mediator, Unit
from mediation_desk.domain.paper_totals import PaperTotal
from mediation_desk.domain.prevention import Prevention, Screening
from mediation_desk.domain.problems import Problem
from mediation_desk.domain.record import Record
from mediation_desk.domain.reporting import Package, Report
from mediation_desk.domain.returning import Return
from mediation_desk.domain.support import LegalAid
from mediation_desk.domain.warning_notice import UrgentReport, WarningNotice
from mediation_desk.words import tr

__all__ = [
    "LONGEST_TEXT",
    "agent_problems",
    "agreement_problems",
    "attachment_problems",
    "case_problems",
    "dispute_problems",
    "general_problems",
    "party_problems",
    "phone_problems",
    "prevention_problems",
    "problems_of",
    "promise_problems",
    "referral_problems",
    "return_problems",
    "risk_problems",
    "screening_problems",
    "session_problems",
    "unit_problems",
]

_BY_ITSELF: dict[type[Record], Callable[..., list[Problem]]] = {
    Adviser: term_problems,
    Agent: agent_problems,
    Agreement: agreement_problems,
    Attachment: attachment_problems,
    LegalAid: legal_aid_problems,
    MediationSession: session_problems,
    Mediator: term_problems,
    Package: period_problems,
    Party: party_problems,
    Prevention: prevention_problems,
    Promise: promise_problems,
    Referral: referral_problems,
    PaperTotal: period_problems,
    Report: period_problems,
    Return: return_problems,
    RiskEntry: risk_problems,
    Screening: screening_problems,
    Unit: unit_problems,
    UrgentReport: report_problems,
    WarningNotice: notice_problems,
}


def _problems(record: Record, today: date, types: TypeTable, *, masked: bool) -> list[Problem]:
    if isinstance(record, Dispute):
        return dispute_problems(record, today, types, masked=masked)
    if isinstance(record, LocalType):
        return type_problems(record, today, types, masked=masked)
    check = _BY_ITSELF.get(type(record), general_problems)
    return check(record, today, masked=masked)


def problems_of(record: Record, today: date, types: TypeTable) -> list[Problem]:
    """What is wrong with any record by itself; a copy that only came masked is judged as such.

    A void record is only asked for what holds it together, since nothing counts it any more.
    """
    masked = record.personal_revision == 0
    if record.void_reason:
        return general_problems(record, today, masked=masked)
    return _problems(record, today, types, masked=masked)


def _parts(casefile: CaseFile) -> Iterator[tuple[str, str, Record]]:
    """Each record but the dispute with its place in the file and what people call it."""
    named: tuple[tuple[str, Callable[[Any], str]], ...] = (
        ("parties", lambda party: party.name),
        ("agents", lambda agent: agent.name),
        ("sessions", lambda session: f"{session.held_on.isoformat()} {session.kind.label}"),
        ("promises", lambda promise: tr("第{number}项").format(number=promise.position)),
        ("referrals", lambda referral: referral.channel.label),
        ("risks", lambda entry: entry.level.label),
        ("preventions", lambda prevention: prevention.kind.label),
        ("attachments", lambda attachment: attachment.name),
        ("returns", lambda entry: tr("{day}的退回意见").format(day=entry.returned_on)),
        ("warnings", lambda entry: tr("预警“{rule}”").format(rule=entry.rule.label)),
        ("reports", lambda entry: tr("{day}的上报").format(day=entry.reported_on)),
    )
    for part, words in named:
        for index, record in enumerate(getattr(casefile, part)):
            yield f"{part}.{index}", words(record), record
    if casefile.agreement is not None:
        yield "agreement", tr("协议"), casefile.agreement


def _only_masked(record: Record) -> bool:
    """A record not yet kept has no revision and is complete as typed."""
    return record.revision > 0 and record.personal_revision == 0


def case_problems(
    casefile: CaseFile, types: TypeTable, today: date, limits: Limits = USUAL_LIMITS
) -> list[Problem]:
    """What is wrong with a whole file: its records by themselves, then together.

    `Problem.field` of a part is its place in the file, such as `parties.0.phone` or
    `agreement.sealed_on`, and the message says which part is meant.
    """
    dispute = casefile.dispute
    if dispute.void_reason:
        return []
    problems = _problems(dispute, today, types, masked=_only_masked(dispute))
    for place, called, record in _parts(casefile):
        for problem in _problems(record, today, types, masked=_only_masked(record)):
            message = tr("{part}：{message}").format(part=called, message=problem.message)
            field = f"{place}.{problem.field}"
            problems.append(replace(problem, field=field, message=message))
    return [*problems, *across_problems(casefile, types, today, limits), *unreported(casefile)]
