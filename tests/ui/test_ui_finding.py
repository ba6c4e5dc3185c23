"""Finding disputes as a person does: typing, filtering, keeping filters, taking the list away."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import openpyxl
import pytest
from builders import an_open_case
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QInputMethodEvent
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from ui_tools import keep_a_case, page, press, settle, settle_a_case, write

from mediation_desk.desk.clock import today
from mediation_desk.desk.listing_out import Taking, paper_table
from mediation_desk.desk.saved_finds import saved_finds
from mediation_desk.domain.codes import Outcome
from mediation_desk.domain.finding import Find, Order, Span, Wanted
from mediation_desk.store.register import Register
from mediation_desk.ui import messages
from mediation_desk.ui.going import Go
from mediation_desk.ui.pages.browse import Browse
from mediation_desk.ui.pages.browse_saved import SavedMenu
from mediation_desk.ui.printing import list_printer, print_table
from mediation_desk.ui.window import DeskWindow

Open = Callable[..., DeskWindow]


@pytest.fixture
def known(village: Register) -> Register:
    """Three disputes of five weeks, the oldest of them overdue."""
    settle_a_case(village, keep_a_case(village, "秦德珍", "蒋仕文", days_ago=10))
    keep_a_case(village, "何世明", "曾建国", days_ago=40)
    keep_a_case(village, "阿依古丽·买买提", "单雄", days_ago=2)
    return village


def _names(browse: Browse) -> list[str]:
    return [line.applicants for line in browse.rows.all_shown()]


def _said(browse: Browse) -> str:
    return browse.search.found.text()


def _type(qtbot: QtBot, widget: QWidget, text: str) -> None:
    for character in text:
        qtbot.keyClick(widget, character)


def test_pinyin_typed_at_the_keyboard_finds_and_opens(
    qtbot: QtBot, open_window: Open, known: Register
) -> None:
    window = open_window(known)
    browse = page(window, "disputes").browse
    press(qtbot, window, Qt.Key.Key_F)
    assert browse.search.hasFocus()
    _type(qtbot, browse.search, "zengjg")
    qtbot.waitUntil(lambda: _names(browse) == ["何世明"])
    assert _said(browse) == "1 件"
    qtbot.keyClick(browse.search, Qt.Key.Key_Down)
    assert browse.table.hasFocus()
    assert browse.card.case.dispute.id == browse.rows.row(0).dispute.id
    qtbot.keyClick(browse.table, Qt.Key.Key_F3)
    assert browse.search.hasFocus()
    assert browse.search.selectedText() == "zengjg"
    # What is typed now is looked up at once when the person goes on into the list.
    _type(qtbot, browse.search, "ayiguli")
    qtbot.keyClick(browse.search, Qt.Key.Key_Return)
    assert _names(browse) == ["阿依古丽·买买提"]
    assert browse.table.hasFocus()


def test_the_file_follows_when_typing_rests(
    qtbot: QtBot, open_window: Open, known: Register
) -> None:
    browse = page(open_window(known), "disputes").browse
    before = browse.card.dispute_id
    write(browse.search, "何")
    qtbot.waitUntil(lambda: _names(browse) == ["何世明"])
    assert browse.card.dispute_id == before
    qtbot.waitUntil(lambda: browse.card.dispute_id == browse.rows.row(0).dispute.id)


def test_composing_neither_searches_nor_counts(
    qtbot: QtBot, open_window: Open, known: Register
) -> None:
    browse = page(open_window(known), "disputes").browse
    for half in ("q", "qin", "qin de"):
        QApplication.sendEvent(browse.search, QInputMethodEvent(half, []))
        qtbot.wait(150)
        assert not browse._typing.isActive()
        assert len(_names(browse)) == 3
    write(browse.search, "秦德")
    qtbot.waitUntil(lambda: _names(browse) == ["秦德珍"])


def test_filters_behind_more_narrow_and_sort(open_window: Open, known: Register) -> None:
    browse = page(open_window(known), "disputes").browse
    bar = browse.bar
    bar.turn.click()
    more = bar._more
    assert more.isVisible()
    more.overdue.click()
    assert _names(browse) == ["何世明"]
    assert "1" in bar.turn.text()
    more.overdue.click()
    more.order.show_value(Order.OLDEST)
    more.order.changed.emit()
    assert _names(browse) == ["何世明", "秦德珍", "阿依古丽·买买提"]
    [mediator] = known.all("mediator")
    more.mediator.show_value(mediator.id)
    more.mediator.changed.emit()
    assert len(_names(browse)) == 3
    bar.front.state.show_value(Outcome.SETTLED)
    bar.front.changed.emit()
    assert _names(browse) == ["秦德珍"]
    # Closing the row hides the filters, it does not take them away.
    bar.turn.click()
    assert not more.isVisible()
    assert _names(browse) == ["秦德珍"]
    assert "2" in bar.turn.text()
    browse.show_all()
    assert _names(browse)[0] == "阿依古丽·买买提"
    assert bar.asked == Wanted()


def _action(actions: list[QAction], text: str) -> QAction:
    return next(action for action in actions if text in action.text())


def test_a_filter_is_kept_under_a_name_and_forgotten(
    qtbot: QtBot, open_window: Open, known: Register
) -> None:
    browse = page(open_window(known), "disputes").browse
    bar = browse.bar
    bar.turn.click()
    bar._more.overdue.click()
    bar.front.span.show_value(Span.YEAR)
    bar.front.changed.emit()
    saved = bar.findChild(SavedMenu).menu()
    saved.aboutToShow.emit()
    _action(saved.actions(), "存为").trigger()
    assert bar._naming.isVisible()
    assert browse.window().focusWidget() is bar._naming.name.editor.inner
    qtbot.keyClick(bar._naming.name.editor.inner, Qt.Key.Key_Return)
    assert bar._naming.name.finding
    assert saved_finds(known) == {}
    write(bar._naming.name.editor.inner, "本年逾期")
    qtbot.keyClick(bar._naming.name.editor.inner, Qt.Key.Key_Return)
    assert not bar._naming.isVisible()
    assert saved_finds(known) == {"本年逾期": Wanted(span=Span.YEAR, overdue=True)}
    browse.show_all()
    assert len(_names(browse)) == 3
    saved.aboutToShow.emit()
    _action(saved.actions(), "本年逾期").trigger()
    assert bar._more.overdue.isChecked()
    assert bar.asked == Wanted(span=Span.YEAR, overdue=True)
    away = next(action.menu() for action in saved.actions() if action.menu())
    _action(away.actions(), "本年逾期").trigger()
    assert saved_finds(known) == {}


def _chosen(monkeypatch: pytest.MonkeyPatch, target: Path) -> None:
    monkeypatch.setattr(messages, "choose_target", lambda *_: target)


def test_what_is_listed_is_exported_masked(
    qtbot: QtBot, open_window: Open, known: Register, tmp_path: Path, monkeypatch
) -> None:
    window = open_window(known)
    browse = page(window, "disputes").browse
    write(browse.search, "秦德珍")
    qtbot.waitUntil(lambda: _names(browse) == ["秦德珍"])
    target = tmp_path / "清单.xlsx"
    _chosen(monkeypatch, target)
    qtbot.keyClick(browse.bar.out, Qt.Key.Key_Space)
    line = browse.bar._out_line
    assert window.focusWidget() is line.export
    qtbot.keyClick(line.export, Qt.Key.Key_Space)
    settle(qtbot, window)
    assert browse.bar._notice.isVisible()
    assert str(target) in browse.bar._notice.more.text()
    sheet = openpyxl.load_workbook(target).worksheets[0]
    told = " ".join(str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value)
    assert "共 1 件" in told
    assert "秦某某" in told
    # Not even the words of the search tell the name.
    assert "秦德珍" not in told
    assert not known.all("report")


def test_a_full_list_asks_for_its_receiver(
    qtbot: QtBot, open_window: Open, known: Register, tmp_path: Path, monkeypatch
) -> None:
    window = open_window(known)
    browse = page(window, "disputes").browse
    target = tmp_path / "清单.xlsx"
    _chosen(monkeypatch, target)
    browse.bar.out.click()
    line = browse.bar._out_line
    line.masked.click()
    line.export.click()
    assert line.receiver.finding
    assert not target.exists()
    write(line.receiver.editor.inner, "双龙司法所")
    line.export.click()
    settle(qtbot, window)
    told = openpyxl.load_workbook(target).worksheets[0]["A3"].value
    assert "双龙司法所" in told
    assert len(known.all("report")) == 1
    # The next time nothing is open by itself.
    browse.bar.out.click()
    assert line.masked.isChecked()
    assert not line.receiver.value()


def test_a_list_that_cannot_be_written_says_so(
    qtbot: QtBot, open_window: Open, known: Register, tmp_path: Path, monkeypatch
) -> None:
    window = open_window(known)
    browse = page(window, "disputes").browse
    _chosen(monkeypatch, tmp_path / "没有" / "清单.xlsx")
    browse.bar.out.click()
    browse.bar._out_line.export.click()
    settle(qtbot, window)
    assert "不存在" in browse.bar._notice.said.text()


def test_the_printer_is_asked_for_without_waiting(
    qtbot: QtBot, open_window: Open, known: Register, tmp_path: Path
) -> None:
    window = open_window(known)
    browse = page(window, "disputes").browse
    browse.bar.out.click()
    line = browse.bar._out_line
    line.print.click()
    dialog = window.findChild(QPrintDialog)
    assert dialog is not None
    dialog.reject()
    printer = list_printer()
    printer.setOutputFormat(printer.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "清单.pdf"))
    line.print_on(printer, Taking("陶素芬", today(), Find()))
    settle(qtbot, window)
    assert "共 1 页" in browse.bar._notice.said.text()
    assert (tmp_path / "清单.pdf").read_bytes().startswith(b"%PDF")


def test_long_lists_print_every_row_once_on_numbered_pages(
    village: Register, tmp_path: Path
) -> None:
    first = today() - timedelta(days=200)
    with village.change("陶素芬", "登记") as change:
        for number in range(1, 121):
            day = first + timedelta(days=number)
            case = an_open_case(number=number, intake_on=day, unit_id=village.unit.id)
            for record in case.records():
                change.keep(record)
    table = paper_table(village, Taking("陶素芬", today(), Find()))
    table.rows[60][1] = "张三丰、" * 400
    printer = list_printer()
    printer.setOutputFormat(printer.OutputFormat.PdfFormat)
    target = tmp_path / "清单.pdf"
    printer.setOutputFileName(str(target))
    pages = print_table(printer, table)
    assert pages > 4
    text = _text_of(target)
    for number in range(1, 121):
        assert text.count(f"第{number:03d}号") == 1
    assert text.count("张三丰") == 400
    assert text.count(f"共{pages}页") == pages


def _text_of(target: Path) -> str:
    import subprocess  # noqa: PLC0415

    done = subprocess.run(["pdftotext", "-raw", str(target), "-"], capture_output=True, check=True)
    # Some fonts answer with the codes of radicals; they look the same.
    text = done.stdout.decode().translate(str.maketrans({"⻚": "页", "⻓": "长"}))
    return "".join(text.split())


def test_a_chosen_filter_says_its_value_in_full_or_in_its_tip(
    open_window: Open, known: Register
) -> None:
    pick = page(open_window(known), "disputes").browse.bar.front.type
    pick.show_value(next(code for code, label in pick._choices if label == "邻里纠纷"))
    assert (pick.text(), pick.toolTip()) == ("邻里纠纷", "类型")
    long = next(code for code, label in pick._choices if len(label) > 6)
    pick.show_value(long)
    assert pick.text().endswith("…")
    assert pick.toolTip() == f"类型：{pick.words()}"


@pytest.mark.parametrize("width", [1366, 1092, 910])
def test_nothing_of_the_bar_is_pushed_out(
    qtbot: QtBot, open_window: Open, known: Register, width: int
) -> None:
    window = open_window(known)
    window.resize(width, 512 if width == 910 else 700)
    qtbot.wait(20)
    browse = page(window, "disputes").browse
    bar = browse.bar
    bar.turn.setChecked(True)
    qtbot.wait(20)
    assert bar.width() <= browse.width()
    for part in (bar.search, *bar.front.boxes, bar.turn, bar.out, bar.new, bar._more.order):
        assert part.isVisible()
        right = part.mapTo(bar, part.rect().topRight()).x()
        assert right <= bar.width(), part
    assert bar.search.width() > 180
    assert bar.search.found.geometry().right() < bar.search.width()


def test_an_order_among_the_newest_only_is_said(
    open_window: Open, known: Register, monkeypatch
) -> None:
    monkeypatch.setattr("mediation_desk.store.listing.SORTED_AMONG", 2)
    browse = page(open_window(known), "disputes").browse
    browse.show_wanted(Wanted(type="02", order=Order.NUMBER))
    assert browse._banner.isVisible()
    assert "2 件" in browse._banner_words.text()
    assert len(_names(browse)) == 2
    browse.show_wanted(Wanted(order=Order.NUMBER))
    assert not browse._banner.isVisible()
    assert len(_names(browse)) == 3


def test_another_page_can_send_somebody_to_a_narrowed_list(
    open_window: Open, known: Register
) -> None:
    disputes = page(open_window(known), "disputes")
    disputes.arrive(Go("disputes", "find", what=Wanted(overdue=True)))
    assert _names(disputes.browse) == ["何世明"]
    # What narrows the list can be seen.
    assert disputes.browse.bar._more.overdue.isChecked()


def test_the_search_is_emptied_by_escape_and_by_its_cross(
    qtbot: QtBot, open_window: Open, known: Register
) -> None:
    browse = page(open_window(known), "disputes").browse
    assert not browse.search.cross.isVisible()
    for empty in (
        lambda: qtbot.keyClick(browse.search, Qt.Key.Key_Escape),
        lambda: qtbot.mouseClick(browse.search.cross, Qt.MouseButton.LeftButton),
    ):
        write(browse.search, "秦德珍")
        qtbot.waitUntil(lambda: _names(browse) == ["秦德珍"])
        empty()
        qtbot.waitUntil(lambda: len(_names(browse)) == 3)
        assert browse.search.text() == ""
        assert _said(browse) == "3 件"
