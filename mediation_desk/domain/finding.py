"""What a list of disputes may be narrowed by, and the rows it shows."""

from dataclasses import dataclass

from mediation_desk.domain.cases import Dispute
from mediation_desk.domain.codes import AgreementForm, CaseStatus, Outcome
from mediation_desk.domain.periods import Period


@dataclass(frozen=True, slots=True)
class Find:
    """A question to the list of disputes; what is empty does not narrow it."""

    text: str = ""
    unit_id: str = ""
    type: str = ""
    status: CaseStatus | None = None
    outcome: Outcome | None = None
    period: Period | None = None


@dataclass(frozen=True, slots=True)
class DisputeRow:
    """One line of the list: who, what, when; `dispute` comes without its long texts.

    `row` is the place in date order by which the list is paged.
    """

    row: int
    dispute: Dispute
    number: str
    applicants: str
    respondents: str
    type_label: str
    unit_name: str
    form: AgreementForm | None


@dataclass(frozen=True, slots=True)
class Page:
    """Some lines, newest first, and where the next ones begin; None after the last."""

    rows: tuple[DisputeRow, ...]
    next: int | None
