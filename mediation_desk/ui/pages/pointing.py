"""The very field in which something is mended: named behind a form's name, found in its form."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mediation_desk.ui.pages.form_page import FormPage

# Between the name of a form and the field in it, and between a record and its field.
MARK, _OF = "#", "/"


def pointed(name: str, record_id: str, field: str) -> str:
    """The name of a form with a field of a record in it, such as `edit#3f…/facts`."""
    return f"{name}{MARK}{record_id}{_OF}{field}"


def point_to(form: "FormPage", place: str) -> None:
    """Put the cursor into the field at `place`; a form without it stays at its beginning."""
    record_id, _, field = place.partition(_OF)
    part = form.forms.get(record_id)
    box = part.boxes.get(field) if part is not None else None
    if box is not None:
        form.view.ensureWidgetVisible(box)
        box.editor.setFocus()
