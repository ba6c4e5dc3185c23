"""A village's package made on its page is received, and taken back, on the office's page."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from builders import a_unit
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from ui_tools import finish, keep_a_case, page, settle, settle_a_case

from mediation_desk.desk.clock import today
from mediation_desk.domain.finding import Find
from mediation_desk.domain.record import new_id
from mediation_desk.store.backups import FOLDER
from mediation_desk.store.register import Register
from mediation_desk.ui import messages
from mediation_desk.ui.theme import Tone
from mediation_desk.ui.window import DeskWindow

Open = Callable[..., DeskWindow]


@pytest.fixture
def package(
    qtbot: QtBot,
    open_window: Open,
    village: Register,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Path:
    settle_a_case(village, keep_a_case(village, days_ago=0))
    out = tmp_path / "stick"
    out.mkdir()
    monkeypatch.setattr(messages, "choose_folder", lambda *_: out)
    window = open_window(village)
    sending = page(window, "sending").send_view
    sending.place.ask_for_a_folder()
    while sending.picker.period().last < today():
        sending.picker.forth.click()
    finish(window)
    sending.make.click()
    settle(qtbot, window)
    (made,) = out.iterdir()
    assert made.name in sending._notice.more.text()
    assert len(sending.history.rows.all_shown()) == 1
    return made


def test_the_office_receives_and_undoes(
    qtbot: QtBot, open_window: Open, office: Register, package: Path
) -> None:
    before = list(office.dump())
    window = open_window(office)
    inbox = page(window, "sending").inbox
    inbox.look_at([package])
    settle(qtbot, window)
    (seen,) = inbox.files.seen
    assert "新增" in inbox._counts.text()
    inbox.show_file(seen)
    assert "梨子园村" in inbox.file.title.text()
    inbox.receive.click()
    settle(qtbot, window)
    assert len(office.page(Find()).rows) == 1
    assert "已收" in [cell.words for row in inbox.coverage.rows.all_shown() for cell in row.cells]
    inbox.history.take_back(inbox.history.batches.row(0))
    settle(qtbot, window)
    assert list(office.dump()) == before
    assert inbox.history.batches.row(0).undone
    assert "梨子园村" in inbox._notice.said.text()
    assert "批" not in inbox._notice.said.text()
    assert not inbox.history.undo.isEnabled()


@pytest.mark.usefixtures("huge")
def test_on_a_low_screen_the_file_that_was_asked_for_comes_into_sight(
    qtbot: QtBot, open_window: Open, office: Register, package: Path
) -> None:
    window = open_window(office)
    window.resize(910, 512)
    inbox = page(window, "sending").inbox
    others = [package.with_name(f"{number}.xlsx") for number in range(12)]
    for other in others:
        other.write_bytes(package.read_bytes())
    inbox.look_at([package, *others])
    # At once, as by keys, while the long list still takes its room.
    qtbot.waitUntil(lambda: len(inbox.files.seen) == 13)
    inbox.show_file(inbox.files.seen[0])
    around = page(window, "sending").view.viewport()

    def from_top(part: QWidget) -> int:
        return part.mapTo(around, QPoint()).y()

    qtbot.waitUntil(lambda: 0 <= from_top(inbox.tabs) < 60)
    # What stands above may find its room only now.
    inbox._left.setMinimumHeight(inbox._left.height() + 400)
    qtbot.waitUntil(lambda: inbox._left.height() >= inbox._left.minimumHeight())
    qtbot.waitUntil(lambda: 0 <= from_top(inbox.tabs) < 60)
    assert from_top(inbox.file.title) < around.height() // 2


def test_a_village_case_is_only_read_at_the_office(
    qtbot: QtBot, open_window: Open, office: Register, package: Path
) -> None:
    window = open_window(office)
    inbox = page(window, "sending").inbox
    inbox.look_at([package.parent])
    settle(qtbot, window)
    inbox.receive.click()
    settle(qtbot, window)
    card = page(window, "disputes").browse.card
    assert card.case is not None
    assert not card.mine


def test_a_file_that_is_no_workbook_is_told(
    qtbot: QtBot, open_window: Open, office: Register, tmp_path: Path
) -> None:
    broken = tmp_path / "坏.xlsx"
    broken.write_bytes(b"PK\x03\x04 cut off")
    window = open_window(office)
    inbox = page(window, "sending").inbox
    inbox.look_at([broken])
    settle(qtbot, window)
    (seen,) = inbox.files.seen
    assert seen.state.value == "refused"
    assert not inbox.receive.isEnabled()
    inbox.look_at([tmp_path / "说明.txt"])
    assert inbox._notice.isVisible()


@pytest.mark.usefixtures("package")
def test_a_month_that_did_not_arrive_is_not_told_as_sent(
    open_window: Open, village: Register
) -> None:
    (mine,) = village.all("package")
    township = a_unit(code="500230124000", name="双龙司法所")
    back = replace(mine, id=new_id(), unit_id=mine.unit_id, received=True, wanted="1", revision=0)
    with village.change(village.person, "收下回件") as change:
        change.keep(township)
        change.keep(back)
    window = open_window(village)
    view = page(window, "sending").send_view
    while view.picker.period().first < mine.period_from:
        view.picker.forth.click()
    finish(window)
    assert view.state.text().endswith("报的没收到")
    assert view.state.property("tone") == Tone.RED.value
    assert "没有收到这一份" in view.file.text()


def test_full_information_wants_a_receiver(open_window: Open, village: Register) -> None:
    sending = page(open_window(village), "sending").send_view
    sending.masked.setChecked(False)
    sending.choose_and_send()
    assert sending.receiver.finding
    assert not sending.history.rows.all_shown()


def test_a_month_without_disputes_is_a_nil_report(open_window: Open, village: Register) -> None:
    sending = page(open_window(village), "sending").send_view
    assert "零报告" in sending.what.text()
    assert "零报告" in sending.file.text()
    assert "零报告" in sending.make.text()


def test_a_refused_file_does_not_stop_the_others(
    qtbot: QtBot, open_window: Open, office: Register, package: Path
) -> None:
    second = package.parent / "后一份.xlsx"
    second.write_bytes(package.read_bytes())
    window = open_window(office)
    inbox = page(window, "sending").inbox
    inbox.look_at([package, second])
    settle(qtbot, window)
    assert len(inbox.files.ready) == 2
    # The backup before the first file cannot be written; before the second one it can.
    backups = office.folder / FOLDER
    aside = backups.with_name("aside")
    if backups.exists():
        backups.rename(aside)
    backups.write_text("in the way")
    begun: list[str] = []

    def clear_the_way(words: str) -> None:
        if words.startswith("正在接收") and words not in begun:
            begun.append(words)
        if len(begun) > 1 and backups.is_file():
            backups.unlink()

    window.jobs.busy.connect(clear_the_way)
    inbox.receive.click()
    settle(qtbot, window)
    assert len(begun) == 2
    said = inbox._notice.said.text()
    assert "已接收 1 份，1 份没有接收" in said
    assert inbox.files.seen[0].path.name in said
    assert [seen.state.value for seen in inbox.files.seen] == ["refused"]
    assert len(office.page(Find()).rows) == 1
    assert not inbox.receive.isEnabled()


def test_a_received_file_is_not_shown_any_more(
    qtbot: QtBot, open_window: Open, office: Register, package: Path
) -> None:
    window = open_window(office)
    inbox = page(window, "sending").inbox
    inbox.look_at([package])
    settle(qtbot, window)
    inbox.show_file(inbox.files.seen[0])
    nothing = "在文件列表里选一份"
    assert nothing not in inbox.file.title.text()
    inbox.receive.click()
    settle(qtbot, window)
    assert nothing in inbox.file.title.text()
    assert not inbox.file._told.text()


def test_files_are_looked_for_where_the_last_ones_lay(
    qtbot: QtBot,
    open_window: Open,
    office: Register,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    stick = tmp_path / "U盘"
    stick.mkdir()
    (stick / "坏.xlsx").write_bytes(b"PK")
    asked: list[Path] = []

    def choose(_page: object, _title: str, folder: Path, _kinds: str) -> list[Path]:
        asked.append(folder)
        return [stick / "坏.xlsx"]

    monkeypatch.setattr(messages, "choose_files", choose)
    window = open_window(office)
    inbox = page(window, "sending").inbox
    inbox.choose()
    inbox.choose()
    settle(qtbot, window)
    assert asked == [Path.home(), stick]
