"""The cells of a stranger's workbook made ready for reading, and what has to be told of them."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from mediation_desk.domain.as_typed.plain_text import bare
from mediation_desk.domain.problems import Problem, Severity
from mediation_desk.exchange.cells import LONGEST_TEXT, Cell, letters, place
from mediation_desk.exchange.ledgers.find import Table, find_tables
from mediation_desk.exchange.ledgers.rows import RowKind, kind_of_row
from mediation_desk.exchange.ledgers.slots import NAMES
from mediation_desk.exchange.merged_cells import Area, Rows, areas, fill_down, position, put
from mediation_desk.words import tr

_OWN_SHEET = "_"
_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010fffd]")
_HOLE = re.compile("(?<=[\u4e00-\u9fff])[□■◇?？*]|[□■◇](?=[\u4e00-\u9fff])")
_DIGITS = re.compile(r"\d{16,18}")
_KEPT = 15  # digits of a number that a table program keeps
_BROKEN = "#N/A"  # how the readers of values know a formula that failed
_MOST_TOLD = 20
# A value that is merged over several rows names one case where it stands in one of these.
_OF_ONE_CASE = frozenset(("number", "sequence", "facts", "title", "cause", "content", *NAMES))

Shapes = Mapping[str, Mapping[str, Any]]


@dataclass(slots=True)
class Prepared:
    """Sheets to be read as a ledger, and notes on cells by their row: (sheet, row) to texts."""

    sheets: dict[str, Rows]
    problems: list[Problem] = field(default_factory=list)
    notes: dict[tuple[str, int], list[str]] = field(default_factory=dict)


def prepared(sheets: Mapping[str, Sequence[Sequence[Cell]]], shapes: Shapes) -> Prepared:
    """`sheets` with errors, raw numbers and merged values put in, each change told by its cell."""
    made = Prepared({title: [list(row) for row in rows] for title, rows in sheets.items()})
    for title, rows in made.sheets.items():
        if title.startswith(_OWN_SHEET):
            continue
        shape = shapes.get(title, {})
        _raw(title, rows, shape, made)
        _merged(title, rows, shape, made)
        _hidden(title, rows, shape, made)
        _noted(title, rows, shape, made)
        _odd(title, rows, made)
    return made


def _tell(made: Prepared, rule: str, at: str, words: str, mend: str = "") -> None:
    made.problems.append(Problem(rule, Severity.HINT, "", words, mend, at))


def _put(rows: Rows, name: str, value: Cell) -> None:
    at = position(name)
    if at is not None:
        put(rows, *at, value)


def digits_kept(raw: str) -> str:
    """A long number as text if the file holds all of its digits, else nothing.

    Programs that keep numbers as fractions write zeros, or an exponent, for what they lost.
    """
    return raw if _DIGITS.fullmatch(raw) and raw[_KEPT:].strip("0") else ""


def _raw(title: str, rows: Rows, shape: Mapping[str, Any], made: Prepared) -> None:
    for name, error in shape.get("errors", {}).items():
        _put(rows, name, error)
    for name, raw in shape.get("numbers", {}).items():
        if text := digits_kept(raw):
            _put(rows, name, text)
    for name in shape.get("unvalued", ()):
        _put(rows, name, _BROKEN)
    for name in shape.get("pictures", ()):
        _put(rows, name, "")
    lost = [*shape.get("unvalued", ()), *shape.get("errors", ())]
    _each(made, "L2", title, lost, tr("公式没有算出结果，当作没有填写。"))
    pictures = tr("单元格里的图片没有导入，这一行的文字照常读取。")
    _each(made, "L3", title, shape.get("pictures", ()), pictures)


def _each(made: Prepared, rule: str, title: str, names: Iterable[str], words: str) -> None:
    """Tell of every cell, of very many only how many they are."""
    told = list(names)
    for name in told[:_MOST_TOLD]:
        _tell(made, rule, f"{title}!{name}", words)
    if len(told) > _MOST_TOLD:
        more = tr("还有{count}格也是这样：{words}").format(
            count=len(told) - _MOST_TOLD, words=words
        )
        _tell(made, rule, title, more)


def _merged(title: str, rows: Rows, shape: Mapping[str, Any], made: Prepared) -> None:
    """Fill what is merged over several rows of cases; a case over several rows stays one."""
    merged = list(areas(shape.get("merges", ())))
    tables = find_tables(title, rows) if merged else []
    for table in reversed(tables):
        begin = table.first + table.depth
        mine = [area for area in merged if area[0] >= begin]
        merged = [area for area in merged if area not in mine]
        named = (area for area in mine if _tells_case(table, area[1]))
        whole = {(area[0], area[2]) for area in named if not _holds_cases(table, rows, area)}
        for area in mine:
            if not any(first <= area[0] and area[2] <= last for first, last in whole):
                _fill(title, rows, area, made)


def _tells_case(table: Table, column: int) -> bool:
    for entry in table.columns:
        if entry.number == column:
            return entry.meaning is not None and entry.meaning.slot in _OF_ONE_CASE
    return False


def _holds_cases(table: Table, rows: Rows, area: Area) -> bool:
    """Whether a lower row of an area is a case by itself, as of one applicant against several."""
    lower = (row for row in rows[area[0] + 1 : area[2] + 1] if any(map(bare, row)))
    return any(kind_of_row(table, row)[0] is RowKind.CASE for row in lower)


def _fill(title: str, rows: Rows, area: Area, made: Prepared) -> None:
    top, left = area[:2]
    if count := fill_down(rows, area):
        words = tr("合并单元格的内容“{text}”已填到下面{count}行。")
        told = words.format(text=str(rows[top][left])[:20], count=count)
        _tell(made, "L4", place(title, top + 1, left + 1), told)


def _hidden(title: str, rows: Rows, shape: Mapping[str, Any], made: Prepared) -> None:
    numbers = [number for number in shape.get("hidden_rows", ()) if _is_filled(rows, number)]
    width = max(map(len, rows), default=0)
    columns = [number for number in shape.get("hidden_columns", ()) if number <= width]
    if numbers:
        words = tr("有{count}行被隐藏或筛选掉了（第{rows}行），也读进来了。")
        told = tr("、").join(map(str, numbers[:_MOST_TOLD]))
        _tell(made, "L5", title, words.format(count=len(numbers), rows=told))
    if columns:
        words = tr("有{count}列被隐藏（{columns}），也读进来了。")
        told = tr("、").join(map(letters, columns[:_MOST_TOLD]))
        _tell(made, "L5", title, words.format(count=len(columns), columns=told))
    if shape.get("hidden") and find_tables(title, rows):
        _tell(made, "L5", title, tr("这张工作表是隐藏的，里面的台账也读进来了。"))


def _is_filled(rows: Rows, number: int) -> bool:
    return 0 < number <= len(rows) and any(map(bare, rows[number - 1]))


def _noted(title: str, rows: Rows, shape: Mapping[str, Any], made: Prepared) -> None:
    """Notes on cells of cases; those on heads tell how to fill in."""
    notes = shape.get("notes", {})
    tables = find_tables(title, rows) if notes else []
    heads = {table.first + level for table in tables for level in range(table.depth)}
    for name, text in notes.items():
        at = position(name)
        words = text.strip()
        if at is None or not words or at[0] in heads:
            continue
        told = tr("这一格有批注“{text}”，已记入备注。").format(text=words[:200])
        _tell(made, "L6", f"{title}!{name}", told)
        made.notes.setdefault((title, at[0] + 1), []).append(words)


def _odd(title: str, rows: Rows, made: Prepared) -> None:
    """Texts that were probably cut, and characters that nobody else can read."""
    for row, column, text in _texts(rows):
        at = place(title, row, column)
        if len(text) >= LONGEST_TEXT:
            _tell(made, "L7", at, tr("这一格正好到了一格最多的字数，后面的内容可能丢了。"))
        elif _PRIVATE.search(text):
            _tell(made, "L8", at, tr("含有造字，别的电脑显示不出来，请对照证件核对。"))
        elif len(text) <= _MOST_TOLD and _HOLE.search(text):
            _tell(made, "L8", at, tr("“{text}”里有代替生僻字的符号，请核对。").format(text=text))


def _texts(rows: Rows) -> Iterator[tuple[int, int, str]]:
    for number, row in enumerate(rows, 1):
        for column, cell in enumerate(row, 1):
            if isinstance(cell, str) and len(cell) > 1:
                yield number, column, cell
