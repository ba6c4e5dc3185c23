"""Does one thing with a register and tells how much memory it took."""

import random
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

sys.path += [str(Path(__file__).resolve().parents[up]) for up in range(3)]

from bench_answering import answer

from mediation_desk.domain.finding import Find
from mediation_desk.domain.periods import year
from mediation_desk.figures.calibre import Calibre
from mediation_desk.figures.ministry import ministry_table
from mediation_desk.store.opening import open_with_key
from mediation_desk.store.register import Register


def _keep(register: Register) -> None:
    from store_registers import a_random_case, units  # noqa: PLC0415 - only here; it costs memory

    case = a_random_case(random.Random(9), units()[0], 9_000_000, date(2026, 10, 2))
    with register.change("罗晓", "登记") as change:
        change.adopt(case.records())


def _counts(register: Register) -> None:
    calibre = Calibre(year(2026))
    ministry_table(register.counts(calibre), register.units(), (), calibre)


_JOBS: dict[str, Callable[[Register], object]] = {
    "open": lambda register: register.role,
    "page": lambda register: register.page(Find()),
    "search": lambda register: register.page(Find(text="派出所")),
    "keep": _keep,
    "counts": _counts,
    "backup": Register.back_up,
    "verify": Register.verify,
}

job, folder, key = sys.argv[1], Path(sys.argv[2]), bytes.fromhex(sys.argv[3])
with open_with_key(folder, key) as opened:
    _JOBS[job](opened)
    answer()
