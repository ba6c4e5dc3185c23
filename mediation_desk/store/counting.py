"""Counts and sums grouped by the dimensions of a case, and the cases behind a figure."""

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from mediation_desk.domain.dispute_types import BY_CODE, TypeTable
from mediation_desk.figures.calibre import Calibre
from mediation_desk.figures.counts import (
    BASIC,
    CaseCount,
    Counts,
    HandlingCount,
    LinkCount,
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
from mediation_desk.store.connection import Connections, Row

_SUMS = "count(*), sum(d.people), coalesce(sum(a.amount_fen), 0)"


@dataclass(frozen=True, slots=True)
class Ground:
    """What is counted in: the register, its types, and how many days an answer has."""

    connections: Connections
    types: TypeTable
    answer_days: int = 7


def counts(ground: Ground, calibre: Calibre, questions: Collection[Question] = BASIC) -> Counts:
    """Everything that a statistic of this calibre needs to know, as far as it asks."""
    found: dict[str, Any] = {
        question.value: _ANSWERS[question](ground, calibre)
        for question in questions
        if question in _ANSWERS
    }
    return replace(Counts(), **found)


def _grouped(ground: Ground, calibre: Calibre, group: str, sums: str = _SUMS) -> list[Row]:
    """One grouping of the cases of a calibre."""
    where, values = sql_of.counted(calibre)
    sql = f"SELECT {group}, {sums} {sql_of.FROM}{where} GROUP BY {group} ORDER BY {group}"
    return ground.connections.rows(sql, values)


# Questions about cases


def _cases(ground: Ground, calibre: Calibre) -> tuple[CaseCount, ...]:
    of = sql_of
    group = f"d.unit_id, {of.TYPE}, {of.SOURCE}, {of.OUTCOME}, {of.FORM}, {of.COMPLEX}"
    rows = _grouped(ground, calibre, group)
    if all(row[1] in BY_CODE for row in rows):
        return tuple(
            CaseCount(unit, type_, source, outcome, form, bool(complex_), cases, people, amount)
            for unit, type_, source, outcome, form, complex_, cases, people, amount in rows
        )
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
    group = (
        f"d.unit_id, {of.OUTCOME}, {of.FORM}, {of.PERFORMANCE}, {of.CONFIRMATION}, "
        f"CAST({of.VISITED} AS TEXT), {of.SATISFIED}"
    )
    return tuple(HandlingCount(*row) for row in _grouped(ground, calibre, group, "count(*)"))


def _links(ground: Ground, calibre: Calibre) -> tuple[LinkCount, ...]:
    where, values = sql_of.counted(calibre)
    agreed = "" if calibre.oral else sql_of.AGREED
    rows = ground.connections.rows(
        f"SELECT d.row, d.unit_id, {sql_of.OUTCOME}, {sql_of.link(ground.answer_days)} "
        f"FROM dispute d JOIN referral r ON r.dispute_id = d.id AND {sql_of.LINKED} "
        f"{agreed}{where} GROUP BY d.row, r.channel ORDER BY d.row, r.channel",
        values,
    )
    links: dict[int, list[str]] = defaultdict(list)
    about: dict[int, tuple[str, str]] = {}
    for place, unit, outcome, code in rows:
        links[place].append(code)
        about[place] = unit, outcome
    found = Counter((*about[place], tuple(codes)) for place, codes in links.items())
    return tuple(LinkCount(*key, number) for key, number in sorted(found.items()))


def _slots(ground: Ground, calibre: Calibre) -> tuple[SlotCount, ...]:
    of = sql_of
    where, values = of.alive(calibre)
    stretches = slots(calibre.period)
    days = [day.isoformat() for slot in stretches for day in (slot.first, slot.last)]
    group = f"d.unit_id, s.first, {of.OUTCOME}, {of.FORM}, {of.COMPLEX}"
    # CROSS JOIN holds the order: from each stretch by the index of days to its cases.
    sql = (
        f"WITH s(first, last) AS (VALUES {', '.join(['(?, ?)'] * len(stretches))}) "
        f"SELECT {group}, {_SUMS} FROM s CROSS JOIN dispute d {of.AGREED}"
        f"WHERE {of.DATE[calibre.basis]} BETWEEN s.first AND s.last AND {where} "
        f"GROUP BY {group} ORDER BY {group}"
    )
    return tuple(
        SlotCount(unit, slot, outcome, form, bool(complex_), *sums)
        for unit, slot, outcome, form, complex_, *sums in ground.connections.rows(
            sql, [*days, *values]
        )
    )


@lru_cache(maxsize=4096)
def _ids(stored: str) -> tuple[str, ...]:
    """A stored list; the same few mediators stand in thousands of rows."""
    return tuple(json.loads(stored))


def _mediators(ground: Ground, calibre: Calibre) -> tuple[MediatorCount, ...]:
    of = sql_of
    group = f"d.unit_id, d.mediator_ids, {of.OUTCOME}, {of.FORM}, {of.COMPLEX}"
    return tuple(
        MediatorCount(unit, _ids(stored), outcome, form, bool(complex_), *sums)
        for unit, stored, outcome, form, complex_, *sums in _grouped(ground, calibre, group)
    )


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
    Question.LINKS: _links,
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
    where, values = sql_of.counted(calibre)
    if figure is not None:
        if figure.measure not in OF_CASES:
            return []
        narrowing, codes = sql_of.satisfying(figure.where, ground.types, ground.answer_days)
        where += narrowing
        values += codes
    if units := sorted(unit_ids):
        where += f" AND d.unit_id IN ({', '.join('?' * len(units))})"
        values += units
    sql = f"SELECT d.row {sql_of.FROM}{where} ORDER BY d.row DESC"
    return [row[0] for row in ground.connections.rows(sql, values)]
