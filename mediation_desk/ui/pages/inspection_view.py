"""The tab of the inspector (卷宗体检): what the rules find in a file, and where it is mended."""

from collections.abc import Iterator, Sequence
from functools import partial

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtWidgets import QFrame, QWidget

from mediation_desk.desk import sampling
from mediation_desk.desk.inspecting import inspect_file
from mediation_desk.domain.casefile import CaseFile
from mediation_desk.domain.inspection import Finding
from mediation_desk.domain.inspection.places import place_of
from mediation_desk.domain.problems import DeskError, Problem, Severity
from mediation_desk.domain.sampling import Sampling
from mediation_desk.ui.advice import sentence
from mediation_desk.ui.days import short_day
from mediation_desk.ui.opening import Opening
from mediation_desk.ui.pages.case_parts import StepButton, page
from mediation_desk.ui.pages.dispute_forms import RETURN_FINDINGS
from mediation_desk.ui.pages.entry import ATTACHMENTS
from mediation_desk.ui.pages.mending import mending
from mediation_desk.ui.pages.pointing import pointed
from mediation_desk.ui.theme import Tone
from mediation_desk.ui.widgets import Chip, Scroll, button, column, framed, row, words
from mediation_desk.ui.workplace import Workplace, today
from mediation_desk.words import tr

# How grave, what it is called, how the card looks.
GRADES = (
    (Severity.ERROR, tr("必须改"), "warn", Tone.RED),
    (Severity.WARNING, tr("应补"), "warn", Tone.AMBER),
    (Severity.HINT, tr("提示"), "note", Tone.NEUTRAL),
)


def counted(findings: Sequence[Finding]) -> str:
    """How many of each grade there are, in words."""
    told = []
    for severity, label, *_ in GRADES:
        if count := sum(entry.problem.severity is severity for entry in findings):
            told.append(tr("{label} {count} 处").format(label=label, count=count))
    return tr("，").join(told) or tr("没有发现问题")


def _opens(problem: Problem, case: CaseFile) -> str:
    """The form in which `problem` is mended, with its field; empty for mere advice."""
    name = mending(problem, case)
    record, field = place_of(case, problem.field)
    return pointed(name, record.id, field) if field and name not in {"", ATTACHMENTS} else name


def _line(entry: Finding, case: CaseFile, wanted: SignalInstance | None) -> QWidget:
    said = sentence(entry.problem, case)
    source = tr("依据：{source}（{rule}）").format(source=entry.source, rule=entry.problem.rule)
    name = _opens(entry.problem, case) if wanted is not None else ""
    line = Opening(name, tr("{said}{source}").format(said=said, source=source))
    parts: list[QWidget] = [words(said, wrap=True), words(source, "sub", wrap=True)]
    inside = row(column(*parts, gap=1), gap=10)
    if name:
        inside.addWidget(words(tr("去改 ›"), "way"))
    inside.setStretch(0, 1)
    inside.setContentsMargins(6, 4, 6, 4)
    line.setLayout(inside)
    line.offer(wanted)
    return line


def finding_cards(
    findings: Sequence[Finding], case: CaseFile, wanted: SignalInstance | None
) -> Iterator[QFrame]:
    """A card for each grade that was found, the gravest first."""
    for severity, label, name, _tone in GRADES:
        mine = [entry for entry in findings if entry.problem.severity is severity]
        if mine:
            head = words(tr("{label} · {count} 处").format(label=label, count=len(mine)), "strong")
            head.setContentsMargins(6, 0, 0, 0)
            lines = [_line(entry, case, wanted) for entry in mine]
            yield framed(column(head, *lines, gap=2), name, margins=10)


class InspectionView(QWidget):
    """Shows the findings; an office gives them back, or notes that a drawn file is in order."""

    changed = Signal()

    def __init__(
        self,
        workplace: Workplace,
        case: CaseFile,
        wanted: SignalInstance | None,
        office: SignalInstance | None,
    ) -> None:
        super().__init__()
        self._workplace, self._case = workplace, case
        self.findings: list[Finding] = []
        if not case.dispute.void_reason:
            self.findings = inspect_file(workplace.register, case, today())
        self._told = words(counted(self.findings), "heading", wrap=True)
        parts: list[QWidget] = [self._told, *self._of_samplings()]
        parts += finding_cards(self.findings, case, wanted)
        if wanted is None and office is not None and self._grave:
            parts.append(self._giving_back(office))
        whole = column(Scroll(page(*parts)), gap=0)
        self.setLayout(whole)

    def _giving_back(self, office: SignalInstance) -> QWidget:
        back = QWidget()
        label = tr("把这些写进退回意见 (&W)")
        back.setLayout(row(StepButton(RETURN_FINDINGS, label, office), None))
        return back

    @property
    def _grave(self) -> bool:
        return any(entry.problem.severity is not Severity.HINT for entry in self.findings)

    # Drawn files

    def _of_samplings(self) -> list[QWidget]:
        """A note for each drawing in which this file waits for somebody to look at it."""
        if not self._workplace.office:
            return []
        register, notes = self._workplace.register, list[QWidget]()
        for drawing in sampling.samplings(register):
            if self._case.dispute.id not in drawing.dispute_ids:
                continue
            states = dict(sampling.progress(register, drawing).states)
            notes.append(self._note(drawing, states[self._case.dispute.id]))
        return notes

    def _note(self, drawing: Sampling, state: sampling.Looked) -> QFrame:
        told = tr("{day}抽查抽中（抽取号{seed}）").format(
            day=short_day(drawing.drawn_on, today()), seed=drawing.seed
        )
        line = row(words(told, wrap=True), Chip(state.label, Tone(state.tone)), gap=10)
        line.setStretch(0, 1)
        if state is sampling.Looked.WAITING:
            fine = button(tr("没有问题 (&Y)"), partial(self._pass, drawing.id))
            line.addWidget(fine)
        return framed(line, "note", margins=10)

    def _pass(self, sampling_id: str) -> None:
        place = self._workplace
        self._workplace.jobs.run(
            partial(
                sampling.passed, place.register, sampling_id, self._case.dispute.id, place.actor
            ),
            owner=self,
            done=self._noted,
            failed=self._failed,
            words=tr("正在保存…"),
        )

    def _noted(self, _kept: Sampling) -> None:
        self.changed.emit()

    def _failed(self, error: DeskError) -> None:
        self._told.setText(str(error))
