"""The common part of forms about one record of a file: a new one, or one to correct or void."""

from collections.abc import Mapping
from typing import Any

from mediation_desk.domain.casefile import CaseFile
from mediation_desk.ui.pages.step_forms import StepForm
from mediation_desk.ui.pages.striking import Striking
from mediation_desk.ui.widgets import look
from mediation_desk.ui.workplace import Workplace
from mediation_desk.words import tr


class PartForm(StepForm):
    """Writes one record that hangs on a dispute; subclasses say which and how."""

    def __init__(self, workplace: Workplace, case: CaseFile, title: str, about: str) -> None:
        super().__init__(workplace, case, title, about)
        self.striking = Striking()
        self.striking.changed.connect(self._struck)

    def written(self) -> CaseFile:
        """The file with the record as typed."""
        raise NotImplementedError

    def without(self) -> CaseFile:
        """The file without the record."""
        raise NotImplementedError

    def offer_striking(self) -> None:
        """Add the way to void the record."""
        self.watch_box("striking", self.striking.why)
        self.add_card(self.striking)

    def tell_gone(self) -> None:
        """Say that the record was voided meanwhile, as a draft taken up again may find."""
        self.save_button.setEnabled(False)
        self.save_button.setToolTip(tr("这条记录已经作废，不能再改。写好的内容可以抄到别处。"))

    def typed(self) -> dict[str, Any]:
        return super().typed() | {"void": self.striking.wanted}

    def retype(self, typed: Mapping[str, Any]) -> None:
        super().retype(typed)
        self.striking.show_wanted(bool(typed.get("void")))
        self._struck()

    def _struck(self) -> None:
        wanted = self.striking.wanted
        self.save_button.setText(tr("作废 (&S)") if wanted else tr("保存 (&S)"))
        look(self.save_button, "danger" if wanted else "primary")
        self._changed()

    def _understood(self) -> bool:
        if not self.striking.wanted:
            return super()._understood()
        # What is voided need not be filled well.
        if self.striking.complete():
            return True
        self._to(self.striking.why)
        return False

    def after(self) -> CaseFile:
        if not self.striking.wanted:
            self.reason = self.heading
            return self.written()
        self.reason = tr("作废：{reason}").format(reason=self.striking.reason())
        return self.without()
