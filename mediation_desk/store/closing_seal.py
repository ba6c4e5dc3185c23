"""The seal on a closed register: next time the file must be byte for byte what was closed.

A page of an older copy of the same register reads well and passes every check of its own; only
whoever remembers the whole file sees that it is not of it. The seal is made with the register's
key, so that nobody without it can make one that fits another file.
"""

import hashlib
import json
import os
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from enum import Enum
from pathlib import Path

FILE = "closed.json"
_FORMAT = 1
# Reading a larger file whole would hold up the start for longer than the key does.
LARGEST = 512 * 1024 * 1024


class Since(Enum):
    """What became of a register's file since this program had it open last."""

    SAME = "same"
    # It was not closed: the computer lost power, or the program died.
    NOT_CLOSED = "not closed"
    # Something else wrote to it, or it was put there by hand.
    CHANGED = "changed"
    # Nobody knows: an older program closed it, a backup was put back, it is too large to read.
    UNKNOWN = "unknown"


def digest(file: Path) -> bytes:
    """One value for all bytes of a file."""
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "blake2b").digest()


def digest_meanwhile(file: Path) -> "Future[bytes]":
    """The same in another thread, while this one waits for the key."""
    # Not a daemon's work: it ends by itself in less time than the key takes.
    with suppress(OSError):
        if file.stat().st_size <= LARGEST:
            pool = ThreadPoolExecutor(max_workers=1)
            promised = pool.submit(digest, file)
            pool.shutdown(wait=False)
            return promised
    nothing: Future[bytes] = Future()
    nothing.set_exception(OSError(str(file)))
    return nothing


def sealed(told: bytes, key: bytes) -> str:
    """The seal of a file of which `digest` told."""
    return hashlib.blake2b(told, key=key, digest_size=32, person=b"closed register").hexdigest()


def seal(folder: Path, file_name: str, key: bytes) -> None:
    """Seal a register that was just closed and is known to be whole."""
    file = folder / file_name
    with suppress(OSError):
        if file.stat().st_size <= LARGEST:
            _write(folder, sealed(digest(file), key), durable=True)
            return
    forget(folder)


def mark_open(folder: Path) -> None:
    """Note that the register is open from now on; without closing, the mark stays."""
    with suppress(OSError):
        # Not waited for: a mark that power cut off is no seal either, and means the same.
        _write(folder, "", durable=False)
        return
    forget(folder)


def forget(folder: Path) -> None:
    """Know nothing of how the register was closed."""
    with suppress(OSError):
        (folder / FILE).unlink(missing_ok=True)


def _write(folder: Path, text: str, *, durable: bool) -> None:
    temporary = folder / (FILE + ".new")
    with temporary.open("w", encoding="utf-8") as file:
        json.dump({"format": _FORMAT, "seal": text}, file)
        if durable:
            file.flush()
            os.fsync(file.fileno())
    temporary.replace(folder / FILE)


def since(folder: Path, file_name: str, key: bytes, promised: "Future[bytes] | None") -> Since:
    """What became of the register's file since it was closed; its lock is held."""
    if not (folder / FILE).exists():
        return Since.UNKNOWN
    try:
        stored = json.loads((folder / FILE).read_text(encoding="utf-8"))
        text, form = str(stored["seal"]), int(stored["format"])
    except (OSError, ValueError, KeyError, TypeError):
        return Since.NOT_CLOSED
    if not text or form > _FORMAT:
        return Since.UNKNOWN if text else Since.NOT_CLOSED
    return Since.SAME if _fits(folder / file_name, text, key, promised) else Since.CHANGED


def _fits(file: Path, text: str, key: bytes, promised: "Future[bytes] | None") -> bool:
    log = file.with_name(file.name + "-wal")
    try:
        if log.exists() and log.stat().st_size:
            return False
        told = promised.result() if promised is not None else digest(file)
    except OSError:
        return False
    return sealed(told, key) == text
