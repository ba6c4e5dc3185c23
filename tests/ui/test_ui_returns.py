"""A case given back, as the clerk and the mediator do it with keyboard and mouse."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from ui_tools import finish, keep_a_case, page, press, settle, write

from mediation_desk.desk import giving_back, receiving, sending
from mediation_desk.desk.clock import today
from mediation_desk.domain.casefile import CaseFile
from mediation_desk.domain.codes import UnitKind
from mediation_desk.domain.periods import month_of
from mediation_desk.domain.record import new_id
from mediation_desk.domain.returning import Return
from mediation_desk.store.register import Register
from mediation_desk.ui import messages
from mediation_desk.ui.pages.case_parts import StepButton
from mediation_desk.ui.pages.receiving import RETURNS
from mediation_desk.ui.pages.timeline import Timeline
from mediation_desk.ui.theme import Tone
from mediation_desk.ui.window import DeskWindow

Open = Callable[..., DeskWindow]
WORDS = "协议缺盖章日期，请补上。"


def report(village: Register, office: Register, folder: Path) -> None:
    """Send this month from the village to the office."""
    period, target = month_of(today()), folder / f"{new_id()}.xlsx"
    path = sending.send(village, period, target, village.person, today()).path
    (came,) = receiving.receive_all(office, [path], office.person, today())
    assert came.act


@pytest.fixture
def case(village: Register, office: Register, tmp_path: Path) -> CaseFile:
    kept = keep_a_case(village, days_ago=0)
    report(village, office, tmp_path)
    return kept


def given(register: Register, case: CaseFile, words: str = WORDS) -> Return:
    """A return as the office's file brings it."""
    entry = giving_back.blank_return(case.dispute, "罗晓", today() - timedelta(days=1))
    with register.change(register.person, "退回") as change:
        return change.keep(replace(entry, words=words))


def texts(widget: QWidget) -> list[str]:
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisible()]


def step_button(qtbot: QtBot, widget: QWidget, name: str) -> StepButton:
    """The button of a step, once it is laid out."""

    def found() -> list[StepButton]:
        every = widget.findChildren(StepButton)
        return [one for one in every if one.step.partition(":")[0] == name and one.isVisible()]

    qtbot.waitUntil(lambda: bool(found()))
    return found()[0]


