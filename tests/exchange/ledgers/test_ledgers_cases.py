"""What the rows of hand-made ledgers say: values, sides, what is asked, what is remembered."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from builders import a_unit, an_identity_number
from ledger_books import HEADS, ROW, TITLE, one, read_rows, row, side

from mediation_desk.domain.codes import (
    CaseStatus,
    Outcome,
    PartyRole,
    Performance,
    Sex,
    Source,
    TerminationReason,
)
from mediation_desk.domain.dispute_types import TypeTable
from mediation_desk.domain.organisation import LocalType, Mediator
from mediation_desk.domain.record import new_id
from mediation_desk.exchange.ledgers.asking import LEAVE_EMPTY

APPLICANT, RESPONDENT = PartyRole.APPLICANT, PartyRole.RESPONDENT
WOMAN = an_identity_number(date(1968, 3, 14), Sex.FEMALE)
MAN = an_identity_number(date(1971, 11, 2), Sex.MALE)


def keys(reading: Any) -> list[str]:
    return [question.key.split(":")[0] for question in reading.questions]


def test_several_people_with_their_particulars() -> None:
    heads = [*HEADS, "申请人身份证号", "申请人联系电话", "申请人住址", "被申请人电话", "申请人年龄"]
    typed = [
        *row(申请人="秦德珍、秦大山（男）", 被申请人="蒋仕文等3人"),
        *(f"{WOMAN}\n{MAN}", "13900000001、13900000002", "梨子园村3组", "13900000003.0", "58、55"),
    ]
    reading = read_rows([heads, typed])
    file = one(reading)
    first, second = (party for party in file.parties if party.role is APPLICANT)
    assert (first.id_number, second.id_number) == (WOMAN, MAN)
    assert (first.phone, second.phone) == ("13900000001", "13900000002")
    assert (first.sex, second.sex) == (Sex.FEMALE, Sex.MALE)
    assert first.address == "梨子园村3组"
    assert side(file, RESPONDENT) == ["蒋仕文"]
    assert file.parties[-1].phone == "13900000003"
    assert file.dispute.people == 5
    assert "58、55" in file.dispute.remark
    assert any("第一个人" in remark.message for remark in reading.cases[0].remarks)


@pytest.mark.parametrize("head", ["联系电话", "家庭住址", "性别", "职业", "民族", "年龄"])
def test_what_does_not_say_of_whom_it_is_is_kept_and_told(head: str) -> None:
    told = "女" if head == "性别" else "13900000001"
    reading = read_rows([[*HEADS, head, head], [*ROW, told, "又一个"]])
    (case,) = reading.cases
    assert told in case.file.dispute.remark
    assert "又一个" in case.file.dispute.remark
    assert any(f"“{head}”没有写明是哪一方的" in remark.message for remark in case.remarks)
    assert not any(party.phone or party.address or party.sex for party in case.file.parties)


def test_an_identity_number_of_nobody_is_kept_as_well() -> None:
    reading = read_rows([[*HEADS, "身份证号码"], [*ROW, WOMAN]])
    assert WOMAN in one(reading).dispute.remark


def test_particulars_of_the_only_one_who_is_named_are_theirs() -> None:
    heads = ["受理日期", "案件来源", "申请人", "纠纷类型", "纠纷简要情况", "联系电话"]
    typed = ["2026年10月1日", "主动调解", "秦德珍", "邻里纠纷", "噪声扰民。", "13900000001"]
    (case,) = read_rows([heads, typed]).cases
    assert [party.phone for party in case.file.parties] == ["13900000001"]


def test_two_names_in_one_cell_are_asked_once_for_all_rows() -> None:
    heads = ["受理日期", "案件来源", "当事人", "纠纷类型"]
    rows = [
        heads,
        ["10月1日", "主动", "秦德珍、蒋仕文", "邻里"],
        ["10月2日", "主动", "陶三妹、罗大山", "土地"],
        ["10月3日", "主动", "张一诉李二", "邻里"],
    ]
    asked = read_rows([[TITLE], *rows])
    (question,) = asked.questions
    assert question.places == ("10月!C3", "10月!C4")
    assert [case.waiting for case in asked.cases] == [True, True, False]
    first = read_rows([[TITLE], *rows], {question.key: "first"})
    assert side(first.cases[1].file, RESPONDENT) == ["罗大山"]
    every = read_rows([[TITLE], *rows], {question.key: "every"})
    assert side(every.cases[1].file, APPLICANT) == ["陶三妹", "罗大山"]


def test_two_groups_of_equal_heads() -> None:
    heads = ["受理日期", "案件来源", "姓名", "电话", "姓名", "电话", "纠纷类型"]
    cells = ["2026-10-01", "主动", "秦德珍", "13900000001", "蒋仕文", "13900000002", "邻里"]
    asked = read_rows([heads, cells])
    assert keys(asked) == ["two groups"]
    assert asked.questions[0].suggested == "sides"
    assert asked.cases[0].waiting
    every = read_rows([heads, cells], {"two groups": "all", "order:2": "every"})
    assert side(one(every), APPLICANT) == ["秦德珍", "蒋仕文"]
    file = one(read_rows([heads, cells], {"two groups": "sides"}))
    assert [(party.name, party.phone) for party in file.parties] == [
        ("秦德珍", "13900000001"),
        ("蒋仕文", "13900000002"),
    ]


def test_a_missing_side_is_asked() -> None:
    heads = ["受理日期", "案件来源", "当事人姓名", "纠纷类型"]
    cells = ["2026-10-01", "主动", "秦德珍", "邻里"]
    (question,) = read_rows([heads, cells]).questions
    file = one(read_rows([heads, cells], {question.key: "蒋仕文、蒋大山"}))
    assert side(file, RESPONDENT) == ["蒋仕文", "蒋大山"]


def test_a_damaged_identity_number_keeps_the_row() -> None:
    heads = [*HEADS, "申请人身份证号"]
    reading = read_rows([heads, [*ROW, float(WOMAN)]])
    (case,) = reading.cases
    (question,) = reading.questions
    assert not question.blocking
    assert not case.waiting
    assert case.file.parties[0].id_number == ""
    assert "e+17" in case.file.dispute.remark
    assert question.places == ("10月!N2",)
    mended = read_rows([heads, [*ROW, float(WOMAN)]], {question.key: WOMAN})
    assert one(mended).parties[0].id_number == WOMAN
    left = read_rows([heads, [*ROW, float(WOMAN)]], {question.key: LEAVE_EMPTY})
    assert one(left).parties[0].id_number == ""


@pytest.mark.parametrize(
    ("changes", "asked"),
    [
        ({"纠纷类型": "奇怪"}, "type"),
        ({"纠纷类型": "劳动争议"}, "type"),
        ({"案件来源": "申请"}, "source"),
        ({"调解结果": "已结案"}, "outcome"),
        ({"调解结果": ""}, "outcome of"),
        ({"协议形式": ""}, "form"),
        ({"受理日期": "2026-13-40"}, "intake_on"),
        ({"结案日期": ""}, "instead of"),
        ({"结案日期": "10月"}, "closed_on"),
        ({"涉及金额": "约200"}, "amount"),
        ({"申请人": "张三和李四"}, "applicant.name"),
        ({"被申请人": "蒋仕文等"}, "people of"),
    ],
)
def test_what_figures_count_is_asked_before_a_case_is_taken(
    changes: dict[str, Any], asked: str
) -> None:
    reading = read_rows([[TITLE], HEADS, row(**changes), row(序号=2, 申请人="陶三妹")])
    first, second = reading.cases
    if asked != "form":  # an empty cell is then filled as usual, so the head alone decides
        assert keys(reading) == [asked]
    assert first.waiting
    assert not second.waiting
    typed = [value for value in changes.values() if value]
    assert all(value in str(first.file) for value in typed if asked not in {"people of"})


def test_an_empty_form_of_agreement_is_asked_once() -> None:
    reading = read_rows([HEADS, row(协议形式=""), row(协议形式="", 申请人="陶三妹")])
    assert keys(reading) == ["usual"]
    assert len(reading.questions[0].places) == 2
    answered = read_rows([HEADS, row(协议形式="")], {"usual:form": "2"})
    agreement = one(answered).agreement
    assert agreement is not None
    assert agreement.form.label == "书面协议"


def test_unknown_types_are_asked_once_and_never_counted_as_others() -> None:
    rows = [HEADS, row(纠纷类型="屋檐水滴"), row(纠纷类型="屋檐水滴", 申请人="陶三妹")]
    asked = read_rows(rows)
    (question,) = asked.questions
    assert question.places == ("10月!F2", "10月!F3")
    assert [case.file.dispute.type for case in asked.cases] == ["", ""]
    answered = read_rows(rows, {question.key: "02"})
    assert [case.file.dispute.type for case in answered.cases] == ["02", "02"]
    assert read_rows(rows, {question.key: "77"}).questions


def test_local_types_of_the_register() -> None:
    local = LocalType(id=new_id(), code="L1", label="村务管理纠纷", rolls_up_to="99")
    file = one(read_rows([HEADS, row(纠纷类型="村务管理")], types=TypeTable((local,))))
    assert file.dispute.type == "L1"


def test_open_failed_and_transferred_cases() -> None:
    rows = [
        [*HEADS, "未成功原因"],
        [*row(调解结果="调解中", 结案日期="", 协议形式="", 涉及金额=""), ""],
        [*row(调解结果="未成", 协议形式="", 涉及金额=3000, 申请人="陶三妹"), "分歧过大"],
        [*row(调解结果="转交", 协议形式="", 涉及金额="", 申请人="罗大山"), ""],
    ]
    reading = read_rows(rows)
    assert not reading.questions
    still, failed, gone = (case.file.dispute for case in reading.cases)
    assert (still.status, still.outcome, still.closed_on) == (CaseStatus.MEDIATING, None, None)
    assert (failed.outcome, failed.termination) == (Outcome.FAILED, TerminationReason.NO_AGREEMENT)
    assert failed.claim_fen == 300_000
    assert gone.outcome is Outcome.TRANSFERRED
    assert not [p for c in reading.cases for p in c.problems if p.severity.value == "error"]


def test_performance_and_visit() -> None:
    heads = [*HEADS, "履行情况", "履行日期", "回访日期", "回访情况", "是否满意", "归档", "风险等级"]
    tail = ["已履行", "2026-10-08", "2026-10-20", "已疏通，双方满意。", "满意", "是", "蓝"]
    file = one(read_rows([heads, [*ROW, *tail]]))
    dispute = file.dispute
    assert (dispute.performance, dispute.performed_on) == (Performance.KEPT, date(2026, 10, 8))
    assert dispute.satisfied is True
    (visit,) = file.sessions
    assert (visit.held_on, visit.narrative) == (date(2026, 10, 20), "已疏通，双方满意。")
    assert file.risks[0].level.label == "蓝色"


def test_unknown_columns_are_kept_as_notes() -> None:
    heads = [*HEADS, "网格员", "天气"]
    reading = read_rows([heads, [*row(备注="急"), "何大姐", "雨", "表外的字"]])
    dispute = one(reading).dispute
    assert dispute.remark.split("\n")[0] == "急"
    assert reading.cases[0].notes == (
        ("网格员", "何大姐"),
        ("天气", "雨"),
        ("第16列", "表外的字"),
    )
    assert all(text in dispute.remark for _, text in reading.cases[0].notes)


def test_a_column_can_be_given_a_meaning_unasked() -> None:
    heads = ["听谁说的" if head == "案件来源" else head for head in HEADS]
    answers = {"head:听谁说的": "source"}
    told = read_rows([heads, ROW], answers)
    assert one(told).dispute.source is Source.OWN
    assert one(read_rows([heads, ROW], known=told.learned)).dispute.source is Source.OWN
    # What was learned of a head holds by itself, and over what the word would mean.
    learned = replace(told.learned, answers="", columns='{"听谁说的": "", "备注": "source"}')
    again = read_rows([heads, row(备注="排查")], known=learned)
    assert one(again).dispute.source is Source.OWN
    assert again.cases[0].notes == (("听谁说的", "主动调解"),)


def test_an_ambiguous_head_is_asked_once_and_remembered() -> None:
    heads = ["日期", "案件来源", "申请人", "被申请人", "纠纷类型", "结果", "终止原因"]
    cells = ["2026-10-01", "主动", "秦德珍", "蒋仕文", "邻里", "终止", "一方退出"]
    asked = read_rows([heads, cells])
    # The days that the row lacks are not asked before it is known which of them is told.
    (question,) = asked.questions
    assert question.options[0].answer == "intake_on"
    assert asked.cases[0].waiting
    assert asked.cases[0].file.dispute.intake_on is None
    told = {question.key: "intake_on", "instead of:closed_on:intake_on": "intake_on"}
    answered = read_rows([heads, cells], told)
    assert one(answered).dispute.intake_on == date(2026, 10, 1)
    assert one(answered).dispute.closed_on == date(2026, 10, 1)
    # Next month nobody is asked again.
    later = read_rows([heads, ["2026-11-02", *cells[1:]]], known=answered.learned)
    assert one(later).dispute.intake_on == date(2026, 11, 2)
    # Nor is an open question taken for an answer.
    assert read_rows([heads, cells], known=asked.learned).questions


def test_what_was_learned_is_kept_with_what_comes_new() -> None:
    first = read_rows([HEADS, row(纠纷类型="屋檐水滴")], {"type:屋檐水滴": "02"})
    again = read_rows([HEADS, row(案件来源="申请")], {"source:申请": "11"}, first.learned)
    both = read_rows([HEADS, row(纠纷类型="屋檐水滴", 案件来源="申请")], known=again.learned)
    dispute = one(both).dispute
    assert (dispute.type, dispute.source) == ("02", Source.SPOKEN)
    assert first.learned.id == again.learned.id


def test_reading_again_gives_the_same_records() -> None:
    rows = [[TITLE], HEADS, ROW, row(序号=2, 申请人="陶三妹"), ROW]
    first, again = read_rows(rows), read_rows(rows)
    assert first == again
    assert len({case.file.dispute.id for case in first.cases}) == 3


def test_an_edited_or_moved_row_keeps_its_id() -> None:
    before = read_rows([[TITLE], HEADS, ROW, row(序号=2, 申请人="陶三妹")])
    edited = row(调解结果="调解不成", 涉及金额="", 协议形式="", 纠纷简要情况="水沟")
    after = read_rows(
        [[TITLE], [], HEADS, row(申请人="陶三妹"), edited], {"usual:termination": "2"}
    )
    ids = [case.file.dispute.id for case in before.cases]
    assert [case.file.dispute.id for case in after.cases] == ids[::-1]
    parties = [party.id for party in before.cases[0].file.parties]
    assert [party.id for party in after.cases[1].file.parties] == parties


def test_a_number_holds_a_case_whatever_else_is_corrected() -> None:
    heads = ["编号", *HEADS[1:]]
    first = read_rows([heads, row(序号="2026-15")])
    other = read_rows(
        [heads, row(序号="(2026)梨民调字第015号", 申请人="秦德真", 受理日期="2026-10-02")]
    )
    assert first.cases[0].file.dispute.id == other.cases[0].file.dispute.id
    known = read_rows([heads, row(序号="2026-15")], ids={(2026, 15): "abc"})
    assert known.cases[0].file.dispute.id == "abc"
    village = read_rows([heads, row(序号="2026-15")], unit=replace(a_unit(), id=new_id()))
    assert village.cases[0].file.dispute.id != first.cases[0].file.dispute.id


def test_mediators_that_the_register_knows() -> None:
    known = Mediator(id="m1", unit_id=a_unit().id, name="陶素芬")
    reading = read_rows([HEADS, row(调解员="陶素芬、罗晓")], mediators=[known])
    assert [entry.name for entry in reading.mediators] == ["罗晓"]
    assert one(reading).dispute.mediator_ids == ("m1", reading.mediators[0].id)


def test_void_numbers_and_masked_rows() -> None:
    heads = ["编号", *HEADS[1:], "申请人身份证号"]
    masked = [*row(序号="2026-1", 申请人="秦某某"), "990001********0027"]
    void = [*row(序号="2026-2（作废）"), ""]
    name_only = [*row(序号="2026-3", 申请人="秦某某"), ""]
    number_only = [*row(序号="2026-4"), "990001********0027"]
    reading = read_rows([heads, masked, void, name_only, number_only])
    assert [case.masked for case in reading.cases] == [True, False, True, True]
    assert reading.cases[1].file.dispute.void_reason
    assert reading.cases[0].file.parties[0].id_number == "990001********0027"


def test_a_register_book_without_type_source_and_outcome() -> None:
    """村委会纠纷登记簿 (domain.md §5.4 e): who, what about, by whom."""
    heads = ["当事人姓名", "性别", "年龄", "工作单位", "家庭住址", "事由", "登记人", "日期"]
    cells = [
        "秦德珍、蒋仕文",
        "女、男",
        "58、55",
        "务农",
        "梨子园村3组",
        "为排水沟吵架",
        "陶素芬",
        "10月3日",
    ]
    asked = read_rows([[TITLE], heads, cells])
    answers = {
        "head:日期": "intake_on",
        "order:2": "first",
        "usual:source": "11",
        "type of:为排水沟吵架": "02",
    }
    assert {question.key for question in asked.questions} == set(answers)
    file = one(read_rows([[TITLE], heads, cells], answers))
    assert file.dispute.facts == "为排水沟吵架"
    assert file.dispute.status is CaseStatus.ACCEPTED
    assert file.dispute.registrar == "陶素芬"
    assert [party.sex for party in file.parties] == [Sex.FEMALE, Sex.MALE]


def test_the_answer_to_one_cell_is_typed_and_checked() -> None:
    rows = [[TITLE], HEADS, row(受理日期="2026-13-40")]
    (question,) = read_rows(rows).questions
    assert one(read_rows(rows, {question.key: "10月4日"})).dispute.intake_on == date(2026, 10, 4)
    assert read_rows(rows, {question.key: "明天"}).questions


def test_one_organisation_is_not_parted_and_what_may_be_two_sides_is_asked() -> None:
    clear = one(read_rows([[TITLE], HEADS, row(申请人="丰都同济医院")]))
    assert side(clear, APPLICANT) == ["丰都同济医院"]
    assert side(clear, RESPONDENT) == ["蒋仕文"]
    office = "丰都县规划与自然资源局"
    rows = [[TITLE], HEADS, row(申请人=office)]
    (question,) = read_rows(rows).questions
    assert question.suggested == office
    assert side(one(read_rows(rows, {question.key: office})), APPLICANT) == [office]
