"""What the rules of the inspector look at."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from mediation_desk.domain.casefile import CaseFile
from mediation_desk.domain.codes import ArchiveState, Outcome, SessionKind
from mediation_desk.domain.dispute_types import TypeTable
from mediation_desk.domain.handling import MediationSession
from mediation_desk.domain.limits import Limits
from mediation_desk.domain.record import Record


@dataclass(frozen=True, slots=True)
class LookedAt:
    """A file with the day, local practice and the number that stands on its papers."""

    file: CaseFile
    types: TypeTable
    today: date
    limits: Limits
    number: str
    # Which attachments cannot be shown, by id, and why.
    damaged: Mapping[str, str]

    @property
    def masked(self) -> bool:
        """Whether this copy only came masked, so that personal texts say nothing."""
        return is_masked(self.file.dispute)

    @property
    def accepted(self) -> bool:
        """Whether the dispute was taken in."""
        return self.file.dispute.intake_on is not None

    @property
    def settled(self) -> bool:
        """Whether the parties agreed."""
        return self.file.dispute.outcome is Outcome.SETTLED

    @property
    def archived(self) -> bool:
        """Whether the file has been put away."""
        return self.file.dispute.archive is ArchiveState.ARCHIVED

    def held(self, kind: SessionKind) -> list[tuple[int, MediationSession]]:
        """The sessions of a kind with their places in the file."""
        return [
            (place, entry) for place, entry in enumerate(self.file.sessions) if entry.kind is kind
        ]


def is_masked(record: Record) -> bool:
    """Whether a copy only came masked; one that was not kept yet is complete as typed."""
    return record.revision > 0 and record.personal_revision == 0
