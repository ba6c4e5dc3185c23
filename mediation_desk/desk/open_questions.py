"""Everything that waits for a decision: differences, rows that lack something, likely doubles."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from mediation_desk.desk import deciding, duplicates
from mediation_desk.desk.deciding import Question
from mediation_desk.desk.duplicates import Pair
from mediation_desk.desk.parked_rows import is_parked_row, parked_rows
from mediation_desk.domain.codes import ProposalSort
from mediation_desk.exchange.ledgers.asking import Question as OfLedger
from mediation_desk.store.register import Register


@dataclass(frozen=True, slots=True)
class Open:
    """What waits: `questions` in the order of units and cases, `pairs` that may be one dispute.

    `rows` are the questions that are open about a row of a hand-made ledger, by its proposal.
    """

    questions: tuple[Question, ...]
    rows: Mapping[str, tuple[OfLedger, ...]]
    pairs: tuple[Pair, ...]


def everything_open(register: Register, today: date) -> Open:
    """All that waits at this desk."""
    asked = [
        entry
        for entry in deciding.questions(register)
        if entry.proposal.sort is not ProposalSort.DUPLICATE
    ]
    rows = {}
    if any(is_parked_row(entry.proposal) for entry in asked):
        rows = {entry.proposal.id: entry.questions for entry in parked_rows(register, today)}
    return Open(tuple(asked), rows, tuple(duplicates.open_pairs(register)))
