"""What the village's and the office's reporting have in common."""

from collections.abc import Mapping, Sequence
from typing import Protocol, cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from mediation_desk.ui.going import Go
from mediation_desk.ui.pages.allowance_view import AllowanceView
from mediation_desk.ui.pages.files_view import FilesView
from mediation_desk.ui.pages.notice import Notice
from mediation_desk.ui.pages.questions_view import QuestionsView
from mediation_desk.ui.tabs import PAGES, Tabs
from mediation_desk.ui.widgets import EDGE, column, look, row, scrolled
from mediation_desk.ui.workplace import Workplace
from mediation_desk.words import tr


class _View(Protocol):
    """What the page asks of the views it turns to."""

    def refresh(self) -> None:
        """Read the register again."""


class ReportingPage(QWidget):
    """One view at a time, and what came of the last act above all of them.

    A side's own page makes the views that only it has and offers all of them in their order.
    """

    going = Signal(object)

    def __init__(self, workplace: Workplace) -> None:
        super().__init__()
        look(self, "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.notice = Notice()
        self.questions = QuestionsView(workplace, self.notice)
        self.allowance = AllowanceView(workplace, self.notice)
        self.files = FilesView(workplace, self.notice)
        self.tabs = Tabs(PAGES)
        self._views: list[QWidget] = []
        for view in (self.questions, self.allowance, self.files):
            view.going.connect(self.going)

    def _offer(
        self,
        views: Sequence[tuple[str, QWidget]],
        verbs: Mapping[str, int],
        beside: Sequence[QWidget] = (),
    ) -> None:
        """Lay the page out: a tab for each of `views`, and what stands `beside` the tabs.

        `verbs` say which view other pages mean by them; by any other they mean the first one.
        """
        self._verbs = verbs
        for name, view in views:
            self.tabs.offer(name)
            self._views.append(view)
        top = row(self.tabs, *beside)
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
        self._show_view(0)
        self.tabs.currentChanged.connect(self._turned)
        self.questions.answered.connect(self._count)
        self.questions.filling.connect(self._give_way)
        self.setFocusProxy(self.tabs)

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
        self.questions.refresh()

    def _count(self) -> None:
        count = self.questions.count
        said = tr("待核对 {count}").format(count=count) if count else tr("待核对")
        self.tabs.say(self._views.index(self.questions), said)

    def arrive(self, go: Go) -> None:
        """Turn to the view that another page sent somebody to; the verb names it."""
        self.tabs.setCurrentIndex(self._verbs.get(go.verb, 0))
