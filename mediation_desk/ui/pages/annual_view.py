"""The draft of the annual report: to be read, each number with its source, and taken away."""

from functools import partial
from html import escape

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QTextBrowser, QWidget

from mediation_desk import paths
from mediation_desk.desk import annual_report, reporting
from mediation_desk.domain.problems import DeskError
from mediation_desk.figures.calibre import Calibre
from mediation_desk.papers.paper import Heading, Number, Paper
from mediation_desk.papers.plain_text import plain_text
from mediation_desk.ui import messages, theme
from mediation_desk.ui.going import Go
from mediation_desk.ui.pages.browse import Behind
from mediation_desk.ui.pages.notice import Notice
from mediation_desk.ui.widgets import PADDING, button, column, framed, line, row, words
from mediation_desk.ui.workplace import Workplace, today
from mediation_desk.words import tr

_FORMATS = tr("Word 文档 (*.docx);;文本 (*.txt)")
_LEAST = 300
# Qt's own indents do not grow with the type.
_INDENT = "　　"


class AnnualView(QWidget):
    """Drafts over the period chosen above; a number opens the cases behind it."""

    going = Signal(object)

    def __init__(self, workplace: Workplace, notice: Notice) -> None:
        super().__init__()
        self._workplace = workplace
        self._notice = notice
        self._asked: tuple[Calibre, int] | None = None
        self.paper: Paper | None = None
        self._numbers: list[Number] = []
        self.text = QTextBrowser()
        self.text.setOpenLinks(False)
        self.text.setFrameShape(QFrame.Shape.NoFrame)
        self.text.document().setDocumentMargin(18)
        self.text.setMinimumHeight(theme.high(_LEAST))
        self.text.setAccessibleName(tr("年度报告草稿"))
        self._source = words(tr("点一个数字，看它从哪里来。"), "sub", wrap=True)
        self.copy = button(tr("复制文字 (&Y)"), self.copy_text)
        self.write = button(tr("写成 Word (&W)"), self.choose_target, "primary")
        acts = row(self._source, self.copy, self.write, gap=10)
        acts.setStretch(0, 1)
        acts.setContentsMargins(PADDING, 8, PADDING, 8)
        inner = column(self.text, line("line"), acts, gap=0)
        inner.setStretch(0, 1)
        self.setLayout(column(framed(inner, margins=0)))
        inner.setContentsMargins(1, 1, 1, 1)
        self.text.anchorClicked.connect(self._clicked)
        self._offer()

    def show_nothing(self, said: str) -> None:
        """Leave no draft standing that belongs to another period."""
        self._asked = self.paper = None
        self._numbers = []
        self.text.setPlainText(said)
        self._offer()

    def fold(self, *, narrow: bool) -> None:
        """Stand in one column, as it always does."""

    def refresh(self, calibre: Calibre) -> None:
        """Draft anew, on the worker, if the period is another or anything was written."""
        register = self._workplace.register
        asked = calibre, register.version
        if asked == self._asked:
            return
        self._asked = asked
        self._workplace.jobs.run(
            partial(annual_report.draft, register, calibre, today()),
            owner=self,
            done=partial(self._drafted, asked),
            failed=self._failed,
            words=tr("正在起草…"),
        )

    def _drafted(self, asked: tuple[Calibre, int], paper: Paper) -> None:
        if asked != self._asked:
            return
        self.paper = paper
        self._numbers = list(paper.numbers())
        self.text.setHtml(_html(paper))
        self._source.setText(tr("点一个数字，看它从哪里来。"))
        self._offer()

    def _failed(self, error: DeskError) -> None:
        self._asked = None
        self._offer()
        self._notice.failed(str(error))

    def _offer(self) -> None:
        for part in (self.copy, self.write):
            part.setEnabled(self.paper is not None)

    def _clicked(self, link: QUrl) -> None:
        self.open_number(int(link.fragment()))

    def open_number(self, place: int) -> None:
        """Say where a number comes from, and open the cases behind it where it counts any."""
        number, asked = self._numbers[place], self._asked
        source = number.source
        told = tr("{number}：{place}。{definition}").format(
            number=number.text, place=source.place, definition=source.definition
        )
        self._source.setText(told)
        if not source.table or asked is None:
            return
        register = self._workplace.register
        table = reporting.table(register, source.table, asked[0])
        where = table.row(source.row), table.column(source.column)
        if table.behind(*where) is None:
            return
        title = tr("{label} {number}").format(label=source.label, number=number.text)
        find = partial(reporting.cases_behind, register, table, *where)
        self.going.emit(Go("disputes", "behind", what=Behind(title, find)))

    def copy_text(self) -> None:
        """Put the draft on the clipboard, to be pasted into the whole report."""
        if self.paper is not None:
            QGuiApplication.clipboard().setText(plain_text(self.paper))
            self._notice.done(tr("文字已复制，可以粘贴到年度报告里。"))

    def choose_target(self) -> None:
        """Ask where the draft is to be written."""
        if self.paper is None:
            return
        name = paths.outgoing() / f"{self.paper.title}.docx"
        target = messages.choose_target(self, tr("写成 Word"), name, _FORMATS)
        if target is None:
            return
        self.write.setEnabled(False)
        self._workplace.jobs.run(
            partial(annual_report.write, self.paper, target),
            owner=self,
            done=self._written,
            failed=self._failed,
            words=tr("正在写 Word 文档…"),
        )

    def _written(self, path: object) -> None:
        self._offer()
        self.write.setFocus()
        self._notice.done(tr("已写好。这是草稿，报出前请核对、补充。"), path)


def _html(paper: Paper) -> str:
    """The draft as Qt shows it; each number a link by its place."""
    look, place = theme.tokens(), 0
    lines = [f'<h2 style="text-align:center">{escape(paper.title)}</h2>']
    for part in paper.parts:
        if isinstance(part, Heading):
            lines.append(f'<p style="font-weight:600; margin-top:12px">{escape(part.text)}</p>')
            continue
        said = []
        for piece in part.pieces:
            if isinstance(piece, Number):
                said.append(
                    f'<a href="#{place}" style="color:{look.primary}; text-decoration:none">'
                    f"{escape(piece.text)}</a>"
                )
                place += 1
            else:
                said.append(escape(piece))
        lines.append(f'<p style="margin:4px 0; line-height:130%">{_INDENT}{"".join(said)}</p>')
    lines.append(f'<p style="color:{look.hint}; margin-top:14px">{escape(paper.calibre)}</p>')
    return "".join(lines)
