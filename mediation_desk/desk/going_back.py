"""What the office has to tell a village: receipts, its own changes, decisions, cases handed over.

Everything since the file that the village is known to have, so that a lost one costs nothing.
"""

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import cast

from mediation_desk.desk.claims_on_their_way import all_claims, leaving_claims
from mediation_desk.desk.confirmed import MEGABYTE
from mediation_desk.desk.scans_back import noted_scans
from mediation_desk.desk.sending import versions_of
from mediation_desk.desk.sequence import gone_back, of_unit
from mediation_desk.desk.trusting import seal_to
from mediation_desk.domain.cases import Dispute
from mediation_desk.domain.codes import ProposalSort, ProposalState
from mediation_desk.domain.handling import Attachment, MediationSession
from mediation_desk.domain.masks import masked
from mediation_desk.domain.merging import is_personal
from mediation_desk.domain.organisation import LocalType, Unit
from mediation_desk.domain.record import Record
from mediation_desk.domain.records import KEEPING_ORDER, OF_A_DISPUTE, from_plain, kind_of
from mediation_desk.domain.returning import Return
from mediation_desk.domain.round_trip import HandOver, Proposal, Receipt
from mediation_desk.domain.versions import Lineages, Names, hidden, version_of, written
from mediation_desk.exchange.sealing import Seal
from mediation_desk.store.register import Register
from mediation_desk.words import tr

# Of the unit itself and its work beside disputes, all with their unit.
_OF_THE_UNIT = (
    "mediator",
    "adviser",
    "prevention",
    "screening",
    "finding",
    "publicity",
    "legal_aid",
    "consultation",
)
_DECIDED = (ProposalState.TAKEN, ProposalState.KEPT)
Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Since:
    """Where the way back to a unit stands.

    `number` and `previous` are for the next file, `base` is the number of the file that the unit
    is known to have (0: none) and `sequence` its place in the history. `again` says that the unit
    has forgotten what it sent itself, and gets all of it back.
    """

    number: int
    previous: str
    base: int
    sequence: int
    again: bool = False


@dataclass(frozen=True, slots=True)
class Telling:
    """What goes back to a unit: records as they are here, with lines to be worded from them.

    `receipts` and `returns` stand in sheets of their own, `written` are the keys of what this desk
    itself changed, `whole` the cases handed over with all that hangs on them. `scans` go with
    their bytes, those `left` have no room yet or have not come themselves.
    """

    unit: Unit
    since: Since
    seal: Seal | None
    receipts: tuple[Receipt, ...] = ()
    records: tuple[Record, ...] = ()
    written: frozenset[Key] = frozenset()
    handed: tuple[HandOver, ...] = ()
    whole: frozenset[str] = frozenset()
    decided: tuple[Proposal, ...] = ()
    scans: tuple[Attachment, ...] = ()
    left: tuple[Attachment, ...] = ()
    lineages: Lineages = field(default_factory=dict)

    @property
    def sealed(self) -> bool:
        """Whether the unit alone can read it, so that it may go in full."""
        return self.seal is not None and bool(self.seal.to)

    @property
    def anything(self) -> bool:
        """Whether there is something to tell."""
        return bool(self.receipts or self.records or self.handed or self.decided or self.scans)

    def leaving(self) -> tuple[tuple[Record, ...], Lineages]:
        """The records as they leave, with their versions: masked unless they are sealed.

        Only what the office wrote to be put right goes in full in any case; without its words
        nothing could be mended.
        """
        if self.sealed:
            return self.records, self.lineages
        told, records = dict(self.lineages), list[Record]()
        for record in self.records:
            key = kind_of(record), record.id
            if isinstance(record, Return):
                records.append(record)
                continue
            records.append(masked(record))
            if key in told and is_personal(record) and record.personal_revision:
                told[key] = hidden(told[key])
        return tuple(records), told


