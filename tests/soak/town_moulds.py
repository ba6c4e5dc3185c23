"""The registers of a simulated town before anything has happened, made once and copied."""

import shutil
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from mediation_desk.desk.enrolling import make_setup_file, new_unit, open_setup_file
from mediation_desk.desk.setting_up import create, found_office, found_village
from mediation_desk.domain.codes import UnitKind
from mediation_desk.store.keys import unlock
from mediation_desk.store.opening import open_with_key
from mediation_desk.store.register import Register

PASSWORD, CLERK, RECORDER, OFFICE = "town-2026", "罗晓", "陶素芬", "office"
UNITS, MONTHS = 10, 24
LATE = (8, 9)  # set up by their office only after half a year


@dataclass(frozen=True)
class Moulds:
    """Closed registers that are copied for each run, with their keys."""

    folder: Path
    keys: dict[str, bytes]

    def open(self, name: str, place: Path) -> Register:
        """A copy, opened."""
        shutil.copytree(self.folder / name, place / name)
        return open_with_key(place / name, self.keys[name])


def village(number: int) -> tuple[str, str]:
    """Name and code of a village."""
    return f"{'甲乙丙丁戊己庚辛壬癸'[number]}子村", f"5002301242{number:02d}"


def moulds(folder: Path) -> Moulds:
    """An office and ten villages that have recorded nothing; all but two are set up."""
    keys = {}
    first = date(2026, 1, 1)
    with create(folder / OFFICE, found_office("丰都县", "双龙镇", "500230124000", CLERK),
                PASSWORD) as office:  # fmt: skip
        for number in range(UNITS):
            name, code = village(number)
            founding = found_village("丰都县", "双龙镇", name, UnitKind.VILLAGE, code, RECORDER)
            with create(folder / code, founding, PASSWORD) as register:
                if number not in LATE:
                    set_up(office, register, folder / f"{code}.xlsx", first)
            keys[code] = unlock(folder / code, PASSWORD)
    return Moulds(folder, keys | {OFFICE: unlock(folder / OFFICE, PASSWORD)})


def set_up(office: Register, register: Register, path: Path, today: date) -> None:
    """Give a village its office's set-up file."""
    unit = next((e for e in office.units() if e.code == register.unit.code), None)
    if unit is None:
        own = register.unit
        unit = new_unit(office, own.code, own.name, own.committee, UnitKind.VILLAGE)
    make_setup_file(office, unit, path, CLERK, today)
    open_setup_file(register, path, RECORDER, today)
