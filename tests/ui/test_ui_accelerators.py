"""No two things that can be reached at once answer to the same keys, on any page or form."""

import random
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractButton, QLabel, QMenu, QTabBar, QWidget
from pytestqt.qtbot import QtBot
from rich_case import keep_a_rich_case
from ui_tools import keep_a_case, page, settle, settle_a_case

from mediation_desk.desk import giving_back, ledgers, recording
from mediation_desk.desk.clock import today
from mediation_desk.domain.casefile import CaseFile
from mediation_desk.domain.codes import SessionKind
from mediation_desk.store.register import Register
from mediation_desk.ui.pages import dispute_forms
from mediation_desk.ui.window import DeskWindow

Open = Callable[..., DeskWindow]
SIZES = [(1366, 768), (910, 512)]
# These correct a record that is there already.
_OF_A_PART = {"answer", "attachment", "mend"}


def _reached(window: QWidget) -> Iterator[tuple[str, str]]:
    """Each key that works now, and who answers to it."""
    for made in window.findChildren(QAbstractButton):
        # A tab of the rail answers to Ctrl and a digit, all others to Alt and their letter.
        if made.isVisible() and made.isEnabled() and not made.shortcut().isEmpty():
            yield made.shortcut().toString(), made.text()
        told = QKeySequence.mnemonic(made.text())
        if made.isVisible() and made.isEnabled() and told != made.shortcut() and not told.isEmpty():
            yield told.toString(), made.text()
    for label in window.findChildren(QLabel):
        buddy = label.buddy()
        if label.isVisible() and buddy is not None and buddy.isEnabled():
            yield QKeySequence.mnemonic(label.text()).toString(), label.text()
    for bar in window.findChildren(QTabBar):
        for number in range(bar.count() if bar.isVisible() else 0):
            yield QKeySequence.mnemonic(bar.tabText(number)).toString(), bar.tabText(number)
    for keys in window.findChildren(QShortcut):
        parent = keys.parent()
        if keys.isEnabled() and isinstance(parent, QWidget) and parent.isVisible():
            yield keys.key().toString(), type(parent).__name__
    for action in window.findChildren(QAction):
        if not action.shortcut().isEmpty() and action.isEnabled():
            yield action.shortcut().toString(), action.text()


def _clashes(window: QWidget) -> dict[str, list[str]]:
    """The keys to which more than one answers."""
    found: dict[str, list[str]] = defaultdict(list)
    for keys, who in _reached(window):
        if keys:
            found[keys].append(who)
    return {keys: who for keys, who in found.items() if len(who) > 1}


def _clashes_in(menu: QMenu) -> dict[str, list[str]]:
    """The letters to which more than one line of a menu answers."""
    found: dict[str, list[str]] = defaultdict(list)
    for action in menu.actions():
        letter = QKeySequence.mnemonic(action.text()).toString()
        if letter and action.isEnabled():
            found[letter].append(action.text())
    return {letter: lines for letter, lines in found.items() if len(lines) > 1}


class _Walk:
    """Goes through a window and gathers what clashes, with where it was."""

    def __init__(self, qtbot: QtBot, window: DeskWindow) -> None:
        self._qtbot = qtbot
        self.window = window
        self.shell = window.centralWidget().currentWidget()
        self.found: dict[str, dict[str, list[str]]] = {}
        self.seen = 0

    def look(self, where: str) -> None:
        """Look at what is shown now."""
        settle(self._qtbot, self.window)
        # What was added to a layout is shown one turn of the event loop later.
        self._qtbot.wait(1)
        self._note(where, _clashes(self.window))

    def look_at_menus(self, where: str) -> None:
        """Look at the menus that can be opened from here."""
        for menu in self.window.findChildren(QMenu):
            self._note(f"{where}, menu {menu.title()}", _clashes_in(menu))

    def _note(self, where: str, found: dict[str, list[str]]) -> None:
        self.seen += 1
        if found:
            self.found[where] = found


def _given_back(village: Register, case: CaseFile) -> CaseFile:
    """The case with two things that the office wants put right."""
    with village.change(village.person, "退回") as change:
        for words in ("缺盖章日期。", "缺笔录。"):
            blank = giving_back.blank_return(case.dispute, "罗晓", today())
            change.keep(replace(blank, words=words))
    return village.case(case.dispute.id)


def _files(village: Register) -> dict[str, CaseFile]:
    """A dispute of each state."""
    rich = _given_back(village, keep_a_rich_case(village))
    fresh = keep_a_case(village, "申守田", "蒋仕文")
    settled = settle_a_case(village, keep_a_case(village, "向明贵", "艾芳"))
    void = recording.void_case(
        village, keep_a_case(village, "何启富", "艾芳"), village.person, "登记错了"
    )
    return {"rich": rich, "fresh": fresh, "settled": settled, "void": void}


