"""Composition by type and source, rates with their denominator, and changes between periods."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from mediation_desk.domain.codes import Outcome, Source
from mediation_desk.domain.dispute_types import EIGHTEEN
from mediation_desk.figures.calibre import TYPE_LISTS
from mediation_desk.figures.columns import ENTRUSTED, ON_REQUEST
from mediation_desk.figures.counts import Counts
from mediation_desk.words import tr

_TENTH = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Share:
    """One row of a composition: cases and their share in percent, None where there are none."""

    label: str
    cases: int
    percent: Decimal | None


@dataclass(frozen=True, slots=True)
class Rate:
    """A rate in percent that says what it is a part of, because practice differs."""

    label: str
    part: int
    denominator: str
    whole: int
    percent: Decimal | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """The change from one period to another; no percent where there was nothing before."""

    difference: int
    percent: Decimal | None


def share(part: int, whole: int) -> Decimal | None:
    """`part` of `whole` in percent, one decimal, half up; None of nothing."""
    if not whole:
        return None
    return (Decimal(100 * part) / whole).quantize(_TENTH, ROUND_HALF_UP)


def compare(now: int, before: int) -> Comparison:
    """The change for 同比 (a year ago) and 环比 (the period before)."""
    return Comparison(now - before, share(now - before, before))


def by_type(counts: Counts, types: str = "18") -> tuple[Share, ...]:
    """The cases by dispute type, in the order of the 18- or the 15-type list.

    Shares are rounded one by one and need not add to 100. Raises `ValueError` for another list
    and `KeyError` for a type outside the 18-type list.
    """
    if types not in TYPE_LISTS:
        raise ValueError(types)
    label_of = {
        entry.code: tr(entry.label if types == "18" else entry.fifteen) for entry in EIGHTEEN
    }
    cases = dict.fromkeys(label_of.values(), 0)
    for row in counts.cases:
        cases[label_of[row.type]] += row.cases
    return _shares(cases)


def by_source(counts: Counts) -> tuple[Share, ...]:
    """The cases by the three ways a dispute is taken in (statistic columns 12-14)."""
    cases = {
        tr("主动调解"): _cases(counts, Source.OWN),
        tr("依申请调解"): _cases(counts, *ON_REQUEST),
        tr("接受委托移送调解"): _cases(counts, *ENTRUSTED),
    }
    return _shares(cases)


def success_rate(counts: Counts) -> Rate:
    """Settled cases as a part of all cases (rule R5)."""
    settled = sum(row.cases for row in counts.cases if row.outcome == Outcome.SETTLED.value)
    whole = sum(row.cases for row in counts.cases)
    words = tr("调解案件总数")
    return Rate(tr("调解成功率"), settled, words, whole, share(settled, whole))


def _cases(counts: Counts, *sources: Source) -> int:
    codes = {source.value for source in sources}
    return sum(row.cases for row in counts.cases if row.source in codes)


def _shares(cases: dict[str, int]) -> tuple[Share, ...]:
    whole = sum(cases.values())
    return tuple(Share(label, count, share(count, whole)) for label, count in cases.items())
