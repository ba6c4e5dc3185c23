"""What of a case is overdue, and what was done but late (domain.md §4.4)."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from mediation_desk.domain import due_days
from mediation_desk.domain.casefile import CaseFile
from mediation_desk.domain.checks.general import hint, warning
from mediation_desk.domain.codes import Direction, Outcome, SessionKind
from mediation_desk.domain.derived import effective_on
from mediation_desk.domain.due import DueKind, Watched, case_dues
from mediation_desk.domain.inspection.looked_at import LookedAt
from mediation_desk.domain.limits import Limits, Reckoned, Rule, mediation
from mediation_desk.domain.linking import by_court
from mediation_desk.domain.problems import Problem
from mediation_desk.words import tr

# What is left undone of a case, in words; deadlines are those of the first page.
_UNDONE = {
    DueKind.ANSWER: (tr("该答复委托、移送单位的没有答复。"), tr("请补登记答复。")),
    DueKind.MEDIATION: (tr("过了调解期限还没有结果。"), tr("请登记结果，或登记当事人同意延期。")),
    DueKind.PROMISE: (tr("到期的履行没有登记。"), tr("请核实履行了没有，再登记。")),
    DueKind.SIGNATURE: (tr("协议缺签字、盖章日期，还没有生效。"), tr("请补填日期。")),
    DueKind.VISIT: (tr("该回访的没有回访。"), tr("请回访并登记。")),
    DueKind.INTAKE: (tr("登记了还没有决定受不受理。"), tr("请登记受理或不予受理。")),
    DueKind.ARCHIVE: (tr("该归档的没有归档。"), tr("请归档。")),
}
# Where each of them is mended.
_FIELDS = {
    DueKind.ANSWER: "referrals",
    DueKind.MEDIATION: "outcome",
    DueKind.PROMISE: "performance",
    DueKind.SIGNATURE: "agreement.sealed_on",
    DueKind.VISIT: "sessions",
    DueKind.INTAKE: "intake_on",
    DueKind.ARCHIVE: "archive",
}
_LATE = tr("以后请按期办理；迟了的原因可以写进卷宗情况说明。")


def _last_visit(file: CaseFile) -> date | None:
    visits = [entry.held_on for entry in file.sessions if entry.kind is SessionKind.VISIT]
    return max(visits, default=None)


def undone(file: CaseFile, today: date, limits: Limits) -> Iterator[Problem]:
    """What of `file` should have been done by `today` (rules L-…)."""
    watched = Watched(
        file.dispute, "", "", file.agreement, file.promises, file.referrals, _last_visit(file)
    )
    for due in case_dues(watched, today, limits):
        if due.kind in _UNDONE and (due.day is None or due.day < today):
            words, mend = _UNDONE[due.kind]
            yield warning(f"L-{due.kind.value}", _FIELDS[due.kind], words, mend)


def undone_steps(seen: LookedAt) -> Iterator[Problem]:
    """The same for the inspector, which tells of missing signatures already (A2)."""
    told = set()
    for problem in undone(seen.file, seen.today, seen.limits):
        # Several terms of one agreement are told once.
        if problem.rule != f"L-{DueKind.SIGNATURE.value}" and problem.rule not in told:
            told.add(problem.rule)
            yield problem


def _mediated_late(seen: LookedAt) -> Iterator[Problem]:
    """JZ40: the mediation took longer than its period, and nobody agreed to that."""
    dispute = seen.file.dispute
    if dispute.closed_on is None or dispute.outcome is Outcome.NOT_ACCEPTED:
        return
    courts = [given for entry in seen.file.referrals if (given := by_court(entry)) is not None]
    due = mediation(replace(dispute, outcome=None), seen.limits, courts)
    if due is not None and dispute.closed_on > due.day:
        words = tr("结案（{day}）超过了调解期限（{due}）。")
        told = words.format(day=dispute.closed_on.isoformat(), due=due.day.isoformat())
        mend = tr("当事人同意延长的，请补填“延长至”。")
        yield hint("JZ40", "extended_to", told, mend)


def _visited_late(seen: LookedAt) -> Iterator[Problem]:
    """JZ41: the first visit came later than local practice wants it."""
    agreement = seen.file.agreement
    effective = effective_on(agreement) if agreement is not None else None
    visits = [
        (n, e) for n, e in seen.held(SessionKind.VISIT) if effective and e.held_on >= effective
    ]
    if effective is None or not visits:
        return
    term = seen.limits.term("visit")
    due = seen.limits.reckoned(Rule.VISIT, tr("协议生效"), effective, term)
    place, first = visits[0]
    if first.held_on > due.day:
        yield _late("JZ41", f"sessions.{place}.held_on", tr("回访"), first.held_on, due)


def _late(rule: str, field: str, what: str, day: date, due: Reckoned) -> Problem:
    words = tr("{what}（{day}）晚于应办的日期（{due}）。")
    told = words.format(what=what, day=day.isoformat(), due=due.day.isoformat())
    return hint(rule, field, told, _LATE)


def _archived_late(seen: LookedAt) -> Iterator[Problem]:
    """JZ42: the file was put away later than local practice wants it.

    Counted from the closing; of an agreement from when it was kept and visited, if that was later.
    """
    dispute = seen.file.dispute
    days = [dispute.closed_on, dispute.performed_on, _last_visit(seen.file)]
    known = [day for day in days if day is not None]
    if dispute.archived_on is None or dispute.closed_on is None:
        return
    term = seen.limits.term("archive")
    due = seen.limits.reckoned(Rule.ARCHIVE, tr("结案"), max(known), term)
    if dispute.archived_on > due.day:
        yield _late("JZ42", "archived_on", tr("归档"), dispute.archived_on, due)


def _answered_late(seen: LookedAt) -> Iterator[Problem]:
    """JZ43: the body that handed the dispute over got its answer late."""
    for place, entry in enumerate(seen.file.referrals):
        if entry.direction is not Direction.IN:
            continue
        due = due_days.answer_limit(seen.file.dispute, entry, seen.limits)
        if entry.answered_on is not None and due is not None and entry.answered_on > due.day:
            field = f"referrals.{place}.answered_on"
            yield _late("JZ43", field, tr("答复"), entry.answered_on, due)


def late_steps(seen: LookedAt) -> Iterator[Problem]:
    """What was done, but later than it was due."""
    for rule in (_mediated_late, _visited_late, _archived_late, _answered_late):
        yield from rule(seen)
