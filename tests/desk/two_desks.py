"""A village and its office that exchange records directly, without files: in any order."""

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from builders import a_case

from mediation_desk.desk.merging import Brought, plan_of
from mediation_desk.desk.parking import Origin, carry_out
from mediation_desk.desk.sending import versions_of
from mediation_desk.desk.setting_up import create, found_office, found_village
from mediation_desk.domain.codes import UnitKind
from mediation_desk.domain.masks import masked
from mediation_desk.domain.merging import is_personal
from mediation_desk.domain.record import Record
from mediation_desk.domain.records import kind_of
from mediation_desk.domain.versions import Lineages, hidden
from mediation_desk.exchange.meeting import Outcome
from mediation_desk.exchange.merging import Plan
from mediation_desk.store.keys import unlock
from mediation_desk.store.opening import open_with_key
from mediation_desk.store.register import Register

PASSWORD = "desk-2026"
Key = tuple[str, str]


@dataclass(frozen=True)
class Mould:
    """Two closed registers that are copied for each example, with the case they share."""

    folder: Path
    keys: tuple[bytes, bytes]
    shared: tuple[Key, ...]

    @contextmanager
    def desks(self, target: Path) -> Iterator[tuple[Register, Register]]:
        """The village and the office, opened as they were."""
        shutil.rmtree(target, ignore_errors=True)
        shutil.copytree(self.folder, target)
        with (
            open_with_key(target / "village", self.keys[0]) as village,
            open_with_key(target / "office", self.keys[1]) as office,
        ):
            yield village, office


@dataclass(frozen=True)
class Letter:
    """Some records with their versions, on their way."""

    records: tuple[Record, ...]
    lineages: Lineages


def written(register: Register, keys: Sequence[Key], *, full: bool = True) -> Letter:
    """What a desk says of these records now."""
    found = [register.get(kind, id_) for kind, id_ in keys]
    records = tuple(record if full else masked(record) for record in found if record is not None)
    lineages = versions_of(register, records)
    if full:
        return Letter(records, lineages)
    private = {(kind_of(record), record.id) for record in records if is_personal(record)}
    told = {key: hidden(names) if key in private else names for key, names in lineages.items()}
    return Letter(records, told)


def unit_of(register: Register, letter: Letter) -> str:
    """The unit whose records a letter brings."""
    return next(str(record.unit_id) for record in letter.records
                if hasattr(record, "unit_id"))  # fmt: skip


def planned(register: Register, letter: Letter) -> Plan:
    """What a letter would do."""
    unit_id = unit_of(register, letter)
    return plan_of(register, Brought(unit_id, letter.records, (), letter.lineages))


def taken(register: Register, letter: Letter, file: str = "letter") -> dict[str, int]:
    """Take a letter; how many records had each outcome that occurred."""
    with register.change("罗晓", "接收", "import") as change:
        made = planned(register, letter)
        carry_out(register, change, made, Origin(unit_of(register, letter), file, file))
    assert sum(made.counts().values()) == len(letter.records)
    return {outcome.value: count for outcome, count in made.counts().items() if count}


def a_mould(folder: Path) -> Mould:
    """A village and an office that both have one case, in the same versions."""
    founding = found_village(
        "丰都县", "双龙镇", "梨子园村", UnitKind.VILLAGE, "500230124200", "陶素芬"
    )
    office_founding = found_office("丰都县", "双龙镇", "500230124000", "罗晓")
    with (
        create(folder / "village", founding, PASSWORD) as village,
        create(folder / "office", office_founding, PASSWORD) as office,
    ):
        unit = village.committee
        assert unit is not None
        case = a_case(unit_id=unit.id, people=2)
        with village.change("陶素芬", "登记") as change:
            for record in case.records():
                change.keep(record)
        shared = (("dispute", case.dispute.id), ("party", case.parties[0].id))
        keys = (("unit", unit.id), *shared)
        assert taken(office, written(village, keys)) == {Outcome.ADDED.value: len(keys)}
    unlocked = unlock(folder / "village", PASSWORD), unlock(folder / "office", PASSWORD)
    return Mould(folder, unlocked, shared)


def edit(register: Register, key: Key, **values: object) -> str:
    """Change some fields of a record; the name of the version that this made."""
    record = register.get(*key)
    assert record is not None
    with register.change("陶素芬", "更正") as change:
        change.keep(replace(record, **values))
    return register.lineages(key[0], [key[1]])[key[1]][0]
