"""An answer is in time by the rules that the agenda counts by, whoever handed the case over."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

import pytest
from builders import a_dispute
from store_basics import Keep

from mediation_desk.domain.codes import Delegation, Direction, ReferralChannel
from mediation_desk.domain.handling import Referral
from mediation_desk.domain.periods import year
from mediation_desk.figures.calibre import Calibre
from mediation_desk.figures.counts import LinkCount, Question
from mediation_desk.figures.defined import ANSWERED_IN_TIME, LINKED, UNANSWERED_YET
from mediation_desk.store.register import Register

CALIBRE = Calibre(year(2026))
CLOSED = date(2026, 10, 6)


def a_letter(**changes: object) -> Referral:
    values: dict[str, object] = {
        "id": "r1", "dispute_id": "d1", "direction": Direction.IN,
        "channel": ReferralChannel.COURT,
    }  # fmt: skip
    return Referral(**(values | changes))  # type: ignore[arg-type]


def links(register: Register) -> list[tuple[str, ...]]:
    rows: Iterable[LinkCount] = register.counts(CALIBRE, {Question.LINKS}).links
    return [row.links for row in rows]


@pytest.mark.parametrize(
    ("letter", "code"),
    [
        ({}, "31:0"),
        ({"answer_due_on": date(2026, 10, 10), "answered_on": date(2026, 10, 10)}, "31:2"),
        ({"answer_due_on": date(2026, 10, 10), "answered_on": date(2026, 10, 11)}, "31:1"),
        # Without a day in the letter: seven days after closing.
        ({"answered_on": date(2026, 10, 13)}, "31:2"),
        ({"answered_on": date(2026, 10, 14)}, "31:1"),
        # What a court gives counts from signing for its papers.
        ({"delegation": Delegation.SUMMARY, "received_on": date(2026, 9, 25),
          "answered_on": date(2026, 10, 2)}, "31:2"),
        ({"delegation": Delegation.SUMMARY, "received_on": date(2026, 9, 25),
          "answered_on": date(2026, 10, 3)}, "31:1"),
        ({"delegation": Delegation.SUMMARY, "received_on": date(2026, 9, 25),
          "answer_due_on": date(2026, 10, 2), "answered_on": date(2026, 10, 3)}, "31:1"),
        ({"delegation": Delegation.SUMMARY, "received_on": date(2026, 9, 25),
          "answer_due_on": date(2026, 10, 20), "answered_on": date(2026, 10, 3)}, "31:2"),
        ({"channel": ReferralChannel.REVIEW, "answered_on": date(2026, 10, 13)}, "35:2"),
    ],
)  # fmt: skip
def test_an_answer_is_late_after_its_last_day(
    register: Register, keep: Keep, letter: dict[str, object], code: str
) -> None:
    keep(a_dispute(id="d1", closed_on=CLOSED), a_letter(**letter))
    assert links(register) == [(code,)]
    for figure, states in ((LINKED, "012"), (ANSWERED_IN_TIME, "2"), (UNANSWERED_YET, "0")):
        assert len(register.places_behind(CALIBRE, figure)) == (code[-1] in states)


def test_what_the_parties_extended_is_in_time(register: Register, keep: Keep) -> None:
    dispute = a_dispute(id="d1", closed_on=CLOSED, extended_to=date(2026, 10, 5))
    given = {"delegation": Delegation.SUMMARY, "received_on": date(2026, 9, 25)}
    keep(dispute, a_letter(**given, answered_on=date(2026, 10, 5)))
    assert links(register) == [("31:2",)]
    keep(replace(register.get("referral", "r1"), answered_on=date(2026, 10, 6)))
    assert links(register) == [("31:1",)]


def test_a_case_counts_once_in_a_channel_and_by_its_worst_answer(
    register: Register, keep: Keep
) -> None:
    good = {"answer_due_on": date(2026, 10, 10), "answered_on": date(2026, 10, 9)}
    police = {"channel": ReferralChannel.POLICE}
    keep(
        a_dispute(id="d1", closed_on=CLOSED),
        a_letter(id="r1", **good),
        a_letter(id="r2", **(good | {"answered_on": date(2026, 10, 11)})),
        a_letter(id="r3", **(good | police)),
        a_letter(id="r4", void_reason="重复", **police),
        a_letter(id="r5", direction=Direction.OUT, **police),
        a_letter(id="r6", channel=ReferralChannel.LAWSUIT),
    )
    assert links(register) == [("31:1", "33:2")]
    assert len(register.places_behind(CALIBRE, ANSWERED_IN_TIME)) == 1
    of_court = (("link", frozenset({"31:0", "31:1", "31:2"})),)
    assert register.places_behind(CALIBRE, ANSWERED_IN_TIME.narrowed(of_court)) == []


def test_working_days_count_where_local_practice_wants_it(register: Register, keep: Keep) -> None:
    keep(a_dispute(id="d1", closed_on=CLOSED), a_letter(answered_on=date(2026, 10, 14)))
    assert links(register) == [("31:1",)]
    register.keep_settings(replace(register.settings, answer_working=True))
    assert links(register) == [("31:2",)]
