"""Settings: every one is named, checked, kept with who changed it; local types; numbering."""

from collections.abc import Callable
from dataclasses import fields, replace
from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot
from ui_tools import keep_a_case, page, press, settle, write

from mediation_desk.desk import local_practice
from mediation_desk.desk.clock import today
from mediation_desk.domain.numbering import DEFAULT_PATTERN
from mediation_desk.domain.problems import DeskError
from mediation_desk.domain.setting_notes import GROUPS, NOTES, NUMBERING, settings_problems
from mediation_desk.domain.settings import Settings
from mediation_desk.domain.working_days import unknown_words
from mediation_desk.exchange.contents import Head
from mediation_desk.exchange.exact import Encoder
from mediation_desk.store.register import Register
from mediation_desk.ui.window import DeskWindow

Open = Callable[..., DeskWindow]


def test_every_setting_is_described_and_shown(open_window: Open, village: Register) -> None:
    names = [entry.name for entry in fields(Settings)]
    assert set(names) == set(NOTES)
    limits = page(open_window(village), "settings").part("limits")
    assert {name for name in names if NOTES[name].group in GROUPS} == set(limits.boxes)
    assert [name for name in names if NOTES[name].group == NUMBERING] == ["numbering_pattern"]
    for name, box in limits.boxes.items():
        assert box.value() == getattr(Settings(), name), name
    assert not settings_problems(Settings())


def test_only_looking_at_settings_leaves_nothing_unsaved(
    qtbot: QtBot, open_window: Open, village: Register
) -> None:
    window = open_window(village)
    settings = page(window, "settings")
    for number in range(settings.tabs.count()):
        settings.tabs.setCurrentIndex(number)
        settle(qtbot, window)
        assert not settings.unsaved, settings.tabs.tabText(number)


def test_a_limit_is_changed_by_keyboard_and_told(
    qtbot: QtBot, open_window: Open, village: Register
) -> None:
    window = open_window(village)
    limits = page(window, "settings").part("limits")
    box = limits.boxes["mediation_days"]
    box.editor.inner.selectAll()
    write(box.editor.inner, "45")
    assert limits.unsaved
    press(qtbot, window, Qt.Key.Key_S)
    qtbot.waitUntil(lambda: village.settings.mediation_days == 45)
    assert not limits.unsaved
    (entry,) = local_practice.settings_log(village)
    assert (entry.actor, entry.before, entry.after) == (village.person, "30天", "45天")
    assert "调解期限 30天 → 45天" in limits._log.text()


@pytest.mark.parametrize(
    ("name", "typed", "said"),
    [("report_due_day", "31", "1到28"), ("visit_days", "0", "1到365"), ("visit_days", "x", "整数")],
)
def test_what_makes_no_sense_is_said_beside_it(
    open_window: Open, village: Register, name: str, typed: str, said: str
) -> None:
    limits = page(open_window(village), "settings").part("limits")
    box = limits.boxes[name]
    box.editor.inner.clear()
    write(box.editor.inner, typed)
    limits.save()
    assert said in box.finding
    assert village.settings == Settings()
    assert not local_practice.settings_log(village)
    limits.touched = False


def test_what_is_set_counts_on_every_page_at_once(
    qtbot: QtBot, open_window: Open, village: Register
) -> None:
    keep_a_case(village, days_ago=3)
    window = open_window(village)

    def state() -> str:
        rows = page(window, "disputes").browse.rows
        return " ".join(str(rows.index(0, number).data()) for number in range(rows.columnCount()))

    before = state()
    limits = page(window, "settings").part("limits")
    limits.boxes["mediation_days"].show_value(1)
    limits.save()
    assert state() != before
    page(window, "disputes").register()
    form = page(window, "disputes").form
    page(window, "settings").part("limits").save()
    limits.boxes["mediation_days"].show_value(40)
    limits.save()
    # What is being written stays open.
    assert page(window, "disputes").form is form
    form.touched = False


def test_days_may_be_working_days_and_a_notice_is_typed(
    open_window: Open, village: Register
) -> None:
    limits = page(open_window(village), "settings").part("limits")
    limits.boxes["visit_working"].editor.box.click()
    limits.boxes["rest_day"].editor.show_value("after")
    paper = limits.boxes["holidays"].editor
    paper.typed.setPlainText("2027年春节放假")
    limits.save()
    assert "看不懂这一段：“2027年春节放假”" in limits.boxes["holidays"].finding
    assert village.settings == Settings()
    paper.typed.setPlainText("2099年2月5日至11日放假")
    limits.save()
    assert village.settings == replace(
        Settings(), visit_working=True, rest_day="after", holidays="2099年2月5日至11日放假"
    )
    told = [local_practice.label_of_setting(entry.setting)
            for entry in local_practice.settings_log(village)]  # fmt: skip
    assert "回访时间（只数工作日）" in told
    calendar = village.limits.calendar
    assert not calendar.is_worked(date(2099, 2, 6))
    # What nobody has arranged yet is said where it can be typed.
    unknown = calendar.unknown(today(), today() + timedelta(days=60))
    assert limits.unknown.text().removesuffix("。") == unknown_words(unknown)
    assert limits.unknown.isVisibleTo(limits) == bool(unknown)


