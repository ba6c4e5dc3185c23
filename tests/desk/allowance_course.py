"""A township's claims in any order: every act that can be done, and a recount after each.

The recount reads the records alone; which entries are one dispute it works out by itself.
"""

import json
import random
from collections import defaultdict
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from allowance_scene import Scene, put

from mediation_desk.desk import claim_review, claim_sheets, claiming, duplicates
from mediation_desk.desk.enrolling import new_unit
from mediation_desk.desk.setting_up import create, found_office
from mediation_desk.domain.allowance import ClaimState, ReviewResult
from mediation_desk.domain.codes import Difficulty, Outcome, Performance, UnitKind
from mediation_desk.domain.problems import DeskError
from mediation_desk.domain.round_trip import HandOver
from mediation_desk.store.keys import unlock
from mediation_desk.store.register import Register

CLERK = "罗晓"
PASSWORD = "claims-2026"
QUARTERS = ((2026, 1), (2026, 2), (2026, 3))
_VILLAGES = (("500230124200", "梨子园村"), ("500230124201", "尖山子村"))
_CASES = 8


def a_township(folder: Path) -> bytes:
    """An office whose two villages have no program, with cases that were closed; its key."""
    founding = found_office("丰都县", "双龙镇", "500230124000", CLERK)
    with create(folder, founding, PASSWORD) as register:
        scene = Scene(register)
        people = {scene.unit_id: [scene.mediator("谭中华"), scene.mediator("秦大明")]}
        for code, name in _VILLAGES:
            unit = new_unit(register, code, name, "", UnitKind.VILLAGE)
            put(register, unit)
            people[unit.id] = [scene.mediator(f"{name}{n}", unit.id) for n in "甲乙丙"]
        units = list(people)
        for number in range(_CASES):
            unit_id = units[number % len(units)]
            day = date(2026, 1 + number, 11)
            staff = people[unit_id][: 1 + number % 3]
            scene.close(staff, day, unit_id=unit_id, oral=number == 5)
    return unlock(folder, PASSWORD)


