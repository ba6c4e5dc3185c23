"""The lists of the first page keep their place while they are read again and again."""

from collections.abc import Sequence
from time import perf_counter

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


_LONG = "(2026)关民调字第006号 · 关都坝村 · 没有记录告知权利义务的日期，请补记告知的日期和方式。"


def _high(made: LineList, row: int) -> int:
    return made.visualRect(made.lines.index(row, 0)).height()


def test_what_has_no_room_in_one_line_is_told_in_several(qtbot: QtBot) -> None:
    short = line("甲")
    long = Line("将猪圈粪池加盖密封，污水不再流入邻家", _LONG, "应补 1", Tone.AMBER, "去看", "乙")
    made = shown(qtbot, [short, long])
    made.show_whole(whole=True)
    qtbot.waitUntil(lambda: _high(made, 1) > _high(made, 0))
    told = made._paints._parts(long, made.viewport().width())
    assert [len(part) for part in told] == [1, 3]
    assert "".join(told[1]).replace(" ", "") == _LONG.replace(" ", "")
    # The card is as high as its lines, and they are lower again where there is room.
    assert made.height() == _high(made, 0) + _high(made, 1) + 1
    made.resize(1400, made.height())
    qtbot.waitUntil(lambda: _high(made, 1) == _high(made, 0))
    qtbot.waitUntil(lambda: made.height() == 2 * _high(made, 0) + 1)


def test_the_button_of_a_high_line_is_where_it_is_painted(qtbot: QtBot) -> None:
    made = shown(qtbot, [Line("甲", _LONG, "应补 1", Tone.AMBER, "去看", "甲"), line("乙")])
    made.resize(500, 300)
    opened: list[object] = []
    made.opened.connect(opened.append)
    qtbot.waitUntil(lambda: _high(made, 0) > _high(made, 1))
    for row in range(2):
        place = made._paints.button(made.visualRect(made.lines.index(row, 0))).center()
        qtbot.mouseClick(made.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert opened == list(made.lines.all_shown())


def test_a_long_list_is_laid_out_as_fast_as_a_short_one(qtbot: QtBot) -> None:
    made = shown(qtbot, ())
    few = [Line("甲", _LONG, "应补", Tone.AMBER, "去看", str(n)) for n in range(399)]
    many = [Line("甲", f"{_LONG}{n}", "应补", Tone.AMBER, "去看", str(n)) for n in range(4000)]

    def seconds(lines: Sequence[Line]) -> float:
        begun = perf_counter()
        made.show_lines(lines)
        made.doItemsLayout()
        return perf_counter() - begun

    seconds(few[:1])
    short = seconds(few)
    # Ten times as many lines take no text apart before it is seen.
    assert seconds(many) < 10 * max(short, 0.01)
    assert _high(made, 0) == _high(made, 3999) > 0
