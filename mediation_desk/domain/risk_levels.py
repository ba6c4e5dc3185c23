"""The colour levels as a place uses them: names, owners, hours, and which are reported at once.

Colours are local practice (domain.md §5.2), so everything but their order is a setting. The four
levels of the records stay; a place that knows three leaves one out and calls the others its way.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from mediation_desk.domain.codes import RiskLevel
from mediation_desk.domain.settings import Settings
from mediation_desk.words import tr

MOST_HOURS = 24 * 60
_MOMENT = "%Y-%m-%d %H:%M"
_TONES = {
    RiskLevel.BLUE: "blue",
    RiskLevel.YELLOW: "amber",
    RiskLevel.ORANGE: "amber",
    RiskLevel.RED: "red",
}
# Levels from here on alarm on the first page.
_HIGH = (RiskLevel.ORANGE, RiskLevel.RED)


@dataclass(frozen=True, slots=True)
class LevelPractice:
    """What one level means here; `hours` are those within which it wants its handling, 0 none."""

    level: RiskLevel
    colour: str
    name: str = ""
    owner: str = ""
    hours: int = 0
    at_once: bool = False
    used: bool = True

    @property
    def label(self) -> str:
        """The level as it is called, such as 红色 or 红色（一级）."""
        return f"{self.colour}（{self.name}）" if self.name else self.colour

    @property
    def tone(self) -> str:
        """The tone of its chip."""
        return _TONES[self.level]


USUAL = (
    LevelPractice(RiskLevel.BLUE, "蓝色", "", "网格员", 168),
    LevelPractice(RiskLevel.YELLOW, "黄色", "", "村（社区）调委会主任", 72),
    LevelPractice(RiskLevel.ORANGE, "橙色", "", "村（社区）书记、驻村干部", 24),
    LevelPractice(RiskLevel.RED, "红色", "", "镇分管领导、司法所", 2, at_once=True),
)


def packed(levels: Sequence[LevelPractice]) -> str:
    """Levels as the one text of their setting; empty for those that are usual."""
    if tuple(levels) == USUAL:
        return ""
    plain = [asdict(entry) | {"level": entry.level.value} for entry in levels]
    return json.dumps(plain, ensure_ascii=False)


def _taken(entry: Any, usual: LevelPractice) -> LevelPractice:
    """One stored level; whatever is not as it should be stays as usual."""
    kinds = {"colour": str, "name": str, "owner": str, "hours": int, "at_once": bool, "used": bool}
    told = {
        name: entry[name]
        for name, kind in kinds.items()
        if isinstance(entry, dict) and type(entry.get(name)) is kind
    }
    return replace(usual, **told)


@lru_cache(maxsize=32)
def unpacked(stored: str) -> tuple[LevelPractice, ...]:
    """The levels of a setting, the lightest first."""
    try:
        plain = json.loads(stored) if stored else []
    except ValueError:
        plain = []
    by_level = {
        entry.get("level"): entry
        for entry in (plain if isinstance(plain, list) else [])
        if isinstance(entry, dict)
    }
    return tuple(_taken(by_level.get(usual.level.value), usual) for usual in USUAL)


def levels(settings: Settings) -> tuple[LevelPractice, ...]:
    """All four levels as they are practised here, the lightest first."""
    return unpacked(settings.risk_levels)


def practice(level: RiskLevel, settings: Settings) -> LevelPractice:
    """What `level` means here."""
    return next(entry for entry in levels(settings) if entry.level is level)


def level_words(level: RiskLevel, settings: Settings) -> str:
    """`level` as it is called here."""
    return tr(practice(level, settings).label)


def choices(settings: Settings, also: RiskLevel | None = None) -> list[tuple[RiskLevel, str]]:
    """The levels in use to choose from, the lightest first, with the one a record has already."""
    return [
        (entry.level, tr(entry.label))
        for entry in levels(settings)
        if entry.used or entry.level is also
    ]


def in_use(level: RiskLevel, settings: Settings) -> RiskLevel:
    """`level`, or where it is not in use the next graver one, or else the gravest."""
    used = [entry.level for entry in levels(settings) if entry.used]
    graver = [entry for entry in used if entry.value >= level.value]
    return (graver or used[-1:] or [level])[0]


def is_high(level: RiskLevel, settings: Settings) -> bool:
    """Whether disputes of `level` stand on the first page."""
    return level in _HIGH or practice(level, settings).at_once


def due_by(level: RiskLevel, now: datetime, settings: Settings) -> str:
    """The moment by which `level` wants its handling, given now; empty where it sets no hours."""
    hours = practice(level, settings).hours
    return (now + timedelta(hours=hours)).strftime(_MOMENT) if hours else ""


def moment(said: str) -> datetime | None:
    """The moment that was written down, None if there is none or nobody understands it."""
    try:
        return datetime.strptime(said, _MOMENT)  # noqa: DTZ007 - the clock on the office's wall
    except ValueError:
        return None


def left_words(said: str, now: datetime) -> tuple[str, str]:
    """How long there is still time until a moment, and its tone; two empty words without one."""
    until = moment(said)
    if until is None:
        return "", ""
    minutes = int((until - now).total_seconds() // 60)
    hours, days = abs(minutes) // 60, abs(minutes) // (60 * 24)
    told = tr("{count} 天").format(count=days) if days else tr("{count} 小时").format(count=hours)
    if minutes < 0:
        return (tr("超时 {told}") if days or hours else tr("刚超时")).format(told=told), "red"
    return (tr("还有 {told}") if days or hours else tr("不到 1 小时")).format(told=told), "amber"


def wrong_levels(entries: Sequence[LevelPractice]) -> str:
    """What keeps levels from use, in words; empty if nothing does."""
    used = [entry for entry in entries if entry.used]
    if not used:
        return tr("至少要留一个等级。请勾选要用的等级。")
    if any(not entry.colour.strip() for entry in used):
        return tr("有等级没有写颜色。请补上，例如“红色”。")
    if len({entry.label for entry in used}) < len(used):
        return tr("有两个等级叫法一样。请改成不同的叫法。")
    if any(not 0 <= entry.hours <= MOST_HOURS for entry in entries):
        words = tr("处置时限应在0到{most}小时之间，0表示不限时。请核对数字。")
        return words.format(most=MOST_HOURS)
    return ""
