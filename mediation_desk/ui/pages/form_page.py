"""The common part of all forms about a dispute: save, give up, findings beside the fields."""

from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QLayout,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from mediation_desk.desk import recording
from mediation_desk.domain.casefile import CaseFile
from mediation_desk.domain.drafts import Draft
from mediation_desk.domain.lifecycle import StepName, missing_for
from mediation_desk.domain.problems import DeskError, Problem, Severity
from mediation_desk.domain.record import Record
from mediation_desk.ui import theme
from mediation_desk.ui.advice import sentence
from mediation_desk.ui.by_itself import by_itself
from mediation_desk.ui.clock_band import ask_if_doubtful
from mediation_desk.ui.editors import ChoiceEditor
from mediation_desk.ui.fields import FieldBox, around
from mediation_desk.ui.pages.drafted_page import DraftedPage
from mediation_desk.ui.record_form import RecordForm
from mediation_desk.ui.stepping import ByLetter
from mediation_desk.ui.tabbing import chain, step, tab_stops
from mediation_desk.ui.title_hint import TitleHint
from mediation_desk.ui.widgets import (
    EDGE,
    button,
    column,
    framed,
    look,
    row,
    scrolled,
    words,
)
from mediation_desk.ui.workplace import Workplace, today
from mediation_desk.words import tr

_REVIEW_PAUSE_MS = 500
_ENTER = frozenset((Qt.Key.Key_Return, Qt.Key.Key_Enter))
# Kept free above and below the line that is written.
_AROUND = 40
# On a page lower than this the hint beside the title has one line, or no field would be in sight.
_LOW = 320


