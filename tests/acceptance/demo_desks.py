"""The day, the month and the registers that the stories are about."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2 as sqlcipher

from mediation_desk.desk.demonstration import PASSWORD
from mediation_desk.desk.duplicates import confirm_same, separate
from mediation_desk.desk.sending import versions_of
from mediation_desk.domain.periods import year
from mediation_desk.figures.calibre import Calibre
from mediation_desk.store.keys import PASSWORD as BY_PASSWORD
from mediation_desk.store.keys import put_slot, unlock, wrap
from mediation_desk.store.opening import open_register

DAY, MONTH = "2026-10-23", "2026-09"
CLERK = "罗晓"
SAME_CASES = 15


def copied(register: Path, target: Path) -> Path:
    """A copy of a closed register."""
    shutil.copytree(register, target)
    return target


def quickly_opened(register: Path) -> Path:
    """Let the password of a register cost no time from now on; stories open theirs often."""
    key = unlock(register, PASSWORD)
    put_slot(register, wrap(key, BY_PASSWORD, PASSWORD))
    return register


def with_the_keys_of(demo: Path, office: Path) -> Path:
    """Give an empty office the demo office's key, its villages and what it knows of their keys.

    So that what the demo's villages seal can be opened where nothing was received before.
    """
    with open_register(demo, PASSWORD) as source, open_register(office, PASSWORD) as target:
        target.set("desk_key", source.setting("desk_key"))
        enrolments = source.all("enrolment")
        units = source.some("unit", {entry.unit_id for entry in enrolments})  # type: ignore[attr-defined]
        records = [*units, *enrolments]
        with target.change(CLERK, "抄录密钥") as change:
            change.adopt(records, versions_of(source, records))
    return office


def with_same_cases(register: Path) -> Path:
    """Let some pairs of entries be found to be one dispute, and one of them be taken for two again.

    Which they are does not matter: the first of each pair counts, in whatever village it is.
    """
    day = date.fromisoformat(DAY)
    with open_register(register, PASSWORD) as opened:
        counted = opened.places_behind(Calibre(year(2026)))
        ids = [row.dispute.id for row in opened.rows_at(counted[: 2 * SAME_CASES + 2])]
        made = [
            confirm_same(opened, main, other, CLERK, day)
            for main, other in zip(ids[::2], ids[1::2], strict=True)
        ]
        separate(opened, made[0].id, CLERK, day, "弄错了")
    return register


@contextmanager
def database_of(register: Path) -> Iterator[Any]:
    """The register's database, opened with its key and none of the program's statements."""
    key = unlock(register, PASSWORD)
    connection = sqlcipher.connect(str(register / "register.db"))
    try:
        connection.execute(f"PRAGMA key=\"x'{key.hex()}'\"")
        yield connection
    finally:
        connection.close()
