"""The full form into which an oral settlement turns that is better written down."""

from functools import partial

from mediation_desk.domain.casefile import CaseFile
from mediation_desk.domain.problems import DeskError
from mediation_desk.ui.pages.case_form import CaseForm
from mediation_desk.ui.pages.dispute_forms import AGREEMENT
from mediation_desk.ui.workplace import Workplace
from mediation_desk.words import tr


class WrittenForm(CaseForm):
    """Registers what was typed on the short screen; the written agreement comes next.

    The draft of the short screen stays until this form is saved: it holds the agreement's text.
    """

    def __init__(self, workplace: Workplace, case: CaseFile, draft_id: str) -> None:
        super().__init__(workplace, case, new=True)
        self._draft_before = draft_id
        self.place = "register"
        self.touched = True
        if case.dispute.people != len(case.parties):
            self.dispute.boxes["people"].show_value(case.dispute.people)
        if case.agreement is not None:
            self.note(tr("写过的内容都带过来了。保存后接着核对书面协议，补填签名和盖章日期。"))
        else:
            self.note(tr("写过的内容都带过来了。保存后再记调解经过和书面协议。"))

    def after(self) -> CaseFile:
        case = super().after()
        if case.agreement is not None:
            self.then = AGREEMENT
        return case

    def _kept(self, case: CaseFile) -> None:
        work = partial(self.workplace.register.drop_draft, self._draft_before)
        jobs = self.workplace.jobs
        jobs.run_beside(work, owner=jobs, done=_dropped, failed=_left)
        super()._kept(case)


def _dropped(_nothing: object) -> None:
    """The draft is in the register no more."""


def _left(_error: DeskError) -> None:
    """The draft is still offered; giving it up there harms nothing that was saved."""
