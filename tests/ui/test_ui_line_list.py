"""The lists of the first page keep their place while they are read again and again."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from mediation_desk.ui.line_list import Line, LineList
from mediation_desk.ui.theme import Tone


def line(what: str, said: str = "今天到期") -> Line:
    return Line(f"回访 {what}", "(2026)梨民调字第001号", said, Tone.AMBER, "登记回访", what)


def shown(qtbot: QtBot, lines: Sequence[Line]) -> LineList:
    made = LineList()
    qtbot.addWidget(made)
    made.resize(500, 120)
    made.show_lines(lines)
    made.show()
    qtbot.waitExposed(made)
    return made


def test_the_same_lines_again_move_nothing(qtbot: QtBot) -> None:
    made = shown(qtbot, [line(str(number)) for number in range(20)])
    made.setCurrentIndex(made.lines.index(12, 0))
    made.verticalScrollBar().setValue(150)
    begun: list[None] = []
    come: list[None] = []
    made.lines.modelReset.connect(lambda: begun.append(None))
    made.come.connect(lambda: come.append(None))
    made.show_lines([line(str(number)) for number in range(20)])
    assert not begun
    assert not come
    assert made.verticalScrollBar().value() == 150
    made.show_lines([line(str(number)) for number in range(1, 20)])
    assert len(begun) == 1


def test_who_stands_on_a_line_stays_on_it_when_others_go_and_its_words_change(
    qtbot: QtBot,
) -> None:
    made = shown(qtbot, [line("甲"), line("乙"), line("丙")])
    made.setCurrentIndex(made.lines.index(2, 0))
    made.show_lines([line("乙"), line("丙", "逾期 1 天"), line("丁")])
    assert made.lines.row(made.currentIndex().row()).what == "丙"
    made.show_lines([line("乙"), line("丁")])
    assert made.currentIndex().row() == 1


def test_a_line_that_stands_twice_is_opened_where_it_was_pressed(qtbot: QtBot) -> None:
    first, second = line("甲"), line("甲")
    made = shown(qtbot, [first, second, line("乙")])
    opened: list[object] = []
    made.opened.connect(opened.append)
    made.setCurrentIndex(made.lines.index(1, 0))
    made.show_lines([first, second])
    assert made.currentIndex().isValid()
    place = made._paints.button(made.visualRect(made.lines.index(1, 0))).center()
    qtbot.mouseClick(made.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(place))
    assert opened == [second]
