"""Giving a village back all that it ever sent, when its laptop and its backups are gone."""

from datetime import date
from pathlib import Path
from typing import NamedTuple

from mediation_desk.desk.giving_back import write_returns
from mediation_desk.desk.sequence import of_unit
from mediation_desk.desk.trusting import enrolments, seal_to
from mediation_desk.domain.organisation import Unit
from mediation_desk.domain.problems import DeskError
from mediation_desk.store.register import Register
from mediation_desk.words import tr


class Rebuilt(NamedTuple):
    """The file that was written, and when the register that alone can open it was set up."""

    path: Path
    enrolled_on: date | None


def rebuild(register: Register, unit: Unit, target: Path, actor: str, today: date) -> Rebuilt:
    """Write everything that the office has of a village as one file for its new register.

    It is sealed to the key that the new register signed up with, and taken there like any file
    from the office. Back come the records with their revisions, the scans, and the entries of what
    was sent; not what never left the lost laptop: drafts, its own settings, its history.

    Raises `DeskError` while the village's key is still that of the lost laptop.
    """
    if not of_unit(register, unit.id):
        words = tr("本所没有收到过{unit}的报送文件，没有可以恢复的内容。").format(unit=unit.name)
        raise DeskError(words + tr("请核对单位；它的登记簿要用它自己的备份恢复。"))
    newest = next(iter(enrolments(register, unit.id)), None)
    seal = seal_to(register, unit)
    if newest is None or not newest.key or seal is None or not seal.to:
        happened = tr("{unit}的新登记簿还没有开户，恢复文件不知道该封存给谁，没有做。")
        mend = tr("请给它做一份开户文件，让它打开后先报送一次（零报告也行），接收后再做。")
        raise DeskError(happened.format(unit=unit.name) + mend)
    path = write_returns(register, unit.id, target, actor, today, again=True)
    return Rebuilt(path, newest.enrolled_on)
