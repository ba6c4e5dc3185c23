"""Bringing an earlier version of a record back, as a new change that hides nothing."""

from dataclasses import replace
from datetime import date
from typing import Any, cast

from mediation_desk.desk import recording, versions
from mediation_desk.domain.casefile import CaseFile, gathered
from mediation_desk.domain.cases import Agent, Dispute
from mediation_desk.domain.codes import ArchiveState, Outcome
from mediation_desk.domain.handling import Agreement, Promise
from mediation_desk.domain.problems import DeskError, errors
from mediation_desk.domain.record import Record
from mediation_desk.store.register import Register
from mediation_desk.words import tr


def _version(register: Register, kind: str, record_id: str, sequence: int) -> Record:
    for change in register.history(kind, record_id):
        if change.sequence == sequence and (record := versions.record_in(change)) is not None:
            return record
    raise DeskError(tr("找不到这个版本。请重新打开修改记录再选。"))


def _current(register: Register, kind: str, record_id: str) -> Record:
    record = register.get(kind, record_id)
    if record is None:
        raise DeskError(tr("这条记录已不在登记簿里，不能恢复。请重新打开修改记录核对。"))
    return record


def _with(register: Register, dispute_id: str, record: Record) -> CaseFile:
    """The case file as it would be with `record`."""
    others: list[Record] = []
    for kind in versions.KINDS:
        others += register.all(kind, dispute_id=dispute_id)
    held = [record if entry.id == record.id else entry for entry in others]
    dispute = register.get("dispute", dispute_id) if not isinstance(record, Dispute) else record
    return gathered(cast(Dispute, dispute), held)


def _agreement_in_the_way(case: CaseFile, others: list[Record], record: Agreement | Promise) -> str:
    """Why an agreement, or a term of one, cannot come back; `others` are all that ever were."""
    if case.dispute.outcome is not Outcome.SETTLED:
        return tr("这件纠纷已经重新办理，原来的协议不能恢复。请重新登记协议。")
    mine = record.agreement_id if isinstance(record, Promise) else record.id
    live = {entry.id for entry in others if not entry.void_reason}
    if isinstance(record, Promise) and mine not in live:
        return tr("这一项属于已经作废的协议，不能恢复。请在现在的协议里重新登记。")
    if live - {mine}:
        return tr("这件纠纷已经另有一份协议，原来的协议不能恢复。请修改现在的协议。")
    return ""


def _party_in_the_way(case: CaseFile, record: Record) -> str:
    parties = {party.id for party in case.parties}
    if isinstance(record, Agent) and record.party_id not in parties:
        return tr("他所代理的当事人已经移除。请先恢复那名当事人。")
    if isinstance(record, Promise) and record.party_id not in {"", *parties}:
        return tr("应当履行的当事人已经移除。请先恢复那名当事人。")
    return ""


def _state_in_the_way(dispute: Dispute) -> str:
    if dispute.void_reason:
        return tr("这件纠纷已经作废。要恢复其中的内容，请先恢复纠纷登记本身。")
    if dispute.archive is ArchiveState.ARCHIVED:
        return tr("卷宗已经归档，里面的内容不能再改。请先把纠纷登记恢复到归档以前。")
    return ""


def _in_the_way(register: Register, case: CaseFile, record: Record) -> str:
    """Why a version of `record` cannot come back into its case file, in words; empty if it can."""
    if isinstance(record, Dispute):
        unsettled = record.outcome is not Outcome.SETTLED and case.agreement is not None
        told = tr("那时还没有达成协议，现在已经有协议。要退回去，请用“重新办理”，协议会一起作废。")
        return told if unsettled else ""
    told = _state_in_the_way(case.dispute)
    if told or record.void_reason:
        return told
    if isinstance(record, (Agreement, Promise)):
        others = register.all("agreement", dispute_id=case.dispute.id)
        told = _agreement_in_the_way(case, others, record)
    return told or _party_in_the_way(case, record)


def _refuse_unfit(register: Register, case: CaseFile, record: Record, today: date) -> None:
    if not recording.is_own(register, case.dispute):
        raise DeskError(tr("这件纠纷属于别的调委会，这里只能查看。请由登记的单位恢复后再报送。"))
    if told := _in_the_way(register, case, record):
        raise DeskError(told)
    wrong = errors(recording.case_findings(register, case, today))
    if wrong:
        why = tr("恢复后卷宗会前后矛盾：{message}").format(message=wrong[0].message)
        raise DeskError(why + (wrong[0].mend or tr("请先改正，再恢复。")))


def _proposed(
    register: Register, kind: str, record_id: str, sequence: int, today: date
) -> tuple[Record, Record]:
    """The record as it stands and as it would be; raises `DeskError` if that cannot be."""
    now = _current(register, kind, record_id)
    then = _version(register, kind, record_id, sequence)
    back = replace(then, revision=now.revision, personal_revision=now.personal_revision)
    if back == now:
        raise DeskError(tr("这条记录现在就是这个版本，不用恢复。"))
    _refuse_unfit(register, _with(register, _dispute_of(now), back), back, today)
    return now, back


def _dispute_of(record: Record) -> str:
    return record.id if isinstance(record, Dispute) else str(cast(Any, record).dispute_id)


def preview(
    register: Register, kind: str, record_id: str, sequence: int, today: date
) -> list[versions.Told]:
    """What bringing this version back would change, in words; refuses like `restore`."""
    now, back = _proposed(register, kind, record_id, sequence, today)
    return versions.between(register, _dispute_of(now), now, back)


def restore(
    register: Register, kind: str, record_id: str, sequence: int, actor: str, today: date
) -> CaseFile:
    """Keep an earlier version of a record as a new change; all versions between stay readable.

    Raises `DeskError` with what stands in the way, such as a case file that would not fit together.
    """
    _now, back = _proposed(register, kind, record_id, sequence, today)
    reason = tr("恢复以前的版本：{noun}").format(noun=tr(versions.NOUNS[kind]))
    with register.change(actor, reason) as change:
        change.keep(back)
    return cast(CaseFile, register.case(_dispute_of(back)))
