"""Looking through some files of many (案卷抽查): which were drawn, how, and what came of it."""

import hashlib
import math
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from mediation_desk.domain.fields import field
from mediation_desk.domain.problems import DeskError
from mediation_desk.domain.record import Record
from mediation_desk.words import tr

_WHOLE = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Sampling(Record):
    """One drawing: of which units and days, how many, with which seed, and the files drawn.

    With the seed anybody draws the same files again out of the same ones (`drawn`). `passed_ids`
    are the files that were looked at and found in order; what is wrong with another goes back to
    its village as a return.
    """

    period_from: date = field("结案起始日期")
    period_to: date = field("结案截止日期")
    unit_ids: tuple[str, ...] = field("抽查单位", default=())
    size: str = field("抽查数量", note="每个单位几件，如 3，或百分之几，如 10%")
    seed: str = field("抽取号")
    among: int = field("范围内件数", default=0)
    dispute_ids: tuple[str, ...] = field("抽中的纠纷", default=())
    passed_ids: tuple[str, ...] = field("没有问题的纠纷", default=())
    drawn_on: date = field("抽查日期")
    drawn_by: str = field("抽查人", default="")


@dataclass(frozen=True, slots=True)
class Size:
    """So many files of each unit, or so many in a hundred."""

    number: int
    percent: bool = False

    def of(self, count: int) -> int:
        """How many of `count` files; a part of one counts whole, so that each unit is drawn."""
        wanted = math.ceil(count * self.number / _WHOLE) if self.percent else self.number
        return min(wanted, count)

    def __str__(self) -> str:
        """The size as `parse_size` reads it."""
        return f"{self.number}%" if self.percent else str(self.number)


def parse_size(typed: str) -> Size:
    """The size for `3` or `10%`; raises `DeskError` for anything else."""
    text = typed.strip().replace("％", "%")
    number = text.removesuffix("%")
    percent = text.endswith("%")
    if number.isascii() and number.isdecimal():
        size = Size(int(number), percent)
        if 1 <= size.number <= (_WHOLE if percent else 1000):
            return size
    words = tr("看不懂抽查数量“{typed}”。请写成 3（每个单位3件）或 10%（每个单位的百分之十）。")
    raise DeskError(words.format(typed=typed))


def drawn(ids: Iterable[str], size: Size, seed: str) -> list[str]:
    """Which of `ids` are drawn: those with the smallest SHA-256 of the seed and the id.

    That needs no random numbers of any program, so it can be done again anywhere.
    """
    every: Collection[str] = set(ids)
    ranked = sorted(every, key=lambda id_: hashlib.sha256(f"{seed}{id_}".encode()).digest())
    return ranked[: size.of(len(every))]
