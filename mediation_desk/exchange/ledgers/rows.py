"""What each row of a ledger is: a case, a repeated head, a total, a note, or what it cannot be."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from mediation_desk.domain.as_typed.plain_text import bare, kept
from mediation_desk.exchange.cells import Cell, place
from mediation_desk.exchange.ledgers.find import Column, Table, at
from mediation_desk.exchange.ledgers.heads import head_word
from mediation_desk.exchange.ledgers.slots import NAMES, TICK
from mediation_desk.words import tr

_TOTAL = re.compile(
    r"(?:本页|本月|本季度?|上半年|全年|全镇|累计|当月|以上|截[至止].*)?"
    r"(?:(?:合计|小计|总计|累计|共计|总数|合并)(?:数|件数)?[:（(]?.*|(?:计|汇总)(?:数|件数)?(?:[:（(\d].*)?)"
)
# What stands in a row of totals besides its name.
_FIGURE = re.compile(r".*\d[\d,.]*(?:万?元|件|人|次|起|户|个|%)?|[-—－/、.]*")
# So many things said of a case are no totals, whatever the first of them begins with.
_SAYS_A_CASE = 3
_LONGEST_TOTAL = 12
_NOTE = re.compile(
    r"(?:填表|填报|制表|审核|审批|负责|单位负责|经办|报送|登记|复核|联系|主任|分管领导|审签|主要领导|统计)"
    r"(?:人|单位|日期|时间|电话|领导|员)?(?:签[字名章])?[:：]?.*|"
    r"(?:注|备注|说明|附注|填表说明|备注说明|单位|日期|时间|期间|联系电话|盖章|\(盖章\))[:：].*|"
    r"第\d+页.*|共\d+页.*|20\d\d年\d{1,2}月(?:\d{1,2}日)?|.*(?:以下空白|此页无正文|\(公章\)|\(盖章\))"
)
_EXAMPLE = re.compile(
    r"[(\[【〔]?(?:填写)?(?:示例|样例|例|例如|填写样例|范例|举例)[)\]】〕]?[:：\d]*"
)
_WHO = frozenset(NAMES)
_WHAT = frozenset(("facts", "cause", "title", "number", "content", "requests"))
_ALONE = frozenset(("sequence", "unit", "ignored", "remark", "local_type"))


class RowKind(Enum):
    """What a row is; every row that is not blank is exactly one of these."""

    CASE = "case"
    PART = "part of the case above"
    HEAD = "repeated head"
    TOTAL = "total"
    NOTE = "note"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """A row with its address, what it is and why; `text` is what stands in it, cut for showing."""

    place: str
    kind: RowKind
    reason: str
    text: str


def row_text(cells: Sequence[Cell]) -> str:
    """The beginning of what stands in a row."""
    return "　".join(filter(None, map(kept, cells)))[:120]


def _filled(table: Table, row: Sequence[Cell]) -> list[Column]:
    return [column for column in table.columns if bare(at(row, column.number))]


def _slots(columns: Sequence[Column]) -> set[str]:
    return {column.meaning.slot.split(TICK)[0] for column in columns if column.meaning is not None}


def repeats_heads(table: Table, row: Sequence[Cell]) -> bool:
    """Whether a row says the heads again, as each printed page does."""
    told = [at(row, column.number) for column in table.columns]
    if any(isinstance(cell, float | int) for cell in told):
        return False
    filled = [
        (column, cell) for column, cell in zip(table.columns, told, strict=True) if bare(cell)
    ]
    same = [
        column
        for column, cell in filled
        if head_word(cell) in {head_word(part) for part in column.head.split("/")}
        or head_word(cell) == head_word(column.head)
    ]
    return len(same) >= 2 and len(same) * 5 >= len(filled) * 4


def _says_a_case(table: Table, row: Sequence[Cell]) -> bool:
    """Whether a row tells more than figures, as of somebody named 计 or of a sum that is owed."""
    telling = [
        column for column in table.columns if not _FIGURE.fullmatch(bare(at(row, column.number)))
    ]
    return len(_slots(telling) - _ALONE) >= _SAYS_A_CASE


def _is_total(first: str, cells: Sequence[Cell]) -> bool:
    if _TOTAL.fullmatch(first) and len(first) <= _LONGEST_TOTAL:
        return True
    # 合 计 may be spread over two cells.
    spread = "".join(bare(cell) for cell in cells[:3])
    return spread in {"合计", "小计", "总计", "共计", "累计"}


def kind_of_row(table: Table, row: Sequence[Cell]) -> tuple[RowKind, str]:
    """What a row below the heads is, and why, unless it is a case."""
    cells = table.cells(row)
    texts = [bare(cell) for cell in cells if bare(cell)]
    if repeats_heads(table, row):
        return RowKind.HEAD, tr("重复的表头")
    if _is_total(texts[0], cells) and not _says_a_case(table, row):
        return RowKind.TOTAL, tr("合计行，不是案件")
    if _EXAMPLE.fullmatch(texts[0]):
        return RowKind.NOTE, tr("填写示例，不是案件")
    slots = _slots(_filled(table, row))
    # 负责人拖欠工资 and a day begin a case as well as a line for signing.
    signed = ":" in texts[0] or not _says_a_case(table, row)
    if _NOTE.fullmatch(texts[0]) and signed and (len(texts) <= 4 or not slots & _WHO):
        return RowKind.NOTE, tr("签名、日期或说明，不是案件")
    return _of_values(slots, texts)


def _of_values(slots: set[str], texts: Sequence[str]) -> tuple[RowKind, str]:
    if slots <= _ALONE:
        if slots == {"sequence"} and all(text.isdigit() for text in texts):
            return RowKind.NOTE, tr("只有序号，没有填写")
        return RowKind.NOTE, tr("没有填写案件内容")
    people = {slot for slot in slots if "." in slot}
    if people == slots:
        return RowKind.PART, tr("只写了当事人，属于上一件")
    if slots & _WHO or slots & _WHAT:
        return RowKind.CASE, ""
    return RowKind.REJECTED, tr("没有写当事人，也没有写纠纷情况")


def row_place(sheet: str, number: int, table: Table | None) -> str:
    """The address of a row: its first cell within the table."""
    return place(sheet, number + 1, (table.start if table else 0) + 1)
