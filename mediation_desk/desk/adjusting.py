"""How a frozen table would differ today: which cases, what changed in them, by which acts."""

from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import pairwise

from mediation_desk.desk.adjusting_words import Words, what_happened
from mediation_desk.desk.stories import DISPUTE, SAME, Key, Records, Since, Story, own_records
from mediation_desk.domain.money import yuan
from mediation_desk.domain.settings import Settings
from mediation_desk.figures.frozen import Cells, cells, difference, parts
from mediation_desk.figures.table import Level, StatTable
from mediation_desk.store.imagining import World
from mediation_desk.store.register import Register
from mediation_desk.words import tr

Count = Callable[[Register], StatTable]
_SUMS = {Level.TOTAL, Level.SUBTOTAL}


@dataclass(frozen=True, slots=True)
class Step:
    """One act that changed what a case counts for: who, when (ISO), why, and what it changed."""

    act: int
    actor: str
    at: str
    reason: str
    told: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Effect:
    """By how much one number of the report is another one today; `money` is in fen."""

    row: str
    label: str
    unit: str
    more: int
    money: bool = False

    @property
    def words(self) -> str:
        """The number and by how much it grew or fell."""
        size = abs(self.more)
        amount = tr("{amount}元").format(amount=yuan(size)) if self.money else f"{size}{self.unit}"
        return f"{self.label} {'+' if self.more > 0 else '−'}{amount}"


@dataclass(frozen=True, slots=True)
class Adjustment:
    """One case that counts otherwise than when the report was frozen.

    `dispute_id` is empty for works beside cases and for what concerns all of the register. `what`
    says in a word or two what happened.
    """

    dispute_id: str
    name: str
    what: str
    steps: tuple[Step, ...]
    effects: tuple[Effect, ...]

    @property
    def effect_words(self) -> tuple[str, ...]:
        """The numbers that are others today, a line for each row of the report."""
        rows = dict.fromkeys(effect.row for effect in self.effects)
        return tuple(
            tr("{row}：{effects}").format(
                row=row,
                effects=tr("，").join(one.words for one in self.effects if one.row == row),
            )
            for row in rows
        )


@dataclass(frozen=True, slots=True)
class Frozen:
    """What is compared with today: a table, the end of the history then, its settings and cases."""

    table: StatTable
    sequence: int
    settings: Settings
    cases: frozenset[str]


class _Scales:
    """Weighs a case: what it counts for by itself, among the units and people of a moment."""

    def __init__(self, world: World, count: Count, without: frozenset[str]) -> None:
        self._world, self._count, self._without = world, count, without
        self.empty = cells(count(world.hold(())), without)

    def weigh(self, subject: Key, records: Records) -> Cells:
        """The cells in which a case counts; none where another entry counts for it."""
        if subject not in records:
            return {}
        if self._left_out(subject, records):
            return {}
        own = own_records(subject, records.values())
        return difference(cells(self._count(self._world.hold(own)), self._without), self.empty)

    def _left_out(self, subject: Key, records: Records) -> bool:
        """Whether another entry counts for this one, as the register itself tells it."""
        if not any(kind == SAME for kind, _id in records):
            return False
        return bool(self._world.hold(records.values()).counted_by([subject[1]]))


@dataclass(frozen=True, slots=True)
class _Moment:
    """A case at the end of an act: its records, and what it counts for."""

    act: int
    records: Records
    weight: Cells


