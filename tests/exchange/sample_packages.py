"""Packages of invented records for the tests of exchange; the same for the same arguments."""

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from itertools import chain

from mediation_desk.domain.cases import Dispute, Party
from mediation_desk.domain.codes import (
    AgreementForm,
    CaseStatus,
    Direction,
    Outcome,
    PartyRole,
    Performance,
    PreventionKind,
    ReferralChannel,
    SessionResult,
    Source,
    UnitKind,
)
from mediation_desk.domain.dispute_types import BY_CODE
from mediation_desk.domain.handling import Agreement, MediationSession, Promise, Referral
from mediation_desk.domain.identity import check_digit
from mediation_desk.domain.organisation import Mediator, Unit
from mediation_desk.domain.periods import Period, month
from mediation_desk.domain.prevention import Prevention, Publicity, Screening
from mediation_desk.domain.record import Record, unit_id
from mediation_desk.exchange.contents import Head, PackageContents
from mediation_desk.exchange.shelf import Shelf
from mediation_desk.exchange.tallying import counts_of
from mediation_desk.figures.calibre import Calibre
from mediation_desk.figures.counts import Counts

OCTOBER = month(2026, 10)
TODAY = date(2026, 11, 2)
VILLAGE = Unit(
    id=unit_id("10", "500230118201"),
    revision=1,
    code="500230118201",
    name="梨子村",
    kind=UnitKind.VILLAGE,
    committee="双龙镇梨子村人民调解委员会",
    number_word="梨民调",
)
SURNAMES, GIVEN = "赵钱孙李周吴郑王冯陈", "大山小河春花秋月明芳"


def identity(number: int) -> str:
    """An invented identity number of the province code 99 with a right check digit."""
    first = f"990101{1950 + number % 50}0{1 + number % 9}1{number % 10}{number % 1000:03d}"
    return first + check_digit(first)


def made_head(**changes: object) -> Head:
    values: dict[str, object] = {
        "id": "a" * 32,
        "number": 7,
        "previous": "",
        "unit": VILLAGE,
        "calibre": Calibre(OCTOBER),
        "made_on": TODAY,
        "made_by": "李明",
    }
    return Head(**(values | changes))  # type: ignore[arg-type]


def _person(rng: random.Random, dispute_id: str, role: PartyRole, number: int) -> Party:
    return Party(
        id=f"{number:032x}",
        revision=1,
        personal_revision=1,
        dispute_id=dispute_id,
        role=role,
        name=rng.choice(SURNAMES) + rng.choice(GIVEN) + rng.choice(GIVEN),
        id_number=identity(number),
        phone=f"0990{number:07d}",
        address=f"梨子村{1 + number % 9}组",
    )


def made_case(number: int, rng: random.Random, **changes: object) -> list:
    """A dispute of October 2026 with its parties, sessions and agreement."""
    day = date(2026, 10, 1) + timedelta(days=rng.randrange(28))
    settled = rng.random() < 0.95
    base = number * 16
    dispute_id = f"{base:032x}"
    values: dict[str, object] = {
        "id": dispute_id,
        "revision": 1,
        "personal_revision": 1,
        "unit_id": VILLAGE.id,
        "year": 2026,
        "number": number,
        "type": rng.choice(list(BY_CODE)),
        "source": rng.choice(list(Source)),
        "intake_on": day,
        "closed_on": day + timedelta(days=2),
        "place": f"梨子村{1 + number % 9}组院坝",
        "facts": f"双方因第{number}号地块边界发生争执，经现场丈量后协商。",
        "people": 2 + rng.randrange(3),
        "complex": rng.random() < 0.1,
        "mediator_ids": ("f" * 32,),
        "status": CaseStatus.CLOSED,
        "outcome": Outcome.SETTLED if settled else Outcome.FAILED,
        "performance": Performance.KEPT if settled else None,
    }
    dispute = Dispute(**(values | changes))  # type: ignore[arg-type]
    made: list = [
        dispute,
        _person(rng, dispute_id, PartyRole.APPLICANT, base + 1),
        _person(rng, dispute_id, PartyRole.RESPONDENT, base + 2),
        MediationSession(
            id=f"{base + 3:032x}",
            revision=1,
            personal_revision=1,
            dispute_id=dispute_id,
            held_on=day,
            time="上午9时",
            mediator_ids=("f" * 32,),
            recorder="李明",
            narrative="双方陈述了事情经过，调解员讲解了有关规定。",
            result=SessionResult.SETTLED if settled else SessionResult.FAILED,
        ),
    ]
    if settled:
        agreement = Agreement(
            id=f"{base + 4:032x}",
            revision=1,
            personal_revision=1,
            dispute_id=dispute_id,
            form=rng.choice(list(AgreementForm)),
            agreed_on=day,
            content="双方以石桩为界，互不越界耕种。",
            amount_fen=rng.randrange(0, 1_000_000) * 10,
        )
        promise = Promise(
            id=f"{base + 5:032x}",
            revision=1,
            personal_revision=1,
            dispute_id=dispute_id,
            agreement_id=agreement.id,
            what="立石桩",
        )
        made += [agreement, promise]
    if number % 10 == 0:
        made.append(
            Referral(
                id=f"{base + 6:032x}",
                revision=1,
                personal_revision=1,
                dispute_id=dispute_id,
                direction=Direction.IN,
                channel=ReferralChannel.POLICE,
                body="派出所",
                letter_on=day,
            )
        )
    return made


def _works() -> list:
    common = {"revision": 1, "personal_revision": 1, "unit_id": VILLAGE.id}
    screening = Screening(
        id="c1".rjust(32, "0"), screened_on=date(2026, 10, 9), area="全村", prevented=2, **common
    )
    old = Screening(
        id="c2".rjust(32, "0"), screened_on=date(2026, 9, 9), area="全村", prevented=5, **common
    )
    prevention = Prevention(
        id="c3".rjust(32, "0"),
        prevented_on=date(2026, 10, 11),
        kind=PreventionKind.CRIME,
        cases=1,
        persons=4,
        **common,
    )
    publicity = Publicity(
        id="c4".rjust(32, "0"), held_on=date(2026, 10, 12), topic="民法典进院坝", **common
    )
    return [screening, old, prevention, publicity]


def made_contents(cases: int = 12, *, seed: int = 1, **head: object) -> PackageContents:
    """A package of `cases` disputes with screenings, preventions and publicity."""
    rng = random.Random(seed)
    mediator = Mediator(id="f" * 32, revision=1, unit_id=VILLAGE.id, name="李明")
    batches = tuple(made_case(number, rng) for number in range(1, cases + 1))
    return PackageContents(made_head(**head), (VILLAGE, mediator, *_works()), batches)


def records_of(contents: PackageContents) -> tuple[Record, ...]:
    """All records of the package in their order."""
    return (*contents.others, *chain.from_iterable(contents.batches))


def each_changed(contents: PackageContents, change: Callable[[Record], Record]) -> PackageContents:
    """The package with every record as `change` makes it."""
    others = tuple(map(change, contents.others))
    batches = [list(map(change, batch)) for batch in contents.batches]
    return replace(contents, others=others, batches=batches)


def counts_for(contents: PackageContents) -> Counts:
    """The counts a register would give for the package."""
    return counts_of(Shelf(contents.head, records_of(contents)))


def nil_contents(period: Period = OCTOBER) -> PackageContents:
    """A nil report."""
    return PackageContents(made_head(calibre=Calibre(period)), (VILLAGE,), ())
