"""Encrypted connections to a register, one for each thread, and its errors in plain words."""

import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2 as sqlcipher

from mediation_desk.domain.problems import DeskError
from mediation_desk.words import tr

Row = tuple[Any, ...]
Values = Sequence[Any]

# The order matters: logging is silenced before the key can fail, the key comes before any read.
_PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA cache_size=-65536",
    "PRAGMA temp_store=MEMORY",
    "PRAGMA busy_timeout=5000",
    "PRAGMA secure_delete=ON",
)


class RegisterDamaged(DeskError):
    """The register's file cannot be read with its key."""


class RegisterBusy(DeskError):
    """Another window or command has the register open."""


class NotAllowed(DeskError):
    """The database refuses a row: a duplicate, or something that others still point to."""


_DAMAGED = "登记簿文件已损坏，无法读取。请从备份恢复，不要继续使用这个文件。"
_FULL = "磁盘已满，本次改动没有保存。请清理磁盘后再试，原有记录没有受影响。"
# What the driver says, whose fault it is, and how we say it.
_SENTENCES: tuple[tuple[str, type[DeskError], str], ...] = (
    ("not a database", RegisterDamaged, _DAMAGED),
    ("malformed", RegisterDamaged, _DAMAGED),
    ("disk is full", DeskError, _FULL),
    ("disk I/O", DeskError, "读写磁盘出错，本次改动没有保存。请检查磁盘后再试。"),
    ("readonly", DeskError, "登记簿所在的文件夹不能写入。请检查文件夹权限后再试。"),
    ("unable to open", DeskError, "打不开登记簿文件。请检查它所在的文件夹是否存在、能否写入。"),
    ("locked", RegisterBusy, "登记簿正被占用，请稍后再试。"),
    ("constraint", NotAllowed, "登记簿拒绝了这条记录：编号重复，或仍有其他记录依附于它。"),
)


def _told(error: Exception) -> DeskError:
    text = str(error)
    for sign, kind, sentence in _SENTENCES:
        if sign in text:
            return kind(tr(sentence))
    return DeskError(tr("登记簿出错：{error}。请把这句话告诉技术支持。").format(error=text))


@contextmanager
def told() -> Iterator[None]:
    """Turn the database's errors into sentences for the user."""
    try:
        yield
    except sqlcipher.Error as error:
        raise _told(error) from error


class Connections:
    """All connections of this process to one register file, each thread using its own."""

    def __init__(self, file: Path, key: bytes) -> None:
        self._file = file
        self._key = key
        self._mine = threading.local()
        self._all: list[Any] = []

    def _connect(self) -> Any:
        connection = sqlcipher.connect(
            str(self._file), isolation_level=None, check_same_thread=False, cached_statements=256
        )
        connection.execute("PRAGMA cipher_log_level=NONE")
        connection.execute(f"PRAGMA key=\"x'{self._key.hex()}'\"")
        for pragma in _PRAGMAS:
            connection.execute(pragma)
        self._all.append(connection)
        return connection

    def here(self) -> Any:
        """The connection of the calling thread, opened when first asked for."""
        connection = getattr(self._mine, "connection", None)
        if connection is None:
            connection = self._mine.connection = self._connect()
        return connection

    def rows(self, sql: str, values: Values = ()) -> list[Row]:
        """All rows of a query."""
        with told():
            found: list[Row] = self.here().execute(sql, values).fetchall()
            return found

    def each(self, sql: str, values: Values = ()) -> Iterator[Row]:
        """The rows of a query one by one, for tables too large to hold."""
        with told():
            yield from self.here().execute(sql, values)

    def one(self, sql: str, values: Values = ()) -> Row | None:
        """The first row of a query."""
        with told():
            found: Row | None = self.here().execute(sql, values).fetchone()
            return found

    def run(self, sql: str, values: Values = ()) -> None:
        """Carry out one statement."""
        with told():
            self.here().execute(sql, values)

    def many(self, sql: str, rows: Iterable[Values]) -> None:
        """Carry out one statement for many rows."""
        with told():
            self.here().executemany(sql, rows)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing of what is done inside; durable when it ends."""
        self.run("BEGIN IMMEDIATE")
        try:
            yield
            self.run("COMMIT")
        except BaseException:
            connection = self.here()
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise

    def close(self) -> None:
        """Close every thread's connection; the last one folds the write-ahead log into the file."""
        connections, self._all = self._all, []
        self._mine = threading.local()
        for connection in connections:
            connection.close()
