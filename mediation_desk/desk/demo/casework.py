"""One demo dispute from registering to archive, carried through the real steps."""

from dataclasses import replace

from mediation_desk.desk.demo.agreeing import agreement_of
from mediation_desk.desk.demo.linking import preventions_of, referrals_of, risks_of
from mediation_desk.desk.demo.people import People
from mediation_desk.desk.demo.scene import Scene
from mediation_desk.desk.demo.talking import before_the_end, visit_of
from mediation_desk.desk.demo.warning import reports_of, warnings_of
from mediation_desk.domain.casefile import CaseFile
from mediation_desk.domain.cases import Agent, Dispute, Party
from mediation_desk.domain.codes import (
    Confirmation,
    Difficulty,
    Outcome,
    PartyKind,
    Retention,
    RiskLevel,
    TerminationReason,
)
from mediation_desk.domain.handling import Agreement, MediationSession, Promise
from mediation_desk.domain.identity import age_on
from mediation_desk.domain.lifecycle import (
    accept,
    archive,
    refuse,
    settle,
    terminate,
    transfer,
    with_performance,
    with_session,
)

_OLD = 75
# In every so many of the open disputes somebody threatens.
_THREATENED = 2
# In every so many of the disputes nobody noted that the parties were told their rights.
_NOT_INFORMED = 25
_CLASSES = {
    Difficulty.PLAIN: Retention.SHORT,
    Difficulty.HARD: Retention.LONG,
    Difficulty.MAJOR: Retention.PERMANENT,
}
_LONG_KEPT_TYPES = ("03", "07", "08")
_REASONS = {Difficulty.HARD: "complex_hard", Difficulty.MAJOR: "complex_major"}


def _registered(scene: Scene) -> Dispute:
    plan, story = scene.plan, scene.story
    reason = _REASONS.get(story.difficulty)
    people = max(scene.rng.randint(*story.people), len(scene.parties))
    facts = scene.tell(story.facts)
    if plan.end is Outcome.NOT_ACCEPTED:
        facts += scene.tell(story.stuck) + "。"
    if scene.course.ended_on is None and plan.serial % _THREATENED == 0:
        # So that there is something to verify wherever somebody practises.
        facts += scene.phrase("scene_threat")
    return Dispute(
        id=scene.dispute_id,
        unit_id=plan.unit.id,
        year=plan.on.year,
        number=plan.number,
        type=story.type,
        source=plan.source,
        occurred_on=scene.course.occurred_on,
        place=f"{scene.words['village']}{scene.words['group']}{scene.words['place']}",
        facts=facts,
        requests=scene.tell(story.requests),
        people=people,
        claim_fen=scene.claim_fen,
        special_groups=story.special_groups,
        migrant_workers=story.migrant_workers,
        difficulty=story.difficulty,
        complex=reason is not None,
        complex_reason=scene.phrase(reason) if reason else "",
        escalation=scene.phrase("escalation") if story.risk is RiskLevel.RED else "",
        mediator_ids=tuple(mediator.id for mediator in scene.mediators),
        registrar=scene.recorder.name,
    )


def _taken_up(scene: Scene, talks: tuple[MediationSession, ...]) -> Dispute:
    dispute = _registered(scene)
    if scene.course.intake_on is None:
        return dispute
    dispute = accept(dispute, scene.course.intake_on)
    if scene.plan.serial % _NOT_INFORMED:
        dispute = replace(dispute, informed_on=scene.course.intake_on)
    for talk in talks:
        dispute = with_session(dispute, talk)
    return dispute


def _confirmation(scene: Scene) -> Confirmation:
    if scene.course.court_on is None:
        return Confirmation.NONE
    answered = scene.course.court_answered_on is not None
    return Confirmation.CONFIRMED if answered else Confirmation.APPLIED


def _ended(
    scene: Scene, dispute: Dispute, agreement: Agreement | None, promises: tuple[Promise, ...]
) -> Dispute:
    day, end = scene.course.ended_on, scene.plan.end
    if day is None:
        return dispute
    if agreement is not None:
        settled = with_performance(settle(dispute, agreement), promises, scene.today)
        visited = scene.course.visited_on is not None
        satisfied = scene.rng.random() > 0.03 if visited else None
        return replace(settled, confirmation=_confirmation(scene), satisfied=satisfied)
    if end is Outcome.NOT_ACCEPTED:
        return refuse(dispute, day, scene.story.refusal, remedies_told=True)
    if end is Outcome.TRANSFERRED:
        return transfer(dispute, day)
    failed = end is Outcome.FAILED
    reason = TerminationReason.NO_AGREEMENT if failed else TerminationReason.PARTY
    return terminate(dispute, day, reason, remedies_told=True)


def _put_away(scene: Scene, dispute: Dispute) -> Dispute:
    if scene.course.archived_on is None:
        return dispute
    retention = _CLASSES[dispute.difficulty]
    if retention is Retention.SHORT and dispute.type in _LONG_KEPT_TYPES:
        retention = Retention.LONG
    filed = archive(dispute, scene.course.archived_on, retention)
    by, checked = scene.recorder.name, scene.mediators[0].name
    return replace(filed, filed_by=by, reviewed_by=checked)


def _agents(scene: Scene, people: People) -> tuple[Agent, ...]:
    """Old people bring a son or daughter along, and firms send somebody now and then."""
    made = []
    for order, party in enumerate(scene.parties):
        if not _needs_agent(scene, party):
            continue
        person = people.person((30, 50))
        made.append(
            Agent(
                id=scene.new_id("agent", order),
                dispute_id=scene.dispute_id,
                party_id=party.id,
                name=person.name,
                id_number=person.id_number,
                phone=person.phone,
            )
        )
    return tuple(made)


def _needs_agent(scene: Scene, party: Party) -> bool:
    if party.kind is not PartyKind.NATURAL:
        return scene.rng.random() < 0.5
    old = party.born_on is not None and age_on(party.born_on, scene.plan.on) >= _OLD
    return old and scene.rng.random() < 0.4


def casefile_of(scene: Scene, people: People) -> CaseFile:
    """The whole file of one dispute as it stands today."""
    talks = before_the_end(scene)
    dispute = _taken_up(scene, talks)
    agreement: Agreement | None = None
    promises: tuple[Promise, ...] = ()
    if scene.course.ended_on is not None and scene.plan.end is Outcome.SETTLED:
        agreement, promises = agreement_of(scene, scene.course.ended_on)
    dispute = _put_away(scene, _ended(scene, dispute, agreement, promises))
    return CaseFile(
        dispute=dispute,
        parties=scene.parties,
        agents=_agents(scene, people),
        sessions=(*talks, *visit_of(scene, promises)),
        agreement=agreement,
        promises=promises,
        referrals=referrals_of(scene),
        risks=risks_of(scene),
        warnings=warnings_of(scene),
        reports=reports_of(scene),
        preventions=preventions_of(scene),
    )
