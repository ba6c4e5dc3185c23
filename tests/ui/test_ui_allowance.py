"""Allowance per case in the window: the table, the claim, the review, typing cases in again."""

import sys
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "desk"))

import pytest
from allowance_scene import Scene, put, the_table
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QPainter
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QLabel, QMessageBox, QWidget
from pytestqt.qtbot import QtBot
from ui_tools import page, settle

from mediation_desk.desk import allowance_table, enrolling, municipal_entry
from mediation_desk.desk.agenda import agenda
from mediation_desk.desk.claim_review import grant_rest
from mediation_desk.desk.claiming import claim_it, claims_of, grades, lines_of, make_claim
from mediation_desk.desk.clock import today
from mediation_desk.desk.listing_out import PaperTable
from mediation_desk.domain.allowance import ClaimState, ReviewResult, quarter_before, quarter_of
from mediation_desk.domain.casefile import CaseFile
from mediation_desk.domain.codes import Difficulty, Performance, UnitKind
from mediation_desk.domain.due import DueKind
from mediation_desk.domain.periods import quarter
from mediation_desk.store.register import Register
from mediation_desk.ui import copying, messages, theme
from mediation_desk.ui.going import Go
from mediation_desk.ui.pages.allowance_view import AllowanceView
from mediation_desk.ui.printing import _Sheet, list_printer
from mediation_desk.ui.theme import Looks, TypeSize
from mediation_desk.ui.window import DeskWindow

Open = Callable[..., DeskWindow]


def last_quarter() -> tuple[int, int]:
    return quarter_before(*quarter_of(today()))


@pytest.fixture
def clipboard() -> Iterator[None]:
    yield
    copying.copied().forget()


def shown(qtbot: QtBot, window: DeskWindow) -> AllowanceView:
    """The page of claims as it stands once everything is read."""
    shell = window.centralWidget().currentWidget()
    shell.go(Go("sending", "allowance"))
    view = page(window, "sending").allowance
    settled(qtbot, window)
    return view


def settled(qtbot: QtBot, window: DeskWindow) -> None:
    """Wait for what was asked for, and for what is read again after it."""
    settle(qtbot, window)
    qtbot.waitUntil(lambda: not window.jobs._beside)


def cases(register: Register, count: int, unit_id: str = "") -> tuple[Scene, list[CaseFile]]:
    """Cases closed in the last quarter, each with a mediator of its committee."""
    scene = Scene(register, table=False)
    day = quarter(*last_quarter()).last - timedelta(days=9)
    people = [scene.mediator("谭中华", unit_id)]
    return scene, [scene.close(people, day, unit_id=unit_id) for _ in range(count)]


def act(qtbot: QtBot, window: DeskWindow, view: AllowanceView, name: str) -> None:
    view.bar.buttons[name].click()
    settled(qtbot, window)


def words_of(view: QWidget) -> str:
    return view._told.text()


def test_without_a_table_it_says_why_and_leads_to_the_settings(
    qtbot: QtBot, open_window: Open, village: Register
) -> None:
    cases(village, 1)
    window = open_window(village)
    view = shown(qtbot, window)
    assert "程序不替您定" in words_of(view)
    assert not [name for name, made in view.bar.buttons.items() if made.isVisible()]
    view.to_settings.click()
    settings = page(window, "settings")
    part = settings.part("allowance")
    assert part.isVisible()
    part.add_button.click()
    boxes = part.form.form.boxes
    boxes["name"].put_back("一般")
    boxes["amount_fen"].put_back("100.01")
    boxes["difficulty"].put_back(Difficulty.PLAIN.value)
    boxes["papers"].put_back(["10", "40"])
    part.form.save()
    settled(qtbot, window)
    (grade,) = grades(village)
    assert (grade.name, grade.amount_fen, grade.papers) == ("一般", 10_001, ("10", "40"))
    assert part.rows.rowCount() == 1
    view = shown(qtbot, window)
    assert view.bar.buttons["make"].isVisible()


def test_a_grade_without_an_amount_is_refused_beside_its_box(
    qtbot: QtBot, open_window: Open, village: Register
) -> None:
    window = open_window(village)
    part = page(window, "settings").part("allowance")
    part.add_button.click()
    part.form.form.boxes["name"].put_back("一般")
    part.form.save()
    settled(qtbot, window)
    assert "金额" in part.form.form.boxes["amount_fen"].finding
    assert not grades(village)
    part.form.touched = False
    part._close()


