"""Finding the tables of hand-made ledgers among everything else, and accounting for every row."""

import unicodedata
from datetime import date, datetime
from typing import Any

import pytest
from builders import a_unit
from hypothesis import given, settings
from hypothesis import strategies as st
from ledger_books import HEADS, ROW, TITLE, Rows, book_of, one, read_book, read_rows, row, side

from mediation_desk.domain.codes import Outcome, PartyRole, Source
from mediation_desk.exchange.ledgers.find import find_tables
from mediation_desk.exchange.ledgers.ledger import Accounting, read_ledger
from mediation_desk.exchange.ledgers.rows import RowKind


def test_plain_ledger() -> None:
    reading = read_rows([[TITLE], HEADS, ROW])
    file = one(reading)
    dispute = file.dispute
    assert (dispute.type, dispute.source, dispute.outcome) == ("02", Source.OWN, Outcome.SETTLED)
    assert (dispute.intake_on, dispute.closed_on) == (date(2026, 10, 3), date(2026, 10, 6))
    assert side(file, PartyRole.APPLICANT) == ["秦德珍"]
    assert side(file, PartyRole.RESPONDENT) == ["蒋仕文"]
    assert file.agreement is not None
    assert file.agreement.amount_fen == 20_000
    assert [entry.name for entry in reading.mediators] == ["陶素芬"]
    assert dispute.mediator_ids == (reading.mediators[0].id,)
    assert reading.accounting == Accounting(3, 1, 0, 1, 0, 1, 0)
    assert not [p for p in reading.cases[0].problems if p.severity.value == "error"]


def test_real_dates_and_numbers() -> None:
    typed = row(
        受理日期=datetime.fromisoformat("2026-10-03 09:30"),
        结案日期=date(2026, 10, 6),
        涉及金额=200.5,
    )
    file = one(read_rows([HEADS, typed]))
    assert file.dispute.intake_on == date(2026, 10, 3)
    assert file.agreement is not None
    assert file.agreement.amount_fen == 20_050


def test_titles_units_blanks_notes_and_totals() -> None:
    rows = [
        [TITLE],
        [],
        ["填报单位：梨子园村", "", "", "", "", "", "", "", "", "", "单位：万元"],
        [],
        ["", *HEADS],
        ["", *row(涉及金额=1.2)],
        [],
        ["", *row(序号=2, 申请人="陶三妹", 涉及金额="0.05")],
        ["", 3],
        ["", 4],
        ["", "合  计", "", "", "", "", "2件", "", "", "", "", 1.25],
        ["注：以上案件均已归档。"],
        ["填表人：陶素芬", "", "审核人：罗晓", "", "", "2026年10月31日"],
    ]
    reading = read_rows(rows)
    assert not reading.questions
    amounts = [case.file.agreement.amount_fen for case in reading.cases if case.file.agreement]
    assert amounts == [1_200_000, 50_000]
    assert reading.accounting == Accounting(10, 2, 0, 1, 1, 6, 0)
    by_place = {entry.place: entry.kind for entry in reading.ignored}
    assert by_place["10月!A11"] is RowKind.TOTAL
    assert by_place["10月!A9"] is RowKind.NOTE
    assert reading.cases[1].place == "10月!A8"


@pytest.mark.parametrize(
    "first", ["计春华", "计划生育协会", "汇总商贸有限公司", "共计建材经营部", "合计劳务公司"]
)
def test_somebody_whose_name_begins_like_a_total_is_no_total(first: str) -> None:
    typed = row(申请人=first)
    heads, cells = [*HEADS[3:], *HEADS[1:3]], [*typed[3:], *typed[1:3]]
    file = one(read_rows([["台账"], heads, cells]))
    assert side(file, PartyRole.APPLICANT) == [first]


@pytest.mark.parametrize("facts", ["合计欠款3000元未还", "共计三户争水"])
def test_facts_that_begin_with_a_sum_are_no_total(facts: str) -> None:
    heads = ["纠纷简要情况", *HEADS[1:6], *HEADS[7:]]
    cells = [facts, *ROW[1:6], *ROW[7:]]
    assert one(read_rows([["台账"], heads, cells])).dispute.facts == facts


@pytest.mark.parametrize(
    "told",
    [
        *(["计", "", "", "", "", "5件"], ["汇总", "", "", "", "", "5"], ["本月共计5件"]),
        ["合计", "", "", "2人", "3人", "邻里2件", "", "成功4件", "", "", 300],
    ],
)
def test_totals_stay_totals(told: list[Any]) -> None:
    reading = read_rows([[TITLE], HEADS, ROW, told])
    assert [entry.kind for entry in reading.ignored][-1] is RowKind.TOTAL
    assert len(reading.cases) == 1


