"""The common part of forms about one record of a file: a new one, or one to correct or void."""

from mediation_desk.domain.casefile import CaseFile
from mediation_desk.ui.editors import LineEditor
from mediation_desk.ui.fields import FieldBox
from mediation_desk.ui.pages.form_page import FormPage
from mediation_desk.ui.widgets import button, look, row, words
from mediation_desk.ui.workplace import Workplace
from mediation_desk.words import tr


class PartForm(FormPage):
    """Writes one record that hangs on a dispute; subclasses say which and how."""

    def __init__(
        self, workplace: Workplace, case: CaseFile, title: str, about: str, place: str
    ) -> None:
        super().__init__(workplace, case, title, about)
        self.case = case
        self.place = place
        self._title_words = title
        self.voiding = False
        self.why = FieldBox(
            tr("作废原因"), LineEditor(tr("如 重复登记、登错了纠纷")), required=True
        )
        self.why.changed.connect(self._changed)
        self.why.hide()
        self.void_button = button(tr("记错了，作废这条记录"), self.turn_voiding, "quiet")

    def written(self) -> CaseFile:
        """The file with the record as typed."""
        raise NotImplementedError

    def without(self) -> CaseFile:
        """The file without the record."""
        raise NotImplementedError

    def offer_voiding(self) -> None:
        """Add the way to strike the record out."""
        told = words(tr("作废后不再计数，修改记录里仍然查得到。"), "sub", wrap=True)
        line = row(told, self.void_button)
        line.setStretch(0, 1)
        self.add_card(line, self.why)

    def turn_voiding(self) -> None:
        """Begin to strike the record out, or do so no more."""
        self.voiding = not self.voiding
        self.why.setVisible(self.voiding)
        for form in self.forms.values():
            form.setEnabled(not self.voiding)
        keep = tr("记错了，作废这条记录")
        self.void_button.setText(tr("不作废了") if self.voiding else keep)
        self.save_button.setText(tr("作废 (&S)") if self.voiding else tr("保存 (&S)"))
        look(self.save_button, "danger" if self.voiding else "primary")
        if self.voiding:
            self._to(self.why)

    def _understood(self) -> bool:
        if not self.voiding:
            return super()._understood()
        if self.why.value():
            return True
        self.why.tell(tr("请写明原因。"))
        self._to(self.why)
        return False

    def after(self) -> CaseFile:
        if not self.voiding:
            self.reason = self._title_words
            return self.written()
        self.reason = tr("作废：{reason}").format(reason=self.why.value())
        return self.without()
