"""The left rail: one tab for each page, as high as the window allows."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QFrame, QToolButton, QVBoxLayout, QWidget

from mediation_desk.ui import theme
from mediation_desk.ui.widgets import look

_WIDTH = 92
_TAB = 68
_ICON = 24
_EDGE = 8
# Beside the words of a tab.
_SIDES = 26
# Above and below the words of a tab, and between them and the icon.
_AIR = 12


@dataclass(frozen=True, slots=True)
class Entry:
    """One page of the rail; its module is imported when it is first shown."""

    name: str
    label: str
    module: str
    maker: str


class Rail(QFrame):
    """Says which page is wanted; where the window is low, tabs shrink and do without icons."""

    turned = Signal(str)

    def __init__(self, entries: Sequence[Entry]) -> None:
        super().__init__()
        look(self, "rail")
        metrics = QFontMetrics(theme.font(10.5, bold=True))
        self._line = metrics.height()
        words = max(metrics.horizontalAdvance(entry.label) for entry in entries)
        self.setFixedWidth(max(_WIDTH, words + _SIDES))
        self.tabs: dict[str, QToolButton] = {}
        stack = QVBoxLayout(self)
        stack.setContentsMargins(0, _EDGE, 0, _EDGE)
        stack.setSpacing(0)
        for number, entry in enumerate(entries, 1):
            self.tabs[entry.name] = self._tab(number, entry)
            stack.addWidget(self.tabs[entry.name])
        stack.addStretch(1)

    def _tab(self, number: int, entry: Entry) -> QToolButton:
        tab = QToolButton()
        tab.setObjectName(entry.name)
        tab.setText(entry.label)
        tab.setIcon(theme.icon(entry.name))
        tab.setIconSize(QSize(_ICON, _ICON))
        tab.setCheckable(True)
        tab.setAutoExclusive(True)
        tab.setFixedSize(self.width() - 1, theme.wide(_TAB))
        tab.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        tab.setShortcut(QKeySequence(f"Ctrl+{number}"))
        tab.setToolTip(f"{entry.label} (Ctrl+{number})")
        tab.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        tab.clicked.connect(self._clicked)
        return tab

    def _clicked(self) -> None:
        self.turned.emit(next(name for name, tab in self.tabs.items() if tab.isChecked()))

    def check(self, name: str) -> None:
        """Show that the page `name` is in front."""
        self.tabs[name].setChecked(True)

    def last_tab(self) -> QWidget:
        """Where Tab leaves the rail."""
        return list(self.tabs.values())[-1]

    def minimumSizeHint(self) -> QSize:
        # Tabs follow the window's height, so they must not hold it open.
        return QSize(self.width(), 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        room = (event.size().height() - 2 * _EDGE) // len(self.tabs)
        high = max(min(room, theme.wide(_TAB)), theme.TARGET)
        drawn = high >= _ICON + self._line + _AIR
        under, bare = (
            Qt.ToolButtonStyle.ToolButtonTextUnderIcon,
            Qt.ToolButtonStyle.ToolButtonTextOnly,
        )
        icon = max(_ICON, min(theme.wide(_ICON), high - self._line - 2 * _AIR))
        for tab in self.tabs.values():
            tab.setFixedHeight(high)
            tab.setIconSize(QSize(icon, icon))
            tab.setToolButtonStyle(under if drawn else bare)
