"""The cases of a dump as a table counts them, without any code of `figures` or `store`."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from own_counts import Asked, Records

COMMITTEES = {"10", "20", "30", "40", "50", "60"}
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Case:
    """A dispute that counts, with all that a table asks of it."""

    id: str
    unit: str
    type: str
    subtype: str
    source: str
    outcome: str
    form: str
    complex: bool
    people: int
    fen: int
    performance: str
    confirmation: str
    visited: bool
    satisfied: bool | None
    mediators: tuple[str, ...]
    links: dict[str, str]


Measure = Callable[[Sequence[Case]], int]


@dataclass(frozen=True)
class Counted:
    """A cell and the cases it counts."""

    cases: list[Case]
    measure: Measure = len

    @property
    def value(self) -> int:
        return self.measure(self.cases)


Cell = Counted | tuple[int, int] | int
Expected = dict[str, list[Cell]]


def people(cases: Sequence[Case]) -> int:
    return sum(case.people for case in cases)


def money(cases: Sequence[Case]) -> int:
    return sum(case.fen for case in cases)


def live(entries: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    return [entry for entry in entries if not entry["void_reason"]]


class Recount:
    """The records of a dump, and the cases of a calibre."""

    def __init__(self, records: Records, own: str, answer_days: int = 7) -> None:
        self.of = records
        self.own = own
        self.answer_days = answer_days
        self.units = {unit["id"]: unit for unit in records["unit"]}
        self.local = {entry["code"]: entry for entry in records["local_type"]}
        self.agreements: dict[str, dict[str, Any]] = {}
        for entry in sorted(live(records["agreement"]), key=lambda a: (a["agreed_on"], a["id"])):
            self.agreements[entry["dispute_id"]] = entry
        self.visited = {
            entry["dispute_id"] for entry in live(records["session"]) if entry["kind"] == "3"
        }
        self.letters: dict[str, list[dict[str, Any]]] = {}
        for entry in live(records["referral"]):
            if entry["direction"] == "1" and entry["channel"] in {"31", "32", "33", "34", "35"}:
                self.letters.setdefault(entry["dispute_id"], []).append(entry)
        counting = {
            case["id"]
            for case in records["dispute"]
            if not case["void_reason"] and case["intake_on"] and case["outcome"] != "4"
        }
        self.twins = {
            same["other_id"] for same in live(records["same_case"]) if same["main_id"] in counting
        }

        self.alive = [
            (raw["intake_on"], raw["closed_on"], self._case(raw))
            for raw in records["dispute"]
            if not raw["void_reason"] and raw["intake_on"] is not None
            and raw["outcome"] != "4" and raw["id"] not in self.twins
        ]  # fmt: skip

    def cases(self, asked: Asked) -> list[Case]:
        """The cases that count."""
        found = []
        for intake, closed, case in self.alive:
            day = closed if asked.closing else intake
            if day is None or not asked.first <= day <= asked.last:
                continue
            if not asked.written_only or case.form != "1":
                found.append(case)
        return found

    def _case(self, raw: dict[str, Any]) -> Case:
        agreement = self.agreements.get(raw["id"], {"form": "", "amount_fen": 0})
        local = self.local.get(raw["type"])
        return Case(
            id=raw["id"],
            unit=raw["unit_id"],
            type=local["rolls_up_to"] if local else raw["type"],
            subtype=raw["type"] if local else "",
            source=raw["source"],
            outcome=raw["outcome"] or "",
            form=agreement["form"],
            complex=raw["complex"],
            people=raw["people"],
            fen=agreement["amount_fen"],
            performance=raw["performance"] or "",
            confirmation=raw["confirmation"],
            visited=raw["id"] in self.visited,
            satisfied=raw["satisfied"],
            mediators=tuple(raw["mediator_ids"]),
            links=self._links(raw),
        )

    def _links(self, raw: dict[str, Any]) -> dict[str, str]:
        """By channel: no (answer), late, or good."""
        states: dict[str, list[str]] = {}
        for letter in self.letters.get(raw["id"], ()):
            states.setdefault(letter["channel"], []).append(self._state(letter, raw["closed_on"]))
        order = ("no", "late", "good")
        return {channel: min(found, key=order.index) for channel, found in states.items()}

    def _state(self, letter: dict[str, Any], closed: str | None) -> str:
        if letter["answered_on"] is None:
            return "no"
        due = letter["answer_due_on"]
        if due is None and closed is not None:
            due = (date.fromisoformat(closed) + self.answer_days * DAY).isoformat()
        return "late" if due is not None and letter["answered_on"] > due else "good"

    def lines(self, busy: set[str]) -> dict[str, set[str]]:
        """The units of every line of a table by units: the units, both levels, all."""
        shown = {
            unit["id"] for unit in self.units.values()
            if unit["kind"] in COMMITTEES or unit["id"] in busy
        }  # fmt: skip
        found = {unit: {unit} for unit in shown}
        if self.own in shown:
            found["subordinate"] = shown - {self.own}
            found["own"] = {self.own}
        found["total"] = shown
        return found
