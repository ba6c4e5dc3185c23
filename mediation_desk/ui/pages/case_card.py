"""The file of one dispute: title and state, tabs, and the steps that its state allows."""

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QSignalBlocker, Qt, QTimer, Signal, SignalInstance
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QKeySequence,
    QResizeEvent,
    QShortcut,
)
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from mediation_desk.desk.counted_once import same_words
from mediation_desk.desk.renumbering import shared_words
from mediation_desk.domain.casefile import CaseFile, title
from mediation_desk.domain.derived import state_words
from mediation_desk.domain.early_warning import high_level
from mediation_desk.domain.linking import entrusted
from mediation_desk.domain.numbering import case_number
from mediation_desk.domain.organisation import Mediator
from mediation_desk.ui import theme
from mediation_desk.ui.pages import case_tabs
from mediation_desk.ui.pages.case_actions import CaseActions
from mediation_desk.ui.pages.case_parts import Sheet, page, way_back
from mediation_desk.ui.pages.entry import ATTACHMENTS
from mediation_desk.ui.pages.handed_words import Handed, handed_words
from mediation_desk.ui.pages.source_words import SourceLine
from mediation_desk.ui.tabs import Tabs
from mediation_desk.ui.theme import Tone
from mediation_desk.ui.widgets import (
    Chip,
    Elided,
    Scroll,
    column,
    line,
    look,
    row,
    words,
)
from mediation_desk.ui.workplace import Workplace, today
from mediation_desk.words import tr

if TYPE_CHECKING:
    from mediation_desk.ui.pages.attachments_view import AttachmentsView
    from mediation_desk.ui.pages.papers_view import PapersView

_OF_OTHERS = tr("本案由其他单位登记、报送，这里只能查看。")
_FOR_READERS = tr("只读：这里只能查看。要办理，请点右上角的姓名换人。")
# Below this height the fixed parts of the card would leave no room for the file.
_LOW = 280


