"""A number that stands for a whole statistic, large enough to be read from afar."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QPushButton

from mediation_desk.ui import theme
from mediation_desk.ui.widgets import column, look, words
from mediation_desk.words import tr

_LEAST = 140
_HIGH, _SIDE, _EDGE = 92, 14, 8


class KeyNumber(QPushButton):
    """A number with its name and what it changed; opens the cases behind it."""

    wanted = Signal(object)

    def __init__(self, label: str) -> None:
        super().__init__()
        look(self, "number")
        self._label = label
        self.what: object = None
        self.name = words(label, "sub")
        self.value = words("–", "figure")
        self.change = words("", "sub")
        self._line = column(self.name, self.value, self.change, gap=0)
        self._line.setContentsMargins(_SIDE, _EDGE, _SIDE, _EDGE)
        self.setLayout(self._line)
        self.setMinimumWidth(theme.wide(_LEAST))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        for part in (self.name, self.value, self.change):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.clicked.connect(self._clicked)
        self.show_value("–", "", None)

    def sizeHint(self) -> QSize:
        # A button knows of its text and its icon, not of a layout inside.
        return self._line.minimumSize().expandedTo(QSize(0, theme.high(theme.TARGET)))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def _clicked(self) -> None:
        if self.what is not None:
            self.wanted.emit(self.what)

    def show_value(self, value: str, change: str, what: object) -> None:
        """Show the number, what it changed, and keep what finds its cases."""
        self.what = what
        self.value.setText(value)
        self.change.setText(change)
        told = (self._label, value, change)
        self.setAccessibleName(tr("，").join(part for part in told if part))