def test_a_line_right_above_the_heads_is_no_part_of_them() -> None:
    above = [
        "填报单位：梨子园村",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "填报时间：2026年10月",
        "",
        "单位：元",
    ]
    reading = read_rows([[TITLE], above, HEADS, ROW])
    assert one(reading).dispute.type == "02"
    assert reading.accounting == Accounting(4, 1, 0, 1, 0, 2, 0)


def test_heads_over_two_rows_merged_and_repeated_on_each_page() -> None:
    top = [
        "序号",
        "受理\n时间",
        "申请人",
        "",
        "",
        "被申请人",
        "",
        "纠纷类型",
        "调解结果",
        "",
        "结案日期",
        "案件来源",
        "协议形式",
    ]
    low = [
        "",
        "",
        "姓 名",
        "身份证号码",
        "联系电话",
        "姓名",
        "电话",
        "",
        "成功",
        "不成功",
        "",
        "",
        "",
    ]
    first = [
        1,
        "10月3日",
        "秦德珍",
        "",
        13900000001,
        "蒋仕文",
        "13900000002",
        "邻里",
        "√",
        "",
        "10.6",
        "排查",
        "书面",
    ]
    second = [2, "10月4日", "陶三妹", "", "", "罗大山", "", "土地", "", "√", "10.8", "排查", ""]
    rows = [[TITLE], top, low, first, top, low, second]
    merged = [("10月", area) for area in ("A2:A3", "B2:B3", "C2:E2", "F2:G2", "I2:J2", "H2:H3")]
    reading = read_book(book_of({"10月": rows}, merged), {"usual:termination": "2"})
    assert not reading.questions
    assert reading.accounting == Accounting(7, 2, 0, 4, 0, 1, 0)
    one_case, other = (case.file for case in reading.cases)
    assert one_case.dispute.outcome is Outcome.SETTLED
    assert other.dispute.outcome is Outcome.FAILED
    assert [party.phone for party in one_case.parties] == ["13900000001", "13900000002"]
    assert one_case.dispute.intake_on == date(2026, 10, 3)


def test_type_by_ticks_in_columns_of_their_own() -> None:
    top = [
        "序号",
        "当事人",
        "受理日期",
        "案件分类情况",
        "",
        "",
        "案件来源",
        "",
        "协议形式",
        "",
        "调解结果",
        "结案日期",
    ]
    low = [
        "",
        "",
        "",
        "婚姻家庭",
        "邻里",
        "山林土地",
        "主动调解",
        "依申请调解",
        "口头协议",
        "书面协议",
        "",
        "",
    ]
    cells = [1, "秦德珍诉蒋仕文", "2026-10-03", "", "√", "", 1, "", "", "√", "成功", "2026-10-06"]
    answers = {"head:案件来源依申请调解": "source=11"}
    assert [question.key for question in read_rows([top, low, cells]).questions] == [*answers]
    file = one(read_rows([top, low, cells], answers))
    assert file.dispute.type == "02"
    assert file.dispute.source is Source.OWN
    assert file.agreement is not None
    assert file.agreement.form.label == "书面协议"


def test_several_sheets_and_sheets_without_a_ledger() -> None:
    sheets = {
        "说明": [["请按月填写"], [], ["一、日期写全"]],
        "9月": [["梨子园村2026年9月台账"], HEADS, row(受理日期="9月3日", 结案日期="9.6")],
        "10月": [["梨子园村2026年10月台账"], HEADS, ROW],
        "_lists": [HEADS, ROW],
    }
    reading = read_book(book_of(sheets))
    assert [case.file.dispute.intake_on for case in reading.cases] == [
        date(2026, 9, 3),
        date(2026, 10, 3),
    ]
    assert reading.accounting.notes == 6
    assert reading.accounting.read == 10


def test_two_tables_below_each_other() -> None:
    other = ["案号", "甲方", "乙方", "案由", "受理时间", "备注"]
    rows = [
        [TITLE], HEADS, ROW, [], ["梨子园村2026年9月未结台账"], other,
        ["2026-7", "陶三妹", "罗大山", "借款", "9月8日", "等回信"],
    ]  # fmt: skip
    reading = read_rows(rows, {"usual:source": "11"})
    assert not reading.questions
    first, second = (case.file.dispute for case in reading.cases)
    assert (second.year, second.number, second.type) == (2026, 7, "04")
    assert second.remark == "等回信"
    assert second.intake_on == date(2026, 9, 8)
    assert first.number == 0


SIGNED = ["填表人：陶素芬", "", "审核人：罗晓", "", "2026年10月8日"]
LATER = row(申请人="陶三妹", 受理日期="7日", 结案日期="8日", 涉及金额=1.2)


def _below_september(*between: list[Any]) -> Rows:
    upper = row(受理日期="5日", 结案日期="6日", 涉及金额=5000)
    return [["梨子园村2026年9月台账"], HEADS, upper, *between, HEADS, LATER]


