"""Rows that are like another case, or say no: nothing of it is lost, doubled or taken for it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import pytest
from child_pool import ChildPool
from defect_books import HEADS, ROW, TITLE, book, column, row
from openpyxl import Workbook
from test_defects_merging import CLERK, NUMBERED, TODAY, counted, disputes

from mediation_desk.desk import parked_rows
from mediation_desk.desk.ledger_look import Told
from mediation_desk.desk.looking import Received
from mediation_desk.desk.receiving import look, receive
from mediation_desk.domain.cases import Party
from mediation_desk.domain.codes import Outcome
from mediation_desk.domain.handling import Agreement
from mediation_desk.store.register import Register

Take = Callable[..., Received]
NOVEMBER = row(
    序号=1, 受理日期="2026年11月3日", 结案日期="2026年11月5日", 申请人="周九", 被申请人="吴九",
    纠纷简要情况="借款不还。",
)  # fmt: skip


@pytest.fixture
def take(town: Register, forked: ChildPool, tmp_path: Path) -> Take:
    def received(*cases: list[Any], heads: list[str] = HEADS, **answers: str) -> Received:
        path = tmp_path / f"台账{len(list(tmp_path.iterdir()))}.xlsx"
        path.write_bytes(book([[TITLE], heads, *cases]))
        return receive(town, look(town, path, TODAY, Told(answers=answers)), CLERK)

    return received


def _answer(town: Register, **answers: str) -> int:
    (unit_id,) = {entry.proposal.unit_id for entry in parked_rows.parked_rows(town, TODAY)}
    return parked_rows.answer(town, unit_id, answers, CLERK, TODAY)


def test_a_waiting_row_of_the_same_people_and_day_is_no_other_row(
    town: Register, take: Take
) -> None:
    take(ROW, row(纠纷类型="吵架", 纠纷简要情况="界石被人移动。"))
    assert _answer(town, **{"type:吵架": "03"}) == 1
    assert {entry.facts for entry in disputes(town)} == {"排水沟堵塞，双方争吵。", "界石被人移动。"}


def test_a_waiting_row_with_the_number_of_another_case_is_asked_about_both(
    town: Register, take: Take
) -> None:
    take(row(序号=1), heads=NUMBERED)
    take(row(NOVEMBER, 纠纷类型="吵架"), heads=NUMBERED)
    assert _answer(town, **{"type:吵架": "04"}) == 0
    (parked,) = parked_rows.parked_rows(town, TODAY)
    (question,) = parked.questions
    assert question.key.startswith("same:")
    assert question.places == (parked.proposal.place,)
    assert _answer(town, **{question.key: "other"}) == 1
    assert sorted(entry.number for entry in disputes(town)) == [1, 2]


def test_a_waiting_row_that_repeats_another_waits_for_its_own_answer(
    town: Register, take: Take
) -> None:
    take(ROW, ROW)
    assert _answer(town, **{"type:别的": "02"}) == 0
    (parked,) = parked_rows.parked_rows(town, TODAY)
    (question,) = parked.questions
    assert _answer(town, **{question.key: "same"}) == 0
    assert parked_rows.parked_rows(town, TODAY) == []
    assert len(disputes(town)) == 1


@pytest.mark.parametrize(
    "another",
    [
        # Numbers begin anew each month, and one of the people is the same.
        row(NOVEMBER, 被申请人="蒋仕文", 纠纷类型="合同纠纷"),
        # Nobody is the same, but the day.
        row(NOVEMBER, 受理日期=ROW[1], 纠纷类型="合同纠纷"),
    ],
)
def test_a_number_and_one_thing_alike_are_not_the_same_case(
    town: Register, take: Take, another: list[Any]
) -> None:
    take(row(序号=1), heads=NUMBERED)
    assert counted(take(another, heads=NUMBERED)) == {"conflict": 1, "ignored": 2}


def test_a_name_put_right_is_asked_and_no_second_case(town: Register, take: Take) -> None:
    take(ROW)
    done = take(row(申请人="秦德真"))
    assert counted(done) == {"conflict": 1, "ignored": 2}
    (question,) = cast(Any, done.look.ledger).questions
    take(row(申请人="秦德真"), **{question.key: "same"})
    assert len(disputes(town)) == 1
    assert "秦德真" in {getattr(entry, "name", "") for entry in town.all("party")}


def test_no_and_nothing_are_told_from_what_is_left_empty(town: Register, take: Take) -> None:
    heads = [*HEADS, "是否疑难复杂", "是否满意"]
    take([*row(涉及金额=5000), "是", "是"], heads=heads)
    take(row(涉及金额=""))
    (dispute,) = disputes(town)
    (agreement,) = cast(list[Agreement], town.all("agreement"))
    assert (dispute.complex, dispute.satisfied, agreement.amount_fen) == (True, True, 500_000)
    take([*row(涉及金额=0), "否", "否"], heads=heads)
    (dispute,) = disputes(town)
    (agreement,) = cast(list[Agreement], town.all("agreement"))
    assert (dispute.complex, dispute.satisfied, agreement.amount_fen) == (False, False, 0)


def test_a_case_put_right_to_failed_has_no_agreement_any_more(town: Register, take: Take) -> None:
    take(row(涉及金额=70000))
    answers = {"usual:termination": "1"}
    take(row(调解结果="调解不成", 协议形式="", 涉及金额=""), **answers)
    (dispute,) = disputes(town)
    assert (dispute.outcome, dispute.performance) == (Outcome.FAILED, None)
    (agreement,) = town.all("agreement")
    assert agreement.void_reason == "台账中改为调解不成"


def test_an_older_row_ends_no_agreement(town: Register, take: Take) -> None:
    failed = row(调解结果="调解不成", 协议形式="", 涉及金额="")
    answers = {"usual:termination": "1"}
    take(failed, **answers)
    take(row(涉及金额=70000))
    # The first ledger once more, with another case below.
    take(failed, NOVEMBER, **answers)
    first = next(entry for entry in disputes(town) if entry.facts == ROW[8])
    assert first.outcome is Outcome.SETTLED
    assert [entry.void_reason for entry in town.all("agreement", dispute_id=first.id)] == [""]


@pytest.mark.parametrize(
    ("heads", "case"),
    [
        (
            ["受理日期", "申请人", "被申请人", "纠纷类型"],
            ["2026年10月3日", "陈一", "李一", "邻里纠纷"],
        ),
        (
            ["事件名称", "纠纷类型", "受理日期", "调解结果", "案件来源", "纠纷简要情况"],
            ["负责人拖欠工资", "邻里纠纷", "2026-10-03", "调解成功", "主动调解", "甲事"],
        ),
    ],
)
def test_a_row_that_begins_like_a_line_for_signing_is_a_case(
    town: Register, take: Take, heads: list[str], case: list[str]
) -> None:
    assert counted(take(case, heads=heads)) == {"conflict": 1, "ignored": 2}


def test_one_applicant_merged_over_cases_of_their_own_is_in_each(
    town: Register, forked: ChildPool, tmp_path: Path
) -> None:
    def merged(made: Workbook) -> None:
        made["台账"].merge_cells(f"{column('申请人')}3:{column('申请人')}4")

    path = tmp_path / "台账.xlsx"
    path.write_bytes(book([[TITLE], HEADS, ROW, row(NOVEMBER, 申请人="")], merged))
    receive(town, look(town, path, TODAY), CLERK)
    names = [entry.name for entry in cast(list[Party], town.all("party"))]
    assert names.count("秦德珍") == 2
