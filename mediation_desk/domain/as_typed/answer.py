"""What reading a typed value gives: the value, how sure it is, and what to ask otherwise."""

from dataclasses import dataclass
from enum import Enum
from typing import Generic, TypeVar

T = TypeVar("T")

Typed = str | int | float
"""A cell as the readers of workbooks give it; a day comes as ISO text."""


class Certainty(Enum):
    """Whether a value may be taken, must be confirmed, or could not be read."""

    SURE = "sure"
    DOUBTFUL = "doubtful"
    UNREAD = "unread"


@dataclass(frozen=True, slots=True)
class Reading(Generic[T]):
    """A value that was read.

    Only a SURE value may be used; of a DOUBTFUL one `value` is a suggestion that goes with
    `question`. None with SURE means that nothing was typed. `note` tells what was changed on the
    way, such as spaces that were taken out.
    """

    value: T | None
    certainty: Certainty = Certainty.SURE
    question: str = ""
    note: str = ""

    @property
    def sure(self) -> bool:
        """Whether the value may be used without asking."""
        return self.certainty is Certainty.SURE


def doubtful(value: T | None, question: str) -> Reading[T]:
    """A suggestion that somebody has to confirm."""
    return Reading(value, Certainty.DOUBTFUL, question)


def unread(question: str) -> Reading[T]:
    """No value, but a question."""
    return Reading(None, Certainty.UNREAD, question)
