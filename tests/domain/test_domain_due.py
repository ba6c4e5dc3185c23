"""What is due by when: every rule on its day, the day before and the day after."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from builders import TODAY, a_case, a_dispute, a_promise, an_agreement, an_open_case, moved

from mediation_desk.domain.casefile import CaseFile
from mediation_desk.domain.codes import (
    AgreementForm,
    ArchiveState,
    CaseStatus,
    Confirmation,
    Delegation,
    Direction,
    LegalAidState,
    Outcome,
    Performance,
    ReferralChannel,
    TerminationReason,
)
from mediation_desk.domain.due import (
    Due,
    DueKind,
    Watched,
    case_dues,
    left_words,
    legal_aid_due,
    report_due,
    screening_due,
    short_day,
    urgency,
    weight,
)
from mediation_desk.domain.handling import Referral
from mediation_desk.domain.limits import Limits
from mediation_desk.domain.periods import month
from mediation_desk.domain.settings import Settings
from mediation_desk.domain.support import LegalAid

USUAL = Limits(Settings())


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def watched(case: CaseFile, **changes: Any) -> Watched:
    values: dict[str, Any] = {
        "dispute": case.dispute,
        "number": "(2026)梨民调字第001号",
        "title": "秦德珍与蒋仕文邻里纠纷",
        "agreement": case.agreement,
        "promises": case.promises,
        "referrals": case.referrals,
        "names": {party.id: party.name for party in case.parties},
    }
    return Watched(**(values | changes))


def dues(case: CaseFile, limits: Limits = USUAL, **changes: Any) -> dict[DueKind, Due]:
    return {due.kind: due for due in case_dues(watched(case, **changes), TODAY, limits)}


def settled(effective: date, **changes: Any) -> CaseFile:
    """A case whose written agreement is in force from `effective`, without promises."""
    dispute = a_dispute(intake_on=effective, closed_on=effective, **changes)
    agreement = an_agreement(dispute.id, agreed_on=effective)
    return replace(a_case(promises=()), dispute=dispute, agreement=agreement)


# Mediation


@pytest.mark.parametrize(
    ("days", "said", "tone"),
    [
        (29, "还有 1 天", "blue"),
        (30, "今天", "amber"),
        (31, "逾期 1 天", "red"),
        (27, "还有 3 天", "blue"),
    ],
)
def test_mediation_ends_after_its_days(days: int, said: str, tone: str) -> None:
    due = dues(moved(an_open_case(), ago(days)))[DueKind.MEDIATION]
    assert left_words(due, TODAY) == (said, tone)
    assert due.go == "session"
    assert f"受理第 {days} 天" in due.detail


def test_parties_may_extend_the_period() -> None:
    case = moved(an_open_case(), ago(50))
    longer = replace(case, dispute=replace(case.dispute, extended_to=TODAY + timedelta(days=2)))
    due = dues(longer)[DueKind.MEDIATION]
    assert left_words(due, TODAY) == ("还有 2 天", "blue")
    assert "已延长至 10月25日" in due.detail


def test_local_practice_sets_the_days() -> None:
    longer = Limits(Settings(mediation_days=60))
    due = dues(moved(an_open_case(), ago(50)), longer)[DueKind.MEDIATION]
    assert due.day == TODAY + timedelta(days=10)


def test_a_void_or_closed_dispute_has_no_period() -> None:
    case = moved(an_open_case(), ago(50))
    void = replace(case, dispute=replace(case.dispute, void_reason="重复登记"))
    assert dues(void) == {}
    assert DueKind.MEDIATION not in dues(moved(a_case(), ago(50)))


def test_a_registered_dispute_waits_for_a_decision() -> None:
    case = an_open_case(status=CaseStatus.REGISTERED, intake_on=None)
    due = dues(case)[DueKind.INTAKE]
    assert (due.go, due.day) == ("accept", None)
    assert left_words(due, TODAY) == ("待决定", "amber")
    refused = replace(case.dispute, outcome=Outcome.NOT_ACCEPTED)
    assert DueKind.INTAKE not in dues(replace(case, dispute=refused))


# Promises


@pytest.mark.parametrize(("left", "said"), [(-1, "逾期 1 天"), (0, "今天"), (1, "还有 1 天")])
def test_promises_are_due_on_their_day(left: int, said: str) -> None:
    case = a_case()
    promise = a_promise(case.agreement, case.parties[1], due_on=TODAY + timedelta(days=left))
    due = dues(replace(case, promises=(promise,)))[DueKind.PROMISE]
    assert left_words(due, TODAY)[0] == said
    assert due.about == "蒋仕文 · 支付赔偿款200元"
    assert due.go == "perform"


def test_half_a_payment_is_not_kept() -> None:
    case = a_case()
    promise = replace(case.promises[0], kept_fen=5_000)
    assert "已付50元" in dues(replace(case, promises=(promise,)))[DueKind.PROMISE].detail


@pytest.mark.parametrize(
    "changes",
    [
        {"performance": Performance.KEPT},
        {"performance": Performance.SUED},
        {"outcome": Outcome.FAILED},
        {"void_reason": "重复登记"},
    ],
)
def test_nobody_waits_for_a_promise_any_more(changes: dict[str, Any]) -> None:
    case = a_case()
    assert DueKind.PROMISE in dues(case)
    assert DueKind.PROMISE not in dues(replace(case, dispute=replace(case.dispute, **changes)))


def test_kept_and_void_promises_are_done_with() -> None:
    case = a_case()
    for changes in ({"kept_on": TODAY}, {"void_reason": "协议作废"}):
        told = (replace(case.promises[0], **changes),)
        assert DueKind.PROMISE not in dues(case, promises=told)


def test_a_promise_outlives_the_archive() -> None:
    case = a_case()
    filed = replace(case.dispute, archive=ArchiveState.ARCHIVED, archived_on=TODAY)
    assert DueKind.PROMISE in dues(replace(case, dispute=filed))


# Visits, signatures, confirmation


@pytest.mark.parametrize(("days", "said"), [(29, "还有 1 天"), (30, "今天"), (32, "逾期 2 天")])
def test_a_visit_follows_the_agreement(days: int, said: str) -> None:
    due = dues(settled(ago(days)))[DueKind.VISIT]
    assert left_words(due, TODAY)[0] == said
    assert f"协议生效已 {days} 天" in due.detail


def test_a_visit_counts_from_the_day_on_which_the_agreement_took_effect() -> None:
    case = settled(ago(40))
    agreement = replace(case.agreement, sealed_on=ago(10))
    case = replace(case, agreement=agreement)
    assert dues(case)[DueKind.VISIT].day == TODAY + timedelta(days=20)
    # Who came before the seal has not seen whether the agreement is kept.
    assert DueKind.VISIT in dues(case, last_visit=ago(11))
    assert DueKind.VISIT not in dues(case, last_visit=ago(10))


def test_an_archived_file_wants_no_visit() -> None:
    case = settled(ago(40), archive=ArchiveState.ARCHIVED, archived_on=ago(1))
    assert DueKind.VISIT not in dues(case)


def test_missing_signatures_are_named() -> None:
    case = settled(ago(40))
    agreement = replace(case.agreement, mediator_signed_on=None, sealed_on=None)
    found = dues(replace(case, agreement=agreement))
    due = found[DueKind.SIGNATURE]
    assert "调解员签名日期、盖章日期" in due.about
    assert (due.go, due.day) == ("agreement", None)
    assert left_words(due, TODAY) == ("未生效", "amber")
    # Without effect there is nothing to visit, to confirm or to file.
    assert found.keys() == {DueKind.SIGNATURE}


def test_an_oral_agreement_needs_no_signatures() -> None:
    case = settled(ago(40))
    oral = replace(
        case.agreement,
        form=AgreementForm.ORAL,
        parties_signed_on=None,
        mediator_signed_on=None,
        sealed_on=None,
    )
    found = dues(replace(case, agreement=oral))
    assert DueKind.SIGNATURE not in found
    assert DueKind.VISIT in found


def test_neither_an_oral_agreement_nor_a_void_dispute_is_confirmed() -> None:
    case = settled(ago(10))
    assert DueKind.CONFIRMATION in dues(case)
    oral = replace(case.agreement, form=AgreementForm.ORAL)
    assert DueKind.CONFIRMATION not in dues(replace(case, agreement=oral))
    assert DueKind.CONFIRMATION not in dues(settled(ago(10), void_reason="重复登记"))


@pytest.mark.parametrize(("days", "said"), [(24, "还有 6 天"), (30, "今天"), (31, None)])
def test_confirmation_is_told_until_its_last_day(days: int, said: str | None) -> None:
    due = dues(settled(ago(days))).get(DueKind.CONFIRMATION)
    assert (left_words(due, TODAY)[0] if due else None) == said


def test_the_last_day_of_confirmation_stands_once_in_a_line_that_begins_with_it() -> None:
    due = dues(settled(ago(24)))[DueKind.CONFIRMATION]
    spoken = short_day(due.day, TODAY)
    assert spoken not in due.about
    assert spoken in due.detail


def test_what_is_applied_for_or_kept_needs_no_confirmation() -> None:
    applied = settled(ago(24), confirmation=Confirmation.APPLIED)
    kept = settled(ago(24), performance=Performance.KEPT)
    assert DueKind.CONFIRMATION not in dues(applied)
    assert DueKind.CONFIRMATION not in dues(kept)


# Answers


def letter(case: CaseFile, **changes: Any) -> CaseFile:
    values: dict[str, Any] = {
        "id": "letter",
        "dispute_id": case.dispute.id,
        "direction": Direction.IN,
        "channel": ReferralChannel.POLICE,
        "body": "双龙派出所",
        "letter_number": "双派移〔2026〕8号",
        "answer_due_on": TODAY,
    }
    return replace(case, referrals=(Referral(**(values | changes)),))


def test_who_handed_over_wants_an_answer() -> None:
    due = dues(letter(an_open_case()))[DueKind.ANSWER]
    assert due.about == "答复双龙派出所：秦德珍与蒋仕文邻里纠纷"
    assert "警调对接，双派移〔2026〕8号" in due.detail
    assert due.go == "answer:letter"
    assert left_words(due, TODAY) == ("今天", "amber")


def test_without_a_day_the_answer_is_owed_after_closing() -> None:
    assert DueKind.ANSWER not in dues(letter(an_open_case(), answer_due_on=None))
    closed = letter(a_case(closed_on=ago(9)), answer_due_on=None)
    assert left_words(dues(closed)[DueKind.ANSWER], TODAY) == ("逾期 2 天", "red")


@pytest.mark.parametrize(
    "changes", [{"answered_on": TODAY}, {"direction": Direction.OUT}, {"void_reason": "误登"}]
)
def test_no_answer_is_owed(changes: dict[str, Any]) -> None:
    case = an_open_case()
    told = letter(case).referrals[0]
    assert DueKind.ANSWER not in dues(case, referrals=(replace(told, **changes),))


# What courts hand over


def by_court(case: CaseFile, how: Delegation, days_ago: int, **changes: Any) -> CaseFile:
    told = {"channel": ReferralChannel.COURT, "delegation": how, "received_on": ago(days_ago)}
    return letter(case, **({"answer_due_on": None} | told | changes))


@pytest.mark.parametrize(
    ("how", "days", "rule"),
    [(Delegation.BEFORE_FILING, 30, "Q4"), (Delegation.ORDINARY, 15, "Q5"),
     (Delegation.SUMMARY, 7, "Q6")],
)  # fmt: skip
def test_a_court_gives_its_own_days_from_signing_for_the_papers(
    how: Delegation, days: int, rule: str
) -> None:
    found = dues(by_court(moved(an_open_case(), ago(2)), how, 4))
    for kind in (DueKind.MEDIATION, DueKind.ANSWER):
        due = found[kind]
        assert (due.day, due.rule.value) == (ago(4) + timedelta(days=days), rule)
        assert f"的第二天起数{days}天" in due.counted
        assert "特邀调解的规定第二十七条" in due.why
    assert "，按法院期限" in found[DueKind.MEDIATION].detail


def test_the_parties_may_give_the_court_s_mediation_more_time() -> None:
    until = TODAY + timedelta(days=40)
    case = moved(an_open_case(), ago(2))
    longer = replace(case, dispute=replace(case.dispute, extended_to=until))
    found = dues(by_court(longer, Delegation.ORDINARY, 4))
    assert (found[DueKind.MEDIATION].day, found[DueKind.ANSWER].day) == (until, until)
    assert found[DueKind.ANSWER].rule.value == "Q3"
    # The day that its rule gives may have been written down; another day is the letter's own.
    by_rule = ago(4) + timedelta(days=15)
    told = dues(by_court(longer, Delegation.ORDINARY, 4, answer_due_on=by_rule))
    assert told[DueKind.ANSWER].day == until
    own = dues(by_court(longer, Delegation.ORDINARY, 4, answer_due_on=ago(-20)))
    assert (own[DueKind.ANSWER].day, own[DueKind.ANSWER].rule.value) == (ago(-20), "Q11")


def test_an_answered_court_no_longer_counts() -> None:
    case = by_court(moved(an_open_case(), ago(2)), Delegation.SUMMARY, 9, answered_on=TODAY)
    found = dues(case)
    assert found[DueKind.MEDIATION].rule.value == "Q2"
    assert DueKind.ANSWER not in found


def test_whether_it_is_taken_in_is_decided_in_working_days() -> None:
    case = an_open_case(status=CaseStatus.REGISTERED, intake_on=None)
    friday = date(2026, 10, 16)
    due = dues(case, registered_on=friday)[DueKind.INTAKE]
    assert (due.day, due.rule.value) == (date(2026, 10, 21), "Q1")
    assert due.why.startswith("按设置，是否受理（规则Q1）：从登记（2026年10月16日）")
    # Papers that were signed for before it was written down count from then.
    came = by_court(case, Delegation.BEFORE_FILING, 10)
    assert dues(came, registered_on=friday)[DueKind.INTAKE].day == date(2026, 10, 16)


def test_every_due_says_its_rule_and_how_it_was_counted() -> None:
    cases = (
        letter(moved(an_open_case(), ago(9))), settled(ago(9)), moved(a_case(), ago(20)),
        letter(a_case(closed_on=ago(9)), answer_due_on=None),
    )  # fmt: skip
    for case in cases:
        for due in dues(case).values():
            assert due.counted or due.day is None
            assert due.rule.value in due.why
    confirmation = dues(settled(ago(9)))[DueKind.CONFIRMATION]
    assert "人民调解法第三十三条、民事诉讼法第二百零五条（规则Q10）" in confirmation.why


# Archive


@pytest.mark.parametrize(("days", "left"), [(29, 1), (30, 0), (31, -1)])
def test_a_closed_file_is_archived(days: int, left: int) -> None:
    case = an_open_case(
        status=CaseStatus.CLOSED,
        outcome=Outcome.FAILED,
        termination=TerminationReason.NO_AGREEMENT,
        closed_on=ago(days),
    )
    due = dues(case)[DueKind.ARCHIVE]
    assert due.day == TODAY + timedelta(days=left)
    archived = replace(case.dispute, archive=ArchiveState.ARCHIVED, archived_on=TODAY)
    assert DueKind.ARCHIVE not in dues(replace(case, dispute=archived))


def test_the_archive_waits_for_payment_and_visit() -> None:
    kept = settled(ago(40), performance=Performance.KEPT, performed_on=ago(20))
    assert DueKind.ARCHIVE not in dues(kept)
    assert DueKind.ARCHIVE in dues(kept, last_visit=ago(5))
    assert DueKind.ARCHIVE not in dues(settled(ago(40)), last_visit=ago(5))


def test_what_was_never_taken_in_is_not_archived() -> None:
    case = an_open_case(
        status=CaseStatus.CLOSED, outcome=Outcome.NOT_ACCEPTED, closed_on=ago(60), intake_on=None
    )
    assert DueKind.ARCHIVE not in dues(case)


# Beside the cases


def test_legal_aid_is_asked_after() -> None:
    aid = LegalAid(
        id="a", unit_id="u", applicant="仇素英", matter="追索工资", helped_on=ago(20),
        answer_due_on=ago(1),
    )  # fmt: skip
    due = legal_aid_due(aid, TODAY, USUAL)
    assert due is not None
    assert (left_words(due, TODAY)[0], due.record_id) == ("逾期 1 天", "a")
    for changes in ({"answered_on": TODAY}, {"answer_due_on": None}, {"void_reason": "误登"}):
        assert legal_aid_due(replace(aid, **changes), TODAY, USUAL) is None


def test_legal_aid_without_a_written_day_is_counted_from_its_application() -> None:
    aid = LegalAid(
        id="a", unit_id="u", applicant="仇素英", matter="追索工资", helped_on=ago(20),
        applied_on=ago(9), state=LegalAidState.APPLIED,
    )  # fmt: skip
    due = legal_aid_due(aid, TODAY, USUAL)
    assert due is not None
    assert (due.day, due.rule.value) == (ago(2), "Q15")
    told = legal_aid_due(replace(aid, answer_due_on=TODAY), TODAY, USUAL)
    assert told is not None
    assert (told.day, told.rule.value) == (TODAY, "Q14")
    helping = replace(aid, state=LegalAidState.HELPING)
    assert legal_aid_due(helping, TODAY, USUAL) is None


@pytest.mark.parametrize(
    ("days", "said"), [(3, None), (4, "还有 3 天"), (7, "今天"), (9, "逾期 2 天")]
)
def test_a_round_of_screening_comes_every_week(days: int, said: str | None) -> None:
    due = screening_due(ago(days), "第4村民小组", TODAY, USUAL)
    assert (left_words(due, TODAY)[0] if due else None) == said
    if due is not None:
        assert due.detail.endswith("，第4村民小组")


def test_a_first_round_is_due_today() -> None:
    due = screening_due(None, "", TODAY, Limits(Settings(screening_days=10)))
    assert due is not None
    assert (due.day, due.detail) == (TODAY, "每 10 天排查一次")


def test_the_report_is_due_in_the_next_month() -> None:
    due = report_due(month(2026, 9), TODAY, USUAL)
    assert due.day == date(2026, 10, 5)
    assert left_words(due, TODAY) == ("逾期 18 天", "red")


def test_days_of_another_year_are_told_with_it() -> None:
    case = a_case()
    promise = replace(case.promises[0], due_on=date(2025, 10, 11))
    assert "2025年10月11日" in dues(replace(case, promises=(promise,)))[DueKind.PROMISE].detail


def test_weight_goes_before_days_only_for_what_is_overdue() -> None:
    old = Due(DueKind.ARCHIVE, ago(300), "", "")
    fresh = Due(DueKind.PROMISE, ago(1), "", "")
    at_once = Due(DueKind.SIGNATURE, None, "", "")
    assert sorted([old, fresh], key=weight) == [fresh, old]
    assert sorted([at_once, fresh, old], key=urgency) == [old, fresh, at_once]
