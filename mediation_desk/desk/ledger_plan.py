"""What the cases of a hand-made ledger do to the register, by the rules for packages.

Each reading of a case is a version, named for what was read. Its lineage are all readings of it
that were received before, so that the same or an earlier ledger changes nothing, a corrected one
takes its place, and what was changed here meanwhile is merged field by field. What a ledger does
not tell is left as it is: absent is not deleted.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import Any, TypeVar, cast

from mediation_desk.desk.merging import Brought, plan_of
from mediation_desk.domain.casefile import CaseFile
from mediation_desk.domain.cases import Dispute, Party
from mediation_desk.domain.codes import ArchiveState, Confirmation, Difficulty
from mediation_desk.domain.codes import Outcome as DisputeOutcome
from mediation_desk.domain.fields import describe
from mediation_desk.domain.organisation import Mediator
from mediation_desk.domain.problems import Problem, Severity
from mediation_desk.domain.record import IDENTITY_FIELDS, Record
from mediation_desk.domain.records import canonical, kind_of, to_plain
from mediation_desk.domain.versions import Names
from mediation_desk.exchange.ledgers.ids import part_id
from mediation_desk.exchange.meeting import Outcome, Step
from mediation_desk.exchange.merging import Plan
from mediation_desk.store.register import Register
from mediation_desk.words import tr

R = TypeVar("R", bound=Record)

# No act is named so: names of acts are hexadecimal.
_OF_A_LEDGER = "l"
_NAME_LENGTH = 12
# What a record has that no ledger tells; a dispute's number is told beside it.
_NOT_READ = ("revision", "personal_revision", "year", "number")
# What a ledger without such a column says of every case.
_USUAL: Mapping[str, Enum] = {
    "difficulty": Difficulty.PLAIN,
    "archive": ArchiveState.OPEN,
    "confirmation": Confirmation.NONE,
}
_FIRST_WINS = (
    Outcome.REJECTED, Outcome.CONFLICT, Outcome.ADDED, Outcome.UPDATED, Outcome.OLDER,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ReadCase:
    """A case out of a ledger with its address, ready to be received."""

    place: str
    file: CaseFile
    masked: bool = False
    told: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class LedgerPlan:
    """The plan for a ledger's records, the outcome of each case by its address, what to tell.

    `places` are the addresses of the cases by the ids of their disputes.
    """

    plan: Plan
    outcomes: Mapping[str, tuple[Outcome, str]]
    problems: tuple[Problem, ...]
    places: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class _Making:
    """The records of a ledger as they are put together over one register."""

    register: Register
    unit_id: str
    taken: dict[tuple[int, int], str]
    records: list[Record] = field(default_factory=list)
    lineages: dict[tuple[str, str], Names] = field(default_factory=dict)
    of_case: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def take(
        self,
        record: Record,
        *,
        masked: bool = False,
        also: str = "",
        told: frozenset[str] = frozenset(),
    ) -> bool:
        """Put one record beside the register's own as its next version; whether it is news.

        `told` are the fields of which no, 0 or the usual was said, and not merely nothing.
        """
        kind = kind_of(record)
        said = sorted(told & {entry.name for entry in describe(type(record))
                              if _is_blank(entry.name, getattr(record, entry.name))})  # fmt: skip
        name = _name(record, "".join((also, *said)))
        ours = self.register.get(kind, record.id)
        if ours is None:
            made = replace(record, revision=1, personal_revision=0 if masked else 1)
            self.records.append(made)
            self.lineages[kind, record.id] = (name,)
            return True
        names = self.register.lineages(kind, [record.id]).get(record.id, ())
        read = tuple(entry for entry in names if entry.startswith(_OF_A_LEDGER))
        filled = _filled(record, ours, told)
        revision = _revision(name, read, ours.revision)
        personal = 0 if masked else revision
        self.records.append(replace(filled, revision=revision, personal_revision=personal))
        self.lineages[kind, record.id] = (name, *(entry for entry in read if entry != name))
        return name not in read


def _revision(name: str, read: Names, ours: int) -> int:
    """The revision that tells what a reading is beside ours: the same, older, or next."""
    if name in read:
        return ours if read[0] == name else 0
    # Where no earlier reading is known the higher revision would win without asking.
    return ours + 1 if read else ours


def _name(record: Record, also: str = "") -> str:
    """The name of a version, from what was read; the number counts only where it was told."""
    plain: dict[str, Any] = to_plain(record)
    for name in _NOT_READ:
        plain.pop(name, None)
    digest = hashlib.sha256((canonical(plain) + also).encode("utf-8", "surrogatepass"))
    return _OF_A_LEDGER + digest.hexdigest()[: _NAME_LENGTH - 1]


def _filled(read: R, ours: Record, told: frozenset[str]) -> R:
    """What was read, with our values where it tells none."""
    kept = {*IDENTITY_FIELDS, *told}
    if isinstance(read, Dispute) and read.outcome not in {None, DisputeOutcome.SETTLED}:
        # There is no agreement that could have been kept.
        kept |= {"performance", "performed_on", "confirmation"}
    values = {
        entry.name: getattr(ours, entry.name)
        for entry in describe(type(read))
        if entry.name not in kept and _is_blank(entry.name, getattr(read, entry.name))
    }
    if isinstance(read, Dispute) and isinstance(ours, Dispute) and read.outcome is None:
        # A row without a result does not open a case again.
        values["status"] = ours.status if ours.outcome is not None else read.status
    return replace(read, **values)


def _is_blank(name: str, value: Any) -> bool:
    if isinstance(value, Enum):
        return _USUAL.get(name) is value
    return not value


# Cases onto the register's own.


def _onto(case: CaseFile, ours: CaseFile | None) -> CaseFile:
    """`case` with the ids of the register's own parts where they are the same thing."""
    if ours is None:
        return case
    parties = tuple(_parties(case.parties, ours.parties))
    agreement = case.agreement
    if agreement is not None and ours.agreement is not None:
        agreement = replace(agreement, id=ours.agreement.id)
    sessions = tuple(_same(entry, ours.sessions, ("held_on", "kind")) for entry in case.sessions)
    risks = tuple(_same(entry, ours.risks, ("assessed_on",)) for entry in case.risks)
    return replace(case, parties=parties, agreement=agreement, sessions=sessions, risks=risks)


