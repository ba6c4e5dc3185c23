"""The log of a register that was not closed: whether what was saved last can be read out of it.

SQLite plays back the log as far as its checksums go and says nothing about what stands behind. What
stands there may be the one act that was being written when the power went, which nobody was told
was saved; anything more was saved, and is lost.
"""

import struct
from dataclasses import dataclass
from pathlib import Path

_HEADER, _FRAME = 32, 24
_MAGIC = {0x377F0682: "<", 0x377F0683: ">"}
_WORD = 0xFFFFFFFF


@dataclass(frozen=True, slots=True)
class Log:
    """How many acts the log holds whole, and how many are `lost` behind a place that is damaged.

    `lost` is the least number; where the log's own first lines are damaged it is 1.
    """

    acts: int = 0
    lost: int = 0


@dataclass(frozen=True, slots=True)
class _Frame:
    ends_act: bool
    salts: bytes
    sums: tuple[int, int]
    summed: bytes


def look(log: Path) -> Log:
    """Read a log without touching it; an empty `Log` where there is none."""
    try:
        whole = log.read_bytes()
    except OSError:
        return Log()
    if len(whole) <= _HEADER:
        return Log()
    magic, _, size, _ = struct.unpack(">4I", whole[:16])
    order = _MAGIC.get(magic)
    if order is None or size < 512 or size & (size - 1):
        return Log(lost=1)
    told = struct.unpack(">2I", whole[24:32])
    sums = _summed((0, 0), whole[:24], order)
    if sums != told:
        return Log(lost=1)
    return _played(_frames(whole, size), whole[16:24], sums, order)


def _frames(whole: bytes, size: int) -> list[_Frame]:
    frames = []
    for start in range(_HEADER, len(whole) - _FRAME - size + 1, _FRAME + size):
        head, page = whole[start : start + _FRAME], whole[start + _FRAME : start + _FRAME + size]
        first, second = struct.unpack(">2I", head[16:24])
        frames.append(_Frame(head[4:8] != bytes(4), head[8:16], (first, second), head[:8] + page))
    return frames


def _played(frames: list[_Frame], salts: bytes, sums: tuple[int, int], order: str) -> Log:
    acts = 0
    for number, frame in enumerate(frames):
        sums = _summed(sums, frame.summed, order)
        if frame.salts != salts or sums != frame.sums:
            return Log(acts, _lost(frames[number:], salts))
        acts += frame.ends_act
    return Log(acts)


def _lost(rest: list[_Frame], salts: bytes) -> int:
    """How many acts behind the damaged place had been saved."""
    ended = [frame.ends_act for frame in rest if frame.salts == salts]
    # The last of them may be what was being written when the power went.
    return max(0, sum(ended) - 1)


def _summed(sums: tuple[int, int], part: bytes, order: str) -> tuple[int, int]:
    first, second = sums
    numbers = struct.unpack(f"{order}{len(part) // 4}I", part)
    for even, odd in zip(numbers[::2], numbers[1::2], strict=True):
        first = (first + even + second) & _WORD
        second = (second + odd + first) & _WORD
    return first, second
