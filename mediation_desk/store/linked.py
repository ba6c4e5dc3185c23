"""By which channels cases came in, and whether their letters were answered in time."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache, partial

from mediation_desk.domain.cases import Dispute
from mediation_desk.domain.codes import Delegation, Direction, ReferralChannel, Source
from mediation_desk.domain.due_days import answer_limit
from mediation_desk.domain.handling import Referral
from mediation_desk.domain.limits import Limits
from mediation_desk.figures.calibre import Calibre
from mediation_desk.figures.links import CHANNELS, IN_TIME, LATE, UNANSWERED
from mediation_desk.store import counted as sql_of
from mediation_desk.store.counted import Ground

_CHANNELS = ", ".join(f"'{channel.value}'" for channel in CHANNELS)
# Most letters name their day; only the others, whose state is left empty, need the rules.
_STATE = (
    f"CASE WHEN r.answered_on IS NULL THEN '{UNANSWERED}' "
    "WHEN r.answer_due_on IS NULL OR r.delegation IS NOT NULL THEN '' "
    f"WHEN r.answered_on > r.answer_due_on THEN '{LATE}' ELSE '{IN_TIME}' END"
)


@dataclass(slots=True)
class Linked:
    """A case that came by a channel: its unit and outcome, and by channel the worst answer."""

    unit_id: str
    outcome: str
    states: dict[str, str]

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of `figures.links`."""
        return tuple(f"{channel}:{state}" for channel, state in sorted(self.states.items()))


def linked(ground: Ground, calibre: Calibre) -> dict[int, Linked]:
    """The cases of a calibre that came in by a channel, by their places."""
    where, values = sql_of.counted(ground, calibre)
    agreed = "" if calibre.oral else sql_of.AGREED
    sql = (
        f"SELECT d.row, d.unit_id, {sql_of.OUTCOME}, r.channel, {_STATE}, r.answered_on, "
        "d.closed_on, d.extended_to, r.delegation, r.received_on, r.answer_due_on FROM dispute d "
        "JOIN referral r ON r.dispute_id = d.id AND r.direction = '1' AND r.void_reason = '' "
        f"AND r.channel IN ({_CHANNELS}) {agreed}{where}"
    )
    last_day = lru_cache(maxsize=None)(partial(_last_day, ground.limits))
    found: dict[int, Linked] = {}
    for place, unit, outcome, channel, state, answered, *facts in ground.connections.rows(
        sql, values
    ):
        case = found.get(place)
        if case is None:
            case = found[place] = Linked(unit, outcome, {})
        now = state or (LATE if answered > last_day(channel, *facts) else IN_TIME)
        case.states[channel] = min(case.states.get(channel, now), now)
    return found


def _last_day(
    limits: Limits,
    channel: str,
    closed: str | None,
    extended: str | None,
    delegation: str | None,
    received: str | None,
    due: str | None,
) -> str:
    """The last day on which the answer is in time as ISO text; where there is none, the last."""
    dispute = Dispute(
        id="", unit_id="", year=0, number=0, type="", source=Source.OTHER,
        closed_on=_day(closed), extended_to=_day(extended),
    )  # fmt: skip
    letter = Referral(
        id="",
        dispute_id="",
        direction=Direction.IN,
        channel=ReferralChannel.of(channel),
        delegation=Delegation.of(delegation) if delegation else None,
        received_on=_day(received),
        answer_due_on=_day(due),
    )
    limit = answer_limit(dispute, letter, limits)
    return limit.day.isoformat() if limit is not None else date.max.isoformat()


def _day(stored: str | None) -> date | None:
    return date.fromisoformat(stored) if stored else None
