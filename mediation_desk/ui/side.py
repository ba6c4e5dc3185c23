"""A button for narrow columns: its words go on in further lines and stand whole in the tip."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QPaintEvent
from PySide6.QtWidgets import (
    QPushButton,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QStylePainter,
)

from mediation_desk.ui import theme
from mediation_desk.ui.widgets import look

_SIDE, _AIR = 13, 10
# A longer text is told by its beginning; below the width, more than two lines of each would leave
# no room to choose among several.
_MOST_LINES, _FEWEST_LINES = 4, 2
_NARROW = 200
_WRAPPED = (
    Qt.AlignmentFlag.AlignLeft
    | Qt.AlignmentFlag.AlignVCenter
    | Qt.TextFlag.TextWordWrap
    | Qt.TextFlag.TextShowMnemonic
)


class WrappedButton(QPushButton):
    """As high as its words need at its width; a `digit` is its accelerator."""

    def __init__(self, words: str, name: str = "", digit: int = 0) -> None:
        super().__init__()
        said = " ".join(words.split()).replace("&", "&&")
        self.setText(f"&{digit} {said}" if digit else said)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAutoDefault(True)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setToolTip(words)
        if name:
            look(self, name)

    def _high(self, text: str, width: int) -> int:
        """How high `text` stands between the edges of a button of this width."""
        room = QRect(0, 0, width - 2 * _SIDE, 10_000)
        return self.fontMetrics().boundingRect(room, int(_WRAPPED), text).height()

    def _shown(self, width: int) -> str:
        """As many of the words as there are lines for."""
        text = self.text()
        lines = _MOST_LINES if width >= theme.wide(_NARROW) else _FEWEST_LINES
        most = self._high("\n".join("　" * lines), width)
        if self._high(text, width) <= most:
            return text
        fits, over = 0, len(text)
        while over - fits > 1:
            middle = (fits + over) // 2
            if self._high(text[:middle] + "…", width) <= most:
                fits = middle
            else:
                over = middle
        return text[:fits] + "…"

    def heightForWidth(self, width: int) -> int:
        words = self._high(self._shown(width), width) + 2 * _AIR
        return max(words, theme.high(theme.TARGET))

    def sizeHint(self) -> QSize:
        return QSize(self.width(), self.heightForWidth(self.width()))

    def minimumSizeHint(self) -> QSize:
        return QSize(60, theme.high(theme.TARGET))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QStylePainter(self)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        # The style draws only one line.
        option.text = ""
        painter.drawControl(QStyle.ControlElement.CE_PushButton, option)
        painter.setPen(QColor(theme.tokens().ink))
        room = self.rect().adjusted(_SIDE, 0, -_SIDE, 0)
        painter.drawText(room, int(_WRAPPED), self._shown(self.width()))
