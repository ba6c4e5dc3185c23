"""What a question to the list of disputes asks of the tables: source, conditions and order."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from mediation_desk.domain.codes import (
    CaseStatus,
    Delegation,
    Direction,
    Outcome,
    Performance,
    ReferralChannel,
)
from mediation_desk.domain.finding import Find, Order
from mediation_desk.domain.limits import COURT_DAYS, Limits
from mediation_desk.store.places import first_place
from mediation_desk.store.wording import query, tag, tagged

# Among so many of the newest disputes found the other orders sort; all of a hundred thousand would
# take a second for each page.
SORTED_AMONG = 2_000

# The values of the other conditions stand by place, so that named ones become places too.
_NAMES_IN = re.compile(r":(\w+)")

# A referral by a court that counts from signing for its papers.
BY_COURT = (
    f"r.direction = '{Direction.IN.value}' AND r.channel = '{ReferralChannel.COURT.value}' "
    "AND r.delegation IS NOT NULL AND r.received_on IS NOT NULL AND r.void_reason = ''"
)


def _by_delegation(told: Callable[[Delegation], str]) -> str:
    cases = " ".join(f"WHEN '{how.value}' THEN {told(how)}" for how in Delegation)
    return f"CASE r.delegation {cases} END"


# The papers were signed for so early that the court's days are over; the day its rule gives.
_COURT_OVER = f"r.received_on <= {_by_delegation(lambda how: f':court_{how.value}')}"
_COURT_DAYS = _by_delegation(lambda how: f"'+{COURT_DAYS[how]} days'")
_COURT_DAY = f"date(r.received_on, {_COURT_DAYS})"
# An accepted dispute whose mediation period is over, a promise that is still waited for, and an
# answer owed to the body that handed the dispute over (`domain.limits.mediation`,
# `domain.due_days.promise` and `answer`), each found by an index.
_OVERDUE = (
    "SELECT row FROM dispute d WHERE outcome IS NULL AND void_reason = '' "
    "AND status <> :registered AND intake_on IS NOT NULL "
    "AND CASE WHEN extended_to IS NOT NULL THEN extended_to < :today ELSE coalesce("
    f"(SELECT max({_COURT_OVER}) FROM referral r WHERE r.dispute_id = d.id AND {BY_COURT} "
    "AND r.answered_on IS NULL), intake_on <= :mediation) END "
    "UNION SELECT d.row FROM promise p JOIN dispute d ON d.id = p.dispute_id "
    "WHERE p.kept_on IS NULL AND p.due_on < :today AND p.void_reason = '' AND d.void_reason = '' "
    "AND d.outcome = :settled AND coalesce(d.performance, '') NOT IN (:kept, :sued) "
    "UNION SELECT d.row FROM referral r JOIN dispute d ON d.id = r.dispute_id "
    "WHERE r.answered_on IS NULL AND r.direction = :in AND r.void_reason = '' "
    "AND d.void_reason = '' "
    f"AND CASE WHEN {BY_COURT} AND coalesce(r.answer_due_on, {_COURT_DAY}) = {_COURT_DAY} "
    f"THEN {_COURT_OVER} AND coalesce(d.extended_to, '') < :today "
    "WHEN r.answer_due_on IS NOT NULL THEN r.answer_due_on < :today "
    "ELSE d.closed_on <= :answer END"
)


@dataclass(frozen=True, slots=True)
class Narrowed:
    """The disputes a question asks for: FROM, the column of their places, WHERE and its values.

    `whole` says that nothing but the unit narrows them, `by_words` that the search index alone
    knows them.
    """

    source: str
    place: str
    conditions: tuple[str, ...]
    values: tuple[object, ...]
    whole: bool = False
    by_words: bool = False

    def where(self, *more: str) -> str:
        """Source and conditions with `more` of these."""
        return f"{self.source} WHERE {' AND '.join((*self.conditions, *more)) or '1'}"


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of an order: what belongs to it, the columns it runs along, and their ORDER BY.

    `after` holds the conditions, one following the other, for what comes after a line, each with
    how many of the line's values in `columns` it takes.
    """

    condition: str
    columns: tuple[str, ...]
    sorting: str
    after: tuple[tuple[str, int], ...]


def _down(condition: str, *columns: str) -> Stretch:
    """A stretch from the largest to the smallest."""
    marks = ", ".join("?" * len(columns))
    sorting = ", ".join(f"{column} DESC" for column in columns)
    return Stretch(
        condition, columns, sorting, ((f"({', '.join(columns)}) < ({marks})", len(columns)),)
    )


