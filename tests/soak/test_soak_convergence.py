"""Villages and an office that do as they please: the office ends where good order would end."""

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import cast

import pytest
from builders import a_case
from soak_desks import CLERK, TODAY, Mould, a_village, an_office, digest, told_lines

from mediation_desk.desk.receiving import LookState, look, receive
from mediation_desk.desk.sending import send
from mediation_desk.desk.taking_back import batches, undo
from mediation_desk.domain.cases import Dispute
from mediation_desk.domain.periods import month
from mediation_desk.domain.prevention import Screening
from mediation_desk.domain.record import Record, new_id
from mediation_desk.domain.records import KINDS
from mediation_desk.store.register import Register
from mediation_desk.store.undoing import CannotUndo

MONTHS = (6, 7, 8, 9)
VILLAGES, STEPS = 3, 30


@pytest.fixture(scope="module")
def moulds(tmp_path_factory: pytest.TempPathFactory) -> tuple[Mould, list[Mould]]:
    """An empty office and three empty villages."""
    place = tmp_path_factory.mktemp("moulds")
    return an_office(place / "office"), [
        a_village(place / str(number), number) for number in range(VILLAGES)
    ]


class World:
    """A township in which anything may happen next."""

    def __init__(self, place: Path, seed: int, office: Mould, villages: list[Mould]) -> None:
        self.dice = random.Random(seed)
        self.place = place
        self.files: list[Path] = []
        self.looks = self.undone = self.refused = self.repeated = 0
        self.newest: dict[str, int] = {}
        self.office = office.open(place / "office")
        self.orderly = office.open(place / "orderly")
        self.villages = [
            mould.open(place / f"village{number}") for number, mould in enumerate(villages)
        ]

    def close(self) -> None:
        for register in (self.office, self.orderly, *self.villages):
            register.close()

    def village(self) -> Register:
        return self.dice.choice(self.villages)

    def _disputes(self, village: Register) -> list[Dispute]:
        found = cast(list[Dispute], village.all("dispute"))
        return [case for case in found if not case.void_reason]

    def record(self) -> None:
        village = self.village()
        unit = village.committee
        assert unit is not None
        day = date(2026, self.dice.choice(MONTHS), self.dice.randrange(1, 29))
        number = village.next_number(unit.id, 2026)
        case = a_case(unit_id=unit.id, number=number, intake_on=day, people=2)
        with village.change("陶素芬", "登记") as change:
            for record in case.records():
                change.keep(record)
            if self.dice.random() < 0.3:
                change.keep(Screening(id=new_id(), unit_id=unit.id, screened_on=day, prevented=1))

    def correct(self) -> None:
        village = self.village()
        if disputes := self._disputes(village):
            case = self.dice.choice(disputes)
            parties = village.all("party", dispute_id=case.id)
            with village.change("陶素芬", "更正") as change:
                facts = f"更正{self.dice.randrange(10**6)}"
                change.keep(replace(case, people=case.people + 1, facts=facts))
                if self.dice.random() < 0.5:
                    party = cast(Record, self.dice.choice(parties))
                    change.keep(replace(party, phone=f"139{self.dice.randrange(10**8):08d}"))  # type: ignore[call-arg]

    def strike_out(self) -> None:
        village = self.village()
        if disputes := self._disputes(village):
            with village.change("陶素芬", "作废") as change:
                change.keep(replace(self.dice.choice(disputes), void_reason="重复登记"))

    def export(self) -> None:
        village = self.village()
        target = self.place / f"{len(self.files):02d}.xlsx"
        receiver = "双龙司法所" if self.dice.random() < 0.3 else ""
        send(village, month(2026, self.dice.choice(MONTHS)), target, "陶素芬", TODAY, receiver)
        self.files.append(target)

    def take(self, register: Register, path: Path) -> None:
        """Receive a file; every record that was read has exactly one outcome."""
        ahead = look(register, path, TODAY)
        assert ahead.state is not LookState.REFUSED, ahead.words
        counts, incoming = ahead.counts, ahead.incoming
        assert counts["conflict"] == counts["rejected"] == 0, (counts, ahead.problems)
        if ahead.state is LookState.SAME:
            self.repeated += 1
            before = digest(register)
            assert receive(register, ahead, CLERK, backed_up=True).act == 0
            assert digest(register) == before
            return
        assert incoming is not None
        assert sum(counts.values()) == len(incoming.records)
        assert incoming.accounting.lines == len(incoming.records)
        before_count = len(told_lines(register))
        done = receive(register, ahead, CLERK, backed_up=True)
        assert done.act
        # One line more for each record that was added and for the package itself.
        assert len(told_lines(register)) == before_count + counts["added"] + 1
        for record in incoming.records:
            self.newest[record.id] = max(self.newest.get(record.id, 0), record.revision)
        self.looks += 1

    def receive_any(self) -> None:
        if self.files:
            self.take(self.office, self.dice.choice(self.files))

    def undo_any(self) -> None:
        possible = [batch.act for batch in batches(self.office) if batch.undoable]
        if possible:
            before, why_not = digest(self.office), ""
            try:
                undo(self.office, self.dice.choice(possible), CLERK)
                self.undone += 1
            except CannotUndo as refusal:
                why_not = str(refusal)
            if why_not:
                # Later batches hang on what this one brought, such as the unit itself.
                assert why_not.endswith("。")
                assert digest(self.office) == before
                self.refused += 1

    def live(self) -> None:
        steps = [self.record] * 6 + [self.correct] * 4 + [self.strike_out] + [self.export] * 5
        steps += [self.receive_any] * 5 + [self.undo_any] * 3
        for _ in range(8):
            self.record()
        for _ in range(STEPS):
            self.dice.choice(steps)()
        self.receive_any()
        self.undo_any()
        for path in self.dice.sample(self.files, len(self.files)):
            self.take(self.office, path)
        for path in self.files:
            self.take(self.orderly, path)


def test_any_order_ends_where_good_order_ends(
    moulds: tuple[Mould, list[Mould]],
    rounds: Callable[[int, int], int],
    told: Callable[[str], None],
    tmp_path: Path,
) -> None:
    count = rounds(30, 2)
    files = looks = undone = refused = repeated = 0
    for seed in range(count):
        world = World(tmp_path / f"seed{seed}", seed, *moulds)
        try:
            world.live()
            assert digest(world.office) == digest(world.orderly), f"seed {seed}"
            held = {
                record.id: record.revision
                for kind in ("dispute", "party", "session", "agreement", "promise", "screening")
                for record in world.office.all(kind)
            }
            assert held.items() <= world.newest.items()
            missing = {
                record_id for record_id in world.newest if not _anywhere(world.office, record_id)
            }
            assert missing == set()
            assert world.office.verify() == []
        finally:
            world.close()
        files += len(world.files)
        looks += world.looks
        undone += world.undone
        refused += world.refused
        repeated += world.repeated
    assert files > 2 * count
    assert undone
    told(
        f"{count} townships: {files} packages, {looks} received, {repeated} repeated, {undone} "
        f"undone, {refused} could not be undone; all ended in the same records, "
        f"every record read had one outcome"
    )


def _anywhere(register: Register, record_id: str) -> bool:
    return any(register.get(kind, record_id) is not None for kind in KINDS)
