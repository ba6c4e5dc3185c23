"""The forms of the single steps of a dispute: session, end, visit, transfer, archive."""

from collections.abc import Sequence
from dataclasses import replace
from typing import cast

from PySide6.QtWidgets import QWidget

from mediation_desk.domain import lifecycle
from mediation_desk.domain.casefile import CaseFile
from mediation_desk.domain.cases import Dispute
from mediation_desk.domain.codes import (
    Direction,
    ReferralChannel,
    RefusalReason,
    SessionKind,
    TerminationReason,
)
from mediation_desk.domain.handling import MediationSession, Promise, Referral
from mediation_desk.domain.lifecycle import StepName
from mediation_desk.domain.problems import DeskError
from mediation_desk.domain.record import new_id
from mediation_desk.ui.editors import PaperEditor
from mediation_desk.ui.fields import FieldBox
from mediation_desk.ui.pages.case_form import mediator_choices
from mediation_desk.ui.pages.form_page import FormPage
from mediation_desk.ui.record_form import Place, RecordForm
from mediation_desk.ui.widgets import words
from mediation_desk.ui.workplace import Workplace, today
from mediation_desk.words import tr

_SESSION = (
    Place("kind", 3, required=True),
    Place("held_on", 3, required=True),
    Place("time", 2, hint=tr("如 上午9时")),
    Place("place", 4),
    Place("mediator_ids", 12),
    Place("participants", 6, hint=tr("当事人以外到场的人")),
    Place("asked", 3),
    Place("recorder", 3),
    Place("narrative", 12, required=True, hint=tr("各方说了什么，调解员怎样劝导，谈到哪一步")),
    Place("result", 4),
)
_VISIT = (
    Place("held_on", 3, required=True),
    Place("visit_form", 3),
    Place("recorder", 3, label=tr("回访人")),
    Place("narrative", 12, required=True, label=tr("回访情况"), hint=tr("履行、满意、有无反复")),
)
_REFERRAL = (
    Place("channel", 4, required=True),
    Place("body", 4, required=True),
    Place("letter_on", 4),
    Place("letter_number", 4),
    Place("answer_due_on", 4),
)


def _next_position(case: CaseFile) -> int:
    """The place of the next session among those of a dispute, which may be on one day."""
    return max((entry.position for entry in case.sessions), default=0) + 1


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


class SessionForm(StepForm):
    """One mediation or inquiry: a new one, or `shown` to be corrected."""

    def __init__(
        self,
        workplace: Workplace,
        case: CaseFile,
        about: str,
        shown: MediationSession | None = None,
    ) -> None:
        super().__init__(workplace, case, tr("修改调解记录") if shown else tr("记一次调解"), about)
        self._shown = shown
        kinds = (SessionKind.MEDIATION, SessionKind.INQUIRY)
        choices = {
            "kind": [(kind, tr(kind.label)) for kind in kinds],
            "mediator_ids": mediator_choices(workplace, case.dispute.mediator_ids),
        }
        self.session: RecordForm[MediationSession] = RecordForm(MediationSession, _SESSION, choices)
        blank = shown or MediationSession(
            id=new_id(),
            dispute_id=case.dispute.id,
            held_on=today(),
            position=_next_position(case),
            place=case.sessions[-1].place if case.sessions else "",
            mediator_ids=case.dispute.mediator_ids,
            recorder=workplace.actor,
        )
        self.session.show_record(blank)
        self.session.boxes["kind"].changed.connect(self._arrange)
        self.watch(blank.id, self.session)
        self.add_card(self.session)
        self.end_cards()
        self._arrange()

    def _arrange(self) -> None:
        inquiry = self.session.boxes["kind"].value() is SessionKind.INQUIRY
        self.session.show_only(("result",) if inquiry else ("asked",))

    def after(self) -> CaseFile:
        session = self.session.record()
        if session.kind is SessionKind.INQUIRY:
            session = replace(session, result=None)
        if self._shown is not None:
            others = (entry for entry in self.case.sessions if entry.id != session.id)
            return replace(self.case, sessions=(*others, session))
        dispute = lifecycle.with_session(self.case.dispute, session)
        return replace(self.case, dispute=dispute, sessions=(*self.case.sessions, session))


