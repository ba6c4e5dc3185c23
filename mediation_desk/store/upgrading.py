"""peewee's migration runner on an encrypted register; imported only to create or upgrade."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import peewee
from playhouse.migrations import Runner
from playhouse.sqlcipher_ext import SqlCipherDatabase
from sqlcipher3 import dbapi2 as sqlcipher

from mediation_desk.store.connection import told


class _Database(SqlCipherDatabase):  # type: ignore[misc]
    """A SQLCipher database opened with a raw key."""

    def _connect(self) -> Any:
        parameters = dict(self.connect_params)
        key = parameters.pop("key")
        connection = sqlcipher.connect(self.database, isolation_level=None, **parameters)
        connection.execute("PRAGMA cipher_log_level=NONE")
        connection.execute(f"PRAGMA key=\"x'{key.hex()}'\"")
        self._add_conn_hooks(connection)
        return connection


def database(file: Path, key: bytes) -> Any:
    """A peewee database on the register `file`, for migrations and their tests."""
    pragmas = {"journal_mode": "wal", "synchronous": "full", "foreign_keys": 1}
    return _Database(str(file), pragmas=pragmas, key=key, autoconnect=False)


def run_scripts(file: Path, key: bytes, folder: Path, history: str) -> list[str]:
    """Run the scripts of `folder` that the register has not been through; their names."""
    peewee_database = database(file, key)
    with _told_by_peewee(), peewee_database.connection_context():
        applied: list[str] = Runner(peewee_database, str(folder), table_name=history).up()
    return applied


@contextmanager
def _told_by_peewee() -> Iterator[None]:
    try:
        yield
    except peewee.DatabaseError as error:
        with told():
            raise sqlcipher.DatabaseError(str(_first(error))) from error


def _first(error: BaseException) -> BaseException:
    """What went wrong first; after a full disk peewee fails once more, in taking back."""
    while isinstance(error.__context__, (peewee.DatabaseError, sqlcipher.Error)):
        error = error.__context__
    return error
