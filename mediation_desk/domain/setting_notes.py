"""What the settings are called, in what they are counted, and which values make sense."""

from collections.abc import Iterator
from dataclasses import dataclass, fields

from mediation_desk.domain.numbering import PATTERN
from mediation_desk.domain.problems import Problem, Severity
from mediation_desk.domain.settings import Settings
from mediation_desk.words import tr

# The headings under which settings stand, in this order.
LIMITS, REMINDERS, CALIBRE = "办理期限", "提醒与预警", "统计口径"
STORING, NUMBERING, ALLOWANCE = "附件", "编号", "以案定补"
GROUPS = (LIMITS, REMINDERS, CALIBRE, STORING, ALLOWANCE)


@dataclass(frozen=True, slots=True)
class Note:
    """One setting in words; whole numbers lie between `least` and `most`."""

    group: str
    label: str
    unit: str = ""
    hint: str = ""
    least: int = 1
    most: int = 365


_MOST_PERSONS = 1000
NOTES = {
    "mediation_days": Note(LIMITS, "调解期限", "天", "从受理算起，双方同意的可以延长"),
    "visit_days": Note(LIMITS, "回访时间", "天", "从协议生效算起"),
    "archive_days": Note(LIMITS, "归档期限", "天", "从结案算起"),
    "answer_days": Note(LIMITS, "答复移送单位", "天", "从结案算起，来函写明期限的以来函为准"),
    "legal_aid_days": Note(LIMITS, "法律援助答复", "天", "从提交申请算起"),
    "report_due_day": Note(LIMITS, "每月报送截止", "日", "次月的这一天", most=28),
    "screening_days": Note(REMINDERS, "排查间隔", "天", "隔这么久没有登记排查就提醒"),
    "term_notice_days": Note(REMINDERS, "任期届满前提醒", "天", "提前这么久提醒换届、续聘"),
    "group_threshold": Note(
        REMINDERS, "群体性纠纷人数", "人", "涉及人数达到时算群体性", most=_MOST_PERSONS
    ),
    "repeat_cases": Note(REMINDERS, "多次发生纠纷", "次", "同一人达到这么多次时预警", least=2),
    "repeat_months": Note(REMINDERS, "多次发生的时间", "个月", "在这么长时间内", most=60),
    "same_case_days": Note(
        REMINDERS, "疑似同一纠纷", "天", "当事人、类型相同且受理日期相差不超过这么多天"
    ),
    "attachment_megabytes": Note(STORING, "一份附件最多", "MB", "再大的请先压缩", most=200),
    "package_megabytes": Note(
        STORING, "一次报送附带的附件最多", "MB", "放不下的随下一份报送", least=0, most=60
    ),
    "count_by_closing": Note(CALIBRE, "按结案日期统计（不选则按受理日期）"),
    "count_oral": Note(CALIBRE, "统计时包括口头协议"),
    "allowance_due_day": Note(ALLOWANCE, "每季申报截止", "日", "下季第一个月的这一天", most=28),
    "allowance_quarters": Note(
        ALLOWANCE, "可以补报", "个季度", "以前这么多个季度结案、没有申报过的", least=0, most=12
    ),
    "allowance_settled": Note(ALLOWANCE, "调解成功才能申报"),
    "allowance_performed": Note(ALLOWANCE, "协议履行完毕才能申报"),
    "allowance_papers": Note(ALLOWANCE, "卷宗齐全才能申报"),
    "allowance_equal": Note(ALLOWANCE, "几个人调解的平均分（不选则归第一个人）"),
    "numbering_pattern": Note(NUMBERING, "编号格式"),
}


def shown(name: str, value: object) -> str:
    """A setting's value as people read it."""
    if isinstance(value, bool):
        return tr("是") if value else tr("否")
    return f"{value}{tr(NOTES[name].unit)}"


def pattern_problems(pattern: str) -> list[Problem]:
    """What keeps a numbering pattern from use.

    Z2: workbooks carry it, so it holds nothing but the three places. Z3: without the running
    number, or without the year as numbers start anew each year, cases could not be told apart.
    """
    if not PATTERN.fullmatch(pattern):
        words = tr("编号格式里有程序不认识的内容，报送时会被拒收。")
        mend = tr("请只用〔年份〕〔简称〕〔三位序号〕这几项和普通文字，不要用大括号。")
        return [Problem("Z2", Severity.ERROR, "numbering_pattern", words, mend)]
    needed = {"{year}": tr("〔年份〕"), "{number": tr("〔三位序号〕")}
    lacking = tr("、").join(name for part, name in needed.items() if part not in pattern)
    if lacking:
        words = tr("编号格式里缺少{lacking}，不同的纠纷会编成一样的号。").format(lacking=lacking)
        mend = tr("请把缺的一项加上。")
        return [Problem("Z3", Severity.ERROR, "numbering_pattern", words, mend)]
    return []


def _out_of_range(settings: Settings) -> Iterator[Problem]:
    """Z1: a number outside of what makes sense."""
    for entry in fields(settings):
        value, note = getattr(settings, entry.name), NOTES.get(entry.name)
        if note is None or isinstance(value, bool) or not isinstance(value, int):
            continue
        if not note.least <= value <= note.most:
            words = tr("“{label}”应在{least}到{most}{unit}之间。").format(
                label=tr(note.label), least=note.least, most=note.most, unit=tr(note.unit)
            )
            yield Problem("Z1", Severity.ERROR, entry.name, words, tr("请核对数字。"))


def settings_problems(settings: Settings) -> list[Problem]:
    """What keeps settings from use."""
    return [*_out_of_range(settings), *pattern_problems(settings.numbering_pattern)]
