"""The records of a package in the order in which its sheets show them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from mediation_desk.domain.casefile import CaseFile, gathered, last_agreement
from mediation_desk.domain.cases import Dispute
from mediation_desk.domain.codes import AgreementForm, Outcome
from mediation_desk.domain.dispute_types import BY_CODE, TypeTable
from mediation_desk.domain.handling import Agreement, MediationSession, Referral
from mediation_desk.domain.numbering import case_number
from mediation_desk.domain.organisation import LocalType, Mediator, Unit
from mediation_desk.domain.prevention import Prevention, Publicity, Screening
from mediation_desk.domain.record import Record
from mediation_desk.exchange.contents import Head
from mediation_desk.figures.calibre import Calibre, DateBasis
from mediation_desk.words import tr

R = TypeVar("R", bound=Record)


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One line of the ledger."""

    label: str
    case: CaseFile
    unit: Unit
    type_label: str
    local_label: str
    mediators: str
    counted: bool


@dataclass(frozen=True, slots=True)
class SessionRow:
    """One session of a case, numbered within it."""

    label: str
    position: int
    session: MediationSession
    mediators: str


@dataclass(frozen=True, slots=True)
class ReferralRow:
    """One hand-over of a case, numbered within it."""

    label: str
    position: int
    referral: Referral


@dataclass(frozen=True, slots=True)
class WorkRow:
    """One screening round, prevention or publicity event, numbered within its sort."""

    sort: str
    position: int
    record: Screening | Prevention | Publicity
    counted: bool


SCREENING, PREVENTION, PUBLICITY = tr("排查"), tr("预防"), tr("普法")


def counted(dispute: Dispute, agreement: Agreement | None, calibre: Calibre) -> bool:
    """Whether a case is in the figures of `calibre` (figures.calibre says which are)."""
    if dispute.void_reason or dispute.intake_on is None or dispute.outcome is Outcome.NOT_ACCEPTED:
        return False
    if not calibre.oral and agreement is not None and agreement.form is AgreementForm.ORAL:
        return False
    day = dispute.intake_on if calibre.basis is DateBasis.INTAKE else dispute.closed_on
    return day in calibre.period


def _of_unit(head: Head, records: Iterable[Record]) -> Iterator[Record]:
    """Without cases that were handed over: they are shown and counted by who has them now."""
    every = tuple(records)
    unit_id = head.unit.id
    handed = {
        entry.id for entry in every if isinstance(entry, Dispute) and entry.unit_id != unit_id
    }
    for record in every:
        own = record.id if isinstance(record, Dispute) else getattr(record, "dispute_id", "")
        if own not in handed or getattr(record, "unit_id", "") == unit_id:
            yield record


class Shelf:
    """A package's records, grouped once; each sheet's rows are made from here."""

    def __init__(self, head: Head, records: Iterable[Record]) -> None:
        self.head = head
        self._by_kind: dict[type[Record], list[Record]] = defaultdict(list)
        self._of_dispute: dict[str, list[Record]] = defaultdict(list)
        for record in _of_unit(head, records):
            self._by_kind[type(record)].append(record)
            dispute = getattr(record, "dispute_id", "")
            if dispute:
                self._of_dispute[dispute].append(record)
        self._mediators = {record.id: record.name for record in self.all(Mediator)}
        self._cases: list[CaseRow] | None = None
        self._types = TypeTable(tuple(self.all(LocalType)))

    @property
    def types(self) -> TypeTable:
        """The dispute types with the local ones of the package."""
        return self._types

    def mediators(self) -> dict[str, tuple[str, ...]]:
        """The mediators of the package by name; of one name there may be several."""
        found: dict[str, tuple[str, ...]] = {}
        for record_id, name in self._mediators.items():
            found[name] = (*found.get(name, ()), record_id)
        return found

    def labels(self) -> dict[str, tuple[str, ...]]:
        """The disputes by the number that the sheets show; two may have the same."""
        found: dict[str, tuple[str, ...]] = {}
        for dispute in self.disputes():
            label = self._label(dispute)
            found[label] = (*found.get(label, ()), dispute.id)
        return found

    def all(self, kind: type[R]) -> list[R]:
        """The records of one class."""
        return [record for record in self._by_kind[kind] if isinstance(record, kind)]

    def disputes(self) -> list[Dispute]:
        """The disputes by year and number."""
        return sorted(self.all(Dispute), key=lambda entry: (entry.year, entry.number, entry.id))

    def cases(self) -> Iterator[CaseRow]:
        """The lines of the ledger by year and number, void numbers included."""
        # Counted first and written afterwards; gathering them twice costs more than keeping them.
        if self._cases is None:
            self._cases = list(self._gathered())
        return iter(self._cases)

    def _gathered(self) -> Iterator[CaseRow]:
        for dispute in self.disputes():
            case = gathered(dispute, self._of_dispute[dispute.id])
            yield CaseRow(
                self._label(dispute),
                case,
                self.head.unit,
                self._types.label(self._official(dispute.type)),
                "" if dispute.type in BY_CODE else self._types.label(dispute.type),
                self._names(dispute.mediator_ids),
                counted(dispute, case.agreement, self.head.calibre),
            )

    def counted_cases(self) -> Iterator[tuple[Dispute, Agreement | None]]:
        """What figures need of the cases that are counted, without gathering whole files."""
        for dispute in self.disputes():
            of_it = self._of_dispute[dispute.id]
            last = last_agreement(entry for entry in of_it if isinstance(entry, Agreement))
            if counted(dispute, last, self.head.calibre):
                yield dispute, last

    def sessions(self) -> Iterator[SessionRow]:
        """The sessions of all cases that are not void."""
        for dispute in self.disputes():
            found = self._live(dispute, MediationSession)
            found.sort(key=lambda entry: (entry.held_on, entry.position, entry.time, entry.id))
            for position, session in enumerate(found, 1):
                names = self._names(session.mediator_ids)
                yield SessionRow(self._label(dispute), position, session, names)

    def referrals(self) -> Iterator[ReferralRow]:
        """The hand-overs of all cases that are not void."""
        for dispute in self.disputes():
            found = self._live(dispute, Referral)
            found.sort(key=lambda entry: (str(entry.letter_on or ""), entry.id))
            for position, referral in enumerate(found, 1):
                yield ReferralRow(self._label(dispute), position, referral)

    def works(self) -> Iterator[WorkRow]:
        """Screening rounds, preventions and publicity that are not void, each by day."""
        screenings = [(SCREENING, entry.screened_on, entry) for entry in self.all(Screening)]
        preventions = [(PREVENTION, entry.prevented_on, entry) for entry in self.all(Prevention)]
        publicity = [(PUBLICITY, entry.held_on, entry) for entry in self.all(Publicity)]
        for entries in (screenings, preventions, publicity):
            live = [entry for entry in entries if not entry[2].void_reason]
            live.sort(key=lambda entry: (entry[1], entry[2].id))
            for position, (sort, day, record) in enumerate(live, 1):
                yield WorkRow(sort, position, record, day in self.head.calibre.period)

    def _label(self, dispute: Dispute) -> str:
        return case_number(dispute, self.head.unit, self.head.pattern)

    def _official(self, code: str) -> str:
        return self._types.official(code) if self._types.knows(code) else code

    def _names(self, ids: Iterable[str]) -> str:
        return tr("、").join(filter(None, (self._mediators.get(entry) for entry in ids)))

    def _live(self, dispute: Dispute, kind: type[R]) -> list[R]:
        if dispute.void_reason:
            return []
        found = self._of_dispute[dispute.id]
        return [entry for entry in found if isinstance(entry, kind) and not entry.void_reason]
