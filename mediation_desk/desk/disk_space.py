"""Whether the disk has room for what is still to be written, told before something fails."""

import shutil

from mediation_desk.store.register import Register
from mediation_desk.words import tr

_MEGABYTE, _GIGABYTE = 1_000_000, 1_000_000_000


def space_warning(register: Register) -> str:
    """That the disk under the register is nearly full, in one sentence; empty if it is not."""
    try:
        free = shutil.disk_usage(register.folder).free
    except OSError:
        # A disk that does not answer is told by whoever writes to it.
        return ""
    if free // _MEGABYTE >= register.settings.disk_megabytes:
        return ""
    words = tr("磁盘快满了，只剩 {free}。满了就不能保存和备份：请删掉或移走不要的文件。")
    left = f"{free // _MEGABYTE} MB" if free < _GIGABYTE else f"{free / _GIGABYTE:.1f} GB"
    return words.format(free=left)
