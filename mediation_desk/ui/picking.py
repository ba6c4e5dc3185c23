"""A button that offers choices in a menu; lighter than a combo box, of which a list needs four."""

from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QColor, QPaintEvent
from PySide6.QtWidgets import QMenu, QPushButton, QStyle, QStyleOptionButton, QStylePainter

from mediation_desk.ui import theme
from mediation_desk.ui.editors import Choices
from mediation_desk.words import tr

_SIDE = 13
# The arrow that the style sheet draws, and the air around it.
_ARROW, _AIR = 18, 12


class PickButton(QPushButton):
    """Shows the chosen value; its menu is filled when it is first opened."""

    changed = Signal()

    def __init__(
        self,
        choices: Choices,
        name: str,
        width: int = 122,
        *,
        named: bool = False,
        led: bool = False,
    ) -> None:
        super().__init__()
        # Whether its name leads the value, which alone would not tell what is chosen.
        self._led = led
        # Whether the button shows its name while its first choice, which means any, is chosen.
        self._named = named
        self._choices = list(choices)
        self._chosen = 0
        self.setFixedWidth(theme.wide(width))
        self.setAccessibleName(name)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setProperty("menu", True)  # noqa: FBT003 - Qt's own signature
        menu = QMenu(self)
        menu.aboutToShow.connect(self._fill)
        menu.triggered.connect(self._picked)
        self._group = QActionGroup(self)
        self.setMenu(menu)
        self._show()

    def _fill(self) -> None:
        if not self._group.actions():
            for number, (_value, label) in enumerate(self._choices):
                action = QAction(label.replace("&", "&&"), self._group)
                action.setCheckable(True)
                action.setData(number)
                self.menu().addAction(action)
        self._group.actions()[self._chosen].setChecked(True)

    def _picked(self, action: QAction) -> None:
        self._chosen = action.data()
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        name, said = self.accessibleName(), self.label
        room = self.width() - _SIDE - self._behind()
        shown = self.fontMetrics().elidedText(said, Qt.TextElideMode.ElideRight, room)
        self.setText(shown)
        whole = said if self._led else tr("{name}：{value}").format(name=name, value=said)
        self.setToolTip(name if shown == said else whole)

    @property
    def label(self) -> str:
        """What the button says where it has room."""
        name, value = self.accessibleName(), self.words()
        if self._led:
            return tr("{name}：{value}").format(name=name, value=value)
        return name if self._named and not self._chosen else value

    @staticmethod
    def _behind() -> int:
        """What stands behind the words."""
        return theme.wide(_ARROW) + _AIR

    def sizeHint(self) -> QSize:
        """What the words need as they are painted here, which is less than Qt would take."""
        wide = _SIDE + self.fontMetrics().horizontalAdvance(self.text()) + self._behind()
        return QSize(wide, super().sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Let the value begin at the left as in every other field; Qt has it in the middle."""
        painter = QStylePainter(self)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.text = ""
        painter.drawControl(QStyle.ControlElement.CE_PushButton, option)
        painter.setPen(QColor(theme.tokens().ink if self.isEnabled() else theme.tokens().hint))
        room = self.rect().adjusted(_SIDE, 0, -self._behind(), 0)
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(room, int(left), self.text())

    def words(self) -> str:
        """The chosen value in words."""
        return self._choices[self._chosen][1]

    def offer(self, choices: Choices) -> None:
        """Offer other choices; the chosen one stays if it is among them, else the first is."""
        if list(choices) == self._choices:
            return
        chosen = self.value()
        self._choices, self._chosen = list(choices), 0
        for action in self._group.actions():
            self._group.removeAction(action)
            action.deleteLater()
        if any(value == chosen for value, _label in self._choices):
            self.show_value(chosen)
        else:
            self._show()

    def value(self) -> Any:
        """The chosen value."""
        return self._choices[self._chosen][0]

    def show_value(self, value: Any) -> None:
        """Choose `value`."""
        self._chosen = next(
            number for number, (choice, _label) in enumerate(self._choices) if choice == value
        )
        self._show()
