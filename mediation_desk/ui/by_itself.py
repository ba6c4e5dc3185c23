"""What a page does by itself, a moment after typing or every minute."""

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

from mediation_desk.domain.desk_error import DeskError

Page = TypeVar("Page")


def by_itself(act: Callable[[Page], None]) -> Callable[[Page], None]:
    """Leave `act` undone if the register cannot be asked just now.

    Nobody asked for it, so a window that reports a fault would only get in the way of writing.
    That the register cannot be reached the form says as soon as it keeps its draft, and saving
    says why.
    """

    @wraps(act)
    def tried(page: Page) -> None:
        try:
            act(page)
        except DeskError:
            return

    return tried
