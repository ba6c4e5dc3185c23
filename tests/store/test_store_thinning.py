"""Which backups may go, as a table over their names and the moment."""

from datetime import datetime, timedelta

import pytest

from mediation_desk.store.thinning import STAMP, dropped, moment

NOW = datetime(2026, 11, 18, 15, 0)  # noqa: DTZ001 - names hold local time


def ago(days: float) -> str:
    return (NOW - timedelta(days=days)).strftime(STAMP)


# How old backups are in days, and which of these may go.
TABLE = {
    "all of the last day": ([0.9, 0.8, 0.5, 0.4, 0.3, 0.2, 0.1, 0], []),
    "one of each day": ([2.4, 2.2, 2.1, 0.5, 0.4, 0.3, 0.2, 0], [2.4, 2.2]),
    "two weeks of days": ([*range(14, 0, -1), 0], []),
    # The week of Monday the 26th to Sunday the 1st ends with October.
    "one of each week": ([23, 22, 21, 20, 19, 18, 17, 4, 3, 2, 1, 0], [23, 22, 21, 20, 19]),
    "one of each month": ([140, 135, 130, 111, 110, 4, 3, 2, 1, 0], [140, 135, 130, 111]),
    "never fewer than five": ([300.4, 300.3, 300.2, 300.1, 300], []),
    "a month keeps its only one": ([110, 108, 80, 4, 3, 2, 1, 0], []),
    "none": ([], []),
}


@pytest.mark.parametrize(("ages", "gone"), TABLE.values(), ids=TABLE)
def test_the_older_the_fewer(ages: list[float], gone: list[float]) -> None:
    assert dropped([ago(days) for days in ages], NOW) == [ago(days) for days in gone]


def test_a_clock_set_back_loses_nothing() -> None:
    real = [ago(days) for days in (3, 2.5, 2, 1, 0.5)]
    back = NOW - timedelta(days=3000)
    later = [f"{real[-1]}+{count:04d}" for count in range(1, 30)]
    assert dropped([*real, *later], back) == []
    # Weeks of work under a wrong clock do not fill the disk, and cost nothing of before.
    many = [f"{real[-1]}+{count:04d}" for count in range(1, 101)]
    assert dropped([*real, *many], back) == many[:60]
    # Right again, it is one moment: that of the last backup whose moment was known.
    assert dropped([*real, *later], NOW + timedelta(days=5)) == [real[1], real[4], *later[:-5]]


def test_thinning_twice_is_thinning_once_and_a_year_of_days_stays_small() -> None:
    left: list[str] = []
    for day in range(730):
        now = NOW + timedelta(days=day)
        left += [(now + timedelta(hours=hour)).strftime(STAMP) for hour in (1, 3, 5)]
        gone = dropped(left, now + timedelta(hours=5))
        left = [name for name in left if name not in gone]
        assert dropped(left, now + timedelta(hours=5)) == []
        months = {name[:6] for name in left}
        assert len(months) == (now.year * 12 + now.month) - (NOW.year * 12 + NOW.month) + 1
    assert len(left) < 70


def test_other_names_are_left_alone() -> None:
    assert moment("照片") is None
    assert dropped(["照片", "20261301-000000-000000", "x"], NOW, newest=0) == []
