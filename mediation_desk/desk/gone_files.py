"""The files that the office made for its villages: what was made, and making several at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import cast

from mediation_desk.desk.giving_back import ToTell, returns_name, write_returns
from mediation_desk.desk.going_back import since
from mediation_desk.desk.recording import own_ids
from mediation_desk.domain.organisation import Unit
from mediation_desk.domain.problems import DeskError
from mediation_desk.domain.reporting import Package
from mediation_desk.store.register import Register

# More than anybody looks back at.
_MOST = 60


@dataclass(frozen=True, slots=True)
class GoneFile:
    """A file that was made for a unit; `there` says that the unit's packages confirmed it."""

    package: Package
    unit: Unit
    there: bool


@dataclass(frozen=True, slots=True)
class MadeFiles:
    """What came of making several files: those in place, and why others were not made."""

    paths: tuple[Path, ...]
    refused: tuple[str, ...] = ()


def gone_files(register: Register) -> list[GoneFile]:
    """The latest files that were made for units, the newest first."""
    units = {unit.id: unit for unit in register.units() if unit.id not in own_ids(register)}
    found = cast(list[Package], register.all("package", received=0))
    made = [entry for entry in found if entry.unit_id in units]
    made.sort(key=lambda entry: (entry.made_on, entry.number, entry.unit_id), reverse=True)
    known = {
        unit_id: since(register, unit_id, sealing=False).base
        for unit_id in {entry.unit_id for entry in made[:_MOST]}
    }
    return [
        GoneFile(entry, units[entry.unit_id], entry.number <= known[entry.unit_id])
        for entry in made[:_MOST]
    ]


def make_files(
    register: Register, waiting: Sequence[ToTell], folder: Path, actor: str, today: date
) -> MadeFiles:
    """Make the file of each of these units; one that cannot be made stops no other."""
    paths, refused = [], []
    for entry in waiting:
        target = folder / returns_name(entry.unit, today)
        try:
            paths.append(write_returns(register, entry.unit.id, target, actor, today))
        except DeskError as error:
            refused.append(f"{entry.unit.name}：{error}")
    return MadeFiles(tuple(paths), tuple(refused))
