"""What a judicial office may add to a case that a village registered; all else it returns."""

from dataclasses import replace

from mediation_desk.domain.casefile import CaseFile
from mediation_desk.domain.handling import MediationSession, Referral, RiskEntry
from mediation_desk.domain.record import Record
from mediation_desk.domain.warning_notice import UrgentReport, WarningNotice

# What an office does itself, or learns first: it mediates with them, receives and passes on
# referrals, judges how dangerous a case is, and reports it to others.
ADDABLE = (MediationSession, Referral, RiskEntry, WarningNotice, UrgentReport)


def is_addition(before: CaseFile, after: CaseFile) -> bool:
    """Whether `after` differs from `before` by nothing but what an office may add.

    That is sessions, referrals, risk entries, warnings and urgent reports, and the remark on the
    dispute where its personal values are here, without which nobody could tell what the remark was
    before.
    """
    old: dict[str, Record] = {record.id: record for record in before.records()}
    new = {record.id: record for record in after.records()}
    if not old.keys() <= new.keys() or old == new:
        return False
    remarked = replace(before.dispute, remark=after.dispute.remark)
    if after.dispute != before.dispute:
        known = before.dispute.personal_revision > 0
        if not known or after.dispute != remarked:
            return False
    return all(
        isinstance(record, ADDABLE)
        for record_id, record in new.items()
        if record_id != after.dispute.id and old.get(record_id) != record
    )
