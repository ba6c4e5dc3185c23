"""The editor for a day: text that is understood in many ways, with a calendar beside it."""

from datetime import date
from typing import Any

from PySide6.QtCore import QDate, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QIcon, QKeyEvent
from PySide6.QtWidgets import QCalendarWidget, QHBoxLayout, QLineEdit, QToolButton

from mediation_desk.ui import theme
from mediation_desk.ui.days import parse_day
from mediation_desk.ui.editors import Editor
from mediation_desk.ui.widgets import look
from mediation_desk.words import tr


class _DayLine(QLineEdit):
    """Writes a day that it understood in the usual form when it is left."""

    left = Signal()
    calendar_wanted = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        alt = event.modifiers() & Qt.KeyboardModifier.AltModifier
        if alt and event.key() == Qt.Key.Key_Down:
            self.calendar_wanted.emit()
            return
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()


class DayEditor(Editor):
    """A day as text with a calendar beside it; may stay empty."""

    def __init__(self) -> None:
        self.typed = _DayLine()
        self.typed.setPlaceholderText(tr("年-月-日"))
        super().__init__(self.typed)
        self.typed.textEdited.connect(self._edited)
        self.typed.left.connect(self._tidy)
        self.typed.calendar_wanted.connect(self.open_calendar)
        self._button = QToolButton(self.typed)
        self._button.setIcon(QIcon(theme.drawing("calendar", theme.tokens().ink2)))
        self._button.setIconSize(QSize(theme.wide(20), theme.wide(20)))
        self._button.setToolTip(tr("日历 (Alt+向下键)"))
        self._button.setCursor(Qt.CursorShape.PointingHandCursor)
        self._button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        look(self._button, "inside")
        self._button.clicked.connect(self.open_calendar)
        self._calendar: QCalendarWidget | None = None
        inside = QHBoxLayout(self.typed)
        inside.setContentsMargins(0, 0, 8, 0)
        inside.addStretch(1)
        inside.addWidget(self._button)
        self.typed.setTextMargins(0, 0, theme.wide(26), 0)

    def _edited(self, _text: str) -> None:
        self.changed.emit()

    def _tidy(self) -> None:
        if not self.unclear():
            self.show_value(self.value())

    def open_calendar(self) -> None:
        """Let the user point at a day."""
        if self._calendar is None:
            self._calendar = QCalendarWidget(self)
            self._calendar.setWindowFlags(Qt.WindowType.Popup)
            self._calendar.setVerticalHeaderFormat(
                QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader
            )
            self._calendar.setGridVisible(False)
            self._calendar.setMinimumSize(340, 300)
            self._calendar.activated.connect(self._picked)
            self._calendar.clicked.connect(self._picked)
        day = self.value()
        if day is not None:
            self._calendar.setSelectedDate(QDate(day.year, day.month, day.day))
        self._calendar.move(self.mapToGlobal(self.rect().bottomLeft()))
        self._calendar.show()
        self._calendar.setFocus()

    def _picked(self, day: QDate) -> None:
        self.show_value(date(day.year(), day.month(), day.day()))
        if self._calendar is not None:
            self._calendar.hide()
        self.changed.emit()

    def value(self) -> date | None:
        try:
            return parse_day(self.typed.text())
        except ValueError:
            return None

    def show_value(self, value: Any) -> None:
        self.typed.setText("" if value is None else value.isoformat())

    def content(self) -> str:
        return self.typed.text()

    def put_back(self, content: Any) -> None:
        self.typed.setText(str(content))

    def unclear(self) -> str:
        try:
            parse_day(self.typed.text())
        except ValueError:
            return tr("看不懂这个日期。请写成 2026-10-22 或 2026年10月22日。")
        return ""
