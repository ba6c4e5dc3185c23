"""The demo township put together: the same seed and day give the same records."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from mediation_desk.desk.demo.casework import casefile_of
from mediation_desk.desk.demo.counselling import support_of, with_advisers
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
from mediation_desk.desk.demo.scanned import with_scans
from mediation_desk.desk.demo.scene import Stage, scene_of
from mediation_desk.desk.demo.texts import chance
from mediation_desk.domain.casefile import CaseFile
from mediation_desk.domain.organisation import Adviser, Mediator, Unit
from mediation_desk.domain.prevention import Finding, Prevention, Publicity, Screening
from mediation_desk.domain.record import Record
from mediation_desk.domain.records import KEEPING_ORDER, kind_of
from mediation_desk.domain.support import Consultation, LegalAid

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
    legal_aids: tuple[LegalAid, ...]
    consultations: tuple[Consultation, ...]

    @property
    def preventions(self) -> tuple[Prevention, ...]:
        """What was prevented, in all cases."""
        return tuple(entry for case in self.cases for entry in case.preventions)

    def cases_of(self, unit: Unit) -> tuple[CaseFile, ...]:
        """The case files of one committee in the order of their numbers."""
        return tuple(case for case in self.cases if case.dispute.unit_id == unit.id)


_OfAUnit = Mediator | Adviser | Screening | Finding | Publicity | LegalAid | Consultation


def _of(unit: Unit, records: Iterable[_OfAUnit]) -> list[Record]:
    return [record for record in records if record.unit_id == unit.id]


def records_of(township: Township, unit: Unit) -> tuple[Record, ...]:
    """All records that belong to `unit`, in an order in which they can be kept."""
    mine = [unit, *_of(unit, township.mediators), *_of(unit, township.advisers)]
    mine += [record for case in township.cases_of(unit) for record in case.records()]
    mine += _of(unit, (*township.screenings, *township.findings, *township.publicity))
    mine += _of(unit, (*township.legal_aids, *township.consultations))
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
    by_unit = {adviser.unit_id: adviser for adviser in advisers}
    told = _told(Stage(seed, today, people, below, staff), shares(committee, below), by_unit)
    work = [outreach_of(unit, staff[unit.id], told[unit.id], people, seed) for unit in committees]
    # Last of all, so that its persons take none of the names before.
    helped = [
        support_of(unit, place, [case for _, case in told[unit.id]], by_unit, people, seed)
        for place, unit in enumerate(committees)
    ]
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
        legal_aids=tuple(entry for done in helped for entry in done.legal_aids),
        consultations=tuple(entry for done in helped for entry in done.consultations),
    )


def _told(
    stage: Stage, parts: list[tuple[Unit, int]], advisers: Mapping[str, Adviser]
) -> dict[str, list[Told]]:
    """All disputes by the id of their unit, in the order of their numbers."""
    told: dict[str, list[Told]] = {unit.id: [] for unit, _ in parts}
    for plan in plans(stage.today, stage.seed, parts):
        case = casefile_of(scene_of(plan, stage), stage.people)
        case = with_advisers(case, advisers.get(plan.unit.id), stage.seed)
        told[plan.unit.id].append((plan, with_scans(case, stage.seed)))
    return told
