"""Correcting how and when a dispute ended, and how its file was put away."""

from dataclasses import replace

from mediation_desk.domain.casefile import CaseFile
from mediation_desk.domain.codes import Outcome, TerminationReason
from mediation_desk.ui.pages.form_page import FormPage
from mediation_desk.ui.pages.step_forms import StepForm
from mediation_desk.ui.record_form import Place
from mediation_desk.ui.workplace import Workplace
from mediation_desk.words import tr

_CLOSED = Place("closed_on", 4, required=True)
_REMEDIES = Place("remedies_told", 4)
_EXTENDED = Place("extended_to", 4, label=tr("调解期限延长至"))
_TERMINATED = (_CLOSED, Place("termination", 8, required=True), _REMEDIES)
_PLACES = {
    # The day of closing is that of the agreement, which has a form of its own.
    Outcome.SETTLED: (Place("performance", 4), Place("performed_on", 4), Place("satisfied", 4)),
    Outcome.FAILED: _TERMINATED,
    Outcome.TERMINATED: _TERMINATED,
    Outcome.NOT_ACCEPTED: (_CLOSED, Place("refusal", 8, required=True), _REMEDIES),
    Outcome.TRANSFERRED: (_CLOSED,),
}
_FILING = (
    Place("archived_on", 3, required=True, label=tr("立卷日期")),
    Place("retention", 3, required=True),
    Place("filed_by", 3),
    Place("reviewed_by", 3),
    Place("file_note", 12),
    Place("remark", 12),
)


class EndingForm(StepForm):
    """How the dispute ended, as it should have been noted."""

    def __init__(self, workplace: Workplace, case: CaseFile, about: str) -> None:
        super().__init__(workplace, case, tr("修改结案情况"), about)
        places = _PLACES[case.dispute.outcome] if case.dispute.outcome else ()
        self.dispute = self.part((*places, _EXTENDED), case.dispute)
        self.end_cards()

    def after(self) -> CaseFile:
        typed = self.dispute.record()
        if typed.termination is not None:
            failed = typed.termination is TerminationReason.NO_AGREEMENT
            typed = replace(typed, outcome=Outcome.FAILED if failed else Outcome.TERMINATED)
        return replace(self.case, dispute=typed)


class FilingForm(StepForm):
    """How the file was put away, as it should have been noted."""

    def __init__(self, workplace: Workplace, case: CaseFile, about: str) -> None:
        super().__init__(workplace, case, tr("修改归档情况"), about)
        self.dispute = self.part(_FILING, case.dispute)
        self.end_cards()

    def after(self) -> CaseFile:
        return replace(self.case, dispute=self.dispute.record())


def ending_form(place: Workplace, case: CaseFile, about: str, _part: str) -> FormPage:
    """The form to correct how a dispute ended."""
    return EndingForm(place, case, about)


def filing_form(place: Workplace, case: CaseFile, about: str, _part: str) -> FormPage:
    """The form to correct how a file was put away."""
    return FilingForm(place, case, about)
