"""What is wrong with the bytes of a scan: cut off, changed, or no picture at all. Plain Python.

Whoever prints or inspects a file says so in words, instead of stopping at it.
"""

import hashlib
import zlib
from collections.abc import Iterator

from mediation_desk.domain.handling import Attachment
from mediation_desk.words import tr

_PNG, _PDF = b"\x89PNG\r\n\x1a\n", b"%PDF-"
_CUT = tr("文件不完整，后面缺了一截")
_OTHER = tr("里面的内容和格式不符")
# A PDF says within so many of its last bytes that it ends.
_TAIL = 2048


def damage(scan: Attachment, content: bytes) -> str:
    """Why `content` cannot be what was scanned, in words; empty if it is whole."""
    if scan.sha256 and hashlib.sha256(content).hexdigest() != scan.sha256:
        return tr("内容和存入时不一样，可能是硬盘坏了")
    if content.startswith(b"\xff\xd8"):
        return _of_jpeg(content)
    if content.startswith(_PNG):
        return _of_png(content)
    if content.startswith(_PDF):
        return "" if b"%%EOF" in content[-_TAIL:] else _CUT
    return _OTHER


def _of_jpeg(content: bytes) -> str:
    """A photo has segments up to its lines, and an end after them; cameras may add more behind."""
    at = 2
    while at + 4 <= len(content):
        if content[at] != 0xFF:
            return _OTHER
        kind, size = content[at + 1], int.from_bytes(content[at + 2 : at + 4])
        if kind == 0xFF:
            # A segment may begin with more than one of them.
            at += 1
            continue
        if kind == 0xDA:
            return "" if content.find(b"\xff\xd9", at) > 0 else _CUT
        at += 2 + size
    return _CUT


def _of_png(content: bytes) -> str:
    kinds = list(_parts(content))
    if None in kinds:
        return _OTHER
    return "" if kinds[-1:] == [b"IEND"] else _CUT


def _parts(content: bytes) -> Iterator[bytes | None]:
    """The kinds of a PNG's whole parts; None for one that was changed."""
    at = len(_PNG)
    while at + 12 <= len(content):
        size = int.from_bytes(content[at : at + 4])
        end = at + 8 + size
        if end + 4 > len(content):
            return
        kind = content[at + 4 : at + 8]
        told = int.from_bytes(content[end : end + 4])
        yield kind if zlib.crc32(content[at + 4 : end]) == told else None
        if kind == b"IEND":
            return
        at = end + 4
