"""Pinyin of names, in full and by initials, with the readings that surnames have (design.md §8)."""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache

from mediation_desk.paths import resources

# Surnames whose usual reading as a word differs; both readings find the name.
_SURNAMES = dict(
    pair.split(":")
    for pair in (
        "单:shan 曾:zeng 解:xie 仇:qiu 查:zha 区:ou 翟:zhai 覃:qin 朴:piao 盖:ge 乐:yue 尉:yu "
        "缪:miao 员:yun 种:chong 阚:kan 郇:xun 祭:zhai 隗:wei 蔚:yu 乜:nie 黑:he 折:she 召:shao "
        "繁:po 费:bi 薄:bo 柏:bo 谌:shen 句:gou 宓:fu 佴:nai 都:du 粘:nian 洗:xian 藏:zang 秘:bi "
        "郗:chi 牟:mu 便:pian 能:nai 长:zhang"
    ).split()
)
_COMPOUND = {
    "尉迟": ("yu", "chi"),
    "万俟": ("mo", "qi"),
    "澹台": ("tan", "tai"),
    "单于": ("chan", "yu"),
    "长孙": ("zhang", "sun"),
}
# In a name as long as this every character may begin what is typed; longer ones are organisations
# or have parts, whose beginnings must do.
_SHORT = 4
# Nobody types more of a long name than this.
_LONGEST = 12
_DOTS = frozenset("·・•‧∙⋅.．")
# Surnames that most who bear them read as the word is read: 费 is Fei, and only rarely Bi.
_RARELY_OTHERWISE = frozenset("尉费柏谌宓郗牟长")
_WORD = re.compile(r"[a-z0-9]+|[^\W_]|[\U00020000-\U0003ffff]")
# After every reading and every character without one; a name cannot hold it.
_LAST = "\U0010fffd"


@cache
def _table() -> str:
    return (resources() / "pinyin.txt").read_text(encoding="utf-8")


@cache
def _syllable(character: str) -> str:
    """The usual reading of a character without its tone; empty for what has none."""
    if character.isascii():
        return character.lower() if character.isalnum() else ""
    table = _table()
    place = table.find(character)
    if place < 0:
        return ""
    first = table.rfind("\n", 0, place) + 1
    return table[first : table.index(" ", first)]


def _surnames(name: str) -> list[list[str]]:
    """How the beginning of `name` may be read as a surname beside its usual reading."""
    if name[:2] in _COMPOUND:
        return [list(_COMPOUND[name[:2]])]
    return [[_SURNAMES[name[0]]]] if name[0] in _SURNAMES else []


# A name is asked for its initials and for its spellings, one right after the other.
@lru_cache(maxsize=64)
def _readings(name: str) -> tuple[tuple[str, ...], ...]:
    usual = [_syllable(character) for character in name]
    readings = [usual, *(other + usual[len(other) :] for other in _surnames(name))]
    return tuple(tuple(part for part in reading if part) for reading in readings)


def _known(name: str) -> str:
    return unicodedata.normalize("NFKC", name)


def initials(name: str) -> tuple[str, ...]:
    """The initials of `name` in every reading of its surname, such as ("hsm",) for 何世明."""
    name = _known(name)
    if not name:
        return ()
    found = {"".join(part[0] for part in reading) for reading in _readings(name)}
    return tuple(sorted(found - {""}))


def spellings(name: str) -> tuple[str, ...]:
    """What may be typed to find `name` in full pinyin, each to be found by its beginning.

    The whole name and what follows its surname, in every reading of the surname, and the surname
    with initials: qindezhen, dezhen, zhen and qindz for 秦德珍.
    """
    name = _known(name)
    if not name:
        return ()
    found: set[str] = set()
    for reading in _readings(name):
        found.add("".join(reading[:_LONGEST]))
        if 1 < len(reading) <= _SHORT:
            found.update("".join(reading[place:]) for place in range(1, len(reading)))
            found.add(reading[0] + "".join(part[0] for part in reading[1:]))
        else:
            found.update(_later_parts(name))
    return tuple(sorted(found - {""}))


def sorting_key(name: str, *, person: bool = True) -> str:
    """Where `name` stands in pinyin order; those read alike stand by how they are written.

    What has no reading, such as characters newer than the table, follows what has one, in the
    order of its codes. Who has no name stands last. Organisations have no surname (`person`).
    """
    plain = unicodedata.normalize("NFKD", name).lower()
    words = _WORD.findall("".join(part for part in plain if not unicodedata.combining(part)))
    reading = [word if word.isascii() else _syllable(word) or word for word in words]
    if words and person and not _DOTS & set(name):
        # Names with a dot are put into Chinese by their sound and begin with no surname.
        for surname in _surnames("".join(words)):
            if words[0] not in _RARELY_OTHERWISE or len(surname) > 1:
                reading[: len(surname)] = surname
    return f"{' '.join(reading) or _LAST}\t{name}"


def _later_parts(name: str) -> Iterable[str]:
    """The parts of a name after its dots, such as maimaiti of 阿依古丽·买买提."""
    for place, character in enumerate(name):
        if character in _DOTS:
            rest = (_syllable(other) for other in name[place + 1 :])
            yield "".join(list(filter(None, rest))[:_LONGEST])
