"""How long a file is kept (保管期限, domain.md §4.5); nothing is ever destroyed by the program."""

from datetime import date

from mediation_desk.domain.cases import Dispute
from mediation_desk.domain.codes import Retention
from mediation_desk.domain.settings import Settings
from mediation_desk.words import tr


def years_kept(retention: Retention | None, settings: Settings) -> int | None:
    """The years of a class by local practice; None for what is kept for ever or has no class."""
    if retention is Retention.SHORT:
        return settings.retention_short_years
    return settings.retention_long_years if retention is Retention.LONG else None


def kept_until(dispute: Dispute, settings: Settings) -> date | None:
    """The last day on which the file is to be kept: so many whole years after that of archiving.

    None for what is kept for ever, has no class yet, or was not closed.
    """
    years, begun = years_kept(dispute.retention, settings), dispute.archived_on or dispute.closed_on
    if years is None or begun is None:
        return None
    return date(min(begun.year + years, date.max.year), 12, 31)


def retention_words(dispute: Dispute, settings: Settings) -> str:
    """Class, years and last day in words."""
    if dispute.retention is None:
        return tr("没有填写保管期限")
    if dispute.retention is Retention.PERMANENT:
        return tr("永久")
    until, years = kept_until(dispute, settings), years_kept(dispute.retention, settings)
    if until is None:
        return tr(dispute.retention.label)
    words = tr("{label}（{years}年），到{until}期满")
    return words.format(label=tr(dispute.retention.label), years=years, until=until.isoformat())
