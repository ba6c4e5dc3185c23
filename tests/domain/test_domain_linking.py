"""Answers owed to courts and others, and judicial confirmation."""

from dataclasses import replace
from datetime import date

import pytest
from builders import a_case, an_agreement, an_open_case
from faulty_records import referral

from mediation_desk.domain import linking
from mediation_desk.domain.codes import (
    Confirmation,
    Delegation,
    Direction,
    ReferralChannel,
)
from mediation_desk.domain.problems import DeskError

SIGNED_FOR = date(2026, 10, 8)


@pytest.mark.parametrize(
    ("delegation", "due"),
    [
        (Delegation.BEFORE_FILING, date(2026, 11, 7)),
        (Delegation.ORDINARY, date(2026, 10, 23)),
        (Delegation.SUMMARY, date(2026, 10, 15)),
        (None, None),
    ],
)
def test_a_courts_days_count_from_signing_for_the_papers(delegation, due):
    court = referral(channel=ReferralChannel.COURT, delegation=delegation, received_on=SIGNED_FOR)
    assert linking.court_due(court) == due


def test_no_rule_gives_the_police_or_a_letter_sent_out_a_day():
    police = referral(delegation=Delegation.SUMMARY, received_on=SIGNED_FOR)
    assert linking.court_due(police) is None
    court = replace(police, channel=ReferralChannel.COURT)
    assert linking.court_due(replace(court, direction=Direction.OUT)) is None
    assert linking.court_due(replace(court, received_on=None)) is None


def test_an_answer_is_owed_until_it_is_given():
    assert linking.owed(referral())
    assert not linking.owed(referral(answered_on=SIGNED_FOR))
    assert not linking.owed(referral(direction=Direction.OUT))
    assert not linking.owed(referral(void_reason="登错了"))


def _asked(case, **changes):
    return referral(
        dispute_id=case.dispute.id,
        direction=Direction.OUT,
        channel=ReferralChannel.CONFIRMATION,
        body="丰都县人民法院",
        **changes,
    )


def test_what_is_missing_before_confirmation_is_said():
    assert "达成协议" in linking.why_not_confirm(an_open_case())
    settled = a_case()
    assert not linking.why_not_confirm(settled)
    assert "达成协议" in linking.why_not_confirm(replace(settled, agreement=None))
    unsealed = an_agreement(settled.dispute.id, sealed_on=None)
    assert "没有生效" in linking.why_not_confirm(replace(settled, agreement=unsealed))
    void = replace(settled.dispute, void_reason="重复登记")
    assert "作废" in linking.why_not_confirm(replace(settled, dispute=void))
    with pytest.raises(DeskError, match="达成协议"):
        linking.confirm(an_open_case(), _asked(an_open_case()), Confirmation.APPLIED)


def test_a_decision_of_the_court_has_its_day():
    case = a_case()
    with pytest.raises(DeskError, match="裁定日期"):
        linking.confirm(case, _asked(case), Confirmation.CONFIRMED)
    day = date(2026, 10, 20)
    done = linking.confirm(case, _asked(case, answered_on=day), Confirmation.CONFIRMED)
    assert done.dispute.confirmation is Confirmation.CONFIRMED
    assert linking.application(done).answered_on == day


def test_an_application_waits_and_can_be_taken_back():
    case = replace(a_case(), referrals=(referral(id="letter"),))
    day = date(2026, 10, 20)
    waiting = linking.confirm(case, _asked(case, answered_on=day), Confirmation.NONE)
    assert [entry.id for entry in waiting.referrals] == ["letter", "r"]
    assert waiting.dispute.confirmation is Confirmation.APPLIED
    assert linking.application(waiting).answered_on is None
    back = linking.unconfirm(waiting, "r")
    assert back.dispute.confirmation is Confirmation.NONE
    assert linking.application(back) is None
    assert [entry.id for entry in back.referrals] == ["letter"]


def test_an_application_for_a_fallen_agreement_is_none_for_the_next_one():
    case = a_case()
    day = date(2026, 10, 20)
    rejected = linking.confirm(case, _asked(case, answered_on=day), Confirmation.REJECTED)
    opened = replace(rejected.dispute, confirmation=Confirmation.NONE)
    again = replace(rejected, dispute=opened)
    assert again.referrals
    assert linking.application(again) is None
