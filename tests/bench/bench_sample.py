"""A village with many disputes in one month, for measuring workbooks."""

import random
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import cast

sys.path.append(str(Path(__file__).resolve().parents[1]))

from bench_opening import lay_key
from builders import a_case, a_promise, a_session
from store_registers import PASSWORD, _facts, _parties

from mediation_desk.desk.enrolling import make_setup_file, new_unit
from mediation_desk.desk.setting_up import create, found_by, found_office
from mediation_desk.domain.cases import Party
from mediation_desk.domain.codes import AgreementForm, Sex, Source, UnitKind
from mediation_desk.domain.dispute_types import EIGHTEEN
from mediation_desk.domain.organisation import Mediator
from mediation_desk.domain.record import Record
from mediation_desk.exchange.setup_file import read_setup_file
from mediation_desk.store import keys

_AT_ONCE = 1_000


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
    promises = (a_promise(agreement, parties[1]),)
    whole = replace(
        made, parties=parties, sessions=(session,), agreement=agreement, promises=promises
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
