"""The forms about a dispute by name; a form's module is loaded when it is first wanted.

A name may go on with `:` and the id of the record that is to be corrected, as in `session:3f…`.
"""

import importlib
from typing import TYPE_CHECKING, cast

from mediation_desk.domain.casefile import CaseFile, title
from mediation_desk.domain.lifecycle import StepName
from mediation_desk.ui.workplace import Workplace

if TYPE_CHECKING:
    from mediation_desk.ui.pages.form_page import FormPage

EDIT = "edit"
PERFORM = "perform"
AGREEMENT = "agreement"

# Each maker takes the workplace, the case file, its title, and the id of the record to correct
# (empty for a new one).
_MAKERS = {
    EDIT: ("case_form", "edit_form"),
    PERFORM: ("step_forms", "performance_form"),
    AGREEMENT: ("agreement_form", "settle_form"),
    StepName.ACCEPT.value: ("step_forms", "accept_form"),
    StepName.SESSION.value: ("step_forms", "session_form"),
    StepName.AGREE.value: ("agreement_form", "settle_form"),
    StepName.TERMINATE.value: ("step_forms", "terminate_form"),
    StepName.REFUSE.value: ("step_forms", "refuse_form"),
    StepName.TRANSFER.value: ("step_forms", "transfer_form"),
    StepName.VISIT.value: ("step_forms", "visit_form"),
    StepName.ARCHIVE.value: ("step_forms", "archive_form"),
    StepName.VOID.value: ("step_forms", "void_form"),
    StepName.REOPEN.value: ("step_forms", "reopen_form"),
}


def form_for(name: str, workplace: Workplace, case: CaseFile) -> "FormPage":
    """The form `name` about `case`; raises `KeyError` for a name that no form has."""
    kind, _, part = name.partition(":")
    module, maker = _MAKERS[kind]
    loaded = importlib.import_module(f"mediation_desk.ui.pages.{module}")
    about = title(case, workplace.register.types)
    return cast("FormPage", getattr(loaded, maker)(workplace, case, about, part))
