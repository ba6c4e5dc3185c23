"""What was done at the desk besides the cases, to be read, checked and taken along."""

from datetime import timedelta
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from mediation_desk.desk import happenings
from mediation_desk.desk.happenings import SORTS, Happening
from mediation_desk.domain.periods import Period, year
from mediation_desk.domain.problems import DeskError, Problem
from mediation_desk.ui import messages, theme
from mediation_desk.ui.days import moment_words
from mediation_desk.ui.editors import ChoiceEditor
from mediation_desk.ui.flow import FlowLayout
from mediation_desk.ui.pages.notice import Notice
from mediation_desk.ui.rows import Column, Rows
from mediation_desk.ui.tables import Table
from mediation_desk.ui.widgets import PADDING, button, column, scrolled, words
from mediation_desk.ui.workplace import Workplace, today
from mediation_desk.words import tr

_DAYS = 30
_LEAST, _CHOICE = 150, 150
_TOLD = tr(
    "密钥、输错密码、看过的号码、导出、备份和人员变动都记在这里，一条扣着一条；"
    "少一条、改一条，核验都查得出来。号码本身不记。"
)
_RECENT, _YEAR, _ALL = range(3)


def _span(chosen: object) -> Period | None:
    day = today()
    if chosen == _RECENT:
        return Period(day - timedelta(days=_DAYS), day)
    return year(day.year) if chosen == _YEAR else None


def _what(one: Happening) -> str:
    return tr("{sort}：{told}").format(sort=one.sort, told=one.told) if one.told else one.sort


class LogPart(QWidget):
    """The log as a list, with what is looked for above it and the checking of its chain."""

    def __init__(self, workplace: Workplace) -> None:
        super().__init__()
        self._workplace = workplace
        self.notice = Notice()
        periods = [(_RECENT, tr("最近30天")), (_YEAR, tr("今年")), (_ALL, tr("全部"))]
        self.period = ChoiceEditor(periods, optional=False)
        self.person = ChoiceEditor([("", tr("所有的人"))], optional=False)
        self.sort = ChoiceEditor(
            [(one, tr(one) or tr("所有事项")) for one in SORTS], optional=False
        )
        for choice, named in (
            (self.period, tr("期间")),
            (self.person, tr("办理人")),
            (self.sort, tr("事项")),
        ):
            choice.inner.setAccessibleName(named)
            choice.setMinimumWidth(theme.wide(_CHOICE))
            choice.changed.connect(self._read)
        self.check = button(tr("核验 (&H)"), self.verify, "primary")
        self.out = button(tr("导出… (&C)"), self._ask_out)
        if workplace.reads:
            self.out.hide()
        self.rows: Rows[Happening] = Rows(
            [
                Column(tr("时间"), lambda one: moment_words(one.at, today()), width=136),
                Column(tr("办理人"), lambda one: one.by, width=96),
                # One column, or in large type the last would have no room.
                Column(tr("事项"), _what, stretch=True, tip=_what),
            ],
            self,
        )
        self.table = Table(self.rows, self)
        self.table.follow_words()
        self.table.setMinimumHeight(theme.wide(_LEAST))
        self._empty = words(tr("这段时间没有记录。"), "sub")
        self._lay_out()

    def _lay_out(self) -> None:
        line = QWidget()
        flow = FlowLayout(line, gap=10)
        for part in (self.period, self.person, self.sort, self.check, self.out):
            flow.addWidget(part)
        page = column(self.notice, words(_TOLD, "sub", wrap=True), line, self._empty, gap=10)
        page.addWidget(self.table, 1)
        page.setContentsMargins(PADDING, 12, PADDING, 12)
        self.setLayout(column(scrolled(page, PADDING)))

    def refresh(self) -> None:
        """Read the log again."""
        names = happenings.people(self._workplace.register)
        chosen = self.person.value()
        everyone = [("", tr("所有的人")), *((name, name) for name in names)]
        self.person.offer(everyone)
        self.person.show_value(chosen if chosen in names else "")
        self._read()

    def _read(self) -> None:
        found = happenings.happenings(
            self._workplace.register,
            _span(self.period.value()),
            str(self.person.value() or ""),
            str(self.sort.value() or ""),
        )
        self.rows.show(found)
        self.table.setVisible(bool(found))
        self._empty.setVisible(not found)

    # Checking

    def verify(self) -> None:
        """Check the whole chain, the tables and the file, and say what was found."""
        self.check.setEnabled(False)
        self._workplace.jobs.run(
            self._workplace.register.verify,
            owner=self,
            done=self._checked,
            failed=self._not_checked,
            words=tr("正在核验…"),
        )

    def _checked(self, found: list[Problem]) -> None:
        self.check.setEnabled(True)
        told, lines = happenings.checked_words(found)
        if found:
            self.notice.failed("\n".join((told, *lines)))
        else:
            self.notice.done(told)

    def _not_checked(self, error: DeskError) -> None:
        self.check.setEnabled(True)
        self.notice.failed(str(error))

    # Taking it along

    def _ask_out(self) -> None:
        name = tr("操作记录{day}.xlsx").format(day=today())
        target = messages.choose_target(
            self, tr("导出操作记录"), Path.home() / name, tr("Excel 工作簿 (*.xlsx)")
        )
        if target is not None:
            self.export(target)

    def export(self, target: Path) -> None:
        """Write what is shown to a workbook."""
        shown = list(self.rows.all_shown())
        self._workplace.jobs.run(
            partial(happenings.export_log, self._workplace.register, shown, target),
            owner=self,
            done=partial(self._exported, target),
            failed=self._not_checked,
            words=tr("正在导出操作记录…"),
        )

    def _exported(self, target: Path, _written: object) -> None:
        self.notice.done(tr("操作记录已导出。"), target)