def test_the_clerk_gives_a_case_back_and_makes_the_file(
    qtbot: QtBot,
    open_window: Open,
    office: Register,
    case: CaseFile,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    window = open_window(office)
    disputes = page(window, "disputes")
    disputes.browse.show_case(case.dispute.id)
    qtbot.mouseClick(step_button(qtbot, disputes.browse.card, "return"), Qt.MouseButton.LeftButton)
    form = disputes.form
    press(qtbot, window, Qt.Key.Key_S)
    qtbot.waitUntil(lambda: bool(form.entry.boxes["words"].finding))
    assert not office.all("return")
    write(QApplication.focusWidget(), WORDS)
    press(qtbot, window, Qt.Key.Key_S)
    qtbot.waitUntil(lambda: disputes.form is None)
    assert not office.drafts()
    assert disputes.browse.card.returned.text() == "已退回"
    qtbot.waitUntil(lambda: WORDS in texts(disputes.browse.card))
    inbox = page(window, "sending")
    inbox.tabs.setCurrentIndex(RETURNS)
    monkeypatch.setattr(messages, "choose_folder", lambda *_: tmp_path)
    qtbot.waitUntil(lambda: bool(inbox.returns.villages.list.lines.rowCount()))
    qtbot.keyClick(inbox.returns.villages.list, Qt.Key.Key_Return)
    settle(qtbot, window)
    assert (tmp_path / f"梨子园村回件{today()}.xlsx").exists()
    # What is said of the finished file has a button too, whose key is nobody else's.
    notice = inbox.notice.open
    assert notice.isVisible()
    keys = [one.text() for one in inbox.findChildren(QPushButton) if one.isVisible()]
    letters = [text[text.index("&") + 1] for text in keys if "&" in text]
    assert len(letters) == len(set(letters)) > 2
    (told,) = inbox.returns.rows.all_shown()
    assert told.entry.open
    inbox.returns.table.opened.emit(0)
    finish(window)
    assert disputes.isVisible()
    assert disputes.browse.card.dispute_id == case.dispute.id


def test_the_mediator_takes_the_file_puts_it_right_and_the_office_sees_it(
    qtbot: QtBot,
    open_window: Open,
    village: Register,
    office: Register,
    case: CaseFile,
    tmp_path: Path,
) -> None:
    entry = replace(giving_back.blank_return(case.dispute, "罗晓", today()), words=WORDS)
    giving_back.give_back(office, entry, "罗晓", today())
    target = tmp_path / "back.xlsx"
    path = giving_back.write_returns(office, village.unit.id, target, "罗晓", today())
    window = open_window(village)
    bench = page(window, "home")
    assert not bench.returns.isVisible()
    sends = page(window, "sending")
    drop(sends.back, path)
    settle(qtbot, window)
    qtbot.waitUntil(lambda: any(WORDS in said for said in texts(sends.back)))
    assert not village.all("return")
    qtbot.keyClick(sends.back.take, Qt.Key.Key_Space)
    settle(qtbot, window)
    assert len(village.all("return")) == 1
    drop(sends.back, path)
    settle(qtbot, window)
    assert any("没有变化" in said for said in texts(sends))
    assert not sends.back.take.isVisible()
    page(window, "home")
    (shown,) = bench.returns.list.lines.all_shown()
    assert (shown.said, shown.tone, shown.act) == ("请补正", Tone.AMBER, "去补正")
    assert shown.about.endswith(f"：{WORDS}")
    bench.returns.list.setFocus()
    qtbot.keyClick(bench.returns.list, Qt.Key.Key_Return)
    disputes = page(window, "disputes")
    card = disputes.browse.card
    assert card.dispute_id == case.dispute.id
    assert card.returned.text() == "司法所退回"
    qtbot.mouseClick(step_button(qtbot, card, "mend"), Qt.MouseButton.LeftButton)
    write(QApplication.focusWidget(), "已补。")
    press(qtbot, window, Qt.Key.Key_S)
    qtbot.waitUntil(lambda: disputes.form is None)
    assert not card.returned.isVisible()
    course = next(one for one in card.findChildren(Timeline) if one.isVisible())
    assert [entry.title for entry in course.entries][-2:] == ["司法所退回", "已改正"]
    page(window, "home")
    assert bench.returns.isVisible()
    assert not bench.returns.list.lines.rowCount()
    report(village, office, tmp_path)
    (got,) = office.all("return")
    assert (got.answer, got.mended_on, got.words) == ("已补。", today(), WORDS)


def drop(widget: QWidget, path: Path) -> None:
    """Drop a file as the mouse does."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    widget.dropEvent(QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, mime, left, none))


def test_the_ways_from_the_note_lead_to_the_forms(
    qtbot: QtBot, open_window: Open, village: Register, case: CaseFile
) -> None:
    first, second = given(village, case), given(village, case, "缺笔录。")
    window = open_window(village)
    disputes = page(window, "disputes")
    card = disputes.browse.card
    card.tabs.setCurrentIndex(1)
    card.show_case("")
    card.show_case(case.dispute.id)
    assert card.tabs.currentIndex() == 0
    step_button(qtbot, card, "edit")
    assert {WORDS, "缺笔录。"} <= set(texts(card))
    buttons = [one for one in card.findChildren(QPushButton) if one.isVisible()]
    edits = [one for one in buttons if one.text().startswith("去改")]
    assert [one.text() for one in edits] == ["去改 (&1)", "去改"]
    qtbot.mouseClick(edits[0], Qt.MouseButton.LeftButton)
    assert disputes.form.place == "edit"
    disputes.close_form()
    disputes.step(f"mend:{second.id}")
    assert disputes.form.place == f"mend:{second.id}"
    press(qtbot, window, Qt.Key.Key_S)
    qtbot.waitUntil(lambda: disputes.form is None)
    kept = {entry.id: entry for entry in village.case(case.dispute.id).returns}
    assert (kept[first.id].open, kept[second.id].open) == (True, False)
    assert kept[second.id].mended_by == village.person


def test_a_wrong_file_is_told_in_a_sentence_and_changes_nothing(
    qtbot: QtBot, open_window: Open, village: Register, case: CaseFile, tmp_path: Path
) -> None:
    broken = tmp_path / "broken.xlsx"
    broken.write_bytes(b"PK\x03\x04broken")
    package = tmp_path / "package.xlsx"
    sending.send(village, month_of(today()), package, village.person, today())
    window = open_window(village)
    sends = page(window, "sending")
    end = village.sequence()
    for path, said in ((broken, "。"), (package, "这是报送文件")):
        sends.back.look_at(path)
        settle(qtbot, window)
        assert said in sends.notice.said.text()
        assert not sends.back.take.isVisible()
    assert village.sequence() == end


def test_the_office_is_not_offered_to_give_back_its_own_cases(
    open_window: Open, office: Register
) -> None:
    assert office.committee.kind is UnitKind.TOWNSHIP
    own = keep_a_case(office)
    disputes = page(open_window(office), "disputes")
    card = disputes.browse.card
    card.show_case(own.dispute.id)
    assert not [one for one in card.findChildren(StepButton) if one.step == "return"]
