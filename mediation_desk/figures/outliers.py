"""What looks odd in a unit's months, worded as questions: numbers accuse nobody."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from mediation_desk.domain.periods import Period
from mediation_desk.words import tr

# Rules of thumb, not of any law: they only decide what is asked.
_BEFORE = 6
_USUAL = 1
_MANY_TIMES = 10
_ENOUGH = 10
_DAY_LEAST = 5
_ONE = Decimal(1)


@dataclass(frozen=True, slots=True)
class MonthCount:
    """One month of one unit: cases taken in, of them settled and not settled, by intake date.

    `reported` says whether the unit has reported the month; `busiest` is the number of cases on
    the day with most of them.
    """

    month: Period
    reported: bool
    cases: int
    settled: int
    failed: int
    busiest: int = 0


@dataclass(frozen=True, slots=True)
class Question:
    """Something to ask a unit about its numbers; `rule` is the id, `month` the one asked about."""

    rule: str
    month: Period
    words: str


def questions(months: Sequence[MonthCount]) -> tuple[Question, ...]:
    """What to ask about the last of `months`, which stand in order; nothing of one unreported."""
    if not months or not months[-1].reported:
        return ()
    before = [entry for entry in months[:-1] if entry.reported][-_BEFORE:]
    found = (rule(months[-1], before) for rule in _ONE_MONTH)
    asked = [question for question in found if question is not None]
    if perfect := _always_settled(months):
        asked.append(perfect)
    return tuple(asked)


def _mean(before: Sequence[MonthCount]) -> Decimal:
    """Cases in a usual month; nothing is usual after less than half of the months looked at."""
    if 2 * len(before) < _BEFORE:
        return Decimal(0)
    return Decimal(sum(entry.cases for entry in before)) / len(before)


def _told(mean: Decimal) -> str:
    return f"{mean.quantize(Decimal('0.1'), ROUND_HALF_UP)}"


def _sudden_zero(now: MonthCount, before: Sequence[MonthCount]) -> Question | None:
    """Q1: nothing at all where there used to be something every month."""
    mean = _mean(before)
    if now.cases or mean < _USUAL:
        return None
    words = tr(
        "{month}一件纠纷也没有，前{count}个月平均每月{mean}件。是真的没有，还是有的还没登记？"
    )
    told = words.format(month=now.month.label(), count=len(before), mean=_told(mean))
    return Question("Q1", now.month, told)


def _tenfold(now: MonthCount, before: Sequence[MonthCount]) -> Question | None:
    """Q2: ten times as many as usual."""
    mean = _mean(before)
    if now.cases < _MANY_TIMES or now.cases < _MANY_TIMES * max(mean, _ONE):
        return None
    words = tr(
        "{month}有{cases}件，前{count}个月平均每月{mean}件。"
        "是集中补登了以前的，还是同一批登记了两次？"
    )
    told = words.format(
        month=now.month.label(), cases=now.cases, count=len(before), mean=_told(mean)
    )
    return Question("Q2", now.month, told)


def _one_day(now: MonthCount, _before: Sequence[MonthCount]) -> Question | None:
    """Q4: all cases of a month on one day."""
    if now.cases < _DAY_LEAST or now.busiest < now.cases:
        return None
    words = tr("{month}的{cases}件受理日期都是同一天。是填表的日期，还是真的同一天受理？")
    return Question("Q4", now.month, words.format(month=now.month.label(), cases=now.cases))


_Rule = Callable[[MonthCount, Sequence[MonthCount]], Question | None]
_ONE_MONTH: tuple[_Rule, ...] = (_sudden_zero, _tenfold, _one_day)


def _always_settled(months: Sequence[MonthCount]) -> Question | None:
    """Q3: of many cases never one that failed; T2 and S43 of domain.md show what is usual."""
    settled = sum(entry.settled for entry in months)
    failed = sum(entry.failed for entry in months)
    if failed or settled < _ENOUGH:
        return None
    words = tr("{first}以来办结的{count}件全部调解成功。有没有调解不成、当事人不愿调解的没有登记？")
    told = words.format(first=months[0].month.label(), count=settled)
    return Question("Q3", months[-1].month, told)
