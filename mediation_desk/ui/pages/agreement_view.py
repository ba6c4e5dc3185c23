"""The tab of the agreement: its terms as promises with their state, the court's confirmation."""

from PySide6.QtCore import SignalInstance
from PySide6.QtWidgets import QFrame, QLayout, QWidget

from mediation_desk.domain import linking
from mediation_desk.domain.casefile import CaseFile
from mediation_desk.domain.cases import Dispute
from mediation_desk.domain.codes import AgreementForm, Confirmation
from mediation_desk.domain.derived import confirmation_until, effective_on
from mediation_desk.domain.fields import fields_by_name
from mediation_desk.domain.handling import Agreement, Promise
from mediation_desk.domain.lifecycle import StepName, missing_for
from mediation_desk.domain.limits import Limits
from mediation_desk.domain.money import yuan
from mediation_desk.ui.pages.case_parts import StepButton, of_record, page, pairs, shown
from mediation_desk.ui.pages.dispute_forms import AGREEMENT, CONFIRM, PERFORM
from mediation_desk.ui.theme import Tone
from mediation_desk.ui.widgets import Chip, column, framed, line, row, words
from mediation_desk.ui.workplace import today
from mediation_desk.words import tr

_NAMES = ("content", "manner", "amount_fen")
_SIGNED = (
    ("parties_signed_on", tr("当事人签名 {day}")),
    ("mediator_signed_on", tr("调解员签名 {day}")),
    ("sealed_on", tr("盖章 {day}")),
)
_COURT_TONES = {
    Confirmation.APPLIED: Tone.BLUE,
    Confirmation.CONFIRMED: Tone.GREEN,
    Confirmation.REJECTED: Tone.AMBER,
}


def _state(promise: Promise) -> Chip:
    if promise.kept_on is not None:
        return Chip(tr("已履行 {day}").format(day=promise.kept_on), Tone.GREEN)
    if promise.due_on is not None and promise.due_on < today():
        days = (today() - promise.due_on).days
        return Chip(tr("逾期 {days} 天").format(days=days), Tone.RED)
    return Chip(tr("部分履行") if promise.kept_fen else tr("未到期"), Tone.AMBER)


def _promise(promise: Promise, names: dict[str, str], wanted: SignalInstance | None) -> QFrame:
    paid = promise.kept_fen and promise.kept_fen < promise.amount_fen
    parts = (
        tr("第 {position} 项").format(position=promise.position),
        names.get(promise.party_id, ""),
        tr("{amount} 元").format(amount=yuan(promise.amount_fen)) if promise.amount_fen else "",
        tr("已付 {amount} 元").format(amount=yuan(promise.kept_fen)) if paid else "",
        tr("期限 {day}").format(day=promise.due_on) if promise.due_on else "",
    )
    more = words(" · ".join(part for part in parts if part), "sub", wrap=True)
    head = row(words(promise.what, wrap=True), _state(promise), gap=8)
    head.setStretch(0, 1)
    below = row(more, gap=8)
    below.setStretch(0, 1)
    if wanted is not None and promise.kept_on is None:
        below.addWidget(StepButton(f"{PERFORM}:{promise.id}", tr("登记履行"), wanted))
    return framed(column(head, below, gap=4), "note", margins=12)


def _terms(case: CaseFile, wanted: SignalInstance | None) -> list[QWidget | QLayout]:
    if not case.promises:
        said = shown(fields_by_name(Dispute)["performance"], case.dispute.performance)
        return [pairs([(tr("履行情况"), said)])] if said else []
    done = sum(promise.kept_on is not None for promise in case.promises)
    counted = tr("共 {count} 项，已履行 {done} 项").format(count=len(case.promises), done=done)
    who = {party.id: party.name for party in case.parties}
    return [
        row(words(tr("履行"), "heading"), words(counted, "sub"), None),
        *(_promise(promise, who, wanted) for promise in case.promises),
    ]


def _particulars(agreement: Agreement) -> list[tuple[str, str]]:
    """What the agreement says, and how it came into force, in few lines."""
    reached = tr("{form}，{day} 达成").format(
        form=tr(agreement.form.label), day=agreement.agreed_on
    )
    if agreement.on_the_spot:
        reached += tr("，当场履行")
    told = [(tr("协议形式"), reached), *of_record(agreement, _NAMES)]
    if agreement.form is AgreementForm.WRITTEN:
        days = ((getattr(agreement, name), said) for name, said in _SIGNED)
        signed = [said.format(day=day) for day, said in days if day is not None]
        signed.append(tr("一式 {copies} 份").format(copies=agreement.copies))
        told.append((tr("签名盖章"), " · ".join(signed)))
    effective = effective_on(agreement)
    missing = tr("签名、盖章日期填齐后生效")
    return [*told, (tr("生效日期"), str(effective) if effective else missing)]


def _court_words(case: CaseFile, limits: Limits) -> str:
    """How far the court has come, or until when it can be asked."""
    asked = linking.application(case)
    if asked is not None:
        parts = (
            asked.body,
            tr("申请 {day}").format(day=asked.letter_on) if asked.letter_on else "",
            tr("裁定 {day}").format(day=asked.answered_on) if asked.answered_on else "",
            asked.letter_number,
        )
        return " · ".join(part for part in parts if part)
    if missing := linking.why_not_confirm(case):
        return missing
    until = confirmation_until(case.agreement, limits) if case.agreement else None
    if until is None:
        return ""
    if until < today():
        return tr("申请期限已于 {day} 届满。").format(day=until)
    days = (until - today()).days
    return tr("双方可在 {day} 前共同申请，还有 {days} 天。").format(day=until, days=days)


def _court(case: CaseFile, limits: Limits, wanted: SignalInstance | None) -> QFrame:
    state = case.dispute.confirmation
    chip = Chip(tr(state.label), _COURT_TONES.get(state, Tone.NEUTRAL))
    line_ = row(words(_court_words(case, limits), "sub", wrap=True), gap=8)
    line_.setStretch(0, 1)
    if wanted is not None and not linking.why_not_confirm(case):
        label = tr("登记申请") if linking.application(case) is None else tr("登记结果")
        line_.addWidget(StepButton(CONFIRM, label, wanted))
    head = row(words(tr("司法确认"), "strong"), chip, None, gap=8)
    return framed(column(head, line_, gap=4), "note", margins=12)


def agreement_view(case: CaseFile, limits: Limits, wanted: SignalInstance | None) -> QWidget:
    """The agreement, when it binds, and how far it has been kept."""
    agreement = case.agreement
    if agreement is None:
        nothing = words(tr("还没有达成协议。"), "sub")
        if wanted is None or missing_for(StepName.AGREE, case.dispute):
            return page(nothing)
        agree = StepButton(StepName.AGREE.value, tr("达成协议"), wanted)
        return page(nothing, row(agree, None))
    parts: list[QWidget | QLayout] = [pairs(_particulars(agreement))]
    if wanted is not None:
        parts.append(row(StepButton(AGREEMENT, tr("补充、修改协议 (&W)"), wanted), None))
    return page(*parts, line(), *_terms(case, wanted), _court(case, limits, wanted))
