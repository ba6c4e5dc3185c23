"""What a list of disputes may be narrowed by, the order it is in, and the rows it shows."""

from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from mediation_desk.domain import periods
from mediation_desk.domain.cases import Dispute
from mediation_desk.domain.codes import AgreementForm, CaseStatus, Code, Outcome, RiskLevel
from mediation_desk.domain.limits import Entrusted
from mediation_desk.domain.periods import Period


class Order(Code):
    """In which order disputes are listed."""

    NEWEST = "1", "受理 新→旧"
    OLDEST = "2", "受理 旧→新"
    NUMBER = "3", "编号 大→小"
    CLOSED = "4", "结案 新→旧"
    NAME = "5", "姓名拼音"


class Span(Code):
    """A stretch of time named from today, so that a saved filter moves on with the days."""

    THIS_MONTH = "1", "本月"
    LAST_MONTH = "2", "上月"
    QUARTER = "3", "本季度"
    YEAR = "4", "本年"
    LAST_YEAR = "5", "去年"

    def period(self, today: date) -> Period:
        """The days it stands for on `today`."""
        this_month = periods.month_of(today)
        return {
            Span.THIS_MONTH: this_month,
            Span.LAST_MONTH: periods.month_before(this_month),
            Span.QUARTER: periods.quarter(today.year, (today.month + 2) // 3),
            Span.YEAR: periods.year(today.year),
            Span.LAST_YEAR: periods.year(today.year - 1),
        }[self]


@dataclass(frozen=True, slots=True)
class Find:
    """A question to the list of disputes; what is empty does not narrow it.

    `overdue_on` keeps to disputes with something overdue on that day: the mediation period, a
    promise or an answer to a referral.
    """

    text: str = ""
    unit_id: str = ""
    type: str = ""
    status: CaseStatus | None = None
    outcome: Outcome | None = None
    period: Period | None = None
    mediator_id: str = ""
    level: RiskLevel | None = None
    overdue_on: date | None = None
    order: Order = Order.NEWEST


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a person asks of the list, as it can be kept for another day under a name."""

    text: str = ""
    unit_id: str = ""
    type: str = ""
    status: CaseStatus | None = None
    outcome: Outcome | None = None
    span: Span | None = None
    mediator_id: str = ""
    level: RiskLevel | None = None
    overdue: bool = False
    order: Order = Order.NEWEST

    def find(self, today: date) -> Find:
        """The question that this is on `today`."""
        return Find(
            text=self.text,
            unit_id=self.unit_id,
            type=self.type,
            status=self.status,
            outcome=self.outcome,
            period=self.span.period(today) if self.span else None,
            mediator_id=self.mediator_id,
            level=self.level,
            overdue_on=today if self.overdue else None,
            order=self.order,
        )

    def plain(self) -> dict[str, Any]:
        """Its values as JSON can keep them; what is empty is left out."""
        told = {entry.name: getattr(self, entry.name) for entry in fields(self)}
        kept = {name: value for name, value in told.items() if value}
        return {n: value.value if isinstance(value, Code) else value for n, value in kept.items()}


_CODES: dict[str, type[Code]] = {
    "status": CaseStatus,
    "outcome": Outcome,
    "span": Span,
    "level": RiskLevel,
    "order": Order,
}


def wanted(plain: dict[str, Any]) -> Wanted:
    """What `Wanted.plain` was made from; raises `KeyError` for what another program asks.

    Without a condition that is not known here the filter would list more than its name says.
    """
    unknown = plain.keys() - {entry.name for entry in fields(Wanted)}
    if unknown:
        raise KeyError(*unknown)
    codes = {name: _CODES[name].of(plain[name]) for name in plain.keys() & _CODES.keys()}
    return Wanted(**{**plain, **codes})


@dataclass(frozen=True, slots=True)
class DisputeRow:
    """One line of the list: who, what, when; `dispute` comes without its long texts.

    `row` is the place in date order; a page goes on after the line with a known one. `same_as` is
    the number of the entry that counts for this one, where both are one dispute. `entrusted` says
    how and when courts handed it over that still wait.
    """

    row: int
    dispute: Dispute
    number: str
    applicants: str
    respondents: str
    type_label: str
    unit_name: str
    form: AgreementForm | None
    same_as: str = ""
    entrusted: tuple[Entrusted, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """Some lines in their order, and the line after which to go on; None after the last."""

    rows: tuple[DisputeRow, ...]
    next: int | None