def _same(read: R, ours: Sequence[R], by: Sequence[str]) -> R:
    for entry in ours:
        if all(getattr(entry, name) == getattr(read, name) for name in by):
            return replace(read, id=entry.id)
    return read


def _parties(read: Sequence[Party], ours: Sequence[Party]) -> Iterator[Party]:
    left = list(ours)
    found: dict[str, Party] = {}
    for same in (_same_person, _same_place):
        for party in read:
            match = next((entry for entry in left if same(party, entry)), None)
            if party.id not in found and match is not None:
                left.remove(match)
                found[party.id] = match
    taken = {entry.id for entry in found.values()}
    for party in read:
        known = found.get(party.id)
        if known is not None:
            yield replace(party, id=known.id, position=known.position)
        elif party.id in taken:
            # Somebody else moved to this place of the row, and keeps the place's id.
            yield replace(party, id=part_id(party.id, party.name))
        else:
            yield party


def _same_person(read: Party, ours: Party) -> bool:
    return read.role is ours.role and read.name == ours.name


def _same_place(read: Party, ours: Party) -> bool:
    return (read.role, read.position) == (ours.role, ours.position)


def alike(read: CaseFile, ours: CaseFile) -> bool:
    """Whether a case with the number of another may be that case.

    By a name and its day or its type; numbers may begin anew each month, and people have more than
    one dispute.
    """
    day = read.dispute.intake_on and read.dispute.intake_on == ours.dispute.intake_on
    kind = read.dispute.type and read.dispute.type == ours.dispute.type
    one = {_surname_or_name(party.name) for party in read.parties}
    if not any(one):
        return bool(day)
    other = {party.name for party in ours.parties}
    shared = any(name and any(own.startswith(name) for own in other) for name in one)
    return shared and bool(day or kind)


def _surname_or_name(name: str) -> str:
    return name.rstrip("某") or name


# The plan.


def planned(
    register: Register, unit_id: str, cases: Iterable[ReadCase], mediators: Iterable[Mediator]
) -> LedgerPlan:
    """The plan for cases that nothing is open about, over `register` as it is now."""
    making = _Making(register, unit_id, _taken(register, unit_id))
    for mediator in mediators:
        making.take(mediator)
    places = {}
    for entry in cases:
        _take_case(making, entry)
        places[entry.file.dispute.id] = entry.place
    made = plan_of(register, Brought(unit_id, making.records, (), making.lineages))
    return LedgerPlan(made, _outcomes(made, making.of_case), tuple(making.problems), places)