class CaseCard(QFrame):
    """Shows one dispute; what the user wants done is told by `step_wanted`."""

    step_wanted = Signal(str)
    back_wanted = Signal()
    # What the lines and buttons inside say; some of it is done here, the rest is a step.
    _chosen = Signal(str)

    def __init__(self, workplace: Workplace) -> None:
        super().__init__()
        look(self, "card")
        self._workplace = workplace
        self.case: CaseFile | None = None
        # Whether the dispute belongs to this desk's committee and may be changed here.
        self.mine = False
        self._title = Elided("", "heading")
        self._chip = Chip()
        self.risk = Chip()
        self.returned = Chip()
        self.handed = Chip()
        self._handed = Handed()
        self._more = words("", "sub", wrap=True)
        self._back = way_back(self.back_wanted.emit)
        self.tabs = Tabs()
        self.tabs.currentChanged.connect(self._show_tab)
        self.setFocusProxy(self.tabs)
        self._body = QStackedWidget()
        # For the tabs that are nothing but a page; the others bring what they need.
        self._page = Scroll(page())
        self._body.addWidget(self._page)
        bar = row(gap=10)
        self._chosen.connect(self._choose)
        self.steps = CaseActions(self, bar, self._chosen)
        self._told = words("", "sub", wrap=True)
        self.source = SourceLine(workplace)
        self._lay_out(bar)
        self.setAcceptDrops(True)
        paste = QShortcut(QKeySequence(QKeySequence.StandardKey.Paste), self)
        paste.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        paste.activated.connect(self.paste)
        self.show_case("")

    def _lay_out(self, bar: QHBoxLayout) -> None:
        first = row(
            self._back, self._title, self.handed, self.returned, self.risk, self._chip, gap=8
        )
        self._first = column(first, self._more, gap=2)
        tabs = row(self.tabs)
        tabs.setContentsMargins(10, 0, 10, 0)
        self._head = QWidget()
        self._head.setLayout(column(self._first, line("line"), tabs, line("line"), gap=0))
        self._told.setContentsMargins(18, 10, 18, 10)
        self.source.setContentsMargins(18, 10, 18, 0)
        self._bar = QWidget()
        beside = row(self._told, bar, gap=0)
        beside.setStretch(0, 1)
        self._bar.setLayout(column(line("line"), self.source, beside, gap=0))
        self._empty = words(tr("在列表里选一件纠纷，这里显示它的经过。"), "sub", wrap=True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        stack = QVBoxLayout(self)
        stack.setContentsMargins(1, 1, 1, 1)
        stack.setSpacing(0)
        stack.addWidget(self._head)
        stack.addWidget(self._empty, 1)
        stack.addWidget(self._body, 1)
        stack.addWidget(self._bar)
        self._acts = bar
        self._stand(low=False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._is_low() is not self._low:
            # Another tab put in while this one is being shown would stay blank.
            QTimer.singleShot(0, self, self._fit_height)

    def _is_low(self) -> bool:
        return self.height() < theme.wide(_LOW)

    def _fit_height(self) -> None:
        if self._is_low() is not self._low:
            self._stand(low=self._is_low())
            self._show_tab(self.tabs.currentIndex())

    def _stand(self, *, low: bool) -> None:
        """On a low page the line below the title goes up and down with the course."""
        self._low = low
        self._more.setVisible(not low)
        self._first.setContentsMargins(18, *((5, 18, 3) if low else (12, 18, 8)))
        self._acts.setContentsMargins(18, *((4, 18, 4) if low else (10, 18, 10)))

    def _with_more(self, sheet: Sheet) -> None:
        """Put the line below the title at the beginning of the course."""
        sheet.stack.setContentsMargins(18, 6, 18, 8)
        sheet.stack.insertWidget(0, words(self._more.text(), "sub", wrap=True))

    @property
    def dispute_id(self) -> str:
        """The dispute shown, or empty."""
        return self.case.dispute.id if self.case else ""

    def show_back(self, *, wanted: bool) -> None:
        """Offer the way back to the list."""
        self._back.setVisible(wanted)

    @property
    def _listener(self) -> SignalInstance | None:
        """Who is told what was chosen inside; nobody for others' cases, which are only read."""
        return self._chosen if self.mine else None

    def show_case(self, dispute_id: str) -> None:
        """Show a dispute anew from the register; nothing for an empty id."""
        another = dispute_id != self.dispute_id
        register = self._workplace.register
        self.case = register.case(dispute_id) if dispute_id else None
        committee = register.committee
        own = bool(self.case and committee and self.case.dispute.unit_id == committee.id)
        self.mine = own and not self._workplace.reads
        if another and self._waiting:
            # What the office wants put right stands above the course.
            with QSignalBlocker(self.tabs):
                self.tabs.setCurrentIndex(0)
        there = self.case is not None
        for part in (self._head, self._body, self._bar):
            part.setVisible(there)
        self._empty.setVisible(not there)
        if self.case is not None:
            self._show_head(self.case)
            # The steps come before the long lines of the course when somebody goes on with Tab.
            self._show_actions(self.case)
            self._label_tabs(self.case)
            self._show_tab(self.tabs.currentIndex())

    @property
    def _waiting(self) -> bool:
        """Whether the office has given the case back and it is not yet put right."""
        case = self.case
        return case is not None and any(entry.open for entry in case.returns)

    def _show_head(self, case: CaseFile) -> None:
        register = self._workplace.register
        dispute = case.dispute
        self._title.setText(title(case, register.types))
        said, tone = state_words(
            dispute, case.agreement, today(), register.limits, entrusted(case.referrals)
        )
        self._chip.show_state(said, Tone(tone))
        self._show_risk(case)
        back = tr("司法所退回") if self.mine else tr("已退回")
        self.returned.show_state(back if self._waiting else "", Tone.AMBER)
        unit = register.get("unit", dispute.unit_id)
        handed = self._handed = handed_words(register, case, mine=self.mine)
        self.handed.show_state(handed.mark, handed.tone)
        pattern = register.settings.numbering_pattern
        number = handed.number or case_number(dispute, unit, pattern)  # type: ignore[arg-type]
        mediators = tr("、").join(self.mediators(case)) or tr("未填调解员")
        people = tr("涉及 {people} 人").format(people=dispute.people)
        self._more.setText(" · ".join((number, tr(dispute.source.label), mediators, people)))

    def _show_risk(self, case: CaseFile) -> None:
        """Say a high risk beside the state for as long as the dispute is open."""
        high = high_level(case.dispute, case.risks, self._workplace.register.settings)
        said, tone = high or ("", Tone.AMBER.value)
        self.risk.show_state(said, Tone(tone))

    def mediators(self, case: CaseFile) -> list[str]:
        """The names of the mediators of a dispute."""
        found = self._workplace.register.some("mediator", case.dispute.mediator_ids)
        return [entry.name for entry in found if isinstance(entry, Mediator)]

    def _label_tabs(self, case: CaseFile) -> None:
        labels = case_tabs.labels(case)
        with QSignalBlocker(self.tabs):
            while self.tabs.count() < len(labels):
                self.tabs.offer("")
            for number, label in enumerate(labels):
                self.tabs.say(number, label, case_tabs.SHORTER.get(number, ""))

    def _show_tab(self, number: int) -> None:
        if self.case is None:
            return
        view = case_tabs.view_of(number, self._shown(self.case))
        before = self._body.currentWidget()
        if isinstance(view, Sheet):
            if self._low and number <= 0:
                self._with_more(view)
            view.moved.connect(self._page.ensureVisible)
            self._page.show_instead(view)
        else:
            self._body.addWidget(view)
        self._body.setCurrentWidget(self._page if isinstance(view, Sheet) else view)
        if before not in {None, self._page, self._body.currentWidget()}:
            self._body.removeWidget(before)
            before.deleteLater()

    def _shown(self, case: CaseFile) -> case_tabs.Shown:
        office = self._chosen if self._workplace.office and not self._workplace.reads else None
        return case_tabs.Shown(
            case,
            self._workplace,
            self._listener,
            office,
            self.mediators(case),
            self._scans_changed,
            self._looked_through,
        )

    # Choosing

    def _show_actions(self, case: CaseFile) -> None:
        register, dispute_id = self._workplace.register, case.dispute.id
        of_others = _FOR_READERS if self._workplace.reads else _OF_OTHERS
        others = "" if self.mine else self._handed.closed or of_others
        same = same_words(register, dispute_id)
        shared = shared_words(register, case.dispute) if self.mine else ""
        self._told.setText("\n".join(filter(None, (others, shared, same))))
        self._told.setVisible(bool(self._told.text()))
        self.source.ask(dispute_id if self._workplace.office and not self.mine else "")
        if self.mine:
            self.steps.offer(case, shared=bool(shared))
        elif self._workplace.office and not self._workplace.reads and not case.dispute.void_reason:
            self.steps.offer_return()
        else:
            self.steps.clear()

    def _looked_through(self) -> None:
        """Show the same tab anew after something was noted about the file."""
        self.show_case(self.dispute_id)

    def show_inspection(self) -> None:
        """Turn to what the rules find in the file."""
        self.tabs.setCurrentIndex(case_tabs.INSPECTION)

    def show_papers(self) -> "PapersView":
        """Turn to the papers of the file and return their list."""
        self.tabs.setCurrentIndex(case_tabs.PAPERS)
        return cast("PapersView", self._body.currentWidget())

    def _choose(self, name: str) -> None:
        if name == ATTACHMENTS:
            self.show_attachments()
        else:
            self.step_wanted.emit(name)

    # Scans

    def show_attachments(self) -> "AttachmentsView":
        """Turn to the tab of the scans and return it."""
        self.tabs.setCurrentIndex(case_tabs.ATTACHMENTS)
        return cast("AttachmentsView", self._body.currentWidget())

    def _scans_changed(self, case: object) -> None:
        self.case = cast(CaseFile, case)
        self._label_tabs(self.case)

    @property
    def takes_scans(self) -> bool:
        """Whether something dropped or pasted can be attached to the dispute shown."""
        return self.mine and self.case is not None and not self.case.dispute.void_reason

    def paste(self) -> None:
        """Attach what was copied."""
        if self.takes_scans:
            self.show_attachments().paste()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        mime = event.mimeData()
        if self.takes_scans and (mime.hasUrls() or mime.hasImage()):
            event.acceptProposedAction()
            self.show_attachments().show_hot(hot=True)

    def dragLeaveEvent(self, _event: QDragLeaveEvent) -> None:
        self.show_attachments().show_hot(hot=False)

    def dropEvent(self, event: QDropEvent) -> None:
        view = self.show_attachments()
        view.show_hot(hot=False)
        found = view.sources(event.mimeData())
        if found:
            event.acceptProposedAction()
            view.take(found)
