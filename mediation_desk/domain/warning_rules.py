"""The rules of early warning (预警): what each finds in a case, why, by which evidence.

A rule never changes anything: it suggests a level and gives its reason in words without names, so
that it may travel in a masked package. Thresholds, words, season and levels are settings, because
no law fixes them (domain.md §5.2).
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from types import MappingProxyType

from mediation_desk.domain import due_days
from mediation_desk.domain.casefile import CaseFile
from mediation_desk.domain.cases import Dispute
from mediation_desk.domain.codes import (
    Direction,
    Outcome,
    Performance,
    RiskLevel,
    SessionKind,
    SessionResult,
)
from mediation_desk.domain.derived import is_group
from mediation_desk.domain.dispute_types import TypeTable
from mediation_desk.domain.handling import MediationSession
from mediation_desk.domain.risk_levels import in_use
from mediation_desk.domain.settings import Settings
from mediation_desk.domain.warning_codes import WarningRule
from mediation_desk.words import tr

_SEPARATORS = re.compile(r"[\s,，、;；]+")
_LONGEST_WORD = 20
_MOST_WORDS = 200
# The level that each rule suggests unless a place sets another.
SUGGESTED: Mapping[WarningRule, RiskLevel] = {
    WarningRule.GROUP: RiskLevel.ORANGE,
    WarningRule.REPEATED: RiskLevel.YELLOW,
    WarningRule.FRUITLESS: RiskLevel.YELLOW,
    WarningRule.UNPAID: RiskLevel.YELLOW,
    WarningRule.WORDS: RiskLevel.ORANGE,
    WarningRule.ESCALATION: RiskLevel.ORANGE,
    WarningRule.PETITION: RiskLevel.YELLOW,
    WarningRule.LINKED: RiskLevel.ORANGE,
    WarningRule.SEASON: RiskLevel.BLUE,
}
OFF = "-"


@dataclass(frozen=True, slots=True)
class Sign:
    """What a rule found: on which dispute, why in words, by which evidence, since when.

    `evidence` are texts such as `session:3f…`; one that ends in `=` and a number grows with it.
    `dispute_ids` are the disputes to look at, the one the sign is about among them.
    """

    rule: WarningRule
    dispute_id: str
    reason: str
    evidence: tuple[str, ...]
    suggested: RiskLevel
    since: date
    dispute_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ground:
    """What rules are applied by: the day, local practice, the types."""

    today: date
    settings: Settings
    types: TypeTable


Found = tuple[str, tuple[str, ...], date]
Rule = Callable[[CaseFile, Ground], Found | None]


# What is set


# It is asked for every case that is watched.
@lru_cache(maxsize=32)
def rule_levels(settings: Settings) -> Mapping[WarningRule, RiskLevel | None]:
    """The level that each rule suggests here; None for a rule that is left out."""
    found: dict[WarningRule, RiskLevel | None] = dict(SUGGESTED)
    for entry in settings.warning_rules.split():
        name, _, value = entry.partition(":")
        rule = next((one for one in WarningRule if one.value == name), None)
        level = next((one for one in RiskLevel if one.value == value), None)
        if rule is not None and (level is not None or value == OFF):
            found[rule] = level
    return MappingProxyType(
        {rule: level and in_use(level, settings) for rule, level in found.items()}
    )


def packed_rules(levels: Mapping[WarningRule, RiskLevel | None]) -> str:
    """Rules as the one text of their setting; only what differs from the usual."""
    return " ".join(
        f"{rule.value}:{level.value if level else OFF}"
        for rule, level in levels.items()
        if level is not SUGGESTED[rule]
    )


def words_in(typed: str) -> tuple[str, ...]:
    """The words of a list as it was typed, each once, in their order."""
    return tuple(dict.fromkeys(word for word in _SEPARATORS.split(typed.strip()) if word))


def wrong_words(typed: str) -> str:
    """What keeps a list of words from use, in words; empty if nothing does."""
    words = words_in(typed)
    if len(words) > _MOST_WORDS:
        told = tr("词语有{count}个，最多{most}个。请删去少见的。")
        return told.format(count=len(words), most=_MOST_WORDS)
    if long := next((word for word in words if len(word) > _LONGEST_WORD), ""):
        told = tr("“{word}…”太长，找不到。每个词语最多{most}个字，用空格或顿号隔开。")
        return told.format(word=long[:_LONGEST_WORD], most=_LONGEST_WORD)
    return ""


def months_in(typed: str) -> tuple[int, ...]:
    """The months of a season in the order of the year; what is no month is left out."""
    numbers = {int(entry) for entry in words_in(typed) if entry.isascii() and entry.isdigit()}
    return tuple(sorted(number for number in numbers if 1 <= number <= 12))


# The rules


def is_open(dispute: Dispute) -> bool:
    """Whether a dispute is still being handled."""
    return dispute.outcome is None and not dispute.void_reason


def _begun(dispute: Dispute, ground: Ground) -> date:
    return dispute.intake_on or dispute.occurred_on or ground.today


def _group(case: CaseFile, ground: Ground) -> Found | None:
    """J1: so many people are involved that it may become a matter of a crowd (domain.md §5.2)."""
    dispute = case.dispute
    if not is_open(dispute) or not is_group(dispute, ground.settings):
        return None
    told = tr("涉及 {count} 人，达到群体性纠纷的 {least} 人")
    told = told.format(count=dispute.people, least=ground.settings.group_threshold)
    return told, (f"people={dispute.people}",), _begun(dispute, ground)


def _fruitless(case: CaseFile, ground: Ground) -> Found | None:
    """J3: several mediations, and still no result."""
    held = [
        entry
        for entry in case.sessions
        if entry.kind is SessionKind.MEDIATION and entry.result is not SessionResult.SETTLED
    ]
    if not is_open(case.dispute) or len(held) < ground.settings.fruitless_sessions:
        return None
    told = tr("已调解 {count} 次，还没有结果").format(count=len(held))
    return told, tuple(f"session:{entry.id}" for entry in held), held[-1].held_on


def _unpaid(case: CaseFile, ground: Ground) -> Found | None:
    """J4: a term of the agreement was not kept by its day."""
    dispute = case.dispute
    late = [
        (due.day, promise)
        for promise in case.promises
        if (due := due_days.promise(dispute, promise)) is not None and due.day < ground.today
    ]
    if late:
        first = min(late, key=lambda one: (one[0], one[1].position))
        numbers = tr("、").join(
            tr("第{position}项").format(position=promise.position) for _, promise in late
        )
        told = tr("{day} 应履行的协议{numbers}没有履行")
        told = told.format(numbers=numbers, day=first[0].isoformat())
        return told, tuple(f"promise:{promise.id}" for _, promise in late), first[0]
    overdue = dispute.performance is Performance.OVERDUE and dispute.outcome is Outcome.SETTLED
    if not overdue or dispute.void_reason:
        return None
    day = dispute.closed_on or ground.today
    return tr("协议逾期没有履行"), ("overdue",), day


def _said(case: CaseFile, ground: Ground) -> Iterator[tuple[str, str, str, date]]:
    """Every text of a case: the id of its record, its name, its words, its day."""
    dispute = case.dispute
    begun = _begun(dispute, ground)
    yield dispute.id, tr("纠纷简要情况"), dispute.facts, begun
    yield dispute.id, tr("当事人申请事项"), dispute.requests, begun
    yield dispute.id, tr("纠纷激化情况"), dispute.escalation, begun
    for session in case.sessions:
        yield session.id, _session_name(session), session.narrative, session.held_on


def _session_name(session: MediationSession) -> str:
    day = session.held_on
    return tr("{month}月{day}日{kind}记录").format(
        month=day.month, day=day.day, kind=tr(session.kind.label)
    )


def _words(case: CaseFile, ground: Ground) -> Found | None:
    """J5: words that alarm, each told with where it stands."""
    wanted = words_in(ground.settings.warning_words)
    if not is_open(case.dispute):
        return None
    told, evidence, days = [], [], []
    for record_id, name, text, day in _said(case, ground):
        found = [word for word in wanted if word in text]
        if found:
            told.append(tr("“{words}”（{name}）").format(name=name, words=tr("、").join(found)))
            evidence += [f"said:{record_id}:{word}" for word in found]
            days.append(day)
    if not told:
        return None
    reason = tr("记录里有{told}").format(told=tr("、").join(told))
    return reason, tuple(evidence), max(days)


def _escalation(case: CaseFile, ground: Ground) -> Found | None:
    """J6: somebody wrote down that it has grown already; a longer text is something new."""
    dispute = case.dispute
    text = dispute.escalation.strip()
    if not is_open(dispute) or not text:
        return None
    told = tr("登记了“纠纷激化情况”，请打开纠纷看内容")
    return told, (f"escalation={len(text)}",), _begun(dispute, ground)


def _petition(case: CaseFile, ground: Ground) -> Found | None:
    """J7: somebody petitions for the first time, when it can still be settled where it began."""
    found = [
        entry
        for entry in case.referrals
        if entry.first_petition and entry.direction is Direction.IN
    ]
    if not is_open(case.dispute) or not found:
        return None
    last = found[-1]
    day = last.letter_on or last.received_on or _begun(case.dispute, ground)
    told = tr("初信初访转来的纠纷，还没有办结")
    return told, tuple(f"referral:{entry.id}" for entry in found), day


def _season(case: CaseFile, ground: Ground) -> Found | None:
    """J9: a quarrel about land is open while the land is worked; each season asks once."""
    settings, today, dispute = ground.settings, ground.today, case.dispute
    months = months_in(settings.season_months)
    official = dispute.type
    if ground.types.knows(official):
        official = ground.types.official(official)
    in_season = today.month in months and official in words_in(settings.season_types)
    if not is_open(dispute) or not in_season:
        return None
    first = _first_month(today, months)
    label = ground.types.label(dispute.type)
    told = tr("{label}没有办结，正是农忙用地季节（{month}月起）")
    told = told.format(label=label, month=first.month)
    return told, (f"season:{first:%Y-%m}",), max(first, _begun(dispute, ground))


def _first_month(today: date, months: Sequence[int]) -> date:
    """The first day of the run of months in which `today` lies."""
    year, month = today.year, today.month
    for _ in range(len(months) - 1):
        before = (year - 1, 12) if month == 1 else (year, month - 1)
        if before[1] not in months:
            break
        year, month = before
    return date(year, month, 1)


OF_A_CASE: Mapping[WarningRule, Rule] = {
    WarningRule.GROUP: _group,
    WarningRule.FRUITLESS: _fruitless,
    WarningRule.UNPAID: _unpaid,
    WarningRule.WORDS: _words,
    WarningRule.ESCALATION: _escalation,
    WarningRule.PETITION: _petition,
    WarningRule.SEASON: _season,
}


def case_signs(case: CaseFile, ground: Ground) -> list[Sign]:
    """What the rules find in one case, in their order."""
    levels, found = rule_levels(ground.settings), list[Sign]()
    for rule, look in OF_A_CASE.items():
        level = levels[rule]
        seen = look(case, ground) if level is not None else None
        if level is not None and seen is not None:
            reason, evidence, since = seen
            own = case.dispute.id
            found.append(Sign(rule, own, reason, evidence, level, since, (own,)))
    return found
