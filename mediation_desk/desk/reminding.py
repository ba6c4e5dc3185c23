"""Who has to be reminded of what: as rows, as a paper for the wall, as a text to forward.

Nothing in it tells of a person: months, numbers of cases, counts.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from mediation_desk.desk.coverage import CoverageRow, Covered, coverage, due_on
from mediation_desk.desk.giving_back import GivenBack, given_back
from mediation_desk.desk.listing_out import PaperTable
from mediation_desk.domain.organisation import Unit
from mediation_desk.domain.periods import Period, month_before, month_of
from mediation_desk.store.register import Register
from mediation_desk.words import tr

_MOST_MONTHS = 12
_MOST_NUMBERS = 5
_WIDTHS = (6, 20, 88, 24)


@dataclass(frozen=True, slots=True)
class Reminder:
    """One unit and what it has to be reminded of, each point a sentence."""

    unit: Unit
    points: tuple[str, ...]
    months: tuple[Period, ...] = ()


def reminder_list(register: Register, today: date) -> list[Reminder]:
    """Who has to be reminded of what, in the order of unit codes; nobody who owes nothing."""
    months = _months(register, today)
    waiting = [entry for entry in given_back(register) if entry.entry.open]
    found = []
    for row in coverage(register, months, today):
        owed = tuple(
            month
            for month, cell in zip(months, row.cells, strict=True)
            if cell.state is Covered.MISSING
        )
        mine = [entry for entry in waiting if entry.unit.id == row.unit.id]
        points = tuple(_points(register, row, months, owed, mine))
        if points:
            found.append(Reminder(row.unit, points, owed))
    return found


def _months(register: Register, today: date) -> list[Period]:
    """The months that are over, from the first of which anything came; at most a year's."""
    last = month_before(month_of(today))
    came = register.of_period("package", "period_to", Period(date.min, date.max))
    days = [getattr(entry, "period_from", last.first) for entry in came
            if getattr(entry, "received", False)]  # fmt: skip
    first = min([*days, last.first])
    found = [last]
    while len(found) < _MOST_MONTHS and found[0].first > first:
        found.insert(0, month_before(found[0]))
    return found


def _points(
    register: Register,
    row: CoverageRow,
    months: Sequence[Period],
    owed: Sequence[Period],
    waiting: Sequence[GivenBack],
) -> Iterator[str]:
    if owed:
        words = tr("没有报{months}的报表（最迟应在{due}前报）。没有纠纷的也请报零报告。")
        told = tr("、").join(month.label() for month in owed)
        yield words.format(months=told, due=due_on(register, owed[0]).isoformat())
    for month, cell in zip(months, row.cells, strict=True):
        if cell.state is Covered.PROBLEMS:
            words = tr("{month}的报表有问题，请按回件中的说明改正后重新报送。")
            yield words.format(month=month.label())
    yield from row.missing
    if waiting:
        numbers = [entry.number for entry in waiting[:_MOST_NUMBERS]]
        more = tr("等") if len(waiting) > _MOST_NUMBERS else ""
        words = tr("有{count}件退回补正还没有改好：{numbers}{more}。")
        yield words.format(count=len(waiting), numbers=tr("、").join(numbers), more=more)


def reminder_paper(register: Register, today: date, actor: str) -> PaperTable:
    """The reminders as a table for the printer, with room to note who was told and when."""
    reminders = reminder_list(register, today)
    belongs = tr("单位：{unit}　　制表人：{by}　　制表日期：{on}")
    count = tr("共 {count} 个单位需要提醒")
    rows = [
        [str(number), entry.unit.name, "\n".join(_numbered(entry.points)), ""]
        for number, entry in enumerate(reminders, 1)
    ]
    return PaperTable(
        title=tr("报送催办单"),
        under=(
            belongs.format(unit=register.unit.name, by=actor, on=today.isoformat()),
            count.format(count=len(reminders)),
        ),
        heads=(tr("序号"), tr("单位"), tr("提醒事项"), tr("通知情况")),
        widths=_WIDTHS,
        right=(True, False, False, False),
        rows=rows,
    )


def reminder_text(register: Register, today: date, unit_id: str = "") -> str:
    """The reminders as a text to forward, of one unit or of all; empty if nothing is owed."""
    told = []
    for entry in reminder_list(register, today):
        if not unit_id or entry.unit.id == unit_id:
            head = tr("{unit}：").format(unit=entry.unit.name)
            told.append("\n".join((head, *_numbered(entry.points))))
    if not told:
        return ""
    head = tr("【{office}】报送提醒（{day}）").format(
        office=register.unit.name, day=today.isoformat()
    )
    return "\n\n".join((head, *told))


def _numbered(points: Sequence[str]) -> list[str]:
    if len(points) == 1:
        return list(points)
    return [
        tr("{number}. {point}").format(number=n, point=point) for n, point in enumerate(points, 1)
    ]
