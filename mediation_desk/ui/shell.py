"""The frame around the pages of an open register: header bar, left rail, footer."""

import importlib
from collections.abc import Sequence
from itertools import pairwise
from typing import Any, Protocol, cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from mediation_desk.desk.opening_words import told
from mediation_desk.ui import theme
from mediation_desk.ui.auto_backup import AutoBackup
from mediation_desk.ui.clock_band import ClockBand
from mediation_desk.ui.days import moment_words
from mediation_desk.ui.disk_band import DiskBand
from mediation_desk.ui.going import Go
from mediation_desk.ui.opening_band import OpeningBand
from mediation_desk.ui.rail import Entry, Rail
from mediation_desk.ui.room import Room
from mediation_desk.ui.widgets import Elided, button, look, words
from mediation_desk.ui.workplace import Workplace, today
from mediation_desk.words import tr

_HEADER = 56
_FOOTER = 30
# In a window lower than this, by the type in use, the footer gives way.
_LOW = 400
_GUIDE = "guide"


class Page(Protocol):
    """What the shell asks of a page."""

    def refresh(self) -> None:
        """Read the register again; called whenever the page comes to the front."""


PAGES = (
    Entry("home", tr("工作台"), "workbench", "WorkbenchPage"),
    Entry("disputes", tr("纠纷"), "disputes", "DisputesPage"),
    Entry("works", tr("排查普法"), "works", "WorksPage"),
    Entry("statistics", tr("统计"), "statistics", "StatisticsPage"),
    Entry("sending", tr("报送"), "sending", "SendingPage"),
    Entry("organisation", tr("组织人员"), "organisation", "OrganisationPage"),
    Entry("settings", tr("设置"), "settings_page", "SettingsPage"),
)
# The office receives where the village sends.
_OFFICE = {"sending": ("receiving", "ReceivingPage")}
_HELP = Entry(_GUIDE, tr("帮助"), "guide_page", "GuidePage")


class _Header(QFrame):
    """Whose desk this is and who sits at it; while practising it is a band of another colour."""

    def __init__(self, workplace: Workplace, acts: Sequence[QPushButton]) -> None:
        super().__init__()
        look(self, "header")
        self.setProperty("practice", workplace.demo)
        self.setFixedHeight(theme.high(_HEADER))
        own = workplace.register.unit
        name = own.name if workplace.office else own.committee or own.name
        line = QHBoxLayout(self)
        line.setContentsMargins(18, 0, 18, 0)
        line.setSpacing(16)
        line.addWidget(words(tr("调解台"), "brand"))
        if workplace.demo:
            mark = words(tr("练习 · 不会改动真实登记簿 · 人物均为虚构"), "mark")
            mark.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
            line.addWidget(mark)
        self._whose, self._told = _whose(name, workplace), Elided()
        self._told.hide()
        line.addWidget(self._whose, 1)
        line.addWidget(self._told, 1)
        for act in acts:
            line.addWidget(act)

    def say(self, doing: str) -> None:
        """Say what is going on in the place of whose desk this is; nothing gives it back."""
        self._told.setText(doing)
        self._told.setVisible(bool(doing))
        self._whose.setVisible(not doing)


def _who(workplace: Workplace) -> str:
    """Who works here, as the button says it by which somebody else sits down."""
    if workplace.reads:
        said = tr("只读 {name}")
    else:
        said = tr("工作人员 {name}") if workplace.office else tr("记录人 {name}")
    return said.format(name=workplace.actor)


def _whose(name: str, workplace: Workplace) -> Elided:
    """Whose desk this is; while practising the mark comes first, and the person is told with it."""
    made = Elided()
    # The mark of practising may need all the room there is.
    made.setMinimumWidth(1)
    if workplace.demo:
        person = tr("{name} · {person}").format(name=name, person=workplace.actor)
        made.say(person, name, workplace.register.unit.name, "")
    else:
        made.say(name, workplace.register.unit.name)
    return made


