"""Committees, mediators and advisers as counts on a day (domain.md §3.1)."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from typing import TypeVar

from mediation_desk.domain.codes import Code
from mediation_desk.domain.organisation import Adviser, Mediator, Unit
from mediation_desk.figures.columns import COMMITTEES
from mediation_desk.figures.counts import StaffCount
from mediation_desk.words import tr

Kept = TypeVar("Kept", Unit, Mediator, Adviser)


class Post(Code):
    """What is counted in a unit."""

    COMMITTEE = "committee", tr("调委会")
    FULL_TIME = "full_time", tr("专职调解员")
    PART_TIME = "part_time", tr("兼职调解员")
    ADVISER = "adviser", tr("法律顾问")


class Term(Code):
    """How a term of office stands on the day."""

    RUNNING = "1", tr("任期内")
    OVER = "2", tr("任期届满")
    UNKNOWN = "0", tr("未登记任期")


def staff_counts(
    units: Iterable[Unit], mediators: Iterable[Mediator], advisers: Iterable[Adviser], day: date
) -> tuple[StaffCount, ...]:
    """Who is there on `day`; what is void, or begins later, is left out."""
    found: Counter[tuple[str, str, str, str]] = Counter()
    found.update(
        (unit.id, Post.COMMITTEE.value, "", _term(unit, day))
        for unit in _there(units, day)
        if unit.kind in COMMITTEES
    )
    for person in _there(mediators, day):
        post = Post.FULL_TIME if person.full_time else Post.PART_TIME
        sex = person.sex.value if person.sex else ""
        found[person.unit_id, post.value, sex, _term(person, day)] += 1
    for adviser in _there(advisers, day):
        found[adviser.unit_id, Post.ADVISER.value, "", _term(adviser, day)] += 1
    return tuple(StaffCount(*key, number) for key, number in sorted(found.items()))


def _there(records: Iterable[Kept], day: date) -> Iterator[Kept]:
    for record in records:
        begun = record.term_from is None or record.term_from <= day
        if begun and not record.void_reason:
            yield record


def _term(record: Unit | Mediator | Adviser, day: date) -> str:
    if record.term_to is None:
        return str(Term.UNKNOWN.value)
    return str((Term.RUNNING if record.term_to >= day else Term.OVER).value)
