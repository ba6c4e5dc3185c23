"""A village with many disputes in one month, for measuring workbooks."""

import random
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import cast
from uuid import uuid4

sys.path.append(str(Path(__file__).resolve().parents[1]))

from bench_opening import lay_key
from builders import a_case, a_promise, a_session
from store_registers import PASSWORD, _facts, _parties

from mediation_desk.desk.desk_key import made_key
from mediation_desk.desk.enrolling import make_setup_file, new_unit
from mediation_desk.desk.setting_up import create, found_by, found_office
from mediation_desk.domain.cases import Party
from mediation_desk.domain.codes import AgreementForm, Performance, Sex, Source, UnitKind
from mediation_desk.domain.dispute_types import EIGHTEEN
from mediation_desk.domain.organisation import Mediator, Unit
from mediation_desk.domain.periods import month
from mediation_desk.domain.record import Record, new_id
from mediation_desk.domain.records import KEEPING_ORDER, kind_of
from mediation_desk.domain.round_trip import Enrolment
from mediation_desk.domain.versions import Lineages, version_of
from mediation_desk.exchange import writing
from mediation_desk.exchange.contents import Head, PackageContents
from mediation_desk.exchange.sealing import DeskKey, Seal
from mediation_desk.exchange.setup_file import read_setup_file
from mediation_desk.exchange.shelf import Shelf
from mediation_desk.exchange.tallying import counts_of
from mediation_desk.figures.calibre import Calibre
from mediation_desk.store import keys

_AT_ONCE = 1_000
# How many of the promises are kept by their day.
_KEPT = 0.95


def _case(chance: random.Random, number: int, mediator: Mediator) -> Iterator[Record]:
    """A settled case of October 2026 with everything that is usual, its texts of usual length."""
    made = a_case(
        unit_id=mediator.unit_id,
        number=number,
        type=chance.choice(EIGHTEEN).code,
        source=chance.choice(list(Source)),
        intake_on=date(2026, 10, chance.randint(1, 5)),
        facts=_facts(chance),
        mediator_ids=(mediator.id,),
    )
    dispute, agreement = made.dispute, made.agreement
    assert agreement is not None
    form = chance.choice(list(AgreementForm))
    agreement = replace(agreement, form=form, amount_fen=chance.randrange(0, 10**6, 100))
    parties = cast("tuple[Party, ...]", tuple(_parties(chance, dispute.id)))
    session = a_session(dispute.id, mediator_ids=(mediator.id,), narrative=_facts(chance))
    promise = a_promise(agreement, parties[1])
    # A warning is raised for what was not kept in time, and that is the exception.
    if chance.random() < _KEPT:
        promise = replace(promise, kept_on=promise.due_on, kept_fen=promise.amount_fen)
        done = {"performance": Performance.KEPT, "performed_on": promise.due_on}
        dispute = replace(dispute, **done)
    whole = replace(
        made,
        dispute=dispute,
        parties=parties,
        sessions=(session,),
        agreement=agreement,
        promises=(promise,),
    )
    for record in whole.records():
        yield replace(record, revision=1, personal_revision=1)


def village_register(folder: Path, disputes: int, setup: Path) -> None:
    """A village's register with `disputes` cases, all of October 2026, set up by its office."""
    founding = found_by(read_setup_file(setup), "陶素芬", Sex.FEMALE)
    chance = random.Random(disputes)
    with create(folder, founding, PASSWORD) as register:
        for start in range(1, disputes + 1, _AT_ONCE):
            with register.change("陶素芬", "样本") as change:
                for number in range(start, min(start + _AT_ONCE, disputes + 1)):
                    change.adopt(_case(chance, number, founding.mediators[0]))
    lay_key(folder, keys.unlock(folder, PASSWORD))


def office_register(folder: Path) -> Path:
    """An office's register that has received nothing yet; the set-up file that it made."""
    founding, target = found_office("丰都县", "双龙镇", "500230124000", "罗晓"), folder / "s.xlsx"
    with create(folder, founding, PASSWORD) as office:
        unit = new_unit(office, "500230124200", "梨子园村", "", UnitKind.VILLAGE)
        make_setup_file(office, unit, target, "罗晓", date(2026, 9, 30))
    lay_key(folder, keys.unlock(folder, PASSWORD))
    return target


def town_of(place: Path, villages: int, disputes: int) -> None:
    """An office that has set up so many villages, and in `sent` the month of each."""
    founding = found_office("丰都县", "双龙镇", "500230124000", "罗晓")
    sent = place / "sent"
    sent.mkdir()
    with create(place / "office", founding, PASSWORD) as office:
        seal_to = made_key(office).public
        units = [new_unit(office, f"500230124{number:03d}", f"{number}号村", "", UnitKind.VILLAGE)
                 for number in range(200, 200 + villages)]  # fmt: skip
        made = {unit.id: DeskKey(number.to_bytes(32)) for number, unit in enumerate(units, 1)}
        with office.change("罗晓", "样本") as change:
            units = [change.keep(unit) for unit in units]
            for unit in units:
                change.keep(_enrolled(unit, made[unit.id]))
    lay_key(place / "office", keys.unlock(place / "office", PASSWORD))
    for unit in units:
        seal = Seal(made[unit.id], seal_to, "双龙司法所")
        _month_of(unit, disputes, sent / f"{unit.code}.xlsx", seal)


def _enrolled(unit: Unit, key: DeskKey) -> Enrolment:
    day = date(2026, 9, 30)
    return Enrolment(id=new_id(), unit_id=unit.id, made_on=day, invitation=key.public,
                     key=key.public, enrolled_on=day)  # fmt: skip


def _month_of(unit: Unit, disputes: int, target: Path, seal: Seal) -> None:
    """Write a village's package without its register, which takes long to make."""
    chance = random.Random(unit.code)
    mediator = Mediator(
        id=new_id(), revision=1, personal_revision=1, unit_id=unit.id, name="何桂芳"
    )
    batches = [
        sorted(_case(chance, number, mediator), key=lambda entry: KEEPING_ORDER[kind_of(entry)])
        for number in range(1, disputes + 1)
    ]
    head = Head(new_id(), 1, "", unit, Calibre(month(2026, 10)), date(2026, 11, 1), "陶素芬")
    others = (unit, mediator)
    counts = counts_of(Shelf(head, (*others, *(entry for batch in batches for entry in batch))))
    version = version_of(uuid4().hex)

    def versions(records: Iterable[Record]) -> Lineages:
        return {(kind_of(entry), entry.id): (version,) for entry in records}

    contents = PackageContents(head, others, batches, lineages=versions)
    writing.write_package(contents, counts, target, seal)
