"""A claim between a village and its office, by real files: there, reviewed, and back."""

import json
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from allowance_scene import DAY, WHO, Scene, put, the_table
from openpyxl import load_workbook
from two_ways import CLERK, Ways, only

from mediation_desk.desk import enrolling
from mediation_desk.desk.claim_review import grant_rest, pay, report, review
from mediation_desk.desk.claimed_once import claimed
from mediation_desk.desk.claiming import claim_it, grades, lines_of, make_claim
from mediation_desk.desk.handing_over import hand_over
from mediation_desk.desk.municipal_entry import mark_entered
from mediation_desk.desk.sending import send
from mediation_desk.domain.allowance import ClaimState, ReviewResult
from mediation_desk.domain.casefile import CaseFile
from mediation_desk.domain.periods import month_of
from mediation_desk.domain.problems import DeskError
from mediation_desk.exchange.setup_file import read_setup_file
from mediation_desk.store.register import Register

Q3 = (2026, 3)
TOLD = ("claim", "claim_line")


@pytest.fixture
def ways(village: Register, office: Register, tmp_path: Path) -> Ways:
    made = Ways(village, office, tmp_path)
    put(office, *the_table())
    made.enrol()
    return made


@pytest.fixture
def scene(ways: Ways) -> Scene:
    return Scene(ways.village, table=False)


def told(register: Register) -> list[object]:
    """The claims of a register, whatever revision they are."""
    return [
        replace(entry, revision=0, personal_revision=0)
        for kind in TOLD
        for entry in register.all(kind)
    ]


def a_claim(scene: Scene, count: int = 2) -> tuple[str, list[CaseFile]]:
    tao = [scene.mediator()]
    cases = [scene.close(tao) for _ in range(count)]
    claim = make_claim(scene.register, scene.unit_id, *Q3, WHO, DAY)
    return claim_it(scene.register, claim.id, WHO, DAY).id, cases


def _format_of(path: Path) -> int:
    """The format that a set-up file says it has, by which an earlier program judges it."""
    described = load_workbook(path)["_exact"]["A1"].value
    return int(json.loads(described)["format"])


def test_the_set_up_file_brings_the_table_of_allowances(ways: Ways, tmp_path: Path) -> None:
    assert [grade.name for grade in grades(ways.village)] == ["一般", "疑难", "重大"]
    assert grades(ways.village) == grades(ways.office)
    assert read_setup_file(tmp_path / "setup.xlsx").grades
    assert _format_of(tmp_path / "setup.xlsx") == 2


def test_a_set_up_file_without_a_table_is_as_it_was(
    village: Register, office: Register, tmp_path: Path
) -> None:
    made = Ways(village, office, tmp_path)
    own = the_table()[0]
    put(village, own)
    made.enrol()
    assert read_setup_file(tmp_path / "setup.xlsx").grades == ()
    # An earlier program opens it too, because nothing in it is new.
    assert _format_of(tmp_path / "setup.xlsx") == 1
    assert [grade.id for grade in grades(village)] == [own.id]


def test_the_offices_table_takes_the_place_of_the_villages(
    village: Register, office: Register, tmp_path: Path
) -> None:
    put(village, *the_table())
    put(office, the_table()[0])
    Ways(village, office, tmp_path).enrol()
    assert grades(village) == grades(office)
    assert len(grades(village)) == 1


def test_what_the_office_changes_in_its_table_comes_with_its_next_file(ways: Ways) -> None:
    ways.up()
    ways.down()
    put(ways.office, replace(grades(ways.office)[0], amount_fen=12_000))
    ways.down()
    assert grades(ways.village) == grades(ways.office)
    assert grades(ways.village)[0].amount_fen == 12_000