class _Footer(QFrame):
    """What is going on, else how the register stands; the keys for help and for leaving."""

    def __init__(self, workplace: Workplace) -> None:
        super().__init__()
        look(self, "footer")
        self.setFixedHeight(theme.high(_FOOTER))
        self._register = workplace.register
        self._state = Elided()
        leave = tr("Ctrl+L 退出练习") if workplace.demo else tr("Ctrl+L 锁定")
        line = QHBoxLayout(self)
        line.setContentsMargins(18, 0, 18, 0)
        line.setSpacing(24)
        line.addWidget(self._state, 1)
        line.addWidget(QLabel(tr("按 F1 看帮助 · {leave}").format(leave=leave)))
        workplace.jobs.busy.connect(self._busy)
        workplace.jobs.progressed.connect(self._state.setText)
        self._busy("")

    def _busy(self, doing: str) -> None:
        self._doing, self._day = doing, today()
        self._state.say(*((doing,) if doing else self._standing()))

    def refresh(self) -> None:
        """Call the day of the last backup anew once another day has come, as at midnight."""
        if not self._doing and self._day != today():
            self._busy("")

    def _standing(self) -> tuple[str, ...]:
        """How the register stands, in ever fewer words."""
        last = self._register.last_backup()
        if last is None:
            said = tr("还没有备份过，可在“设置—备份”里备份")
            shortest = tr("还没有备份过")
        else:
            said = tr("上次备份 {when}").format(when=moment_words(last, today()))
            shortest = said
        whole = tr("{said} · 登记簿已打开，内容加密保存在本机").format(said=said)
        return whole, tr("{said} · 内容已加密").format(said=said), said, shortest


