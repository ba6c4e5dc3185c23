"""The very field in which a finding is mended: named behind a form's name, found in its form."""

from typing import TYPE_CHECKING

from mediation_desk.domain.casefile import CaseFile
from mediation_desk.domain.inspection.places import place_of
from mediation_desk.domain.problems import Problem
from mediation_desk.ui.pages.entry import ATTACHMENTS

if TYPE_CHECKING:
    from mediation_desk.ui.pages.form_page import FormPage

# Between the name of a form and the field in it, and between a record and its field.
MARK, _OF = "#", "/"


def pointed(name: str, problem: Problem, case: CaseFile) -> str:
    """The name of a form with the field that `problem` is about, such as `edit#3f…/facts`."""
    if name in {"", ATTACHMENTS}:
        return name
    record, field = place_of(case, problem.field)
    return f"{name}{MARK}{record.id}{_OF}{field}" if field else name


def point_to(form: "FormPage", place: str) -> None:
    """Put the cursor into the field at `place`; a form without it stays at its beginning."""
    record_id, _, field = place.partition(_OF)
    part = form.forms.get(record_id)
    box = part.boxes.get(field) if part is not None else None
    if box is not None:
        form.view.ensureWidgetVisible(box)
        box.editor.setFocus()
