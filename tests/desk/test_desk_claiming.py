"""A quarter's claim: which cases, for whom, how much, and that nothing is claimed twice."""

from dataclasses import replace
from datetime import date

import pytest
from allowance_scene import DAY, WHO, Scene, a_grade, put
from builders import a_session

from mediation_desk.desk import claiming
from mediation_desk.desk.claiming import (
    candidates,
    chosen_in,
    claim_it,
    claims_of,
    discard,
    lines_of,
    make_claim,
    put_in_claim,
    withdraw,
)
from mediation_desk.desk.local_practice import keep_settings
from mediation_desk.domain.allowance import (
    ClaimState,
    Paper,
    ReviewResult,
    missing_papers,
    parse_quarter,
    quarter_before,
    shares,
)
from mediation_desk.domain.codes import Difficulty, Outcome, Performance, SessionKind
from mediation_desk.domain.limits import Rule
from mediation_desk.domain.periods import quarter
from mediation_desk.domain.problems import DeskError
from mediation_desk.store.register import Register

Q3 = (2026, 3)


@pytest.fixture
def scene(village: Register) -> Scene:
    return Scene(village)


def amounts(register: Register, claim_id: str) -> dict[str, int]:
    return {line.mediator: line.amount_fen for line in lines_of(register, claim_id)}


def against(scene: Scene, number: int) -> str:
    found = candidates(scene.register, scene.unit_id, *Q3)
    return "；".join(next(e for e in found if e.case.dispute.number == number).against)


def test_without_a_table_nothing_is_claimed_and_it_is_said_why(village: Register) -> None:
    scene = Scene(village, table=False)
    scene.close([scene.mediator()])
    with pytest.raises(DeskError, match=r"还没有补贴标准.*程序不替您定"):
        make_claim(village, scene.unit_id, *Q3, WHO, DAY)


def test_a_claim_has_the_closed_cases_of_the_quarter(scene: Scene) -> None:
    tao = scene.mediator()
    mine = scene.close([tao])
    scene.close([tao], date(2026, 10, 2))
    claim = make_claim(scene.register, scene.unit_id, *Q3, WHO, DAY)
    (line,) = lines_of(scene.register, claim.id)
    assert (line.dispute_id, line.mediator, line.grade) == (mine.dispute.id, WHO, "一般")
    assert (line.amount_fen, line.missing, line.result) == (10_001, (), ReviewResult.OPEN)
    assert (claim.state, claim.made_on, claim.position) == (ClaimState.DRAFT, DAY, 1)
    assert scene.register.verify() == []


def test_several_mediators_share_and_the_rest_goes_to_the_first(scene: Scene) -> None:
    people = [scene.mediator(name) for name in ("陶素芬", "向明贵", "冉光福")]
    scene.close(people)
    claim = make_claim(scene.register, scene.unit_id, *Q3, WHO, DAY)
    assert amounts(scene.register, claim.id) == {"陶素芬": 3335, "向明贵": 3333, "冉光福": 3333}
    settings = replace(scene.register.settings, allowance_equal=False)
    keep_settings(scene.register, settings, WHO)
    claim = make_claim(scene.register, scene.unit_id, *Q3, WHO, DAY)
    assert amounts(scene.register, claim.id) == {"陶素芬": 10_001}


@pytest.mark.parametrize(
    "barred",
    [
        {"may_claim_allowance": False},
        {"term_to": date(2026, 9, 19)},
        {"term_from": date(2026, 9, 21)},
        {"void_reason": "调离"},
    ],
)
def test_who_may_not_be_paid_gets_nothing(scene: Scene, barred: dict[str, object]) -> None:
    one, other = scene.mediator("向明贵", **barred), scene.mediator()
    scene.close([one, other])
    scene.close([one])
    claim = make_claim(scene.register, scene.unit_id, *Q3, WHO, DAY)
    assert amounts(scene.register, claim.id) == {WHO: 10_001}
    assert "没有可领补贴、在任期内的调解员" in against(scene, 2)


