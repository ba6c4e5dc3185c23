"""Early warning in real registers: what is found, what is asked, what the register of it says."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from builders import TODAY, a_case, a_session, a_unit, an_open_case, moved
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mediation_desk.desk import watching
from mediation_desk.desk.raising import raise_signs
from mediation_desk.desk.recording import keep_case
from mediation_desk.desk.warning_register import (
    Ask,
    WarningFind,
    WarningRow,
    cases_behind,
    warning_rows,
)
from mediation_desk.domain import warning_acts as acts
from mediation_desk.domain.casefile import CaseFile
from mediation_desk.domain.codes import (
    ArchiveState,
    Performance,
    RiskLevel,
    SessionKind,
    SessionResult,
)
from mediation_desk.domain.handling import RiskEntry
from mediation_desk.domain.masks import masked
from mediation_desk.domain.record import new_id, unit_id
from mediation_desk.domain.settings import Settings
from mediation_desk.domain.warning_codes import NoticeState, ReportBody, WarningRule, WarningStep
from mediation_desk.domain.warning_notice import UrgentReport
from mediation_desk.store.register import Register

WHO = "陶素芬"
NOON = datetime.combine(TODAY, time(12))
Keep = Callable[..., CaseFile]


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


@pytest.fixture
def keep(village: Register) -> Keep:
    """Keeps a case in the village's register, its parties named anew and without numbers."""
    # Land is in season on the day of these tests, and would alarm beside what they are about.
    village.keep_settings(Settings(season_months=""))

    def kept(case: CaseFile, *names: str, **changes: Any) -> CaseFile:
        told = names or (f"秦{new_id()[-6:]}", f"蒋{new_id()[-6:]}")
        parties = tuple(
            replace(party, name=name, id_number="")
            for party, name in zip(case.parties, told, strict=True)
        )
        dispute = replace(case.dispute, number=0, **changes)
        case = replace(case, dispute=dispute, parties=parties)
        return keep_case(village, None, case, WHO, "登记", TODAY + timedelta(days=60))

    return kept


def by(register: Register) -> acts.By:
    committee = register.committee
    assert committee is not None
    return acts.By(WHO, committee.id, NOON)


def rules(register: Register) -> list[WarningRule]:
    return [sign.rule for sign in watching.signs(register, TODAY)]


def asks(register: Register, now: datetime = NOON) -> list[Ask]:
    return [row.ask for row in warning_rows(register, now)]


def the_row(register: Register) -> WarningRow:
    (row,) = warning_rows(register, NOON)
    return row


def decided(register: Register, case: CaseFile, level: RiskLevel | None) -> CaseFile:
    """The case after a person found its warning true with a level, or unfounded without one."""
    now = register.case(case.dispute.id)
    assert now is not None
    signs = watching.signs_about(register, now, TODAY)
    notice = acts.notice_about(now, signs[0].rule, signs, by(register))
    assert notice is not None
    if level is None:
        after = acts.rejected(now, replace(notice, decision="核实过，没有这回事"), by(register))
    else:
        risk = acts.next_risk(now, level, "村书记", notice.reason, by(register), Settings())
        after = acts.confirmed(now, notice, risk, by(register))
    return keep_case(register, now, after, WHO, "核实预警", TODAY)


# What is found


def test_somebody_who_comes_again_and_again_leads_to_the_cases(
    village: Register, keep: Keep
) -> None:
    cases = [
        keep(moved(an_open_case(), ago(days)), "向明贵", name)
        for days, name in ((5, "罗世华"), (90, "付家兴"), (170, "田家山砖厂"))
    ]
    keep(moved(an_open_case(), ago(200)), "罗世华", "付家兴")
    row = the_row(village)
    assert (row.rule, row.line.dispute.id) == (WarningRule.REPEATED, cases[0].dispute.id)
    assert [line.dispute.id for line in cases_behind(village, row)] == [
        case.dispute.id for case in cases
    ]
    village.keep_settings(replace(village.settings, repeat_cases=4))
    assert warning_rows(village, NOON) == []


def test_an_agreement_not_kept_alarms_for_a_year(village: Register, keep: Keep) -> None:
    keep(moved(a_case(), ago(43)), performance=Performance.OVERDUE)
    keep(moved(a_case(promises=()), ago(43)), performance=Performance.OVERDUE)
    keep(moved(a_case(), ago(500)), performance=Performance.OVERDUE)
    filed = {"archive": ArchiveState.ARCHIVED, "archived_on": ago(1), "retention": None}
    keep(moved(a_case(promises=()), ago(60)), **filed)
    assert rules(village) == [WarningRule.UNPAID] * 2


