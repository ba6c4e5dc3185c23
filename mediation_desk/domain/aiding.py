"""The way of an application for legal aid: its next steps, its days and its state in words."""

from dataclasses import replace
from datetime import date

from mediation_desk.domain.codes import LegalAidState
from mediation_desk.domain.derived import State
from mediation_desk.domain.limits import Limits
from mediation_desk.domain.support import LegalAid
from mediation_desk.words import tr

# The answer is called due soon when so few days are left.
_SOON_DAYS = 2

_NEXT = {
    LegalAidState.HELPING: (LegalAidState.APPLIED,),
    LegalAidState.APPLIED: (
        LegalAidState.ACCEPTED,
        LegalAidState.APPROVED,
        LegalAidState.REFUSED,
    ),
    LegalAidState.ACCEPTED: (LegalAidState.APPROVED, LegalAidState.REFUSED),
}
_DAY_OF = {
    LegalAidState.APPLIED: "applied_on",
    LegalAidState.ACCEPTED: "accepted_on",
    LegalAidState.APPROVED: "answered_on",
    LegalAidState.REFUSED: "answered_on",
}
_TONES = {
    LegalAidState.HELPING: "neutral",
    LegalAidState.APPLIED: "blue",
    LegalAidState.ACCEPTED: "blue",
    LegalAidState.APPROVED: "green",
    LegalAidState.REFUSED: "neutral",
}


def next_states(aid: LegalAid) -> tuple[LegalAidState, ...]:
    """How far the application may come with its next step; none once it is answered or void."""
    return () if aid.void_reason else _NEXT.get(aid.state, ())


def answered(aid: LegalAid) -> bool:
    """Whether the legal aid body has decided."""
    return aid.state in {LegalAidState.APPROVED, LegalAidState.REFUSED}


def with_state(aid: LegalAid, state: LegalAidState, day: date, limits: Limits) -> LegalAid:
    """`aid` one step further on `day`; a day that is written already stays.

    With the application the day is offered until which the answer is due; how many days that takes
    is local practice.
    """
    name = _DAY_OF.get(state)
    if name is not None and getattr(aid, name) is None:
        aid = replace(aid, **{name: day})  # type: ignore[arg-type]
    if state is LegalAidState.APPLIED and aid.answer_due_on is None and aid.applied_on:
        due = limits.end(aid.applied_on, limits.term("legal_aid"))
        aid = replace(aid, answer_due_on=due)
    return replace(aid, state=state)


def due_words(due: date, today: date) -> State:
    """How many days are left until `due`, in words, and the tone of the words."""
    left = (due - today).days
    if left < 0:
        return tr("逾期 {days} 天").format(days=-left), "red"
    if left == 0:
        return tr("今天到期"), "amber"
    return tr("还有 {days} 天").format(days=left), "amber" if left <= _SOON_DAYS else "blue"


def aid_state(aid: LegalAid, today: date) -> State:
    """The state of the application as a list shows it, with the days left for the answer."""
    if aid.void_reason:
        return tr("作废"), "neutral"
    said, tone = aid.state.label, _TONES[aid.state]
    if aid.answer_due_on is None or answered(aid) or aid.state is LegalAidState.HELPING:
        return said, tone
    left, tone = due_words(aid.answer_due_on, today)
    return tr("{state} · {left}").format(state=said, left=left), tone
