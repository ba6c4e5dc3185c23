"""The page 排查普法: the short ledgers, and the forms that lie over them while one is written."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mediation_desk.desk import ledgers
from mediation_desk.domain.codes import LegalAidState
from mediation_desk.domain.drafts import Draft
from mediation_desk.domain.problems import DeskError
from mediation_desk.domain.record import Record
from mediation_desk.ui import messages
from mediation_desk.ui.going import Go
from mediation_desk.ui.lost_draft import show_lost
from mediation_desk.ui.pages.works_browse import WorksBrowse
from mediation_desk.ui.pages.works_card import HISTORY, STATE, VOID
from mediation_desk.ui.reading import may_write
from mediation_desk.ui.room import Turns
from mediation_desk.ui.widgets import look
from mediation_desk.ui.workplace import Workplace
from mediation_desk.words import tr

if TYPE_CHECKING:
    from mediation_desk.ui.pages.work_forms import WorkForm
    from mediation_desk.ui.pages.works_history import WorkHistory


class WorksPage(QWidget):
    """Shows the ledgers; a form lies over them until it is saved or given up."""

    going = Signal(object)

    def __init__(self, workplace: Workplace) -> None:
        super().__init__()
        look(self, "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._workplace = workplace
        self.browse = WorksBrowse(workplace)
        self.form: WorkForm | WorkHistory | None = None
        self._stack = Turns()
        self._stack.addWidget(self.browse)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._stack)
        self.setFocusProxy(self.browse)
        self.browse.new_wanted.connect(self.begin)
        self.browse.acted.connect(self.act)
        self.browse.going.connect(self.going)

    def refresh(self) -> None:
        """Read the register again, if anything was written since or another day has come."""
        if self.browse.stale:
            self.browse.look_up()

    @property
    def unsaved(self) -> bool:
        """Whether a form holds something that was not saved."""
        return self.form is not None and self.form.unsaved

    def arrive(self, go: Go) -> None:
        """Take up what another page sent somebody here for.

        The verb is a ledger's kind: without `about` a new record is begun (of the dispute whose id
        is `what`, if it is one), with it that record is shown. `draft` takes the draft `what` up.
        """
        if self._writes(go.what):
            return
        if getattr(self.form, "touched", False):
            # Only a form is ever touched.
            told = cast("WorkForm", self.form).standing_words()
            messages.tell(self, told, tr("请先保存或取消，再去办别的事。"))
            return
        self.close_form()
        if go.verb == "draft":
            self.take_up(cast(Draft, go.what))
        elif go.about:
            self._show(go.verb, go.about)
        elif go.verb == "warnings":
            self.browse.turn_to_warnings()
        elif go.verb in ledgers.DAYS:
            self.browse.turn_to(go.verb)
            self.begin(go.verb, go.what if isinstance(go.what, str) else "")

    def _writes(self, what: object) -> bool:
        """Whether the draft `what` is being written already."""
        drafting = getattr(self.form, "drafting", None)
        return isinstance(what, Draft) and drafting is not None and drafting.id == what.id

    def _show(self, kind: str, record_id: str) -> None:
        record = self._workplace.register.get(kind, record_id)
        if record is None:
            messages.tell(
                self,
                tr("这条记录已经不在登记簿里。"),
                tr("撤销接收时可能一起退回了。"),
            )
            return
        self.browse.show_record(record)

    # Forms

    def begin(self, kind: str, dispute_id: str = "") -> None:
        """Begin a new record of the ledger `kind`, of a dispute if its id is given."""
        # Forms are loaded when first wanted, the lists show without them.
        from mediation_desk.ui.pages.works_forms import blank_form  # noqa: PLC0415

        if self.form is not None or not may_write(self, self._workplace):
            return
        try:
            self._open(blank_form(self._workplace, kind, dispute_id))
        except DeskError as error:
            messages.fail(self, tr("现在不能登记。"), str(error))

    def act(self, act: str) -> None:
        """Correct the record shown, strike it out, or take its next step."""
        from mediation_desk.ui.pages import works_forms  # noqa: PLC0415 - as above

        record = self.browse.chosen
        if record is None or self.form is not None:
            return
        if act == HISTORY:
            self._open(works_forms.history_of(self._workplace, self.browse.ledger, record))
        elif not may_write(self, self._workplace):
            return
        elif act == VOID:
            self._open(works_forms.void_form(self._workplace, self.browse.ledger, record))
        elif act.startswith(STATE):
            state = LegalAidState.of(act.removeprefix(STATE))
            self._open(works_forms.step_form(self._workplace, record, state))
        else:
            self._open(works_forms.form_of(self._workplace, record))

    def take_up(self, draft: Draft) -> None:
        """Go on with what was typed before."""
        from mediation_desk.ui.pages import works_forms  # noqa: PLC0415 - as above

        if not may_write(self, self._workplace):
            return
        record = self._workplace.register.get(draft.place, draft.about) if draft.about else None
        if draft.about and record is None:
            if self._workplace.register.get("dispute", draft.about) is not None:
                # A prevention may be written in a dispute too, under the same name.
                self.going.emit(Go("disputes", "draft", what=draft))
                return
            show_lost(self, self._workplace, draft, self._draft_dropped)
            return
        self.browse.turn_to(draft.place)
        if record is None:
            form = works_forms.blank_form(self._workplace, draft.place)
        else:
            form = works_forms.form_of(self._workplace, record)
        self._open(form)
        form.take_up(draft)

    def _draft_dropped(self, _nothing: object) -> None:
        self.browse.look_up()

    def _open(self, form: "WorkForm | WorkHistory") -> None:
        form.saved.connect(self._saved)
        form.given_up.connect(self.close_form)
        self.form = form
        self._stack.addWidget(form)
        self._stack.setCurrentWidget(form)
        form.focus_first()

    def close_form(self) -> None:
        """Back to the ledgers."""
        form, self.form = self.form, None
        if form is not None:
            self._stack.setCurrentWidget(self.browse)
            self._stack.removeWidget(form)
            form.deleteLater()
            self.browse.list.focus().setFocus()

    def _saved(self, kept: object) -> None:
        from mediation_desk.ui.pages.works_forms import turned  # noqa: PLC0415 - as above

        records = cast(Sequence[Record], kept)
        finding = turned(self.form, records)
        self.close_form()
        self.browse.show_record(records[0])
        if finding is not None:
            self.going.emit(Go("disputes", "from_finding", what=finding))
