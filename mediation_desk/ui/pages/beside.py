"""Parts side by side, one below the other where there is no room."""

from collections.abc import Sequence

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from mediation_desk.ui import theme
from mediation_desk.ui.widgets import row


class Beside(QWidget):
    """Equally wide and high parts; below the width `narrow` they stand below each other."""

    def __init__(self, parts: Sequence[QWidget], narrow: int, gap: int = 10) -> None:
        super().__init__()
        self._narrow = narrow
        self._line = row(*parts, gap=gap)
        for place in range(len(parts)):
            self._line.setStretch(place, 1)
        self.setLayout(self._line)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = event.size().width() < theme.wide(self._narrow)
        directions = QBoxLayout.Direction
        self._line.setDirection(directions.TopToBottom if narrow else directions.LeftToRight)
