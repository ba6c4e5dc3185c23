"""A frame that a crowded page cannot press together."""

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QFrame


class WholeFrame(QFrame):
    """Never lower than its parts need at its width; then the page scrolls."""

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        inside = self.layout()
        if inside is not None and event.type() in {QEvent.Type.LayoutRequest, QEvent.Type.Resize}:
            # Parts that go on in the next line tell only their lowest height by themselves; the
            # edges of the frame are counted in the total only.
            self.setMinimumHeight(inside.totalHeightForWidth(self.width()))
        return done