def test_a_second_table_with_the_same_heads_is_read_by_the_title_above_it() -> None:
    total = ["合计", "", "", "", "", "2件"]
    rows = [*_below_september(SIGNED, [], ["", "", "10月台账"], ["单位：万元"]), total]
    reading = read_rows(rows, title="台账")
    assert not reading.questions
    assert not reading.problems
    cases = [case.file for case in reading.cases]
    assert [file.dispute.intake_on for file in cases] == [date(2026, 9, 5), date(2026, 10, 7)]
    amounts = [file.agreement.amount_fen for file in cases if file.agreement]
    assert amounts == [500_000, 1_200_000]
    assert reading.accounting == Accounting(9, 2, 0, 2, 1, 4, 0)
    assert len({entry.place for entry in reading.ignored}) == 7


def test_a_second_table_of_another_year_or_village_is_asked_about() -> None:
    for between, asked in ((["尖山子村10月台账"], ["unit"]), (["2月台账"], ["intake_on"] * 2)):
        reading = read_rows(_below_september(between), title="台账")
        assert [case.waiting for case in reading.cases] == [False, True]
        assert len(reading.questions) == len(asked)
        assert reading.questions[0].key.startswith(asked[0])


@pytest.mark.parametrize(
    "between",
    [
        *([], [SIGNED], [["梨子园村2026年9月台账"], ["单位：元"]], [["9月台账"]]),
        [["合计", "", "", "1件", "", "", "", "", "", "", "1.2万元"], ["报送日期：2026年10月8日"]],
        [["注：以上为尖山子村10月移交的案件"]],
    ],
)
def test_heads_repeated_on_a_page_stay_one_table(between: Rows) -> None:
    reading = read_rows(_below_september(*between), title="台账")
    days = [case.file.dispute.intake_on for case in reading.cases]
    assert days == [date(2026, 9, 5), date(2026, 9, 7)]
    assert len(find_tables("台账", _below_september(*between))) == 1
    assert reading.accounting.read == 5 + len(between)


def test_two_tables_side_by_side() -> None:
    heads = ["受理日期", "申请人", "被申请人", "纠纷类型", "案件来源"]
    left = ["2026-10-01", "秦德珍", "蒋仕文", "邻里", "主动"]
    right = ["2026-10-02", "陶三妹", "罗大山", "土地", "主动"]
    reading = read_rows([[*heads, "", *heads], [*left, "", *right], left])
    assert [case.place for case in reading.cases] == ["10月!A2", "10月!A3", "10月!G2"]
    assert reading.accounting.read == 5
    assert len({case.file.dispute.id for case in reading.cases}) == 3


def test_a_head_said_again_behind_an_empty_one_does_not_make_two_cases_of_a_row() -> None:
    heads = [*HEADS]
    gap = heads.index("被申请人") - 1
    heads[gap], heads[-1] = "", "申请人"
    for cells in (row(备注=""), row(备注="秦大山")):
        reading = read_rows([heads, cells])
        assert len(reading.cases) == 1
        assert reading.accounting.read == 2


def test_totals_that_do_not_add_up_are_told() -> None:
    amounts = [100, 50.5, 20]
    rows = [row(序号=n, 申请人=f"秦德{'珍山河'[n]}", 涉及金额=fen) for n, fen in enumerate(amounts)]

    def total(words: str, cases: str, amount: object) -> list[object]:
        told = dict.fromkeys(HEADS, "") | {"序号": words, "纠纷类型": cases, "涉及金额": amount}
        return list(told.values())

    right = [HEADS, *rows[:2], total("小计", "2件", 150.5), rows[2], total("小计", "1件", 20)]
    right.append(total("合计", "3件", 170.5))
    assert not read_rows(right).problems
    wrong = read_rows([HEADS, *rows, total("合计", "4件", 170.6)])
    assert [problem.place for problem in wrong.problems] == ["10月!F5", "10月!K5"]
    assert len(wrong.cases) == 3


def test_a_table_of_figures_is_no_ledger() -> None:
    rows = [
        ["单位", "调解案件总数", "涉及当事人数", "调解成功", "邻里纠纷", "婚姻家庭纠纷"],
        ["梨子园村", 3, 7, 3, 2, 1],
    ]
    reading = read_rows(rows)
    assert not reading.cases
    assert reading.accounting == Accounting(2, 0, 0, 0, 0, 2, 0)


