"""Tables that came as text: CSV of any encoding and separator, as sheets of cells."""

import codecs
import csv
import io
import re
from collections.abc import Iterator

from mediation_desk.exchange.cells import trimmed
from mediation_desk.exchange.guard import MOST_COLUMNS, MOST_ROWS, WorkbookUnreadable
from mediation_desk.words import tr

TEXT_SHEET = tr("文本")
_SEPARATORS = ("\t", ",", ";", "，", "|")
_LOOKED_AT = 30
_LONGEST_CELL = 1_000_000
# Excel writes ="001" so that it will not take it for a number itself.
_QUOTED = re.compile(r'="([^"]*)"')
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def text_of(content: bytes) -> str:
    """The characters of a text file, by its mark or by what its bytes can be.

    Raises `WorkbookUnreadable` for bytes that no encoding in use here explains.
    """
    marked = [encoding for mark, encoding in _MARKS if content.startswith(mark)]
    for encoding in marked or ("utf-8", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    happened = tr("文本里有读不出的字符，文件可能不完整。")
    raise WorkbookUnreadable(happened + tr("请重新拷贝，或用WPS打开后另存为 xlsx 再发送。"))


def table_of(content: bytes) -> dict[str, list[list[str]]]:
    """The one sheet that a text file holds; raises `WorkbookUnreadable`."""
    text = text_of(content)
    csv.field_size_limit(_LONGEST_CELL)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text))
    try:
        rows = list(_rows(lines))
    except csv.Error as error:
        happened = tr("文本里的引号或分隔符对不上，读不成表格。")
        mend = tr("请用WPS打开，另存为“Excel 工作簿（*.xlsx）”后再发送。")
        raise WorkbookUnreadable(happened + mend) from error
    while rows and not rows[-1]:
        rows.pop()
    return {TEXT_SHEET: rows}


def _separator(text: str) -> str:
    """The separator that stands most often in the lines that hold the most of it."""
    lines = text.splitlines()[:_LOOKED_AT]

    def most(separator: str) -> int:
        return sorted((line.count(separator) for line in lines), reverse=True)[len(lines) // 4]

    return max(_SEPARATORS, key=most) if lines else ","


def _rows(lines: Iterator[list[str]]) -> Iterator[list[str]]:
    for number, line in enumerate(lines):
        if number >= MOST_ROWS or len(line) > MOST_COLUMNS:
            raise WorkbookUnreadable(_too_far())
        cells = [found[1] if (found := _QUOTED.fullmatch(cell)) else cell for cell in line]
        yield [str(cell) for cell in trimmed([cell if cell.strip() else "" for cell in cells])]


def _too_far() -> str:
    words = tr("文本的行或列远远超出正常范围，没有打开。")
    return words + tr("请用WPS打开，删去多余的行列，另存为 xlsx 后再发送。")
