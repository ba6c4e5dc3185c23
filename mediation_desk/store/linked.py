"""By which channels cases came in, and whether their letters were answered in time."""

from collections import Counter
from datetime import date
from functools import lru_cache, partial

from mediation_desk.domain.cases import Dispute
from mediation_desk.domain.codes import Delegation, Direction, ReferralChannel, Source
from mediation_desk.domain.due_days import answer_limit
from mediation_desk.domain.handling import Referral
from mediation_desk.domain.limits import Limits
from mediation_desk.figures.calibre import Calibre
from mediation_desk.figures.counts import LinkCount
from mediation_desk.figures.links import CHANNELS, IN_TIME, LATE, UNANSWERED
from mediation_desk.store import counted as sql_of
from mediation_desk.store.counted import Ground

_CHANNELS = ", ".join(f"'{channel.value}'" for channel in CHANNELS)
# Most letters name their day. What the others depend on is written out, for the rules to judge.
_FACTS = ("d.closed_on", "d.extended_to", "r.delegation", "r.received_on", "r.answer_due_on")
_UNJUDGED = " || ',' || ".join(("r.answered_on", *(f"coalesce({fact}, '')" for fact in _FACTS)))
_LETTER = (
    f"r.channel || ':' || CASE WHEN r.answered_on IS NULL THEN '{UNANSWERED}' "
    f"WHEN r.answer_due_on IS NULL OR r.delegation IS NOT NULL THEN {_UNJUDGED} "
    f"WHEN r.answered_on > r.answer_due_on THEN '{LATE}' ELSE '{IN_TIME}' END"
)
_LINKS = f"group_concat({_LETTER}, ' ')"


def link_counts(ground: Ground, calibre: Calibre) -> tuple[LinkCount, ...]:
    """How many cases came in by the same channels and were answered alike."""
    of_cases, values = _asked(ground, calibre, "d.unit_id", sql_of.OUTCOME)
    rows = ground.connections.rows(
        f"SELECT unit_id, outcome, links, count(*) FROM ({of_cases}) GROUP BY 1, 2, 3", values
    )
    judge = _Judge(ground.limits)
    found = Counter[tuple[str, str, tuple[str, ...]]]()
    for unit, outcome, links, number in rows:
        found[unit, outcome, judge.codes(links)] += number
    return tuple(LinkCount(*key, number) for key, number in sorted(found.items()))


def linked(ground: Ground, calibre: Calibre) -> dict[int, tuple[str, ...]]:
    """The codes of the cases of a calibre that came in by a channel, by their places."""
    of_cases, values = _asked(ground, calibre, "d.row", "''")
    judge = _Judge(ground.limits)
    rows = ground.connections.rows(of_cases, values)
    return {place: judge.codes(links) for place, _, links in rows}


def _asked(ground: Ground, calibre: Calibre, unit: str, outcome: str) -> tuple[str, list[str]]:
    """The query for all letters of each case; the plus keeps it from reading all disputes."""
    where, values = sql_of.counted(ground, calibre)
    agreed = "" if calibre.oral else sql_of.AGREED
    sql = (
        f"SELECT {unit} AS unit_id, {outcome} AS outcome, {_LINKS} AS links FROM dispute d "
        "JOIN referral r ON r.dispute_id = d.id AND r.direction = '1' AND r.void_reason = '' "
        f"AND r.channel IN ({_CHANNELS}) {agreed}{where} GROUP BY +d.row"
    )
    return sql, values


class _Judge:
    """Turns letters as the query writes them into codes of `figures.links`."""

    def __init__(self, limits: Limits) -> None:
        self.codes = lru_cache(maxsize=None)(self._codes)
        self._last_day = lru_cache(maxsize=None)(partial(_last_day, limits))

    def _codes(self, links: str) -> tuple[str, ...]:
        """By channel the worst answer to any of its letters."""
        states: dict[str, str] = {}
        for letter in links.split(" "):
            channel, _, told = letter.partition(":")
            state = told if len(told) == 1 else self._state(channel, told)
            states[channel] = min(states.get(channel, state), state)
        return tuple(f"{channel}:{state}" for channel, state in sorted(states.items()))

    def _state(self, channel: str, told: str) -> str:
        answered, *facts = told.split(",")
        return LATE if answered > self._last_day(channel, *facts) else IN_TIME


def _last_day(
    limits: Limits,
    channel: str,
    closed: str,
    extended: str,
    delegation: str,
    received: str,
    due: str,
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


def _day(stored: str) -> date | None:
    return date.fromisoformat(stored) if stored else None