def test_what_speaks_against_a_case_is_named(scene: Scene) -> None:
    tao = [scene.mediator()]
    scene.close(tao, performance=Performance.PARTLY, performed_on=None)
    scene.close(tao, outcome=Outcome.FAILED, performance=None, performed_on=None)
    scene.close(tao, difficulty=Difficulty.HARD)
    scene.close(tao, difficulty=Difficulty.HARD, oral=True)
    assert against(scene, 1) == "协议还没有履行完毕"
    assert "没有调解成功" in against(scene, 2)
    assert against(scene, 3) == "卷宗缺少：回访记录"
    assert against(scene, 4) == "“疑难”只补书面协议"
    with pytest.raises(DeskError, match="没有可以申报的案件"):
        make_claim(scene.register, scene.unit_id, *Q3, WHO, DAY)
    loose = replace(
        scene.register.settings, allowance_settled=False, allowance_performed=False,
        allowance_papers=False,
    )  # fmt: skip
    keep_settings(scene.register, loose, WHO)
    assert [against(scene, number) for number in (1, 2, 3)] == ["", "", ""]
    claim = make_claim(scene.register, scene.unit_id, *Q3, WHO, DAY)
    assert {line.missing for line in lines_of(scene.register, claim.id)} == {(), ("回访记录",)}


def test_every_paper_is_found_or_missed_by_the_records(scene: Scene) -> None:
    case = scene.close([scene.mediator()])
    everything = a_grade(papers=tuple(paper.value for paper in Paper))
    lacking = missing_papers(case, everything)
    assert lacking == (
        "权利义务告知书", "身份证明材料", "调查记录", "证据材料", "已签名文书的扫描件", "履行凭证",
        "回访记录", "卷宗归档",
    )  # fmt: skip
    visit = a_session(case.dispute.id, kind=SessionKind.VISIT, held_on=DAY)
    told = replace(case.dispute, informed_on=DAY)
    more = replace(case, dispute=told, sessions=(*case.sessions, visit))
    assert set(lacking) - set(missing_papers(more, everything)) == {"权利义务告知书", "回访记录"}
    undated = replace(case, agreement=replace(case.agreement, sealed_on=None))
    assert "签名和盖章日期" in missing_papers(undated, everything)


def test_a_case_is_claimed_once(scene: Scene) -> None:
    tao = [scene.mediator()]
    scene.close(tao)
    claim = make_claim(scene.register, scene.unit_id, *Q3, WHO, DAY)
    claim_it(scene.register, claim.id, WHO, DAY)
    with pytest.raises(DeskError, match="没有可以申报的"):
        make_claim(scene.register, scene.unit_id, *Q3, WHO, DAY)
    assert "已在2026年第3季度申报" in against(scene, 1)
    # What was not claimed then may be claimed on a further form, and in the quarters after it.
    late = scene.close(tao)
    second = make_claim(scene.register, scene.unit_id, *Q3, WHO, DAY)
    assert second.position == 2
    discard(scene.register, second.id, WHO)
    fourth = make_claim(scene.register, scene.unit_id, 2026, 4, WHO, DAY)
    assert {line.dispute_id for line in lines_of(scene.register, fourth.id)} == {late.dispute.id}
    assert [c.id for c in claims_of(scene.register, scene.unit_id, *Q3)] == [claim.id]


def test_how_far_back_one_may_claim_is_a_setting(scene: Scene) -> None:
    tao = [scene.mediator()]
    scene.close(tao, date(2026, 1, 5))
    assert len(candidates(scene.register, scene.unit_id, *Q3)) == 1
    settings = replace(scene.register.settings, allowance_quarters=1)
    keep_settings(scene.register, settings, WHO)
    assert not candidates(scene.register, scene.unit_id, *Q3)


