"""Figures as live formulas: the predicate of a figure becomes COUNTIFS and SUMIFS over a sheet."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Any

from mediation_desk.domain.codes import AgreementForm, Outcome, PreventionKind, Source, UnitKind
from mediation_desk.domain.dispute_types import BY_CODE
from mediation_desk.exchange.cells import letters
from mediation_desk.exchange.columns import LEDGER, NO, WORKS, YES, Sheet
from mediation_desk.exchange.shelf import PREVENTION, SCREENING
from mediation_desk.figures.figure import OF_CASES, OF_PREVENTIONS, Figure, Measure
from mediation_desk.words import tr

# A condition is a range and what must stand in it: a quoted text or the name of a cell.
Condition = tuple[str, str]
FEN_IN_TEN_THOUSAND = 1_000_000

# Formulas reach this row at least, so that lines added by hand under the table are counted too.
_LAST_ROW = 2_000


def quoted(text: str) -> str:
    """`text` as a literal of a formula."""
    return '"' + text.replace('"', '""') + '"'


ANYTHING = quoted("?*")

LABELS: dict[str, dict[str, str]] = {
    "type": {code: entry.label for code, entry in BY_CODE.items()},
    "source": {str(member.value): member.label for member in Source},
    "outcome": {str(member.value): member.label for member in Outcome},
    "form": {str(member.value): member.label for member in AgreementForm},
    "complex": {"1": YES, "0": NO},
    "committee": {str(member.value): member.label for member in UnitKind},
    "kind": {str(member.value): member.label for member in PreventionKind},
}


@dataclass(frozen=True, slots=True)
class Lines:
    """One sheet of rows to count in: its dimensions, its sums and what all rows must satisfy.

    `unit` is the range of the units' names, empty where all rows are of one unit.
    """

    dimensions: Mapping[str, str]
    sums: Mapping[Measure, str]
    always: tuple[Condition, ...]
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Grounds:
    """The sheets from which the figures of a workbook are counted."""

    cases: Lines
    screenings: Lines
    preventions: Lines

    def formula(self, figure: Figure, unit: str = "") -> str:
        """The formula of `figure`, of all rows or of one unit; money in 万元, unrounded."""
        if figure.measure in OF_CASES:
            lines = self.cases
        else:
            lines = self.preventions if figure.measure in OF_PREVENTIONS else self.screenings
        # COUNTIFS needs a condition even where everything counts.
        which = [(lines.unit, quoted(unit) if unit else ANYTHING)] if lines.unit else []
        always = (*lines.always, *which)
        choices = [
            [(lines.dimensions[name], quoted(LABELS[name][code])) for code in sorted(codes)]
            for name, codes in figure.where
        ]
        total = lines.sums.get(figure.measure)
        terms = [_term(total, (*always, *chosen)) for chosen in product(*choices)]
        text = "+".join(terms)
        if figure.measure is not Measure.AMOUNT:
            return "=" + text
        return f"=({text})/{FEN_IN_TEN_THOUSAND // 100}"


def _term(total: str | None, conditions: tuple[Condition, ...]) -> str:
    pairs = ",".join(f"{where},{what}" for where, what in conditions)
    return f"SUMIFS({total},{pairs})" if total else f"COUNTIFS({pairs})"


def span(sheet: str, column: int, first: int, last: int) -> str:
    """The absolute range of a column between two rows."""
    name = letters(column)
    return f"'{sheet}'!${name}${first}:${name}${last}"


RangeOf = Callable[[str], str]

# Under which heads the dimensions and sums of figures stand, in packages and reports alike.
_DIMENSIONS = {
    "type": tr("纠纷类型"),
    "source": tr("案件来源"),
    "outcome": tr("调解结果"),
    "form": tr("协议形式"),
    "complex": tr("疑难复杂"),
    "committee": tr("调解组织类别"),
}
_CASE_SUMS = {Measure.PEOPLE: tr("涉及当事人数"), Measure.AMOUNT: tr("协议涉及金额(元)")}
_SCREENING_SUMS = {Measure.PREVENTED: tr("预防纠纷(件)")}
_PREVENTION_SUMS = {
    Measure.PREVENTION_CASES: tr("防止件数"),
    Measure.PREVENTION_PERSONS: tr("防止人数"),
}


def grounds(case: RangeOf, work: RangeOf, *, by_unit: bool) -> Grounds:
    """Grounds over two sheets; `case` and `work` answer the range of the column with a head.

    `by_unit` where the rows of many units stand together and all count; otherwise only rows that
    are marked as counted do.
    """

    def lines(
        of: RangeOf, dimensions: Mapping[str, str], sums: Mapping[Measure, str], sort: str = ""
    ) -> Lines:
        always = [(of(tr("类别")), quoted(sort))] if sort else []
        if not by_unit:
            always.append((of(tr("计入本期")), quoted(YES)))
        return Lines(
            {name: of(head) for name, head in dimensions.items()},
            {measure: of(head) for measure, head in sums.items()},
            tuple(always),
            of(tr("单位")) if by_unit else "",
        )

    return Grounds(
        lines(case, _DIMENSIONS, _CASE_SUMS),
        lines(work, {}, _SCREENING_SUMS, SCREENING),
        lines(work, {"kind": tr("事项")}, _PREVENTION_SUMS, PREVENTION),
    )


def package_grounds(*, personal: bool, first: int, cases: int, works: int) -> Grounds:
    """The grounds of a village's package: its ledger and its register of screenings."""

    def range_of(sheet: Sheet[Any], rows: int) -> RangeOf:
        last = max(first + rows - 1, _LAST_ROW)
        return lambda head: span(sheet.title, sheet.number_of(head, personal=personal), first, last)

    return grounds(range_of(LEDGER, cases), range_of(WORKS, works), by_unit=False)
