"""Pinyin initials of names, with the readings that surnames have (design.md §8)."""

from functools import cache
from itertools import product

from mediation_desk.paths import resources

_FIRST = 0x4E00
# Surnames whose usual reading as a word differs; both readings find the name.
_SURNAMES = dict(
    pair.split(":")
    for pair in (
        "单:s 曾:z 解:x 仇:q 查:z 区:o 翟:z 覃:q 朴:p 盖:g 乐:y 尉:y 缪:m 冼:x "
        "员:y 种:c 阚:k 郇:x 祭:z 隗:w 蔚:y 乜:n 黑:h "
        "折:s 召:s 繁:p 费:f 葛:g 过:g 任:r 宁:n 万:w 沈:s 长:z"
    ).split()
)


@cache
def _letters() -> str:
    return (resources() / "pinyin_initials.txt").read_text(encoding="ascii")


def _letter(character: str) -> str:
    place = ord(character) - _FIRST
    if 0 <= place < len(_letters()):
        found = _letters()[place]
        return "" if found == "-" else found
    return character.lower() if character.isascii() and character.isalnum() else ""


def initials(name: str) -> tuple[str, ...]:
    """The initials of `name` in every reading of its surname, such as ("hsm",) for 何世明."""
    if not name:
        return ()
    first = {_letter(name[0]), _SURNAMES.get(name[0], "")} - {""} or {""}
    rest = "".join(_letter(character) for character in name[1:])
    return tuple(sorted({"".join(pair) for pair in product(first, [rest])} - {""}))
