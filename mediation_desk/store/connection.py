"""Encrypted connections to a register, one for each thread, and its errors in plain words."""

import itertools
import threading
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, TypeVar

from sqlcipher3 import dbapi2 as sqlcipher

from mediation_desk.domain.problems import DeskError
from mediation_desk.words import tr

Row = tuple[Any, ...]
Values = Sequence[Any] | dict[str, Any]
T = TypeVar("T")

_CACHE = "PRAGMA cache_size=-65536"
_SMALL_CACHE = "PRAGMA cache_size=-4096"
# Pages of the log after which it is folded into the file: as SQLite has it, or 32 megabytes.
_FOLDED, _SELDOM_FOLDED = "PRAGMA wal_autocheckpoint=1000", "PRAGMA wal_autocheckpoint=8000"
# The order matters: logging is silenced before the key can fail, the key comes before any read.
_PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    _CACHE,
    "PRAGMA temp_store=MEMORY",
    "PRAGMA busy_timeout=5000",
    "PRAGMA secure_delete=ON",
)
# For reading a whole file once: not a byte of it changes, as it would by turning to the log, and
# little memory is held. With half of it indexes would be read over and over.
READING = (_SMALL_CACHE,)


# How many values one statement may name, far below what SQLite takes.
_BATCH = 500
# So many rows are held at a time of a query that may give hundreds of thousands.
_PART = 5000


def batches(values: Iterable[T]) -> Iterator[list[T]]:
    """`values` in parts small enough to be named in one statement."""
    remaining = iter(values)
    while batch := list(itertools.islice(remaining, _BATCH)):
        yield batch


class RegisterDamaged(DeskError):
    """The register's file cannot be read with its key."""

    # For who must not load this module to know.
    damaged = True


class RegisterBusy(DeskError):
    """Another window or command has the register open."""


class NotAllowed(DeskError):
    """The database refuses a row: a duplicate, or something that others still point to."""


# What to do wherever a register turns out to be damaged.
RESTORE = "请不要再用，从备份恢复：备份在登记簿文件夹里，可请司法所帮忙拷回。"
_DAMAGED = f"登记簿文件已损坏，无法读取。{RESTORE}"
_CLOSED = "登记簿已经关闭，刚才的操作没有完成。请重新打开登记簿后再试。"
_FULL = "磁盘已满，本次改动没有保存。请清理磁盘后再试，原有记录没有受影响。"
NOT_REKEYED = "换密钥时磁盘已满或读写出错，没有做完。请清理或检查磁盘后再试，原有记录没有受影响。"
# What the driver says, whose fault it is, and how we say it.
_SENTENCES: tuple[tuple[str, type[DeskError], str], ...] = (
    ("not a database", RegisterDamaged, _DAMAGED),
    ("malformed", RegisterDamaged, _DAMAGED),
    # The first page of the search index can no longer be read.
    ("vtable constructor", RegisterDamaged, _DAMAGED),
    ("disk is full", DeskError, _FULL),
    ("disk I/O", DeskError, "读写磁盘出错，本次改动没有保存。请检查磁盘后再试。"),
    # The driver does not say why another key could not be written.
    ("rekey", DeskError, NOT_REKEYED),
    ("readonly", DeskError, "登记簿所在的文件夹不能写入。请检查文件夹权限后再试。"),
    ("unable to open", DeskError, "打不开登记簿文件。请检查它所在的文件夹是否存在、能否写入。"),
    ("closed database", DeskError, _CLOSED),
    ("locked", RegisterBusy, "登记簿正被占用，请稍后再试。"),
    ("too large", NotAllowed, "登记簿拒绝了这条记录：有数字超出可以保存的范围。请改小后再存。"),
    ("surrogates", NotAllowed, "登记簿拒绝了这条记录：有残缺的字符。请删去看不清的字后再存。"),
    ("constraint", NotAllowed, "登记簿拒绝了这条记录：编号重复，或仍有其他记录依附于它。"),
)


# What the driver raises for a value that it cannot store, beside its own errors.
_VALUES = (OverflowError, UnicodeEncodeError)


def _told(error: Exception) -> Exception:
    """The sentence for an error of the database; any other error as it is."""
    text = str(error)
    for sign, kind, sentence in _SENTENCES:
        if sign in text:
            return kind(tr(sentence))
    if isinstance(error, _VALUES):
        return error
    return DeskError(tr("登记簿出错：{error}。请把这句话告诉技术支持。").format(error=text))


@contextmanager
def told() -> Iterator[None]:
    """Turn the database's errors into sentences for the user."""
    try:
        yield
    except sqlcipher.Error as error:
        raise _told(error) from error


class _Own:
    """One thread's connection. While it is in use no other thread can close it.

    Closing a connection under a running statement frees memory that the statement still uses.
    """

    def __init__(self, connection: Any) -> None:
        self.connection = connection
        self.met_damage = False
        self._lock = threading.RLock()

    def __enter__(self) -> Any:
        self._lock.acquire()
        return self.connection

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._lock.release()
        if isinstance(error, (sqlcipher.Error, *_VALUES)) and (sentence := _told(error)) != error:
            self.met_damage |= isinstance(sentence, RegisterDamaged)
            raise sentence from error

    def close(self) -> None:
        with self._lock:
            self.connection.close()


class _Together:
    """Acts that are one transaction, and what went wrong with one of them."""

    def __init__(self) -> None:
        self.error: BaseException | None = None

    @contextmanager
    def part(self) -> Iterator[None]:
        try:
            yield
        except BaseException as error:
            self.error = error
            raise


