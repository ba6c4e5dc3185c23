"""The receipts that the demo's office gave for the packages of the months before."""

import uuid
from collections.abc import Iterable, Iterator
from datetime import timedelta

from mediation_desk.domain.periods import Period
from mediation_desk.domain.reporting import Package
from mediation_desk.domain.round_trip import Receipt
from mediation_desk.words import tr

_RECEIPTS = uuid.UUID("a3c1b6de-0b61-5a4e-9a55-6e0f1c7d9b20")


def receipts_for(packages: Iterable[Package], unit_name: str, clerk: str) -> Iterator[Receipt]:
    """A receipt for each package, given two days after it was made."""
    for package in packages:
        period = Period(package.period_from, package.period_to)
        kind = tr("零报告") if package.nil else tr("人民调解报表")
        yield Receipt(
            id=uuid.uuid5(_RECEIPTS, package.id).hex,
            unit_id=package.unit_id,
            package_id=package.id,
            number=package.number,
            digest=package.digest,
            file_name=f"{unit_name}{period.label()}{kind}.xlsx",
            received_on=package.made_on + timedelta(days=2),
            received_by=clerk,
            added=package.disputes,
        )