def _taken(register: Register, unit_id: str) -> dict[tuple[int, int], str]:
    """The unit's numbers that are given, also to void cases."""
    found = cast(list[Dispute], register.all("dispute", unit_id=unit_id))
    return {(entry.year, entry.number): entry.id for entry in found}


def _take_case(making: _Making, entry: ReadCase) -> None:
    ours = making.register.case(entry.file.dispute.id)
    case = _onto(entry.file, ours)
    told = f"{case.dispute.year}:{case.dispute.number}"
    dispute = _numbered(making, case.dispute, ours, entry.place)
    making.of_case[dispute.id] = entry.place
    news = False
    for record in case.records():
        masked = entry.masked and isinstance(record, Party)
        if isinstance(record, Dispute):
            news = making.take(dispute, also=told, told=entry.told)
        else:
            making.take(record, masked=masked, told=entry.told)
            making.of_case[record.id] = entry.place
    # An older row, of before the agreement, ends nothing.
    for record in _ended(case, ours) if news else ():
        making.take(record)
        making.of_case[record.id] = entry.place


def _ended(read: CaseFile, ours: CaseFile | None) -> Iterator[Record]:
    """Our agreement and its promises as void, where the row says that there was none."""
    outcome = read.dispute.outcome
    if ours is None or ours.agreement is None or outcome in {None, DisputeOutcome.SETTLED}:
        return
    reason = tr("台账中改为{outcome}").format(outcome=tr(outcome.label))
    for record in (ours.agreement, *ours.promises):
        yield replace(record, void_reason=reason)


def _numbered(making: _Making, read: Dispute, ours: CaseFile | None, place: str) -> Dispute:
    """The dispute with its number: ours, the one told if it is free, else the next."""
    if ours is not None:
        return replace(read, year=ours.dispute.year, number=ours.dispute.number)
    wanted = (read.year, read.number)
    if read.number and wanted not in making.taken:
        making.taken[wanted] = read.id
        return read
    last = max((number for year, number in making.taken if year == read.year), default=0)
    number = max(last + 1, making.register.next_number(making.unit_id, read.year))
    making.taken[read.year, number] = read.id
    if read.number:
        words = tr("编号{year}年第{old}号已经有了，这一件改编为第{new}号。")
        told = words.format(year=read.year, old=read.number, new=number)
        making.problems.append(Problem("L9", Severity.WARNING, "number", told, "", place))
    return replace(read, number=number)


def _outcomes(made: Plan, of_case: Mapping[str, str]) -> dict[str, tuple[Outcome, str]]:
    """One outcome for each case out of those of its records, the dispute's before the others'."""
    steps: dict[str, list[Step]] = {}
    for step in made.steps:
        if step.id in of_case:
            steps.setdefault(of_case[step.id], []).append(step)
    return {place: _outcome(found) for place, found in steps.items()}


def _outcome(steps: Sequence[Step]) -> tuple[Outcome, str]:
    dispute = next(step for step in steps if step.kind == "dispute")
    found = {step.outcome for step in steps}
    if dispute.outcome is not Outcome.ADDED and Outcome.ADDED in found:
        found = (found - {Outcome.ADDED}) | {Outcome.UPDATED}
    outcome = next((entry for entry in _FIRST_WINS if entry in found), Outcome.UNCHANGED)
    reason = next((step.reason for step in steps if step.outcome is outcome), "")
    return outcome, reason


def rebased(case: CaseFile, new_id: str) -> CaseFile:
    """`case` as another dispute than the one whose id it was given, with all of its parts."""
    dispute = replace(case.dispute, id=new_id)

    def moved(record: R) -> R:
        return replace(record, id=part_id(new_id, record.id), dispute_id=new_id)  # type: ignore[call-arg]

    return replace(
        case,
        dispute=dispute,
        parties=tuple(map(moved, case.parties)),
        sessions=tuple(map(moved, case.sessions)),
        agreement=moved(case.agreement) if case.agreement else None,
        risks=tuple(map(moved, case.risks)),
    )
