"""A quarter's claim: which cases may be claimed, the draft, and claiming it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import cast

from mediation_desk.desk.claimed_once import Claimed, claimed
from mediation_desk.desk.desk_key import known_office
from mediation_desk.desk.recording import own_ids
from mediation_desk.domain.allowance import (
    AllowanceGrade,
    Claim,
    ClaimLine,
    ClaimState,
    ReviewResult,
    grade_for,
    in_order,
    missing_papers,
    payees,
    quarter_before,
    reasons_against,
    shares,
)
from mediation_desk.domain.casefile import CaseFile
from mediation_desk.domain.claim_sheet import claim_title
from mediation_desk.domain.codes import Role
from mediation_desk.domain.numbering import case_number
from mediation_desk.domain.organisation import Mediator, Unit
from mediation_desk.domain.periods import Period, quarter
from mediation_desk.domain.problems import DeskError
from mediation_desk.domain.record import new_id
from mediation_desk.store.changing import ChangeDoor
from mediation_desk.store.register import Register
from mediation_desk.words import tr

ALLOWANCE = "allowance"
# By a case's id the name of the grade that somebody chose; empty for the one that is proposed.
Chosen = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A closed case beside what it would be paid, to whom, and what speaks against claiming it."""

    case: CaseFile
    number: str
    grade: AllowanceGrade | None
    payees: tuple[Mediator, ...]
    missing: tuple[str, ...]
    against: tuple[str, ...]

    @property
    def amount_fen(self) -> int:
        """What the whole case is paid."""
        return self.grade.amount_fen if self.grade else 0

    @property
    def claimable(self) -> bool:
        """Whether nothing speaks against it."""
        return not self.against


def grades(register: Register) -> list[AllowanceGrade]:
    """The grades in use, in the order of the table."""
    return in_order(cast(list[AllowanceGrade], register.all("allowance_grade")))


def no_table(register: Register) -> str:
    """Why nothing can be claimed yet: there is no table of allowances; empty if there is one."""
    if grades(register):
        return ""
    happened = tr("还没有补贴标准，所以不能生成申报表。各区县的等级和金额不同，程序不替您定。")
    if register.role is Role.OFFICE:
        return happened + tr("请先在“设置—补贴标准”里填写本地的等级和金额。")
    office = known_office(register)
    if office is None:
        return happened + tr("请打开司法所给的开户文件，或在“设置—补贴标准”里填写。")
    told = tr("标准由{office}定，请打开它给的回件或新的开户文件。")
    return happened + told.format(office=office.name)


def claimants(register: Register) -> list[Unit]:
    """The units for which this desk may make a claim: its own committee, an office's villages."""
    own = register.committee
    if register.role is not Role.OFFICE:
        return [own] if own is not None else []
    offices = own_ids(register) - ({own.id} if own is not None else set())
    return [unit for unit in register.units() if unit.id not in offices and not unit.void_reason]


def claimant(register: Register, unit_id: str) -> Unit:
    """The unit of this id for which a claim may be made here; raises `DeskError` for others."""
    found = next((unit for unit in claimants(register) if unit.id == unit_id), None)
    if found is None:
        raise DeskError(tr("这里不能给这个单位申报补贴。请在它自己的登记簿里申报。"))
    return found


def claims_of(register: Register, unit_id: str, year: int, number: int) -> list[Claim]:
    """The claims of a unit for a quarter that are not void, the first one first."""
    every = register.all("claim", unit_id=unit_id, year=year, quarter=number)
    live = (claim for claim in cast(list[Claim], every) if not claim.void_reason)
    return sorted(live, key=lambda claim: (claim.position, claim.made_on, claim.id))


def lines_of(register: Register, claim_id: str) -> list[ClaimLine]:
    """The lines of a claim that are not void."""
    found = cast(list[ClaimLine], register.all("claim_line", claim_id=claim_id))
    return [line for line in found if not line.void_reason]


def draft_of(register: Register, unit_id: str, year: int, number: int) -> Claim | None:
    """The draft of a quarter, if there is one."""
    every = claims_of(register, unit_id, year, number)
    return next((claim for claim in every if claim.state is ClaimState.DRAFT), None)


def claim_called(register: Register, claim_id: str) -> Claim:
    """A claim that stands; raises `DeskError` for any other."""
    found = register.get("claim", claim_id)
    if not isinstance(found, Claim) or found.void_reason:
        raise DeskError(tr("这份申报表已经不在了。请刷新后再看。"))
    return found


# Which cases