def test_a_draft_is_made_anew_with_the_cases_and_grades_that_were_chosen(scene: Scene) -> None:
    tao = [scene.mediator()]
    first, second = scene.close(tao), scene.close(tao)
    draft = make_claim(scene.register, scene.unit_id, *Q3, WHO, DAY)
    put_in_claim(scene.register, draft.id, {first.dispute.id: "重大"}, WHO, DAY)
    assert chosen_in(scene.register, draft) == {first.dispute.id: "重大"}
    assert amounts(scene.register, draft.id) == {WHO: 80_000}
    with pytest.raises(DeskError, match=r"只补|卷宗缺少"):
        put_in_claim(scene.register, draft.id, {second.dispute.id: "疑难"}, WHO, DAY)
    claim_it(scene.register, draft.id, WHO, DAY)
    with pytest.raises(DeskError, match="已经申报，不能再改"):
        put_in_claim(scene.register, draft.id, {second.dispute.id: ""}, WHO, DAY)


def test_what_changed_since_the_draft_is_not_claimed_blindly(scene: Scene) -> None:
    case = scene.close([scene.mediator()])
    draft = make_claim(scene.register, scene.unit_id, *Q3, WHO, DAY)
    now = scene.register.case(case.dispute.id).dispute
    put(scene.register, replace(now, performance=Performance.OVERDUE, performed_on=None))
    with pytest.raises(DeskError, match=r"协议还没有履行完毕.*去掉"):
        claim_it(scene.register, draft.id, WHO, DAY)
    now = scene.register.case(case.dispute.id).dispute
    put(scene.register, replace(now, void_reason="登记错了"))
    with pytest.raises(DeskError, match="作废"):
        claim_it(scene.register, draft.id, WHO, DAY)


def test_a_claim_is_withdrawn_until_it_leaves(scene: Scene, sent) -> None:
    scene.close([scene.mediator()])
    claim = claim_it(
        scene.register, make_claim(scene.register, scene.unit_id, *Q3, WHO, DAY).id, WHO, DAY
    )
    assert withdraw(scene.register, claim.id, WHO).state is ClaimState.DRAFT
    claim_it(scene.register, claim.id, WHO, DAY)
    sent(date(2026, 9, 1))
    with pytest.raises(DeskError, match="随报送文件报出"):
        withdraw(scene.register, claim.id, WHO)


def test_a_quarter_that_has_not_begun_and_units_of_others_are_refused(scene: Scene) -> None:
    with pytest.raises(DeskError, match="还没有到"):
        make_claim(scene.register, scene.unit_id, 2027, 1, WHO, DAY)
    with pytest.raises(DeskError, match="不能给这个单位申报"):
        make_claim(scene.register, "anybody", *Q3, WHO, DAY)
    assert [unit.id for unit in claiming.claimants(scene.register)] == [scene.unit_id]


def test_quarters_and_shares() -> None:
    assert parse_quarter("2026-3") == parse_quarter("2026Q3") == parse_quarter(" 2026-q3 ") == Q3
    for typed in ("2026-5", "26-1", "2026", "第三季度", ""):
        with pytest.raises(DeskError, match="看不懂季度"):
            parse_quarter(typed)
    assert quarter_before(2026, 1) == (2025, 4)
    assert quarter_before(2026, 3, 4) == (2025, 3)
    assert shares(100, 3, equal=True) == [34, 33, 33]
    assert shares(100, 3, equal=False) == [100]
    assert shares(2, 3, equal=True) == [2, 0, 0]
    assert shares(100, 0, equal=True) == []


def test_the_claim_is_due_in_the_month_after_the_quarter(scene: Scene) -> None:
    limits = scene.register.limits
    assert limits.claim(quarter(2026, 3)).day == date(2026, 10, 10)
    due = limits.claim(quarter(2026, 4))
    assert (due.day, due.rule) == (date(2027, 1, 10), Rule.CLAIM)
    assert "下季第一个月10日" in due.counted