def test_the_defaults_come_back(open_window: Open, village: Register) -> None:
    local_practice.keep_settings(village, replace(Settings(), visit_days=9, count_oral=False), "甲")
    limits = page(open_window(village), "settings").part("limits")
    assert limits.boxes["visit_days"].value() == 9
    limits.usual_button.click()
    limits.save_button.click()
    assert village.settings == Settings()
    assert len(local_practice.settings_log(village)) == 4


def test_unsaved_settings_are_asked_about(
    qtbot: QtBot, open_window: Open, village: Register
) -> None:
    window = open_window(village)
    limits = page(window, "settings").part("limits")
    write(limits.boxes["visit_days"].editor.inner, "1")
    window.close()
    (asked,) = [one for one in window.findChildren(QMessageBox) if one.isVisible()]
    asked.close()
    assert village.settings == Settings()
    limits.touched = False


def test_the_number_is_shown_before_it_counts(open_window: Open, village: Register) -> None:
    keep_a_case(village)
    numbering = page(open_window(village), "settings").part("numbering")
    assert numbering.sample.text().endswith("梨民调字第002号")
    numbering.pattern.editor.inner.clear()
    write(numbering.pattern.editor.inner, "〔简称〕〔年份〕-〔四位序号〕")
    assert numbering.sample.text().endswith("-0002")
    numbering.save()
    assert village.settings.numbering_pattern == "{word}{year}-{number:04d}"
    assert local_practice.settings_log(village)[0].after == "〔简称〕〔年份〕-〔四位序号〕"


@pytest.mark.parametrize(
    "typed",
    [
        "〔年份〕{word.__class__}〔序号〕",
        "〔年份〕〔序号〕号}",
        "〔年份〕〔简称〕",
        "第〔序号〕号",
        "",
    ],
)
def test_a_pattern_that_workbooks_refuse_is_refused(
    open_window: Open, village: Register, typed: str
) -> None:
    numbering = page(open_window(village), "settings").part("numbering")
    numbering.pattern.editor.inner.clear()
    write(numbering.pattern.editor.inner, typed)
    numbering.save()
    assert numbering.pattern.finding
    assert village.settings.numbering_pattern == DEFAULT_PATTERN
    numbering.touched = False


def test_what_settings_accept_workbooks_accept(village: Register) -> None:
    # The one place that writes patterns into files takes what the settings take, no less no more.
    for pattern in ("{year}{word}{number}", "({year}){word}字第{number:03d}号", "{year!r}{number}"):
        refused = bool(settings_problems(replace(Settings(), numbering_pattern=pattern)))
        head = Head("1", 1, "", village.unit, None, None, "甲", "", pattern)  # type: ignore[arg-type]
        if refused:
            with pytest.raises(DeskError):
                Encoder(head, None)  # type: ignore[arg-type]
        else:
            Encoder(head, None)  # type: ignore[arg-type]


def test_a_local_type_is_added_used_and_retired(
    qtbot: QtBot, open_window: Open, village: Register
) -> None:
    window = open_window(village)
    types = page(window, "settings").part("types")
    qtbot.mouseClick(types.add_button, Qt.MouseButton.LeftButton)
    form = types.form.form
    write(form.boxes["label"].editor.inner, "土地承包经营权纠纷")
    qtbot.mouseClick(types.form.save_button, Qt.MouseButton.LeftButton)
    assert form.boxes["rolls_up_to"].finding
    form.boxes["rolls_up_to"].show_value("07")
    qtbot.mouseClick(types.form.save_button, Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    (kept,) = local_practice.local_types(village)
    assert kept.code == "B200-1"
    assert village.types.official(kept.code) == "07"
    types.table.opened.emit(0)
    types.form.strike_button.click()
    assert types.form.why.finding
    write(types.form.why.editor.inner, "不再使用")
    types.form.strike_button.click()
    settle(qtbot, window)
    assert not local_practice.local_types(village)
    assert kept.code not in village.types.codes()
    assert village.types.label(kept.code) == "土地承包经营权纠纷"


def test_a_taken_code_is_refused(village: Register, today) -> None:
    blank = local_practice.blank_type(village)
    wrong = replace(blank, label="山林", rolls_up_to="07", code="07")
    assert [one.rule for one in local_practice.type_findings(village, wrong, today)] == ["T2"]
    with pytest.raises(DeskError):
        local_practice.keep_type(village, wrong, actor="甲", today=today)


def test_a_backup_is_made(qtbot: QtBot, open_window: Open, village: Register) -> None:
    window = open_window(village)
    backup = page(window, "settings").part("backup")
    assert "还没有" in backup.last.text()
    qtbot.mouseClick(backup.button, Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    assert "今天" in backup.last.text()
    assert village.last_backup() is not None
    assert backup.notice.isVisible()
