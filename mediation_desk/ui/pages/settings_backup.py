"""When the register was last backed up, a backup now, and going back to one."""

from functools import partial
from typing import cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from mediation_desk.desk.backup_words import holds_words, size_words, why_words
from mediation_desk.desk.putting_back import Prospect, prospect
from mediation_desk.domain.problems import DeskError, Problem
from mediation_desk.store.backups import Backup
from mediation_desk.ui import messages
from mediation_desk.ui.days import moment_words
from mediation_desk.ui.line_list import Line, LineList
from mediation_desk.ui.pages.drill_card import DrillCard
from mediation_desk.ui.pages.medium_card import MediumCard
from mediation_desk.ui.pages.notice import Notice
from mediation_desk.ui.theme import Tone
from mediation_desk.ui.widgets import PADDING, button, column, look, row, scrolled, words
from mediation_desk.ui.workplace import Workplace, today
from mediation_desk.words import tr

_TOLD = tr(
    "备份放在登记簿文件夹里，同样是加密的，要用做备份那时候的密码打开。"
    "每次接收报送文件之前，程序会自己先备份一次。旧的备份按日、周、月逐步减少。"
    "登记过内容的，关闭时和每隔两小时也会自己备份。"
)
_CHECKED = tr("把登记簿从头到尾读一遍，看有没有损坏，修改历史有没有被改动过。")


def _line(backup: Backup) -> Line:
    detail = tr("{size} · {why}").format(size=size_words(backup.size), why=why_words(backup))
    tone = Tone.RED if backup.disputes is None else Tone.NEUTRAL
    when = moment_words(backup.at, today())
    return Line(when, detail, holds_words(backup), tone, tr("恢复…"), backup)


def _noted(*parts: QWidget) -> QFrame:
    """A card like those beside it, its button no wider than its words."""
    *told, act = parts
    card = QFrame()
    look(card, "note")
    inside = column(*told, row(act, None), gap=6)
    inside.setContentsMargins(14, 12, 14, 12)
    card.setLayout(inside)
    return card


class BackupPart(QWidget):
    """Says how the backups stand, makes one, and leads back to one."""

    # The folder of the backup that shall take the register's place.
    restore_wanted = Signal(object)

    def __init__(self, workplace: Workplace) -> None:
        super().__init__()
        self._workplace = workplace
        self.last = words("", "strong", wrap=True)
        self.notice = Notice()
        self.button = button(tr("现在备份 (&B)"), self.back_up, "primary")
        self.drill = DrillCard(workplace)
        self.drill.setHidden(workplace.demo)
        self.check = button(tr("全面检查登记簿 (&K)"), self.check_whole)
        self.medium = MediumCard(workplace, self.notice)
        self.medium.copied.connect(self.refresh)
        self.medium.setHidden(workplace.demo)
        self._heading = words(tr("已有的备份"), "heading")
        self.list = LineList()
        self.list.show_whole(whole=True)
        self.list.opened.connect(self._look)
        self._heading.hide()
        self.list.hide()
        self._seen: Prospect | None = None
        self._lay_out()

    def _lay_out(self) -> None:
        head = row(self.last, self.button)
        head.setStretch(0, 1)
        page = column(
            self.notice,
            head,
            words(_TOLD, "sub", wrap=True),
            4,
            self.medium,
            4,
            self.drill,
            4,
            _noted(words(tr("全面检查"), "strong"), words(_CHECKED, "sub", wrap=True), self.check),
            6,
            self._heading,
            self.list,
            None,
            gap=8,
        )
        page.setContentsMargins(PADDING, 14, PADDING, 14)
        self.setLayout(column(scrolled(page, PADDING)))

    def refresh(self) -> None:
        """Say when the last backup was made, and which there are."""
        self.medium.refresh()
        self.drill.refresh()
        last = self._workplace.register.last_backup()
        if last is None:
            self.last.setText(tr("还没有备份过。"))
        else:
            when = moment_words(last, today())
            self.last.setText(tr("上次备份：{when}").format(when=when))
        # Nobody needs to go back in the demo, which is built anew whenever one likes.
        if not self._workplace.demo:
            self._workplace.jobs.run_beside(
                self._workplace.register.backups,
                owner=self,
                done=self._listed,
                failed=self._failed,
            )

    def _listed(self, found: list[Backup]) -> None:
        self.list.show_lines([_line(backup) for backup in found])
        self._heading.setVisible(bool(found))
        self.list.setVisible(bool(found))

    # Going back

    def _look(self, line: Line) -> None:
        self.notice.hide()
        self._workplace.jobs.run(
            partial(prospect, self._workplace.register, cast(Backup, line.what)),
            owner=self,
            done=self._ask,
            failed=self._failed,
            words=tr("正在比较备份和登记簿…"),
        )

    def _ask(self, seen: Prospect) -> None:
        self._seen = seen
        kept = tr("现在的登记簿会先另存成一份备份（恢复前），还可以再换回来。恢复后重新输入密码。")
        asked = tr("恢复到{when}的备份吗？").format(when=moment_words(seen.backup.at, today()))
        more = "\n".join((*seen.lines(), kept))
        messages.ask(self, asked, more, tr("恢复这份备份"), self._agreed)

    def _agreed(self) -> None:
        if self._seen is not None:
            self.restore_wanted.emit(self._seen.backup.folder)

    # Backing up

    def back_up(self) -> None:
        """Write a checked backup."""
        self.button.setEnabled(False)
        self._workplace.jobs.run(
            self._workplace.register.back_up,
            owner=self,
            done=self._done,
            failed=self._failed,
            words=tr("正在备份…"),
        )

    def _done(self, folder: object) -> None:
        self.button.setEnabled(True)
        self.notice.done(tr("备份已写好，并且读回来核对过。"), folder)
        self.refresh()

    # Checking

    def check_whole(self) -> None:
        """Read the whole register and say whether it is sound."""
        self.check.setEnabled(False)
        self._workplace.jobs.run(
            self._workplace.register.verify,
            owner=self,
            done=self._checked,
            failed=self._failed,
            words=tr("正在全面检查登记簿…"),
        )

    def _checked(self, found: list[Problem]) -> None:
        self.check.setEnabled(True)
        if not found:
            self.notice.done(tr("从头到尾检查过，登记簿完好。"))
            return
        words_ = tr("发现{count}处不对：{first}请先不要登记，从下面恢复最近的备份。")
        self.notice.failed(words_.format(count=len(found), first=found[0].message))

    def _failed(self, error: DeskError) -> None:
        self.check.setEnabled(True)
        self.button.setEnabled(True)
        self.notice.failed(str(error))
