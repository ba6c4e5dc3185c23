"""The stretches of time that a table over months compares, cut so that none overlaps another."""

from datetime import timedelta
from itertools import pairwise

from mediation_desk.domain.periods import Period, months_of
from mediation_desk.figures.table import Shift


def slots(period: Period) -> tuple[Period, ...]:
    """Stretches of which the period, its months, and all a year or just before them are made."""
    wanted = {shift.of(part) for part in (period, *months_of(period)) for shift in Shift}
    day = timedelta(days=1)
    cuts = sorted({part.first for part in wanted} | {part.last + day for part in wanted})
    found = (Period(first, after - day) for first, after in pairwise(cuts))
    return tuple(
        slot
        for slot in found
        if any(part.first <= slot.first and slot.last <= part.last for part in wanted)
    )
