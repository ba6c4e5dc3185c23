"""An entry that counts as another one says so where it is listed and read."""

from collections.abc import Callable
from datetime import date

from builders import TODAY, an_open_case, moved
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from ui_tools import page

from mediation_desk.desk.duplicates import confirm_same
from mediation_desk.desk.recording import keep_case
from mediation_desk.store.register import Register
from mediation_desk.ui.window import DeskWindow

CLERK = "罗晓"


def test_the_list_and_the_card_say_which_entry_counts(
    qtbot: QtBot, open_window: Callable[..., DeskWindow], office: Register
) -> None:
    own = office.committee
    assert own is not None
    case = an_open_case(unit_id=own.id)
    first, second = (
        keep_case(office, None, moved(case_, date(2026, 9, day)), CLERK, "登记", TODAY)
        for day, case_ in ((20, case), (22, an_open_case(unit_id=own.id)))
    )
    confirm_same(office, first.dispute.id, second.dispute.id, CLERK, TODAY)
    browse = page(open_window(office), "disputes").browse
    shown = {line.dispute.id: place for place, line in enumerate(browse.rows.all_shown())}
    model, place = browse.rows, shown[second.dispute.id]
    assert model.index(place, 4).data() == "同一纠纷 不计"
    number = browse.rows.all_shown()[shown[first.dispute.id]].number
    tip = model.index(place, 4).data(Qt.ItemDataRole.ToolTipRole)
    assert tip == f"与{number}为同一纠纷，按那一件统计"
    assert "同一纠纷" not in model.index(shown[first.dispute.id], 4).data()
    browse.card.show_case(second.dispute.id)
    assert f"与{number}" in browse.card._told.text()
    assert "本件不再统计" in browse.card._told.text()
    assert browse.card._told.isVisible()
    browse.card.show_case(first.dispute.id)
    assert "按本件统计" in browse.card._told.text()
