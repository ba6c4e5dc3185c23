"""When two entries look like one dispute, and when they must not."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from itertools import permutations
from typing import Any

import pytest
from builders import a_case, an_identity_number

from mediation_desk.domain.codes import PartyKind, PartyRole, Sex
from mediation_desk.domain.masks import masked
from mediation_desk.domain.same_case import Alike, Entry, Likeness, alike, likeness

DAYS = 30
NUMBER = an_identity_number(date(1968, 3, 14), Sex.FEMALE)
OTHER = an_identity_number(date(1990, 5, 6), Sex.FEMALE, 7)
Change = Callable[[Entry], Entry]


def an_entry(**changes: Any) -> Entry:
    case = a_case(**changes)
    return Entry(case.dispute, case.parties, "02", "邻里纠纷")


def without(*fields: str, role: PartyRole | None = None) -> Change:
    """Empties fields of the parties, of one side or of both."""

    def changed(entry: Entry) -> Entry:
        parties = [
            replace(party, **dict.fromkeys(fields, "")) if role in {None, party.role} else party
            for party in entry.parties
        ]
        return replace(entry, parties=parties)

    return changed


def hidden(entry: Entry) -> Entry:
    return replace(entry, parties=[masked(party) for party in entry.parties])


def named(name: str, role: PartyRole = PartyRole.APPLICANT) -> Change:
    def changed(entry: Entry) -> Entry:
        parties = [
            replace(party, name=name) if party.role is role else party for party in entry.parties
        ]
        return replace(entry, parties=parties)

    return changed


def numbered(number: str) -> Change:
    def changed(entry: Entry) -> Entry:
        first, *rest = entry.parties
        return replace(entry, parties=[replace(first, id_number=number), *rest])

    return changed


def crossed(entry: Entry) -> Entry:
    roles = {
        PartyRole.APPLICANT: PartyRole.RESPONDENT,
        PartyRole.RESPONDENT: PartyRole.APPLICANT,
    }
    parties = [replace(party, role=roles[party.role]) for party in entry.parties]
    return replace(entry, parties=parties)


def only(role: PartyRole) -> Change:
    def changed(entry: Entry) -> Entry:
        kept = [party for party in entry.parties if party.role is role]
        return replace(entry, parties=kept)

    return changed


def on(days: int) -> Change:
    def changed(entry: Entry) -> Entry:
        day = entry.dispute.intake_on
        assert day is not None
        moved = replace(entry.dispute, intake_on=day + timedelta(days=days))
        return replace(entry, dispute=moved)

    return changed


def both(*changes: Change) -> Change:
    def changed(entry: Entry) -> Entry:
        for change in changes:
            entry = change(entry)
        return entry

    return changed


def as_is(entry: Entry) -> Entry:
    return entry


ALIKE = {
    "the same numbers": (as_is, as_is, "D1"),
    "typed with other names": (as_is, named("秦德贞"), "D1"),
    "sides exchanged": (as_is, crossed, "D1"),
    "no numbers, the same names": (without("id_number"), as_is, "D2"),
    "one side known by number": (without("id_number", role=PartyRole.RESPONDENT), as_is, "D2"),
    "masked and whole": (hidden, as_is, "D3"),
    "both masked": (hidden, hidden, "D3"),
    "masked by hand": (both(hidden, named("秦*")), hidden, "D3"),
    "thirty days apart": (as_is, on(-30), "D1"),
    "one side alone, by number": (only(PartyRole.APPLICANT), as_is, "D1"),
}
UNLIKE = {
    "thirty-one days apart": (as_is, on(31)),
    "another type": (as_is, lambda entry: replace(entry, type="03")),
    "another person of the same name": (as_is, numbered(OTHER)),
    "whole numbers that differ only where a mask hides": (
        as_is,
        numbered(f"{NUMBER[:6]}19700101{NUMBER[14:]}"),
    ),
    "masked names alone": (both(hidden, without("id_number")), hidden),
    "masked names on both without numbers": (
        both(hidden, without("id_number")),
        both(hidden, without("id_number")),
    ),
    "names masked by hand": (
        both(without("id_number"), named("秦某")),
        both(without("id_number"), named("秦某")),
    ),
    "the number's visible part differs": (both(hidden, numbered("990001********1234")), as_is),
    "another surname behind the mask": (both(hidden, named("李某某")), hidden),
    "only one side the same": (
        without("id_number"),
        both(without("id_number"), named("蒋仕武", PartyRole.RESPONDENT)),
    ),
    "one side alone, by name": (
        both(only(PartyRole.APPLICANT), without("id_number")),
        without("id_number"),
    ),
    "nobody named": (lambda entry: replace(entry, parties=[]), as_is),
    "a void entry": (
        lambda entry: replace(entry, dispute=replace(entry.dispute, void_reason="错")),
        as_is,
    ),
    "without a day": (
        lambda entry: replace(
            entry, dispute=replace(entry.dispute, intake_on=None, closed_on=None)
        ),
        as_is,
    ),
}


def compared(one: Change, other: Change) -> list[Likeness | None]:
    """Both ways round; which of two entries came first must not matter."""
    entries = one(an_entry()), other(an_entry())
    return [likeness(left, right, DAYS) for left, right in permutations(entries)]


@pytest.mark.parametrize(("one", "other", "rule"), ALIKE.values(), ids=ALIKE)
def test_entries_of_one_dispute_are_found(one: Change, other: Change, rule: str) -> None:
    found = compared(one, other)
    assert [entry and entry.rule for entry in found] == [rule, rule]
    assert found[0] == found[1]


@pytest.mark.parametrize(("one", "other"), UNLIKE.values(), ids=UNLIKE)
def test_entries_of_two_disputes_are_not_taken_for_one(one: Change, other: Change) -> None:
    assert compared(one, other) == [None, None]


def test_the_reason_is_told_in_words() -> None:
    near = likeness(an_entry(), on(3)(an_entry()), DAYS)
    assert near is not None
    assert near.words == "双方当事人身份证号相同，受理日期相差3天，类型同为邻里纠纷。"
    same_day = likeness(hidden(an_entry()), an_entry(), DAYS)
    assert same_day is not None
    assert "遮住后的姓名和身份证号相同，受理日期相同" in same_day.words


def test_an_entry_is_not_like_itself() -> None:
    entry = an_entry()
    assert likeness(entry, entry, DAYS) is None


def test_organisations_are_compared_by_their_numbers_and_names() -> None:
    first, *_ = an_entry().parties
    firm = replace(first, kind=PartyKind.LEGAL, name="丰都农机公司", id_number="91500230MA0000001X")
    assert alike(firm, replace(firm, name="丰都县农机公司")) is Alike.NUMBER
    assert alike(firm, replace(firm, id_number="")) is Alike.NAME
    assert alike(masked(firm), firm) is Alike.MASKED
    assert alike(masked(firm), masked(replace(firm, id_number=""))) is None


def test_a_small_x_at_the_end_of_a_number_is_a_large_one() -> None:
    first, *_ = an_entry().parties
    one = replace(first, name="甲", id_number="99000119680314002X")
    assert alike(one, replace(one, name="乙", id_number="99000119680314002x")) is Alike.NUMBER
