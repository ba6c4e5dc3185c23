"""Who is counted as staff on a day: terms hold on both their ends, void records never did."""

from datetime import date

import pytest

from mediation_desk.domain.codes import Sex, UnitKind
from mediation_desk.domain.organisation import Adviser, Mediator, Unit
from mediation_desk.figures.counts import StaffCount
from mediation_desk.figures.staff import Post, Term, staff_counts

DAY = date(2026, 12, 31)
BEFORE, AFTER = date(2026, 12, 30), date(2027, 1, 1)


def a_mediator(**changes: object) -> Mediator:
    return Mediator(**({"id": "m", "unit_id": "u", "name": "秦主任"} | changes))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("first", "last", "term"),
    [
        (None, None, Term.UNKNOWN),
        (DAY, None, Term.UNKNOWN),
        (None, DAY, Term.RUNNING),
        (None, AFTER, Term.RUNNING),
        (None, BEFORE, Term.OVER),
        (AFTER, None, None),
    ],
)
def test_a_term_holds_on_its_first_and_on_its_last_day(
    first: date | None, last: date | None, term: Term | None
) -> None:
    person = a_mediator(term_from=first, term_to=last, sex=Sex.MALE)
    expected = (StaffCount("u", "part_time", "1", term.value, 1),) if term else ()
    assert staff_counts((), (person,), (), DAY) == expected


def test_posts_are_told_apart_and_what_is_void_is_left_out() -> None:
    units = [
        Unit(id=f"u{place}", code=f"99010012400{place}", name="村", kind=kind, void_reason=void)
        for place, (kind, void) in enumerate(
            ((UnitKind.VILLAGE, ""), (UnitKind.OFFICE, ""), (UnitKind.VILLAGE, "撤并"))
        )
    ]
    people = [
        a_mediator(id="m1", full_time=True),
        a_mediator(id="m2", sex=Sex.FEMALE),
        a_mediator(id="m3", sex=Sex.FEMALE),
        a_mediator(id="m4", void_reason="重复"),
    ]
    advisers = [Adviser(id="a1", unit_id="u", name="律师")]
    counted = staff_counts(units, people, advisers, DAY)
    assert {(row.unit_id, row.post, row.sex): row.number for row in counted} == {
        ("u0", Post.COMMITTEE.value, ""): 1,
        ("u", Post.FULL_TIME.value, ""): 1,
        ("u", Post.PART_TIME.value, "2"): 2,
        ("u", Post.ADVISER.value, ""): 1,
    }
