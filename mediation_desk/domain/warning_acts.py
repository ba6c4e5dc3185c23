"""What a person does about a warning: true with a level, unfounded, dealt with, instructed.

Each gives the case file as it is afterwards. A level is only ever set here or in the form of the
level itself, never by a rule; what was there before stays in the history.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from mediation_desk.domain.casefile import CaseFile
from mediation_desk.domain.codes import RiskLevel
from mediation_desk.domain.early_warning import raised, uncovered
from mediation_desk.domain.handling import RiskEntry
from mediation_desk.domain.problems import DeskError
from mediation_desk.domain.record import new_id
from mediation_desk.domain.risk_levels import due_by
from mediation_desk.domain.settings import Settings
from mediation_desk.domain.warning_codes import NoticeState, WarningRule
from mediation_desk.domain.warning_notice import WarningNotice
from mediation_desk.domain.warning_rules import Sign
from mediation_desk.words import tr


@dataclass(frozen=True, slots=True)
class By:
    """Who acts, at which desk, at which moment."""

    actor: str
    desk_id: str
    now: datetime

    @property
    def today(self) -> date:
        """The day of it."""
        return self.now.date()


def notice_about(
    case: CaseFile, rule: WarningRule, signs: Iterable[Sign], by: By
) -> WarningNotice | None:
    """The notice of a rule to act on: one still open, or raised now of what the rules find.

    None where neither a notice nor a sign of the rule is there any more.
    """
    mine = [entry for entry in case.warnings if entry.rule is rule]
    sign = next((entry for entry in uncovered(signs, mine) if entry.rule is rule), None)
    own = next((entry for entry in mine if entry.desk_id == by.desk_id), None)
    if sign is not None:
        return raised(sign, own, by.desk_id, by.actor, by.today)
    waiting = (entry for entry in mine if entry.state is NoticeState.OPEN)
    found = next(waiting, None) or next(
        (entry for entry in mine if entry.state is NoticeState.CONFIRMED), None
    )
    return found or own or (mine[-1] if mine else None)


def _with(case: CaseFile, notice: WarningNotice) -> CaseFile:
    others = (entry for entry in case.warnings if entry.id != notice.id)
    return replace(case, warnings=(*others, notice))


def next_risk(
    case: CaseFile, level: RiskLevel, owner: str, reasons: str, by: By, settings: Settings
) -> RiskEntry:
    """The next entry of the level's history, with the hours that the level gives."""
    return RiskEntry(
        id=new_id(),
        dispute_id=case.dispute.id,
        assessed_on=by.today,
        position=max((entry.position for entry in case.risks), default=0) + 1,
        level=level,
        reasons=reasons,
        owner=owner,
        due_by=due_by(level, by.now, settings),
    )


def confirmed(case: CaseFile, notice: WarningNotice, risk: RiskEntry, by: By) -> CaseFile:
    """The case with the warning found true and its level entered as `risk`."""
    told = replace(
        notice,
        state=NoticeState.CONFIRMED,
        level=risk.level,
        decided_on=by.today,
        decided_by=by.actor,
    )
    return replace(_with(case, told), risks=(*case.risks, risk))


def rejected(case: CaseFile, notice: WarningNotice, by: By) -> CaseFile:
    """The case with the warning found unfounded for the reason in `notice`.

    Its evidence is remembered: nobody is asked again until there is more of it.
    """
    if not notice.decision.strip():
        words = tr("没有写为什么不成立。")
        raise DeskError(words + tr("请写明理由，有新情况时程序才会再提醒。"))
    told = replace(
        notice,
        state=NoticeState.REJECTED,
        level=None,
        decided_on=by.today,
        decided_by=by.actor,
    )
    return _with(case, told)


def disposed(case: CaseFile, notice: WarningNotice, by: By) -> CaseFile:
    """The case with the warning dealt with, as `notice` tells; its level is another matter."""
    if not notice.disposal.strip():
        raise DeskError(tr("没有写处置情况。") + tr("请写明怎样处置、结果怎样。"))
    told = replace(notice, state=NoticeState.DISPOSED, disposed_on=by.today, disposed_by=by.actor)
    return _with(case, told)


def instructed(case: CaseFile, notice: WarningNotice, by: By) -> CaseFile:
    """The case with what the office wants done, as `notice` tells."""
    if not notice.instruction.strip():
        raise DeskError(tr("没有写意见。") + tr("请写明要村里做什么、什么时候做完。"))
    return _with(case, replace(notice, instructed_on=by.today, instructed_by=by.actor))
