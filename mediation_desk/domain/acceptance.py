"""May we take this case? Plain questions for a type of dispute, and what their answers mean.

The list stands in domain.md §4.3; nothing here keeps a case from being registered.
"""

from collections.abc import Collection
from dataclasses import dataclass
from enum import Enum

from mediation_desk.domain.codes import RefusalReason
from mediation_desk.domain.dispute_types import TypeTable
from mediation_desk.words import tr

_FAMILY = frozenset(("01",))
_LAND = frozenset(("03", "07"))
_FARM_LAND = frozenset(("07",))


class Ruling(Enum):
    """Whether a committee may take a dispute in."""

    MAY = "may"
    MIND = "may, minding something"
    MAY_NOT = "may not"


@dataclass(frozen=True, slots=True)
class Question:
    """Something that is true of the dispute or not, and what follows if it is.

    `source` is the law it rests on, empty where it rests on none. With a `refusal` the committee
    may not take the case. Without `types` the question is asked of every type of dispute. One
    with `after` only makes sense when the question of that id is answered with yes.
    """

    id: str
    words: str
    advice: str
    source: str = ""
    refusal: RefusalReason | None = None
    types: frozenset[str] = frozenset()
    after: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the answers come to: the ruling, the sentences that explain it, why not if not."""

    ruling: Ruling
    sentences: tuple[str, ...]
    refusal: RefusalReason | None = None


QUESTIONS = (
    Question(
        "reserved",
        "法律规定只能由专门机关处理，或者禁止民间调解",
        "这类事项只能由法律规定的机关处理，请告诉当事人该找哪个机关。",
        refusal=RefusalReason.RESERVED,
    ),
    Question(
        "handled",
        "法院、公安或其他行政机关已经受理或解决（由它们委托、移送来的不算）",
        "已经由别的机关受理或解决的，不再受理，请告诉当事人等那边的结果。",
        refusal=RefusalReason.HANDLED,
    ),
    Question(
        "party",
        "有一方当事人明确表示不愿意调解",
        "当事人一方明确拒绝调解的，不得调解；可以告诉他们还能走仲裁、行政、司法等途径。",
        "人民调解法第十七条",
        RefusalReason.PARTY,
    ),
    Question(
        "crime",
        "属于刑事案件",
        "刑事案件由公安机关处理，不作民间调解，请及时告诉公安机关。",
        refusal=RefusalReason.CRIME,
    ),
    Question(
        "title",
        "争的是土地、山林或宅基地归谁",
        "土地归谁，协商不成由人民政府处理，处理以前谁也不得改变使用现状；"
        "可以调解为此起的争吵、相邻和赔偿，协议里不要写“归谁所有”。",
        "土地管理法第十四条",
        types=_LAND,
    ),
    Question(
        "contracted",
        "是农村土地承包经营的纠纷",
        "口头申请的要当场记下申请人、事项、理由和时间；"
        "达成协议必须制作书面协议，签名、盖章后生效，不能只作口头协议。",
        "农村土地承包经营纠纷调解仲裁法第七条至第十条",
        types=_FARM_LAND,
    ),
    Question(
        "violence",
        "有家庭暴力",
        "调解时要预防和减少家庭暴力的发生，先弄清还有没有危险。",
        "反家庭暴力法第十条",
        types=_FAMILY,
    ),
    Question(
        "dependent",
        "受害的是未成年人，或因年老、有病、残疾等不能辨认或不能完全辨认自己行为的人",
        "发现无民事行为能力人、限制民事行为能力人遭受家庭暴力的，必须及时向公安机关报案。",
        "反家庭暴力法第十四条、第三十五条",
        types=_FAMILY,
        after="violence",
    ),
)


def questions(type_code: str, types: TypeTable, yes: Collection[str] = ()) -> tuple[Question, ...]:
    """The questions that matter for a type, given the ids of those answered with `yes` so far."""
    official = types.official(type_code) if types.knows(type_code) else ""
    return tuple(
        question
        for question in QUESTIONS
        if (not question.types or official in question.types)
        and (not question.after or question.after in yes)
    )


def _sentence(question: Question) -> str:
    advice = tr(question.advice)
    if not question.source:
        return advice
    return tr("{advice}（{source}）").format(advice=advice, source=tr(question.source))


def verdict(type_code: str, types: TypeTable, yes: Collection[str]) -> Verdict:
    """What follows when the questions with the ids `yes` are answered with yes, all others no."""
    told = [entry for entry in questions(type_code, types, yes) if entry.id in yes]
    against = [entry for entry in told if entry.refusal is not None]
    if against:
        why = tuple(_sentence(entry) for entry in against)
        return Verdict(Ruling.MAY_NOT, why, against[0].refusal)
    ruling = Ruling.MIND if told else Ruling.MAY
    return Verdict(ruling, tuple(_sentence(entry) for entry in told))