def _cards(walk: _Walk, files: dict[str, CaseFile]) -> None:
    browse = page(walk.window, "disputes").browse
    for state, case in files.items():
        browse.show_case(case.dispute.id)
        for number in range(browse.card.tabs.count()):
            browse.card.tabs.setCurrentIndex(number)
            walk.look(f"file {state}, tab {number}")
        walk.look_at_menus(f"file {state}")
    browse.bar.turn.setChecked(True)
    walk.look("list with all filters")
    browse.bar.out.click()
    walk.look("list, taking away")
    browse.bar.turn.setChecked(False)


def _names(case: CaseFile) -> list[str]:
    """The names of all forms about `case`, those for its records too."""
    plain = [name for name in dispute_forms._MAKERS if name not in _OF_A_PART]
    sessions = {SessionKind.VISIT: "visit", SessionKind.INQUIRY: "inquiry"}
    parts = [f"{sessions.get(entry.kind, 'session')}:{entry.id}" for entry in case.sessions]
    parts += [f"referral:{entry.id}" for entry in case.referrals]
    parts += [f"answer:{entry.id}" for entry in case.referrals]
    parts += [f"risk:{entry.id}" for entry in case.risks]
    parts += [f"prevention:{entry.id}" for entry in case.preventions]
    parts += [f"attachment:{entry.id}" for entry in case.attachments]
    parts += [f"mend:{entry.id}" for entry in case.returns]
    return plain + parts


def _forms(walk: _Walk, files: dict[str, CaseFile], share: int = 1) -> None:
    """All forms; of a small window, which shows the same less roomily, a share by chance."""
    disputes = page(walk.window, "disputes")
    for begin in (disputes.register, disputes.quick):
        begin()
        walk.look(begin.__name__)
        disputes.close_form()
    for state in ("rich", "fresh"):
        names = _names(files[state])
        for name in random.sample(names, len(names) // share):
            disputes.browse.show_case(files[state].dispute.id)
            disputes.step(name)
            walk.look(f"form {name} of {state}")
            if (add := getattr(disputes.form, "add_promise", None)) is not None:
                add.click()
                disputes.form.sides.add_instalments.click()
                walk.look(f"form {name} of {state} with instalments")
            disputes.close_form()
    disputes.step("history")
    walk.look("history")
    disputes.close_form()


def _pages(walk: _Walk) -> None:
    for name in ("home", "disputes", "statistics", "sending", "organisation", "guide"):
        walk.shell.turn_to(name)
        walk.look(name)
        walk.look_at_menus(name)
    settings = walk.shell.turn_to("settings")
    for number in range(settings.tabs.count()):
        settings.tabs.setCurrentIndex(number)
        walk.look(f"settings {number}")


def _ledgers(walk: _Walk) -> None:
    works = walk.shell.turn_to("works")
    for kind in ledgers.DAYS:
        works.browse.turn_to(kind)
        walk.look(f"ledger {kind}")
        works.begin(kind)
        walk.look(f"ledger {kind}, writing")
        works.close_form()


def _organisation(walk: _Walk) -> None:
    organisation = walk.shell.turn_to("organisation")
    organisation._correct_unit()
    walk.look("organisation, unit")
    organisation._close()
    for begin in (organisation._mediator, organisation._adviser):
        begin(None)
        walk.look(f"organisation, {begin.__name__}")
        organisation._close()


@pytest.mark.parametrize("size", SIZES)
def test_in_a_village_no_two_answer_to_the_same_keys(
    qtbot: QtBot, open_window: Open, village: Register, size: tuple[int, int]
) -> None:
    files = _files(village)
    window = open_window(village)
    window.resize(*size)
    walk = _Walk(qtbot, window)
    _pages(walk)
    _ledgers(walk)
    _organisation(walk)
    _cards(walk, files)
    _forms(walk, files, share=1 if size == SIZES[0] else 3)
    assert walk.seen > 80
    assert walk.found == {}


def test_at_the_office_no_two_answer_to_the_same_keys(
    qtbot: QtBot, open_window: Open, office: Register
) -> None:
    walk = _Walk(qtbot, open_window(office))
    _pages(walk)
    _ledgers(walk)
    receiving = walk.shell.turn_to("sending")
    for number in range(receiving.tabs.count()):
        receiving.tabs.setCurrentIndex(number)
        walk.look(f"reporting {number}")
    receiving.tabs.setCurrentIndex(0)
    for number in range(receiving.inbox.tabs.count()):
        receiving.inbox.tabs.setCurrentIndex(number)
        walk.look(f"in-box {number}")
    assert walk.found == {}
