"""The month's package: what it will hold, what it is, where it goes; and what was sent before."""

from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QCheckBox, QGridLayout, QWidget

from mediation_desk import paths
from mediation_desk.desk import carrying, sending, sequence
from mediation_desk.desk.protection import Protection, protection
from mediation_desk.desk.sending import Ahead, Sent
from mediation_desk.desk.sent_history import Answer, SentPackage, forgotten, sent_history
from mediation_desk.domain.finding import DisputeRow, Find
from mediation_desk.domain.periods import Period
from mediation_desk.domain.problems import DeskError, Problem, Severity
from mediation_desk.store.register import Register
from mediation_desk.ui import messages, theme
from mediation_desk.ui.clock_band import ask_if_doubtful
from mediation_desk.ui.editors import LineEditor
from mediation_desk.ui.fields import FieldBox
from mediation_desk.ui.going import Go
from mediation_desk.ui.pages.browse import Behind
from mediation_desk.ui.pages.notice import Notice
from mediation_desk.ui.pages.sending_history import SentCard
from mediation_desk.ui.pages.sending_place import PlacePick
from mediation_desk.ui.pages.sending_words import (
    content_words,
    done_words,
    full_words,
    left_words,
    protection_words,
)
from mediation_desk.ui.period_picker import MONTH, PeriodPicker
from mediation_desk.ui.rows import Column, Fold, Rows
from mediation_desk.ui.tables import Table
from mediation_desk.ui.theme import Tone
from mediation_desk.ui.widgets import Chip, button, column, framed, row, words
from mediation_desk.ui.workplace import Workplace, today
from mediation_desk.words import tr

_ONE_COLUMN = 1000
# The least height of the findings where they scroll by themselves.
_FINDINGS_LEAST = 150

Found = tuple[str, Problem]

_GRADES = {
    Severity.ERROR: (tr("要改"), Tone.RED),
    Severity.WARNING: (tr("请核对"), Tone.AMBER),
    Severity.HINT: (tr("提示"), Tone.NEUTRAL),
}


def _finding_columns() -> list[Column[Found]]:
    return [
        Column(
            "",
            lambda found: _GRADES[found[1].severity][0],
            lambda found: _GRADES[found[1].severity][1],
            width=86,
        ),
        Column(tr("编号"), lambda found: found[0], width=196, folds=Fold.ABOVE),
        Column(tr("先看一看"), lambda found: found[1].message + found[1].mend, stretch=True),
    ]


@dataclass(frozen=True, slots=True)
class _Seen:
    """What the worker found out about the month and the way so far."""

    ahead: Ahead
    protection: Protection
    history: list[SentPackage]
    notices: list[str]


def _see(register: Register, period: Period) -> _Seen:
    notices = [entry.words for entry in sequence.missing(register)]
    return _Seen(
        sending.look_ahead(register, period, today()),
        protection(register),
        sent_history(register),
        [*notices, *forgotten(register)],
    )


