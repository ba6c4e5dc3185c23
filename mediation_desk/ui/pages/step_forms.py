"""What the forms of single steps have in common; the forms themselves are beside it by meaning."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from mediation_desk.domain.casefile import CaseFile
from mediation_desk.domain.cases import Dispute
from mediation_desk.ui.editors import PaperEditor
from mediation_desk.ui.fields import FieldBox
from mediation_desk.ui.pages.form_page import FormPage
from mediation_desk.ui.record_form import Place, RecordForm
from mediation_desk.ui.widgets import words
from mediation_desk.ui.workplace import Workplace
from mediation_desk.words import tr


class StepForm(FormPage):
    """A form about a dispute that is already in the register."""

    def __init__(self, workplace: Workplace, case: CaseFile, title: str, about: str) -> None:
        super().__init__(workplace, case, title, about)
        self.case = case

    def part(
        self, places: Sequence[Place], shown: Dispute, *, sentence: str = ""
    ) -> RecordForm[Dispute]:
        """A card with some fields of the dispute."""
        form: RecordForm[Dispute] = RecordForm(Dispute, places)
        form.show_record(shown)
        self.watch(self.case.dispute.id, form)
        parts: list[QWidget] = [words(sentence, "sub", wrap=True)] if sentence else []
        self.add_card(*parts, form)
        return form


class ReasonedForm(StepForm):
    """A form that wants a reason, mostly nothing else."""

    def __init__(self, workplace: Workplace, case: CaseFile, title: str, about: str) -> None:
        super().__init__(workplace, case, title, about)
        self.why = FieldBox(tr("原因"), PaperEditor(), required=True)
        self.watch_box("why", self.why)

    def focus_first(self) -> None:
        self._to(self.why)

    def _understood(self) -> bool:
        if self.why.value():
            return True
        self.why.tell(tr("请写明原因。"))
        self._to(self.why)
        return False
