"""One editor for each form of value: it shows a value and gives one back."""

import re
import unicodedata
from collections.abc import Sequence
from enum import Enum
from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QTextCursor
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QLineEdit,
    QListView,
    QPlainTextEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from mediation_desk.domain.money import parse_yuan, yuan
from mediation_desk.ui.flow import FlowLayout
from mediation_desk.ui.widgets import WheelGuard, dress_again
from mediation_desk.words import tr

# Cells of a table and lines of a page keep their ends when they are copied.
_BREAKS = re.compile("[\t\n\r\u2028\u2029]+")

Choices = Sequence[tuple[Any, str]]


def _plain(value: Any) -> Any:
    """A choice as JSON can hold it."""
    return value.value if isinstance(value, Enum) else value


class Editor(QWidget):
    """Shows a value and gives it back; `unclear` says what cannot be understood of the typed."""

    changed = Signal()

    def __init__(self, inner: QWidget) -> None:
        super().__init__()
        self.inner = inner
        self.setFocusProxy(inner)
        stack = QVBoxLayout(self)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.addWidget(inner)

    def value(self) -> Any:
        """The value as the record wants it."""
        raise NotImplementedError

    def show_value(self, value: Any) -> None:
        """Show `value`."""
        raise NotImplementedError

    def unclear(self) -> str:
        """What is wrong with the typed text itself, in words; else empty."""
        return ""

    def content(self) -> Any:
        """What stands in the editor, understood or not, as JSON can hold it."""
        raise NotImplementedError

    def put_back(self, content: Any) -> None:
        """Put back what `content` once gave; what fits no longer is left out."""
        raise NotImplementedError

    def lock(self) -> None:
        """Only show the value from now on; a text can still be marked and copied."""
        if isinstance(self.inner, QLineEdit | QPlainTextEdit):
            self.inner.setReadOnly(True)
        else:
            self.inner.setEnabled(False)
        self.inner.setProperty("locked", True)  # noqa: FBT003 - Qt's own signature
        dress_again(self.inner)

    def mark(self, *, wrong: bool) -> None:
        """Draw the editor as wrong or not."""
        if bool(self.inner.property("wrong")) == wrong:
            return
        self.inner.setProperty("wrong", wrong)
        dress_again(self.inner)


class _Line(QLineEdit):
    """Shows the beginning of a text too long for it while nobody writes there."""

    # Left for a moment only: who comes back goes on where he was.
    _ASIDE = (
        Qt.FocusReason.ActiveWindowFocusReason,
        Qt.FocusReason.PopupFocusReason,
        Qt.FocusReason.MenuBarFocusReason,
    )

    def __init__(self) -> None:
        super().__init__()
        self._stood = 0

    def put(self, text: str) -> None:
        """Show `text`; who goes on here stands at its end."""
        self.setText(text)
        if not self.hasFocus():
            self._turn_back()

    def _turn_back(self) -> None:
        self._stood = self.cursorPosition()
        self.setCursorPosition(0)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        # A click tells where to go on, and Tab takes the whole line.
        if event.reason() is Qt.FocusReason.OtherFocusReason:
            self.setCursorPosition(self._stood)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in self._ASIDE:
            self._turn_back()


class LineEditor(Editor):
    """One line of text."""

    def __init__(self, hint: str = "") -> None:
        self.typed = _Line()
        self.typed.setPlaceholderText(hint)
        super().__init__(self.typed)
        self.typed.textEdited.connect(self._edited)

    def _edited(self, _text: str) -> None:
        self.changed.emit()

    def value(self) -> Any:
        return self._seen()

    def _seen(self) -> str:
        """What one sees in the line; copied text may carry marks that nobody sees."""
        text = _BREAKS.sub(" ", self.typed.text())
        return "".join(sign for sign in text if unicodedata.category(sign) != "Cf").strip()

    def _number(self) -> str:
        """What one sees, its digits and signs as on an English keyboard."""
        return unicodedata.normalize("NFKC", self._seen())

    def show_value(self, value: Any) -> None:
        self.typed.put(value or "")

    def content(self) -> str:
        return self.typed.text()

    def put_back(self, content: Any) -> None:
        self.typed.put(str(content))


class _Paper(QPlainTextEdit):
    """Several lines, as high as they need up to a limit."""

    _LINES = 3
    _MOST = 8

    def __init__(self) -> None:
        super().__init__()
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.textChanged.connect(self.updateGeometry)
        self.document().documentLayout().documentSizeChanged.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        lines = min(max(round(self.document().size().height()), self._LINES), self._MOST)
        return QSize(200, lines * self.fontMetrics().lineSpacing() + 30)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()


class PaperEditor(Editor):
    """A longer text."""

    def __init__(self, hint: str = "") -> None:
        self.typed = _Paper()
        self.typed.setPlaceholderText(hint)
        super().__init__(self.typed)
        self._held = ""
        self.typed.textChanged.connect(self._edited)

    def _edited(self) -> None:
        text = self.typed.toPlainText()
        # Qt also tells of every letter that an input method still composes.
        if text != self._held:
            self._held = text
            self.changed.emit()

    def value(self) -> str:
        return self.typed.toPlainText().strip()

    def show_value(self, value: Any) -> None:
        self.typed.setPlainText(value or "")

    def content(self) -> str:
        return self.typed.toPlainText()

    def put_back(self, content: Any) -> None:
        self.typed.setPlainText(str(content))
        self.typed.moveCursor(QTextCursor.MoveOperation.End)


