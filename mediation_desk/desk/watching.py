"""What the rules of early warning find in a register; after a change only what it touched."""

import threading
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import cast
from weakref import WeakKeyDictionary

from mediation_desk.domain.appearing import linked_signs, repeated_signs
from mediation_desk.domain.casefile import CaseFile, gathered
from mediation_desk.domain.cases import Dispute
from mediation_desk.domain.codes import Role
from mediation_desk.domain.instalments import months_later
from mediation_desk.domain.record import Record
from mediation_desk.domain.records import OF_A_DISPUTE
from mediation_desk.domain.warning_codes import WarningRule
from mediation_desk.domain.warning_rules import Ground, Sign, case_signs
from mediation_desk.store.register import Register

# What the rules read of a case.
_READ = ("session", "agreement", "promise", "referral")
_BATCH = 200
# After so many changes reading everything again is quicker.
_MANY = 400


def ground_of(register: Register, today: date) -> Ground:
    """What the rules are applied by in this register."""
    return Ground(today, register.settings, register.types)


def whose(register: Register) -> str:
    """The unit whose disputes are watched here; empty for all, on the office's desk."""
    committee = register.committee
    own = committee.id if committee is not None else ""
    return "" if register.role is Role.OFFICE else own


def cases_of(
    register: Register, ids: Sequence[str], kinds: Iterable[str] = _READ
) -> list[CaseFile]:
    """These disputes with the records of `kinds` that hang on them, read together."""
    found: list[CaseFile] = []
    for start in range(0, len(ids), _BATCH):
        part = ids[start : start + _BATCH]
        loose: dict[str, list[Record]] = defaultdict(list)
        for kind in kinds:
            for record in register.some(kind, part, "dispute_id"):
                loose[getattr(record, "dispute_id", "")].append(record)
        disputes = cast(list[Dispute], register.some("dispute", part))
        found += [gathered(dispute, loose[dispute.id]) for dispute in disputes]
    return found


def person_signs(register: Register, today: date) -> list[Sign]:
    """Who appears again and again, and on the office's desk who does in several villages."""
    ground, unit_id = ground_of(register, today), whose(register)
    settings = ground.settings
    since = months_later(today, -settings.repeat_months)
    often = register.appearances(unit_id, since, settings.repeat_cases)
    found = repeated_signs(often, ground)
    if not unit_id:
        units = {unit.id: unit.name for unit in register.units()}
        found += linked_signs(register.linked(since), ground, units)
    return found


def signs_about(register: Register, case: CaseFile, today: date) -> list[Sign]:
    """What the rules find about one case now."""
    mine = [sign for sign in person_signs(register, today) if sign.dispute_id == case.dispute.id]
    found = [*case_signs(case, ground_of(register, today)), *mine]
    order = {rule: place for place, rule in enumerate(WarningRule)}
    return sorted(found, key=lambda sign: order[sign.rule])


# Without the register itself, which would otherwise never be forgotten.
_WATCHES: WeakKeyDictionary[Register, "_Watch"] = WeakKeyDictionary()


def signs(register: Register, today: date) -> list[Sign]:
    """What the rules find in a register today; after a change only what it touched is read."""
    return _WATCHES.setdefault(register, _Watch()).signs(register, today)


def known_signs(register: Register, case: CaseFile, today: date) -> list[Sign]:
    """The same of one case, as it stands; about its persons what was found last.

    It reads nothing, so that a page may ask for it at every turn.
    """
    watch = _WATCHES.get(register)
    found = case_signs(case, ground_of(register, today))
    return found + (watch.persons(case.dispute.id) if watch is not None else [])


@dataclass
class _Watch:
    """Remembers what the rules found in a register; may be asked from any thread."""

    _lock: threading.Lock = field(default_factory=threading.Lock)
    _ground: Ground | None = None
    _sequence: int = -1
    _by_case: dict[str, list[Sign]] = field(default_factory=dict)
    _persons: list[Sign] = field(default_factory=list)

    def signs(self, register: Register, today: date) -> list[Sign]:
        """What the rules find in `register` today."""
        with self._lock:
            self._bring_up(register, today)
            by_case = [sign for signs in self._by_case.values() for sign in signs]
            return [*by_case, *self._persons]

    def persons(self, dispute_id: str) -> list[Sign]:
        """What was found last about the persons of a dispute, without looking again."""
        return [sign for sign in self._persons if sign.dispute_id == dispute_id]

    def _bring_up(self, register: Register, today: date) -> None:
        ground, sequence = ground_of(register, today), register.sequence()
        if ground == self._ground and sequence == self._sequence:
            return
        touched = self._touched(register) if ground == self._ground else None
        wanted = register.watched(whose(register), today)
        if touched is None:
            self._by_case = {}
        else:
            for dispute_id in touched:
                self._by_case.pop(dispute_id, None)
            wanted = [dispute_id for dispute_id in wanted if dispute_id in touched]
        for case in cases_of(register, wanted):
            signs = case_signs(case, ground)
            if signs:
                self._by_case[case.dispute.id] = signs
        self._persons = person_signs(register, today)
        self._ground, self._sequence = ground, sequence

    def _touched(self, register: Register) -> set[str] | None:
        """The disputes that changed since; None where everything had better be read again."""
        ids: dict[str, set[str]] = defaultdict(set)
        for kind, record_id in register.changed_since(self._sequence):
            ids[kind].add(record_id)
        if sum(map(len, ids.values())) > _MANY:
            return None
        found = set(ids.get("dispute", ()))
        for kind in OF_A_DISPUTE:
            records = register.some(kind, ids.get(kind, ()))
            if len(records) < len(ids.get(kind, ())):
                # An undoing took some away, and with them the word of whose they were.
                return None
            found |= {str(getattr(record, "dispute_id", "")) for record in records}
        return found
