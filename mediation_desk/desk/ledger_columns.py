"""How a hand-made ledger's columns are read, for people to see and to set right."""

import json
from dataclasses import dataclass

from mediation_desk.desk.ledger_look import Ledger
from mediation_desk.exchange.ledgers.slots import NOTE, SIDES, is_slot, label_of_slot
from mediation_desk.exchange.ledgers.words import tables
from mediation_desk.words import tr

_HEAD = "head:"
# What a head is answered to be if it is none of ours.
AS_NOTE = "note"


@dataclass(frozen=True, slots=True)
class Mapped:
    """A column: its head in the ledger, and which value it is read as; an empty slot is a note.

    `key` is that of the answer by which somebody says that it is something else.
    """

    key: str
    head: str
    slot: str

    @property
    def label(self) -> str:
        """What it is read as, in words."""
        return label_of_slot(self.slot) if self.slot != NOTE else tr("备注（原样保留）")


def mapped(ledger: Ledger) -> list[Mapped]:
    """The columns of a ledger in their order; none before it is known how the file is read."""
    if ledger.reading is None:
        return []
    learned = ledger.reading.ledger.learned
    columns: dict[str, str] = json.loads(learned.columns) if learned.columns else {}
    heads: list[str] = json.loads(learned.heads) if learned.heads else []
    return [Mapped(_HEAD + head, head, columns[head]) for head in heads if head in columns]


def slots() -> list[tuple[str, str]]:
    """What a column can be read as, and the words for it."""
    told = tables("heads")
    names = [*told["heads"]]
    names += [f"{side}.{particular}" for side in SIDES for particular in told["particulars"]]
    return [(name, label_of_slot(name)) for name in names if is_slot(name)]
