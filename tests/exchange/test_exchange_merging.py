"""Packages in any order end in the same records, and every record read has one outcome."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sample_packages import VILLAGE, made_contents, records_of

from mediation_desk.domain.cases import Dispute, Party
from mediation_desk.domain.codes import PartyRole, Source
from mediation_desk.domain.masks import masked
from mediation_desk.domain.record import Record
from mediation_desk.domain.records import kind_of
from mediation_desk.domain.versions import Names, Version, hidden, nearest
from mediation_desk.domain.warning_codes import WarningRule
from mediation_desk.domain.warning_notice import WarningNotice
from mediation_desk.exchange.exact import Rejected
from mediation_desk.exchange.meeting import Outcome, Past, step_for
from mediation_desk.exchange.merging import Beside, plan

Held = dict[tuple[str, str], Record]


def _party(revision: int) -> Party:
    return Party(
        id="p" * 32,
        revision=revision,
        personal_revision=revision,
        dispute_id="d" * 32,
        role=PartyRole.APPLICANT,
        position=revision,
        name=f"张三{revision}",
        phone=f"0990000000{revision}",
    )


DISPUTE = Dispute(
    id="d" * 32,
    revision=1,
    personal_revision=1,
    unit_id=VILLAGE.id,
    year=2026,
    number=1,
    type="01",
    source=Source.OWN,
)


def _received(held: Held, *records: Record) -> dict[Outcome, int]:
    made = plan(records, (), Beside(lambda kind, id_: held.get((kind, id_))))
    held.update({(kind_of(record), record.id): record for record in made.adopted()})
    return {outcome: count for outcome, count in made.counts().items() if count}


@given(st.lists(st.tuples(st.integers(1, 5), st.booleans()), min_size=1, max_size=4))
def test_any_order_of_packages_ends_in_the_same_records(sent: list[tuple[int, bool]]) -> None:
    copies = [_party(revision) if full else masked(_party(revision)) for revision, full in sent]
    ends = set()
    for order in permutations(copies):
        held: Held = {("dispute", DISPUTE.id): DISPUTE}
        for copy in (*order, order[0]):
            _received(held, copy)
        ends.add(held["party", "p" * 32])
    assert len(ends) == 1
    (end,) = ends
    assert isinstance(end, Party)
    newest = max(revision for revision, _ in sent)
    full = max((revision for revision, full in sent if full), default=0)
    assert (end.revision, end.position) == (newest, newest)
    assert (end.personal_revision, end.name) == (full, f"张三{full}" if full else "张某某")


def test_every_outcome_is_told() -> None:
    held: Held = {("dispute", DISPUTE.id): DISPUTE}
    assert _received(held, _party(2)) == {Outcome.ADDED: 1}
    assert _received(held, _party(2)) == {Outcome.UNCHANGED: 1}
    assert _received(held, masked(_party(2))) == {Outcome.UNCHANGED: 1}
    assert _received(held, _party(1)) == {Outcome.OLDER: 1}
    assert _received(held, masked(_party(3))) == {Outcome.UPDATED: 1}
    assert held["party", "p" * 32] == replace(
        _party(3), personal_revision=2, name="张三2", phone="09900000002"
    )
    clash = replace(_party(3), position=9)
    assert _received(held, clash) == {Outcome.CONFLICT: 1}
    assert held["party", "p" * 32].revision == 3
    lonely = replace(_party(1), id="q" * 32, dispute_id="x" * 32)
    assert _received(held, lonely) == {Outcome.REJECTED: 1}


def test_conflict_names_the_fields() -> None:
    step = step_for(replace(DISPUTE, people=9, place="别处"), DISPUTE)
    assert step.outcome is Outcome.CONFLICT
    assert "涉及当事人数" in step.reason
    assert "发生地点" in step.reason


def test_whole_package_is_accounted_for() -> None:
    sent = records_of(made_contents(20))
    rejected = (Rejected(9, "report", "r" * 32, "这类记录不随月报报送。"),)
    records = (*sent, sent[0])  # one of them twice
    made = plan(records, rejected, Beside(lambda *_: None))
    counts = made.counts()
    assert sum(counts.values()) == len(records) + 1
    assert counts[Outcome.ADDED] == len(sent)
    assert counts[Outcome.REJECTED] == 2
    kept: set[str] = set()
    for record in made.adopted():
        for name in ("dispute_id", "agreement_id", "party_id"):
            parent = getattr(record, name, "")
            assert not parent or parent in kept
        kept.add(record.id)


NAMES = tuple(letter * 12 for letter in "abcdef")


def _past(*versions: Record, **open_: str) -> Past:
    """A register that made these versions one after the other, the first first."""
    names = NAMES[: len(versions)]
    known = [
        Version(name, frozenset(names[:place]), record, telling=True)
        for place, (name, record) in enumerate(zip(names, versions, strict=True))
    ]
    return Past(names[::-1], lambda: known[::-1], open_)


def _next(record: Dispute, **values: object) -> Dispute:
    revision = record.revision + 1
    return replace(record, revision=revision, personal_revision=revision, **values)


def test_what_was_made_from_ours_takes_its_place_whatever_its_revision_says() -> None:
    theirs = _next(DISPUTE, people=9)
    step = step_for(theirs, DISPUTE, (NAMES[5], NAMES[0]), _past(DISPUTE))
    assert (step.outcome, step.record) == (Outcome.UPDATED, theirs)
    assert step.names == (NAMES[5], NAMES[0])
    assert step.noted is None


def test_what_ours_was_made_from_changes_nothing() -> None:
    ours = _next(DISPUTE, people=9)
    step = step_for(DISPUTE, ours, (NAMES[0],), _past(DISPUTE, ours))
    assert (step.outcome, step.record) == (Outcome.OLDER, None)


def test_two_sides_that_merge_the_same_make_the_same_version() -> None:
    ours, theirs = _next(DISPUTE, people=9), _next(DISPUTE, place="桥头")
    here = step_for(theirs, ours, (NAMES[5], NAMES[0]), _past(DISPUTE, ours))
    known = _past(DISPUTE, theirs)
    renamed = [replace(known.versions()[0], name=NAMES[5]), known.versions()[1]]
    past = Past((NAMES[5], NAMES[0]), lambda: renamed)
    there = step_for(ours, theirs, (NAMES[1], NAMES[0]), past)
    assert here.record == there.record == replace(_next(ours), place="桥头")
    assert here.names[0] == there.names[0]
    assert set(here.names) == set(there.names) == {here.names[0], *NAMES[:2], NAMES[5]}
    assert here.noted == (theirs, (NAMES[5], NAMES[0]))


def test_a_second_change_of_the_same_field_there_is_no_question() -> None:
    """What was merged before is the base of the next merge, not what both once started from."""
    ours, theirs = _next(DISPUTE, complex=True), _next(DISPUTE, people=9)
    first = step_for(theirs, ours, (NAMES[5], NAMES[0]), _past(DISPUTE, ours))
    merged, noted = first.record, first.noted
    assert isinstance(merged, Dispute)
    assert noted is not None
    known = [
        Version(first.names[0], frozenset(first.names[1:]), merged, telling=True),
        Version(NAMES[5], frozenset(NAMES[:1]), noted[0], telling=True),
        *_past(DISPUTE, ours).versions(),
    ]
    again = _next(theirs, people=12)
    told = (NAMES[4], NAMES[5], NAMES[0])
    second = step_for(again, merged, told, Past(first.names, lambda: known))
    assert second.outcome is Outcome.UPDATED
    assert isinstance(second.record, Dispute)
    assert (second.record.people, second.record.complex) == (12, True)


def test_copies_that_claim_to_be_one_version_and_differ_are_asked_about() -> None:
    forged = replace(DISPUTE, people=9, revision=7)
    step = step_for(forged, DISPUTE, NAMES[:1], _past(DISPUTE))
    assert (step.outcome, step.record) == (Outcome.CONFLICT, DISPUTE)
    assert [clash.name for clash in step.clashes] == ["people"]


def test_without_a_version_in_common_the_higher_revision_wins() -> None:
    ours, theirs = _next(DISPUTE, people=9), _next(_next(DISPUTE, people=12))
    taken = step_for(theirs, ours, (NAMES[5],), _past(DISPUTE, ours))
    assert (taken.outcome, taken.record) == (Outcome.UPDATED, theirs)
    assert step_for(ours, theirs, (NAMES[5],), _past(theirs)).outcome is Outcome.OLDER
    asked = step_for(replace(ours, people=3), ours, (NAMES[5],), _past(DISPUTE, ours))
    assert (asked.outcome, asked.record) == (Outcome.CONFLICT, ours)
    assert [(clash.name, clash.base) for clash in asked.clashes] == [("people", "")]


def _crossing(*open_: str) -> tuple[Names, Names, Callable[[], list[Version]]]:
    """The lineages of two copies over two versions of which each was made from the other."""
    first, second, mine, later = (sign * 12 for sign in "abcd")
    held = frozenset(open_)
    crossed = [
        Version(first, frozenset({second}), replace(DISPUTE, people=2), True, held),
        Version(second, frozenset({first}), replace(DISPUTE, people=3), True, held),
    ]
    return (mine, first, second), (later, first, second), lambda: crossed


def test_where_merges_crossed_both_sides_make_the_same_version() -> None:
    mine, told, crossed = _crossing()
    ours = replace(DISPUTE, revision=4, people=2, place="桥头")
    theirs = replace(DISPUTE, revision=5, people=2, complex=True)
    here = step_for(theirs, ours, told, Past(mine, crossed))
    there = step_for(ours, theirs, mine, Past(told, crossed))
    assert (here.outcome, there.outcome) == (Outcome.UPDATED, Outcome.UPDATED)
    assert (
        here.record == there.record == replace(ours, revision=6, personal_revision=6, complex=True)
    )
    assert here.names[0] == there.names[0]
    assert set(here.names) == set(there.names) == {here.names[0], *mine, *told}


def test_where_merges_crossed_what_both_changed_is_asked_whatever_the_revision() -> None:
    mine, told, crossed = _crossing()
    ours = replace(DISPUTE, revision=4, people=8)
    for theirs in (replace(DISPUTE, revision=5, people=9), replace(DISPUTE, revision=5, people=3)):
        step = step_for(theirs, ours, told, Past(mine, crossed))
        outcome = Outcome.UPDATED if theirs.people == 3 else Outcome.CONFLICT
        assert (step.outcome, getattr(step.record, "people", 0)) == (outcome, 8)
    decided = [replace(ours, people=2), replace(ours, revision=5, people=3)]
    asked = step_for(decided[1], decided[0], told, Past(mine, crossed))
    assert (asked.outcome, [clash.name for clash in asked.clashes]) == (
        Outcome.CONFLICT,
        ["people"],
    )


def test_who_knows_both_values_and_asks_no_longer_has_decided() -> None:
    mine, told, crossed = _crossing("people")
    ours = replace(DISPUTE, revision=4, people=2)
    theirs = replace(DISPUTE, revision=5, people=3)
    step = step_for(theirs, ours, told, Past(mine, crossed, {"people": "3"}))
    assert (step.outcome, getattr(step.record, "people", 0)) == (Outcome.UPDATED, 3)
    assert step.settled == ("people",)
    still = step_for(theirs, ours, (*told, "?people"), Past(mine, crossed, {"people": "3"}))
    assert (getattr(still.record, "people", 0), still.settled) == (2, ())


def test_in_a_longer_ring_all_versions_are_peers() -> None:
    ring = [
        Version(name, frozenset({before}), replace(DISPUTE, people=place), telling=True)
        for place, (name, before) in enumerate(zip("abc", "cab", strict=True))
    ]
    older = Version("o", frozenset(), replace(DISPUTE, people=9), telling=True)
    made = [replace(version, ancestors=version.ancestors | {"o"}) for version in ring]
    assert nearest([*made, older]) == [version.record for version in ring]


def test_a_masked_copy_without_lineage_does_not_pass_for_one_whose_values_are_known() -> None:
    """As in files of the first format; the full copy that comes later still fills in."""
    ours, known = _party(5), ("a" * 12,)
    first = step_for(masked(_party(7)), ours, (), Past(known))
    assert first.record is not None
    assert (first.record.revision, first.record.personal_revision) == (7, 5)
    full = step_for(_party(7), first.record, (), Past(known))
    assert full.record == _party(7)


def test_what_they_hold_open_is_kept_with_their_version() -> None:
    told = (NAMES[5], NAMES[0], "?people")
    ours, theirs = _next(DISPUTE, place="桥头"), _next(DISPUTE, complex=True)
    merged = step_for(theirs, ours, told, _past(DISPUTE, ours))
    assert merged.noted == (theirs, told)
    assert "?people" not in merged.names
    assert step_for(theirs, DISPUTE, told, _past(DISPUTE)).names == told
    assert step_for(theirs, None, told).names == told


def test_our_very_version_ends_a_question_only_from_who_knew_what_raised_it() -> None:
    ours = _next(DISPUTE, people=4)
    past = replace(_past(DISPUTE, ours, people="5"), raised={"people": NAMES[5]})
    heard = (NAMES[1], NAMES[5], NAMES[0])
    assert step_for(ours, ours, heard, past).settled == ("people",)
    assert step_for(ours, ours, (NAMES[1], NAMES[0]), past).settled == ()
    assert step_for(ours, ours, (*heard, "?people"), past).settled == ()


def test_a_start_that_both_name_and_nobody_holds_lets_no_revision_win() -> None:
    ours, theirs = _next(DISPUTE, people=7), replace(DISPUTE, revision=3, place="桥头")
    lost, mine, told = NAMES[4], (NAMES[1], NAMES[4]), (NAMES[5], NAMES[4])
    known = [Version(NAMES[1], frozenset({lost}), ours, telling=True)]
    step = step_for(theirs, ours, told, Past(mine, lambda: known))
    assert step.outcome is Outcome.CONFLICT
    assert [clash.name for clash in step.clashes] == ["place", "people"]
    assert (getattr(step.record, "people", 0), step.noted) == (7, (theirs, told))


def test_a_late_file_of_a_hand_over_only_fills_in_what_came_masked() -> None:
    theirs = replace(DISPUTE, facts="排水沟堵塞。", personal_revision=DISPUTE.revision)
    ours = replace(masked(_next(theirs, unit_id="b" * 32)), personal_revision=0)
    names = hidden((NAMES[1], NAMES[0]))
    past = Past(names, lambda: (), follows=frozenset(("unit_id",)))
    step = step_for(theirs, ours, (NAMES[0],), past)
    assert isinstance(step.record, Dispute)
    assert (step.record.unit_id, step.record.facts) == ("b" * 32, "排水沟堵塞。")


@pytest.mark.parametrize("days", [0, 5])
def test_a_sign_raised_again_after_a_backup_stands_as_first_raised_on_both_sides(days: int) -> None:
    notice = WarningNotice(
        id="w" * 32,
        revision=1,
        personal_revision=1,
        dispute_id="d" * 32,
        desk_id=VILLAGE.id,
        rule=WarningRule.WORDS,
        raised_on=date(2026, 10, 1),
    )
    first, again = (
        (notice, ("b" * 12,)),
        (replace(notice, raised_on=date(2026, 10, 1 + days)), ("a" * 12,)),
    )
    # The files cross: each side meets the other's copy beside its own.
    ends = [
        step_for(theirs, mine, told, Past(names, lambda: ()))
        for (mine, names), (theirs, told) in ((first, again), (again, first))
    ]
    assert [end.record for end in ends] == [notice, notice]
    assert len({end.names[0] for end in ends}) == 1
    assert not ends[0].clashes + ends[1].clashes
    # What a person said of one of them is no doing of the program.
    said = replace(again[0], raised_on=date(2026, 10, 9), decision="是气话")
    assert step_for(said, notice, again[1], Past(first[1], lambda: ())).clashes
