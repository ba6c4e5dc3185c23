"""The page of settings: one part for each thing that may be set, made when first opened."""

import importlib
from dataclasses import dataclass
from typing import Any, cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from mediation_desk.domain.drafts import Draft
from mediation_desk.ui import theme
from mediation_desk.ui.folding_tabs import FoldingTabs
from mediation_desk.ui.going import Go
from mediation_desk.ui.widgets import EDGE, Elided, column, framed, line, look, row, words
from mediation_desk.ui.workplace import Workplace
from mediation_desk.words import tr


@dataclass(frozen=True, slots=True)
class _Part:
    name: str
    label: str
    module: str
    maker: str
    # What the tab says where its label has no room.
    shorter: str = ""


# Below this height of the page, by the type in use, its title gives way to what it holds.
_LOW = 340
_PARTS = (
    _Part("display", tr("显示"), "settings_display", "DisplayPart"),
    _Part("limits", tr("办理期限与口径"), "settings_limits", "LimitsPart", tr("期限")),
    _Part("warnings", tr("预警"), "settings_warnings", "WarningsPart"),
    _Part("types", tr("纠纷类型"), "settings_types", "TypesPart", tr("类型")),
    _Part("allowance", tr("补贴标准"), "settings_allowance", "AllowancePart", tr("补贴")),
    _Part("numbering", tr("编号"), "settings_numbering", "NumberingPart"),
    _Part("persons", tr("人员"), "settings_persons", "PersonsPart"),
    _Part("keys", tr("开户"), "settings_keys", "KeysPart"),
    _Part("secrets", tr("密钥"), "settings_secrets", "SecretsPart"),
    _Part("log", tr("记录"), "settings_log", "LogPart"),
    _Part("backup", tr("备份"), "settings_backup", "BackupPart"),
    _Part("moving", tr("换电脑"), "settings_moving", "MovingPart"),
    _Part("practice", tr("练习"), "settings_practice", "PracticePart"),
    _Part("help", tr("帮助"), "settings_help", "HelpPart"),
)


class SettingsPage(QWidget):
    """Shows the parts behind tabs; what a part wants of the window is passed on."""

    looks_chosen = Signal(object)
    practice_wanted = Signal(object)
    practice_again_wanted = Signal(object)
    guide_wanted = Signal()
    settings_kept = Signal()
    restore_wanted = Signal(object)
    wipe_wanted = Signal(object)

    def __init__(self, workplace: Workplace) -> None:
        super().__init__()
        look(self, "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._workplace = workplace
        self._made: dict[str, QWidget] = {}
        self._stack = QStackedWidget()
        self.tabs = FoldingTabs()
        for part in _PARTS:
            self.tabs.offer(part.label, part.shorter)
        self.tabs.currentChanged.connect(self._turned)
        bar = row(self.tabs, gap=0)
        bar.setContentsMargins(8, 4, 8, 0)
        inner = column(bar, line("line"), gap=0)
        inner.addWidget(self._stack, 1)
        card = framed(inner, margins=0)
        inner.setContentsMargins(1, 1, 1, 1)
        sub = tr("显示只改这台电脑；其他设置随登记簿保存，改动都有记录。")
        self._head = QWidget()
        self._head.setLayout(row(words(tr("设置"), "title"), 4, Elided(sub, "sub")))
        page = column(self._head, gap=10)
        page.addWidget(card, 1)
        page.setContentsMargins(EDGE, 14, EDGE, 14)
        self.setLayout(page)
        self.setFocusProxy(self.tabs)
        self._turned(0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # The rail says already where one is; below it a low page has too few lines.
        self._head.setHidden(event.size().height() < theme.wide(_LOW))

    def _turned(self, number: int) -> None:
        part = self._part(_PARTS[number])
        self._stack.setCurrentWidget(part)
        part.refresh()

    def _part(self, wanted: _Part) -> Any:
        if wanted.name not in self._made:
            loaded = importlib.import_module(f"mediation_desk.ui.pages.{wanted.module}")
            made: QWidget = getattr(loaded, wanted.maker)(self._workplace)
            for signal in (
                "looks_chosen",
                "practice_wanted",
                "practice_again_wanted",
                "guide_wanted",
                "settings_kept",
                "restore_wanted",
                "wipe_wanted",
            ):
                if hasattr(made, signal):
                    getattr(made, signal).connect(getattr(self, signal))
            self._made[wanted.name] = made
            self._stack.addWidget(made)
        return self._made[wanted.name]

    def part(self, name: str) -> Any:
        """Bring a part to the front and return it."""
        number = next(place for place, part in enumerate(_PARTS) if part.name == name)
        self.tabs.setCurrentIndex(number)
        return self._made[name]

    def arrive(self, go: Go) -> None:
        """Show the part that another page sent somebody to; `draft` takes the draft `what` up."""
        if go.verb == "draft":
            draft = cast(Draft, go.what)
            self.part(draft.place.partition(":")[2]).take_up(draft)
        elif go.verb:
            self.part(go.verb)

    @property
    def form(self) -> object:
        """The form that is open, of which a draft is kept."""
        forms = (getattr(self._made.get(name), "form", None) for name in ("types", "allowance"))
        return next((form for form in forms if form is not None), None)

    def refresh(self) -> None:
        """Read the register again, but for what is being typed."""
        self._part(_PARTS[self.tabs.currentIndex()]).refresh()

    @property
    def unsaved(self) -> bool:
        """Whether a part holds something typed that was not saved."""
        return any(getattr(part, "unsaved", False) for part in self._made.values())
