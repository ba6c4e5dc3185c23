"""What was done with the keys of a register: by whom, when, and for whom."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date, datetime

from mediation_desk.desk.clock import now
from mediation_desk.store.register import Register
from mediation_desk.words import tr

_LOG = "keys_log"
_LONGEST_LOG = 200
# What may stand in the log; never a password or a code.
CHANGED, CODE, RECOVERED = "password", "recovery", "recovered"
SEALED, OPENED, HELPED, RENEWED = "sealed", "opened", "helped", "renewed"
_REASONS = {
    CHANGED: "修改密码",
    CODE: "制作恢复码",
    RECOVERED: "凭恢复码重设密码",
    SEALED: "把钥匙封存给{about}，密码忘了可以请它帮助",
    OPENED: "由司法所帮助打开，重设密码，原来的恢复码作废（{about}）",
    HELPED: "帮村里打开登记簿（{about}）",
    RENEWED: "更换本所的密钥，新核对码{about}",
}


@dataclass(frozen=True, slots=True)
class KeyAct:
    """What was done with the keys, by whom and when; `about` says who else had to do with it."""

    at: str
    actor: str
    what: str
    about: str = ""

    @property
    def told(self) -> str:
        """What was done, in words."""
        return tr(_REASONS[self.what]).format(about=self.about)

    @property
    def day(self) -> date:
        """The day on which it was done."""
        return datetime.fromisoformat(self.at).date()


def key_log(register: Register) -> list[KeyAct]:
    """What was done with the keys of this register, the newest first."""
    stored = register.setting(_LOG)
    return [KeyAct(**entry) for entry in json.loads(stored)] if stored else []


@contextmanager
def note(register: Register, what: str, actor: str, about: str = "") -> Iterator[None]:
    """Note what is done inside, in one act with it; what is done comes last, so the note is true.

    Nothing is noted where it raises.
    """
    act = KeyAct(now().isoformat(timespec="seconds"), actor, what, about)
    with register.change(actor, act.told):
        log = [asdict(entry) for entry in (act, *key_log(register))][:_LONGEST_LOG]
        register.set(_LOG, json.dumps(log, ensure_ascii=False))
        yield