def test_the_village_makes_its_claim_and_sees_what_is_left_out(
    qtbot: QtBot, open_window: Open, village: Register
) -> None:
    put(village, *the_table())
    scene, (first, second) = cases(village, 2)
    open_case = scene.close(
        [scene.mediator("向明贵")], quarter(*last_quarter()).last,
        performance=Performance.PARTLY, performed_on=None,
    )  # fmt: skip
    window = open_window(village)
    view = shown(qtbot, window)
    assert "可以申报的有 2 件，不能申报的 1 件" in view.bar.totals.text()
    act(qtbot, window, view, "make")
    assert view.cases.rowCount() == 2
    assert "2 件，申报 200.02 元" in view.bar.totals.text()
    assert "其中：谭中华 2件 200.02元" in view.bar.totals.text()
    view.tabs.setCurrentIndex(1)
    entry = view.others.row(0)
    assert entry.case.dispute.id == open_case.dispute.id
    assert "协议还没有履行完毕" in view.card._told.text()
    view.tabs.setCurrentIndex(0)
    # Another grade for one case, and the other one left out.
    view.card.grade.show_value("重大")
    view.card.grade.changed.emit()
    settled(qtbot, window)
    (claim,) = claims_of(village, scene.unit_id, *last_quarter())
    amounts = {line.dispute_id: line.amount_fen for line in lines_of(village, claim.id)}
    assert amounts == {first.dispute.id: 80_000, second.dispute.id: 10_001}
    view.tables[0].selectRow(1)
    view.card.drop.click()
    settled(qtbot, window)
    assert [line.dispute_id for line in lines_of(village, claim.id)] == [first.dispute.id]
    act(qtbot, window, view, "claim")
    assert claims_of(village, scene.unit_id, *last_quarter())[0].state is ClaimState.CLAIMED
    assert "已申报" in view.bar.chip.text()
    assert not view.card.drop.isVisible()
    act(qtbot, window, view, "withdraw")
    assert "草稿" in view.bar.chip.text()
    view.bar.buttons["discard"].click()
    (asked,) = [box for box in window.findChildren(QMessageBox) if box.isVisible()]
    asked.buttons()[0].click()
    settled(qtbot, window)
    assert not claims_of(village, scene.unit_id, *last_quarter())


def test_a_refusal_is_said_on_the_page(qtbot: QtBot, open_window: Open, village: Register) -> None:
    put(village, *the_table())
    cases(village, 1)
    window = open_window(village)
    view = shown(qtbot, window)
    act(qtbot, window, view, "make")
    scene = Scene(village, table=False)
    (claim,) = claims_of(village, scene.unit_id, *last_quarter())
    dispute = village.get("dispute", lines_of(village, claim.id)[0].dispute_id)
    from dataclasses import replace  # noqa: PLC0415

    put(village, replace(dispute, performance=Performance.OVERDUE, performed_on=None))
    act(qtbot, window, view, "claim")
    notice = page(window, "sending").notice
    assert "协议还没有履行完毕" in notice.said.text()
    assert view.isEnabled()


