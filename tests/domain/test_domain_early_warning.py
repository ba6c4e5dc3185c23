"""Notices: when they are asked again, how far they have come, what is to be reported."""

from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

import pytest
from builders import TODAY, a_case, an_open_case
from hypothesis import given
from hypothesis import strategies as st

from mediation_desk.domain import warning_acts as acts
from mediation_desk.domain.casefile import CaseFile
from mediation_desk.domain.codes import Outcome, Performance, RiskLevel
from mediation_desk.domain.dispute_types import TypeTable
from mediation_desk.domain.early_warning import (
    covers,
    high_level,
    is_asked,
    level_now,
    raised,
    reporting,
    step_of,
    uncovered,
)
from mediation_desk.domain.handling import RiskEntry
from mediation_desk.domain.problems import DeskError
from mediation_desk.domain.risk_levels import (
    USUAL,
    due_by,
    in_use,
    left_words,
    level_words,
    packed,
    unpacked,
    wrong_levels,
)
from mediation_desk.domain.settings import Settings
from mediation_desk.domain.warning_codes import NoticeState, ReportBody, WarningRule, WarningStep
from mediation_desk.domain.warning_notice import UrgentReport, notice_id
from mediation_desk.domain.warning_rules import Ground, Sign, case_signs

AUGUST = date(2026, 8, 20)
BY = acts.By("陶素芬", "village", datetime.combine(AUGUST, time(15)))
GROUND = Ground(AUGUST, Settings(), TypeTable())


def entry(day: date, level: RiskLevel, position: int = 1, **changes: Any) -> RiskEntry:
    values = {"id": f"{day}{position}", "dispute_id": "x", "assessed_on": day, "level": level}
    return RiskEntry(**(values | {"position": position} | changes))


def a_report(day: date, **changes: Any) -> UrgentReport:
    values = {"id": f"r{day}", "dispute_id": "x", "reported_on": day, "body": "双龙派出所"}
    return UrgentReport(**(values | changes))


def crowd(people: int = 5, **changes: Any) -> CaseFile:
    return an_open_case(people=people, **changes)


def sign_of(case: CaseFile) -> Sign:
    (sign,) = case_signs(case, GROUND)
    return sign


# The level and its report


def test_only_the_last_level_counts() -> None:
    dispute = an_open_case().dispute
    red, blue = entry(date(2026, 10, 1), RiskLevel.RED), entry(date(2026, 10, 9), RiskLevel.BLUE)
    assert high_level(dispute, [red], Settings()) == ("红色风险", "red")
    assert high_level(dispute, [blue, red], Settings()) is None
    void = replace(blue, void_reason="误登")
    assert high_level(dispute, [void, red], Settings()) is not None
    assert level_now(an_open_case(outcome=Outcome.FAILED).dispute, [red]) is None


def test_red_is_to_be_reported_until_it_was() -> None:
    dispute, day = an_open_case().dispute, date(2026, 10, 1)
    red = [entry(day, RiskLevel.RED)]
    owed = reporting(dispute, red, [], Settings())
    assert owed is not None
    assert (owed.to_body, owed.to_office) == (True, True)
    told = reporting(dispute, red, [a_report(day)], Settings())
    assert told is not None
    assert (told.to_body, told.to_office) == (False, True)
    office = a_report(day, id="o", body_kind=ReportBody.OFFICE)
    both = reporting(dispute, red, [a_report(day), office], Settings())
    assert both is not None
    assert not both.owed
    # The office alone is not who the law means.
    alone = reporting(dispute, red, [office], Settings())
    assert alone is not None
    assert (alone.to_body, alone.to_office) == (True, False)


def test_a_report_of_before_the_level_or_a_void_one_is_none() -> None:
    dispute, day = an_open_case().dispute, date(2026, 10, 1)
    red = [entry(day, RiskLevel.RED)]
    for report in (a_report(date(2026, 9, 30)), a_report(day, void_reason="误登")):
        owed = reporting(dispute, red, [report], Settings(escalation_hours=0))
        assert owed is not None
        assert owed.to_body
        assert not owed.to_office


def test_an_unbroken_run_of_red_is_reported_once_and_a_new_one_anew() -> None:
    dispute, report = an_open_case().dispute, a_report(date(2026, 10, 2))
    still = [entry(date(2026, 10, 1), RiskLevel.RED), entry(date(2026, 10, 5), RiskLevel.RED)]
    owed = reporting(dispute, still, [report], Settings(escalation_hours=0))
    assert owed is not None
    assert not owed.owed
    again = [
        still[0],
        entry(date(2026, 10, 4), RiskLevel.YELLOW),
        entry(date(2026, 10, 5), RiskLevel.RED),
    ]
    owed = reporting(dispute, again, [report], Settings(escalation_hours=0))
    assert owed is not None
    assert owed.to_body


