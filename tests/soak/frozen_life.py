"""An office at work while a report stands still, and what every entry counts for after each act."""

import random
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from builders import TODAY, a_case, a_unit, an_agreement
from own_counts import Asked, Records, _twins, by_dump, records_in

from mediation_desk.desk import duplicates, recording, restoring
from mediation_desk.desk.looking import IMPORT
from mediation_desk.domain.codes import (
    AgreementForm,
    CaseStatus,
    Outcome,
    PreventionKind,
    Source,
)
from mediation_desk.domain.organisation import LocalType
from mediation_desk.domain.prevention import Prevention, Screening
from mediation_desk.domain.problems import DeskError
from mediation_desk.domain.record import Record, new_id
from mediation_desk.domain.round_trip import HandOver
from mediation_desk.store.register import Register

CLERK = "罗晓"
VILLAGES = [a_unit(id=f"v{number}", code=f"50023012421{number}", name=f"{number}号村", revision=1)
            for number in range(3)]  # fmt: skip
Weights = dict[tuple[str, str], dict[tuple[str, int], int]]


def weights(records: Records, asked: Asked) -> Weights:
    """What each dispute and each work counts for by itself: unit and column, out of a dump."""
    units = [unit["id"] for unit in records["unit"]]
    twins = _twins(records)
    around = {kind: records[kind] for kind in ("unit", "local_type")}
    found: Weights = {}
    for kind in ("dispute", "screening", "prevention"):
        for entry in records[kind]:
            if entry["id"] in twins:
                continue
            alone: Any = {name: [] for name in (*records, "dispute", "agreement", "screening",
                                                "prevention", "same_case")}  # fmt: skip
            agreements = [one for one in records["agreement"] if one["dispute_id"] == entry["id"]]
            alone |= around | {"agreement": agreements, kind: [entry]}
            values = by_dump(alone, units, asked)
            told = {(entry["unit_id"], place): value for place, value in enumerate(values) if value}
            if told:
                found[kind, entry["id"]] = told
    return found


