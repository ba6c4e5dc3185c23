"""What the lists of the page of claims show: cases, what cannot be claimed, the units."""

from collections.abc import Callable
from dataclasses import dataclass

from mediation_desk.desk.claim_overview import UnitClaim
from mediation_desk.desk.claiming import Candidate
from mediation_desk.domain.allowance import ClaimState, ReviewResult
from mediation_desk.domain.claim_sheet import ClaimSheet, SheetRow
from mediation_desk.domain.money import yuan
from mediation_desk.ui.rows import Column, Fold
from mediation_desk.ui.theme import Tone
from mediation_desk.words import tr

RESULTS = {
    ReviewResult.OPEN: Tone.NEUTRAL,
    ReviewResult.GRANTED: Tone.GREEN,
    ReviewResult.REFUSED: Tone.RED,
    ReviewResult.RETURNED: Tone.AMBER,
}
STATES = {
    ClaimState.DRAFT: Tone.NEUTRAL,
    ClaimState.CLAIMED: Tone.BLUE,
    ClaimState.REVIEWED: Tone.AMBER,
    ClaimState.REPORTED: Tone.BLUE,
    ClaimState.PAID: Tone.GREEN,
}


@dataclass(frozen=True, slots=True)
class ClaimedCase:
    """A case of a claim with the lines of all who are paid for it."""

    rows: tuple[SheetRow, ...]
    against: tuple[str, ...] = ()

    @property
    def first(self) -> SheetRow:
        """What all lines have in common stands in each of them."""
        return self.rows[0]

    @property
    def amount_fen(self) -> int:
        """What the case is paid altogether."""
        return sum(row.amount_fen for row in self.rows)

    @property
    def who(self) -> str:
        """Who is paid, with their shares where they are several."""
        if len(self.rows) == 1:
            return self.first.mediator
        return tr("、").join(
            tr("{name} {amount}元").format(name=row.mediator, amount=yuan(row.amount_fen))
            for row in self.rows
        )


def cases_of(sheet: ClaimSheet, against: dict[str, tuple[str, ...]]) -> list[ClaimedCase]:
    """The cases of a claim in its order."""
    by_case: dict[str, list[SheetRow]] = {}
    for row in sheet.rows:
        by_case.setdefault(row.dispute_id, []).append(row)
    return [ClaimedCase(tuple(rows), against.get(id_, ())) for id_, rows in by_case.items()]


def _said(draft: Callable[[], bool]) -> Callable[[ClaimedCase], str]:
    def said(case: ClaimedCase) -> str:
        if case.against:
            return tr("有问题")
        if draft():
            return tr("已录入") if case.first.entered_on else tr("待录入")
        return tr(case.first.result.label)

    return said


def _tone(draft: Callable[[], bool]) -> Callable[[ClaimedCase], Tone]:
    def tone(case: ClaimedCase) -> Tone:
        if case.against:
            return Tone.RED
        if draft():
            return Tone.GREEN if case.first.entered_on else Tone.NEUTRAL
        return RESULTS[case.first.result]

    return tone


def case_columns(draft: Callable[[], bool]) -> list[Column[ClaimedCase]]:
    """The cases of a claim; a `draft` tells whether they are typed in, a claim its review."""

    def what(case: ClaimedCase) -> str:
        first = case.first
        return f"{first.number}\n{first.parties} · {first.type_label}"

    def paid(case: ClaimedCase) -> str:
        return f"{case.first.grade}\n{case.first.mediator}" + (
            tr("等{count}人").format(count=len(case.rows)) if len(case.rows) > 1 else ""
        )

    return [
        Column(tr("案件"), what, stretch=True),
        Column(tr("等级 · 调解员"), paid, width=124, tip=lambda case: case.who, folds=Fold.BELOW),
        Column(tr("金额（元）"), lambda case: yuan(case.amount_fen), width=96, right=True),
        Column(tr("情况"), _said(draft), _tone(draft), width=96),
    ]


def _always() -> bool:
    return True


def entry_columns() -> list[Column[ClaimedCase]]:
    """The cases that are still to be typed into the municipal system."""
    return case_columns(_always)


def candidate_columns() -> list[Column[Candidate]]:
    """What is in no claim, and why."""

    def why(entry: Candidate) -> str:
        return tr("；").join(entry.against) or tr("可以申报，生成申报表时列入")

    def closed(entry: Candidate) -> str:
        return str(entry.case.dispute.closed_on or "")

    return [
        Column(tr("案号"), lambda entry: f"{entry.number}\n{closed(entry)}", width=200),
        Column(tr("情况"), why, stretch=True),
    ]


def unit_columns() -> list[Column[UnitClaim]]:
    """The units with how far each has come."""

    def said(entry: UnitClaim) -> str:
        return tr(entry.claim.state.label) if entry.claim else tr("未申报")

    def tone(entry: UnitClaim) -> Tone:
        return STATES[entry.claim.state] if entry.claim else Tone.NEUTRAL

    def amount(entry: UnitClaim) -> str:
        return yuan(entry.total.amount_fen) if entry.claim else ""

    def granted(entry: UnitClaim) -> str:
        return yuan(entry.total.granted_fen) if entry.claim else ""

    def count(entry: UnitClaim) -> str:
        return str(entry.total.cases) if entry.claim else ""

    return [
        Column(tr("单位"), lambda entry: entry.unit.name, stretch=True),
        Column(tr("件数"), count, width=64, right=True),
        Column(tr("申报（元）"), amount, width=96, right=True),
        Column(tr("同意（元）"), granted, width=96, right=True),
        Column(tr("情况"), said, tone, width=104),
    ]
