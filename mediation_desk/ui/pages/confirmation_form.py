"""Judicial confirmation of an agreement: applied for, confirmed or rejected by the court."""

from dataclasses import replace

from PySide6.QtWidgets import QWidget

from mediation_desk.desk import recording
from mediation_desk.domain import linking
from mediation_desk.domain.casefile import CaseFile
from mediation_desk.domain.cases import Dispute
from mediation_desk.domain.codes import Confirmation, Direction, ReferralChannel
from mediation_desk.domain.derived import confirmation_until
from mediation_desk.domain.handling import Referral
from mediation_desk.domain.limits import Limits
from mediation_desk.domain.record import new_id
from mediation_desk.ui.pages.form_page import FormPage
from mediation_desk.ui.pages.part_form import PartForm
from mediation_desk.ui.record_form import Place, RecordForm
from mediation_desk.ui.widgets import column, framed, words
from mediation_desk.ui.workplace import Workplace, today
from mediation_desk.words import tr

_NOT_CONFIRMABLE = "D13"
_STATES = (Confirmation.APPLIED, Confirmation.CONFIRMED, Confirmation.REJECTED)
_ASKED = (
    Place("body", 6, required=True, label=tr("受理申请的法院"), hint=tr("如 丰都县人民法院")),
    Place("letter_on", 3, required=True, label=tr("申请日期")),
    Place("answered_on", 4, label=tr("裁定日期")),
    Place("letter_number", 4, label=tr("裁定书文号")),
    Place("answer", 12, label=tr("法院的决定"), hint=tr("确认有效，或驳回的理由")),
)
_DECIDED = ("answered_on", "letter_number", "answer")
# 民事诉讼法 Art 205, 民诉法解释 Art 355 (domain.md §4.2).
_LAW = tr(
    "由双方当事人共同向法院申请，可以书面，也可以口头。法院不受理：不属于法院受理范围的；"
    "确认婚姻关系、亲子关系、收养关系的；物权、知识产权确权的；适用其他特别程序处理的。"
)


def _deadline(case: CaseFile, limits: Limits) -> str:
    """Until when the court can be asked, or what is missing before it can."""
    if missing := linking.why_not_confirm(case):
        return tr("现在还不能申请司法确认：{missing}").format(missing=missing)
    until = confirmation_until(case.agreement, limits) if case.agreement else None
    if until is None:
        return ""
    if linking.application(case) is not None:
        return tr("申请期限到 {day} 为止。").format(day=until)
    left = (until - today()).days
    if left < 0:
        return tr("申请期限到 {day} 为止，已经过了 {days} 天。").format(day=until, days=-left)
    return tr("申请期限到 {day} 为止，还有 {days} 天。").format(day=until, days=left)


class ConfirmationForm(PartForm):
    """One application to the court and how far it has come."""

    def __init__(self, workplace: Workplace, case: CaseFile, about: str) -> None:
        super().__init__(workplace, case, tr("司法确认"), about)
        asked = linking.application(case)
        self._shown = asked or Referral(
            id=new_id(),
            dispute_id=case.dispute.id,
            direction=Direction.OUT,
            channel=ReferralChannel.CONFIRMATION,
            letter_on=today(),
        )
        choices = {"confirmation": [(state, tr(state.label)) for state in _STATES]}
        self.state: RecordForm[Dispute] = RecordForm(
            Dispute, (Place("confirmation", 3, required=True, label=tr("进展")),), choices
        )
        known = case.dispute.confirmation in _STATES
        applied = replace(case.dispute, confirmation=Confirmation.APPLIED)
        self.state.show_record(case.dispute if known else applied)
        self.asked: RecordForm[Referral] = RecordForm(Referral, _ASKED)
        self.asked.show_record(self._shown)
        self.state.boxes["confirmation"].changed.connect(self._arrange)
        self.watch(self._shown.id, self.asked)
        self.watch(case.dispute.id, self.state)
        until = _deadline(case, workplace.register.limits)
        self.add_card(words(until, "strong", wrap=True), self.state, self.asked)
        self.add_card(*self._law())
        if asked is not None:
            self.offer_striking()
        self.end_cards()
        self._arrange()

    def _law(self) -> list[QWidget]:
        """How the court is asked, and what it does not confirm."""
        parts: list[QWidget] = []
        found = recording.case_findings(self.workplace.register, self.case, today())
        for problem in found:
            if problem.rule == _NOT_CONFIRMABLE:
                said = words(problem.message + problem.mend, wrap=True)
                parts.append(framed(column(said), "warn", margins=12))
        return [*parts, words(_LAW, "sub", wrap=True)]

    def _arrange(self) -> None:
        decided = self.state.boxes["confirmation"].value() is not Confirmation.APPLIED
        self.asked.show_only(() if decided else _DECIDED)
        self.asked.boxes["answered_on"].rename(tr("裁定日期"), required=decided)

    def written(self) -> CaseFile:
        state = self.state.record().confirmation
        return linking.confirm(self.case, self.asked.record(), state)

    def without(self) -> CaseFile:
        return linking.unconfirm(self.case, self._shown.id)


def confirmation_form(place: Workplace, case: CaseFile, about: str, _part: str) -> FormPage:
    """The form for judicial confirmation."""
    return ConfirmationForm(place, case, about)