def test_the_office_reviews_line_by_line_and_goes_on_to_payment(
    qtbot: QtBot, open_window: Open, office: Register
) -> None:
    put(office, *the_table())
    unit = enrolling.new_unit(office, "500230124200", "梨子园村", "", UnitKind.VILLAGE)
    put(office, unit)
    _, (first, second) = cases(office, 2, unit.id)
    claim = make_claim(office, unit.id, *last_quarter(), "罗晓", today())
    claim_it(office, claim.id, "罗晓", today())
    window = open_window(office)
    view = shown(qtbot, window)
    view.tabs.setCurrentIndex(3)
    # A unit is no case, and nothing is shown of one beside it.
    assert not view.card.isVisible()
    row = next(n for n in range(view.units.rowCount()) if view.units.row(n).unit.id == unit.id)
    assert view.units.row(row).total.amount_fen == 20_002
    view._turn_to_unit(row)
    settled(qtbot, window)
    assert view.bar.unit_id == unit.id
    assert view.card.isVisible()
    view.tables[0].selectRow(0)
    view.card.give_back.click()
    assert "请写明理由" in view.card.reason.finding
    view.card.reason.put_back("缺回访记录。")
    view.card.give_back.click()
    settled(qtbot, window)
    results = {line.dispute_id: line.result for line in lines_of(office, claim.id)}
    assert results == {
        first.dispute.id: ReviewResult.RETURNED, second.dispute.id: ReviewResult.OPEN
    }  # fmt: skip
    act(qtbot, window, view, "grant")
    assert "同意 100.01 元" in view.bar.totals.text()
    for name, state in (("report", ClaimState.REPORTED), ("pay", ClaimState.PAID)):
        act(qtbot, window, view, name)
        assert office.get("claim", claim.id).state is state
    assert view.bar.buttons["back"].property("look") != "primary"
    act(qtbot, window, view, "back")
    assert office.get("claim", claim.id).state is ClaimState.REPORTED


@pytest.mark.parametrize("size", [(1366, 768), (1093, 614), (910, 512)])
def test_what_is_reviewed_stays_in_sight_above_the_answers(
    qtbot: QtBot, open_window: Open, office: Register, size: tuple[int, int]
) -> None:
    put(office, *the_table())
    unit = enrolling.new_unit(office, "500230124200", "梨子园村", "", UnitKind.VILLAGE)
    put(office, unit)
    cases(office, 2, unit.id)
    claim = make_claim(office, unit.id, *last_quarter(), "罗晓", today())
    claim_it(office, claim.id, "罗晓", today())
    window = open_window(office)
    window.resize(*size)
    view = shown(qtbot, window)
    assert view.card.minimumHeight() == 0
    view._turn_to_unit(
        next(n for n in range(view.units.rowCount()) if view.units.row(n).unit.id == unit.id)
    )
    settled(qtbot, window)
    view.tables[0].selectRow(0)
    qtbot.wait(20)
    for part in (view.card.grant, view.card.open, view.card.reason.editor):
        assert part.isVisible()
        assert part.parentWidget().rect().contains(part.geometry())
    assert view.card.view.viewport().height() > 5 * view.fontMetrics().height()


@pytest.mark.parametrize("size", [TypeSize.STANDARD, TypeSize.HUGE])
def test_below_each_other_neither_list_nor_card_scroll_by_themselves(
    qtbot: QtBot, open_window: Open, village: Register, size: TypeSize
) -> None:
    put(village, *the_table())
    cases(village, 7)
    theme.wear(Looks(size=size))
    try:
        window = open_window(village)
        window.resize(910, 512)
        view = shown(qtbot, window)
        act(qtbot, window, view, "make")
        table, card = view.tables[0], view.card
        around = page(window, "sending").view
        around.verticalScrollBar().setValue(0)
        first = table.visualRect(view.cases.index(0, 0)).center()
        qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=first)
        # Whoever chose a case is led to what the page says of it.
        qtbot.waitUntil(lambda: around.verticalScrollBar().value() > 0)
        top = card.mapTo(around, card.rect().topLeft()).y()
        assert 0 <= top < theme.high(theme.TARGET)
        for name in range(card.tabs.count()):
            card.tabs.setCurrentIndex(name)
            qtbot.waitUntil(lambda: card.view.verticalScrollBar().maximum() == 0)
            assert table.verticalScrollBar().maximum() == 0
            qtbot.waitUntil(lambda: table.height() == table.minimumHeight())
    finally:
        theme.wear(Looks())


def test_few_facts_stand_at_the_top_of_their_card(
    qtbot: QtBot, open_window: Open, village: Register
) -> None:
    put(village, *the_table())
    cases(village, 1)
    window = open_window(village)
    view = shown(qtbot, window)
    view.tabs.setCurrentIndex(1)
    view.tables[1].selectRow(0)
    qtbot.wait(20)
    facts = [label for label in view.card._facts.findChildren(QLabel) if label.isVisible()]
    assert len(facts) >= 2
    assert max(label.height() for label in facts) < 2 * view.fontMetrics().height()


