"""Whatever is written on both desks, handed over, lost, doubled or late: at the end both agree."""

import random
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from builders import TODAY, a_session
from hypothesis import HealthCheck, Phase, given, note, settings
from hypothesis import strategies as st
from two_ways import CLERK, RECORDER, Ways, dispute_in, put, said_of

from mediation_desk.desk.deciding import decide, open_proposals
from mediation_desk.desk.handing_over import hand_over, receivers
from mediation_desk.desk.recording import is_own, keep_case
from mediation_desk.desk.sending import calibre_of
from mediation_desk.desk.sequence import missing
from mediation_desk.desk.setting_up import create, found_office, found_village
from mediation_desk.desk.taking_back import batches, undo
from mediation_desk.domain.codes import ProposalSort, ProposalState, UnitKind
from mediation_desk.domain.periods import year
from mediation_desk.domain.problems import DeskError
from mediation_desk.domain.round_trip import Proposal
from mediation_desk.store.keys import unlock
from mediation_desk.store.opening import open_with_key
from mediation_desk.store.register import Register

PASSWORD = "desk-2026"
VILLAGE, OFFICE = 0, 1
_STEP = st.one_of(
    st.tuples(st.just("edit"), st.integers(0, 1), st.integers(3, 5)),
    st.tuples(st.just("add"), st.integers(0, 1), st.just(0)),
    st.tuples(st.just("hand"), st.integers(0, 1), st.just(0)),
    st.tuples(st.just("send"), st.integers(0, 1), st.just(0)),
    st.tuples(st.just("send"), st.integers(0, 1), st.just(0)),
    st.tuples(st.just("take"), st.integers(0, 5), st.just(0)),
    st.tuples(st.just("take"), st.integers(0, 5), st.just(0)),
    st.tuples(st.just("undo"), st.integers(0, 1), st.just(0)),
)


@dataclass(frozen=True)
class Mould:
    """Two closed registers with keys and two cases that both have, copied for each example."""

    folder: Path
    keys: tuple[bytes, bytes]
    cases: tuple[str, str]


@pytest.fixture(scope="module")
def mould(tmp_path_factory: pytest.TempPathFactory) -> Mould:
    folder = tmp_path_factory.mktemp("two-ways")
    founding = found_village(
        "丰都县", "双龙镇", "梨子园村", UnitKind.VILLAGE, "500230124200", RECORDER
    )
    township = found_office("丰都县", "双龙镇", "500230124000", CLERK)
    with (
        create(folder / "village", founding, PASSWORD) as village,
        create(folder / "office", township, PASSWORD) as office,
    ):
        ways = Ways(village, office, folder)
        ways.enrol()
        cases = ways.record(settled=False).dispute.id, ways.record(office).dispute.id
        ways.up()
        ways.down()
    keys = unlock(folder / "village", PASSWORD), unlock(folder / "office", PASSWORD)
    return Mould(folder, keys, cases)


def conflicts(desk: Register) -> list[Proposal]:
    """What both sides changed; that two cases look alike is no matter here."""
    return [entry for entry in open_proposals(desk) if entry.sort is ProposalSort.CONFLICT]


