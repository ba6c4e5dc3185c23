"""The office's first review: line by line, never the same dispute twice, on to payment."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from allowance_scene import DAY, Scene, put

from mediation_desk.cli import run
from mediation_desk.desk import claim_sheets, municipal_entry
from mediation_desk.desk.allowance_table import (
    grade_words,
    keep_grade,
    put_grade,
    remove_grade,
)
from mediation_desk.desk.claim_review import (
    grant_rest,
    pay,
    report,
    review,
    step_back,
    twice_words,
)
from mediation_desk.desk.claimed_once import paid_twice
from mediation_desk.desk.claiming import claim_it, grades, lines_of, make_claim, put_in_claim
from mediation_desk.desk.duplicates import confirm_same, separate
from mediation_desk.desk.enrolling import new_unit
from mediation_desk.domain.allowance import ClaimState, ReviewResult
from mediation_desk.domain.casefile import CaseFile
from mediation_desk.domain.codes import Difficulty, Outcome, UnitKind
from mediation_desk.domain.file_papers import Paper
from mediation_desk.domain.problems import DeskError
from mediation_desk.store.register import Register

CLERK = "罗晓"
Q3 = (2026, 3)
_GRANT, _REFUSE, _RETURN = ReviewResult.GRANTED, ReviewResult.REFUSED, ReviewResult.RETURNED


@pytest.fixture
def scene(office: Register) -> Scene:
    return Scene(office)


@pytest.fixture
def village_id(scene: Scene) -> str:
    unit = new_unit(scene.register, "500230124200", "梨子园村", "", UnitKind.VILLAGE)
    put(scene.register, unit)
    return unit.id


@pytest.fixture
def claimed(scene: Scene, village_id: str) -> Callable[..., tuple[str, list[CaseFile]]]:
    """Makes and claims a claim of so many cases."""

    def make(count: int, unit_id: str = "") -> tuple[str, list[CaseFile]]:
        unit_id = unit_id or village_id
        people = [scene.mediator("谭中华", unit_id)]
        cases = [scene.close(people, unit_id=unit_id) for _ in range(count)]
        claim = make_claim(scene.register, unit_id, *Q3, CLERK, DAY)
        return claim_it(scene.register, claim.id, CLERK, DAY).id, cases

    return make


def test_each_case_gets_its_answer(scene: Scene, claimed) -> None:
    claim_id, (one, two, three) = claimed(3)
    review(scene.register, claim_id, [one.dispute.id], _GRANT, CLERK, DAY)
    for result in (_REFUSE, _RETURN):
        with pytest.raises(DeskError, match="没有写理由"):
            review(scene.register, claim_id, [two.dispute.id], result, CLERK, DAY, "  ")
    review(scene.register, claim_id, [two.dispute.id], _REFUSE, CLERK, DAY, "不是本季度的。")
    with pytest.raises(DeskError, match="要先到“已初审”"):
        report(scene.register, claim_id, CLERK, DAY)
    claim = review(scene.register, claim_id, [three.dispute.id], _RETURN, CLERK, DAY, "缺盖章。")
    assert (claim.state, claim.reviewed_on, claim.reviewed_by) == (ClaimState.REVIEWED, DAY, CLERK)
    sheet = claim_sheets.sheet_of(scene.register, claim_id, full=False)
    assert [row.review for row in sheet.rows] == [
        "同意",
        "不同意：不是本季度的。",
        "退回补正：缺盖章。",
    ]
    assert (sheet.total.cases, sheet.total.amount_fen, sheet.total.granted_fen) == (
        3,
        30_003,
        10_001,
    )
    # An answer may be taken back until the claim is reported.
    opened = review(scene.register, claim_id, [one.dispute.id], ReviewResult.OPEN, CLERK, DAY)
    assert (opened.state, opened.reviewed_on) == (ClaimState.CLAIMED, None)
    grant_rest(scene.register, claim_id, CLERK, DAY)
    report(scene.register, claim_id, CLERK, DAY)
    with pytest.raises(DeskError, match="先退回上一步"):
        review(scene.register, claim_id, [one.dispute.id], _REFUSE, CLERK, DAY, "晚了。")
    assert step_back(scene.register, claim_id, CLERK).reported_on is None
    with pytest.raises(DeskError, match="没有可以退回的一步"):
        step_back(scene.register, claim_id, CLERK)


def test_one_dispute_of_two_villages_is_paid_once(scene: Scene, claimed, village_id: str) -> None:
    own, (mine,) = claimed(1, scene.unit_id)
    theirs, (other,) = claimed(1, village_id)
    for claim_id in (own, theirs):
        grant_rest(scene.register, claim_id, CLERK, DAY)
        report(scene.register, claim_id, CLERK, DAY)
    # Only now somebody finds that both are one dispute.
    confirm_same(scene.register, mine.dispute.id, other.dispute.id, CLERK, DAY)
    for claim_id in (own, theirs):
        with pytest.raises(DeskError, match="只补一次"):
            pay(scene.register, claim_id, CLERK, DAY)
    step_back(scene.register, own, CLERK)
    review(scene.register, own, [mine.dispute.id], _REFUSE, CLERK, DAY, "梨子园村调解的。")
    assert pay(scene.register, theirs, CLERK, DAY).state is ClaimState.PAID
    with pytest.raises(DeskError, match="已经发放过"):
        review(scene.register, own, [mine.dispute.id], _GRANT, CLERK, DAY)
    assert not paid_twice(scene.register)


def test_what_was_found_after_both_were_paid_is_told(
    scene: Scene, claimed, village_id: str
) -> None:
    pairs = [claimed(1, unit_id) for unit_id in (scene.unit_id, village_id)]
    for claim_id, _ in pairs:
        grant_rest(scene.register, claim_id, CLERK, DAY)
        report(scene.register, claim_id, CLERK, DAY)
        pay(scene.register, claim_id, CLERK, DAY)
    first, second = (cases[0].dispute.id for _, cases in pairs)
    same = confirm_same(scene.register, first, second, CLERK, DAY)
    (words,) = twice_words(scene.register)
    assert "梨子园村" in words
    assert "追回" in words
    separate(scene.register, same.id, CLERK, DAY, "不是一件。")
    assert not list(twice_words(scene.register))


def test_two_entries_of_one_claim_are_granted_once(scene: Scene, claimed) -> None:
    claim_id, (one, two) = claimed(2)
    confirm_same(scene.register, one.dispute.id, two.dispute.id, CLERK, DAY)
    both = [one.dispute.id, two.dispute.id]
    with pytest.raises(DeskError, match="是同一纠纷"):
        review(scene.register, claim_id, both, _GRANT, CLERK, DAY)
    claim, done = grant_rest(scene.register, claim_id, CLERK, DAY)
    assert (done, claim.state) == (1, ClaimState.CLAIMED)


def test_a_case_that_fell_is_not_paid(scene: Scene, claimed) -> None:
    claim_id, (one, two) = claimed(2)
    put(scene.register, replace(one.dispute, outcome=Outcome.FAILED))
    claim, done = grant_rest(scene.register, claim_id, CLERK, DAY)
    assert (done, claim.state) == (1, ClaimState.CLAIMED)
    with pytest.raises(DeskError, match="不是调解成功"):
        review(scene.register, claim_id, [one.dispute.id], _GRANT, CLERK, DAY)
    review(scene.register, claim_id, [one.dispute.id], _REFUSE, CLERK, DAY, "没有调成。")
    put(scene.register, replace(two.dispute, void_reason="登记错了"))
    with pytest.raises(DeskError, match="纠纷已经作废"):
        report(scene.register, claim_id, CLERK, DAY)


def test_names_are_masked_unless_somebody_is_named(scene: Scene, claimed, tmp_path) -> None:
    claim_id, _ = claimed(1)
    leaving = claim_sheets.Leaving(CLERK, DAY)
    table = claim_sheets.paper_claim(scene.register, claim_id, leaving)
    assert (table.rows[0][2], "已遮住" in table.under[1]) == ("秦某某、蒋某某", True)
    assert "申报人" in table.foot
    claim_sheets.export_claims(scene.register, [claim_id], leaving, tmp_path / "c.xlsx")
    assert not scene.register.all("report")
    full = claim_sheets.Leaving(CLERK, DAY, "区司法局")
    table = claim_sheets.paper_claim(scene.register, claim_id, full)
    assert table.rows[0][2] == "秦德珍、蒋仕文"
    (noted,) = scene.register.all("report")
    assert "区司法局" in scene.register.acts("export")[0].reason
    assert noted.cases


def test_the_cases_to_type_again_and_their_fields(scene: Scene, claimed) -> None:
    _, (one, two) = claimed(2)
    waiting = municipal_entry.to_enter(scene.register, *Q3)
    assert [entry.entered_on for entry in waiting] == [None, None]
    municipal_entry.mark_entered(scene.register, one.dispute.id, CLERK, DAY)
    waiting = municipal_entry.to_enter(scene.register, *Q3)
    assert [(e.dispute_id, e.entered_on) for e in waiting] == [
        (two.dispute.id, None), (one.dispute.id, DAY)
    ]  # fmt: skip
    municipal_entry.mark_entered(scene.register, one.dispute.id, CLERK, None)
    assert not any(e.entered_on for e in municipal_entry.to_enter(scene.register, *Q3))
    fields = municipal_entry.entry_fields(scene.register, one.dispute.id)
    assert len(fields) == 28
    told = {entry.label: entry.value for entry in fields}
    assert list(told)[:4] == ["纠纷类型", "纠纷来源", "行政区划", "受理日期"]
    assert list(told)[-2:] == ["纠纷简介", "协议内容"]
    assert (told["纠纷类型"], told["行政区划"]) == ("邻里纠纷", "500230124200")
    assert told["协议内容"] == one.agreement.content
    assert [e.label for e in fields if e.personal] == [
        "纠纷激化情况",
        "履行方式",
        "纠纷简介",
        "协议内容",
    ]
    assert "调解结果：调解成功" in municipal_entry.all_in_one(fields).splitlines()
    loose = scene.close([scene.mediator("甲")])
    with pytest.raises(DeskError, match="不在补贴申报表里"):
        municipal_entry.mark_entered(scene.register, loose.dispute.id, CLERK, DAY)


def test_a_case_given_back_is_not_typed_in_again(scene: Scene, claimed, village_id: str) -> None:
    claim_id, (one,) = claimed(1)
    municipal_entry.mark_entered(scene.register, one.dispute.id, CLERK, DAY)
    review(scene.register, claim_id, [one.dispute.id], _RETURN, CLERK, DAY, "缺盖章。")
    again = make_claim(scene.register, village_id, *Q3, CLERK, DAY)
    assert again.position == 2
    assert {line.entered_on for line in lines_of(scene.register, again.id)} == {DAY}


def test_the_table_is_kept_with_its_checks(office: Register) -> None:
    grade = put_grade(office, "一般", 10_000, CLERK, DAY, difficulty=Difficulty.PLAIN,
                      papers=(Paper.VISIT, Paper.AGREEMENT))  # fmt: skip
    put_grade(office, "重大", 50_000, CLERK, DAY, written_only=True)
    assert [grade_words(entry) for entry in grades(office)] == [
        ("一般", "100元", "一般", "协议书或口头协议登记表、回访记录"),
        ("重大", "500元", "其他案件，只补书面协议", "不另外要求"),
    ]
    assert put_grade(office, "一般", 12_000, CLERK, DAY).id == grade.id
    with pytest.raises(DeskError, match="已经有“重大”"):
        keep_grade(office, replace(grades(office)[0], name="重大"), actor=CLERK, today=DAY)
    with pytest.raises(DeskError, match="0元"):
        put_grade(office, "疑难", 0, CLERK, DAY)
    remove_grade(office, "重大", CLERK)
    assert [entry.name for entry in grades(office)] == ["一般"]
    with pytest.raises(DeskError, match="没有“重大”"):
        remove_grade(office, "重大", CLERK)


def test_a_chosen_grade_stays_when_the_draft_is_claimed(scene: Scene, village_id: str) -> None:
    case = scene.close([scene.mediator("谭中华", village_id)], unit_id=village_id)
    draft = make_claim(scene.register, village_id, *Q3, CLERK, DAY)
    put_in_claim(scene.register, draft.id, {case.dispute.id: "重大"}, CLERK, DAY)
    claim_it(scene.register, draft.id, CLERK, DAY)
    sheet = claim_sheets.sheet_of(scene.register, draft.id, full=False)
    assert [(row.grade, row.amount_fen) for row in sheet.rows] == [("重大", 80_000)]


def test_the_whole_way_by_commands(scene: Scene, village_id: str, tmp_path, capsys) -> None:
    people = [scene.mediator("谭中华", village_id), scene.mediator("向明贵", village_id)]
    cases = [scene.close(people, unit_id=village_id) for _ in range(2)]
    scene.register.close()
    (tmp_path / "password").write_text("梨花-2026\n", encoding="utf-8")

    def line(verb: str, *more: object) -> tuple[int, str]:
        common = (tmp_path / "office", "--password-file", tmp_path / "password", "--today", DAY)
        code = run([str(part) for part in (verb, *common, *more)], lambda: None)
        return code, "".join(capsys.readouterr())

    quarter = ("--quarter", "2026-3", "--unit", "500230124200")
    code, said = line("allowance-table")
    assert (code, said.splitlines()[0]) == (
        0, "一般\t100.01元\t一般\t受理登记、协议书或口头协议登记表、签名和盖章日期"
    )  # fmt: skip
    assert line("allowance", *quarter)[0] == 1
    code, said = line("allowance", *quarter, "--make", "--out", tmp_path / "c.xlsx")
    assert code == 0, said
    assert "合计：2件，申报200.02元，同意0元" in said
    assert (tmp_path / "c.xlsx").is_file()
    assert "已申报 · 2026-10-23" in line("allowance", *quarter, "--claim")[1]
    code, said = line("allowance-entry", *quarter)
    assert (code, said.count("待录入")) == (1, 2)
    number = said.splitlines()[0].split("\t")[1]
    assert "协议内容" in line("allowance-entry", *quarter, "--case", number, "--done")[1]
    refused = line("allowance-review", *quarter, "--result", "refuse", "--cases", number)
    assert (refused[0], "没有写理由" in refused[1]) == (1, True)
    told = ("--result", "refuse", "--cases", number, "--reason", "缺材料")
    assert "不同意：缺材料" in line("allowance-review", *quarter, *told)[1]
    line("allowance-review", *quarter, "--grant-rest")
    code, said = line("allowance-review", *quarter, "--report", "--pay")
    assert code == 0, said
    assert "梨子园村：2件，申报200.02元，同意100.01元" in said
    history = line("allowance", *quarter, "--history")[1]
    assert history.index("发放") < history.index("上报") < history.index("初审")
    assert "没有2026-13" in line("allowance-review", *quarter, "--result", "grant", "--cases",
                               "2026-13")[1].replace("申报表里", "")  # fmt: skip
    assert line("allowance", "--quarter", "去年")[0] == 2
    assert len(cases) == 2
