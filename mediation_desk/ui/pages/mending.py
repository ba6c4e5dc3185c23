"""Where a finding about a dispute is mended: the form to open for it."""

from mediation_desk.domain.casefile import CaseFile
from mediation_desk.domain.codes import ReferralChannel, SessionResult
from mediation_desk.domain.handling import MediationSession, Promise, Referral
from mediation_desk.domain.lifecycle import StepName, missing_for
from mediation_desk.domain.linking import owed
from mediation_desk.domain.problems import Problem
from mediation_desk.domain.record import Record
from mediation_desk.ui.pages.dispute_forms import (
    AGREEMENT,
    ANSWER,
    ATTACHMENT,
    CONFIRM,
    EDIT,
    ENDING,
    FILING,
    PERFORM,
    PREVENTION,
    REFERRAL,
    REPORT,
    RISK,
    SESSION_FORMS,
)
from mediation_desk.ui.pages.entry import ATTACHMENTS

# Advice on what to write, with nothing to mend.
_ADVICE = frozenset(("D13", "C11", "A3", "JZ24", "JZ37", "JZ41", "JZ43"))
_UNREPORTED = "K1"
_FILING = frozenset(("archived_on", "retention", "filed_by", "reviewed_by", "file_note"))
_ENDING = frozenset(
    (
        "closed_on",
        "outcome",
        "termination",
        "refusal",
        "remedies_told",
        "performance",
        "performed_on",
        "extended_to",
    )
)
# What is missing altogether, and the form in which it is written.
_NEW = {
    "L-answer": ANSWER,
    "L-archive": StepName.ARCHIVE.value,
    "L-intake": StepName.ACCEPT.value,
    "L-mediation": StepName.SESSION.value,
    "L-visit": StepName.VISIT.value,
    "JZ5": StepName.REOPEN.value,
    "JZ7": StepName.VISIT.value,
}
_NAMED = {"attachments": ATTACHMENTS, "referrals": REFERRAL, "confirmation": CONFIRM}
_FORMS = {"risks": RISK, "preventions": PREVENTION, "attachments": ATTACHMENT, "reports": REPORT}


def _of_record(part: str, record: Record, problem: Problem) -> str:
    if isinstance(record, MediationSession):
        return f"{SESSION_FORMS[record.kind]}:{record.id}"
    if isinstance(record, Referral):
        asked = record.channel is ReferralChannel.CONFIRMATION
        return CONFIRM if asked else f"{REFERRAL}:{record.id}"
    if isinstance(record, Promise):
        return f"{PERFORM}:{record.id}" if problem.rule.startswith("M") else AGREEMENT
    if problem.rule == _UNREPORTED:
        return REPORT
    return f"{_FORMS[part]}:{record.id}" if part in _FORMS else EDIT


def _of_dispute(name: str, case: CaseFile) -> str:
    if name in _NAMED:
        return _NAMED[name]
    if name in _FILING:
        return FILING
    if name in {"performance", "performed_on"} and case.promises:
        return PERFORM
    if name in _ENDING and case.dispute.outcome is not None:
        return ENDING
    return EDIT


def _waits_for_agreement(problem: Problem, case: CaseFile) -> bool:
    """Whether the last mediation succeeded and only its agreement is not written down yet."""
    told = [entry.result for entry in case.sessions if entry.result is not None]
    settled = bool(told) and told[-1] is SessionResult.SETTLED
    return problem.rule == "C5" and case.dispute.outcome is None and settled


def _written_new(rule: str, case: CaseFile) -> str:
    """The form that writes what is missing; an answer is that to the first who waits for one.

    A file that cannot be taken up again gets its note instead.
    """
    if _NEW[rule] == StepName.REOPEN.value and missing_for(StepName.REOPEN, case.dispute):
        return FILING
    if _NEW[rule] != ANSWER:
        return str(_NEW[rule])
    waiting = next((entry for entry in case.referrals if owed(entry)), None)
    return f"{ANSWER}:{waiting.id}" if waiting else ""


def mending(problem: Problem, case: CaseFile) -> str:
    """The name of the form in which `problem` of `case` is mended; empty for mere advice."""
    if problem.rule in _ADVICE:
        return ""
    if _waits_for_agreement(problem, case):
        return str(StepName.AGREE.value)
    if problem.rule in _NEW:
        return _written_new(problem.rule, case)
    part, _, rest = problem.field.partition(".")
    if part == "agreement":
        return AGREEMENT if case.agreement else str(StepName.AGREE.value)
    if rest:
        record: Record = getattr(case, part)[int(rest.split(".")[0])]
        return _of_record(part, record, problem)
    return _of_dispute(part, case)
