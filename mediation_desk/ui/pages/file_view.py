"""One file of the in-box: who signed it, what it would do, and what was found in it."""

from collections.abc import Iterator

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from mediation_desk.desk.receiving import RECEIVABLE, Look, LookState
from mediation_desk.domain.problems import Problem
from mediation_desk.exchange.meeting import Outcome
from mediation_desk.ui.flow import FlowLayout
from mediation_desk.ui.pages.inbox import trust_words
from mediation_desk.ui.pages.inbox_columns import finding_columns
from mediation_desk.ui.pages.ledger_card import LedgerCard
from mediation_desk.ui.rows import Rows
from mediation_desk.ui.tables import Table
from mediation_desk.ui.theme import Tone
from mediation_desk.ui.widgets import PADDING, Chip, clear, column, words
from mediation_desk.words import tr

_OUTCOMES = {
    Outcome.ADDED: (tr("新增"), Tone.GREEN),
    Outcome.UPDATED: (tr("更新"), Tone.BLUE),
    Outcome.UNCHANGED: (tr("未变"), Tone.NEUTRAL),
    Outcome.OLDER: (tr("已有更新版本"), Tone.NEUTRAL),
    Outcome.CONFLICT: (tr("待定"), Tone.AMBER),
    Outcome.REJECTED: (tr("拒绝"), Tone.RED),
}
# A ledger that was refused or came before has nothing left to answer.
_ANSWERED = RECEIVABLE | {LookState.ASKS}


class FileView(QWidget):
    """Shows the file that was opened last, until it is listed no more."""

    # A `Told`: what somebody answered about the ledger that is shown.
    told = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.seen: Look | None = None
        self.title = words("", "strong", wrap=True)
        self._told = words("", "sub", wrap=True)
        self._counts = FlowLayout(gap=8)
        self.findings: Rows[Problem] = Rows(finding_columns(), self)
        self.table = Table(self.findings, self, wrap=True)
        self.table.show_whole(whole=True)
        self.ledger = LedgerCard()
        self.ledger.told.connect(self.told)
        stack = column(self.title, self._told, self._counts, self.ledger, self.table, None, gap=6)
        stack.setContentsMargins(PADDING, 12, PADDING, 8)
        self.setLayout(stack)
        self.forget()

    def show_file(self, seen: Look) -> None:
        """Show what a file would do and what was found in it."""
        self.seen = seen
        self.title.setText(seen.title or seen.path.name)
        told = seen.words
        if seen.state in RECEIVABLE and not seen.problems:
            told += tr("\n检查过了，没有发现问题。")
        trust = trust_words(seen)
        self._told.setText("\n".join(part for part in (seen.path.name, trust, told) if part))
        clear(self._counts)
        for chip in _chips(seen):
            self._counts.addWidget(chip)
        self.ledger.show_ledger(seen.ledger if seen.state in _ANSWERED else None)
        # What is asked stands in the form.
        asked = {question.key for question in seen.ledger.questions} if seen.ledger else set()
        found = [problem for problem in seen.problems if problem.field not in asked]
        self.findings.show(found)
        self.table.setVisible(bool(found))

    def forget(self) -> None:
        """Show no file."""
        self.seen = None
        self.title.setText(tr("在文件列表里选一份，按“查看”。"))
        self._told.clear()
        clear(self._counts)
        self.ledger.show_ledger(None)
        self.findings.show([])
        self.table.hide()


def _chips(seen: Look) -> Iterator[Chip]:
    """What was read, by what becomes of it."""
    for outcome, (label, tone) in _OUTCOMES.items():
        if count := seen.counts.get(outcome.value, 0):
            yield Chip(tr("{label} {count}").format(label=label, count=count), tone)
