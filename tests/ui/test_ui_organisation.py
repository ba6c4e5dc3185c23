"""Units, committees and people in the window: seen, added, corrected, struck out, by keyboard."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QMessageBox, QWidget
from pytestqt.qtbot import QtBot
from ui_tools import page, press, settle, write

from mediation_desk.desk import organising
from mediation_desk.desk.clock import today
from mediation_desk.domain.codes import Sex
from mediation_desk.domain.desk_log import LogAct
from mediation_desk.domain.organisation import Mediator
from mediation_desk.store.register import Register
from mediation_desk.ui.going import Go
from mediation_desk.ui.window import DeskWindow

Open = Callable[..., DeskWindow]


def _said(inside: QWidget) -> str:
    return "\n".join(one.text() for one in inside.findChildren(QLabel) if one.isVisible())


def _box(form: QWidget, name: str) -> QWidget:
    return form.form.boxes[name].editor.inner


def _mediators(register: Register) -> dict[str, Mediator]:
    (standing,) = organising.standings(register, today())
    return {one.name: one for one in standing.mediators}


def test_a_mediator_is_added_by_keyboard_and_the_lack_shrinks(
    qtbot: QtBot, open_window: Open, village: Register
) -> None:
    window = open_window(village)
    organisation = page(window, "organisation")
    qtbot.waitUntil(lambda: "委员只有1人" in _said(organisation))
    qtbot.keyClick(organisation.card.add_mediator, Qt.Key.Key_Space)
    form = organisation.form
    assert form is not None
    qtbot.waitUntil(lambda: window.focusWidget() is _box(form, "name"))
    write(window.focusWidget(), "付家兴")
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Down)
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Down)
    press(qtbot, window, Qt.Key.Key_S)
    qtbot.waitUntil(lambda: organisation.form is None)
    settle(qtbot, window)
    kept = _mediators(village)["付家兴"]
    assert (kept.position, kept.sex) == ("主任", Sex.MALE)
    qtbot.waitUntil(lambda: "委员只有2人" in _said(organisation))


def test_a_name_is_needed_and_leaving_asks(
    qtbot: QtBot, open_window: Open, village: Register
) -> None:
    window = open_window(village)
    organisation = page(window, "organisation")
    organisation.card.add_mediator.click()
    form = organisation.form
    form.save_button.click()
    assert form.form.boxes["name"].finding
    write(_box(form, "phone"), "12")
    qtbot.waitUntil(lambda: "不像电话" in form.form.boxes["phone"].finding)
    form.leave_button.click()
    (asked,) = [one for one in window.findChildren(QMessageBox) if one.isVisible()]
    next(one for one in asked.buttons() if "丢弃" in one.text()).click()
    qtbot.waitUntil(lambda: organisation.form is None)
    assert set(_mediators(village)) == {village.person}


def test_what_was_typed_is_offered_again(
    qtbot: QtBot, open_window: Open, village: Register
) -> None:
    window = open_window(village)
    organisation = page(window, "organisation")
    organisation.card.add_mediator.click()
    write(_box(organisation.form, "name"), "付家兴")
    write(_box(organisation.form, "phone"), "139")
    qtbot.waitUntil(lambda: bool(village.drafts()))
    # As after a power cut: the window is gone, nothing was saved.
    assert len(village.drafts()) == 1
    again = open_window(village)
    home = page(again, "home")
    home.drafts.list.setFocus()
    qtbot.keyClick(home.drafts.list, Qt.Key.Key_Return)
    form = page(again, "organisation").form
    assert form.form.record().name == "付家兴"
    assert form.form.record().phone == "139"
    form.form.boxes["phone"].editor.inner.clear()
    form.save_button.click()
    settle(qtbot, again)
    assert not village.drafts()
    assert "付家兴" in _mediators(village)


def test_phones_are_masked_until_revealed(open_window: Open, village: Register) -> None:
    own = _mediators(village)[village.person]
    organising.keep(village, replace(own, phone="13912345678"), actor=village.person, today=today())
    window = open_window(village)
    card = page(window, "organisation").card
    shown = card.mediators.index(0, 6)
    assert shown.data() == "139****5678"
    card.reveal.click()
    assert card.mediators.index(0, 6).data() == "13912345678"
    (noted,) = village.all("log_entry")
    assert (noted.what, noted.by) == (LogAct.REVEALED, village.person)
    assert (noted.about_kind, noted.about_id, noted.about_field) == ("mediator", own.id, "phone")
    assert "5678" not in noted.told
    # Whoever turns away has seen enough.
    page(window, "disputes")
    assert card.mediators.index(0, 6).data() == "139****5678"
    page(window, "organisation")
    assert card.mediators.index(0, 6).data() == "139****5678"


def test_who_left_is_struck_out_with_a_reason(
    qtbot: QtBot, open_window: Open, village: Register
) -> None:
    blank = organising.blank_mediator(village.unit)
    organising.keep(
        village, replace(blank, name="付家兴", position="主任"), actor="陶素芬", today=today()
    )
    window = open_window(village)
    organisation = page(window, "organisation")
    organisation.card.mediator_table.selectRow(0)
    qtbot.keyClick(organisation.card.mediator_table, Qt.Key.Key_Return)
    form = organisation.form
    assert form.form.record().name == "付家兴"
    form.strike_button.click()
    assert form.why.finding
    write(form.why.editor.inner, "已调离")
    form.strike_button.click()
    settle(qtbot, window)
    assert set(_mediators(village)) == {village.person}
    assert organisation.form is None


def test_the_committee_is_corrected(qtbot: QtBot, open_window: Open, village: Register) -> None:
    window = open_window(village)
    organisation = page(window, "organisation")
    qtbot.waitUntil(lambda: "没有填写本届任期" in _said(organisation))
    organisation.card.correct.click()
    form = organisation.form
    assert "code" not in form.form.boxes
    assert not form.strike_button.isVisible()
    for name, day in (("term_from", "20240101"), ("term_to", "20991231")):
        write(_box(form, name), day)
    form.save_button.click()
    settle(qtbot, window)
    assert village.unit.term_to is not None
    qtbot.waitUntil(lambda: "委员只有" in _said(organisation))
    assert "没有填写本届任期" not in _said(organisation)


def test_an_adviser_is_added(qtbot: QtBot, open_window: Open, village: Register) -> None:
    window = open_window(village)
    organisation = page(window, "organisation")
    organisation.card.add_adviser.click()
    write(_box(organisation.form, "name"), "余代菊")
    write(_box(organisation.form, "firm"), "澄岭律师事务所")
    organisation.form.save_button.click()
    settle(qtbot, window)
    assert organisation.card.advisers.index(0, 0).data() == "余代菊"


def test_the_office_sees_all_units_and_adds_one(
    qtbot: QtBot, open_window: Open, office: Register
) -> None:
    window = open_window(office)
    organisation = page(window, "organisation")
    assert [one.unit.name for one in organisation.rows.all_shown()] == ["双龙镇调委会"]
    organisation.add_unit.click()
    form = organisation.form
    for name, value in (
        ("committee", "丰都县双龙镇梨子园村人民调解委员会"),
        ("name", "梨子园村"),
        ("code", "500230124200"),
    ):
        write(_box(form, name), value)
    form.save_button.click()
    settle(qtbot, window)
    assert organisation.form is None
    assert len(organisation.rows.all_shown()) == 2
    village = organisation.rows.all_shown()[1]
    assert village.mine
    organisation.arrive(Go("organisation", about=village.unit.id))
    assert organisation.card.standing.unit.name == "梨子园村"
    window.resize(910, 512)
    qtbot.wait(20)
    assert organisation.pick.isVisible()
    assert not organisation.table.isVisible()
    assert organisation.pick.value() == village.unit.id
    told = len(village.problems)
    assert told
    assert organisation.pick.words() == f"梨子园村 · {told} 项要办"


def test_what_a_village_sent_is_only_read(open_window: Open, office: Register) -> None:
    village = replace(organising.blank_unit(office), code="500230124200", name="梨子园村")
    with office.change("罗晓", "接收", "import") as change:
        unit = change.keep(replace(village, committee="梨子园村人民调解委员会"))
        change.keep(replace(organising.blank_mediator(unit), name="付家兴"))
    organisation = page(open_window(office), "organisation")
    organisation.arrive(Go("organisation", about=unit.id))
    card = organisation.card
    assert "只能查看" in _said(card)
    assert not any(
        button.isVisible() for button in (card.correct, card.add_mediator, card.add_adviser)
    )
    card.mediator_table.opened.emit(0)
    assert organisation.form is None


def test_phones_stay_where_there_is_room_for_little(open_window: Open, village: Register) -> None:
    """Whoever shows them wants to call; all else stands in the form of the person."""
    table = page(open_window(village), "organisation").card.mediator_table
    for wide, shown in ((900, {0, 1, 2, 3, 4, 5, 6}), (430, {0, 5, 6}), (260, {0, 6})):
        table.resize(wide, 200)
        assert {n for n in range(7) if not table.isColumnHidden(n)} == shown, wide
