"""Counts and sums grouped by the dimensions of a case, and the cases behind a figure."""

import json
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import repeat
from typing import Any

from mediation_desk.domain.dispute_types import BY_CODE, TypeTable
from mediation_desk.figures.calibre import Calibre
from mediation_desk.figures.counts import (
    BASIC,
    CaseCount,
    Counts,
    HandlingCount,
    MediatorCount,
    PreventionCount,
    PublicityCount,
    Question,
    ScreeningCount,
    SlotCount,
)
from mediation_desk.figures.figure import OF_CASES, Figure
from mediation_desk.figures.slots import slots
from mediation_desk.store import counted as sql_of
from mediation_desk.store.connection import Row
from mediation_desk.store.counted import Ground
from mediation_desk.store.linked import link_counts, linked
from mediation_desk.store.same_cases import LEFT_OUT

# So many places are written out; more are looked for anew by each question.
_FEW = 200
_SUMS = "count(*), sum(d.people), coalesce(sum(a.amount_fen), 0)"


def counts(ground: Ground, calibre: Calibre, questions: Collection[Question] = BASIC) -> Counts:
    """Everything that a statistic of this calibre needs to know, as far as it asks."""
    ground = replace(ground, left_out=_left_out(ground))
    found: dict[str, Any] = {
        question.value: _ANSWERS[question](ground, calibre)
        for question in Question
        if question in questions and question in _ANSWERS
    }
    return replace(Counts(), **found)


def _left_out(ground: Ground) -> str:
    """The condition with its few places written out, so that not every question finds them."""
    rows = ground.connections.rows(f"SELECT DISTINCT * FROM {LEFT_OUT} LIMIT {_FEW + 1}")
    if len(rows) > _FEW:
        return ground.left_out
    return f"AND d.row NOT IN ({', '.join(str(row[0]) for row in rows)})" if rows else ""


def _grouped(
    ground: Ground, calibre: Calibre, group: Sequence[str], sums: str = _SUMS
) -> list[Row]:
    """One grouping of the cases of a calibre."""
    where, values = sql_of.counted(ground, calibre)
    by = _by(group)
    sql = f"SELECT {', '.join(group)}, {sums} {sql_of.FROM}{where} GROUP BY {by} ORDER BY {by}"
    return ground.connections.rows(sql, values)


def _by(group: Sequence[str]) -> str:
    """The first columns by their places, so that no expression is worked out twice."""
    return ", ".join(str(place) for place, _ in enumerate(group, 1))


# Questions about cases


def _cases(ground: Ground, calibre: Calibre) -> tuple[CaseCount, ...]:
    of = sql_of
    group = ("d.unit_id", of.TYPE, of.SOURCE, of.OUTCOME, of.FORM, of.COMPLEX)
    rows = _grouped(ground, calibre, group)
    if all(row[1] in BY_CODE for row in rows):
        # Column by column: made one by one a year's rows would take as long as to find them.
        *codes, hard, cases, people, amounts = zip(*rows, strict=True) if rows else [()] * 9
        columns = (*codes, map(bool, hard), cases, people, amounts, repeat(""))
        return tuple(map(CaseCount._make, zip(*columns, strict=False)))
    return tuple(sorted(_under_official(ground.types, row) for row in rows))


def _under_official(types: TypeTable, row: Row) -> CaseCount:
    """A row with its local type counted under the official one."""
    unit, type_, source, outcome, form, complex_, cases, people, amount = row
    subtype = "" if type_ in BY_CODE else type_
    return CaseCount(
        unit,
        types.official(type_),
        source,
        outcome,
        form,
        bool(complex_),
        cases,
        people,
        amount,
        subtype,
    )


def _handling(ground: Ground, calibre: Calibre) -> tuple[HandlingCount, ...]:
    of = sql_of
    visited = f"CAST({of.VISITED} AS TEXT)"
    how = (of.PERFORMANCE, of.CONFIRMATION, visited, of.SATISFIED)
    group = ("d.unit_id", of.OUTCOME, of.FORM, *how)
    return tuple(map(HandlingCount._make, _grouped(ground, calibre, group, "count(*)")))


