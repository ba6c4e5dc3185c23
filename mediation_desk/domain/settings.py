"""Local practice: everything that no confirmed rule fixes, with its default."""

from dataclasses import dataclass

from mediation_desk.domain.numbering import DEFAULT_PATTERN


@dataclass(frozen=True, slots=True)
class Settings:
    """Values a committee or office may change; days, persons and patterns (domain.md §9.8)."""

    mediation_days: int = 30
    mediation_working: bool = False
    intake_days: int = 3
    intake_working: bool = True
    visit_days: int = 30
    visit_working: bool = False
    archive_days: int = 30
    archive_working: bool = False
    group_threshold: int = 5
    report_due_day: int = 5
    legal_aid_days: int = 7
    legal_aid_working: bool = False
    # What the first page counts by: an answer without a day in its letter is owed so many days
    # after closing, a round of screening comes so often, and who appears so many times within so
    # many months gives an early warning.
    answer_days: int = 7
    answer_working: bool = False
    screening_days: int = 7
    repeat_cases: int = 3
    repeat_months: int = 6
    term_notice_days: int = 90
    # After so many days without a backup on another disk it is asked for.
    medium_days: int = 7
    # After so many days without a drill that restores the newest backup aside it is asked for.
    drill_days: int = 30
    # With less room than this on the disk it is told, before something cannot be saved.
    disk_megabytes: int = 500
    # Early warning: so many mediations without result, the hours within which one county wants a
    # village to tell the office (domain.md §4.4; 0 asks for nothing), the words that alarm, months
    # and types of the season, rules left out or with another level, and what the levels mean.
    fruitless_sessions: int = 3
    escalation_hours: int = 6
    warning_words: str = (
        "打死 杀人 砍人 捅人 拼命 同归于尽 报复 放火 投毒 喝农药 喝药 跳楼 跳河 上吊 自杀 "
        "不想活 闹大 堵路 堵门 聚众 械斗 停尸 扬言"
    )
    season_months: str = "3 4 5 9 10"
    season_types: str = "07 08"
    warning_rules: str = ""
    risk_levels: str = ""
    # How far apart the days of two entries may be that are shown as perhaps one dispute.
    same_case_days: int = 30
    # What becomes of a last day on which nobody works: `domain.limits.RestDay` for what the desk
    # itself sets, yes or no for what courts count. Holidays of years unknown to the program.
    rest_day: str = "stay"
    court_rest_day: bool = False
    holidays: str = ""
    numbering_pattern: str = DEFAULT_PATTERN
    count_by_closing: bool = False
    count_oral: bool = True
    # How many years a file of each class is kept, counted from the end of the year in which it was
    # archived. No law says how many; of the figures heard of these are the longer ones, because
    # what is kept too long can still be destroyed (domain.md §4.5).
    retention_short_years: int = 30
    retention_long_years: int = 60
    attachment_megabytes: int = 8
    package_megabytes: int = 20
    # Allowance per case: what a case must be before it is claimed, how several mediators share,
    # for how many quarters back one may still be claimed, and by which day (domain.md §5.5).
    allowance_due_day: int = 10
    allowance_quarters: int = 4
    allowance_settled: bool = True
    allowance_performed: bool = True
    allowance_papers: bool = True
    allowance_equal: bool = True
