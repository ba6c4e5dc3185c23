"""A township's report of invented cases."""

import random
from datetime import date, timedelta

from mediation_desk.domain.codes import PreventionKind, Source, UnitKind
from mediation_desk.domain.dispute_types import BY_CODE
from mediation_desk.domain.organisation import Unit
from mediation_desk.domain.periods import year
from mediation_desk.domain.record import unit_id
from mediation_desk.exchange.basis import Basis, BasisCase, BasisWork
from mediation_desk.exchange.report_writing import ReportHead
from mediation_desk.figures.calibre import Calibre
from mediation_desk.figures.ministry import Table, ministry_table


def _unit(kind: UnitKind, code: str, name: str) -> Unit:
    return Unit(id=unit_id(str(kind.value), code), revision=1, code=code, name=name, kind=kind)


def made_units() -> list[Unit]:
    """Two villages of the same name, a community, and the township's own committee."""
    return [
        _unit(UnitKind.TOWNSHIP, "500230118000", "双龙镇"),
        _unit(UnitKind.COMMUNITY, "500230118001", "双龙场社区"),
        _unit(UnitKind.VILLAGE, "500230118201", "梨子村"),
        _unit(UnitKind.VILLAGE, "500230118202", "梨子村"),
        _unit(UnitKind.VILLAGE, "500230118203", "空白村"),
    ]


def made_report(cases: int = 200, types: str = "18") -> tuple[ReportHead, Table, list[Unit], Basis]:
    """Head, table, units and basis; the last village has nothing to count."""
    rng = random.Random(7)
    units = made_units()
    ends = [("1", "1"), ("1", "2"), ("2", ""), ("", "")]
    rows = []
    for number in range(cases):
        outcome, form = rng.choice(ends)
        day = date(2026, 1, 1) + timedelta(days=rng.randrange(300))
        rows.append(
            BasisCase(
                unit_id=rng.choice(units[:4]).id,
                number=f"(2026)梨民调字第{number:03d}号",
                type=rng.choice(list(BY_CODE)),
                source=str(rng.choice(list(Source)).value),
                outcome=outcome,
                form=form,
                complex=rng.random() < 0.1,
                people=rng.randrange(2, 6),
                amount_fen=rng.randrange(10**7) if form else 0,
                intake_on=day,
                closed_on=day if outcome else None,
            )
        )
    works = []
    for number in range(20):
        kind = rng.choice(["", *(str(member.value) for member in PreventionKind)])
        events = int(bool(kind))
        works.append(
            BasisWork(
                unit_id=rng.choice(units[:4]).id,
                on=date(2026, 2, 1 + number),
                kind=kind,
                prevented=0 if kind else 3,
                cases=events,
                persons=5 * events,
            )
        )
    basis = Basis(tuple(rows), tuple(works))
    calibre = Calibre(year(2026), types=types)
    table = ministry_table(basis.counts(), units, [units[0].id], calibre)
    return ReportHead(units[0], date(2026, 11, 2), "李明"), table, units, basis
