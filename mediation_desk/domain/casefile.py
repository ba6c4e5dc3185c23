"""One dispute with everything that hangs on it, as screens, papers and checks want it."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from mediation_desk.domain.cases import Agent, Dispute, Party
from mediation_desk.domain.codes import PartyKind, PartyRole
from mediation_desk.domain.dispute_types import TypeTable
from mediation_desk.domain.handling import (
    Agreement,
    Attachment,
    MediationSession,
    Promise,
    Referral,
    RiskEntry,
)
from mediation_desk.domain.prevention import Prevention
from mediation_desk.domain.record import Record
from mediation_desk.domain.returning import Return
from mediation_desk.domain.warning_notice import UrgentReport, WarningNotice
from mediation_desk.words import tr

_SHOWN_ON_A_SIDE = 2


@dataclass(frozen=True, slots=True)
class CaseFile:
    """A dispute and its records, always in order and without void ones.

    Parties stand by side and position, promises by position, all else by date. A void dispute
    keeps its file, so that it can still be read.
    """

    dispute: Dispute
    parties: tuple[Party, ...] = ()
    agents: tuple[Agent, ...] = ()
    sessions: tuple[MediationSession, ...] = ()
    agreement: Agreement | None = None
    promises: tuple[Promise, ...] = ()
    referrals: tuple[Referral, ...] = ()
    risks: tuple[RiskEntry, ...] = ()
    preventions: tuple[Prevention, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    returns: tuple[Return, ...] = ()
    warnings: tuple[WarningNotice, ...] = ()
    reports: tuple[UrgentReport, ...] = ()

    def __post_init__(self) -> None:
        """Put the records in order; a frozen value can only be set from here."""
        for name, order in _ORDERS:
            records = getattr(self, name)
            if records:
                live = [record for record in records if not record.void_reason]
                object.__setattr__(self, name, tuple(sorted(live, key=order)))
        if self.agreement is not None and self.agreement.void_reason:
            object.__setattr__(self, "agreement", None)

    def records(self) -> Iterator[Record]:
        """All records of the file, in an order in which they can be kept."""
        yield self.dispute
        yield from self.parties
        yield from self.agents
        yield from self.sessions
        if self.agreement is not None:
            yield self.agreement
        yield from self.promises
        yield from self.referrals
        yield from self.risks
        yield from self.warnings
        yield from self.reports
        yield from self.attachments
        yield from self.preventions
        yield from self.returns


_PARTS: dict[type[Record], str] = {
    Party: "parties",
    Agent: "agents",
    MediationSession: "sessions",
    Promise: "promises",
    Referral: "referrals",
    RiskEntry: "risks",
    Prevention: "preventions",
    Attachment: "attachments",
    Return: "returns",
    WarningNotice: "warnings",
    UrgentReport: "reports",
}


def _day(day: date | None) -> date:
    return day or date.min


_ORDERS: tuple[tuple[str, Callable[[Any], Any]], ...] = (
    ("parties", lambda party: (party.role.value, party.position, party.id)),
    ("agents", lambda agent: (agent.party_id, agent.id)),
    ("sessions", lambda session: (session.held_on, session.position, session.time, session.id)),
    ("promises", lambda promise: (promise.position, promise.id)),
    ("referrals", lambda referral: (_day(referral.letter_on), referral.id)),
    ("risks", lambda entry: (entry.assessed_on, entry.position, entry.id)),
    ("preventions", lambda prevention: (prevention.prevented_on, prevention.id)),
    ("attachments", lambda scan: (_day(scan.taken_on), scan.name, scan.id)),
    ("returns", lambda entry: (entry.returned_on, entry.id)),
    ("warnings", lambda entry: (entry.rule.value, entry.raised_on, entry.id)),
    ("reports", lambda entry: (entry.reported_on, entry.time, entry.id)),
)


def gathered(dispute: Dispute, records: Iterable[Record]) -> CaseFile:
    """The case file of `dispute` out of loose `records`; of several agreements the last counts."""
    loose: dict[type[Record], list[Any]] = {}
    for record in records:
        loose.setdefault(type(record), []).append(record)
    last = last_agreement(loose.pop(Agreement, ()))
    parts = {_PARTS[kind]: tuple(found) for kind, found in loose.items() if kind in _PARTS}
    return CaseFile(dispute=dispute, agreement=last, **parts)


def last_agreement(agreements: Iterable[Agreement]) -> Agreement | None:
    """Of several agreements of a dispute the one that counts: the last that is not void."""
    live = (entry for entry in agreements if not entry.void_reason)
    return max(live, key=lambda entry: (entry.agreed_on, entry.id), default=None)


def two_sides(parties: Iterable[Party]) -> tuple[list[Party], list[Party]]:
    """Applicants and their opponents; where nobody applied, the first party and the others."""
    # Third parties stand on neither side while there are parties proper on both.
    told = list(parties)
    left = [party for party in told if party.role is PartyRole.APPLICANT]
    right = [party for party in told if party.role is PartyRole.RESPONDENT]
    third = [party for party in told if party.role is PartyRole.THIRD]
    if not left:
        both = right + third
        return both[:1], both[1:]
    return left, right or third


def _side(parties: list[Party]) -> str:
    names = tr("、").join(party.name for party in parties[:_SHOWN_ON_A_SIDE])
    if len(parties) <= _SHOWN_ON_A_SIDE:
        return names
    natural = all(party.kind is PartyKind.NATURAL for party in parties)
    none_natural = not any(party.kind is PartyKind.NATURAL for party in parties)
    if natural:
        return tr("{names}等{count}人").format(names=names, count=len(parties))
    if none_natural:
        return tr("{names}等{count}家").format(names=names, count=len(parties))
    return tr("{names}等{count}方").format(names=names, count=len(parties))


def sides(casefile: CaseFile) -> tuple[str, str]:
    """The two sides as a list shows them, such as (秦德珍, 蒋仕文、蒋德安)."""
    left, right = two_sides(casefile.parties)
    return _side(left), _side(right)


def title(casefile: CaseFile, types: TypeTable) -> str:
    """The name of the file on cover and papers, such as 秦德珍与蒋仕文邻里纠纷 (domain.md §2.1)."""
    kind = types.label(casefile.dispute.type)
    left, right = sides(casefile)
    if not left:
        return kind
    if not right:
        return tr("{side}{kind}").format(side=left, kind=kind)
    return tr("{left}与{right}{kind}").format(left=left, right=right, kind=kind)