def test_a_claim_goes_up_is_reviewed_and_comes_back(ways: Ways, scene: Scene) -> None:
    claim_id, (first, second) = a_claim(scene)
    got = ways.up()
    assert got.look.counts["rejected"] == 0, got.look.problems
    assert told(ways.office) == told(ways.village)
    review(ways.office, claim_id, [first.dispute.id], ReviewResult.GRANTED, CLERK, DAY)
    assert ways.office.get("claim", claim_id).state is ClaimState.CLAIMED
    why = "缺少回访记录。"
    review(ways.office, claim_id, [second.dispute.id], ReviewResult.RETURNED, CLERK, DAY, why)
    assert ways.office.get("claim", claim_id).state is ClaimState.REVIEWED
    # Meanwhile the village typed a case into the municipal system.
    mark_entered(ways.village, first.dispute.id, WHO, DAY)
    ways.down()
    results = {
        line.dispute_id: (line.result, line.reason) for line in lines_of(ways.village, claim_id)
    }
    assert results == {
        first.dispute.id: (ReviewResult.GRANTED, ""),
        second.dispute.id: (ReviewResult.RETURNED, why),
    }
    got = ways.up()
    assert got.look.counts["rejected"] == got.look.counts["conflict"] == 0, got.look.problems
    assert told(ways.office) == told(ways.village)
    assert {line.entered_on for line in lines_of(ways.office, claim_id)} == {DAY, None}
    report(ways.office, claim_id, CLERK, DAY)
    pay(ways.office, claim_id, CLERK, DAY + timedelta(days=3))
    ways.down()
    assert ways.village.get("claim", claim_id).state is ClaimState.PAID
    # What was given back may be claimed again, what was paid may not.
    again = make_claim(ways.village, scene.unit_id, 2026, 4, WHO, DAY)
    assert {line.dispute_id for line in lines_of(ways.village, again.id)} == {second.dispute.id}
    assert ways.office.verify() == ways.village.verify() == []


def test_a_draft_stays_at_home(ways: Ways, scene: Scene) -> None:
    scene.close([scene.mediator()])
    claim = make_claim(ways.village, scene.unit_id, *Q3, WHO, DAY)
    ways.up()
    assert not told(ways.office)
    # Its lines were written before that package, and go with the claim all the same.
    claim_it(ways.village, claim.id, WHO, DAY)
    ways.up()
    assert told(ways.office) == told(ways.village) != []


def test_a_village_without_a_set_up_file_sends_its_claim_too(
    village: Register, office: Register, tmp_path: Path
) -> None:
    scene = Scene(village)
    made = Ways(village, office, tmp_path)
    claim_id, _ = a_claim(scene)
    # The first package tells of October; the cases were closed in September.
    got = made.up()
    assert got.look.counts["rejected"] == 0, got.look.problems
    assert told(office) == told(village)
    claim, done = grant_rest(office, claim_id, CLERK, DAY)
    assert (claim.state, done) == (ClaimState.REVIEWED, 2)
    made.down()
    assert village.get("claim", claim_id).state is ClaimState.REVIEWED


def test_a_villages_file_does_not_rewrite_what_it_claimed(ways: Ways, scene: Scene) -> None:
    claim_id, (first, _) = a_claim(scene)
    ways.up()
    grant_rest(ways.office, claim_id, CLERK, DAY)
    line = next(e for e in lines_of(ways.village, claim_id) if e.dispute_id == first.dispute.id)
    put(ways.village, replace(line, amount_fen=999_999))
    got = ways.up()
    assert got.look.counts["rejected"] == 1
    assert any("由司法所审核" in problem.message for problem in got.look.problems)
    assert only(ways.office, "claim_line", id=line.id).amount_fen == 10_001
    ways.down()
    assert told(ways.office) == told(ways.village)
    assert only(ways.village, "claim_line", id=line.id).result is ReviewResult.GRANTED


def test_a_case_claimed_and_then_handed_over_is_paid_once(ways: Ways, scene: Scene) -> None:
    ways.up()
    claim_id, (case,) = a_claim(scene, 1)
    township = ways.office.committee
    hand_over(ways.village, case.dispute.id, township.id, "镇里跟进。", WHO, DAY)
    got = ways.up()
    assert got.look.counts["rejected"] == 0, got.look.problems
    # The township has the case now, and sees that it was claimed.
    with pytest.raises(DeskError, match="没有可以申报的"):
        make_claim(ways.office, township.id, *Q3, CLERK, DAY)
    grant_rest(ways.office, claim_id, CLERK, DAY)
    ways.down()
    assert told(ways.office) == told(ways.village)
    (entry,) = claimed(ways.office, [case.dispute.id])[case.dispute.id]
    assert entry.granted


