"""Who has reported which month, late or not at all, and who has to be reminded of what."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from builders import TODAY
from openpyxl import Workbook

from mediation_desk.desk.coverage import Cell, CoverageRow, Covered, coverage
from mediation_desk.desk.duplicates import not_same, open_pairs
from mediation_desk.desk.giving_back import blank_return, give_back
from mediation_desk.desk.ledger_look import Told
from mediation_desk.desk.receiving import receive_all
from mediation_desk.desk.reminding import reminder_list, reminder_paper, reminder_text
from mediation_desk.desk.setting_up import create, found_village
from mediation_desk.desk.taking_back import undo
from mediation_desk.domain.casefile import CaseFile
from mediation_desk.domain.cases import Dispute
from mediation_desk.domain.codes import UnitKind
from mediation_desk.domain.organisation import Unit
from mediation_desk.domain.periods import month
from mediation_desk.domain.reporting import Package
from mediation_desk.domain.settings import Settings
from mediation_desk.store.register import Register

CLERK = "罗晓"
JULY, AUGUST, SEPTEMBER, OCTOBER = (date(2026, number, 1) for number in (7, 8, 9, 10))
MONTHS = [month(2026, number) for number in (7, 8, 9, 10)]
Keep = Callable[..., CaseFile]
Send = Callable[..., Path]


def take(office: Register, path: Path, on: date = TODAY, told: Told | None = None) -> int:
    (got,) = receive_all(office, [path], CLERK, on, told=told)
    assert got.act, got.words
    return got.act


def row_of(office: Register, today: date = TODAY) -> CoverageRow:
    (row,) = coverage(office, MONTHS, today)
    return row


def cell_of(office: Register, number: int, today: date = TODAY) -> Cell:
    return row_of(office, today).cells[number - MONTHS[0].first.month]


@pytest.fixture(autouse=True)
def unwarned(village: Register) -> None:
    """Warnings bear the day on which they were raised, and here files come before it."""
    village.keep_settings(Settings(warning_rules="J2:- J4:-"))


@pytest.fixture
def stone(tmp_path: Path) -> Iterator[Unit]:
    """A village next door that the office knows and that has no program."""
    founding = found_village(
        "丰都县", "双龙镇", "石板村", UnitKind.VILLAGE, "500230124201", "何建国"
    )
    with create(tmp_path / "stone", founding, "石板-2026") as register:
        unit = register.committee
        assert unit is not None
        yield unit


def test_in_time_nil_missing_and_not_yet_due(office: Register, record: Keep, sent: Send) -> None:
    record(date(2026, 8, 10))
    take(office, sent(JULY), date(2026, 8, 5))
    take(office, sent(AUGUST), date(2026, 9, 5))
    row = row_of(office)
    assert row.unit.name == "梨子园村"
    assert [cell.words for cell in row.cells] == ["零报告", "已收", "未报", "未到期"]
    assert [cell.received for cell in row.cells] == [True, True, False, False]
    assert "2026-09-05收到“2026-08.xlsx”" in row.cells[1].note
    assert "应在2026-10-05前报" in row.cells[2].note


def test_the_month_falls_due_at_the_end_of_its_day(
    office: Register, record: Keep, sent: Send
) -> None:
    take(office, sent(JULY), date(2026, 8, 5))
    assert cell_of(office, 9, date(2026, 10, 5)).state is Covered.NOT_DUE
    assert cell_of(office, 9, date(2026, 10, 6)).state is Covered.MISSING


def test_what_came_after_its_day_is_late_by_so_many_days(
    office: Register, record: Keep, sent: Send
) -> None:
    record(date(2026, 8, 10))
    path = sent(AUGUST)
    take(office, path, date(2026, 9, 17))
    cell = cell_of(office, 8)
    assert (cell.state, cell.words, cell.received) == (Covered.LATE, "迟报12天", True)
    assert "迟报12天" in cell.note
    office.keep_settings(replace(office.settings, report_due_day=20))
    assert cell_of(office, 8).state is Covered.RECEIVED


def test_a_correction_that_comes_later_does_not_make_the_month_late(
    office: Register, record: Keep, sent: Send
) -> None:
    record(date(2026, 8, 10))
    take(office, sent(AUGUST), date(2026, 9, 4))
    record(date(2026, 5, 12))
    take(office, sent(AUGUST, "again.xlsx"), date(2026, 9, 25))
    cell = cell_of(office, 8)
    assert cell.state is Covered.RECEIVED
    assert "2026-09-04收到“2026-08.xlsx”" in cell.note
    assert "最近一次：2026-09-25收到“again.xlsx”" in cell.note


def test_a_nil_report_that_came_late_is_both(office: Register, sent: Send) -> None:
    take(office, sent(JULY), date(2026, 8, 7))
    cell = cell_of(office, 7)
    assert cell.words == "迟报2天"
    assert "零报告" in cell.note


def test_open_questions_show_until_they_are_answered(
    office: Register, record: Keep, sent: Send
) -> None:
    record(date(2026, 8, 10))
    record(date(2026, 8, 11))
    take(office, sent(AUGUST), date(2026, 9, 4))
    cell = cell_of(office, 8)
    assert (cell.state, cell.words) == (Covered.QUESTIONS, "待核对1")
    (pair,) = open_pairs(office)
    not_same(office, pair.first.dispute.id, pair.second.dispute.id, CLERK, TODAY)
    assert cell_of(office, 8).state is Covered.RECEIVED


def test_a_file_with_problems_is_shown_before_all_else(
    office: Register, record: Keep, sent: Send
) -> None:
    record(date(2026, 8, 10))
    take(office, sent(AUGUST), date(2026, 9, 30))
    (package,) = office.all("package")
    assert isinstance(package, Package)
    with office.change(CLERK, "记下问题") as change:
        change.keep(replace(package, findings="[W6] 第1条没有接收。\n[W6] 第2条没有接收。"))
    cell = cell_of(office, 8)
    assert (cell.state, cell.words) == (Covered.PROBLEMS, "有问题")
    assert "迟报25天" in cell.note
    assert "有2处问题" in cell.note
    (reminder,) = reminder_list(office, TODAY)
    assert any("2026年8月的报表有问题" in point for point in reminder.points)


def test_a_hand_made_ledger_counts_as_received(
    office: Register, stone: Unit, tmp_path: Path
) -> None:
    with office.change(CLERK, "单位") as change:
        change.adopt([stone])
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    rows = [
        ["石板村2026年9月人民调解台账"],
        [
            "序号",
            "受理日期",
            "申请人",
            "被申请人",
            "纠纷类型",
            "纠纷简要情况",
            "调解结果",
            "协议形式",
        ],
        [1, "2026年9月8日", "周明", "何强", "邻里纠纷", "争路", "调解成功", "口头"],
    ]
    for cells in rows:
        sheet.append(cells)
    path = tmp_path / "石板村9月.xlsx"
    book.save(path)
    told = Told(unit_id=stone.id)
    take(office, path, date(2026, 10, 4), told)
    cell = cell_of(office, 9)
    assert cell.received
    assert "2026-10-04收到手工台账“石板村9月.xlsx”" in cell.note
    assert cell_of(office, 8).state is Covered.MISSING


def test_what_is_undone_was_not_received(office: Register, record: Keep, sent: Send) -> None:
    record(date(2026, 8, 10))
    first = take(office, sent(JULY), date(2026, 8, 4))
    act = take(office, sent(AUGUST), date(2026, 9, 4))
    undo(office, act, CLERK)
    assert cell_of(office, 8).state is Covered.MISSING
    undo(office, first, CLERK)
    assert coverage(office, MONTHS, TODAY) == ()


def test_the_sequence_tells_which_month_is_missing(
    office: Register, record: Keep, sent: Send
) -> None:
    record(date(2026, 7, 10))
    take(office, sent(JULY), date(2026, 8, 4))
    lost = sent(AUGUST)
    record(date(2026, 9, 10))
    take(office, sent(SEPTEMBER), date(2026, 10, 4))
    row = row_of(office)
    assert len(row.missing) == 1
    assert "累计第2份" in row.missing[0]
    assert "可能是2026年8月的" in row.missing[0]
    take(office, lost, TODAY)
    assert row_of(office).missing == ()


# Who is reminded of what.


def test_nobody_who_owes_nothing_is_reminded(office: Register, sent: Send) -> None:
    assert reminder_list(office, TODAY) == []
    assert reminder_text(office, TODAY) == ""
    for day in (JULY, AUGUST, SEPTEMBER):
        take(office, sent(day), day.replace(month=day.month + 1, day=2))
    assert reminder_list(office, TODAY) == []
    assert reminder_list(office, date(2026, 11, 5)) == []
    (reminder,) = reminder_list(office, date(2026, 11, 6))
    assert reminder.months == (month(2026, 10),)


def test_the_list_says_what_each_unit_owes_without_any_person(
    office: Register, stone: Unit, record: Keep, sent: Send
) -> None:
    case = record(date(2026, 7, 10))
    take(office, sent(JULY), date(2026, 8, 4))
    with office.change(CLERK, "单位") as change:
        change.adopt([stone])
    dispute = office.get("dispute", case.dispute.id)
    assert isinstance(dispute, Dispute)
    words = "请补蒋仕文的住址。"
    give_back(office, replace(blank_return(dispute, CLERK, TODAY), words=words), CLERK, TODAY)
    first, second = reminder_list(office, TODAY)
    assert first.months == (month(2026, 8), month(2026, 9))
    assert "没有报2026年8月、2026年9月的报表（最迟应在2026-09-05前报）" in first.points[0]
    assert "有1件退回补正还没有改好：(2026)" in first.points[1]
    assert second.unit.name == "石板村"
    assert len(second.months) == 3
    table = reminder_paper(office, TODAY, CLERK)
    assert [row[1] for row in table.rows] == ["梨子园村", "石板村"]
    assert len(table.heads) == len(table.widths) == len(table.right) == len(table.rows[0])
    text = reminder_text(office, TODAY)
    assert text.count("没有报") == 2
    assert "1. 没有报" in text
    only = reminder_text(office, TODAY, stone.id)
    assert "石板村" in only
    assert "梨子园村" not in only
    told = text + "".join("".join(row) for row in table.rows)
    people = [party.name for party in case.parties] + ["住址", "秦某", "蒋某"]
    assert not [name for name in people if name in told]


def test_no_more_than_a_year_is_asked_for(office: Register, sent: Send) -> None:
    take(office, sent(date(2024, 3, 1)), date(2024, 4, 2))
    (reminder,) = reminder_list(office, TODAY)
    assert len(reminder.months) == 12
    assert reminder.months[0] == month(2025, 10)
    assert reminder_list(office, TODAY + timedelta(days=20))[0].months[0] == month(2025, 11)
