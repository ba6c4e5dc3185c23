"""Taking the register off the old computer, once the new one has said that it has everything."""

from pathlib import Path

from mediation_desk.desk.moving import taken_of
from mediation_desk.domain.problems import DeskError
from mediation_desk.domain.spoken_digits import heard
from mediation_desk.store import keys, wiping
from mediation_desk.store.register import Register
from mediation_desk.store.wiping import Wiped
from mediation_desk.words import tr

# What nobody can promise.
OUT_OF_REACH = (
    "清除不到的：U盘和别的磁盘上的备份、导出过的文件、打印出来的纸、司法所那里的报送；"
    "固态硬盘会把旧内容留在备用的存储单元里，但没有了钥匙，那些内容谁也读不出来。"
    "电脑要卖掉或报废，请另外找人把整个硬盘抹掉。"
)


def check(register: Register, code: str, password: str) -> None:
    """Raise `DeskError` unless this register may go: taken elsewhere as it is, and by its owner."""
    made = taken_of(register, heard(code))
    if made.state != register.state:
        happened = tr("做那份转移文件以后，这里又写了东西，新电脑上还没有，没有清除。")
        raise DeskError(happened + tr("请再做一份转移文件，在新电脑上收下，用新的回执码。"))
    keys.unlock(register.folder, password)


def wipe(register: Register, code: str, password: str) -> Wiped:
    """Destroy this register on this computer; closes it. Raises `DeskError` as `check` does."""
    check(register, code, password)
    folder = register.folder
    register.close()
    return wiping.wipe(folder)


def finish(folder: Path) -> Wiped | None:
    """Go on with a wipe that was cut off; None if there was none."""
    return wiping.wipe(folder) if wiping.is_half_wiped(folder) else None