class Shell(QWidget):
    """All pages of an open register."""

    locked = Signal()
    # Somebody else is to work here.
    person_wanted = Signal()
    # What the display shall look like from now on: a `theme.Looks`.
    looks_chosen = Signal(object)
    # At which desk somebody wants to practise: a `Role`.
    practice_wanted = Signal(object)
    practice_again_wanted = Signal(object)
    # Which backup's folder shall take the register's place.
    restore_wanted = Signal(object)
    wipe_wanted = Signal(object)

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        # Each time that widgets come under another parent the style sheet looks at all of them
        # again, so that here the outer ones have their place before the inner ones are made.
        super().__init__(parent)
        look(self, "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._workplace = workplace
        self._pages: dict[str, QWidget] = {}
        self._rooms: dict[str, Room] = {}
        self._stack = QStackedWidget()
        self._front = PAGES[0].name
        leave = tr("退出练习") if workplace.demo else tr("锁定")
        self._leave = button(leave, self.locked.emit, keys="Ctrl+L")
        self._help = button(tr("帮助"), self.show_guide, keys="F1")
        acts = [self._help, self._leave]
        if not workplace.demo:
            tip = tr("换人")
            who = button(_who(workplace), self.person_wanted.emit, keys="Ctrl+U", tip=tip)
            acts.insert(0, who)
        self._rail = Rail(PAGES)
        self._rail.turned.connect(self.turn_to)
        self._tabs = self._rail.tabs
        self._header = _Header(workplace, acts)
        self.clock = ClockBand(workplace.register)
        self._footer = _Footer(workplace)
        self.clock.looked.connect(self._footer.refresh)
        self._lay_out()
        workplace.jobs.busy.connect(self._say)
        workplace.jobs.progressed.connect(self._say)
        self.auto_backup = AutoBackup(workplace, self)
        self.turn_to(self._front)
        # Last of all: who goes on with Tab after a page must not lock it by mistake.
        for before, after in pairwise((self._rail.last_tab(), *acts)):
            QWidget.setTabOrder(before, after)

    def _lay_out(self) -> None:
        register = self._workplace.register
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self._rail)
        middle.addWidget(self._stack, 1)
        stack = QVBoxLayout(self)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(0)
        stack.addWidget(self._header)
        stack.addWidget(self.clock)
        stack.addWidget(DiskBand(register))
        if (found := told(register)) is not None:
            stack.addWidget(OpeningBand(found))
        stack.addLayout(middle, 1)
        stack.addWidget(self._footer)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # Large type on a low screen leaves a page six lines; the footer would take one of them.
        self._footer.setHidden(event.size().height() < theme.wide(_LOW))

    def _say(self, doing: str) -> None:
        self._header.say(doing if self._footer.isHidden() else "")

    def begin(self) -> None:
        """Put the cursor into the page in front; only a shown page can take it."""
        self._pages[self._front].setFocus()

    @property
    def workplace(self) -> Workplace:
        """What all pages work with."""
        return self._workplace

    def refresh(self) -> None:
        """Let the page in front read the register again."""
        cast(Page, self._pages[self._front]).refresh()

    @property
    def front(self) -> str:
        """The name of the page in front."""
        return self._front

    def turn_to(self, name: str) -> QWidget:
        """Bring a page to the front and return it."""
        if name in self._tabs:
            self._rail.check(name)
            self._front = name
        page = self._pages.get(name) or self._made(name)
        self._stack.setCurrentWidget(self._rooms[name])
        page.setFocus()
        cast(Page, page).refresh()
        self.clock.refresh()
        return page

    def _made(self, name: str) -> QWidget:
        entry = next(entry for entry in (*PAGES, _HELP) if entry.name == name)
        module, maker = entry.module, entry.maker
        if self._workplace.office and name in _OFFICE:
            module, maker = _OFFICE[name]
        loaded = importlib.import_module(f"mediation_desk.ui.pages.{module}")
        page: QWidget = getattr(loaded, maker)(self._workplace)
        for signal, slot in (
            ("going", self.go),
            ("looks_chosen", self.looks_chosen),
            ("practice_wanted", self.practice_wanted),
            ("practice_again_wanted", self.practice_again_wanted),
            ("restore_wanted", self.restore_wanted),
            ("wipe_wanted", self.wipe_wanted),
            ("settings_kept", self._forget_others),
            ("guide_wanted", self.show_guide),
            ("guide_left", self._leave_guide),
        ):
            if hasattr(page, signal):
                getattr(page, signal).connect(slot)
        self._pages[name] = page
        self._rooms[name] = Room()
        self._stack.addWidget(self._rooms[name])
        self._rooms[name].setWidget(page)
        return page

    def _forget_others(self) -> None:
        """Let pages be made anew that were made for other settings, but for what is written."""
        for name, page in list(self._pages.items()):
            if name not in {self._front, _GUIDE} and getattr(page, "form", None) is None:
                del self._pages[name]
                room = self._rooms.pop(name)
                self._stack.removeWidget(room)
                room.deleteLater()

    def show_guide(self) -> None:
        """Open the first-steps guide where it tells of the page in front."""
        page = self._pages[self._front]
        form = getattr(page, "form", None)
        guide = cast(Any, self.turn_to(_GUIDE))
        guide.open_at(self._front, getattr(form, "place", ""))

    def _leave_guide(self) -> None:
        self.turn_to(self._front)

    def go(self, wanted: object) -> None:
        """Bring a page to the front and let it take up what is wanted of it."""
        go = cast(Go, wanted)
        page = self.turn_to(go.page)
        if go.verb:
            cast(Any, page).arrive(go)

    def written(self) -> list[Go]:
        """Where to go on with what is being written, all of which is kept as drafts.

        Nowhere for who only reads.
        """
        if self._workplace.reads:
            return []
        drafts = {draft.id: draft for draft in self._workplace.register.drafts()}
        found = []
        for name, page in self._pages.items():
            draft = getattr(getattr(page, "form", None), "drafting", None)
            if draft is not None and draft.id in drafts:
                found.append(Go(name, "draft", what=drafts[draft.id]))
        return found

    @property
    def unsaved(self) -> bool:
        """Whether a page holds something typed that was not saved."""
        return any(getattr(page, "unsaved", False) for page in self._pages.values())
