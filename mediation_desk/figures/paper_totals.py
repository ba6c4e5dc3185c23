"""Which printed tables are known, and the rules that their numbers are held against (R1-R14)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from mediation_desk.domain.periods import Period, days_after
from mediation_desk.domain.problems import Problem, Severity
from mediation_desk.figures.columns import COLUMNS
from mediation_desk.figures.figure import Measure
from mediation_desk.figures.identities import line_problems, total_problems
from mediation_desk.words import tr

Number = int | Decimal
TOTALS = frozenset((tr("合计"), tr("总计")))
LEVELS = frozenset((tr("下级上报总计"), tr("本级上报总计")))
_TWO_DECIMALS = -2


@dataclass(frozen=True, slots=True)
class PaperColumn:
    """A column of a printed table; money is in 万元 with two decimals at most."""

    label: str
    unit: str
    money: bool = False

    @property
    def title(self) -> str:
        """Label and unit together."""
        return f"{self.label}({self.unit})"


@dataclass(frozen=True, slots=True)
class PaperTable:
    """A kind of printed table: its id, official title and columns."""

    id: str
    title: str
    columns: tuple[PaperColumn, ...]


@dataclass(frozen=True, slots=True)
class PaperLine:
    """One printed line: its name, and a number for each column, None where nothing is printed."""

    name: str
    values: tuple[Number | None, ...]

    @property
    def total(self) -> bool:
        """Whether it is the sum of the lines that are no total."""
        return self.name in TOTALS

    @property
    def part(self) -> bool:
        """Whether it is one unit's line."""
        return not self.total and self.name not in LEVELS


_PIECES, _PERSONS = tr("个"), tr("人")
# The kinds of committee by which published breakdowns tell theirs (domain.md §3.1, S47).
_COMMITTEES = (
    tr("村（居）调委会"),
    tr("乡镇（街道）调委会"),
    tr("企事业单位调委会"),
    tr("道路交通事故调委会"),
    tr("医疗纠纷调委会"),
    tr("劳动争议调委会"),
    tr("其他调委会"),
)
MINISTRY = PaperTable(
    "ministry",
    tr("人民调解案件情况统计表"),
    tuple(
        PaperColumn(entry.label, entry.unit, entry.figure.measure is Measure.AMOUNT)
        for entry in COLUMNS
    ),
)
ORGANISATION = PaperTable(
    "organisation",
    tr("人民调解组织队伍统计表"),
    (
        PaperColumn(tr("人民调解委员会总数"), _PIECES),
        *(PaperColumn(label, _PIECES) for label in _COMMITTEES),
        PaperColumn(tr("人民调解员总数"), _PERSONS),
        PaperColumn(tr("专职人民调解员"), _PERSONS),
    ),
)
TABLES = {entry.id: entry for entry in (MINISTRY, ORGANISATION)}
_KINDS = slice(1, 1 + len(_COMMITTEES))
_MEDIATORS, _FULL_TIME = 1 + len(_COMMITTEES), 2 + len(_COMMITTEES)


def paper_problems(table: PaperTable, lines: Sequence[PaperLine]) -> list[Problem]:
    """What the printed lines break: R1-R9 in each, R10 in its money, R14 in the total.

    A number that is not printed is held against nothing. Screening rounds are not held against
    the number of disputes (R11, R12).
    """
    found: list[Problem] = []
    for line in lines:
        if table is MINISTRY:
            found += line_problems(line.values, line.name)
        else:
            found += _organisation_problems(line)
        found += _money_problems(table, line)
    parts = [line.values for line in lines if line.part]
    for line in lines:
        if line.total and parts:
            found += _sum_problems(table, parts, line)
    return found


def _problem(rule: str, column: int, words: str) -> Problem:
    mend = tr("请核对原件；原件就是这样印的，写明说明后可以保留。")
    return Problem(rule, Severity.ERROR, str(column), words, mend)


