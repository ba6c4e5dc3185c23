"""The files of many cases in the window: looked through by time and unit, drawn, and opened."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from ui_tools import finish, keep_a_case, page, settle, settle_a_case

from mediation_desk.desk import receiving, recording, sampling, sending
from mediation_desk.desk.clock import today
from mediation_desk.domain.casefile import CaseFile
from mediation_desk.domain.codes import Sex
from mediation_desk.domain.periods import month_of, year
from mediation_desk.store.register import Register
from mediation_desk.ui import messages
from mediation_desk.ui.pages import case_tabs
from mediation_desk.ui.pages.files_view import ARCHIVE
from mediation_desk.ui.pages.receiving import FILES as AT_OFFICE
from mediation_desk.ui.pages.sending import FILES as IN_VILLAGE
from mediation_desk.ui.window import DeskWindow

Open = Callable[..., DeskWindow]


def informed(register: Register, case: CaseFile) -> CaseFile:
    """The case with everything that is wanted of it but scans."""
    people = tuple(
        replace(party, address="3组", born_on=today() - timedelta(days=20_000), sex=Sex.MALE)
        for party in case.parties
    )
    dispute = replace(case.dispute, informed_on=case.dispute.intake_on)
    after = replace(case, parties=people, dispute=dispute)
    return recording.keep_case(register, case, after, register.person, "补填", today())


def files(window: DeskWindow, place: int) -> QWidget:
    turned = page(window, "sending")
    turned.tabs.setCurrentIndex(place)
    finish(window)
    return turned.files


def abouts(lines: QWidget) -> list[str]:
    return [line.detail.split(" · ")[0] for line in lines.lines.all_shown()]


def test_the_village_sees_which_files_have_something_to_mend(
    qtbot: QtBot, open_window: Open, village: Register
) -> None:
    keep_a_case(village, "秦德珍", "蒋仕文")
    informed(village, keep_a_case(village, "何世明", "冉启林"))
    window = open_window(village)
    view = files(window, IN_VILLAGE)
    assert [view.tabs.isTabVisible(place) for place in range(3)] == [True, False, True]
    shown = view.inspected
    assert abouts(shown.lines) == ["(2026)梨民调字第001号".replace("2026", str(today().year))]
    assert shown.told.text() == "共 2 件：1 件要改正或补充，1 件只有提示，0 件没有问题。"
    (line,) = shown.lines.lines.all_shown()
    assert line.said == "应补 1"
    assert "卷内缺告知书" in line.why
    shown.hints.show_value(value=True)
    shown.hints.changed.emit()
    assert len(abouts(shown.lines)) == 2
    shown.lines.opened.emit(line)
    finish(window)
    card = page(window, "disputes").browse.card
    assert card.dispute_id == line.what
    assert card.tabs.currentIndex() == case_tabs.INSPECTION
    settle(qtbot, window)


def test_few_lines_stand_below_what_is_told_of_them(
    qtbot: QtBot, open_window: Open, village: Register
) -> None:
    keep_a_case(village, "秦德珍", "蒋仕文")
    window = open_window(village)
    window.resize(910, 512)
    view = files(window, IN_VILLAGE).inspected
    qtbot.wait(20)
    assert view.lines.isVisible()
    assert view.told.height() < 3 * view.told.fontMetrics().height()
    assert view.told.y() - view.picker.parentWidget().geometry().bottom() < 20
    assert view.picker.parentWidget().height() < 2 * view.picker.height()


def test_another_time_and_what_was_written_are_looked_at_anew(
    qtbot: QtBot, open_window: Open, village: Register
) -> None:
    case = keep_a_case(village)
    window = open_window(village)
    shown = files(window, IN_VILLAGE).inspected
    assert len(shown.found) == 1
    shown.picker.show_period(year(2001))
    shown.picker.changed.emit()
    finish(window)
    assert shown.found == ()
    assert shown.told.text() == "这段时间没有案卷。"
    shown.picker.show_period(year(today().year))
    informed(village, case)
    shown.refresh()
    finish(window)
    assert shown.found[0].grave == ()
    settle(qtbot, window)


@pytest.fixture
def reported(village: Register, office: Register, tmp_path: Path) -> list[CaseFile]:
    """Two settled cases that the office has received, names and all."""
    names = (("秦德珍", "蒋仕文"), ("何世明", "冉启林"))
    kept = [settle_a_case(village, keep_a_case(village, *pair, days_ago=0)) for pair in names]
    target, month = tmp_path / "report.xlsx", month_of(today())
    sending.send(village, month, target, village.person, today(), "双龙司法所")
    (came,) = receiving.receive_all(office, [target], office.person, today())
    assert came.act
    return kept


def test_the_office_chooses_a_unit(
    qtbot: QtBot, open_window: Open, office: Register, reported: list[CaseFile]
) -> None:
    window = open_window(office)
    shown = files(window, AT_OFFICE).inspected
    assert len(shown.found) == 2
    assert "梨子园村" in shown.lines.lines.row(0).detail
    shown.unit.show_value(office.committee.id)
    shown.unit.changed.emit()
    finish(window)
    assert shown.found == ()
    settle(qtbot, window)


def test_the_office_draws_files_and_sees_what_came_of_them(
    qtbot: QtBot, open_window: Open, office: Register, reported: list[CaseFile]
) -> None:
    window = open_window(office)
    view = files(window, AT_OFFICE)
    view.tabs.setCurrentIndex(1)
    finish(window)
    drawn = view.drawn
    assert "还没有抽查过" in drawn.told.text()
    assert not drawn.which.isVisible()
    drawn.share.show_value("1")
    qtbot.mouseClick(drawn.draw, Qt.MouseButton.LeftButton)
    finish(window)
    (line,) = drawn.lines.lines.all_shown()
    assert line.said == "待看"
    assert "还有 1 件没有看" in drawn.told.text()
    (drawing,) = sampling.samplings(office)
    assert drawing.seed in drawn.told.text()
    sampling.passed(office, drawing.id, str(line.what), "罗晓")
    drawn.refresh()
    finish(window)
    assert drawn.lines.lines.row(0).said == "没有问题"
    assert "都看过了" in drawn.told.text()
    drawn.share.show_value("100%")
    qtbot.mouseClick(drawn.draw, Qt.MouseButton.LeftButton)
    finish(window)
    assert drawn.lines.lines.rowCount() == 2
    assert drawn.which.isVisible()
    drawn.which.show_value(drawing.id)
    drawn.which.changed.emit()
    finish(window)
    assert drawn.lines.lines.rowCount() == 1
    drawn.lines.opened.emit(line)
    finish(window)
    assert page(window, "disputes").browse.card.dispute_id == line.what
    settle(qtbot, window)


def test_nothing_closed_nothing_drawn(qtbot: QtBot, open_window: Open, office: Register) -> None:
    window = open_window(office)
    view = files(window, AT_OFFICE)
    view.tabs.setCurrentIndex(1)
    qtbot.mouseClick(view.drawn.draw, Qt.MouseButton.LeftButton)
    finish(window)
    notice = page(window, "sending").notice
    assert "没有结案的纠纷" in notice.said.text()
    assert sampling.samplings(office) == []
    settle(qtbot, window)


# The year's archive


@pytest.fixture
def archive(open_window: Open, village: Register) -> Iterator[tuple[DeskWindow, QWidget]]:
    """The view of the archive in a village with a settled case."""
    settle_a_case(village, informed(village, keep_a_case(village, days_ago=0)))
    window = open_window(village)
    view = files(window, IN_VILLAGE)
    view.tabs.setCurrentIndex(ARCHIVE)
    finish(window)
    yield window, view.archive
    finish(window)


def test_nothing_is_written_until_somebody_is_named(
    qtbot: QtBot, archive: tuple[DeskWindow, QWidget], monkeypatch: pytest.MonkeyPatch
) -> None:
    _window, view = archive
    asked = []
    monkeypatch.setattr(messages, "choose_folder", lambda *told: asked.append(told))
    qtbot.mouseClick(view.write, Qt.MouseButton.LeftButton)
    assert view.receiver.finding == "请写明交给谁保管。"
    assert not asked
    view.receiver.show_value("镇档案室")
    qtbot.mouseClick(view.write, Qt.MouseButton.LeftButton)
    assert asked


def test_a_year_is_written_checked_and_found_whole(
    archive: tuple[DeskWindow, QWidget], village: Register, tmp_path: Path
) -> None:
    window, view = archive
    assert view.year.value() == today().year
    assert view.told.text().startswith("这一年结案 1 件。")
    assert "1 件还没有归档，1 件没有填保管期限" in view.more.text()
    view.receiver.show_value("镇档案室")
    view.write_into(tmp_path)
    finish(window)
    notice = page(window, "sending").notice
    assert "共 1 件，已读回来核对无误" in notice.said.text()
    folder = tmp_path / f"梨子园村{today().year}年调解档案"
    assert len(list(folder.glob("卷宗/*.pdf"))) == 1
    assert len(village.all("report")) == 1
    view.write_into(tmp_path)
    finish(window)
    assert "没有改动它" in notice.said.text()
    assert view.write.isEnabled()
    view.check_archive(folder)
    finish(window)
    assert "档案完整" in notice.said.text()
    (folder / "说明.txt").unlink()
    view.check_archive(folder)
    finish(window)
    assert "有 1 处不对，如“说明.txt”不见了" in notice.said.text()


def test_where_nothing_was_closed_there_is_nothing_to_write(
    qtbot: QtBot, open_window: Open, village: Register
) -> None:
    keep_a_case(village)
    window = open_window(village)
    view = files(window, IN_VILLAGE)
    view.tabs.setCurrentIndex(ARCHIVE)
    finish(window)
    assert "没有可以导出的" in view.archive.told.text()
    assert not view.archive.write.isEnabled()
    settle(qtbot, window)


def test_an_office_archives_a_unit_of_its_choice(
    qtbot: QtBot, open_window: Open, office: Register, reported: list[CaseFile], tmp_path: Path
) -> None:
    window = open_window(office)
    view = files(window, AT_OFFICE)
    view.tabs.setCurrentIndex(ARCHIVE)
    finish(window)
    archive = view.archive
    assert not archive.write.isEnabled()
    archive.unit.show_value(reported[0].dispute.unit_id)
    archive.unit.changed.emit()
    assert archive.told.text().startswith("这一年结案 2 件。")
    archive.receiver.show_value("镇档案室")
    archive.write_into(tmp_path)
    finish(window)
    assert (tmp_path / f"梨子园村{today().year}年调解档案").is_dir()
    settle(qtbot, window)
