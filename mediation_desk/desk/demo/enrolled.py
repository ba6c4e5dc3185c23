"""How the demo's office set its villages up: keys that follow from the township, not from chance.

Whoever has this program can make these keys, which is right for people who were made up too.
"""

import hashlib
import uuid
from dataclasses import asdict, replace
from datetime import date

from mediation_desk.desk.demo.allowances import example_grades
from mediation_desk.domain.organisation import Unit
from mediation_desk.domain.round_trip import Enrolment
from mediation_desk.domain.settings import Settings
from mediation_desk.domain.versions import version_of
from mediation_desk.exchange.sealing import DeskKey
from mediation_desk.exchange.setup_file import SetUp

_ENROLMENTS = uuid.UUID("5f0e2c0a-4a43-57c5-9f0f-6a4f5d0b8a11")


def key_of(unit: Unit) -> DeskKey:
    """The key of a desk of the demo."""
    return DeskKey(_seed("desk", unit))


def _seed(what: str, unit: Unit) -> bytes:
    return hashlib.sha256(f"{_ENROLMENTS} {what} {unit.id}".encode()).digest()


def setup_of(office: Unit, committee: Unit, unit: Unit, clerk: str, made_on: date) -> SetUp:
    """What the set-up file of a village said; `committee` is the township's own."""
    id_ = uuid.uuid5(_ENROLMENTS, unit.id).hex
    grades = example_grades()
    made = (version_of(id_),)
    return SetUp(
        id_,
        replace(unit, revision=1, personal_revision=1),
        office.id,
        office.code,
        office.name,
        key_of(office).public,
        asdict(Settings()),
        (),
        _seed("invitation", unit),
        clerk,
        made_on,
        {("unit", unit.id): made} | {("allowance_grade", entry.id): made for entry in grades},
        replace(committee, revision=1, personal_revision=1),
        grades=grades,
    )


def enrolment_of(setup: SetUp) -> Enrolment:
    """What the office keeps of it, the village's key having come long since."""
    return Enrolment(
        id=setup.id,
        revision=2,
        personal_revision=2,
        unit_id=setup.unit.id,
        made_on=setup.made_on,
        made_by=setup.made_by,
        invitation=DeskKey(setup.invitation).public,
        key=key_of(setup.unit).public,
        enrolled_on=setup.made_on,
    )
