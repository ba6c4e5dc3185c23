"""What the office gives back to a village on one of its cases, and what came of it."""

from dataclasses import dataclass
from datetime import date

from mediation_desk.domain.fields import Mask, field
from mediation_desk.domain.record import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Return(Record):
    """A case given back to be put right, in the office's words, and the village's answer.

    Each side writes once: the office the words, then the village that it is mended. So the copy
    with the higher revision is always the later one and holds the words unchanged.

    The words go to the village in full, because without them nothing can be mended, but they may
    name somebody: a masked package leaves them out, and the office has them already. The answer
    must reach the office by that very package, so it counts as not personal and its form says so.
    """

    unit_id: str = field("单位")
    dispute_id: str = field("纠纷")
    words: str = field("退回意见", personal=Mask.WITHHELD, long=True)
    returned_on: date = field("退回日期")
    returned_by: str = field("退回人", default="")
    mended_on: date | None = field("改正日期", default=None)
    mended_by: str = field("改正人", default="")
    answer: str = field("改正说明", default="", long=True)

    @property
    def open(self) -> bool:
        """Whether it still waits to be put right."""
        return self.mended_on is None and not self.void_reason
