"""The page of disputes: browsing, and the forms that take its place while something is written."""

from functools import partial
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mediation_desk.domain.casefile import CaseFile
from mediation_desk.domain.codes import SessionResult
from mediation_desk.domain.drafts import Draft
from mediation_desk.domain.finding import Wanted
from mediation_desk.domain.lifecycle import StepName
from mediation_desk.domain.numbering import case_number
from mediation_desk.domain.organisation import Unit
from mediation_desk.domain.prevention import Finding
from mediation_desk.domain.problems import DeskError
from mediation_desk.ui import messages
from mediation_desk.ui.going import Go
from mediation_desk.ui.lost_draft import show_lost
from mediation_desk.ui.pages.browse import Behind, Browse
from mediation_desk.ui.pages.case_actions import HISTORY
from mediation_desk.ui.pages.dispute_forms import DRAFT, form_for
from mediation_desk.ui.pages.pointing import MARK, point_to
from mediation_desk.ui.reading import may_write
from mediation_desk.ui.room import Turns
from mediation_desk.ui.saved_note import SavedNote
from mediation_desk.ui.widgets import look
from mediation_desk.ui.workplace import Workplace, today
from mediation_desk.words import tr

if TYPE_CHECKING:
    from mediation_desk.ui.pages.form_page import FormPage
    from mediation_desk.ui.pages.history_page import HistoryPage


