"""The file by which a whole register moves to another computer.

A line that says what it is, one of JSON, then the register's own encrypted file. Its key lies in
the second line, locked by the password of the transfer; nothing else in it tells of anybody.
"""

import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import IO, Any

from mediation_desk.domain.problems import DeskError
from mediation_desk.domain.spoken_digits import TOLD, spoken
from mediation_desk.exchange.placing import placed
from mediation_desk.words import tr

ENDING = ".transfer"
_MARK, _FORMAT = "mediation-desk-transfer", 1
_LONGEST_LINE = 64 * 1024
_PART = 1024 * 1024
_PASSES, _MEMORY, _SALT_BYTES, _KEY_BYTES = 10, 64 * 1024 * 1024, 16, 32


class WrongTransferPassword(DeskError):
    """The password is not that of the transfer file."""


@dataclass(frozen=True, slots=True)
class Head:
    """What a transfer file says of itself before it is opened."""

    id: str
    unit_id: str
    unit: str
    unit_code: str
    made_by: str
    made_at: str
    disputes: int
    size: int = 0
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Opened:
    """A transfer file whose password was right: its key, and the code that says it was taken."""

    path: Path
    head: Head
    key: bytes
    receipt: str

    def place(self, target: Path) -> bytes:
        """Write the register's file to `target`; its key. Raises `DeskError` if it is not whole."""
        digest, size = hashlib.sha256(), 0
        with self.path.open("rb") as source, target.open("xb") as file:
            _lines(source, self.path)
            for part in _parts(source):
                digest.update(part)
                size += len(part)
                file.write(part)
            file.flush()
            os.fsync(file.fileno())
        if (size, digest.hexdigest()) != (self.head.size, self.head.sha256):
            raise DeskError(_damaged(self.path))
        return self.key


def _damaged(path: Path) -> str:
    words = tr("“{name}”不完整或损坏了，没有使用。").format(name=path.name)
    return words + tr("请把它重新拷贝一次；还不行，就在原来的电脑上重新做一份。")


def _parts(file: IO[bytes]) -> Iterator[bytes]:
    while part := file.read(_PART):
        yield part


def _lock(password: str, salt: bytes) -> bytes:
    from nacl.pwhash import argon2id  # noqa: PLC0415 - as in `sealing`

    return argon2id.kdf(_KEY_BYTES, password.encode(), salt, opslimit=_PASSES, memlimit=_MEMORY)


def receipt_code(secret: str) -> str:
    """The twelve digits by which the new computer says that it has everything."""
    number = int.from_bytes(hashlib.sha256(f"taken {secret}".encode()).digest())
    return spoken(number % 10**TOLD)


def write_transfer(target: Path, head: Head, file: Path, key: bytes, password: str) -> str:
    """Write the register's `file` as a transfer file, read it back, and put it in place.

    The code that will say that it was taken. Raises `DeskError` where it cannot be written.
    """
    from nacl.secret import SecretBox  # noqa: PLC0415

    with file.open("rb") as source:
        digest = hashlib.file_digest(source, "sha256").hexdigest()
    head = replace(head, size=file.stat().st_size, sha256=digest)
    salt, secret = os.urandom(_SALT_BYTES), os.urandom(_KEY_BYTES).hex()
    inner = {"head": asdict(head), "key": key.hex(), "receipt": secret}
    box = SecretBox(_lock(password, salt)).encrypt(json.dumps(inner).encode())
    told = {"format": _FORMAT, "head": asdict(head), "salt": salt.hex(), "box": bytes(box).hex()}
    lines = f"{_MARK}\n{json.dumps(told, ensure_ascii=False)}\n".encode()

    def write(out: IO[bytes]) -> None:
        out.write(lines)
        with file.open("rb") as source:
            for part in _parts(source):
                out.write(part)

    def check(aside: Path, _written: None) -> None:
        with aside.open("rb") as back:
            same = back.read(len(lines)) == lines
            if not same or hashlib.file_digest(back, "sha256").hexdigest() != digest:
                words = tr("转移文件读回来不一样，没有保存。请换一个U盘再试。")
                raise DeskError(words)

    placed(target, write, check)
    return receipt_code(secret)


def _lines(file: IO[bytes], path: Path) -> dict[str, Any]:
    """The description of a transfer file; the file stands at what follows it."""
    another = tr("“{name}”不是转移文件。请核对选错了没有。").format(name=path.name)
    if file.readline(len(_MARK) + 2) != _MARK.encode() + b"\n":
        raise DeskError(another)
    try:
        told = json.loads(file.readline(_LONGEST_LINE))
        newer = int(told["format"]) > _FORMAT
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise DeskError(_damaged(path)) from error
    if newer:
        words = tr("“{name}”是更新版本的调解台做的。请先升级本机的调解台。")
        raise DeskError(words.format(name=path.name))
    return dict(told)


def _told(path: Path) -> dict[str, Any]:
    try:
        with path.open("rb") as file:
            return _lines(file, path)
    except OSError as error:
        words = tr("读不出“{path}”。请检查路径，或把文件重新拷贝一次。").format(path=path)
        raise DeskError(words) from error


def _head(told: object, path: Path) -> Head:
    try:
        head = Head(**told)  # type: ignore[arg-type]
    except TypeError as error:
        raise DeskError(_damaged(path)) from error
    counts = type(head.size) is int and type(head.disputes) is int
    if not counts or not all(type(text) is str for text in (head.unit_id, head.unit, head.id)):
        raise DeskError(_damaged(path))
    return head


def read_head(path: Path) -> Head:
    """What a transfer file says of itself; anybody could have written that."""
    return _head(_told(path).get("head"), path)


def open_transfer(path: Path, password: str) -> Opened:
    """Open a transfer file; raises `WrongTransferPassword`, or `DeskError` for another file."""
    from nacl.exceptions import CryptoError  # noqa: PLC0415
    from nacl.secret import SecretBox  # noqa: PLC0415

    told = _told(path)
    try:
        salt, box = bytes.fromhex(told["salt"]), bytes.fromhex(told["box"])
    except (ValueError, KeyError, TypeError) as error:
        raise DeskError(_damaged(path)) from error
    if len(salt) != _SALT_BYTES:
        raise DeskError(_damaged(path))
    try:
        inner = json.loads(SecretBox(_lock(password, salt)).decrypt(box))
    except (CryptoError, ValueError) as error:
        words = tr("转移文件的密码不对。请问做文件的人，看看大小写和输入法，再输一次。")
        raise WrongTransferPassword(words) from error
    head = _head(inner["head"], path)
    return Opened(path, head, bytes.fromhex(inner["key"]), receipt_code(inner["receipt"]))
