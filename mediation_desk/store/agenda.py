"""Where something may be due: places in the list of disputes, found without reading all of them.

Each question finds a few candidates by an index; the rules of `domain` decide about them. What
was left undone for more than a year is no longer told day by day, so that an old ledger brought
in does not bury what matters today.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from mediation_desk.domain.limits import CONFIRMATION_DAYS, Limits, Term
from mediation_desk.domain.periods import Period, month_of
from mediation_desk.domain.settings import Settings
from mediation_desk.store.connection import Connections, Row, batches
from mediation_desk.store.narrowing import court_starts
from mediation_desk.store.places import first_place, last_place
from mediation_desk.store.same_cases import LEFT_OUT

# More of one kind than anybody reads.
_MOST = 100
_LOOK_BACK = timedelta(days=366)

_MINE = "r.unit_id = :unit AND r.void_reason = ''"
# The plus turns the database to the index of outcomes: few disputes are open, many are one unit's.
_MINE_OPEN = "r.outcome IS NULL AND +r.unit_id = :unit AND r.void_reason = ''"
# Written agreements count from the last of their three dates, oral ones from the day of agreement.
_EFFECTIVE = (
    "CASE a.form WHEN '1' THEN a.agreed_on "
    "ELSE max(a.parties_signed_on, a.mediator_signed_on, a.sealed_on) END"
)
_LACKING = "(a.parties_signed_on IS NULL OR a.mediator_signed_on IS NULL OR a.sealed_on IS NULL)"
_AGREED = (
    "FROM dispute r CROSS JOIN agreement a ON a.dispute_id = r.id AND a.void_reason = '' "
    f"WHERE {_MINE} AND r.closed_on >= :back AND r.outcome = '1'"
)
_IN_HAND = f"{_AGREED} AND r.archive = '0'"
_VISITED = (
    "EXISTS (SELECT 1 FROM session s WHERE s.dispute_id = r.id AND s.kind = '3' "
    f"AND s.void_reason = '' AND s.held_on >= {_EFFECTIVE})"
)
_LATEST = "ORDER BY r.closed_on DESC LIMIT :most"

_OWN = (
    # Open disputes whose period ends soon, and registered ones not yet decided on.
    f"SELECT r.row FROM dispute r WHERE {_MINE_OPEN} AND (r.intake_on IS NULL "
    "OR CASE WHEN r.extended_to IS NULL THEN r.intake_on <= :taken ELSE r.extended_to <= :until "
    "END) ORDER BY r.row DESC LIMIT :most",
    # Terms of agreements not kept.
    "SELECT r.row FROM promise p CROSS JOIN dispute r ON r.id = p.dispute_id WHERE p.kept_on IS "
    f"NULL AND p.due_on <= :until AND p.void_reason = '' AND {_MINE} AND r.outcome = '1' "
    "AND coalesce(r.performance, '') NOT IN ('1', '5') ORDER BY p.due_on DESC LIMIT :most",
    # Agreements in force that may still be confirmed, but not for long.
    f"SELECT r.row {_AGREED} AND a.form = '2' AND r.confirmation = '0' AND r.closed_on >= :ended "
    f"AND {_EFFECTIVE} BETWEEN :confirm_from AND :confirm_to {_LATEST}",
    f"SELECT r.row {_IN_HAND} AND a.form = '2' AND {_LACKING} {_LATEST}",
    f"SELECT r.row {_IN_HAND} AND {_EFFECTIVE} <= :visit AND NOT {_VISITED} {_LATEST}",
    f"SELECT r.row FROM dispute r WHERE {_MINE} AND r.archive = '0' AND r.closed_on BETWEEN :back "
    "AND :archive AND (r.outcome IN ('2', '3', '5') OR r.outcome = '1' AND r.performance = '1') "
    f"{_LATEST}",
)
_ANSWERS = (
    "SELECT r.row FROM referral f CROSS JOIN dispute r ON r.id = f.dispute_id WHERE f.direction = "
    "'1' AND f.answered_on IS NULL AND f.void_reason = '' AND r.void_reason = '' AND "
    # The rules decide about those of courts, whose days are shorter, or may have been made longer.
    "(coalesce(f.answer_due_on <= :until, r.closed_on BETWEEN :back AND :answered, 0) "
    "OR f.delegation IS NOT NULL AND f.received_on BETWEEN :back AND :court) "
    "AND (:unit = '' OR r.unit_id = :unit) ORDER BY r.row DESC LIMIT :most"
)
# The figures of a month: taken in, settled, and being handled now; what is one dispute counts once.
_ONCE = f"r.row NOT IN {LEFT_OUT}"
_MONTH = {
    "intake": f"r.row BETWEEN :from AND :to AND {_MINE} AND r.intake_on IS NOT NULL "
    f"AND coalesce(r.outcome, '') <> '4' AND {_ONCE}",
    "settled": f"r.closed_on BETWEEN :first AND :last AND {_MINE} AND r.outcome = '1' AND {_ONCE}",
    "open": f"{_MINE_OPEN} AND r.intake_on IS NOT NULL AND {_ONCE}",
}


@dataclass(frozen=True, slots=True)
class Horizon:
    """Whose agenda is asked for, on which day, how many days ahead, under which limits."""

    unit_id: str
    today: date
    ahead: int
    limits: Limits

    @property
    def settings(self) -> Settings:
        """The settings of these limits."""
        return self.limits.settings

    def values(self) -> dict[str, object]:
        """The days that the questions compare with, as the tables hold them."""
        limits, until = self.limits, self.today + timedelta(days=self.ahead)
        confirming = limits.court_term(CONFIRMATION_DAYS)
        # What can still be confirmed today.
        first = limits.latest_start(self.today - timedelta(days=1), confirming) + timedelta(days=1)

        def begun(term: Term) -> str:
            return limits.latest_start(until, term).isoformat()

        return {
            "unit": self.unit_id,
            "most": _MOST,
            "until": until.isoformat(),
            "back": (self.today - _LOOK_BACK).isoformat(),
            "taken": begun(limits.term("mediation")),
            "court": max(court_starts(limits, until).values()),
            "answered": begun(limits.term("answer")),
            "visit": begun(limits.term("visit")),
            "archive": begun(limits.term("archive")),
            "confirm_from": first.isoformat(),
            "confirm_to": begun(confirming),
            # The seal may come long after the agreement, but hardly half a year.
            "ended": (first - timedelta(days=183)).isoformat(),
        }


@dataclass(frozen=True, slots=True)
class Waiting:
    """Where something may be due, and what the agenda tells besides.

    `screening` is the day and area of the last round of screening, `month` counts the disputes
    taken in and settled this month and those being handled now, `begun` is the day from which
    this register or its disputes date.
    """

    own: tuple[int, ...]
    answers: tuple[int, ...]
    screening: tuple[date, str] | None
    month: tuple[int, int, int]
    begun: date


def waiting(connections: Connections, horizon: Horizon, *, everyone: bool) -> Waiting:
    """What waits for one committee; answers of `everyone` on the office's desk."""
    own = horizon.values()
    theirs = own | {"unit": ""} if everyone else own
    return Waiting(
        own=_places(connections, _OWN, own),
        answers=_places(connections, (_ANSWERS,), theirs),
        screening=_last_screening(connections, horizon.unit_id),
        month=_month_counts(connections, horizon.unit_id, month_of(horizon.today)),
        begun=begun(connections, horizon.unit_id, horizon.today),
    )


