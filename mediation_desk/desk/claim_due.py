"""What of the allowance is due: claiming last quarter's cases, reviewing what was claimed."""

from collections.abc import Iterator
from datetime import date
from typing import cast

from mediation_desk.domain.allowance import (
    Claim,
    ClaimState,
    quarter_before,
    quarter_of,
)
from mediation_desk.domain.codes import Role
from mediation_desk.domain.due import Due, DueKind, short_day
from mediation_desk.domain.periods import quarter
from mediation_desk.store.register import Register
from mediation_desk.words import tr

_NAMED_UNITS = 3


def claim_dues(register: Register, today: date) -> Iterator[Due]:
    """What is due of the allowance; nothing where there is no table of allowances."""
    if not any(not grade.void_reason for grade in register.all("allowance_grade")):
        return
    yield from _to_claim(register, today)
    if register.role is Role.OFFICE:
        yield from _to_review(register)


def _to_claim(register: Register, today: date) -> Iterator[Due]:
    """Last quarter's claim of the own committee, if cases were closed and none is made yet."""
    own = register.committee
    year, number = quarter_before(*quarter_of(today))
    period = quarter(year, number)
    if own is None or not register.closed_ids(own.id, period):
        return
    every = cast(list[Claim], register.all("claim", unit_id=own.id, year=year, quarter=number))
    if any(not claim.void_reason and claim.state is not ClaimState.DRAFT for claim in every):
        return
    due = register.limits.claim(period)
    about = tr("申报{quarter}以案定补").format(quarter=period.label())
    detail = tr("应于 {day} 前申报，符合条件的案件由程序列出").format(day=short_day(due.day, today))
    yield Due(DueKind.CLAIM, due.day, about, detail, rule=due.rule, counted=due.counted)


def _to_review(register: Register) -> Iterator[Due]:
    """The claims that wait for the office's first review, together."""
    found = cast(list[Claim], register.all("claim", state=ClaimState.CLAIMED.value))
    waiting = [claim for claim in found if not claim.void_reason]
    if not waiting:
        return
    names = {unit.id: unit.name for unit in register.units()}
    called = list(dict.fromkeys(names.get(claim.unit_id, "") for claim in waiting))
    told = tr("、").join(called[:_NAMED_UNITS])
    if len(called) > _NAMED_UNITS:
        told = tr("{names}等 {count} 个单位").format(names=told, count=len(called))
    about = tr("初审以案定补：{units}").format(units=told)
    detail = tr("{count} 份申报表等初审").format(count=len(waiting))
    yield Due(DueKind.CLAIM_REVIEW, None, about, detail)
