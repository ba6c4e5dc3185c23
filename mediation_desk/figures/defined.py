"""The figures of cases beside the 49 columns, each with its definition in words."""

from mediation_desk.domain.codes import (
    AgreementForm,
    Code,
    Confirmation,
    Outcome,
    Performance,
)
from mediation_desk.figures.figure import Figure, Measure, Where
from mediation_desk.figures.links import IN_TIME, LATE, UNANSWERED, link_codes
from mediation_desk.words import tr

_PIECES, _PERCENT = tr("件"), "%"
_COUNTED = tr("案件指已受理、未作废的纠纷，不含不予受理的，一起纠纷只计一次。")


def _codes(*members: Code) -> frozenset[str]:
    return frozenset(str(member.value) for member in members)


def _cases(id_: str, label: str, where: Where, words: str) -> Figure:
    return Figure(id_, label, _PIECES, words + _COUNTED, Measure.CASES, where)


def _rate(id_: str, label: str, part: Figure, whole: Figure, words: str = "") -> Figure:
    told = tr("{part}÷{whole}×100，保留一位小数；分母为零时不计算。").format(
        part=part.label, whole=whole.label
    )
    return Figure(
        id_, label, _PERCENT, told + words, Measure.RATE, (), part.dated, part.id, whole.id
    )


# By how it ended

_SETTLED = ("outcome", _codes(Outcome.SETTLED))
_FORMS = ("form", _codes(*AgreementForm))
_ENDED = _codes(Outcome.SETTLED, Outcome.FAILED, Outcome.TERMINATED, Outcome.TRANSFERRED)

ACCEPTED = _cases("C01", tr("受理"), (), tr("全部已受理的案件件数。"))
ENDED = _cases(
    "C02",
    tr("办结"),
    (("outcome", _ENDED),),
    tr("已有调解结果（调解成功、调解不成、终止调解、转交）的案件件数。"),
)
SETTLED = _cases("C03", tr("调解成功"), (_SETTLED,), tr("调解结果为“调解成功”的案件件数。"))
FAILED = _cases(
    "C04",
    tr("调解不成"),
    (("outcome", _codes(Outcome.FAILED)),),
    tr("调解结果为“调解不成”的案件件数。"),
)
TERMINATED = _cases(
    "C05",
    tr("终止调解"),
    (("outcome", _codes(Outcome.TERMINATED)),),
    tr("调解结果为“终止调解”的案件件数。"),
)
TRANSFERRED = _cases(
    "C06",
    tr("转交"),
    (("outcome", _codes(Outcome.TRANSFERRED)),),
    tr("调解结果为“转交”的案件件数。"),
)
OPEN = _cases(
    "C07", tr("未办结"), (("outcome", frozenset({""})),), tr("还没有调解结果的案件件数。")
)
UNRESOLVED = _cases(
    "C08",
    tr("未化解"),
    (
        (
            "outcome",
            frozenset({"", *_codes(Outcome.FAILED, Outcome.TERMINATED, Outcome.TRANSFERRED)}),
        ),
    ),
    tr("调解成功以外的案件件数，包括还在办理的。"),
)
RESOLVED = _cases("C09", tr("化解"), (_SETTLED,), tr("调解结果为“调解成功”的案件件数。"))
WITH_AGREEMENT = _cases(
    "C10", tr("达成协议"), (_SETTLED, _FORMS), tr("调解成功并达成口头或书面协议的案件件数。")
)
RESULTS = (SETTLED, FAILED, TERMINATED, TRANSFERRED, OPEN)

# By what became of the agreement

KEPT = _cases(
    "C11",
    tr("已履行"),
    (_SETTLED, _FORMS, ("performance", _codes(Performance.KEPT))),
    tr("达成协议的案件中履行情况为“已履行”的件数。"),
)
PARTLY_KEPT = _cases(
    "C12",
    tr("部分履行"),
    (_SETTLED, _FORMS, ("performance", _codes(Performance.PARTLY))),
    tr("达成协议的案件中履行情况为“部分履行”的件数。"),
)
NOT_DUE = _cases(
    "C13",
    tr("未到期"),
    (_SETTLED, _FORMS, ("performance", _codes(Performance.NOT_DUE))),
    tr("达成协议的案件中履行情况为“未到期”的件数。"),
)
OVERDUE = _cases(
    "C14",
    tr("逾期未履行"),
    (_SETTLED, _FORMS, ("performance", _codes(Performance.OVERDUE))),
    tr("达成协议的案件中履行情况为“逾期未履行”的件数。"),
)
SUED = _cases(
    "C15",
    tr("反悔起诉"),
    (_SETTLED, _FORMS, ("performance", _codes(Performance.SUED))),
    tr("达成协议的案件中履行情况为“反悔起诉”的件数。"),
)
WRITTEN = _cases(
    "C16",
    tr("书面协议"),
    (_SETTLED, ("form", _codes(AgreementForm.WRITTEN))),
    tr("调解成功并达成书面协议的案件件数。"),
)
APPLIED = _cases(
    "C17",
    tr("司法确认申请"),
    (
        (
            "confirmation",
            _codes(Confirmation.APPLIED, Confirmation.CONFIRMED, Confirmation.REJECTED),
        ),
    ),
    tr("已申请司法确认的案件件数，包括已有裁定的。"),
)
CONFIRMED = _cases(
    "C18",
    tr("裁定确认有效"),
    (("confirmation", _codes(Confirmation.CONFIRMED)),),
    tr("法院裁定确认协议有效的案件件数。"),
)
REJECTED = _cases(
    "C19",
    tr("裁定不予确认"),
    (("confirmation", _codes(Confirmation.REJECTED)),),
    tr("法院不予确认的案件件数。"),
)
VISITED = _cases(
    "C20",
    tr("已回访"),
    (_SETTLED, ("visited", frozenset({"1"}))),
    tr("调解成功的案件中有回访记录的件数。"),
)
SATISFACTION_TOLD = _cases(
    "C21",
    tr("已登记满意度"),
    (("satisfied", frozenset({"0", "1"})),),
    tr("登记了当事人是否满意的案件件数。"),
)
SATISFIED = _cases(
    "C22", tr("满意"), (("satisfied", frozenset({"1"})),), tr("登记为满意的案件件数。")
)

