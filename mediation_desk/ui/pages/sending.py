"""The village's reporting: what this month's package will hold, making it, what was sent before."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QCheckBox, QGridLayout, QWidget

from mediation_desk import paths
from mediation_desk.desk import sending
from mediation_desk.desk.sending import Ahead, Sent
from mediation_desk.domain.finding import DisputeRow, Find
from mediation_desk.domain.periods import Period
from mediation_desk.domain.problems import DeskError, Problem, Severity
from mediation_desk.domain.reporting import Package
from mediation_desk.figures.ministry import COLUMNS, shown
from mediation_desk.ui import messages, theme
from mediation_desk.ui.editors import LineEditor
from mediation_desk.ui.fields import FieldBox
from mediation_desk.ui.going import Go
from mediation_desk.ui.pages.browse import Behind
from mediation_desk.ui.pages.notice import Notice
from mediation_desk.ui.pages.returns_card import ReturnsCard
from mediation_desk.ui.period_picker import MONTH, PeriodPicker
from mediation_desk.ui.rows import Column, Rows
from mediation_desk.ui.tables import Table
from mediation_desk.ui.theme import Tone
from mediation_desk.ui.widgets import EDGE, Chip, button, column, framed, look, row, scrolled, words
from mediation_desk.ui.workplace import Workplace, today
from mediation_desk.words import tr

_ONE_COLUMN = 1040
# The least height of the lists where they scroll by themselves.
_FINDINGS_LEAST, _HISTORY_LEAST = 150, 140
# Cases, settled, amount, screening rounds.
_SHOWN = (0, 2, 4, 39)

Found = tuple[str, Problem]


def _tone(found: Found) -> Tone:
    tones = {Severity.ERROR: Tone.RED, Severity.WARNING: Tone.AMBER, Severity.HINT: Tone.NEUTRAL}
    return tones[found[1].severity]


def _grade(found: Found) -> str:
    grades = {
        Severity.ERROR: tr("要改"),
        Severity.WARNING: tr("请核对"),
        Severity.HINT: tr("提示"),
    }
    return grades[found[1].severity]


def _finding_columns() -> list[Column[Found]]:
    return [
        Column("", _grade, _tone, width=86),
        Column(tr("编号"), lambda found: found[0], width=196),
        Column(tr("先看一看"), lambda found: found[1].message + found[1].mend, stretch=True),
    ]


def _package_columns() -> list[Column[Package]]:
    def period(package: Package) -> str:
        return Period(package.period_from, package.period_to).label()

    def content(package: Package) -> str:
        cases = package.disputes
        return tr("{count} 件").format(count=cases) if cases else tr("零报告")

    def personal(package: Package) -> str:
        who = package.unmasked_for
        return tr("完整，给{who}").format(who=who) if who else tr("已遮住")

    return [
        Column(tr("期间"), period, width=110),
        Column(tr("累计"), lambda package: tr("第{n}份").format(n=package.number), width=76),
        Column(tr("内容"), content, width=74),
        Column(tr("个人信息"), personal, stretch=True),
        Column(tr("制作"), lambda package: f"{package.made_on:%Y-%m-%d}", width=108),
    ]


class SendingPage(QWidget):
    """Makes the monthly package of a village."""

    going = Signal(object)

    def __init__(self, workplace: Workplace) -> None:
        super().__init__()
        look(self, "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._workplace = workplace
        self._ahead: Ahead | None = None
        # What was looked ahead for, and at which end of the history.
        self._asked: object = None
        self._just_sent = False
        self._narrow: bool | None = None
        start = sending.month_to_send(workplace.register, today())
        self.picker = PeriodPicker(start.first, kind=MONTH, fixed=True)
        self.picker.changed.connect(self.refresh)
        self.make = button(tr("制作报送文件 (&M)"), self.choose_and_send, "primary", keys="Ctrl+M")
        self.masked = QCheckBox(tr("遮住姓名、身份证号、电话等个人信息（建议）"))
        self.masked.setChecked(True)
        self.masked.toggled.connect(self._mask_turned)
        self.receiver = FieldBox(
            tr("完整信息交给谁"), LineEditor(tr("如 双龙司法所")), required=True
        )
        self.receiver.hide()
        self._title = words("", "heading")
        self._state = Chip()
        self._what = words("", wrap=True)
        self._file = words("", "sub", wrap=True)
        self.findings: Rows[Found] = Rows(_finding_columns(), self)
        self._finding_table = Table(self.findings, self, wrap=True)
        self._finding_table.opened.connect(self._finding_opened)
        self._clean = words("", "sub", wrap=True)
        self.history: Rows[Package] = Rows(_package_columns(), self)
        self._history_table = Table(self.history, self)
        self._never = words(tr("还没有报送过。"), "sub")
        self._notice = Notice()
        self.back = ReturnsCard(workplace, self._notice)
        self.back.taken.connect(self.refresh)
        # Later, when the parts that grew have found their places.
        self.back.shown.connect(self._look_at, Qt.ConnectionType.QueuedConnection)
        self._lay_out()

    def _lay_out(self) -> None:
        top = row(words(tr("报送"), "title"), 8, self.picker, None, self.make)
        ahead = column(
            row(self._title, self._state, None, gap=8),
            self._what,
            self._file,
            self.masked,
            self.receiver,
            self._clean,
            self._finding_table,
            None,
            gap=6,
        )
        ahead.setStretch(6, 100)
        self._ahead_card = framed(ahead)
        past = column(words(tr("已报送"), "heading"), self._never, self._history_table, None, gap=6)
        past.setStretch(2, 100)
        # What came back waits for an answer; the list of what was sent can be long.
        beside = column(self.back, framed(past), gap=14)
        beside.setStretch(1, 1)
        self._past_card = QWidget()
        self._past_card.setLayout(beside)
        self._grid = QGridLayout()
        self._grid.setSpacing(14)
        body = column(self._notice, gap=12)
        body.addLayout(self._grid, 1)
        body.setContentsMargins(0, 0, 0, 4)
        page = column(top, gap=12)
        self._view = scrolled(body, EDGE)
        page.addWidget(self._view, 1)
        top.setContentsMargins(0, 0, EDGE, 0)
        page.setContentsMargins(EDGE, 14, 0, 10)
        self.setLayout(page)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = event.size().width() < theme.wide(_ONE_COLUMN)
        if narrow == self._narrow:
            return
        self._narrow = narrow
        # In one column the page scrolls as a whole, and nothing in it by itself.
        self._finding_table.show_whole(whole=narrow, least=_FINDINGS_LEAST)
        self._history_table.show_whole(whole=narrow, least=_HISTORY_LEAST)
        self._grid.addWidget(self._ahead_card, 0, 0)
        self._grid.addWidget(self._past_card, *((1, 0) if narrow else (0, 1)))
        self._grid.setColumnStretch(0, 7)
        self._grid.setColumnStretch(1, 0 if narrow else 5)

    def _look_at(self, part: QWidget) -> None:
        self._view.ensureWidgetVisible(part)

    def _finding_opened(self, number: int) -> None:
        found = self.findings.row(number)
        if found is not None and found[0]:
            title = tr("编号 {number}").format(number=found[0])
            behind = Behind(title, partial(self._of_number, found[0]))
            self.going.emit(Go("disputes", "behind", what=behind))

    def _of_number(self, number: str) -> list[DisputeRow]:
        page = self._workplace.register.page(Find(text=number))
        return [line for line in page.rows if line.number == number]

    def _mask_turned(self, masked: bool) -> None:  # noqa: FBT001 - the signal's own signature
        self.receiver.setVisible(not masked)
        if not masked:
            self.receiver.editor.setFocus()

    def refresh(self) -> None:
        """Look ahead at the month's package and list those sent."""
        register = self._workplace.register
        period = self.picker.period()
        packages = sending.sent(register)
        self.history.show(packages)
        self._history_table.setVisible(bool(packages))
        self._never.setVisible(not packages)
        asked = (period, today(), register.settings, register.sequence())
        if period is None or asked == self._asked:
            return
        # Until it is known what another month holds, it cannot be made.
        self._asked, self._ahead = asked, None
        self.make.setEnabled(False)
        self._workplace.jobs.run(
            partial(sending.look_ahead, register, period, today()),
            owner=self,
            done=partial(self._looked_ahead, asked, packages),
            failed=self._not_looked_ahead,
            words=tr("正在查看报送内容…"),
        )

    def _looked_ahead(self, asked: object, packages: list[Package], ahead: Ahead) -> None:
        # Somebody may have turned to another month meanwhile.
        if asked == self._asked:
            self._show(ahead, packages)
            if self._just_sent:
                self._just_sent = False
                self.make.setFocus()

    def _not_looked_ahead(self, error: DeskError) -> None:
        self._asked = None
        self._notice.failed(str(error))

    def _show(self, ahead: Ahead, packages: list[Package]) -> None:
        self._ahead = ahead
        self._history_table.give_room()
        span = (ahead.period.first, ahead.period.last)
        before = [entry for entry in packages if (entry.period_from, entry.period_to) == span]
        self._title.setText(
            tr("{period} · 累计第 {number} 份").format(
                period=ahead.period.label(), number=before[0].number if before else ahead.number
            )
        )
        told = tr("文件名：{name}").format(name=ahead.file_name)
        if before:
            day = f"{before[0].made_on:%m-%d}"
            self._state.show_state(tr("{day} 已报送").format(day=day), Tone.GREEN)
            again = tr("有改动可以再做一份，记作累计第 {number} 份。")
            told = f"{again.format(number=ahead.number)}\n{told}"
        else:
            self._state.show_state(tr("还没有报送"), Tone.AMBER)
        self._what.setText(self._sentence(ahead))
        self._file.setText(told)
        self.findings.show(ahead.problems)
        self._finding_table.setVisible(bool(ahead.problems))
        count = len(ahead.problems)
        found = tr("有 {count} 处建议先看一看，不影响报送；双击或按回车打开这件纠纷：").format(
            count=count
        )
        self._clean.setText(found if ahead.problems else tr("检查过了，没有发现问题。"))
        self.make.setEnabled(ahead.period.first <= today())

    @staticmethod
    def _sentence(ahead: Ahead) -> str:
        if ahead.nil:
            words = tr("零报告：{period}没有可计入统计的纠纷和排查，仍要报送一份零报告。")
            return words.format(period=ahead.period.label())
        values = ahead.table.grand_total.values
        counted = [(COLUMNS[number], values[number]) for number in _SHOWN if values[number]]
        numbers = "，".join(
            f"{entry.label} {shown(entry, value)} {entry.unit}" for entry, value in counted
        )
        told = tr("附带 {count} 件纠纷的记录；计入统计：{numbers}。")
        return told.format(count=ahead.disputes, numbers=numbers or tr("见汇总表"))

    def choose_and_send(self) -> None:
        """Ask for the folder and write the package there."""
        unmasked_for = "" if self.masked.isChecked() else str(self.receiver.value())
        if not self.masked.isChecked() and not unmasked_for:
            self.receiver.tell(tr("请写明交给谁；会记入登记簿的历史。"))
            self.receiver.editor.setFocus()
            return
        title = tr("把报送文件放到哪个文件夹")
        folder = messages.choose_folder(self, title, paths.outgoing())
        if folder is not None and self._ahead is not None:
            self.send(folder / self._ahead.file_name, unmasked_for)

    def send(self, target: Path, unmasked_for: str) -> None:
        """Write the package to `target`."""
        if self._ahead is None:
            return
        # Else the button, switched off, hands the cursor to the next one.
        self.picker.forth.setFocus()
        self.make.setEnabled(False)
        register, actor = self._workplace.register, self._workplace.actor
        period = self._ahead.period
        self._workplace.jobs.run(
            partial(sending.send, register, period, target, actor, today(), unmasked_for),
            owner=self,
            done=self._sent,
            failed=self._failed,
            words=tr("正在制作报送文件…"),
        )

    def _sent(self, done: Sent) -> None:
        said = tr("报送文件做好了，已重新打开核对无误。请复制到U盘或发给司法所。")
        if done.cleaned:
            said += tr("有 {count} 个无法保存的字符已去掉。").format(count=done.cleaned)
        self._just_sent = True
        self.refresh()
        self._notice.done(said, done.path)

    def _failed(self, error: DeskError) -> None:
        self.make.setEnabled(True)
        self.make.setFocus()
        self._notice.failed(str(error))
