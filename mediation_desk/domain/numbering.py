"""Case numbers: a stored integer per committee and year, printed by the committee's pattern."""

import re

from mediation_desk.domain.cases import Dispute
from mediation_desk.domain.organisation import Unit
from mediation_desk.words import tr

# Behind the label of a number whose case was voided.
VOID_MARK = tr("（作废）")
DEFAULT_PATTERN = "({year}){word}字第{number:03d}号"
# A pattern may hold nothing but the three places: format() could reach any attribute.
PATTERN = re.compile(r"(?:[^{}]|\{year\}|\{word\}|\{number(?::0?[1-9]?d)?\}){1,100}")
# The places of a pattern as people write them.
_PLACES = {
    "{year}": "〔年份〕",
    "{word}": "〔简称〕",
    "{number}": "〔序号〕",
    "{number:02d}": "〔两位序号〕",
    "{number:03d}": "〔三位序号〕",
    "{number:04d}": "〔四位序号〕",
}


def case_number(dispute: Dispute, unit: Unit | None, pattern: str = DEFAULT_PATTERN) -> str:
    """The label of a case such as (2026)梨民调字第015号; a void number stays, marked 作废.

    A case that was handed over has none until its new owner gives it one.
    """
    if not dispute.number:
        return tr("待编号")
    word = (unit.number_word or unit.name) if unit else ""
    label = pattern.format(year=dispute.year, word=word, number=dispute.number)
    return label + VOID_MARK if dispute.void_reason else label


def pattern_in_words(pattern: str) -> str:
    """A numbering pattern as people write it, such as (〔年份〕)〔简称〕字第〔三位序号〕号."""
    for place, words in _PLACES.items():
        pattern = pattern.replace(place, words)
    return pattern


def pattern_of_words(words: str) -> str:
    """The pattern that `words` describe; what is no place stays as it is."""
    for place, called in _PLACES.items():
        words = words.replace(called, place)
    return words
