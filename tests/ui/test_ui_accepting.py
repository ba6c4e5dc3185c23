"""The in-box lets what was found in a received file stand with a remark, beside the month."""

from collections.abc import Callable
from dataclasses import replace
from typing import cast

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from ui_tools import page

from mediation_desk.desk.clock import today
from mediation_desk.desk.enrolling import new_unit
from mediation_desk.domain.codes import UnitKind
from mediation_desk.domain.periods import month_before, month_of
from mediation_desk.domain.record import new_id
from mediation_desk.domain.reporting import Package
from mediation_desk.store.register import Register
from mediation_desk.ui.window import DeskWindow

Open = Callable[..., DeskWindow]
FOUND = "汇总表!B9：[R1] 总数与各类纠纷合计不相等。\n汇总表!D9：[R6] 协议形式合计不相等。"


@pytest.fixture
def package(office: Register) -> Package:
    """A village's report of last month, with two findings."""
    unit = new_unit(office, "500230124203", "关都坝村", "", UnitKind.VILLAGE)
    due = month_before(month_of(today()))
    made = Package(
        id=new_id(), unit_id=unit.id, number=1, received=True, period_from=due.first,
        period_to=due.last, made_on=due.last, digest="0", findings=FOUND,
    )  # fmt: skip
    with office.change("罗晓", "接收", "import") as change:
        change.keep(unit)
        return cast(Package, change.keep(made))


def test_the_findings_are_read_and_accepted_where_the_month_stands(
    qtbot: QtBot, open_window: Open, office: Register, package: Package
) -> None:
    window = open_window(office)
    covered = page(window, "sending").inbox.coverage
    card = covered.accepting
    assert card.isVisible()
    assert "关都坝村" in card.title.text()
    assert "2处问题" in card.title.text()
    # The marks of the rules are for those who look them up.
    assert card.told.text().splitlines() == [
        "汇总表 B9 格：总数与各类纠纷合计不相等。",
        "汇总表 D9 格：协议形式合计不相等。",
    ]
    qtbot.mouseClick(card.accept, Qt.MouseButton.LeftButton)
    assert "请写明" in card.remark.finding
    assert not office.all("accepted_findings")
    qtbot.keyClicks(card.remark.editor.inner, "original")
    qtbot.mouseClick(card.accept, Qt.MouseButton.LeftButton)
    assert not card.isVisible()
    (kept,) = office.all("accepted_findings")
    assert (kept.remark, kept.package_id) == ("original", package.id)
    assert covered.rows.row(0).cells[-2].words == "附说明"
    assert "original" in covered._note.text()


def test_a_remark_being_written_stays_when_the_register_is_read_again(
    qtbot: QtBot, open_window: Open, office: Register, package: Package
) -> None:
    window = open_window(office)
    covered = page(window, "sending").inbox.coverage
    qtbot.keyClicks(covered.accepting.remark.editor.inner, "half")
    covered.refresh()
    assert covered.accepting.remark.value() == "half"
    with office.change("罗晓", "改") as change:
        change.keep(replace(package, findings=""))
    covered.refresh()
    assert not covered.accepting.isVisible()
