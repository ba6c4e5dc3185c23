"""黄石, August 2016 (domain.md T1): records to its margins give every number it printed."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

import pytest
from builders import a_dispute, an_agreement
from huangshi_printed import PRINTED_NUMBERS, PRINTED_TYPES

from mediation_desk.desk.reporting import township_table
from mediation_desk.desk.setting_up import create, found_office
from mediation_desk.domain.codes import (
    AgreementForm,
    CaseStatus,
    Outcome,
    Performance,
    PreventionKind,
    Source,
)
from mediation_desk.domain.handling import Agreement
from mediation_desk.domain.periods import Period, month
from mediation_desk.domain.prevention import Prevention
from mediation_desk.domain.record import Record, new_id
from mediation_desk.figures import types
from mediation_desk.figures.calibre import Calibre
from mediation_desk.figures.identities import table_problems
from mediation_desk.figures.ministry import COLUMNS, shown
from mediation_desk.store.register import Register

# The same as the finest types: 劳动争议 and 消费 stand together only in the 15-type list.
FINE_TYPES = (
    ("01", 160), ("02", 278), ("03", 67), ("04", 44), ("05", 31), ("06", 76), ("07", 18),
    ("08", 28), ("09", 4), ("101", 6), ("102", 7), ("11", 1), ("121", 2), ("122", 4), ("13", 55),
    ("14", 33), ("15", 1), ("99", 54),
)  # fmt: skip
SOURCES = (
    (Source.OWN, 455), (Source.WRITTEN, 150), (Source.SPOKEN, 228), (Source.COURT, 11),
    (Source.PROCURATORATE, 2), (Source.POLICE, 13), (Source.PETITION, 7), (Source.OTHER, 3),
)  # fmt: skip
TOTAL, SETTLED, FEN = 869, 842, 2_873_800_000
AUGUST, JULY, LAST_YEAR = month(2016, 8), month(2016, 7), month(2015, 8)


def _spread(margin: Sequence[tuple[object, int]], step: int) -> list[object]:
    """A code for each case so that the margin holds; a step prime to the sum mixes them."""
    codes = [code for code, cases in margin for _ in range(cases)]
    mixed = [codes[place * step % len(codes)] for place in range(len(codes))]
    assert sorted(map(str, mixed)) == sorted(map(str, codes))
    return mixed


def _amounts() -> list[int]:
    """Amounts in fen that add up to the printed sum though no single one is round."""
    amounts = [3_413_064 + (place % 2 * 2 - 1) * 1_234 for place in range(SETTLED)]
    amounts[-1] += FEN - sum(amounts)
    return amounts


def _cases(unit_id: str, period: Period, count: int) -> Iterator[Record]:
    """Cases of one month without anything but their number."""
    days = (period.last - period.first).days + 1
    for place in range(count):
        day = period.first + timedelta(days=place % days)
        yield a_dispute(
            unit_id=unit_id, revision=1, year=day.year, number=place + 1000 * day.month,
            intake_on=day, occurred_on=day, closed_on=day, performance=Performance.KEPT,
        )  # fmt: skip


def _august(unit_id: str) -> Iterator[Record]:
    kinds, sources = _spread(FINE_TYPES, 7), _spread(SOURCES, 13)
    amounts = _amounts()
    for place, case in enumerate(_cases(unit_id, AUGUST, TOTAL)):
        values = {name: getattr(case, name) for name in ("unit_id", "revision", "year", "number")}
        day = case.intake_on
        values |= {"type": kinds[place], "source": sources[place], "intake_on": day}
        values |= {"occurred_on": day, "people": 2 + place % 3}
        if place >= SETTLED + 20:
            values |= {"status": CaseStatus.MEDIATING, "outcome": None, "closed_on": None}
            yield a_dispute(**values, performance=None)
        elif place >= SETTLED:
            yield a_dispute(**values, closed_on=day, outcome=Outcome.FAILED, performance=None)
        else:
            dispute = a_dispute(**values, closed_on=day, performance=Performance.KEPT)
            yield dispute
            form = AgreementForm.ORAL if place % 5 == 0 else AgreementForm.WRITTEN
            yield _agreement(dispute.id, form, day, amounts[place])


def _agreement(dispute_id: str, form: AgreementForm, day: date, fen: int) -> Agreement:
    return an_agreement(dispute_id, form=form, agreed_on=day, amount_fen=fen, revision=1)


def _preventions(unit_id: str) -> Iterator[Record]:
    for kind, cases, persons in ((PreventionKind.CRIME, 1, 4), (PreventionKind.PETITION, 3, 15)):
        yield Prevention(
            id=new_id(), revision=1, unit_id=unit_id, prevented_on=date(2016, 8, 19), kind=kind,
            cases=cases, persons=persons, reason="化解及时。",
        )  # fmt: skip


@pytest.fixture(scope="module")
def huangshi(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Register]:
    """A real register that holds the three months."""
    founding = found_office("黄石市", "双龙镇", "990100100000", "罗晓")
    folder = tmp_path_factory.mktemp("huangshi") / "register"
    with create(folder, founding, "huangshi-2016") as register:
        committee = register.committee
        assert committee is not None
        with register.change("罗晓", "按公报录入") as change:
            change.adopt(_august(committee.id))
            change.adopt(_cases(committee.id, JULY, 840))
            change.adopt(_cases(committee.id, LAST_YEAR, 1028))
            change.adopt(_preventions(committee.id))
        yield register


def test_every_printed_number(huangshi: Register) -> None:
    table = township_table(huangshi, Calibre(AUGUST))
    printed = {
        column.title: shown(column, value)
        for column, value in zip(COLUMNS, table.own_total.values, strict=True)
    }
    assert PRINTED_NUMBERS.items() <= printed.items()
    assert {
        "防止民间纠纷引起自杀(件)": "0",
        "防止群体性械斗(人)": "0",
    }.items() <= printed.items()
    assert table_problems(table) == []


def test_every_printed_percentage(huangshi: Register) -> None:
    counts = huangshi.counts(Calibre(AUGUST))
    by_type = types.by_type(counts, "15")
    assert [(row.label, row.cases, str(row.percent)) for row in by_type] == list(PRINTED_TYPES)
    assert sum(row.percent or 0 for row in by_type) == Decimal("100.0")
    assert [(row.cases, str(row.percent)) for row in types.by_source(counts)] == [
        (455, "52.4"), (378, "43.5"), (36, "4.1"),
    ]  # fmt: skip
    rate = types.success_rate(counts)
    assert (rate.part, rate.whole, str(rate.percent)) == (842, 869, "96.9")


def test_the_printed_changes_on_the_year_and_on_july(huangshi: Register) -> None:
    now, july, last_year = (
        township_table(huangshi, Calibre(period)).grand_total.values[0]
        for period in (AUGUST, JULY, LAST_YEAR)
    )
    on_year, on_month = types.compare(now, last_year), types.compare(now, july)
    assert (on_year.difference, str(on_year.percent)) == (-159, "-15.5")
    assert (on_month.difference, str(on_month.percent)) == (29, "3.5")


def test_money_is_rounded_once_at_the_end() -> None:
    """The test of the test: rounding each amount would print another sum."""
    each = sum((Decimal(fen) / 1_000_000).quantize(Decimal("0.01"), ROUND_HALF_UP)
               for fen in _amounts())  # fmt: skip
    assert sum(_amounts()) == FEN
    assert each != Decimal("2873.80")


def test_a_register_of_this_size_is_whole(huangshi: Register) -> None:
    assert huangshi.verify() == []
