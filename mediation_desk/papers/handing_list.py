"""The list by which a mediator hands the desk to a successor: what is there, what is open."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from mediation_desk.papers.described import (
    TEXT_WIDE,
    Align,
    CasePaper,
    Cell,
    Face,
    Grid,
    Look,
    Numbering,
    Row,
    Words,
)
from mediation_desk.words import tr

_TITLE = Look(22, 34, Face.HEAD, bold=True, align=Align.MIDDLE)
_HEADING = Look(14, 26, Face.HEAD, bold=True)
_TEXT = Look(12, 21)
_HEAD = Look(10, 16, Face.HEAD, align=Align.MIDDLE)
_CELL = Look(11, 18)
_NUMBER = Look(11, 18, align=Align.MIDDLE)
_FACT_WIDE = 26.0
_BY_HAND = (
    "纸质卷宗：______ 册　空白文书：______ 份　印章：______ 枚　U盘：____ 个",
    "恢复码的纸：□ 已交给接收人　□ 已由接收人重新制作，旧的当面撕碎",
    "电脑：□ 移交　□ 另用，登记簿已清除　　其他：",
)
_SIGNED = ("移交人", "接收人", "监交人")


@dataclass(frozen=True, slots=True)
class OpenCase:
    """A dispute that is not closed: its number, type, mediator, and what is due next by when."""

    number: str
    kind: str
    intake: str
    mediator: str
    next: str


@dataclass(frozen=True, slots=True)
class HandedOver:
    """What is handed over; `years` are counts under `heads`, `further` facts in a line each."""

    unit: str
    giver: str
    receiver: str
    witness: str
    day: date
    heads: Sequence[str]
    years: Sequence[Sequence[str]]
    open: Sequence[OpenCase]
    further: Sequence[str]


def _facts(told: HandedOver) -> Grid:
    pairs = (
        (tr("单位"), told.unit),
        (tr("移交日期"), told.day.strftime("%Y-%m-%d")),
    )
    rows = tuple(Row((Cell(label, _HEAD), Cell(text, _TEXT))) for label, text in pairs)
    return Grid((_FACT_WIDE, TEXT_WIDE - _FACT_WIDE), rows)


def _table(heads: Sequence[str], widths: Sequence[float], rows: Sequence[Sequence[str]]) -> Grid:
    scale = TEXT_WIDE / sum(widths)
    top = Row(tuple(Cell(head, _HEAD) for head in heads), head=True)
    lines = tuple(
        Row(tuple(Cell(text, _NUMBER if len(text) < 8 else _CELL) for text in row)) for row in rows
    )
    return Grid(tuple(width * scale for width in widths), (top, *lines))


def _open(cases: Sequence[OpenCase]) -> Grid:
    heads = (tr("编号"), tr("纠纷类型"), tr("受理日期"), tr("调解员"), tr("下一步和期限"))
    rows = [(case.number, case.kind, case.intake, case.mediator, case.next) for case in cases]
    return _table(heads, (46, 30, 24, 22, 46), rows)


def _signatures(told: HandedOver) -> Grid:
    wide, names = TEXT_WIDE / len(_SIGNED), (told.giver, told.receiver, told.witness)
    signed = tuple(
        Cell(f"{tr(who)}：{name}\n{tr('（签名）')}", _TEXT)
        for who, name in zip(_SIGNED, names, strict=True)
    )
    dated = tuple(Cell(tr("　　　年　　月　　日"), _TEXT) for _ in _SIGNED)
    return Grid((wide,) * len(_SIGNED), (Row(signed, high=26), Row(dated, high=10)), whole=True)


def handing_list(told: HandedOver) -> CasePaper:
    """The list with its signature lines."""
    opened = _open(told.open) if told.open else Words(tr("没有。"), _TEXT)
    blocks = (
        Words(tr("调解工作移交清单"), _TITLE, after=8),
        _facts(told),
        Words(tr("一、登记簿里的纠纷"), _HEADING, before=10, stay=True),
        _table(told.heads, (24, *(20,) * (len(told.heads) - 1)), told.years),
        Words(tr("二、没有办结的纠纷"), _HEADING, before=10, stay=True),
        opened,
        Words(tr("三、登记簿里的其他内容"), _HEADING, before=10, stay=True),
        Words("\n".join(told.further), _TEXT),
        Words(tr("四、一并移交（手工填写）"), _HEADING, before=10, stay=True),
        Words("\n".join(tr(line) for line in _BY_HAND), Look(12, 24)),
        Words(
            tr("以上内容当面核对无误。移交后由接收人负责，移交人不再保存其中的个人信息。"),
            _TEXT,
            before=8,
            after=6,
            stay=True,
        ),
        _signatures(told),
    )
    return CasePaper(tr("移交清单"), blocks, Numbering.COUNTED)
