"""Typing claimed cases into the municipal system again: their fields in its order, what is done.

No program may write into that system; so a case's fields stand in the order of a municipal
platform's table (domain.md §5.4a), to be copied one by one, and each case is ticked off.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum
from typing import cast

from mediation_desk.desk.claiming import ALLOWANCE
from mediation_desk.domain.allowance import Claim, ClaimLine
from mediation_desk.domain.casefile import CaseFile
from mediation_desk.domain.codes import SessionKind
from mediation_desk.domain.handling import MediationSession
from mediation_desk.domain.money import yuan
from mediation_desk.domain.numbering import case_number
from mediation_desk.domain.organisation import Mediator, Unit
from mediation_desk.domain.problems import DeskError
from mediation_desk.store.register import Register
from mediation_desk.words import tr


@dataclass(frozen=True, slots=True)
class EntryField:
    """One field as it is typed again; `personal` where it tells of persons."""

    label: str
    value: str
    personal: bool = False


@dataclass(frozen=True, slots=True)
class ToEnter:
    """A claimed case, in whose claim, and when it was typed in; None for one still to be."""

    dispute_id: str
    number: str
    unit: str
    entered_on: date | None


def to_enter(register: Register, year: int, number: int, unit_id: str = "") -> list[ToEnter]:
    """The cases of a quarter's claims, those still to be typed in first."""
    told = {"year": year, "quarter": number} | ({"unit_id": unit_id} if unit_id else {})
    claims = [claim for claim in cast(list[Claim], register.all("claim", **told))
              if not claim.void_reason]  # fmt: skip
    units = {unit.id: unit for unit in register.units()}
    found = []
    for dispute_id, entered in _entered(register, [claim.id for claim in claims]).items():
        case = cast(CaseFile, register.case(dispute_id))
        unit = units.get(case.dispute.unit_id)
        label = case_number(case.dispute, unit, register.settings.numbering_pattern)
        found.append(ToEnter(dispute_id, label, unit.name if unit else "", entered))
    return sorted(found, key=lambda entry: (entry.entered_on is not None, entry.number))


def _entered(register: Register, claim_ids: Sequence[str]) -> dict[str, date | None]:
    found: dict[str, date | None] = {}
    for line in cast(list[ClaimLine], register.some("claim_line", claim_ids, "claim_id")):
        if not line.void_reason:
            found[line.dispute_id] = found.get(line.dispute_id) or line.entered_on
    return found


def mark_entered(register: Register, dispute_id: str, actor: str, entered_on: date | None) -> None:
    """Note when a claimed case was typed into the municipal system; None takes the mark back."""
    lines = cast(list[ClaimLine], register.all("claim_line", dispute_id=dispute_id))
    live = [line for line in lines if not line.void_reason]
    if not live:
        raise DeskError(tr("这件纠纷不在补贴申报表里，没有记下。请先生成申报表。"))
    reason = tr("已录入市级系统") if entered_on else tr("取消“已录入市级系统”")
    with register.change(actor, reason, ALLOWANCE) as change:
        for line in live:
            change.keep(replace(line, entered_on=entered_on))


# The fields of the platform's table, in its order


def entry_fields(register: Register, dispute_id: str) -> list[EntryField]:
    """The 28 fields of a case in the order of the municipal table."""
    case = register.case(dispute_id)
    if case is None:
        raise DeskError(tr("登记簿里没有这件纠纷。请刷新后再看。"))
    return list(_Fields(register, case).all())


def all_in_one(fields: Sequence[EntryField]) -> str:
    """All fields as lines of label and value."""
    return "\n".join(
        tr("{label}：{value}").format(label=entry.label, value=entry.value) for entry in fields
    )


def _said(code: Enum | None) -> str:
    return tr(code.label) if code is not None else ""  # type: ignore[attr-defined]


def _yes(value: bool | None) -> str:  # noqa: FBT001 - a field's value
    return "" if value is None else tr("是") if value else tr("否")


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


class _Fields:
    """Words the fields of one case."""

    def __init__(self, register: Register, case: CaseFile) -> None:
        self._register, self._case = register, case
        units = {unit.id: unit for unit in register.units()}
        self._unit: Unit | None = units.get(case.dispute.unit_id)
        people = register.some("mediator", case.dispute.mediator_ids)
        self._people = {entry.id: entry.name for entry in cast(list[Mediator], people)}

    def all(self) -> Iterator[EntryField]:
        """The fields in order."""
        for label, value, personal in (*self._taken_in(), *self._handled(), *self._ended()):
            yield EntryField(tr(label), value, personal)

    def _taken_in(self) -> Iterator[tuple[str, str, bool]]:
        dispute = self._case.dispute
        yield "纠纷类型", self._register.types.label(dispute.type), False
        yield "纠纷来源", _said(dispute.source), False
        yield "行政区划", self._unit.code if self._unit else "", False
        yield "受理日期", _day(dispute.intake_on), False
        yield "发生日期", _day(dispute.occurred_on), False
        yield "涉案当事人数量", str(dispute.people), False
        yield "涉案金额", yuan(dispute.claim_fen), False
        yield "涉及特殊群体情况", dispute.special_groups, False
        yield "涉及农民工纠纷情况", _yes(dispute.migrant_workers), False
        yield "编号", str(dispute.number), False

    def _handled(self) -> Iterator[tuple[str, str, bool]]:
        dispute, agreement = self._case.dispute, self._case.agreement
        committee = (self._unit.committee or self._unit.name) if self._unit else ""
        names = (self._people.get(entry, "") for entry in dispute.mediator_ids)
        yield "受理单位", committee, False
        yield "受理人", dispute.registrar, False
        yield "调解员", tr("、").join(filter(None, names)), False
        yield "调解结果", _said(dispute.outcome), False
        yield "案件难度级别", _said(dispute.difficulty), False
        yield "纠纷激化情况", dispute.escalation, True
        # Unlabelled in the table that we know; what belongs there is on the platform's own screen.
        yield "其他（原表没有注明的一项）", "", False
        yield "协议类型", _said(agreement.form) if agreement else "", False
        yield "履行情况", _said(dispute.performance), False
        yield "履行方式", agreement.manner if agreement else "", True

    def _ended(self) -> Iterator[tuple[str, str, bool]]:
        dispute, agreement = self._case.dispute, self._case.agreement
        visit = self._visit()
        pattern = self._register.settings.numbering_pattern
        yield "是否司法确认", _said(dispute.confirmation), False
        yield "是否满意", _yes(dispute.satisfied), False
        yield "回访形式", _said(visit.visit_form) if visit else "", False
        yield "回访日期", _day(visit.held_on) if visit else "", False
        yield "案件状态", _said(dispute.status), False
        yield "案件编号", case_number(dispute, self._unit, pattern), False
        yield "纠纷简介", dispute.facts, True
        yield "协议内容", agreement.content if agreement else "", True

    def _visit(self) -> MediationSession | None:
        visits = [entry for entry in self._case.sessions if entry.kind is SessionKind.VISIT]
        return visits[-1] if visits else None
