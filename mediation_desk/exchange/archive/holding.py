"""What a year's archive holds, as values."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from mediation_desk.domain.casefile import CaseFile
from mediation_desk.domain.organisation import Unit
from mediation_desk.domain.record import Record


@dataclass(frozen=True, slots=True)
class ArchiveHead:
    """Whose archive of which year it is, who made it when and for whom.

    `left_out` are the numbers of the year that are not in it, each with the reason.
    """

    unit: Unit
    year: int
    made_on: date
    made_by: str
    receiver: str
    left_out: tuple[tuple[str, str], ...] = ()

    @property
    def whose(self) -> str:
        """The full name on the cover."""
        return self.unit.committee or self.unit.name


@dataclass(frozen=True, slots=True)
class ArchivedFile:
    """One case with what people call it, how long it is kept, and how to write its papers.

    `write_papers` writes the bound file as PDF to a path and says in words which attachments it
    could not show. `scans` are the file names and
    bytes of the attachments by their ids; one that is not here is only told of.
    """

    case: CaseFile
    number: str
    title: str
    type_label: str
    retention: str
    kept_until: date | None
    write_papers: Callable[[Path], Sequence[str]]
    scans: Mapping[str, tuple[str, bytes]]


@dataclass(frozen=True, slots=True)
class Archive:
    """All of it: `files` are read once, one after the other, so that a year need not be held."""

    head: ArchiveHead
    people: Sequence[Record]
    files: Iterable[ArchivedFile]
