"""A township in which everything that a statistic must get right happens at random."""

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any, TypeVar

from builders import a_dispute, a_session, a_unit, an_agreement

from mediation_desk.desk.setting_up import create, found_office
from mediation_desk.domain.cases import Dispute
from mediation_desk.domain.codes import (
    AgreementForm,
    CaseStatus,
    Confirmation,
    Direction,
    Outcome,
    Performance,
    PreventionKind,
    PublicityKind,
    ReferralChannel,
    SessionKind,
    Sex,
    Source,
    UnitKind,
)
from mediation_desk.domain.dispute_types import EIGHTEEN
from mediation_desk.domain.handling import Referral
from mediation_desk.domain.organisation import Adviser, LocalType, Mediator, Unit
from mediation_desk.domain.prevention import Prevention, Publicity, Screening
from mediation_desk.domain.record import Record, new_id
from mediation_desk.domain.round_trip import SameCase
from mediation_desk.store.register import Register

FIRST, LAST = date(2024, 11, 1), date(2026, 12, 31)
CLERK, PASSWORD = "罗晓", "随机-2026"
LOCAL = (
    LocalType(id="l1", revision=1, code="F1", label="结婚离婚纠纷", rolls_up_to="01"),
    LocalType(id="l2", revision=1, code="F2", label="继承纠纷", rolls_up_to="01"),
    LocalType(id="l3", revision=1, code="F3", label="赡养纠纷", rolls_up_to="01"),
    LocalType(id="l4", revision=1, code="L1", label="涉竹纠纷", rolls_up_to="07",
              void_reason="并入"),
    LocalType(id="l5", revision=1, code="L2", label="从未用过", rolls_up_to="09", void_reason="错"),
    LocalType(id="l6", revision=1, code="W1", label="工伤纠纷", rolls_up_to="102"),
)  # fmt: skip
_KINDS = (UnitKind.VILLAGE,) * 8 + (UnitKind.COMMUNITY, UnitKind.ENTERPRISE, UnitKind.OFFICE)
_Kept = TypeVar("_Kept", bound=Record)


def units() -> list[Unit]:
    """Eight villages, a community, an enterprise's committee, and an office beside them."""
    return [
        a_unit(id=f"u{place}", code=f"5002301242{place:02d}", name=f"第{place + 1}单位", kind=kind,
               revision=1)
        for place, kind in enumerate(_KINDS)
    ]  # fmt: skip


class _Chance(random.Random):
    """Dice for days and for what happens seldom."""

    def day(self) -> date:
        return FIRST + timedelta(days=self.randrange((LAST - FIRST).days + 1))

    def seldom(self, one_in: int) -> bool:
        return self.randrange(one_in) == 0

    def perhaps_void(self, record: _Kept, one_in: int = 12) -> _Kept:
        return replace(record, void_reason="重复") if self.seldom(one_in) else record