# Names run up, and the disputes of one name down: two conditions, each a walk along the index.
_NAMES = Stretch(
    "1",
    ("r.name_key", "r.row"),
    "r.name_key, r.row DESC",
    (("r.name_key = ? AND r.row < ?", 2), ("r.name_key > ?", 1)),
)

# Disputes that are not closed have no place in the order of closing; they follow by their intake.
STRETCHES = {
    Order.NUMBER: (_down("1", "r.year", "r.number", "r.row"),),
    Order.CLOSED: (
        _down("r.closed_on IS NOT NULL", "r.closed_on", "r.row"),
        _down("r.closed_on IS NULL", "r.row"),
    ),
    Order.NAME: (_NAMES,),
}


def _tags(find: Find) -> list[str]:
    told = {
        "unit_id": find.unit_id,
        "mediator_id": find.mediator_id,
        "level": find.level.value if find.level else "",
        "type": find.type,
        "status": find.status.value if find.status else "",
        "outcome": find.outcome.value if find.outcome else "",
    }
    return [tag(what, value) for what, value in told.items() if value]


def _by_words(find: Find) -> str | None:
    """The full-text query where the search index is to be asked; empty if it finds nothing."""
    if find.text.strip():
        return query(find.text, _tags(find))
    # Mediators and levels stand nowhere else by dispute.
    return tagged(_tags(find)) if find.mediator_id or find.level else None


def court_starts(limits: Limits, until: date) -> dict[str, str]:
    """For each way in which courts hand over, the latest signing whose days end by `until`."""
    return {
        f"court_{how.value}": limits.latest_start(until, limits.court_term(days)).isoformat()
        for how, days in COURT_DAYS.items()
    }


def _overdue(place: str, day: date, limits: Limits) -> tuple[str, list[object]]:
    before = day - timedelta(days=1)
    told: dict[str, str] = {
        "registered": CaseStatus.REGISTERED.value,
        "today": day.isoformat(),
        "settled": Outcome.SETTLED.value,
        "kept": Performance.KEPT.value,
        "sued": Performance.SUED.value,
        "in": Direction.IN.value,
        **court_starts(limits, before),
    }
    for name in ("mediation", "answer"):
        told[name] = limits.latest_start(before, limits.term(name)).isoformat()
    values: list[object] = [told[name] for name in _NAMES_IN.findall(_OVERDUE)]
    return f"{place} IN ({_NAMES_IN.sub('?', _OVERDUE)})", values


def narrowed(find: Find, limits: Limits) -> Narrowed:
    """How the tables are asked for the disputes of `find`."""
    words = _by_words(find)
    source, place = "dispute r", "r.row"
    conditions: list[str] = []
    values: list[object] = []
    if words is not None:
        # Nothing but punctuation was typed: it finds nothing, rather than everything.
        conditions.append("search MATCH ?" if words else "? = 'x'")
        values.append(words)
        source, place = "search s CROSS JOIN dispute r ON r.row = s.rowid", "s.rowid"
    else:
        _by_columns(find, conditions, values)
    by_words = bool(words) and find.period is None and find.overdue_on is None
    if find.period is not None:
        first, last = find.period.first, find.period.last
        # Places are days, so that a period is a stretch of the list; the plus keeps the database
        # from gathering the period by another index and sorting it for each page.
        conditions += [f"{place} >= ?", f"{place} < ?", "+r.intake_on >= ?", "+r.intake_on <= ?"]
        values += [first_place(first), first_place(last + timedelta(days=1))]
        values += [first.isoformat(), last.isoformat()]
    if find.overdue_on is not None:
        # The plus keeps the database from searching the words anew for each dispute overdue.
        condition, days = _overdue(f"+{place}" if words else place, find.overdue_on, limits)
        conditions.append(condition)
        values += days
    whole = find == Find(unit_id=find.unit_id, order=find.order)
    return Narrowed(source, place, tuple(conditions), tuple(values), whole, by_words)


def _by_columns(find: Find, conditions: list[str], values: list[object]) -> None:
    for condition, value in (
        ("r.unit_id = ?", find.unit_id),
        ("r.type = ?", find.type),
        ("r.status = ?", find.status.value if find.status else ""),
        ("r.outcome = ?", find.outcome.value if find.outcome else ""),
    ):
        if value:
            conditions.append(condition)
            values.append(value)
