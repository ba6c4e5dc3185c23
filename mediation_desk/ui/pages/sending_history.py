"""What was sent, each package with the office's receipt, and what of the sequence is missing."""

from PySide6.QtWidgets import QFrame, QWidget

from mediation_desk.desk.sent_history import Answer, SentPackage
from mediation_desk.domain.periods import Period
from mediation_desk.ui.in_view import bring_into_view
from mediation_desk.ui.rows import Column, Rows
from mediation_desk.ui.tables import Table
from mediation_desk.ui.theme import Tone
from mediation_desk.ui.widgets import Chip, button, clear, column, framed, line, row, words
from mediation_desk.words import tr

# The least height of the list where it scrolls by itself.
_LEAST = 140
# So many stand on a page that scrolls as a whole.
_NEWEST = 5
_STATES = {
    Answer.NONE: (tr("等回执"), Tone.NEUTRAL),
    Answer.TAKEN: (tr("已接收"), Tone.GREEN),
    Answer.PARKED: (tr("核对中"), Tone.AMBER),
    Answer.REFUSED: (tr("有未接收"), Tone.RED),
    Answer.WITHDRAWN: (tr("撤销接收"), Tone.AMBER),
    Answer.LOST: (tr("没收到"), Tone.RED),
}


def _period(entry: SentPackage) -> str:
    return Period(entry.package.period_from, entry.package.period_to).label()


def _content(entry: SentPackage) -> str:
    package = entry.package
    return tr("零报告") if package.nil else tr("{count} 件").format(count=package.disputes)


def _columns() -> list[Column[SentPackage]]:
    return [
        Column(tr("期间"), _period, stretch=True),
        Column(tr("累计"), lambda entry: tr("第{n}份").format(n=entry.package.number), width=80),
        Column(tr("内容"), _content, width=78),
        Column(
            tr("回执"),
            lambda entry: _STATES[entry.answer][0],
            lambda entry: _STATES[entry.answer][1],
            width=106,
        ),
    ]


class SentCard(QWidget):
    """The packages, newest first; what became of the chosen one is unfolded below the list."""

    def __init__(self) -> None:
        super().__init__()
        self._notices = column(gap=8)
        self.rows: Rows[SentPackage] = Rows(_columns(), self)
        self.table = Table(self.rows, self)
        self.table.selectionModel().selectionChanged.connect(self._chosen)
        self.table.opened.connect(self._opened)
        self._packages: list[SentPackage] = []
        self._whole = self._unfolded = False
        self._wanted = ""
        self.more = button("", self.unfold, "quiet")
        self._never = words(tr("还没有报送过。"), "sub")
        self._title = words("", "strong", wrap=True)
        self._state = Chip()
        self._lines = column(gap=4)
        head = row(self._title, self._state, gap=8)
        head.setStretch(0, 1)
        self.detail = QFrame()
        inside = column(line("line"), head, self._lines, gap=6)
        inside.setContentsMargins(0, 0, 0, 2)
        self.detail.setLayout(inside)
        title = words(tr("已报送和回执"), "heading")
        past = column(
            title, self._never, self.table, row(self.more, None), self.detail, None, gap=6
        )
        past.setStretch(2, 100)
        page = column(self._notices, framed(past), gap=12)
        page.setStretch(1, 1)
        self.setLayout(page)

    def show_whole(self, *, whole: bool) -> None:
        """Be as high as all there is, on a page that scrolls; or let the list scroll by itself."""
        self._whole = whole
        self.table.show_whole(whole=whole, least=_LEAST)
        self._list()

    def show_history(self, packages: list[SentPackage], notices: list[str]) -> None:
        """Show these packages, and above them what is missing."""
        stood = self._now()
        newest = self.rows.row(0)
        self._packages = packages
        self._list()
        self.table.setVisible(bool(packages))
        self._never.setVisible(not packages)
        ids = [entry.package.id for entry in self.rows.all_shown()]
        if ids:
            # The one that has just been sent is shown at once.
            same = newest is not None and newest.package.id == ids[0] and stood is not None
            place = ids.index(stood.package.id) if same and stood.package.id in ids else 0  # type: ignore[union-attr]
            self.table.selectRow(place)
        clear(self._notices)
        for said in notices:
            self._notices.addWidget(framed(column(words(said, wrap=True)), "warn", margins=14))
        self._chosen()
        if self._wanted:
            self.show_receipt(self._wanted)

    def _list(self) -> None:
        """On a page that scrolls as a whole only the newest, until all are wanted."""
        count = len(self._packages)
        fold = self._whole and count > _NEWEST + 1 and not self._unfolded
        self.rows.show(self._packages[:_NEWEST] if fold else self._packages)
        self.more.setText(tr("全部显示 {count} 份 (&Q)").format(count=count))
        self.more.setVisible(fold)
        if self.rows.rowCount() and not self.table.currentIndex().isValid():
            self.table.selectRow(0)

    def unfold(self) -> None:
        """List all packages."""
        self._unfolded = True
        self._list()
        self.table.setFocus()

    def _opened(self, _number: int) -> None:
        bring_into_view(self.detail)

    def show_receipt(self, receipt_id: str) -> None:
        """Choose the package to which a receipt belongs, now or once it is listed."""
        self._wanted = receipt_id
        ids = [entry.receipt.id if entry.receipt else "" for entry in self._packages]
        if receipt_id not in ids:
            return
        self._wanted, place = "", ids.index(receipt_id)
        if place >= self.rows.rowCount():
            self.unfold()
        self.table.selectRow(place)
        self.table.scrollTo(self.rows.index(place, 0))
        self.table.setFocus()
        bring_into_view(self.detail)

    def _now(self) -> SentPackage | None:
        return self.rows.row(self.table.currentIndex().row())

    def _chosen(self) -> None:
        entry = self._now()
        self.detail.setVisible(entry is not None)
        if entry is None:
            return
        title = tr("{period} · 累计第 {number} 份")
        self._title.setText(title.format(period=_period(entry), number=entry.package.number))
        self._state.show_state(*_STATES[entry.answer])
        clear(self._lines)
        for said in entry.lines:
            self._lines.addWidget(words(said, "sub", wrap=True))
