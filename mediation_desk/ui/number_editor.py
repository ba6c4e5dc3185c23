"""A line for a number that tells of a person: what stood there before is masked until asked for."""

from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from mediation_desk.domain.fields import Mask
from mediation_desk.domain.masks import masked_value
from mediation_desk.ui import theme
from mediation_desk.ui.editors import LineEditor
from mediation_desk.ui.widgets import look
from mediation_desk.words import tr

if TYPE_CHECKING:
    from mediation_desk.ui.workplace import Workplace

_ROOM = 46


def _above(widget: QWidget, name: str) -> Any:
    """What the nearest part around `widget` that has it calls `name`; None if none has."""
    part: QWidget | None = widget.parentWidget()
    while part is not None and not hasattr(part, name):
        part = part.parentWidget()
    return None if part is None else getattr(part, name)


class NumberEditor(LineEditor):
    """One line; a number that was shown here is masked and cannot be changed before it is seen.

    What is being typed stays in sight, because whoever types reads it off a card.
    """

    def __init__(self, mask: Mask, hint: str = "") -> None:
        super().__init__(hint)
        self._mask = mask
        # The number below the mask; None while what stands in the line is what it holds.
        self.covered: str | None = None
        self._before = ""
        self.turn = QToolButton(self.typed)
        self.turn.setText(tr("显示"))
        self.turn.setToolTip(tr("显示完整的号码，看过有记录；显示以后才能改 (F2)"))
        self.turn.setCursor(Qt.CursorShape.PointingHandCursor)
        self.turn.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        look(self.turn, "inside")
        self.turn.clicked.connect(self.reveal)
        inside = QHBoxLayout(self.typed)
        inside.setContentsMargins(0, 0, 6, 0)
        inside.addStretch(1)
        inside.addWidget(self.turn)
        self.turn.hide()

    def _cover(self, number: str) -> None:
        self.covered = self._before = number
        self.typed.put(str(masked_value(self._mask, number)))
        self._stand()

    def _stand(self) -> None:
        covered = self.covered is not None
        self.typed.setReadOnly(covered)
        self.turn.setVisible(covered)
        self.typed.setTextMargins(0, 0, theme.wide(_ROOM) if covered else 0, 0)

    def reveal(self) -> None:
        """Show the number in full and write down that it was."""
        if self.covered is None:
            return
        workplace = cast("Workplace | None", _above(self, "workplace"))
        shown_in = _above(self, "shown_in")
        shown = shown_in(self) if shown_in is not None else None
        if workplace is None or shown is None:
            return
        # Loaded when somebody wants to see a number.
        from mediation_desk.desk.desk_log import note_shown  # noqa: PLC0415

        # First: what cannot be written down is not shown.
        note_shown(workplace.register, [shown], workplace.actor)
        number, self.covered = self.covered, None
        self.typed.put(number)
        self._stand()
        self.typed.setFocus()

    def value(self) -> Any:
        return super().value() if self.covered is None else self.covered

    def show_value(self, value: Any) -> None:
        if value:
            self._cover(str(value))
            return
        self.covered, self._before = None, ""
        super().show_value(value)
        self._stand()

    def content(self) -> str:
        return super().content() if self.covered is None else self.covered

    def put_back(self, content: Any) -> None:
        self.covered = None
        super().put_back(content)
        self._stand()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_F2:
            self.reveal()
        else:
            super().keyPressEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        # Whoever leaves a number as it was has seen enough.
        super().hideEvent(event)
        if self._before and self.covered is None and super().value() == self._before:
            self._cover(self._before)
