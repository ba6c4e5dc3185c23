"""The demo township's table of allowances, an example that says so in each of its names.

What a county really pays is its own to set; no figure here is anybody's.
"""

import uuid

from mediation_desk.domain.allowance import AllowanceGrade
from mediation_desk.domain.codes import Difficulty
from mediation_desk.domain.file_papers import Paper

_GRADES = uuid.UUID("d1d7a9d4-3f0e-5a5b-8f6a-6a2b0a0c7e21")
_PLAIN = (Paper.REGISTRATION, Paper.AGREEMENT, Paper.DATES)
_HARD = (*_PLAIN, Paper.SESSION, Paper.VISIT)
_EXAMPLE = (
    ("一般（示例）", 10_000, Difficulty.PLAIN, False, _PLAIN),
    ("疑难（示例）", 30_000, Difficulty.HARD, False, _HARD),
    ("重大（示例）", 80_000, Difficulty.MAJOR, True, (*_HARD, Paper.NOTICE)),
)


def example_grades() -> tuple[AllowanceGrade, ...]:
    """Three grades, the same in every demo."""
    return tuple(
        AllowanceGrade(
            id=uuid.uuid5(_GRADES, difficulty.name).hex,
            revision=1,
            personal_revision=1,
            name=name,
            position=place,
            amount_fen=amount,
            difficulty=difficulty,
            written_only=written,
            papers=tuple(paper.value for paper in Paper if paper in papers),
        )
        for place, (name, amount, difficulty, written, papers) in enumerate(_EXAMPLE, 1)
    )