def candidates(
    register: Register,
    unit_id: str,
    year: int,
    number: int,
    chosen: Chosen | None = None,
) -> list[Candidate]:
    """The cases closed in a quarter, and in those before it for which one may still claim.

    Cases of before that were claimed already are left out; those of the quarter say so.
    """
    settings = register.settings
    first = quarter_before(year, number, settings.allowance_quarters)
    period = Period(quarter(*first).first, quarter(year, number).last)
    ids = register.closed_ids(unit_id, period)
    draft = draft_of(register, unit_id, year, number)
    known = claimed(register, ids)
    counted_by = register.counted_by(ids)
    look = _Look(register, chosen or {})
    found = []
    for dispute_id in ids:
        others = [entry for entry in known[dispute_id]
                  if entry.standing and (draft is None or entry.claim.id != draft.id)]  # fmt: skip
        case = cast(CaseFile, register.case(dispute_id))
        if others and case.dispute.closed_on not in quarter(year, number):
            continue
        against = [*_claimed_words(others)]
        if dispute_id in counted_by:
            against.append(tr("与另一件为同一纠纷，按那一件申报"))
        found.append(look.at(case, against))
    return found


def _claimed_words(others: Iterable[Claimed]) -> Iterator[str]:
    for entry in others:
        told = claim_title(entry.claim)
        if entry.result is ReviewResult.REFUSED:
            yield tr("{quarter}申报过，初审没有同意").format(quarter=told)
        else:
            yield tr("已在{quarter}申报").format(quarter=told)


class _Look:
    """Looks at cases by the table, the settings and the mediators, each read once."""

    def __init__(self, register: Register, chosen: Chosen) -> None:
        self._register, self._chosen = register, chosen
        self._grades, self._settings = grades(register), register.settings
        every = cast(list[Mediator], register.all("mediator"))
        self._people = {entry.id: entry for entry in every}
        self._units = {unit.id: unit for unit in register.units()}

    def at(self, case: CaseFile, against: Sequence[str]) -> Candidate:
        """A case as a candidate; `against` is what the claims say of it."""
        dispute, equal = case.dispute, self._settings.allowance_equal
        grade = self._grade(case)
        paid = payees(case, self._people, equal=equal)
        pattern = self._settings.numbering_pattern
        return Candidate(
            case,
            case_number(dispute, self._units.get(dispute.unit_id), pattern),
            grade,
            tuple(paid),
            missing_papers(case, grade) if grade else (),
            (*against, *reasons_against(case, grade, paid, self._settings)),
        )

    def _grade(self, case: CaseFile) -> AllowanceGrade | None:
        wanted = self._chosen.get(case.dispute.id, "")
        named = (grade for grade in self._grades if grade.name == wanted)
        return next(named, None) or grade_for(case, self._grades)


# The draft


def chosen_in(register: Register, claim: Claim | None) -> dict[str, str]:
    """The cases of a claim with the grades that they have in it."""
    lines = lines_of(register, claim.id) if claim is not None else []
    return {line.dispute_id: line.grade for line in lines}


def make_claim(
    register: Register,
    unit_id: str,
    year: int,
    number: int,
    actor: str,
    today: date,
    chosen: Chosen | None = None,
) -> Claim:
    """Make the draft of a quarter's claim, or make it anew from what the cases say now.

    Of the `chosen` cases with their grades; without any, of all that may be claimed. Raises
    `DeskError` where there is nothing to claim, or for a case that may not be.
    """
    claimant(register, unit_id)
    if why := no_table(register):
        raise DeskError(why)
    if quarter(year, number).first > today:
        raise DeskError(tr("这个季度还没有到，不能申报。请选择已经开始的季度。"))
    found = candidates(register, unit_id, year, number, chosen)
    wanted = _wanted(found, chosen)
    if not wanted:
        happened = tr("这个季度没有可以申报的案件。")
        raise DeskError(happened + tr("每件不能申报的缘由列在“不能申报的”里，补齐后再生成。"))
    draft = draft_of(register, unit_id, year, number)
    reason = tr("生成{quarter}补贴申报表").format(quarter=quarter(year, number).label())
    with register.change(actor, reason, ALLOWANCE) as change:
        position = 1 + len(claims_of(register, unit_id, year, number))
        blank = Claim(
            id=new_id(), unit_id=unit_id, year=year, quarter=number, position=position,
            made_on=today, made_by=actor,
        )  # fmt: skip
        claim = change.keep(replace(draft, made_on=today, made_by=actor) if draft else blank)
        _keep_lines(register, change, claim, wanted)
        return claim


def _wanted(found: Sequence[Candidate], chosen: Chosen | None) -> list[Candidate]:
    if chosen is None:
        return [entry for entry in found if entry.claimable]
    by_id = {entry.case.dispute.id: entry for entry in found}
    wanted = [entry for entry in found if entry.case.dispute.id in chosen]
    lost = [dispute_id for dispute_id in chosen if dispute_id not in by_id]
    if lost:
        happened = tr("其中{count}件已经移交、作废、改了结案日期或在别处申报过。")
        raise DeskError(happened.format(count=len(lost)) + tr("请重新生成申报表。"))
    for entry in wanted:
        if not entry.claimable:
            words = tr("{number}不能申报：{why}。请把它从申报表中去掉，或补齐后再申报。")
            told = tr("；").join(entry.against)
            raise DeskError(words.format(number=entry.number, why=told))
    return wanted


