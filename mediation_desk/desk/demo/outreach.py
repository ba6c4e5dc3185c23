"""Work that finds quarrels early: screening rounds with what they found, publicity."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from mediation_desk.desk.demo.people import People
from mediation_desk.desk.demo.planning import Plan, first_day
from mediation_desk.desk.demo.texts import chance, identity, table
from mediation_desk.domain.casefile import CaseFile
from mediation_desk.domain.codes import PublicityKind, Source, UnitKind
from mediation_desk.domain.organisation import Mediator, Unit
from mediation_desk.domain.prevention import Finding, Publicity, Screening

Told = tuple[Plan, CaseFile]

# Days from one round to the next: villages weekly to half-monthly, the township half-monthly.
_VILLAGE_GAP = (7, 14)
_TOWNSHIP_GAP = (14, 16)
_PUBLICITY_GAP = (60, 110)
_SMALL_MATTER = 0.22
# Mediators of a village and of its groups who come to a training.
_FEW = 5


@dataclass(frozen=True, slots=True)
class Outreach:
    """All such work of one unit."""

    screenings: tuple[Screening, ...]
    findings: tuple[Finding, ...]
    publicity: tuple[Publicity, ...]


@dataclass(frozen=True, slots=True)
class _Round:
    unit: Unit
    order: int
    day: date
    own: tuple[Told, ...]


def _days(first: date, today: date, gap: tuple[int, int], rng: Random) -> list[date]:
    days = []
    day = first
    while day <= today:
        days.append(day)
        day += timedelta(days=rng.randint(*gap))
    return days


def _rounds(unit: Unit, days: Sequence[date], cases: Sequence[Told]) -> list[_Round]:
    """Each own-initiative dispute belongs to the last round on or before its registering."""
    found: dict[date, list[Told]] = {day: [] for day in days}
    for plan, case in cases:
        if plan.source is Source.OWN:
            found[max(day for day in days if day <= plan.on)].append((plan, case))
    return [_Round(unit, order, day, tuple(found[day])) for order, day in enumerate(days)]


def _of_a_dispute(seed: int, told: _Round, plan: Plan, case: CaseFile) -> Finding:
    names = [party.name for party in case.parties]
    words = {"a": names[0], "b": names[-1], "topic": plan.story.topic}
    return Finding(
        id=identity(seed, "finding", case.dispute.id),
        unit_id=told.unit.id,
        screening_id=identity(seed, "screening", told.unit.id, told.order),
        matter=table("phrases")["screening"]["found"].format_map(words),
        persons="、".join(names),
        dispute_id=case.dispute.id,
    )


def _small_matter(seed: int, told: _Round, people: People, rng: Random) -> Finding:
    names = [people.person().name, people.person().name]
    matter: str = rng.choice(table("phrases")["screening"]["small"])
    return Finding(
        id=identity(seed, "small", told.unit.id, told.order),
        unit_id=told.unit.id,
        screening_id=identity(seed, "screening", told.unit.id, told.order),
        matter=matter.format(a=names[0], b=names[1]),
        persons="、".join(names),
    )


def _screening(
    seed: int, told: _Round, found: Sequence[Finding], staff: Sequence[Mediator], rng: Random
) -> Screening:
    texts = table("phrases")["screening"]
    area: str = rng.choice(texts["areas"])
    note: str = rng.choice(texts["busy" if found else "quiet"])
    place = rng.choice(table("people")["places"])
    return Screening(
        id=identity(seed, "screening", told.unit.id, told.order),
        unit_id=told.unit.id,
        screened_on=told.day,
        area=area.format(place=place, word=told.unit.name),
        screeners="、".join(person.name for person in rng.sample(list(staff), 2)),
        found=len(found),
        prevented=sum(not finding.dispute_id for finding in found),
        note=note.format(homes=rng.randint(8, 46), found=len(found)) + "。",
    )


def _publicity(seed: int, unit: Unit, order: int, day: date, rng: Random) -> Publicity:
    told = rng.choice(table("phrases")["publicity"])
    kind = PublicityKind.of(told.get("kind", PublicityKind.PUBLICITY.value))
    audience = rng.randint(18, 90)
    if kind is PublicityKind.TRAINING:
        audience = _FEW + audience % _FEW
    return Publicity(
        id=identity(seed, "publicity", unit.id, order),
        unit_id=unit.id,
        kind=kind,
        held_on=day,
        topic=told["topic"],
        form=told["form"],
        place=rng.choice(table("people")["places"]) + "院坝",
        audience=audience,
        materials=audience + rng.randint(0, 40),
    )


def outreach_of(
    unit: Unit,
    staff: Sequence[Mediator],
    cases: Sequence[Told],
    people: People,
    seed: int,
) -> Outreach:
    """Screening and publicity of `unit` up to today."""
    today = people.today
    rng = chance(seed, "outreach", unit.id)
    gap = _TOWNSHIP_GAP if unit.kind is UnitKind.TOWNSHIP else _VILLAGE_GAP
    first = first_day(today)
    screenings: list[Screening] = []
    findings: list[Finding] = []
    for told in _rounds(unit, _days(first, today, gap, rng), cases):
        found = [_of_a_dispute(seed, told, plan, case) for plan, case in told.own]
        if rng.random() < _SMALL_MATTER:
            found.append(_small_matter(seed, told, people, rng))
        screenings.append(_screening(seed, told, found, staff, rng))
        findings += found
    begin = first + timedelta(days=rng.randint(5, _PUBLICITY_GAP[0]))
    events = [
        _publicity(seed, unit, order, day, rng)
        for order, day in enumerate(_days(begin, today, _PUBLICITY_GAP, rng))
    ]
    return Outreach(tuple(screenings), tuple(findings), tuple(events))
