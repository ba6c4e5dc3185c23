"""A short form about one record that hangs on no dispute: check, keep, strike out."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from mediation_desk.domain.drafts import Draft
from mediation_desk.domain.problems import DeskError, Problem, Severity, errors
from mediation_desk.domain.record import Record
from mediation_desk.ui.by_itself import by_itself
from mediation_desk.ui.editors import LineEditor
from mediation_desk.ui.fields import FieldBox
from mediation_desk.ui.in_view import bring_into_view
from mediation_desk.ui.pages.drafted_page import DraftedPage
from mediation_desk.ui.record_form import RecordForm
from mediation_desk.ui.tabbing import chain, step, tab_stops
from mediation_desk.ui.widgets import EDGE, button, column, framed, row, scrolled, words
from mediation_desk.ui.workplace import Workplace
from mediation_desk.words import tr

_REVIEW_PAUSE_MS = 500


@dataclass(frozen=True, slots=True)
class Acts:
    """What the form does with its record; without `strike` it cannot be struck out.

    Keeping and striking out are told the draft that they make needless, last of all.
    """

    findings: Callable[[Any], list[Problem]]
    keep: Callable[[Any, str], Record]
    strike: Callable[[Any, str, str], object] | None = None
    strike_words: str = ""
    strike_hint: str = ""


class RecordPage(DraftedPage):
    """Shows a record to be written; tells when it is kept or left.

    `place` names the form for drafts and begins with the page that takes them up again.
    """

    saved = Signal()

    def __init__(
        self,
        workplace: Workplace,
        title: str,
        form: "RecordForm[Any]",
        record: Record,
        acts: Acts,
        place: str,
        note: str = "",
    ) -> None:
        super().__init__(workplace, None, title)
        self._acts = acts
        self._record = record
        self.form = form
        form.show_record(record)
        self.watch(record.id, form)
        self.place = place
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_REVIEW_PAUSE_MS)
        self._pause.timeout.connect(self._review)
        self.save_button = button(tr("保存 (&S)"), self.save, "primary", keys="Ctrl+S")
        self.leave_button = button(tr("取消"), self.leave, keys="Esc")
        self._told = words("", "wrong", wrap=True)
        self._told.hide()
        self.why = FieldBox(tr("原因"), LineEditor(acts.strike_hint), required=True)
        self.strike_button = button(acts.strike_words, self.strike, "danger")
        self._lay_out(title, note)

    def _lay_out(self, title: str, note: str) -> None:
        head = row(
            words(title, "title"), None, self.kept_words, self.leave_button, self.save_button
        )
        head.setContentsMargins(0, 0, EDGE, 0)
        told = words(note, "sub", wrap=True)
        told.setVisible(bool(note))
        cards = column(framed(column(told, self.form, self._told, gap=10)), gap=12)
        if self._acts.strike is not None and self._record.revision:
            # By itself it asks for a reason that nobody owes who only corrects the record.
            named = words(self._acts.strike_words.partition(" (")[0], "heading")
            away = column(named, row(self.why), row(None, self.strike_button), gap=8)
            cards.addWidget(framed(away))
        cards.addStretch(1)
        page = column(head, gap=12)
        page.addWidget(scrolled(cards, EDGE), 1)
        page.setContentsMargins(EDGE, 14, 0, 10)
        self.setLayout(page)
        self._cards = cards
        chain(self._stops())
        self.setFocusProxy(self.form.first_box().editor)

    def _stops(self) -> list[QWidget]:
        """Where Tab goes: as one reads, then to saving and giving up."""
        return [*tab_stops(self._cards), self.save_button, self.leave_button]

    def focusNextPrevChild(self, following: bool) -> bool:  # noqa: FBT001 - Qt's own signature
        """Let Tab go by the stops, and at their ends out of the form."""
        return step(self._stops(), following=following) or super().focusNextPrevChild(following)

    def _changed(self) -> None:
        super()._changed()
        self._told.hide()
        self._pause.start()

    @by_itself
    def _review(self) -> None:
        """Say beside what was written what is doubtful; it can be kept all the same."""
        if self.form.whole():
            for problem in self._acts.findings(self.form.record()):
                box = self.form.boxes.get(problem.field)
                if box is not None and box.touched and problem.severity is not Severity.ERROR:
                    self.form.tell(problem.field, problem.message + problem.mend, problem.severity)

    def who(self) -> str:
        """The name the record has so far."""
        box = self.form.boxes.get("name") or self.form.boxes["label"]
        return str(box.value())

    def draft(self, draft_id: str) -> Draft:
        """The form as it stands now; it is about the record unless that is new."""
        about = self._record.id if self._record.revision else ""
        return replace(super().draft(draft_id), about=about)

    def _revisions(self) -> dict[str, int]:
        return {self._record.id: self._record.revision} if self._record.revision else {}

    def save(self) -> None:
        """Check what was typed and keep it."""
        self.form.hush()
        unclear = self.form.unclear()
        if unclear is not None:
            if self.form.whole():
                # All that is wrong is said at once.
                self._show_beside(self._acts.findings(self.form.record()))
            unclear.editor.setFocus()
            bring_into_view(unclear)
            return
        record = self.form.record()
        found = self._acts.findings(record)
        if errors(found):
            self._show(found)
            return
        self._run(partial(self._acts.keep, record, self.drafting.id))

    def _show_beside(self, found: list[Problem]) -> list[str]:
        """Show findings beside their fields; the errors that have none."""
        loose = []
        for problem in found:
            said = problem.message + problem.mend
            box = self.form.tell(problem.field, said, problem.severity)
            if box is None and problem.severity is Severity.ERROR:
                loose.append(said)
        return loose

    def _show(self, found: list[Problem]) -> None:
        self._tell("\n".join(self._show_beside(found)))
        wrong = next((box for box in self.form.boxes.values() if box.finding), None)
        if wrong is not None:
            wrong.editor.setFocus()
            bring_into_view(wrong)

    def strike(self) -> None:
        """Strike the record out with the reason given."""
        reason = str(self.why.value())
        if not reason:
            self.why.tell(tr("请写明原因，会留在修改记录里。"))
            self.why.editor.setFocus()
            bring_into_view(self.why)
            return
        if self._acts.strike is not None:
            self._run(partial(self._acts.strike, self._record, reason, self.drafting.id))

    def _run(self, work: Callable[[], object]) -> None:
        # Else a disabled part hands the cursor to any button beside it.
        self.setFocus()
        self._hold(held=True)
        self.workplace.jobs.run(
            self.drafting.around(work),
            owner=self,
            done=self._kept,
            failed=self._refused,
            words=tr("正在保存…"),
        )

    def _kept(self, _record: object) -> None:
        self.touched = False
        self.saved.emit()

    def _refused(self, error: DeskError) -> None:
        self._hold(held=False)
        self._tell(str(error))

    def _tell(self, sentence: str) -> None:
        self._told.setText(sentence)
        self._told.setVisible(bool(sentence))
        if sentence:
            bring_into_view(self._told)
