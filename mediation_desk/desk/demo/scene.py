"""One dispute on stage: who takes part, which words fill its texts, how its ids are made."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from random import Random

from mediation_desk.desk.demo.course import Course, course_of
from mediation_desk.desk.demo.people import People, Person
from mediation_desk.desk.demo.planning import Plan
from mediation_desk.desk.demo.stories import Story
from mediation_desk.desk.demo.texts import chance, identity, table
from mediation_desk.domain.cases import Party
from mediation_desk.domain.codes import PartyKind, PartyRole, Sex, UnitKind
from mediation_desk.domain.money import yuan
from mediation_desk.domain.organisation import Mediator, Unit

_GROUPS = 6
_FEN = 100


@dataclass(frozen=True, slots=True)
class Stage:
    """What all disputes of the township share."""

    seed: int
    today: date
    people: People
    villages: tuple[Unit, ...]
    mediators: Mapping[str, tuple[Mediator, ...]]


@dataclass(frozen=True, slots=True)
class Scene:
    """One dispute being told; `amount_fen` is what the agreement will be about."""

    plan: Plan
    course: Course
    seed: int
    today: date
    rng: Random
    parties: tuple[Party, ...]
    mediators: tuple[Mediator, ...]
    recorder: Mediator
    witness: str
    words: Mapping[str, str]
    amount_fen: int
    claim_fen: int

    @property
    def story(self) -> Story:
        """The pattern that is told."""
        return self.plan.story

    @property
    def dispute_id(self) -> str:
        """The identity of the dispute."""
        return identity(self.seed, "dispute", self.plan.serial)

    def new_id(self, kind: str, order: int = 0) -> str:
        """The identity of the `order`th record of that kind in this dispute."""
        return identity(self.seed, kind, self.plan.serial, order)

    def tell(self, text: str, **more: str) -> str:
        """`text` with the words of this dispute in it."""
        return text.format_map({**self.words, **more})

    def phrase(self, name: str, **more: str) -> str:
        """One of the shared sentences of that name, or the one there is."""
        shared = table("phrases")[name]
        return self.tell(shared if isinstance(shared, str) else self.rng.choice(shared), **more)

    def side(self, who: str) -> Party:
        """The first party of side a or b."""
        role = PartyRole.APPLICANT if who == "a" else PartyRole.RESPONDENT
        return next(party for party in self.parties if party.role is role)


_COUPLE = (((35, 47), Sex.FEMALE), ((36, 49), Sex.MALE))
_AGES: dict[str, tuple[tuple[tuple[int, int], Sex | None], tuple[tuple[int, int], Sex | None]]] = {
    "couple": _COUPLE,
    "betrothed": (((23, 31), Sex.MALE), ((22, 29), Sex.FEMALE)),
    "parent": (((71, 79), None), ((38, 50), None)),
    "siblings": (((34, 62), None), ((34, 62), None)),
    "elders": (((49, 74), None), ((49, 74), None)),
    "": (((33, 73), None), ((33, 73), None)),
}
_ONE_SURNAME = ("parent", "siblings")


def _cast(story: Story, people: People) -> tuple[list[Person], list[Person]]:
    (ages_a, sex_a), (ages_b, sex_b) = _AGES[story.kin]
    left = [people.person(ages_a, sex_a) for _ in range(story.applicants)]
    surname = left[0].surname if story.kin in _ONE_SURNAME else ""
    right = [people.person(ages_b, sex_b, surname) for _ in range(story.respondents)]
    return left, right


def _party(
    plan: Plan, seed: int, person: Person, role: PartyRole, position: int, address: str
) -> Party:
    return Party(
        id=identity(seed, "party", plan.serial, role.value, position),
        dispute_id=identity(seed, "dispute", plan.serial),
        position=position,
        role=role,
        name=person.name,
        sex=person.sex,
        ethnicity=person.ethnicity,
        born_on=person.born_on,
        id_number=person.id_number,
        occupation=person.occupation,
        phone=person.phone,
        address=address,
        registered_address=address,
    )


def _firm(plan: Plan, seed: int, people: People, name: str) -> Party:
    legal = name.endswith(("公司", "合作社"))
    return Party(
        id=identity(seed, "party", plan.serial, PartyRole.RESPONDENT.value, 1),
        dispute_id=identity(seed, "dispute", plan.serial),
        role=PartyRole.RESPONDENT,
        kind=PartyKind.LEGAL if legal else PartyKind.OTHER,
        name=name,
        phone=people.phone(),
        address="丰都县双龙镇",
        representative=people.person((35, 58)).name,
    )


def _parties(plan: Plan, stage: Stage, village: Unit, rng: Random) -> tuple[Party, ...]:
    left, right = _cast(plan.story, stage.people)
    together = plan.story.kin in {"couple", "betrothed"}
    home = f"丰都县双龙镇{village.name}{rng.randint(1, _GROUPS)}组"
    applicants = [
        _party(plan, stage.seed, person, PartyRole.APPLICANT, order, home)
        for order, person in enumerate(left, 1)
    ]
    if plan.story.firm:
        return (*applicants, _firm(plan, stage.seed, stage.people, rng.choice(plan.story.firm)))
    if not together:
        home = f"丰都县双龙镇{village.name}{rng.randint(1, _GROUPS)}组"
    respondents = [
        _party(plan, stage.seed, person, PartyRole.RESPONDENT, order, home)
        for order, person in enumerate(right, 1)
    ]
    return (*applicants, *respondents)


def _stepped(limits: Sequence[int], rng: Random) -> int:
    lowest, highest, step = limits
    return rng.randrange(lowest, highest + 1, step)


def _words(story: Story, parties: Sequence[Party], village: Unit, rng: Random) -> dict[str, str]:
    left = [party for party in parties if party.role is PartyRole.APPLICANT]
    right = [party for party in parties if party.role is PartyRole.RESPONDENT]
    words = {
        "a": left[0].name,
        "a2": left[-1].name,
        "b": right[0].name,
        "village": village.name,
        "word": village.name,
        "group": f"{rng.randint(1, _GROUPS)}组",
        "place": rng.choice(table("people")["places"]),
        "topic": story.topic,
    }
    place = rng.random()
    for name, choices in story.words.items():
        drawn = place if name in story.together else rng.random()
        words[name] = choices[int(drawn * len(choices))]
    words |= {name: str(_stepped(limits, rng)) for name, limits in story.numbers.items()}
    return words


def _mediators(plan: Plan, stage: Stage, rng: Random) -> tuple[list[Mediator], Mediator]:
    """Who mediates, and one more of the committee who keeps the record."""
    committee = stage.mediators[plan.unit.id]
    many = len(committee) if plan.story.prevention else rng.choice((1, 1, 2))
    *mediating, recorder = rng.sample(committee, min(many + 1, len(committee)))
    return mediating, recorder


def scene_of(plan: Plan, stage: Stage) -> Scene:
    """Set the stage for `plan`: the same plan, stage and seed give the same scene."""
    rng = chance(stage.seed, "scene", plan.serial)
    own = plan.unit.kind is UnitKind.TOWNSHIP
    village = rng.choice(stage.villages) if own else plan.unit
    course = course_of(plan, rng, stage.today)
    parties = _parties(plan, stage, village, rng)
    words = _words(plan.story, parties, village, rng)
    amount = _stepped(plan.story.amount, rng) * _FEN
    claim = amount * plan.story.claim_ratio
    day = course.occurred_on
    words |= {"occurred": f"{day.month}月{day.day}日"}
    words |= {"amount": yuan(amount), "claim": yuan(claim)}
    mediating, recorder = _mediators(plan, stage, rng)
    return Scene(
        plan=plan,
        course=course,
        seed=stage.seed,
        today=stage.today,
        rng=rng,
        parties=parties,
        mediators=tuple(mediating),
        recorder=recorder,
        witness=stage.people.person().name,
        words=words,
        amount_fen=amount,
        claim_fen=claim,
    )
