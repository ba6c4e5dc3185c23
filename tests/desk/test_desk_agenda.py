"""The agenda of a desk: found in real registers, in the right order, and only what is one's own."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from builders import TODAY, a_case, a_session, a_unit, an_open_case, moved

from mediation_desk.desk import demonstration
from mediation_desk.desk.agenda import Agenda, agenda
from mediation_desk.desk.recording import keep_case
from mediation_desk.desk.sending import send
from mediation_desk.domain.casefile import CaseFile
from mediation_desk.domain.codes import (
    ArchiveState,
    CaseStatus,
    Delegation,
    Direction,
    Outcome,
    Performance,
    ReferralChannel,
    Retention,
    SessionKind,
    TerminationReason,
)
from mediation_desk.domain.drafts import Draft
from mediation_desk.domain.due import Due, DueKind
from mediation_desk.domain.handling import Referral
from mediation_desk.domain.masks import masked
from mediation_desk.domain.periods import month
from mediation_desk.domain.prevention import Screening
from mediation_desk.domain.record import new_id, unit_id
from mediation_desk.domain.reporting import Package
from mediation_desk.domain.settings import Settings
from mediation_desk.domain.support import LegalAid
from mediation_desk.store.opening import open_register
from mediation_desk.store.register import Register

WHO = "陶素芬"
Keep = Callable[..., CaseFile]


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


@pytest.fixture
def keep(village: Register) -> Keep:
    """Keeps a case in the village's register, its parties named anew and without numbers."""

    def kept(case: CaseFile, *names: str, **changes: Any) -> CaseFile:
        parties = tuple(
            replace(party, name=name, id_number="")
            for party, name in zip(case.parties, names or ("秦德珍", "蒋仕文"), strict=True)
        )
        dispute = replace(case.dispute, number=0, **changes)
        case = replace(case, dispute=dispute, parties=parties)
        return keep_case(village, None, case, WHO, "登记", TODAY + timedelta(days=60))

    return kept


def kinds(dues: tuple[Due, ...]) -> list[DueKind]:
    return [due.kind for due in dues]


def of_cases(shown: Agenda) -> list[DueKind]:
    beside = {DueKind.SCREENING, DueKind.REPORT}
    return [due.kind for due in shown.dues if due.kind not in beside]


def test_a_new_village_is_asked_for_its_first_round_only(village: Register) -> None:
    # The register is made by today's clock, after the day of these tests.
    shown = agenda(village, TODAY)
    assert kinds(shown.dues) == [DueKind.SCREENING]
    assert (shown.month.intake, shown.month.settled, shown.month.open) == (0, 0, 0)
    assert (shown.report.title, shown.report.tone) == ("10月报表", "neutral")
    assert shown.report.said == "11月5日 前报送"


@pytest.mark.parametrize(("days", "group"), [(22, None), (23, "soon"), (30, "today"), (31, "over")])
def test_open_disputes_come_up_a_week_ahead(
    village: Register, keep: Keep, days: int, group: str | None
) -> None:
    keep(moved(an_open_case(), ago(days)))
    shown = agenda(village, TODAY)
    groups = {"over": shown.overdue, "today": shown.today, "soon": shown.soon}
    found = [name for name, dues in groups.items() if DueKind.MEDIATION in kinds(dues)]
    assert found == ([group] if group else [])


def test_an_extended_dispute_waits_for_its_new_day(village: Register, keep: Keep) -> None:
    keep(moved(an_open_case(), ago(40)), extended_to=TODAY + timedelta(days=20))
    assert of_cases(agenda(village, TODAY)) == []
    assert of_cases(agenda(village, TODAY + timedelta(days=13))) == [DueKind.MEDIATION]


