"""The file of one dispute: title and state, tabs, and the steps that its state allows."""

from collections.abc import Callable

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QAction, QIcon
from PySide6.QtWidgets import (
    QFrame,
    QMenu,
    QPushButton,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from mediation_desk.domain.casefile import CaseFile, title
from mediation_desk.domain.codes import SessionKind
from mediation_desk.domain.derived import next_step, state_words
from mediation_desk.domain.handling import MediationSession
from mediation_desk.domain.lifecycle import Step, StepName, steps
from mediation_desk.domain.numbering import case_number
from mediation_desk.domain.organisation import Mediator
from mediation_desk.ui import theme
from mediation_desk.ui.pages.dispute_forms import AGREEMENT, EDIT, PERFORM
from mediation_desk.ui.theme import Tone
from mediation_desk.ui.widgets import Chip, Elided, button, clear, column, line, look, row, words
from mediation_desk.ui.workplace import Workplace, today
from mediation_desk.words import tr

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


def _front(possible: list[Step], first: StepName | None) -> list[Step]:
    """The steps with a button of their own, the next one first."""
    front = [
        step
        for step in possible
        if StepName.of(step.id) in _IN_FRONT or (first is not None and step.id == first.value)
    ]
    front.sort(key=lambda step: first is None or step.id != first.value)
    return front[:_MOST_IN_FRONT]


class CaseCard(QFrame):
    """Shows one dispute; what the user wants done is told by `step_wanted`."""

    step_wanted = Signal(str)
    back_wanted = Signal()

    def __init__(self, workplace: Workplace) -> None:
        super().__init__()
        look(self, "card")
        self._workplace = workplace
        self.case: CaseFile | None = None
        self.revealed = False
        self._title = Elided("", "heading")
        self._chip = Chip()
        self._more = words("", "sub", wrap=True)
        self._back = button("", self.back_wanted.emit, "quiet", tip=tr("回到列表 (Esc)"))
        self._back.setIcon(QIcon(theme.drawing("back", theme.tokens().primary)))
        self._back.setShortcut("Esc")
        self._back.hide()
        self.tabs = QTabBar()
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        self.tabs.setUsesScrollButtons(True)
        self.tabs.currentChanged.connect(self._show_tab)
        self._body = QStackedWidget()
        self._actions = row(gap=10)
        self._menu = QMenu(self)
        self._menu.triggered.connect(self._from_menu)
        self._lay_out()
        self._views: tuple[Callable[[], QWidget], ...] = (
            self._story,
            self._basics,
            self._parties,
            self._agreement,
        )
        self.show_case("")

    def _lay_out(self) -> None:
        head = column(row(self._back, self._title, self._chip, gap=8), self._more, gap=2)
        head.setContentsMargins(18, 12, 18, 8)
        tabs = row(self.tabs)
        tabs.setContentsMargins(10, 0, 10, 0)
        self._actions.setContentsMargins(18, 10, 18, 10)
        self._head = QWidget()
        self._head.setLayout(column(head, line("line"), tabs, line("line"), gap=0))
        self._bar = QWidget()
        self._bar.setLayout(column(line("line"), self._actions, gap=0))
        self._empty = words(tr("从左边选一件纠纷，这里显示它的经过。"), "sub", wrap=True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        stack = QVBoxLayout(self)
        stack.setContentsMargins(1, 1, 1, 1)
        stack.setSpacing(0)
        stack.addWidget(self._head)
        stack.addWidget(self._empty, 1)
        stack.addWidget(self._body, 1)
        stack.addWidget(self._bar)

    @property
    def dispute_id(self) -> str:
        """The dispute shown, or empty."""
        return self.case.dispute.id if self.case else ""

    @property
    def mine(self) -> bool:
        """Whether the dispute belongs to this desk's committee and may be changed here."""
        committee = self._workplace.register.committee
        return bool(self.case and committee and self.case.dispute.unit_id == committee.id)

    def show_back(self, *, wanted: bool) -> None:
        """Offer the way back to the list."""
        self._back.setVisible(wanted)

    def show_case(self, dispute_id: str) -> None:
        """Show a dispute anew from the register; nothing for an empty id."""
        if dispute_id != self.dispute_id:
            self.revealed = False
        self.case = self._workplace.register.case(dispute_id) if dispute_id else None
        there = self.case is not None
        for part in (self._head, self._body, self._bar):
            part.setVisible(there)
        self._empty.setVisible(not there)
        if self.case is not None:
            self._show_head(self.case)
            self._show_tabs(self.case)
            self._show_actions(self.case)

    def _show_head(self, case: CaseFile) -> None:
        register = self._workplace.register
        dispute = case.dispute
        self._title.setText(title(case, register.types))
        said, tone = state_words(dispute, case.agreement, today(), register.settings)
        self._chip.show_state(said, Tone(tone))
        unit = register.get("unit", dispute.unit_id)
        number = case_number(dispute, unit, register.settings.numbering_pattern)  # type: ignore[arg-type]
        mediators = tr("、").join(self.mediators(case)) or tr("未填调解员")
        people = tr("涉及 {people} 人").format(people=dispute.people)
        self._more.setText(" · ".join((number, tr(dispute.source.label), mediators, people)))

    def mediators(self, case: CaseFile) -> list[str]:
        """The names of the mediators of a dispute."""
        found = self._workplace.register.some("mediator", case.dispute.mediator_ids)
        return [entry.name for entry in found if isinstance(entry, Mediator)]

    def _show_tabs(self, case: CaseFile) -> None:
        labels = (
            tr("经过"),
            tr("基本情况"),
            tr("当事人 {count}").format(count=len(case.parties)),
            tr("协议与履行"),
        )
        with QSignalBlocker(self.tabs):
            while self.tabs.count() < len(labels):
                self.tabs.addTab("")
            for number, label in enumerate(labels):
                self.tabs.setTabText(number, label)
        self._show_tab(self.tabs.currentIndex())

    def _show_tab(self, number: int) -> None:
        if self.case is None:
            return
        view = self._views[max(number, 0)]()
        before = self._body.currentWidget()
        self._body.addWidget(view)
        self._body.setCurrentWidget(view)
        if before is not None:
            self._body.removeWidget(before)
            before.deleteLater()

    # The views are imported when one is shown: the list is painted before the file of its first
    # dispute is drawn.

    def _story(self) -> QWidget:
        from mediation_desk.ui.pages.case_views import story_view  # noqa: PLC0415

        return story_view(self._known(), self._workplace, mine=self.mine)

    def _basics(self) -> QWidget:
        from mediation_desk.ui.pages.case_views import basics_view  # noqa: PLC0415

        case = self._known()
        return basics_view(case, self._workplace, self.mediators(case))

    def _parties(self) -> QWidget:
        from mediation_desk.ui.pages.case_views import parties_view  # noqa: PLC0415

        label = tr("遮住") if self.revealed else tr("显示完整信息(&X)")
        reveal = button(label, self.reveal, "quiet")
        return parties_view(self._known(), reveal, revealed=self.revealed)

    def _agreement(self) -> QWidget:
        from mediation_desk.ui.pages.case_views import agreement_view  # noqa: PLC0415

        case = self._known()
        perform = None
        if self.mine and case.promises and not case.dispute.void_reason:
            perform = button(tr("登记履行(&L)"), self._perform)
        return agreement_view(case, perform)

    def _known(self) -> CaseFile:
        if self.case is None:
            raise LookupError("no dispute is shown")
        return self.case

    def _perform(self) -> None:
        self.step_wanted.emit(PERFORM)

    def reveal(self) -> None:
        """Show identity numbers and phones in full, or mask them again."""
        self.revealed = not self.revealed
        self._show_tab(self.tabs.currentIndex())

    def _show_actions(self, case: CaseFile) -> None:
        clear(self._actions)
        self._menu.clear()
        if not self.mine:
            told = tr("本案由其他单位登记、报送，这里只能查看。")
            self._actions.addWidget(words(told, "sub", wrap=True), 1)
            return
        possible = [step for step in steps(case) if step.possible]
        front = _front(possible, next_step(case.dispute))
        for number, step in enumerate(front):
            made = self._step_button(step.id, tr(step.label))
            look(made, "primary" if number == 0 else "")
            self._actions.addWidget(made)
        self._actions.addStretch(1)
        if not case.dispute.void_reason:
            self._offer_changes(case)
        for step in possible:
            if step not in front:
                self._menu.addAction(f"{tr(step.label)}(&{_KEYS[step.id]})").setData(step.id)
        more = button(tr("更多 (&M)"))
        more.setMenu(self._menu)
        more.setVisible(not self._menu.isEmpty())
        more.setProperty("menu", True)  # noqa: FBT003 - Qt's own signature
        self._actions.addWidget(more)

    def _offer_changes(self, case: CaseFile) -> None:
        """Put into the menu what can be corrected of the records there are."""
        self._menu.addAction(tr("编辑登记内容(&E)")).setData(EDIT)
        last = last_session(case)
        if last is not None:
            correct = self._menu.addAction(tr("修改最近一次调解记录(&K)"))
            correct.setData(f"{StepName.SESSION.value}:{last.id}")
        if case.agreement is not None:
            self._menu.addAction(tr("补充协议(&W)")).setData(AGREEMENT)

    def _step_button(self, step: str, label: str) -> QPushButton:
        made = StepButton(step, f"{label} (&{_KEYS[step]})")
        made.wanted.connect(self.step_wanted)
        return made

    def _from_menu(self, action: QAction) -> None:
        if action.data():
            self.step_wanted.emit(action.data())


class StepButton(QPushButton):
    """A button that says which step it stands for."""

    wanted = Signal(str)

    def __init__(self, step: str, label: str) -> None:
        super().__init__(label)
        self.step = step
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.clicked.connect(self._clicked)

    def _clicked(self) -> None:
        self.wanted.emit(self.step)
