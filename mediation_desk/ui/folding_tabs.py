"""More tabs than one line of a small screen holds: they stand in two lines then."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from mediation_desk.ui.tabs import Tabs
from mediation_desk.ui.widgets import column

_NO_FOCUS = Qt.FocusPolicy.NoFocus
_STEPS = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}


class _Line(Tabs):
    """One line of tabs; past its end the arrow keys go on in the other one."""

    stepped = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEPS.get(Qt.Key(event.key()), 0)
        if not step:
            super().keyPressEvent(event)
            return
        self.stepped.emit(step)


class FoldingTabs(QWidget):
    """Tabs in one line or, where that would be all too tight, in two with their whole words.

    Each line has all the tabs and shows its own only, so that both know which one is in front.
    """

    currentChanged = Signal(int)  # noqa: N815

    def __init__(self) -> None:
        super().__init__()
        self._folded = False
        self._at = 0
        self.lines = (_Line(), _Line())
        self.setLayout(column(*self.lines, gap=0))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        for line in self.lines:
            line.currentChanged.connect(self._turned)
            line.stepped.connect(self._step)
        self.lines[1].hide()
        self.setFocusProxy(self.lines[0])

    def offer(self, said: str, shorter: str = "") -> None:
        """Add a tab; `shorter` is what it says where `said` has no room."""
        for line in self.lines:
            line.offer(said, shorter)
        self._share()

    def count(self) -> int:
        """How many tabs there are in all."""
        return self.lines[0].count()

    def currentIndex(self) -> int:
        """Which tab is in front."""
        return self._at

    def setCurrentIndex(self, place: int) -> None:
        """Bring a tab to the front."""
        self.lines[self._line_of(place)].setCurrentIndex(place)

    def tabText(self, place: int) -> str:
        """What a tab says just now."""
        return self.lines[self._line_of(place)].tabText(place)

    def isTabVisible(self, place: int) -> bool:
        """Whether a tab is there, as it always is."""
        return self.lines[self._line_of(place)].isTabVisible(place)

    @property
    def folded(self) -> bool:
        """Whether the tabs stand in two lines."""
        return self._folded

    def sizeHint(self) -> QSize:
        one = self.lines[0].sizeHint()
        return QSize(one.width(), one.height() * (2 if self._folded else 1))

    def minimumSizeHint(self) -> QSize:
        return QSize(self.lines[0].minimumSizeHint().width(), self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        folded = not self.lines[0].has_room(event.size().width())
        if folded != self._folded:
            self._folded = folded
            self._share()

    def _half(self) -> int:
        """How many tabs stand in the first line."""
        return -(-self.count() // 2) if self._folded else self.count()

    def _line_of(self, place: int) -> int:
        return int(place >= self._half())

    def _share(self) -> None:
        """Give each line the tabs that it shows."""
        for number, line in enumerate(self.lines):
            line.blockSignals(True)  # noqa: FBT003
            for place in range(self.count()):
                line.setTabVisible(place, self._line_of(place) == number)
            # A line that hides the tab in front would bring another one there.
            line.setCurrentIndex(self._at)
            line.blockSignals(False)  # noqa: FBT003
        self.lines[1].setVisible(self._folded)
        self._lead()
        self.updateGeometry()

    def _lead(self) -> None:
        """Let the keyboard come to the line in which the tab in front stands."""
        here = self._line_of(self._at)
        held = any(line.hasFocus() for line in self.lines)
        self.setFocusProxy(self.lines[here])
        for number, line in enumerate(self.lines):
            line.setFocusPolicy(Qt.FocusPolicy.TabFocus if number == here else _NO_FOCUS)
        if held:
            self.lines[here].setFocus()

    def _turned(self, place: int) -> None:
        if place == self._at:
            return
        self._at = place
        for line in self.lines:
            line.setCurrentIndex(place)
        self._lead()
        self.currentChanged.emit(place)

    def _step(self, step: int) -> None:
        place = self._at + step
        if 0 <= place < self.count():
            self.setCurrentIndex(place)
