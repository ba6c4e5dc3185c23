"""A short form about one record that hangs on no dispute: check, keep, strike out."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from mediation_desk.domain.problems import DeskError, Problem, Severity, errors
from mediation_desk.domain.record import Record
from mediation_desk.ui import messages
from mediation_desk.ui.editors import LineEditor
from mediation_desk.ui.fields import FieldBox
from mediation_desk.ui.record_form import RecordForm
from mediation_desk.ui.tabbing import chain, tab_stops
from mediation_desk.ui.widgets import EDGE, button, column, framed, row, scrolled, words
from mediation_desk.ui.workplace import Workplace
from mediation_desk.words import tr


@dataclass(frozen=True, slots=True)
class Acts:
    """What the form does with its record; without `strike` it cannot be struck out."""

    findings: Callable[[Any], list[Problem]]
    keep: Callable[[Any], Record]
    strike: Callable[[Record, str], object] | None = None
    strike_words: str = ""


class RecordPage(QWidget):
    """Shows a record to be written; tells when it is kept or left."""

    saved = Signal()
    given_up = Signal()

    def __init__(
        self,
        workplace: Workplace,
        title: str,
        form: "RecordForm[Any]",
        record: Record,
        acts: Acts,
        note: str = "",
    ) -> None:
        super().__init__()
        self._jobs = workplace.jobs
        self._acts = acts
        self._record = record
        self.form = form
        self.touched = False
        form.show_record(record)
        form.changed.connect(self._changed)
        self.save_button = button(tr("保存 (&S)"), self.save, "primary", keys="Ctrl+S")
        self.leave_button = button(tr("取消"), self.leave, keys="Esc")
        self._told = words("", "wrong", wrap=True)
        self._told.hide()
        self.why = FieldBox(tr("原因"), LineEditor(tr("如 已调离、重复登记")), required=True)
        self.strike_button = button(acts.strike_words, self.strike, "danger")
        self._lay_out(title, note)

    def _lay_out(self, title: str, note: str) -> None:
        head = row(words(title, "title"), None, self.leave_button, self.save_button)
        head.setContentsMargins(0, 0, EDGE, 0)
        told = words(note, "sub", wrap=True)
        told.setVisible(bool(note))
        cards = column(framed(column(told, self.form, self._told, gap=10)), gap=12)
        if self._acts.strike is not None and self._record.revision:
            away = column(row(self.why), row(None, self.strike_button), gap=8)
            cards.addWidget(framed(away))
        cards.addStretch(1)
        page = column(head, gap=12)
        page.addWidget(scrolled(cards, EDGE), 1)
        page.setContentsMargins(EDGE, 14, 0, 10)
        self.setLayout(page)
        chain([*tab_stops(cards), self.save_button, self.leave_button])
        self.setFocusProxy(self.form.first_box().editor)

    def _changed(self) -> None:
        self.touched = True
        self._told.hide()

    def save(self) -> None:
        """Check what was typed and keep it."""
        self.form.hush()
        unclear = self.form.unclear()
        if unclear is not None:
            unclear.editor.setFocus()
            return
        record = self.form.record()
        found = self._acts.findings(record)
        if errors(found):
            self._show(found)
            return
        self._run(partial(self._acts.keep, record))

    def _show(self, found: list[Problem]) -> None:
        loose = []
        for problem in found:
            said = problem.message + problem.mend
            box = self.form.tell(problem.field, said, problem.severity)
            if box is None and problem.severity is Severity.ERROR:
                loose.append(said)
        self._tell("\n".join(loose))
        wrong = next((box for box in self.form.boxes.values() if box.finding), None)
        if wrong is not None:
            wrong.editor.setFocus()

    def strike(self) -> None:
        """Strike the record out with the reason given."""
        reason = str(self.why.value())
        if not reason:
            self.why.tell(tr("请写明原因，会留在修改历史里。"))
            self.why.editor.setFocus()
            return
        if self._acts.strike is not None:
            self._run(partial(self._acts.strike, self._record, reason))

    def _run(self, work: Callable[[], object]) -> None:
        # Else a disabled part hands the cursor to any button beside it.
        self.setFocus()
        self.setEnabled(False)
        self._jobs.run(
            work, owner=self, done=self._kept, failed=self._refused, words=tr("正在保存…")
        )

    def _kept(self, _record: object) -> None:
        self.touched = False
        self.saved.emit()

    def _refused(self, error: DeskError) -> None:
        self.setEnabled(True)
        self._tell(str(error))

    def _tell(self, sentence: str) -> None:
        self._told.setText(sentence)
        self._told.setVisible(bool(sentence))

    def leave(self) -> None:
        """Give up what was typed, after asking if there is anything."""
        if not self.touched:
            self.given_up.emit()
            return
        messages.ask(
            self,
            tr("写好的内容还没有保存。"),
            tr("离开后这些内容不会保留。"),
            tr("不保存，离开"),
            self.given_up.emit,
        )
