"""A ledger kept by hand arrives in the in-box, is asked about once, and received like any file."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from openpyxl import Workbook
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot
from ui_tools import page, settle, write

from mediation_desk.desk import enrolling
from mediation_desk.domain.codes import UnitKind
from mediation_desk.domain.finding import Find
from mediation_desk.store.register import Register
from mediation_desk.ui.pages.receiving import QUESTIONS
from mediation_desk.ui.window import DeskWindow

Open = Callable[..., DeskWindow]
HEADS = (
    *("序号", "受理日期", "案件来源", "申请人", "被申请人", "纠纷类型", "纠纷简要情况"),
    *("调解结果", "结案日期", "协议形式", "履行情况"),
)
ROW = (
    *(1, "2026年10月3日", "主动调解", "秦德珍", "蒋仕文", "邻里纠纷", "排水沟堵塞，双方争吵。"),
    *("调解成功", "2026年10月6日", "口头协议", "已履行"),
)


def kept_by_hand(
    folder: Path, rows: Sequence[Sequence[object]], heads: Sequence[str] = HEADS
) -> Path:
    book = Workbook()
    sheet = book.active
    sheet.append(["2026年10月矛盾纠纷台账"])
    for row in (heads, *rows):
        sheet.append(list(row))
    path = folder / "十月台账.xlsx"
    book.save(path)
    return path


@pytest.fixture
def units(office: Register) -> None:
    """Two villages without the program."""
    for code, name in (("500230124200", "梨子园村"), ("500230124201", "尖山子村")):
        unit = enrolling.new_unit(office, code, name, "", UnitKind.VILLAGE)
        with office.change("罗晓", "添加单位") as change:
            change.keep(unit)


def looked(qtbot: QtBot, window: DeskWindow, path: Path) -> object:
    inbox = page(window, "sending").inbox
    inbox.look_at([path])
    settle(qtbot, window)
    inbox.show_file(inbox.files.seen[0])
    return inbox


def answer(qtbot: QtBot, window: DeskWindow, inbox: object, **answers: str) -> None:
    """Answer the questions whose key begins with a name, else take their first option."""
    for box in inbox.file.ledger.boxes:
        wanted = answers.get(box.question.key.partition(":")[0])
        if box.question.options:
            box.editor.show_value(wanted or box.question.options[0].answer)
    qtbot.mouseClick(inbox.file.ledger.read, Qt.MouseButton.LeftButton)
    settle(qtbot, window)


@pytest.mark.usefixtures("units")
def test_the_unit_is_chosen_and_the_ledger_received(
    qtbot: QtBot, open_window: Open, office: Register, tmp_path: Path
) -> None:
    window = open_window(office)
    inbox = looked(qtbot, window, kept_by_hand(tmp_path, [ROW]))
    assert inbox.files.seen[0].state.value == "asks"
    assert not inbox.receive.isEnabled()
    (box,) = inbox.file.ledger.boxes
    village = next(unit for unit in office.units() if unit.name == "梨子园村")
    answer(qtbot, window, inbox, unit=village.id)
    while inbox.file.ledger.boxes:
        answer(qtbot, window, inbox)
    heads = [label.text() for label in inbox.file.ledger.findChildren(QLabel)]
    assert "申请人 → 申请人" in heads
    assert inbox.receive.isEnabled()
    inbox.receive.click()
    settle(qtbot, window)
    (row,) = office.page(Find()).rows
    assert (row.unit_name, row.applicants) == ("梨子园村", "秦德珍")
    again = kept_by_hand(tmp_path, [ROW])
    inbox = looked(qtbot, window, again)
    assert box.question.key == "unit"
    answer(qtbot, window, inbox, unit=village.id)
    assert inbox.files.seen[0].state.value == "same"


@pytest.mark.usefixtures("units", "huge")
def test_what_is_left_to_answer_is_in_sight_after_reading_again(
    qtbot: QtBot, open_window: Open, office: Register, tmp_path: Path
) -> None:
    odd = (2, "十月廿几", *ROW[2:3], "何世明", "何世全", *ROW[5:])
    window = open_window(office)
    window.resize(910, 512)
    inbox = looked(qtbot, window, kept_by_hand(tmp_path, [ROW, *[odd] * 9]))
    view = page(window, "sending").view
    village = next(unit for unit in office.units() if unit.name == "梨子园村")
    answer(qtbot, window, inbox, unit=village.id)
    # The button stands below all questions, at the end of a long page that becomes shorter.
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum())
    answer(qtbot, window, inbox)

    def from_top() -> int:
        return inbox.tabs.mapTo(view.viewport(), QPoint()).y()

    qtbot.waitUntil(lambda: 0 <= from_top() < 60)
    qtbot.wait(300)
    assert 0 <= from_top() < 60


@pytest.mark.usefixtures("units")
def test_a_column_read_wrongly_is_read_as_somebody_says(
    qtbot: QtBot, open_window: Open, office: Register, tmp_path: Path
) -> None:
    heads = [head if head != "纠纷简要情况" else "备注" for head in HEADS]
    window = open_window(office)
    inbox = looked(qtbot, window, kept_by_hand(tmp_path, [ROW], heads))
    village = next(unit for unit in office.units() if unit.name == "梨子园村")
    answer(qtbot, window, inbox, unit=village.id)
    card = inbox.file.ledger
    choices = {label: key for key, label in card._which._choices if key}
    card._which.show_value(choices["备注"])
    card._as.show_value("facts")
    qtbot.mouseClick(card.read, Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    while inbox.file.ledger.boxes:
        answer(qtbot, window, inbox)
    inbox.receive.click()
    settle(qtbot, window)
    (row,) = office.page(Find()).rows
    assert office.get("dispute", row.dispute.id).facts == "排水沟堵塞，双方争吵。"


@pytest.mark.usefixtures("units")
def test_a_row_that_lacks_something_waits_in_the_queue_until_it_is_answered(
    qtbot: QtBot, open_window: Open, office: Register, tmp_path: Path
) -> None:
    second = (2, "十月廿几", *ROW[2:3], "何世明", "何世全", *ROW[5:])
    window = open_window(office)
    inbox = looked(qtbot, window, kept_by_hand(tmp_path, [ROW, second]))
    village = next(unit for unit in office.units() if unit.name == "梨子园村")
    answer(qtbot, window, inbox, unit=village.id)
    answer(qtbot, window, inbox)
    inbox.receive.click()
    settle(qtbot, window)
    assert len(office.page(Find()).rows) == 1
    receiving_page = page(window, "sending")
    receiving_page.tabs.setCurrentIndex(QUESTIONS)
    view = receiving_page.questions
    qtbot.waitUntil(lambda: view.count == 1)
    assert view.take.text() == "按回答收下 (&T)"
    for box in view.card.boxes:
        if not box.question.options:
            write(box.editor.inner, "2026年10月21日")
    qtbot.mouseClick(view.take, Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    qtbot.waitUntil(lambda: view.count == 0)
    found = {row.applicants: row.dispute.intake_on for row in office.page(Find()).rows}
    assert str(found["何世明"]) == "2026-10-21"
