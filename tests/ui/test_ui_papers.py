"""The papers of a case on its tab: how each stands, shown page by page, printed and saved."""

import re
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from builders import a_case
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from pytestqt.qtbot import QtBot
from ui_tools import page, settle

from mediation_desk.desk.case_papers import prints
from mediation_desk.desk.clock import today
from mediation_desk.desk.recording import keep_case
from mediation_desk.domain.case_papers import PaperKind
from mediation_desk.domain.printing import PaperState, PrintWay
from mediation_desk.store.register import Register
from mediation_desk.ui import messages
from mediation_desk.ui.pages.paper_window import PaperWindow
from mediation_desk.ui.pages.papers_view import PapersView
from mediation_desk.ui.window import DeskWindow

Open = Callable[..., DeskWindow]


@pytest.fixture
def shown(open_window: Open, village: Register) -> tuple[DeskWindow, PapersView]:
    """A window with the papers of one dispute."""
    keep_case(village, None, a_case(), "陶素芬", "登记", today())
    window = open_window(village)
    return window, page(window, "disputes").browse.card.show_papers()


def _states(view: PapersView) -> dict[PaperKind, PaperState]:
    return {line.entry.wanted.kind: line.entry.state for line in view.lines}


def _opened(qtbot: QtBot, window: DeskWindow, view: PapersView) -> PaperWindow:
    settle(qtbot, window)
    found = view.findChild(PaperWindow)
    assert found is not None
    qtbot.waitUntil(lambda: not found.picture.pixmap().isNull())
    settle(qtbot, window)
    return found


def _shut(qtbot: QtBot, window: DeskWindow, shown: PaperWindow) -> None:
    with qtbot.waitSignal(shown.destroyed):
        shown.close()
    settle(qtbot, window)


def _pages(path: Path) -> int:
    told = subprocess.run(["pdfinfo", path], capture_output=True, text=True, check=True).stdout
    found = re.search(r"Pages:\s+(\d+)", told)
    assert found
    return int(found.group(1))


def test_the_tab_lists_the_papers_and_says_what_is_missing(shown) -> None:
    _, view = shown
    kinds = [line.entry.wanted.kind for line in view.lines]
    assert kinds[:2] == [PaperKind.COVER, PaperKind.CONTENTS]
    assert PaperKind.AGREEMENT in kinds
    assert _states(view)[PaperKind.IDENTITY] is PaperState.MISSING
    assert "缺 1 份" in view.told.text()
    missing = next(line for line in view.lines if line.entry.state is PaperState.MISSING)
    assert not missing.offered
    assert all(line.offered for line in view.lines if line is not missing)


def test_a_paper_is_opened_by_the_keyboard_and_its_pages_are_turned(qtbot: QtBot, shown) -> None:
    window, view = shown
    view.whole.setFocus()
    qtbot.keyClick(view.whole, Qt.Key.Key_Space)
    whole = _opened(qtbot, window, view)
    count = len(whole.made.pages)
    assert count > 6
    assert whole.count.text() == f"第 1 页，共 {count} 页"
    assert not whole.before.isEnabled()
    first = whole.picture.pixmap().toImage()
    qtbot.keyClick(whole, Qt.Key.Key_PageDown)
    settle(qtbot, window)
    assert whole.place == 1
    qtbot.waitUntil(lambda: whole.picture.pixmap().toImage() != first)
    qtbot.keyClick(whole, Qt.Key.Key_End)
    assert whole.place == count - 1
    assert not whole.after.isEnabled()
    qtbot.keyClick(whole, Qt.Key.Key_Home)
    assert whole.place == 0
    settle(qtbot, window)
    narrow = whole.picture.pixmap().width()
    whole.size_button.click()
    qtbot.waitUntil(lambda: whole.picture.pixmap().width() > narrow)
    settle(qtbot, window)
    _shut(qtbot, window, whole)


