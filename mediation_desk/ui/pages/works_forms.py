"""Which form writes which record of a ledger."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from mediation_desk.desk import ledgers
from mediation_desk.domain.codes import LegalAidState
from mediation_desk.domain.prevention import Screening
from mediation_desk.domain.record import Record
from mediation_desk.domain.records import kind_of
from mediation_desk.domain.support import LegalAid
from mediation_desk.ui.pages.screening_form import ScreeningForm, turned
from mediation_desk.ui.pages.work_forms import (
    LegalAidForm,
    VoidForm,
    WorkForm,
    consultation_form,
    prevention_form,
    publicity_form,
)
from mediation_desk.ui.pages.works_history import WorkHistory
from mediation_desk.ui.pages.works_kinds import Ledger
from mediation_desk.ui.workplace import Workplace, today

__all__ = ["blank_form", "form_of", "history_of", "step_form", "turned", "void_form"]


def _screening_form(workplace: Workplace, shown: Screening) -> WorkForm:
    findings = ledgers.findings_of(workplace.register, [shown.id])
    return ScreeningForm(workplace, shown, findings)


_FORMS: dict[str, Callable[[Workplace, Any], WorkForm]] = {
    "screening": _screening_form,
    "publicity": publicity_form,
    "prevention": prevention_form,
    "legal_aid": LegalAidForm,
    "consultation": consultation_form,
}


def form_of(workplace: Workplace, record: Record) -> WorkForm:
    """The form to write or correct `record`."""
    return _FORMS[kind_of(record)](workplace, record)


def blank_form(workplace: Workplace, kind: str, dispute_id: str = "") -> WorkForm:
    """The form of a new record of the ledger `kind`, of a dispute if its id is given.

    Raises `DeskError` where no committee records its own work.
    """
    blank = ledgers.blank(workplace.register, kind, today(), workplace.actor)
    if dispute_id:
        blank = replace(blank, dispute_id=dispute_id)  # type: ignore[call-arg]
    return form_of(workplace, blank)


def step_form(workplace: Workplace, aid: Record, state: LegalAidState) -> WorkForm:
    """The form of an application for legal aid, its step to `state` begun."""
    if not isinstance(aid, LegalAid):
        raise TypeError(kind_of(aid))
    form = LegalAidForm(workplace, aid)
    form.step_to(state)
    return form


def history_of(workplace: Workplace, ledger: Ledger, record: Record) -> WorkHistory:
    """What was ever changed in `record`."""
    return WorkHistory(workplace, record, f"{ledger.tab} · {ledger.title(record)}")


def void_form(workplace: Workplace, ledger: Ledger, record: Record) -> WorkForm:
    """The form that strikes `record` out."""
    day = ledgers.day_of(ledger.kind, record)
    return VoidForm(workplace, record, f"{ledger.tab} · {day} · {ledger.title(record)}")
