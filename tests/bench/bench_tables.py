"""All statistical tables of ten units over a year, against the bare groupings of the same."""

import gc
import random
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from statistics import quantiles

sys.path += [str(Path(__file__).resolve().parents[up]) for up in range(3)]

from bare_groupings import groupings
from bench_measuring import Line
from bench_store import _ask, _in_turn, bare
from builders import a_session
from store_registers import FIRST_YEAR, PASSWORD, YEARS, build

from mediation_desk.desk import reporting
from mediation_desk.domain.casefile import CaseFile
from mediation_desk.domain.codes import (
    Confirmation,
    Direction,
    Performance,
    ReferralChannel,
    SessionKind,
    Source,
)
from mediation_desk.domain.handling import Referral
from mediation_desk.domain.periods import year
from mediation_desk.domain.record import new_id
from mediation_desk.figures.calibre import Calibre
from mediation_desk.figures.counts import Question
from mediation_desk.figures.tables import TABLES, make
from mediation_desk.store.opening import open_register
from mediation_desk.store.register import Register

_MOST = 1.5
_TIMES = 20
_SENT = {
    Source.COURT: ReferralChannel.COURT,
    Source.POLICE: ReferralChannel.POLICE,
    Source.PETITION: ReferralChannel.PETITION,
    Source.PROCURATORATE: ReferralChannel.PROCURATORATE,
}
_KEPT = (Performance.KEPT,) * 6 + tuple(Performance)


def dressed(chance: random.Random, case: CaseFile) -> CaseFile:
    """A case as an office has it: mediators, performance, visit and letter beside the rest."""
    settled = case.agreement is not None
    dispute = replace(
        case.dispute,
        mediator_ids=tuple(f"m{chance.randrange(30)}" for _ in range(chance.choice((1, 1, 2)))),
        performance=chance.choice(_KEPT) if settled else None,
        confirmation=chance.choice(list(Confirmation))
        if chance.random() < 0.1
        else Confirmation.NONE,
        satisfied=chance.random() < 0.95 if settled else None,
    )
    sessions = [a_session(dispute.id, revision=1)]
    if settled and chance.random() < 0.9:
        sessions.append(a_session(dispute.id, revision=1, kind=SessionKind.VISIT))
    return replace(
        case, dispute=dispute, sessions=tuple(sessions), referrals=tuple(_letters(chance, case))
    )


def _letters(chance: random.Random, case: CaseFile) -> Iterator[Referral]:
    channel, intake = _SENT.get(case.dispute.source), case.dispute.intake_on
    if channel is None or intake is None:
        return
    yield Referral(
        id=new_id(),
        revision=1,
        dispute_id=case.dispute.id,
        direction=Direction.IN,
        channel=channel,
        answer_due_on=intake + timedelta(days=30),
        answered_on=intake + timedelta(days=chance.randrange(10, 40)),
    )


def tables(register: Register, calibre: Calibre) -> None:
    """Make every table there is, over counts asked for once."""
    counts = register.counts(calibre, frozenset(Question))
    frame = reporting.frame(register)
    for table_id in TABLES:
        make(table_id, counts, calibre, frame)


def measure(counts: Sequence[int]) -> Iterator[Line]:
    """One line for each size."""
    for count in counts:
        with tempfile.TemporaryDirectory() as place:
            yield _measured(Path(place) / "register", count)


def _measured(folder: Path, count: int) -> Line:
    build(folder, count, dressed).close()
    shutil.copytree(folder, folder.with_name("floor"))
    calibre = Calibre(year(FIRST_YEAR + YEARS - 1))
    register, floor = open_register(folder, PASSWORD), bare(folder.with_name("floor"))
    try:
        asked = groupings(register, calibre, frozenset(Question))
        # As the window's worker does, which makes them.
        gc.disable()
        ours, same = _in_turn(_TIMES, lambda: tables(register, calibre), lambda: _ask(floor, asked))
        slowest = quantiles([_once(register, calibre) for _ in range(_TIMES)], n=20)[-1]
    finally:
        gc.enable()
        floor.close()
        register.close()
    note = f"bare GROUP BY of the same; p95 {slowest:.0f} ms"
    return Line(f"all tables of a year of {count:,}", ours / 1000, same / 1000, _MOST, note=note)


def _once(register: Register, calibre: Calibre) -> float:
    begun = time.perf_counter()
    tables(register, calibre)
    return (time.perf_counter() - begun) * 1000
