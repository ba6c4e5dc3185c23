"""What tests of drafts do again and again: wait for one, lose the form, take it up."""

from PySide6.QtWidgets import QMessageBox, QWidget
from pytestqt.qtbot import QtBot
from ui_tools import page

from mediation_desk.domain.drafts import Draft
from mediation_desk.store.register import Register
from mediation_desk.ui.going import Go
from mediation_desk.ui.window import DeskWindow


def kept_drafts(qtbot: QtBot, register: Register, count: int = 1) -> list[Draft]:
    """The drafts in the register, as soon as there are so many."""
    qtbot.waitUntil(lambda: len(register.drafts()) == count)
    return register.drafts()


def wait_until_safe(qtbot: QtBot, form: QWidget) -> None:
    """Wait until everything typed in a form is kept as a draft."""
    qtbot.waitUntil(lambda: bool(form.kept_words.text()) and form.drafting.safe)


def take_up(window: DeskWindow, draft: Draft) -> QWidget:
    """Go on with a draft as somebody does on the first page; the page with its form."""
    shell = window.centralWidget().currentWidget()
    shell.go(Go("disputes", "draft", draft.about, draft))
    return page(window, "disputes")


def answer(inside: QWidget, words: str) -> None:
    """Press the button with these words in the question that is asked."""
    (asked,) = inside.window().findChildren(QMessageBox)
    next(entry for entry in asked.buttons() if entry.text() == words).click()


def lose(disputes: QWidget) -> None:
    """Lose the form as a power cut would, without asking."""
    disputes.close_form()


def inner(form: QWidget, name: str) -> QWidget:
    """The part of a field into which one types."""
    return form.boxes[name].editor.inner
