"""Going from one page to another, to the very place where something is to be done."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Go:
    """Where to go: the page, what to do there, and about which record.

    A page that others may send somebody to has `arrive(go)`; a page that sends people elsewhere
    has the signal `going`. `what` is whatever the verb needs besides, such as a draft.
    """

    page: str
    verb: str = ""
    about: str = ""
    what: object = None
