"""The frame around the pages of an open register: header bar, left rail, footer."""

import importlib
from dataclasses import dataclass
from typing import Any, Protocol, cast

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from mediation_desk.ui import theme
from mediation_desk.ui.going import Go
from mediation_desk.ui.widgets import Elided, button, look, words
from mediation_desk.ui.workplace import Workplace
from mediation_desk.words import tr

_HEADER = 56
_RAIL = 92
_FOOTER = 30


class Page(Protocol):
    """What the shell asks of a page."""

    def refresh(self) -> None:
        """Read the register again; called whenever the page comes to the front."""


@dataclass(frozen=True, slots=True)
class _Entry:
    """One page of the rail; its module is imported when it is first shown."""

    name: str
    label: str
    module: str
    maker: str


_PAGES = (
    _Entry("disputes", tr("纠纷"), "disputes", "DisputesPage"),
    _Entry("statistics", tr("统计"), "statistics", "StatisticsPage"),
    _Entry("sending", tr("报送"), "sending", "SendingPage"),
)
# The office receives where the village sends.
_OFFICE = {"sending": ("receiving", "ReceivingPage")}


def _header(workplace: Workplace) -> tuple[QFrame, QHBoxLayout]:
    own = workplace.register.unit
    frame = QFrame()
    look(frame, "header")
    frame.setFixedHeight(_HEADER)
    line = QHBoxLayout(frame)
    line.setContentsMargins(18, 0, 18, 0)
    line.setSpacing(16)
    line.addWidget(words(tr("调解台"), "brand"))
    line.addWidget(Elided(own.name if workplace.office else own.committee or own.name), 1)
    if workplace.demo:
        mark = words(tr("演示 · 人物均为虚构"), "mark")
        mark.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        line.addWidget(mark)
    who = tr("工作人员 {name}") if workplace.office else tr("记录人 {name}")
    line.addWidget(words(who.format(name=workplace.actor)))
    return frame, line


class _Footer(QFrame):
    def __init__(self, workplace: Workplace) -> None:
        super().__init__()
        look(self, "footer")
        self.setFixedHeight(_FOOTER)
        self._state = Elided()
        keys = " · ".join(
            tr("Ctrl+{number} {page}").format(number=number, page=entry.label)
            for number, entry in enumerate(_PAGES, 1)
        )
        line = QHBoxLayout(self)
        line.setContentsMargins(18, 0, 18, 0)
        line.addWidget(self._state, 1)
        leave = tr(" · Ctrl+L 退出演示") if workplace.demo else tr(" · Ctrl+L 锁定")
        line.addWidget(QLabel(keys + leave))
        workplace.jobs.busy.connect(self._busy)
        workplace.jobs.progressed.connect(self._state.setText)
        self._busy("")

    def _busy(self, doing: str) -> None:
        self._state.setText(doing or tr("登记簿已打开 · 内容加密保存在本机 · 每一步改动都有记录"))


class Shell(QWidget):
    """All pages of an open register."""

    locked = Signal()

    def __init__(self, workplace: Workplace) -> None:
        super().__init__()
        look(self, "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._workplace = workplace
        self._pages: dict[str, QWidget] = {}
        self._stack = QStackedWidget()
        self._tabs: dict[str, QToolButton] = {}
        header, line = _header(workplace)
        leave = tr("退出演示") if workplace.demo else tr("锁定")
        self._leave = button(leave, self.locked.emit, keys="Ctrl+L")
        line.addWidget(self._leave)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self._rail())
        middle.addWidget(self._stack, 1)
        stack = QVBoxLayout(self)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(0)
        stack.addWidget(header)
        stack.addLayout(middle, 1)
        stack.addWidget(_Footer(workplace))
        self.turn_to(_PAGES[0].name)
        # Last of all: who goes on with Tab after a page must not lock it by mistake.
        QWidget.setTabOrder(self._tabs[_PAGES[-1].name], self._leave)

    def _rail(self) -> QFrame:
        frame = QFrame()
        look(frame, "rail")
        frame.setFixedWidth(_RAIL)
        stack = QVBoxLayout(frame)
        stack.setContentsMargins(0, 8, 0, 8)
        stack.setSpacing(0)
        for number, entry in enumerate(_PAGES, 1):
            tab = QToolButton()
            tab.setObjectName(entry.name)
            tab.setText(entry.label)
            tab.setIcon(theme.icon(entry.name))
            tab.setIconSize(QSize(24, 24))
            tab.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
            tab.setCheckable(True)
            tab.setAutoExclusive(True)
            tab.setFixedSize(_RAIL - 1, 68)
            tab.setShortcut(QKeySequence(f"Ctrl+{number}"))
            tab.setToolTip(f"{entry.label} (Ctrl+{number})")
            tab.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            tab.toggled.connect(self._tab_toggled)
            self._tabs[entry.name] = tab
            stack.addWidget(tab)
        stack.addStretch(1)
        return frame

    def _tab_toggled(self, on: bool) -> None:  # noqa: FBT001 - the signal's own signature
        if on:
            name = next(name for name, tab in self._tabs.items() if tab.isChecked())
            self._show(name)

    def begin(self) -> None:
        """Put the cursor into the page in front; only a shown page can take it."""
        page = self._stack.currentWidget()
        if page is not None:
            page.setFocus()

    def turn_to(self, name: str) -> QWidget:
        """Bring a page to the front and return it."""
        self._tabs[name].setChecked(True)
        return self._pages[name]

    def _show(self, name: str) -> None:
        page = self._pages.get(name)
        if page is None:
            page = self._made(name)
            self._pages[name] = page
            self._stack.addWidget(page)
        self._stack.setCurrentWidget(page)
        page.setFocus()
        cast(Page, page).refresh()

    def _made(self, name: str) -> QWidget:
        entry = next(entry for entry in _PAGES if entry.name == name)
        module, maker = entry.module, entry.maker
        if self._workplace.office and name in _OFFICE:
            module, maker = _OFFICE[name]
        loaded = importlib.import_module(f"mediation_desk.ui.pages.{module}")
        page: QWidget = getattr(loaded, maker)(self._workplace)
        if hasattr(page, "going"):
            page.going.connect(self.go)
        return page

    def go(self, wanted: object) -> None:
        """Bring a page to the front and let it take up what is wanted of it."""
        go = cast(Go, wanted)
        cast(Any, self.turn_to(go.page)).arrive(go)

    @property
    def unsaved(self) -> bool:
        """Whether a page holds something typed that was not saved."""
        return any(getattr(page, "unsaved", False) for page in self._pages.values())