@dataclass
class World:
    """Both desks, the files on their way, and what the steps did."""

    ways: Ways
    cases: tuple[str, str]
    letters: list[tuple[int, Path]] = field(default_factory=list)

    def desk(self, side: int) -> Register:
        return (self.ways.village, self.ways.office)[side]

    def step(self, verb: str, one: int, other: int) -> None:
        if verb == "edit":
            self.edit(one, other)
        elif verb == "add":
            self.add(one)
        elif verb == "hand":
            self.hand(one)
        elif verb == "send":
            self.send(one)
        elif verb == "take":
            self.take(one)
        else:
            self.undo(one)

    def edit(self, side: int, people: int) -> None:
        """Change a dispute where it may be changed: at its owner's, or at the office."""
        for case in self.cases:
            dispute = self.desk(side).get("dispute", case)
            if dispute is not None and (side == OFFICE or is_own(self.desk(side), dispute)):
                put(self.desk(side), [replace(dispute_in(self.desk(side), case), people=people)])

    def add(self, side: int) -> None:
        """Write a session to each case that may be written to."""
        for case in self.cases:
            file = self.desk(side).case(case)
            if file is None or (side == VILLAGE and not is_own(self.desk(side), file.dispute)):
                continue
            session = a_session(case, revision=0)
            after = replace(file, sessions=(*file.sessions, session))
            keep_case(self.desk(side), file, after, CLERK, "调解", TODAY)

    def hand(self, side: int) -> None:
        """Hand over what is this desk's, if it may: not while the other's key was taken back."""
        desk = self.desk(side)
        if not receivers(desk):
            return
        for case in self.cases:
            dispute = desk.get("dispute", case)
            if dispute is not None and is_own(desk, dispute):
                hand_over(desk, case, receivers(desk)[0].id, "移交", CLERK, TODAY)

    def send(self, side: int) -> None:
        try:
            path = self.ways.sent() if side == VILLAGE else self.ways.back()
        except DeskError as error:
            note(str(error))
            return
        self.letters.append((1 - side, path))

    def take(self, number: int) -> None:
        if number < len(self.letters):
            side, path = self.letters[number]
            note(self.ways.take(self.desk(side), path).look.words)

    def undo(self, side: int) -> None:
        last = next((entry for entry in batches(self.desk(side)) if not entry.undone), None)
        if last is not None and last.undoable:
            note(undo(self.desk(side), last.act, CLERK))

    def answer(self, dice: random.Random) -> bool:
        """Answer what is open on one desk; whether anything was."""
        asked = [desk for desk in (self.ways.village, self.ways.office) if conflicts(desk)]
        if not asked:
            return False
        desk = dice.choice(asked)
        for entry in conflicts(desk):
            record = desk.get(entry.about_kind, entry.about_id)
            assert record is not None
            state = dice.choice((ProposalState.TAKEN, ProposalState.KEPT))
            decide(desk, [entry.id], state, CLERK, TODAY, seen={entry.id: record.revision})
        return True

    def end(self, dice: random.Random) -> None:
        """Send and take in order until nothing is open."""
        for _ in range(5):
            for side in (VILLAGE, OFFICE, VILLAGE, OFFICE):
                self.send(side)
                got = self.ways.take(self.desk(1 - side), self.letters[-1][1])
                assert got.look.counts["rejected"] == 0, got.look.problems
            if not self.answer(dice):
                return
        raise AssertionError([conflicts(self.desk(side)) for side in (0, 1)])


@contextmanager
def a_world(mould: Mould, folder: Path) -> Iterator[World]:
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(mould.folder, folder)
    with (
        open_with_key(folder / "village", mould.keys[0]) as village,
        open_with_key(folder / "office", mould.keys[1]) as office,
    ):
        yield World(Ways(village, office, folder), mould.cases)


def check(world: World) -> None:
    """Both desks have the same of each case, which counts once, at one of them."""
    village, office = world.ways.village, world.ways.office
    for case in world.cases:
        dispute = dispute_in(office, case)
        own = [desk for desk in (village, office) if desk.get("dispute", case) is not None
               and is_own(desk, dispute_in(desk, case))]  # fmt: skip
        assert own == [office if is_own(office, dispute) else village]
        assert dispute.number > 0
        if own == [village]:
            assert said_of(village, case) == said_of(office, case)
    counts = office.counts(calibre_of(office, year(TODAY.year)))
    assert sum(row.cases for row in counts.cases) == 2
    for desk in (village, office):
        assert missing(desk) == []
        assert desk.verify() == []
        mine = [entry for entry in desk.all("dispute") if is_own(desk, entry)]
        assert len({(entry.year, entry.number) for entry in mine}) == len(mine)


@settings(
    max_examples=6,
    # An example takes seconds; shrinking one would take many minutes.
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(st.lists(_STEP, max_size=14), st.integers(0, 10**6))
def test_both_desks_agree_at_the_end(
    mould: Mould, steps: list[tuple[str, int, int]], seed: int
) -> None:
    with a_world(mould, mould.folder.with_name("example")) as world:
        for step in steps:
            world.step(*step)
        world.end(random.Random(seed))
        check(world)
