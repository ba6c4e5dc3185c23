"""A dispute's place in the list: its day and a running number, so that rows follow the dates."""

from datetime import date

from mediation_desk.domain.cases import Dispute

# A million disputes a day.
_SHIFT = 20


def first_place(day: date) -> int:
    """Where the disputes of `day` begin."""
    return day.toordinal() << _SHIFT


def day_of(dispute: Dispute) -> date:
    """The day under which a dispute stands: its intake, or the best that is known."""
    known = dispute.intake_on or dispute.closed_on
    return known or date(min(max(dispute.year, date.min.year), date.max.year), 1, 1)


def is_of(place: int, day: date) -> bool:
    """Whether `place` is one of `day`."""
    return place >> _SHIFT == day.toordinal()


def last_place(day: date) -> int:
    """Where the disputes of `day` end."""
    return first_place(day) + (1 << _SHIFT) - 1
