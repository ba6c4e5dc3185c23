"""A template and what it is filled with, made into the blocks of a paper."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from mediation_desk.papers.described import (
    POINT,
    TEXT_WIDE,
    Align,
    Block,
    Border,
    Cell,
    Face,
    Grid,
    Look,
    PageBreak,
    Row,
    Words,
)
from mediation_desk.papers.template import (
    GAP,
    HEAD,
    OPEN_TABLE,
    PLACE,
    ROW,
    TABLE,
    WRITE,
    Context,
    Look_up,
    Node,
    Value,
    filled,
)

_HALF = 62.0
# A line to write on that is joined to its neighbours, in texts that somebody fills in by hand.
_BLANK, _BLANK_WIDE = "＿", 6
_RULED_HIGH, _LARGE = 10.0, 1.4
_LABEL = Look(12, 20, Face.HEAD, align=Align.MIDDLE)
_AS_LABEL = "!"
_MARKS = {"<": Align.LEFT, "=": Align.MIDDLE, ">": Align.RIGHT}

# Signing needs room for a hand, a finger and a seal.
_SHAPES = {
    "标题": Words("", Look(22, 40, Face.HEAD, align=Align.MIDDLE), after=8, stay=True),
    "长标题": Words("", Look(18, 30, Face.HEAD, align=Align.MIDDLE), after=8, stay=True),
    "大标题": Words("", Look(36, 60, Face.HEAD, align=Align.MIDDLE)),
    "副题": Words("", Look(16, 30, align=Align.MIDDLE)),
    "小标题": Words("", Look(14, 25, Face.HEAD), before=4, stay=True),
    "编号": Words("", Look(12, 22, align=Align.RIGHT), after=2, stay=True),
    "正文": Words("", Look(14, 25), first=2),
    "细文": Words("", Look(12, 19), first=2),
    "平文": Words("", Look(14, 25)),
    "紧接": Words("", Look(14, 25), stay=True),
    "居中": Words("", Look(14, 25, align=Align.MIDDLE)),
    "居右": Words("", Look(14, 25, align=Align.RIGHT)),
    "小字": Words("", Look(10.5, 16), before=3),
    "签名": Words("", Look(14, 25), left=_HALF, before=14, stay=True),
    "盖章": Words("", Look(14, 25), left=_HALF, before=30, stay=True),
    "日期": Words("", Look(14, 25, align=Align.RIGHT), before=16),
}


def compose(nodes: Sequence[Node], context: Context) -> tuple[Block, ...]:
    """The blocks of the paper that a template makes of `context`."""
    made = _Composition()
    for node, look_up in filled(nodes, context):
        made.take(node, look_up)
    return made.finished()


def used(nodes: Sequence[Node], context: Context) -> Iterator[tuple[str, str]]:
    """What a template fills in, by name, in the order of reading."""
    for node, look_up in filled(nodes, context):
        for text in (node.text, *node.cells):
            for place in PLACE.finditer(text):
                value = look_up(place.group(1))
                if isinstance(value, Value):
                    yield place.group(1), value.text


@dataclass(slots=True)
class _Composition:
    """The blocks so far, and the table whose rows are coming."""

    blocks: list[Block] = field(default_factory=list)
    widths: tuple[float, ...] = ()
    border: Border = Border.FULL
    rows: list[Row] = field(default_factory=list)
    head: bool = False
    scale: float = 1.0

    def take(self, node: Node, look_up: Look_up) -> None:
        """Take one line."""
        if node.command == ROW:
            self._row(node, look_up)
            return
        if node.command == HEAD:
            self.head = True
            return
        self._close()
        if node.command in {TABLE, OPEN_TABLE}:
            whole = sum(map(int, node.arguments))
            self.widths = tuple(int(part) * TEXT_WIDE / whole for part in node.arguments)
            self.border = Border.FULL if node.command == TABLE else Border.NONE
        elif node.command == "大字":
            self.scale = _LARGE
        elif node.command == "分页":
            self.blocks.append(PageBreak())
        elif node.command == GAP:
            self.blocks.append(_gap(int(node.arguments[0])))
        elif node.command == WRITE:
            self._write(node, look_up)
        else:
            self._words(node.command, _said(node.text, look_up, blank=_BLANK))

    def _words(self, command: str, text: str) -> None:
        shape = _SHAPES[command]
        look = shape.look.grown(self.scale) if self.scale > 1 else shape.look
        self.blocks.append(
            Words(text, look, shape.first, shape.left / self.scale, shape.before, shape.after,
                  stay=shape.stay)
        )  # fmt: skip

    def _write(self, node: Node, look_up: Look_up) -> None:
        """What was written, or lines to write on."""
        text = _said(node.text, look_up)
        if text.strip():
            self._words("正文", text)
            return
        line = Row((Cell(""),), _RULED_HIGH)
        rows = (line,) * int(node.arguments[0])
        self.blocks.append(Grid((TEXT_WIDE,), rows, Border.RULED))

    def _row(self, node: Node, look_up: Look_up) -> None:
        cells: list[Cell] = []
        for told in node.cells:
            if told == "~":
                last = cells.pop()
                cells.append(Cell(last.text, last.look, last.span + 1))
            else:
                cells.append(self._cell(told, look_up))
        high = float(node.arguments[0]) or 9.0
        self.rows.append(Row(tuple(cells), high, self.head))
        self.head = False

    def _cell(self, told: str, look_up: Look_up) -> Cell:
        look = Look(12, 20)
        if told[:1] == _AS_LABEL:
            look, told = _LABEL, told[1:].strip()
        elif told[:1] in _MARKS:
            look, told = Look(12, 20, align=_MARKS[told[0]]), told[1:].strip()
        elif told and not PLACE.search(told):
            look = _LABEL
        text = _said(told.replace("\\n", "\n"), look_up)
        return Cell(text, look.grown(self.scale) if self.scale > 1 else look)

    def _close(self) -> None:
        if self.rows:
            self.blocks.append(Grid(self.widths, tuple(self.rows), self.border))
        self.rows = []

    def finished(self) -> tuple[Block, ...]:
        """All blocks."""
        self._close()
        following = [*self.blocks[1:], None]
        pairs = zip(self.blocks, following, strict=True)
        return tuple(_joined(block, after) for block, after in pairs)


def _joined(block: Block, following: Block | None) -> Block:
    """Keep a short text on the page of the signatures below it: nobody signs an empty page."""
    if not (isinstance(block, Words) and isinstance(following, Words)):
        return block
    if block.signed:
        # What comes after the signatures and their date is a part of its own.
        dated = following.look.align is Align.RIGHT
        return replace(block, stay=following.signed or dated)
    return replace(block, stay=True) if following.signed and block.short else block


def _gap(high: int) -> Words:
    return Words("", Look(1, 1), before=high / POINT - 1)


def _said(text: str, look_up: Look_up, blank: str = "") -> str:
    """`text` with its places filled; `blank` is written where there is nothing to fill in."""

    def fill(place: object) -> str:
        name, wide = place.group(1), place.group(2)  # type: ignore[attr-defined]
        value = look_up(name)
        assert isinstance(value, Value)
        return value.text or value.blank or blank * int(wide or _BLANK_WIDE)

    return PLACE.sub(fill, text)
