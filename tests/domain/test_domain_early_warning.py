"""Early warnings: who comes again and again, and which open disputes may grow."""

from datetime import date

from builders import a_case, an_open_case

from mediation_desk.domain.codes import Outcome, Performance, RiskLevel
from mediation_desk.domain.early_warning import (
    Appearance,
    group_warning,
    overdue_warning,
    repeated,
    repeated_warning,
    risk_warning,
)
from mediation_desk.domain.handling import RiskEntry
from mediation_desk.domain.settings import Settings

USUAL = Settings()
TITLE, NUMBER = "冉启林与付家兴邻里纠纷", "(2026)梨民调字第002号"


def seen(
    dispute: str,
    name: str = "向明贵",
    id_number: str = "",
    unit: str = "v",
    label: str = "邻里纠纷",
) -> Appearance:
    return Appearance(name, id_number, unit, dispute, label)


def test_the_same_number_is_the_same_person_however_written() -> None:
    told = [seen("a", id_number="99"), seen("b", "向明桂", "99"), seen("c", id_number="99")]
    (entries,) = repeated(told, 3)
    assert [entry.dispute_id for entry in entries] == ["a", "b", "c"]


def test_without_a_number_name_and_village_decide() -> None:
    told = [seen("a"), seen("b"), seen("c", unit="w")]
    assert repeated(told, 3) == []
    assert len(repeated([*told, seen("d")], 3)) == 1


def test_a_name_joins_the_only_number_known_for_it() -> None:
    told = [seen("a", id_number="99"), seen("b"), seen("c")]
    assert len(repeated(told, 3)) == 1
    # With two persons of that name nobody knows whose the third dispute was.
    assert repeated([*told[:2], seen("c", id_number="98"), seen("d")], 3) == []


def test_one_dispute_counts_once() -> None:
    assert repeated([seen("a"), seen("a"), seen("b")], 3) == []


def test_the_warning_says_how_often_in_what() -> None:
    told = [seen("a"), seen("b", label="合同纠纷"), seen("c")]
    warning = repeated_warning(told, USUAL)
    assert warning.about == "近 6 个月第 3 次：向明贵"
    assert warning.detail == "邻里 2 次、合同 1 次"
    assert warning.dispute_ids == ("a", "b", "c")


def test_many_people_alarm_while_the_dispute_is_open() -> None:
    few, many = an_open_case(people=4).dispute, an_open_case(people=5).dispute
    assert group_warning(few, TITLE, NUMBER, USUAL) is None
    warning = group_warning(many, TITLE, NUMBER, USUAL)
    assert warning is not None
    assert (warning.said, warning.tone) == ("群体 5 人", "amber")
    assert group_warning(a_case(people=9).dispute, TITLE, NUMBER, USUAL) is None


def entry(day: date, level: RiskLevel, **changes: str) -> RiskEntry:
    return RiskEntry(id=f"{day}", dispute_id="x", assessed_on=day, level=level, **changes)


def test_only_the_last_level_counts() -> None:
    dispute = an_open_case().dispute
    red = entry(date(2026, 10, 1), RiskLevel.RED)
    blue = entry(date(2026, 10, 9), RiskLevel.BLUE)
    warning = risk_warning(dispute, TITLE, NUMBER, [red])
    assert warning is not None
    assert (warning.said, warning.tone) == ("红色风险", "red")
    assert "10月1日评估" in warning.detail
    assert risk_warning(dispute, TITLE, NUMBER, [blue, red]) is None
    void = entry(date(2026, 10, 9), RiskLevel.BLUE, void_reason="误登")
    assert risk_warning(dispute, TITLE, NUMBER, [void, red]) is not None
    closed = an_open_case(outcome=Outcome.FAILED).dispute
    assert risk_warning(closed, TITLE, NUMBER, [red]) is None


def test_what_is_not_kept_in_time_alarms() -> None:
    late = a_case(performance=Performance.OVERDUE).dispute
    warning = overdue_warning(late, TITLE, NUMBER)
    assert warning is not None
    assert (warning.said, warning.tone) == ("逾期未履行", "red")
    assert overdue_warning(a_case().dispute, TITLE, NUMBER) is None
