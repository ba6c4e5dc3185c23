"""Where 与, 同 or 对 part two sides, as in 张三与李四, and where they are part of one name."""

import re
from collections.abc import Iterator
from enum import Enum

from mediation_desk.domain.as_typed.organisations import (
    begins_with_place,
    is_organisation,
    is_place,
)
from mediation_desk.domain.masks import COMPOUND_SURNAMES

HAN = r"[\u3400-\u9fff\U00020000-\U0003ffff□*○×·.]"
# Nobody writes more in brackets behind a name; without an end a cell full of them would take hours.
BRACKET = re.compile(r"[(\[【〔<](.{0,300}?)[)\]】〕>]")

# 梨子园村3组 has a figure in its name.
_SIGN = rf"(?:{HAN}|[0-9])"
_WITH = re.compile(rf"{_SIGN}{{2,}}[与同]{_SIGN}{{2,}}")
_WORD = re.compile(r"\s*([与同对])\s*")
_LAST_NAME = re.compile(rf"{_SIGN}+\Z")
_FIRST_NAME = re.compile(rf"{_SIGN}+")
_BESIDE_NAME = re.compile(r"等.*|[0-9]{7,}")
_LONGEST_PERSON = 4
_MOST_WORDS = 6  # more of them are no names
# Offices are named for two tasks, such as 规划与自然资源局.
_TASKS = frozenset(
    "规划 文化 住房 城乡 卫生 水利 农业 人力 市场 应急 科学 经济 城市 交通 教育 环境 生态".split()
)


class _Parts(Enum):
    """What a word between two names is."""

    TWO_SIDES = "it parts them"
    ONE_NAME = "it belongs to a name"
    UNKNOWN = "it may be either"


def sides_by_word(text: str) -> list[str] | None:
    """One or two sides, parted by a word that may also stand in a name; None if nobody can know."""
    # Of the same length, so that places in it are places in the text.
    seen = BRACKET.sub(lambda found: "\x00" * len(found[0]), text)
    words = list(_words(seen))
    if not words or len(words) > _MOST_WORDS:
        return [text]
    told = [_parts(seen, word) for word in words]
    if told.count(_Parts.TWO_SIDES) == 1:
        word = words[told.index(_Parts.TWO_SIDES)]
        return [text[: word.start()], text[word.end() :]]
    return [text] if set(told) == {_Parts.ONE_NAME} else None


def _words(seen: str) -> Iterator[re.Match[str]]:
    whole = _WITH.fullmatch(seen.replace("\x00", "")) is not None
    for word in _WORD.finditer(seen):
        before, after = seen[: word.start()], seen[word.end() :]
        if word[1] == "对":
            if before and after:
                yield word
        elif whole and len(before) > 1 and len(after) > 1:
            yield word


def _parts(seen: str, word: re.Match[str]) -> _Parts:
    before = _LAST_NAME.search(seen[: word.start()].replace("\x00", ""))
    after = _FIRST_NAME.match(seen[word.end() :].replace("\x00", ""))
    left, right = (_BESIDE_NAME.sub("", name[0]) if name else "" for name in (before, after))
    if is_organisation(left + word[1] + right):
        return _parts_of_organisation(left, word[1], right)
    # 重庆 is nobody's party, so it may be an organisation whose kind is not said: 重庆同创建材.
    if is_place(left) and word[1] != "与" and (len(left) == 2 or len(right) > _LONGEST_PERSON):
        return _Parts.UNKNOWN
    return _Parts.TWO_SIDES


def _parts_of_organisation(left: str, word: str, right: str) -> _Parts:
    """What a word is where all of it together ends as an organisation does."""
    if is_organisation(left) and is_organisation(right):
        return _Parts.TWO_SIDES
    if is_place(left):
        one = word != "与" and not begins_with_place(right)
        return _Parts.ONE_NAME if one else _Parts.UNKNOWN
    clear = word == "与" or begins_with_place(right)
    if is_organisation(right) and _may_be_person(left) and clear:
        return _Parts.TWO_SIDES
    return _Parts.UNKNOWN


def _may_be_person(name: str) -> bool:
    usual = 2 <= len(name) < _LONGEST_PERSON and name not in _TASKS
    return usual or (len(name) == _LONGEST_PERSON and name[:2] in COMPOUND_SURNAMES)
