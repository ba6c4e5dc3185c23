"""The day and the moment it is: asked here alone, so that all below can be told another one."""

from datetime import date, datetime


def now() -> datetime:
    """The moment it is by this computer's clock."""
    return datetime.now().astimezone()


def today() -> date:
    """Today by this computer's clock."""
    return now().date()


def wall_clock() -> datetime:
    """The same moment as the clock on the wall tells it, without a zone, as people write it."""
    return now().replace(tzinfo=None)
