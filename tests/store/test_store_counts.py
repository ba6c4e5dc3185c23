"""Counts agree with plain SQL and with a count over the dump, and open the cases behind them."""

import json
import random
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from builders import a_dispute, a_unit, an_agreement
from store_basics import Keep

from mediation_desk.domain.codes import AgreementForm, Outcome, PreventionKind, Source, UnitKind
from mediation_desk.domain.dispute_types import EIGHTEEN
from mediation_desk.domain.organisation import LocalType, Unit
from mediation_desk.domain.periods import Period, month, year
from mediation_desk.domain.prevention import Prevention, Screening
from mediation_desk.domain.record import Record, new_id
from mediation_desk.domain.round_trip import SameCase
from mediation_desk.figures.calibre import Calibre, DateBasis
from mediation_desk.figures.columns import COLUMNS
from mediation_desk.figures.counts import CaseCount
from mediation_desk.figures.figure import OF_CASES, Measure
from mediation_desk.figures.ministry import ministry_table
from mediation_desk.store.register import Register

_KINDS = (UnitKind.VILLAGE, UnitKind.COMMUNITY, UnitKind.TOWNSHIP, UnitKind.ENTERPRISE)
_UNITS = [
    a_unit(id=f"u{place}", code=f"50023012420{place}", kind=kind, revision=1)
    for place, kind in enumerate(_KINDS)
]
_LOCAL = (
    LocalType(id="l1", revision=1, code="L1", label="涉竹纠纷", rolls_up_to="07"),
    LocalType(
        id="l2", revision=1, code="L2", label="涉鱼纠纷", rolls_up_to="07", void_reason="停用"
    ),
)
_CALIBRES = [
    Calibre(period, basis, oral)
    for period in (year(2026), month(2026, 3), Period(date(2025, 12, 1), date(2026, 2, 28)))
    for basis in DateBasis
    for oral in (True, False)
]


def _maybe(chance: random.Random, value: Any, otherwise: Any = None, share: float = 0.8) -> Any:
    return value if chance.random() < share else otherwise


def _agreements(chance: random.Random, dispute_id: str) -> Iterator[Record]:
    for _ in range(chance.choice((0, 1, 1, 1, 2))):
        yield an_agreement(
            dispute_id,
            revision=1,
            form=chance.choice(list(AgreementForm)),
            agreed_on=date(2026, 1, 1) + timedelta(days=chance.randrange(3)),
            amount_fen=chance.randrange(10**6),
            void_reason=_maybe(chance, "", "错"),
        )


def _same_cases(chance: random.Random, ids: list[str]) -> Iterator[Record]:
    """Some entries that are one dispute; some chained, some with a void entry, some void."""
    chosen = chance.sample(ids, 60)
    for main, other in [*zip(chosen[:30], chosen[30:], strict=True), *pairwise(chosen[:20])]:
        if chance.random() < 0.6:
            yield SameCase(
                id=new_id(),
                revision=1,
                main_id=main,
                other_id=other,
                decided_on=date(2026, 3, 1),
                void_reason=_maybe(chance, "", "错"),
            )


def _records(seed: int) -> Iterator[Record]:
    """A township in which everything that may be left out or twofold is so somewhere."""
    chance = random.Random(seed)
    yield from _UNITS
    yield from _LOCAL
    codes = [*(entry.code for entry in EIGHTEEN), "L1", "L2"]
    ids: list[str] = []
    for number in range(1, 161):
        day = date(2025, 11, 15) + timedelta(days=chance.randrange(150))
        dispute = a_dispute(
            revision=1,
            unit_id=chance.choice(_UNITS).id,
            number=number,
            type=chance.choice(codes),
            source=chance.choice(list(Source)),
            intake_on=_maybe(chance, day, share=0.9),
            closed_on=_maybe(chance, day + timedelta(days=chance.randrange(60))),
            outcome=_maybe(chance, chance.choice(list(Outcome))),
            people=chance.randrange(2, 9),
            complex=chance.random() < 0.2,
            void_reason=_maybe(chance, "", "错", share=0.9),
        )
        yield dispute
        ids.append(dispute.id)
        yield from _agreements(chance, dispute.id)
    yield from _same_cases(chance, ids)
    for _ in range(40):
        day = date(2025, 11, 15) + timedelta(days=chance.randrange(150))
        held = {
            "revision": 1,
            "unit_id": chance.choice(_UNITS).id,
            "void_reason": _maybe(chance, "", "错"),
        }
        yield Screening(id=new_id(), screened_on=day, prevented=chance.randrange(3), **held)
        kind = chance.choice(list(PreventionKind))
        cases, persons = chance.randrange(1, 4), chance.randrange(1, 9)
        yield Prevention(
            id=new_id(), prevented_on=day, kind=kind, cases=cases, persons=persons, **held
        )


