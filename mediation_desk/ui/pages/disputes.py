"""The page of disputes: browsing, and the forms that take its place while something is written."""

from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from mediation_desk.domain.casefile import CaseFile
from mediation_desk.domain.codes import SessionResult
from mediation_desk.domain.lifecycle import StepName
from mediation_desk.domain.problems import DeskError
from mediation_desk.ui import messages
from mediation_desk.ui.going import Go
from mediation_desk.ui.pages.browse import Behind, Browse
from mediation_desk.ui.widgets import look
from mediation_desk.ui.workplace import Workplace, today
from mediation_desk.words import tr


class DisputesPage(QWidget):
    """Browses disputes; a form lies over the list until it is saved or given up."""

    def __init__(self, workplace: Workplace) -> None:
        super().__init__()
        look(self, "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._workplace = workplace
        self.browse = Browse(workplace)
        self.form: QWidget | None = None
        self._stack = QStackedWidget()
        self._stack.addWidget(self.browse)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._stack)
        self.setFocusProxy(self.browse.search)
        self.browse.register_wanted.connect(self.register)
        self.browse.step_wanted.connect(self.step)

    def refresh(self) -> None:
        """Read the register again."""
        self.browse.refresh()

    @property
    def unsaved(self) -> bool:
        """Whether a form holds something that was not saved."""
        return bool(self.form is not None and getattr(self.form, "touched", False))

    def show_behind(self, behind: Behind) -> None:
        """List the cases behind a number, unless something written would be covered by it."""
        if self.unsaved:
            told = tr("正在写的内容还没有保存。")
            messages.tell(self, told, tr("请先保存或取消，再点数字看它后面的纠纷。"))
            return
        self.close_form()
        self.browse.show_behind(behind)

    def arrive(self, go: Go) -> None:
        """Take up what another page sent somebody here for."""
        if go.verb == "behind":
            self.show_behind(cast(Behind, go.what))
            return
        if self.form is not None:
            told = tr("正在写的内容还没有保存。")
            messages.tell(self, told, tr("请先保存或取消，再去办别的事。"))
            return
        if go.verb == "register":
            self.register()
            return
        self.browse.show_case(go.about)
        if go.verb == "step":
            self.step(str(go.what))

    def register(self) -> None:
        """Begin a new dispute, unless something is being written already."""
        if self.form is not None:
            return
        # Forms are loaded when first wanted, the list shows without them.
        from mediation_desk.desk import recording  # noqa: PLC0415
        from mediation_desk.ui.pages.case_form import CaseForm  # noqa: PLC0415

        try:
            case = recording.blank_case(self._workplace.register, today(), self._workplace.actor)
        except DeskError as error:
            messages.tell(self, tr("现在不能登记纠纷。"), str(error))
            return
        form = CaseForm(self._workplace, case, new=True)
        self._open(form)

    def step(self, name: str) -> None:
        """Begin a step of the dispute shown; `name` is one of the forms about a dispute."""
        # Forms are loaded when first wanted, the list shows without them.
        from mediation_desk.ui.pages.dispute_forms import form_for  # noqa: PLC0415

        case = self.browse.card.case
        if case is not None:
            self._open(form_for(name, self._workplace, case))

    def _open(self, form: QWidget) -> None:
        form.saved.connect(self._saved)  # type: ignore[attr-defined]
        form.given_up.connect(self.close_form)  # type: ignore[attr-defined]
        self.form = form
        self._stack.addWidget(form)
        self._stack.setCurrentWidget(form)
        form.focus_first()  # type: ignore[attr-defined]

    def close_form(self) -> None:
        """Back to the list."""
        form, self.form = self.form, None
        if form is not None:
            self._stack.setCurrentWidget(self.browse)
            self._stack.removeWidget(form)
            form.deleteLater()

    def _saved(self, kept: object) -> None:
        case = cast(CaseFile, kept)
        before = getattr(self.form, "before", None)
        known = {entry.id for entry in before.sessions} if before is not None else set()
        new = [entry for entry in case.sessions if entry.id not in known]
        settled = any(entry.result is SessionResult.SETTLED for entry in new)
        self.close_form()
        if before is None:
            self.browse.look_up()
        else:
            self.browse.refresh()
        self.browse.show_case(case.dispute.id)
        if settled and case.agreement is None:
            # A successful mediation is not settled until its agreement is written down.
            self.step(StepName.AGREE.value)
            if self.form is not None:
                self.form.note(tr("这次调解已保存，请写下协议。"))  # type: ignore[attr-defined]
