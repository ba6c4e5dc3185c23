"""The day, the month and the registers that the stories are about."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2 as sqlcipher

from mediation_desk.desk.demonstration import PASSWORD
from mediation_desk.store.keys import unlock

DAY, MONTH = "2026-10-23", "2026-09"
CLERK = "罗晓"


def copied(register: Path, target: Path) -> Path:
    """A copy of a closed register."""
    shutil.copytree(register, target)
    return target


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
