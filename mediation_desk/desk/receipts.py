"""The receipt of a package: what became of each record, kept in the act that received it."""

import json
from collections.abc import Mapping
from datetime import date
from typing import cast

from mediation_desk.desk.outcomes import untaken
from mediation_desk.domain.record import new_id
from mediation_desk.domain.reporting import Package
from mediation_desk.domain.round_trip import Receipt
from mediation_desk.exchange.incoming import Incoming
from mediation_desk.exchange.meeting import Outcome
from mediation_desk.exchange.merging import Plan
from mediation_desk.store.register import Register


def receipt_of(incoming: Incoming, made: Plan, edited: int, actor: str) -> Receipt:
    """The receipt for a package that was read, the plan that was carried out, and hand edits."""
    head, counts = incoming.head, made.counts()
    return Receipt(
        id=new_id(),
        unit_id=head.unit.id,
        package_id=head.id,
        number=head.number,
        digest=incoming.digest,
        file_name=incoming.path.name,
        received_on=incoming.read_on or head.made_on,
        received_by=actor,
        added=counts[Outcome.ADDED],
        updated=counts[Outcome.UPDATED],
        unchanged=counts[Outcome.UNCHANGED],
        older=counts[Outcome.OLDER],
        conflicts=counts[Outcome.CONFLICT],
        rejected=counts[Outcome.REJECTED],
        proposals=edited,
        remarks="\n".join(
            entry.words for entry in untaken(made, incoming.records, head.unit, head.pattern)
        ),
        rows=json.dumps(dict(incoming.rows), separators=(",", ":")) if incoming.rows else "",
    )


def ledger_receipt(
    package: Package, file_name: str, made: Plan, places: Mapping[str, str], on: date, actor: str
) -> Receipt:
    """The receipt for a hand-made ledger, whose number is 0; `places` are sheet!cell by dispute."""
    counts = made.counts()
    return Receipt(
        id=new_id(),
        unit_id=package.unit_id,
        package_id=package.id,
        number=0,
        digest=package.digest,
        file_name=file_name,
        received_on=on,
        received_by=actor,
        added=counts[Outcome.ADDED],
        updated=counts[Outcome.UPDATED],
        unchanged=counts[Outcome.UNCHANGED],
        older=counts[Outcome.OLDER],
        conflicts=counts[Outcome.CONFLICT],
        rejected=counts[Outcome.REJECTED],
        rows=json.dumps(dict(places), ensure_ascii=False, separators=(",", ":")) if places else "",
    )


def rows_before(register: Register, unit_id: str, digest: str) -> dict[str, str]:
    """The disputes of the rows of a hand-made ledger by their addresses, as it was last taken."""
    found = cast(list[Receipt], register.all("receipt", unit_id=unit_id, number=0, digest=digest))
    latest = max(found, key=lambda entry: (entry.received_on, entry.id), default=None)
    rows: dict[str, str] = json.loads(latest.rows) if latest and latest.rows else {}
    return {place: dispute_id for dispute_id, place in rows.items()}
