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
from mediation_desk.exchange.sealing import (
    EXTRA_BYTES,
    DeskKey,
    NotOurs,
    NotToBeTaken,
    Seal,
    SealBroken,
    Sealer,
    Unsealer,
    is_signed,
)
from mediation_desk.words import tr

# What a workbook is, so that none is ever taken for another.
PACKAGE, RETURNS = "mediation-desk-package", "mediation-desk-returns"
SETUP = "mediation-desk-setup"
# A tuple, because what a stranger wrote there may be anything.
_MARKS = (PACKAGE, RETURNS, SETUP)
# What signing and sealing add to a description; no digest of the records covers it.
OF_THE_SEAL = ("digest", "sealed", "signer", "sign_up", "signature")

CHUNK = 30_000  # characters a cell, well under the format's limit
_CHUNK_BYTES = CHUNK // 4 * 3  # as many bytes as fill one in base64
# A third faster than the usual 6, and a tenth larger.
_PRESSING = 4
MOST_BYTES = 512 * 1024 * 1024
MOST_RECORDS = 1_000_000


class NoExactCopy(DeskError):
    """A workbook whose exact copy is missing, damaged or newer than this program."""


class NoRecords(NoExactCopy):
    """A workbook that no desk of ours wrote; it may be a ledger that somebody keeps by hand."""


class NewerFormat(NoExactCopy):
    """A workbook of a later version of this program."""


class AnotherKind(NoExactCopy):
    """A sound workbook of ours, but of another kind than was asked for."""


class Locked(NotToBeTaken):
    """A sealed workbook that was opened without a key; `described` is what it says of itself."""

    def __init__(self, words: str, described: dict[str, Any]) -> None:
        super().__init__(words)
        self.described = described


