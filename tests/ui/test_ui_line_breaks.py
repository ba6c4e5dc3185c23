"""Lines end where one would end them by hand."""

import pytest
from PySide6.QtGui import QFontMetrics
from pytestqt.qtbot import QtBot

from mediation_desk.ui import theme
from mediation_desk.ui.line_breaks import broken, kept_whole


@pytest.mark.parametrize(
    ("text", "room", "first"),
    [
        ("还没有收到双龙社区2026年10月的报表", "还没有收到双龙社区2026年1", "还没有收到双龙社区"),
        (
            "昨天一起合并于的那一件是(2026)关民调字第006号",
            "昨天一起合并于的那一件是(2026)关民",
            "昨天一起合并于的那一件是",
        ),
        ("马灯坝村 · 案件台账 · 第13行", "马灯坝村 · 案件台账", "马灯坝村 · 案件台"),
        ("婚姻家庭纠纷（共11件）", "婚姻家庭纠纷（共1", "婚姻家庭纠纷"),
    ],
)
def test_dates_numbers_and_brackets_stay_whole(
    qtbot: QtBot, text: str, room: str, first: str
) -> None:
    metrics = QFontMetrics(theme.font())
    found = broken(text, metrics, metrics.horizontalAdvance(room) + 1, 3)
    assert found[0] == first
    assert all(metrics.horizontalAdvance(part) <= metrics.horizontalAdvance(room) + 1
               for part in found)  # fmt: skip
    assert "".join(found).replace(" ", "") == text.replace(" ", "")


def test_what_is_longer_than_half_a_line_is_broken_all_the_same(qtbot: QtBot) -> None:
    metrics = QFontMetrics(theme.font())
    room = "合并于(2026)关民调字第0"
    found = broken(f"{room}06号这一件", metrics, metrics.horizontalAdvance(room) + 1, 3)
    assert found == [room, "06号这一件"]


def test_qt_is_told_what_to_keep_whole_where_there_is_room(qtbot: QtBot) -> None:
    metrics = QFontMetrics(theme.font())
    number = "(2026)关民调字第006号"
    wide = metrics.horizontalAdvance(number)
    joined = kept_whole(f"见{number}", metrics, wide)
    assert joined.replace("\u2060", "") == f"见{number}"
    assert joined.count("\u2060") == len(number) - 1
    assert metrics.horizontalAdvance(joined) == metrics.horizontalAdvance(f"见{number}")
    assert kept_whole(number, metrics, wide - 1) == number
