"""What ties a demo dispute to others: letters in and out, risk levels, things averted."""

from datetime import date, timedelta

from mediation_desk.desk.demo.scene import Scene
from mediation_desk.desk.demo.texts import table
from mediation_desk.domain.codes import Direction, Outcome, ReferralChannel, RiskLevel, Source
from mediation_desk.domain.handling import Referral, RiskEntry
from mediation_desk.domain.prevention import Prevention

_CHANNELS = {
    Source.COURT: ReferralChannel.COURT,
    Source.PROCURATORATE: ReferralChannel.PROCURATORATE,
    Source.POLICE: ReferralChannel.POLICE,
    Source.PETITION: ReferralChannel.PETITION,
    Source.OTHER: ReferralChannel.OTHER,
}
_TITLE_TYPE = "07"
_ANSWER_DAYS = 35
_HIGH = (RiskLevel.ORANGE, RiskLevel.RED)


def _body(key: str, year: int, number: int) -> tuple[str, str]:
    """A body and the number of a letter to or from it."""
    name, word = table("phrases")["bodies"][key]
    return name, f"{word}〔{year}〕{number}号"


def _answer_day(scene: Scene, ended_on: date | None) -> date | None:
    if ended_on is None:
        return None
    return min(ended_on + timedelta(days=scene.rng.randint(0, 3)), scene.today)


def _letter_in(scene: Scene) -> Referral:
    course, source = scene.course, scene.plan.source
    body, letter = _body(source.value, course.letter_on.year, scene.rng.randint(2, 60))
    answered_on = _answer_day(scene, course.ended_on)
    settled = scene.plan.end is Outcome.SETTLED
    answer = scene.phrase("answers_settled" if settled else "answers_failed")
    return Referral(
        id=scene.new_id("referral"),
        dispute_id=scene.dispute_id,
        direction=Direction.IN,
        channel=_CHANNELS[source],
        body=body,
        letter_number=letter,
        letter_on=course.letter_on,
        first_petition=source is Source.PETITION,
        consent_on=course.intake_on,
        answer_due_on=course.letter_on + timedelta(days=_ANSWER_DAYS),
        answered_on=answered_on,
        answer=answer if answered_on else "",
    )


def _letter_out(
    scene: Scene, channel: ReferralChannel, days: tuple[date, date | None], answer: str
) -> Referral:
    sent_on, answered_on = days
    key = ReferralChannel.LAWSUIT if channel is ReferralChannel.COURT else channel
    body, letter = _body(key.value, sent_on.year, scene.plan.serial + 1)
    return Referral(
        id=scene.new_id("referral", 1),
        dispute_id=scene.dispute_id,
        direction=Direction.OUT,
        channel=channel,
        body=body,
        letter_number=letter,
        letter_on=sent_on,
        consent_on=sent_on,
        answered_on=answered_on,
        answer=answer if answered_on else "",
    )


def _out(scene: Scene) -> Referral | None:
    course, end = scene.course, scene.plan.end
    if course.court_on is not None:
        days = (course.court_on, course.court_answered_on)
        return _letter_out(scene, ReferralChannel.CONFIRMATION, days, scene.phrase("confirmed"))
    if course.ended_on is None or end in {Outcome.SETTLED, Outcome.NOT_ACCEPTED}:
        return None
    days = (course.ended_on, _answer_day(scene, course.ended_on))
    if end is Outcome.TRANSFERRED:
        return _letter_out(scene, ReferralChannel.OTHER, days, scene.phrase("received"))
    if scene.story.type == _TITLE_TYPE:
        channel = ReferralChannel.ADMINISTRATIVE
        return _letter_out(scene, channel, days, scene.phrase("land_answer"))
    return None


def referrals_of(scene: Scene) -> tuple[Referral, ...]:
    """The letter that brought the dispute, and the one that went out with it."""
    came = [_letter_in(scene)] if scene.plan.handed_over else []
    went = _out(scene)
    return (*came, went) if went else tuple(came)


def _risk(scene: Scene, order: int, day: date, level: RiskLevel, phrase: str) -> RiskEntry:
    red = level is RiskLevel.RED
    return RiskEntry(
        id=scene.new_id("risk", order),
        dispute_id=scene.dispute_id,
        assessed_on=day,
        level=level,
        reasons=scene.phrase(phrase),
        owner=scene.mediators[0].name,
        reported_to="双龙司法所、双龙派出所" if red else "",
        reported_on=day if red else None,
    )


def risks_of(scene: Scene) -> tuple[RiskEntry, ...]:
    """The level at intake, and the lowest one when the dispute was over."""
    level, course = scene.story.risk, scene.course
    if level is None or course.intake_on is None:
        return ()
    phrase = "risk_high" if level in _HIGH else "risk_some"
    first = _risk(scene, 0, course.intake_on, level, phrase)
    if course.ended_on is None:
        return (first,)
    return first, _risk(scene, 1, course.ended_on, RiskLevel.BLUE, "risk_low")


def preventions_of(scene: Scene) -> tuple[Prevention, ...]:
    """What was averted in the first telling of the story, if it tells of such a thing."""
    averted, intake_on = scene.story.prevention, scene.course.intake_on
    if averted is None or intake_on is None or scene.plan.turn:
        return ()
    return (
        Prevention(
            id=scene.new_id("prevention"),
            unit_id=scene.plan.unit.id,
            dispute_id=scene.dispute_id,
            prevented_on=intake_on,
            kind=averted.kind,
            cases=1,
            persons=averted.persons,
            reason=averted.reason,
        ),
    )
