"""Which papers a file of its kind needs and lacks (必须/按需, domain.md §2.2).

A paper copy that was never scanned is not known here: where only a scan tells, it is advice.
"""

from collections.abc import Iterator

from mediation_desk.domain.case_papers import Need, PaperKind, file_of
from mediation_desk.domain.checks.general import hint, warning
from mediation_desk.domain.codes import (
    AgentKind,
    AttachmentKind,
    Confirmation,
    Outcome,
    Performance,
    SessionKind,
    Source,
)
from mediation_desk.domain.file_papers import Paper, is_there
from mediation_desk.domain.inspection.looked_at import LookedAt
from mediation_desk.domain.linking import application
from mediation_desk.domain.problems import Problem
from mediation_desk.words import tr

_SCAN = tr("请拍照或扫描后存入附件；纸质卷里已经有的，核对一下即可。")


def _must(seen: LookedAt, kind: PaperKind) -> bool:
    """Whether the catalogue asks for a paper in such a file; an oral settlement needs fewer."""
    return any(entry.kind is kind and entry.need is Need.MUST for entry in file_of(seen.file))


def _registration(seen: LookedAt) -> Iterator[Problem]:
    """JZ1: 申请书 or 受理登记表 says what the dispute is, an application also what is wanted."""
    dispute = seen.file.dispute
    if not seen.accepted or seen.masked:
        return
    if not dispute.facts.strip():
        words = tr("申请书（受理登记表）没有纠纷简要情况。")
        yield warning("JZ1", "facts", words, tr("请写明什么时候、为什么事起的纠纷。"))
    if dispute.source is Source.WRITTEN and not dispute.requests.strip():
        words = tr("书面申请没有当事人申请事项。")
        yield warning("JZ1", "requests", words, tr("请照申请书补填。"))


def _notice(seen: LookedAt) -> Iterator[Problem]:
    """JZ2: the parties were told their rights and duties, and signed for it."""
    if seen.accepted and not is_there(Paper.NOTICE, seen.file):
        words = tr("没有记录权利义务告知日期，卷内缺告知书。")
        mend = tr("请告知双方并让他们在告知书上签名，再填告知日期。")
        grave = _must(seen, PaperKind.NOTICE)
        yield (warning if grave else hint)("JZ2", "informed_on", words, mend)


def _identity(seen: LookedAt) -> Iterator[Problem]:
    """JZ3: copies of the parties' identity papers."""
    wanted = seen.accepted and _must(seen, PaperKind.IDENTITY)
    if wanted and not is_there(Paper.IDENTITY, seen.file):
        words = tr("附件里没有当事人身份证明材料。")
        yield hint("JZ3", "attachments", words, _SCAN)


def _authority(seen: LookedAt) -> Iterator[Problem]:
    """JZ4: who acts for a party shows by what right: a power of attorney or a proof of kinship."""
    scanned = any(entry.kind is AttachmentKind.AUTHORITY for entry in seen.file.attachments)
    for place, agent in enumerate(seen.file.agents):
        if scanned:
            return
        entrusted = agent.kind is AgentKind.ENTRUSTED
        paper = tr("授权委托书") if entrusted else tr("法定代理人证明材料")
        words = tr("{name}代理，附件里没有{paper}。").format(name=agent.name, paper=paper)
        yield hint("JZ4", f"agents.{place}", words, _SCAN)


def _record(seen: LookedAt) -> Iterator[Problem]:
    """JZ5: what was mediated to its end has a record of it."""
    mediated = seen.file.dispute.outcome in {Outcome.SETTLED, Outcome.FAILED}
    wanted = mediated and _must(seen, PaperKind.SESSION)
    if wanted and not is_there(Paper.SESSION, seen.file):
        words = tr("已有调解结果，却没有调解记录。")
        yield warning("JZ5", "sessions", words, tr("请先“重新办理”再补记，或写进卷宗情况说明。"))


def _receipt(seen: LookedAt) -> Iterator[Problem]:
    """JZ6: money that was paid leaves a receipt."""
    agreement = seen.file.agreement
    paid = seen.file.dispute.performance is Performance.KEPT
    if agreement is None or not agreement.amount_fen or not paid:
        return
    if not is_there(Paper.RECEIPT, seen.file):
        words = tr("款项已付清，附件里没有收条、转账单等履行凭证。")
        yield hint("JZ6", "attachments", words, _SCAN)


def _visit(seen: LookedAt) -> Iterator[Problem]:
    """JZ7: what was settled is visited before its file is put away (domain.md §4.4)."""
    if seen.settled and seen.archived and not is_there(Paper.VISIT, seen.file):
        words = tr("已归档，却没有回访记录。")
        yield warning("JZ7", "sessions", words, tr("请回访并补记；没有回访的写进卷宗情况说明。"))


def _court(seen: LookedAt) -> Iterator[Problem]:
    """JZ8: what was asked of a court is in the file."""
    if seen.file.dispute.confirmation is Confirmation.NONE:
        return
    if application(seen.file) is None:
        words = tr("填写了司法确认，却没有登记向哪个法院、什么时候申请。")
        yield warning("JZ8", "confirmation", words, tr("请补登记司法确认申请。"))
    elif not any(e.kind is AttachmentKind.CONFIRMATION for e in seen.file.attachments):
        words = tr("已申请司法确认，附件里没有有关材料。")
        yield hint("JZ8", "attachments", words, _SCAN)


def _cover(seen: LookedAt) -> Iterator[Problem]:
    """JZ9: cover, back and register name who mediated, registered, filed and checked."""
    dispute = seen.file.dispute
    if not seen.accepted:
        return
    if not dispute.mediator_ids:
        words = tr("卷宗封面没有人民调解员。")
        yield warning("JZ9", "mediator_ids", words, tr("请选择承办的人民调解员。"))
    if not dispute.registrar.strip():
        words = tr("受理登记表没有登记人。")
        yield hint("JZ9", "registrar", words, tr("请补填登记人。"))
    if seen.archived and not dispute.filed_by.strip():
        words = tr("封面和封底没有立卷人。")
        yield warning("JZ9", "filed_by", words, tr("请补填立卷人。"))
    if seen.archived and not dispute.reviewed_by.strip():
        words = tr("封底没有审核人。")
        yield hint("JZ9", "reviewed_by", words, tr("请审核后补填。"))


def _inquiry(seen: LookedAt) -> Iterator[Problem]:
    """JZ10: the record of an inquiry names who was asked (domain.md §2.6)."""
    for place, entry in seen.held(SessionKind.INQUIRY):
        if not entry.asked.strip():
            words = tr("{day}的调查记录没有被调查人。").format(day=entry.held_on.isoformat())
            yield warning("JZ10", f"sessions.{place}.asked", words, tr("请补填被调查人。"))


def _damaged(seen: LookedAt) -> Iterator[Problem]:
    """JZ11: what is in the file can be seen."""
    for place, entry in enumerate(seen.file.attachments):
        if why := seen.damaged.get(entry.id):
            words = tr("附件“{name}”看不了：{why}。").format(name=entry.name, why=why)
            mend = tr("请找到原件重新添加；找不到的写进卷宗情况说明。")
            yield warning("JZ11", f"attachments.{place}", words, mend)


_RULES = (
    _registration,
    _notice,
    _identity,
    _authority,
    _record,
    _receipt,
    _visit,
    _court,
    _cover,
    _inquiry,
    _damaged,
)


def missing_from_file(seen: LookedAt) -> Iterator[Problem]:
    """The papers, and the entries on them, that a file of this kind needs and does not have."""
    for rule in _RULES:
        yield from rule(seen)