def test_rows_that_only_name_people_belong_to_the_case_above() -> None:
    heads = ["编号", "受理日期", "案件来源", "申请人", "被申请人", "纠纷类型"]
    rows = [
        heads,
        ["2026-1", "2026-10-01", "主动", "秦德珍", "蒋仕文", "邻里"],
        ["", "", "", "秦大山", "", ""],
        ["2026-2", "2026-10-02", "主动", "陶三妹", "罗大山", "土地"],
    ]
    asked = read_rows(rows)
    assert [question.key for question in asked.questions] == ["continued"]
    assert [case.waiting for case in asked.cases] == [True, False]
    assert asked.accounting.rejected == 1
    joined = read_rows(rows, {"continued": "yes"})
    assert side(joined.cases[0].file, PartyRole.APPLICANT) == ["秦德珍", "秦大山"]
    assert joined.accounting == Accounting(4, 2, 1, 1, 0, 0, 0)
    refused = read_rows(rows, {"continued": "no"})
    assert side(refused.cases[0].file, PartyRole.APPLICANT) == ["秦德珍"]
    assert refused.accounting.rejected == 1


def test_rows_without_people_and_facts_are_rejected_with_a_reason() -> None:
    reading = read_rows([HEADS, ROW, row(申请人="", 被申请人="", 纠纷简要情况="")])
    (rejected,) = reading.rejected
    assert rejected.place == "10月!A3"
    assert rejected.reason


def test_another_village_is_asked_and_can_be_refused() -> None:
    rows = [["双龙镇桂花村2026年10月台账"], HEADS, ROW]
    asked = read_rows(rows)
    (question,) = asked.questions
    assert "桂花村" in question.ask
    assert asked.cases[0].waiting
    refused = read_rows(rows, {question.key: "no"})
    assert not refused.cases
    assert "桂花村" in refused.rejected[0].reason
    assert one(read_rows(rows, {question.key: "yes"})).dispute.type == "02"


def test_a_column_with_units_tells_whose_row_it_is() -> None:
    rows = [[*HEADS, "村居"], [*ROW, "梨子园村"], [*row(序号=2), "桂花村"]]
    asked = read_rows(rows)
    assert [case.waiting for case in asked.cases] == [False, True]
    assert len(read_rows(rows, {"unit:桂花村": "no"}).cases) == 1
    township = a_unit(name="双龙镇", committee="双龙镇人民调解委员会")
    assert len(read_rows(rows, unit=township).questions) == 2


def test_heads_with_marks_units_and_line_breaks() -> None:
    heads = [
        *(
            "序号",
            "受理\n日期*",
            "案件来源（必填）",
            "申 请 人",
            "被申请人★",
            "纠纷　类型",
            "简要案情",
        ),
        *("调解结果：", "结案时间", "协议形式", "协议金额（万元）", "调 解 员", "备 注"),
    ]
    file = one(read_rows([heads, row(涉及金额=0.02)]))
    assert file.agreement is not None
    assert file.agreement.amount_fen == 20_000


CELLS = st.one_of(
    st.none(),
    st.sampled_from(
        ["合计", "填表人：某某", "示例", "√", "无", "邻里", "成功", "2026-10-03", *HEADS]
    ),
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=8),
    st.integers(0, 50_000),
    st.floats(0, 1e6, allow_nan=False),
)


def _plain(cells: list[Any]) -> list[Any]:
    """Cells as our readers give them: numbers are floats, nothing is empty text."""
    plain = ["" if value is None else value for value in cells]
    return [float(value) if isinstance(value, int) else value for value in plain]


def _seen(cell: Any) -> bool:
    return any(
        unicodedata.category(sign)[0] != "Z"
        for sign in str(cell).strip()
        if unicodedata.category(sign) != "Cf"
    )


@settings(max_examples=150)
@given(st.lists(st.lists(CELLS, max_size=14), max_size=12), st.integers(0, 3))
def test_no_row_is_ever_lost(rows: list[list[Any]], heads_at: int) -> None:
    rows = [_plain(cells) for cells in rows]
    rows.insert(min(heads_at, len(rows)), [str(head) for head in HEADS])
    reading = read_ledger({"表": rows}, a_unit(), None, {}, date(2026, 11, 23))
    filled = sum(any(map(_seen, cells)) for cells in rows)
    told = {entry.place for entry in (*reading.ignored, *reading.rejected)}
    told |= {case.place for case in reading.cases}
    assert len(told) == reading.accounting.read == filled
    keys = {question.key for question in reading.questions}
    for case in reading.cases:
        assert set(case.asked) <= keys
    assert all(entry.reason for entry in (*reading.ignored, *reading.rejected))


@pytest.mark.parametrize("depth", [1, 2])
def test_the_row_of_data_below_is_never_taken_for_heads(depth: int) -> None:
    heads = [HEADS] if depth == 1 else [["纠纷登记"], HEADS]
    sparse = dict.fromkeys(HEADS, "") | {"纠纷类型": "其他", "调解结果": "成功"}
    (table,) = find_tables("表", [*heads, list(sparse.values())])
    assert table.depth == 1