class DisputesPage(QWidget):
    """Browses disputes; a form lies over the list until it is saved or given up."""

    def __init__(self, workplace: Workplace) -> None:
        super().__init__()
        look(self, "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._workplace = workplace
        self.browse = Browse(workplace)
        self.form: FormPage | None = None
        self.history: HistoryPage | None = None
        self._stack = Turns()
        self._stack.addWidget(self.browse)
        self._note = SavedNote()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._note)
        whole.addWidget(self._stack)
        self.setFocusProxy(self.browse.search)
        self.browse.register_wanted.connect(self.register)
        self.browse.step_wanted.connect(self.step)
        # Ctrl+K is the same on the first page.
        keys = QShortcut(QKeySequence("Ctrl+K"), self)
        keys.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        keys.activated.connect(self.quick)

    def refresh(self) -> None:
        """Read the register again."""
        self.browse.refresh()

    @property
    def unsaved(self) -> bool:
        """Whether a form holds something that is not even safe as a draft."""
        return self.form is not None and self.form.unsaved

    def show_behind(self, behind: Behind) -> None:
        """List the cases behind a number, unless something written would be covered by it."""
        if self.form is not None and self.form.touched:
            told = self.form.standing_words()
            messages.tell(self, told, tr("请先保存或取消，再点数字看它后面的纠纷。"))
            return
        self.close_form()
        self.browse.show_behind(behind)

    def arrive(self, go: Go) -> None:
        """Take up what another page sent somebody here for."""
        if go.verb == "behind":
            self.show_behind(cast(Behind, go.what))
            return
        if go.verb == "draft" and self._writes(cast(Draft, go.what)):
            return
        if self.form is not None and self.form.touched:
            told = self.form.standing_words()
            messages.tell(self, told, tr("请先保存或取消，再去办别的事。"))
            return
        self.close_form()
        self._go_to(go)

    def _go_to(self, go: Go) -> None:
        """Open what is asked for; nothing lies over the list any more."""
        if go.verb == "draft":
            self._take_up(cast(Draft, go.what))
        elif go.verb == "register":
            self.register()
        elif go.verb == "quick":
            self.quick()
        elif go.verb == "from_finding":
            self.register_finding(cast(Finding, go.what))
        elif go.verb == "find":
            self.browse.show_wanted(cast(Wanted, go.what))
        else:
            self.browse.show_case(go.about)
            if go.verb == "step":
                self.step(str(go.what))
            elif go.verb == "inspect":
                self.browse.card.show_inspection()

    def _writes(self, draft: Draft) -> bool:
        """Whether this draft is being written already."""
        return self.form is not None and self.form.drafting.id == draft.id

    def _take_up(self, draft: Draft) -> None:
        """Open the form of a draft again, with everything that was typed."""
        if not may_write(self, self._workplace):
            return
        # Forms are loaded when first wanted, the list shows without them.
        from mediation_desk.ui.drafting import lost  # noqa: PLC0415

        case = self._workplace.register.case(draft.about) if draft.about else None
        if case is not None and not lost(draft, {entry.id for entry in case.records()}):
            self.browse.show_case(draft.about)
            self._open(form_for(draft.place, self._workplace, case))
        elif not draft.about:
            self._begin_new(draft.place)
        else:
            self._show_lost(draft)
        if self.form is not None:
            self.form.take_up(draft)

    def _show_lost(self, draft: Draft) -> None:
        """Show the words of a draft whose dispute or record is gone."""
        show_lost(self, self._workplace, draft, self._draft_dropped)

    def _draft_dropped(self, _nothing: object) -> None:
        self.browse.refresh()

    def _begin_new(self, place: str) -> None:
        """Begin a form about no dispute yet."""
        if place == "register":
            self.register()
        elif place == "quick":
            self.quick()

    def register(self) -> None:
        """Begin a new dispute, unless something is being written already."""
        if self.form is not None:
            return
        self._begin()

    def _begin(self, finding: Finding | None = None) -> None:
        """Open the form of a new dispute, filled with what is known out of a `finding`."""
        if not may_write(self, self._workplace):
            return
        # Forms are loaded when first wanted, the list shows without them.
        from mediation_desk.desk import recording  # noqa: PLC0415
        from mediation_desk.ui.pages.case_form import CaseForm  # noqa: PLC0415

        register, actor = self._workplace.register, self._workplace.actor
        try:
            if finding is None:
                case = recording.blank_case(register, today(), actor)
            else:
                case = recording.case_from_finding(register, finding, today(), actor)
        except DeskError as error:
            messages.fail(self, tr("现在不能登记纠纷。"), str(error))
            return
        form = CaseForm(self._workplace, case, new=True, finding=finding)
        form.place = "register"
        self._open(form)

    def quick(self) -> None:
        """Begin an oral settlement on one screen, unless something is being written already."""
        if self.form is not None or not may_write(self, self._workplace):
            return
        # Forms are loaded when first wanted, the list shows without them.
        from mediation_desk.ui.pages.quick_form import quick_form  # noqa: PLC0415

        try:
            form = quick_form(self._workplace)
        except DeskError as error:
            messages.fail(self, tr("现在不能登记纠纷。"), str(error))
            return
        form.in_writing_wanted.connect(self._turn_to_writing)
        self._open(form)

    def _turn_to_writing(self, wanted: object) -> None:
        """Go on in the full form with what was typed on the short screen."""
        # Loaded when first wanted, like all forms.
        from mediation_desk.ui.pages.written_form import WrittenForm  # noqa: PLC0415

        before = self.form
        if before is not None:
            case = cast(CaseFile, wanted)
            self.close_form()
            self._open(WrittenForm(self._workplace, case, before.drafting.id))

    def register_finding(self, finding: Finding) -> None:
        """Begin a new dispute out of what a screening round found, or show the one there is."""
        if finding.dispute_id:
            self.browse.show_case(finding.dispute_id)
        else:
            self._begin(finding)

    def step(self, name: str) -> None:
        """Begin a step of the dispute shown; `name` is one of the forms about a dispute.

        A field named behind it gets the cursor.
        """
        name, _, field = name.partition(MARK)
        kind, _, part = name.partition(":")
        case = self.browse.card.case
        if case is not None and name == HISTORY:
            self._show_history(case)
        elif case is not None and kind == DRAFT:
            drafts = self._workplace.register.drafts()
            self._take_up(next(entry for entry in drafts if entry.id == part))
        elif case is not None and may_write(self, self._workplace):
            form = form_for(name, self._workplace, case)
            self._open(form)
            if field:
                # Later, when the parts of the form have found their places.
                QTimer.singleShot(0, form, partial(point_to, form, field))

    def _show_history(self, case: CaseFile) -> None:
        # Few disputes have their history looked at.
        from mediation_desk.ui.pages.history_page import HistoryPage  # noqa: PLC0415

        self.close_form()
        self.history = HistoryPage(self._workplace, case)
        self.history.given_up.connect(self.close_form)
        self.history.restored.connect(self._restored)
        self._stack.addWidget(self.history)
        self._stack.setCurrentWidget(self.history)
        self.history.focus_first()

    def _restored(self, case: object) -> None:
        self.browse.refresh()
        self.browse.show_case(cast(CaseFile, case).dispute.id)

    def _tell_kept(self, case: CaseFile, title: str, *, new: bool) -> None:
        """Say what was saved; of a new dispute the number it got."""
        if not new:
            self._note.tell(tr("“{title}”已保存。").format(title=title))
            return
        register = self._workplace.register
        unit = register.get("unit", case.dispute.unit_id)
        pattern = register.settings.numbering_pattern
        number = case_number(case.dispute, cast("Unit | None", unit), pattern)
        self._note.tell(tr("已保存，编号 {number}").format(number=number))

    def _open(self, form: "FormPage") -> None:
        self._note.hide()
        form.saved.connect(self._saved)
        form.given_up.connect(self.close_form)
        self.form = form
        self._stack.addWidget(form)
        self._stack.setCurrentWidget(form)
        form.focus_first()

    def close_form(self) -> None:
        """Back to the list."""
        over: tuple[QWidget | None, ...] = (self.form, self.history)
        self.form = self.history = None
        self._stack.setCurrentWidget(self.browse)
        for page in over:
            if page is not None:
                self._stack.removeWidget(page)
                page.deleteLater()

    def _saved(self, kept: object) -> None:
        case = cast(CaseFile, kept)
        before = self.form.before if self.form is not None else None
        then = self.form.then if self.form is not None else ""
        title = self.form.heading if self.form is not None else ""
        known = {entry.id for entry in before.sessions} if before is not None else set()
        new = [entry for entry in case.sessions if entry.id not in known]
        settled = any(entry.result is SessionResult.SETTLED for entry in new)
        self.close_form()
        if before is None:
            self.browse.look_up()
        else:
            self.browse.refresh()
        self.browse.show_case(case.dispute.id)
        if not then:
            self._tell_kept(case, title, new=before is None)
        if then:
            self.step(then)
        elif settled and case.agreement is None:
            # A successful mediation is not settled until its agreement is written down.
            self.step(StepName.AGREE.value)
            if self.form is not None:
                self.form.note(tr("这次调解已保存，请写下协议。"))
