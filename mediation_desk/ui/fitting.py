"""A form whose fields take other shares of the line on narrower pages."""

from collections.abc import Mapping, Sequence
from typing import TypeVar

from PySide6.QtGui import QResizeEvent

from mediation_desk.domain.record import Record
from mediation_desk.ui import theme
from mediation_desk.ui.editors import Choices
from mediation_desk.ui.record_form import Place, RecordForm

R = TypeVar("R", bound=Record)
Spans = Mapping[str, int]
_NO_CHOICES: Mapping[str, Choices] = {}


class FittingForm(RecordForm[R]):
    """Takes of `fits`, pairs of a least width and spans by name, the first that has room.

    Widths are those of the usual type size. Below 640 pixels the grid doubles every span.
    """

    def __init__(
        self,
        kind: type[R],
        places: Sequence[Place],
        fits: Sequence[tuple[int, Spans]],
        choices: Mapping[str, Choices] = _NO_CHOICES,
    ) -> None:
        super().__init__(kind, places, choices)
        self._fits = fits
        self._fit: Spans = {}

    def refit(self, fits: Sequence[tuple[int, Spans]]) -> None:
        """Take other spans, because other fields are shown."""
        self._fits = fits
        self._take(self.width())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._take(event.size().width())

    def _take(self, width: int) -> None:
        spans = next(
            (spans for least, spans in self._fits if width >= theme.wide(least)), self._fits[-1][1]
        )
        if spans is not self._fit:
            self._fit = spans
            for name, span in spans.items():
                self.grid.respan(self.boxes[name], span)
