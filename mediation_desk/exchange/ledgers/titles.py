"""What the lines above a table tell of all its rows: period, unit of money, village."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from mediation_desk.domain.as_typed.amounts import YUAN, money_unit
from mediation_desk.domain.as_typed.days import period_of
from mediation_desk.domain.as_typed.numerals import SIGNS
from mediation_desk.domain.as_typed.plain_text import bare, kept
from mediation_desk.exchange.cells import Cell

_VILLAGE = re.compile(
    r"(?:.*[镇乡县区市道])?([\u4e00-\u9fff]{2,6}?(?:村|社区))(?![民级务居镇调委组干])"
)
_ANY_VILLAGE = ("农村", "乡村", "本村", "全村", "各村", "行政村", "所在村", "本社区", "各社区")
_MOST_IN_A_TITLE = 4  # filled cells of a line that stands above a table
_MOST_LINES = 8
_LONGEST_LINE = 200  # characters; a story above a table would take seconds
_HALF_A_YEAR = 6  # months

# Between two tables stand also the last rows, totals and signatures of the upper one.
_NAMED = re.compile(
    r"(?!以上|附(?!件)|注|备注|说明|合计|小计|总计|本页|接)"
    r"(?:[^,;。]{0,50}台[账帐][^,;。]{0,12}|"
    r"[^,;。]{2,50}(?:登记|[表册簿]|统计|汇总|明细|清单|目录|月报|报告|汇报|情况|记录)(?:\(.*\))?)"
)
_LABELLED = re.compile(
    r"(?:[填上呈]报|报送|填表|金额|货币|计量|编制|制表|统计|所属)?"
    r"(?:单位|村居|村名|村\(社区\)|时间|日期|期间|月份|年度|年月)(?:名称)?:.{0,40}"
)
_PERIOD = rf"(?:20\d\d年度?|(?:20\d\d年)?(?:\d{{1,2}}|[{SIGNS}]{{1,3}})月份?)"
_PLACE = r"[\u4e00-\u9fff]{2,20}?(?:村|社区)(?:村委会|居委会|人民调解委员会|调委会)?"
_TOPIC = r"(?:已结|未结|矛盾|纠纷|人民|民间|调解|调处|排查|化解|信访|案件|工作)*"
_BY_ITSELF = re.compile(
    rf"\(?(?:{_PLACE}(?:{_PERIOD})?|{_PERIOD}(?:{_PLACE})?){_TOPIC}\)?|"
    r"(?:[\u4e00-\u9fff]{1,20}[村区镇乡县市会])?20\d\d年\d{1,2}月[^,;。:\d]{0,30}|"
    r"\(?(?:单位:)?[万千]?元\)?"
)
# When a page was signed is not what its rows are of; from one day to another they may be.
_A_DAY = re.compile(r"月\d{1,2}(?:[日号]|$)|\d[-./]\d{1,2}[-./]\d")
_A_SPAN = re.compile(r"[至到~—]|[日号]-")
_SUM = re.compile(r"\d[\d.]*[万千]?元")


@dataclass(frozen=True, slots=True)
class Title:
    """What is told; None or empty where nothing is. `lines` are those that say whose it is."""

    lines: tuple[str, ...] = ()
    year: int | None = None
    month: int | None = None
    money_unit: int | None = None
    village: str = ""

    def differs(self, above: "Title") -> bool:
        """Whether this says something else than what holds for the table above."""
        one, other = self.village, above.village
        same_village = not one or (other and (one.endswith(other) or other.endswith(one)))
        return (
            not same_village
            or self.year not in {None, above.year}
            or self.month not in {None, above.month}
            or self.money_unit not in {None, above.money_unit or YUAN}
        )

    def below(self, above: "Title") -> "Title":
        """The title with what holds on from the table above, as nothing else is told."""
        year, month = self.year, self.month
        if month is None and year in {None, above.year}:
            month = above.month
        near = month is None or above.month is None or abs(month - above.month) < _HALF_A_YEAR
        # Below December's table January's is of another year.
        if year is None and near:
            year = above.year
        whose = self if self.village else above
        unit = self.money_unit or above.money_unit
        return Title(whose.lines, year, month, unit, whose.village)


def another_village(lines: Iterable[str], unit: str) -> str | None:
    """The village that `lines` name, if it is another than the one that reports."""
    texts = list(map(bare, lines))
    if not unit.endswith(("村", "社区")) or any(unit in text for text in texts):
        return None
    return next(_villages(texts), None)


def _villages(texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        found = _VILLAGE.search(text[:_LONGEST_LINE])
        if found and not found[1].endswith(_ANY_VILLAGE):
            yield found[1]


def _told(lines: Sequence[str], periods: Iterable[str], sums: str) -> Title:
    year = month = None
    for text in periods:
        told_year, told_month = period_of(text)
        year, month = year or told_year, month or told_month
    village = next(_villages(map(bare, lines)), "")
    return Title(tuple(lines), year, month, money_unit(sums), village)


def title_above(rows: Sequence[Sequence[Cell]], first: int) -> Title:
    """What the lines above heads in row `first` tell: few cells, which rows of cases are not."""
    found: list[str] = []
    for number in range(first - 1, max(-1, first - _MOST_LINES - 1), -1):
        cells = [kept(cell) for cell in rows[number] if bare(cell)]
        if len(cells) > _MOST_IN_A_TITLE:
            break
        found[:0] = cells
    return _told(found, found, bare("".join(found)))


def title_between(rows: Sequence[Sequence[Cell]], least: int, first: int) -> tuple[int, Title]:
    """The title of heads in row `first` that say again those which end before row `least`.

    With the row in which it begins. Only what is worded as a title counts, because rows of the
    table above stand here too.
    """
    found: list[str] = []
    begins = first
    for number in range(first - 1, max(least, first - _MOST_LINES) - 1, -1):
        cells = [kept(cell) for cell in rows[number] if bare(cell)]
        if len(cells) > _MOST_IN_A_TITLE or not all(map(_is_title, map(bare, cells))):
            break
        if cells:
            begins = number
            found[:0] = cells
    periods = [
        text for text in found if _A_SPAN.search(bare(text)) or not _A_DAY.search(bare(text))
    ]
    return begins, _told(found, periods, _SUM.sub("", bare("".join(found))))


def _is_title(text: str) -> bool:
    return any(form.fullmatch(text) for form in (_NAMED, _LABELLED, _BY_ITSELF))
