"""What became of cases since a place in the history: their records after each act."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any, cast

from mediation_desk.desk.versions import record_in
from mediation_desk.domain.cases import Dispute
from mediation_desk.domain.record import Record
from mediation_desk.domain.reporting import Change
from mediation_desk.store.imagining import AROUND
from mediation_desk.store.register import Register

Key = tuple[str, str]
Records = dict[Key, Record]

DISPUTE, SAME = "dispute", "same_case"
# What a figure may count of a dispute, and what it counts by itself.
HANGING = ("session", "agreement", "promise", "referral")
WORKS = ("prevention", "screening", "publicity")
# What of units and local types decides where a case counts.
_TURNING = {"unit": ("kind",), "local_type": ("code", "rolls_up_to")}


@dataclass(frozen=True)
class Story:
    """The records of one case, or of one work beside cases, as each of `acts` left them.

    `subject` is kind and id of the dispute or the work, `acts` are the numbers of all that wrote
    something of it since. To it belong the findings that it is the same as another dispute, and
    those disputes.
    """

    subject: Key
    lines: dict[Key, list[Change]]
    acts: frozenset[int]

    def at(self, act: int) -> Records:
        """The records that were there at the end of an act, or of the last one before it."""
        found: Records = {}
        for key, lines in self.lines.items():
            line = next((line for line in reversed(lines) if line.act <= act), None)
            record = record_in(line) if line else None
            if record is not None:
                found[key] = record
        return found


class Since:
    """What was written after a place in the history, by the cases and works that it concerns.

    `around` are act, kind and id of the units, people and local types that were written, `turns`
    the acts of them since which cases may count elsewhere, because a unit is of another kind or a
    local type is reported under another one.
    """

    def __init__(self, register: Register, sequence: int) -> None:
        self._register = register
        self._acts: dict[Key, list[int]] = defaultdict(list)
        kinds = (DISPUTE, SAME, *HANGING, *WORKS)
        for act, kind, record_id in register.touched_since(sequence, kinds):
            self._acts[kind, record_id].append(act)
        self.around = register.touched_since(sequence, sorted(AROUND))
        self._touched: dict[Key, set[Key]] = defaultdict(set)
        for key, record in self._records():
            self._touched[_subject(key, record)].add(key)
        self._twins()
        self.turns = frozenset(
            act
            for act, kind, id_ in self.around
            if kind in _TURNING and self._turned(kind, id_, act)
        )

    def _turned(self, kind: str, record_id: str, act: int) -> bool:
        story = self.story((kind, record_id))
        before, after = (story.at(number).get(story.subject) for number in (act - 1, act))
        told = (
            record and [getattr(record, name) for name in _TURNING[kind]]
            for record in (before, after)
        )
        return next(told) != next(told)

    def _records(self) -> Iterator[tuple[Key, Record]]:
        """The records that were written, one that was taken back as it was before."""
        ids: dict[str, list[str]] = defaultdict(list)
        for kind, id_ in self._acts:
            ids[kind].append(id_)
        for kind, wanted in ids.items():
            there = {record.id: record for record in self._register.some(kind, wanted)}
            for id_ in wanted:
                record = there.get(id_) or self._taken_back(kind, id_)
                if record is not None:
                    yield (kind, id_), record

    def _taken_back(self, kind: str, record_id: str) -> Record | None:
        lines = reversed(self._register.history(kind, record_id))
        return next((record for line in lines if (record := record_in(line))), None)

    def _twins(self) -> None:
        """Whether an entry counts hangs on the one that counts for it, too."""
        mains = [id_ for kind, id_ in self._acts if kind == DISPUTE]
        for same in self._register.some(SAME, mains, "main_id"):
            main, other = (getattr(same, name) for name in ("main_id", "other_id"))
            self._touched[DISPUTE, other].add((DISPUTE, main))

    def subjects(self) -> list[Key]:
        """All cases and works of which something was written."""
        return list(self._touched)

    def turned(self, cases: Collection[str]) -> list[str]:
        """Those of these disputes whose unit or local type was written at one of the turns."""
        if not self.turns:
            return []
        written = [(kind, id_) for act, kind, id_ in self.around if act in self.turns]
        units = {id_ for kind, id_ in written if kind == "unit"}
        codes = {
            str(cast(Any, record).code)
            for kind, id_ in written
            if kind == "local_type"
            for line in self._register.history(kind, id_)
            if (record := record_in(line)) is not None
        }
        disputes = cast(list[Dispute], self._register.some(DISPUTE, cases))
        return [one.id for one in disputes if one.type in codes or one.unit_id in units]

    def story(self, subject: Key) -> Story:
        """What became of one of them; of any other it is as it was all the time."""
        keys = {subject, *self._touched.get(subject, ())}
        kind, id_ = subject
        if kind == DISPUTE:
            for hanging in HANGING:
                keys |= {(hanging, one.id) for one in self._register.all(hanging, dispute_id=id_)}
            keys |= {(SAME, one.id) for one in self._register.all(SAME, other_id=id_)}
        lines = {key: self._register.history(*key) for key in keys}
        mains = {
            (DISPUTE, str(cast(Any, record).main_id))
            for (of, _id), told in lines.items()
            if of == SAME
            for line in told
            if (record := record_in(line)) is not None
        }
        lines |= {key: self._register.history(*key) for key in mains - lines.keys()}
        acts = {act for key in lines for act in self._acts.get(key, ())}
        return Story(subject, lines, frozenset(acts))


def _subject(key: Key, record: Record) -> Key:
    kind = key[0]
    if kind in HANGING:
        return DISPUTE, str(cast(Any, record).dispute_id)
    return (DISPUTE, str(cast(Any, record).other_id)) if kind == SAME else key


def own_records(subject: Key, records: Collection[Record]) -> list[Record]:
    """Those of a story's records that are of this very case or work."""
    kind, id_ = subject
    if kind != DISPUTE:
        return list(records)
    return [record for record in records if id_ in {record.id, getattr(record, "dispute_id", "")}]
