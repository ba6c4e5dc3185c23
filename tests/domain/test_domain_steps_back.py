from dataclasses import replace
from datetime import date, timedelta

import pytest
from builders import a_case, a_session, an_open_case

from mediation_desk.domain.codes import CaseStatus, SessionKind, SessionResult
from mediation_desk.domain.derived import mediation_due
from mediation_desk.domain.lifecycle import extend, without_session
from mediation_desk.domain.limits import Limits
from mediation_desk.domain.problems import DeskError
from mediation_desk.domain.settings import Settings


def test_a_dispute_whose_only_session_was_a_mistake_is_only_accepted() -> None:
    case = an_open_case()
    session = a_session(case.dispute.id, result=SessionResult.CONTINUED)
    left = without_session(replace(case, sessions=(session,)), session.id)
    assert left.sessions == ()
    assert left.dispute.status is CaseStatus.ACCEPTED


def test_other_sessions_keep_it_under_mediation() -> None:
    case = an_open_case()
    first = a_session(case.dispute.id, kind=SessionKind.INQUIRY, result=None)
    second = a_session(case.dispute.id, result=SessionResult.CONTINUED)
    left = without_session(replace(case, sessions=(first, second)), second.id)
    assert left.sessions == (first,)
    assert left.dispute.status is CaseStatus.MEDIATING


def test_a_closed_dispute_stays_closed() -> None:
    case = a_case()
    left = without_session(case, case.sessions[0].id)
    assert left.dispute == case.dispute


def test_a_period_is_extended_to_the_day_both_agreed_on() -> None:
    dispute = an_open_case().dispute
    until = dispute.intake_on + timedelta(days=75)
    assert mediation_due(extend(dispute, until), Limits(Settings())) == until


def test_a_period_neither_shrinks_to_nothing_nor_outlives_the_case() -> None:
    dispute = an_open_case().dispute
    with pytest.raises(DeskError):
        extend(dispute, dispute.intake_on)
    with pytest.raises(DeskError):
        extend(a_case().dispute, date(2027, 1, 1))
