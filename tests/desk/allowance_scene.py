"""Closed cases with a table of allowances, on one desk or on two."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from builders import a_case, a_session, an_agreement

from mediation_desk.domain.allowance import AllowanceGrade
from mediation_desk.domain.casefile import CaseFile
from mediation_desk.domain.codes import AgreementForm, Difficulty, Performance
from mediation_desk.domain.file_papers import Paper
from mediation_desk.domain.organisation import Mediator
from mediation_desk.domain.record import new_id
from mediation_desk.store.register import Register

WHO = "陶素芬"
DAY = date(2026, 10, 23)
PLAIN_PAPERS = (Paper.REGISTRATION.value, Paper.AGREEMENT.value, Paper.DATES.value)


def a_grade(**changes: Any) -> AllowanceGrade:
    values = {
        "id": new_id(),
        "name": "一般",
        "amount_fen": 10_001,
        "difficulty": Difficulty.PLAIN,
        "papers": PLAIN_PAPERS,
    }
    return AllowanceGrade(**(values | changes))


def the_table() -> tuple[AllowanceGrade, ...]:
    """Three grades; what the township of the tests pays."""
    hard = (*PLAIN_PAPERS, Paper.SESSION.value, Paper.VISIT.value)
    return (
        a_grade(),
        a_grade(
            name="疑难", position=2, amount_fen=30_000, difficulty=Difficulty.HARD, papers=hard,
            written_only=True,
        ),
        a_grade(name="重大", position=3, amount_fen=80_000, difficulty=Difficulty.MAJOR),
    )  # fmt: skip


def put(register: Register, *records: Any) -> None:
    with register.change(WHO, "之前") as change:
        for record in records:
            change.keep(record)


def a_mediator(unit_id: str, name: str = WHO, **changes: Any) -> Mediator:
    return Mediator(**({"id": new_id(), "unit_id": unit_id, "name": name} | changes))


def people_of(register: Register, unit_id: str) -> list[Mediator]:
    found = register.all("mediator", unit_id=unit_id)
    return sorted(found, key=lambda entry: entry.name)


class Scene:
    """A register with a table of allowances, in which cases are closed."""

    def __init__(self, register: Register, *, table: bool = True) -> None:
        self.register = register
        self._number = 0
        if table:
            put(register, *the_table())

    @property
    def unit_id(self) -> str:
        assert self.register.committee is not None
        return self.register.committee.id

    def mediator(self, name: str = WHO, unit_id: str = "", **changes: Any) -> Mediator:
        found = a_mediator(unit_id or self.unit_id, name, **changes)
        put(self.register, found)
        return found

    def close(
        self,
        mediators: Sequence[Mediator],
        closed_on: date = date(2026, 9, 20),
        *,
        unit_id: str = "",
        oral: bool = False,
        **changes: Any,
    ) -> CaseFile:
        """A settled case whose agreement was kept, with all that a plain grade asks for."""
        self._number += 1
        form = AgreementForm.ORAL if oral else AgreementForm.WRITTEN
        values = {
            "unit_id": unit_id or self.unit_id,
            "number": self._number,
            "intake_on": closed_on,
            "closed_on": closed_on,
            "occurred_on": closed_on,
            "performance": Performance.KEPT,
            "performed_on": closed_on,
            "mediator_ids": tuple(entry.id for entry in mediators),
        }
        case = a_case(**(values | changes))
        agreement = an_agreement(case.dispute.id, agreed_on=closed_on, form=form)
        if oral:
            agreement = replace(
                agreement, parties_signed_on=None, mediator_signed_on=None, sealed_on=None
            )
        case = replace(
            case,
            agreement=agreement,
            promises=(),
            sessions=(a_session(case.dispute.id, held_on=closed_on),),
        )
        put(self.register, *case.records())
        found = self.register.case(case.dispute.id)
        assert found is not None
        return found