class WholeEditor(LineEditor):
    """A whole number."""

    _MOST_DIGITS = 15

    def value(self) -> int:
        return int(self._number()) if self._number() and not self.unclear() else 0

    def show_value(self, value: Any) -> None:
        self.typed.put("" if value is None else str(value))

    def unclear(self) -> str:
        text = self._number()
        if len(text) > self._MOST_DIGITS:
            return tr("这个数太大，请核对。")
        whole = text.isascii() and text.isdecimal()
        return "" if not text or whole else tr("请用数字填整数，如 30。")


class MoneyEditor(LineEditor):
    """An amount in yuan, kept in fen."""

    def __init__(self, hint: str = "") -> None:
        super().__init__(hint or "0")

    def value(self) -> int:
        try:
            return parse_yuan(self._number())
        except ValueError:
            return 0

    def show_value(self, value: Any) -> None:
        self.typed.put(yuan(value) if value else "")

    def unclear(self) -> str:
        try:
            parse_yuan(self._number())
        except ValueError:
            return tr("看不懂这个金额。请填以元为单位的数字，如 1200 或 1,200.50。")
        return ""


class YesEditor(Editor):
    """Yes or no."""

    def __init__(self, words: str) -> None:
        self.box = QCheckBox(words)
        super().__init__(self.box)
        self.box.toggled.connect(self._toggled)

    def _toggled(self, _on: bool) -> None:  # noqa: FBT001 - the signal's own signature
        self.changed.emit()

    def value(self) -> bool:
        return self.box.isChecked()

    def show_value(self, value: Any) -> None:
        self.box.setChecked(bool(value))

    def content(self) -> bool:
        return self.box.isChecked()

    def put_back(self, content: Any) -> None:
        self.box.setChecked(bool(content))


class ChoiceEditor(Editor):
    """One of several values; with `optional` also none of them."""

    def __init__(self, choices: Choices, *, optional: bool) -> None:
        self.box = QComboBox()
        view = QListView(self.box)
        self.box.setView(view)
        self.box.setMaxVisibleItems(9)
        self.box.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.box.setMinimumContentsLength(4)
        self.box.installEventFilter(WheelGuard(self.box))
        self._choices: list[tuple[Any, str]] = [(None, "")] if optional else []
        self._choices += choices
        for _value, label in self._choices:
            self.box.addItem(label)
        super().__init__(self.box)
        self.box.activated.connect(self._picked)

    def _picked(self, _number: int) -> None:
        self.changed.emit()

    def offer(self, choices: Choices) -> None:
        """Offer other choices; the chosen value stays where it is among them."""
        chosen = self.value()
        self._choices = list(choices)
        self.box.clear()
        self.box.addItems([label for _value, label in choices])
        self.show_value(chosen)

    def value(self) -> Any:
        number = self.box.currentIndex()
        return self._choices[number][0] if number >= 0 else None

    def show_value(self, value: Any) -> None:
        for number, (choice, _label) in enumerate(self._choices):
            if choice == value:
                self.box.setCurrentIndex(number)
                return
        self.box.setCurrentIndex(-1 if self._choices and self._choices[0][0] is not None else 0)

    def content(self) -> Any:
        return _plain(self.value())

    def put_back(self, content: Any) -> None:
        for choice, _label in self._choices:
            if _plain(choice) == content:
                self.show_value(choice)


class SeveralEditor(Editor):
    """Any of several values, each with a box of its own."""

    def __init__(self, choices: Choices) -> None:
        self._boxes: list[tuple[Any, QCheckBox]] = []
        self._others: tuple[Any, ...] = ()
        inner = QWidget()
        flow = FlowLayout(inner, gap=16)
        for value, label in choices:
            box = QCheckBox(label)
            box.toggled.connect(self._toggled)
            self._boxes.append((value, box))
            flow.addWidget(box)
        super().__init__(inner)
        if self._boxes:
            self.setFocusProxy(self._boxes[0][1])

    def _toggled(self, _on: bool) -> None:  # noqa: FBT001 - the signal's own signature
        self.changed.emit()

    def value(self) -> tuple[Any, ...]:
        picked = tuple(value for value, box in self._boxes if box.isChecked())
        return picked + self._others

    def show_value(self, value: Any) -> None:
        known = {choice for choice, _box in self._boxes}
        # Who is no longer among the choices stays in the record.
        self._others = tuple(entry for entry in value if entry not in known)
        for choice, box in self._boxes:
            box.setChecked(choice in value)

    def content(self) -> list[Any]:
        return [_plain(entry) for entry in self.value()]

    def put_back(self, content: Any) -> None:
        known = {_plain(choice): choice for choice, _box in self._boxes}
        self.show_value(tuple(known.get(entry, entry) for entry in content))


def codes(kind: type[Enum]) -> Choices:
    """The codes of a table with their official words."""
    return [(member, tr(member.label)) for member in kind]  # type: ignore[attr-defined]
