"""What became of everything that was read, counted and told: nothing is passed over."""

from collections.abc import Mapping

from mediation_desk.exchange.meeting import Outcome
from mediation_desk.exchange.merging import Plan
from mediation_desk.words import tr

NOTHING = {outcome.value: 0 for outcome in Outcome}
# What of a ledger kept by hand is a row, but no case.
IGNORED = "ignored"
_LABELS = {
    Outcome.ADDED.value: "新增",
    Outcome.UPDATED.value: "更新",
    Outcome.UNCHANGED.value: "未变",
    Outcome.OLDER.value: "已有更新版本",
    Outcome.CONFLICT.value: "待定",
    Outcome.REJECTED.value: "拒绝",
    IGNORED: "不是案件",
}
_ALWAYS = frozenset((Outcome.ADDED.value, Outcome.UPDATED.value, Outcome.UNCHANGED.value))


def outcome_counts(made: Plan) -> dict[str, int]:
    """How many records have each outcome, by its name."""
    return {outcome.value: number for outcome, number in made.counts().items()}


def counts_words(counts: Mapping[str, int]) -> str:
    """The conservation sentence: everything read ends in exactly one outcome."""
    words = tr("共读{read}条记录 = {parts}")
    return words.format(read=sum(counts.values()), parts=parts_words(counts))


def parts_words(counts: Mapping[str, int]) -> str:
    """What became of everything read, as a sum."""
    parts = (
        f"{tr(label)}{counts.get(outcome, 0)}"
        for outcome, label in _LABELS.items()
        if counts.get(outcome) or outcome in _ALWAYS
    )
    return " + ".join(parts)
