"""A wrong clock is noticed, stays noticed, and is trusted once somebody says that it is right."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from mediation_desk import RELEASED
from mediation_desk.desk.clock import now
from mediation_desk.desk.clock_doubt import clock_doubt, trust_clock
from mediation_desk.store import changing
from mediation_desk.store.register import Register

DAY, HOUR = timedelta(days=1), timedelta(hours=1)


def write_at(register: Register, moment: datetime, patch: pytest.MonkeyPatch) -> None:
    """Write an act by a clock that shows `moment`."""

    class Clock(datetime):
        @classmethod
        def now(cls, _tz: object = None) -> datetime:  # type: ignore[override]
            return moment

    with patch.context() as here:
        here.setattr(changing, "datetime", Clock)
        with register.change("陶素芬", "改") as change:
            change.keep(replace(register.unit, number_word=f"梨{moment:%y%m%d%H%M}"))


def test_a_right_clock_is_not_spoken_of(village: Register) -> None:
    assert clock_doubt(village, now()) == ""
    assert clock_doubt(village, now() + 300 * DAY) == ""
    assert village.setting("clock") == ""


def test_a_clock_before_the_newest_act_is_doubted(village: Register) -> None:
    said = clock_doubt(village, now() - DAY)
    assert said.startswith("电脑日期可能不对：现在显示")
    assert "比登记簿里最近一次记录" in said
    # An hour is what summer times and corrections are about.
    assert clock_doubt(village, now() - HOUR / 2) == ""


def test_a_clock_before_the_program_was_made_is_doubted(village: Register) -> None:
    made = datetime.fromisoformat(RELEASED).astimezone()
    trust_clock(village, made - 700 * DAY)
    assert clock_doubt(village, made - 699 * DAY) == ""
    village.set("clock", "")
    assert "还早" in clock_doubt(village, made - DAY)


def test_a_jump_of_more_than_a_year_stays_doubted_though_somebody_writes_on(
    village: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    ahead = now() + 400 * DAY
    assert "已经过了一年多" in clock_doubt(village, ahead)
    write_at(village, ahead, monkeypatch)
    assert "已经过了一年多" in clock_doubt(village, ahead + DAY)
    # Put right again, nothing is said, though the newest act lies ahead.
    assert clock_doubt(village, now() + DAY) == ""
    write_at(village, now() + DAY, monkeypatch)
    assert clock_doubt(village, now() + 2 * DAY) == ""
    assert "还早" in clock_doubt(village, now() - DAY)


def test_who_says_that_it_is_right_is_believed(
    village: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    ahead = now() + 400 * DAY
    assert clock_doubt(village, ahead)
    trust_clock(village, ahead)
    assert clock_doubt(village, ahead) == ""
    # From then on it is the measure: a year later it still is, as long as somebody works.
    for months in range(1, 20):
        moment = ahead + months * 30 * DAY
        assert clock_doubt(village, moment) == ""
        write_at(village, moment, monkeypatch)
    assert "还早" in clock_doubt(village, ahead)
    assert "已经过了一年多" in clock_doubt(village, ahead + 1200 * DAY)


def test_the_office_is_watched_as_well(office: Register) -> None:
    assert clock_doubt(office, now() - 30 * DAY)
    assert clock_doubt(office, now()) == ""