def _places(
    connections: Connections, questions: Sequence[str], values: dict[str, object]
) -> tuple[int, ...]:
    found = {row[0] for sql in questions for row in connections.rows(sql, values)}
    return tuple(sorted(found, reverse=True))


def last_visits(connections: Connections, dispute_ids: Collection[str]) -> dict[str, date]:
    """The day of the last visit of each of these disputes that was visited."""
    found: list[Row] = []
    for part in batches(dispute_ids):
        marks = ", ".join("?" * len(part))
        sql = (
            f"SELECT dispute_id, max(held_on) FROM session WHERE dispute_id IN ({marks}) "
            "AND kind = '3' AND void_reason = '' GROUP BY dispute_id"
        )
        found += connections.rows(sql, part)
    return {row[0]: date.fromisoformat(row[1]) for row in found}


def places_of(connections: Connections, dispute_ids: Collection[str]) -> list[int]:
    """The places of disputes in the list, the newest first."""
    found: list[Row] = []
    for part in batches(dispute_ids):
        marks = ", ".join("?" * len(part))
        found += connections.rows(f"SELECT row FROM dispute WHERE id IN ({marks})", part)
    return sorted((row[0] for row in found), reverse=True)


def _last_screening(connections: Connections, unit_id: str) -> tuple[date, str] | None:
    """Day and area of the last round of screening."""
    row = connections.one(
        "SELECT screened_on, area FROM screening WHERE unit_id = ? AND void_reason = '' "
        "ORDER BY screened_on DESC LIMIT 1",
        (unit_id,),
    )
    return (date.fromisoformat(row[0]), row[1]) if row else None


def _month_values(unit_id: str, month: Period) -> dict[str, object]:
    # Places are days: the committee's own stretch of the list is all that is read.
    return {
        "unit": unit_id,
        "from": first_place(month.first),
        "to": last_place(month.last),
        "first": month.first.isoformat(),
        "last": month.last.isoformat(),
    }


def _month_counts(connections: Connections, unit_id: str, month: Period) -> tuple[int, int, int]:
    counted = (f"(SELECT count(*) FROM dispute r WHERE {where})" for where in _MONTH.values())
    row = connections.one(f"SELECT {', '.join(counted)}", _month_values(unit_id, month))
    return (row[0], row[1], row[2]) if row else (0, 0, 0)


def month_places(connections: Connections, unit_id: str, month: Period, figure: str) -> list[int]:
    """The places of the disputes behind a `figure` of the month: intake, settled or open."""
    sql = f"SELECT r.row FROM dispute r WHERE {_MONTH[figure]} ORDER BY r.row DESC"
    return [row[0] for row in connections.rows(sql, _month_values(unit_id, month))]


def begun(connections: Connections, unit_id: str, today: date) -> date:
    """The day from which the register knows of the unit: of its first act or its first dispute."""
    act = connections.one("SELECT at FROM act ORDER BY number LIMIT 1")
    dispute = connections.one(
        "SELECT intake_on FROM dispute WHERE unit_id = ? AND void_reason = '' "
        "AND intake_on IS NOT NULL ORDER BY row LIMIT 1",
        (unit_id,),
    )
    # An act's moment begins with its day.
    told = [date.fromisoformat(row[0][:10]) for row in (act, dispute) if row and row[0]]
    return min(told, default=today)