def test_fields_are_copied_for_a_while_and_the_case_is_ticked(
    qtbot: QtBot, open_window: Open, village: Register, clipboard: None
) -> None:
    put(village, *the_table())
    scene, (case,) = cases(village, 1)
    claim = make_claim(village, scene.unit_id, *last_quarter(), "陶素芬", today())
    claim_it(village, claim.id, "陶素芬", today())
    window = open_window(village)
    view = shown(qtbot, window)
    view.card.tabs.setCurrentIndex(1)
    panel = view.card.entry
    buttons = panel.buttons()
    assert len(buttons) == 28
    buttons[-1].click()
    board = QGuiApplication.clipboard()
    assert board.text() == case.agreement.content
    assert "秒后从剪贴板清除" in panel._told.text()
    panel.all.click()
    assert board.text().splitlines()[0] == "纠纷类型：邻里纠纷"
    copying.copied().pause.timeout.emit()
    assert board.text() == ""
    # What somebody copied elsewhere meanwhile is not ours to take away.
    buttons[-1].click()
    board.setText("别的内容")
    copying.copied().pause.timeout.emit()
    assert board.text() == "别的内容"
    panel.done.click()
    settled(qtbot, window)
    assert {line.entered_on for line in lines_of(village, claim.id)} == {today()}
    assert not [e for e in municipal_entry.to_enter(village, *last_quarter()) if not e.entered_on]
    panel.done.click()
    settled(qtbot, window)
    assert {line.entered_on for line in lines_of(village, claim.id)} == {None}


def test_what_is_still_to_be_typed_in_stands_in_a_list_of_its_own(
    qtbot: QtBot, open_window: Open, village: Register
) -> None:
    put(village, *the_table())
    scene, found = cases(village, 2)
    make_claim(village, scene.unit_id, *last_quarter(), "陶素芬", today())
    window = open_window(village)
    view = shown(qtbot, window)
    assert "市级系统待录入 2 件" in view.bar.totals.text()
    view.tabs.setCurrentIndex(2)
    assert view.entering.rowCount() == 2
    assert view.card.entry.isVisible()
    first = view.entering.row(0).first.dispute_id
    view.card.entry.done.click()
    settled(qtbot, window)
    (left,) = view.entering.all_shown()
    assert left.first.dispute_id in {case.dispute.id for case in found} - {first}
    view.card.entry.done.click()
    settled(qtbot, window)
    assert view.tabs.tabText(2) == "待录入 0"
    assert "都录入" in words_of(view)


def test_what_was_done_with_a_claim_is_told(
    qtbot: QtBot, open_window: Open, village: Register
) -> None:
    put(village, *the_table())
    scene, _ = cases(village, 1)
    claim = make_claim(village, scene.unit_id, *last_quarter(), "陶素芬", today())
    claim_it(village, claim.id, "陶素芬", today())
    window = open_window(village)
    view = shown(qtbot, window)
    view.bar.buttons["history"].click()
    (told,) = [box for box in window.findChildren(QMessageBox) if box.isVisible()]
    lines = told.informativeText().splitlines()
    assert len(lines) == 2
    assert "陶素芬：申报" in lines[0]
    assert "陶素芬：生成" in lines[1]
    told.close()


def test_the_form_is_exported_masked_or_openly_and_printed(
    qtbot: QtBot,
    open_window: Open,
    village: Register,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    put(village, *the_table())
    scene, _ = cases(village, 2)
    make_claim(village, scene.unit_id, *last_quarter(), "陶素芬", today())
    window = open_window(village)
    view = shown(qtbot, window)
    target = tmp_path / "claim.xlsx"
    monkeypatch.setattr(messages, "choose_target", lambda *_: target)
    act(qtbot, window, view, "out")
    view.out.export.click()
    settled(qtbot, window)
    (sheet,) = load_workbook(target).worksheets
    assert sheet["C5"].value == "秦某某、蒋某某"
    act(qtbot, window, view, "out")
    view.out.masked.setChecked(False)
    view.out.export.click()
    assert "交给谁" in view.out.receiver.finding
    view.out.receiver.editor.put_back("区司法局")
    view.out.export.click()
    settled(qtbot, window)
    assert load_workbook(target).worksheets[0]["C5"].value == "秦德珍、蒋仕文"
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "claim.pdf"))
    act(qtbot, window, view, "out")
    view.out.print_on(printer, view.out._taking)
    settled(qtbot, window)
    assert (tmp_path / "claim.pdf").stat().st_size > 1_000
    assert "共 1 页" in page(window, "sending").notice.said.text()