class Course:
    """One township in motion; every act is refused with a sentence or done whole."""

    def __init__(self, register: Register, seed: int) -> None:
        self.register, self.rng = register, random.Random(seed)
        self.day = date(2026, 9, 1)
        self.done: list[str] = []
        self._paid: set[tuple[str, str]] = set()
        self.acts = (
            self.make, self.make, self.choose, self.claim, self.claim, self.review, self.review,
            self.grant, self.grant, self.report, self.report, self.pay, self.pay, self.back,
            self.same, self.same, self.separate, self.hand_over, self.correct, self.settings,
            self.discard, self.withdraw,
        )  # fmt: skip

    def step(self) -> None:
        """Do something, see that a refusal changed nothing, and count again."""
        self.day += timedelta(days=self.rng.randint(0, 2))
        act = self.rng.choice(self.acts)
        before, refused = self.register.sequence(), ""
        try:
            act()
            self.done.append(act.__name__)
        except DeskError as error:
            refused = str(error)
        assert not refused or self.register.sequence() == before, (act.__name__, refused)
        self.recount()

    # Acts

    def _one(self, kind: str, **equals: str | int) -> Any:
        found = [entry for entry in self.register.all(kind, **equals) if not entry.void_reason]
        if not found:
            raise DeskError("there is nothing to do this with")
        return self.rng.choice(found)

    def _claim(self, state: ClaimState) -> Any:
        return self._one("claim", state=state.value)

    def make(self) -> None:
        unit = self.rng.choice(claiming.claimants(self.register))
        year, number = self.rng.choice(QUARTERS)
        claiming.make_claim(self.register, unit.id, year, number, CLERK, self.day)

    def choose(self) -> None:
        claim = self._claim(ClaimState.DRAFT)
        lines = claiming.lines_of(self.register, claim.id)
        some = self.rng.sample(lines, self.rng.randint(1, len(lines)))
        chosen = {line.dispute_id: self.rng.choice(("", "一般", "重大")) for line in some}
        claiming.put_in_claim(self.register, claim.id, chosen, CLERK, self.day)

    def claim(self) -> None:
        claiming.claim_it(self.register, self._claim(ClaimState.DRAFT).id, CLERK, self.day)

    def review(self) -> None:
        claim = self._claim(self.rng.choice((ClaimState.CLAIMED, ClaimState.REVIEWED)))
        line = self.rng.choice(claiming.lines_of(self.register, claim.id))
        result = self.rng.choice(list(ReviewResult))
        claim_review.review(
            self.register, claim.id, [line.dispute_id], result, CLERK, self.day, "请核对。"
        )

    def grant(self) -> None:
        claim_review.grant_rest(self.register, self._claim(ClaimState.CLAIMED).id, CLERK, self.day)

    def report(self) -> None:
        claim_review.report(self.register, self._claim(ClaimState.REVIEWED).id, CLERK, self.day)

    def pay(self) -> None:
        claim = self._claim(ClaimState.REPORTED)
        claim_review.pay(self.register, claim.id, CLERK, self.day)
        self._check_paid(claim.id)

    def back(self) -> None:
        claim = self._claim(self.rng.choice((ClaimState.REPORTED, ClaimState.PAID)))
        claim_review.step_back(self.register, claim.id, CLERK)

    def _pair(self) -> list[str]:
        live = [e.id for e in self.register.all("dispute") if not e.void_reason]
        return self.rng.sample(live, 2)

    def same(self) -> None:
        duplicates.confirm_same(self.register, *self._pair(), CLERK, self.day)

    def separate(self) -> None:
        same = self._one("same_case")
        duplicates.separate(self.register, same.id, CLERK, self.day, "两件事。")

    def hand_over(self) -> None:
        """As it stands in the office's register once both sides' files have come."""
        dispute = self._one("dispute")
        others = [u for u in claiming.claimants(self.register) if u.id != dispute.unit_id]
        to = self.rng.choice(others)
        number = self.register.next_number(to.id, dispute.year)
        entry = HandOver(
            id=f"{self.rng.getrandbits(128):032x}",
            dispute_id=dispute.id,
            from_unit_id=dispute.unit_id,
            to_unit_id=to.id,
            from_year=dispute.year,
            from_number=dispute.number,
            handed_on=self.day,
            reason="跨村。",
            taken_on=self.day,
        )
        put(self.register, replace(dispute, unit_id=to.id, number=number), entry)

    def correct(self) -> None:
        changes: list[dict[str, Any]] = [
            {"void_reason": "登记错了"},
            {"outcome": Outcome.FAILED},
            {"outcome": Outcome.SETTLED},
            {"performance": Performance.OVERDUE},
            {"performance": Performance.KEPT},
            {"closed_on": date(2026, self.rng.randint(1, 8), 20)},
            {"difficulty": Difficulty.MAJOR},
        ]
        dispute = self._one("dispute")
        put(self.register, replace(dispute, **self.rng.choice(changes)))

    def settings(self) -> None:
        grade = self._one("allowance_grade")
        put(self.register, replace(grade, amount_fen=self.rng.randint(1, 90_000)))

    def discard(self) -> None:
        claiming.discard(self.register, self._claim(ClaimState.DRAFT).id, CLERK)

    def withdraw(self) -> None:
        claiming.withdraw(self.register, self._claim(ClaimState.CLAIMED).id, CLERK)

    # Counting again

    def _records(self, kind: str) -> list[dict[str, Any]]:
        told = map(json.loads, self.register.dump())
        return [entry["values"] for entry in told
                if entry["kind"] == kind and not entry["values"]["void_reason"]]  # fmt: skip

    def _families(self) -> dict[str, set[str]]:
        families: dict[str, set[str]] = {}
        for entry in self._records("same_case"):
            main, other = entry["main_id"], entry["other_id"]
            whole = families.get(main, {main}) | families.get(other, {other})
            families |= dict.fromkeys(whole, whole)
        return families

    def _paid_cases(self) -> set[tuple[str, str]]:
        paid = {c["id"] for c in self._records("claim") if c["state"] == ClaimState.PAID.value}
        return {
            (line["claim_id"], line["dispute_id"])
            for line in self._records("claim_line")
            if line["claim_id"] in paid and line["result"] == ReviewResult.GRANTED.value
        }

    def _check_paid(self, claim_id: str) -> None:
        """What was paid just now was paid for no entry of the same dispute before."""
        families, paid = self._families(), self._paid_cases()
        for entry in (entry for entry in paid if entry[0] == claim_id):
            family = families.get(entry[1], {entry[1]})
            assert [one for one in paid if one[1] in family] == [entry], self.done

    def recount(self) -> None:
        """No entry is paid twice, and the totals are what the lines add up to."""
        paid = self._paid_cases()
        disputes = [dispute_id for _, dispute_id in paid]
        assert len(disputes) == len(set(disputes)), self.done
        lines: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for line in self._records("claim_line"):
            lines[line["claim_id"]].append(line)
        for year, number in QUARTERS:
            sheets = claim_sheets.sheets_of_quarter(self.register, year, number, full=False)
            units: dict[str, int] = defaultdict(int)
            for sheet in sheets:
                mine = lines[sheet.claim.id]
                units[sheet.unit] += sum(line["amount_fen"] for line in mine)
                _compare(sheet, mine)
            told = {total.name: total.amount_fen for total in claim_sheets.by_unit(sheets)}
            assert told == units, self.done


def _compare(sheet: Any, lines: list[dict[str, Any]]) -> None:
    granted = [line for line in lines if line["result"] == ReviewResult.GRANTED.value]
    total = sheet.total
    assert total.cases == len({line["dispute_id"] for line in lines})
    assert total.amount_fen == sum(line["amount_fen"] for line in lines)
    assert total.granted_fen == sum(line["amount_fen"] for line in granted)
    people = sheet.by_mediator()
    assert sum(entry.amount_fen for entry in people) == total.amount_fen
    assert sum(entry.granted_fen for entry in people) == total.granted_fen
    for entry in people:
        own = [line for line in lines if line["mediator"] == entry.name]
        assert entry.amount_fen == sum(line["amount_fen"] for line in own)
