"""The inspector (卷宗体检): everything that the rules find in a case file, with its source.

What the records say by themselves and together stands in `checks`, what is overdue in `due`; here
are the rules of the file as a file (JZ): its papers, what they say alike, what came late.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from mediation_desk.domain.casefile import CaseFile
from mediation_desk.domain.checks import case_problems
from mediation_desk.domain.dispute_types import TypeTable
from mediation_desk.domain.inspection.agreeing import agreement_findings
from mediation_desk.domain.inspection.lateness import late_steps, undone_steps
from mediation_desk.domain.inspection.looked_at import LookedAt
from mediation_desk.domain.inspection.matching import contradictions
from mediation_desk.domain.inspection.paper_rules import missing_from_file
from mediation_desk.domain.inspection.sources import source_of
from mediation_desk.domain.limits import Limits
from mediation_desk.domain.problems import Problem, Severity

__all__ = ["Finding", "inspect"]

_GRAVEST_FIRST = tuple(Severity)
# Advice on what to write or to sign, which comes too late once the file is put away.
_IN_TIME_ONLY = frozenset(("A3", "D13", "JZ24"))


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found in a file, and in words what the rule rests on."""

    problem: Problem
    source: str


def inspect(
    file: CaseFile,
    types: TypeTable,
    today: date,
    limits: Limits,
    number: str = "",
    damaged: Mapping[str, str] = MappingProxyType({}),
) -> list[Finding]:
    """All that the rules find in `file`, the gravest first; nothing in a void one.

    `number` is what the case is called on its papers; without it their numbers are not compared.
    `damaged` says of attachments by id why they cannot be shown, as their bytes tell.
    """
    if file.dispute.void_reason:
        return []
    seen = LookedAt(file, types, today, limits, number, damaged)
    problems = [
        *case_problems(file, types, today, limits),
        *missing_from_file(seen),
        *agreement_findings(seen),
        *contradictions(seen),
        *undone_steps(seen),
        *late_steps(seen),
    ]
    if seen.archived:
        problems = [entry for entry in problems if entry.rule not in _IN_TIME_ONLY]
    problems.sort(key=lambda entry: _GRAVEST_FIRST.index(entry.severity))
    return [Finding(entry, source_of(entry.rule)) for entry in problems]