def _slots(ground: Ground, calibre: Calibre) -> tuple[SlotCount, ...]:
    of = sql_of
    where, values = of.alive(ground, calibre)
    stretches = slots(calibre.period)
    days = [day.isoformat() for slot in stretches for day in (slot.first, slot.last)]
    group = ("d.unit_id", "s.first", of.OUTCOME, of.FORM, of.COMPLEX_CODE)
    by = _by(group)
    # CROSS JOIN holds the order: from each stretch by the index of days to its cases.
    sql = (
        f"WITH s(first, last) AS (VALUES {', '.join(['(?, ?)'] * len(stretches))}) "
        f"SELECT {', '.join(group)}, {_SUMS} FROM s CROSS JOIN dispute d {of.AGREED}"
        f"WHERE {of.DATE[calibre.basis]} BETWEEN s.first AND s.last AND {where} "
        f"GROUP BY {by} ORDER BY {by}"
    )
    return tuple(map(SlotCount._make, ground.connections.rows(sql, [*days, *values])))


@lru_cache(maxsize=4096)
def _ids(stored: str) -> tuple[str, ...]:
    """A stored list; the same few mediators stand in thousands of rows."""
    return tuple(json.loads(stored))


def _mediators(ground: Ground, calibre: Calibre) -> tuple[MediatorCount, ...]:
    of = sql_of
    group = ("d.unit_id", "d.mediator_ids", of.OUTCOME, of.FORM, of.COMPLEX_CODE)
    rows = _grouped(ground, calibre, group)
    units, people, *others = zip(*rows, strict=True) if rows else [()] * 8
    columns = (units, map(_ids, people), *others)
    return tuple(map(MediatorCount._make, zip(*columns, strict=True)))


# Questions about other work


def _within(ground: Ground, calibre: Calibre, table: str, day: str, what: str) -> list[Row]:
    """One grouping of a short ledger by unit, and by kind where `what` begins with it."""
    group = "unit_id, kind" if what.startswith("kind,") else "unit_id"
    sql = (
        f"SELECT unit_id, {what} FROM {table} WHERE void_reason = '' "
        f"AND {day} BETWEEN ? AND ? GROUP BY {group} ORDER BY {group}"
    )
    period = calibre.period
    return ground.connections.rows(sql, (period.first.isoformat(), period.last.isoformat()))


def _screenings(ground: Ground, calibre: Calibre) -> tuple[ScreeningCount, ...]:
    sums = "count(*), sum(prevented), sum(found)"
    rows = _within(ground, calibre, "screening", "screened_on", sums)
    return tuple(ScreeningCount(*row) for row in rows)


def _preventions(ground: Ground, calibre: Calibre) -> tuple[PreventionCount, ...]:
    sums = "kind, sum(cases), sum(persons)"
    rows = _within(ground, calibre, "prevention", "prevented_on", sums)
    return tuple(PreventionCount(*row) for row in rows)


def _publicity(ground: Ground, calibre: Calibre) -> tuple[PublicityCount, ...]:
    sums = "kind, count(*), sum(audience), sum(materials)"
    rows = _within(ground, calibre, "publicity", "held_on", sums)
    return tuple(PublicityCount(*row) for row in rows)


_ANSWERS: dict[Question, Callable[[Ground, Calibre], tuple[Any, ...]]] = {
    Question.CASES: _cases,
    Question.SCREENINGS: _screenings,
    Question.PREVENTIONS: _preventions,
    Question.HANDLING: _handling,
    Question.LINKS: link_counts,
    Question.SLOTS: _slots,
    Question.MEDIATORS: _mediators,
    Question.PUBLICITY: _publicity,
}


# The cases behind a number


def counted_rows(
    ground: Ground,
    calibre: Calibre,
    figure: Figure | None = None,
    unit_ids: Iterable[str] = (),
) -> list[int]:
    """The places in the list of the disputes behind `figure`, newest first; all without one.

    A figure of screenings, publicity or staff has no disputes behind it.
    """
    where, values = sql_of.counted(ground, calibre)
    links = frozenset[str]()
    if figure is not None:
        if figure.measure not in OF_CASES:
            return []
        narrowing, codes = sql_of.satisfying(figure.where, ground.types)
        where += narrowing
        values += codes
        links = dict(figure.where).get("link", links)
    if units := sorted(unit_ids):
        where += f" AND d.unit_id IN ({', '.join('?' * len(units))})"
        values += units
    sql = f"SELECT d.row {sql_of.FROM}{where} ORDER BY d.row DESC"
    places = [row[0] for row in ground.connections.rows(sql, values)]
    if not links:
        return places
    cases = linked(ground, calibre)
    return [place for place in places if place in cases and links & {*cases[place]}]
