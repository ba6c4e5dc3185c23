"""The answers that are kept of a unit's ledgers, so that nothing is asked twice."""

import json
from collections.abc import Mapping
from dataclasses import replace

from mediation_desk.domain.round_trip import LedgerMap


def answers_of(learned: LedgerMap) -> dict[str, str]:
    """The answers by the keys of their questions."""
    found: dict[str, str] = json.loads(learned.answers) if learned.answers else {}
    return found


def with_answers(learned: LedgerMap, answers: Mapping[str, str]) -> LedgerMap:
    """`learned` with more answers."""
    told = {**answers_of(learned), **answers}
    return replace(learned, answers=json.dumps(told, ensure_ascii=False, sort_keys=True))
