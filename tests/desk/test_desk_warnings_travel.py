"""Warnings between a village and its office, through real packages: what is raised, told, done."""

import json
from dataclasses import replace
from datetime import datetime, time
from pathlib import Path
from typing import Any

import pytest
from builders import TODAY, a_session, an_open_case
from two_ways import CLERK, RECORDER, Ways, said_of

from mediation_desk.desk import watching
from mediation_desk.desk.recording import keep_case
from mediation_desk.desk.warning_register import Ask, WarningRow, warning_rows
from mediation_desk.domain import warning_acts as acts
from mediation_desk.domain.casefile import CaseFile
from mediation_desk.domain.codes import RiskLevel
from mediation_desk.domain.settings import Settings
from mediation_desk.domain.warning_codes import NoticeState, ReportBody, WarningRule
from mediation_desk.domain.warning_notice import UrgentReport, WarningNotice
from mediation_desk.store.register import Register

NOON = datetime.combine(TODAY, time(12))


@pytest.fixture
def ways(village: Register, office: Register, tmp_path: Path) -> Ways:
    for register in (village, office):
        register.keep_settings(Settings(season_months=""))
    return Ways(village, office, tmp_path)


def alarming(ways: Ways) -> CaseFile:
    """A case of the village in whose record somebody threatens."""
    unit = ways.village.committee
    assert unit is not None
    case = an_open_case(unit_id=unit.id, number=0)
    said = a_session(case.dispute.id, result=None, narrative="蒋仕文扬言要报复秦德珍。")
    case = replace(case, sessions=(replace(said, result=None),))
    return keep_case(ways.village, None, case, RECORDER, "登记", TODAY)


def desk(register: Register, who: str) -> acts.By:
    unit = register.committee if who == RECORDER else register.unit
    assert unit is not None
    return acts.By(who, unit.id, NOON)


def the_row(register: Register) -> WarningRow:
    (row,) = warning_rows(register, NOON)
    return row


def act(register: Register, who: str, dispute_id: str, done: Any) -> None:
    """Do something about the warning of a case as its form would."""
    case = register.case(dispute_id)
    assert case is not None
    signs = watching.signs_about(register, case, TODAY)
    notice = acts.notice_about(case, WarningRule.WORDS, signs, desk(register, who))
    assert notice is not None
    keep_case(register, case, done(case, notice, desk(register, who)), who, "预警", TODAY)


def confirm(case: CaseFile, notice: WarningNotice, by: acts.By) -> CaseFile:
    risk = acts.next_risk(case, RiskLevel.RED, "村书记", notice.reason, by, Settings())
    return acts.confirmed(case, notice, risk, by)


def instruct(case: CaseFile, notice: WarningNotice, by: acts.By) -> CaseFile:
    return acts.instructed(case, replace(notice, instruction="今天上门劝导，明天报结果"), by)


def dispose(case: CaseFile, notice: WarningNotice, by: acts.By) -> CaseFile:
    return acts.disposed(case, replace(notice, disposal="已劝离，双方同意再谈"), by)


def reject(case: CaseFile, notice: WarningNotice, by: acts.By) -> CaseFile:
    return acts.rejected(case, replace(notice, decision="是气话"), by)


def test_a_masked_package_carries_the_warning_though_not_the_words(ways: Ways) -> None:
    case = alarming(ways)
    ways.up()
    row = the_row(ways.office)
    assert (row.rule, row.ask, row.line.unit_name) == (
        WarningRule.WORDS,
        Ask.VERIFY,
        ways.village.unit.name,
    )
    assert row.reason == the_row(ways.village).reason
    assert "报复" in row.reason
    assert row.notice is not None
    assert row.notice.personal_revision == row.notice.revision
    theirs = ways.office.case(case.dispute.id)
    assert theirs is not None
    assert theirs.sessions[0].narrative == ""
    told = json.dumps(said_of(ways.office, case.dispute.id), ensure_ascii=False)
    assert "蒋仕文" not in told