@pytest.fixture(params=range(3))
def township(request: pytest.FixtureRequest, office: Register) -> Register:
    with office.change("罗晓", "导入") as change:
        change.adopt(_records(request.param))
    return office


class _Dumped:
    """The same register once more, out of its dump, without any of the program's counting."""

    def __init__(self, lines: Iterable[str]) -> None:
        self.of: dict[str, list[dict[str, Any]]] = {}
        for line in map(json.loads, lines):
            self.of.setdefault(line["kind"], []).append(line["values"])

    def agreement(self, dispute: dict[str, Any]) -> dict[str, Any]:
        standing = [
            entry
            for entry in self.of["agreement"]
            if entry["dispute_id"] == dispute["id"] and not entry["void_reason"]
        ]
        standing.sort(key=lambda entry: (entry["agreed_on"], entry["id"]))
        return standing[-1] if standing else {"form": "", "amount_fen": 0}

    def twins(self) -> set[str]:
        """The disputes that count as another one that is in the figures itself."""
        stands = {
            entry["id"]
            for entry in self.of["dispute"]
            if not entry["void_reason"] and entry["intake_on"] and entry["outcome"] != "4"
        }
        same = [entry for entry in self.of["same_case"] if not entry["void_reason"]]
        return {entry["other_id"] for entry in same if entry["main_id"] in stands}

    def disputes(self, calibre: Calibre) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
        twins = self.twins()
        first, last = calibre.period.first.isoformat(), calibre.period.last.isoformat()
        for dispute in self.of["dispute"]:
            agreement = self.agreement(dispute)
            day = dispute["intake_on" if calibre.basis is DateBasis.INTAKE else "closed_on"]
            if (
                dispute["id"] not in twins
                and not dispute["void_reason"]
                and dispute["intake_on"]
                and dispute["outcome"] != "4"
                and first <= (day or "") <= last
                and (calibre.oral or agreement["form"] != "1")
            ):
                yield dispute, agreement

    def cases(self, calibre: Calibre) -> list[CaseCount]:
        official = {entry["code"]: entry["rolls_up_to"] for entry in self.of["local_type"]}
        groups: dict[tuple[Any, ...], Counter[str]] = {}
        for dispute, agreement in self.disputes(calibre):
            kind = official.get(dispute["type"], dispute["type"])
            key = (
                dispute["unit_id"], kind, dispute["source"], dispute["outcome"] or "",
                agreement["form"], dispute["complex"],
                dispute["type"] if dispute["type"] in official else "",
            )  # fmt: skip
            total = groups.setdefault(key, Counter())
            total.update(cases=1, people=dispute["people"], amount_fen=agreement["amount_fen"])
        return sorted(
            CaseCount(*key, total["cases"], total["people"], total["amount_fen"], subtype)
            for (*key, subtype), total in groups.items()
        )


@pytest.mark.parametrize("calibre", _CALIBRES, ids=lambda calibre: calibre.words()[5:16])
def test_counts_are_what_the_dump_holds(township: Register, calibre: Calibre) -> None:
    dumped = _Dumped(township.dump())
    counts = township.counts(calibre)
    assert sorted(counts.cases) == dumped.cases(calibre)
    assert all(type(row.complex) is bool for row in counts.cases)
    first, last = calibre.period.first.isoformat(), calibre.period.last.isoformat()
    rounds: Counter[str] = Counter()
    events: Counter[tuple[str, str]] = Counter()
    for entry in dumped.of["screening"]:
        if not entry["void_reason"] and first <= entry["screened_on"] <= last:
            rounds[entry["unit_id"]] += 1
    for entry in dumped.of["prevention"]:
        if not entry["void_reason"] and first <= entry["prevented_on"] <= last:
            events[entry["unit_id"], entry["kind"]] += entry["cases"]
    assert {row.unit_id: row.rounds for row in counts.screenings} == rounds
    assert {(row.unit_id, row.kind): row.cases for row in counts.preventions} == events


