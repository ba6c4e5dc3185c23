"""Attachments in their place: a photo as it is, anything else as a sheet that says what belongs."""

import re

from mediation_desk.domain.handling import Attachment
from mediation_desk.domain.official_days import in_figures
from mediation_desk.papers.described import (
    Align,
    Block,
    Cell,
    Face,
    Grid,
    Look,
    PageBreak,
    Picture,
    Row,
    Words,
)
from mediation_desk.words import tr

_PHOTOS = ("image/jpeg", "image/png")
# A PDF names each of its pages so, unless it packs its objects.
_PAGE = re.compile(rb"/Type\s*/Page(?![a-zA-Z])")
_TITLE = Look(22, 40, Face.HEAD, align=Align.MIDDLE)
_LABEL = Look(12, 20, Face.HEAD, align=Align.MIDDLE)
_WIDTHS = (34.0, 126.0)


def page_count(content: bytes) -> int:
    """How many pages a PDF has, 0 where it does not say so plainly."""
    return len(_PAGE.findall(content))


def sheets(scan: Attachment, content: bytes | None) -> tuple[Block, ...]:
    """The page of one attachment, from its own page on."""
    if content is not None and scan.media_type in _PHOTOS:
        return (PageBreak(), Picture(content, scan.name))
    pages = page_count(content) if content is not None else 0
    count = tr("共{count}页").format(count=pages) if pages else tr("以原件为准")
    lines = (
        (tr("材料名称"), scan.name),
        (tr("材料类别"), tr(scan.kind.label)),
        (tr("形成日期"), in_figures(scan.taken_on)),
        (tr("页　　数"), count),
    )
    rows = tuple(Row((Cell(label, _LABEL), Cell(said)), 11) for label, said in lines)
    told = tr("这份材料不是图片，不能印在本页。请把它另外打印，附在本页之后，")
    if content is None:
        told = tr("这台电脑上没有这份材料的内容。请把原件或复印件附在本页之后，")
    numbering = tr("页号接本页编为“本页号—1”“本页号—2”，依次类推。")
    return (
        PageBreak(),
        Words(tr("见 附 件"), _TITLE, after=8, stay=True),
        Grid(_WIDTHS, rows),
        Words(told + numbering, first=2, before=12),
    )
