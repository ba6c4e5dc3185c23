"""The demo township put together: the same seed and day give the same records."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from mediation_desk.desk.demo.casework import casefile_of
from mediation_desk.desk.demo.organisation import (
    adviser_of,
    mediators_of,
    office_and_committee,
    shares,
    villages,
)
from mediation_desk.desk.demo.outreach import Told, outreach_of
from mediation_desk.desk.demo.people import People
from mediation_desk.desk.demo.planning import first_day, plans
from mediation_desk.desk.demo.scene import Stage, scene_of
from mediation_desk.desk.demo.texts import chance
from mediation_desk.domain.casefile import CaseFile
from mediation_desk.domain.organisation import Adviser, Mediator, Unit
from mediation_desk.domain.prevention import Finding, Prevention, Publicity, Screening
from mediation_desk.domain.record import Record
from mediation_desk.domain.records import KEEPING_ORDER, kind_of

SEED = 500230124


@dataclass(frozen=True, slots=True)
class Township:
    """双龙镇 with its office, its own committee, ten villages and everything they did.

    Records stand as typed, with revision 0. Cases are in the order of unit, year and number.
    """

    office: Unit
    committee: Unit
    villages: tuple[Unit, ...]
    mediators: tuple[Mediator, ...]
    advisers: tuple[Adviser, ...]
    cases: tuple[CaseFile, ...]
    screenings: tuple[Screening, ...]
    findings: tuple[Finding, ...]
    publicity: tuple[Publicity, ...]

    @property
    def preventions(self) -> tuple[Prevention, ...]:
        """What was prevented, in all cases."""
        return tuple(entry for case in self.cases for entry in case.preventions)

    def cases_of(self, unit: Unit) -> tuple[CaseFile, ...]:
        """The case files of one committee in the order of their numbers."""
        return tuple(case for case in self.cases if case.dispute.unit_id == unit.id)


def _of(
    unit: Unit, records: Iterable[Mediator | Adviser | Screening | Finding | Publicity]
) -> list[Record]:
    return [record for record in records if record.unit_id == unit.id]


def records_of(township: Township, unit: Unit) -> tuple[Record, ...]:
    """All records that belong to `unit`, in an order in which they can be kept."""
    mine = [unit, *_of(unit, township.mediators), *_of(unit, township.advisers)]
    mine += [record for case in township.cases_of(unit) for record in case.records()]
    for loose in (township.screenings, township.findings, township.publicity):
        mine += _of(unit, loose)
    return tuple(sorted(mine, key=lambda record: KEEPING_ORDER[kind_of(record)]))


def demo_township(today: date, seed: int = SEED) -> Township:
    """The township as of `today`: 24 months of work up to that day, pure and repeatable."""
    first = first_day(today)
    office, committee = office_and_committee(first)
    below = villages(first)
    committees = (committee, *below)
    people = People(chance(seed, "people"), today)
    rng = chance(seed, "organisation")
    staff = {unit.id: mediators_of(unit, people, rng, seed) for unit in committees}
    advisers = tuple(adviser_of(unit, people, rng, seed) for unit in below)
    told = _told(Stage(seed, today, people, below, staff), shares(committee, below))
    work = [outreach_of(unit, staff[unit.id], told[unit.id], people, seed) for unit in committees]
    return Township(
        office=office,
        committee=committee,
        villages=below,
        mediators=tuple(person for unit in committees for person in staff[unit.id]),
        advisers=advisers,
        cases=tuple(case for unit in committees for _, case in told[unit.id]),
        screenings=tuple(entry for done in work for entry in done.screenings),
        findings=tuple(entry for done in work for entry in done.findings),
        publicity=tuple(entry for done in work for entry in done.publicity),
    )


def _told(stage: Stage, parts: list[tuple[Unit, int]]) -> dict[str, list[Told]]:
    """All disputes by the id of their unit, in the order of their numbers."""
    told: dict[str, list[Told]] = {unit.id: [] for unit, _ in parts}
    for plan in plans(stage.today, stage.seed, parts):
        case = casefile_of(scene_of(plan, stage), stage.people)
        told[plan.unit.id].append((plan, case))
    return told
