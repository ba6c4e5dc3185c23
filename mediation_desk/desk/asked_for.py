"""What came back from the office to this village, and which packages its newest file asks for.

An office put back from a backup lacks what it once gave receipts for. As those still lie here, only
its asking tells that the packages have to go again.
"""

from typing import cast

from mediation_desk.desk.desk_key import known_office
from mediation_desk.domain.reporting import Package
from mediation_desk.store.register import Register


def came_back(register: Register) -> list[Package]:
    """What came back from the office to this village, from the office that it has now."""
    office = known_office(register)
    found = cast(list[Package], register.all("package", received=1, unit_id=register.unit.id))
    return [e for e in found if e.number and (office is None or office.signed(e.signer))]


def asked_for(register: Register) -> set[int]:
    """The numbers of this village's packages that the newest file from the office asks for."""
    last = max(came_back(register), key=lambda entry: (entry.number, entry.id), default=None)
    return {int(number) for number in last.wanted.split()} if last else set()
