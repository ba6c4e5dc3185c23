"""What early warning left in a demo dispute: the warning as it was verified, and who was told."""

from mediation_desk.desk.demo.scene import Scene
from mediation_desk.domain.codes import RiskLevel
from mediation_desk.domain.warning_codes import NoticeState, ReportBody, WarningRule
from mediation_desk.domain.warning_notice import UrgentReport, WarningNotice, notice_id

_HIGH = (RiskLevel.ORANGE, RiskLevel.RED)
_BODIES = ((ReportBody.POLICE, "双龙派出所"), (ReportBody.OFFICE, "双龙司法所"))


def warnings_of(scene: Scene) -> tuple[WarningNotice, ...]:
    """The warning of a dangerous story, dealt with once the dispute was over."""
    level, course = scene.story.risk, scene.course
    if level not in _HIGH or course.intake_on is None:
        return ()
    unit_id, who = scene.plan.unit.id, scene.recorder.name
    over = course.ended_on is not None
    rule = WarningRule.ESCALATION if level is RiskLevel.RED else WarningRule.GROUP
    reason = "scene_escalation" if level is RiskLevel.RED else "scene_group"
    return (
        WarningNotice(
            id=notice_id(scene.dispute_id, rule, unit_id),
            dispute_id=scene.dispute_id,
            desk_id=unit_id,
            rule=rule,
            raised_on=course.intake_on,
            raised_by=who,
            reason=scene.phrase(reason),
            # More than these stories will ever tell, so that nobody is asked about them again.
            evidence="escalation=999" if level is RiskLevel.RED else "people=999",
            suggested=RiskLevel.ORANGE,
            state=NoticeState.DISPOSED if over else NoticeState.CONFIRMED,
            level=level,
            decided_on=course.intake_on,
            decided_by=scene.mediators[0].name,
            decision=scene.phrase("scene_verified"),
            disposed_on=course.ended_on,
            disposed_by=scene.mediators[0].name if over else "",
            disposal=scene.phrase("risk_low") if over else "",
        ),
    )


def reports_of(scene: Scene) -> tuple[UrgentReport, ...]:
    """Whom the committee told of a red dispute."""
    day = scene.course.intake_on
    if scene.story.risk is not RiskLevel.RED or day is None:
        return ()
    return tuple(
        UrgentReport(
            id=scene.new_id("urgent_report", order),
            dispute_id=scene.dispute_id,
            reported_on=day,
            time=f"{9 + order}:20",
            body_kind=kind,
            body=body,
            manner="电话",
            reporter=scene.mediators[0].name,
            content=scene.phrase("scene_reported"),
            answered_on=day,
            answer=scene.phrase("scene_answered"),
        )
        for order, (kind, body) in enumerate(_BODIES)
    )
