"""A new number for one of two cases that have come to share one.

Two computers of a village, or one put back from an older backup, give the same number twice. A
number is a label: both cases are kept and told apart all the same, but papers and people are not.
"""

from dataclasses import replace
from typing import cast

from mediation_desk.desk.recording import NOT_NUMBERED, is_own
from mediation_desk.domain.casefile import CaseFile, title
from mediation_desk.domain.cases import Dispute
from mediation_desk.domain.numbering import case_number
from mediation_desk.domain.problems import DeskError
from mediation_desk.store.register import Register
from mediation_desk.words import tr


def sharing(register: Register, dispute: Dispute) -> list[Dispute]:
    """The other own cases with the number of an own one, the first received first."""
    if dispute.void_reason or dispute.number == NOT_NUMBERED or not is_own(register, dispute):
        return []
    same = register.all(
        "dispute", unit_id=dispute.unit_id, year=dispute.year, number=dispute.number
    )
    others = (entry for entry in cast(list[Dispute], same) if entry.id != dispute.id)
    return sorted((entry for entry in others if not entry.void_reason), key=_received)


def to_renumber(register: Register) -> list[Dispute]:
    """Of every number that own cases share, all cases but the one received first."""
    own = register.committee
    found: list[Dispute] = []
    if own is None:
        return found
    for year, number in register.shared_numbers(own.id):
        same = cast(
            list[Dispute], register.all("dispute", unit_id=own.id, year=year, number=number)
        )
        found += sorted((entry for entry in same if not entry.void_reason), key=_received)[1:]
    return found


def _received(dispute: Dispute) -> tuple[str, str]:
    day = dispute.intake_on or dispute.occurred_on
    return (day.isoformat() if day else "", dispute.id)


def shared_words(register: Register, dispute: Dispute) -> str:
    """Which other cases have the number of this one, for its file; empty for nearly all."""
    others = sharing(register, dispute)
    if not others:
        return ""
    told = tr("编号与{others}相同，请给其中一件换编号（在“更多”里）。")
    return told.format(others=named(register, others))


def named(register: Register, disputes: list[Dispute]) -> str:
    """Cases by what they are about and the day on which they were received."""
    return tr("、").join(_named(register, dispute) for dispute in disputes)


def _named(register: Register, dispute: Dispute) -> str:
    about = title(cast(CaseFile, register.case(dispute.id)), register.types)
    if dispute.intake_on is None:
        return tr("“{about}”").format(about=about)
    return tr("“{about}”（{day}受理）").format(about=about, day=dispute.intake_on.isoformat())


def next_label(register: Register, dispute: Dispute) -> str:
    """The number that the case would get now, as it is written."""
    return _label(register, _renumbered(register, dispute))


def renumber(
    register: Register, dispute_id: str, actor: str, reason: str, draft_id: str = ""
) -> str:
    """Give an own case that shares its number the next free one of its year; tell which.

    Raises `DeskError` for a case of others, and for one whose number is its own: papers that were
    printed carry it.
    """
    dispute = cast(Dispute, register.get("dispute", dispute_id))
    if not sharing(register, dispute):
        happened = tr("编号“{number}”只有这一件纠纷在用，没有改。").format(
            number=_label(register, dispute)
        )
        raise DeskError(happened + tr("已经用了的编号不能换；两件编号相同时才能给其中一件换。"))
    now = _renumbered(register, dispute)
    with register.change(actor, tr("换编号：{reason}").format(reason=reason)) as change:
        change.keep(now)
        if draft_id:
            register.drop_draft(draft_id)
    return _label(register, now)


def _renumbered(register: Register, dispute: Dispute) -> Dispute:
    return replace(dispute, number=register.next_number(dispute.unit_id, dispute.year))


def _label(register: Register, dispute: Dispute) -> str:
    return case_number(dispute, register.committee, register.settings.numbering_pattern)
