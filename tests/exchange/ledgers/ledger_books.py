"""Workbooks as people make them by hand, and what our own readers see in them."""

import io
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from builders import a_unit
from openpyxl import Workbook, load_workbook

from mediation_desk.domain.casefile import CaseFile
from mediation_desk.domain.codes import PartyRole
from mediation_desk.domain.round_trip import LedgerMap
from mediation_desk.exchange.cells import Cell
from mediation_desk.exchange.ledgers.ledger import LedgerReading, read_ledger
from mediation_desk.exchange.readers import by_calamine, by_openpyxl

TODAY = date(2026, 11, 23)
TITLE = "双龙镇梨子园村2026年10月矛盾纠纷调解台账"
HEADS = [
    *("序号", "受理日期", "案件来源", "申请人", "被申请人", "纠纷类型", "纠纷简要情况"),
    *("调解结果", "结案日期", "协议形式", "涉及金额", "调解员", "备注"),
]
ROW: list[Any] = [
    *(1, "2026年10月3日", "主动调解", "秦德珍", "蒋仕文", "邻里纠纷", "排水沟堵塞，双方争吵。"),
    *("调解成功", "2026年10月6日", "口头协议", 200, "陶素芬", ""),
]
Rows = list[list[Any]]


def row(**changes: Any) -> list[Any]:
    """The usual row with other values under some heads."""
    return [changes.get(head, value) for head, value in zip(HEADS, ROW, strict=True)]


def book_of(sheets: Mapping[str, Rows], merged: Sequence[tuple[str, str]] = ()) -> bytes:
    """A workbook with these cells; None and "" stay empty."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for number, cells in enumerate(rows, 1):
            for column, value in enumerate(cells, 1):
                if value not in {None, ""}:
                    sheet.cell(number, column, value)
    for title, area in merged:
        book[title].merge_cells(area)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def changed(content: bytes, title: str, cells: Mapping[str, Any]) -> bytes:
    """The workbook with other values in some cells, as somebody fills it in."""
    book = load_workbook(io.BytesIO(content))
    for address, value in cells.items():
        cell = book[title][address]
        cell.value = value
        if isinstance(value, str):
            # The cells are formatted as text, so that nothing typed becomes a formula.
            cell.data_type = "s"
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def cells_of(content: bytes) -> dict[str, list[list[Cell]]]:
    """The cells that both of our readers see, which must be the same."""
    one, other = by_openpyxl(content), by_calamine(content)
    assert one == other
    return one


def read_book(
    content: bytes,
    answers: Mapping[str, str] | None = None,
    known: LedgerMap | None = None,
    **more: Any,
) -> LedgerReading:
    unit = more.pop("unit", a_unit())
    return read_ledger(cells_of(content), unit, known, answers or {}, TODAY, **more)


def read_rows(
    rows: Rows,
    answers: Mapping[str, str] | None = None,
    known: LedgerMap | None = None,
    title: str = "10月",
    **more: Any,
) -> LedgerReading:
    """A workbook of one sheet, read."""
    return read_book(book_of({title: rows}), answers, known, **more)


def one(reading: LedgerReading) -> CaseFile:
    """The only case of a ledger that leaves nothing to ask."""
    assert [question.ask for question in reading.questions] == []
    (case,) = reading.cases
    assert not case.waiting
    return case.file


def side(file: CaseFile, role: PartyRole) -> list[str]:
    return [party.name for party in file.parties if party.role is role]
