"""Editors show a value and give the same one back; days are understood as people write them."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot

from mediation_desk.domain.cases import Dispute, Party
from mediation_desk.domain.fields import Form, describe
from mediation_desk.domain.handling import Agreement, MediationSession, Promise, Referral
from mediation_desk.ui.day_editor import DayEditor
from mediation_desk.ui.days import parse_day
from mediation_desk.ui.editors import ChoiceEditor, LineEditor, MoneyEditor, WholeEditor
from mediation_desk.ui.fields import editor_for


def _values(form: Form, codes: Any) -> list[Any]:
    if form is Form.CODE:
        return list(codes)
    return {
        Form.TEXT: ["", "秦德珍", "=1+1", "<b>甲</b>"],
        Form.LONG_TEXT: ["", "第一行\n第二行"],
        Form.WHOLE: [0, 7, 12_345],
        Form.MONEY: [0, 1, 99, 100, 123_456_789],
        Form.DAY: [date(2026, 10, 22), date(1962, 8, 17)],
        Form.YES_NO: [True, False],
        Form.LIST: [(), ("a",), ("b", "gone")],
    }[form]


@pytest.mark.parametrize("record", [Dispute, Party, MediationSession, Agreement, Promise, Referral])
def test_editors_give_back_what_they_show(qtbot: QtBot, record: type) -> None:
    for entry in describe(record):
        choices = [("a", "甲"), ("b", "乙")] if entry.form is Form.LIST else None
        editor = editor_for(entry, choices)
        qtbot.addWidget(editor)
        for value in [*_values(entry.form, entry.codes), *([None] if entry.optional else [])]:
            editor.show_value(value)
            assert editor.value() == value, entry.name
            assert editor.unclear() == ""


@pytest.mark.parametrize("typed", ["１，２００．５", "\u202d1200.5\u202c", " 1,200.50元"])
def test_an_amount_typed_wide_or_copied_is_understood(qtbot: QtBot, typed: str) -> None:
    editor = MoneyEditor()
    qtbot.addWidget(editor)
    editor.put_back(typed)
    assert (editor.value(), editor.unclear()) == (120_050, "")


@pytest.mark.parametrize(("typed", "value"), [("３", 3), ("-3", 0), ("3.5", 0), ("9" * 5000, 0)])
def test_a_number_of_people_is_understood_or_asked(qtbot: QtBot, typed: str, value: int) -> None:
    editor = WholeEditor()
    qtbot.addWidget(editor)
    editor.put_back(typed)
    assert editor.value() == value
    assert bool(editor.unclear()) is (value == 0)


def test_what_is_copied_out_of_a_table_stays_one_line(qtbot: QtBot) -> None:
    editor = LineEditor()
    qtbot.addWidget(editor)
    editor.put_back("梨子园村\t3组\n马桑垭\r\n")
    assert editor.value() == "梨子园村 3组 马桑垭"


def test_marks_that_nobody_sees_are_no_part_of_a_name(qtbot: QtBot) -> None:
    editor = LineEditor()
    qtbot.addWidget(editor)
    editor.put_back("\u202d秦\u200b德珍 \u202c")
    assert editor.value() == "秦德珍"
    assert editor.content() == "\u202d秦\u200b德珍 \u202c"


@pytest.mark.parametrize(
    "typed",
    [
        "2026-10-22",
        "2026.10.22",
        "20261022",
        "2026年10月22日",
        "2026/10/22",
        " ２０２６年10月22日 ",
    ],
)
def test_days_are_understood_as_people_write_them(typed: str) -> None:
    assert parse_day(typed) == date(2026, 10, 22)


@pytest.mark.parametrize("typed", ["10月22日", "2026-13-01", "昨天", "26-10-22", "2026-02-30"])
def test_doubtful_days_are_not_guessed(qtbot: QtBot, typed: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - the message is the text itself
        parse_day(typed)
    editor = DayEditor()
    qtbot.addWidget(editor)
    editor.typed.setText(typed)
    assert editor.unclear()
    assert editor.value() is None


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2199, 12, 31)))
def test_every_day_survives_its_writing(day: date) -> None:
    assert parse_day(day.isoformat()) == day
    assert parse_day(f"{day.year}年{day.month}月{day.day}日") == day


def test_numbers_that_are_none_are_told(qtbot: QtBot) -> None:
    for editor in (WholeEditor(), MoneyEditor()):
        qtbot.addWidget(editor)
        editor.typed.setText("约5000")
        assert editor.unclear()


def test_a_choice_outside_the_table_shows_nothing(qtbot: QtBot) -> None:
    editor = ChoiceEditor([("a", "甲")], optional=False)
    qtbot.addWidget(editor)
    editor.show_value("unknown")
    assert editor.value() is None
