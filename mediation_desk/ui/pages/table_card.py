"""A statistical table with all that belongs to it: check lines, calibre, notes, 指标说明."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from mediation_desk.desk.charted import Cell
from mediation_desk.figures.explained import Earlier, changes, explained
from mediation_desk.figures.identities import Check
from mediation_desk.figures.table import Ratio, StatTable
from mediation_desk.ui import theme
from mediation_desk.ui.flow import FlowLayout
from mediation_desk.ui.pages.definition_card import DefinitionCard
from mediation_desk.ui.stat_view import Place, StatView
from mediation_desk.ui.theme import Tone
from mediation_desk.ui.widgets import Chip, clear, column, framed, words
from mediation_desk.words import tr

_SIDE, _EDGE = 14, 10
_DEFINITION = 300
_UNLIMITED = 16_777_215
# The identities of the Ministry's table in short words; their full words are in the tips.
_CHECKS = {
    "R1": tr("总数＝各类型"),
    "R2": tr("总数＝各来源"),
    "R3": tr("委托移送＝各部门"),
    "R4": tr("总数＝各主体"),
    "R14": tr("总计＝各单位"),
}


class TableCard(QWidget):
    """Shows a table, and beside it what the chosen number is."""

    # Both tell of a `Cell`.
    opened = Signal(object)
    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.table: StatTable | None = None
        self._earlier: Earlier | None = None
        self.view = StatView()
        self.definition = DefinitionCard()
        self.calibre = words("", "sub", wrap=True)
        self.notes = words("", "sub", wrap=True)
        self.checks = FlowLayout(gap=10)
        self._lay_out()
        self.view.chosen.connect(self._chosen)
        self.view.opened.connect(self._opened)
        self.definition.opened.connect(self._open_chosen)

    def _lay_out(self) -> None:
        below = column(self.checks, self.calibre, self.notes, gap=6)
        below.setContentsMargins(_SIDE, _EDGE, _SIDE, 0)
        whole = column(self.view, below, None, gap=0)
        whole.setStretch(0, 100)
        self._card = framed(whole, margins=0)
        whole.setContentsMargins(1, 1, 1, _EDGE)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(14)
        self._grid.setColumnStretch(0, 1)
        self.fold(narrow=False)

    def fold(self, *, narrow: bool) -> None:
        """Put the 指标说明 beside the table, or below it where there is little room."""
        self._grid.addWidget(self._card, 0, 0)
        self._grid.addWidget(self.definition, *((1, 0) if narrow else (0, 1)))
        wide = theme.wide(_DEFINITION)
        self.definition.setMinimumWidth(0 if narrow else wide)
        self.definition.setMaximumWidth(_UNLIMITED if narrow else wide)
        self._grid.setRowStretch(0, 0 if narrow else 1)
        # In one column the page scrolls as a whole, and nothing in it up and down by itself.
        self.view.show_whole(whole=narrow)
        self.definition.show_whole(whole=narrow)

    def show_nothing(self, said: str) -> None:
        """Leave no figure standing that belongs to another time."""
        self.table = self._earlier = None
        self.view.show_nothing()
        self.view.hide()
        self.definition.show_nothing()
        self.calibre.setText(said)
        self._show_notes(())
        clear(self.checks)

    def show_table(self, table: StatTable) -> None:
        """Show a counted table."""
        self.table, self._earlier = table, None
        self.calibre.setText(table.calibre.words())
        self._show_notes(table.notes)
        clear(self.checks)
        for check in table.checks:
            self.checks.addWidget(_check_chip(check))
        self.view.show_table(table)
        self.view.show()

    def _show_notes(self, notes: tuple[str, ...]) -> None:
        self.notes.setText("\n".join(notes))
        self.notes.setVisible(bool(notes))

    def show_earlier(self, earlier: Earlier) -> None:
        """Tell 同比 and 环比 with the 指标说明 from now on."""
        self._earlier = earlier
        place = self.view.place
        if place is not None:
            self._show_changes(place)

    def _show_changes(self, place: Place) -> None:
        if self.table is not None and self._earlier is not None:
            told = changes(self.table, self._earlier, place.row, place.column)
            self.definition.show_changes(told)

    def _cell(self, place: Place) -> Cell | None:
        return Cell(self.table, place.row, place.column) if self.table is not None else None

    def _chosen(self, place: Place) -> None:
        table = self.table
        if table is None:
            return
        told = explained(table, place.row, place.column)
        self.definition.show_cell(told, opens=_leads(table, place))
        self._show_changes(place)

    def _opened(self, place: Place) -> None:
        cell = self._cell(place)
        if cell is not None and _leads(cell.table, place):
            self.opened.emit(cell)

    def _open_chosen(self) -> None:
        place = self.view.place
        if place is not None:
            self._opened(place)


def _leads(table: StatTable, place: Place) -> bool:
    """Whether there is any case behind a number."""
    value = table.values[place.row][place.column]
    counted = value.part if isinstance(value, Ratio) else value
    return bool(counted) and table.behind(place.row, place.column) is not None


def _check_chip(check: Check) -> Chip:
    name = _CHECKS.get(check.rule, check.left_words.partition("：")[0])
    said = tr("{name} 相符") if check.holds else tr("{name} 不符")
    chip = Chip(said.format(name=name), Tone.GREEN if check.holds else Tone.RED)
    chip.setToolTip(f"{check.rule}  {check.words}\n{check.left} {check.sign} {check.right}")
    return chip
