"""The office's reporting: what came in, what has to be decided, what goes back, who is set up."""

from typing import Protocol, cast

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtWidgets import QWidget

from mediation_desk.ui.going import Go
from mediation_desk.ui.pages.allowance_view import AllowanceView
from mediation_desk.ui.pages.enrolment_view import EnrolmentView
from mediation_desk.ui.pages.files_view import FilesView
from mediation_desk.ui.pages.inbox_columns import months
from mediation_desk.ui.pages.inbox_view import InboxView
from mediation_desk.ui.pages.notice import Notice
from mediation_desk.ui.pages.questions_view import QuestionsView
from mediation_desk.ui.pages.returns_view import ReturnsView
from mediation_desk.ui.tabs import PAGES, Tabs
from mediation_desk.ui.widgets import EDGE, button, column, look, row, scrolled
from mediation_desk.ui.workplace import Workplace, today
from mediation_desk.words import tr

INBOX, QUESTIONS, RETURNS, ENROLMENT, ALLOWANCE, FILES = range(6)
_VERBS = {
    "inbox": INBOX,
    "questions": QUESTIONS,
    "returns": RETURNS,
    "enrolment": ENROLMENT,
    "allowance": ALLOWANCE,
    "files": FILES,
}


class _View(Protocol):
    """What the page asks of the views it turns to."""

    going: SignalInstance

    def refresh(self) -> None:
        """Read the register again."""


class ReceivingPage(QWidget):
    """One view at a time, and what came of the last act above all of them."""

    going = Signal(object)

    def __init__(self, workplace: Workplace) -> None:
        super().__init__()
        look(self, "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._workplace = workplace
        self.notice = Notice()
        self.inbox = InboxView(workplace, self.notice)
        self.questions = QuestionsView(workplace, self.notice)
        self.returns = ReturnsView(workplace, self.notice)
        self.enrolment = EnrolmentView(workplace, self.notice)
        self.allowance = AllowanceView(workplace, self.notice)
        self.files = FilesView(workplace, self.notice)
        self._views: tuple[QWidget, ...] = (
            self.inbox, self.questions, self.returns, self.enrolment, self.allowance,
            self.files,
        )  # fmt: skip
        self.tabs = Tabs(PAGES)
        self.merged = button(tr("合并报表 (&M)"), self._go_to_figures)
        self._lay_out()
        self.tabs.currentChanged.connect(self._turned)
        self.inbox.turned.connect(self._read_questions)
        self.questions.answered.connect(self._count)
        self.questions.filling.connect(self._give_way)
        for view in self._views:
            cast(_View, view).going.connect(self.going)
        self.setFocusProxy(self.tabs)

    def _lay_out(self) -> None:
        names = (tr("收件"), tr("待核对"), tr("回件"), tr("开户"), tr("以案定补"), tr("卷宗"))
        for name in names:
            self.tabs.offer(name)
        top = row(self.tabs, self.merged)
        # All the room, or the tabs would not grow with the number that one of them tells.
        top.setStretch(0, 1)
        top.setContentsMargins(0, 0, EDGE, 0)
        self._top = QWidget()
        self._top.setLayout(top)
        body = column(self.notice, *self._views, gap=12)
        for place in range(len(self._views)):
            body.setStretch(place + 1, 1)
        body.setContentsMargins(0, 0, 0, 4)
        page = column(self._top, gap=10)
        self.view = scrolled(body, EDGE)
        page.addWidget(self.view, 1)
        page.setContentsMargins(EDGE, 10, 0, 10)
        self.setLayout(page)
        self._show_view(INBOX)

    def _show_view(self, number: int) -> None:
        # Not a stack, which is as high as the highest of its views.
        for place, view in enumerate(self._views):
            view.setVisible(place == number)

    def _give_way(self, filled: object) -> None:
        """Leave a low page to the one question that is read."""
        self._top.setVisible(not filled)

    def _turned(self, number: int) -> None:
        self._show_view(number)
        self.notice.hide()
        self.view.verticalScrollBar().setValue(0)
        cast(_View, self._views[number]).refresh()

    def refresh(self) -> None:
        """Read the register again."""
        cast(_View, self._views[self.tabs.currentIndex()]).refresh()
        self._read_questions()

    def _read_questions(self) -> None:
        self.questions.refresh()

    def _count(self) -> None:
        count = self.questions.count
        said = tr("待核对 {count}").format(count=count) if count else tr("待核对")
        self.tabs.say(QUESTIONS, said)

    def arrive(self, go: Go) -> None:
        """Turn to the view that another page sent somebody to; the verb names it."""
        self.tabs.setCurrentIndex(_VERBS.get(go.verb, INBOX))

    def _go_to_figures(self) -> None:
        """Go to the statistic of the month that was last due."""
        self.going.emit(Go("statistics", "period", what=months(today())[-2]))
