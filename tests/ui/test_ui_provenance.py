"""A number of the merged table opens its cases, each with village, file and row."""

from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from ui_tools import finish, keep_a_case, page

from mediation_desk.desk import receiving, sending
from mediation_desk.desk.clock import today
from mediation_desk.domain.casefile import CaseFile
from mediation_desk.domain.periods import month_of
from mediation_desk.store.register import Register
from mediation_desk.ui.pages.browse import _SOURCE_COLUMN
from mediation_desk.ui.window import DeskWindow

Open = Callable[..., DeskWindow]


@pytest.fixture
def case(village: Register, office: Register, tmp_path: Path) -> CaseFile:
    kept = keep_a_case(village, days_ago=0)
    keep_a_case(office, "何世明", "何世全", days_ago=0)
    target = tmp_path / "梨子园村本月.xlsx"
    path = sending.send(village, month_of(today()), target, village.person, today()).path
    (got,) = receiving.receive_all(office, [path], office.person, today())
    assert got.act
    return kept


def test_a_number_opens_the_file_and_row_of_each_case(
    qtbot: QtBot, open_window: Open, office: Register, case: CaseFile
) -> None:
    window = open_window(office)
    statistics = page(window, "statistics")
    statistics.bar.picker.kind.show_value(1)
    statistics.bar.picker._kind_changed()
    finish(window)
    statistics.table_card.definition.cases.click()
    browse = page(window, "disputes").browse
    rows = {row.dispute.id: n for n, row in enumerate(browse.rows.all_shown())}
    assert len(rows) == 2
    assert not browse.table.isColumnHidden(_SOURCE_COLUMN)

    def told(number: int) -> str:
        return str(browse.rows.data(browse.rows.index(number, _SOURCE_COLUMN)))

    theirs = told(rows[case.dispute.id])
    assert theirs.startswith("梨子园村本月.xlsx · 案件台账 第5行 · 累计第1份")
    (own,) = [told(n) for id_, n in rows.items() if id_ != case.dispute.id]
    assert own == "本单位登记"
    browse.table.selectRow(rows[case.dispute.id])
    qtbot.waitUntil(lambda: "来自 梨子园村本月.xlsx" in browse.card.source.text())
    assert browse.card.source.isVisible()
    browse.show_all()
    assert browse.table.isColumnHidden(_SOURCE_COLUMN)


def test_a_village_is_told_of_no_files(open_window: Open, village: Register) -> None:
    keep_a_case(village, days_ago=0)
    window = open_window(village)
    statistics = page(window, "statistics")
    finish(window)
    statistics.table_card.definition.cases.click()
    browse = page(window, "disputes").browse
    assert browse.table.isColumnHidden(_SOURCE_COLUMN)
    assert not browse.card.source.isVisible()
