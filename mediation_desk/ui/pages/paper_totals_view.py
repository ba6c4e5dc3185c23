"""历史数据: printed tables of earlier years, kept as printed, with what does not add up."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from mediation_desk import paths
from mediation_desk.desk import paper_totals
from mediation_desk.desk.paper_totals import Seen
from mediation_desk.domain.paper_totals import PaperTotal
from mediation_desk.domain.periods import Period
from mediation_desk.domain.problems import DeskError
from mediation_desk.figures.paper_totals import TABLES
from mediation_desk.ui import messages
from mediation_desk.ui.editors import ChoiceEditor, PaperEditor
from mediation_desk.ui.flow import FlowLayout
from mediation_desk.ui.in_view import bring_into_view
from mediation_desk.ui.line_list import Line, LineList
from mediation_desk.ui.pages.notice import Notice
from mediation_desk.ui.pages.place_words import finding_words
from mediation_desk.ui.pages.statistics_bar import fit_to_choices
from mediation_desk.ui.theme import Tone
from mediation_desk.ui.widgets import button, column, framed, row, words
from mediation_desk.ui.workplace import Workplace, today
from mediation_desk.words import tr

_ABOUT = tr(
    "以前年度只有纸质报表的，先做空白表，照原件填好，再录入。数字照原件保留，程序不改；"
    "勾稽关系不符的，写明说明后保留。"
)
_WORKBOOKS = tr("Excel 工作簿 (*.xlsx)")
_ASKED = tr("原件就是这样印的，请写明说明，例如“原件如此，未列的类别没有单独公布”")


class PaperTotalsView(QWidget):
    """Lists the printed tables that are kept, and takes another one in."""

    def __init__(self, workplace: Workplace, notice: Notice) -> None:
        super().__init__()
        self._workplace, self._notice = workplace, notice
        self._seen: Seen | None = None
        self._struck = 0
        self.kind = ChoiceEditor(
            [(entry.id, entry.title) for entry in TABLES.values()], optional=False
        )
        fit_to_choices(self.kind)
        self.blank = button(tr("做空白表 (&K)"), self.choose_blank)
        self.take = button(tr("录入填好的表 (&L)"), self.choose_filled, "primary")
        which = QWidget()
        blanks = FlowLayout(which, gap=10)
        for part in (self.kind, self.blank):
            blanks.addWidget(part)
        acts = row(which, self.take, gap=10)
        acts.setStretch(0, 1)
        acts.setAlignment(self.take, Qt.AlignmentFlag.AlignTop)
        self.lines = LineList()
        self.lines.show_whole(whole=True)
        self._nothing = words(tr("还没有录入历史数据。"), wrap=True)
        self._list = framed(
            column(words(_ABOUT, "sub", wrap=True), acts, self._nothing, self.lines, gap=10)
        )
        self._said = words("", "strong", wrap=True)
        self._problems = words("", wrap=True)
        self.remark = PaperEditor(_ASKED)
        self.keep = button(tr("附说明保留 (&B)"), self.keep_seen, "primary")
        self.leave = button(tr("不录入"), self.forget, "quiet")
        below = row(None, self.leave, self.keep, gap=10)
        self.card = framed(column(self._said, self._problems, self.remark, below, gap=10))
        self.card.hide()
        self.setLayout(column(self._list, self.card, None, gap=12))
        self.lines.opened.connect(self._ask_to_strike)

    def fold(self, *, narrow: bool) -> None:
        """Stand in one column, as always."""

    def show_nothing(self, said: str) -> None:
        """Stand still, whatever period is chosen elsewhere."""

    def refresh(self) -> None:
        """Read the register again."""
        kept = paper_totals.kept(self._workplace.register)
        self.lines.show_lines([_line(entry) for entry in reversed(kept)])
        self.lines.setVisible(bool(kept))
        self._nothing.setVisible(not kept)

    def choose_blank(self) -> None:
        """Write the blank workbook of the chosen kind where the user wants it."""
        table = TABLES[self.kind.value()]
        name = tr("{title}（历史数据）.xlsx").format(title=table.title)
        target = messages.choose_target(self, tr("空白表写到"), paths.outgoing() / name, _WORKBOOKS)
        if target is not None:
            self._workplace.jobs.run(
                partial(paper_totals.blank, table.id, target),
                owner=self,
                done=self._blank_made,
                failed=self._failed,
                words=tr("正在写空白表…"),
            )

    def _blank_made(self, path: Path) -> None:
        self._notice.done(tr("空白表已写好，请照原件填，再按“录入填好的表”。"), path)

    def choose_filled(self) -> None:
        """Let the user point at a filled-in workbook and look at it."""
        chosen = messages.choose_files(self, tr("选择填好的表"), paths.outgoing(), _WORKBOOKS)
        if chosen:
            self.look_at(chosen[0])

    def look_at(self, path: Path) -> None:
        """Hold a filled-in workbook against the rules; one without faults is kept at once."""
        self._workplace.jobs.run(
            partial(paper_totals.look, self._workplace.register, path),
            owner=self,
            done=self._looked,
            failed=self._failed,
            words=tr("正在看 {name}…").format(name=path.name),
        )

    def _looked(self, seen: Seen) -> None:
        self._seen = seen
        if not seen.problems and not seen.unread:
            self.keep_seen()
            return
        told = seen.unread or seen.problems
        what = tr("有{count}格不是数字，改好再录入。") if seen.unread else tr("有{count}处不符。")
        self._said.setText(what.format(count=len(told)))
        self._problems.setText("\n".join(finding_words(entry.sentence()) for entry in told))
        for part in (self.remark, self.keep):
            part.setVisible(not seen.unread)
        self.card.show()
        bring_into_view(self.card)
        (self.leave if seen.unread else self.remark).setFocus()

    def keep_seen(self) -> None:
        """Keep what was looked at, with the remark that was written."""
        if self._seen is None:
            return
        try:
            made = paper_totals.keep(
                self._workplace.register,
                self._seen,
                self.remark.value() or "",
                self._workplace.actor,
                today(),
            )
        except DeskError as error:
            self._failed(error)
            return
        self.forget()
        self.refresh()
        words_ = tr("已录入为第{number}号，数字照原件，没有改。")
        self._notice.done(words_.format(number=made.number))

    def forget(self) -> None:
        """Leave what was looked at."""
        self._seen = None
        self.remark.show_value("")
        self.card.hide()

    def _failed(self, error: DeskError) -> None:
        self._notice.failed(str(error))

    def _ask_to_strike(self, line: Line) -> None:
        self._struck = int(str(line.what))
        messages.ask(
            self,
            tr("作废第{number}号历史数据？").format(number=self._struck),
            tr("作废以后不再列出，历史里仍然查得到；改好的表可以再录入。"),
            tr("作废"),
            self.strike_chosen,
        )

    def strike_chosen(self) -> None:
        """Void the table that was asked about."""
        register, actor = self._workplace.register, self._workplace.actor
        try:
            paper_totals.strike(register, self._struck, actor, tr("在历史数据里作废"))
        except DeskError as error:
            self._failed(error)
            return
        self.refresh()
        self._notice.done(tr("第{number}号已作废。").format(number=self._struck))


def _line(total: PaperTotal) -> Line:
    period = Period(total.period_from, total.period_to).label()
    title = TABLES[total.table].title
    said, tone = tr("相符"), Tone.GREEN
    detail = tr("第{number}号 · {source}").format(number=total.number, source=total.source)
    if total.findings:
        said, tone = tr("附说明"), Tone.AMBER
        count = len(total.findings.splitlines())
        words_ = tr("{detail} · {count}处不符：{remark}")
        detail = words_.format(detail=detail, count=count, remark=total.remark)
    about = tr("{period} · {title}").format(period=period, title=title)
    return Line(about, detail, said, tone, tr("作废"), total.number)
