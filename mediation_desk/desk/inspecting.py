"""The inspector over the register: one file, or all files of a time and some units."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from mediation_desk.desk.coverage import reporting
from mediation_desk.domain.casefile import CaseFile, title
from mediation_desk.domain.codes import Role
from mediation_desk.domain.damaged_scans import damage
from mediation_desk.domain.inspection import Finding, inspect
from mediation_desk.domain.masks import masked_name
from mediation_desk.domain.numbering import case_number
from mediation_desk.domain.organisation import Unit
from mediation_desk.domain.periods import Period
from mediation_desk.domain.problems import Severity
from mediation_desk.store.register import Register
from mediation_desk.words import tr

_SHORTEST_NAME = 2


@dataclass(frozen=True, slots=True)
class Inspected:
    """A file and what the rules find in it, the gravest first."""

    dispute_id: str
    number: str
    title: str
    unit: str
    closed_on: date | None
    findings: tuple[Finding, ...]

    @property
    def grave(self) -> tuple[Finding, ...]:
        """What has to be mended or made up for; advice is left out."""
        return tuple(
            entry for entry in self.findings if entry.problem.severity is not Severity.HINT
        )


def inspect_file(register: Register, case: CaseFile, today: date) -> list[Finding]:
    """What the rules find in a file as it stands, by the register's local practice."""
    number = _number(register, case)
    damaged = _damaged(register, case)
    return inspect(case, register.types, today, register.limits, number, damaged)


def _damaged(register: Register, case: CaseFile) -> dict[str, str]:
    """The attachments whose bytes lie here and are not whole; none where they did not come."""
    found = {}
    for scan in case.attachments:
        content = register.attachment_bytes(scan.sha256)
        if content is not None and (why := damage(scan, content)):
            found[scan.id] = why
    return found


def _number(register: Register, case: CaseFile) -> str:
    unit = register.get("unit", case.dispute.unit_id)
    pattern = register.settings.numbering_pattern
    return case_number(case.dispute, unit if isinstance(unit, Unit) else None, pattern)


def inspected(register: Register, dispute_id: str, today: date) -> Inspected | None:
    """One dispute's file; None if there is no such dispute or it is void."""
    case = register.case(dispute_id)
    if case is None or case.dispute.void_reason:
        return None
    unit = register.get("unit", case.dispute.unit_id)
    return Inspected(
        dispute_id,
        _number(register, case),
        title(case, register.types),
        unit.name if isinstance(unit, Unit) else "",
        case.dispute.closed_on,
        tuple(inspect_file(register, case, today)),
    )


def units_here(register: Register) -> list[Unit]:
    """The units whose files can be looked through here: the own committee's, then the villages'."""
    own = register.committee
    others = reporting(register) if register.role is Role.OFFICE else []
    return [*((own,) if own is not None else ()), *others]


def inspect_many(
    register: Register, period: Period, today: date, unit_ids: Collection[str] = ()
) -> tuple[Inspected, ...]:
    """All files that came in, ended or were open in a period, by unit and number.

    It reads every one of them and belongs on the worker.
    """
    found: list[Inspected] = []
    with register.sparing():
        for unit in units_here(register):
            if not unit_ids or unit.id in unit_ids:
                found += _of(register, register.dispute_ids(unit.id, period, ()), today)
    return tuple(found)


def inspect_these(
    register: Register, dispute_ids: Iterable[str], today: date
) -> tuple[Inspected, ...]:
    """These files, such as those of a sampling, in their order."""
    return tuple(_of(register, dispute_ids, today))


def _of(register: Register, dispute_ids: Iterable[str], today: date) -> Iterator[Inspected]:
    for dispute_id in dispute_ids:
        one = inspected(register, dispute_id, today)
        if one is not None:
            yield one


def findings_words(case: CaseFile, findings: Iterable[Finding]) -> str:
    """The findings as the office writes them to the village: numbered, and no person by name."""
    lines = []
    for number, entry in enumerate(findings, 1):
        words = tr("{number}. {message}{mend}")
        problem = entry.problem
        lines.append(words.format(number=number, message=problem.message, mend=problem.mend))
    return _without_names(case, "\n".join(lines))


def _without_names(case: CaseFile, told: str) -> str:
    """`told` with surnames only; it travels in the clear."""
    names = {party.name for party in case.parties} | {agent.name for agent in case.agents}
    # The longest first, so that no name is cut inside another.
    for name in sorted(names, key=len, reverse=True):
        if len(name) >= _SHORTEST_NAME:
            told = told.replace(name, masked_name(name))
    return told