class _Looking:
    """Looks for what counts otherwise today than it did in a frozen table."""

    def __init__(self, register: Register, frozen: Frozen, count: Count, today: StatTable) -> None:
        self._register, self._frozen, self._count = register, frozen, count
        self._today = today
        # A line is divided by its local types: where they come or go no case counts otherwise.
        self.without = parts(frozen.table) ^ parts(today)
        self._since = Since(register, frozen.sequence)
        self._words = Words(register)

    def found(
        self, cases: Collection[str], *, everything: bool = False
    ) -> list[tuple[Adjustment, Cells]]:
        """The adjustments of works, of disputes among `cases` or of all, and of units."""
        with ExitStack() as stack:
            self._scales = {0: self._scales_at(stack, self._frozen.sequence)}
            for act in self._since.turns:
                end = self._register.changes_of_act(act)[-1].sequence
                self._scales[act] = self._scales_at(stack, end)
            told = (
                self._adjustment(self._since.story(key))
                for key in self._subjects(cases, everything)
            )
            found = [entry for entry in told if entry is not None]
            now = self._scales_at(stack, self._register.sequence()) if self._since.around else None
            if now and (more := difference(now.empty, self._scales[0].empty)):
                found.append(self.of_all(tr("单位和人员"), tr("更正"), more, self._around()))
        return sorted(found, key=lambda entry: [step.act for step in entry[0].steps])

    def _scales_at(self, stack: ExitStack, sequence: int) -> _Scales:
        world = World(self._register, sequence, self._frozen.settings)
        return _Scales(stack.enter_context(world), self._count, self.without)

    def _subjects(self, cases: Collection[str], everything: bool) -> Iterable[Key]:  # noqa: FBT001
        """What was written since, and the cases that another unit or type makes count elsewhere."""
        found = dict.fromkeys(
            key
            for key in self._since.subjects()
            if everything or key[0] != DISPUTE or key[1] in cases
        )
        return found | dict.fromkeys((DISPUTE, id_) for id_ in self._since.turned(cases))

    def _moments(self, story: Story) -> Iterator[_Moment]:
        """The case before anything was written, and after each act that may have moved it."""
        turns = sorted(self._since.turns)
        acts = sorted({*story.acts, *turns})
        seen: tuple[Records, _Scales] | None = None
        weight: Cells = {}
        for act in (acts[0] - 1, *acts):
            records = story.at(act)
            scales = self._scales[max((turn for turn in turns if turn <= act), default=0)]
            if seen != (records, scales):
                weight = scales.weigh(story.subject, records)
            seen = records, scales
            yield _Moment(act, records, weight)

    def _adjustment(self, story: Story) -> tuple[Adjustment, Cells] | None:
        moments = list(self._moments(story))
        first, last = moments[0], moments[-1]
        more = difference(last.weight, first.weight)
        if not more:
            return None
        steps = [
            self._step(after.act, self._told(story, before, after))
            for before, after in pairwise(moments)
            if before.weight != after.weight
        ]
        kind, id_ = story.subject
        record = last.records.get(story.subject) or first.records.get(story.subject)
        adjustment = Adjustment(
            id_ if kind == DISPUTE else "",
            self._words.name(record, kind),
            what_happened(story.subject, first.records, last.records),
            tuple(steps),
            self._effects(more),
        )
        return adjustment, more

    def _told(self, story: Story, before: _Moment, after: _Moment) -> Iterator[str]:
        yield from self._words.changed(story.subject, before.records, after.records)
        if after.act in self._since.turns:
            yield from self._told_around(after.act)

    def _step(self, number: int, told: Iterable[str]) -> Step:
        act = self._register.act(number)
        who = (act.actor, act.at, act.reason) if act else ("", "", "")
        return Step(number, *who, tuple(told))

    def _around(self) -> list[Step]:
        """The acts that changed units, people or local types."""
        acts = dict.fromkeys(act for act, _kind, _id in self._since.around)
        return [self._step(act, self._told_around(act)) for act in acts]

    def _told_around(self, act: int) -> Iterator[str]:
        for number, kind, id_ in self._since.around:
            if number == act:
                story = self._since.story((kind, id_))
                before, after = (story.at(at).get(story.subject) for at in (act - 1, act))
                name = self._words.called(after or before)
                for told in self._words.record_changed(story.subject, story.subject, before, after):
                    yield f"{name} {told}".strip()

    def of_all(
        self, name: str, what: str, more: Cells, steps: Iterable[Step] = ()
    ) -> tuple[Adjustment, Cells]:
        """An adjustment that is of no single case."""
        return Adjustment("", name, what, tuple(steps), self._effects(more)), more

    def _effects(self, more: Cells) -> tuple[Effect, ...]:
        """The numbers that differ, in the order of the table; sums only where nothing else does."""
        found: dict[tuple[str, str], Effect] = {}
        sums: dict[tuple[str, str], Effect] = {}
        for table in (self._today, self._frozen.table):
            for place, row in enumerate(table.rows):
                for number, column in enumerate(table.columns):
                    key = (row.key, column.key)
                    if key in more:
                        money = table.is_money(place, number)
                        effect = Effect(row.label, column.label, column.unit, more[key], money)
                        (sums if row.level in _SUMS else found).setdefault(key, effect)
        return tuple((found or sums).values())


def adjustments(
    register: Register, frozen: Frozen, count: Count, cases: Collection[str]
) -> list[Adjustment]:
    """What counts otherwise today than in a frozen table; `cases` are those that count today.

    Together they make up all of the difference between its numbers and today's.
    """
    today = _by_settings(register, frozen.settings, count)
    looking = _Looking(register, frozen, count, today)
    without, known = looking.without, {*frozen.cases, *cases}
    whole = difference(cells(today, without), cells(frozen.table, without))
    found = looking.found(known)
    if _left(whole, found):
        # A case that stands in neither list: look at everything that was written.
        found = looking.found(known, everything=True)
    if left := _left(whole, found):
        found.append(looking.of_all(tr("其他"), tr("不能归到某一件"), left))
    if more := difference(cells(count(register), without), cells(today, without)):
        found.append(looking.of_all(tr("本地做法"), tr("设置改变"), more))
    return [adjustment for adjustment, _more in found]


def _by_settings(register: Register, settings: Settings, count: Count) -> StatTable:
    if settings == register.settings:
        return count(register)
    with register.as_of(register.sequence(), settings) as same:
        return count(same)


def _left(whole: Cells, found: Iterable[tuple[Adjustment, Cells]]) -> Cells:
    """What of the difference no adjustment tells."""
    left = whole
    for _adjustment, more in found:
        left = difference(left, more)
    return left