def test_every_kind_is_found_and_the_weightiest_overdue_comes_first(
    village: Register, keep: Keep
) -> None:
    failed = moved(an_open_case(), ago(60))
    ended = {
        "status": CaseStatus.CLOSED, "outcome": Outcome.FAILED, "closed_on": ago(45),
        "termination": TerminationReason.NO_AGREEMENT, "remedies_told": True,
    }  # fmt: skip
    keep(failed, **ended)
    keep(moved(an_open_case(), ago(33)))
    keep(moved(a_case(), ago(43)))
    lacking = moved(a_case(promises=()), ago(20))
    keep(replace(lacking, agreement=replace(lacking.agreement, sealed_on=None)))
    keep(moved(a_case(promises=()), ago(35)))
    opened = moved(an_open_case(), ago(9))
    letter = Referral(
        id=new_id(), dispute_id=opened.dispute.id, direction=Direction.IN,
        channel=ReferralChannel.COURT, body="丰都县人民法院", answer_due_on=ago(1),
    )  # fmt: skip
    keep(replace(opened, referrals=(letter,)))
    with village.change(WHO, "法律援助") as change:
        change.keep(
            LegalAid(
                id=new_id(), unit_id=village.unit.id, applicant="仇素英", helped_on=ago(9),
                answer_due_on=TODAY,
            )
        )  # fmt: skip
    shown = agenda(village, TODAY)
    assert kinds(shown.overdue) == [
        DueKind.ANSWER, DueKind.PROMISE, DueKind.MEDIATION, DueKind.REPORT, DueKind.VISIT,
        DueKind.ARCHIVE,
    ]  # fmt: skip
    assert set(kinds(shown.today)) == {DueKind.LEGAL_AID, DueKind.SCREENING, DueKind.SIGNATURE}
    assert kinds(shown.soon) == [DueKind.CONFIRMATION, DueKind.VISIT]
    assert shown.overdue[0].about == "答复丰都县人民法院：秦德珍与蒋仕文邻里纠纷"
    assert shown.overdue[0].number == "(2026)梨民调字第006号"


def test_a_visit_done_is_not_asked_for_again(village: Register, keep: Keep) -> None:
    case = moved(a_case(promises=()), ago(50))
    visit = a_session(case.dispute.id, kind=SessionKind.VISIT, held_on=ago(3), result=None)
    done = {"performance": Performance.KEPT, "performed_on": ago(9)}
    keep(replace(case, sessions=(*case.sessions, visit)), **done)
    assert of_cases(agenda(village, TODAY)) == [DueKind.ARCHIVE]


def test_each_kind_is_found_where_nothing_else_is_due(village: Register, keep: Keep) -> None:
    """Only one question to the register can find each of these."""
    filed = {"archive": ArchiveState.ARCHIVED, "archived_on": ago(1), "retention": Retention.LONG}
    keep(moved(a_case(), ago(43)), **filed)
    assert of_cases(agenda(village, TODAY)) == [DueKind.PROMISE]
    village.keep_settings(Settings(visit_days=300, repeat_cases=9))
    keep(moved(a_case(promises=()), ago(35)))
    assert of_cases(agenda(village, TODAY)) == [DueKind.PROMISE, DueKind.CONFIRMATION]


@pytest.mark.parametrize(("days", "found"), [(22, 0), (23, 1), (30, 1), (31, 0)])
def test_confirmation_is_told_a_week_ahead_and_up_to_its_last_day(
    village: Register, keep: Keep, days: int, found: int
) -> None:
    village.keep_settings(Settings(visit_days=300))
    case = moved(a_case(promises=()), ago(days + 11))
    assert case.agreement is not None
    signed = {"agreed_on": ago(days), "parties_signed_on": ago(days), "sealed_on": ago(days),
              "mediator_signed_on": ago(days)}  # fmt: skip
    keep(replace(case, agreement=replace(case.agreement, **signed)), closed_on=ago(days))
    assert of_cases(agenda(village, TODAY)) == [DueKind.CONFIRMATION] * found


def test_a_court_s_week_is_found_though_nothing_else_is_due(village: Register, keep: Keep) -> None:
    case = moved(an_open_case(), ago(3))
    letter = Referral(
        id=new_id(), dispute_id=case.dispute.id, direction=Direction.IN, received_on=ago(4),
        channel=ReferralChannel.COURT, body="丰都县人民法院", delegation=Delegation.SUMMARY,
    )  # fmt: skip
    keep(replace(case, referrals=(letter,)))
    shown = agenda(village, TODAY)
    assert of_cases(shown) == [DueKind.ANSWER, DueKind.MEDIATION]
    assert {due.day for due in shown.soon if due.dispute_id} == {TODAY + timedelta(days=3)}


def test_void_and_archived_cases_ask_for_nothing(village: Register, keep: Keep) -> None:
    keep(moved(an_open_case(), ago(50)), void_reason="重复登记")
    filed = {"archive": ArchiveState.ARCHIVED, "archived_on": ago(1), "retention": None}
    keep(moved(a_case(promises=()), ago(60)), **filed)
    assert of_cases(agenda(village, TODAY)) == []


def test_what_lay_for_more_than_a_year_no_longer_buries_the_day(
    village: Register, keep: Keep
) -> None:
    keep(moved(a_case(promises=()), ago(400)))
    assert of_cases(agenda(village, TODAY)) == []


def test_screening_counts_from_the_last_round(village: Register) -> None:
    with village.change(WHO, "排查") as change:
        for days, area in ((5, "第4村民小组"), (12, "第1村民小组")):
            change.keep(
                Screening(
                    id=new_id(), unit_id=village.unit.id, screened_on=ago(days), area=area
                )
            )  # fmt: skip
    (due,) = agenda(village, TODAY).soon
    assert (due.day, due.detail) == (TODAY + timedelta(days=2), "上次 10月18日，第4村民小组")
    village.keep_settings(Settings(screening_days=15))
    assert agenda(village, TODAY).dues == ()


