"""Rules for the dispute itself: dates, outcome and what an outcome requires."""

from dataclasses import dataclass
from datetime import date

from mediation_desk.domain.cases import Dispute
from mediation_desk.domain.checks.general import (
    error,
    found,
    general_problems,
    hint,
    in_order,
    warning,
)
from mediation_desk.domain.codes import (
    ArchiveState,
    CaseStatus,
    Confirmation,
    Outcome,
    Performance,
)
from mediation_desk.domain.dispute_types import TypeTable
from mediation_desk.domain.problems import Problem
from mediation_desk.words import tr

WITHOUT_AGREEMENT = frozenset((Outcome.FAILED, Outcome.TERMINATED))
_WITHOUT_INTAKE = frozenset((Outcome.NOT_ACCEPTED, Outcome.TRANSFERRED))
# 婚姻家庭, 房屋宅基地, 山林土地: courts do not confirm status or title (domain.md §4.2).
_STATUS_OR_TITLE = frozenset(("01", "03", "07"))
_UNPAID_WAGES = "101"


@dataclass(frozen=True, slots=True)
class _Seen:
    dispute: Dispute
    today: date
    types: TypeTable
    masked: bool


def _type(seen: _Seen) -> Problem | None:
    """D1: the type has a place in the statistic (domain.md §3.3)."""
    if seen.types.knows(seen.dispute.type):
        return None
    words = tr("没有代码为“{code}”的纠纷类型。").format(code=seen.dispute.type)
    return error("D1", "type", words, tr("请从列表中选择纠纷类型。"))


def _intake(seen: _Seen) -> Problem | None:
    """D2: an accepted dispute has its day of intake (人民调解受理登记表, domain.md §2.4)."""
    dispute = seen.dispute
    if dispute.intake_on is not None or dispute.status is CaseStatus.REGISTERED:
        return None
    if dispute.outcome in _WITHOUT_INTAKE:
        return None
    return error("D2", "intake_on", tr("已受理的纠纷没有受理日期。"), tr("请填写受理日期。"))


def _still_registered(seen: _Seen) -> Problem | None:
    """D3: a dispute with a day of intake is no longer only registered (domain.md §5.3)."""
    dispute = seen.dispute
    if dispute.status is not CaseStatus.REGISTERED or dispute.intake_on is None:
        return None
    words = tr("已有受理日期，案件状态却还是“已登记”。")
    return error("D3", "status", words, tr("请改为“已受理”，或删去受理日期。"))


def _closing(seen: _Seen) -> Problem | None:
    """D4: closed, outcome and closing date go together (domain.md §5.3)."""
    dispute = seen.dispute
    if dispute.status is not CaseStatus.CLOSED:
        if dispute.outcome is None and dispute.closed_on is None:
            return None
        words = tr("已有调解结果或结案日期，案件状态却不是“已结案”。")
        return error("D4", "status", words, tr("请改为“已结案”，或删去结果和日期。"))
    if dispute.outcome is None:
        return error("D4", "outcome", tr("已结案的纠纷没有调解结果。"), tr("请选择调解结果。"))
    if dispute.closed_on is None:
        return error("D4", "closed_on", tr("已结案的纠纷没有结案日期。"), tr("请填写结案日期。"))
    return None


def _occurred(seen: _Seen) -> Problem | None:
    """D5: days stand in order: what happened, intake, closing, archive (domain.md §2.12)."""
    return in_order("D5", seen.dispute, "occurred_on", "intake_on")


def _closed_after_intake(seen: _Seen) -> Problem | None:
    """D5: the same for intake and closing."""
    return in_order("D5", seen.dispute, "intake_on", "closed_on")


def _archived_after_closing(seen: _Seen) -> Problem | None:
    """D5: the same for closing and archive."""
    return in_order("D5", seen.dispute, "closed_on", "archived_on")


def _performed_after_intake(seen: _Seen) -> Problem | None:
    """D5: the same for intake and performance; some pay before they sign."""
    return in_order("D5", seen.dispute, "intake_on", "performed_on", make=warning)