def test_what_has_no_fault_alarms_nobody(village: Register, keep: Keep) -> None:
    for days in (5, 15, 25):
        keep(moved(a_case(), ago(days)))
        keep(moved(an_open_case(), ago(days)))
    keep(moved(an_open_case(people=9), ago(3)), void_reason="重复登记")
    assert watching.signs(village, TODAY) == []
    assert warning_rows(village, NOON) == []


def test_a_high_level_alarms_without_any_rule(village: Register, keep: Keep) -> None:
    case = moved(an_open_case(), ago(5))
    red = RiskEntry(
        id=new_id(), dispute_id=case.dispute.id, assessed_on=ago(2), level=RiskLevel.RED,
        owner="村书记",
    )  # fmt: skip
    keep(replace(case, risks=(red,)))
    row = the_row(village)
    assert (row.rule, row.level, row.owner, row.ask) == (
        None,
        RiskLevel.RED,
        "村书记",
        Ask.REPORT,
    )


def test_red_stays_until_police_and_office_are_told(village: Register, keep: Keep) -> None:
    case = keep(moved(an_open_case(people=12), ago(5)))
    case = decided(village, case, RiskLevel.RED)
    assert asks(village) == [Ask.REPORT]
    for body, after in ((ReportBody.POLICE, Ask.TELL_OFFICE), (ReportBody.OFFICE, Ask.LEVEL)):
        report = UrgentReport(
            id=new_id(), dispute_id=case.dispute.id, reported_on=TODAY, body_kind=body,
            body="双龙派出所", content="扬言报复，已劝离。",
        )  # fmt: skip
        told = replace(case, reports=(*case.reports, report))
        case = keep_case(village, case, told, WHO, "上报", TODAY)
        assert asks(village) == [after]
    # Its two hours run out.
    assert asks(village, NOON + timedelta(hours=3)) == [Ask.LATE]


def test_what_was_decided_is_asked_again_only_with_more(village: Register, keep: Keep) -> None:
    case = keep(moved(an_open_case(people=12), ago(5)))
    assert asks(village) == [Ask.VERIFY]
    case = decided(village, case, None)
    row = the_row(village)
    assert (row.ask, row.state, row.step) == (
        Ask.NOTHING,
        NoticeState.REJECTED,
        WarningStep.SCREENED,
    )
    grown = replace(case, dispute=replace(case.dispute, people=30))
    keep_case(village, case, grown, WHO, "人多了", TODAY)
    row = the_row(village)
    assert (row.ask, row.reason) == (Ask.VERIFY, "涉及 30 人，达到群体性纠纷的 5 人")


def test_the_steps_go_on_with_the_case(village: Register, keep: Keep) -> None:
    case = decided(village, keep(moved(an_open_case(people=12), ago(5))), RiskLevel.ORANGE)
    assert the_row(village).step is WarningStep.WARNED
    held = a_session(
        case.dispute.id, held_on=TODAY, result=SessionResult.CONTINUED, kind=SessionKind.MEDIATION
    )
    keep_case(village, case, replace(case, sessions=(held,)), WHO, "调解", TODAY)
    assert the_row(village).step is WarningStep.MEDIATING


def test_raising_keeps_what_was_found_once(village: Register, keep: Keep) -> None:
    case = keep(moved(an_open_case(people=12), ago(5)))
    assert raise_signs(village, WHO, TODAY) == 1
    before = village.sequence()
    assert raise_signs(village, WHO, TODAY) == 0
    assert village.sequence() == before
    row = the_row(village)
    assert row.notice is not None
    assert (row.notice.raised_by, row.notice.state, row.ask) == (WHO, NoticeState.OPEN, Ask.VERIFY)
    now = village.case(case.dispute.id)
    assert now is not None
    more = replace(now, dispute=replace(now.dispute, people=13))
    keep_case(village, now, more, WHO, "人多了", TODAY)
    assert raise_signs(village, WHO, TODAY) == 1
    assert len(village.history("warning", row.notice.id)) == 2


