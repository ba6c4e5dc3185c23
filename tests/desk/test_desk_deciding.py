"""What both sides changed: parked in the act that brought it, asked in words, decided once."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from builders import TODAY
from two_desks import Mould, a_mould, edit, planned, taken, written

from mediation_desk.desk.deciding import decide, open_proposals, questions
from mediation_desk.domain.codes import ProposalState
from mediation_desk.domain.problems import DeskError
from mediation_desk.domain.round_trip import Proposal
from mediation_desk.store.register import Register

CLERK = "罗晓"
Desks = tuple[Register, Register]


@pytest.fixture(scope="module")
def mould(tmp_path_factory: pytest.TempPathFactory) -> Mould:
    """A village and its office with one case."""
    return a_mould(tmp_path_factory.mktemp("mould"))


@pytest.fixture
def desks(mould: Mould, tmp_path: Path) -> Iterator[Desks]:
    """The two of them, opened."""
    with mould.desks(tmp_path / "desks") as both:
        yield both


def _apart(mould: Mould, desks: Desks) -> dict[str, int]:
    """Both change the number of people, each one thing more; the office receives it."""
    village, office = desks
    dispute, party = mould.shared
    edit(village, dispute, people=5, facts="水沟改道。")
    edit(village, party, phone="13900010001")
    edit(office, dispute, people=4, complex=True)
    return taken(office, written(village, mould.shared), "2026-09.xlsx")


def _numbers(register: Register, mould: Mould) -> tuple[int, bool, str]:
    dispute = register.get(*mould.shared[0])
    return dispute.people, dispute.complex, dispute.facts


def test_only_what_both_changed_is_asked(mould: Mould, desks: Desks) -> None:
    _, office = desks
    assert _apart(mould, desks) == {"conflict": 1, "updated": 1}
    assert _numbers(office, mould) == (4, True, "水沟改道。")
    (asked,) = questions(office)
    assert (asked.unit, asked.noun, asked.label) == ("梨子园村", "纠纷登记", "涉及当事人数")
    assert (asked.base, asked.ours, asked.theirs) == ("2", "4", "5")
    assert asked.number.endswith("号")
    assert not asked.changed
    assert asked.proposal.file_name == "2026-09.xlsx"
    assert questions(office, "nobody") == []
    assert office.verify() == []


def test_values_are_told_as_people_read_them(mould: Mould, desks: Desks) -> None:
    village, office = desks
    dispute, party = mould.shared
    edit(village, dispute, complex=True, closed_on=None, type="03")
    edit(village, party, phone="13900010001")
    edit(office, dispute, complex=False, closed_on=TODAY, type="05")
    edit(office, party, phone="13911110001")
    taken(office, written(village, mould.shared))
    told = {entry.label: (entry.ours, entry.theirs) for entry in questions(office)}
    assert told["联系方式"] == ("139111*0001", "139000*0001")  # Masked, they would look alike.
    assert told["结案日期"] == (TODAY.isoformat(), "（空）")
    assert all("0" not in value for value in told["纠纷类型"])


def test_theirs_taken_is_written_and_travels_back(mould: Mould, desks: Desks) -> None:
    village, office = desks
    _apart(mould, desks)
    (asked,) = questions(office)
    act = decide(office, [asked.proposal.id], ProposalState.TAKEN, CLERK, TODAY, "村里对")
    assert _numbers(office, mould) == (5, True, "水沟改道。")
    answered = office.get("proposal", asked.proposal.id)
    assert isinstance(answered, Proposal)
    assert (answered.state, answered.decided_by, answered.remark) == (
        ProposalState.TAKEN, CLERK, "村里对",
    )  # fmt: skip
    changed = {change.kind for change in office.changes_of_act(act)}
    assert changed == {"dispute", "proposal"}
    assert taken(village, written(office, mould.shared)) == {"updated": 1, "unchanged": 1}
    assert village.get(*mould.shared[0]) == office.get(*mould.shared[0])
    assert questions(village) == []


def test_ours_kept_is_a_new_version_that_travels_back(mould: Mould, desks: Desks) -> None:
    village, office = desks
    _apart(mould, desks)
    (asked,) = questions(office)
    before = office.get(*mould.shared[0])
    decide(office, [asked.proposal.id], ProposalState.KEPT, CLERK, TODAY)
    after = office.get(*mould.shared[0])
    assert after == replace(before, revision=after.revision, personal_revision=after.revision)
    assert after.revision == before.revision + 1
    taken(village, written(office, mould.shared))
    assert _numbers(village, mould) == (4, True, "水沟改道。")
    assert village.get(*mould.shared[0]) == after


def test_an_undecided_value_overwrites_nothing_on_the_other_side(
    mould: Mould, desks: Desks
) -> None:
    village, office = desks
    _apart(mould, desks)
    assert taken(village, written(office, mould.shared))["conflict"] == 1
    assert _numbers(village, mould) == (5, True, "水沟改道。")
    (asked,) = questions(village)
    assert (asked.base, asked.ours, asked.theirs) == ("2", "5", "4")
    # Whoever decides first has decided for both.
    decide(village, [asked.proposal.id], ProposalState.KEPT, "陶素芬", TODAY)
    taken(office, written(village, mould.shared))
    assert _numbers(office, mould)[0] == 5
    assert open_proposals(office) == []
    (settled,) = office.all("proposal")
    assert isinstance(settled, Proposal)
    assert settled.state is ProposalState.SETTLED


def test_an_undecided_personal_value_overwrites_nothing_either(mould: Mould, desks: Desks) -> None:
    village, office = desks
    party = mould.shared[1]
    edit(village, party, phone="13900010001")
    edit(office, party, phone="13900020001", occupation="务工")
    assert taken(office, written(village, mould.shared))["conflict"] == 1
    assert taken(village, written(office, mould.shared))["conflict"] == 1
    now = village.get(*party)
    assert (now.phone, now.occupation) == ("13900010001", "务工")
    (asked,) = open_proposals(village)
    decide(village, [asked.id], ProposalState.TAKEN, "陶素芬", TODAY)
    taken(office, written(village, mould.shared))
    assert village.get(*party) == office.get(*party)
    assert office.get(*party).phone == "13900020001"
    assert open_proposals(office) == []


def _crossed(mould: Mould, desks: Desks) -> None:
    """Both change the number of people and hear of it, until each holds the question open."""
    village, office = desks
    edit(village, mould.shared[0], people=5)
    edit(office, mould.shared[0], people=4)
    for _ in range(2):
        _exchanged(mould, desks)
    assert [asked.theirs for desk in desks for asked in questions(desk)] == ["4", "5"]


def _exchanged(mould: Mould, desks: Desks) -> tuple[dict[str, int], dict[str, int]]:
    """Each takes what the other says now; what became of it in the village and in the office."""
    village, office = desks
    up, down = written(village, mould.shared), written(office, mould.shared)
    return taken(village, down), taken(office, up)


@pytest.mark.parametrize("later", [0, 1])
def test_what_both_decided_differently_is_asked_again(
    mould: Mould, desks: Desks, later: int
) -> None:
    """The higher revision does not stand unasked, whichever side has it."""
    _crossed(mould, desks)
    for desk in desks:
        ids = [asked.proposal.id for asked in questions(desk)]
        decide(desk, ids, ProposalState.KEPT, CLERK, TODAY)
    edit(desks[later], mould.shared[0], place="桥头")
    told = _exchanged(mould, desks)
    assert [outcomes.get("conflict") for outcomes in told] == [1, 1]
    assert [_numbers(desk, mould)[0] for desk in desks] == [5, 4]
    assert {desk.get(*mould.shared[0]).place for desk in desks} == {"桥头"}
    village, office = desks
    (asked,) = questions(village)
    decide(village, [asked.proposal.id], ProposalState.TAKEN, "陶素芬", TODAY)
    for _ in range(2):
        _exchanged(mould, desks)
    assert village.get(*mould.shared[0]) == office.get(*mould.shared[0])
    assert _numbers(office, mould)[0] == 4
    assert questions(village) == questions(office) == []


@pytest.mark.parametrize("side", [0, 1])
@pytest.mark.parametrize("state", [ProposalState.KEPT, ProposalState.TAKEN])
def test_who_works_on_elsewhere_while_the_other_decides_is_not_asked_again(
    mould: Mould, desks: Desks, side: int, state: ProposalState
) -> None:
    _crossed(mould, desks)
    (asked,) = questions(desks[side])
    decide(desks[side], [asked.proposal.id], state, CLERK, TODAY)
    edit(desks[1 - side], mould.shared[0], place="桥头")
    wanted = _numbers(desks[side], mould)[0]
    for _ in range(3):
        told = _exchanged(mould, desks)
        assert [outcomes.get("conflict") for outcomes in told] == [None, None]
    village, office = desks
    assert village.get(*mould.shared[0]) == office.get(*mould.shared[0])
    assert (_numbers(office, mould)[0], office.get(*mould.shared[0]).place) == (wanted, "桥头")
    assert open_proposals(village) == open_proposals(office) == []


def test_what_was_decided_without_knowing_ours_does_not_answer_our_question(
    mould: Mould, desks: Desks
) -> None:
    """That they knew the value is not enough: they had not heard that we kept it."""
    village, office = desks
    _crossed(mould, desks)
    edit(village, mould.shared[0], people=6)
    decide(office, [questions(office)[0].proposal.id], ProposalState.KEPT, CLERK, TODAY)
    assert taken(office, written(village, mould.shared))["conflict"] == 1
    (asked,) = questions(village)
    seen = {asked.proposal.id: asked.revision}
    decide(village, [asked.proposal.id], ProposalState.KEPT, "陶素芬", TODAY, seen=seen)
    taken(office, written(village, mould.shared))
    assert _numbers(office, mould)[0] == 4
    assert [(entry.ours, entry.theirs) for entry in questions(office)] == [("4", "6")]


def test_theirs_changed_again_replaces_the_question(mould: Mould, desks: Desks) -> None:
    village, office = desks
    _apart(mould, desks)
    (first,) = open_proposals(office)
    edit(village, mould.shared[0], people=9, place="桥头")
    taken(office, written(village, mould.shared), "2026-10.xlsx")
    (second,) = open_proposals(office)
    assert (second.id, second.base, second.theirs) == (first.id, "2", "9")
    assert second.file_name == "2026-10.xlsx"
    assert _numbers(office, mould)[0] == 4
    assert office.get(*mould.shared[0]).place == "桥头"
    edit(village, mould.shared[0], people=4)
    taken(office, written(village, mould.shared))
    assert open_proposals(office) == []


def test_the_same_again_and_older_ones_change_nothing(mould: Mould, desks: Desks) -> None:
    village, office = desks
    old = written(village, mould.shared)
    _apart(mould, desks)
    new = written(village, mould.shared)
    before, sequence = list(office.dump()), office.sequence()
    assert taken(office, new) == {"older": 1, "unchanged": 1}
    assert taken(office, old) == {"older": 2}
    assert (list(office.dump()), office.sequence()) == (before, sequence)


def test_undo_takes_records_and_questions_back(mould: Mould, desks: Desks) -> None:
    village, office = desks
    dispute = mould.shared[0]
    edit(village, dispute, people=5)
    edit(office, dispute, people=4)
    before = list(office.dump())
    for _ in range(2):
        letter = written(village, mould.shared)
        assert taken(office, letter)["conflict"] == 1
        assert len(open_proposals(office)) == 1
        act = office.acts("import")[0].number
        office.undo(act, CLERK, "撤销")
        assert list(office.dump()) == before
        assert planned(office, letter).counts() == planned(office, letter).counts()
    taken(office, written(village, mould.shared))
    (asked,) = open_proposals(office)
    decide(office, [asked.id], ProposalState.TAKEN, CLERK, TODAY)
    act = office.acts("import")[0].number
    assert "请先撤销" in office.why_not_undo(act)
    assert office.verify() == []


def test_all_or_nothing_and_never_twice(mould: Mould, desks: Desks) -> None:
    village, office = desks
    dispute, party = mould.shared
    edit(village, dispute, people=5)
    edit(village, party, phone="13900010001")
    edit(office, dispute, people=4)
    edit(office, party, phone="13900020001")
    taken(office, written(village, mould.shared))
    ids = [entry.id for entry in open_proposals(office)]
    assert len(ids) == 2
    before = list(office.dump())
    with pytest.raises(DeskError, match="已经处理过"):
        decide(office, [*ids, "nothing"], ProposalState.TAKEN, CLERK, TODAY)
    assert list(office.dump()) == before
    decide(office, ids, ProposalState.TAKEN, CLERK, TODAY)
    with pytest.raises(DeskError, match="已经处理过"):
        decide(office, ids[:1], ProposalState.KEPT, CLERK, TODAY)
    assert office.get(*party).phone == "13900010001"
    assert decide(office, [], ProposalState.KEPT, CLERK, TODAY) == 0


def test_a_record_changed_in_between_is_looked_at_again(mould: Mould, desks: Desks) -> None:
    _, office = desks
    _apart(mould, desks)
    (asked,) = questions(office)
    edit(office, mould.shared[0], people=7)
    before = list(office.dump())
    for seen in ({}, {asked.proposal.id: asked.revision}):
        with pytest.raises(DeskError, match="在这期间又改过"):
            decide(office, [asked.proposal.id], ProposalState.TAKEN, CLERK, TODAY, seen=seen)
    assert list(office.dump()) == before
    (again,) = questions(office)
    assert (again.ours, again.changed) == ("7", True)
    seen = {again.proposal.id: again.revision}
    decide(office, [again.proposal.id], ProposalState.TAKEN, CLERK, TODAY, seen=seen)
    assert _numbers(office, mould)[0] == 5


def test_masked_copies_bring_no_personal_value_and_wipe_none(mould: Mould, desks: Desks) -> None:
    village, office = desks
    party = mould.shared[1]
    edit(village, party, phone="13900010001")
    known = office.get(*party)
    taken(office, written(village, mould.shared, full=False))
    assert office.get(*party).phone == known.phone
    assert office.get(*party).name == known.name
    edit(office, party, position=3)
    # The full copy of the version that came masked fills in what it lacked.
    assert taken(office, written(village, mould.shared))["updated"] == 1
    now = office.get(*party)
    assert (now.phone, now.position) == ("13900010001", 3)


@pytest.mark.parametrize("full", [True, False])
def test_a_question_ends_when_the_other_side_takes_our_version_over(
    mould: Mould, desks: Desks, full: bool
) -> None:
    village, office = desks
    dispute = mould.shared[0]
    for changed in ({"people": 4}, {"complex": True}, {"complex": False}):
        edit(office, dispute, **changed)
    edit(village, dispute, people=5)
    early = written(village, mould.shared, full=full)
    taken(office, early)
    assert len(open_proposals(office)) == 1
    edit(village, dispute, people=4)
    taken(village, written(office, mould.shared, full=full))
    taken(office, early)
    assert len(open_proposals(office)) == 1, "what was sent before says nothing of it"
    taken(office, written(village, mould.shared, full=full))
    assert not open_proposals(office)
    assert office.get(*dispute).people == village.get(*dispute).people == 4
    taken(village, written(office, mould.shared, full=full))
    assert office.get(*dispute).people == village.get(*dispute).people == 4
