"""Two registers that change the same records: they converge, and nothing is lost silently."""

import random
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, cast

import pytest
from builders import TODAY
from hypothesis import given, settings
from hypothesis import strategies as st
from two_desks import Key, Letter, Mould, a_mould, edit, taken, written

from mediation_desk.desk.deciding import decide, open_proposals
from mediation_desk.domain.codes import ProposalState
from mediation_desk.domain.merging import text_of
from mediation_desk.domain.round_trip import Proposal
from mediation_desk.store.register import Register

# Two values of each field that matters, so that both sides often write the same.
_FIELDS: tuple[tuple[int, str, tuple[Any, ...]], ...] = (
    (0, "people", (3, 4, 5)),
    (0, "complex", (True, False)),
    (0, "facts", ("水沟改道。", "院坝边界。", "")),
    (0, "closed_on", (None, date(2026, 10, 20))),
    (1, "phone", ("13900000001", "13900000002")),
    (1, "occupation", ("务农", "务工", "经商")),
)
_EDIT = st.tuples(
    st.just("edit"),
    st.booleans(),
    st.sampled_from([(which, name, value) for which, name, values in _FIELDS for value in values]),
)
_SEND = st.tuples(st.just("send"), st.booleans(), st.booleans())
_DELIVER = st.tuples(st.just("deliver"), st.integers(0, 9), st.none())
_DECIDE = st.tuples(st.just("decide"), st.booleans(), st.booleans())
_STEPS = st.lists(st.one_of(_EDIT, _EDIT, _SEND, _DELIVER, _DECIDE), max_size=14)


@pytest.fixture(scope="module")
def mould(tmp_path_factory: pytest.TempPathFactory) -> Mould:
    """The two desks as every example finds them."""
    return a_mould(tmp_path_factory.mktemp("mould"))


@dataclass
class World:
    """Two desks, what is on its way between them, and every value that was written."""

    desks: tuple[Register, Register]
    keys: tuple[Key, ...]
    letters: list[tuple[int, Letter]] = field(default_factory=list)
    wrote: list[tuple[Key, str, str, str]] = field(default_factory=list)

    def edit(self, side: int, what: tuple[int, str, Any]) -> None:
        which, name, value = what
        key, desk = self.keys[which], self.desks[side]
        before = desk.get(*key)
        if getattr(before, name) == value:
            return
        version = edit(desk, key, **{name: value})
        record = desk.get(*key)
        assert record is not None
        self.wrote.append((key, name, version, text_of(record, name)))

    def send(self, side: int, *, full: bool) -> None:
        # Only the village has personal values to hide.
        full = full or side == 1
        self.letters.append((1 - side, written(self.desks[side], self.keys, full=full)))

    def deliver(self, number: int) -> None:
        if number < len(self.letters):
            to, letter = self.letters[number]
            taken(self.desks[to], letter)

    def decide(self, side: int, *, take: bool) -> None:
        desk = self.desks[side]
        for entry in open_proposals(desk):
            state = ProposalState.TAKEN if take else ProposalState.KEPT
            record = desk.get(entry.about_kind, entry.about_id)
            assert record is not None
            decide(desk, [entry.id], state, "罗晓", TODAY, seen={entry.id: record.revision})

    def exchange(self) -> None:
        """Both sides say what they have, one after the other."""
        for side in (0, 1, 0):
            self.send(side, full=True)
            self.deliver(len(self.letters) - 1)

    def open(self) -> list[Proposal]:
        return [entry for desk in self.desks for entry in open_proposals(desk)]

    def proposals(self) -> list[Proposal]:
        return [cast(Proposal, entry) for desk in self.desks for entry in desk.all("proposal")]


def _live(world: World, steps: list[tuple[str, Any, Any]]) -> None:
    for verb, one, other in steps:
        if verb == "edit":
            world.edit(int(one), other)
        elif verb == "send":
            world.send(int(one), full=other)
        elif verb == "deliver":
            world.deliver(one)
        else:
            world.decide(int(one), take=other)


def _end(world: World, dice: random.Random) -> None:
    """Exchange and decide until nothing is open; it must come to an end."""
    for _ in range(5):
        world.exchange()
        if not world.open():
            return
        asked = [side for side in (0, 1) if open_proposals(world.desks[side])]
        world.decide(dice.choice(asked), take=dice.random() < 0.5)
    raise AssertionError(world.open())


def _lost(world: World) -> list[tuple[Key, str, str]]:
    """Values that nobody has any more and nobody was asked about."""
    lost = []
    for key, name, version, text in world.wrote:
        final = world.desks[0].get(*key)
        assert final is not None
        if text_of(final, name) == text or _was_asked(world, key, name, text):
            continue
        if not _went_on(world, key, name, version, text):
            lost.append((key, name, text))
    return lost


def _was_asked(world: World, key: Key, name: str, text: str) -> bool:
    return any(
        (entry.about_kind, entry.about_id) == key
        and entry.field_name == name
        and text in {entry.base, entry.ours, entry.theirs}
        for entry in world.proposals()
    )


def _went_on(world: World, key: Key, name: str, version: str, text: str) -> bool:
    """Whether somebody who had that version wrote something else over it."""
    # Who writes again what it said before leaves it, for a merge, as it was.
    known = [entry for desk in world.desks for entry in desk.versions(*key)]
    own = next(entry for entry in known if entry.name == version)
    if any(e.name in own.ancestors and text_of(e.record, name) == text for e in known):
        return True
    later = {told for where, what, told, other in world.wrote
             if (where, what) == (key, name) and other != text}  # fmt: skip
    return any(entry.name in later and version in entry.ancestors for entry in known)


@settings(max_examples=30)
@given(_STEPS, st.integers(0, 2**16))
def test_both_sides_end_alike_and_nothing_is_lost_silently(
    mould: Mould, tmp_path_factory: pytest.TempPathFactory, steps: list[Any], seed: int
) -> None:
    place = tmp_path_factory.getbasetemp() / "two-sides"
    with mould.desks(place) as desks:
        world = World(desks, mould.shared)
        _live(world, steps)
        _end(world, random.Random(seed))
        for key in world.keys:
            assert desks[0].get(*key) == desks[1].get(*key)
            here, there = (desk.lineages(key[0], [key[1]])[key[1]] for desk in desks)
            assert here[0] == there[0]
        assert _lost(world) == []
        assert desks[0].verify() == desks[1].verify() == []


def test_nothing_more_changes_once_both_agree(mould: Mould, tmp_path: Path) -> None:
    with mould.desks(tmp_path / "desks") as desks:
        world = World(desks, mould.shared)
        world.edit(0, (0, "people", 5))
        world.edit(1, (0, "people", 4))
        world.edit(1, (1, "occupation", "务工"))
        _end(world, random.Random(1))
        before = [register.sequence() for register in desks]
        world.exchange()
        world.exchange()
        assert [register.sequence() for register in desks] == before
