"""Counts built to the margins of published tables, and a small township of invented numbers."""

from collections import Counter
from collections.abc import Iterable, Sequence

import pytest

from mediation_desk.domain.codes import AgreementForm, Outcome, PreventionKind, Source, UnitKind
from mediation_desk.domain.organisation import Unit
from mediation_desk.domain.record import unit_id
from mediation_desk.figures.counts import CaseCount, Counts, PreventionCount, ScreeningCount


def a_unit(kind: UnitKind, code: str, name: str) -> Unit:
    return Unit(id=unit_id(kind.value, code), code=code, name=name, kind=kind)


def spread(margin: Sequence[tuple[str, int]], step: int) -> list[str]:
    """A code for each case so that the margin holds; a step prime to the sum mixes the codes."""
    codes = [code for code, cases in margin for _ in range(cases)]
    return [codes[(place * step) % len(codes)] for place in range(len(codes))]


def case_counts(unit: str, cases: Iterable[tuple[str, str, str, str, bool]]) -> list[CaseCount]:
    """Equal cases (type, source, outcome, form, complex) counted together, two people each."""
    return [
        CaseCount(unit, *codes, cases=number, people=2 * number, amount_fen=0)
        for codes, number in sorted(Counter(cases).items())
    ]


# 黄石, August 2016 (domain.md T1); 劳动争议 and 消费 as finer types.
HUANGSHI_TYPES = (
    ("01", 160), ("02", 278), ("03", 67), ("04", 44), ("05", 31), ("06", 76), ("07", 18),
    ("08", 28), ("09", 4), ("101", 8), ("102", 5), ("11", 2), ("121", 1), ("122", 4), ("13", 55),
    ("14", 33), ("15", 1), ("99", 54),
)  # fmt: skip
HUANGSHI_SOURCES = (
    (Source.OWN.value, 455),
    (Source.WRITTEN.value, 200),
    (Source.SPOKEN.value, 178),
    (Source.COURT.value, 9),
    (Source.PROCURATORATE.value, 1),
    (Source.POLICE.value, 20),
    (Source.PETITION.value, 4),
    (Source.OTHER.value, 2),
)
HUANGSHI_FEN = 2_873_800_000

# A mountain county, first three quarters (domain.md T2), its local types rolled up.
COUNTY_TYPES = (
    ("01", 646), ("02", 1670), ("03", 224), ("04", 122), ("06", 446), ("07", 1408), ("08", 317),
    ("102", 45), ("09", 18), ("14", 48), ("13", 28), ("15", 2), ("99", 849 + 13 + 99),
)  # fmt: skip


@pytest.fixture
def huangshi_unit() -> Unit:
    return a_unit(UnitKind.TOWNSHIP, "990100100000", "黄石")


@pytest.fixture
def huangshi(huangshi_unit: Unit) -> Counts:
    settled, open_ = Outcome.SETTLED.value, ""
    oral, written = AgreementForm.ORAL.value, AgreementForm.WRITTEN.value
    ends = ([(settled, oral)] * 300) + ([(settled, written)] * 542)
    ends += [(Outcome.FAILED.value, "")] * 20 + [(open_, "")] * 7
    cases = zip(spread(HUANGSHI_TYPES, 7), spread(HUANGSHI_SOURCES, 13), ends, strict=True)
    rows = case_counts(
        huangshi_unit.id,
        ((kind, source, *end, place % 40 == 0) for place, (kind, source, end) in enumerate(cases)),
    )
    # The whole sum on one row of settled cases: rounding may happen only once.
    first = next(place for place, row in enumerate(rows) if row.form == written)
    row = rows[first]
    rows[first] = CaseCount(
        row.unit_id, row.type, row.source, row.outcome, row.form, row.complex, row.cases,
        row.people, HUANGSHI_FEN,
    )  # fmt: skip
    return Counts(
        tuple(rows),
        (ScreeningCount(huangshi_unit.id, 12, 9),),
        (
            PreventionCount(huangshi_unit.id, PreventionKind.CRIME.value, 1, 4),
            PreventionCount(huangshi_unit.id, PreventionKind.PETITION.value, 3, 15),
        ),
    )


@pytest.fixture
def county(huangshi_unit: Unit) -> Counts:
    settled, failed = Outcome.SETTLED.value, Outcome.FAILED.value
    written = AgreementForm.WRITTEN.value
    kinds = spread(COUNTY_TYPES, 1)
    land = kinds.index("07")
    lost = {*range(land, land + 30), *range(11)}
    cases = (
        (kind, Source.OWN.value, *((failed, "") if place in lost else (settled, written)), False)
        for place, kind in enumerate(kinds)
    )
    return Counts(tuple(case_counts(huangshi_unit.id, cases)))


@pytest.fixture
def township() -> tuple[Unit, ...]:
    """One community, two villages and the township's own committee, not in code order."""
    return (
        a_unit(UnitKind.VILLAGE, "990100124201", "尖石村"),
        a_unit(UnitKind.TOWNSHIP, "990100124000", "双河镇"),
        a_unit(UnitKind.COMMUNITY, "990100124001", "双河社区"),
        a_unit(UnitKind.VILLAGE, "990100124200", "梨园村"),
    )
