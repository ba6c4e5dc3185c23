"""What a cover says about its package, and what is wrong with what a received one says."""

from collections.abc import Iterator

from mediation_desk.domain.as_typed.plain_text import bare
from mediation_desk.domain.problems import Problem
from mediation_desk.exchange.cells import Cell, place
from mediation_desk.exchange.contents import Head
from mediation_desk.exchange.edits import cell_text
from mediation_desk.exchange.visible import Rows, warn
from mediation_desk.figures.ministry import Values
from mediation_desk.words import tr


def cover_facts(head: Head, cases: int, values: Values) -> list[tuple[str, str]]:
    """The labels of the cover with their facts, as far as the records decide them."""
    period = head.calibre.period
    days = tr("{first}至{last}").format(first=period.first, last=period.last)
    held = tr("台账{cases}件，计入本期{counted}件").format(cases=cases, counted=values[0])
    if not any(values):
        held += tr("；本期零报告")
    return [
        (tr("单位"), head.unit.name),
        (tr("人民调解委员会"), head.unit.committee),
        (tr("统计代码"), head.unit.code),
        (tr("期间"), f"{period.label()}（{days}）"),
        (tr("统计口径"), head.calibre.words()),
        (tr("报送编号"), tr("第{number}号").format(number=head.number)),
        (tr("填表人"), head.made_by),
        (tr("制表日期"), head.made_on.isoformat()),
        (tr("内容"), held),
    ]


def told_facts(rows: Rows) -> Iterator[tuple[int, str, Cell]]:
    """The labels of a received cover with the row and the cell beside each."""
    for number, row in enumerate(rows, 1):
        if len(row) > 1 and row[0] != "":
            yield number, bare(row[0]), row[1]


def cover_problems(rows: Rows | None, facts: list[tuple[str, str]]) -> Iterator[Problem]:
    """Where a received cover says something else than the records; nothing follows from it."""
    wanted = {bare(label): (label, fact) for label, fact in facts}
    for number, plain, cell in told_facts(rows or []):
        label, fact = wanted.pop(plain, ("", ""))
        if label and bare(cell) != bare(fact):
            words = tr("封面的“{label}”是“{told}”，按程序内记录是“{fact}”。").format(
                label=label, told=cell_text(cell)[:60], fact=fact
            )
            yield warn("W1", place(tr("封面"), number, 2), words, tr("按程序内记录接收。"))
