"""Why something cannot be taken back any more: what was built on it, and what to undo first."""

from mediation_desk.desk.deciding import DECISION
from mediation_desk.desk.duplicates import SAME_CASE
from mediation_desk.desk.looking import IMPORT
from mediation_desk.domain.reporting import Act
from mediation_desk.store.register import Register
from mediation_desk.store.undoing import CannotUndo
from mediation_desk.words import tr

# What a person can take back at this desk, and what is said of it.
UNDOABLE = (IMPORT, DECISION, SAME_CASE)
_LONG = 60
_TOLD = 5


def why_not(register: Register, number: int) -> str:
    """What stands in the way of taking an act back, for people who know no numbers of acts.

    Empty if nothing does.
    """
    try:
        later = register.built_on(number)
    except CannotUndo as error:
        return str(error)
    if not later:
        return ""
    told = [_told(act) for act in later[:_TOLD]]
    if len(later) > _TOLD:
        told.append(tr("等{count}次").format(count=len(later)))
    happened = tr("这次带来的记录后来又改过或用到了：{told}。").format(told=tr("；").join(told))
    fixed = [act for act in later if act.kind not in UNDOABLE]
    if fixed:
        words = tr("其中“{act}”不能撤销，所以这次也不能撤销。请直接更正有误的记录。")
        return happened + words.format(act=_short(fixed[0]))
    mend = tr("请先撤销它。") if len(later) == 1 else tr("请从最近的一次起，依次先撤销它们。")
    return happened + mend


def _told(act: Act) -> str:
    at = act.at[:16].replace("T", " ")
    return tr("{at} {actor} {act}").format(at=at, actor=act.actor, act=_short(act))


def _short(act: Act) -> str:
    return act.reason if len(act.reason) <= _LONG else act.reason[:_LONG] + "…"