def since(register: Register, unit_id: str, *, sealing: bool, again: bool = False) -> Since:
    """Where the way back to a unit stands, by what its newest package said that it has.

    All goes `again` if that package asks for it as well.
    """
    gone = gone_back(register, unit_id)
    newest = max(of_unit(register, unit_id), key=lambda entry: entry.number, default=None)
    told, _, id_ = (newest.returned if newest else "").partition(" ")
    number = max([int(told or 0), *(entry.number for entry in gone)])
    if again or (newest is not None and newest.wanted):
        return Since(number + 1, gone[0].id if gone else "", 0, 0, again=True)
    # What went before the unit's key was known went without names: all goes again, once.
    there = next((entry for entry in gone if entry.id == id_), None)
    if there is None or (sealing and not there.sealed):
        return Since(number + 1, gone[0].id if gone else "", 0, 0)
    at = register.history("package", there.id)[-1].sequence
    return Since(number + 1, gone[0].id, there.number, at)


def telling(register: Register, unit: Unit, *, again: bool = False) -> Telling:
    """Everything that the office has to tell a unit since the file that the unit has.

    With `again` all that the unit ever sent as well.
    """
    seal = seal_to(register, unit)
    sealed = seal is not None and bool(seal.to)
    where = since(register, unit.id, sealing=sealed, again=again)
    return _Gathering(register, unit, where, sealed=sealed).told(seal)


