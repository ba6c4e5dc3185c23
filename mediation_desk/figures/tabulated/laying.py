"""What all layouts share: columns from figures, rows with their totals, checks, the table."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from mediation_desk.domain.problems import Severity
from mediation_desk.figures.adding import add_up
from mediation_desk.figures.calibre import Calibre
from mediation_desk.figures.counts import Counts, Question
from mediation_desk.figures.defined import (
    FAILED,
    OPEN,
    SETTLED,
    SETTLED_OF_ACCEPTED,
    TERMINATED,
    TRANSFERRED,
)
from mediation_desk.figures.figure import Figure, Row, Where
from mediation_desk.figures.frame import OWN, SUBORDINATE, Frame, total_of, unit_rows
from mediation_desk.figures.identities import EQUAL, Check
from mediation_desk.figures.table import (
    Kind,
    Level,
    StatTable,
    TableColumn,
    TableRow,
    Value,
)
from mediation_desk.words import tr

UNIT = tr("单位")
NO_WHOLE = tr("“–”表示分母为零，不计算比例。")
RESULT_FIGURES = (SETTLED, FAILED, TERMINATED, TRANSFERRED, OPEN)


@dataclass(frozen=True, slots=True)
class Layout:
    """A kind of table: its id and official title, its figures, what it asks, how it is made."""

    id: str
    title: str
    figures: tuple[Figure, ...]
    questions: frozenset[Question]
    lay_out: Callable[[Counts, Calibre, Frame], StatTable]


@dataclass(frozen=True, slots=True)
class Plan:
    """A table laid out and not yet counted."""

    layout: Layout
    corner: tuple[str, ...]
    columns: tuple[TableColumn, ...]
    rows: tuple[TableRow, ...]

    def counted(
        self,
        counted: Iterable[Sequence[Row]],
        calibre: Calibre,
        frame: Frame,
        notes: Iterable[str] = (),
        checks: Sequence["Sum"] = (),
    ) -> StatTable:
        """The table with its values; every row of every sum in `checks` is checked."""
        values = add_up(self.rows, self.columns, counted, frame.kinds, calibre.period)
        found = tuple(self.check(entry, values) for entry in checks)
        return StatTable(
            self.layout.id,
            self.layout.title,
            calibre,
            self.corner,
            self.columns,
            self.rows,
            values,
            tuple(note for note in notes if note),
            found,
        )

    def check(self, entry: "Sum", values: Sequence[Sequence[Value]]) -> Check:
        """How many rows keep a sum, and how many should."""
        places = {column.key: place for place, column in enumerate(self.columns)}
        whole = places[entry.whole]
        parts = [places[key] for key in entry.parts]
        kept = sum(row[whole] == sum(_whole(row[place]) for place in parts) for row in values)
        return agreement(entry.rule, whole + 1, entry.words, kept, len(values))


@dataclass(frozen=True, slots=True)
class Sum:
    """An identity of every row: the column `whole` is the sum of the columns `parts`."""

    rule: str
    words: str
    whole: str
    parts: tuple[str, ...]


def agreement(rule: str, column: int, words: str, kept: int, due: int) -> Check:
    """A check over several rows: in how many it holds, and in how many it should."""
    left = tr("{words}：相符的行数").format(words=words)
    right = tr("应相符的行数")
    return Check(rule, Severity.ERROR, column, left, kept, EQUAL, right, due, kept == due)


def equality(rule: str, column: int, left: tuple[str, int], right: tuple[str, int]) -> Check:
    """A check of two named numbers that must be equal."""
    return Check(rule, Severity.ERROR, column, *left, EQUAL, *right, left[1] == right[1])


def _whole(value: Value) -> int:
    return value if isinstance(value, int) else 0


def column(
    figure: Figure, *heads: str, key: str = "", label: str = "", where: Where = ()
) -> TableColumn:
    """A column that counts a figure."""
    return TableColumn(key or figure.id, heads, label or figure.label, figure.unit, figure, where)


def percent(figure: Figure, *heads: str) -> TableColumn:
    """A column that shows a rate of two columns that stand in the same table."""
    return TableColumn(
        figure.id,
        heads,
        figure.label,
        figure.unit,
        figure,
        kind=Kind.PERCENT,
        part=figure.part,
        whole=figure.whole,
    )


def result_columns() -> tuple[TableColumn, ...]:
    """The five results and the rate of success, beside a column 受理."""
    results = (column(figure, tr("调解结果")) for figure in RESULT_FIGURES)
    return (*results, percent(SETTLED_OF_ACCEPTED))


def results_agree() -> Sum:
    """Every case has one result, or none yet."""
    parts = tuple(figure.id for figure in RESULT_FIGURES)
    return Sum("C1", tr("受理＝各调解结果与未办结之和"), "C01", parts)


def unit_lines(counts: Counts, frame: Frame) -> tuple[TableRow, ...]:
    """A row for each unit that reports."""
    return unit_rows(frame.reporting(counts))


def level_totals(lines: Sequence[TableRow], frame: Frame) -> tuple[TableRow, ...]:
    """The sums of both levels where there are two, and the sum of all lines."""
    total = total_of(lines)
    if frame.alone or not any(row.key in frame.own for row in lines):
        return (total,)
    below = [row for row in lines if row.key not in frame.own]
    own = [row for row in lines if row.key in frame.own]
    return (
        total_of(below, SUBORDINATE, tr("下级小计"), Level.SUBTOTAL),
        total_of(own, OWN, tr("本级小计"), Level.SUBTOTAL),
        total,
    )
