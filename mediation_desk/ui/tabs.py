"""Tabs that all stay in sight: short of room they move together, then they say it shorter."""

from PySide6.QtCore import QPoint, QSize, QTimer
from PySide6.QtGui import QFontMetrics, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QScrollArea, QTabBar

from mediation_desk.ui import theme
from mediation_desk.ui.in_view import LED_ELSEWHERE, bring_to_top
from mediation_desk.ui.widgets import dress_again, look

PAGES = "pages"
# As in the style sheet: points of the words, and the air on each side of them (padding and border,
# which is there unseen while another has the cursor) by property "room".
_POINTS = {"": 10.5, PAGES: 12.5}
_AIR = {"": {"": 11, "snug": 6, "tight": 3}, PAGES: {"": 14, "snug": 7, "tight": 4}}
_ROOM = "room"
# So much of what a tab shows is in sight, or the page is scrolled when somebody turns to it.
_FOLLOWS = 150
# Milliseconds after which whoever has turned to a tab is not moved about any more.
_SETTLES = 1000
# Whole or shorter words with how much air, as they are tried.
_WAYS = ((0, ""), (0, "snug"), (1, ""), (1, "snug"), (1, "tight"))


class Tabs(QTabBar):
    """Tabs over the parts of a card, or in the look `PAGES` over those of a page.

    Arrows at their end, which nobody of sixty finds, come only where nothing else helps.
    """

    def __init__(self, name: str = "") -> None:
        super().__init__()
        self._name = name
        self._words: list[tuple[str, str]] = []
        if name:
            look(self, name)
        self._settling = QTimer(self)
        self._settling.setSingleShot(True)
        self._settling.setInterval(_SETTLES)
        self._page: QScrollArea | None = None
        self._to_top = False
        self.currentChanged.connect(self._turned)
        self.setDrawBase(False)
        self.setExpanding(False)

    def offer(self, said: str, shorter: str = "") -> None:
        """Add a tab; `shorter` is what it says where `said` has no room."""
        self._words.append((said, shorter or said))
        place = self.addTab(said)
        if shorter:
            self.setTabToolTip(place, said)
            self.setAccessibleTabName(place, said)

    def say(self, place: int, said: str, shorter: str = "") -> None:
        """Let a tab say something else, or `shorter` where that has no room."""
        if self._words[place] == (said, shorter or said):
            return
        self._words[place] = (said, shorter or said)
        self.setTabText(place, said)
        self.setTabToolTip(place, said if shorter else "")
        self.setAccessibleTabName(place, said)
        self.updateGeometry()
        self._fit(self.width())

    def _turned(self, _place: int) -> None:
        """On a page that scrolls, bring up what the tab shows if hardly any of it is in sight."""
        if not self.visibleRegion().isEmpty():
            self.follow()

    def follow(self, *, to_top: bool = False) -> None:
        """The same once more, for what has come since somebody turned to it.

        With `to_top` also where some of it is in sight: as much of it as the page can show.
        """
        self._to_top = to_top
        around = self._around()
        if around is not None and around is not self._page:
            self._page = around
            around.verticalScrollBar().rangeChanged.connect(self._page_grew)
        if around is not None:
            around.setProperty(LED_ELSEWHERE, False)  # noqa: FBT003 - Qt's own signature
        self._settling.start()
        QTimer.singleShot(0, self, self._show_what_follows)

    def _show_what_follows(self) -> None:
        around = self._around()
        if around is None:
            return
        view = around.viewport()
        top = self.mapTo(view, QPoint()).y()
        # What became shorter leaves a page scrolled past the tabs, into nothing.
        hidden = top < 0 or view.height() - top - self.height() < theme.high(_FOLLOWS)
        if hidden or self._to_top:
            bring_to_top(self)

    def _around(self) -> QScrollArea | None:
        around = self.parentWidget()
        while around is not None and not isinstance(around, QScrollArea):
            around = around.parentWidget()
        return around

    def _page_grew(self) -> None:
        # A page becomes as high as what has come only some time later.
        around = self._around()
        led = around is not None and around.property(LED_ELSEWHERE)
        if self._settling.isActive() and not led:
            self._show_what_follows()

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        # What it would take with all its words, or it would never get the room to say them again.
        more = self._needed(0, "") - self._needed_now()
        return QSize(hint.width() + more, hint.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit(event.size().width())
        super().resizeEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        # Until now it had no style, by which it could have measured itself.
        self._fit(self.width())
        super().showEvent(event)

    def has_room(self, width: int) -> bool:
        """Whether all tabs, hidden ones too, can be told apart in `width` pixels."""
        # In the tightest way they run together if there are many of them.
        words = [said[1] for said in self._words]
        return self._measured(words, "snug", hidden=True) <= width

    def _needed(self, which: int, room: str) -> int:
        """What all tabs take, with whole or shorter words and so much air."""
        return self._measured([said[which] for said in self._words], room)

    def _needed_now(self) -> int:
        shown = [self.tabText(place) for place in range(self.count())]
        return self._measured(shown, self.property(_ROOM) or "")

    def _measured(self, shown: list[str], room: str, *, hidden: bool = False) -> int:
        metrics = QFontMetrics(theme.font(_POINTS[self._name], bold=True))
        air = 2 * _AIR[self._name][room]
        seen = [said for place, said in enumerate(shown) if hidden or self.isTabVisible(place)]
        return sum(metrics.horizontalAdvance(said) + air for said in seen)

    def _fit(self, width: int) -> None:
        """Take the first way of saying it that has room."""
        # Styles differ in what they add to the words.
        added = super().sizeHint().width() - self._needed_now()
        fitting = (way for way in _WAYS if self._needed(*way) + added <= width)
        which, room = next(fitting, _WAYS[-1])
        for place, said in enumerate(self._words):
            if self.tabText(place) != said[which]:
                self.setTabText(place, said[which])
        if (self.property(_ROOM) or "") != room:
            self.setProperty(_ROOM, room)
            dress_again(self)
            # Qt lays tabs out anew when one says something, and not for other air.
            self.setTabText(0, self.tabText(0))
