"""Deadlines and states that follow from the records."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from builders import TODAY, a_case, a_dispute, an_agreement, an_open_case
from hypothesis import given
from hypothesis import strategies as st

from mediation_desk.domain.codes import (
    AgreementForm,
    ArchiveState,
    CaseStatus,
    Outcome,
    Performance,
)
from mediation_desk.domain.derived import (
    confirmation_until,
    days_open,
    effective_on,
    is_group,
    mediation_due,
    next_step,
    state_words,
)
from mediation_desk.domain.lifecycle import StepName
from mediation_desk.domain.limits import Limits
from mediation_desk.domain.settings import Settings

DAYS = st.dates(date(2000, 1, 1), date(2090, 1, 1))


@given(DAYS, DAYS, DAYS, DAYS)
def test_a_written_agreement_binds_from_the_latest_of_three_dates(agreed, parties, mediator, seal):
    agreement = an_agreement(
        "d",
        agreed_on=agreed,
        parties_signed_on=parties,
        mediator_signed_on=mediator,
        sealed_on=seal,
    )
    effective = effective_on(agreement)
    assert effective == max(parties, mediator, seal)
    assert confirmation_until(agreement) - effective == timedelta(days=30)


@given(DAYS, st.sampled_from(["parties_signed_on", "mediator_signed_on", "sealed_on"]))
def test_without_one_of_the_three_nothing_binds(agreed, missing):
    agreement = an_agreement("d", **{"agreed_on": agreed, missing: None})
    assert effective_on(agreement) is None
    assert confirmation_until(agreement) is None


@given(DAYS, st.none() | DAYS)
def test_an_oral_agreement_binds_from_its_day_whatever_is_signed(agreed, signed):
    agreement = an_agreement(
        "d", form=AgreementForm.ORAL, agreed_on=agreed, parties_signed_on=signed, sealed_on=None
    )
    assert effective_on(agreement) == agreed


def test_thirty_days_run_over_the_end_of_month_and_leap_day():
    agreement = an_agreement("d", form=AgreementForm.ORAL, agreed_on=date(2024, 2, 1))
    assert confirmation_until(agreement) == date(2024, 3, 2)


@given(DAYS, st.integers(0, 400), st.integers(1, 90))
def test_days_open_and_days_due_meet(intake, days, allowed):
    dispute = an_open_case(intake_on=intake).dispute
    settings = Settings(mediation_days=allowed)
    due = mediation_due(dispute, Limits(settings))
    assert days_open(dispute, intake + timedelta(days=days)) == days
    assert days_open(dispute, due) == allowed


def test_the_count_of_days_stops_at_closing():
    dispute = a_dispute(intake_on=date(2026, 9, 25), closed_on=date(2026, 10, 6))
    assert days_open(dispute, TODAY) == 11
    assert mediation_due(dispute, Limits(Settings())) is None
    assert days_open(replace(dispute, intake_on=None), TODAY) == 0


@pytest.mark.parametrize(
    ("people", "threshold", "group"), [(4, 5, False), (5, 5, True), (9, 10, False)]
)
def test_a_group_is_as_large_as_the_settings_say(people, threshold, group):
    assert is_group(a_dispute(people=people), Settings(group_threshold=threshold)) is group


def _open(**changes):
    return an_open_case(**changes).dispute


STATES = [
    (a_dispute(void_reason="重复"), "作废", "neutral"),
    (_open(status=CaseStatus.REGISTERED, intake_on=None), "已登记", "neutral"),
    (_open(status=CaseStatus.ACCEPTED, intake_on=TODAY), "已受理", "blue"),
    (_open(intake_on=TODAY), "今天受理", "blue"),
    (_open(intake_on=TODAY - timedelta(days=3)), "调解中 第3天", "blue"),
    (_open(intake_on=TODAY - timedelta(days=22)), "调解中 第22天", "blue"),
    (_open(intake_on=TODAY - timedelta(days=23)), "调解中 第23天", "amber"),
    (_open(intake_on=TODAY - timedelta(days=27)), "调解中 第27天", "amber"),
    (_open(intake_on=TODAY - timedelta(days=30)), "调解中 第30天", "amber"),
    (_open(intake_on=TODAY - timedelta(days=33)), "调解超期 3天", "red"),
    (a_dispute(), "书面协议", "green"),
    (a_dispute(performance=Performance.OVERDUE), "履行逾期", "red"),
    (a_dispute(performance=Performance.SUED), "反悔起诉", "red"),
    (a_dispute(outcome=Outcome.FAILED), "调解不成", "neutral"),
    (a_dispute(outcome=Outcome.TERMINATED), "终止", "neutral"),
    (a_dispute(outcome=Outcome.NOT_ACCEPTED), "不予受理", "neutral"),
    (a_dispute(outcome=Outcome.TRANSFERRED), "转交", "neutral"),
]


@pytest.mark.parametrize(("dispute", "words", "tone"), STATES)
def test_every_state_has_words_and_a_tone(dispute, words, tone):
    agreement = an_agreement(dispute.id) if dispute.outcome is Outcome.SETTLED else None
    assert state_words(dispute, agreement, TODAY) == (words, tone)


def test_an_oral_agreement_is_called_so_and_none_is_called_settled():
    case = a_case()
    oral = replace(case.agreement, form=AgreementForm.ORAL)
    assert state_words(case.dispute, oral, TODAY) == ("口头协议", "green")
    assert state_words(case.dispute, None, TODAY) == ("调解成功", "green")


@pytest.mark.parametrize(
    ("dispute", "step"),
    [
        (_open(status=CaseStatus.REGISTERED, intake_on=None), StepName.ACCEPT),
        (_open(status=CaseStatus.ACCEPTED), StepName.SESSION),
        (_open(), StepName.SESSION),
        (a_dispute(), StepName.VISIT),
        (a_dispute(performance=Performance.KEPT), StepName.ARCHIVE),
        (a_dispute(outcome=Outcome.FAILED, performance=None), StepName.ARCHIVE),
        (a_dispute(outcome=Outcome.NOT_ACCEPTED), None),
        (a_dispute(archive=ArchiveState.ARCHIVED), None),
        (a_dispute(void_reason="重复"), None),
    ],
)
def test_a_row_offers_its_one_next_step(dispute, step):
    assert next_step(dispute) is step
