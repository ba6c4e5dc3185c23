"""A calibre says in words what it counts; shares and changes round half up."""

from decimal import Decimal

import pytest

from mediation_desk.domain.periods import month, statistical_year
from mediation_desk.figures import types
from mediation_desk.figures.calibre import Calibre, DateBasis
from mediation_desk.figures.counts import CaseCount, Counts


def test_the_words_name_every_choice() -> None:
    assert Calibre(month(2026, 10)).words() == (
        "统计期间：2026年10月（2026-10-01至2026-10-31）；案件按受理日期统计，含口头协议；"
        "排查、预防按发生日期统计；纠纷类型按18类统计。"
    )
    other = Calibre(statistical_year(2026), DateBasis.CLOSING, oral=False, types="15").words()
    assert "2025-12-01至2026-11-30" in other
    assert "按结案日期统计，不含口头协议案件" in other
    assert "按15类统计" in other


def test_an_unknown_type_list_is_refused() -> None:
    with pytest.raises(ValueError, match="17"):
        Calibre(month(2026, 10), types="17")
    with pytest.raises(ValueError, match="17"):
        types.by_type(Counts(), "17")


def test_shares_round_half_up_and_nothing_has_no_share() -> None:
    assert types.share(1, 800) == Decimal("0.1")
    assert types.share(1, 2000) == Decimal("0.1")
    assert types.share(1, 2001) == Decimal("0.0")
    assert types.share(-1, 2000) == Decimal("-0.1")
    assert types.share(0, 0) is None
    assert types.compare(5, 0) == types.Comparison(5, None)
    assert types.success_rate(Counts()).percent is None


def test_a_type_outside_the_list_is_not_dropped() -> None:
    stray = CaseCount("u", "L1", "10", "", "", complex=False, cases=1, people=2, amount_fen=0)
    with pytest.raises(KeyError):
        types.by_type(Counts((stray,)))
