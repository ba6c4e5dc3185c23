"""Early warning (预警): what a notice still asks for, how far it has come, what is to report."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from mediation_desk.domain.cases import Dispute
from mediation_desk.domain.codes import Outcome, Performance, RiskLevel
from mediation_desk.domain.handling import RiskEntry
from mediation_desk.domain.record import Record
from mediation_desk.domain.risk_levels import is_high, level_words, practice
from mediation_desk.domain.settings import Settings
from mediation_desk.domain.warning_codes import NoticeState, ReportBody, WarningRule, WarningStep
from mediation_desk.domain.warning_notice import UrgentReport, WarningNotice, notice_id
from mediation_desk.domain.warning_rules import Sign, is_open
from mediation_desk.words import tr

# 人民调解法 Art 25 asks for a report to the police or another body; the office is another matter.
OF_ARTICLE_25 = frozenset((ReportBody.POLICE, ReportBody.DEPARTMENT, ReportBody.GOVERNMENT))
_OF_PERSONS = frozenset((WarningRule.REPEATED, WarningRule.LINKED))


# The level


def last_risk(risks: Iterable[RiskEntry]) -> RiskEntry | None:
    """The entry of the level's history that counts now."""
    told = [entry for entry in risks if not entry.void_reason]
    return max(told, key=lambda entry: (entry.assessed_on, entry.position, entry.id), default=None)


def level_now(dispute: Dispute, risks: Iterable[RiskEntry]) -> RiskLevel | None:
    """The level of an open dispute; a closed one has none any more."""
    last = last_risk(risks)
    return last.level if last is not None and is_open(dispute) else None


def high_level(
    dispute: Dispute, risks: Iterable[RiskEntry], settings: Settings
) -> tuple[str, str] | None:
    """The words and the tone of an open dispute's level that is high; None for any other."""
    level = level_now(dispute, risks)
    if level is None or not is_high(level, settings):
        return None
    said = tr("{level}风险").format(level=level_words(level, settings))
    return said, practice(level, settings).tone


# The report


def _since(risks: Iterable[RiskEntry], settings: Settings) -> RiskEntry | None:
    """The first entry of the last unbroken run of levels that are reported at once."""
    told = sorted(
        (entry for entry in risks if not entry.void_reason),
        key=lambda entry: (entry.assessed_on, entry.position, entry.id),
    )
    first = None
    for entry in reversed(told):
        if not practice(entry.level, settings).at_once:
            break
        first = entry
    return first


@dataclass(frozen=True, slots=True)
class Reporting:
    """What must be reported of a dispute since when: to the police or a department, to the office.

    `due_by` is the moment by which its level wants the handling, or empty.
    """

    since: date
    due_by: str
    to_body: bool
    to_office: bool

    @property
    def owed(self) -> bool:
        """Whether anything is still to be reported."""
        return self.to_body or self.to_office


def reporting(
    dispute: Dispute,
    risks: Sequence[RiskEntry],
    reports: Iterable[UrgentReport],
    settings: Settings,
) -> Reporting | None:
    """What must be reported of a dispute whose level is reported at once; None for any other.

    人民调解法 Art 25: what may become a public-order or criminal case is reported promptly. That a
    village also tells its office is one county's rule, so a setting turns it off.
    """
    first = _since(risks, settings)
    if first is None or not is_open(dispute):
        return None
    since = first.assessed_on
    told = [entry for entry in reports if not entry.void_reason and entry.reported_on >= since]
    # As the level's own entry notes it, without words.
    noted = any(
        entry.reported_on is not None and not entry.void_reason and entry.reported_on >= since
        for entry in risks
    )
    to_body = not noted and not any(entry.body_kind in OF_ARTICLE_25 for entry in told)
    asked = settings.escalation_hours > 0
    to_office = asked and not any(entry.body_kind is ReportBody.OFFICE for entry in told)
    last = last_risk(risks)
    return Reporting(since, last.due_by if last else "", to_body, to_office and not noted)


