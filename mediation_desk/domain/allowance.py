"""Allowance per case (以案定补): grades, claims and their lines, and the rules over one case.

Confirmed are the claim each quarter with the office's first review, 谁调解、补助谁, and one claim
for one dispute however often it was mediated (domain.md §5.5). Grades, amounts, papers and
conditions are local practice and empty until somebody sets them.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from mediation_desk.domain.casefile import CaseFile
from mediation_desk.domain.cases import Dispute
from mediation_desk.domain.codes import (
    AgreementForm,
    Code,
    Difficulty,
    Outcome,
    Performance,
)
from mediation_desk.domain.fields import field
from mediation_desk.domain.file_papers import Paper, is_there
from mediation_desk.domain.organisation import Mediator
from mediation_desk.domain.periods import Period, quarter
from mediation_desk.domain.problems import DeskError
from mediation_desk.domain.record import Record
from mediation_desk.domain.settings import Settings
from mediation_desk.words import tr

_QUARTERS = 4


class ClaimState(Code):
    """How far a claim has come; each state has its day."""

    DRAFT = "0", "草稿"
    CLAIMED = "1", "已申报"
    REVIEWED = "2", "已初审"
    REPORTED = "3", "已上报"
    PAID = "4", "已发放"


class ReviewResult(Code):
    """What the office's first review says of a case."""

    OPEN = "0", "待初审"
    GRANTED = "1", "同意"
    REFUSED = "2", "不同意"
    RETURNED = "3", "退回补正"


@dataclass(frozen=True, slots=True, kw_only=True)
class AllowanceGrade(Record):
    """One grade of the township's table: what a case of it is paid, and what its file needs.

    `papers` are codes of `Paper`. A case is proposed for the first grade of its difficulty.
    """

    name: str = field("等级名称", note="如 一般、疑难、重大")
    position: int = field("顺序", default=1)
    amount_fen: int = field("每件补贴", default=0, money=True)
    difficulty: Difficulty | None = field("对应的难度等级", default=None)
    written_only: bool = field("只补书面协议", default=False)
    papers: tuple[str, ...] = field("需要的材料", default=())


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim(Record):
    """A committee's claim form of one quarter; a further one in the same quarter has its own."""

    unit_id: str = field("单位")
    year: int = field("年度")
    quarter: int = field("季度")
    position: int = field("第几份", default=1)
    state: ClaimState = field("申报情况", default=ClaimState.DRAFT)
    made_on: date = field("制表日期")
    made_by: str = field("申报人", default="")
    claimed_on: date | None = field("申报日期", default=None)
    reviewed_on: date | None = field("初审日期", default=None)
    reviewed_by: str = field("初审人", default="")
    reported_on: date | None = field("上报日期", default=None)
    paid_on: date | None = field("发放日期", default=None)

    @property
    def period(self) -> Period:
        """The quarter."""
        return quarter(self.year, self.quarter)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimLine(Record):
    """What one mediator is to get for one case; a case that several mediated has several lines.

    The committee writes all but the review, which is the office's. `entered_on` says when the case
    was typed into the municipal system, on whichever desk that was done.
    """

    unit_id: str = field("单位")
    claim_id: str = field("申报表")
    dispute_id: str = field("纠纷")
    mediator_id: str = field("调解员标识")
    mediator: str = field("调解员")
    grade: str = field("等级", default="")
    amount_fen: int = field("补贴金额", default=0, money=True)
    missing: tuple[str, ...] = field("缺少的材料", default=())
    result: ReviewResult = field("初审结果", default=ReviewResult.OPEN)
    reason: str = field("初审意见", default="", note="不要写当事人姓名")
    checked_on: date | None = field("审核日期", default=None)
    checked_by: str = field("审核人", default="")
    entered_on: date | None = field("录入市级系统日期", default=None)


def quarter_of(day: date) -> tuple[int, int]:
    """Year and quarter of a day."""
    return day.year, (day.month + 2) // 3


def quarter_before(year: int, number: int, count: int = 1) -> tuple[int, int]:
    """Year and quarter so many quarters before."""
    whole = year * _QUARTERS + number - 1 - count
    return whole // _QUARTERS, whole % _QUARTERS + 1


