"""The day it is: asked here alone, so that everything below can be told another day."""

from datetime import date, datetime


def now() -> datetime:
    """The moment it is by this computer's clock."""
    return datetime.now().astimezone()


def today() -> date:
    """Today by this computer's clock."""
    return now().date()
