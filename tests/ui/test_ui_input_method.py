"""What an input method still composes starts nothing; what it commits does."""

from collections.abc import Callable

import pytest
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from ui_tools import keep_a_case, page, write

from mediation_desk.domain.finding import Find
from mediation_desk.store.register import Register
from mediation_desk.ui.window import DeskWindow

Open = Callable[..., DeskWindow]

# Longer than any pause after which typing is looked at: search, findings, draft.
_LONG = 1500


def compose(widget: QWidget, text: str) -> None:
    """Show `text` as an input method does that waits for a choice."""
    QApplication.sendEvent(widget, QInputMethodEvent(text, []))


@pytest.fixture
def disputes(open_window: Open, village: Register) -> QWidget:
    """The page of disputes with two disputes to search."""
    keep_a_case(village)
    keep_a_case(village, "何世明", "何世全")
    return page(open_window(village), "disputes")


def _listed(disputes: QWidget) -> int:
    return disputes.browse.rows.rowCount()


def test_composing_in_the_search_box_leaves_the_list_alone(qtbot: QtBot, disputes: QWidget) -> None:
    search = disputes.browse.search
    search.setFocus()
    assert _listed(disputes) == 2
    # Half of a name spelt out would find nobody.
    for text in ("h", "he", "he'sh", "he'shi'm"):
        compose(search, text)
        assert not disputes.browse._typing.isActive()
        qtbot.wait(40)
    qtbot.wait(400)
    assert _listed(disputes) == 2
    write(search, "何世明")
    qtbot.waitUntil(lambda: _listed(disputes) == 1)
    # Composing goes on behind what is committed already: the list stays.
    compose(search, "x")
    qtbot.wait(400)
    assert _listed(disputes) == 1
    assert search.text() == "何世明"


def _boxes(form: QWidget) -> list[QWidget]:
    """A line, a long text, an amount and a day."""
    names = ("place", "facts", "claim_fen", "occurred_on")
    line = form.parties[0].form.boxes["name"].editor.inner
    return [line, *(form.dispute.boxes[name].editor.inner for name in names)]


def test_composing_in_a_form_is_no_typing(
    qtbot: QtBot, disputes: QWidget, village: Register
) -> None:
    disputes.register()
    form = disputes.form
    before, told = form.typed(), village.sequence()
    for box in _boxes(form):
        box.setFocus()
        for text in ("s", "sh", "shui"):
            compose(box, text)
            assert not form.touched, box
            assert not form.drafting._pause.isActive(), box
        qtbot.wait(50)
        assert form.typed() == before
        compose(box, "")
    qtbot.wait(_LONG)
    assert not village.drafts()
    assert not form.kept_words.text()
    assert village.sequence() == told
    assert disputes.form is form, "a letter that was composed pressed a button"


def test_what_is_committed_is_kept_and_what_is_composed_goes_on(
    qtbot: QtBot, disputes: QWidget, village: Register
) -> None:
    disputes.register()
    form = disputes.form
    facts = form.dispute.boxes["facts"].editor.inner
    name = form.parties[0].form.boxes["name"].editor.inner
    write(name, "秦德珍")
    facts.setFocus()
    write(facts, "水沟")
    compose(facts, "du'le")
    qtbot.waitUntil(lambda: bool(village.drafts()))
    qtbot.wait(_LONG)
    (draft,) = village.drafts()
    assert "秦德珍" in draft.typed
    assert "水沟" in draft.typed
    assert "du'le" not in draft.typed
    # Keeping the draft and looking for findings must not break off the composing.
    assert facts.textCursor().block().layout().preeditAreaText() == "du'le"
    write(facts, "堵了")
    qtbot.waitUntil(lambda: "水沟堵了" in village.drafts()[0].typed)
    disputes.close_form()


def test_what_is_composed_is_never_saved(
    qtbot: QtBot, disputes: QWidget, village: Register
) -> None:
    disputes.register()
    form = disputes.form
    for party, text in zip(form.parties, ("秦德珍", "蒋仕文"), strict=True):
        write(party.form.boxes["name"].editor.inner, text)
    form.dispute.boxes["type"].show_value("02")
    facts = form.dispute.boxes["facts"].editor.inner
    write(facts, "水沟")
    compose(facts, "s")
    form.save()
    qtbot.waitUntil(lambda: disputes.form is None)
    cases = [village.case(row.dispute.id) for row in village.page(Find()).rows]
    assert [case.dispute.facts for case in cases if case].count("水沟") == 1
