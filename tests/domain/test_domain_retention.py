"""How long a file is kept: class, local years, last day; nothing has one that is kept for ever."""

from datetime import date

import pytest
from builders import a_dispute

from mediation_desk.domain.codes import Retention
from mediation_desk.domain.retention import kept_until, retention_words
from mediation_desk.domain.settings import Settings

FILED = date(2026, 10, 20)
LOCAL = Settings(retention_short_years=5, retention_long_years=10)


@pytest.mark.parametrize(
    ("retention", "filed", "until", "words"),
    [
        (Retention.SHORT, FILED, date(2031, 12, 31), "短期（5年），到2031-12-31期满"),
        (Retention.LONG, FILED, date(2036, 12, 31), "长期（10年），到2036-12-31期满"),
        (Retention.LONG, None, date(2036, 12, 31), "长期（10年），到2036-12-31期满"),
        (Retention.PERMANENT, FILED, None, "永久"),
        (None, FILED, None, "没有填写保管期限"),
    ],
)
def test_a_file_is_kept_for_whole_years_after_that_of_archiving(retention, filed, until, words):
    dispute = a_dispute(retention=retention, archived_on=filed)
    assert kept_until(dispute, LOCAL) == until
    assert retention_words(dispute, LOCAL) == words


def test_what_is_still_open_has_no_last_day():
    dispute = a_dispute(retention=Retention.SHORT, closed_on=None)
    assert kept_until(dispute, LOCAL) is None
    assert retention_words(dispute, LOCAL) == "短期"


def test_the_usual_years_are_the_longer_ones():
    assert (Settings().retention_short_years, Settings().retention_long_years) == (30, 60)
