"""Whether the computer's clock can be right: numbers, deadlines and reports follow its day.

An old laptop with an empty battery starts in a year long past, and somebody sets it to one that is
to come. Nothing is blocked by that; it is said until the day is right or somebody says that it is.
"""

import json
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta

from mediation_desk import RELEASED
from mediation_desk.domain.limits import full_day
from mediation_desk.domain.problems import DeskError
from mediation_desk.store.register import Register
from mediation_desk.words import tr

_NOTE = "clock"
# So long may a register lie unused, and so far may a clock that was right be put back.
_JUMP = timedelta(days=366)
_BACK = timedelta(hours=1)
# A note of an old doubt is renewed now and then, else it would grow old and doubt by itself.
_RENEWED = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class _Note:
    """The moment that was right last, and the newest act then; `sure` where somebody said so."""

    at: str
    act: int
    sure: bool

    @property
    def moment(self) -> datetime:
        return datetime.fromisoformat(self.at)


def _noted(register: Register) -> _Note | None:
    stored = register.setting(_NOTE)
    return _Note(**json.loads(stored)) if stored else None


def _note(register: Register, moment: datetime, act: int, *, sure: bool) -> None:
    note = _Note(moment.isoformat(timespec="seconds"), act, sure)
    register.remember(_NOTE, json.dumps(asdict(note)))


def _last_right(note: _Note | None, newest: tuple[int, datetime] | None) -> datetime | None:
    """The latest moment known to have been right: of the newest act unless that is in doubt."""
    if note is None:
        return newest[1] if newest else None
    if newest is not None and newest[0] > note.act:
        follows = note.moment - _BACK <= newest[1] <= note.moment + _JUMP
        return newest[1] if follows else note.moment
    return note.moment


def clock_doubt(register: Register, now: datetime) -> str:
    """Why the clock is perhaps wrong, in a sentence; empty where it may well be right."""
    newest, note = register.newest_act(), _noted(register)
    right = _last_right(note, newest)
    why = _why(now, right, sure=note is not None and note.sure and note.moment <= now)
    act = newest[0] if newest else 0
    if why and note is None and right is not None:
        _remember(register, right, act)
    elif not why and note is not None and now - note.moment > _RENEWED:
        _remember(register, now, act, sure=note.sure)
    if not why:
        return ""
    told = tr("电脑日期可能不对：现在显示{day}，{why}。")
    return told.format(day=full_day(now.date()), why=why)


def _remember(register: Register, moment: datetime, act: int, *, sure: bool = False) -> None:
    try:
        _note(register, moment, act, sure=sure)
    except DeskError:
        # It is asked again the next time; whoever only looks need not know.
        return


def _why(now: datetime, right: datetime | None, *, sure: bool) -> str:
    if right is not None and now < right - _BACK:
        return tr("比登记簿里最近一次记录（{day}）还早").format(day=full_day(right.date()))
    if not sure and now.date() < date.fromisoformat(RELEASED):
        return tr("比这一版程序做成的日期（{day}）还早").format(
            day=full_day(date.fromisoformat(RELEASED))
        )
    if right is not None and now - right > _JUMP:
        return tr("离登记簿里最近一次记录（{day}）已经过了一年多").format(
            day=full_day(right.date())
        )
    return ""


def trust_clock(register: Register, now: datetime) -> None:
    """Take the clock for right from now on, because somebody looked and said so."""
    newest = register.newest_act()
    _note(register, now, newest[0] if newest else 0, sure=True)
