"""What must be so when a simulated town has come to rest."""

import json
from collections import Counter
from typing import TYPE_CHECKING, Any, cast

from mediation_desk.domain.cases import Dispute
from mediation_desk.store.register import Register

if TYPE_CHECKING:
    from town import Town

_SINGLE = (
    "package", "enrolment", "proposal", "local_type", "same_case", "ledger_map", "report",
    "report_use", "paper_total", "sampling", "print", "accepted_findings",
    "desk_person", "log_entry",
)  # fmt: skip


def _shared(register: Register) -> dict[str, dict[tuple[str, str], dict[str, Any]]]:
    """By unit, what its own desk and the office both should have of it."""
    records = [json.loads(text) for text in register.dump()]
    owner = {e["values"]["id"]: e["values"]["unit_id"] for e in records if e["kind"] == "dispute"}
    found: dict[str, dict[tuple[str, str], dict[str, Any]]] = {}
    for entry in records:
        kind, values = entry["kind"], entry["values"]
        if kind in _SINGLE or (kind == "receipt" and values["void_reason"]):
            continue
        units = {
            "unit": (values["id"],),
            "handover": (values.get("from_unit_id"), values.get("to_unit_id")),
        }.get(kind) or (owner.get(values.get("dispute_id", ""), values.get("unit_id", "")),)
        for unit_id in units:
            found.setdefault(unit_id, {})[kind, values["id"]] = values
    return found


def _told(one: dict[str, Any] | None, other: dict[str, Any] | None) -> str:
    if one is None or other is None:
        return "only at the office" if one is None else "only in the village"
    return str({name: (one[name], other[name]) for name in one if one[name] != other[name]})


def differences(town: "Town") -> list[str]:
    """What of any village is not in both registers the same."""
    found = []
    theirs = _shared(town.office)
    for code in town.codes:
        register = town.villages[code]
        here, there = _shared(register).get(register.unit.id, {}), theirs.get(
            register.unit.id, {}
        )  # fmt: skip
        for key in sorted(here.keys() | there.keys()):
            one, other = here.get(key), there.get(key)
            if one != other:
                found.append(f"{code} {key}: {_told(one, other)}")
    return found


def lost(town: "Town") -> list[str]:
    """Records of which somebody knew and that are nowhere now, but for the old backup's."""
    held = {key[1] for unit in _shared(town.office).values() for key in unit}
    gone = [record_id for record_id in town.born if record_id not in held]
    there = {
        record_id
        for record_id in gone
        if town.born[record_id] != town.restored or record_id in town.came
    }
    town.say("never sent before the backup came back", len(gone) - len(there))
    return sorted(there)


def doubled(town: "Town") -> list[str]:
    """Cases that stand in the office's register more than once."""
    facts = Counter(entry.facts for entry in cast(list[Dispute], town.office.all("dispute")))
    return [told for told, count in facts.items() if count > 1]
