"""What others would ask for the tables: a bare GROUP BY for each question, on the same columns."""

from collections.abc import Collection
from dataclasses import replace
from itertools import chain
from typing import Any

from mediation_desk.figures.calibre import Calibre
from mediation_desk.figures.counts import Question
from mediation_desk.figures.slots import slots
from mediation_desk.store import counted, counting
from mediation_desk.store.case_counts import _BY
from mediation_desk.store.counted import Ground
from mediation_desk.store.register import Register

_SUMS = "count(*), sum(d.people), coalesce(sum(a.amount_fen), 0)"

Said = list[tuple[str, Any]]


class _Listening:
    """Hears which SQL is asked, and answers that there is nothing."""

    def __init__(self) -> None:
        self.said: Said = []

    def rows(self, sql: str, values: Any = ()) -> list[Any]:
        self.said.append((sql, values))
        return []


def groupings(register: Register, calibre: Calibre, questions: Collection[Question]) -> Said:
    """The statements; a bare one knows nothing of two entries of one dispute."""
    ground = replace(register._ground, left_out="")
    of_cases = [_of_cases(ground, calibre, question) for question in _BY if question in questions]
    return of_cases + _of_others(ground, calibre, questions)


def _of_cases(ground: Ground, calibre: Calibre, question: Question) -> tuple[str, Any]:
    where, values = counted.alive(ground, calibre)
    stretches = slots(calibre.period) if question is Question.SLOTS else (calibre.period,)
    days = chain.from_iterable((slot.first, slot.last) for slot in stretches)
    by = _BY[question]
    group = ", ".join(str(place) for place, _ in enumerate(by, 1))
    sums = "count(*)" if question is Question.HANDLING else _SUMS
    sql = (
        f"WITH s(slot, last) AS (VALUES {', '.join(['(?, ?)'] * len(stretches))}) "
        f"SELECT {', '.join(by)}, {sums} FROM s CROSS JOIN dispute d {counted.AGREED}"
        f"WHERE {counted.DATE[calibre.basis]} BETWEEN s.slot AND s.last AND {where} "
        f"GROUP BY {group} ORDER BY {group}"
    )
    return sql, [*(day.isoformat() for day in days), *values]


def _of_others(ground: Ground, calibre: Calibre, questions: Collection[Question]) -> Said:
    """Those that are one grouping each in the program as well."""
    heard: Any = _Listening()
    others = frozenset(questions) - _BY.keys()
    counting.counts(replace(ground, connections=heard), calibre, others)
    return [(sql, values) for sql, values in heard.said if "DISTINCT" not in sql]