# Notices and signs


def _grown(new: str, known: Iterable[str]) -> bool:
    name, counted, count = new.rpartition("=")
    if not counted:
        return new not in known
    counts = [entry.rpartition("=") for entry in known]
    before = [int(value) for own, _, value in counts if own == name and value.isdigit()]
    return int(count) > max(before, default=-1)


def covers(notice: WarningNotice, sign: Sign) -> bool:
    """Whether a notice told all that a sign tells, so that nobody need be asked again."""
    same = notice.rule is sign.rule and notice.dispute_id == sign.dispute_id
    known = notice.evidence.split()
    told = not any(_grown(entry, known) for entry in sign.evidence)
    return same and told and not notice.void_reason


def uncovered(signs: Iterable[Sign], notices: Sequence[WarningNotice]) -> list[Sign]:
    """The signs that no notice tells of."""
    return [sign for sign in signs if not any(covers(entry, sign) for entry in notices)]


def raised(
    sign: Sign, before: WarningNotice | None, desk_id: str, actor: str, today: date
) -> WarningNotice:
    """The notice of a sign to be asked about: new, or raised anew because there is more evidence.

    What was found before stays in its history.
    """
    blank = WarningNotice(
        id=notice_id(sign.dispute_id, sign.rule, desk_id),
        dispute_id=sign.dispute_id,
        desk_id=desk_id,
        rule=sign.rule,
        raised_on=today,
        raised_by=actor,
        reason=sign.reason,
        evidence=" ".join(sign.evidence),
        suggested=sign.suggested,
    )
    if before is None:
        return blank
    return replace(
        blank,
        revision=before.revision,
        personal_revision=before.personal_revision,
        instructed_on=before.instructed_on,
        instructed_by=before.instructed_by,
        instruction=before.instruction,
    )


def raised_first(one: Record, other: Record) -> WarningNotice | None:
    """Of two notices that differ at most in when and by whom they were raised the earlier one.

    A desk put back from a backup raises again by itself what it had raised; when it did so first
    nobody can tell but the notice. None for all else.
    """
    if not (isinstance(one, WarningNotice) and isinstance(other, WarningNotice)):
        return None
    first, last = sorted((one, other), key=lambda entry: (entry.raised_on, entry.raised_by))
    alike = replace(last, raised_on=first.raised_on, raised_by=first.raised_by)
    return first if alike == first else None


def unkept(dispute: Dispute) -> bool:
    """Whether an agreement is still to be kept."""
    over = (Performance.KEPT, Performance.SUED)
    settled = dispute.outcome is Outcome.SETTLED and not dispute.void_reason
    return settled and dispute.performance not in over


def is_live(rule: WarningRule, dispute: Dispute) -> bool:
    """Whether a warning of `rule` about a dispute still wants something to be done.

    One about persons does not end with the dispute that it hangs on.
    """
    if rule in _OF_PERSONS:
        return not dispute.void_reason
    return is_open(dispute) or (rule is WarningRule.UNPAID and unkept(dispute))


def is_asked(notice: WarningNotice, dispute: Dispute) -> bool:
    """Whether a person still has to say what a notice is worth."""
    waits = notice.state is NoticeState.OPEN and not notice.void_reason
    return waits and is_live(notice.rule, dispute)


def step_of(notice: WarningNotice, dispute: Dispute, mediated_on: date | None) -> WarningStep:
    """How far a warning has come of the four steps: found, warned, being mediated, dealt with.

    `mediated_on` is the day of the dispute's last mediation or visit.
    """
    if notice.state is NoticeState.DISPOSED or not is_live(notice.rule, dispute):
        return WarningStep.DISPOSED
    if notice.state is not NoticeState.CONFIRMED:
        return WarningStep.SCREENED
    since = notice.decided_on or notice.raised_on
    mediated = mediated_on is not None and mediated_on >= since
    return WarningStep.MEDIATING if mediated else WarningStep.WARNED
