"""The air around and between the parts of a page, given away where only a little is missing."""

from dataclasses import dataclass

from PySide6.QtWidgets import QBoxLayout, QLayout

# So much of each edge and each gap stays.
_LEAST = 3


@dataclass(frozen=True, slots=True)
class _Air:
    top: int
    bottom: int
    gap: int


class Airing:
    """Gives air of a layout away, and gives it back, whatever parts have come or gone meanwhile."""

    def __init__(self, layout: QLayout) -> None:
        self.layout = layout
        self._whole = self._left = self._now()

    def _now(self) -> _Air:
        margins = self.layout.contentsMargins()
        return _Air(margins.top(), margins.bottom(), self.layout.spacing())

    def _gaps(self) -> int:
        """How many gaps lie one below the other."""
        box = self.layout
        if not isinstance(box, QBoxLayout) or box.direction() is not box.Direction.TopToBottom:
            return 0
        entries = (box.itemAt(place) for place in range(box.count()))
        return max(sum(not entry.isEmpty() for entry in entries if entry is not None) - 1, 0)

    @property
    def given(self) -> int:
        """How many pixels are given away just now."""
        self._see_what_is_whole()
        whole, left = self._whole, self._left
        edges = whole.top - left.top + whole.bottom - left.bottom
        return edges + (whole.gap - left.gap) * self._gaps()

    def _see_what_is_whole(self) -> None:
        """A page may set its edges itself; those are whole then."""
        if (now := self._now()) != self._left:
            self._whole = self._left = now

    def give(self, wanted: int) -> None:
        """Give `wanted` pixels away in all; nothing where there is not so much."""
        self._see_what_is_whole()
        whole, gaps = self._whole, self._gaps()
        top, bottom = max(whole.top - _LEAST, 0), max(whole.bottom - _LEAST, 0)
        each = 0
        if (more := wanted - top - bottom) > 0:
            each = -(-more // gaps) if gaps else whole.gap + 1
        if wanted <= 0 or whole.gap - each < min(_LEAST, whole.gap):
            self._leave(whole)
            return
        edges = min(wanted, top + bottom)
        lower = min(bottom, max(edges // 2, edges - top))
        self._leave(_Air(whole.top - (edges - lower), whole.bottom - lower, whole.gap - each))

    def _leave(self, left: _Air) -> None:
        if left == self._left:
            return
        self._left = left
        margins = self.layout.contentsMargins()
        margins.setTop(left.top)
        margins.setBottom(left.bottom)
        self.layout.setContentsMargins(margins)
        self.layout.setSpacing(left.gap)
