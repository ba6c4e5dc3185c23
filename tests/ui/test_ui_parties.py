"""What must not be left behind when a party turns out to be another, or none at all."""

from collections.abc import Callable
from datetime import date

import pytest
from builders import an_identity_number
from PySide6.QtWidgets import QMessageBox, QWidget
from pytestqt.qtbot import QtBot
from rich_case import keep_a_rich_case
from ui_tools import keep_a_case, page, settle, write

from mediation_desk.domain.codes import PartyKind, Sex
from mediation_desk.store.register import Register
from mediation_desk.ui.window import DeskWindow


@pytest.fixture
def open_case(
    qtbot: QtBot, open_window: Callable[..., DeskWindow], village: Register
) -> Callable[[str], QWidget]:
    def opened(dispute_id: str) -> QWidget:
        window = open_window(village)
        settle(qtbot, window)
        disputes = page(window, "disputes")
        disputes.browse.show_case(dispute_id)
        disputes.step("edit")
        return disputes

    return opened


def test_a_person_that_is_a_body_after_all_leaves_no_number_behind(
    qtbot: QtBot, open_case: Callable[[str], QWidget], village: Register
) -> None:
    case = keep_a_case(village)
    disputes = open_case(case.dispute.id)
    party = disputes.form.parties[0]
    number = an_identity_number(date(1962, 8, 17), Sex.FEMALE)
    write(party.form.boxes["id_number"].editor.inner, number)
    party.form.boxes["kind"].put_back(PartyKind.LEGAL.value)
    write(party.form.boxes["representative"].editor.inner, "艾芳")
    disputes.form.save()
    qtbot.waitUntil(lambda: disputes.form is None)
    kept = village.case(case.dispute.id).parties[0]
    assert (kept.kind, kept.representative) == (PartyKind.LEGAL, "艾芳")
    assert (kept.id_number, kept.sex, kept.born_on) == ("", None, None)


def test_who_still_owes_something_is_not_taken_away(
    open_case: Callable[[str], QWidget], village: Register
) -> None:
    case = keep_a_rich_case(village)
    disputes = open_case(case.dispute.id)
    disputes.form.parties[1].remove.click()
    (told,) = disputes.findChildren(QMessageBox)
    assert "何世全" in told.text()
    assert "补充、修改协议" in told.informativeText()
    assert len(disputes.form.parties) == 2
    told.close()
    disputes.close_form()
