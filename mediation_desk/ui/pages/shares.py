"""A composition as bars: label, bar, cases, share; largest first."""

from dataclasses import dataclass
from decimal import Decimal

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHeaderView, QWidget

from mediation_desk.figures.ministry import COLUMNS, Table
from mediation_desk.figures.types import share
from mediation_desk.ui import theme
from mediation_desk.ui.rows import Column, Rows
from mediation_desk.ui.tables import Table as RowTable
from mediation_desk.words import tr

Index = QModelIndex | QPersistentModelIndex
_TYPES = range(19, 37)
_ROW = 32
# How thick a bar is, whatever the type.
_THICK = 12


@dataclass(frozen=True, slots=True)
class Bar:
    """One type: its column in the table, its label, cases, share and part of the longest bar."""

    column: int
    label: str
    cases: int
    percent: Decimal | None
    part: float


def bars(table: Table) -> list[Bar]:
    """The dispute types of a table by their cases, those without any left out."""
    values = table.grand_total.values
    whole, most = values[0], max((values[number] for number in _TYPES), default=0)
    found = [
        Bar(
            number,
            COLUMNS[number].label.removesuffix("纠纷"),
            values[number],
            share(values[number], whole),
            values[number] / most,
        )
        for number in _TYPES
        if values[number]
    ]
    return sorted(found, key=lambda bar: -bar.cases)


class ShareList(RowTable):
    """The bars as a list; a row can be opened like a number."""

    def __init__(self, parent: QWidget) -> None:
        self.bars: Rows[Bar] = Rows(
            [
                Column(tr("类型"), lambda bar: bar.label, width=134),
                Column("", lambda _bar: "", stretch=True),
                Column(tr("件"), lambda bar: str(bar.cases), right=True, width=60),
                Column(tr("占比"), lambda bar: f"{bar.percent}%", right=True, width=80),
            ],
            parent,
        )
        super().__init__(self.bars, parent)
        self.verticalHeader().setDefaultSectionSize(theme.high(_ROW))
        self.horizontalHeader().hide()
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.horizontalHeader().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        self.clicked.connect(self._open)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(theme.tokens().primary))
        left, wide = self.columnViewportPosition(1) + 4, self.columnWidth(1) - 8
        for number, bar in enumerate(self.bars.all_shown()):
            middle = self.rowViewportPosition(number) + self.rowHeight(number) / 2
            long = max(wide * bar.part, 3)
            painter.drawRoundedRect(QRectF(left, middle - _THICK / 2, long, _THICK), 3, 3)
        painter.end()
