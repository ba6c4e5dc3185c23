"""The forms about a dispute by name; a form's module is loaded when it is first wanted.

A name may go on with `:` and the id of the record that is to be corrected, as in `session:3f…`.
"""

import importlib
from typing import TYPE_CHECKING, cast

from mediation_desk.domain.casefile import CaseFile, title
from mediation_desk.domain.codes import SessionKind
from mediation_desk.domain.lifecycle import StepName
from mediation_desk.ui.workplace import Workplace

if TYPE_CHECKING:
    from mediation_desk.ui.pages.form_page import FormPage

EDIT = "edit"
PERFORM = "perform"
AGREEMENT = "agreement"
EXTEND = "extend"
INQUIRY = "inquiry"
REFERRAL = "referral"
ANSWER = "answer"
CONFIRM = "confirm"
RISK = "risk"
# The four of early warning; the first, third and fourth go on with `:` and the rule.
WARNING = "warning"
REPORT = "report"
DISPOSAL = "disposal"
INSTRUCTION = "instruction"
PREVENTION = "prevention"
ATTACHMENT = "attachment"
ENDING = "ending"
FILING = "filing"
RETURN = "return"
# The same, beginning with what the rules find.
RETURN_FINDINGS = "return:findings"
MEND = "mend"
HAND_OVER = "handover"
RENUMBER = "renumber"
# Goes on with `:` and the id of a draft about the dispute; it names the form itself.
DRAFT = "draft"

# The form in which each kind of session is written and corrected.
SESSION_FORMS = {
    SessionKind.MEDIATION: StepName.SESSION.value,
    SessionKind.INQUIRY: INQUIRY,
    SessionKind.VISIT: StepName.VISIT.value,
}
# Each maker takes the workplace, the case file, its title, and the id of the record to correct
# (empty for a new one).
_MAKERS = {
    EDIT: ("case_form", "edit_form"),
    PERFORM: ("performance_form", "performance_form"),
    AGREEMENT: ("agreement_form", "settle_form"),
    EXTEND: ("intake_forms", "extend_form"),
    INQUIRY: ("session_forms", "inquiry_form"),
    REFERRAL: ("referral_form", "referral_form"),
    ANSWER: ("referral_form", "answer_form"),
    CONFIRM: ("confirmation_form", "confirmation_form"),
    RISK: ("risk_form", "risk_form"),
    WARNING: ("warning_forms", "warning_form"),
    REPORT: ("report_form", "report_form"),
    DISPOSAL: ("warning_forms", "disposal_form"),
    INSTRUCTION: ("warning_forms", "instruction_form"),
    PREVENTION: ("prevention_form", "prevention_form"),
    ATTACHMENT: ("attachment_form", "attachment_form"),
    ENDING: ("ending_correction", "ending_form"),
    FILING: ("ending_correction", "filing_form"),
    RETURN: ("return_forms", "return_form"),
    MEND: ("return_forms", "mend_form"),
    HAND_OVER: ("hand_over_form", "hand_over_form"),
    RENUMBER: ("renumber_form", "renumber_form"),
    StepName.ACCEPT.value: ("intake_forms", "accept_form"),
    StepName.SESSION.value: ("session_forms", "session_form"),
    StepName.AGREE.value: ("agreement_form", "settle_form"),
    StepName.TERMINATE.value: ("ending_forms", "terminate_form"),
    StepName.REFUSE.value: ("ending_forms", "refuse_form"),
    StepName.TRANSFER.value: ("ending_forms", "transfer_form"),
    StepName.VISIT.value: ("session_forms", "visit_form"),
    StepName.ARCHIVE.value: ("filing_forms", "archive_form"),
    StepName.VOID.value: ("filing_forms", "void_form"),
    StepName.REOPEN.value: ("filing_forms", "reopen_form"),
}


def form_for(name: str, workplace: Workplace, case: CaseFile) -> "FormPage":
    """The form `name` about `case`; raises `KeyError` for a name that no form has."""
    kind, _, part = name.partition(":")
    module, maker = _MAKERS[kind]
    loaded = importlib.import_module(f"mediation_desk.ui.pages.{module}")
    about = title(case, workplace.register.types)
    form = cast("FormPage", getattr(loaded, maker)(workplace, case, about, part))
    form.place = name
    return form
