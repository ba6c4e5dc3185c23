"""The versions of a ledger's record: who, when, why, what differed, and bringing one back."""

from dataclasses import dataclass, replace
from datetime import date
from typing import cast

from mediation_desk.desk import ledgers, versions
from mediation_desk.desk.recording import is_own
from mediation_desk.desk.versions import Told
from mediation_desk.domain.prevention import Finding, Screening
from mediation_desk.domain.problems import DeskError, errors
from mediation_desk.domain.record import Record
from mediation_desk.domain.records import kind_of
from mediation_desk.store.register import Register
from mediation_desk.words import tr


@dataclass(frozen=True, slots=True)
class Version:
    """A record as one act left it; `changes` tell what differed, the first has none.

    `at` is in ISO format. A `latest` version is the record as it stands.
    """

    record: Record
    sequence: int
    actor: str
    at: str
    reason: str
    first: bool
    latest: bool
    changes: tuple[Told, ...]


def _versions(register: Register, kind: str, record_id: str) -> list[Version]:
    changes = register.history(kind, record_id)
    found: list[Version] = []
    before: Record | None = None
    for change in changes:
        record = versions.record_in(change)
        if record is not None:
            told = versions.between(register, "", before, record) if before is not None else []
            act = register.act(change.act)
            found.append(
                Version(
                    record=record,
                    sequence=change.sequence,
                    actor=act.actor if act else "",
                    at=act.at if act else "",
                    reason=act.reason if act else "",
                    first=before is None,
                    latest=change is changes[-1],
                    changes=tuple(told),
                )
            )
        before = record
    return found


def history(register: Register, record: Record) -> list[Version]:
    """All versions of a record of a ledger, of a round its findings too, the newest first."""
    found = _versions(register, kind_of(record), record.id)
    if isinstance(record, Screening):
        for finding in register.some("finding", [record.id], "screening_id"):
            found += _versions(register, "finding", finding.id)
    return sorted(found, key=lambda version: -version.sequence)


def _proposed(register: Register, version: Version) -> tuple[Record, Record]:
    """The record as it stands, and as it would be with an earlier version brought back."""
    then = version.record
    now = register.get(kind_of(then), then.id)
    if now is None:
        raise DeskError(tr("这条记录已经不在登记簿里，不能恢复。请重新打开列表核对。"))
    back = replace(then, revision=now.revision, personal_revision=now.personal_revision)
    if isinstance(back, Finding):
        # What became a dispute meanwhile stays one.
        back = replace(back, dispute_id=cast(Finding, now).dispute_id)
    return now, back


def _together(register: Register, record: Record) -> list[Record]:
    """`record` with what it must fit, the main record first."""
    if isinstance(record, Finding):
        held = register.get("screening", record.screening_id)
        if held is None or held.void_reason:
            raise DeskError(tr("这次排查已经作废，里面的线索不能恢复。请先恢复这次排查。"))
        others = ledgers.findings_of(register, [record.screening_id])
        return [held, *(entry for entry in others if entry.id != record.id), record]
    if isinstance(record, Screening):
        return [record, *ledgers.findings_of(register, [record.id])]
    return [record]


def preview(register: Register, version: Version, today: date) -> list[Told]:
    """What bringing `version` back would change; raises `DeskError` saying why it cannot be."""
    now, back = _proposed(register, version)
    wrong = errors(ledgers.findings_about(register, _together(register, back), today))
    if wrong:
        raise DeskError(wrong[0].message + wrong[0].mend)
    return versions.between(register, "", now, back)


def restore(register: Register, version: Version, actor: str, today: date) -> Record:
    """Bring `version` back as a new change; raises `DeskError` saying why it cannot be."""
    preview(register, version, today)
    now, back = _proposed(register, version)
    if not is_own(register, now):
        raise DeskError(tr("这条记录属于别的单位，这里只能查看。请由登记的单位修改后再报送。"))
    reason = tr("恢复到 {day} 的版本").format(day=version.at[:10])
    with register.change(actor, reason) as change:
        return change.keep(back)
