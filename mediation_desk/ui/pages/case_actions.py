"""What can be done with a dispute: buttons for the next steps, a menu for all others."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, SignalInstance
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from mediation_desk.domain import linking
from mediation_desk.domain.casefile import CaseFile
from mediation_desk.domain.codes import ArchiveState, SessionKind
from mediation_desk.domain.derived import next_step
from mediation_desk.domain.handling import MediationSession
from mediation_desk.domain.lifecycle import Step, StepName, missing_for, steps
from mediation_desk.ui.pages.case_parts import StepButton
from mediation_desk.ui.pages.dispute_forms import (
    AGREEMENT,
    CONFIRM,
    EDIT,
    ENDING,
    EXTEND,
    FILING,
    HAND_OVER,
    INQUIRY,
    PERFORM,
    PREVENTION,
    REFERRAL,
    RENUMBER,
    REPORT,
    RETURN,
    RISK,
    SESSION_FORMS,
)
from mediation_desk.ui.pages.entry import ATTACHMENTS
from mediation_desk.ui.widgets import button, clear
from mediation_desk.words import tr

HISTORY = "history"

# Steps with a button of their own; all others stand in the menu.
_IN_FRONT = (StepName.ACCEPT, StepName.SESSION, StepName.AGREE, StepName.TERMINATE, StepName.VISIT)
_KEYS = {
    StepName.ACCEPT.value: "A",
    StepName.SESSION.value: "T",
    StepName.AGREE.value: "D",
    StepName.TERMINATE.value: "Z",
    StepName.VISIT.value: "H",
    StepName.ARCHIVE.value: "G",
    StepName.REFUSE.value: "B",
    StepName.TRANSFER.value: "Y",
    StepName.REOPEN.value: "R",
    StepName.VOID.value: "F",
}
_MOST_IN_FRONT = 3


def last_session(case: CaseFile) -> MediationSession | None:
    """The last mediation or inquiry; visits have a form of their own."""
    held = [entry for entry in case.sessions if entry.kind is not SessionKind.VISIT]
    return held[-1] if held else None


def _front(possible: Sequence[Step], first: StepName | None) -> list[Step]:
    """The steps with a button of their own, the next one first."""
    front = [
        step
        for step in possible
        if StepName.of(step.id) in _IN_FRONT or (first is not None and step.id == first.value)
    ]
    front.sort(key=lambda step: first is None or step.id != first.value)
    return front[:_MOST_IN_FRONT]


class CaseActions(QObject):
    """Fills the bar below a dispute's file."""

    def __init__(self, parent: QWidget, bar: QHBoxLayout, wanted: SignalInstance) -> None:
        super().__init__(parent)
        self._bar = bar
        self._wanted = wanted
        self.menu = QMenu(parent)
        self.menu.setToolTipsVisible(True)
        self.menu.triggered.connect(self._chosen)

    def _chosen(self, action: QAction) -> None:
        if action.data():
            self._wanted.emit(action.data())

    def clear(self) -> None:
        """Offer nothing."""
        clear(self._bar)
        self.menu.clear()

    def offer_return(self) -> None:
        """Offer the one thing that the office does with a village's case."""
        self.clear()
        self._bar.addStretch(1)
        self._bar.addWidget(StepButton(RETURN, tr("退回补正 (&B)"), self._wanted))

    def offer(self, case: CaseFile, *, shared: bool = False) -> None:
        """Offer what the state of `case` allows; say of all else what is missing.

        A number that is `shared` with another case can be changed, and no other.
        """
        self.clear()
        every = steps(case)
        possible = [step for step in every if step.possible]
        front = _front(possible, next_step(case.dispute))
        for number, step in enumerate(front):
            label = f"{tr(step.label)} (&{_KEYS[step.id]})"
            name = "primary" if number == 0 else ""
            self._bar.addWidget(StepButton(step.id, label, self._wanted, name))
        self._bar.addStretch(1)
        if not case.dispute.void_reason:
            self._offer_changes(case)
            self._offer_records(case)
            if shared:
                self._add(RENUMBER, tr("换编号 (&C)"))
            self.menu.addSeparator()
        for step in possible:
            if step not in front:
                self._add(step.id, f"{tr(step.label)}(&{_KEYS[step.id]})")
        for step in every:
            if not step.possible:
                self._add("", tr(step.label), step.missing)
        self.menu.addSeparator()
        self._add(HISTORY, tr("修改记录 (&U)"))
        more = button(tr("更多 (&M)"))
        more.setMenu(self.menu)
        more.setProperty("menu", True)  # noqa: FBT003 - Qt's own signature
        self._bar.addWidget(more)

    def _add(self, name: str, label: str, missing: str = "", menu: QMenu | None = None) -> None:
        """A line of the menu; one with something `missing` cannot be chosen and says why."""
        told = tr("{label} — {missing}").format(label=label, missing=missing) if missing else label
        action = (menu or self.menu).addAction(told)
        action.setData("" if missing else name)
        action.setEnabled(not missing)

    def _offer_changes(self, case: CaseFile) -> None:
        """What can be corrected of the records there are."""
        self._add(EDIT, tr("编辑登记内容 (&E)"))
        last = last_session(case)
        if last is not None:
            self._add(f"{SESSION_FORMS[last.kind]}:{last.id}", tr("修改最近一次调解记录 (&K)"))
        if case.agreement is not None:
            self._add(AGREEMENT, tr("补充协议 (&W)"))
        if case.dispute.outcome is not None:
            self._add(ENDING, tr("修改结案情况 (&J)"))
        if case.dispute.archive is ArchiveState.ARCHIVED:
            self._add(FILING, tr("修改归档情况 (&Q)"))
        if case.promises:
            self._add(PERFORM, tr("登记履行 (&L)"))

    def _offer_records(self, case: CaseFile) -> None:
        """What can be written down besides the steps."""
        further = self.menu.addMenu(tr("再记一项 (&N)"))
        open_case = missing_for(StepName.SESSION, case.dispute)
        self._add(INQUIRY, tr("调查记录 (&I)"), open_case, further)
        self._add(EXTEND, tr("延长调解期限 (&X)"), open_case, further)
        self._add(REFERRAL, tr("衔接移送 (&J)"), "", further)
        self._add(RISK, tr("风险等级 (&P)"), "", further)
        self._add(REPORT, tr("上报公安或有关部门 (&B)"), "", further)
        self._add(PREVENTION, tr("防止激化 (&Q)"), "", further)
        self._add(CONFIRM, tr("司法确认 (&C)"), linking.why_not_confirm(case), further)
        self._add(ATTACHMENTS, tr("照片、扫描件 (&S)"), "", further)
        self._add(HAND_OVER, tr("移交给别的调委会 (&V)"))