class _Gathering:
    """Picks what concerns one unit out of what was written since a place in the history."""

    def __init__(self, register: Register, unit: Unit, where: Since, *, sealed: bool) -> None:
        self._register, self._unit, self._since, self._sealed = register, unit, where, sealed
        self._written: dict[str, list[str]] = {}
        for kind, record_id in register.written_here_since(where.sequence):
            self._written.setdefault(kind, []).append(record_id)
        self._records: dict[Key, Record] = {}
        self._own: set[Key] = set()
        # The lineages of what goes in an earlier version.
        self._earlier: dict[Key, Names] = {}

    def told(self, seal: Seal | None) -> Telling:
        """All of it."""
        handed = self._handed()
        whole = self._cases_handed(handed)
        self._changes(waiting=self._not_yet_sealed())
        its = self._all_again() if self._since.again else set()
        (scans, left), receipts = self._scans({*whole, *its}), self._receipts()
        self._what_it_points_to(whole)
        records = tuple(sorted(
            self._records.values(), key=lambda entry: (KEEPING_ORDER[kind_of(entry)], entry.id)
        ))  # fmt: skip
        voided = {("receipt", entry.id): self._lineage_of_void(entry.id)
                  for entry in receipts if entry.void_reason}  # fmt: skip
        lineages = versions_of(self._register, (*records, *receipts))
        return Telling(
            unit=self._unit,
            since=self._since,
            seal=seal,
            receipts=receipts,
            records=records,
            written=frozenset(self._own),
            handed=handed,
            whole=frozenset(whole),
            decided=self._decided(),
            scans=scans,
            left=left,
            lineages={**lineages, **voided, **self._earlier},
        )

    def _put(self, records: Iterable[Record], *, own: bool = False) -> None:
        for record in records:
            if isinstance(record, Attachment) and not self._sealed:
                continue
            key = kind_of(record), record.id
            self._records[key] = record
            if own:
                self._own.add(key)

    def _some(self, kind: str) -> list[Record]:
        return self._register.some(kind, self._written.get(kind, ()))

    def _changes(self, waiting: Collection[str]) -> None:
        """What this desk wrote of the unit, its cases and its work; not of cases `waiting`."""
        unit_id = self._unit.id
        self._put((entry for entry in self._some("unit") if entry.id == unit_id), own=True)
        for kind in _OF_THE_UNIT:
            found = self._some(kind)
            self._put((e for e in found if getattr(e, "unit_id", "") == unit_id), own=True)
        self._put(self._some("allowance_grade"), own=True)
        self._put(leaving_claims(self._register, unit_id, self._written), own=True)
        disputes = [
            entry
            for entry in cast(list[Dispute], self._some("dispute"))
            if entry.unit_id == unit_id and entry.id not in waiting
        ]
        self._put(disputes, own=True)
        # Those to a former owner too, for who has the case puts it right.
        returns = cast(list[Return], self._register.all("return"))
        waits = [entry for entry in returns if entry.open]
        for kind in OF_A_DISPUTE:
            found = [*self._some(kind), *(waits if kind == "return" else ())]
            of = {str(getattr(entry, "dispute_id", "")) for entry in found}
            mine = {
                entry.id
                for entry in cast(list[Dispute], self._register.some("dispute", of))
                if entry.unit_id == unit_id and entry.id not in waiting
            }
            self._put((e for e in found if getattr(e, "dispute_id", "") in mine), own=True)
        self._cases_of_former_owners()

    def _cases_of_former_owners(self) -> None:
        """With what was returned to a former owner goes the case, or it passes for another's."""
        returned = [entry for entry in self._records.values() if isinstance(entry, Return)]
        former = [entry.dispute_id for entry in returned if entry.unit_id != self._unit.id]
        self._put(self._register.some("dispute", former))

    def _all_again(self) -> set[str]:
        """Put all that the unit has sent; the cases that are its own now, by their ids.

        Of those that it gave away it gets what came from it, and no more of what others wrote. Its
        packages are put as it had them when it made them.
        """
        register, unit_id = self._register, self._unit.id
        self._put([self._unit])
        for kind in (*_OF_THE_UNIT, "dispute"):
            self._put(register.all(kind, unit_id=unit_id))
        self._put(leaving_claims(register, unit_id, all_claims(register, unit_id)))
        its = {entry.id for entry in register.all("dispute", unit_id=unit_id)}
        for kind in (*OF_A_DISPUTE, "handover"):
            if kind != "attachment":
                self._put(register.some(kind, its, "dispute_id"))
        handed = cast(list[HandOver], register.all("handover", from_unit_id=unit_id))
        gone = {entry.dispute_id for entry in handed} - its
        self._put(handed)
        for case in cast(list[Dispute], register.some("dispute", gone)):
            self._put_as_taken(case, {e.to_unit_id for e in handed if e.dispute_id == case.id})
        for kind in OF_A_DISPUTE:
            found = register.some(kind, gone, "dispute_id") if kind != "attachment" else []
            self._put(e for e in found if register.history(kind, e.id)[0].lineage)
        self._put(
            replace(entry, received=False, findings="") for entry in of_unit(register, unit_id)
        )
        return its

    def _put_as_taken(self, case: Dispute, takers: Collection[str]) -> None:
        """Put a case as it was while one of `takers` had it, to whom the unit gave it away.

        Where it went from there the unit has no hand-over and could not believe it.
        """
        if case.unit_id in takers:
            self._put([case])
            return
        for version in self._register.versions("dispute", case.id):
            if getattr(version.record, "unit_id", "") in takers:
                names = version.name, *sorted(version.ancestors - {version.name})
                self._put([version.record])
                self._earlier["dispute", case.id] = written(names, names if version.telling else ())
                return

    def _handed(self) -> tuple[HandOver, ...]:
        """The hand-overs to and from the unit that were written here since."""
        found = cast(list[HandOver], self._some("handover"))
        unit_id = self._unit.id
        mine = [entry for entry in found if unit_id in {entry.from_unit_id, entry.to_unit_id}]
        if not self._sealed:
            mine = [entry for entry in mine if entry.from_unit_id == unit_id]
        self._put(mine)
        return tuple(sorted(mine, key=lambda entry: (entry.handed_on, entry.id)))

    def _not_yet_sealed(self) -> set[str]:
        """Cases handed over to the unit that must wait until they can go with all their names."""
        if self._sealed:
            return set()
        every = cast(list[HandOver], self._register.all("handover", to_unit_id=self._unit.id))
        return {entry.dispute_id for entry in every if entry.taken_on is None}

    def _cases_handed(self, handed: Sequence[HandOver]) -> set[str]:
        """Put whole the cases that are the unit's now, and the disputes that it gave away."""
        unit_id = self._unit.id
        disputes = cast(
            list[Dispute],
            self._register.some("dispute", {entry.dispute_id for entry in handed}),
        )
        # Where a case went on from its receiver is nothing to who gave it away before.
        takers = {(entry.dispute_id, entry.to_unit_id) for entry in handed}
        self._put(entry for entry in disputes if (entry.id, entry.unit_id) in takers)
        given = {entry.dispute_id for entry in handed if entry.to_unit_id == unit_id}
        whole = {entry.id for entry in disputes if entry.unit_id == unit_id} & given
        for kind in (*OF_A_DISPUTE, "handover"):
            self._put(self._register.some(kind, whole, "dispute_id"))
        return whole

    def _what_it_points_to(self, whole: Collection[str]) -> None:
        """Who mediated a case handed over, how its type is called, and the units that are named."""
        people: set[str] = set()
        types: set[str] = set()
        for record in self._records.values():
            if isinstance(record, Dispute) and record.id in whole:
                people |= set(record.mediator_ids)
                types.add(record.type)
            elif isinstance(record, MediationSession) and record.dispute_id in whole:
                people |= {*record.mediator_ids, *record.adviser_ids}
        for kind in ("mediator", "adviser"):
            self._put(self._register.some(kind, people))
        every = cast(list[LocalType], self._register.all("local_type"))
        self._put(entry for entry in every if entry.code in types)
        named = {
            str(getattr(record, name))
            for record in self._records.values()
            for name in ("unit_id", "from_unit_id", "to_unit_id")
            if hasattr(record, name)
        }
        self._put(self._register.some("unit", named - {self._unit.id}))

    def _receipts(self) -> tuple[Receipt, ...]:
        """Receipts written since; those that an undoing withdrew go as void."""
        found = cast(list[Receipt], self._some("receipt"))
        here = {entry.id for entry in found}
        gone = [
            entry
            for record_id in self._written.get("receipt", ())
            if record_id not in here and (entry := self._withdrawn(record_id)) is not None
        ]
        # A ledger kept by hand has no number and nobody who waits for a receipt.
        mine = [e for e in (*found, *gone) if e.unit_id == self._unit.id and e.number]
        return tuple(sorted(mine, key=lambda entry: (entry.number, entry.id)))

    def _withdrawn(self, record_id: str) -> Receipt | None:
        last = next(
            (change for change in reversed(self._register.history("receipt", record_id))
             if change.values), None
        )  # fmt: skip
        if last is None:
            return None
        entry = cast(Receipt, from_plain("receipt", json.loads(last.values)))
        revision, why = entry.revision + 1, tr("司法所撤销了这次接收")
        return replace(entry, revision=revision, personal_revision=revision, void_reason=why)

    def _lineage_of_void(self, record_id: str) -> tuple[str, ...]:
        """The versions of a receipt that was withdrawn, as if it had been made void."""
        acts = [self._register.act(change.act)
                for change in self._register.history("receipt", record_id)]  # fmt: skip
        return tuple(dict.fromkeys(version_of(act.id) for act in reversed(acts) if act))

    def _decided(self) -> tuple[Proposal, ...]:
        found = cast(list[Proposal], self._some("proposal"))
        # What counts as one dispute across villages is the office's to count.
        asked = (entry for entry in found if entry.sort is not ProposalSort.DUPLICATE)
        unit_id = self._unit.id
        return tuple(e for e in asked if e.unit_id == unit_id and e.state in _DECIDED)

    def _scans(
        self, whole: Collection[str]
    ) -> tuple[tuple[Attachment, ...], tuple[Attachment, ...]]:
        """The attachments of cases handed over whose bytes the unit is not known to have."""
        if not self._sealed:
            return (), ()
        register, noted = self._register, noted_scans(self._register, self._unit.id)
        base = self._since.base
        waiting = {sha256 for sha256, number in noted.items() if not 0 < number <= base}
        found = [
            *register.some("attachment", whole, "dispute_id"),
            *register.some("attachment", waiting, "sha256"),
        ]
        of = {str(getattr(entry, "dispute_id", "")) for entry in found}
        mine = {entry.id for entry in cast(list[Dispute], register.some("dispute", of))
                if entry.unit_id == self._unit.id}  # fmt: skip
        room = register.settings.package_megabytes * MEGABYTE
        going, left = list[Attachment](), list[Attachment]()
        for entry in {scan.id: scan for scan in cast(list[Attachment], found)}.values():
            if entry.void_reason or entry.dispute_id not in mine:
                continue
            # Of a case that went on from here its giver's scans may yet have to come.
            fits = entry.size <= room and register.has_attachment_bytes(entry.sha256)
            (going if fits else left).append(entry)
            room -= entry.size if fits else 0
        self._put(going)
        return tuple(going), tuple(left)
