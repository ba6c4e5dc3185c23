"""How this desk is set up, in what people compare and read: its office, the two keys, or none."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from mediation_desk.desk.desk_key import known_office, own_key
from mediation_desk.domain.codes import Role
from mediation_desk.domain.problems import DeskError
from mediation_desk.exchange.sealing import fingerprint
from mediation_desk.exchange.setup_file import SetUp, read_setup_file
from mediation_desk.store.register import Register
from mediation_desk.words import tr

__all__ = ["Keys", "SetUp", "keys_of", "look_at_setup", "look_here"]


@dataclass(frozen=True, slots=True)
class Keys:
    """Whose office this desk trusts and since when; both keys as they are compared by phone."""

    own: str = ""
    office: str = ""
    office_code: str = ""
    office_key: str = ""
    opened_on: date | None = None


def keys_of(register: Register) -> Keys:
    """The keys of this desk; empty where there are none yet."""
    key, office = own_key(register), known_office(register)
    own = fingerprint(key.public) if key is not None else ""
    if office is None:
        return Keys(own)
    opened = date.fromisoformat(office.opened_on)
    return Keys(own, office.name, office.code, office.fingerprint, opened)


def look_at_setup(path: Path) -> SetUp:
    """What a set-up file says, before there is a register; raises `DeskError` for any other."""
    return read_setup_file(path)


def look_here(register: Register, path: Path) -> SetUp:
    """The same for the village of this register; raises `DeskError` if it is for another."""
    setup = read_setup_file(path)
    if register.role is not Role.VILLAGE:
        happened = tr("开户文件是给村（社区）用的，这里是司法所的登记簿。")
        raise DeskError(happened + tr("请在{unit}的电脑上打开它。").format(unit=setup.unit.name))
    if setup.unit.id != register.unit.id:
        happened = tr("这份开户文件是给{unit}（代码{code}）的，不是给本单位的，没有使用。").format(
            unit=setup.unit.name, code=setup.unit.code
        )
        raise DeskError(happened + tr("请与司法所核对发错了没有。"))
    return setup
