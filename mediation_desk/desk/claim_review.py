"""The office's first review (初审) of claims, line by line; reporting and paying them."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import replace
from datetime import date
from typing import cast

from mediation_desk.desk.claimed_once import Claimed, OneDispute, claimed, paid_twice
from mediation_desk.desk.claiming import ALLOWANCE, claim_called, lines_of
from mediation_desk.domain.allowance import Claim, ClaimState, ReviewResult
from mediation_desk.domain.cases import Dispute
from mediation_desk.domain.claim_sheet import claim_title
from mediation_desk.domain.codes import Outcome, Role
from mediation_desk.domain.numbering import case_number
from mediation_desk.domain.problems import DeskError
from mediation_desk.store.register import Register
from mediation_desk.words import tr

_REVIEWABLE = (ClaimState.CLAIMED, ClaimState.REVIEWED)


def review(
    register: Register,
    claim_id: str,
    dispute_ids: Collection[str],
    result: ReviewResult,
    actor: str,
    today: date,
    reason: str = "",
) -> Claim:
    """Keep what the review says of some cases of a claim, in one act; the claim as it stands then.

    Raises `DeskError` on a village's desk, once the claim was reported, without a reason where one
    is due, and for granting what was granted already under whichever entry.
    """
    claim = _at_the_office(register, claim_id)
    if claim.state not in _REVIEWABLE:
        happened = tr("这份申报表现在不能初审：{state}。").format(state=tr(claim.state.label))
        raise DeskError(happened + tr("已经上报或发放的，请先退回上一步。"))
    reason = reason.strip()
    if result in {ReviewResult.REFUSED, ReviewResult.RETURNED} and not reason:
        raise DeskError(tr("没有写理由。不同意或退回补正的，请写明为什么。"))
    told = tr("初审{quarter}补贴：{result}").format(
        quarter=claim_title(claim), result=tr(result.label)
    )
    with register.change(actor, told, ALLOWANCE) as change:
        lines = lines_of(register, claim.id)
        wanted = [line for line in lines if line.dispute_id in dispute_ids]
        if len({line.dispute_id for line in wanted}) != len(set(dispute_ids)):
            raise DeskError(tr("其中有案件不在这份申报表里，没有处理。请刷新后再看。"))
        if result is ReviewResult.GRANTED:
            _check(register, claim, {line.dispute_id for line in wanted})
        on, by = (None, "") if result is ReviewResult.OPEN else (today, actor)
        for line in wanted:
            said = replace(line, result=result, reason=reason, checked_on=on, checked_by=by)
            change.keep(said)
        left = [line for line in lines_of(register, claim.id) if line.result is ReviewResult.OPEN]
        return change.keep(_reviewed(claim, actor, today, done=not left))


def _reviewed(claim: Claim, actor: str, today: date, *, done: bool) -> Claim:
    if done:
        return replace(claim, state=ClaimState.REVIEWED, reviewed_on=today, reviewed_by=actor)
    return replace(claim, state=ClaimState.CLAIMED, reviewed_on=None, reviewed_by="")


def grant_rest(register: Register, claim_id: str, actor: str, today: date) -> tuple[Claim, int]:
    """Grant every case that waits and that nothing speaks against; how many were granted."""
    claim = _at_the_office(register, claim_id)
    waiting = dict.fromkeys(
        line.dispute_id for line in lines_of(register, claim.id)
        if line.result is ReviewResult.OPEN
    )  # fmt: skip
    one, seen = OneDispute(register), set[str]()
    fine = []
    for dispute_id in waiting:
        if one.of(dispute_id) not in seen and not list(findings(register, claim, dispute_id)):
            fine.append(dispute_id)
            seen.add(one.of(dispute_id))
    if fine:
        claim = review(register, claim.id, fine, ReviewResult.GRANTED, actor, today)
    return claim, len(fine)


# What speaks against paying


def findings(register: Register, claim: Claim, dispute_id: str) -> Iterator[str]:
    """Why a case of a claim must not be granted, in words; nothing if it may be."""
    dispute = cast(Dispute, register.get("dispute", dispute_id))
    if dispute.void_reason:
        yield tr("纠纷已经作废")
    elif register.settings.allowance_settled and dispute.outcome is not Outcome.SETTLED:
        yield tr("现在登记的结果不是调解成功")
    units = {unit.id: unit.name for unit in register.units()}
    for entry in _others(register, claim, dispute_id):
        unit = units.get(entry.claim.unit_id, "")
        told = tr("{unit}{quarter}的申报里已经同意补贴这件纠纷")
        if entry.paid:
            told = tr("{unit}{quarter}已经发放过这件纠纷的补贴")
        yield told.format(unit=unit, quarter=claim_title(entry.claim))


def _others(register: Register, claim: Claim, dispute_id: str) -> list[Claimed]:
    """What was granted of the same dispute in another claim, or under another entry."""
    return [
        entry
        for entry in claimed(register, [dispute_id])[dispute_id]
        if entry.granted and (entry.claim.id, entry.dispute_id) != (claim.id, dispute_id)
    ]


def _check(register: Register, claim: Claim, dispute_ids: Collection[str]) -> None:
    """See that each of these cases may be granted, and no two of them are one dispute."""
    one, seen = OneDispute(register), dict[str, str]()
    for dispute_id in sorted(dispute_ids):
        against = list(findings(register, claim, dispute_id))
        if one.of(dispute_id) in seen:
            other = _number(register, seen[one.of(dispute_id)])
            against.append(tr("与{number}是同一纠纷").format(number=other))
        seen[one.of(dispute_id)] = dispute_id
        if against:
            words = tr("{number}不能补贴：{why}。").format(
                number=_number(register, dispute_id), why=tr("；").join(against)
            )
            raise DeskError(words + tr("同一件纠纷只补一次；请改为不同意或退回补正。"))


def _number(register: Register, dispute_id: str) -> str:
    dispute = cast(Dispute, register.get("dispute", dispute_id))
    units = {unit.id: unit for unit in register.units()}
    return case_number(dispute, units.get(dispute.unit_id), register.settings.numbering_pattern)


# On to the county and back


def report(register: Register, claim_id: str, actor: str, today: date) -> Claim:
    """Note that a reviewed claim was reported to the county; what is granted is checked again."""
    return _onward(register, claim_id, ClaimState.REVIEWED, actor, _Step(
        tr("上报{quarter}补贴"), lambda claim: replace(
            claim, state=ClaimState.REPORTED, reported_on=today)))  # fmt: skip


def pay(register: Register, claim_id: str, actor: str, today: date) -> Claim:
    """Note that what was granted has been paid; it is checked once more that nothing is twice."""
    return _onward(register, claim_id, ClaimState.REPORTED, actor, _Step(
        tr("发放{quarter}补贴"), lambda claim: replace(
            claim, state=ClaimState.PAID, paid_on=today)))  # fmt: skip


class _Step:
    """A step of a claim: what the history says of it, and the claim after it."""

    def __init__(self, words: str, after: Callable[[Claim], Claim]) -> None:
        self.words, self.after = words, after


def _onward(
    register: Register, claim_id: str, wanted: ClaimState, actor: str, step: _Step
) -> Claim:
    claim = _at_the_office(register, claim_id)
    if claim.state is not wanted:
        words = tr("这份申报表现在是“{state}”，要先到“{wanted}”才能这样办。")
        raise DeskError(words.format(state=tr(claim.state.label), wanted=tr(wanted.label)))
    told = step.words.format(quarter=claim_title(claim))
    with register.change(actor, told, ALLOWANCE) as change:
        granted = {line.dispute_id for line in lines_of(register, claim.id)
                   if line.result is ReviewResult.GRANTED}  # fmt: skip
        _check(register, claim, granted)
        return change.keep(step.after(claim))


def step_back(register: Register, claim_id: str, actor: str) -> Claim:
    """Take the last step of a claim back: paid to reported, reported to reviewed."""
    claim = _at_the_office(register, claim_id)
    if claim.state is ClaimState.PAID:
        after = replace(claim, state=ClaimState.REPORTED, paid_on=None)
    elif claim.state is ClaimState.REPORTED:
        after = replace(claim, state=ClaimState.REVIEWED, reported_on=None)
    else:
        raise DeskError(tr("这份申报表还没有上报，没有可以退回的一步。请直接改初审结果。"))
    reason = tr("{quarter}补贴退回到“{state}”").format(
        quarter=claim_title(claim), state=tr(after.state.label)
    )
    with register.change(actor, reason, ALLOWANCE) as change:
        return change.keep(after)


def _at_the_office(register: Register, claim_id: str) -> Claim:
    if register.role is not Role.OFFICE:
        raise DeskError(tr("补贴由司法所初审，村里只能申报和查看结果。"))
    return claim_called(register, claim_id)


def twice_words(register: Register) -> Iterator[str]:
    """Disputes for which money was paid more than once, in words for who claims it back."""
    units = {unit.id: unit.name for unit in register.units()}
    for entries in paid_twice(register):
        told = tr("、").join(
            tr("{unit}{quarter}的{number}").format(
                unit=units.get(entry.claim.unit_id, ""),
                quarter=claim_title(entry.claim),
                number=_number(register, entry.dispute_id),
            )
            for entry in entries
        )
        yield tr("同一件纠纷补了不止一次：{told}。请核对后追回多发的。").format(told=told)
