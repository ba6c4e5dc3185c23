"""Case numbers: a stored integer per committee and year, printed by the committee's pattern."""

from mediation_desk.domain.cases import Dispute
from mediation_desk.domain.organisation import Unit
from mediation_desk.words import tr

DEFAULT_PATTERN = "({year}){word}字第{number:03d}号"


def case_number(dispute: Dispute, unit: Unit | None, pattern: str = DEFAULT_PATTERN) -> str:
    """The label of a case such as (2026)梨民调字第015号; a void number stays, marked 作废."""
    word = (unit.number_word or unit.name) if unit else ""
    label = pattern.format(year=dispute.year, word=word, number=dispute.number)
    return label + tr("（作废）") if dispute.void_reason else label
