"""The figures of screening, publicity and staff, each with its definition in words."""

from mediation_desk.domain.codes import PublicityKind, Sex
from mediation_desk.figures.columns import COLUMNS
from mediation_desk.figures.figure import AT_THE_END, BY_EVENT, Figure, Measure, Where
from mediation_desk.figures.staff import Post, Term
from mediation_desk.words import tr

_PUBLICITY = ("event", frozenset({str(PublicityKind.PUBLICITY.value)}))
_TRAINING = ("event", frozenset({str(PublicityKind.TRAINING.value)}))
_MEDIATORS = ("post", frozenset({str(Post.FULL_TIME.value), str(Post.PART_TIME.value)}))


def _event(id_: str, label: str, unit: str, measure: Measure, where: Where, words: str) -> Figure:
    return Figure(id_, label, unit, words, measure, where, BY_EVENT)


# The columns 40 to 49 of the Ministry's table: rounds, what they prevented, what was kept off.
PREVENTED_COLUMNS = tuple(column.figure for column in COLUMNS[39:])
ROUNDS, PREVENTED, *KEPT_OFF = PREVENTED_COLUMNS
FOUND = _event(
    "W01",
    tr("发现纠纷"),
    tr("件"),
    Measure.FOUND,
    (),
    tr("排查日期在统计期间内的各次排查所发现的纠纷件数之和。"),
)
PUBLICITY_EVENTS = _event(
    "W02",
    tr("普法宣传"),
    tr("场"),
    Measure.EVENTS,
    (_PUBLICITY,),
    tr("日期在统计期间内登记的普法宣传活动场次。"),
)
PUBLICITY_AUDIENCE = _event(
    "W03",
    tr("普法受众"),
    tr("人次"),
    Measure.AUDIENCE,
    (_PUBLICITY,),
    tr("日期在统计期间内各场普法宣传受众人数之和。"),
)
MATERIALS = _event(
    "W04",
    tr("发放资料"),
    tr("份"),
    Measure.MATERIALS,
    (_PUBLICITY,),
    tr("日期在统计期间内各场普法宣传发放资料份数之和。"),
)
TRAININGS = _event(
    "W05",
    tr("业务培训"),
    tr("场"),
    Measure.EVENTS,
    (_TRAINING,),
    tr("日期在统计期间内登记的业务培训场次。"),
)
TRAINED = _event(
    "W06",
    tr("培训人次"),
    tr("人次"),
    Measure.AUDIENCE,
    (_TRAINING,),
    tr("日期在统计期间内各场业务培训受训人数之和。"),
)


def _staff(id_: str, label: str, unit: str, where: Where, words: str) -> Figure:
    there = tr("以登记簿中的登记为准，不含已作废的和统计期间最后一天以后才开始任期的。")
    return Figure(id_, label, unit, words + there, Measure.STAFF, where, AT_THE_END)


def _people(id_: str, label: str, where: Where, words: str) -> Figure:
    return _staff(id_, label, tr("人"), (_MEDIATORS, *where), words)


def _sex(*codes: str) -> Where:
    return (("sex", frozenset(codes)),)


def _term(term: Term) -> Where:
    return (("term", frozenset({str(term.value)})),)


def _post(post: Post) -> Where:
    return (("post", frozenset({str(post.value)})),)


BODIES = _staff("S01", tr("调委会"), tr("个"), _post(Post.COMMITTEE), tr("人民调解委员会的个数。"))
BODIES_OVER = _staff(
    "S02",
    tr("调委会任期届满"),
    tr("个"),
    (*_post(Post.COMMITTEE), *_term(Term.OVER)),
    tr("登记的本届任期在统计期间最后一天以前已满的人民调解委员会个数。"),
)
MEDIATORS = _people("S03", tr("人民调解员"), (), tr("人民调解员的人数。"))
FULL_TIME = _staff(
    "S04", tr("专职"), tr("人"), _post(Post.FULL_TIME), tr("登记为专职的人民调解员人数。")
)
PART_TIME = _staff(
    "S05", tr("兼职"), tr("人"), _post(Post.PART_TIME), tr("没有登记为专职的人民调解员人数。")
)
MEN = _people("S06", tr("男"), _sex(str(Sex.MALE.value)), tr("男性人民调解员人数。"))
WOMEN = _people("S07", tr("女"), _sex(str(Sex.FEMALE.value)), tr("女性人民调解员人数。"))
SEX_UNKNOWN = _people("S08", tr("性别未登记"), _sex(""), tr("没有登记性别的人民调解员人数。"))
IN_TERM = _people(
    "S09", tr("任期内"), _term(Term.RUNNING), tr("统计期间最后一天在任期内的人民调解员人数。")
)
TERM_OVER = _people(
    "S10",
    tr("任期届满"),
    _term(Term.OVER),
    tr("登记的任期在统计期间最后一天以前已满的人民调解员人数。"),
)
TERM_UNKNOWN = _people(
    "S11", tr("任期未登记"), _term(Term.UNKNOWN), tr("没有登记任期截止日的人民调解员人数。")
)
ADVISERS = _staff(
    "S12",
    tr("村居法律顾问"),
    tr("人"),
    _post(Post.ADVISER),
    tr("登记的村居法律顾问人数，一人服务几个村居的各计一人。"),
)

WORK_FIGURES = (
    *(FOUND, PUBLICITY_EVENTS, PUBLICITY_AUDIENCE, MATERIALS, TRAININGS, TRAINED),
    *(BODIES, BODIES_OVER, MEDIATORS, FULL_TIME, PART_TIME, MEN, WOMEN, SEX_UNKNOWN),
    *(IN_TERM, TERM_OVER, TERM_UNKNOWN, ADVISERS),
)
