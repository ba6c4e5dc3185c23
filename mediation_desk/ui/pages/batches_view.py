"""What the office received, and taking one batch back."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from mediation_desk.desk import taking_back
from mediation_desk.desk.taking_back import Batch
from mediation_desk.domain.problems import DeskError
from mediation_desk.ui import messages
from mediation_desk.ui.pages.inbox_columns import batch_columns
from mediation_desk.ui.pages.notice import Notice
from mediation_desk.ui.rows import Rows
from mediation_desk.ui.tables import Table
from mediation_desk.ui.widgets import PADDING, button, column, line, row, words
from mediation_desk.ui.workplace import Workplace
from mediation_desk.words import tr


class BatchesView(QWidget):
    """Lists the batches, newest first; the chosen one can be undone while nothing built on it."""

    # A batch was taken back, or could not be: the register is to be read again.
    turned = Signal()

    def __init__(self, workplace: Workplace, notice: Notice) -> None:
        super().__init__()
        self._workplace = workplace
        self._notice = notice
        # The end of the history at which the batches were listed.
        self._looked_back = -1
        self.batches: Rows[Batch] = Rows(batch_columns(), self)
        self.table = Table(self.batches, self, wrap=True)
        self.undo = button(tr("撤销这次接收 (&U)"), self.undo_chosen, "danger")
        self._why_not = words("", "sub", wrap=True)
        bottom = row(self._why_not, self.undo)
        bottom.setStretch(0, 1)
        bottom.setContentsMargins(PADDING, 6, PADDING, 6)
        stack = column(self.table, line("line"), bottom, gap=0)
        stack.setStretch(0, 1)
        self.setLayout(stack)
        self.table.selectionModel().selectionChanged.connect(self._chosen)

    def refresh(self) -> None:
        """List what was received; whether it can be undone takes the worker a while to find."""
        register = self._workplace.register
        now = register.sequence()
        if now == self._looked_back:
            return
        self._looked_back = now
        self._workplace.jobs.run(
            partial(taking_back.batches, register),
            owner=self,
            done=self._show,
            failed=self._not_looked_back,
            words=tr("正在查看接收记录…"),
        )

    def _show(self, batches: list[Batch]) -> None:
        self.batches.show(batches)
        if batches:
            self.table.selectRow(0)
        self._chosen()

    def _not_looked_back(self, error: DeskError) -> None:
        self._looked_back = -1
        self._notice.failed(str(error))

    def _batch(self) -> Batch | None:
        return self.batches.row(self.table.currentIndex().row())

    def _chosen(self) -> None:
        batch = self._batch()
        self.undo.setEnabled(bool(batch and batch.undoable))
        able = tr("撤销后，登记簿回到接收之前的样子。")
        if batch is None:
            self._why_not.setText(tr("还没有接收过文件。"))
        elif batch.undone:
            self._why_not.setText(tr("这次接收已经撤销。"))
        else:
            self._why_not.setText(batch.why_not or able)

    def undo_chosen(self) -> None:
        """Take the chosen batch back after asking."""
        batch = self._batch()
        if batch is not None and batch.undoable:
            messages.ask(
                self,
                tr("撤销这次接收？"),
                f"{batch.words}\n\n{taking_back.undo_words(self._workplace.register, batch)}",
                tr("撤销"),
                partial(self.take_back, batch),
            )

    def take_back(self, batch: Batch, _checked: object = None) -> None:
        """Take back everything that `batch` brought."""
        # Else the button, switched off, hands the cursor to the next one.
        self.table.setFocus()
        self._workplace.jobs.run(
            partial(taking_back.undo, self._workplace.register, batch.act, self._workplace.actor),
            owner=self,
            done=partial(self._undone, batch),
            failed=self._failed,
            words=tr("正在撤销…"),
        )

    def _undone(self, batch: Batch, _said: str) -> None:
        # The batch by its content: its number stands nowhere in the window.
        told = tr("已撤销：{words}。登记簿回到接收之前。")
        self._notice.done(told.format(words=batch.words))
        self.turned.emit()

    def _failed(self, error: DeskError) -> None:
        self.turned.emit()
        self._notice.failed(str(error))