def _organisation_problems(line: PaperLine) -> list[Problem]:
    """O-R1: committees are the sum of their kinds; O-R2: the full-time are some of all."""
    found = []
    whole, kinds = line.values[0], [entry for entry in line.values[_KINDS] if entry is not None]
    if whole is not None and kinds and sum(kinds) != whole:
        words = tr("{name}：人民调解委员会总数为{whole}，各类合计为{sum}，两者应相等。")
        told = words.format(name=line.name, whole=whole, sum=sum(kinds))
        found.append(_problem("O-R1", 1, told))
    everybody, some = line.values[_MEDIATORS], line.values[_FULL_TIME]
    if everybody is not None and some is not None and some > everybody:
        words = tr("{name}：专职人民调解员{some}人，多于人民调解员总数{all}人。")
        told = words.format(name=line.name, some=some, all=everybody)
        found.append(_problem("O-R2", _FULL_TIME + 1, told))
    return found


def _money_problems(table: PaperTable, line: PaperLine) -> list[Problem]:
    """R10: money is printed in 万元 with two decimals, rounded once."""
    found = []
    for number, (column, value) in enumerate(zip(table.columns, line.values, strict=True), 1):
        if not column.money or value is None:
            continue
        exponent = Decimal(value).normalize().as_tuple().exponent
        if isinstance(exponent, int) and exponent < _TWO_DECIMALS:
            words = tr("{name}：{column}为{value}，万元应保留两位小数。")
            told = words.format(name=line.name, column=column.title, value=value)
            found.append(_problem("R10", number, told))
    return found


def _sum_problems(
    table: PaperTable, parts: Sequence[Sequence[Number | None]], total: PaperLine
) -> list[Problem]:
    if table is MINISTRY:
        return total_problems(parts, total.values, total.name)
    found = []
    for place, (column, whole) in enumerate(zip(table.columns, total.values, strict=True)):
        own = [part[place] for part in parts]
        known = [value for value in own if value is not None]
        if whole is not None and len(known) == len(own) and sum(known) != whole:
            words = tr("{name}的{column}为{whole}，各单位合计为{sum}，两者应相等。")
            told = words.format(name=total.name, column=column.title, whole=whole, sum=sum(known))
            found.append(_problem("R14", place + 1, told))
    return found


@dataclass(frozen=True, slots=True)
class Printed:
    """A printed line with its time and its source, for setting beside others."""

    source: str
    period: Period
    line: PaperLine


def in_time_problems(table: PaperTable, whole: Printed, others: Iterable[Printed]) -> list[Problem]:
    """R13: a longer time is the sum of shorter ones that fill it on the same days."""
    same = [
        entry
        for entry in others
        if entry.line.name == whole.line.name
        and entry.period != whole.period
        and whole.period.first <= entry.period.first
        and entry.period.last <= whole.period.last
    ]
    parts = _filling(whole.period, same)
    found = []
    for place, column in enumerate(table.columns if parts else ()):
        value = whole.line.values[place]
        own = [entry.line.values[place] for entry in parts]
        known = [entry for entry in own if entry is not None]
        if value is None or len(known) != len(own) or _alike(value, known, money=column.money):
            continue
        words = tr("{name}：{column}在{period}为{whole}，所含各期合计为{sum}，两者应相等。")
        told = words.format(
            name=whole.line.name,
            column=column.title,
            period=whole.period.label(),
            whole=value,
            sum=sum(known),
        )
        found.append(_problem("R13", place + 1, told))
    return found


def _alike(whole: Number, parts: Sequence[Number], *, money: bool) -> bool:
    # Each part of money may have been rounded by half of 0.01 万元, and so may the whole.
    room = Decimal("0.005") * (len(parts) + 1) if money else Decimal(0)
    return abs(Decimal(whole) - sum(map(Decimal, parts))) <= room


def _filling(period: Period, parts: Iterable[Printed]) -> list[Printed]:
    """Those of `parts` that follow each other from the first to the last day; else none.

    Where two begin on one day the shorter is taken: months before the quarter they make.
    """
    found: list[Printed] = []
    day = period.first
    ordered = sorted(parts, key=lambda entry: (entry.period.first, entry.period.last))
    while day <= period.last:
        following = next((entry for entry in ordered if entry.period.first == day), None)
        if following is None:
            return []
        found.append(following)
        day = days_after(following.period.last, 1)
    return found
