"""A button for narrow columns: its words give way with … and stand whole in the tip."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy

from mediation_desk.ui.widgets import look

_FRAME = 28


class ElidedButton(QPushButton):
    """Shows as much of its words as its width allows; a `digit` is its accelerator."""

    def __init__(self, words: str, name: str = "", digit: int = 0) -> None:
        super().__init__()
        self._words = " ".join(words.split())
        self._digit = digit
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAutoDefault(True)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setToolTip(words)
        if name:
            look(self, name)
        self._fit()

    def _fit(self) -> None:
        lead = f"{self._digit} " if self._digit else ""
        room = self.width() - _FRAME - self.fontMetrics().horizontalAdvance(lead)
        shown = self.fontMetrics().elidedText(self._words, Qt.TextElideMode.ElideRight, room)
        self.setText(f"{'&' if lead else ''}{lead}{shown.replace('&', '&&')}")

    def minimumSizeHint(self) -> QSize:
        return QSize(60, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
