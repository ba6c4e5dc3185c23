"""Each rule of early warning finds its one fault, and nothing in a township without any."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from builders import TODAY, a_case, a_session, an_open_case

from mediation_desk.domain.casefile import CaseFile
from mediation_desk.domain.codes import (
    Direction,
    Outcome,
    Performance,
    ReferralChannel,
    RiskLevel,
    SessionKind,
    SessionResult,
)
from mediation_desk.domain.dispute_types import TypeTable
from mediation_desk.domain.handling import Referral
from mediation_desk.domain.organisation import LocalType
from mediation_desk.domain.settings import Settings
from mediation_desk.domain.warning_codes import WarningRule
from mediation_desk.domain.warning_rules import (
    OF_A_CASE,
    Ground,
    Sign,
    case_signs,
    months_in,
    packed_rules,
    rule_levels,
    words_in,
    wrong_words,
)

AUGUST = date(2026, 8, 20)


def ground(day: date = AUGUST, **changes: Any) -> Ground:
    return Ground(day, Settings(**changes), TypeTable())


def mediated(times: int, **changes: Any) -> CaseFile:
    case = an_open_case(**changes)
    held = tuple(
        a_session(case.dispute.id, held_on=date(2026, 8, 1 + n), result=SessionResult.CONTINUED)
        for n in range(times)
    )
    return replace(case, sessions=held)


def unpaid(**changes: Any) -> CaseFile:
    case = a_case(**changes)
    return replace(case, promises=tuple(replace(p, due_on=date(2026, 8, 1)) for p in case.promises))


def petition(**changes: Any) -> CaseFile:
    case = an_open_case(**changes)
    letter = Referral(
        id="f", dispute_id=case.dispute.id, direction=Direction.IN, body="镇信访办",
        channel=ReferralChannel.PETITION, first_petition=True, letter_on=date(2026, 8, 2),
    )  # fmt: skip
    return replace(case, referrals=(letter,))


def talked(words: str, **changes: Any) -> CaseFile:
    case = an_open_case(**changes)
    session = a_session(
        case.dispute.id, kind=SessionKind.INQUIRY, result=None, narrative=words,
        held_on=date(2026, 8, 3),
    )  # fmt: skip
    return replace(case, sessions=(session,))


# One fault each, by the rule that finds it.
FAULTS = {
    WarningRule.GROUP: an_open_case(people=5),
    WarningRule.FRUITLESS: mediated(3),
    WarningRule.UNPAID: unpaid(),
    WarningRule.WORDS: talked("蒋仕文说谁敢来就和谁同归于尽。"),
    WarningRule.ESCALATION: an_open_case(escalation="双方有推搡。"),
    WarningRule.PETITION: petition(),
    WarningRule.SEASON: an_open_case(type="07"),
}
# The day on which it is one: only in its season is land in season.
DAYS = {WarningRule.SEASON: date(2026, 9, 2)}


@pytest.mark.parametrize("rule", FAULTS)
def test_a_rule_finds_its_one_fault_and_nothing_else(rule: WarningRule) -> None:
    case = FAULTS[rule]
    (sign,) = case_signs(case, ground(DAYS.get(rule, AUGUST)))
    assert sign.rule is rule
    assert sign.dispute_id == case.dispute.id
    assert sign.reason
    assert sign.evidence
    for party in case.parties:
        assert party.name not in sign.reason
        assert not any(party.name in entry for entry in sign.evidence)


def test_every_rule_of_a_case_has_its_fault() -> None:
    assert set(FAULTS) == set(OF_A_CASE)


@pytest.mark.parametrize(
    "case",
    [
        an_open_case(people=4),
        a_case(people=40),
        mediated(2),
        a_case(),
        talked("双方心平气和。"),
        an_open_case(escalation=" "),
        an_open_case(type="07"),
        replace(petition(), referrals=()),
        mediated(3, void_reason="重复登记"),
        talked("扬言报复", outcome=Outcome.FAILED),
        petition(outcome=Outcome.FAILED),
        unpaid(performance=Performance.SUED),
        unpaid(void_reason="重复登记"),
    ],
)
def test_what_is_in_order_alarms_nobody(case: CaseFile) -> None:
    assert case_signs(case, ground()) == []


def only(case: CaseFile, day: date = AUGUST, **changes: Any) -> Sign:
    (sign,) = case_signs(case, ground(day, **changes))
    return sign


def test_the_words_found_are_told_with_where_they_stand() -> None:
    case = talked("他扬言要报复，我说不要报复。")
    sign = only(case)
    assert sign.reason == "记录里有“报复、扬言”（8月3日调查记录）"
    session = case.sessions[0].id
    assert sign.evidence == (f"said:{session}:报复", f"said:{session}:扬言")
    assert only(talked("挖断了水管"), warning_words="挖断、 水管").evidence
    assert case_signs(case, ground(warning_words="")) == []


def test_words_are_looked_for_in_every_text_of_the_case() -> None:
    for name in ("facts", "requests"):
        assert only(an_open_case(**{name: "扬言堵路"})).rule is WarningRule.WORDS
    found = case_signs(an_open_case(escalation="扬言堵路"), ground())
    assert [sign.rule for sign in found] == [WarningRule.WORDS, WarningRule.ESCALATION]


def test_thresholds_are_settings() -> None:
    assert case_signs(an_open_case(people=9), ground(group_threshold=10)) == []
    assert case_signs(mediated(3), ground(fruitless_sessions=4)) == []
    assert only(mediated(1), fruitless_sessions=1).reason == "已调解 1 次，还没有结果"


def test_a_rule_may_be_left_out_or_suggest_another_level() -> None:
    case = an_open_case(people=5)
    assert only(case).suggested is RiskLevel.ORANGE
    assert only(case, warning_rules="J1:4").suggested is RiskLevel.RED
    assert case_signs(case, ground(warning_rules="J1:-")) == []
    changed = rule_levels(Settings(warning_rules="J1:- J9:3 无 J2:9"))
    assert packed_rules(changed) == "J1:- J9:3"
    assert packed_rules(rule_levels(Settings())) == ""


def test_land_alarms_in_its_season_and_each_season_anew() -> None:
    case = an_open_case(type="07", intake_on=date(2026, 2, 1))
    spring = only(case, date(2026, 4, 30))
    assert spring.evidence == ("season:2026-03",)
    assert "（3月起）" in spring.reason
    assert only(case, date(2026, 5, 1)).evidence == spring.evidence
    assert only(case, date(2026, 10, 1)).evidence == ("season:2026-09",)
    assert case_signs(case, ground(date(2026, 6, 1))) == []
    over = only(case, date(2027, 1, 5), season_months="11 12 1")
    assert over.evidence == ("season:2026-11",)
    assert only(case, AUGUST, season_months=" ".join(map(str, range(1, 13))))


def test_a_local_type_of_land_is_land() -> None:
    water = LocalType(id="t", code="B200-1", label="灌溉用水纠纷", rolls_up_to="07")
    case = an_open_case(type="B200-1")
    day = date(2026, 9, 2)
    (sign,) = case_signs(case, Ground(day, Settings(), TypeTable((water,))))
    assert sign.reason.startswith("灌溉用水纠纷没有办结")


def test_an_agreement_alarms_the_day_after_its_day() -> None:
    case = unpaid()
    assert case_signs(case, ground(date(2026, 8, 1))) == []
    sign = only(case, date(2026, 8, 2))
    assert sign.reason == "2026-08-01 应履行的协议第1项没有履行"
    assert sign.since == date(2026, 8, 1)
    kept = tuple(replace(p, kept_on=date(2026, 8, 1)) for p in case.promises)
    assert case_signs(replace(case, promises=kept), ground()) == []
    told = replace(a_case(performance=Performance.OVERDUE), promises=())
    assert only(told).evidence == ("overdue",)


def test_lists_are_understood_however_they_are_typed() -> None:
    assert words_in(" 打死、上吊,上吊；\n闹大 ") == ("打死", "上吊", "闹大")
    assert months_in("3、4 13 0 x 10") == (3, 4, 10)
    assert wrong_words("打死 闹大") == ""
    assert "太长" in wrong_words("啊" * 21)
    assert "201个" in wrong_words(" ".join(f"词{n}" for n in range(201)))
    assert wrong_words(Settings().warning_words) == ""


def test_a_clean_township_alarms_nobody() -> None:
    days = [TODAY - timedelta(days=n) for n in range(0, 60, 7)]
    for day in days:
        assert case_signs(a_case(), ground(day)) == []
