"""The values that a column of a ledger can hold, and what people call them."""

from functools import cache

from mediation_desk.exchange.ledgers.words import tables, words_of

NOTE = ""
"""The slot of a column that is kept as a note of its case."""

SIDES = ("applicant", "respondent", "third", "parties")
NAMES = tuple(f"{side}.name" for side in SIDES)
CORE = frozenset((*NAMES, "type", "facts", "cause", "title"))
"""A table without any of these is no ledger of cases."""

TICK = "="
"""Between slot and code of a column in which a tick stands for the code."""


@cache
def label_of_slot(slot: str) -> str:
    """What the program calls a slot."""
    heads = tables("heads")
    if TICK in slot:
        name, code = slot.split(TICK)
        return words_of(name).labels[code]
    if "." not in slot:
        return heads["heads"][slot].split()[0]
    side, particular = slot.split(".")
    whose, what = heads["sides"][side].split()[0], heads["particulars"][particular].split()[0]
    return whose if particular == "name" else whose + what


def is_slot(name: str) -> bool:
    """Whether a column can be given this slot."""
    heads = tables("heads")
    side, _, particular = name.partition(".")
    return name in heads["heads"] or (side in heads["sides"] and particular in heads["particulars"])