def test_both_claim_and_only_one_is_granted(ways: Ways, scene: Scene) -> None:
    """The township claims a case handed over before the village's own claim has arrived."""
    ways.up()
    tao = [scene.mediator()]
    case = scene.close(tao)
    township = ways.office.committee
    # Handed over in one package, claimed by the village in the next one from an old copy.
    hand_over(ways.village, case.dispute.id, township.id, "镇里跟进。", WHO, DAY)
    ways.up()
    own = make_claim(ways.office, township.id, *Q3, CLERK, DAY)
    own = claim_it(ways.office, own.id, CLERK, DAY)
    line = lines_of(ways.office, own.id)[0]
    theirs = replace(
        own, id="f" * 32, unit_id=ways.village.unit.id, revision=0, personal_revision=0
    )
    copy = replace(
        line, id="e" * 32, claim_id=theirs.id, unit_id=theirs.unit_id, revision=0,
        personal_revision=0,
    )  # fmt: skip
    put(ways.village, theirs, copy)
    ways.up()
    grant_rest(ways.office, own.id, CLERK, DAY)
    with pytest.raises(DeskError, match=r"已经同意补贴这件纠纷.*只补一次"):
        review(ways.office, theirs.id, [case.dispute.id], ReviewResult.GRANTED, CLERK, DAY)
    _, done = grant_rest(ways.office, theirs.id, CLERK, DAY)
    assert done == 0


def test_the_office_claims_for_a_village_without_the_program(office: Register) -> None:
    scene = Scene(office)
    unit = enrolling.new_unit(
        office, "500230124201", "尖山子村", "", next(u.kind for u in office.units())
    )
    put(office, unit)
    mediator = scene.mediator("谭中华", unit.id)
    case = scene.close([mediator], unit_id=unit.id)
    claim = make_claim(office, unit.id, *Q3, CLERK, DAY)
    assert {line.dispute_id for line in lines_of(office, claim.id)} == {case.dispute.id}
    claim_it(office, claim.id, CLERK, DAY)
    grant_rest(office, claim.id, CLERK, DAY)
    report(office, claim.id, CLERK, DAY)
    assert pay(office, claim.id, CLERK, DAY).paid_on == DAY


def test_a_village_does_not_review(ways: Ways, scene: Scene) -> None:
    claim_id, (first, _) = a_claim(scene)
    with pytest.raises(DeskError, match="司法所初审"):
        review(ways.village, claim_id, [first.dispute.id], ReviewResult.GRANTED, WHO, DAY)


def test_a_lost_village_gets_its_claims_again(ways: Ways, scene: Scene, tmp_path: Path) -> None:
    claim_id, _ = a_claim(scene)
    ways.up()
    grant_rest(ways.office, claim_id, CLERK, DAY)
    before = told(ways.village)
    from mediation_desk.desk import giving_back  # noqa: PLC0415

    path = giving_back.write_returns(
        ways.office, ways.village.unit.id, tmp_path / "again.xlsx", CLERK, DAY, again=True
    )
    ways.take(ways.village, path)
    assert told(ways.village) == told(ways.office) != before


def test_an_unsealed_first_package_of_another_month_has_no_stray_claim(
    village: Register, tmp_path: Path
) -> None:
    """Without a claim the first package is what it always was."""
    scene = Scene(village)
    scene.close([scene.mediator()])
    made = make_claim(village, scene.unit_id, *Q3, WHO, DAY)
    sent = send(village, month_of(date(2026, 10, 1)), tmp_path / "p.xlsx", WHO, DAY)
    assert sent.package.disputes == 0
    assert made.state is ClaimState.DRAFT