@dataclass
class Life:
    """The office, and what its entries counted for at the end of each act."""

    register: Register
    asked: Asked
    dice: random.Random
    acts: dict[int, Weights] = field(default_factory=dict)
    imports: list[int] = field(default_factory=list)
    happened: dict[str, int] = field(default_factory=dict)

    def begin(self, cases: int) -> None:
        """Three villages and the township's own committee with their first cases."""
        with self.register.change(CLERK, "接收", IMPORT) as change:
            change.adopt((*VILLAGES, LocalType(id="l1", revision=1, code="L1", label="涉竹纠纷",
                                               rolls_up_to="07")))  # fmt: skip
        for _ in range(cases):
            self.dice.choice((self.registered, self.brought))()
        self.note()

    def note(self) -> None:
        """Remember what all entries count for now, by the act that made it so."""
        dump = "\n".join(self.register.dump())
        self.acts[self.register.acts()[0].number] = weights(records_in(dump), self.asked)

    def live(self, acts: int) -> None:
        """So many things that happen."""
        what = (
            self.registered, self.brought, self.corrected, self.corrected, self.corrected,
            self.told_more, self.agreed_anew, self.voided, self.undone, self.found_same,
            self.parted, self.handed_over, self.restored, self.screened, self.struck_screening,
            self.prevented, self.remapped, self.renamed, self.merged, self.other_practice,
        )  # fmt: skip
        done = 0
        while done < acts:
            act = self.dice.choice(what)
            before = self.register.sequence()
            try:
                act()
            except DeskError:
                continue
            if self.register.sequence() != before:
                done += 1
                self.happened[act.__name__] = self.happened.get(act.__name__, 0) + 1
                self.note()

    # What happens

    def _day(self) -> date:
        return date(2026, 2, 20) + timedelta(days=self.dice.randrange(50))

    def _case(self, unit_id: str, number: int) -> list[Record]:
        day = self._day()
        case = a_case(
            unit_id=unit_id, number=number, intake_on=day, occurred_on=day,
            closed_on=day + timedelta(days=self.dice.randrange(30)), mediator_ids=(),
            type=self.dice.choice(("01", "02", "07", "101", "L1")),
            source=self.dice.choice(list(Source)), people=self.dice.randrange(2, 8),
        )  # fmt: skip
        signed = case.dispute.closed_on
        form = self.dice.choice(list(AgreementForm))
        agreement = an_agreement(case.dispute.id, form=form, agreed_on=signed,
                                 amount_fen=self.dice.randrange(10**6))  # fmt: skip
        if self.dice.random() < 0.25:
            open_ = replace(case.dispute, status=CaseStatus.MEDIATING, outcome=None, closed_on=None)
            return [open_, *case.parties]
        return [case.dispute, *case.parties, agreement]

    def _own(self) -> Any:
        unit = self.register.committee
        assert unit is not None
        return unit

    def _disputes(self, *, own: bool = False, live: bool = True) -> list[Any]:
        found = self.register.all("dispute", unit_id=self._own().id) if own else []
        found = found or self.register.all("dispute")
        return [entry for entry in found if not (live and entry.void_reason)]

    def registered(self) -> None:
        unit = self._own()
        number = self.register.next_number(unit.id, 2026)
        with self.register.change(CLERK, "登记") as change:
            for record in self._case(unit.id, number):
                change.keep(record)

    def brought(self) -> None:
        unit = self.dice.choice(VILLAGES)
        with self.register.change(CLERK, "接收报送", IMPORT) as change:
            for more in range(self.dice.randrange(1, 4)):
                number = self.register.next_number(unit.id, 2026) + more
                change.adopt(replace(record, revision=1) for record in self._case(unit.id, number))
        self.imports.append(change.number)

    def merged(self) -> None:
        """A case that both desks changed: what the village has is noted first."""
        mine = self.dice.choice(self._disputes())
        theirs = replace(mine, people=50, revision=mine.revision + 1)
        both = replace(mine, people=mine.people + 1, revision=mine.revision + 1)
        with self.register.change(CLERK, "接收报送", IMPORT) as change:
            change.note(theirs, ("a" * 12,))
            change.adopt((both,))
        self.imports.append(change.number)

    def corrected(self) -> None:
        dispute = self.dice.choice(self._disputes())
        day = self._day()
        choices: tuple[dict[str, Any], ...] = (
            {"type": self.dice.choice(("02", "07", "L1"))}, {"people": self.dice.randrange(2, 9)},
            {"source": self.dice.choice(list(Source))}, {"intake_on": day}, {"intake_on": None},
            {"outcome": Outcome.FAILED}, {"outcome": Outcome.NOT_ACCEPTED}, {"complex": True},
            {"outcome": Outcome.SETTLED, "closed_on": day}, {"complex": False},
        )  # fmt: skip
        with self.register.change(CLERK, "更正") as change:
            change.keep(replace(dispute, **self.dice.choice(choices)))

    def told_more(self) -> None:
        dispute = self.dice.choice(self._disputes())
        with self.register.change(CLERK, "补充") as change:
            change.keep(replace(dispute, facts=f"{dispute.facts}又补充。", place="4组"))

    def agreed_anew(self) -> None:
        dispute = self.dice.choice(self._disputes())
        with self.register.change(CLERK, "重新达成协议") as change:
            for entry in self.register.all("agreement", dispute_id=dispute.id, void_reason=""):
                change.keep(replace(entry, void_reason="重新办理"))
            if self.dice.random() < 0.7:
                form = self.dice.choice(list(AgreementForm))
                amount = self.dice.randrange(10**6)
                change.keep(an_agreement(dispute.id, form=form, amount_fen=amount))

    def voided(self) -> None:
        dispute = self.dice.choice(self._disputes(own=True))
        case = self.register.case(dispute.id)
        assert case is not None
        recording.void_case(self.register, case, CLERK, "重复登记")

    def undone(self) -> None:
        free = [act for act in self.imports if not self.register.why_not_undo(act)]
        if free:
            self.register.undo(self.dice.choice(free), CLERK, "传错了")

    def found_same(self) -> None:
        main, other = self.dice.sample(self._disputes(), 2)
        duplicates.confirm_same(self.register, main.id, other.id, CLERK, TODAY, "两边都登记了")

    def parted(self) -> None:
        found = self.register.all("same_case", void_reason="")
        if found:
            with self.register.change(CLERK, "不是同一纠纷") as change:
                change.keep(replace(self.dice.choice(found), void_reason="认错了"))

    def handed_over(self) -> None:
        dispute = self.dice.choice(self._disputes())
        to = self.dice.choice([unit for unit in (*VILLAGES, self._own())
                               if unit.id != dispute.unit_id])  # fmt: skip
        entry = HandOver(
            id=new_id(), dispute_id=dispute.id, from_unit_id=dispute.unit_id, to_unit_id=to.id,
            from_year=dispute.year, from_number=dispute.number, handed_on=TODAY, reason="跨村",
        )  # fmt: skip
        with self.register.change(CLERK, f"移交给{to.name}：跨村", "handover") as change:
            change.keep(replace(dispute, unit_id=to.id, number=0))
            change.keep(entry)

    def restored(self) -> None:
        dispute = self.dice.choice(self._disputes(own=True, live=False))
        line = self.dice.choice(self.register.history("dispute", dispute.id))
        restoring.restore(self.register, "dispute", dispute.id, line.sequence, CLERK, TODAY)

    def screened(self) -> None:
        unit = self.dice.choice((*VILLAGES, self._own()))
        held = Screening(id=new_id(), unit_id=unit.id, screened_on=self._day(), prevented=2)
        with self.register.change(CLERK, "排查") as change:
            change.keep(held)

    def struck_screening(self) -> None:
        found = self.register.all("screening", void_reason="")
        if found:
            with self.register.change(CLERK, "作废排查") as change:
                change.keep(replace(self.dice.choice(found), void_reason="重复"))

    def prevented(self) -> None:
        unit, kind = self.dice.choice(VILLAGES), self.dice.choice(list(PreventionKind))
        entry = Prevention(id=new_id(), unit_id=unit.id, prevented_on=self._day(), kind=kind,
                           cases=1, persons=self.dice.randrange(1, 9))  # fmt: skip
        with self.register.change(CLERK, "防止激化") as change:
            change.keep(entry)

    def remapped(self) -> None:
        local = self.register.get("local_type", "l1")
        assert isinstance(local, LocalType)
        rolls = self.dice.choice(("05", "07", "99"))
        with self.register.change(CLERK, "本地类型改归类") as change:
            change.keep(replace(local, rolls_up_to=rolls))

    def renamed(self) -> None:
        unit: Any = self.register.get("unit", self.dice.choice(VILLAGES).id)
        with self.register.change(CLERK, "改名") as change:
            change.keep(replace(unit, name=unit.name + "（新）"))

    def other_practice(self) -> None:
        settings = self.register.settings
        pattern = self.dice.choice(("{year}-{number}", "({year}){word}字第{number:03}号"))
        self.register.keep_settings(replace(settings, numbering_pattern=pattern))
