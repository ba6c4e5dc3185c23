"""The sheets of a file that travels back to a village: what people read of it, masked."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from mediation_desk.domain.problems import Problem
from mediation_desk.domain.record import Record
from mediation_desk.domain.returning import Return
from mediation_desk.domain.round_trip import Receipt
from mediation_desk.exchange.cells import Cell, Kind, Tally, Value, clean
from mediation_desk.exchange.columns import FIRST_ROW
from mediation_desk.exchange.edits import cell_text
from mediation_desk.exchange.visible import Rows, taken_as_recorded, warn
from mediation_desk.words import tr

# The first characters of a digest, enough for two people to compare.
_DIGEST_SHOWN = 12


@dataclass(frozen=True, slots=True)
class BackSheet:
    """A sheet to read: its name, heading and columns."""

    title: str
    heading: str
    heads: tuple[str, ...]
    kinds: tuple[Kind, ...]
    widths: tuple[float, ...]


RECEIPTS = BackSheet(
    tr("回执"),
    tr("报送文件接收回执"),
    (
        tr("报送编号"),
        tr("接收日期"),
        tr("接收人"),
        tr("文件名"),
        tr("校验值"),
        tr("新增"),
        tr("更新"),
        tr("未变"),
        tr("较旧"),
        tr("待核对"),
        tr("未接收"),
        tr("表中改动"),
        tr("说明"),
    ),
    (
        Kind.TEXT,
        Kind.DAY,
        Kind.TEXT,
        Kind.LONG,
        Kind.TEXT,
        *(Kind.WHOLE,) * 7,
        Kind.LONG,
    ),
    (10.0, 12.0, 10.0, 28.0, 16.0, *(8.0,) * 7, 56.0),
)
GIVEN_BACK = BackSheet(
    tr("退回意见"),
    tr("司法所退回补正意见"),
    (tr("编号"), tr("当事人"), tr("退回意见"), tr("退回日期"), tr("退回人")),
    (Kind.TEXT, Kind.TEXT, Kind.LONG, Kind.DAY, Kind.TEXT),
    (26.0, 26.0, 56.0, 12.0, 12.0),
)
ADDED = BackSheet(
    tr("司法所补充"),
    tr("司法所补充、修改和移交的内容"),
    (tr("编号"), tr("当事人"), tr("类别"), tr("内容")),
    (Kind.TEXT, Kind.TEXT, Kind.TEXT, Kind.LONG),
    (26.0, 26.0, 14.0, 72.0),
)
# The columns that come from the record itself; the others only help to find the case.
_OF_THE_RECORD = slice(2, 5)


@dataclass(frozen=True, slots=True)
class ReturnLine:
    """A case returned, with what people know it by: its number and its parties, masked."""

    number: str
    parties: str
    entry: Return

    def values(self) -> list[Value]:
        """The cells of its row."""
        entry = self.entry
        return [self.number, self.parties, entry.words, entry.returned_on, entry.returned_by]


@dataclass(frozen=True, slots=True)
class AddedLine:
    """Something that the office added, changed, decided or handed over, in words."""

    number: str
    parties: str
    sort: str
    words: str

    def values(self) -> list[Value]:
        """The cells of its row."""
        return [self.number, self.parties, self.sort, self.words]


def receipt_values(receipt: Receipt) -> list[Value]:
    """The cells of a receipt's row; one that was taken back says so."""
    said = receipt.remarks
    if receipt.void_reason:
        said = tr("本回执作废：{reason}").format(reason=receipt.void_reason)
    return [
        tr("第{number}份").format(number=receipt.number),
        receipt.received_on,
        receipt.received_by,
        receipt.file_name,
        receipt.digest[:_DIGEST_SHOWN],
        receipt.added,
        receipt.updated,
        receipt.unchanged,
        receipt.older,
        receipt.conflicts,
        receipt.rejected,
        receipt.proposals,
        said,
    ]


def edited_returns(sheets: Mapping[str, Rows], records: Sequence[Record]) -> Iterator[Problem]:
    """Whether somebody changed what can be read; all is taken as the office wrote it."""
    returns = sorted(_expected(record) for record in records if isinstance(record, Return))
    receipts = sorted(_receipt(record) for record in records if isinstance(record, Receipt))
    for sheet, seen, expected in (
        (GIVEN_BACK, _shown(sheets.get(GIVEN_BACK.title, []), _OF_THE_RECORD, 5), returns),
        (RECEIPTS, _shown(sheets.get(RECEIPTS.title, []), slice(0, 13), 13), receipts),
    ):
        if seen != expected:
            words = tr("“{sheet}”表被改动过，与程序内记录不同。").format(sheet=sheet.title)
            yield warn("W1", sheet.title, words, taken_as_recorded())


def _shown(rows: Rows, part: slice, width: int) -> list[tuple[str, ...]]:
    return sorted(_texts(row, part, width) for row in rows[FIRST_ROW - 1 :] if any(row))


def _texts(row: Sequence[Cell], part: slice, width: int) -> tuple[str, ...]:
    filled = [*row, *[""] * (width - len(row))]
    return tuple(cell_text(cell) for cell in filled[part])


def _expected(entry: Return) -> tuple[str, ...]:
    tally = Tally()
    day = entry.returned_on.isoformat()
    return clean(entry.words, tally), day, clean(entry.returned_by, tally)


def _receipt(entry: Receipt) -> tuple[str, ...]:
    tally = Tally()
    return tuple(
        value.isoformat() if isinstance(value, date) else clean(str(value), tally)
        for value in receipt_values(entry)
    )
