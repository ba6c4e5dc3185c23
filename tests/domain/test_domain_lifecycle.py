"""The steps of a dispute: what the state allows, and what a step leaves behind."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from builders import TODAY, a_case, a_promise, a_session, an_agreement, an_open_case
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from mediation_desk.domain.casefile import gathered
from mediation_desk.domain.checks import case_problems
from mediation_desk.domain.codes import (
    AgreementForm,
    ArchiveState,
    CaseStatus,
    Confirmation,
    Outcome,
    Performance,
    RefusalReason,
    Retention,
    SessionKind,
    SessionResult,
    Source,
    TerminationReason,
)
from mediation_desk.domain.dispute_types import TypeTable
from mediation_desk.domain.lifecycle import (
    StepName,
    accept,
    archive,
    missing_for,
    refuse,
    reopen,
    settle,
    steps,
    terminate,
    transfer,
    void,
    with_performance,
    with_session,
)
from mediation_desk.domain.problems import DeskError, errors

INTAKE = date(2026, 9, 25)


def registered(**changes):
    return an_open_case(status=CaseStatus.REGISTERED, intake_on=None, **changes)


def possible(case):
    return {StepName(step.id) for step in steps(case) if step.possible}


def test_a_registered_dispute_may_be_taken_in_or_not():
    assert possible(registered()) == {
        StepName.ACCEPT,
        StepName.REFUSE,
        StepName.TRANSFER,
        StepName.VOID,
    }


def test_an_open_dispute_may_go_on_and_end():
    assert possible(an_open_case()) == {
        StepName.SESSION,
        StepName.AGREE,
        StepName.TERMINATE,
        StepName.TRANSFER,
        StepName.VOID,
    }


def test_a_settled_dispute_is_visited_archived_or_taken_up_again():
    assert possible(a_case()) == {
        StepName.VISIT,
        StepName.ARCHIVE,
        StepName.REOPEN,
        StepName.VOID,
    }


def test_a_void_or_archived_dispute_stays_as_it_is():
    assert possible(a_case(void_reason="重复")) == set()
    assert possible(a_case(archive=ArchiveState.ARCHIVED)) == {StepName.VISIT}


def test_what_is_missing_is_said_in_words():
    for case in (registered(), an_open_case(), a_case(), a_case(void_reason="重复")):
        for step in steps(case):
            assert step.label
            assert bool(step.missing) is not step.possible
            assert not step.missing or step.missing.endswith("。")


def test_without_the_other_side_nothing_is_agreed():
    case = registered()
    alone = replace(case, parties=case.parties[:1])
    told = {step.id: step.missing for step in steps(alone)}
    assert told["accept"] == "还没有登记双方当事人。"
    assert StepName.REFUSE in possible(alone)


def test_on_own_initiative_two_parties_are_enough():
    case = registered(source=Source.OWN)
    same_side = tuple(replace(party, role=case.parties[1].role) for party in case.parties)
    assert StepName.ACCEPT in possible(replace(case, parties=same_side))
    assert StepName.ACCEPT not in possible(replace(case, parties=same_side[:1]))


def test_settling_on_the_spot_is_kept_at_once():
    dispute = accept(registered().dispute, INTAKE)
    oral = an_agreement(dispute.id, form=AgreementForm.ORAL, on_the_spot=True)
    settled = settle(dispute, oral)
    assert settled.status is CaseStatus.CLOSED
    assert settled.outcome is Outcome.SETTLED
    assert settled.closed_on == settled.performed_on == oral.agreed_on
    assert settled.performance is Performance.KEPT


def test_settling_for_later_is_not_due():
    dispute = an_open_case().dispute
    settled = settle(dispute, an_agreement(dispute.id))
    assert settled.performance is Performance.NOT_DUE
    assert settled.performed_on is None


@pytest.mark.parametrize("reason", list(TerminationReason))
def test_an_end_without_agreement_has_its_outcome(reason):
    ended = terminate(an_open_case().dispute, TODAY, reason, remedies_told=True)
    failed = reason is TerminationReason.NO_AGREEMENT
    assert ended.outcome is (Outcome.FAILED if failed else Outcome.TERMINATED)
    assert (ended.closed_on, ended.termination, ended.remedies_told) == (TODAY, reason, True)


def test_a_step_the_state_forbids_is_told_and_not_done():
    with pytest.raises(DeskError, match="现在不能“达成协议”：纠纷还没有受理。"):
        settle(registered().dispute, an_agreement("d"))
    with pytest.raises(DeskError, match="已经结案"):
        settle(a_case().dispute, an_agreement("d"))
    with pytest.raises(DeskError, match="已经受理"):
        refuse(an_open_case().dispute, TODAY, RefusalReason.PARTY, remedies_told=True)
    with pytest.raises(DeskError, match="已经作废"):
        accept(registered(void_reason="重复").dispute, TODAY)
    with pytest.raises(DeskError, match="还没有结案"):
        archive(an_open_case().dispute, TODAY, Retention.SHORT)


def test_a_visit_leaves_a_closed_dispute_closed():
    dispute = a_case().dispute
    visit = a_session(dispute.id, kind=SessionKind.VISIT, held_on=TODAY)
    assert with_session(dispute, visit) == dispute
    with pytest.raises(DeskError):
        with_session(dispute, a_session(dispute.id))


def test_an_archived_file_stays_closed_even_against_voiding():
    dispute = archive(a_case().dispute, TODAY, Retention.LONG)
    assert dispute.retention is Retention.LONG
    with pytest.raises(DeskError, match="已经归档"):
        void(dispute, "重复")


@pytest.mark.parametrize("reason", ["", "  "])
def test_voiding_and_taking_up_again_want_a_reason(reason):
    with pytest.raises(DeskError, match="作废原因"):
        void(a_case().dispute, reason)
    with pytest.raises(DeskError, match="重新办理的原因"):
        reopen(a_case(), reason)


def test_taking_up_again_lets_outcome_agreement_and_promises_fall():
    case = a_case()
    opened, *fallen = reopen(case, "当事人反悔")
    assert opened == replace(
        case.dispute,
        status=CaseStatus.MEDIATING,
        outcome=None,
        closed_on=None,
        performance=None,
    )
    assert {record.id for record in fallen} == {case.agreement.id, case.promises[0].id}
    assert {record.void_reason for record in fallen} == {"当事人反悔"}


def test_a_confirmed_agreement_is_not_taken_up_again():
    with pytest.raises(DeskError, match="已经司法确认"):
        reopen(a_case(confirmation=Confirmation.CONFIRMED), "当事人反悔")


def test_performance_follows_the_promises():
    case = a_case()
    due = date(2026, 10, 20)
    first, second = (
        a_promise(case.agreement, case.parties[1], position=n, due_on=due, amount_fen=10_000)
        for n in (1, 2)
    )
    paid = replace(first, kept_on=date(2026, 10, 12), kept_fen=10_000)
    rest = replace(second, kept_on=date(2026, 10, 19), kept_fen=10_000)

    def told(*promises, day=due):
        dispute = with_performance(case.dispute, promises, day)
        return dispute.performance, dispute.performed_on

    assert told(first, second) == (Performance.NOT_DUE, None)
    assert told(paid, second) == (Performance.PARTLY, None)
    assert told(paid, second, day=due + timedelta(days=1)) == (Performance.OVERDUE, None)
    assert told(replace(first, kept_fen=1), second) == (Performance.PARTLY, None)
    assert told(paid, rest) == (Performance.KEPT, date(2026, 10, 19))
    assert told(replace(first, void_reason="录错")) == (Performance.NOT_DUE, None)
    sued = replace(case.dispute, performance=Performance.SUED)
    assert with_performance(sued, (paid, rest), due) == sued


class Life(RuleBasedStateMachine):
    """Whatever steps are taken in whatever order, no rule finds an error in the file."""

    def __init__(self):
        super().__init__()
        self.case = registered()
        self.day = INTAKE

    def keep(self, *records):
        kept = {record.id: record for record in self.case.records()}
        kept |= {record.id: record for record in records}
        dispute = kept.pop(self.case.dispute.id)
        self.case = gathered(dispute, kept.values())

    def may(self, name):
        return not missing_for(name, self.case.dispute)

    @rule(days=st.integers(0, 2))
    def time_passes(self, days):
        self.day = min(self.day + timedelta(days=days), TODAY)

    @precondition(lambda self: self.may(StepName.ACCEPT))
    @rule()
    def is_accepted(self):
        self.keep(accept(self.case.dispute, self.day))

    @precondition(lambda self: self.may(StepName.SESSION))
    @rule()
    def is_mediated(self):
        dispute = self.case.dispute
        continued = SessionResult.CONTINUED
        session = a_session(dispute.id, held_on=self.day, result=continued)
        self.keep(with_session(dispute, session), session)

    @precondition(lambda self: self.may(StepName.AGREE))
    @rule(form=st.sampled_from(AgreementForm), spot=st.booleans())
    def is_settled(self, form, spot):
        dispute = self.case.dispute
        agreement = an_agreement(dispute.id, form=form, on_the_spot=spot, agreed_on=self.day)
        self.keep(settle(dispute, agreement), agreement)

    @precondition(lambda self: self.may(StepName.TERMINATE))
    @rule(reason=st.sampled_from(TerminationReason), told=st.booleans())
    def is_terminated(self, reason, told):
        self.keep(terminate(self.case.dispute, self.day, reason, remedies_told=told))

    @precondition(lambda self: self.may(StepName.REFUSE))
    @rule()
    def is_refused(self):
        self.keep(refuse(self.case.dispute, self.day, RefusalReason.PARTY, remedies_told=True))

    @precondition(lambda self: self.may(StepName.TRANSFER))
    @rule()
    def is_transferred(self):
        self.keep(transfer(self.case.dispute, self.day))

    @precondition(lambda self: self.may(StepName.REOPEN))
    @rule()
    def is_taken_up_again(self):
        self.keep(*reopen(self.case, "当事人反悔"))

    @precondition(lambda self: self.may(StepName.ARCHIVE))
    @rule()
    def is_archived(self):
        self.keep(archive(self.case.dispute, self.day, Retention.SHORT))

    @invariant()
    def nothing_is_wrong(self):
        assert errors(case_problems(self.case, TypeTable(), TODAY)) == []


TestLife = Life.TestCase
TestLife.settings = hypothesis_settings(max_examples=60, stateful_step_count=15)
