"""What was done with the keys of a register: by whom, when, and for whom."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import cast

from mediation_desk.desk import desk_log
from mediation_desk.domain.desk_log import LogAct, LogEntry
from mediation_desk.store.register import Register
from mediation_desk.store.undoing import LOG
from mediation_desk.words import tr

# Where programs before the log wrote such acts down; they go into the log with the next one.
_BEFORE = "keys_log"
CHANGED, CODE, RECOVERED = LogAct.PASSWORD, LogAct.CODE, LogAct.RECOVERED
SEALED, OPENED, HELPED, RENEWED = LogAct.SEALED, LogAct.OPENED, LogAct.HELPED, LogAct.RENEWED
MOVED, SETTLED = LogAct.MOVED, LogAct.SETTLED
_NAMES = {
    "password": CHANGED,
    "recovery": CODE,
    "recovered": RECOVERED,
    "sealed": SEALED,
    "opened": OPENED,
    "helped": HELPED,
    "renewed": RENEWED,
}
_REASONS = {
    CHANGED: "修改密码",
    CODE: "制作恢复码",
    RECOVERED: "凭恢复码重设密码",
    SEALED: "把钥匙封存给{about}，密码忘了可以请它帮助",
    OPENED: "由司法所帮助打开，重设密码，原来的恢复码作废（{about}）",
    HELPED: "帮村里打开登记簿（{about}）",
    MOVED: "做转移文件",
    SETTLED: "凭转移文件搬到这台电脑（{about}）",
    RENEWED: "更换本所的密钥，新核对码{about}",
}


@dataclass(frozen=True, slots=True)
class KeyAct:
    """What was done with the keys, by whom and when; `about` says who else had to do with it."""

    at: str
    actor: str
    what: LogAct
    about: str = ""

    @property
    def told(self) -> str:
        """What was done, in words."""
        return tr(_REASONS[self.what]).format(about=self.about)

    @property
    def day(self) -> date:
        """The day on which it was done."""
        return datetime.fromisoformat(self.at).date()


def _before_the_log(register: Register) -> list[KeyAct]:
    stored = register.setting(_BEFORE)
    return [
        KeyAct(entry["at"], entry["actor"], _NAMES[entry["what"]], entry.get("about", ""))
        for entry in (json.loads(stored) if stored else [])
    ]


def key_log(register: Register) -> list[KeyAct]:
    """What was done with the keys of this register, the newest first."""
    entries = cast(list[LogEntry], register.all("log_entry"))
    acts = [KeyAct(one.at, one.by, one.what, one.told) for one in entries if one.what in _REASONS]
    # Of those of one second the later one comes first; ids of one sitting count on.
    acts = [*reversed(acts), *_before_the_log(register)]
    return sorted(acts, key=lambda act: datetime.fromisoformat(act.at), reverse=True)


@contextmanager
def note(register: Register, what: LogAct, actor: str, about: str = "") -> Iterator[None]:
    """Note what is done inside, in one act with it; what is done comes last, so the note is true.

    Nothing is noted where it raises.
    """
    told = tr(_REASONS[what]).format(about=about)
    with register.change(actor, told, LOG) as change:
        if before := _before_the_log(register):
            for act in before:
                change.keep(desk_log.entry(act.what, act.actor, act.about, at=act.at))
            register.set(_BEFORE, "")
        change.keep(desk_log.entry(what, actor, about))
        yield