class VisitForm(StepForm):
    """A follow-up visit, with whether the parties are satisfied."""

    def __init__(self, workplace: Workplace, case: CaseFile, about: str) -> None:
        super().__init__(workplace, case, tr("回访"), about)
        self.session: RecordForm[MediationSession] = RecordForm(MediationSession, _VISIT)
        blank = MediationSession(
            id=new_id(),
            dispute_id=case.dispute.id,
            kind=SessionKind.VISIT,
            held_on=today(),
            position=_next_position(case),
            mediator_ids=case.dispute.mediator_ids,
            recorder=workplace.actor,
        )
        self.session.show_record(blank)
        self.watch(blank.id, self.session)
        self.add_card(self.session)
        self.dispute = self.part(
            (Place("satisfied", 3), Place("performance", 3), Place("performed_on", 3)), case.dispute
        )
        self.end_cards()

    def after(self) -> CaseFile:
        session = self.session.record()
        dispute = lifecycle.with_session(self.dispute.record(), session)
        return replace(self.case, dispute=dispute, sessions=(*self.case.sessions, session))


class AcceptForm(StepForm):
    """Taking a registered dispute in."""

    def __init__(self, workplace: Workplace, case: CaseFile, about: str) -> None:
        super().__init__(workplace, case, tr("受理"), about)
        shown = replace(case.dispute, intake_on=today())
        self.dispute = self.part((Place("intake_on", 4, required=True),), shown)
        self.end_cards()

    def after(self) -> CaseFile:
        day = self.dispute.record().intake_on or today()
        return replace(self.case, dispute=lifecycle.accept(self.case.dispute, day))


class EndForm(StepForm):
    """Ending without agreement, or not taking in."""

    def __init__(self, workplace: Workplace, case: CaseFile, about: str, step: StepName) -> None:
        title = tr("终止调解") if step is StepName.TERMINATE else tr("不予受理")
        super().__init__(workplace, case, title, about)
        self._step = step
        places = [Place("closed_on", 4, required=True)]
        if step is StepName.TERMINATE:
            places.append(Place("termination", 5, required=True))
        else:
            places.append(Place("refusal", 5, required=True))
        places.append(Place("remedies_told", 3))
        told = tr("请告知当事人可以依法通过仲裁、行政、司法等途径维护自己的权利。")
        shown = replace(case.dispute, closed_on=today())
        self.dispute = self.part(places, shown, sentence=told)
        self.end_cards()

    def after(self) -> CaseFile:
        typed = self.dispute.record()
        day, told = typed.closed_on or today(), typed.remedies_told
        if self._step is StepName.REFUSE:
            why = typed.refusal or RefusalReason.PARTY
            ended = lifecycle.refuse(self.case.dispute, day, why, remedies_told=told)
        else:
            reason = typed.termination or TerminationReason.NO_AGREEMENT
            ended = lifecycle.terminate(self.case.dispute, day, reason, remedies_told=told)
        return replace(self.case, dispute=ended)


class TransferForm(StepForm):
    """Handing a dispute over, with the letter that says to whom."""

    def __init__(self, workplace: Workplace, case: CaseFile, about: str) -> None:
        super().__init__(workplace, case, tr("转交"), about)
        shown = replace(case.dispute, closed_on=today())
        self.dispute = self.part((Place("closed_on", 4, required=True),), shown)
        self.referral: RecordForm[Referral] = RecordForm(Referral, _REFERRAL)
        blank = Referral(
            id=new_id(),
            dispute_id=case.dispute.id,
            direction=Direction.OUT,
            channel=ReferralChannel.OTHER,
            letter_on=today(),
        )
        self.referral.show_record(blank)
        self.watch(blank.id, self.referral)
        self.add_card(words(tr("转交给谁"), "heading"), self.referral)
        self.end_cards()

    def after(self) -> CaseFile:
        day = self.dispute.record().closed_on or today()
        ended = lifecycle.transfer(self.case.dispute, day)
        referrals = (*self.case.referrals, self.referral.record())
        return replace(self.case, dispute=ended, referrals=referrals)


class ArchiveForm(StepForm):
    """Putting the file away."""

    def __init__(self, workplace: Workplace, case: CaseFile, about: str) -> None:
        super().__init__(workplace, case, tr("归档"), about)
        shown = replace(case.dispute, archived_on=today())
        places = (Place("archived_on", 4, required=True), Place("retention", 4, required=True))
        self.dispute = self.part(places, shown)
        self.end_cards()

    def after(self) -> CaseFile:
        typed = self.dispute.record()
        if typed.retention is None:
            raise DeskError(tr("没有选择保管期限。请选择短期、长期或永久。"))
        day = typed.archived_on or today()
        return replace(
            self.case, dispute=lifecycle.archive(self.case.dispute, day, typed.retention)
        )


