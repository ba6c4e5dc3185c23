"""A frozen report stands still, whatever happens afterwards, and every change is told apart."""

import random
import uuid
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from builders import TODAY
from frozen_life import CLERK, Life, Weights
from own_counts import Asked
from soak_desks import Mould, an_office

from mediation_desk.desk import freezing
from mediation_desk.desk import frozen as frozen_reports
from mediation_desk.desk.adjusting import Adjustment
from mediation_desk.domain.periods import month
from mediation_desk.figures.calibre import Calibre, DateBasis
from mediation_desk.figures.frozen import table_text
from mediation_desk.figures.ministry import COLUMNS
from mediation_desk.figures.tables import TABLES
from mediation_desk.store.register import Register

_ASKED = Asked("2026-03-01", "2026-03-31")
_CALIBRE = Calibre(month(2026, 3), DateBasis.INTAKE)


@pytest.fixture(scope="module")
def mould(tmp_path_factory: pytest.TempPathFactory) -> Mould:
    return an_office(tmp_path_factory.mktemp("frozen") / "office")


def _effects(found: Adjustment) -> dict[tuple[str, str], int]:
    return {(effect.row, effect.label + effect.unit): effect.more for effect in found.effects}


def _expected(
    register: Register, then: Weights, now: Weights, key: tuple[str, str]
) -> dict[tuple[str, str], int]:
    names = {unit.id: unit.name for unit in register.units()}
    was, is_ = then.get(key, {}), now.get(key, {})
    more = {place: is_.get(place, 0) - was.get(place, 0) for place in {*was, *is_}}
    return {
        (names[unit], COLUMNS[number].label + COLUMNS[number].unit): value
        for (unit, number), value in more.items()
        if value
    }


def _acts(life: Life, since: int, key: tuple[str, str]) -> list[int]:
    """The acts that changed what an entry counts for, as the dumps after each of them tell."""
    numbers = sorted(number for number in life.acts if number >= since)
    told = [life.acts[number].get(key) for number in numbers]
    return [
        number
        for number, before, after in zip(numbers[1:], told, told[1:], strict=False)
        if before != after
    ]


def test_a_frozen_report_stands_still_and_every_change_that_touches_it_is_told(
    mould: Mould,
    rounds: Callable[[int, int], int],
    told: Callable[[str], None],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for seed in range(rounds(5, 1)):
        dice = random.Random(seed)
        _from_the_seed(seed, monkeypatch)
        with mould.open(tmp_path / "office") as register:
            life = Life(register, _ASKED, dice)
            life.begin(rounds(60, 25))
            others = dice.sample(sorted(TABLES), rounds(len(TABLES), 3))
            reports = [
                freezing.freeze(register, table, _CALIBRE, CLERK, TODAY).report
                for table in ("ministry", *others)
            ]
            before, then = max(life.acts), life.acts[max(life.acts)]
            life.live(rounds(200, 40))
            now = life.acts[max(life.acts)]
            for report in reports:
                again = frozen_reports.recounted(register, report)
                assert table_text(again).encode() == report.figures.encode(), (seed, report.table)
            found = frozen_reports.adjustments(register, reports[0])
            _tell_all(life, before, then, now, found)
            # In other tables other things of a case count; what is told is all of the difference.
            for report in reports:
                what = [entry.what for entry in frozen_reports.adjustments(register, report)]
                assert "不能归到某一件" not in what, (seed, report.table)
            assert register.verify() == []
            happened = ", ".join(f"{name} {count}" for name, count in sorted(life.happened.items()))
            told(f"seed {seed}: {len(found)} adjustments; {happened}")


def _from_the_seed(seed: int, patch: pytest.MonkeyPatch) -> None:
    """Let every identity come from the seed, so that a run can be had again."""
    dice = random.Random(seed)
    patch.setattr(uuid, "uuid4", lambda: uuid.UUID(int=dice.getrandbits(128), version=4))


def _tell_all(
    life: Life, before: int, then: Weights, now: Weights, found: list[Adjustment]
) -> None:
    """Every entry that counts otherwise is told once, with what it changed and by which acts."""
    moved = {key for key in {*then, *now} if then.get(key) != now.get(key)}
    cases = [id_ for kind, id_ in moved if kind == "dispute"]
    assert Counter(entry.dispute_id for entry in found if entry.dispute_id) == Counter(cases)
    works = [entry for entry in found if not entry.dispute_id]
    assert len(works) == len(moved) - len(cases)
    for entry in found:
        assert all(step.told for step in entry.steps), entry
        if entry.dispute_id:
            key = ("dispute", entry.dispute_id)
            assert _effects(entry) == _expected(life.register, then, now, key)
            assert [step.act for step in entry.steps] == _acts(life, before, key)
