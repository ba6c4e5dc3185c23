"""Counts and sums grouped by the dimensions of a case, and the cases behind a figure."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from typing import Any

from mediation_desk.figures.calibre import Calibre
from mediation_desk.figures.counts import (
    BASIC,
    Counts,
    PreventionCount,
    PublicityCount,
    Question,
    ScreeningCount,
)
from mediation_desk.figures.figure import OF_CASES, Figure
from mediation_desk.store import counted as sql_of
from mediation_desk.store.case_counts import case_counts
from mediation_desk.store.connection import Row
from mediation_desk.store.counted import Ground
from mediation_desk.store.linked import link_counts, linked
from mediation_desk.store.same_cases import LEFT_OUT

# So many places are written out; more are looked for anew by each question.
_FEW = 200


def counts(ground: Ground, calibre: Calibre, questions: Collection[Question] = BASIC) -> Counts:
    """Everything that a statistic of this calibre needs to know, as far as it asks."""
    ground = replace(ground, left_out=_left_out(ground))
    found = case_counts(ground, calibre, questions)
    found |= {
        question: answer(ground, calibre)
        for question, answer in _ANSWERS.items()
        if question in questions
    }
    return replace(Counts(), **{question.value: answer for question, answer in found.items()})


def _left_out(ground: Ground) -> str:
    """The condition with its few places written out, so that not every question finds them."""
    rows = ground.connections.rows(f"SELECT DISTINCT * FROM {LEFT_OUT} LIMIT {_FEW + 1}")
    if len(rows) > _FEW:
        return ground.left_out
    return f"AND d.row NOT IN ({', '.join(str(row[0]) for row in rows)})" if rows else ""


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
    Question.SCREENINGS: _screenings,
    Question.PREVENTIONS: _preventions,
    Question.LINKS: link_counts,
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
