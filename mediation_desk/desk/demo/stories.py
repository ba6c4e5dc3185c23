"""The story patterns from which the demo disputes are told."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, TypeVar

from mediation_desk.desk.demo.texts import table
from mediation_desk.domain.codes import (
    Code,
    Difficulty,
    Outcome,
    PreventionKind,
    RefusalReason,
    RiskLevel,
    Source,
)

C = TypeVar("C", bound=Code)

_TABLES = ("stories_neighbours", "stories_land", "stories_family", "stories_money")


@dataclass(frozen=True, slots=True)
class Term:
    """One term of the agreement: `share` percent of the amount, due after `days`.

    `who` is a (applicant), b (respondent) or both; without `days` it is good words, no promise.
    """

    who: str
    what: str
    share: int = 0
    days: int | None = None


@dataclass(frozen=True, slots=True)
class Averted:
    """What the first of these disputes could have become."""

    kind: PreventionKind
    persons: int
    reason: str


@dataclass(frozen=True, slots=True)
class Story:
    """A pattern: what happens, what both say, what is agreed, and how often it is told.

    `words` and `numbers` (lowest, highest, step) fill the texts; `amount` is in yuan. The first
    tellings take `ends` and `sources`. `months` keeps a story to its season, `together` names words
    that are drawn from the same place of their lists.
    """

    id: str
    type: str
    times: int
    topic: str
    facts: str
    requests: str
    a_says: str
    b_says: str
    talk: str
    terms: tuple[Term, ...]
    stuck: str = ""
    level: str = ""
    kin: str = ""
    firm: tuple[str, ...] = ()
    ends: tuple[Outcome, ...] = ()
    refusal: RefusalReason = RefusalReason.HANDLED
    sources: tuple[Source, ...] = ()
    months: tuple[int, ...] = ()
    together: tuple[str, ...] = ()
    words: Mapping[str, list[str]] = field(default_factory=dict)
    numbers: Mapping[str, list[int]] = field(default_factory=dict)
    amount: tuple[int, int, int] = (0, 0, 1)
    claim_ratio: int = 1
    people: tuple[int, int] = (2, 2)
    applicants: int = 1
    respondents: int = 1
    written: bool = False
    confirm: bool = False
    difficulty: Difficulty = Difficulty.PLAIN
    risk: RiskLevel | None = None
    special_groups: str = ""
    migrant_workers: bool = False
    prevention: Averted | None = None


def _code(codes: type[C], value: str) -> C:
    return next(member for member in codes if member.value == value)


def _averted(plain: Mapping[str, Any]) -> Averted:
    return Averted(_code(PreventionKind, plain["kind"]), plain["persons"], plain["reason"])


def _story(plain: dict[str, Any]) -> Story:
    made: dict[str, Any] = {
        "terms": tuple(Term(**term) for term in plain.pop("terms")),
        "ends": tuple(_code(Outcome, code) for code in plain.pop("ends", ())),
        "sources": tuple(_code(Source, code) for code in plain.pop("sources", ())),
        "difficulty": _code(Difficulty, plain.pop("difficulty", Difficulty.PLAIN.value)),
    }
    if "refusal" in plain:
        made["refusal"] = _code(RefusalReason, plain.pop("refusal"))
    if "risk" in plain:
        made["risk"] = _code(RiskLevel, plain.pop("risk"))
    if "prevention" in plain:
        made["prevention"] = _averted(plain.pop("prevention"))
    for name in ("firm", "months", "together", "amount", "people"):
        if name in plain:
            made[name] = tuple(plain.pop(name))
    return Story(**plain, **made)


@cache
def stories() -> tuple[Story, ...]:
    """All patterns, in the order in which they are written."""
    return tuple(_story(dict(plain)) for name in _TABLES for plain in table(name)["story"])
