"""What the settings are called, in what they are counted, and which values make sense."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields

from mediation_desk.domain.arranged import NotUnderstood, arrangements
from mediation_desk.domain.codes import Code
from mediation_desk.domain.dispute_types import BY_CODE
from mediation_desk.domain.limits import RestDay
from mediation_desk.domain.numbering import PATTERN
from mediation_desk.domain.problems import Problem, Severity
from mediation_desk.domain.risk_levels import unpacked, wrong_levels
from mediation_desk.domain.settings import Settings
from mediation_desk.domain.warning_rules import SUGGESTED, rule_levels, wrong_words
from mediation_desk.words import tr

# The headings under which settings stand, in this order.
LIMITS, RESTING = "办理期限", "工作日和放假"
REMINDERS, CALIBRE = "提醒与预警", "统计口径"
STORING, NUMBERING, ALLOWANCE, WARNINGS = "附件", "编号", "以案定补", "预警"
KEEPING = "卷宗保管"
GROUPS = (LIMITS, RESTING, REMINDERS, CALIBRE, KEEPING, STORING, ALLOWANCE)


@dataclass(frozen=True, slots=True)
class Note:
    """One setting in words; whole numbers lie between `least` and `most`, texts are of `codes`.

    `long` is a text of several lines.
    """

    group: str
    label: str
    unit: str = ""
    hint: str = ""
    least: int = 1
    most: int = 365
    codes: type[Code] | None = None
    long: bool = False


_MOST_PERSONS = 1000
_MOST_YEARS = 200
_WORKING = "只数工作日"
_REST_HINT = (
    "法律以外、本地自己定的期限；报送截止日也照此办。拿不准就选“不变”：只会早提醒，不会误期"
)
_COURT_REST_HINT = (
    "调解法院委派、委托的案件和申请司法确认，最后一天遇到休息日时怎么算，请先问法院；"
    "不选就按原来那一天提醒，只会早，不会误期"
)
_HOLIDAYS_HINT = (
    "放假和调休由国务院每年公布，程序里已有以前各年的。还没有的年份可以照通知填在这里，每行一段，"
    "如 2027年2月5日至11日放假 或 2027年2月14日上班；没有填的年份先按双休日计算"
)
NOTES = {
    "intake_days": Note(LIMITS, "决定是否受理", "天", "从登记算起，来函的从签收材料算起"),
    "intake_working": Note(LIMITS, _WORKING),
    "mediation_days": Note(LIMITS, "调解期限", "天", "从受理算起，双方同意的可以延长"),
    "mediation_working": Note(LIMITS, _WORKING),
    "visit_days": Note(LIMITS, "回访时间", "天", "从协议生效算起"),
    "visit_working": Note(LIMITS, _WORKING),
    "archive_days": Note(LIMITS, "归档期限", "天", "从结案算起"),
    "archive_working": Note(LIMITS, _WORKING),
    "answer_days": Note(LIMITS, "答复移送单位", "天", "从结案算起，来函写明期限的以来函为准"),
    "answer_working": Note(LIMITS, _WORKING),
    "legal_aid_days": Note(LIMITS, "法律援助答复", "天", "从提交申请算起"),
    "legal_aid_working": Note(LIMITS, _WORKING),
    "report_due_day": Note(LIMITS, "每月报送截止", "日", "次月的这一天", most=28),
    "rest_day": Note(RESTING, "期限最后一天是休息日", hint=_REST_HINT, codes=RestDay),
    "court_rest_day": Note(RESTING, "法院的期限遇休息日顺延", hint=_COURT_REST_HINT),
    "holidays": Note(RESTING, "补充放假安排", hint=_HOLIDAYS_HINT, long=True),
    "screening_days": Note(REMINDERS, "排查间隔", "天", "隔这么久没有登记排查就提醒"),
    "term_notice_days": Note(REMINDERS, "任期届满前提醒", "天", "提前这么久提醒换届、续聘"),
    "medium_days": Note(REMINDERS, "备份拷到U盘", "天", "隔这么久没有拷过就提醒"),
    "drill_days": Note(REMINDERS, "备份演练", "天", "隔这么久没有演练过就提醒"),
    "disk_megabytes": Note(REMINDERS, "磁盘剩余空间", "MB", "剩得比这少就提醒清理", most=100_000),
    "group_threshold": Note(
        REMINDERS, "群体性纠纷人数", "人", "涉及人数达到时算群体性", most=_MOST_PERSONS
    ),
    "repeat_cases": Note(REMINDERS, "多次发生纠纷", "次", "同一人达到这么多次时预警", least=2),
    "repeat_months": Note(REMINDERS, "多次发生的时间", "个月", "在这么长时间内", most=60),
    "fruitless_sessions": Note(
        REMINDERS, "多次调解未果", "次", "调解这么多次没有结果时预警", most=50
    ),
    "escalation_hours": Note(
        REMINDERS,
        "紧急情况报司法所",
        "小时",
        "有的县规定村里6小时内上报；0表示不提醒",
        least=0,
        most=168,
    ),
    "same_case_days": Note(
        REMINDERS, "疑似同一纠纷", "天", "当事人、类型相同且受理日期相差不超过这么多天"
    ),
    "retention_short_years": Note(
        KEEPING, "短期保管", "年", "各地规定不一，请问档案局；拿不准就长一些", most=_MOST_YEARS
    ),
    "retention_long_years": Note(
        KEEPING, "长期保管", "年", "从归档次年算起；期满也不会自动销毁", most=_MOST_YEARS
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
    "warning_words": Note(WARNINGS, "激化言语"),
    "season_months": Note(WARNINGS, "农忙用地的月份"),
    "season_types": Note(WARNINGS, "农忙用地的纠纷类型"),
    "warning_rules": Note(WARNINGS, "预警规则"),
    "risk_levels": Note(WARNINGS, "风险等级"),
}


def _rules_told(stored: str) -> str:
    """Which rules are left out or suggest another level than usual."""
    levels = rule_levels(Settings(warning_rules=stored))
    changed = [
        f"{tr(rule.label)}{tr(level.label) if level else tr('不用')}"
        for rule, level in levels.items()
        if level is not SUGGESTED[rule]
    ]
    return tr("、").join(changed) or tr("默认")


def _levels_told(stored: str) -> str:
    """The levels in use with their owners and hours."""
    told = []
    for entry in unpacked(stored):
        at_once = tr("立即报告") if entry.at_once else ""
        hours = tr("{hours}小时").format(hours=entry.hours) if entry.hours else ""
        more = " ".join(filter(None, (entry.owner, hours, at_once)))
        if entry.used:
            told.append(f"{entry.label}（{more}）" if more else entry.label)
    return tr("、").join(told)


def _types_told(stored: str) -> str:
    return tr("、").join(
        BY_CODE[code].label if code in BY_CODE else code for code in stored.split()
    )


_TOLD: dict[str, Callable[[str], str]] = {
    "warning_rules": _rules_told,
    "risk_levels": _levels_told,
    "season_types": _types_told,
}


# Settings of this ending say whether the days of another one are working days.
KIND_OF_DAYS = "_working"


def called(name: str) -> str:
    """What a setting is called where it does not stand below the one that it belongs to."""
    of = name.removesuffix(KIND_OF_DAYS)
    label = tr(NOTES[name].label)
    if of == name:
        return label
    return tr("{of}（{label}）").format(of=tr(NOTES[f"{of}_days"].label), label=label)


def shown(name: str, value: object) -> str:
    """A setting's value as people read it."""
    if isinstance(value, bool):
        return tr("是") if value else tr("否")
    codes = NOTES[name].codes
    if codes is not None:
        return tr(codes.of(str(value)).label)
    if NOTES[name].long:
        return tr("；").join(str(value).split("\n")) if value else tr("没有填")
    if name in _TOLD:
        return _TOLD[name](str(value))
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


