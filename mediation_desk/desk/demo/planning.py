"""Which story is told where, when, by which source and with which end."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from mediation_desk.desk.demo.stories import Story, stories
from mediation_desk.desk.demo.texts import chance, dealt
from mediation_desk.domain.codes import Outcome, Source, UnitKind
from mediation_desk.domain.organisation import Unit

MONTHS = 24

# So many of the latest disputes are not closed yet; the very last is not even accepted.
_OPEN = 7
# What has a long tale to tell (instalments, a court's answer) happened before the latest ones.
_LATE = 25
_DAYS_BEFORE_THE_FIRST = 3

# Shares of the sources without a handing-over body (domain.md §8.1, T1).
_COMMON_SOURCES = ((Source.OWN, 53), (Source.SPOKEN, 31), (Source.WRITTEN, 16))
_FOR_THE_TOWNSHIP = frozenset((Source.COURT, Source.PROCURATORATE, Source.PETITION))


@dataclass(frozen=True, slots=True)
class Plan:
    """One dispute before it is told; `turn` counts the tellings of its story from 0."""

    serial: int
    story: Story
    turn: int
    unit: Unit
    on: date
    number: int
    source: Source
    end: Outcome | None
    registered_only: bool = False

    @property
    def handed_over(self) -> bool:
        """Whether another body sent the dispute with a letter."""
        return self.source not in dict(_COMMON_SOURCES)


@dataclass(frozen=True, slots=True)
class _Telling:
    story: Story
    turn: int

    @property
    def end(self) -> Outcome:
        ends = self.story.ends
        return ends[self.turn] if self.turn < len(ends) else Outcome.SETTLED

    @property
    def handed_over(self) -> Source | None:
        sources = self.story.sources
        return sources[self.turn] if self.turn < len(sources) else None

    @property
    def early(self) -> bool:
        once = self.story.times == 1 or self.story.risk or self.story.confirm
        return bool(once) or self.end is not Outcome.SETTLED


def first_day(today: date) -> date:
    """The first day of the 24 months whose last is the month of `today`."""
    months = today.year * 12 + today.month - MONTHS
    return date(months // 12, months % 12 + 1, 1)


def _days(today: date, count: int, rng: Random) -> list[date]:
    first = first_day(today) + timedelta(days=_DAYS_BEFORE_THE_FIRST)
    span = (today - first).days + 1
    spread = ((place + rng.random()) * span / count for place in range(count))
    return [first + timedelta(days=int(days)) for days in spread]


def _fits(telling: _Telling, place: int, days: list[date]) -> bool:
    months = telling.story.months
    if months and days[place].month not in months:
        return False
    return not telling.early or place < len(days) - _LATE


def _in_season(tellings: list[_Telling], days: list[date]) -> None:
    """Swap stories until each stands in its season; those without one make room."""
    for place, telling in enumerate(tellings):
        if _fits(telling, place, days):
            continue
        other = next(
            spot
            for spot, candidate in enumerate(tellings)
            if _fits(telling, spot, days)
            and not candidate.story.months
            and _fits(candidate, place, days)
        )
        tellings[place], tellings[other] = tellings[other], telling


def _fixed_kind(telling: _Telling) -> UnitKind | None:
    if telling.story.level == "community":
        return UnitKind.COMMUNITY
    if telling.story.level == "township" or telling.handed_over in _FOR_THE_TOWNSHIP:
        return UnitKind.TOWNSHIP
    return None


def _asked_for(telling: _Telling, *, last: bool) -> Source | None:
    """The source a telling must have: what is refused or not yet accepted was applied for."""
    if telling.end is Outcome.NOT_ACCEPTED:
        return Source.WRITTEN
    return telling.handed_over or (Source.SPOKEN if last else None)


def _units(
    tellings: list[_Telling], shares: list[tuple[Unit, int]], rng: Random
) -> Callable[[_Telling], Unit]:
    free = sum(_fixed_kind(telling) is None for telling in tellings)
    cards = iter(dealt(free, shares, rng))

    def unit(telling: _Telling) -> Unit:
        kind = _fixed_kind(telling)
        if kind is None:
            return next(cards)
        return next(unit for unit, _ in shares if unit.kind is kind)

    return unit


def plans(today: date, seed: int, shares: list[tuple[Unit, int]]) -> list[Plan]:
    """All disputes of 24 months in the order of their registering, numbered by unit and year."""
    rng = chance(seed, "plan")
    tellings = [_Telling(story, turn) for story in stories() for turn in range(story.times)]
    rng.shuffle(tellings)
    days = _days(today, len(tellings), rng)
    _in_season(tellings, days)
    unit_of = _units(tellings, shares, rng)
    common = iter(dealt(len(tellings), _COMMON_SOURCES, rng))
    numbers: Counter[tuple[str, int]] = Counter()
    made = []
    for place, (telling, day) in enumerate(zip(tellings, days, strict=True)):
        unit = unit_of(telling)
        numbers[unit.id, day.year] += 1
        last = place == len(tellings) - 1
        made.append(
            Plan(
                serial=place,
                story=telling.story,
                turn=telling.turn,
                unit=unit,
                on=day,
                number=numbers[unit.id, day.year],
                source=_asked_for(telling, last=last) or next(common),
                end=telling.end if place < len(tellings) - _OPEN else None,
                registered_only=last,
            )
        )
    return made
