"""Who is named in one cell: 张三、李四; 张三 李四等5人; 张三（男，45岁）; 张三诉李四."""

import re
from dataclasses import dataclass, field, replace

from mediation_desk.domain.as_typed.answer import Reading, Typed, doubtful, unread
from mediation_desk.domain.as_typed.numerals import SIGNS, number
from mediation_desk.domain.as_typed.plain_text import folded, is_broken, kept, says_nothing
from mediation_desk.domain.codes import PartyKind, Sex
from mediation_desk.domain.identity import normal_identity
from mediation_desk.words import tr

_LEGAL_ENDS = tuple(
    "公司 集团 银行 合作社 信用社 医院 卫生院 学校 小学 中学 幼儿园 村委会 居委会 村民委员会 "
    "居民委员会 委员会 政府 厂 局 派出所 服务中心 加油站 养殖场".split()
)
_OTHER_ENDS = tuple(
    "组 队 工地 项目部 店 分公司 经营部 合伙 业委会 院坝 铺 餐馆 超市 协会 办事处".split()
)
_SHORTEST_ORGANISATION = 4
# A hundred people with all that is told of them; what is longer is no list of names.
_LONGEST = 5000

_HAN = r"[\u3400-\u9fff\U00020000-\U0003ffff□*○×·.]"
# Nobody writes more in brackets behind a name; without an end a cell full of them would take hours.
_BRACKET = re.compile(r"[(\[【〔<](.{0,300}?)[)\]】〕>]")
_COUNT = re.compile(rf"等?(?:共|一行|合计)?(\d+|[{SIGNS}]+)(?:人|户|名|家|方)$")
_AND_OTHERS = re.compile(r"等(?:人|户)?$")
_AGAINST = re.compile(r"\s*(?:诉|VS\.?|vs\.?|对|←→|—+|--)\s*|\s+与\s+")
_WITH = re.compile(rf"^({_HAN}{{2,}}?)(与|同)({_HAN}{{2,}})$")
_AND = re.compile(rf"^({_HAN}{{2,4}})(和|及)({_HAN}{{2,4}})$")
_BETWEEN = re.compile(r"[、,;/|\n\\]|\s{2,}")
_SINGLES = re.compile(rf"^{_HAN}\s+{_HAN}$")
_PHONE_INSIDE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")
_IDENTITY_INSIDE = re.compile(r"(?<!\d)\d{17}[\dXx](?!\d)")
_AGE = re.compile(rf"(\d{{1,3}}|[{SIGNS}]{{1,3}})岁?$")
_NUMBERED = re.compile(rf"(?:^|(?<=[;,、\s]))\(?\d{{1,2}}[.、)]\s*(?={_HAN})")


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


def kind_of_name(name: str) -> PartyKind:
    """Natural person, legal person or other organisation, from how a name ends."""
    if len(name) < _SHORTEST_ORGANISATION:
        return PartyKind.NATURAL
    if name.endswith(_OTHER_ENDS):
        return PartyKind.OTHER
    return PartyKind.LEGAL if name.endswith(_LEGAL_ENDS) else PartyKind.NATURAL


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
    inside = [*_BRACKET.findall(text)]
    name = _BRACKET.sub("", text).strip()
    for pattern in (_IDENTITY_INSIDE, _PHONE_INSIDE):
        if found := pattern.search(name):
            inside.append(found[0])
            name = pattern.sub("", name)
    # A blank is put between two characters so that names stand evenly below each other.
    name = name.strip(" :,、")
    name = re.sub(r"\s+", "", name) if re.fullmatch(rf"[{_HAN[1:-1]}\s]+", name) else name
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

    parts = pattern.split(_BRACKET.sub(put_aside, text))
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
            re.fullmatch(rf"{_HAN}{{2,}}", _BRACKET.sub("", word)) for word in words
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


def _two_sides(text: str) -> list[str]:
    parts = _outside(text, _AGAINST)
    if len(parts) == 2:
        return parts
    if (found := _WITH.match(text)) and "、" not in text:
        return [found[1], found[3]]
    return [text]


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


def names(cell: Typed) -> Reading[Names]:
    """Who is named in a cell; None where nobody is."""
    if says_nothing(cell):
        return Reading(None)
    if is_broken(cell):
        return unread(tr("这一格是公式错误，当事人是谁？"))
    if len(kept(cell)) > _LONGEST:
        ask = tr("“{text}…”有{count:,}个字，不像是姓名，当事人是谁？（多人用顿号隔开）")
        return unread(ask.format(text=kept(cell)[:30], count=len(kept(cell))))
    # Line breaks part names, so they are kept through the folding.
    text = "\n".join(filter(None, (folded(line) for line in kept(cell).split("\n"))))
    first, people, others = _side((sides := _two_sides(text))[0])
    second: tuple[Named, ...] = ()
    if len(sides) == 2:
        second, more, other = _side(sides[1])
        people = (people or len(first)) + (more or len(second)) if people or more else 0
        others = others or other
    found = Names(first, second, people, others)
    if ask := _doubt(found):
        parts = _outside(text, re.compile("[和及]")) if _AND.match(text) else []
        guess = Names(tuple(_one(part) for part in parts)) if parts else None
        return (
            doubtful(guess, ask.format(text=text[:60]))
            if guess
            else unread(ask.format(text=text[:60]))
        )
    return Reading(found)


def ask_who(cell: Typed) -> str:
    """What to ask about a cell whose names are not clear."""
    return tr("“{text}”是谁？（多人用顿号隔开）").format(text=folded(cell)[:60])
