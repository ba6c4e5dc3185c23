"""The village's reporting: the month's package, what came back from the office, what differs."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from mediation_desk.ui.going import Go
from mediation_desk.ui.pages.allowance_view import AllowanceView
from mediation_desk.ui.pages.coming_view import ComingView
from mediation_desk.ui.pages.files_view import FilesView
from mediation_desk.ui.pages.notice import Notice
from mediation_desk.ui.pages.questions_view import QuestionsView
from mediation_desk.ui.pages.sending_view import SendingView
from mediation_desk.ui.tabs import PAGES, Tabs
from mediation_desk.ui.widgets import EDGE, column, look, row, scrolled
from mediation_desk.ui.workplace import Workplace
from mediation_desk.words import tr

SEND, BACK, QUESTIONS, ALLOWANCE, FILES = range(5)
_VERBS = {
    "send": SEND,
    "history": SEND,
    "back": BACK,
    "questions": QUESTIONS,
    "allowance": ALLOWANCE,
    "files": FILES,
}


class SendingPage(QWidget):
    """One view at a time, and what came of the last act above all of them."""

    going = Signal(object)

    def __init__(self, workplace: Workplace) -> None:
        super().__init__()
        look(self, "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAcceptDrops(True)
        self.notice = Notice()
        self.send_view = SendingView(workplace, self.notice)
        self.coming = ComingView(workplace, self.notice)
        self.questions = QuestionsView(workplace, self.notice)
        self.back = self.coming.card
        self.allowance = AllowanceView(workplace, self.notice)
        self.files = FilesView(workplace, self.notice)
        self._views = (self.send_view, self.coming, self.questions, self.allowance, self.files)
        self.tabs = Tabs(PAGES)
        self._lay_out()
        self.tabs.currentChanged.connect(self._turned)
        self.coming.turned.connect(self._read_others)
        # Later, when the parts that grew have found their places.
        self.back.shown.connect(self._come_back, Qt.ConnectionType.QueuedConnection)
        self.questions.answered.connect(self._count)
        self.questions.filling.connect(self._give_way)
        for view in (self.send_view, self.questions, self.allowance, self.files):
            view.going.connect(self.going)
        self.setFocusProxy(self.tabs)

    def _lay_out(self) -> None:
        for name in (tr("每月报送"), tr("司法所回件"), tr("待核对"), tr("以案定补"), tr("卷宗")):
            self.tabs.offer(name)
        top = row(self.tabs)
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
        self._show_view(SEND)

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
        self._views[number].refresh()

    def refresh(self) -> None:
        """Read the register again."""
        self._views[self.tabs.currentIndex()].refresh()
        self.questions.refresh()

    def _read_others(self) -> None:
        self.send_view.refresh()
        self.questions.refresh()

    def _count(self) -> None:
        count = self.questions.count
        said = tr("待核对 {count}").format(count=count) if count else tr("待核对")
        self.tabs.say(QUESTIONS, said)

    def _come_back(self, part: QWidget) -> None:
        """Turn to what came back and let `part` of it be seen."""
        if self.tabs.currentIndex() != BACK:
            shown = self.notice.isVisibleTo(self)
            self.tabs.setCurrentIndex(BACK)
            self.notice.setVisible(shown)
        self.view.ensureWidgetVisible(part)

    def arrive(self, go: Go) -> None:
        """Turn to the view that another page sent somebody to; the verb names it."""
        self.tabs.setCurrentIndex(_VERBS.get(go.verb, SEND))
        if go.verb == "history" and go.about:
            self.send_view.history.show_receipt(go.about)

    # Files of the office may be dropped anywhere.

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        self.back.dragEnterEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        self.back.dropEvent(event)
