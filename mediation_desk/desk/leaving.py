"""How long a desk that nobody touches stays open; alone, as the window asks every few seconds."""

from mediation_desk.desk.desk_log import entry
from mediation_desk.domain.desk_error import DeskError
from mediation_desk.domain.desk_log import LogAct
from mediation_desk.store.register import Register
from mediation_desk.store.undoing import LOG
from mediation_desk.words import tr

_SETTING = "idle_minutes"
# In minutes, 0 for never; ten are long enough for a call and short enough for a grandson.
CHOICES = (5, 10, 20, 30, 60, 0)
USUAL = 10


def idle_minutes(register: Register) -> int:
    """After how many minutes without key or mouse the desk is locked; 0 for never."""
    stored = register.setting(_SETTING)
    return int(stored) if stored else USUAL


def choose_idle_minutes(register: Register, minutes: int, actor: str) -> None:
    """Lock after so many minutes from now on, 0 for never."""
    if minutes not in CHOICES:
        words = tr("不能设为{minutes}分钟。请从给出的几项里选。").format(minutes=minutes)
        raise DeskError(words)
    words = tr("{minutes}分钟").format(minutes=minutes) if minutes else tr("不自动锁定")
    with register.change(actor, tr(LogAct.IDLE.label), LOG) as change:
        register.set(_SETTING, str(minutes))
        change.keep(entry(LogAct.IDLE, actor, words))