def _unknown_codes(settings: Settings) -> Iterator[Problem]:
    """Z4: a choice that there is not, as a damaged or newer file may bring it."""
    for name, note in NOTES.items():
        if note.codes is not None and getattr(settings, name) not in {
            code.value for code in note.codes
        }:
            words = tr("“{label}”的选项程序不认识。").format(label=tr(note.label))
            yield Problem("Z4", Severity.ERROR, name, words, tr("请重新选择。"))


def _bad_holidays(settings: Settings) -> Iterator[Problem]:
    """Z5: holidays that are no days."""
    try:
        arrangements(settings.holidays)
    except NotUnderstood as error:
        words = tr("放假安排里看不懂这一段：“{line}”。").format(line=error)
        mend = tr("请写成 2027年2月5日至11日放假 或 2027年2月14日上班，每行一段。")
        yield Problem("Z5", Severity.ERROR, "holidays", words, mend)


def _warning_problems(settings: Settings) -> Iterator[Problem]:
    """Z6: words that cannot be looked for. Z7: levels that nobody could tell apart."""
    if wrong := wrong_words(settings.warning_words):
        yield Problem("Z6", Severity.ERROR, "warning_words", wrong, "")
    if wrong := wrong_levels(unpacked(settings.risk_levels)):
        yield Problem("Z7", Severity.ERROR, "risk_levels", wrong, "")


def settings_problems(settings: Settings) -> list[Problem]:
    """What keeps settings from use."""
    return [
        *_out_of_range(settings),
        *_unknown_codes(settings),
        *_bad_holidays(settings),
        *_warning_problems(settings),
        *pattern_problems(settings.numbering_pattern),
    ]
