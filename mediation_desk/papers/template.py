"""The plain text form of a paper, which an office can change: read line by line, faults by line.

A line is 【名称 参数】文字, a row of a table with | between its cells, or a note after #.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from mediation_desk.domain.problems import DeskError
from mediation_desk.words import tr

_COMMAND = re.compile(r"【([^】\s]+)(?:\s+([^】]*))?】(.*)")
_ROW = re.compile(r"(\d{1,3})?\s*\|(.*)\|")
PLACE = re.compile(r"\{([^{}:]+)(?::(\d{1,3}))?\}")

EACH, IF, UNLESS, END = "每一", "如有", "如无", "完"
TABLE, OPEN_TABLE, HEAD, WRITE, GAP = "表", "无线表", "表头", "书写", "空"
_OPENS = {EACH, IF, UNLESS}
_TABLES = {TABLE, OPEN_TABLE}
TEXTS = frozenset(
    ("标题", "长标题", "大标题", "副题", "小标题", "编号", "正文", "细文", "平文", "紧接",
     "居中", "居右",
     "小字", "签名", "盖章", "日期")
)  # fmt: skip
_BARE = frozenset((HEAD, "分页", "大字", END))
_MOST_COLUMNS, _MOST_LINES, _MOST_GAP = 12, 40, 250


class TemplateFault(DeskError):
    """A template that cannot be used: which line, and why."""

    def __init__(self, name: str, line: int, reason: str) -> None:
        self.name, self.line, self.reason = name, line, reason
        words = tr("纸样“{name}”第{line}行：{reason}")
        super().__init__(words.format(name=name, line=line, reason=reason))


@dataclass(frozen=True, slots=True)
class Value:
    """What a place is filled with; `blank` is what a form for handwriting has there."""

    text: str = ""
    blank: str = ""


Context = Mapping[str, "Value | Sequence[Context]"]


@dataclass(slots=True)
class Node:
    """One line of a template; what repeats or depends has further lines within."""

    line: int
    command: str
    arguments: tuple[str, ...] = ()
    text: str = ""
    cells: tuple[str, ...] = ()
    within: list["Node"] = field(default_factory=list)


ROW = "row"


def parse(name: str, text: str, known: Context) -> list[Node]:
    """The lines of a template whose places `known` has; raises `TemplateFault` at the first fault.

    `known` is filled as for a blank form: every list in it has one entry.
    """
    reader = _Reader(name, known)
    for number, line in enumerate(text.lstrip("\ufeff").splitlines(), 1):
        reader.take(number, line.strip())
    return reader.finished()


class _Reader:
    """Takes the lines of a template and remembers what is open."""

    def __init__(self, name: str, known: Context) -> None:
        self._name = name
        self._scopes: list[Context] = [known]
        self._open: list[Node] = [Node(0, "")]
        self._columns = 0

    def _fault(self, line: int, reason: str) -> TemplateFault:
        return TemplateFault(self._name, line, reason)

    def take(self, number: int, line: str) -> None:
        """Take one line."""
        if not line or line.startswith("#"):
            return
        if row := _ROW.fullmatch(line):
            self._row(number, row)
        elif command := _COMMAND.fullmatch(line):
            self._command(number, *command.groups())
        else:
            raise self._fault(number, tr("看不懂。每行应写成【名称】文字，或用 | 分开的表格行。"))

    def _row(self, number: int, row: re.Match[str]) -> None:
        high = row.group(1) or "0"
        cells = tuple(cell.strip() for cell in row.group(2).split("|"))
        if not self._columns:
            raise self._fault(number, tr("表格行前面缺少【表 各栏宽度】。"))
        if len(cells) != self._columns:
            words = tr("这一行有{here}格，表有{wanted}栏。并到左边的格写 ~。")
            raise self._fault(number, words.format(here=len(cells), wanted=self._columns))
        if cells[0] == "~":
            raise self._fault(number, tr("第一格左边没有格，不能写 ~。"))
        for cell in cells:
            self._check(number, cell)
        self._add(Node(number, ROW, (high,), cells=cells))

    def _command(self, number: int, command: str, given: str | None, text: str) -> None:
        arguments = tuple((given or "").split())
        self._check(number, text)
        if command == END:
            self._end(number)
            return
        made = Node(number, command, arguments, text.strip())
        if command in _OPENS:
            self._opened(made)
            return
        if command in _TABLES:
            self._widths(made)
        elif command in {WRITE, GAP}:
            self._amount(made)
        elif command not in TEXTS | _BARE:
            words = tr("没有【{command}】这种写法。")
            raise self._fault(number, words.format(command=command))
        if command not in _TABLES | {HEAD}:
            self._columns = 0
        self._add(made)

    def _add(self, node: Node) -> None:
        self._open[-1].within.append(node)

    def _widths(self, made: Node) -> None:
        good = made.arguments and all(entry.isdecimal() and int(entry) for entry in made.arguments)
        if not good or len(made.arguments) > _MOST_COLUMNS:
            words = tr(
                "【{command}】后面要写每栏的宽度，用空格分开，最多{most}栏，如【表 3 5 2】。"
            )
            told = words.format(command=made.command, most=_MOST_COLUMNS)
            raise self._fault(made.line, told)
        self._columns = len(made.arguments)

    def _amount(self, made: Node) -> None:
        most = _MOST_LINES if made.command == WRITE else _MOST_GAP
        number = made.arguments[0] if len(made.arguments) == 1 else ""
        if not number.isdecimal() or not 0 < int(number) <= most:
            words = tr("【{command}】里要写一个 1 到 {most} 的数。")
            raise self._fault(made.line, words.format(command=made.command, most=most))

    def _opened(self, made: Node) -> None:
        if len(made.arguments) != 1:
            words = tr("【{command}】里要写一项的名称，如【如有 第三人】。")
            raise self._fault(made.line, words.format(command=made.command))
        value = self._found(made.line, made.arguments[0])
        if made.command == EACH:
            if isinstance(value, Value):
                words = tr("“{name}”只有一个，不能写【每一】。")
                raise self._fault(made.line, words.format(name=made.arguments[0]))
            self._scopes.append(value[0])
        self._add(made)
        self._open.append(made)

    def _end(self, number: int) -> None:
        if len(self._open) == 1:
            raise self._fault(number, tr("【完】前面没有【每一】或【如有】。"))
        if self._open.pop().command == EACH:
            self._scopes.pop()

    def _check(self, number: int, text: str) -> None:
        for place in PLACE.finditer(text):
            if not isinstance(self._found(number, place.group(1)), Value):
                words = tr("“{name}”有好几个，要放在【每一 {name}】里用。")
                raise self._fault(number, words.format(name=place.group(1)))
        if "{" in PLACE.sub("", text) or "}" in PLACE.sub("", text):
            raise self._fault(number, tr("花括号 { } 不成对。"))

    def _found(self, number: int, name: str) -> "Value | Sequence[Context]":
        for scope in reversed(self._scopes):
            if name in scope:
                return scope[name]
        words = tr("这份文书没有“{name}”这一项。")
        raise self._fault(number, words.format(name=name))

    def finished(self) -> list[Node]:
        """All lines, once nothing is open any more."""
        if len(self._open) > 1:
            words = tr("【{command}】没有用【完】结束。")
            opened = self._open[-1]
            raise self._fault(opened.line, words.format(command=opened.command))
        if not self._open[0].within:
            raise self._fault(1, tr("里面什么也没有。"))
        return self._open[0].within


Look_up = Callable[[str], "Value | Sequence[Context]"]


def filled(nodes: Sequence[Node], context: Context) -> Iterator[tuple[Node, Look_up]]:
    """The lines that stand for `context`, each with what its places are looked up by."""
    yield from _filled(nodes, (context,))


def _filled(nodes: Sequence[Node], scopes: tuple[Context, ...]) -> Iterator[tuple[Node, Look_up]]:
    def look_up(name: str) -> "Value | Sequence[Context]":
        return next(scope[name] for scope in reversed(scopes) if name in scope)

    for node in nodes:
        if node.command not in _OPENS:
            yield node, look_up
            continue
        found = look_up(node.arguments[0])
        there = bool(found.text if isinstance(found, Value) else found)
        if node.command == EACH and not isinstance(found, Value):
            for entry in found:
                yield from _filled(node.within, (*scopes, entry))
        elif there is (node.command == IF):
            yield from _filled(node.within, scopes)