def test_the_offices_words_go_to_the_village_and_its_answer_comes_back(ways: Ways) -> None:
    case = alarming(ways)
    ways.enrol()
    ways.up()
    act(ways.office, CLERK, case.dispute.id, instruct)
    ways.down()
    row = the_row(ways.village)
    assert row.notice is not None
    assert (row.notice.instruction, row.notice.instructed_by) == (
        "今天上门劝导，明天报结果",
        CLERK,
    )
    act(ways.village, RECORDER, case.dispute.id, confirm)
    assert the_row(ways.village).ask is Ask.REPORT
    told = ways.village.case(case.dispute.id)
    assert told is not None
    report = UrgentReport(
        id="e1", dispute_id=case.dispute.id, reported_on=TODAY, body="双龙派出所",
        body_kind=ReportBody.POLICE, content="蒋仕文扬言报复。", reporter=RECORDER,
    )  # fmt: skip
    keep_case(ways.village, told, replace(told, reports=(report,)), RECORDER, "上报", TODAY)
    act(ways.village, RECORDER, case.dispute.id, dispose)
    ways.up()
    row = the_row(ways.office)
    assert (row.state, row.level) == (NoticeState.DISPOSED, RiskLevel.RED)
    assert row.notice is not None
    assert row.notice.disposal == "已劝离，双方同意再谈"
    assert [entry.body for entry in row.reports] == ["双龙派出所"]
    assert row.reporting is not None
    assert not row.reporting.to_body
    ways.down()
    assert said_of(ways.village, case.dispute.id) == said_of(ways.office, case.dispute.id)


def test_both_may_act_at_once_and_meet_without_a_question(ways: Ways) -> None:
    case = alarming(ways)
    ways.enrol()
    ways.up()
    # The office instructs while the village finds it unfounded: different fields of one record.
    act(ways.office, CLERK, case.dispute.id, instruct)
    act(ways.village, RECORDER, case.dispute.id, reject)
    for _ in range(2):
        ways.up()
        ways.down()
    for register in (ways.village, ways.office):
        (notice,) = register.all("warning")
        assert isinstance(notice, WarningNotice)
        assert (notice.state, notice.decision, notice.instruction) == (
            NoticeState.REJECTED,
            "是气话",
            "今天上门劝导，明天报结果",
        )
        assert not [entry for entry in register.all("proposal") if entry.open]  # type: ignore[attr-defined]
    assert said_of(ways.village, case.dispute.id) == said_of(ways.office, case.dispute.id)


def test_each_desk_that_raises_the_same_has_a_record_of_its_own(ways: Ways) -> None:
    unit = ways.village.committee
    assert unit is not None
    case = an_open_case(unit_id=unit.id, number=0, people=4)
    case = keep_case(ways.village, None, case, RECORDER, "登记", TODAY)
    ways.enrol()
    ways.up()
    ways.office.keep_settings(Settings(season_months="", group_threshold=4))
    now = ways.office.case(case.dispute.id)
    assert now is not None
    signs = watching.signs_about(ways.office, now, TODAY)
    notice = acts.notice_about(now, WarningRule.GROUP, signs, desk(ways.office, CLERK))
    assert notice is not None
    after = instruct(now, notice, desk(ways.office, CLERK))
    keep_case(ways.office, now, after, CLERK, "意见", TODAY)
    ways.village.keep_settings(Settings(season_months="", group_threshold=3))
    mine = ways.village.case(case.dispute.id)
    assert mine is not None
    # Sent before the office's file came: both tell of the crowd, and neither is lost.
    ways.up()
    ways.down()
    ways.up()
    for register in (ways.village, ways.office):
        assert len(register.all("warning")) == 2
        assert not register.all("proposal")
    assert said_of(ways.village, case.dispute.id) == said_of(ways.office, case.dispute.id)
