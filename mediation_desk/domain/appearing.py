"""Who appears again and again: in several disputes, or in those of several villages."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from mediation_desk.domain.codes import RiskLevel
from mediation_desk.domain.masks import masked_identity
from mediation_desk.domain.same_case import MASKED
from mediation_desk.domain.warning_codes import WarningRule
from mediation_desk.domain.warning_rules import Ground, Sign, rule_levels
from mediation_desk.words import tr

# Of a shorter number a mask leaves nothing to compare.
_TELLING = 10
_NAMED_UNITS = 4


@dataclass(frozen=True, slots=True)
class Appearance:
    """One person or organisation in one dispute, with the dispute's type in a word and its day."""

    name: str
    id_number: str
    unit_id: str
    dispute_id: str
    type_label: str
    day: date = date.min


Group = list[Appearance]


def _whose(appearances: Iterable[Appearance]) -> dict[tuple[str, str], str]:
    """The one identity number known of a name in a village; none where there are several."""
    known: dict[tuple[str, str], set[str]] = defaultdict(set)
    for entry in appearances:
        if entry.id_number:
            known[entry.name, entry.unit_id].add(entry.id_number)
    return {key: next(iter(numbers)) for key, numbers in known.items() if len(numbers) == 1}


def repeated(appearances: Sequence[Appearance], least: int) -> list[Group]:
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


def _seen(entry: Appearance) -> str:
    return masked_identity(entry.id_number.strip().upper())


def linked(appearances: Sequence[Appearance]) -> list[Group]:
    """The appearances of everybody who has disputes in several villages.

    By the identity number alone, because names repeat from village to village; of masked copies by
    what the mask leaves of it, together with the surname.
    """
    found: dict[tuple[str, str], dict[str, Appearance]] = defaultdict(dict)
    for entry in appearances:
        if len(entry.id_number.strip()) > _TELLING:
            found[_seen(entry), entry.name[:1]][entry.dispute_id] = entry
    groups = [list(entries.values()) for entries in found.values()]
    wide = [group for group in groups if len({entry.unit_id for entry in group}) > 1]
    whole = [part for group in wide for part in _by_whole_number(group)]
    return sorted(whole, key=lambda group: (-len(group), group[0].dispute_id))


def _is_masked(entry: Appearance) -> bool:
    return bool(set(MASKED) & set(entry.id_number))


def _by_whole_number(group: Group) -> list[Group]:
    """A group that a mask may have thrown together, taken apart by the whole numbers known."""
    numbers = {entry.id_number.strip().upper() for entry in group if not _is_masked(entry)}
    if len(numbers) <= 1:
        return [group]
    parts = [
        [entry for entry in group if entry.id_number.strip().upper() == number]
        for number in sorted(numbers)
    ]
    return [part for part in parts if len({entry.unit_id for entry in part}) > 1]


# In words


def _by_newest(
    groups: Iterable[Group], rule: WarningRule, level: RiskLevel, words: Callable[[Group], str]
) -> list[Sign]:
    """A sign for the newest dispute of each group; several persons of one dispute are one sign."""
    told: dict[str, list[Group]] = defaultdict(list)
    for group in groups:
        newest = max(group, key=lambda entry: (entry.day, entry.dispute_id))
        told[newest.dispute_id].append(group)
    found = []
    for dispute_id, several in told.items():
        ids = dict.fromkeys(entry.dispute_id for group in several for entry in group)
        since = max(entry.day for group in several for entry in group)
        evidence = tuple(f"dispute:{entry}" for entry in sorted(ids))
        reason = tr("；").join(dict.fromkeys(words(group) for group in several))
        found.append(Sign(rule, dispute_id, reason, evidence, level, since, tuple(ids)))
    return found


def repeated_signs(appearances: Sequence[Appearance], ground: Ground) -> list[Sign]:
    """J2: somebody who quarrels again and again."""
    level = rule_levels(ground.settings)[WarningRule.REPEATED]
    if level is None:
        return []

    def words(group: Group) -> str:
        types = Counter(entry.type_label.removesuffix(tr("纠纷")) for entry in group)
        kinds = tr("、").join(
            tr("{type} {count} 次").format(type=name, count=times)
            for name, times in types.most_common()
        )
        told = tr("同一当事人近 {months} 个月第 {count} 次发生纠纷（{kinds}）")
        return told.format(months=ground.settings.repeat_months, count=len(group), kinds=kinds)

    often = repeated(appearances, ground.settings.repeat_cases)
    return _by_newest(often, WarningRule.REPEATED, level, words)


def linked_signs(
    appearances: Sequence[Appearance], ground: Ground, units: Mapping[str, str]
) -> list[Sign]:
    """J8: somebody who has disputes in several villages, which no village can see for itself."""
    level = rule_levels(ground.settings)[WarningRule.LINKED]
    if level is None:
        return []

    def words(group: Group) -> str:
        names = dict.fromkeys(units.get(entry.unit_id, "") for entry in group)
        shown = tr("、").join(list(names)[:_NAMED_UNITS])
        told = tr("同一当事人在 {count} 个村（社区）都有纠纷：{names}")
        told = told.format(count=len(names), names=shown)
        if any(_is_masked(entry) for entry in group):
            told += tr("（按遮住后的证号推断，请核对）")
        return told

    return _by_newest(linked(appearances), WarningRule.LINKED, level, words)