def test_nobody_signs_below_an_empty_table(tmp_path: Path) -> None:
    printer = list_printer()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "claim.pdf"))
    painter = QPainter(printer)
    counts = set()
    for count in range(1, 60):
        rows = [[str(number), "秦某某"] for number in range(count)]
        told = ("人民调解案件补贴申报表", ("单位", "共几件"), ("序号", "当事人"), (5.0, 60.0))
        table = PaperTable(*told, (False, False), rows, "申报人：")
        pages = list(_Sheet(printer, painter, table).pages())
        assert all(page.rows for page in pages), count
        assert sum(len(page.rows) for page in pages) == count
        assert [page.last for page in pages] == [*[False] * (len(pages) - 1), True]
        counts.add(len(pages))
    painter.end()
    assert counts >= {1, 2}


def test_the_first_page_tells_of_the_claim_and_of_the_review(
    village: Register, office: Register
) -> None:
    def told(register: Register) -> dict[DueKind, str]:
        found = agenda(register, today(), ahead_days=400).dues
        return {due.kind: due.about for due in found}

    scene, _ = cases(village, 1)
    assert DueKind.CLAIM not in told(village)
    put(village, *the_table())
    assert "以案定补" in told(village)[DueKind.CLAIM]
    claim = make_claim(village, scene.unit_id, *last_quarter(), "陶素芬", today())
    assert DueKind.CLAIM in told(village)
    claim_it(village, claim.id, "陶素芬", today())
    assert DueKind.CLAIM not in told(village)
    put(office, *the_table())
    own, _ = cases(office, 1)
    claim = make_claim(office, own.unit_id, *last_quarter(), "罗晓", today())
    claim_it(office, claim.id, "罗晓", today())
    assert "初审以案定补" in told(office)[DueKind.CLAIM_REVIEW]
    grant_rest(office, claim.id, "罗晓", today())
    assert DueKind.CLAIM_REVIEW not in told(office)


def set_up_by(office: Register, village: Register, folder: Path) -> None:
    own = village.unit
    unit = enrolling.new_unit(office, own.code, own.name, own.committee, own.kind)
    made = enrolling.make_setup_file(office, unit, folder / "s.xlsx", "罗晓", today())
    enrolling.open_setup_file(village, made.path, "陶素芬", today())


def test_a_village_whose_office_has_no_table_yet_is_not_sent_to_its_own_settings(
    qtbot: QtBot, open_window: Open, village: Register, office: Register, tmp_path: Path
) -> None:
    set_up_by(office, village, tmp_path)
    cases(village, 1)
    window = open_window(village)
    view = shown(qtbot, window)
    assert "标准由双龙司法所定" in words_of(view)
    assert "设置" not in view._told.text()
    assert not view.to_settings.isVisible()


def test_a_village_with_an_office_only_reads_the_table(
    qtbot: QtBot, open_window: Open, village: Register, office: Register, tmp_path: Path
) -> None:
    put(office, *the_table())
    set_up_by(office, village, tmp_path)
    part = page(open_window(village), "settings").part("allowance")
    assert part.rows.rowCount() == 3
    assert not part.add_button.isVisible()
    part._opened(0)
    assert part.form is None
    assert "双龙司法所" in allowance_table.why_not_change(village)


@pytest.mark.parametrize("size", [TypeSize.STANDARD, TypeSize.HUGE])
def test_the_papers_of_a_grade_keep_their_room_in_the_settings(
    qtbot: QtBot, open_window: Open, village: Register, size: TypeSize
) -> None:
    put(village, *the_table())
    theme.wear(Looks(size=size))
    try:
        window = open_window(village)
        window.resize(910, 512)
        part = page(window, "settings").part("allowance")
        qtbot.wait(20)
        assert part.table.isVisible()
        papers = part.rows.columnCount() - 1
        assert part.table.columnWidth(papers) > 8 * part.table.fontMetrics().horizontalAdvance("字")
        assert part.table.horizontalScrollBar().maximum() == 0
    finally:
        theme.wear(Looks())
