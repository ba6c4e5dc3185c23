"""How a deadline is counted: from which day, how many days, of which kind, under which rule.

A period begins on the day after the event. What no confirmed rule fixes is a setting, and says so.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from mediation_desk.domain.cases import Dispute
from mediation_desk.domain.codes import Code, Delegation
from mediation_desk.domain.periods import Period, days_after
from mediation_desk.domain.settings import Settings
from mediation_desk.domain.working_days import WEEKENDS_ONLY, WorkCalendar, unknown_words
from mediation_desk.words import tr

CONFIRMATION_DAYS = 30
# Days from signing for the papers; longer with the parties' consent (domain.md §4.4, S05b Art 27).
COURT_DAYS = {Delegation.BEFORE_FILING: 30, Delegation.ORDINARY: 15, Delegation.SUMMARY: 7}

# How a court handed a dispute over, and when its papers were signed for.
Entrusted = tuple[Delegation, date]

# No arrangement gives more days of rest in a row.
_MOST_REST = 16
_COURT = "最高人民法院关于人民法院特邀调解的规定第二十七条"


class RestDay(Code):
    """What becomes of a last day on which nobody works; local practice decides."""

    STAY = "stay", "不变，还是那一天"
    AFTER = "after", "顺延到休息日后的第一个工作日"
    BEFORE = "before", "提前到休息日前的最后一个工作日"


class Rule(Code):
    """By which rule something is due, with the source that fixes its days."""

    INTAKE = "Q1", "按设置，是否受理"
    MEDIATION = "Q2", "按设置，各地一般为一个月，双方同意可以延长"
    EXTENDED = "Q3", "双方当事人同意延长的期限"
    DELEGATED = "Q4", f"{_COURT}，委派"
    ORDINARY = "Q5", f"{_COURT}，委托，普通程序"
    SUMMARY = "Q6", f"{_COURT}，委托，简易程序"
    PROMISE = "Q7", "协议写明的履行期限"
    SIGNATURE = "Q8", "人民调解法第二十九条"
    VISIT = "Q9", "按设置，回访"
    CONFIRMATION = "Q10", "人民调解法第三十三条、民事诉讼法第二百零五条"
    LETTER = "Q11", "来函写明的答复期限"
    ANSWER = "Q12", "按设置，答复移送单位"
    ARCHIVE = "Q13", "按设置，归档"
    AID_TOLD = "Q14", "登记的法律援助答复期限"
    AID = "Q15", "按设置，法律援助答复"
    SCREENING = "Q16", "按设置，排查间隔"
    REPORT = "Q17", "按设置，每月报送截止"
    EXCHANGE = "Q18", "与司法所往来的文件"
    CLAIM = "Q19", "按设置，每季补贴申报截止"


OF_COURT = {
    Delegation.BEFORE_FILING: Rule.DELEGATED,
    Delegation.ORDINARY: Rule.ORDINARY,
    Delegation.SUMMARY: Rule.SUMMARY,
}


@dataclass(frozen=True, slots=True)
class Term:
    """So many days, of every day or of working days only, and what a last day of rest does."""

    days: int
    working: bool = False
    rest: RestDay = RestDay.STAY


@dataclass(frozen=True, slots=True)
class Reckoned:
    """A day that is due, the rule, and in words how it was found."""

    day: date
    rule: Rule
    counted: str

    @property
    def words(self) -> str:
        """Rule and reckoning as one reads them."""
        told = tr("{source}（规则{rule}）：{counted}")
        return told.format(source=tr(self.rule.label), rule=self.rule.value, counted=self.counted)


def full_day(day: date) -> str:
    """A day with its year, as a paper writes it."""
    return tr("{year}年{month}月{day}日").format(year=day.year, month=day.month, day=day.day)


@dataclass(frozen=True, slots=True)
class Limits:
    """Local practice with the calendar that its days are counted by."""

    settings: Settings
    calendar: WorkCalendar = WEEKENDS_ONLY

    def term(self, name: str) -> Term:
        """The term that the settings call `name`, such as visit."""
        days, working = getattr(self.settings, f"{name}_days"), f"{name}_working"
        return Term(days, getattr(self.settings, working), RestDay.of(self.settings.rest_day))

    def court_term(self, days: int) -> Term:
        """A term that a court's rules fix; never shorter than they say."""
        rest = RestDay.AFTER if self.settings.court_rest_day else RestDay.STAY
        return Term(days, rest=rest)

    def end(self, start: date, term: Term) -> date:
        """The last day of `term` after an event on `start`."""
        return self._moved(start, self._counted(start, term), term.rest)

    def _counted(self, start: date, term: Term) -> date:
        if term.working:
            return self.calendar.after(start, term.days)
        return days_after(start, term.days)

    def _moved(self, start: date, day: date, rest: RestDay) -> date:
        if rest is RestDay.AFTER:
            return self.calendar.first_from(day)
        earlier = self.calendar.last_until(day) if rest is RestDay.BEFORE else day
        # Nothing is due before it began.
        return earlier if earlier > start else day

    def latest_start(self, until: date, term: Term) -> date:
        """The latest event whose term ends by `until`; those after it are due later."""
        if not term.working and term.rest is RestDay.STAY:
            return until - timedelta(days=term.days)
        # A term that is moved back to a working day ends before its days are over.
        start = until - timedelta(days=term.days - _MOST_REST)
        while self.end(start, term) > until:
            start -= timedelta(days=1)
        return start

    def reckoned(self, rule: Rule, event: str, start: date, term: Term) -> Reckoned:
        """When something is due `term` after an `event` on `start`, and how that was found."""
        counted = self._counted(start, term)
        last = self._moved(start, counted, term.rest)
        kind = tr("个工作日") if term.working else tr("天")
        told = tr("从{event}（{start}）的第二天起数{days}{kind}，最后一天是{end}").format(
            event=event, start=full_day(start), days=term.days, kind=kind, end=full_day(counted)
        )
        notes = [told, self._moved_words(counted, last)]
        if term.working or term.rest is not RestDay.STAY:
            first, end = min(start, last), max(counted, last)
            notes.append(unknown_words(self.calendar.unknown(first, end)))
        return Reckoned(last, rule, tr("；").join(filter(None, notes)))

    @staticmethod
    def _moved_words(counted: date, last: date) -> str:
        if counted == last:
            return ""
        way = tr("顺延到{day}") if last > counted else tr("提前到{day}")
        return tr("这天是休息日，{way}").format(way=way.format(day=full_day(last)))

    def report_day(self, month: Period) -> date:
        """The last day on which the report of a month is in time."""
        return self.report(month).day

    def report(self, month: Period) -> Reckoned:
        """When the report of `month` is due."""
        told = tr("次月{day}日，就是{end}")
        return self._after(month, self.settings.report_due_day, Rule.REPORT, told)

    def claim(self, quarter: Period) -> Reckoned:
        """When the claim of allowance for `quarter` is due."""
        told = tr("下季第一个月{day}日，就是{end}")
        return self._after(quarter, self.settings.allowance_due_day, Rule.CLAIM, told)

    def _after(self, period: Period, day: int, rule: Rule, told: str) -> Reckoned:
        """So many days after the end of a period."""
        rest = RestDay.of(self.settings.rest_day)
        due = days_after(period.last, day)
        last = self._moved(period.last, due, rest)
        notes = [told.format(day=day, end=full_day(due)), self._moved_words(due, last)]
        if rest is not RestDay.STAY:
            notes.append(unknown_words(self.calendar.unknown(min(due, last), max(due, last))))
        return Reckoned(last, rule, tr("；").join(filter(None, notes)))


def written(rule: Rule, day: date) -> Reckoned:
    """A day that is written in a paper or was typed, and is not counted."""
    return Reckoned(day, rule, tr("写明的日期是{day}").format(day=full_day(day)))


def mediation(
    dispute: Dispute, limits: Limits, entrusted: Iterable[Entrusted] = ()
) -> Reckoned | None:
    """When the mediation period of an accepted, open dispute ends (domain.md §4.4).

    Both parties may agree to a longer one. A dispute that a court handed over has the court's.
    """
    if dispute.intake_on is None or dispute.outcome is not None or dispute.void_reason:
        return None
    if dispute.extended_to is not None:
        return written(Rule.EXTENDED, dispute.extended_to)
    courts = [of_court(limits, *entry) for entry in entrusted]
    if courts:
        return min(courts, key=lambda entry: entry.day)
    return limits.reckoned(Rule.MEDIATION, tr("受理"), dispute.intake_on, limits.term("mediation"))


def of_court(limits: Limits, delegation: Delegation, received_on: date) -> Reckoned:
    """When a court wants back what it handed over and what was signed for on `received_on`."""
    term = limits.court_term(COURT_DAYS[delegation])
    return limits.reckoned(OF_COURT[delegation], tr("签收法院材料"), received_on, term)
