"""Attachments in their place: a photo as it is, anything else as a sheet that says what belongs.

For one that is damaged a sheet says so, so that the rest of the file can be printed.
"""

import re

from mediation_desk.domain.damaged_scans import damage
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
from mediation_desk.papers.drawing import is_picture
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


def damage_of(scan: Attachment, content: bytes | None) -> str:
    """Why an attachment cannot be shown, in words; empty for one that can, or is not here."""
    if content is None:
        return ""
    if told := damage(scan, content):
        return told
    shown = scan.media_type not in _PHOTOS or is_picture(content)
    return "" if shown else tr("图像打不开")


def sheets(scan: Attachment, content: bytes | None, damaged: str = "") -> tuple[Block, ...]:
    """The page of one attachment, from its own page on; of a damaged one why it is not shown."""
    if damaged:
        return _instead(scan, damaged)
    if content is not None and scan.media_type in _PHOTOS:
        return (PageBreak(), Picture(content, scan.name))
    pages = page_count(content) if content is not None else 0
    count = tr("共{count}页").format(count=pages) if pages else tr("以原件为准")
    told = tr("这份材料不是图片，不能印在本页。请把它另外打印，附在本页之后，")
    if content is None:
        told = tr("这台电脑上没有这份材料的内容。请把原件或复印件附在本页之后，")
    numbering = tr("页号接本页编为“本页号—1”“本页号—2”，依次类推。")
    return (
        PageBreak(),
        Words(tr("见 附 件"), _TITLE, after=8, stay=True),
        _told_of(scan, (tr("页　　数"), count)),
        Words(told + numbering, first=2, before=12),
    )


def _told_of(scan: Attachment, *more: tuple[str, str]) -> Grid:
    lines = (
        (tr("材料名称"), scan.name),
        (tr("材料类别"), tr(scan.kind.label)),
        (tr("形成日期"), in_figures(scan.taken_on)),
        *more,
    )
    return Grid(_WIDTHS, tuple(Row((Cell(label, _LABEL), Cell(said)), 11) for label, said in lines))


def _instead(scan: Attachment, damaged: str) -> tuple[Block, ...]:
    told = tr("这份材料已经损坏，不能印在本页，卷内其余文书不受影响。")
    mend = tr("请找到原件或原来的照片，在“附件”里重新添加，再打印本页；")
    lost = tr("找不到的，在卷宗情况说明里写明缺了什么、为什么。")
    return (
        PageBreak(),
        Words(tr("附件无法显示"), _TITLE, after=8, stay=True),
        _told_of(scan, (tr("无法显示的原因"), damaged), (tr("存入时的校验值"), scan.sha256)),
        Words(told + mend + lost, first=2, before=12),
    )
