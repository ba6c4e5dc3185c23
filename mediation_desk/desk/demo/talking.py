"""The sessions of a demo dispute: inquiry, talks and the visit afterwards."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from mediation_desk.desk.demo.scene import Scene
from mediation_desk.desk.demo.texts import table
from mediation_desk.domain.codes import Outcome, SessionKind, SessionResult, UnitKind, VisitForm
from mediation_desk.domain.handling import MediationSession, Promise

# The visit stands after an inquiry and at most four talks.
_VISIT = 9

_RESULTS = {
    Outcome.SETTLED: SessionResult.SETTLED,
    Outcome.FAILED: SessionResult.FAILED,
    Outcome.TERMINATED: SessionResult.FAILED,
}


def _place(scene: Scene) -> str:
    if scene.plan.unit.kind is UnitKind.TOWNSHIP:
        return str(table("phrases")["place_of_township"])
    return scene.phrase("places_of_talk")


def _both_say(scene: Scene) -> str:
    story = scene.story
    return scene.tell(f"{{a}}称：{story.a_says}。{{b}}称：{story.b_says}。")


def _ending(scene: Scene) -> str:
    if scene.plan.end is Outcome.SETTLED:
        return scene.tell(scene.story.talk) + "。" + scene.phrase("settled")
    stuck = scene.tell(scene.story.stuck) if scene.story.stuck else scene.phrase("stuck")
    if scene.plan.end is Outcome.TRANSFERRED:
        return stuck
    return stuck + "。" + scene.phrase("failed")


def _in_between(scene: Scene, order: int) -> str:
    """What happened in a talk that was neither first nor last, each time something else."""
    said = table("phrases")["middle"]
    return scene.tell(said[(scene.plan.serial + order) % len(said)])


def _narrative(scene: Scene, order: int, *, ends: bool) -> str:
    parts = []
    if order == 0:
        parts.append(scene.phrase("openings") + "。" + _both_say(scene).rstrip("。"))
    elif ends:
        parts.append(scene.phrase("again"))
    if ends:
        parts.append(_ending(scene))
    else:
        parts.append(scene.phrase("continued") if order == 0 else _in_between(scene, order))
    return "。".join(parts) + "。"


def _session(
    scene: Scene, order: int, day: date, kind: SessionKind, narrative: str
) -> MediationSession:
    return MediationSession(
        id=scene.new_id("session", order),
        dispute_id=scene.dispute_id,
        kind=kind,
        held_on=day,
        time=scene.rng.choice(table("phrases")["times"]),
        place=_place(scene),
        participants="、".join(party.name for party in scene.parties),
        mediator_ids=tuple(mediator.id for mediator in scene.mediators),
        recorder=scene.recorder.name,
        narrative=narrative,
    )


def _inquiry(scene: Scene, day: date) -> MediationSession:
    made = _session(scene, 0, day, SessionKind.INQUIRY, scene.phrase("inquiry") + "。")
    return replace(made, asked=scene.witness, participants=scene.witness)


def _talk(scene: Scene, order: int, day: date, *, last: bool) -> MediationSession:
    ends = last and scene.course.ended_on is not None
    made = _session(
        scene, order + 1, day, SessionKind.MEDIATION, _narrative(scene, order, ends=ends)
    )
    result = SessionResult.CONTINUED
    if ends and scene.plan.end is not None:
        result = _RESULTS.get(scene.plan.end, result)
    return replace(made, result=result)


def before_the_end(scene: Scene) -> tuple[MediationSession, ...]:
    """The inquiry, if there was one, and the talks."""
    course = scene.course
    asked = [_inquiry(scene, course.inquiry_on)] if course.inquiry_on else []
    last = len(course.talks) - 1
    talks = [_talk(scene, order, day, last=order == last) for order, day in enumerate(course.talks)]
    return (*asked, *talks)


def _visit_phrase(promises: Sequence[Promise], day: date) -> str:
    waiting = [promise for promise in promises if not promise.kept_on or promise.kept_on > day]
    if not waiting:
        return "visit_kept"
    overdue = any(promise.due_on and promise.due_on < day for promise in waiting)
    return "visit_overdue" if overdue else "visit_open"


def visit_of(scene: Scene, promises: Sequence[Promise]) -> tuple[MediationSession, ...]:
    """The visit after the agreement, none if its day has not come."""
    day = scene.course.visited_on
    if day is None:
        return ()
    narrative = scene.phrase(_visit_phrase(promises, day)) + "。"
    made = _session(scene, _VISIT, day, SessionKind.VISIT, narrative)
    form = scene.rng.choice((VisitForm.DOOR, VisitForm.DOOR, VisitForm.CALL))
    return (replace(made, visit_form=form),)
