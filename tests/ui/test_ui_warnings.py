"""Early warning in the window, by keyboard: verified, reported, dealt with, looked through."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from builders import a_session, a_unit, an_open_case, moved
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFrame, QLabel
from pytestqt.qtbot import QtBot
from ui_tools import keep_a_case, page, press, settle, write

from mediation_desk.desk.clock import today
from mediation_desk.desk.raising import raise_signs
from mediation_desk.desk.recording import keep_case
from mediation_desk.domain.casefile import CaseFile
from mediation_desk.domain.codes import RiskLevel
from mediation_desk.domain.masks import masked
from mediation_desk.domain.risk_levels import level_words
from mediation_desk.domain.settings import Settings
from mediation_desk.domain.warning_codes import NoticeState, ReportBody, WarningRule
from mediation_desk.store.register import Register
from mediation_desk.ui import messages
from mediation_desk.ui.pages.case_parts import StepButton
from mediation_desk.ui.pages.works_views import GoButton
from mediation_desk.ui.window import DeskWindow

Open = Callable[..., DeskWindow]
NO_SEASON = Settings(season_months="")


def alarming(register: Register, **changes: Any) -> CaseFile:
    """An open case in whose record somebody threatens."""
    register.keep_settings(NO_SEASON)
    unit = register.committee
    assert unit is not None
    case = moved(an_open_case(unit_id=unit.id, **changes), today() - timedelta(days=3))
    said = a_session(
        case.dispute.id, held_on=today(), result=None, narrative="蒋仕文扬言要报复秦德珍。"
    )
    case = replace(case, sessions=(said,))
    return keep_case(register, None, case, register.person, "登记", today())


def home_of(qtbot: QtBot, window: DeskWindow, count: int = 1) -> Any:
    home = page(window, "home")
    qtbot.waitUntil(lambda: home.warnings.list.lines.rowCount() == count)
    return home


def saved(qtbot: QtBot, window: DeskWindow) -> None:
    press(qtbot, window, Qt.Key.Key_S)
    settle(qtbot, window)


def disputes_of(window: DeskWindow) -> Any:
    return window.centralWidget().currentWidget()._pages["disputes"]


def test_from_the_first_page_to_the_report_by_keyboard(
    qtbot: QtBot, open_window: Open, village: Register
) -> None:
    case = alarming(village)
    window = open_window(village)
    home = home_of(qtbot, window)
    (line,) = home.warnings.list.lines.all_shown()
    assert (line.said, line.act) == ("激化言语", "去核实")
    assert "报复、扬言" in line.detail
    home.warnings.list.setFocus()
    qtbot.keyClick(home.warnings.list, Qt.Key.Key_Return)
    disputes = disputes_of(window)
    form = disputes.form
    assert form.place == "warning:J5"
    level = form.form.boxes["level"]
    assert level.value() is RiskLevel.ORANGE
    assert form.owner.value() == "村（社区）书记、驻村干部"
    assert form._report.isHidden()
    level.editor.setFocus()
    qtbot.keyClick(level.editor.inner, Qt.Key.Key_Down)
    assert level.value() is RiskLevel.RED
    level.changed.emit()
    assert not form._report.isHidden()
    assert form.owner.value() == "镇分管领导、司法所"
    write(form.form.boxes["decision"].editor.inner, "打电话问过，属实")
    saved(qtbot, window)
    # What is reported at once is asked for at once.
    qtbot.waitUntil(lambda: disputes.form is not None and disputes.form.place == "report")
    report = disputes.form.report
    assert report.boxes["body_kind"].value() is ReportBody.POLICE
    assert "涉及2人" in report.boxes["content"].value()
    write(report.boxes["body"].editor.inner, "双龙派出所")
    saved(qtbot, window)
    qtbot.waitUntil(lambda: disputes.form is None)
    kept = village.case(case.dispute.id)
    assert kept is not None
    assert kept.warnings[0].state is NoticeState.CONFIRMED
    (risk,) = kept.risks
    assert risk.due_by
    assert "打电话问过" in risk.reasons
    assert [(one.body, one.reporter) for one in kept.reports] == [("双龙派出所", village.person)]
    home_of(qtbot, window)
    home = page(window, "home")
    qtbot.waitUntil(
        lambda: [one.said for one in home.warnings.list.lines.all_shown()] == ["没报司法所"]
    )


def test_that_a_warning_is_no_more_is_said_once(open_window: Open, village: Register) -> None:
    keep_a_case(village, days_ago=3)
    disputes = page(open_window(village), "disputes")
    for step in ("warning", "disposal", "instruction"):
        disputes.step(step)
        form = disputes.form
        told = [label.text() for label in form.findChildren(QLabel) if label.isVisible()]
        assert sum("依据已经没有了" in text for text in told) == 1, step
        assert not form.save_button.isEnabled()
        disputes.close_form()


def test_unfounded_wants_a_reason_and_is_then_quiet(
    qtbot: QtBot, open_window: Open, village: Register
) -> None:
    case = alarming(village)
    window = open_window(village)
    home = home_of(qtbot, window)
    disputes = page(window, "disputes")
    disputes.browse.show_case(case.dispute.id)
    disputes.step("warning:J5")
    form = disputes.form
    form.form.boxes["state"].show_value(NoticeState.REJECTED)
    form._arrange()
    assert form.form.boxes["level"].isHidden()
    assert form.owner.isHidden()
    form.save()
    assert "为什么不成立" in form.form.boxes["decision"].finding
    assert village.all("warning") == []
    write(form.form.boxes["decision"].editor.inner, "是玩笑话")
    form.save()
    qtbot.waitUntil(lambda: disputes.form is None)
    (notice,) = village.all("warning")
    assert notice.state is NoticeState.REJECTED  # type: ignore[attr-defined]
    assert village.all("risk") == []
    page(window, "home")
    qtbot.waitUntil(lambda: home.warnings.list.lines.rowCount() == 0)


def test_the_card_says_why_and_what_must_be_reported(
    qtbot: QtBot, open_window: Open, village: Register
) -> None:
    case = alarming(village)
    window = open_window(village)
    disputes = page(window, "disputes")
    disputes.browse.show_case(case.dispute.id)
    card = disputes.browse.card

    def told() -> str:
        view = card._body.currentWidget()
        return "\n".join(label.text() for label in view.findChildren(QLabel))

    assert "预警 · 激化言语" in told()
    (verify,) = [one for one in card._body.currentWidget().findChildren(StepButton)
                 if one.step == "warning:J5"]  # fmt: skip
    verify.click()
    form = disputes.form
    form.form.boxes["level"].show_value(RiskLevel.RED)
    form.save()
    qtbot.waitUntil(lambda: disputes.form is not None and disputes.form.place == "report")
    disputes.form.leave()
    qtbot.waitUntil(lambda: disputes.form is None)
    assert "红色，还没有记录上报" in told()
    card.tabs.setCurrentIndex(4)
    assert "属实" in told()
    disputes.step("disposal:J5")
    form = disputes.form
    write(form.form.boxes["disposal"].editor.inner, "上门劝导，已平息")
    form.level.show_value(RiskLevel.BLUE)
    form.save()
    qtbot.waitUntil(lambda: disputes.form is None)
    kept = village.case(case.dispute.id)
    assert kept is not None
    assert [one.level for one in kept.risks] == [RiskLevel.RED, RiskLevel.BLUE]
    assert kept.warnings[0].state is NoticeState.DISPOSED
    card.tabs.setCurrentIndex(0)
    assert "还没有记录上报" not in told()


def _button(qtbot: QtBot, view: Any, words: str) -> GoButton:
    """The one button of the card with these words, once it is shown."""

    def shown() -> list[GoButton]:
        every = view.card.findChildren(GoButton)
        return [one for one in every if one.isVisible() and words in one.text()]

    qtbot.waitUntil(lambda: len(shown()) == 1)
    return shown()[0]


def warnings_of(qtbot: QtBot, window: DeskWindow) -> Any:
    works = page(window, "works")
    works.browse.turn_to_warnings()
    settle(qtbot, window)
    return works.browse.warnings


def test_the_register_is_looked_through_and_leads_on(
    qtbot: QtBot, open_window: Open, village: Register
) -> None:
    first = alarming(village)
    alarming(village, people=9)
    window = open_window(village)
    view = warnings_of(qtbot, window)
    assert view.told.text() == "待核实 3"
    assert len(view.rows.all_shown()) == 3
    view.rule.show_value(WarningRule.GROUP)
    view._narrow()
    (row,) = view.rows.all_shown()
    assert row.rule is WarningRule.GROUP
    view.level.show_value(RiskLevel.RED)
    view._narrow()
    assert not view.rows.all_shown()
    assert "没有符合条件" in view._empty.text()
    view.level.show_value(None)
    view.rule.show_value(WarningRule.WORDS)
    view._narrow()
    place = next(
        n for n, one in enumerate(view.rows.all_shown()) if one.line.dispute.id == first.dispute.id
    )
    view.table.setFocus()
    view.table.selectRow(place)
    verify = _button(qtbot, view, "核实")
    verify.setFocus()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
    disputes = disputes_of(window)
    assert disputes.form.place == "warning:J5"
    assert disputes.form.before.dispute.id == first.dispute.id
    disputes.form.leave()


def test_going_from_tab_to_tab_shows_one_thing_at_a_time(
    qtbot: QtBot, open_window: Open, village: Register
) -> None:
    alarming(village)
    window = open_window(village)
    view = warnings_of(qtbot, window)
    browse = page(window, "works").browse
    assert view.isVisible()
    assert not browse.list.isVisible()
    assert not browse.bar.new.isVisible()
    qtbot.keyClick(browse.bar.tabs, Qt.Key.Key_Left)
    assert not view.isVisible()
    assert browse.list.isVisible()
    assert browse.bar.search.isVisible()
    assert browse.ledger.kind == "consultation"


def test_the_register_leaves_masked_unless_somebody_is_named(
    qtbot: QtBot,
    open_window: Open,
    village: Register,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    alarming(village)
    window = open_window(village)
    view = warnings_of(qtbot, window)
    target = tmp_path / "台账.xlsx"
    monkeypatch.setattr(messages, "choose_target", lambda *_: target)
    view.out_button.click()
    view.out.export.click()
    settle(qtbot, window)
    said = _cells(target)
    assert "秦某某 — 蒋某某" in said
    assert "秦德珍" not in said
    assert "报复、扬言" in said
    assert village.all("report") == []
    view.out_button.click()
    view.out.masked.setChecked(False)
    view.out.export.click()
    assert "交给谁" in view.out.receiver.finding
    write(view.out.receiver.editor.inner, "双龙司法所")
    view.out.export.click()
    settle(qtbot, window)
    assert "秦德珍 — 蒋仕文" in _cells(target)
    (noted,) = village.all("report")
    assert "双龙司法所" in noted.calibre  # type: ignore[attr-defined]


def _cells(path: Path) -> str:
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    said = "\n".join(
        str(cell) for line in sheet.iter_rows(values_only=True) for cell in line if cell
    )
    book.close()
    return said


# The office


def test_the_office_says_what_it_wants_done(
    qtbot: QtBot, open_window: Open, office: Register
) -> None:
    office.keep_settings(NO_SEASON)
    unit = a_unit(revision=1)
    case = moved(an_open_case(people=12, unit_id=unit.id), today() - timedelta(days=3))
    with office.change("罗晓", "接收", "import") as change:
        change.adopt([unit])
        change.adopt(masked(replace(entry, revision=1)) for entry in case.records())
    window = open_window(office)
    home = home_of(qtbot, window)
    (line,) = home.warnings.list.lines.all_shown()
    assert "梨子园村" in line.detail
    view = warnings_of(qtbot, window)
    _button(qtbot, view, "意见").click()
    disputes = disputes_of(window)
    form = disputes.form
    write(form.form.boxes["instruction"].editor.inner, "今天上门，明天报结果")
    form.save()
    qtbot.waitUntil(lambda: disputes.form is None)
    (notice,) = office.all("warning")
    assert (notice.instruction, notice.desk_id) == ("今天上门，明天报结果", office.unit.id)  # type: ignore[attr-defined]
    card = disputes.browse.card
    notes = [frame for frame in card.findChildren(QFrame) if frame.property("look") == "warn"]
    assert any(
        "司法所意见" in label.text() for note in notes for label in note.findChildren(QLabel)
    )


# Settings


def test_levels_words_rules_and_season_are_changed_and_told(
    qtbot: QtBot, open_window: Open, village: Register
) -> None:
    window = open_window(village)
    part = page(window, "settings").part("warnings")
    assert not part.unsaved
    red = part.levels[3]
    write(red.name.typed, "一级")
    red.hours.typed.clear()
    write(red.hours.typed, "1")
    part.levels[2].used.setChecked(False)
    part.rules[WarningRule.SEASON].editor.show_value(None)
    part.words.show_value("拼命、 闹大，挖断")
    part.months.boxes["11"].setChecked(True)
    part.types.boxes["03"].setChecked(True)
    assert part.unsaved
    press(qtbot, window, Qt.Key.Key_S)
    qtbot.waitUntil(lambda: not part.unsaved)
    kept = village.settings
    assert level_words(RiskLevel.RED, kept) == "红色（一级）"
    assert kept.warning_words == "拼命 闹大 挖断"
    assert kept.season_months == "3 4 5 9 10 11"
    assert kept.season_types == "03 07 08"
    assert kept.warning_rules == "J9:-"
    assert not part.unsaved
    limits = page(window, "settings").part("limits")
    assert "风险等级" in limits._log.text()
    assert "红色（一级）（镇分管领导、司法所 1小时 立即报告）" in limits._log.text()
    part = page(window, "settings").part("warnings")
    part.usual_button.click()
    part.save_button.click()
    assert village.settings == Settings()


def test_levels_that_make_no_sense_are_told(
    qtbot: QtBot, open_window: Open, village: Register
) -> None:
    part = page(open_window(village), "settings").part("warnings")
    write(part.levels[0].hours.typed, "x")
    part.save()
    assert "整数" in part._wrong_level.text()
    part._show(village.settings)
    for row in part.levels:
        row.used.setChecked(False)
    part.save()
    assert "至少" in part._wrong_level.text()
    assert village.settings == Settings()
    part.words.show_value("啊" * 30)
    part.levels[0].used.setChecked(True)
    part.save()
    assert "太长" in part.words.finding
    part.touched = False


def test_a_level_is_called_as_the_place_calls_it(
    qtbot: QtBot, open_window: Open, village: Register
) -> None:
    case = alarming(village)
    raise_signs(village, village.person, today())
    village.keep_settings(replace(NO_SEASON, risk_levels='[{"level": "1", "colour": "绿色"}]'))
    window = open_window(village)
    disputes = page(window, "disputes")
    disputes.browse.show_case(case.dispute.id)
    disputes.step("risk")
    box = disputes.form.risk.boxes["level"].editor.box
    assert [box.itemText(n) for n in range(box.count())] == ["绿色", "黄色", "橙色", "红色"]
    disputes.form.leave()