class Pressed:
    """Lines turned into cells as they come along, and the digest of them.

    With a `seal` the cells are signed, and sealed if it names a desk to seal to.
    """

    def __init__(self, seal: Seal | None = None) -> None:
        self.count = 0
        self._seal = seal
        self._sealer = Sealer(seal.to) if seal is not None and seal.to else None
        self._digest = hashlib.sha256()
        self._outer = hashlib.sha256()
        self._press = zlib.compressobj(_PRESSING)
        self._bytes = bytearray()
        self._cells: list[str] = []
        self._size = _CHUNK_BYTES - (EXTRA_BYTES if self._sealer else 0)

    def add(self, lines: Iterable[bytes]) -> None:
        """Take these lines up, in this order."""
        for line in lines:
            text = line + b"\n"
            self._digest.update(text)
            self._bytes += self._press.compress(text)
            self.count += 1
            # One cell's worth stays behind, because the last part of a sealed copy is marked.
            self._move((len(self._bytes) - 1) // self._size * self._size)

    def _move(self, size: int, *, last: bool = False) -> None:
        """Turn the first `size` pressed bytes into cells."""
        for at in range(0, size, self._size):
            part = bytes(self._bytes[at : min(at + self._size, size)])
            if self._sealer:
                part = self._sealer.sealed(part, last=last and at + self._size >= size)
            self._outer.update(part)
            self._cells.append(base64.b64encode(part).decode("ascii"))
        del self._bytes[:size]

    def finished(self, described: dict[str, Any], stable: bytes) -> tuple[str, list[str]]:
        """The digest, which covers the `stable` part of the description, and all cells."""
        self._bytes += self._press.flush()
        self._move(len(self._bytes), last=True)
        self._digest.update(stable)
        digest = self._digest.hexdigest()
        described = described | {"digest": digest} | self._sealed()
        if self._seal is not None:
            described |= {"signer": self._seal.key.public, "sign_up": self._seal.sign_up}
            described["signature"] = self._seal.key.sign(_signed(described))
        cells = [canonical(described), *self._cells]
        if self._sealer is not None:
            _check_opens(cells, self._sealer.key, described, stable)
        return digest, cells

    def _sealed(self) -> dict[str, Any]:
        if self._seal is None or self._sealer is None:
            return {}
        sealed = {
            "to": self._seal.to,
            "name": self._seal.name,
            "key": self._sealer.sealed_key,
            "header": self._sealer.header,
            "parts": len(self._cells),
            "digest": self._outer.hexdigest(),
        }
        return {"sealed": sealed}


def _signed(described: dict[str, Any]) -> bytes:
    """What a signature covers: all of the description, and by its digests all of the cells."""
    signed = {name: value for name, value in described.items() if name != "signature"}
    return canonical(signed).encode("utf-8", "replace")


def _check_opens(
    cells: Sequence[str], key: bytes, described: dict[str, Any], stable: bytes
) -> None:
    """See that a sealed copy opens to what was sealed; a few parts are held at a time."""
    digest, press = hashlib.sha256(), zlib.decompressobj()
    unsealer = Unsealer(key, described["sealed"]["header"])
    for cell in cells[1:]:
        digest.update(press.decompress(unsealer.opened(base64.b64decode(cell))))
    digest.update(stable)
    if digest.hexdigest() != described["digest"] or not (press.eof and unsealer.finished):
        happened = tr("封存的内容读回后与原内容不一致，没有保存。")
        raise DeskError(happened + tr("请再导出一次；如果再次出现，请联系技术人员。"))


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
        raise NoRecords(happened + tr("请核对发错了没有，或让对方从调解台重新导出后再发送。"))
    if found != mark:
        raise AnotherKind(_another(str(found), described))
    version = described.get("format")
    if not isinstance(version, int) or version > newest:
        happened = tr("这个工作簿是由更新版本的调解台制作的。")
        raise NewerFormat(happened + tr("请先升级本机的调解台，再接收这个文件。"))
    return described


def _another(found: str, described: dict[str, Any]) -> str:
    """What a workbook of ours is that was taken for another kind, and where it belongs."""
    if found == SETUP:
        happened = tr("这是司法所给村里的开户文件，里面没有案件。")
        return happened + tr("请在那个村的调解台里，从“报送”页打开它。")
    if found == RETURNS:
        happened = tr("这是司法所退回给村里补正的文件，不是报送文件。")
        return happened + tr("请在那个村的调解台里，从“报送”页打开它。")
    sealed = described.get("sealed")
    if isinstance(sealed, dict) and isinstance(sealed.get("name"), str):
        happened = tr("这是封存给{office}的报送文件，村里打不开。").format(office=sealed["name"])
        return happened + tr("村级登记簿不接收报送文件，请在司法所的调解台里打开它。")
    happened = tr("这是报送文件，不是司法所退回的文件。")
    return happened + tr("村级登记簿不接收报送文件，请在司法所的调解台里打开它。")


def signer_of(described: dict[str, Any]) -> str:
    """Whose key signed, empty if nobody's; raises `NotToBeTaken` for a signature that is wrong."""
    signer, signature = described.get("signer", ""), described.get("signature", "")
    if signer == signature == "":
        return ""
    if type(signer) is type(signature) is str and is_signed(signer, _signed(described), signature):
        return str(signer)
    happened = tr("签名与内容对不上：这份文件制成以后被改动过，没有接收任何内容。")
    raise NotToBeTaken(happened + tr("请让对方从调解台重新导出后再发送，不要改写隐藏的工作表。"))


def is_sealed(described: dict[str, Any]) -> bool:
    """Whether the cells below the description are sealed."""
    return "sealed" in described


def unpacked(
    cells: Sequence[Any], described: dict[str, Any] | None = None, key: DeskKey | None = None
) -> bytes:
    """The lines out of the cells below the description, opened by `key` where they are sealed.

    Raises `NoExactCopy`; for a sealed part `Locked` without a key, `NotToBeTaken` if it is cut off
    or changed, and `NotOurs` for a key that it was not sealed to.
    """
    try:
        parts = [base64.b64decode(str(cell), validate=True) for cell in cells[1:]]
        if described is not None and is_sealed(described):
            parts = _opened(parts, described, key)
        press = zlib.decompressobj()
        payload = press.decompress(b"".join(parts), MOST_BYTES)
    except (binascii.Error, ValueError, zlib.error) as error:
        raise NoExactCopy(damaged(tr("程序内记录无法解开"))) from error
    if press.unconsumed_tail or not press.eof:
        raise NoExactCopy(damaged(tr("程序内记录过大或不完整")))
    if payload.count(b"\n") > MOST_RECORDS:
        raise NoExactCopy(damaged(tr("程序内记录过多")))
    return payload


def _opened(parts: Sequence[bytes], described: dict[str, Any], key: DeskKey | None) -> list[bytes]:
    sealed = described["sealed"]
    try:
        count, digest = int(sealed["parts"]), sealed["digest"]
        name, inner, header = str(sealed["name"]), str(sealed["key"]), str(sealed["header"])
    except (KeyError, TypeError, ValueError) as error:
        raise NotToBeTaken(_cut(tr("封存的说明不完整"))) from error
    if len(parts) < count:
        raise NotToBeTaken(_cut(tr("应有{whole}段，只有{here}段").format(
            whole=count, here=len(parts))))  # fmt: skip
    if hashlib.sha256(b"".join(parts)).hexdigest() != digest:
        raise NotToBeTaken(_cut(tr("内容与校验值不符")))
    if key is None:
        words = tr("这份文件封存给{office}，没有它的密钥打不开。").format(office=name)
        mend = tr("请在{office}的调解台里接收它。").format(office=name)
        raise Locked(words + mend, described)
    try:
        unsealer = Unsealer(key.content_key(inner), header)
        made = [unsealer.opened(part) for part in parts]
    except NotOurs as error:
        raise NotOurs(_for_another(name)) from error
    except SealBroken as error:
        raise NotToBeTaken(_cut(tr("内容解不开"))) from error
    if not unsealer.finished:
        raise NotToBeTaken(_cut(tr("结尾缺失")))
    return made


def _for_another(name: str) -> str:
    """The sentence about what was sealed to another key than this desk's."""
    words = tr("这份文件封存给了{office}，用的不是本机的密钥，打不开，没有接收。").format(
        office=name
    )
    mend = tr("请核对发错了没有；如果本机重建过登记簿，请重新做开户文件，再请对方重新导出。")
    return words + mend


def _cut(why: str) -> str:
    """The sentence about a sealed part that is not whole."""
    words = tr("封存的部分不完整或被改动过（{why}），没有接收任何内容。").format(why=why)
    return words + tr("请让对方把文件重新拷贝一次；仍然不行就重新导出。")


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