def test_saving_is_kept_and_a_change_asks_for_a_new_print(
    qtbot: QtBot, shown, village: Register, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window, view = shown
    target = tmp_path / "整本.pdf"
    monkeypatch.setattr(messages, "choose_target", lambda *_: target)
    view.whole.click()
    whole = _opened(qtbot, window, view)
    whole.pdf.click()
    settle(qtbot, window)
    assert _pages(target) == len(whole.made.pages)
    assert "已存好" in whole.notice.said.text()
    assert _states(view)[PaperKind.AGREEMENT] is PaperState.PRINTED
    _shut(qtbot, window, whole)
    case = village.case(view.case.dispute.id)
    assert [entry.way for entry in prints(village, case)] == [PrintWay.PDF]
    changed = replace(case, dispute=replace(case.dispute, facts="后来补写的情况。"))
    keep_case(village, case, changed, "陶素芬", "补写", today())
    card = page(window, "disputes").browse.card
    card.show_case(case.dispute.id)
    view = card.show_papers()
    assert _states(view)[PaperKind.AGREEMENT] is PaperState.CHANGED
    assert _states(view)[PaperKind.NOTICE] is PaperState.PRINTED
    assert "请重新打印" in view.told.text()


def test_one_paper_is_printed_and_saved_as_word(
    qtbot: QtBot, shown, village: Register, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window, view = shown
    line = next(line for line in view.lines if line.entry.wanted.kind is PaperKind.AGREEMENT)
    line.choose()
    one = _opened(qtbot, window, view)
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFileName(str(tmp_path / "打印.pdf"))
    one.print_on(printer)
    settle(qtbot, window)
    assert _pages(tmp_path / "打印.pdf") == len(one.made.pages)
    target = tmp_path / "协议.docx"
    monkeypatch.setattr(messages, "choose_target", lambda *_: target)
    one.word.click()
    settle(qtbot, window)
    assert target.read_bytes().startswith(b"PK")
    kept = prints(village, view.case)
    assert [(entry.number, entry.way) for entry in kept] == [
        (2, PrintWay.WORD), (1, PrintWay.PRINTER),
    ]  # fmt: skip
    states = _states(view)
    assert states[PaperKind.AGREEMENT] is PaperState.PRINTED
    assert states[PaperKind.COVER] is PaperState.READY
    monkeypatch.setattr(messages, "choose_target", lambda *_: tmp_path / "没有" / "x.pdf")
    one.pdf.click()
    settle(qtbot, window)
    assert "没有写成" in one.notice.said.text()
    assert len(prints(village, view.case)) == 2
    _shut(qtbot, window, one)


def test_blank_forms_are_shown_and_not_kept_with_the_case(
    qtbot: QtBot, shown, village: Register, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window, view = shown
    view.form.show_value(PaperKind.VISIT)
    view.blank.click()
    blank = _opened(qtbot, window, view)
    assert [paper.title for paper in blank.made.papers] == ["人民调解回访记录"]
    monkeypatch.setattr(messages, "choose_target", lambda *_: tmp_path / "空白.pdf")
    blank.pdf.click()
    settle(qtbot, window)
    assert _pages(tmp_path / "空白.pdf") == len(blank.made.pages)
    assert prints(village, view.case) == []
    _shut(qtbot, window, blank)


def test_templates_are_put_where_they_can_be_changed(
    shown, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, view = shown
    opened: list[Path] = []
    monkeypatch.setattr(messages, "show_folder", opened.append)
    view.templates.click()
    assert opened == [tmp_path / "home" / "papers"]
    assert (opened[0] / "人民调解协议书.txt").is_file()
    assert (opened[0] / "怎样改纸样.txt").is_file()
    view.show_papers()
    assert view.more.isHidden()


def test_a_faulty_template_is_told_above_the_list(shown, tmp_path: Path) -> None:
    _, view = shown
    folder = tmp_path / "home" / "papers"
    folder.mkdir(parents=True)
    (folder / "封底.txt").write_text("坏了", encoding="utf-8")
    view.show_papers()
    assert "“封底.txt”第1行" in view.more.text()
    assert view.lines
