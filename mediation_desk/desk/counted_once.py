"""Entries that a person found to be one dispute: which they are, and how that is told."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import cast

from mediation_desk.domain.finding import DisputeRow
from mediation_desk.domain.round_trip import SameCase
from mediation_desk.store.register import Register
from mediation_desk.words import tr


@dataclass(frozen=True, slots=True)
class Same:
    """Two entries that were found to be one dispute; only `main` counts."""

    record: SameCase
    main: DisputeRow
    other: DisputeRow


def rows_of(register: Register, dispute_ids: Collection[str]) -> dict[str, DisputeRow]:
    """The lines of these disputes by their ids."""
    places = register.places_of(set(dispute_ids))
    return {row.dispute.id: row for row in register.rows_at(places)}


def same_cases(register: Register) -> list[Same]:
    """What was found to be one dispute and stands, the latest first."""
    return _standing(register, cast(list[SameCase], register.all("same_case")))


def _standing(register: Register, every: Iterable[SameCase]) -> list[Same]:
    found = [entry for entry in every if not entry.void_reason]
    rows = rows_of(register, [id_ for entry in found for id_ in (entry.main_id, entry.other_id)])
    found.sort(key=lambda entry: (entry.decided_on, entry.id), reverse=True)
    return [Same(entry, rows[entry.main_id], rows[entry.other_id]) for entry in found]


def same_words(register: Register, dispute_id: str) -> str:
    """With which entries a dispute is one, for its file; empty for most."""
    of = [record for column in ("main_id", "other_id")
          for record in register.some("same_case", [dispute_id], column)]  # fmt: skip
    lines = []
    for same in _standing(register, cast(list[SameCase], of)):
        if dispute_id == same.other.dispute.id and same.other.same_as:
            words = tr("与{number}（{unit}）为同一纠纷，按那一件统计，本件不再统计。")
            lines.append(words.format(number=same.main.number, unit=same.main.unit_name))
        elif dispute_id == same.main.dispute.id and same.other.same_as:
            words = tr("与{number}（{unit}）为同一纠纷，按本件统计。")
            lines.append(words.format(number=same.other.number, unit=same.other.unit_name))
    return "\n".join(lines)
