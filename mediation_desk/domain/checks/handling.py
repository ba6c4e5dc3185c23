"""Rules for sessions, agreements, promises, referrals, risk entries and scans."""

import re
from dataclasses import dataclass
from datetime import date

from mediation_desk.domain.checks.general import (
    error,
    found,
    general_problems,
    hint,
    in_order,
    warning,
)
from mediation_desk.domain.codes import (
    AgreementForm,
    Direction,
    ReferralChannel,
    SessionKind,
)
from mediation_desk.domain.handling import (
    Agreement,
    Attachment,
    MediationSession,
    Promise,
    Referral,
    RiskEntry,
)
from mediation_desk.domain.problems import Problem
from mediation_desk.words import tr

_SHA256 = re.compile("[0-9a-f]{64}", re.ASCII)


def _session_result(session: MediationSession) -> Problem | None:
    """S1: every mediation has one of the three official results, nothing else (domain.md §2.7)."""
    mediation = session.kind is SessionKind.MEDIATION
    if mediation and session.result is None:
        return warning("S1", "result", tr("这次调解没有填写结果。"), tr("请选择调解结果。"))
    if not mediation and session.result is not None:
        words = tr("调查或回访没有调解结果。")
        return warning("S1", "result", words, tr("请删去结果，或改为“调解”。"))
    return None


def _session_mediators(session: MediationSession) -> Problem | None:
    """S2: the record is signed by the people's mediator, so it names one (domain.md §2.7)."""
    if session.mediator_ids:
        return None
    return warning("S2", "mediator_ids", tr("没有选择人民调解员。"), tr("请选择至少一人。"))


def _visit_form(session: MediationSession) -> Problem | None:
    """S3: a follow-up visit says how it was made; 回访形式 is a shared field (domain.md §5.4a)."""
    if session.kind is not SessionKind.VISIT or session.visit_form is not None:
        return None
    return hint("S3", "visit_form", tr("回访没有选择形式。"), tr("请选择电话、上门或其他。"))


def _session_narrative(session: MediationSession) -> Problem | None:
    """S4: a record without text is no record (人民调解法 Art 27)."""
    if session.narrative.strip():
        return None
    return warning("S4", "narrative", tr("没有填写调解记录。"), tr("请写明经过。"))


def session_problems(
    session: MediationSession, today: date, *, masked: bool = False
) -> list[Problem]:
    """What is wrong with one session."""
    rules = (_session_result, _session_mediators, _visit_form)
    told = () if masked else (_session_narrative,)
    return general_problems(session, today, masked=masked) + found(rules + told, session)


@dataclass(frozen=True, slots=True)
class _Signature:
    agreement: Agreement
    name: str


def _signed_after(signature: _Signature) -> Problem | None:
    """A1: nobody signs or seals before the agreement is reached (人民调解法 Art 29)."""
    return in_order("A1", signature.agreement, "agreed_on", signature.name, make=warning)


_SIGNATURES = ("parties_signed_on", "mediator_signed_on", "sealed_on")


def _unsigned(agreement: Agreement) -> Problem | None:
    """A2: a written agreement takes effect with signatures and seal (人民调解法 Art 29)."""
    if agreement.form is not AgreementForm.WRITTEN:
        return None
    missing = [name for name in _SIGNATURES if getattr(agreement, name) is None]
    if not missing:
        return None
    words = tr("书面协议缺签名或盖章日期，还没有生效。")
    return warning("A2", missing[0], words, tr("请补齐当事人签名、调解员签名和盖章三个日期。"))


def _oral_is_enough(agreement: Agreement) -> Problem | None:
    """A3: what is not performed at once is better written down.

    宁波市人民调解条例 Art 24 requires it there; here it is only advice (domain.md §2.9).
    """
    if agreement.form is not AgreementForm.ORAL or agreement.on_the_spot:
        return None
    words = tr("口头协议没有当场履行。")
    return hint("A3", "form", words, tr("建议改签书面协议，以后好作凭据。"))


def _content(agreement: Agreement) -> Problem | None:
    """A4: the content of an agreement, oral too, is recorded (人民调解法 Art 28-29)."""
    if agreement.content.strip():
        return None
    return warning("A4", "content", tr("没有填写协议内容。"), tr("请写明双方商定的事项。"))


def _manner(agreement: Agreement) -> Problem | None:
    """A5: a written agreement says how and when it is performed (人民调解法 Art 29)."""
    written = agreement.form is AgreementForm.WRITTEN and not agreement.on_the_spot
    if not written or agreement.manner.strip():
        return None
    words = tr("书面协议没有写履行方式、时限。")
    return warning("A5", "manner", words, tr("请写明怎样履行、什么时候履行完。"))


def agreement_problems(agreement: Agreement, today: date, *, masked: bool = False) -> list[Problem]:
    """What is wrong with an agreement by itself."""
    rules = (_unsigned, _oral_is_enough)
    told = () if masked else (_content, _manner)
    problems = general_problems(agreement, today, masked=masked)
    for name in _SIGNATURES:
        if early := _signed_after(_Signature(agreement, name)):
            problems.append(early)
    return problems + found(rules + told, agreement)


