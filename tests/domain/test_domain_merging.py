"""Three-way merging by field: what one side changed is taken, what both changed is asked."""

from dataclasses import replace

import pytest
from any_records import records_of, values_of
from builders import a_dispute, a_party
from hypothesis import given
from hypothesis import strategies as st

from mediation_desk.domain.codes import PartyRole
from mediation_desk.domain.fields import describe
from mediation_desk.domain.masks import masked, personal_fields
from mediation_desk.domain.merging import (
    Clash,
    Common,
    Personal,
    later_personal,
    three_way,
    with_personal,
)
from mediation_desk.domain.record import Record
from mediation_desk.domain.records import KINDS
from mediation_desk.domain.versions import (
    Bases,
    Lineage,
    Version,
    hidden,
    merged_name,
    nearest,
    shared,
    together,
    version_of,
    written,
)

BASE = replace(a_dispute(people=2, place="河边", facts="水沟"), revision=3, personal_revision=3)
_OWN = ("id", "revision", "personal_revision")


def _merged(ours: Record, theirs: Record, *bases: Record, **common: object) -> object:
    return three_way(ours, theirs, Common(Bases(bases), **common), Personal(None, Bases(bases)))  # type: ignore[arg-type]


def test_what_one_side_changed_is_taken() -> None:
    ours, theirs = replace(BASE, people=5), replace(BASE, facts="院坝", complex=True)
    made = _merged(ours, theirs, BASE)
    assert made.record == replace(ours, facts="院坝", complex=True)
    assert made.clashes == ()
    assert not made.equals(ours)
    assert not made.equals(theirs)


def test_what_both_changed_alike_is_no_question() -> None:
    ours, theirs = replace(BASE, people=5), replace(BASE, people=5, revision=9)
    made = _merged(ours, theirs, BASE)
    assert made.clashes == ()
    assert made.equals(ours)
    assert made.equals(theirs)


def test_what_both_changed_differently_keeps_ours_and_is_asked() -> None:
    ours, theirs = replace(BASE, people=5, place="桥头"), replace(BASE, people=6)
    made = _merged(ours, theirs, BASE)
    assert made.record == ours
    assert made.clashes == (Clash("people", "2", "5", "6"),)


def test_without_a_base_every_difference_is_asked() -> None:
    made = _merged(replace(BASE, people=5), replace(BASE, people=6, place="桥头"))
    assert set(made.clashes) == {
        Clash("people", "", "5", "6"),
        Clash("place", "", '"河边"', '"桥头"'),
    }


def test_a_voided_record_and_a_changed_one_are_both_heard() -> None:
    made = _merged(replace(BASE, void_reason="重复登记"), replace(BASE, people=9), BASE)
    assert made.record == replace(BASE, void_reason="重复登记", people=9)


def test_where_two_bases_disagree_their_values_are_both_old() -> None:
    one, other = replace(BASE, people=4), replace(BASE, people=7)
    made = _merged(replace(BASE, people=9), other, one, other)
    assert (made.record.people, made.clashes) == (9, ())
    assert _merged(one, other, one, other).clashes == (Clash("people", "", "4", "7"),)


def test_of_a_field_that_was_open_on_the_way_each_decision_counts() -> None:
    """Also for the value one had: that it did not change does not say that nobody decided."""
    one, other = replace(BASE, people=4), replace(BASE, people=7)
    apart = {"people": (one, other)}
    for theirs in (other, replace(BASE, people=9)):
        for asked, clashing in ((frozenset[str](), True), (frozenset(("people",)), False)):
            common = Common(Bases((one,), apart), asked=asked)
            made = three_way(one, theirs, common, Personal(one))
            wanted = one.people if clashing else theirs.people
            assert (bool(made.clashes), getattr(made.record, "people", 0)) == (clashing, wanted)
    # Neither of the two here: that was written while it was asked, and is asked on.
    common = Common(Bases((one,), apart), asked=frozenset(("people",)))
    assert three_way(replace(BASE, people=5), other, common, Personal(one)).clashes
    agreed = Common(Bases((one,), {"people": (other,)}))
    assert three_way(one, other, agreed, Personal(one)).equals(one)


def test_what_is_undecided_there_is_never_taken() -> None:
    ours, theirs = BASE, replace(BASE, people=6, place="桥头")
    undecided = frozenset(("people",))
    made = _merged(ours, theirs, BASE, undecided=undecided)
    assert made.record == replace(BASE, place="桥头")
    assert [clash.name for clash in made.clashes] == ["people"]
    known = _merged(ours, theirs, BASE, undecided=undecided, earlier=(theirs, BASE))
    assert (known.record.people, known.clashes) == (2, ())


def test_what_it_said_before_is_told_from_older_versions() -> None:
    ours, theirs = replace(BASE, people=5), replace(BASE, people=6)
    earlier = (ours, replace(BASE, people=1))
    made = _merged(ours, theirs, ours, undecided=frozenset(("people",)), earlier=earlier)
    assert made.clashes == (Clash("people", "1", "5", "6"),)


