"""Words for the search index and queries to it: every Chinese character a token (design.md §8)."""

import re
import unicodedata
from collections.abc import Iterable

from mediation_desk.store.initials import initials

# Our own marks are characters for private use: tokens to the index that nobody can type. The first
# stands between fields, so that a phrase never matches across the end of one and the next's start.
_BARRIER, _UNIT, _NUMBER, _INITIALS = "\ue000", "\ue001", "\ue002", "\ue003"
# Whoever pastes a whole page is looking for its beginning; a longer question would take minutes.
_LONGEST = 200
_RUN = re.compile(r"[a-z0-9]+|[^\W_]", re.UNICODE)
# A whole case number, whatever its pattern: (2026)梨民调字第015号, 2026-15.
_CASE_NUMBER = re.compile(r"[(\[〔]?(\d{4})[)\]〕]?\D{1,20}?0*(\d{1,6})号?", re.ASCII)


def tokens(text: str) -> list[str]:
    """The tokens of `text`: CJK characters one by one, Latin letters and digits in runs."""
    return _RUN.findall(unicodedata.normalize("NFKC", text).lower())


def unit_token(unit_id: str) -> str:
    """The token by which a search is narrowed to one unit."""
    return _UNIT + unit_id


def number_token(year: int, number: int) -> str:
    """The token by which a case is found by its number."""
    return f"{_NUMBER}{year}n{number}"


def body(unit_id: str, number: str, texts: Iterable[str], names: Iterable[str]) -> str:
    """The indexed words of one dispute with the token of its `number`."""
    parts = [unit_token(unit_id), number]
    for text in texts:
        parts += [_BARRIER, *tokens(text)]
    for name in names:
        parts += [_BARRIER, *tokens(name)]
        parts += [_INITIALS + reading for reading in initials(name)]
    return " ".join(parts)


def query(typed: str, unit_id: str = "") -> str:
    """The full-text query for what a person typed; empty when it holds no word.

    Words are phrases that must all be found; the last run of letters or digits may go on, a run
    of letters also finds the pinyin initials of names, and a whole case number finds its case.
    """
    found = [phrase for word in typed[:_LONGEST].split() if (phrase := _phrase(word))]
    if found and unit_id:
        found.insert(0, f'"{unit_token(unit_id)}"')
    return " AND ".join(found)


def _phrase(word: str) -> str:
    parts = tokens(word)
    if not parts:
        return ""
    phrase = '"' + " ".join(parts) + '"'
    # A single digit begins nearly every year, number and telephone there is.
    if parts[-1].isascii() and (parts[-1].isalpha() or len(parts[-1]) > 1):
        phrase += " *"
    if len(parts) == 1 and parts[0].isascii() and parts[0].isalpha():
        return f'({phrase} OR "{_INITIALS}{parts[0]}" *)'
    if case := _CASE_NUMBER.fullmatch(unicodedata.normalize("NFKC", word)):
        return f'({phrase} OR "{number_token(int(case[1]), int(case[2]))}")'
    return phrase
