"""A list of several columns gives its room to what has most to say."""

from collections.abc import Callable, Iterator, Sequence

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QApplication, QStyleOptionViewItem
from pytestqt.qtbot import QtBot

from mediation_desk.ui import theme
from mediation_desk.ui.line_painting import LEFT
from mediation_desk.ui.rows import Column, Fold, Rows
from mediation_desk.ui.tables import Table
from mediation_desk.ui.theme import Looks, Tone, TypeSize

Said = tuple[str, str, str]
_NUMBER, _LONG = "(2026)梨民调字第013号", "红色：没有记录向谁报告、何时报告。请立即报告并补记。"
_ROW: Said = ("请核对", _NUMBER, _LONG)


@pytest.fixture(autouse=True)
def standard_afterwards() -> Iterator[None]:
    yield
    theme.wear(Looks())


def _of(place: int) -> Callable[[Said], str]:
    return lambda row: row[place]


def _table(qtbot: QtBot, rows: Sequence[Said], width: int, *, wrap: bool = True) -> Table:
    columns = [
        Column("", _of(0), lambda _row: Tone.AMBER, width=120),
        Column("编号", _of(1), width=320, folds=Fold.ABOVE),
        Column("先看一看", _of(2), stretch=True),
    ]
    shown: Rows[Said] = Rows(columns, QApplication.instance())
    table = Table(shown, wrap=wrap)
    shown.setParent(table)
    qtbot.addWidget(table)
    table.resize(width, 300)
    table.show()
    shown.show(rows)
    return table


def test_a_column_is_no_wider_than_what_it_says(qtbot: QtBot) -> None:
    table = _table(qtbot, [_ROW], 900)
    needed = table.fontMetrics().horizontalAdvance(_NUMBER) + 2 * LEFT
    assert needed <= table.columnWidth(1) <= needed + 8
    assert table.columnWidth(0) < 120
    qtbot.waitUntil(lambda: table.columnWidth(2) > 900 - 320)


def test_a_number_stands_above_its_words_where_they_have_no_room_beside_it(qtbot: QtBot) -> None:
    theme.wear(Looks(size=TypeSize.HUGE))
    table = _table(qtbot, [_ROW, ("提示", "", "写清楚。")], 600)
    qtbot.waitUntil(lambda: table.isColumnHidden(1))
    cells = table.model()
    assert cells.index(0, 2).data() == f"{_NUMBER}\n{_LONG}"
    assert cells.index(1, 2).data() == "写清楚。"
    assert table.rowHeight(0) > table.rowHeight(1)
    table.resize(1400, 300)
    qtbot.waitUntil(lambda: not table.isColumnHidden(1))
    assert cells.index(0, 2).data() == _LONG
    # Nothing goes to and fro at any width.
    for width in range(560, 1000, 10):
        table.resize(width, 300)
        hidden = table.isColumnHidden(1)
        table._fold()
        assert table.isColumnHidden(1) == hidden


def test_each_row_has_the_lines_it_needs_and_no_other(qtbot: QtBot) -> None:
    rows = [_ROW, ("提示", "", "写清楚。"), _ROW]
    table = _table(qtbot, rows, 700, wrap=False)
    one = theme.high(theme.ROW)
    table.follow_words()
    qtbot.waitUntil(lambda: table.rowHeight(0) > one)
    assert [table.rowHeight(number) for number in (1, 2)] == [one, table.rowHeight(0)]
    table.resize(1400, 300)
    qtbot.waitUntil(lambda: table.rowHeight(0) == table.rowHeight(2) == one)
    table.model().show(rows[1:])
    table.resize(700, 300)
    qtbot.waitUntil(lambda: table.rowHeight(1) > one)
    assert table.rowHeight(0) == one


def test_a_case_number_does_not_break(qtbot: QtBot) -> None:
    said = f"梨子园村的{_NUMBER}要补记"
    table = _table(qtbot, [("", "", said)], 500)
    index, asked = table.model().index(0, 2), QStyleOptionViewItem()
    asked.initFrom(table)
    asked.widget = table
    table.itemDelegate().initStyleOption(asked, index)
    assert asked.text.replace("\u2060", "") == said
    # Joined from its first character to its last.
    assert "\u2060".join(_NUMBER) in asked.text


@pytest.mark.parametrize(
    "held", [Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier]
)
def test_a_line_is_chosen_alone_whatever_key_is_held(
    qtbot: QtBot, held: Qt.KeyboardModifier
) -> None:
    """As when a list is read anew while somebody is choosing several lines."""
    table = _table(qtbot, [_ROW] * 4, 700)
    table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, held)
    for row in (2, 2, 0, 3):
        table.selectRow(row)
        assert [index.row() for index in table.selectionModel().selectedRows()] == [row]
    table.selectRow(9)
    assert [index.row() for index in table.selectionModel().selectedRows()] == [3]
