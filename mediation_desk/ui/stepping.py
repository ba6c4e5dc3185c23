"""Going on by the keyboard: letters to a choice, Tab to the next blank of a phrase."""

from PySide6.QtCore import QEvent, QObject, QRegularExpression, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import (
    QPlainTextEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from mediation_desk.store.pinyin import initials
from mediation_desk.ui.editors import ChoiceEditor
from mediation_desk.ui.rows import Index

_BLANK = QRegularExpression("_{2,}")
# Letters that follow each other faster belong to one word.
_WORD_MS = 900


class _Numbered(QStyledItemDelegate):
    """Shows before each choice the number that chooses it."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        super().initStyleOption(option, index)
        option.text = f"{index.row() + 1}  {option.text}"


class ByLetter(QObject):
    """Lets a number or the first letters of its pinyin choose a value.

    In a closed list they choose at once, in an open one they only move to the value.
    """

    def __init__(self, editor: ChoiceEditor) -> None:
        super().__init__(editor)
        self._box = editor.box
        self._typed = ""
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_WORD_MS)
        self._pause.timeout.connect(self._begin_again)
        self._list = self._box.view()
        self._list.setItemDelegate(_Numbered(self._list))
        self._list.installEventFilter(self)
        self._box.installEventFilter(self)

    def _begin_again(self) -> None:
        self._typed = ""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        plain = event.modifiers() in {
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
            Qt.KeyboardModifier.ShiftModifier,
        }
        sign = event.text().lower()
        if not plain or not (sign.isascii() and sign.isalnum()):
            return False
        self._pause.start()
        opened = watched is self._list
        at = self._list.currentIndex().row() if opened else self._box.currentIndex()
        for typed in (self._typed + sign, sign):
            number = self._found(typed, at)
            if number is not None:
                self._typed = typed
                self._choose(number, opened=opened)
                break
        return True

    def _found(self, typed: str, at: int) -> int | None:
        count = self._box.count()
        if typed.isdecimal():
            number = int(typed) - 1
            return number if 0 <= number < count else None
        # One more of the same letter goes on to the next choice with that letter.
        first = at + 1 if len(typed) == 1 and self._matches(at, typed) else 0
        order = (*range(first, count), *range(first))
        return next((number for number in order if self._matches(number, typed)), None)

    def _matches(self, number: int, typed: str) -> bool:
        readings = initials(self._box.itemText(number)) if number >= 0 else ()
        return any(letters.startswith(typed) for letters in readings)

    def _choose(self, number: int, *, opened: bool) -> None:
        if opened:
            self._list.setCurrentIndex(self._box.model().index(number, self._box.modelColumn()))
            return
        self._box.setCurrentIndex(number)
        self._box.activated.emit(number)


class Blanks(QObject):
    """Lets Tab and F4 go from blank to blank in longer texts; F4 begins again after the last."""

    def guide(self, paper: QPlainTextEdit) -> None:
        """Let the keys look for blanks in `paper`."""
        paper.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if not isinstance(watched, QPlainTextEdit):
            return False
        if event.key() == Qt.Key.Key_F4:
            return choose_blank(watched) or choose_blank(watched, again=True)
        return event.key() == Qt.Key.Key_Tab and choose_blank(watched)


def choose_blank(paper: QPlainTextEdit, *, again: bool = False) -> bool:
    """Select the next blank, with `again` the first of all; whether there is one."""
    place = 0 if again else paper.textCursor().selectionEnd()
    blank = paper.document().find(_BLANK, place)
    if blank.isNull():
        return False
    paper.setTextCursor(blank)
    return True


def insert_phrase(paper: QPlainTextEdit, words: str) -> None:
    """Put `words` at the cursor of `paper` and select their first blank.

    Where a blank of another phrase is selected, they go behind the text, not into the blank.
    """
    cursor = paper.textCursor()
    if cursor.selectedText() and not cursor.selectedText().strip("_"):
        cursor.movePosition(QTextCursor.MoveOperation.End)
    place = cursor.selectionStart()
    cursor.insertText(words)
    blank = paper.document().find(_BLANK, place)
    inside = not blank.isNull() and blank.selectionEnd() <= cursor.position()
    paper.setTextCursor(blank if inside else cursor)
    paper.setFocus(Qt.FocusReason.OtherFocusReason)
