"""Setting villages up: making their set-up files, and comparing keys by phone."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from mediation_desk import paths
from mediation_desk.desk import enrolled, enrolling
from mediation_desk.desk.enrolled import Enrolled, EnrolmentState
from mediation_desk.desk.enrolling import Made
from mediation_desk.domain.problems import DeskError
from mediation_desk.ui import messages, theme
from mediation_desk.ui.days import short_day
from mediation_desk.ui.going import Go
from mediation_desk.ui.in_view import bring_to_top
from mediation_desk.ui.pages.notice import Notice
from mediation_desk.ui.rows import Column, Rows
from mediation_desk.ui.tables import Table
from mediation_desk.ui.theme import Tone
from mediation_desk.ui.widgets import button, column, framed, line, look, row, words
from mediation_desk.ui.workplace import Workplace, today
from mediation_desk.words import tr

_ONE_COLUMN = 860
_LIST_SHARE, _CARD_SHARE = 55, 45

_TONES = {
    EnrolmentState.NONE: Tone.NEUTRAL,
    EnrolmentState.MADE: Tone.AMBER,
    EnrolmentState.ENROLLED: Tone.GREEN,
}


def state_words(entry: Enrolled) -> str:
    """How far a unit has come, in a word."""
    if entry.state is EnrolmentState.NONE:
        return tr("未开户")
    if entry.state is EnrolmentState.MADE:
        return tr("已做开户文件")
    return tr("等新电脑报送") if entry.waiting else tr("已登记公钥")


def _tone(entry: Enrolled) -> Tone:
    return Tone.AMBER if entry.waiting else _TONES[entry.state]


def _day(entry: Enrolled) -> str:
    waits = entry.state is EnrolmentState.MADE or entry.waiting
    return short_day(entry.made_on if waits else entry.enrolled_on, today())


def _columns() -> list[Column[Enrolled]]:
    return [
        Column(tr("单位"), lambda entry: entry.unit.name, stretch=True),
        Column(tr("开户情况"), state_words, _tone, width=138),
        Column(tr("日期"), _day, width=124),
    ]


def _explained(entry: Enrolled) -> str:
    if entry.state is EnrolmentState.NONE:
        return tr(
            "还没有给{unit}做开户文件。做好后用U盘或微信交给村里，在村里的调解台打开一次，"
            "以后的报送就由它签名，并且只有本所打得开。"
        )
    if entry.state is EnrolmentState.MADE:
        return tr(
            "{day}由{who}做了开户文件，{unit}还没有用它报送过。收到它的第一份报送时登记公钥。"
        )
    if entry.waiting:
        return tr(
            "{day}另做了一份开户文件，{unit}的新电脑还没有报送过。"
            "在它报送以前，原来电脑的签名仍然有效。"
        )
    return tr("{enrolled}登记了{unit}的公钥。它的报送文件由这把密钥签名，签名不对的不接收。")


class EnrolmentView(QWidget):
    """Units with how far they have come, and what is to be done for the chosen one."""

    going = Signal(object)

    def __init__(self, workplace: Workplace, notice: Notice) -> None:
        super().__init__()
        self._workplace = workplace
        self._notice = notice
        self._one_column: bool | None = None
        self.rows: Rows[Enrolled] = Rows(_columns(), self)
        self.table = Table(self.rows, self)
        self.make = button(tr("做开户文件 (&N)"), self.make_file, "primary")
        self.add = button(tr("添加单位 (&A)"), self._add_unit, "quiet")
        self._title = words("", "heading", wrap=True)
        self._told = words("", wrap=True)
        self._number = words("", "figure")
        self._compare = words("", "sub", wrap=True)
        self.own = words("", "figure", wrap=True)
        self._lay_out()
        self.table.selectionModel().selectionChanged.connect(self._chosen)
        self.table.opened.connect(self._opened)
        self.table.clicked.connect(self._clicked)

    def _lay_out(self) -> None:
        under = row(self.add, None)
        under.setContentsMargins(8, 6, 8, 6)
        listed = column(self.table, line("line"), under, gap=0)
        listed.setStretch(0, 1)
        self._list = framed(listed, margins=0)
        listed.setContentsMargins(1, 1, 1, 1)
        self._number.setWordWrap(True)
        explained = tr(
            "村里第一次打开开户文件时，屏幕上显示本所的核对码。打电话对一对，一样才放心用。"
        )
        own = framed(
            column(words(tr("本所的核对码"), "strong"), self.own,
                   words(explained, "sub", wrap=True), gap=4),
            "note", margins=12,
        )  # fmt: skip
        acts = row(None, self.make)
        self._card = framed(
            column(self._title, self._told, self._number, self._compare, acts, 6, own, None, gap=8)
        )
        self._panes = QHBoxLayout(self)
        self._panes.setContentsMargins(0, 0, 0, 0)
        self._panes.setSpacing(14)
        self._panes.addWidget(self._list, _LIST_SHARE)
        self._panes.addWidget(self._card, _CARD_SHARE)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        one = event.size().width() < theme.wide(_ONE_COLUMN)
        if one != self._one_column:
            self._one_column = one
            directions = QHBoxLayout.Direction
            self._panes.setDirection(directions.TopToBottom if one else directions.LeftToRight)
            self.table.show_whole(whole=one)

    def refresh(self) -> None:
        """Read the register again."""
        stood = self._now()
        found = enrolled.enrolled(self._workplace.register)
        self.rows.show(found)
        ids = [entry.unit.id for entry in found]
        if ids:
            known = stood is not None and stood.unit.id in ids
            self.table.selectRow(ids.index(stood.unit.id) if known and stood else 0)
        self.own.setText(enrolled.office_fingerprint(self._workplace.register))
        self._chosen()

    def _now(self) -> Enrolled | None:
        return self.rows.row(self.table.currentIndex().row())

    def _chosen(self) -> None:
        entry = self._now()
        self.make.setEnabled(entry is not None)
        self._number.setVisible(bool(entry and entry.fingerprint))
        self._compare.setVisible(bool(entry and entry.fingerprint))
        if entry is None:
            self._title.setText(tr("还没有下属单位"))
            self._told.setText(
                tr("按“添加单位”登记村（社区）；它的第一份报送文件来了，也会列在这里。")
            )
            return
        self._title.setText(entry.unit.name)
        told = _explained(entry).format(
            unit=entry.unit.name,
            day=short_day(entry.made_on, today()),
            who=entry.made_by,
            enrolled=short_day(entry.enrolled_on, today()),
        )
        self._told.setText(told)
        self._number.setText(entry.fingerprint)
        said = tr("{unit}密钥的核对码，与它“设置”里显示的对一对。").format(unit=entry.unit.name)
        self._compare.setText(said)
        none = entry.state is EnrolmentState.NONE
        self.make.setText(tr("做开户文件 (&N)") if none else tr("换电脑，另做一份 (&N)"))
        # A further file ends the key that is in use, which is seldom meant.
        look(self.make, "primary" if none else "")

    def _opened(self, _number: int) -> None:
        self.make.setFocus()

    def _clicked(self, _index: object) -> None:
        """Lead whoever chose a unit with the mouse to its card, if that lies below the list."""
        if self._one_column:
            bring_to_top(self._card)

    def _add_unit(self) -> None:
        self.going.emit(Go("organisation"))

    # Making

    def make_file(self) -> None:
        """Make a set-up file for the chosen unit, after asking where one is in use already."""
        entry = self._now()
        if entry is None:
            return
        if entry.state is EnrolmentState.NONE:
            self._choose_and_write(entry)
            return
        more = tr(
            "{unit}换了电脑、重装了系统，或丢了前一份开户文件，才需要另做一份。"
            "新电脑第一次报送以后，原来那台电脑的签名就不再有效。"
        ).format(unit=entry.unit.name)
        agreed = partial(self._choose_and_write, entry)
        messages.ask(self, tr("给这个单位另做一份开户文件？"), more, tr("另做一份"), agreed)

    def _choose_and_write(self, entry: Enrolled, _checked: object = None) -> None:
        title = tr("把开户文件放到哪个文件夹")
        folder = messages.choose_folder(self, title, paths.outgoing())
        if folder is not None:
            self.write(entry, folder / enrolling.file_name(entry.unit))

    def write(self, entry: Enrolled, target: Path) -> None:
        """Write the set-up file of a unit to `target`."""
        # Else the button, switched off, hands the cursor to the next one.
        self.table.setFocus()
        self.make.setEnabled(False)
        register, actor = self._workplace.register, self._workplace.actor
        self._workplace.jobs.run(
            partial(enrolling.make_setup_file, register, entry.unit, target, actor, today()),
            owner=self,
            done=self._written,
            failed=self._failed,
            words=tr("正在制作开户文件…"),
        )

    def _written(self, made: Made) -> None:
        self.refresh()
        said = tr("{unit}的开户文件做好了。请当面或用U盘交给村里，不要发到群里。")
        self._notice.done(said.format(unit=made.unit.name), made.path)

    def _failed(self, error: DeskError) -> None:
        self.refresh()
        self._notice.failed(str(error))