# By the linkage channel

LINKED = _cases(
    "L01",
    tr("接收"),
    (("link", link_codes()),),
    tr("登记了衔接单位转来函件的案件件数，同一渠道的几份函件只计一件。"),
)
LINKED_SETTLED = _cases(
    "L02",
    tr("调解成功"),
    (("link", link_codes()), _SETTLED),
    tr("衔接单位转来、调解结果为“调解成功”的案件件数。"),
)
LINKED_OPEN = _cases(
    "L03",
    tr("未办结"),
    (("link", link_codes()), ("outcome", frozenset({""}))),
    tr("衔接单位转来、还没有调解结果的案件件数。"),
)
ANSWERED = _cases(
    "L04",
    tr("已答复"),
    (("link", link_codes(states=(LATE, IN_TIME))),),
    tr("衔接单位转来、该渠道的函件都已答复的案件件数。"),
)
ANSWERED_IN_TIME = _cases(
    "L05",
    tr("按时答复"),
    (("link", link_codes(states=(IN_TIME,))),),
    tr("衔接单位转来、该渠道的函件都在期限内答复的案件件数。"),
)
UNANSWERED_YET = _cases(
    "L06",
    tr("未答复"),
    (("link", link_codes(states=(UNANSWERED,))),),
    tr("衔接单位转来、还有函件没有答复的案件件数。"),
)

# Rates, each with its denominator in its name

SETTLED_OF_ACCEPTED = _rate("R01", tr("调解成功率（÷受理）"), SETTLED, ACCEPTED)
SETTLED_OF_ENDED = _rate("R02", tr("调解成功率（÷办结）"), SETTLED, ENDED)
ENDED_OF_ACCEPTED = _rate("R03", tr("办结率（÷受理）"), ENDED, ACCEPTED)
KEPT_OF_AGREED = _rate("R04", tr("履行率（÷达成协议）"), KEPT, WITH_AGREEMENT)
APPLIED_OF_WRITTEN = _rate("R05", tr("司法确认申请率（÷书面协议）"), APPLIED, WRITTEN)
CONFIRMED_OF_APPLIED = _rate("R06", tr("裁定确认率（÷司法确认申请）"), CONFIRMED, APPLIED)
VISITED_OF_SETTLED = _rate("R07", tr("回访率（÷调解成功）"), VISITED, SETTLED)
SATISFIED_OF_TOLD = _rate("R08", tr("满意率（÷已登记满意度）"), SATISFIED, SATISFACTION_TOLD)
LINKED_SETTLED_RATE = _rate("R09", tr("调解成功率（÷接收）"), LINKED_SETTLED, LINKED)
ANSWERED_RATE = _rate("R10", tr("答复率（÷接收）"), ANSWERED, LINKED)
IN_TIME_RATE = _rate("R11", tr("按时率（÷已答复）"), ANSWERED_IN_TIME, ANSWERED)

CASE_FIGURES = (
    *(ACCEPTED, ENDED, SETTLED, FAILED, TERMINATED, TRANSFERRED, OPEN, UNRESOLVED, RESOLVED),
    *(WITH_AGREEMENT, KEPT, PARTLY_KEPT, NOT_DUE, OVERDUE, SUED, WRITTEN),
    *(APPLIED, CONFIRMED, REJECTED, VISITED, SATISFACTION_TOLD, SATISFIED),
    *(LINKED, LINKED_SETTLED, LINKED_OPEN, ANSWERED, ANSWERED_IN_TIME, UNANSWERED_YET),
    *(SETTLED_OF_ACCEPTED, SETTLED_OF_ENDED, ENDED_OF_ACCEPTED, KEPT_OF_AGREED),
    *(APPLIED_OF_WRITTEN, CONFIRMED_OF_APPLIED, VISITED_OF_SETTLED, SATISFIED_OF_TOLD),
    *(LINKED_SETTLED_RATE, ANSWERED_RATE, IN_TIME_RATE),
)
