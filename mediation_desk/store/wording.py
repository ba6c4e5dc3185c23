"""Words for the search index and queries to it: every Chinese character a token (design.md §8)."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import chain

from mediation_desk.store.pinyin import initials, spellings

# Our own marks are characters for private use: tokens to the index that nobody can type. The first
# stands between fields, so that a phrase never matches across the end of one and the next's start.
_BARRIER, _NUMBER, _INITIALS, _SPELLING = "\ue000", "\ue002", "\ue003", "\ue004"
_TAGS = {
    "unit_id": "\ue001",
    "mediator_id": "\ue005",
    "level": "\ue006",
    "type": "\ue007",
    "status": "\ue008",
    "outcome": "\ue009",
}
# Whoever pastes a whole page is looking for its beginning; a longer question would take minutes.
_LONGEST = 200
# Characters newer than Python's tables, with which some names are written, are letters as well.
_WORD = "[a-z0-9]+|[^\\W_]|[\U00020000-\U0003ffff]"
_RUN = re.compile(_WORD, re.UNICODE)
_LATIN_OR_BARRIER = re.compile(f"([a-z0-9]+|{_BARRIER})")
# The signs of Chinese writing that no word has in it. Where a text holds none of the first any more
# it is nearly always in its plain form already, which is seen in a thirtieth of the time that
# bringing it there takes; without all of them it is nearly always characters only.
_WIDE = {"，": ",", "：": ":", "；": ";", "（": "(", "）": ")", "！": "!", "？": "?"}
_SIGNS = (*_WIDE.values(), "。", "、", "“", "”", "《", "》", "\n")
# A whole case number, whatever its pattern: (2026)梨民调字第015号, 2026-15.
_CASE_NUMBER = re.compile(r"[(\[〔]?(\d{4})[)\]〕]?\D{1,20}?0*(\d{1,6})号?", re.ASCII)

# The end of one, without its year: 第015号, 梨民调字第15号.
_NUMBER_ALONE = re.compile(r"\D{0,20}第0*(\d{1,6})号?", re.ASCII)


def tokens(text: str) -> list[str]:
    """The tokens of `text`: CJK characters one by one, Latin letters and digits in runs."""
    return " ".join(_spaced(_plain(text.replace(_BARRIER, " ")))).split()


def _spaced(plain: str) -> Iterator[str]:
    """`plain` in pieces, with space around every token."""
    for sign in _SIGNS:
        plain = plain.replace(sign, " ")
    # Every second piece is a run of Latin letters or digits, or a barrier.
    for place, piece in enumerate(_LATIN_OR_BARRIER.split(plain)):
        if place % 2:
            yield piece
        elif (characters := piece.replace(" ", "")).isalnum():
            yield characters.replace("", " ")
        elif characters:
            yield from _RUN.findall(characters)


def _plain(text: str) -> str:
    for wide, plain in _WIDE.items():
        text = text.replace(wide, plain)
    return unicodedata.normalize("NFKC", text).lower().replace("ü", "v")


def tag(what: str, value: str) -> str:
    """The token by which a search keeps to one value, such as one unit or one mediator."""
    # The index would break a value at its signs, and find others by its beginning.
    return _TAGS[what] + (value if value.isalnum() else value.encode().hex())


def number_token(year: int, number: int) -> str:
    """The token by which a case is found by its number."""
    return f"{_NUMBER}{year}n{number}"


def body(marks: Iterable[str], texts: Iterable[str], names: Iterable[str]) -> str:
    """The indexed words of one dispute with its tags and the token of its number."""
    called = tuple(names)
    # All fields in one go, as each alone would cost more than its few words.
    fields = (field.replace(_BARRIER, "") for field in chain(texts, called))
    parts = [*marks, *_spaced(_plain("".join(_BARRIER + each for each in fields)))]
    for name in called:
        parts.append(_BARRIER)
        parts += [_INITIALS + reading for reading in initials(name)]
        parts += [_SPELLING + reading for reading in spellings(name)]
    return " ".join(parts)


def query(typed: str, tags: Iterable[str] = ()) -> str:
    """The full-text query for what a person typed; empty when it holds no word.

    Words are phrases that must all be found; the last run of letters or digits may go on, a run
    of letters also finds the pinyin of names, and a whole case number finds its case.
    """
    found = [phrase for word in typed[:_LONGEST].split() if (phrase := _phrase(word))]
    return " AND ".join([*(f'"{each}"' for each in tags), *found]) if found else ""


def tagged(tags: Iterable[str]) -> str:
    """The full-text query for what bears all `tags`."""
    return " AND ".join(f'"{each}"' for each in tags)


def _phrase(word: str) -> str:
    parts = tokens(word)
    if not parts:
        return ""
    phrase = '"' + " ".join(parts) + '"'
    # A single digit begins nearly every year, number and telephone there is.
    if parts[-1].isascii() and (parts[-1].isalpha() or len(parts[-1]) > 1):
        phrase += " *"
    letters = "".join(parts)
    if letters.isascii() and letters.isalpha():
        return f"({phrase} OR {_pinyin(letters)})"
    plain = unicodedata.normalize("NFKC", word)
    if case := _CASE_NUMBER.fullmatch(plain):
        return f'({phrase} OR "{number_token(int(case[1]), int(case[2]))}")'
    if case := _NUMBER_ALONE.fullmatch(plain):
        # Numbers also stand in the index as they are written on papers, with three digits.
        return f'({phrase} OR "{int(case[1]):03d}")'
    return phrase


def _pinyin(letters: str) -> str:
    """A query for names by initials and, from the second letter on, by full pinyin."""
    by_initials = f'"{_INITIALS}{letters}" *'
    if len(letters) == 1:
        return by_initials
    return f'{by_initials} OR "{_SPELLING}{letters}" *'