def test_the_report_is_asked_for_until_it_is_sent(
    village: Register, keep: Keep, tmp_path: Path
) -> None:
    keep(moved(a_case(promises=()), date(2026, 9, 25)))
    shown = agenda(village, date(2026, 10, 3))
    assert [due.about for due in shown.soon if due.kind is DueKind.REPORT] == ["报送2026年9月报表"]
    assert (shown.report.said, shown.report.tone) == ("未报送 · 还有 2 天", "amber")
    assert agenda(village, date(2026, 10, 7)).report.tone == "red"
    send(village, month(2026, 9), tmp_path / "9.xlsx", WHO, date(2026, 10, 4))
    shown = agenda(village, date(2026, 10, 7))
    assert DueKind.REPORT not in kinds(shown.dues)
    assert (shown.report.said, shown.report.tone) == ("已报送 · 10月4日", "green")


def test_the_month_counts_what_came_what_was_settled_and_what_goes_on(
    village: Register, keep: Keep
) -> None:
    keep(moved(a_case(), ago(30)))
    keep(moved(an_open_case(), ago(40)))
    keep(moved(an_open_case(), ago(3)))
    keep(moved(an_open_case(), ago(2)), void_reason="重复登记")
    counted = agenda(village, TODAY).month
    assert (counted.intake, counted.settled, counted.open) == (1, 1, 2)


def test_drafts_are_told(village: Register) -> None:
    draft = Draft("d1", "case", "", "登记纠纷", "纠纷简要情况", "{}", "2026-10-22T17:42:00+08:00")
    village.keep_draft(draft)
    assert agenda(village, TODAY).drafts == (draft,)


# The office


def theirs(office: Register, *cases: CaseFile, masked_: bool = True) -> None:
    """What a village's packages left in the office's register."""
    unit = a_unit(revision=1)
    with office.change("罗晓", "接收", "import") as change:
        change.adopt([unit])
        for case in cases:
            records = (replace(record, revision=1) for record in case.records())
            change.adopt([masked(record) if masked_ else record for record in records])


def test_the_office_sees_answers_of_the_villages(office: Register) -> None:
    case = moved(an_open_case(people=12, unit_id=a_unit().id), ago(50))
    letter = Referral(
        id=new_id(), dispute_id=case.dispute.id, direction=Direction.IN,
        channel=ReferralChannel.COURT, body="丰都县人民法院", answer_due_on=TODAY,
    )  # fmt: skip
    theirs(office, replace(case, referrals=(letter,)))
    shown = agenda(office, TODAY)
    (due,) = shown.today
    # The village's own period is the village's own business, and nothing can be written here.
    assert (due.kind, due.go) == (DueKind.ANSWER, "")


def test_the_office_asks_for_missing_reports(office: Register) -> None:
    other = a_unit(
        code="500230124201", id=unit_id("10", "500230124201"), name="关都坝村", revision=1
    )
    theirs(office)
    last = month(2026, 9)
    came = Package(
        id=new_id(), unit_id=other.id, number=1, received=True, period_from=last.first,
        period_to=last.last, made_on=date(2026, 10, 2), digest="x", revision=1,
    )  # fmt: skip
    with office.change("罗晓", "接收", "import") as change:
        change.adopt([other, came])
    shown = agenda(office, TODAY)
    assert (shown.report.said, shown.report.tone) == ("已收 1 · 还差 1", "red")
    (due,) = shown.overdue
    assert (due.kind, due.about) == (DueKind.MISSING, "还没有收到2026年9月报表：梨子园村")
    with office.change("罗晓", "接收", "import") as change:
        change.adopt([replace(came, id=new_id(), unit_id=a_unit().id, digest="y")])
    shown = agenda(office, TODAY)
    assert shown.dues == ()
    assert (shown.report.said, shown.report.tone) == ("2 个单位已收齐", "green")


def test_the_demo_has_work_on_both_desks(demo: Path) -> None:
    with open_register(demo / "梨子园村", demonstration.PASSWORD) as village:
        shown = agenda(village, TODAY)
        mine = village.committee
        assert mine is not None
        assert shown.report.tone == "green"
        for due in shown.dues:
            if due.dispute_id:
                assert village.case(due.dispute_id).dispute.unit_id == mine.id
    with open_register(demonstration.office_of(demo), demonstration.PASSWORD) as office:
        shown = agenda(office, TODAY)
        assert DueKind.MISSING in kinds(shown.dues)
