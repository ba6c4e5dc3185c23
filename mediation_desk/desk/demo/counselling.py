"""Help beside mediation in the demo: legal aid, consultations, advisers taking part in talks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from mediation_desk.desk.demo.people import People
from mediation_desk.desk.demo.planning import first_day
from mediation_desk.desk.demo.texts import chance, identity, table
from mediation_desk.domain.aiding import with_state
from mediation_desk.domain.casefile import CaseFile
from mediation_desk.domain.codes import (
    Difficulty,
    LegalAidState,
    Outcome,
    PartyKind,
    SessionKind,
)
from mediation_desk.domain.handling import MediationSession
from mediation_desk.domain.limits import Limits
from mediation_desk.domain.organisation import Adviser, Unit
from mediation_desk.domain.settings import Settings
from mediation_desk.domain.support import Consultation, LegalAid

# Days between two consultations of one village.
_COUNSEL_GAP = (40, 75)
_FORMS = ("现场", "现场", "电话", "微信")
_IN_TALK = 0.12
# A dispute that nobody could settle is often taken further with legal aid.
_HELPED = 0.5
_REFUSED_ONE_IN = 5
# In the first units somebody is being helped just now: how far that has come, begun how many days
# ago; the last of them has waited longer for the answer than it should take.
_JUST_NOW = (
    (LegalAidState.HELPING, 1),
    (LegalAidState.APPLIED, 4),
    (LegalAidState.ACCEPTED, 6),
    (LegalAidState.APPLIED, 12),
)


@dataclass(frozen=True, slots=True)
class Support:
    """All such help of one unit."""

    legal_aids: tuple[LegalAid, ...]
    consultations: tuple[Consultation, ...]


def with_advisers(case: CaseFile, adviser: Adviser | None, seed: int) -> CaseFile:
    """`case` with the village's legal adviser in the talks of hard cases and of some others."""
    if adviser is None:
        return case
    rng = chance(seed, "advised", case.dispute.id)
    hard = case.dispute.difficulty is not Difficulty.PLAIN

    def advised(session: MediationSession) -> MediationSession:
        wanted = hard or rng.random() < _IN_TALK
        if session.kind is not SessionKind.MEDIATION or not wanted:
            return session
        return replace(session, adviser_ids=(adviser.id,))

    return replace(case, sessions=tuple(advised(session) for session in case.sessions))


def support_of(
    unit: Unit,
    place: int,
    cases: Sequence[CaseFile],
    advisers: Mapping[str, Adviser],
    people: People,
    seed: int,
) -> Support:
    """Legal aid and counsel in the `place`th unit up to today."""
    rng = chance(seed, "support", unit.id)
    aids = [
        _of_a_case(case, people.today, rng, seed)
        for case in cases
        if case.dispute.outcome in {Outcome.FAILED, Outcome.TERMINATED} and rng.random() < _HELPED
    ]
    span = (people.today - first_day(people.today)).days
    # One long ago, and in some units one that is still under way.
    told: list[tuple[LegalAidState | None, int]] = [(None, rng.randrange(60, span))]
    told += _JUST_NOW[place : place + 1]
    for order, (last, days) in enumerate(told):
        day = people.today - timedelta(days=days)
        blank = _by_itself(unit, order, day, people, rng, seed)
        aids.append(_carried(blank, people.today, rng, last))
    asked = _consultations(unit, advisers.get(unit.id), people, rng, seed)
    return Support(tuple(aids), tuple(asked))


def _of_a_case(case: CaseFile, today: date, rng: Random, seed: int) -> LegalAid:
    natural = [party for party in case.parties if party.kind is PartyKind.NATURAL]
    ended = case.dispute.closed_on or today
    return _carried(
        LegalAid(
            id=identity(seed, "legal_aid", case.dispute.id),
            unit_id=case.dispute.unit_id,
            dispute_id=case.dispute.id,
            applicant=natural[0].name,
            matter=case.dispute.requests,
            helped_on=min(ended + timedelta(days=rng.randint(0, 6)), today),
            body=table("phrases")["aid"]["body"],
        ),
        today,
        rng,
    )


def _by_itself(
    unit: Unit, order: int, day: date, people: People, rng: Random, seed: int
) -> LegalAid:
    texts = table("phrases")["aid"]
    return LegalAid(
        id=identity(seed, "legal_aid", unit.id, order),
        unit_id=unit.id,
        applicant=people.person().name,
        matter=rng.choice(texts["matters"]) + "。",
        helped_on=day,
        body=texts["body"],
    )


def _carried(
    aid: LegalAid, today: date, rng: Random, last: LegalAidState | None = None
) -> LegalAid:
    """`aid` as far on its way as it can be today, or as `last`."""
    texts = table("phrases")["aid"]
    refused = rng.randrange(_REFUSED_ONE_IN) == 0
    end = LegalAidState.REFUSED if refused else LegalAidState.APPROVED
    lawyer: str = rng.choice(texts["lawyers"])
    day = aid.helped_on
    for state, most in ((LegalAidState.APPLIED, 3), (LegalAidState.ACCEPTED, 2), (end, 4)):
        day += timedelta(days=rng.randint(1, most))
        if day > today or aid.state is last:
            return aid
        aid = with_state(aid, state, day, Limits(Settings()))
    answer: str = texts["refused" if refused else "approved"]
    return replace(aid, answer=answer, lawyer="" if refused else lawyer)


def _consultations(
    unit: Unit, adviser: Adviser | None, people: People, rng: Random, seed: int
) -> list[Consultation]:
    if adviser is None:
        return []
    made: list[Consultation] = []
    asked = table("phrases")["counsel"]
    day = first_day(people.today) + timedelta(days=rng.randint(5, _COUNSEL_GAP[0]))
    while day <= people.today:
        told = asked[rng.randrange(len(asked))]
        made.append(
            Consultation(
                id=identity(seed, "consultation", unit.id, len(made)),
                unit_id=unit.id,
                adviser_id=adviser.id,
                held_on=day,
                form=rng.choice(_FORMS),
                person=people.person().name,
                matter=told["matter"] + "。",
                advice=told["advice"] + "。",
            )
        )
        day += timedelta(days=rng.randint(*_COUNSEL_GAP))
    return made