def _people(seen: _Seen) -> Problem | None:
    """D6: a dispute has two parties at least; only a warning (rule R9, domain.md §3.5)."""
    if seen.dispute.people >= 2:
        return None
    words = tr("涉及当事人数少于2人。")
    return warning("D6", "people", words, tr("请核对，双方至少各1人。"))


def _complex(seen: _Seen) -> Problem | None:
    """D7: 疑难复杂 has no fixed definition, so a tick carries its reason (domain.md §5.2)."""
    dispute = seen.dispute
    if seen.masked or not dispute.complex or dispute.complex_reason.strip():
        return None
    words = tr("已标为疑难复杂案件，但没有写理由。")
    return warning("D7", "complex_reason", words, tr("请写明为什么疑难复杂。"))


def _termination(seen: _Seen) -> Problem | None:
    """D8: mediation ended without agreement has its reason, and only then (domain.md §5.3)."""
    dispute = seen.dispute
    needed = dispute.outcome in WITHOUT_AGREEMENT
    if needed and dispute.termination is None:
        words = tr("调解不成或终止，但没有写终止原因。")
        return error("D8", "termination", words, tr("请选择终止原因。"))
    if not needed and dispute.termination is not None:
        words = tr("填写了终止原因，但调解结果不是调解不成或终止调解。")
        return error("D8", "termination", words, tr("请核对调解结果，或删去终止原因。"))
    return None


def _remedies(seen: _Seen) -> Problem | None:
    """D9: who ends mediation tells the parties of arbitration, authorities and court (Art 26)."""
    dispute = seen.dispute
    if dispute.outcome not in WITHOUT_AGREEMENT or dispute.remedies_told:
        return None
    words = tr("终止调解时还没有告知当事人可以通过仲裁、行政、司法等途径维护权利。")
    return warning("D9", "remedies_told", words, tr("请告知后勾选“已告知救济途径”。"))


def _performance(seen: _Seen) -> Problem | None:
    """D10: there is something to perform only where an agreement was reached (Art 31)."""
    dispute = seen.dispute
    if dispute.outcome is Outcome.SETTLED:
        if dispute.performance is None:
            words = tr("调解成功，但没有履行情况。")
            return warning("D10", "performance", words, tr("请选择履行情况。"))
        return None
    if dispute.performance is None and dispute.performed_on is None:
        return None
    words = tr("没有调解成功，却填写了履行情况。")
    return error("D10", "performance", words, tr("请核对调解结果，或删去履行情况。"))


def _performed_on(seen: _Seen) -> Problem | None:
    """D11: a kept agreement has the day it was kept, and only then (domain.md §2.12)."""
    dispute = seen.dispute
    kept = dispute.performance is Performance.KEPT
    if kept and dispute.performed_on is None:
        words = tr("已履行，但没有履行完毕日期。")
        return hint("D11", "performed_on", words, tr("请补填日期。"))
    if not kept and dispute.performed_on is not None and dispute.performance is not None:
        words = tr("有履行完毕日期，履行情况却不是“已履行”。")
        return warning("D11", "performance", words, tr("请核对履行情况。"))
    return None


def _confirmation(seen: _Seen) -> Problem | None:
    """D12: only an agreement can be confirmed by the court (人民调解法 Art 33)."""
    dispute = seen.dispute
    if dispute.confirmation is Confirmation.NONE or dispute.outcome is Outcome.SETTLED:
        return None
    words = tr("没有调解成功，却填写了司法确认。")
    return error("D12", "confirmation", words, tr("请改为“未申请”，或核对调解结果。"))


