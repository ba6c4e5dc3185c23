"""The ledgers' page while something is being written on it, and records that are only read."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from builders import a_unit
from draft_tools import answer, kept_drafts
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot
from ui_tools import page, settle

from mediation_desk.desk import ledgers
from mediation_desk.desk.clock import today
from mediation_desk.domain.codes import UnitKind
from mediation_desk.domain.prevention import Publicity
from mediation_desk.domain.record import new_id
from mediation_desk.store.register import Register
from mediation_desk.ui.going import Go
from mediation_desk.ui.pages.bringing_back import BackButton
from mediation_desk.ui.pages.works import WorksPage
from mediation_desk.ui.pages.works_card import HISTORY
from mediation_desk.ui.window import DeskWindow

Open = Callable[..., DeskWindow]


@pytest.fixture
def opened(qtbot: QtBot, village: Register, open_window: Open) -> tuple[DeskWindow, WorksPage]:
    window = open_window(village)
    return window, page(window, "works")


def test_going_on_with_the_draft_that_is_being_written_leaves_the_form(
    qtbot: QtBot, opened, village: Register
) -> None:
    window, works = opened
    works.begin("publicity")
    form = works.form
    (entry,) = form.forms.values()
    entry.boxes["topic"].put_back("民法典进农家")
    (draft,) = kept_drafts(qtbot, village)
    works.arrive(Go("works", "draft", what=draft))
    assert works.form is form
    assert not works.findChildren(QMessageBox)
    form._throw_away()
    qtbot.waitUntil(lambda: works.form is None)
    settle(qtbot, window)


@pytest.mark.parametrize("verb", ["draft", "screening", "publicity"])
def test_nothing_covers_a_form_in_which_somebody_writes(
    qtbot: QtBot, opened, village: Register, verb: str
) -> None:
    _window, works = opened
    works.begin("publicity")
    (entry,) = works.form.forms.values()
    entry.boxes["topic"].put_back("先写的")
    works.form._leave_draft()
    qtbot.waitUntil(lambda: works.form is None)
    (draft,) = village.drafts()
    works.begin("screening")
    form = works.form
    form.main.boxes["area"].put_back("3组")
    works.arrive(Go("works", verb, what=draft if verb == "draft" else None))
    assert works.form is form
    assert form.main.boxes["area"].value() == "3组"
    assert "没有登记进去" in works.findChild(QMessageBox).text()
    answer(works, "知道了")
    form._throw_away()
    qtbot.waitUntil(lambda: works.form is None)


def test_a_form_that_nobody_has_written_in_gives_way(
    qtbot: QtBot, opened, village: Register
) -> None:
    _window, works = opened
    works.begin("screening")
    works.arrive(Go("works", "publicity"))
    assert works.browse.ledger.kind == "publicity"
    assert works.form.place == "publicity"
    assert not works.findChildren(QMessageBox)
    works.close_form()


def _changed(register: Register, record: Publicity) -> None:
    with register.change(register.person, "补报人数") as change:
        change.keep(replace(record, audience=record.audience + 5))


def test_only_the_own_unit_brings_versions_back(
    qtbot: QtBot, office: Register, open_window: Open
) -> None:
    other = a_unit(kind=UnitKind.VILLAGE)
    theirs = Publicity(
        id=new_id(), unit_id=other.id, held_on=today(), topic="防溺水", audience=30, revision=1
    )
    with office.change("罗晓", "收到") as change:
        change.adopt((other, theirs))
    blank = ledgers.blank(office, "publicity", today(), "罗晓")
    (mine,) = ledgers.keep(office, (), (replace(blank, topic="民法典"),), "罗晓", "登记", today())
    _changed(office, theirs)
    _changed(office, mine)
    works = page(open_window(office), "works")
    for record, offered in ((mine, 1), (theirs, 0)):
        works.arrive(Go("works", "publicity", record.id))
        works.act(HISTORY)
        assert len(works.form._cards.parentWidget().findChildren(BackButton)) == offered
        works.close_form()
