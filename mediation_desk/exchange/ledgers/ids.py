"""Identities of what a ledger tells: the same whenever the same ledger is read again."""

import uuid

_LEDGERS = uuid.UUID("0d3f5a06-1b1e-5c6c-8a0e-6f2f7b0c9a31")


def case_id(unit_id: str, key: str, times: int = 1) -> str:
    """The id of the case that a unit's row with `key` tells of; `times` counts equal rows."""
    return part_id(unit_id, "case", key, *([str(times)] if times > 1 else []))


def part_id(owner: str, *names: str) -> str:
    """The id of what belongs to a record and is told apart by `names`."""
    return uuid.uuid5(_LEDGERS, "\x1f".join((owner, *names))).hex