def test_the_register_is_narrowed_by_each_condition(village: Register, keep: Keep) -> None:
    first = decided(village, keep(moved(an_open_case(people=12), ago(5))), RiskLevel.ORANGE)
    keep(moved(an_open_case(facts="扬言报复。"), ago(4)))
    unit = first.dispute.unit_id
    for find, count in (
        (WarningFind(), 2),
        (WarningFind(level=RiskLevel.ORANGE), 1),
        (WarningFind(level=RiskLevel.RED), 0),
        (WarningFind(step=WarningStep.WARNED), 1),
        (WarningFind(rule=WarningRule.WORDS), 1),
        (WarningFind(unit_id=unit), 2),
        (WarningFind(unit_id="another"), 0),
        (WarningFind(year=2026), 2),
        (WarningFind(year=2025), 0),
        (WarningFind(waiting=True), 2),
    ):
        assert len(warning_rows(village, NOON, find)) == count, find


# Only what was touched


_ACTS = st.lists(
    st.tuples(st.integers(0, 3), st.sampled_from(["people", "words", "void", "quiet"])),
    min_size=1,
    max_size=6,
)


@settings(
    max_examples=12,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(done=_ACTS)
def test_what_is_read_anew_is_what_is_read_at_once(
    village: Register, keep: Keep, done: list[tuple[int, str]]
) -> None:
    cases = [keep(moved(an_open_case(), ago(n + 2))).dispute.id for n in range(4)]
    for number, what in done:
        case = village.case(cases[number])
        assert case is not None
        if case.dispute.void_reason:
            continue
        changes: dict[str, Any] = {
            "people": {"people": case.dispute.people + 3},
            "words": {"facts": "扬言堵路。"},
            "void": {"void_reason": "重复"},
            "quiet": {"facts": "已经平静。", "people": 2},
        }[what]
        after = replace(case, dispute=replace(case.dispute, **changes))
        with village.change(WHO, "改") as change:
            change.keep(after.dispute)
        found = watching.signs(village, TODAY)
        fresh = watching._Watch().signs(village, TODAY)
        assert sorted(map(repr, found)) == sorted(map(repr, fresh))


def test_an_undone_act_is_seen(village: Register, keep: Keep) -> None:
    case = keep(moved(an_open_case(), ago(5)))
    assert rules(village) == []
    with village.change(WHO, "记录") as change:
        change.keep(a_session(case.dispute.id, held_on=TODAY, narrative="扬言报复"))
        number = change.number
    assert rules(village) == [WarningRule.WORDS]
    village.undo(number, WHO, "撤销")
    assert rules(village) == []


def test_another_day_or_setting_is_looked_at_anew(village: Register, keep: Keep) -> None:
    keep(moved(an_open_case(people=7), ago(5)), type="07")
    assert rules(village) == [WarningRule.GROUP]
    village.keep_settings(replace(village.settings, group_threshold=8, season_months="11"))
    assert rules(village) == []
    later = [sign.rule for sign in watching.signs(village, date(2026, 11, 2))]
    assert later == [WarningRule.SEASON]


# The office


def theirs(office: Register, *cases: CaseFile, code: str = "", masked_: bool = True) -> None:
    """What a village's packages left in the office's register."""
    changes = {"code": code, "id": unit_id("10", code), "name": "关都坝村"} if code else {}
    unit = a_unit(revision=1, **changes)
    with office.change("罗晓", "接收", "import") as change:
        change.adopt([unit])
        for case in cases:
            whole = replace(case, dispute=replace(case.dispute, unit_id=unit.id))
            records = (replace(record, revision=1) for record in whole.records())
            change.adopt([masked(record) if masked_ else record for record in records])


def test_the_office_sees_what_masked_packages_show(office: Register) -> None:
    office.keep_settings(Settings(season_months=""))
    theirs(office, moved(an_open_case(people=12, facts="扬言报复"), ago(5)))
    row = the_row(office)
    assert (row.rule, row.line.unit_name) == (WarningRule.GROUP, "梨子园村")
    # Names that came masked are nobody's.
    theirs(office, *(moved(an_open_case(), ago(n)) for n in (6, 7, 8)))
    assert rules(office) == [WarningRule.GROUP]


@pytest.mark.parametrize("masked_", [True, False])
def test_the_office_sees_who_quarrels_in_several_villages(office: Register, masked_: bool) -> None:
    office.keep_settings(Settings(season_months="", repeat_cases=9))
    theirs(office, moved(an_open_case(), ago(9)), masked_=masked_)
    assert rules(office) == []
    later = moved(an_open_case(), ago(3))
    theirs(office, later, code="500230124202", masked_=masked_)
    row = the_row(office)
    assert (row.rule, row.line.dispute.id) == (WarningRule.LINKED, later.dispute.id)
    assert "梨子园村、关都坝村" in row.reason
    assert ("请核对" in row.reason) is masked_
    assert len(cases_behind(office, row)) == 2
