"""The village's reporting: the month's package, what came back from the office, what differs."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from mediation_desk.ui.going import Go
from mediation_desk.ui.pages.coming_view import ComingView
from mediation_desk.ui.pages.reporting import ReportingPage
from mediation_desk.ui.pages.sending_view import SendingView
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


class SendingPage(ReportingPage):
    """The reporting of a village."""

    def __init__(self, workplace: Workplace) -> None:
        super().__init__(workplace)
        self.setAcceptDrops(True)
        self.send_view = SendingView(workplace, self.notice)
        self.coming = ComingView(workplace, self.notice)
        self.back = self.coming.card
        views = (
            (tr("每月报送"), self.send_view),
            (tr("司法所回件"), self.coming),
            (tr("待核对"), self.questions),
            (tr("以案定补"), self.allowance),
            (tr("卷宗"), self.files),
        )
        self._offer(views, _VERBS)
        self.coming.turned.connect(self._read_others)
        # Later, when the parts that grew have found their places.
        self.back.shown.connect(self._come_back, Qt.ConnectionType.QueuedConnection)
        self.send_view.going.connect(self.going)

    def _read_others(self) -> None:
        self.send_view.refresh()
        self.questions.refresh()

    def _come_back(self, part: QWidget) -> None:
        """Turn to what came back and let `part` of it be seen."""
        if self.tabs.currentIndex() != BACK:
            shown = self.notice.isVisibleTo(self)
            self.tabs.setCurrentIndex(BACK)
            self.notice.setVisible(shown)
        self.view.ensureWidgetVisible(part)

    def arrive(self, go: Go) -> None:
        super().arrive(go)
        if go.verb == "history" and go.about:
            self.send_view.history.show_receipt(go.about)

    # Files of the office may be dropped anywhere.

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        self.back.dragEnterEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        self.back.dropEvent(event)
