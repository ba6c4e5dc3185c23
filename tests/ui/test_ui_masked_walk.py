"""No page of the window shows an identity number or a phone that nobody asked for."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date

from builders import an_identity_number
from PySide6.QtCore import QAbstractItemModel
from PySide6.QtWidgets import (
    QAbstractItemView,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot
from ui_tools import keep_a_case, page, settle

from mediation_desk.domain.cases import Agent
from mediation_desk.domain.codes import AgentKind, Sex
from mediation_desk.domain.organisation import Mediator
from mediation_desk.domain.record import new_id
from mediation_desk.store.register import Register
from mediation_desk.ui.pages import case_tabs
from mediation_desk.ui.shell import PAGES
from mediation_desk.ui.window import DeskWindow

Open = Callable[..., DeskWindow]
NUMBERS = [an_identity_number(date(1960 + year, 8, 17), Sex.FEMALE) for year in range(3)]
PHONES = [f"1390000000{last}" for last in range(4)]


def in_sight(window: QWidget) -> Iterator[str]:
    """Every word that stands on a window, tips included."""
    for part in window.findChildren(QWidget):
        if not part.isVisible():
            continue
        yield part.toolTip()
        yield part.accessibleName()
        if isinstance(part, QLabel | QLineEdit | QPushButton):
            yield part.text()
        elif isinstance(part, QPlainTextEdit):
            yield part.toPlainText()
        elif isinstance(part, QAbstractItemView) and part.model() is not None:
            yield from _in(part.model())


def _in(model: QAbstractItemModel) -> Iterator[str]:
    for row in range(model.rowCount()):
        for column in range(model.columnCount()):
            yield str(model.index(row, column).data() or "")


def _check(window: DeskWindow, where: str) -> None:
    told = "\n".join(in_sight(window))
    for number in (*NUMBERS, *PHONES):
        assert number not in told, (where, number)


def test_walking_through_all_pages_shows_no_number(
    qtbot: QtBot, open_window: Open, village: Register
) -> None:
    case = keep_a_case(village)
    first, second = case.parties
    (mediator,) = [one for one in village.all("mediator") if isinstance(one, Mediator)]
    with village.change("陶素芬", "号码") as change:
        change.keep(replace(first, id_number=NUMBERS[0], phone=PHONES[0]))
        change.keep(replace(second, id_number=NUMBERS[1], phone=PHONES[1]))
        change.keep(
            Agent(
                id=new_id(),
                dispute_id=case.dispute.id,
                party_id=first.id,
                kind=AgentKind.ENTRUSTED,
                name="秦德全",
                id_number=NUMBERS[2],
                phone=PHONES[2],
            )
        )
        change.keep(replace(mediator, phone=PHONES[3]))
    keep_a_case(village)
    window = open_window(village)
    for entry in PAGES:
        turned = page(window, entry.name)
        tabs = getattr(turned, "tabs", None)
        for number in range(tabs.count() if tabs is not None else 1):
            if tabs is not None:
                tabs.setCurrentIndex(number)
            settle(qtbot, window)
            _check(window, f"{entry.name} {number}")
    disputes = page(window, "disputes")
    disputes.browse.show_case(case.dispute.id)
    for number in range(case_tabs.PAPERS + 1):
        disputes.browse.card.tabs.setCurrentIndex(number)
        settle(qtbot, window)
        _check(window, f"file {number}")
    for step in ("history", "edit", "session", "referral"):
        disputes.step(step)
        settle(qtbot, window)
        _check(window, step)
        if disputes.form is not None:
            disputes.form.touched = False
        disputes.close_form()
    organisation = page(window, "organisation")
    organisation._mediator(village.get("mediator", mediator.id))
    _check(window, "mediator")
    organisation._close()
    disputes = page(window, "disputes")
    disputes.quick()
    row = next(iter(disputes.form.rows.values()))
    boxes = row.form.boxes
    boxes["name"].put_back(first.name)
    qtbot.waitUntil(lambda: bool(disputes.form.known.found))
    _check(window, "known people")
    found = next(iter(disputes.form.known.found.values()))
    person = next(one for one in found if one.id_number)
    row.fill(person)
    _check(window, "filled in")
    assert boxes["id_number"].value() == NUMBERS[0]
    # What is asked for is in sight, so that this walk would have seen it.
    boxes["id_number"].editor.reveal()
    assert NUMBERS[0] in "\n".join(in_sight(window))
