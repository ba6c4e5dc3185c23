"""One field written and decided at two desks: nothing gives way to who did not know of it."""

import json
import os
from dataclasses import dataclass, field
from typing import Any, cast

import pytest
from builders import TODAY
from hypothesis import given, settings
from hypothesis import strategies as st
from two_desks import Key, Letter, Mould, a_mould, edit, taken, written

from mediation_desk.desk.deciding import decide, open_proposals
from mediation_desk.domain.codes import ProposalState
from mediation_desk.domain.records import kind_of
from mediation_desk.domain.round_trip import Proposal
from mediation_desk.domain.versions import Lineage
from mediation_desk.store.register import Register

# A field by its record's place in the mould, what may be written into it, and another field.
_OPEN = 0, "people", lambda number: number, "place"
_PERSONAL = 1, "phone", lambda number: f"139{number:08}", "occupation"

_EXAMPLES = 1_000 if os.environ.get("MEDIATION_DESK_SOAK") == "full" else 20
_ACT = st.sampled_from(("edit", "elsewhere", "kept", "taken", ""))
_ROUND = st.tuples(_ACT, _ACT, st.sampled_from(("up", "down", "both", "both", "late")))
_ROUNDS = st.lists(_ROUND, min_size=3, max_size=9)


@pytest.fixture(scope="module")
def mould(tmp_path_factory: pytest.TempPathFactory) -> Mould:
    """The two desks as every example finds them."""
    return a_mould(tmp_path_factory.mktemp("mould"))


def _sides() -> list[set[str]]:
    return [set(), set()]


@dataclass
class World:
    """Two desks, the letters between them, and the versions that said what stands at each.

    `asked` are those that said what the open question of a desk offers, `replaced` those that stood
    at a desk when it wrote something new, and `kept` those that a decision left standing.
    """

    desks: tuple[Register, Register]
    keys: tuple[Key, ...]
    told: tuple[int, str, Any, str]
    authors: list[set[str]] = field(default_factory=_sides)
    asked: list[set[str]] = field(default_factory=_sides)
    replaced: list[set[str]] = field(default_factory=_sides)
    kept: dict[str, set[str]] = field(default_factory=dict)
    letters: list[tuple[int, Letter, set[str]]] = field(default_factory=list)
    count: int = 9

    @property
    def key(self) -> Key:
        return self.keys[self.told[0]]

    @property
    def name(self) -> str:
        return self.told[1]

    def act(self, side: int, verb: str) -> None:
        desk = self.desks[side]
        self.count += 1
        if verb == "edit":
            value = self.told[2](self.count)
            self.replaced[side] |= self.authors[side]
            self.authors[side] = {edit(desk, self.key, **{self.name: value})}
        elif verb == "elsewhere":
            edit(desk, self.key, **{self.told[3]: f"桥头{self.count}"})
        elif verb:
            self.decide(side, ProposalState[verb.upper()])

    def post(self, way: str) -> None:
        """Send letters up, down or both ways at once, or let older ones come again."""
        ways = {"up": (0,), "down": (1,), "both": (0, 1)}.get(way, ())
        for side in ways:
            letter = written(self.desks[side], self.keys)
            self.letters.append((1 - side, letter, set(self.authors[side])))
        for told in self.letters[-len(ways) :] if ways else self.letters[:-1:3]:
            self.deliver(*told)

    def decide(self, side: int, state: ProposalState) -> None:
        desk = self.desks[side]
        for entry in self._open(side):
            record = desk.get(*self.key)
            assert record is not None
            decide(desk, [entry.id], state, "罗晓", TODAY, seen={entry.id: record.revision})
            made = self._names(side)[0]
            if state is ProposalState.KEPT:
                self.kept[made] = self.authors[side]
            self.authors[side] = {made}
            if state is ProposalState.TAKEN:
                # Who took a value agrees with who wrote it.
                self.authors[side] |= self.asked[side]

    def deliver(self, side: int, letter: Letter, authors: set[str]) -> None:
        """Take a letter: what stands gives way only to who knew it, or one of the two is asked."""
        before, here = self._value(side), set(self._names(side))
        lineage = Lineage.of(letter.lineages[self.key])
        copy = next(e for e in letter.records if (kind_of(e), e.id) == self.key)
        brought = getattr(copy, self.name)
        taken(self.desks[side], letter)
        after, open_ = self._value(side), self._open(side)
        if any(json.loads(entry.theirs) == brought for entry in open_):
            self.asked[side] = authors
        if after != before:
            assert after == brought
            assert self.authors[side] & set(lineage.names) or not self.authors[side]
            self.authors[side] = authors
        elif brought == before:
            self.authors[side] |= set() if lineage.names[0] in here else authors
        else:
            asked = open_ or self.name in lineage.undecided
            before_that = set[str]().union(*(self.kept.get(name, set()) for name in authors))
            # Who wrote over a value need not hear that the other side kept it.
            assert asked or authors & here or before_that & self.replaced[side] or not authors

    def end(self) -> None:
        """Exchange and decide until both agree; it must come to an end."""
        for side in (0, 1, 0, 1):
            self.post("both")
            self.decide(side, ProposalState.KEPT)
        self.post("both")
        assert self._value(0) == self._value(1)
        assert self._open(0) == self._open(1) == []

    def _value(self, side: int) -> object:
        return getattr(self.desks[side].get(*self.key), self.name)

    def _names(self, side: int) -> tuple[str, ...]:
        kind, id_ = self.key
        return Lineage.of(self.desks[side].lineages(kind, [id_])[id_]).names

    def _open(self, side: int) -> list[Proposal]:
        found = cast(list[Proposal], open_proposals(self.desks[side]))
        return [entry for entry in found if entry.field_name == self.name]


@pytest.mark.parametrize("told", [_OPEN, _PERSONAL], ids=["open", "personal"])
@settings(max_examples=_EXAMPLES)
@given(_ROUNDS)
def test_nothing_written_or_decided_gives_way_to_who_did_not_know_it(
    mould: Mould,
    tmp_path_factory: pytest.TempPathFactory,
    told: tuple[int, str, Any, str],
    rounds: list[tuple[str, str, str]],
) -> None:
    """A question is asked for it; that it was asked once already does not make it decided."""
    with mould.desks(tmp_path_factory.getbasetemp() / "one-field") as desks:
        world = World(desks, mould.shared, told)
        for here, there, way in rounds:
            world.act(0, here)
            world.act(1, there)
            world.post(way)
        world.end()
