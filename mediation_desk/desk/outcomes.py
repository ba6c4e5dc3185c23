"""What became of everything that was read, counted and told: nothing is passed over."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from mediation_desk.desk.versions import noun_of
from mediation_desk.domain.cases import Dispute
from mediation_desk.domain.numbering import case_number
from mediation_desk.domain.organisation import Unit
from mediation_desk.domain.record import Record
from mediation_desk.domain.records import kind_of
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
_NOT_TAKEN = frozenset((Outcome.CONFLICT, Outcome.REJECTED))
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


@dataclass(frozen=True, slots=True)
class Untaken:
    """A record that was not simply taken: of which case, and in words which record and why."""

    outcome: Outcome
    kind: str
    dispute_id: str
    words: str


def untaken(
    made: Plan, records: Iterable[Record], unit: Unit | None, pattern: str
) -> Iterator[Untaken]:
    """What of a plan a person has to look at, the cases by the numbers that their `unit` gave."""
    steps = [step for step in made.steps if step.outcome in _NOT_TAKEN and step.reason]
    if not steps:
        return
    known = {(kind_of(record), record.id): record for record in records}
    numbers = {
        record.id: case_number(record, unit, pattern)
        for record in known.values()
        if isinstance(record, Dispute)
    }
    for step in steps:
        record = known.get((step.kind, step.id))
        own = getattr(record, "dispute_id", "") or (record.id if record is not None else "")
        of_case = own if own in numbers else ""
        words = tr("{number}{noun}：{reason}")
        told = words.format(
            number=numbers.get(own, ""), noun=noun_of(step.kind), reason=step.reason
        )
        yield Untaken(step.outcome, step.kind, of_case, told)