class FormPage(DraftedPage):
    """Makes a case file out of what is typed and keeps it; subclasses say how."""

    saved = Signal(object)

    def __init__(self, workplace: Workplace, before: CaseFile | None, title: str, sub: str) -> None:
        super().__init__(workplace, before, title)
        # What belongs to the same act but hangs on no dispute.
        self.further: tuple[Record, ...] = ()
        # The form to go on with once this one is saved.
        self.then = ""
        self._stopped_at = ""
        self._tried = False
        self._writing: QWidget | None = None
        self._title = words(title, "title")
        self._hint = TitleHint(sub, self.kept_words)
        self.save_button = button(tr("保存 (&S)"), self.save, "primary", keys="Ctrl+S")
        self.leave_button = button(tr("取消"), self.leave, keys="Esc")
        self._told = words("", "strong", wrap=True)
        self._banner = framed(column(self._told), "bad", margins=14)
        self._banner.hide()
        self._cards = QVBoxLayout()
        self._cards.setContentsMargins(0, 0, 8, 8)
        self._cards.setSpacing(12)
        acts = (self.leave_button, self.save_button)
        self._head = head = row(self._title, 4, self._hint, *acts)
        head.setStretch(2, 1)
        self.view = scrolled(self._cards, EDGE)
        self.view.verticalScrollBar().rangeChanged.connect(self._grown)
        banner = row(self._banner)
        banner.setContentsMargins(0, 0, EDGE, 0)
        page = column(head, banner, gap=12)
        page.addWidget(self.view, 1)
        head.setContentsMargins(0, 0, EDGE, 0)
        page.setContentsMargins(EDGE, 14, 0, 10)
        self.setLayout(page)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_REVIEW_PAUSE_MS)
        self._pause.timeout.connect(self._review)
        # Parts find their places one turn of the event loop after one of them has grown.
        self._follow = QTimer(self)
        self._follow.setSingleShot(True)
        self._follow.timeout.connect(self._keep_in_view)

    # What a form adds

    def after(self) -> CaseFile:
        """The case file with what was typed; raises `DeskError` if a step is not possible."""
        raise NotImplementedError

    def add_card(self, *parts: QWidget | QLayout, gap: int = 10) -> QWidget:
        """Add a card of parts below those before."""
        card = framed(column(*parts, gap=gap))
        self._cards.addWidget(card)
        return card

    def add_part(self, part: QWidget) -> None:
        """Add something that is a card of its own below those before."""
        self._cards.addWidget(part)

    def end_cards(self) -> None:
        """Let the cards stand at the top."""
        self._cards.addStretch(1)
        self.order_tabs()

    def stops(self) -> list[QWidget]:
        """Where Tab goes: through the cards as they are read, then to saving and giving up."""
        return [*tab_stops(self._cards), self.save_button, self.leave_button]

    def order_tabs(self) -> None:
        """Tell Qt where Tab goes, for whoever comes from outside."""
        chain(self.stops())

    def focus_first(self) -> None:
        """Put the cursor where writing begins."""
        self._to(next(iter(self.forms.values())).first_box())

    def note(self, sentence: str) -> None:
        """Say something good above the form until it is saved."""
        look(self._banner, "good")
        self._told.setText(sentence)
        self._banner.show()

    def take_up(self, draft: Draft) -> bool:
        """Go on with what was typed before, and say so."""
        changed = super().take_up(draft)
        self._stopped_at = draft.stopped_at
        # Parts that the draft has added are shown one turn of the event loop later.
        QTimer.singleShot(0, self._go_on)
        if missing := self._missing():
            told = tr("写好的内容都在下面，可以抄到别处；用不着了就点“取消”，再选“丢弃”。")
            self.warn(tr("现在不能办这一步：{missing}").format(missing=missing) + told)
        elif changed:
            self.warn(tr("写草稿以后，这件纠纷又有改动。您写的内容已放回，请核对后再保存。"))
        else:
            self.note(tr("上次没写完的内容已放回，请接着写。"))
        return changed

    def _missing(self) -> str:
        """Why the dispute's state no longer allows the step of this form; empty if it does."""
        name = self.place.partition(":")[0]
        if self.before is not None and self.before.dispute.void_reason:
            return tr("纠纷已经作废。")
        if self.before is None or name not in {step.value for step in StepName}:
            return ""
        # A record that is corrected was written when the step was allowed.
        return "" if ":" in self.place else missing_for(StepName.of(name), self.before.dispute)

    def _go_on(self) -> None:
        """Put the cursor where writing stopped."""
        boxes = self.findChildren(FieldBox)
        last = next((box for box in boxes if box.label.strip() == self._stopped_at), None)
        if last is not None and last.isVisible():
            self._to(last)

    def warn(self, sentence: str) -> None:
        """Say above the form what is to be minded until it is saved."""
        look(self._banner, "warn")
        self._told.setText(sentence)
        self._banner.show()

    # What all forms do

    def watch(self, record_id: str, form: RecordForm, part: str = "") -> None:  # type: ignore[type-arg]
        super().watch(record_id, form, part)
        for box in form.boxes.values():
            if isinstance(box.editor, ChoiceEditor):
                ByLetter(box.editor)

    def _changed(self) -> None:
        super()._changed()
        self._pause.start()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._hint.fold(low=event.size().height() < theme.wide(_LOW))

    def _grown(self, _first: int, _last: int) -> None:
        self._follow.start(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter in a field of one line goes on to the next, as the pen does on paper."""
        writing = QApplication.focusWidget()
        if event.key() not in _ENTER or writing is None or not self.view.isAncestorOf(writing):
            super().keyPressEvent(event)
            return
        # Enter on a button would press it, which nobody wants who only goes on writing.
        stops = self.stops()
        fields = [at for at in stops if at is self.save_button or not isinstance(at, QPushButton)]
        step(fields, following=True)
        self._keep_in_view()

    def focusNextPrevChild(self, following: bool) -> bool:  # noqa: FBT001 - Qt's own signature
        """Let Tab go by the stops, and at their ends out of the form."""
        if not step(self.stops(), following=following):
            return super().focusNextPrevChild(following)
        self._keep_in_view()
        return True

    def _keep_in_view(self) -> None:
        """Scroll to what is being written, which the growing form has pushed away."""
        writing, inner = QApplication.focusWidget(), self.view.widget()
        if writing is None or inner is None or not inner.isAncestorOf(writing):
            return
        bar, room = self.view.verticalScrollBar(), self.view.viewport().height()
        box = around(writing)
        # What is wrong or doubtful is read together with what is written.
        told = box is not None and bool(box.finding) and box.height() <= room
        part = box if box is not None and told else writing
        end = part.rect().bottomLeft()
        if isinstance(part, QPlainTextEdit):
            # Of a paper for long text the line that is written is enough.
            end = part.viewport().mapTo(part, part.cursorRect().bottomLeft())
        place = part.mapTo(inner, end)
        if place.y() <= room:
            # What stands on the first page is shown with the heads and notes above it.
            bar.setValue(bar.minimum())
        elif isinstance(part, QPlainTextEdit):
            self.view.ensureVisible(place.x(), place.y(), 0, _AROUND)
        else:
            self.view.ensureWidgetVisible(part, 0, 0 if told else _AROUND)

    def _understood(self) -> bool:
        """Whether every text is understood and filled; else the first box gets the cursor."""
        boxes = [box for form in self.forms.values() if (box := form.unclear())]
        if boxes:
            self._to(boxes[0])
        return not boxes

    def _to(self, box: FieldBox) -> None:
        self.view.ensureWidgetVisible(box)
        box.editor.setFocus()
        if box.finding:
            # What is told of it takes room only later.
            self._follow.start(0)

    def _form_of(self, case: CaseFile, field: str) -> tuple[str, str]:
        """Record id and field name of a finding's place, such as `parties.0.phone`."""
        parts = field.split(".")
        if len(parts) == 1:
            return case.dispute.id, field
        if parts[0] == "agreement":
            return (case.agreement.id if case.agreement else ""), parts[1]
        records = getattr(case, parts[0])
        return records[int(parts[1])].id, parts[2] if len(parts) > 2 else ""

    def _place(self, case: CaseFile, problem: Problem) -> tuple[RecordForm | None, str]:  # type: ignore[type-arg]
        """The form and the field that a finding is about."""
        record_id, name = self._form_of(case, problem.field)
        return self.forms.get(record_id), name

    def _show(self, case: CaseFile, problems: list[Problem]) -> list[FieldBox | str]:
        """Show findings beside their fields; the errors' boxes, or their words without a box."""
        errors: list[FieldBox | str] = []
        for problem in problems:
            form, name = self._place(case, problem)
            said = sentence(problem, case)
            box = form.tell(name, said, problem.severity) if form else None
            if problem.severity is Severity.ERROR:
                errors.append(box or said)
        return errors

    def _written(self, case: CaseFile, problem: Problem) -> bool:
        """Whether a finding is about a box that the user has filled already."""
        form, name = self._place(case, problem)
        box = form.boxes.get(name) if form else None
        return box is not None and box.touched

    @by_itself
    def _review(self) -> None:
        """Say while typing what is doubtful, and after a first try also what is wrong."""
        if not all(form.whole() for form in self.forms.values()):
            return
        try:
            case = self.after()
        except DeskError:
            # Half-filled forms are no case file yet; saving says what is missing.
            return
        for form in self.forms.values():
            form.hush()
        unclear = [form.unclear() for form in self.forms.values()] if self._tried else []
        found = self._found(case)
        if self._tried:
            loose = any(box.finding for box in self._loose.values())
            if not loose and not any(unclear) and not any(map(self._counts, found)):
                # What was asked for stands there now.
                self._tell("")
            told = [entry for entry in found if self._counts(entry) or self._doubt(entry)]
        else:
            told = [entry for entry in found if self._doubt(entry) and self._written(case, entry)]
        self._show(case, told)

    def _found(self, case: CaseFile) -> list[Problem]:
        """What is wrong with what `after` made."""
        return recording.case_findings(self.workplace.register, case, today())

    @staticmethod
    def _doubt(problem: Problem) -> bool:
        return problem.severity is not Severity.ERROR

    def _tell(self, sentence: str) -> None:
        look(self._banner, "bad")
        self._told.setText(sentence)
        self._banner.setVisible(bool(sentence))

    def save(self) -> None:
        """Check what was typed and keep it."""
        # What an input method still composes belongs to the text.
        QGuiApplication.inputMethod().commit()
        self._tried = True
        self._tell("")
        for form in self.forms.values():
            form.hush()
        if not self._understood():
            self._tell(tr("还有没填好的项目，已用红字标出。请补齐后再保存。"))
            return
        try:
            case = self.after()
        except DeskError as error:
            self._tell(str(error))
            return
        found = self._found(case)
        wrong = [problem for problem in found if self._counts(problem)]
        if wrong:
            places = self._show(case, wrong)
            boxes = [place for place in places if isinstance(place, FieldBox)]
            if boxes:
                self._to(boxes[0])
            loose = [place for place in places if isinstance(place, str)]
            told = tr("还有 {count} 处要改，已在旁边标出。").format(count=len(wrong))
            self._tell("\n".join(loose) or told)
            return
        # The forms of the short ledgers make no case file, and so nothing that is numbered.
        unnumbered = isinstance(case, CaseFile) and case.dispute.number == recording.NOT_NUMBERED
        if self.before is None and unnumbered:
            keep, register = partial(self._keep, case), self.workplace.register
            ask_if_doubtful(self, register, tr("照样保存"), keep)
        else:
            self._keep(case)

    def _counts(self, problem: Problem) -> bool:
        """Whether a finding keeps the file from being kept; the number is given on keeping."""
        new = self.before is None
        return problem.severity is Severity.ERROR and not (new and problem.field == "number")

    def _keep(self, case: CaseFile) -> None:
        self._hold(held=True)
        save = partial(
            recording.keep_case,
            self.workplace.register,
            self.before,
            case,
            self.workplace.actor,
            self.reason,
            today(),
            self.further,
            self.drafting.id,
        )
        self.workplace.jobs.run(
            self.drafting.around(save),
            owner=self,
            done=self._kept,
            failed=self._refused,
            words=tr("正在保存…"),
        )

    def _kept(self, case: CaseFile) -> None:
        self.touched = False
        self.saved.emit(case)

    def _hold(self, *, held: bool) -> None:
        """Close the form while it is being saved: letters typed meanwhile would be lost."""
        if held:
            self._writing = QApplication.focusWidget()
            # Else a disabled part hands the cursor to any button beside it.
            self.setFocus()
        for part in (self.view, self.save_button, self.leave_button):
            part.setEnabled(not held)
        if not held and self._writing is not None and isValid(self._writing):
            self._writing.setFocus()

    def _refused(self, error: DeskError) -> None:
        self._hold(held=False)
        self._tell(str(error))
