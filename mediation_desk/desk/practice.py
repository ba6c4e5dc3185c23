"""Practising on the demo township, in a folder of its own that never holds real records."""

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

from mediation_desk.desk.demonstration import PASSWORD, build, office_of
from mediation_desk.domain.codes import Role
from mediation_desk.domain.problems import DeskError
from mediation_desk.store.opening import open_register
from mediation_desk.store.register import Register
from mediation_desk.words import tr

VILLAGE = "梨子园村"
Say = Callable[[str], None]


def open_practice(folder: Path, role: Role, today: date, say: Say = lambda _: None) -> Register:
    """The register of the demo township in `folder` at the desk of `role`, built if need be."""
    if not folder.exists() or not any(folder.iterdir()):
        build(folder, today, say)
    office = office_of(folder)
    return open_register(office if role is Role.OFFICE else folder / VILLAGE, PASSWORD)


def begin_again(folder: Path, role: Role, today: date, say: Say = lambda _: None) -> Register:
    """Build the demo township in `folder` anew and open it; what was practised is gone.

    Raises `DeskError` for a folder that is no demo township, which is then left as it is.
    """
    if folder.exists() and any(folder.iterdir()):
        office_of(folder)
        old = folder.with_name(f".{folder.name}.old")
        try:
            shutil.rmtree(old, ignore_errors=True)
            folder.rename(old)
        except OSError as error:
            words = tr("练习用的登记簿正被别的程序占用，没有重来。请关闭后再试一次。")
            raise DeskError(words) from error
        shutil.rmtree(old, ignore_errors=True)
    return open_practice(folder, role, today, say)
