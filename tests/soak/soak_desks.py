"""Registers for the long runs, made once and copied, because a new key takes its time."""

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from builders import a_case, a_party
from register_moulds import Mould, mould_of

from mediation_desk.desk.sending import send
from mediation_desk.desk.setting_up import found_office, found_village
from mediation_desk.domain.codes import PartyRole, UnitKind
from mediation_desk.domain.periods import month
from mediation_desk.domain.record import Record
from mediation_desk.store.register import Register

TODAY = date(2026, 10, 23)
CLERK = "罗晓"
PASSWORD = "soak-2026"
VILLAGES = (("梨子园村", "500230124200"), ("尖山子村", "500230124201"), ("屋边村", "500230124203"))


def an_office(folder: Path) -> Mould:
    """An office that has received nothing."""
    return mould_of(folder, found_office("丰都县", "双龙镇", "500230124000", CLERK), PASSWORD)


def a_village(folder: Path, number: int) -> Mould:
    """A village without any case."""
    name, code = VILLAGES[number]
    founding = found_village("丰都县", "双龙镇", name, UnitKind.VILLAGE, code, "陶素芬")
    return mould_of(folder, founding, PASSWORD)


def september(unit_id: str, count: int) -> Iterable[Record]:
    """Cases of September 2026 whose parties have names that are found nowhere else."""
    for number in range(1, count + 1):
        day = date(2026, 9, 1) + timedelta(days=number % 30)
        case = a_case(unit_id=unit_id, number=number, intake_on=day)
        named = tuple(
            replace(
                a_party(case.dispute.id, role, id=party.id),
                name=f"尉迟{role.label[0]}{number:04d}",
                phone=f"139{number:08d}",
            )
            for party, role in zip(
                case.parties, (PartyRole.APPLICANT, PartyRole.RESPONDENT), strict=True
            )
        )
        for record in replace(case, parties=named).records():
            yield replace(record, revision=1, personal_revision=1)


def a_package(village: Mould, place: Path, count: int, unmasked_for: str = "") -> Path:
    """The package of September with so many cases."""
    with village.open(place / "village") as register:
        unit = register.committee
        assert unit is not None
        with register.change("陶素芬", "录入") as change:
            change.adopt(september(unit.id, count))
        target = place / "package.xlsx"
        return send(register, month(2026, 9), target, "陶素芬", TODAY, unmasked_for).path


def told_lines(register: Register) -> list[str]:
    """All records but receipts and questions, which tell what a file did when it came."""
    besides = ('{"kind": "receipt"', '{"kind": "proposal"')
    return [line for line in register.dump() if not line.startswith(besides)]


def digest(register: Register) -> str:
    """One value for all that was told of cases and units; see `told_lines`."""
    total = hashlib.sha256()
    for line in told_lines(register):
        total.update(line.encode())
    return total.hexdigest()
