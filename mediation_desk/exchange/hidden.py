"""The hidden sheet of a workbook of ours: its description in one cell, its lines in those below."""

import base64
import binascii
import hashlib
import json
import zlib
from collections.abc import Iterable, Sequence
from typing import Any

from mediation_desk.domain.problems import DeskError
from mediation_desk.domain.records import canonical
from mediation_desk.words import tr

# What a workbook is, so that none is ever taken for another.
PACKAGE, RETURNS = "mediation-desk-package", "mediation-desk-returns"
# A tuple, because what a stranger wrote there may be anything.
_MARKS = (PACKAGE, RETURNS)

CHUNK = 30_000  # characters a cell, well under the format's limit
_CHUNK_BYTES = CHUNK // 4 * 3  # as many bytes as fill one in base64
MOST_BYTES = 512 * 1024 * 1024
MOST_RECORDS = 1_000_000


class NoExactCopy(DeskError):
    """A workbook whose exact copy is missing, damaged or newer than this program."""


class AnotherKind(NoExactCopy):
    """A sound workbook of ours, but of another kind than was asked for."""


class Pressed:
    """Lines turned into cells as they come along, and the digest of them."""

    def __init__(self) -> None:
        self.count = 0
        self._digest = hashlib.sha256()
        self._press = zlib.compressobj(6)
        self._bytes = bytearray()
        self._cells: list[str] = []

    def add(self, lines: Iterable[bytes]) -> None:
        """Take these lines up, in this order."""
        for line in lines:
            text = line + b"\n"
            self._digest.update(text)
            self._bytes += self._press.compress(text)
            self.count += 1
        self._move(len(self._bytes) // _CHUNK_BYTES * _CHUNK_BYTES)

    def _move(self, size: int) -> None:
        """Turn the first `size` pressed bytes into cells."""
        for at in range(0, size, _CHUNK_BYTES):
            part = self._bytes[at : min(at + _CHUNK_BYTES, size)]
            self._cells.append(base64.b64encode(part).decode("ascii"))
        del self._bytes[:size]

    def finished(self, described: dict[str, Any], stable: bytes) -> tuple[str, list[str]]:
        """The digest, which covers the `stable` part of the description, and all cells."""
        self._bytes += self._press.flush()
        self._move(len(self._bytes))
        self._digest.update(stable)
        digest = self._digest.hexdigest()
        return digest, [canonical(described | {"digest": digest}), *self._cells]


def described_by(cells: Sequence[Any], mark: str, newest: int) -> dict[str, Any]:
    """The description in the first cell.

    Raises `AnotherKind` for a sound workbook with another mark, `NoExactCopy` for all else that
    is not of `mark` or has a format newer than `newest`.
    """
    cell = cells[0] if cells else ""
    try:
        described = json.loads(cell) if isinstance(cell, str) and cell else None
    except (ValueError, RecursionError) as error:
        raise NoExactCopy(damaged(tr("程序内记录的说明读不出来"))) from error
    found = described.get("mark") if isinstance(described, dict) else None
    if not isinstance(described, dict) or found not in _MARKS:
        happened = tr("这个工作簿里没有调解台的程序内记录。")
        mend = tr("请让对方从调解台重新导出后再发送；手工填写的台账目前还不能接收。")
        raise NoExactCopy(happened + mend)
    if found != mark:
        raise AnotherKind(_another(mark))
    version = described.get("format")
    if not isinstance(version, int) or version > newest:
        happened = tr("这个工作簿是由更新版本的调解台制作的。")
        raise NoExactCopy(happened + tr("请先升级本机的调解台，再接收这个文件。"))
    return described


def _another(wanted: str) -> str:
    if wanted == PACKAGE:
        happened = tr("这是司法所退回给村里补正的文件，不是报送文件。")
        return happened + tr("请在那个村的调解台里，从“报送”页打开它。")
    happened = tr("这是报送文件，不是司法所退回的文件。")
    return happened + tr("村级登记簿不接收报送文件，请在司法所的调解台里打开它。")


def unpacked(cells: Sequence[Any]) -> bytes:
    """The lines out of the cells below the description."""
    try:
        pressed = base64.b64decode("".join(str(cell) for cell in cells[1:]), validate=True)
        press = zlib.decompressobj()
        payload = press.decompress(pressed, MOST_BYTES)
    except (binascii.Error, ValueError, zlib.error) as error:
        raise NoExactCopy(damaged(tr("程序内记录无法解开"))) from error
    if press.unconsumed_tail or not press.eof:
        raise NoExactCopy(damaged(tr("程序内记录过大或不完整")))
    if payload.count(b"\n") > MOST_RECORDS:
        raise NoExactCopy(damaged(tr("程序内记录过多")))
    return payload


def verified(payload: bytes, described: dict[str, Any], stable: bytes) -> str:
    """The digest of lines and description; raises `NoExactCopy` if it is not the one told."""
    digest = hashlib.sha256(payload)
    digest.update(stable)
    if digest.hexdigest() != described.get("digest"):
        raise NoExactCopy(damaged(tr("程序内记录与校验值不符")))
    return digest.hexdigest()


def damaged(why: str) -> str:
    """The sentence about a damaged exact copy."""
    words = tr("这个工作簿的程序内记录已损坏（{why}），没有接收任何内容。").format(why=why)
    return words + tr("请让对方从调解台重新导出后再发送，不要用其他软件改写隐藏的工作表。")
