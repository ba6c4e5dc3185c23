"""Early warnings (预警): persons and disputes that may grow into something worse."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from mediation_desk.domain.cases import Dispute
from mediation_desk.domain.codes import Code, Performance, RiskLevel
from mediation_desk.domain.derived import is_group
from mediation_desk.domain.handling import RiskEntry
from mediation_desk.domain.settings import Settings
from mediation_desk.words import tr

_TONES = {RiskLevel.RED: "red", RiskLevel.ORANGE: "amber"}


class WarningKind(Code):
    """Why somebody should look at it, the gravest first."""

    RISK = "risk", "风险等级高"
    OVERDUE = "overdue", "逾期未履行"
    GROUP = "group", "群体性纠纷"
    REPEATED = "repeated", "同一当事人多次"


@dataclass(frozen=True, slots=True)
class EarlyWarning:
    """One warning in words: a chip with its tone, and the disputes that gave cause."""

    kind: WarningKind
    about: str
    detail: str
    said: str
    tone: str
    dispute_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Appearance:
    """One person or organisation in one dispute, with the dispute's type in a word."""

    name: str
    id_number: str
    unit_id: str
    dispute_id: str
    type_label: str


def _whose(appearances: Iterable[Appearance]) -> dict[tuple[str, str], str]:
    """The one identity number known of a name in a village; none where there are several."""
    known: dict[tuple[str, str], set[str]] = defaultdict(set)
    for entry in appearances:
        if entry.id_number:
            known[entry.name, entry.unit_id].add(entry.id_number)
    return {key: next(iter(numbers)) for key, numbers in known.items() if len(numbers) == 1}


def repeated(appearances: Sequence[Appearance], least: int) -> list[list[Appearance]]:
    """The appearances of everybody who appears in at least `least` disputes.

    The same is who has the same identity number, or without one the same name and village; a
    name without a number joins the only number known for it there.
    """
    whose = _whose(appearances)
    found: dict[object, dict[str, Appearance]] = defaultdict(dict)
    for entry in appearances:
        place = (entry.name, entry.unit_id)
        found[entry.id_number or whose.get(place) or place][entry.dispute_id] = entry
    often = [list(entries.values()) for entries in found.values() if len(entries) >= least]
    return sorted(often, key=lambda entries: (-len(entries), entries[0].name))


def repeated_warning(appearances: Sequence[Appearance], settings: Settings) -> EarlyWarning:
    """The warning of one person's `appearances`."""
    count = len(appearances)
    about = tr("近 {months} 个月第 {count} 次：{name}").format(
        months=settings.repeat_months, count=count, name=appearances[0].name
    )
    types = Counter(entry.type_label.removesuffix(tr("纠纷")) for entry in appearances)
    detail = tr("、").join(
        tr("{type} {count} 次").format(type=name, count=times)
        for name, times in types.most_common()
    )
    said = tr("{count} 次").format(count=count)
    ids = tuple(entry.dispute_id for entry in appearances)
    return EarlyWarning(WarningKind.REPEATED, about, detail, said, "amber", ids)


def is_open(dispute: Dispute) -> bool:
    """Whether a dispute is still being handled."""
    return dispute.outcome is None and not dispute.void_reason


def group_warning(
    dispute: Dispute, title: str, number: str, settings: Settings
) -> EarlyWarning | None:
    """The warning of an open dispute in which many people are involved (domain.md §5.2)."""
    if not is_open(dispute) or not is_group(dispute, settings):
        return None
    said = tr("群体 {count} 人").format(count=dispute.people)
    return EarlyWarning(WarningKind.GROUP, title, number, said, "amber", (dispute.id,))


def _in_time(entry: RiskEntry) -> tuple[date, int, str]:
    return entry.assessed_on, entry.position, entry.id


def risk_warning(
    dispute: Dispute, title: str, number: str, risks: Iterable[RiskEntry]
) -> EarlyWarning | None:
    """The warning of an open dispute whose last risk level is orange or red."""
    told = [entry for entry in risks if not entry.void_reason]
    last = max(told, key=_in_time, default=None)
    if last is None or last.level not in _TONES or not is_open(dispute):
        return None
    detail = tr("{number} · {month}月{day}日评估").format(
        number=number, month=last.assessed_on.month, day=last.assessed_on.day
    )
    said, tone = tr("{level}风险").format(level=last.level.label), _TONES[last.level]
    return EarlyWarning(WarningKind.RISK, title, detail, said, tone, (dispute.id,))


def overdue_warning(dispute: Dispute, title: str, number: str) -> EarlyWarning | None:
    """The warning of an agreement that is not kept in time."""
    if dispute.performance is not Performance.OVERDUE or dispute.void_reason:
        return None
    said = Performance.OVERDUE.label
    return EarlyWarning(WarningKind.OVERDUE, title, number, said, "red", (dispute.id,))
