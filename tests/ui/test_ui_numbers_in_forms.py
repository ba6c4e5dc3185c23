"""Numbers that were written before, in a form: masked until asked for, and kept as they are."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from builders import an_identity_number
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot
from ui_tools import keep_a_case, page, settle, write

from mediation_desk.domain.codes import Sex
from mediation_desk.domain.desk_log import LogAct
from mediation_desk.store.register import Register
from mediation_desk.ui.pages.form_page import FormPage
from mediation_desk.ui.window import DeskWindow

Open = Callable[..., DeskWindow]
NUMBER = an_identity_number(date(1962, 8, 17), Sex.FEMALE)


@pytest.fixture
def form(open_window: Open, village: Register) -> FormPage:
    case = keep_a_case(village)
    with village.change("陶素芬", "号码") as change:
        change.keep(replace(case.parties[0], id_number=NUMBER, phone="13900000001"))
    disputes = page(open_window(village), "disputes")
    disputes.step("edit")
    return disputes.form


def _in_sight(form: FormPage) -> str:
    return " ".join(one.text() for one in form.findChildren(QLineEdit))


def test_a_form_shows_no_number_unasked(form: FormPage) -> None:
    assert NUMBER not in _in_sight(form)
    assert "13900000001" not in _in_sight(form)
    boxes = form.parties[0].form.boxes
    assert boxes["id_number"].value() == NUMBER
    assert boxes["id_number"].editor.inner.text() == NUMBER[:6] + "********" + NUMBER[-4:]
    assert form.after().parties[0].id_number == NUMBER
    assert not form.touched


def test_saving_without_a_look_keeps_it(qtbot: QtBot, form: FormPage, village: Register) -> None:
    write(form.dispute.boxes["facts"].editor.inner, "又堵了。")
    form.save()
    settle(qtbot, form.window())
    (kept,) = village.all("dispute")
    party = village.case(kept.id).parties[0]
    assert (party.id_number, party.phone) == (NUMBER, "13900000001")
    assert "又堵了" in kept.facts


def test_one_is_shown_noted_and_changed(qtbot: QtBot, form: FormPage, village: Register) -> None:
    editor = form.parties[0].form.boxes["phone"].editor
    qtbot.keyClicks(editor.inner, "1")
    # What cannot be seen is not changed by a slip.
    assert editor.value() == "13900000001"
    qtbot.keyClick(editor.inner, Qt.Key.Key_F2)
    assert editor.inner.text() == "13900000001"
    assert NUMBER not in _in_sight(form)
    (noted,) = [one for one in village.all("log_entry") if one.what is LogAct.REVEALED]
    assert (noted.about_kind, noted.about_field) == ("party", "phone")
    assert noted.about_id == form.parties[0].party_id
    editor.inner.selectAll()
    write(editor.inner, "13900000002")
    form.save()
    settle(qtbot, form.window())
    (kept,) = village.all("dispute")
    assert village.case(kept.id).parties[0].phone == "13900000002"


def test_it_is_masked_again_when_the_form_is_left(
    qtbot: QtBot, form: FormPage, village: Register
) -> None:
    editor = form.parties[0].form.boxes["id_number"].editor
    editor.turn.click()
    assert editor.inner.text() == NUMBER
    window = form.window()
    page(window, "works")
    assert NUMBER not in editor.inner.text()
    window.lock()
    window.locking._uncover()
    assert editor.value() == NUMBER
