"""The first tab of a dispute's file: its course, and what the rules find in it."""

from collections.abc import Sequence

from PySide6.QtCore import SignalInstance
from PySide6.QtWidgets import QFrame, QWidget

from mediation_desk.desk import recording
from mediation_desk.desk.versions import voided_on
from mediation_desk.domain.casefile import CaseFile
from mediation_desk.domain.cases import Dispute
from mediation_desk.domain.problems import Problem, Severity
from mediation_desk.domain.record import Record
from mediation_desk.store.register import Register
from mediation_desk.ui.advice import sentence
from mediation_desk.ui.opening import Opening
from mediation_desk.ui.pages.case_parts import page
from mediation_desk.ui.pages.handed_words import handed_notes
from mediation_desk.ui.pages.limits_card import limits_card
from mediation_desk.ui.pages.mending import mending
from mediation_desk.ui.pages.returned_notes import returned_notes
from mediation_desk.ui.pages.story import Beside, story
from mediation_desk.ui.pages.timeline import Timeline
from mediation_desk.ui.pages.warning_notes import warning_notes
from mediation_desk.ui.widgets import column, framed, row, words
from mediation_desk.ui.workplace import Workplace, today
from mediation_desk.words import tr

_LEDGERS = ("finding", "legal_aid", "consultation")


def _beside(register: Register, dispute: Dispute, *, mine: bool) -> Beside:
    """The drafts of a dispute, and what the short ledgers tell of it."""
    lines: list[Record] = []
    for kind in _LEDGERS:
        lines += register.all(kind, dispute_id=dispute.id)
    rounds = [getattr(line, "screening_id", "") for line in lines]
    lines += register.some("screening", [round_ for round_ in rounds if round_])
    drafts = [draft for draft in register.drafts() if draft.about == dispute.id] if mine else []
    # Of a case of others the history only tells when their report came.
    known = dispute.void_reason and recording.is_own(register, dispute)
    return Beside(drafts, lines, voided_on(register, dispute) if known else None)


def _finding(problem: Problem, case: CaseFile, wanted: SignalInstance) -> QWidget:
    said = sentence(problem, case)
    line = Opening(mending(problem, case), said)
    text = words(said, "sub", wrap=True)
    parts: list[QWidget] = [text]
    if line.name:
        parts.append(words(tr("去改 ›"), "way"))
    inside = row(*parts, gap=10)
    inside.setStretch(0, 1)
    inside.setContentsMargins(6, 2, 6, 2)
    line.setLayout(inside)
    line.offer(wanted)
    return line


def _advice(case: CaseFile, workplace: Workplace, wanted: SignalInstance) -> Sequence[QFrame]:
    found = recording.case_findings(workplace.register, case, today())
    grave = [problem for problem in found if problem.severity is not Severity.HINT]
    hints = [problem for problem in found if problem.severity is Severity.HINT]
    cards = []
    for title, problems, name in ((tr("请补正"), grave, "warn"), (tr("提示"), hints, "note")):
        if problems:
            head = words(title, "strong")
            head.setContentsMargins(6, 0, 0, 0)
            lines = [_finding(problem, case, wanted) for problem in problems]
            cards.append(framed(column(head, *lines, gap=2), name, margins=10))
    return cards


def course_view(
    case: CaseFile,
    workplace: Workplace,
    wanted: SignalInstance | None,
    office: SignalInstance | None = None,
) -> QWidget:
    """What happened, and what the rules advise; without `wanted` it can only be read.

    `office` is told what an office wants done about a warning of a village's case.
    """
    beside = _beside(workplace.register, case.dispute, mine=wanted is not None)
    entries = story(case, today(), beside, workplace.register.limits)
    course = Timeline(entries, today(), opens=wanted is not None)
    parts: list[QWidget] = [
        *handed_notes(workplace.register, case),
        *returned_notes(case, today(), wanted),
        *warning_notes(case, workplace, wanted, office),
        *(limits_card(case, workplace) if wanted is not None else ()),
        course,
    ]
    if wanted is not None:
        course.wanted.connect(wanted)
        if not case.dispute.void_reason:
            parts += _advice(case, workplace, wanted)
    view = page(*parts)
    course.moved.connect(view.moved)
    return view