class Connections:
    """All connections of this process to one register file, each thread using its own.

    `version` changes with every transaction, so that what was read before can be told stale.
    """

    def __init__(self, file: Path, key: bytes, pragmas: Sequence[str] = _PRAGMAS) -> None:
        self._file = file
        self._key = key
        self._pragmas = pragmas
        self._mine = threading.local()
        self._guard = threading.Lock()
        self._all: list[_Own] = []
        self._closed = False
        self._versions = itertools.count(1)
        self.version = 0

    def _connect(self) -> Any:
        connection = sqlcipher.connect(
            str(self._file), isolation_level=None, check_same_thread=False, cached_statements=256
        )
        try:
            connection.execute("PRAGMA cipher_log_level=NONE")
            connection.execute(f"PRAGMA key=\"x'{self._key.hex()}'\"")
            for pragma in self._pragmas:
                connection.execute(pragma)
        except sqlcipher.Error:
            connection.close()
            raise
        return connection

    def _own(self) -> _Own:
        """The connection of the calling thread, opened when first asked for."""
        self.settle()
        own: _Own | None = getattr(self._mine, "own", None)
        if own is None:
            with self._guard, told():
                if self._closed:
                    raise DeskError(tr(_CLOSED))
                own = self._mine.own = _Own(self._connect())
                self._all.append(own)
        return own

    @property
    def writing(self) -> bool:
        """Whether the calling thread is in a transaction, where it sees what others do not."""
        with self._own() as connection:
            return bool(connection.in_transaction)

    def rows(self, sql: str, values: Values = ()) -> list[Row]:
        """All rows of a query."""
        with self._own() as connection:
            found: list[Row] = connection.execute(sql, values).fetchall()
            return found

    def each(self, sql: str, values: Values = ()) -> Iterator[Row]:
        """The rows of a query one by one, for tables too large to hold."""
        own = self._own()
        with own as connection:
            cursor = connection.execute(sql, values)
        while True:
            with own:
                row = cursor.fetchone()
            if row is None:
                return
            yield row

    def parts(self, sql: str, values: Values = ()) -> Iterator[list[Row]]:
        """The rows of a query some thousands at a time, for what is too much to hold."""
        own = self._own()
        with own as connection:
            cursor = connection.execute(sql, values)
        while True:
            with own:
                rows: list[Row] = cursor.fetchmany(_PART)
            if not rows:
                return
            yield rows

    def one(self, sql: str, values: Values = ()) -> Row | None:
        """The first row of a query."""
        with self._own() as connection:
            found: Row | None = connection.execute(sql, values).fetchone()
            return found

    def run(self, sql: str, values: Values = ()) -> None:
        """Carry out one statement."""
        with self._own() as connection:
            connection.execute(sql, values)

    def many(self, sql: str, rows: Iterable[Values]) -> None:
        """Carry out one statement for many rows."""
        with self._own() as connection:
            connection.executemany(sql, rows)

    @contextmanager
    def sparing(self, megabytes: int = 0) -> Iterator[None]:
        """Hold few pages of the file, or so many, while passing once through much of it."""
        self.run(f"PRAGMA cache_size=-{megabytes * 1024}" if megabytes else _SMALL_CACHE)
        try:
            yield
        finally:
            self.run(_CACHE)

    @contextmanager
    def acts_in_a_row(self) -> Iterator[None]:
        """Write one act after the other in this thread with less waiting between them.

        Each act becomes durable as ever, but in another thread, while this one may do what needs no
        register; whatever asks the register anything waits for it first, and so does `settle`. The
        log is folded into the file more seldom, so that pages which every act changes, as those of
        indexes, are folded once for several acts.
        """
        self.run(_SELDOM_FOLDED)
        with ThreadPoolExecutor(max_workers=1) as writer:
            self._mine.writer = writer
            try:
                yield
                self.settle()
            finally:
                self._mine.writer = self._mine.pending = None
        self.run(_FOLDED)

    def settle(self) -> None:
        """Wait until this thread's last act is durable; raises what went wrong with it."""
        pending: Future[None] | None = getattr(self._mine, "pending", None)
        if pending is not None:
            self._mine.pending = None
            pending.result()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing of what is done inside; durable when it ends, or when it is settled."""
        together: _Together | None = getattr(self._mine, "together", None)
        if together is not None:
            with together.part():
                yield
            return
        own = self._own()
        with own as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._take_back(connection)
                raise
            writer: ThreadPoolExecutor | None = getattr(self._mine, "writer", None)
            if writer is None:
                self._commit(own)
            else:
                self._mine.pending = writer.submit(self._commit, own)

    @contextmanager
    def together(self) -> Iterator[None]:
        """The acts inside are one transaction: all of them or none.

        What goes wrong with one of them comes out of here even if somebody caught it.
        """
        together = _Together()
        with self.transaction():
            self._mine.together = together
            try:
                yield
            finally:
                self._mine.together = None
            if together.error is not None:
                raise together.error

    def _commit(self, own: _Own) -> None:
        with own as connection:
            try:
                connection.execute("COMMIT")
            except BaseException:
                self._take_back(connection)
                raise
            self.version = next(self._versions)

    def _take_back(self, connection: Any) -> None:
        try:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
        finally:
            self.version = next(self._versions)

    @property
    def met_damage(self) -> bool:
        """Whether something could not be read that must be readable."""
        return any(own.met_damage for own in self._all)

    def close(self) -> None:
        """Close every thread's connection; the last one folds the write-ahead log into the file.

        Waits for what other threads are doing; whatever they ask afterwards is refused.
        """
        with self._guard:
            owned, self._all, self._closed = self._all, [], True
        for own in owned:
            own.close()
