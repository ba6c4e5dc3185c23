"""The register as it was: at the end of any act it tells what it told then, and nothing else."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta
from typing import Any

import pytest
from builders import a_case, a_dispute, a_unit, an_agreement
from store_basics import Keep

from mediation_desk.domain.codes import AgreementForm, Outcome, Source
from mediation_desk.domain.finding import DisputeRow, Find
from mediation_desk.domain.organisation import LocalType
from mediation_desk.domain.periods import month, year
from mediation_desk.domain.prevention import Screening
from mediation_desk.domain.problems import DeskError
from mediation_desk.domain.record import new_id
from mediation_desk.domain.round_trip import SameCase
from mediation_desk.figures.calibre import Calibre, DateBasis
from mediation_desk.figures.counts import Counts
from mediation_desk.store.register import Register

_CALIBRES = [
    Calibre(period, basis, oral)
    for period in (year(2026), month(2026, 3))
    for basis in DateBasis
    for oral in (True, False)
]
_DAY = date(2026, 3, 1)


@dataclass
class _Told:
    """What a register told at one moment."""

    sequence: int
    dump: list[str]
    counts: list[Counts]
    lines: list[list[DisputeRow]]


def _in_order(counts: Counts) -> Counts:
    """The counts in one of the orders they may come in."""
    named = {entry.name: getattr(counts, entry.name) for entry in fields(counts)}
    return Counts(**{name: tuple(sorted(rows)) for name, rows in named.items()})


def _lines(register: Register, calibre: Calibre) -> list[DisputeRow]:
    """The lines of the list, but for the order within a day, which is none."""
    rows = register.rows_at(register.places_behind(calibre))
    days = [row.row >> 20 for row in rows]
    assert days == sorted(days, reverse=True)
    return sorted((replace(row, row=0) for row in rows), key=lambda row: row.dispute.id)


def _told(register: Register) -> _Told:
    return _Told(
        register.sequence(),
        list(register.dump()),
        [_in_order(register.counts(calibre)) for calibre in _CALIBRES],
        [_lines(register, calibre) for calibre in _CALIBRES],
    )


class _Life:
    """All that may happen to records, by chance."""

    def __init__(self, register: Register, seed: int) -> None:
        self.register, self.dice = register, random.Random(seed)
        self.imports: list[int] = []
        self.remapped()

    def _day(self) -> date:
        return _DAY + timedelta(days=self.dice.randrange(45))

    def registered(self) -> None:
        case = a_case(
            number=self.register.next_number(a_dispute().unit_id, 2026),
            intake_on=self._day(),
            type=self.dice.choice(("02", "07", "L1")),
            source=self.dice.choice(list(Source)),
        )
        agreement = an_agreement(case.dispute.id, form=self.dice.choice(list(AgreementForm)))
        with self.register.change("陶素芬", "登记") as change:
            for record in replace(case, agreement=agreement, promises=()).records():
                change.keep(record)

    def corrected(self) -> None:
        dispute = self.dice.choice(self.register.all("dispute"))
        day = self._day()
        choices: tuple[dict[str, Any], ...] = (
            {"type": "03"}, {"people": self.dice.randrange(2, 9)}, {"outcome": Outcome.FAILED},
            {"intake_on": day, "closed_on": day}, {"closed_on": None}, {"complex": True},
            {"void_reason": "重复登记"}, {"void_reason": ""}, {"facts": f"改于{day}"},
        )  # fmt: skip
        changes = self.dice.choice(choices)
        with self.register.change("陶素芬", "更正") as change:
            change.keep(replace(dispute, **changes))

    def agreed_anew(self) -> None:
        dispute = self.dice.choice(self.register.all("dispute"))
        with self.register.change("陶素芬", "重新达成") as change:
            for entry in self.register.all("agreement", dispute_id=dispute.id):
                change.keep(replace(entry, void_reason="重新办理"))
            form = self.dice.choice(list(AgreementForm))
            amount = self.dice.randrange(10**6)
            change.keep(an_agreement(dispute.id, form=form, amount_fen=amount))

    def found_same(self) -> None:
        main, other = self.dice.sample(self.register.all("dispute"), 2)
        same = SameCase(id=new_id(), main_id=main.id, other_id=other.id, decided_on=_DAY)
        with self.register.change("罗晓", "认定") as change:
            change.keep(same)

    def screened(self) -> None:
        unit = a_dispute().unit_id
        round_ = Screening(id=new_id(), unit_id=unit, screened_on=self._day(), prevented=2)
        with self.register.change("陶素芬", "排查") as change:
            change.keep(round_)

    def remapped(self) -> None:
        local = self.register.get("local_type", "l1")
        rolls = self.dice.choice(("05", "99"))
        fresh = LocalType(id="l1", code="L1", label="涉竹纠纷", rolls_up_to=rolls)
        with self.register.change("陶素芬", "本地类型") as change:
            change.keep(replace(local, rolls_up_to=rolls) if local else fresh)

    def imported(self) -> None:
        """A file with a new case, and with one that was changed at both desks."""
        mine = self.dice.choice(self.register.all("dispute"))
        theirs = replace(mine, people=99, type="09", revision=mine.revision + 1)
        merged = replace(mine, people=98, revision=mine.revision + 1)
        number = self.register.next_number(mine.unit_id, 2026)
        brought = a_dispute(number=number, revision=1, intake_on=self._day())
        with self.register.change("罗晓", "接收", "import") as change:
            change.note(theirs, ("a" * 12,))
            change.adopt((merged, brought))
        self.imports.append(change.number)

    def undone(self) -> None:
        free = [act for act in self.imports if not self.register.why_not_undo(act)]
        if free:
            self.register.undo(self.dice.choice(free), "罗晓", "传错了")

    def days(self) -> Iterator[None]:
        """One thing after the other; everything happens, the undoing at last for certain."""
        what = [self.registered, self.corrected, self.agreed_anew, self.found_same, self.screened,
                self.remapped, self.imported, self.undone]  # fmt: skip
        self.dice.shuffle(what)
        for act in (self.registered, self.registered, *what, self.corrected, self.agreed_anew,
                    self.imported, self.undone):  # fmt: skip
            act()
            yield


@pytest.fixture(params=range(3))
def life(request: pytest.FixtureRequest, register: Register) -> _Life:
    return _Life(register, request.param)


def test_at_the_end_of_every_act_all_is_as_it_was_told_then(life: _Life) -> None:
    register = life.register
    told = [_told(register) for _ in life.days()]
    assert register.acts("undo")
    for then in told:
        with register.as_of(then.sequence) as past:
            assert _told(past) == then
    assert register.verify() == []


def test_within_an_act_nothing_is_settled_yet(life: _Life) -> None:
    register = life.register
    life.registered()
    life.imported()
    end = register.sequence()
    for sequence in (change.sequence for change in register.changes_of_act(life.imports[0])):
        with register.as_of(sequence) as past:
            assert past.sequence() == end
            assert list(past.dump()) == list(register.dump())


def test_what_is_written_meanwhile_does_not_reach_the_past(register: Register, keep: Keep) -> None:
    first = a_dispute()
    keep(first)
    with register.as_of(register.sequence()) as past:
        assert [entry.people for entry in past.all("dispute")] == [2]
        keep(replace(register.get("dispute", first.id), people=9), a_dispute(number=2))
        keep(an_agreement(first.id))
        assert [entry.people for entry in past.all("dispute")] == [2]
        assert past.all("agreement") == []
        assert [len(past.acts()), len(past.history("dispute", first.id))] == [2, 1]


def test_the_past_can_be_neither_changed_nor_searched(register: Register, keep: Keep) -> None:
    keep(a_dispute())
    before = list(register.dump())
    with register.as_of(register.sequence()) as past:
        with pytest.raises(DeskError, match="只能看"), past.change("陶素芬", "改") as change:
            change.keep(a_dispute(number=2))
        with pytest.raises(DeskError, match="只能看"):
            past.set("person", "别人")
        with pytest.raises(DeskError, match="不能按字查找"):
            past.page(Find(text="排水"))
        with pytest.raises(DeskError):
            past._sql.run("DELETE FROM main.dispute")
        assert past._sql.one("PRAGMA temp_store") == (2,)
    assert list(register.dump()) == before
    assert register.verify() == []


def test_it_counts_by_the_settings_that_were_told(register: Register, keep: Keep) -> None:
    keep(a_dispute())
    then = register.settings
    register.keep_settings(replace(then, numbering_pattern="{year}-{number}"))
    calibre = Calibre(year(2026))
    for settings, number in ((None, "2026-1"), (then, "(2026)梨民调字第001号")):
        with register.as_of(register.sequence(), settings) as past:
            assert [row.number for row in past.rows_at(past.places_behind(calibre))] == [number]


def test_a_day_means_its_last_act_in_the_order_of_the_history(
    register: Register, keep: Keep, meddle: Callable[..., list[Any]]
) -> None:
    ends = []
    # The third was written while the clock was a year ahead.
    for number, at in enumerate(("2026-10-30", "2026-10-31", "2027-11-01", "2026-11-02"), 1):
        act = keep(a_dispute(number=number))
        meddle("UPDATE act SET at = ? WHERE number = ?", f"{at}T23:50:00+08:00", act)
        ends.append(register.sequence())
    meddle("UPDATE act SET at = '2026-10-01T08:00:00+08:00' WHERE number = 1")
    told = {day: register.end_of_day(date.fromisoformat(day)) for day in (
        "2026-09-30", "2026-10-29", "2026-10-30", "2026-10-31", "2026-11-01", "2026-11-02",
    )}  # fmt: skip
    founded = register.changes_of_act(1)[-1].sequence
    assert list(told.values()) == [0, founded, ends[0], ends[1], ends[1], ends[3]]


def test_a_unit_had_the_name_that_it_had(register: Register, keep: Keep) -> None:
    keep(a_unit(id="u9", code="500230124209", name="旧名村"))
    then = register.sequence()
    keep(replace(register.get("unit", "u9"), name="新名社区"))
    with register.as_of(then) as past:
        assert "旧名村" in [unit.name for unit in past.units()]
    assert "新名社区" in [unit.name for unit in register.units()]
