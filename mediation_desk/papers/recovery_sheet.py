"""The sheet with the recovery code: whoever forgot the password gets by on this paper alone."""

from datetime import date

from mediation_desk.domain.recovery_code import groups
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
from mediation_desk.papers.scan_code import squares_of
from mediation_desk.words import tr

_TITLE = Look(24, 36, Face.HEAD, bold=True, align=Align.MIDDLE)
_UNDER = Look(13, 22, align=Align.MIDDLE)
_HEADING = Look(15, 26, Face.HEAD, bold=True)
_STEP = Look(13, 22)
_SMALL = Look(11, 17)
_GAP = Look(8, 10)
_PLACE = Look(11, 16, align=Align.MIDDLE)
_GROUP = Look(28, 38, Face.HEAD, bold=True, align=Align.MIDDLE)
_FACT = Look(12, 19)
_ACROSS = 3
_CODE_WIDE = 31.0

_FORGOTTEN = (
    "1. 打开调解台。在输密码的那一页，点“忘记密码？”。",
    "2. 照着上面，从第1组到第9组，一组一组输进去。大写小写都行；输错了，程序会说是第几组。",
    "3. 想一个新密码，输两遍，再点“重设密码，打开登记簿”。",
    "4. 登记簿打开了，里面的内容都在。这张纸以后还能用，请放回原处。",
)
_KEEPING = (
    "· 锁在抽屉或柜子里，和电脑分开放。不要夹在电脑包里，不要贴在电脑上。",
    "· 不要拍照，不要用微信发给别人：谁拿到这些字，谁就能打开登记簿。",
    "· 纸丢了，或者怕被人看过：打开登记簿，到“设置—密钥”重新做一张，这一张就作废。",
    "· 作废的纸还打得开作废以前做的备份，不要随手扔，请撕碎。",
)
_MARKS = (
    "没有字母 O、I、L、Z、S、B、U：看着像的都是数字 0、1、2、5、8 和字母 V。\n"
    "有扫码枪的，点好“第1组”，扫右上角的方块。不要用手机扫：手机会存下来。"
)


def _facts(unit: str, folder: str, day: date, code: str) -> Grid:
    """Whose sheet it is, beside the same code for a scanner."""
    told = (
        tr("单位：{unit}").format(unit=unit),
        tr("登记簿位置：{folder}").format(folder=folder),
        tr("制作日期：{day}").format(day=day.strftime("%Y-%m-%d")),
    )
    scanned = Cell("", _FACT, squares=squares_of(" ".join(groups(code))))
    row = Row((Cell("\n".join(told), _FACT), scanned), high=_CODE_WIDE)
    return Grid((TEXT_WIDE - _CODE_WIDE, _CODE_WIDE), (row,))


def _code(code: str) -> Grid:
    """The groups in the order of reading, each with its place above."""
    parts = list(enumerate(groups(code), 1))
    rows = []
    for start in range(0, len(parts), _ACROSS):
        line = parts[start : start + _ACROSS]
        places = (Cell(tr("第{place}组").format(place=place), _PLACE) for place, _ in line)
        rows.append(Row(tuple(places), high=6))
        rows.append(Row(tuple(Cell(group, _GROUP) for _, group in line), high=16))
    return Grid((TEXT_WIDE / _ACROSS,) * _ACROSS, tuple(rows), whole=True)


def recovery_sheet(code: str, unit: str, folder: str, day: date) -> CasePaper:
    """The sheet, one page of A4."""
    steps = "\n".join(tr(step) for step in _FORGOTTEN)
    keeping = "\n".join(tr(point) for point in _KEEPING)
    blocks = (
        Words(tr("恢复码"), _TITLE),
        Words(tr("密码忘了，用它重设密码，登记簿里的内容都在。"), _UNDER, after=6),
        _facts(unit, folder, day, code),
        Words("", _GAP),
        _code(code),
        Words(tr(_MARKS), _SMALL, before=4),
        Words(tr("密码忘了怎么办"), _HEADING, before=8, stay=True),
        Words(steps, _STEP),
        Words(tr("这张纸放在哪里"), _HEADING, before=8, stay=True),
        Words(keeping, _STEP),
    )
    return CasePaper(tr("恢复码"), blocks, Numbering.FREE)