def _not_confirmable(seen: _Seen) -> Problem | None:
    """D13: courts confirm neither title nor marital status (民诉法解释 Art 355, domain.md §4.2)."""
    dispute, types = seen.dispute, seen.types
    ended = dispute.outcome is not None and dispute.outcome is not Outcome.SETTLED
    if ended or not types.knows(dispute.type):
        return None
    official = types.official(dispute.type)
    if official not in _STATUS_OR_TITLE:
        return None
    if official == "01":
        words = tr("协议不能确认婚姻、亲子等身份关系，否则法院不予司法确认。")
        return hint("D13", "type", words, tr("请只调解财产、抚养、赡养、赔偿等事项。"))
    words = tr("土地、山林、宅基地的权属由人民政府处理，协议不要写“归谁所有”。")
    return hint("D13", "type", words, tr("请只调解使用、相邻、赔偿等事项。"))


def _archived(seen: _Seen) -> Problem | None:
    """D14: a file in the archive is closed and has its day (domain.md §4.4)."""
    dispute = seen.dispute
    if dispute.archive is ArchiveState.OPEN:
        return None
    if dispute.status is not CaseStatus.CLOSED:
        return error("D14", "archive", tr("纠纷还没有结案，不能归档。"), tr("请先结案。"))
    if dispute.archived_on is None:
        return warning("D14", "archived_on", tr("已归档，但没有归档日期。"), tr("请补填日期。"))
    return None


def _retention(seen: _Seen) -> Problem | None:
    """D15: a file in the archive has its retention class (domain.md §4.5)."""
    dispute = seen.dispute
    if dispute.archive is ArchiveState.OPEN or dispute.retention is not None:
        return None
    return warning("D15", "retention", tr("已归档，但没有保管期限。"), tr("请选择保管期限。"))


def _number(seen: _Seen) -> Problem | None:
    """D16: the number is a counting number of a year that has begun (domain.md §2.14)."""
    dispute = seen.dispute
    if dispute.number >= 1 and 1950 <= dispute.year <= seen.today.year:
        return None
    words = tr("编号{year}年第{number}号不可能。").format(year=dispute.year, number=dispute.number)
    return error("D16", "number", words, tr("请核对年度和编号。"))


def _refused(seen: _Seen) -> Problem | None:
    """D18: who is not taken in learns why, and nobody else has such a reason (domain.md §4.3)."""
    dispute = seen.dispute
    refused = dispute.outcome is Outcome.NOT_ACCEPTED
    if refused and dispute.refusal is None:
        words = tr("不予受理，但没有写理由。")
        return warning("D18", "refusal", words, tr("请选择不予受理的理由。"))
    if not refused and dispute.refusal is not None:
        words = tr("填写了不予受理理由，但调解结果不是不予受理。")
        return warning("D18", "refusal", words, tr("请核对调解结果，或删去这个理由。"))
    return None


def _extended(seen: _Seen) -> Problem | None:
    """D19: a period is extended beyond the day of intake (domain.md §4.4)."""
    return in_order("D19", seen.dispute, "intake_on", "extended_to")


def _wages(seen: _Seen) -> Problem | None:
    """D17: unpaid wages of migrant workers concern migrant workers (domain.md §3.2, §3.3)."""
    dispute, types = seen.dispute, seen.types
    if dispute.migrant_workers or not types.knows(dispute.type):
        return None
    if types.official(dispute.type) != _UNPAID_WAGES:
        return None
    words = tr("纠纷类型是拖欠农民工工资，但没有勾选“涉及农民工”。")
    return hint("D17", "migrant_workers", words, tr("请核对后勾选。"))


_RULES = (
    _type,
    _intake,
    _still_registered,
    _closing,
    _occurred,
    _closed_after_intake,
    _archived_after_closing,
    _performed_after_intake,
    _people,
    _complex,
    _termination,
    _remedies,
    _performance,
    _performed_on,
    _confirmation,
    _not_confirmable,
    _archived,
    _retention,
    _number,
    _refused,
    _extended,
    _wages,
)


def dispute_problems(
    dispute: Dispute, today: date, types: TypeTable, *, masked: bool = False
) -> list[Problem]:
    """What is wrong with a dispute by itself."""
    general = general_problems(dispute, today, masked=masked)
    return general + found(_RULES, _Seen(dispute, today, types, masked))