class SendingView(QWidget):
    """Makes the package of a month with one button."""

    going = Signal(object)

    def __init__(self, workplace: Workplace, notice: Notice) -> None:
        super().__init__()
        self._workplace = workplace
        self._notice = notice
        self._seen: _Seen | None = None
        # What was looked at, and at which end of the history.
        self._asked: object = None
        self._just_sent = False
        self._narrow: bool | None = None
        start = sending.month_to_send(workplace.register, today())
        self.picker = PeriodPicker(start.first, kind=MONTH, fixed=True)
        self.picker.changed.connect(self.refresh)
        self.make = button(tr("制作报送文件 (&M)"), self.choose_and_send, "primary", keys="Ctrl+M")
        self.place = PlacePick(workplace)
        self._make_parts()
        self.history = SentCard()
        self._lay_out()

    def _make_parts(self) -> None:
        self.masked = QCheckBox(tr("遮住姓名、身份证号、电话等个人信息（建议）"))
        self.masked.setChecked(True)
        self.masked.toggled.connect(self._mask_turned)
        self.receiver = FieldBox(
            tr("完整信息交给谁"), LineEditor(tr("如 县司法局基层科 王科长")), required=True
        )
        self.receiver.hide()
        self.title = words("", "heading")
        self.state = Chip()
        self.what = words("", wrap=True)
        self.secrecy = words("", "strong", wrap=True)
        self.secrecy_more = words("", "sub", wrap=True)
        self.set_up = button(tr("打开开户文件… (&K)"), self._go_to_set_up, "quiet")
        self.file = words("", "sub", wrap=True)
        self.findings: Rows[Found] = Rows(_finding_columns(), self)
        self.finding_table = Table(self.findings, self, wrap=True)
        self.finding_table.opened.connect(self._finding_opened)
        self._clean = words("", "sub", wrap=True)

    def _lay_out(self) -> None:
        secret = column(self.secrecy, self.secrecy_more, row(None, self.set_up, gap=0), gap=4)
        ahead = column(
            row(self.title, self.state, None, gap=8),
            self.what,
            framed(secret, "note", margins=12),
            self.place,
            self.file,
            self.masked,
            self.receiver,
            self._clean,
            self.finding_table,
            None,
            gap=8,
        )
        ahead.setStretch(8, 100)
        self.ahead_card = framed(ahead)
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(14)
        page = column(row(self.picker, None, self.make), gap=12)
        page.addLayout(self._grid, 1)
        self.setLayout(page)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = event.size().width() < theme.wide(_ONE_COLUMN)
        if narrow == self._narrow:
            return
        self._narrow = narrow
        # In one column the page scrolls as a whole, and nothing in it by itself.
        self.finding_table.show_whole(whole=narrow, least=_FINDINGS_LEAST)
        self.history.show_whole(whole=narrow)
        self._grid.addWidget(self.ahead_card, 0, 0)
        self._grid.addWidget(self.history, *((1, 0) if narrow else (0, 1)))
        self._grid.setColumnStretch(0, 7)
        self._grid.setColumnStretch(1, 0 if narrow else 5)

    # Where it leads

    def _finding_opened(self, number: int) -> None:
        found = self.findings.row(number)
        if found is not None and found[0]:
            title = tr("编号 {number}").format(number=found[0])
            behind = Behind(title, partial(self._of_number, found[0]))
            self.going.emit(Go("disputes", "behind", what=behind))

    def _of_number(self, number: str) -> list[DisputeRow]:
        page = self._workplace.register.page(Find(text=number))
        return [line for line in page.rows if line.number == number]

    def _go_to_set_up(self) -> None:
        self.going.emit(Go("settings", "keys"))

    # What is shown

    def _mask_turned(self, masked: bool) -> None:  # noqa: FBT001 - the signal's own signature
        self.receiver.setVisible(not masked)
        if not masked:
            self.receiver.editor.setFocus()

    def refresh(self) -> None:
        """Look ahead at the month's package and list those sent."""
        register = self._workplace.register
        period = self.picker.period()
        asked = (period, today(), register.settings, register.sequence())
        if period is None or asked == self._asked:
            return
        # Until it is known what another month holds, it cannot be made.
        self._asked, self._seen = asked, None
        self.make.setEnabled(False)
        self._workplace.jobs.run(
            partial(_see, register, period),
            owner=self,
            done=partial(self._looked_ahead, asked),
            failed=self._not_looked_ahead,
            words=tr("正在查看报送内容…"),
        )

    def _looked_ahead(self, asked: object, seen: _Seen) -> None:
        # Somebody may have turned to another month meanwhile.
        if asked != self._asked:
            return
        self._seen = seen
        self.history.show_history(seen.history, seen.notices)
        self._show_ahead(seen)
        if self._just_sent:
            self._just_sent = False
            self.make.setFocus()

    def _not_looked_ahead(self, error: DeskError) -> None:
        self._asked = None
        self._notice.failed(str(error))

    def _show_ahead(self, seen: _Seen) -> None:
        ahead = seen.ahead
        span = (ahead.period.first, ahead.period.last)
        of_span = [entry for entry in seen.history if entry.span == span]
        before = [entry.package for entry in of_span]
        self.title.setText(
            tr("{period} · 累计第 {number} 份").format(
                period=ahead.period.label(), number=before[0].number if before else ahead.number
            )
        )
        told = tr("文件名：{name}").format(name=ahead.file_name)
        if before:
            day = f"{before[0].made_on:%m-%d}"
            lost = of_span[0].answer is Answer.LOST
            said, tone = (
                (tr("{day} 报的没收到"), Tone.RED) if lost else (tr("{day} 已报送"), Tone.GREEN)
            )
            self.state.show_state(said.format(day=day), tone)
            again = tr("有改动可以再做一份，记作累计第 {number} 份。")
            if lost:
                again = tr("司法所没有收到这一份，请再做一份交去，记作累计第 {number} 份。")
            told = f"{again.format(number=ahead.number)}\n{told}"
        else:
            self.state.show_state(tr("还没有报送"), Tone.AMBER)
        self.file.setText(told)
        nil, usual = tr("报送零报告 (&M)"), tr("制作报送文件 (&M)")
        self.make.setText(nil if ahead.nil else usual)
        self.what.setText(content_words(ahead, seen.protection.handed))
        self._show_secrecy(seen.protection)
        self._show_findings(ahead)
        self.make.setEnabled(ahead.period.first <= today())

    def _show_secrecy(self, what: Protection) -> None:
        said, more = protection_words(what)
        self.secrecy.setText(said)
        self.secrecy_more.setText("\n".join(part for part in (more, left_words(what.left)) if part))
        self.set_up.setVisible(not what.office)

    def _show_findings(self, ahead: Ahead) -> None:
        self.findings.show(ahead.problems)
        self.finding_table.setVisible(bool(ahead.problems))
        found = tr("有 {count} 处建议先看一看，不影响报送；双击或按回车打开这件纠纷：")
        told = found.format(count=len(ahead.problems))
        self._clean.setText(told if ahead.problems else tr("检查过了，没有发现问题。"))

    # Making

    def choose_and_send(self) -> None:
        """Make the package where it is to go, after asking what must be asked before."""
        if self._seen is None:
            return
        act = tr("照样制作")
        ask_if_doubtful(self, self._workplace.register, act, self._choose_and_send)

    def _choose_and_send(self, _checked: object = None) -> None:
        if self.masked.isChecked():
            self._to_the_place("")
            return
        receiver = str(self.receiver.value())
        if not receiver:
            self.receiver.tell(tr("请写明交给谁；会记入登记簿的历史。"))
            self.receiver.editor.setFocus()
            return
        messages.ask(
            self,
            tr("做一份看得见完整个人信息的报送文件？"),
            full_words(receiver),
            tr("做完整的一份"),
            partial(self._to_the_place, receiver),
        )

    def _to_the_place(self, unmasked_for: str, _checked: object = None) -> None:
        if self._seen is None:
            return
        place, name = self.place.value(), self._seen.ahead.file_name
        if place is None:
            title = tr("把报送文件放到哪个文件夹")
            folder = messages.choose_folder(self, title, paths.outgoing())
        else:
            folder = place.folder
        if folder is None:
            return
        target = folder / name
        if not target.exists():
            self.send(target, unmasked_for)
            return
        free = carrying.free_name(target)
        messages.ask_which(
            self,
            tr("{place}里已经有一个同名文件，没有动它。").format(
                place=place.name if place else tr("这个文件夹")
            ),
            tr("可以另存为“{name}”，原来的留着；也可以用新的换掉原来的。").format(name=free.name),
            (
                (tr("另存一份"), partial(self.send, free, unmasked_for)),
                (tr("换掉原来的"), partial(self.send, target, unmasked_for)),
                (tr("返回"), None),
            ),
        )

    def send(self, target: Path, unmasked_for: str) -> None:
        """Write the package to `target`."""
        if self._seen is None:
            return
        # Else the button, switched off, hands the cursor to the next one.
        self.picker.forth.setFocus()
        self.make.setEnabled(False)
        register, actor = self._workplace.register, self._workplace.actor
        period = self._seen.ahead.period
        self._workplace.jobs.run(
            partial(sending.send, register, period, target, actor, today(), unmasked_for),
            owner=self,
            done=self._sent,
            failed=self._failed,
            words=tr("正在制作报送文件…"),
        )

    def _sent(self, done: Sent) -> None:
        self._just_sent = True
        # In full only this once.
        self.masked.setChecked(True)
        self.receiver.show_value("")
        self.refresh()
        said, more = done_words(done, stick=carrying.on_a_stick(done.path))
        self._notice.done(said, done.path, more)

    def _failed(self, error: DeskError) -> None:
        self.make.setEnabled(True)
        self.make.setFocus()
        self._notice.failed(str(error))