PARTY = replace(
    a_party("d", PartyRole.APPLICANT, name="秦德珍", phone="13900000001"),
    revision=2,
    personal_revision=2,
)


def test_personal_values_of_a_source_stand_as_a_block() -> None:
    ours = replace(PARTY, phone="13900000009", position=4)
    theirs = masked(replace(PARTY, address="桥头", position=5))
    made = three_way(ours, theirs, Common(Bases((PARTY,))), Personal(ours, Bases((PARTY,))))
    assert made.record == ours
    assert [clash.name for clash in made.clashes] == ["position"]
    assert made.at(7).revision == 7
    assert made.at(7).personal_revision == ours.personal_revision
    # A copy is the same version, whatever is known of its personal values.
    assert three_way(ours, masked(ours), Common(Bases((PARTY,))), Personal(ours)).equals(
        masked(ours)
    )


def test_personal_values_merge_by_field_where_both_have_some() -> None:
    ours, theirs = replace(PARTY, phone="13900000009"), replace(PARTY, name="秦德贞")
    made = three_way(ours, theirs, Common(), Personal(None, Bases((PARTY,))))
    assert made.record == replace(PARTY, phone="13900000009", name="秦德贞")
    assert made.by_field


def test_by_revision_alone_the_later_personal_values_stand() -> None:
    newer = masked(replace(PARTY, revision=5))
    assert later_personal(newer, PARTY) is PARTY
    assert with_personal(newer, PARTY).phone == PARTY.phone
    assert with_personal(newer, PARTY).personal_revision == 2


ANY = st.sampled_from(sorted(KINDS))


@given(ANY.flatmap(records_of), st.data())
def test_any_field_that_changed_on_one_side_survives(base: Record, data: st.DataObject) -> None:
    """Random changes: each is in the merged record or in a clash, whichever side comes first."""
    sides = []
    for _ in range(2):
        changes = {
            entry.name: data.draw(values_of(entry))
            for entry in describe(type(base))
            if entry.name not in _OWN and data.draw(st.booleans())
        }
        sides.append(replace(base, **changes))
    ours, theirs = sides
    made, mirrored = _merged(ours, theirs, base), _merged(theirs, ours, base)
    asked = {clash.name for clash in made.clashes}
    assert asked == {clash.name for clash in mirrored.clashes}
    for entry in describe(type(base)):
        name = entry.name
        if name in _OWN:
            continue
        before, mine, other = (getattr(copy, name) for copy in (base, ours, theirs))
        result = getattr(made.record, name)
        if name in asked:
            assert mine != before != other != mine
            assert result == mine
        else:
            assert result == getattr(mirrored.record, name)
            assert result in {True: [mine], False: [other]}[mine != before]


@given(ANY.flatmap(lambda kind: st.tuples(records_of(kind), records_of(kind))))
def test_a_masked_copy_never_touches_personal_values(two: tuple[Record, Record]) -> None:
    ours, theirs = two[0], masked(two[1])
    made = three_way(ours, theirs, Common(Bases((ours,))), Personal(ours))
    for name, _ in personal_fields(type(ours)):
        assert getattr(made.record, name) == getattr(ours, name)


# Lineages

A, B, C, D = (letter * 12 for letter in "abcd")


def test_a_lineage_is_taken_apart_and_put_together() -> None:
    told = Lineage.of((A, f"{B}-", C, "?people", f"{A}-"))
    assert told.names == (A, B, C)
    assert told.known == {A, C}
    assert told.undecided == {"people"}
    assert written(told.names, told.known) == (A, f"{B}-", C)
    assert together((f"{A}-", "?people"), (B, A)) == (A, B)
    assert hidden((A, f"{B}-", "?people")) == (f"{A}-", f"{B}-", "?people")


def test_names_are_short_and_the_same_from_both_sides() -> None:
    assert version_of("0123456789abcdef") == "0123456789ab"
    assert merged_name(A, B, "x") == merged_name(B, A, "x")
    assert len({merged_name(A, B, "x"), merged_name(A, B, "y"), merged_name(A, C, "x")}) == 3
    assert len(merged_name(A, B, "x")) == 12


@pytest.mark.parametrize(
    ("names", "found"), [((A, B, C), [3]), ((A, B), [2]), ((A,), [1]), ((D, B), [2, 4]), ((), [])]
)
def test_the_nearest_common_versions_are_those_nothing_common_came_from(
    names: tuple[str, ...], found: list[int]
) -> None:
    def version(name: str, people: int, *ancestors: str) -> Version:
        return Version(name, frozenset(ancestors), replace(BASE, people=people), telling=True)

    known = [version(C, 3, A, B), version(D, 4, A), version(B, 2, A), version(A, 1)]
    assert sorted(record.people for record in nearest(shared(known, names))) == found
