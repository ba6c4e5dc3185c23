"""Filters kept under a name: the menu that offers them, and the line in which one is named."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QPushButton

from mediation_desk.desk.saved_finds import drop_find, saved_finds
from mediation_desk.store.register import Register
from mediation_desk.ui import theme
from mediation_desk.ui.editors import LineEditor
from mediation_desk.ui.fields import FieldBox
from mediation_desk.ui.whole_frame import WholeFrame
from mediation_desk.ui.widgets import button, look, row, words
from mediation_desk.words import tr


class SavedMenu(QPushButton):
    """Offers the kept filters, keeping the present one, and forgetting one."""

    chosen = Signal(object)
    keep_wanted = Signal()

    def __init__(self, register: Register) -> None:
        super().__init__(tr("常用筛选 (&B)"))
        self._register = register
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setProperty("menu", True)  # noqa: FBT003 - Qt's own signature
        menu = QMenu(self)
        menu.aboutToShow.connect(self._fill)
        menu.triggered.connect(self._picked)
        self.setMenu(menu)

    def _fill(self) -> None:
        menu = self.menu()
        menu.clear()
        kept = saved_finds(self._register)
        for name, asked in kept.items():
            menu.addAction(name.replace("&", "&&")).setData(asked)
        if kept:
            menu.addSeparator()
        menu.addAction(tr("存为常用筛选 (&S)")).setData("")
        if kept:
            away = menu.addMenu(tr("删除常用筛选"))
            for name in kept:
                away.addAction(name.replace("&", "&&")).setData(name)

    def _picked(self, action: QAction) -> None:
        told = action.data()
        if told == "":
            self.keep_wanted.emit()
        elif isinstance(told, str):
            drop_find(self._register, told)
        elif told is not None:
            self.chosen.emit(told)


class NameLine(WholeFrame):
    """Asks under which name the present filter shall be kept; hidden until then."""

    named = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        look(self, "note")
        self.name = FieldBox(
            tr("给这个筛选起个名字"), LineEditor(tr("如 本月邻里纠纷")), required=True
        )
        self.told = words("", "sub", wrap=True)
        self.keep = button(tr("保存筛选 (&S)"), self._keep, "primary")
        away = button(tr("不保存"), self.hide)
        line = row(self.name, self.told, self.keep, away, gap=10)
        line.setStretch(0, 2)
        line.setStretch(1, 3)
        self.told.setMinimumHeight(theme.high(theme.TARGET))
        for part in (self.told, self.keep, away):
            line.setAlignment(part, Qt.AlignmentFlag.AlignBottom)
        line.setContentsMargins(16, 10, 16, 12)
        self.setLayout(line)
        self.parts = (self.name.editor.inner, self.keep, away)
        self.name.editor.inner.returnPressed.connect(self._keep)  # type: ignore[attr-defined]
        self.hide()

    def ask(self, told: str) -> None:
        """Ask for a name for what `told` says."""
        self.told.setText(told)
        self.name.show_value("")
        self.show()
        self.name.editor.setFocus()

    def _keep(self) -> None:
        name = str(self.name.value())
        if not name:
            self.name.tell(tr("请写一个名字。"))
            return
        self.hide()
        self.named.emit(name)