def _overpaid(promise: Promise) -> Problem | None:
    """M1: no more is paid than was promised (domain.md §9.1)."""
    if promise.kept_fen <= promise.amount_fen:
        return None
    return warning("M1", "kept_fen", tr("已付金额多于应付金额。"), tr("请核对两个金额。"))


def _kept(promise: Promise) -> Problem | None:
    """M2: a promise paid in full has its day, one with a day is paid in full."""
    if promise.amount_fen <= 0:
        return None
    full = promise.kept_fen >= promise.amount_fen
    if full and promise.kept_on is None:
        words = tr("款项已付清，但没有履行日期。")
        return warning("M2", "kept_on", words, tr("请补填付清的日期。"))
    if not full and promise.kept_on is not None:
        words = tr("有履行日期，但款项没有付清。")
        return warning("M2", "kept_fen", words, tr("请核对已付金额。"))
    return None


def promise_problems(promise: Promise, today: date, *, masked: bool = False) -> list[Problem]:
    """What is wrong with one term of an agreement."""
    problems = general_problems(promise, today, masked=masked)
    return problems + found((_overpaid, _kept), promise)


def _answered(referral: Referral) -> Problem | None:
    """F1: an answer comes after its letter (domain.md §5.1)."""
    return in_order("F1", referral, "letter_on", "answered_on")


def _answer_due(referral: Referral) -> Problem | None:
    """F1: and so does the day it is due."""
    return in_order("F1", referral, "letter_on", "answer_due_on")


def _received(referral: Referral) -> Problem | None:
    """F1: and so does the day the papers are signed for."""
    return in_order("F1", referral, "letter_on", "received_on")


def _body(referral: Referral) -> Problem | None:
    """F2: a hand-over names the delegating or receiving body (domain.md §5.1)."""
    if referral.body.strip():
        return None
    return warning("F2", "body", tr("没有填写移送或接收机构。"), tr("请填写机构名称。"))


def _first_petition(referral: Referral) -> Problem | None:
    """F3: 初信初访 belongs to petitions (domain.md §1, §5.1)."""
    if not referral.first_petition or referral.channel is ReferralChannel.PETITION:
        return None
    words = tr("勾选了初信初访，但衔接渠道不是访调对接。")
    return warning("F3", "first_petition", words, tr("请核对衔接渠道。"))


def _split(referral: Referral) -> Problem | None:
    """F5: only petitions are split into 诉 and 访 (domain.md §5.1, S58)."""
    if referral.petition_split is None or referral.channel is ReferralChannel.PETITION:
        return None
    words = tr("填写了诉访分离，但衔接渠道不是访调对接。")
    return warning("F5", "petition_split", words, tr("请核对衔接渠道。"))


def _delegated(referral: Referral) -> Problem | None:
    """F6: only courts delegate or entrust mediation (domain.md §4.4, S05b Art 27)."""
    if referral.delegation is None or referral.channel is ReferralChannel.COURT:
        return None
    words = tr("填写了委派或委托，但衔接渠道不是诉调对接。")
    return warning("F6", "delegation", words, tr("请核对衔接渠道。"))


def _answer_dated(referral: Referral) -> Problem | None:
    """F7: an answer has its day; feedback to the delegating body is due (S02 Art 19)."""
    if referral.answered_on is not None or not referral.answer.strip():
        return None
    words = tr("写了答复内容，但没有答复日期。")
    return warning("F7", "answered_on", words, tr("请补填日期。"))


def _consent(referral: Referral) -> Problem | None:
    """F4: delegated mediation needs the parties' consent (人民调解法 Art 17, domain.md §5.1)."""
    if referral.direction is not Direction.IN or referral.consent_on is not None:
        return None
    words = tr("转入的纠纷没有记录当事人同意调解的日期。")
    return hint("F4", "consent_on", words, tr("请补填日期。"))


def referral_problems(referral: Referral, today: date, *, masked: bool = False) -> list[Problem]:
    """What is wrong with a hand-over."""
    days = (_answered, _answer_due, _received, _answer_dated)
    rules = (_body, _first_petition, _consent, _split, _delegated)
    return general_problems(referral, today, masked=masked) + found(days + rules, referral)


def risk_problems(entry: RiskEntry, today: date, *, masked: bool = False) -> list[Problem]:
    """What is wrong with a risk entry; K2: it is reported after it was seen."""
    problems = general_problems(entry, today, masked=masked)
    if early := in_order("K2", entry, "assessed_on", "reported_on", make=warning):
        problems.append(early)
    return problems


def attachment_problems(
    attachment: Attachment, today: date, *, masked: bool = False
) -> list[Problem]:
    """What is wrong with a scan; H1: its bytes are found by their SHA-256."""
    problems = general_problems(attachment, today, masked=masked)
    if attachment.sha256 and not _SHA256.fullmatch(attachment.sha256):
        words = tr("附件的校验值不对，找不到它的内容。")
        problems.append(error("H1", "sha256", words, tr("请重新添加这个附件。")))
    return problems
