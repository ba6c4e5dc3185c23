"""Counts of cases by their dimensions: each case is read once for all questions about cases.

Few cases are alike in everything, so that letting the database group them, anew for each question,
takes longer than reading them once and grouping them here.
"""

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import lru_cache, partial
from itertools import chain
from operator import itemgetter
from typing import Any

from mediation_desk.domain.dispute_types import BY_CODE, TypeTable
from mediation_desk.domain.periods import Period
from mediation_desk.figures.calibre import Calibre
from mediation_desk.figures.counts import (
    CaseCount,
    HandlingCount,
    MediatorCount,
    Question,
    SlotCount,
)
from mediation_desk.figures.slots import slots
from mediation_desk.store import counted as of
from mediation_desk.store.connection import Row
from mediation_desk.store.counted import Ground

Answer = tuple[Any, ...]
# How many cases are alike, their people and the money of their agreements, by what they share.
_Groups = dict[tuple[Any, ...], list[int]]

# Behind the columns that cases are grouped by stand their people and their agreement's amount.
_PEOPLE, _AMOUNT = -2, -1
_UNIT = ("d.unit_id",)
_ENDED = (of.OUTCOME, of.FORM)
# By what each question groups the cases.
_BY: dict[Question, tuple[str, ...]] = {
    Question.CASES: (*_UNIT, of.TYPE, of.SOURCE, *_ENDED, of.COMPLEX_CODE),
    Question.HANDLING: (
        *_UNIT, *_ENDED,
        of.PERFORMANCE, of.CONFIRMATION, f"CAST({of.VISITED} AS TEXT)", of.SATISFIED,
    ),
    Question.SLOTS: (*_UNIT, "s.slot", *_ENDED, of.COMPLEX_CODE),
    Question.MEDIATORS: (*_UNIT, "d.mediator_ids", *_ENDED, of.COMPLEX_CODE),
}  # fmt: skip


def case_counts(
    ground: Ground, calibre: Calibre, questions: Collection[Question]
) -> dict[Question, Answer]:
    """The answers to those of `questions` that are about cases."""
    asked = [question for question in _BY if question in questions]
    groups: dict[Question, _Groups] = {question: {} for question in asked}
    # Stretches are cut so that none lies across the ends of the period.
    every = slots(calibre.period) if Question.SLOTS in asked else (calibre.period,)
    inside = [slot for slot in every if slot.first in calibre.period]
    _count(ground, calibre, inside, groups)
    if outside := [slot for slot in every if slot not in inside]:
        _count(ground, calibre, outside, {Question.SLOTS: groups[Question.SLOTS]})
    return {question: _MADE[question](groups[question], ground.types) for question in asked}


def _count(
    ground: Ground, calibre: Calibre, stretches: Sequence[Period], groups: dict[Question, _Groups]
) -> None:
    """Add the cases of some stretches of time to the groups of each question."""
    if not groups:
        return
    columns = list(dict.fromkeys(chain.from_iterable(_BY[question] for question in groups)))
    keys = [(found, itemgetter(*map(columns.index, _BY[by]))) for by, found in groups.items()]
    for rows in _cases(ground, calibre, stretches, columns):
        for found, key_of in keys:
            _add(found, rows, key_of)


def _cases(
    ground: Ground, calibre: Calibre, stretches: Sequence[Period], columns: Iterable[str]
) -> Iterator[list[Row]]:
    """The cases of a calibre in some stretches of time."""
    where, values = of.alive(ground, calibre)
    days = [day.isoformat() for slot in stretches for day in (slot.first, slot.last)]
    # CROSS JOIN holds the order: from each stretch by the index of days to its cases.
    sql = (
        f"WITH s(slot, last) AS (VALUES {', '.join(['(?, ?)'] * len(stretches))}) "
        f"SELECT {', '.join(columns)}, d.people, coalesce(a.amount_fen, 0) "
        f"FROM s CROSS JOIN dispute d {of.AGREED}"
        f"WHERE {of.DATE[calibre.basis]} BETWEEN s.slot AND s.last AND {where}"
    )
    return ground.connections.parts(sql, [*days, *values])


def _add(groups: _Groups, rows: Iterable[Row], key_of: Callable[[Row], Any]) -> None:
    for row in rows:
        key = key_of(row)
        sums = groups.get(key)
        if sums is None:
            groups[key] = [1, row[_PEOPLE], row[_AMOUNT]]
        else:
            sums[0] += 1
            sums[1] += row[_PEOPLE]
            sums[2] += row[_AMOUNT]


# Rows are made without asking of each whether it has all its fields, as thousands are.
def _maker(kind: type[tuple[Any, ...]]) -> Callable[[tuple[Any, ...]], Any]:
    return partial(tuple.__new__, kind)


def _case_rows(groups: _Groups, types: TypeTable) -> Answer:
    made = _maker(CaseCount)
    if all(key[1] in BY_CODE for key in groups):
        return tuple(made((*key[:-1], key[-1] == "1", *sums, "")) for key, sums in groups.items())
    return tuple(
        made((unit, types.official(type_), *by, hard == "1", *sums, _local(type_)))
        for (unit, type_, *by, hard), sums in groups.items()
    )


def _local(type_: str) -> str:
    """The type itself where it is counted under an official one."""
    return "" if type_ in BY_CODE else type_


def _handling_rows(groups: _Groups, _types: TypeTable) -> Answer:
    made = _maker(HandlingCount)
    return tuple(made((*key, sums[0])) for key, sums in groups.items())


def _slot_rows(groups: _Groups, _types: TypeTable) -> Answer:
    made = _maker(SlotCount)
    return tuple(made((*key, *sums)) for key, sums in groups.items())


def _mediator_rows(groups: _Groups, _types: TypeTable) -> Answer:
    made = _maker(MediatorCount)
    return tuple(made((key[0], _ids(key[1]), *key[2:], *sums)) for key, sums in groups.items())


@lru_cache(maxsize=4096)
def _ids(stored: str) -> tuple[str, ...]:
    """A stored list; the same few mediators stand in thousands of cases."""
    return tuple(json.loads(stored))


_MADE: dict[Question, Callable[[_Groups, TypeTable], Answer]] = {
    Question.CASES: _case_rows,
    Question.HANDLING: _handling_rows,
    Question.SLOTS: _slot_rows,
    Question.MEDIATORS: _mediator_rows,
}