def test_who_noted_the_report_beside_the_level_is_not_asked() -> None:
    day = date(2026, 10, 1)
    noted = [entry(day, RiskLevel.RED, reported_to="双龙派出所", reported_on=day)]
    owed = reporting(an_open_case().dispute, noted, [], Settings())
    assert owed is not None
    assert not owed.owed
    orange = [entry(day, RiskLevel.ORANGE)]
    assert reporting(an_open_case().dispute, orange, [], Settings()) is None
    assert reporting(a_case().dispute, noted, [], Settings()) is None


def test_a_place_has_its_own_colours_owners_and_hours() -> None:
    own = [replace(level, used=level.level is not RiskLevel.ORANGE) for level in USUAL]
    own[0] = replace(own[0], colour="绿色")
    own[3] = replace(own[3], name="一级", hours=1, at_once=False)
    settings = Settings(risk_levels=packed(own))
    assert unpacked(settings.risk_levels) == tuple(own)
    assert level_words(RiskLevel.BLUE, settings) == "绿色"
    assert level_words(RiskLevel.RED, settings) == "红色（一级）"
    assert in_use(RiskLevel.ORANGE, settings) is RiskLevel.RED
    assert due_by(RiskLevel.RED, BY.now, settings) == "2026-08-20 16:00"
    red = [entry(AUGUST, RiskLevel.RED)]
    assert reporting(an_open_case().dispute, red, [], settings) is None
    assert packed(USUAL) == ""


@pytest.mark.parametrize("stored", ["", "x", "[]", '[{"level": "4", "hours": "zwei"}]', "3"])
def test_what_was_stored_otherwise_leaves_the_usual_levels(stored: str) -> None:
    assert unpacked(stored) == USUAL


def test_levels_that_nobody_could_tell_apart_are_refused() -> None:
    assert wrong_levels(USUAL) == ""
    assert "至少" in wrong_levels([replace(entry, used=False) for entry in USUAL])
    assert "颜色" in wrong_levels([replace(USUAL[0], colour=" ")])
    assert "一样" in wrong_levels([USUAL[0], replace(USUAL[1], colour="蓝色")])
    assert "时限" in wrong_levels([replace(USUAL[0], hours=9999)])


def test_time_left_is_told_in_words() -> None:
    now = datetime.combine(AUGUST, time(15))
    assert left_words("2026-08-20 17:30", now) == ("还有 2 小时", "amber")
    assert left_words("2026-08-22 17:30", now) == ("还有 2 天", "amber")
    assert left_words("2026-08-20 15:30", now) == ("不到 1 小时", "amber")
    assert left_words("2026-08-20 11:00", now) == ("超时 4 小时", "red")
    assert left_words("2026-08-20 14:50", now) == ("刚超时", "red")
    assert left_words("明天", now) == ("", "")


# Notices


def test_a_sign_once_told_is_not_asked_again_until_there_is_more() -> None:
    case = crowd()
    notice = raised(sign_of(case), None, "village", "陶素芬", AUGUST)
    assert notice.id == notice_id(case.dispute.id, WarningRule.GROUP, "village")
    assert covers(notice, sign_of(case))
    fewer = replace(case, dispute=replace(case.dispute, people=6))
    assert not covers(notice, sign_of(fewer))
    more = replace(notice, evidence="people=8")
    assert covers(more, sign_of(fewer))
    assert not covers(replace(notice, void_reason="误登"), sign_of(case))
    other = replace(notice, rule=WarningRule.WORDS)
    assert uncovered([sign_of(case)], [other]) == [sign_of(case)]


def test_unfounded_is_remembered_with_its_reason_and_asked_anew_with_more() -> None:
    case = crowd()
    notice = acts.notice_about(case, WarningRule.GROUP, [sign_of(case)], BY)
    assert notice is not None
    with pytest.raises(DeskError, match="理由"):
        acts.rejected(case, notice, BY)
    after = acts.rejected(case, replace(notice, decision="是围观的人"), BY)
    (kept,) = after.warnings
    assert (kept.state, kept.decided_by) == (NoticeState.REJECTED, "陶素芬")
    assert after.risks == ()
    assert uncovered(case_signs(after, GROUND), after.warnings) == []
    grown = replace(after, dispute=replace(after.dispute, people=9))
    (sign,) = uncovered(case_signs(grown, GROUND), grown.warnings)
    again = acts.notice_about(grown, WarningRule.GROUP, [sign], BY)
    assert again is not None
    assert (again.id, again.state, again.decision) == (kept.id, NoticeState.OPEN, "")
    assert again.revision == kept.revision


