"""The way back: what each village is to be told, the files made for it, what it is to put right."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from mediation_desk import paths
from mediation_desk.desk import giving_back, gone_files
from mediation_desk.desk.giving_back import GivenBack, ToTell
from mediation_desk.desk.gone_files import GoneFile, MadeFiles
from mediation_desk.domain.problems import DeskError
from mediation_desk.ui import messages, theme
from mediation_desk.ui.days import short_day
from mediation_desk.ui.going import Go
from mediation_desk.ui.line_list import Line
from mediation_desk.ui.pages.notice import Notice
from mediation_desk.ui.pages.workbench_cards import ListCard
from mediation_desk.ui.rows import Column, Rows
from mediation_desk.ui.tables import Table
from mediation_desk.ui.tabs import Tabs
from mediation_desk.ui.theme import Tone
from mediation_desk.ui.widgets import PADDING, button, column, framed, line, row, words
from mediation_desk.ui.workplace import Workplace, today
from mediation_desk.words import tr

_ONE_COLUMN = 900
_LIST_SHARE, _CARD_SHARE = 45, 55
_NARROW_MOST = 4
_NONE = tr("现在没有要告诉各村的。接收报送、写了退回意见、补充了案件或移交以后，会列在这里。")


def _return_columns() -> list[Column[GivenBack]]:
    def said(told: GivenBack) -> str:
        if told.entry.open:
            return tr("待补正")
        return tr("{day} 已改正").format(day=short_day(told.entry.mended_on, today()))

    def tone(told: GivenBack) -> Tone:
        return Tone.AMBER if told.entry.open else Tone.GREEN

    def what(told: GivenBack) -> str:
        answer = told.entry.answer
        return f"{told.entry.words}\n{tr('答复：')}{answer}" if answer else told.entry.words

    return [
        Column(tr("编号"), lambda told: f"{told.number}\n{told.unit.name}", width=200),
        Column(tr("意见"), what, stretch=True),
        Column(tr("状态"), said, tone, width=122),
    ]


def _made_columns() -> list[Column[GoneFile]]:
    def said(gone: GoneFile) -> str:
        return tr("对方已收") if gone.there else tr("还没有回音")

    def tone(gone: GoneFile) -> Tone:
        return Tone.GREEN if gone.there else Tone.NEUTRAL

    def sealed(gone: GoneFile) -> str:
        return tr("已封存") if gone.package.sealed else tr("遮住姓名")

    def number(gone: GoneFile) -> str:
        return tr("{unit} 第{number}份").format(unit=gone.unit.name, number=gone.package.number)

    return [
        Column(tr("制作日期"), lambda gone: short_day(gone.package.made_on, today()), width=110),
        Column(tr("回件"), number, stretch=True),
        Column(tr("内容"), sealed, width=104),
        Column(tr("状态"), said, tone, width=122),
    ]


class ReturnsView(QWidget):
    """Offers to make the file of each village that something waits for."""

    going = Signal(object)

    def __init__(self, workplace: Workplace, notice: Notice) -> None:
        super().__init__()
        self._workplace = workplace
        self._notice = notice
        self._stacked: bool | None = None
        self._waiting: list[ToTell] = []
        self.villages = ListCard(tr("要告诉各村的"), tr("正在查看…"))
        self.make_all = button(tr("全部做好 (&T)"), self._make_all, "primary")
        self.make_all.setEnabled(False)
        self.rows: Rows[GivenBack] = Rows(_return_columns(), self)
        self.table = Table(self.rows, self, wrap=True)
        self.made: Rows[GoneFile] = Rows(_made_columns(), self)
        self.made_table = Table(self.made, self)
        self.tabs = Tabs()
        self._told = words("", "sub", wrap=True)
        self._lay_out()
        self.villages.list.opened.connect(self._make_one)
        self.table.opened.connect(self._opened)
        self.tabs.currentChanged.connect(self._turned)
        self._turned(0)

    def _lay_out(self) -> None:
        explained = tr("一个村一份文件，只有这个村打得开；没有开户的村，姓名等会遮住。")
        bottom = row(words(explained, "sub", wrap=True), self.make_all)
        bottom.setStretch(0, 1)
        bottom.setContentsMargins(PADDING, 8, PADDING, 8)
        left = column(self.villages, line("line"), bottom, gap=0)
        left.setStretch(0, 1)
        self._left = framed(left, margins=0)
        left.setContentsMargins(1, 1, 1, 1)
        self.villages.setProperty("look", "clear")
        for name in (tr("退回意见"), tr("做过的回件")):
            self.tabs.offer(name)
        self._told.setContentsMargins(PADDING, 10, PADDING, 10)
        self._told.setAlignment(Qt.AlignmentFlag.AlignTop)
        right = column(self.tabs, line("line"), self._told, self.table, self.made_table, gap=0)
        for place in (3, 4):
            right.setStretch(place, 1)
        self._right = framed(right, margins=0)
        right.setContentsMargins(1, 1, 1, 1)
        self._panes = QHBoxLayout(self)
        self._panes.setContentsMargins(0, 0, 0, 0)
        self._panes.setSpacing(14)
        self._panes.addWidget(self._left, _LIST_SHARE)
        self._panes.addWidget(self._right, _CARD_SHARE)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        stacked = event.size().width() < theme.wide(_ONE_COLUMN)
        if stacked != self._stacked:
            self._stacked = stacked
            directions = QHBoxLayout.Direction
            self._panes.setDirection(directions.TopToBottom if stacked else directions.LeftToRight)
            for table in (self.table, self.made_table):
                table.show_whole(whole=stacked)
            self.villages.list.show_whole(whole=stacked, most=_NARROW_MOST)

    def _turned(self, number: int) -> None:
        found = self.rows.rowCount() if number == 0 else self.made.rowCount()
        self.table.setVisible(number == 0 and bool(found))
        self.made_table.setVisible(number == 1 and bool(found))
        none = tr("没有退回过。打开村里报来的纠纷，点“退回补正”写意见。")
        self._told.setText(none if number == 0 else tr("还没有做过回件。"))
        self._told.setVisible(not found)

    # Reading

    def refresh(self) -> None:
        """Read the register again; what waits for whom takes the worker a while to find."""
        before = self.rows.row(self.table.currentIndex().row())
        shown = giving_back.given_back(self._workplace.register)
        self.rows.show(shown)
        ids = [told.entry.id for told in shown]
        if ids:
            same = before is not None and before.entry.id in ids
            self.table.selectRow(ids.index(before.entry.id) if same and before else 0)
        self.made.show(gone_files.gone_files(self._workplace.register))
        self._turned(self.tabs.currentIndex())
        self._workplace.jobs.run_beside(
            partial(giving_back.to_tell, self._workplace.register),
            owner=self,
            done=self._show_waiting,
            failed=self._failed,
        )

    def _show_waiting(self, waiting: list[ToTell]) -> None:
        self._waiting = waiting
        last = {gone.unit.id: gone.package.made_on for gone in reversed(self.made.all_shown())}
        lines = [_line(entry, last.get(entry.unit.id)) for entry in waiting]
        self.villages.show_lines(lines)
        self.villages.say_none(_NONE)
        self.villages.told.setText(tr("{count} 个单位").format(count=len(waiting)))
        self.make_all.setEnabled(bool(waiting))

    def _opened(self, number: int) -> None:
        told = self.rows.row(number)
        if told is not None:
            self.going.emit(Go("disputes", "show", told.entry.dispute_id))

    # Making

    def _make_one(self, wanted: object) -> None:
        unit_id = wanted.what if isinstance(wanted, Line) else ""
        self._choose_and_make([entry for entry in self._waiting if entry.unit.id == unit_id])

    def _make_all(self) -> None:
        self._choose_and_make(self._waiting)

    def _choose_and_make(self, wanted: Sequence[ToTell]) -> None:
        """Ask for the folder and write the files of these units there."""
        title = tr("把回件放到哪个文件夹")
        folder = messages.choose_folder(self, title, paths.outgoing()) if wanted else None
        if folder is not None:
            self.make(wanted, folder)

    def make(self, wanted: Sequence[ToTell], folder: Path) -> None:
        """Write the files of these units into `folder`."""
        # Else the button, switched off, hands the cursor to the next one.
        self.villages.list.setFocus()
        self.make_all.setEnabled(False)
        register, actor = self._workplace.register, self._workplace.actor
        self._workplace.jobs.run(
            partial(gone_files.make_files, register, wanted, folder, actor, today()),
            owner=self,
            done=self._written,
            failed=self._failed,
            words=tr("正在制作回件…"),
        )

    def _written(self, made: MadeFiles) -> None:
        self.refresh()
        if made.refused:
            said = tr("做好 {count} 份；没有做成的：{why}")
            why = tr("；").join(made.refused)
            self._notice.failed(said.format(count=len(made.paths), why=why))
            return
        said = tr("回件做好了，共 {count} 份，已重新打开核对无误。请复制到U盘或发给各村。")
        self._notice.done(said.format(count=len(made.paths)), made.paths[0])

    def _failed(self, error: DeskError) -> None:
        self.make_all.setEnabled(bool(self._waiting))
        self._notice.failed(str(error))


def _line(entry: ToTell, made_on: date | None) -> Line:
    """What waits for a unit until it confirms it; a file that was made may still be on its way."""
    said, tone = tr("有回执"), Tone.NEUTRAL
    if entry.returns:
        said, tone = tr("有退回"), Tone.AMBER
    elif entry.handed:
        said, tone = tr("有移交"), Tone.BLUE
    elif entry.changes:
        said, tone = tr("有补充"), Tone.BLUE
    detail, act = entry.words, tr("做回件")
    if made_on is not None:
        detail += tr(" · {day}做过一份，还没有回音").format(day=short_day(made_on, today()))
        act = tr("再做一份")
    return Line(entry.unit.name, detail, said, tone, act, entry.unit.id)
