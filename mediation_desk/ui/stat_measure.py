"""How wide the columns of a statistical table are, and how high their heads."""

from collections.abc import Iterable, Sequence

from PySide6.QtGui import QFontMetrics

from mediation_desk.figures.table import StatTable, TableColumn
from mediation_desk.ui import theme
from mediation_desk.ui.grouped_header import (
    SIDE,
    Head,
    Levels,
    label_high,
    least_group_high,
    least_label_high,
    runs,
)

PAD = 10
# A label stands in one line if it has no more signs than this, else in even lines.
_IN_ONE_LINE, _IN_TWO_LINES = 6, 12
_LEAST = 64
# The name of a group has less air around it than a label.
_GROUP_AIR = 6
_LEAST_NAME, _MOST_NAME = 64, 240
# More columns than these are numbered, so that people can say which one they mean.
_NUMBERED = 20

Texts = Sequence[Sequence[str]]


def heads_of(table: StatTable) -> list[Head]:
    """The heads of the columns of numbers."""
    numbered = len(table.columns) > _NUMBERED
    return [
        Head(entry.heads, label_of(entry), str(number) if numbered else "")
        for number, entry in enumerate(table.columns, 1)
    ]


def label_of(column: TableColumn) -> str:
    """The label of a column, below it by what it is divided and its unit.

    The name of a month breaks after its year.
    """
    label = column.label.replace("（÷", "\n（÷")
    if column.period is not None:
        label = "年\n".join(label.split("年", 1)).rstrip()
    return f"{label}\n({column.unit})" if column.unit else label


def _widest(metrics: QFontMetrics, texts: Iterable[str]) -> int:
    return max((metrics.horizontalAdvance(text) for text in texts), default=0) + 2 * PAD + 2


def name_widths(table: StatTable, names: Texts) -> list[int]:
    """The widths of the columns before the numbers; a long name is shortened."""
    metrics = QFontMetrics(theme.font(10.5, bold=True))
    found = []
    for place, title in enumerate(table.corner):
        wanted = _widest(metrics, (title, *(line[place] for line in names)))
        found.append(min(max(wanted, theme.wide(_LEAST_NAME)), theme.wide(_MOST_NAME)))
    return found


def number_widths(heads: Sequence[Head], numbers: Texts) -> list[int]:
    """The widths of the columns of numbers, wide enough for each of them."""
    metrics, labels = QFontMetrics(theme.font(10.5, bold=True)), QFontMetrics(theme.font(10))
    return [
        max(_label_wide(labels, head.label), _widest(metrics, (line[place] for line in numbers)))
        for place, head in enumerate(heads)
    ]


def _label_wide(metrics: QFontMetrics, label: str) -> int:
    """The width at which a label breaks into lines of the same length."""
    name, *below = label.split("\n")
    lines = 1 if len(name) <= _IN_ONE_LINE else 2 if len(name) <= _IN_TWO_LINES else 3
    wide = metrics.horizontalAdvance("　") * -(-len(name) // lines)
    wide = max((wide, *map(metrics.horizontalAdvance, below)))
    return max(wide + 2 * SIDE + 4, theme.wide(_LEAST))


def levels_of(heads: Sequence[Head], widths: Sequence[int]) -> Levels:
    """How high the head of a table is; a label without groups has their room as well."""
    depth = max((len(head.groups) for head in heads), default=0)
    groups = tuple(
        max(
            least_group_high(),
            *(
                label_high(name, sum(widths[first : last + 1])) - _GROUP_AIR
                for first, last, name in runs(heads, level)
            ),
        )
        for level in range(depth)
    )
    needed = (
        label_high(head.label, width) - sum(groups[len(head.groups) :])
        for head, width in zip(heads, widths, strict=True)
    )
    label = max((*needed, least_label_high()))
    return Levels(groups, label, any(head.number for head in heads))
