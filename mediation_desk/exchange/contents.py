"""What a package holds: its head and its records, as values."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from mediation_desk.domain.numbering import DEFAULT_PATTERN
from mediation_desk.domain.organisation import Unit
from mediation_desk.domain.record import Record
from mediation_desk.domain.records import KINDS
from mediation_desk.domain.versions import NO_LINEAGES, Lineages
from mediation_desk.figures.calibre import Calibre

# The register's own.
_STAYING = {
    "package",
    "accepted_findings",
    "report",
    "report_use",
    "paper_total",
    "sampling",
    "enrolment",
    "receipt",
    "proposal",
    "same_case",
    "ledger_map",
    "print",
    "desk_person",
    "log_entry",
    # The office's table of grades, which goes to the villages only.
    "allowance_grade",
}
# What a package may carry, in an order in which records can be kept; scans only if it is sealed.
CARRIED = tuple(kind for kind in KINDS if kind not in _STAYING)


@dataclass(frozen=True, slots=True)
class Head:
    """What a package says about itself: whose it is, which month, how it counts.

    `number` runs per unit, `previous` is the id of the package before it or empty.
    `unmasked_for` names the receiver of full personal values; empty for a masked package. `span`
    says how many packages with this one as the last it makes good, `returned` number and id of the
    file from the office up to which the village had everything, empty for none. `wanted` are the
    numbers of packages of its own that it has forgotten and asks to be given back. `escrow` is what
    the office needs when the village has lost its password, sealed to the office.
    """

    id: str
    number: int
    previous: str
    unit: Unit
    calibre: Calibre
    made_on: date
    made_by: str
    unmasked_for: str = ""
    pattern: str = DEFAULT_PATTERN
    span: int = 1
    returned: str = ""
    wanted: tuple[int, ...] = ()
    escrow: str = ""

    @property
    def personal(self) -> bool:
        """Whether personal values are in full."""
        return bool(self.unmasked_for)


def _no_lineages(_records: Iterable[Record]) -> Lineages:
    return NO_LINEAGES


@dataclass(frozen=True, slots=True)
class PackageContents:
    """A package before it is written: its head and every record it carries, of `CARRIED` kinds.

    `others` hang on no dispute. `batches` are read once: the disputes in the order of the ledger,
    each batch with everything that hangs on its disputes, so that a year need not be held at once.
    `enclosed` are the bytes of attachments by their hash, for a sealed package alone; `held_back`
    says how many attachments had no room. `lineages` tells the versions of some records. `handed`
    are hand-overs and the cases handed over, which the unit's sheets show and count no more.
    """

    head: Head
    others: tuple[Record, ...]
    batches: Iterable[Sequence[Record]]
    enclosed: Iterable[tuple[str, bytes]] = ()
    held_back: int = 0
    lineages: Callable[[Iterable[Record]], Lineages] = _no_lineages
    handed: tuple[Record, ...] = ()
