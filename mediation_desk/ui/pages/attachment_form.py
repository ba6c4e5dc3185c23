"""Name and kind of a scan, and the way to void it."""

from dataclasses import replace
from typing import cast

from mediation_desk.domain.casefile import CaseFile
from mediation_desk.domain.handling import Attachment
from mediation_desk.ui.pages.form_page import FormPage
from mediation_desk.ui.pages.part_form import PartForm
from mediation_desk.ui.record_form import Place, RecordForm
from mediation_desk.ui.workplace import Workplace
from mediation_desk.words import tr

_PLACES = (
    Place("name", 6, required=True),
    Place("kind", 3, required=True),
    Place("taken_on", 3),
)


class AttachmentForm(PartForm):
    """Corrects what is noted of one scan; its content stays as it came."""

    def __init__(self, workplace: Workplace, case: CaseFile, about: str, shown: Attachment) -> None:
        title = tr("修改附件说明")
        super().__init__(workplace, case, title, about)
        self._shown = shown
        self.attachment: RecordForm[Attachment] = RecordForm(Attachment, _PLACES)
        self.attachment.show_record(shown)
        self.watch(shown.id, self.attachment)
        self.add_card(self.attachment)
        self.offer_striking()
        self.end_cards()

    def written(self) -> CaseFile:
        others = (entry for entry in self.case.attachments if entry.id != self._shown.id)
        return replace(self.case, attachments=(*others, self.attachment.record()))

    def without(self) -> CaseFile:
        others = tuple(entry for entry in self.case.attachments if entry.id != self._shown.id)
        return replace(self.case, attachments=others)


def attachment_form(place: Workplace, case: CaseFile, about: str, part: str) -> FormPage:
    """The form for the scan with the id `part`."""
    shown = cast(Attachment, place.register.get("attachment", part))
    form = AttachmentForm(place, case, about, shown)
    if shown.void_reason:
        form.tell_gone()
    return form
