"""What receiving a file would do, told before it is done, and what came of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import Enum
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from mediation_desk.desk.outcomes import NOTHING, untaken
from mediation_desk.domain.numbering import DEFAULT_PATTERN
from mediation_desk.domain.organisation import Unit
from mediation_desk.domain.problems import Problem, Severity
from mediation_desk.domain.record import Record
from mediation_desk.exchange.cells import place
from mediation_desk.exchange.columns import LEDGER
from mediation_desk.exchange.incoming import Incoming
from mediation_desk.exchange.meeting import Outcome
from mediation_desk.exchange.merging import Plan
from mediation_desk.exchange.returns import Returned

if TYPE_CHECKING:
    from mediation_desk.desk.ledger_look import Ledger, RowOutcome

IMPORT = "import"


class LookState(Enum):
    """What can be done with a file; one that asks needs an answer before it is read."""

    READY = "ready"
    SAME = "same"
    OLDER = "older"
    REFUSED = "refused"
    SEALED = "sealed"
    ASKS = "asks"


RECEIVABLE = frozenset((LookState.READY, LookState.OLDER))


@dataclass(frozen=True, slots=True)
class Look:
    """What receiving a file would do; `words` says it in one line, `counts` by outcome.

    `plan` holds for the register as it was at `sequence` of its history.
    """

    path: Path
    title: str
    words: str
    state: LookState
    counts: dict[str, int]
    problems: tuple[Problem, ...] = ()
    nil: bool = False
    incoming: Incoming | None = None
    plan: Plan | None = None
    sequence: int = 0
    returned: Returned | None = None
    ledger: "Ledger | None" = None

    @property
    def read(self) -> int:
        """How many records were read; the sum of all outcomes."""
        return sum(self.counts.values())

    @property
    def rows(self) -> "tuple[RowOutcome, ...]":
        """What became of every row of a ledger, with its address; a package tells its records."""
        return self.ledger.rows if self.ledger is not None else ()


@dataclass(frozen=True, slots=True)
class Received:
    """A file and the batch it became; batch 0 where nothing was written."""

    look: Look
    act: int

    @property
    def words(self) -> str:
        """What happened, in one line."""
        return self.look.words

    def plain(self) -> dict[str, Any]:
        """The same as JSON types, for programs that call the command line."""
        problems = [
            {
                "rule": problem.rule,
                "severity": problem.severity.value,
                "place": problem.place,
                "message": problem.message,
                "mend": problem.mend,
            }
            for problem in self.look.problems
        ]
        rows = [
            {"place": row.place, "outcome": row.outcome, "reason": row.reason, "text": row.text}
            for row in self.look.rows
        ]
        return {
            "file": str(self.look.path),
            "title": self.look.title,
            "state": self.look.state.value,
            "words": self.look.words,
            "batch": self.act,
            "counts": self.look.counts,
            "problems": problems,
            "rows": rows,
        }


def refused(path: Path, words: str, title: str = "") -> Look:
    """A file that cannot be received, and why."""
    return Look(path, title or path.name, words, LookState.REFUSED, dict(NOTHING))


def merge_problems(
    made: Plan,
    records: Iterable[Record],
    unit: Unit | None = None,
    pattern: str = DEFAULT_PATTERN,
    rows: Mapping[str, int] = MappingProxyType({}),
) -> list[Problem]:
    """Which records are not taken and why; of a case the ledger's row, where `rows` tell it."""
    grave = {Outcome.CONFLICT: "M1", Outcome.REJECTED: "M2"}
    found = []
    for entry in untaken(made, records, unit, pattern):
        row = rows.get(entry.dispute_id)
        at = place(LEDGER.title, row, 1) if row else ""
        found.append(
            Problem(grave[entry.outcome], Severity.ERROR, entry.kind, entry.words, place=at)
        )
    return found


def light(look_: Look) -> Look:
    """What is told of a file, without its records: memory must not grow with the files."""
    ledger = look_.ledger.light() if look_.ledger else None
    return replace(look_, incoming=None, returned=None, plan=None, ledger=ledger)
