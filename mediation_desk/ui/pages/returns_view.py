"""The office's list of cases given back, and making the file that takes them to a village."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QWidget

from mediation_desk import paths
from mediation_desk.desk import giving_back
from mediation_desk.desk.giving_back import GivenBack
from mediation_desk.domain.problems import DeskError
from mediation_desk.ui import messages
from mediation_desk.ui.days import short_day
from mediation_desk.ui.going import Go
from mediation_desk.ui.pages.notice import Notice
from mediation_desk.ui.rows import Column, Rows
from mediation_desk.ui.tables import Table
from mediation_desk.ui.theme import Tone
from mediation_desk.ui.widgets import button, column, line, row, words
from mediation_desk.ui.workplace import Workplace, today
from mediation_desk.words import tr


def _columns() -> list[Column[GivenBack]]:
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


class ReturnsView(QWidget):
    """What was given back, by village; the file is made for the village of the chosen line."""

    going = Signal(object)

    def __init__(self, workplace: Workplace, notice: Notice) -> None:
        super().__init__()
        self._workplace = workplace
        self._notice = notice
        self.rows: Rows[GivenBack] = Rows(_columns(), self)
        self.table = Table(self.rows, self, wrap=True)
        self.make = button(tr("制作退回文件 (&T)"), self.choose_and_write)
        self._told = words("", "sub", wrap=True)
        bottom = row(self._told, self.make)
        bottom.setStretch(0, 1)
        bottom.setContentsMargins(16, 6, 16, 6)
        stack = column(self.table, line("line"), bottom, gap=0)
        stack.setStretch(0, 1)
        self.setLayout(stack)
        self.table.selectionModel().currentChanged.connect(self._chosen)
        self.table.opened.connect(self._opened)

    def refresh(self) -> None:
        """Read the register again."""
        before = self.rows.row(self.table.currentIndex().row())
        shown = giving_back.given_back(self._workplace.register)
        self.rows.show(shown)
        ids = [told.entry.id for told in shown]
        if ids:
            same = before is not None and before.entry.id in ids
            self.table.selectRow(ids.index(before.entry.id) if same and before else 0)
        self._chosen()

    def _now(self) -> GivenBack | None:
        return self.rows.row(self.table.currentIndex().row())

    def _chosen(self, _now: QModelIndex | None = None, _before: QModelIndex | None = None) -> None:
        told = self._now()
        waiting = [
            entry
            for entry in self.rows.all_shown()
            if told is not None and entry.unit.id == told.unit.id and entry.entry.open
        ]
        self.make.setEnabled(bool(waiting))
        if told is None:
            said = tr("没有退回过。打开村里报来的纠纷，点“退回补正”写意见。")
        elif waiting:
            said = tr("{unit}有 {count} 条等待补正，制成一份文件交给村里。")
        else:
            said = tr("{unit}没有等待补正的意见。")
        unit = told.unit.name if told is not None else ""
        self._told.setText(said.format(unit=unit, count=len(waiting)))

    def _opened(self, number: int) -> None:
        told = self.rows.row(number)
        if told is not None:
            self.going.emit(Go("disputes", "show", told.entry.dispute_id))

    def choose_and_write(self) -> None:
        """Ask for the folder and write the file of the chosen village there."""
        told = self._now()
        title = tr("把退回文件放到哪个文件夹")
        folder = messages.choose_folder(self, title, paths.outgoing()) if told else None
        if told is not None and folder is not None:
            self.write(told, folder / giving_back.returns_name(told.unit, today()))

    def write(self, told: GivenBack, target: Path) -> None:
        """Write what waits in the village of `told` to `target`."""
        register, actor = self._workplace.register, self._workplace.actor
        self._workplace.jobs.run(
            partial(giving_back.write_returns, register, told.unit.id, target, actor, today()),
            owner=self,
            done=self._written,
            failed=self._failed,
            words=tr("正在制作退回文件…"),
        )

    def _written(self, path: Path) -> None:
        said = tr("退回文件做好了，已重新打开核对无误。请复制到U盘或发给村里。")
        self._notice.done(said, path)

    def _failed(self, error: DeskError) -> None:
        self._notice.failed(str(error))
