"""A claim form as people read it: one row for each mediator of a case, and its totals."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from mediation_desk.domain.allowance import Claim, ClaimState, ReviewResult
from mediation_desk.words import tr


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row: `place` is the case's in the form, `file` says whether its file is complete."""

    place: int
    dispute_id: str
    number: str
    parties: str
    type_label: str
    grade: str
    outcome: str
    form: str
    closed_on: date | None
    file: str
    mediator: str
    amount_fen: int
    result: ReviewResult
    reason: str
    entered_on: date | None = None

    @property
    def granted_fen(self) -> int:
        """What of the amount the office has granted."""
        return self.amount_fen if self.result is ReviewResult.GRANTED else 0

    @property
    def review(self) -> str:
        """The first review in words; empty while there is none."""
        if self.result is ReviewResult.OPEN:
            return ""
        said = tr(self.result.label)
        return tr("{said}：{reason}").format(said=said, reason=self.reason) if self.reason else said


@dataclass(frozen=True, slots=True)
class Total:
    """What rows add up to: cases, the amount claimed and the amount granted."""

    name: str
    cases: int
    amount_fen: int
    granted_fen: int


@dataclass(frozen=True, slots=True)
class ClaimSheet:
    """A claim with its rows, whose it is and how its names are shown."""

    claim: Claim
    unit: str
    committee: str
    office: str
    rows: tuple[SheetRow, ...]

    @property
    def title(self) -> str:
        """Which quarter's claim it is."""
        return claim_title(self.claim)

    @property
    def total(self) -> Total:
        """All rows together."""
        return total_of(tr("合计"), self.rows)

    def by_mediator(self) -> list[Total]:
        """The rows by mediator, in the order in which they first appear."""
        names = dict.fromkeys(row.mediator for row in self.rows)
        return [total_of(n, (r for r in self.rows if r.mediator == n)) for n in names]

    @property
    def waiting(self) -> int:
        """How many cases the office has not reviewed yet."""
        return len({row.dispute_id for row in self.rows if row.result is ReviewResult.OPEN})


def total_of(name: str, rows: Iterable[SheetRow]) -> Total:
    """What rows add up to; a case with several mediators is one case."""
    every = tuple(rows)
    return Total(
        name,
        len({row.dispute_id for row in every}),
        sum(row.amount_fen for row in every),
        sum(row.granted_fen for row in every),
    )


def claim_title(claim: Claim) -> str:
    """The quarter of a claim, with its number where the quarter has several."""
    label = claim.period.label()
    if claim.position == 1:
        return label
    return tr("{quarter}（第{number}份）").format(quarter=label, number=claim.position)


def state_words(claim: Claim) -> str:
    """How far a claim has come and since when."""
    days = {
        ClaimState.DRAFT: claim.made_on,
        ClaimState.CLAIMED: claim.claimed_on,
        ClaimState.REVIEWED: claim.reviewed_on,
        ClaimState.REPORTED: claim.reported_on,
        ClaimState.PAID: claim.paid_on,
    }
    if claim.void_reason:
        return tr("作废")
    day = days[claim.state]
    return tr("{state} · {day}").format(state=tr(claim.state.label), day=day or "")