class Township:
    """Makes the records of a township; the same for the same number."""

    def __init__(self, seed: int, committee: str) -> None:
        self.dice = _Chance(seed)
        self.unit_ids = [unit.id for unit in units()] + [committee]
        # The office screens and teaches; it takes in no dispute.
        self.committees = [unit for unit in self.unit_ids if unit != "u10"]
        self.people = list(self._people())

    def records(self, count: int) -> Iterator[Record]:
        """`count` disputes with all that hangs on them, and the work beside."""
        yield from LOCAL
        yield from self.people
        yield from self._other_work(count)
        ids = []
        for number in range(1, count + 1):
            case = list(self._case(number))
            ids.append(case[0].id)
            yield from case
        for _ in range(count // 10):
            main, other = self.dice.sample(ids, 2)
            day = self.dice.day()
            yield self.dice.perhaps_void(
                SameCase(id=new_id(), revision=1, main_id=main, other_id=other, decided_on=day), 3
            )

    def _term(self) -> dict[str, Any]:
        first = self.dice.choice((None, date(2023, 5, 1), date(2026, 6, 15)))
        last = self.dice.choice((None, date(2025, 12, 31), date(2029, 4, 30)))
        return {"term_from": first, "term_to": last}

    def _people(self) -> Iterator[Record]:
        for place in range(24):
            unit = self.dice.choice(self.unit_ids)
            sex = self.dice.choice((Sex.MALE, Sex.FEMALE, None))
            yield self.dice.perhaps_void(
                Mediator(id=f"m{place}", revision=1, unit_id=unit, name=f"员{place % 20:02d}",
                         sex=sex, full_time=self.dice.seldom(3), **self._term()), 5
            )  # fmt: skip
        for place in range(6):
            unit = self.dice.choice(self.unit_ids)
            adviser = Adviser(id=f"a{place}", revision=1, unit_id=unit, name="律师", **self._term())
            yield self.dice.perhaps_void(adviser, 4)

    def _case(self, number: int) -> Iterator[Record]:
        dispute = self._dispute(number)
        yield dispute
        for _ in range(self.dice.choice((0, 1, 1, 1, 2))):
            agreed = self.dice.day()
            form, fen = self.dice.choice(list(AgreementForm)), self.dice.randrange(10**7)
            yield self.dice.perhaps_void(
                an_agreement(dispute.id, revision=1, form=form, amount_fen=fen, agreed_on=agreed), 6
            )
        for _ in range(self.dice.randrange(3)):
            kind, held = self.dice.choice(list(SessionKind)), self.dice.day()
            yield self.dice.perhaps_void(
                a_session(dispute.id, revision=1, kind=kind, held_on=held), 6
            )
        for _ in range(self.dice.choice((0, 0, 1, 1, 2, 3))):
            yield self.dice.perhaps_void(self._referral(dispute), 6)

    def _dispute(self, number: int) -> Dispute:
        dice = self.dice
        intake = None if dice.seldom(20) else dice.day()
        outcome = dice.choice((None, *[Outcome.SETTLED] * 4, *Outcome))
        closed = None
        if outcome is not None and intake is not None:
            closed = intake + timedelta(days=dice.randrange(90))
        types = (*(entry.code for entry in EIGHTEEN), *"F1 F1 F2 F3 L1 W1".split())
        return dice.perhaps_void(
            a_dispute(
                id=f"d{number:06d}",
                revision=1,
                unit_id=dice.choice(self.committees),
                number=number,
                type=dice.choice(types),
                source=dice.choice(list(Source)),
                intake_on=intake,
                closed_on=closed,
                outcome=outcome,
                status=CaseStatus.CLOSED if outcome else CaseStatus.MEDIATING,
                people=dice.randrange(2, 9),
                complex=dice.seldom(8),
                performance=dice.choice((None, *Performance)),
                confirmation=dice.choice((*[Confirmation.NONE] * 4, *Confirmation)),
                satisfied=dice.choice((None, True, True, False)),
                mediator_ids=tuple(dice.sample([f"m{n}" for n in range(27)], dice.randrange(4))),
            ),
            25,
        )

    def _referral(self, dispute: Dispute) -> Referral:
        dice = self.dice
        return Referral(
            id=new_id(),
            revision=1,
            dispute_id=dispute.id,
            direction=dice.choice((Direction.IN, Direction.IN, Direction.IN, Direction.OUT)),
            channel=dice.choice(list(ReferralChannel)[: 5 if dice.seldom(2) else None]),
            answer_due_on=dice.choice((None, dice.day())),
            answered_on=dice.choice((None, dice.day(), dispute.closed_on)),
        )

    def _other_work(self, count: int) -> Iterator[Record]:
        dice = self.dice
        for place in range(count // 3):
            unit, day = dice.choice(self.unit_ids), dice.day()
            found = dice.randrange(4)
            yield dice.perhaps_void(
                Screening(id=f"s{place}", revision=1, unit_id=unit, screened_on=day, found=found,
                          prevented=dice.randrange(found + 1))
            )  # fmt: skip
            cases = dice.randrange(1, 3)
            yield dice.perhaps_void(
                Prevention(id=f"p{place}", revision=1, unit_id=unit, prevented_on=dice.day(),
                           kind=dice.choice(list(PreventionKind)), cases=cases,
                           persons=cases + dice.randrange(9))
            )  # fmt: skip
            yield dice.perhaps_void(
                Publicity(id=f"b{place}", revision=1, unit_id=unit, held_on=dice.day(), topic="法",
                          kind=dice.choice(list(PublicityKind)), audience=dice.randrange(90),
                          materials=dice.randrange(60))
            )  # fmt: skip


def build(folder: Path, count: int, seed: int) -> Register:
    """An office's register with `count` random disputes."""
    register = create(folder, found_office("丰都县", "双龙镇", "500230124000", CLERK), PASSWORD)
    committee = register.committee
    assert committee is not None
    with register.change(CLERK, "单位") as change:
        change.adopt(units())
    with register.change(CLERK, "导入", "import") as change:
        change.adopt(list(Township(seed, committee.id).records(count)))
    return register
