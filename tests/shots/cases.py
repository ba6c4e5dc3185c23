"""Two disputes under way, which the demo's village has none of by the end of its month."""

from dataclasses import replace
from datetime import date, timedelta

from mediation_desk.desk import recording
from mediation_desk.desk.clock import today
from mediation_desk.domain import lifecycle
from mediation_desk.domain.casefile import CaseFile
from mediation_desk.domain.codes import RiskLevel, SessionResult
from mediation_desk.domain.handling import MediationSession, RiskEntry
from mediation_desk.domain.record import new_id
from mediation_desk.store.register import Register

_FACTS = "两家屋檐水沟相接，秦家称蒋家翻修院坝后雨水倒流进自家灶房，双方多次争吵。"
_HELD = "双方到场。蒋仕文承认翻修院坝时填高了沟底，愿意清淤；赔偿数额没有谈拢。"


def registered(register: Register) -> str:
    """A dispute that was written down today and is not yet taken in; its id."""
    case = _blank(register, today(), ("何启富", "向明贵"))
    facts = "田坎垮塌，双方为修复费用起争执。"
    dispute = replace(case.dispute, type="02", facts=facts, intake_on=None)
    return _kept(register, replace(case, dispute=dispute))


def under_way(register: Register) -> str:
    """A dispute that was mediated once and has a high risk; its id."""
    day = today() - timedelta(days=12)
    case = _blank(register, day, ("秦德珍", "蒋仕文"))
    taken = lifecycle.accept(replace(case.dispute, type="02", facts=_FACTS), day)
    session = MediationSession(
        id=new_id(),
        dispute_id=taken.id,
        held_on=day + timedelta(days=4),
        narrative=_HELD,
        mediator_ids=taken.mediator_ids,
        recorder=register.person,
        result=SessionResult.CONTINUED,
    )
    risk = RiskEntry(
        id=new_id(),
        dispute_id=taken.id,
        assessed_on=day + timedelta(days=1),
        level=RiskLevel.RED,
        reasons="蒋仕文扬言推墙，手边有锄头。",
        owner=register.person,
    )
    dispute = lifecycle.with_session(taken, session)
    return _kept(register, replace(case, dispute=dispute, sessions=(session,), risks=(risk,)))


def _blank(register: Register, day: date, names: tuple[str, str]) -> CaseFile:
    blank = recording.blank_case(register, day, register.person)
    parties = zip(blank.parties, names, strict=True)
    named = tuple(replace(party, name=name, phone="13900001234") for party, name in parties)
    return replace(blank, parties=named)


def _kept(register: Register, case: CaseFile) -> str:
    kept = recording.keep_case(register, None, case, register.person, "登记", today())
    return kept.dispute.id