def test_true_sets_the_level_with_owner_hours_and_reason() -> None:
    case = crowd()
    notice = acts.notice_about(case, WarningRule.GROUP, [sign_of(case)], BY)
    assert notice is not None
    risk = acts.next_risk(case, RiskLevel.RED, "村书记", notice.reason, BY, Settings())
    after = acts.confirmed(case, notice, risk, BY)
    assert after.risks == (risk,)
    assert (risk.due_by, risk.owner) == ("2026-08-20 17:00", "村书记")
    assert after.warnings[0].level is RiskLevel.RED
    # A rule by itself changes nothing.
    assert case.risks == ()


def test_the_four_steps_follow_from_the_records() -> None:
    case = crowd()
    notice = raised(sign_of(case), None, "village", "陶素芬", AUGUST)
    dispute = case.dispute
    true = replace(notice, state=NoticeState.CONFIRMED, decided_on=AUGUST)
    assert step_of(notice, dispute, None) is WarningStep.SCREENED
    assert step_of(true, dispute, date(2026, 8, 19)) is WarningStep.WARNED
    assert step_of(true, dispute, AUGUST) is WarningStep.MEDIATING
    done = acts.disposed(case, replace(true, disposal="已劝离"), BY).warnings[0]
    assert step_of(done, dispute, AUGUST) is WarningStep.DISPOSED
    assert step_of(true, a_case().dispute, AUGUST) is WarningStep.DISPOSED
    with pytest.raises(DeskError, match="处置"):
        acts.disposed(case, true, BY)
    with pytest.raises(DeskError, match="意见"):
        acts.instructed(case, true, BY)


def test_a_notice_about_a_closed_dispute_is_no_longer_asked() -> None:
    notice = raised(sign_of(crowd()), None, "village", "陶素芬", AUGUST)
    assert is_asked(notice, crowd().dispute)
    assert not is_asked(notice, a_case().dispute)
    late = replace(notice, rule=WarningRule.UNPAID)
    assert is_asked(late, a_case().dispute)
    assert not is_asked(late, a_case(performance=Performance.KEPT).dispute)
    assert is_asked(replace(notice, rule=WarningRule.LINKED), a_case().dispute)
    assert not is_asked(replace(notice, state=NoticeState.REJECTED), crowd().dispute)


_LEVELS = st.sampled_from(list(RiskLevel))


@given(levels=st.lists(_LEVELS, min_size=1, max_size=8))
def test_raising_and_lowering_keep_the_whole_history(levels: list[RiskLevel]) -> None:
    case = crowd()
    for number, level in enumerate(levels):
        notice = raised(sign_of(case), None, f"desk{number}", "陶素芬", TODAY)
        risk = acts.next_risk(case, level, "甲", f"第{number}次", BY, Settings())
        case = acts.confirmed(case, notice, risk, BY)
    assert [one.level for one in case.risks] == levels
    assert [one.reasons for one in case.risks] == [f"第{n}次" for n in range(len(levels))]
    assert level_now(case.dispute, case.risks) is levels[-1]
    assert len({one.id for one in case.risks}) == len(levels)


@given(
    people=st.lists(st.integers(5, 60), min_size=1, max_size=8),
    found=st.lists(st.booleans(), min_size=8, max_size=8),
)
def test_a_person_is_asked_exactly_when_there_is_more(people: list[int], found: list[bool]) -> None:
    case, most = crowd(), 0
    for count, true in zip(people, found, strict=False):
        case = replace(case, dispute=replace(case.dispute, people=count))
        new = uncovered(case_signs(case, GROUND), case.warnings)
        assert bool(new) == (count > most)
        if new:
            notice = acts.notice_about(case, WarningRule.GROUP, new, BY)
            assert notice is not None
            if true:
                risk = acts.next_risk(case, RiskLevel.ORANGE, "甲", "", BY, Settings())
                case = acts.confirmed(case, notice, risk, BY)
            else:
                case = acts.rejected(case, replace(notice, decision="不是"), BY)
            most = count
    assert len(case.warnings) == 1