class PerformanceForm(StepForm):
    """Which terms of the agreement were kept, and when."""

    def __init__(self, workplace: Workplace, case: CaseFile, about: str) -> None:
        super().__init__(workplace, case, tr("登记履行"), about)
        self.promises: list[RecordForm[Promise]] = []
        for promise in case.promises:
            money = (Place("kept_fen", 4),) if promise.amount_fen else ()
            form: RecordForm[Promise] = RecordForm(Promise, (Place("kept_on", 4), *money))
            form.show_record(promise)
            self.watch(promise.id, form)
            self.promises.append(form)
            due = tr("期限 {day}").format(day=promise.due_on) if promise.due_on else ""
            self.add_card(words(promise.what, "strong", wrap=True), words(due, "sub"), form, gap=4)
        self.end_cards()

    def after(self) -> CaseFile:
        promises = tuple(form.record() for form in self.promises)
        dispute = lifecycle.with_performance(self.case.dispute, promises, today())
        return replace(self.case, dispute=dispute, promises=promises)


class ReasonForm(StepForm):
    """Steps that only want a reason: voiding and reopening."""

    def __init__(self, workplace: Workplace, case: CaseFile, about: str, step: StepName) -> None:
        super().__init__(workplace, case, tr(step.label), about)
        self._step = step
        void = tr("作废后编号仍保留，不再计入统计，记录仍可查看。")
        reopen = tr("重新办理后，原来的结果和协议作废，纠纷回到办理中。")
        said = void if step is StepName.VOID else reopen
        self.why = FieldBox(tr("原因"), PaperEditor(), required=True)
        self.why.changed.connect(self._changed)
        self.add_card(words(said, "sub", wrap=True), self.why)
        self.end_cards()
        if step is StepName.VOID:
            self.save_button.setText(tr("作废 (&S)"))

    def focus_first(self) -> None:
        self._to(self.why)

    def _understood(self) -> bool:
        if self.why.value():
            return True
        self.why.tell(tr("请写明原因。"))
        self._to(self.why)
        return False

    def after(self) -> CaseFile:
        reason = str(self.why.value())
        if self._step is StepName.VOID:
            return replace(self.case, dispute=lifecycle.void(self.case.dispute, reason))
        self.reason = tr("重新办理：{reason}").format(reason=reason)
        changed = lifecycle.reopen(self.case, reason)
        return replace(self.case, dispute=cast(Dispute, changed[0]), agreement=None, promises=())


def performance_form(place: Workplace, case: CaseFile, about: str, _part: str) -> FormPage:
    """The form for what was kept of the agreement."""
    return PerformanceForm(place, case, about)


def accept_form(place: Workplace, case: CaseFile, about: str, _part: str) -> FormPage:
    """The form for taking in."""
    return AcceptForm(place, case, about)


def session_form(place: Workplace, case: CaseFile, about: str, part: str) -> FormPage:
    """The form for a new session, or for the one with the id `part`."""
    shown = next((entry for entry in case.sessions if entry.id == part), None)
    return SessionForm(place, case, about, shown)


def terminate_form(place: Workplace, case: CaseFile, about: str, _part: str) -> FormPage:
    """The form for ending without agreement."""
    return EndForm(place, case, about, StepName.TERMINATE)


def refuse_form(place: Workplace, case: CaseFile, about: str, _part: str) -> FormPage:
    """The form for not taking in."""
    return EndForm(place, case, about, StepName.REFUSE)


def transfer_form(place: Workplace, case: CaseFile, about: str, _part: str) -> FormPage:
    """The form for handing over."""
    return TransferForm(place, case, about)


def visit_form(place: Workplace, case: CaseFile, about: str, _part: str) -> FormPage:
    """The form for a follow-up visit."""
    return VisitForm(place, case, about)


def archive_form(place: Workplace, case: CaseFile, about: str, _part: str) -> FormPage:
    """The form for putting the file away."""
    return ArchiveForm(place, case, about)


def void_form(place: Workplace, case: CaseFile, about: str, _part: str) -> FormPage:
    """The form for striking a dispute out."""
    return ReasonForm(place, case, about, StepName.VOID)


def reopen_form(place: Workplace, case: CaseFile, about: str, _part: str) -> FormPage:
    """The form for taking a closed dispute up again."""
    return ReasonForm(place, case, about, StepName.REOPEN)
