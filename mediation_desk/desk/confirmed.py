"""What the office is known to have, by its receipts: what goes again, from where numbers go on."""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import cast

from mediation_desk.domain.handling import Attachment
from mediation_desk.domain.reporting import Package
from mediation_desk.domain.round_trip import Receipt
from mediation_desk.store.register import Register

_BASES, _SCANS, _FORMER = "package_bases", "scans_sent", "packages_to_former_office"
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
    own = register.unit.id
    found = cast(list[Receipt], register.all("receipt", unit_id=own))
    # Ledgers kept by hand have no number and stand in no order.
    return {entry.number: entry for entry in found if entry.number and not entry.void_reason}


def _noted(register: Register, name: str) -> dict[str, int]:
    stored = register.setting(name)
    return json.loads(stored) if stored else {}


def standing(register: Register, sent: Sequence[Package], *, sealing: bool) -> Standing:
    """Where this village stands, given its packages `sent`, the newest first.

    The office has what its receipts say, as far as they reach without a gap; without any it is
    taken to have what was sent. What went before packages were sealed went masked: all of it goes
    again, once.
    """
    every, own = _receipts(register), {package.number: package for package in sent}
    newest = max([*own, *every], default=0)
    previous = own[newest].id if newest in own else ""
    if newest in every:
        previous = every[newest].package_id
    former = _former(register)
    receipts = {number for number in every if number > former}
    base = _reached(register, receipts) if receipts else newest
    # After a restore from a backup the office has packages that this register has forgotten.
    base = max(
        (
            number
            for number, package in own.items()
            if former < number <= base and (package.sealed or not sealing)
        ),
        default=0,
    )
    since = register.history("package", own[base].id)[-1].sequence if base else 0
    return Standing(newest + 1, previous, base, since, sealing)


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
    former = _former(register)
    return sorted(number for number in _receipts(register) if number > former)


def _reached(register: Register, receipts: Collection[int]) -> int:
    """Up to which number the office has everything."""
    bases, reached = _noted(register, _BASES), 0
    for number in sorted(receipts):
        if bases.get(str(number), number - 1) <= reached:
            reached = number
    return reached


def scans_to_go(register: Register, sent: Sequence[Package]) -> Scans:
    """The attachments that the office does not have yet, as many as there is room for."""
    receipts, gone = _receipts(register), _noted(register, _SCANS)
    latest = max(receipts, default=0)
    own = {package.number for package in sent}
    there = {
        sha256
        for sha256, number in gone.items()
        # Neither lost on the way nor sent by a register that a backup has taken back.
        if number in receipts or (number > latest and number in own)
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
    """Note in the act that makes a package since when it carries changes, and which scans."""
    bases = _noted(register, _BASES) | {str(where.number): where.base}
    register.set(_BASES, json.dumps(bases))
    if scans.going:
        gone = _noted(register, _SCANS) | {entry.sha256: where.number for entry in scans.going}
        register.set(_SCANS, json.dumps(gone))
