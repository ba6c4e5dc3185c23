"""What was printed of a case: when, how, and what stood on it then."""

from dataclasses import dataclass
from datetime import date

from mediation_desk.domain.codes import Code
from mediation_desk.domain.fields import field
from mediation_desk.domain.record import Record


class PrintWay(Code):
    """How a paper left the register."""

    PRINTER = "1", "打印"
    PDF = "2", "存为 PDF"
    WORD = "3", "存为 Word"


class PaperState(Code):
    """How a paper of a case stands."""

    MISSING = "0", "缺"
    READY = "1", "可打印"
    PRINTED = "2", "已打印"
    CHANGED = "3", "已变更"


@dataclass(frozen=True, slots=True, kw_only=True)
class Print(Record):
    """One print of one or several papers of a case; it is never changed.

    `papers` is JSON: for each paper, named by its kind and the record it is about, the hash of what
    was filled in. So a later change of the case shows at the papers that it touches. `digest` is
    the hash of them all.
    """

    dispute_id: str = field("纠纷")
    number: int = field("序号", note="本件第几次打印")
    title: str = field("文书")
    way: PrintWay = field("方式")
    pages: int = field("页数", default=0)
    printed_on: date = field("打印日期")
    time: str = field("打印时间", default="")
    printed_by: str = field("打印人", default="")
    papers: str = field("各份内容的校验值", default="", long=True)
    digest: str = field("校验值", default="")
