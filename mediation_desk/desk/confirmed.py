"""What the office is known to have, by its receipts: what goes again, from where numbers go on."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from mediation_desk.desk.asked_for import asked_for
from mediation_desk.domain.handling import Attachment
from mediation_desk.domain.reporting import Package
from mediation_desk.domain.round_trip import Receipt
from mediation_desk.store.register import Register

_SCANS, _FORMER, _BEFORE = "scans_sent", "packages_to_former_office", "packages_before"
MEGABYTE = 1_048_576


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a village stands before its next package.

    `number` is the next one's, `previous` the id of the one before. `base` is the number of the
    package since which changes have to go (0: all of them), `since` its place in the history.
    """

    number: int
    previous: str
    base: int
    since: int
    sealing: bool


@dataclass(frozen=True, slots=True)
class Scans:
    """The attachments whose bytes go with the next package, and those for which it has no room."""

    going: tuple[Attachment, ...] = ()
    left: tuple[Attachment, ...] = ()

    @property
    def dispute_ids(self) -> set[str]:
        """The disputes that have to go with them, so that nothing comes without what it is of."""
        return {entry.dispute_id for entry in self.going}


def _receipts(register: Register) -> dict[int, Receipt]:
    found = cast(list[Receipt], register.all("receipt", unit_id=register.unit.id))
    # What the office gave a receipt for and asks for again it lost, put back from a backup.
    lost = asked_for(register)
    # Ledgers kept by hand have no number and stand in no order.
    live = (entry for entry in found if entry.number and not entry.void_reason)
    return {entry.number: entry for entry in live if entry.number not in lost}


def _noted(register: Register, name: str) -> dict[str, int]:
    stored = register.setting(name)
    return json.loads(stored) if stored else {}


def standing(register: Register, sent: Sequence[Package], *, sealing: bool) -> Standing:
    """Where this village stands, given its packages `sent`, the newest first.

    The office has what its receipts say, as far as they reach without a gap; without any it is
    taken to have what was sent. What went before packages were sealed went masked: all of it goes
    again, once.
    """
    every = _receipts(register)
    own = {package.number: package for package in sent if _not_another(package, every)}
    numbers = [package.number for package in sent]
    newest = max([*numbers, *every, _before(register)])
    previous = own[newest].id if newest in own else ""
    if newest in every:
        previous = every[newest].package_id
    former = _former(register)
    receipts = {number: entry for number, entry in every.items() if number > former}
    base = _reached(register, receipts, sent) if receipts else newest
    # After a restore from a backup the office has packages that this register has forgotten.
    base = max(
        (
            number
            for number, package in own.items()
            if former < number <= base
            # One without a receipt may have been refused, if a restored register numbered it.
            and (number in receipts or not receipts)
            and (package.sealed or not sealing)
            # Of one given back nobody knows what was written here when it was made.
            and not given_back(register, package)
        ),
        default=0,
    )
    # When it was made: what is given back later is written down again.
    since = register.history("package", own[base].id)[0].sequence if base else 0
    return Standing(newest + 1, previous, base, since, sealing)


def _not_another(package: Package, receipts: Mapping[int, Receipt]) -> bool:
    """Whether the office has no other package of this number.

    A restored register may use a number again before it knows; the office refuses that one.
    """
    receipt = receipts.get(package.number)
    return receipt is None or receipt.package_id == package.id


def given_back(register: Register, package: Package) -> bool:
    """Whether the entry of a sent package came back from the office and was not made here."""
    return bool(register.history("package", package.id)[0].lineage)


def _before(register: Register) -> int:
    """Up to which number packages were sent before this register was made."""
    return int(register.setting(_BEFORE) or 0)


def note_before(register: Register, number: int) -> None:
    """Note the number of the newest package of this unit that its office already has."""
    register.set(_BEFORE, str(max(number, _before(register))))


def forgotten(register: Register, sent: Sequence[Package]) -> list[int]:
    """The numbers of packages that the office has from this village and that it knows no more.

    So it is after a restore from an old backup, or in a new register after the old one was lost.
    """
    every, former = _receipts(register), _former(register)
    known = {entry.number for entry in sent if _not_another(entry, every)}
    there = set(every) | set(range(1, _before(register) + 1))
    return sorted(number for number in there - known if number > former)


def _former(register: Register) -> int:
    """Up to which number packages went to another office."""
    return int(register.setting(_FORMER) or 0)


def begin_anew(register: Register, sent: Sequence[Package]) -> None:
    """Note that another office has nothing yet of what went to the one before."""
    numbers = [package.number for package in sent] + list(_receipts(register))
    register.set(_FORMER, str(max(numbers, default=0)))
    register.set(_SCANS, "")


def confirmed_numbers(register: Register) -> list[int]:
    """The numbers of this village's packages whose receipts its present office has given."""
    every, former = _receipts(register), _former(register)
    own = cast(list[Package], register.all("package", received=0))
    known = {package.number for package in own if _not_another(package, every)}
    refused = {package.number for package in own} - known
    return sorted(number for number in every if number > former and number not in refused)


def _reached(register: Register, receipts: Mapping[int, Receipt], sent: Sequence[Package]) -> int:
    """Up to which number the office has everything.

    What was made after a package of which the office has another by that number, from before a
    restore, makes nothing whole: what came in between went with the one that it refused.
    """
    known, reached = {package.id: package for package in sent}, 0
    made = {entry.number: entry.id for entry in sent if not given_back(register, entry)}
    for number in sorted(receipts):
        package = known.get(receipts[number].package_id)
        base = package.base if package else number - 1
        if package is not None and package.id == made.get(number):
            start = receipts.get(base)
            if start is not None and made.get(base, start.package_id) != start.package_id:
                continue
        if base <= reached:
            reached = number
    return reached


def scans_to_go(register: Register, sent: Sequence[Package]) -> Scans:
    """The attachments that the office does not have yet, as many as there is room for."""
    receipts, gone = _receipts(register), _noted(register, _SCANS)
    latest = max(receipts, default=0)
    own = {package.number for package in sent if _not_another(package, receipts)}
    refused = {package.number for package in sent} - own
    there = {
        sha256
        for sha256, number in gone.items()
        # Neither lost on the way nor sent by a register that a backup has taken back.
        if (number in receipts and number not in refused) or (number > latest and number in own)
    }
    room = register.settings.package_megabytes * MEGABYTE
    going, left = [], []
    for entry in cast(list[Attachment], register.all("attachment")):
        if entry.void_reason or entry.sha256 in there:
            continue
        if entry.size <= room:
            going.append(entry)
            room -= entry.size
            there.add(entry.sha256)
        else:
            left.append(entry)
    return Scans(tuple(going), tuple(left))


def note_sent(register: Register, where: Standing, scans: Scans) -> None:
    """Note in the act that makes a package which scans go with it."""
    if scans.going:
        gone = _noted(register, _SCANS) | {entry.sha256: where.number for entry in scans.going}
        register.set(_SCANS, json.dumps(gone))