def _keep_lines(
    register: Register, change: ChangeDoor, claim: Claim, wanted: Sequence[Candidate]
) -> None:
    """Let the claim have exactly the lines of these cases."""
    old = {(line.dispute_id, line.mediator_id): line for line in lines_of(register, claim.id)}
    entered = _entered(register, wanted)
    for entry in wanted:
        parts = shares(entry.amount_fen, len(entry.payees), equal=True)
        for mediator, amount in zip(entry.payees, parts, strict=True):
            before = old.pop((entry.case.dispute.id, mediator.id), None)
            line = before or ClaimLine(
                id=new_id(), unit_id=claim.unit_id, claim_id=claim.id,
                dispute_id=entry.case.dispute.id, mediator_id=mediator.id, mediator="",
                entered_on=entered.get(entry.case.dispute.id),
            )  # fmt: skip
            change.keep(
                replace(
                    line,
                    mediator=mediator.name,
                    grade=entry.grade.name if entry.grade else "",
                    amount_fen=amount,
                    missing=entry.missing,
                )
            )
    for line in old.values():
        change.keep(replace(line, void_reason=tr("从申报表中去掉")))


def _entered(register: Register, wanted: Sequence[Candidate]) -> dict[str, date]:
    """When cases were typed into the municipal system that an earlier claim had already."""
    ids = [entry.case.dispute.id for entry in wanted]
    every = cast(list[ClaimLine], register.some("claim_line", ids, "dispute_id"))
    return {line.dispute_id: line.entered_on for line in every if line.entered_on is not None}


def put_in_claim(
    register: Register, claim_id: str, chosen: Chosen, actor: str, today: date
) -> Claim:
    """Make a draft anew with these cases and grades."""
    claim = _draft(register, claim_id)
    told = claim.unit_id, claim.year, claim.quarter
    return make_claim(register, *told, actor, today, chosen)


def _draft(register: Register, claim_id: str) -> Claim:
    claim = claim_called(register, claim_id)
    claimant(register, claim.unit_id)
    if claim.state is not ClaimState.DRAFT:
        happened = tr("这份申报表已经申报，不能再改。")
        raise DeskError(happened + tr("没有报出去的可以先撤回；报出去的请司法所退回有误的案件。"))
    return claim


def claim_it(register: Register, claim_id: str, actor: str, today: date) -> Claim:
    """Claim a draft, made anew from what the cases say now; it goes with the next package."""
    claim = _draft(register, claim_id)
    chosen = chosen_in(register, claim)
    reason = tr("申报{quarter}补贴").format(quarter=claim_title(claim))
    with register.change(actor, reason, ALLOWANCE) as change:
        told = claim.unit_id, claim.year, claim.quarter
        wanted = _wanted(candidates(register, *told, chosen), chosen)
        _keep_lines(register, change, claim, wanted)
        return change.keep(replace(claim, state=ClaimState.CLAIMED, claimed_on=today))


def discard(register: Register, claim_id: str, actor: str) -> None:
    """Throw a draft away; it stays in the history."""
    claim = _draft(register, claim_id)
    reason = tr("不要{quarter}补贴申报表的草稿").format(quarter=claim_title(claim))
    with register.change(actor, reason, ALLOWANCE) as change:
        for line in lines_of(register, claim.id):
            change.keep(replace(line, void_reason=reason))
        change.keep(replace(claim, void_reason=reason))


def why_not_withdraw(register: Register, claim: Claim) -> str:
    """Why a claim cannot be made a draft again; empty if it can."""
    if claim.state is not ClaimState.CLAIMED:
        return tr("只有已申报、还没有初审的申报表可以撤回。")
    if claim.unit_id not in {unit.id for unit in claimants(register)}:
        return tr("这份申报表由申报的单位撤回。")
    lines = lines_of(register, claim.id)
    if any(line.result is not ReviewResult.OPEN for line in lines):
        return tr("司法所已经开始初审，不能撤回。请司法所退回有误的案件。")
    if register.history("claim", claim.id)[0].lineage:
        return tr("这份申报表是村里报来的，请在初审时退回有误的案件。")
    if _was_sent(register, claim):
        return tr("申报表已经随报送文件报出，不能撤回。请司法所退回有误的案件。")
    return ""


def _was_sent(register: Register, claim: Claim) -> bool:
    """Whether a file that carries the claim was made since it was claimed."""
    at = register.history("claim", claim.id)[-1].sequence
    made = register.all("package", received=0, unit_id=claim.unit_id)
    return any(register.history("package", e.id)[-1].sequence > at for e in made)


def withdraw(register: Register, claim_id: str, actor: str) -> Claim:
    """Make a claim a draft again that has not left yet."""
    claim = claim_called(register, claim_id)
    if why := why_not_withdraw(register, claim):
        raise DeskError(why)
    reason = tr("撤回{quarter}补贴申报").format(quarter=claim_title(claim))
    with register.change(actor, reason, ALLOWANCE) as change:
        return change.keep(replace(claim, state=ClaimState.DRAFT, claimed_on=None))