def test_counts_are_what_plain_sql_says(township: Register) -> None:
    sql = (
        "SELECT count(*), sum(people) FROM dispute d WHERE void_reason = '' AND intake_on LIKE "
        "'2026-%' AND outcome IS NOT '4' {} AND id NOT IN (SELECT s.other_id FROM same_case s "
        "WHERE s.void_reason = '' AND s.main_id IN (SELECT m.id FROM dispute m WHERE "
        "m.void_reason = '' AND m.intake_on IS NOT NULL AND m.outcome IS NOT '4'))"
    )
    oral = (
        "AND '1' IS NOT (SELECT form FROM agreement WHERE dispute_id = d.id AND void_reason = '' "
        "ORDER BY agreed_on DESC, id DESC LIMIT 1)"
    )
    for with_oral, more in ((True, ""), (False, oral)):
        [expected] = township._sql.rows(sql.format(more))
        cases = township.counts(Calibre(year(2026), oral=with_oral)).cases
        assert (sum(row.cases for row in cases), sum(row.people for row in cases)) == expected


def test_entries_of_one_dispute_are_left_out_of_something(township: Register) -> None:
    dumped = _Dumped(township.dump())
    assert 5 < len(dumped.twins()) < len(dumped.of["same_case"])
    left_out = set(township.counted_by([entry["id"] for entry in dumped.of["dispute"]]))
    assert left_out == dumped.twins()


@pytest.mark.parametrize("calibre", _CALIBRES[:4], ids=lambda calibre: calibre.words()[5:16])
def test_behind_every_figure_stand_as_many_cases(township: Register, calibre: Calibre) -> None:
    counts, units = township.counts(calibre), township.units()
    people = {entry.id: entry.people for entry in township.all("dispute")}
    for chosen in (units, units[:1], units[1:3]):
        ids = [unit.id for unit in chosen]
        for column in COLUMNS:
            figure = column.figure
            places = township.places_behind(calibre, figure, ids)
            rows = township.rows_at(places)
            assert [row.row for row in rows] == places == sorted(set(places), reverse=True)
            value = figure.value(counts, chosen)
            if figure.measure is Measure.CASES:
                assert len(places) == value, column.title
            elif figure.measure is Measure.PEOPLE:
                assert sum(people[row.dispute.id] for row in rows) == value
            elif figure.measure not in OF_CASES:
                assert places == []
    assert len(township.places_behind(calibre)) == sum(row.cases for row in counts.cases)


def test_the_table_can_be_laid_out_over_any_units(township: Register) -> None:
    calibre = Calibre(year(2026))
    table = ministry_table(township.counts(calibre), township.units(), ["u2"], calibre)
    whole = sum(row.cases for row in township.counts(calibre).cases)
    assert table.grand_total.values[0] == whole > table.own_total.values[0] > 0


def test_a_local_type_counts_under_its_official_one_as_soon_as_it_is_there(
    register: Register, keep: Keep
) -> None:
    local = LocalType(id="l1", code="L1", label="涉竹纠纷", rolls_up_to="07")
    keep(local, a_dispute(number=1, type="L1"), a_dispute(number=2, type="07"))
    calibre = Calibre(year(2026))
    rows = register.counts(calibre).cases
    told = sorted((row.type, row.subtype, row.cases) for row in rows)
    assert told == [("07", "", 1), ("07", "L1", 1)]
    keep(replace(register.get("local_type", "l1"), rolls_up_to="99"))
    assert sorted(row.type for row in register.counts(calibre).cases) == ["07", "99"]
    assert register.types.label("L1") == "涉竹纠纷"


def test_an_empty_register_counts_nothing(register: Register) -> None:
    counts = register.counts(Calibre(year(2026)))
    assert (counts.cases, counts.screenings, counts.preventions) == ((), (), ())
    units: list[Unit] = register.units()
    assert all(column.figure.value(counts, units) == 0 for column in COLUMNS)
