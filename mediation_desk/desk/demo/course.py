"""The days on which a demo dispute goes its way, none of them after today."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from mediation_desk.desk.demo.planning import Plan
from mediation_desk.domain.codes import Difficulty, Outcome
from mediation_desk.domain.limits import CONFIRMATION_DAYS

# Weights of one to four talks; with gaps of at most eight days all stay within thirty days.
_TALKS_OF_PLAIN = (70, 22, 6, 2)
_TALKS_OF_HARD = (15, 45, 28, 12)

# Of the agreements a court could confirm only some are brought there; those of groups always are.
_TO_COURT = 0.35


@dataclass(frozen=True, slots=True)
class Course:
    """The days of one dispute; what has not come yet is None or left out.

    `ended_on` is the day of the outcome, `court_on` the day both ask the court to confirm.
    """

    occurred_on: date
    letter_on: date
    intake_on: date | None
    inquiry_on: date | None
    talks: tuple[date, ...]
    ended_on: date | None
    visited_on: date | None
    archived_on: date | None
    court_on: date | None
    court_answered_on: date | None


def _number_of_talks(plan: Plan, rng: Random) -> int:
    plain = plan.story.difficulty is Difficulty.PLAIN
    weights = _TALKS_OF_PLAIN if plain else _TALKS_OF_HARD
    drawn = rng.choices((1, 2, 3, 4), weights)[0]
    if plan.end is Outcome.TRANSFERRED:
        return 1
    unsettled = plan.end in {Outcome.FAILED, Outcome.TERMINATED}
    return max(drawn, 2) if unsettled else drawn


def _talks(plan: Plan, rng: Random) -> list[date]:
    if plan.end is Outcome.NOT_ACCEPTED or plan.registered_only:
        return []
    day = plan.on + timedelta(days=rng.randrange(4))
    days = [day]
    for _ in range(_number_of_talks(plan, rng) - 1):
        day += timedelta(days=rng.randrange(3, 9))
        days.append(day)
    return days


def _accepted(plan: Plan) -> bool:
    return plan.end is not Outcome.NOT_ACCEPTED and not plan.registered_only


def course_of(plan: Plan, rng: Random, today: date) -> Course:
    """The days of `plan`, cut off at `today`."""

    def after(day: date | None, fewest: int, most: int) -> date | None:
        gap = timedelta(days=rng.randint(fewest, most))
        return None if day is None or day + gap > today else day + gap

    letter_on = plan.on - timedelta(days=rng.randint(1, 3))
    known_on = letter_on if plan.handed_over else plan.on
    occurred_on = known_on - timedelta(days=rng.randrange(7))
    planned = _talks(plan, rng)
    talks = tuple(day for day in planned if day <= today)
    ended_on = after(plan.on, 1, 3) if plan.end is Outcome.NOT_ACCEPTED else None
    if planned and plan.end is not None and len(talks) == len(planned):
        ended_on = talks[-1]
    settled = ended_on if plan.end is Outcome.SETTLED else None
    visited_on = after(settled, 8, 26)
    to_court = plan.story.confirm and (plan.story.prevention or rng.random() < _TO_COURT)
    court_on = after(settled, 4, CONFIRMATION_DAYS - 12) if to_court else None
    inquired = len(planned) > 1 and rng.random() < 0.6
    return Course(
        occurred_on=occurred_on,
        letter_on=letter_on,
        intake_on=plan.on if _accepted(plan) else None,
        inquiry_on=plan.on if inquired else None,
        talks=talks,
        ended_on=ended_on,
        visited_on=visited_on,
        archived_on=after(ended_on, 27, 30),
        court_on=court_on,
        court_answered_on=after(court_on, 8, 15),
    )
