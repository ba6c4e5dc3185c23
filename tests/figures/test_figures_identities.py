"""The identities hold in every table made of counts, and each is seen to fail when broken."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediation_desk.domain.codes import AgreementForm, Outcome, PreventionKind, Source, UnitKind
from mediation_desk.domain.dispute_types import BY_CODE
from mediation_desk.domain.organisation import Unit
from mediation_desk.domain.periods import month
from mediation_desk.domain.problems import Severity, errors
from mediation_desk.figures.calibre import Calibre
from mediation_desk.figures.counts import CaseCount, Counts, PreventionCount, ScreeningCount
from mediation_desk.figures.identities import (
    checks,
    line_problems,
    table_checks,
    table_problems,
    total_problems,
)
from mediation_desk.figures.ministry import COLUMNS, Table, line, ministry_table

COMMITTEES = [kind for kind in UnitKind if kind.value < "80"]
UNITS = [
    Unit(id=f"u{place}", code=f"99010012420{place}", name=f"单位{place}", kind=kind)
    for place, kind in enumerate([*COMMITTEES, UnitKind.VILLAGE])
]
OWN = {"u2"}
IDS = st.sampled_from([unit.id for unit in UNITS])
SMALL = st.integers(0, 40)


def codes(table: type) -> st.SearchStrategy[str]:
    return st.sampled_from([member.value for member in table])


@st.composite
def case_counts(draw: st.DrawFn) -> CaseCount:
    cases = draw(st.integers(1, 40))
    outcome = draw(codes(Outcome) | st.just(""))
    form = draw(codes(AgreementForm)) if outcome == Outcome.SETTLED.value else ""
    return CaseCount(
        draw(IDS),
        draw(st.sampled_from(list(BY_CODE))),
        draw(codes(Source)),
        outcome,
        form,
        draw(st.booleans()),
        cases,
        2 * cases + draw(SMALL),
        draw(st.integers(0, 10**12)) if form else 0,
    )


@st.composite
def prevention_counts(draw: st.DrawFn) -> PreventionCount:
    cases = draw(st.integers(1, 9))
    return PreventionCount(draw(IDS), draw(codes(PreventionKind)), cases, cases + draw(SMALL))


COUNTS = st.builds(
    Counts,
    st.lists(case_counts(), max_size=30).map(tuple),
    st.lists(st.builds(ScreeningCount, IDS, SMALL, SMALL), max_size=5).map(tuple),
    st.lists(prevention_counts(), max_size=5).map(tuple),
)


def a_table(counts: Counts) -> Table:
    return ministry_table(counts, UNITS, OWN, Calibre(month(2026, 10)))


@given(COUNTS)
def test_the_identities_hold_in_every_table(counts: Counts) -> None:
    table = a_table(counts)
    assert table_problems(table) == []
    assert line_problems(table.grand_total.values) == []
    assert all(check.holds for check in table_checks(table))


@given(COUNTS)
def test_a_line_is_the_value_of_each_figure(counts: Counts) -> None:
    table = a_table(counts)
    for column, value in zip(COLUMNS, table.grand_total.values, strict=True):
        assert value == column.figure.value(counts, UNITS)
    for unit, entry in zip(UNITS, table.lines, strict=True):
        assert entry.values == line(counts.of([unit.id]), UNITS) == line(counts, [unit])


# A line in which every identity holds and every column is filled.
GOOD = [0] * 49
GOOD[:5] = [90, 200, 60, 9, 123_456]
GOOD[5:11] = [15] * 6
GOOD[11:14] = [30, 35, 25]
GOOD[14:19] = [5] * 5
GOOD[19:37] = [5] * 18
GOOD[37:39] = [20, 40]
GOOD[39:41] = [12, 7]
GOOD[41:] = [1, 4, 2, 2, 3, 15, 0, 0]


def broken(changes: dict[int, int | None]) -> list[int | None]:
    return [changes.get(number, value) for number, value in enumerate(GOOD, 1)]


@pytest.mark.parametrize(
    ("changes", "rule", "column", "numbers", "severity"),
    [
        ({20: 6}, "R1", "1", ("90", "91"), Severity.ERROR),
        ({37: 0}, "R1", "1", ("90", "85"), Severity.ERROR),
        ({12: 31}, "R2", "1", ("90", "91"), Severity.ERROR),
        ({19: 4}, "R3", "14", ("25", "24"), Severity.ERROR),
        ({6: 0}, "R4", "1", ("90", "75"), Severity.ERROR),
        ({11: 16}, "R4", "1", ("90", "91"), Severity.ERROR),
        ({3: 91, 39: 71}, "R5", "3", ("91", "90"), Severity.ERROR),
        ({39: 39}, "R6", "3", ("60", "59"), Severity.WARNING),
        ({4: 91}, "R7", "4", ("91", "90"), Severity.ERROR),
        ({42: 0}, "R8", "42", ("0", "4"), Severity.ERROR),
        ({45: 1}, "R8", "44", ("2", "1"), Severity.ERROR),
        ({47: 0}, "R8", "46", ("3", "0"), Severity.ERROR),
        ({49: 1}, "R8", "48", ("0", "1"), Severity.ERROR),
        ({2: 179}, "R9", "2", ("179", "180"), Severity.WARNING),
    ],
)
def test_each_identity_is_seen_to_fail(
    changes: dict[int, int], rule: str, column: str, numbers: tuple[str, str], severity: Severity
) -> None:
    (problem,) = line_problems(broken(dict(changes)), "梨园村")
    assert (problem.rule, problem.field, problem.severity) == (rule, column, severity)
    assert problem.message.startswith("梨园村：")
    assert f"第{column}列）为{numbers[0]}，" in problem.message
    assert f"为{numbers[1]}，" in problem.message


def test_a_good_line_passes_every_check() -> None:
    assert line_problems(GOOD) == []
    rules = [check.rule for check in checks(GOOD)]
    assert rules == ["R1", "R2", "R3", "R4", "R5", "R6", "R7", "R8", "R8", "R8", "R8", "R9"]


def test_what_is_missing_is_skipped() -> None:
    assert line_problems([None] * 49) == []
    assert checks([]) == ()
    # Without column 37 the sum of types is unknown, but the wrong sum of sources is still found.
    assert [problem.rule for problem in line_problems(broken({37: None, 12: 31}))] == ["R2"]
    # A sheet that ends before column 38 keeps the checks it has the numbers for.
    short = [check.rule for check in checks(GOOD[:37])]
    assert short == ["R1", "R2", "R3", "R4", "R5", "R7", "R9"]


def test_values_of_a_foreign_sheet_may_be_decimal() -> None:
    foreign = [Decimal(value) for value in GOOD]
    assert line_problems(foreign) == []
    foreign[19] += 1
    assert [problem.rule for problem in line_problems(foreign)] == ["R1"]


def test_a_settled_case_without_agreement_is_found() -> None:
    row = CaseCount("u0", "01", "10", "1", "", complex=False, cases=1, people=2, amount_fen=0)
    found = table_problems(a_table(Counts((row,))))
    assert [problem.rule for problem in found] == ["R6"]
    assert errors(found) == []


@pytest.mark.parametrize("number", range(1, 50))
def test_a_total_that_is_no_sum_is_found_in_any_column(number: int) -> None:
    parts = [GOOD, GOOD, GOOD]
    total = [3 * value for value in GOOD]
    assert total_problems(parts, total, "下级上报总计") == []
    total[number - 1] += 1
    (problem,) = total_problems(parts, total, "下级上报总计")
    assert (problem.rule, problem.field) == ("R14", str(number))
    assert str(total[number - 1]) in problem.message
    assert str(3 * GOOD[number - 1]) in problem.message
    assert "下级上报总计" in problem.message
    missing = [*parts, broken({number: None})]
    assert str(number) not in {entry.field for entry in total_problems(missing, total, "总计")}


def test_a_table_shows_a_wrong_total_in_its_check_lines() -> None:
    table = a_table(Counts((), (ScreeningCount("u0", 3, 1),)))
    printed = table_checks(table)
    assert [check.rule for check in printed] == ["R1", "R2", "R3", "R4", "R14"]
    assert printed[0].words == "调解案件总数(件)（第1列） ＝ 各类纠纷合计（第20至37列）"
    assert (printed[-1].left, printed[-1].right) == (98, 98)
    values = list(table.subordinate_total.values)
    values[39] = 4
    wrong = replace(table, subordinate_total=replace(table.subordinate_total, values=tuple(values)))
    assert [problem.rule for problem in table_problems(wrong)] == ["R14"]
    assert (table_checks(wrong)[-1].left, table_checks(wrong)[-1].holds) == (97, False)


def test_amounts_in_ten_thousands_may_differ_by_their_rounding() -> None:
    def amounts(shown: str) -> list[Decimal | None]:
        return [Decimal(shown) if number == 5 else None for number in range(1, 50)]

    parts = [amounts("0.00")] * 4
    assert total_problems(parts, amounts("0.02"), "总计") == []
    assert [entry.field for entry in total_problems(parts, amounts("0.03"), "总计")] == ["5"]