def parse_quarter(typed: str) -> tuple[int, int]:
    """Year and quarter for `2026-3` or `2026Q3`; raises `DeskError` for anything else."""
    year, _, number = typed.strip().upper().replace("Q", "-").replace("--", "-").partition("-")
    plain = year.isascii() and year.isdecimal() and len(year) == len("2026")
    if plain and number in {"1", "2", "3", "4"}:
        return int(year), int(number)
    words = tr("看不懂季度“{typed}”。请写成 2026-3（2026年第3季度）。")
    raise DeskError(words.format(typed=typed))


# Papers


def missing_papers(case: CaseFile, grade: AllowanceGrade) -> tuple[str, ...]:
    """What the file of `case` lacks of the papers that `grade` asks for, in the file's order."""
    wanted = set(grade.papers)
    return tuple(
        tr(paper.label) for paper in Paper if paper.value in wanted and not is_there(paper, case)
    )


# Grades and money


def in_order(grades: Iterable[AllowanceGrade]) -> list[AllowanceGrade]:
    """The grades in use, as the table shows them."""
    live = (grade for grade in grades if not grade.void_reason)
    return sorted(live, key=lambda grade: (grade.position, grade.name, grade.id))


def is_oral(case: CaseFile) -> bool:
    """Whether a case ended in an oral agreement."""
    return case.agreement is not None and case.agreement.form is AgreementForm.ORAL


def grade_for(case: CaseFile, grades: Sequence[AllowanceGrade]) -> AllowanceGrade | None:
    """The grade that is proposed for `case`: the first of its difficulty, else one for all."""
    fitting = [grade for grade in grades if grade.difficulty is case.dispute.difficulty]
    fitting = fitting or [grade for grade in grades if grade.difficulty is None]
    return fitting[0] if fitting else None


def may_get(mediator: Mediator, day: date | None) -> bool:
    """Whether a mediator may be paid for a case that was closed on `day` (domain.md §5.5)."""
    if mediator.void_reason or not mediator.may_claim_allowance or day is None:
        return False
    begun = mediator.term_from is None or mediator.term_from <= day
    return begun and (mediator.term_to is None or day <= mediator.term_to)


def shares(amount_fen: int, count: int, *, equal: bool) -> list[int]:
    """What each of `count` mediators gets; what cannot be divided goes to the first."""
    if not count:
        return []
    if not equal:
        return [amount_fen]
    each = amount_fen // count
    return [amount_fen - each * (count - 1), *[each] * (count - 1)]


def payees(case: CaseFile, people: Mapping[str, Mediator], *, equal: bool) -> list[Mediator]:
    """Who is paid for a case: all who mediated and may be, or only the first of them."""
    found = [people[entry] for entry in dict.fromkeys(case.dispute.mediator_ids) if entry in people]
    allowed = [entry for entry in found if may_get(entry, case.dispute.closed_on)]
    return allowed if equal else allowed[:1]


def reasons_against(
    case: CaseFile, grade: AllowanceGrade | None, paid: Sequence[Mediator], settings: Settings
) -> Iterator[str]:
    """Why `case` cannot be claimed as it stands, in words; nothing if it can."""
    yield from _of_the_case(case.dispute, settings)
    yield from _of_the_grade(case, grade, settings)
    if not paid:
        yield tr("没有可领补贴、在任期内的调解员")


def _of_the_case(dispute: Dispute, settings: Settings) -> Iterator[str]:
    if dispute.void_reason:
        yield tr("纠纷已经作废")
    if dispute.outcome is None or dispute.closed_on is None:
        yield tr("还没有结案")
    elif dispute.outcome in {Outcome.NOT_ACCEPTED, Outcome.TRANSFERRED}:
        yield tr("{outcome}，没有调解").format(outcome=tr(dispute.outcome.label))
    elif settings.allowance_settled and dispute.outcome is not Outcome.SETTLED:
        yield tr("没有调解成功")
    settled = dispute.outcome is Outcome.SETTLED
    if settings.allowance_performed and settled and dispute.performance is not Performance.KEPT:
        yield tr("协议还没有履行完毕")


def _of_the_grade(
    case: CaseFile, grade: AllowanceGrade | None, settings: Settings
) -> Iterator[str]:
    if grade is None:
        yield tr("补贴标准里没有适用的等级")
    elif grade.written_only and is_oral(case):
        yield tr("“{grade}”只补书面协议").format(grade=grade.name)
    elif settings.allowance_papers and (lacking := missing_papers(case, grade)):
        yield tr("卷宗缺少：{papers}").format(papers=tr("、").join(lacking))
