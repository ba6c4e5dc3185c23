"""Who is named in one cell: 张三、李四; 张三 李四等5人; 张三（男，45岁）; 张三诉李四."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from mediation_desk.domain.as_typed.against import BRACKET, HAN, sides_by_word
from mediation_desk.domain.as_typed.answer import Reading, Typed, doubtful, unread
from mediation_desk.domain.as_typed.numerals import SIGNS, number
from mediation_desk.domain.as_typed.organisations import kind_of_name
from mediation_desk.domain.as_typed.plain_text import folded, is_broken, kept, says_nothing
from mediation_desk.domain.codes import PartyKind, Sex
from mediation_desk.domain.identity import normal_identity
from mediation_desk.words import tr

# A hundred people with all that is told of them; what is longer is no list of names.
_LONGEST = 5000

_COUNT = re.compile(rf"等?(?:共|一行|合计)?(\d+|[{SIGNS}]+)(?:人|户|名|家|方)$")
_AND_OTHERS = re.compile(r"等(?:人|户)?$")
_AGAINST = re.compile(r"\s*(?:诉|VS\.?|vs\.?|←→|—+|--)\s*|\s+[与同对]\s+")
_AND = re.compile(rf"^({HAN}{{2,4}})(和|及)({HAN}{{2,4}})$")
_BETWEEN = re.compile(r"[、,;/|\n\\]|\s{2,}")
_SINGLES = re.compile(rf"^{HAN}\s+{HAN}$")
_PHONE_INSIDE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")
_IDENTITY_INSIDE = re.compile(r"(?<!\d)\d{17}[\dXx](?!\d)")
_AGE = re.compile(rf"(\d{{1,3}}|[{SIGNS}]{{1,3}})岁?$")
_NUMBERED = re.compile(rf"(?:^|(?<=[;,、\s]))\(?\d{{1,2}}[.、)]\s*(?={HAN})")


@dataclass(frozen=True, slots=True)
class Named:
    """One person or organisation out of a cell, with what stood in brackets behind it."""

    name: str
    kind: PartyKind = PartyKind.NATURAL
    sex: Sex | None = None
    phone: str = ""
    id_number: str = ""
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Names:
    """Everybody in a cell: one side, or two where the cell says who is against whom.

    `people` counts those who are only told as a number, as in 等5人, the named ones included; 0
    where no number is told.
    """

    first: tuple[Named, ...]
    second: tuple[Named, ...] = ()
    people: int = 0
    others: bool = field(default=False)


def _particulars(named: Named, inside: str) -> Named:
    """`named` with sex, phone and number out of its brackets; the rest is a remark."""
    rest = []
    for part in filter(None, re.split(r"[,、;\s]+", inside)):
        word = re.sub(r"^(?:电话|手机|身份证号?|性别|年龄|tel)[:：]?", "", part)
        if word in {"男", "女"}:
            named = replace(named, sex=Sex.MALE if word == "男" else Sex.FEMALE)
        elif _PHONE_INSIDE.fullmatch(word):
            named = replace(named, phone=word)
        elif _IDENTITY_INSIDE.fullmatch(word):
            named = replace(named, id_number=normal_identity(word))
        else:
            rest.append(tr("年龄{age}").format(age=word) if _AGE.fullmatch(word) else part)
    return replace(named, remark="、".join(filter(None, (named.remark, *rest))))


def _one(text: str) -> Named:
    inside = [*BRACKET.findall(text)]
    name = BRACKET.sub("", text).strip()
    for pattern in (_IDENTITY_INSIDE, _PHONE_INSIDE):
        if found := pattern.search(name):
            inside.append(found[0])
            name = pattern.sub("", name)
    # A blank is put between two characters so that names stand evenly below each other.
    name = name.strip(" :,、")
    name = re.sub(r"\s+", "", name) if re.fullmatch(rf"[{HAN[1:-1]}\s]+", name) else name
    named = Named(name, kind_of_name(name))
    for part in inside:
        named = _particulars(named, part)
    return named


def _outside(text: str, pattern: re.Pattern[str]) -> list[str]:
    """`text` split by `pattern` where it stands outside of brackets."""
    held: list[str] = []

    def put_aside(found: re.Match[str]) -> str:
        held.append(found[0])
        return f"\x00{len(held) - 1}\x01"

    parts = pattern.split(BRACKET.sub(put_aside, text))
    return [
        re.sub("\x00(\\d+)\x01", lambda found: held[int(found[1])], part) for part in parts if part
    ]


def _several(text: str) -> list[str]:
    """The names of one side."""
    parts = [part.strip() for part in _outside(text, _BETWEEN) if part.strip()]
    found: list[str] = []
    for part in parts:
        words = _outside(part, re.compile(r"\s+"))
        whole = len(words) > 1 and all(
            re.fullmatch(rf"{HAN}{{2,}}", BRACKET.sub("", word)) for word in words
        )
        found += words if whole and not _SINGLES.match(part) else [part]
    return found


def _side(text: str) -> tuple[tuple[Named, ...], int, bool]:
    text = _NUMBERED.sub("、", text.strip()).strip("。;,、 ")
    found = _COUNT.search(text)
    people = 0
    if found and (counted := found[1]):
        # Households are not people; how many live in them has to be told.
        persons = not found[0].endswith(("户", "家"))
        people = (int(counted) if counted.isascii() else number(counted) or 0) if persons else 0
        text = text[: found.start()]
    shorter = _AND_OTHERS.sub("", text.strip())
    others = shorter != text.strip() or found is not None
    return tuple(_one(part) for part in _several(shorter.strip())), people, others


def _two_sides(text: str) -> list[str] | None:
    parts = _outside(text, _AGAINST)
    return parts if len(parts) == 2 else sides_by_word(text)


def _doubt(names: Names) -> str:
    """What is odd about names, empty if nothing is."""
    everybody = names.first + names.second
    if not everybody or any(not entry.name for entry in everybody):
        return tr("“{text}”中读不出姓名，当事人是谁？")
    if any(len(entry.name) == 1 or entry.name[:1].isdigit() for entry in everybody):
        return tr("“{text}”中的姓名不完整，当事人是谁？（多人用顿号隔开）")
    if any(_AND.match(entry.name) for entry in everybody):
        return tr("“{text}”是一个人还是几个人？（多人用顿号隔开）")
    natural = (entry for entry in everybody if entry.kind is PartyKind.NATURAL)
    if any(len(entry.name) > 12 for entry in natural):
        return tr("“{text}”中的姓名过长，当事人是谁？（多人用顿号隔开）")
    return ""


def _of_sides(sides: Sequence[str]) -> Names:
    first, people, others = _side(sides[0])
    if len(sides) == 1:
        return Names(first, (), people, others)
    second, more, other = _side(sides[1])
    people = (people or len(first)) + (more or len(second)) if people or more else 0
    return Names(first, second, people, others or other)


def _asked(found: Names, text: str, ask: str) -> Reading[Names]:
    words = ask.format(text=text[:60])
    parts = _outside(text, re.compile("[和及]")) if _AND.match(text) else []
    if parts:
        return doubtful(Names(tuple(_one(part) for part in parts)), words)
    return unread(words) if _doubt(found) else doubtful(found, words)


def names(cell: Typed, *, answered: bool = False) -> Reading[Names]:
    """Who is named in a cell; None where nobody is.

    Of a name that may be one organisation or two sides it is asked which, unless it is `answered`:
    then it is one, because whoever means two sides parts them.
    """
    if says_nothing(cell):
        return Reading(None)
    if is_broken(cell):
        return unread(tr("这一格是公式错误，当事人是谁？"))
    if len(kept(cell)) > _LONGEST:
        ask = tr("“{text}…”有{count:,}个字，不像是姓名，当事人是谁？（多人用顿号隔开）")
        return unread(ask.format(text=kept(cell)[:30], count=len(kept(cell))))
    # Line breaks part names, so they are kept through the folding.
    text = "\n".join(filter(None, (folded(line) for line in kept(cell).split("\n"))))
    sides = _two_sides(text)
    found = _of_sides(sides or [text])
    ask = _doubt(found)
    if sides is None and not answered:
        ask = tr("“{text}”是一个单位还是双方当事人？（一个单位照写，双方之间写“诉”）")
    return _asked(found, text, ask) if ask else Reading(found)


def ask_who(cell: Typed) -> str:
    """What to ask about a cell whose names are not clear."""
    return tr("“{text}”是谁？（多人用顿号隔开）").format(text=folded(cell)[:60])
