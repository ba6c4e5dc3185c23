"""Figures as live formulas: the predicate of a figure becomes COUNTIFS and SUMIFS over a sheet."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product

from mediation_desk.domain.codes import AgreementForm, Outcome, PreventionKind, Source, UnitKind
from mediation_desk.domain.dispute_types import BY_CODE
from mediation_desk.exchange.cells import letters
from mediation_desk.exchange.columns import LEDGER, NO, WORKS, YES
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


def package_grounds(*, personal: bool, first: int, cases: int, works: int) -> Grounds:
    """The grounds of a village's package: its ledger and its register of screenings."""

    def ledger(head: str) -> str:
        last = max(first + cases - 1, _LAST_ROW)
        return span(LEDGER.title, LEDGER.number_of(head, personal=personal), first, last)

    def work(head: str) -> str:
        last = max(first + works - 1, _LAST_ROW)
        return span(WORKS.title, WORKS.number_of(head, personal=personal), first, last)

    counted = (work(tr("计入本期")), quoted(YES))
    return Grounds(
        Lines(
            {
                "type": ledger(tr("纠纷类型")),
                "source": ledger(tr("案件来源")),
                "outcome": ledger(tr("调解结果")),
                "form": ledger(tr("协议形式")),
                "complex": ledger(tr("疑难复杂")),
                "committee": ledger(tr("调解组织类别")),
            },
            {
                Measure.PEOPLE: ledger(tr("涉及当事人数")),
                Measure.AMOUNT: ledger(tr("协议涉及金额(元)")),
            },
            ((ledger(tr("计入本期")), quoted(YES)),),
        ),
        Lines(
            {},
            {Measure.PREVENTED: work(tr("预防纠纷(件)"))},
            ((work(tr("类别")), quoted(SCREENING)), counted),
        ),
        Lines(
            {"kind": work(tr("事项"))},
            {
                Measure.PREVENTION_CASES: work(tr("防止件数")),
                Measure.PREVENTION_PERSONS: work(tr("防止人数")),
            },
            ((work(tr("类别")), quoted(PREVENTION)), counted),
        ),
    )
