"""The register against the bare driver doing the same: keep, list, search, count, back up."""

import random
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from statistics import median, quantiles
from typing import Any

sys.path += [str(Path(__file__).resolve().parents[up]) for up in range(3)]

from bare_groupings import groupings
from bench_measuring import ran
from sqlcipher3 import dbapi2 as sqlcipher
from store_registers import FIRST_YEAR, PASSWORD, YEARS, a_name, a_random_case, build, units

from mediation_desk.desk.agenda import agenda
from mediation_desk.domain.casefile import CaseFile
from mediation_desk.domain.finding import Find, Order
from mediation_desk.domain.periods import year
from mediation_desk.domain.records import canonical, kind_of, to_plain
from mediation_desk.figures.calibre import Calibre
from mediation_desk.figures.counts import BASIC
from mediation_desk.figures.ministry import ministry_table
from mediation_desk.store import keys, listing
from mediation_desk.store.backups import sync
from mediation_desk.store.connection import _PRAGMAS
from mediation_desk.store.indexing import bodies
from mediation_desk.store.opening import open_register
from mediation_desk.store.register import FILE, Register
from mediation_desk.store.rows import statements

Row = tuple[str, float, str, str, float]

_TIMES = 100
_KEPT = 200
_BACKING_UP_MS = 1500
_MS = 1000.0
_TYPED = (
    "排水沟堵塞", "宅基地越界", "彩礼反悔", "赡养费拒付", "工资拖欠", "派出所备案", "村干部",
    "第3村", "2026", "139", "(2026)村民调字第015号", "hsm", "qdz", "争吵 果树", "990001",
)  # fmt: skip


def bare(folder: Path) -> Any:
    """The register of `folder` by the driver alone, with the same pragmas."""
    connection = sqlcipher.connect(str(folder / FILE), isolation_level=None)
    connection.execute(f"PRAGMA key=\"x'{keys.unlock(folder, PASSWORD).hex()}'\"")
    for pragma in _PRAGMAS:
        connection.execute(pragma)
    return connection


def _timed(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return (time.perf_counter() - begun) * _MS


def _usual(work: Callable[[], object]) -> float:
    """The median of three times, so that a percentile tells of the question and not of the load."""
    return median(_timed(work) for _ in range(3))


def _in_turn(times: int, *works: Callable[[], object]) -> list[float]:
    """The median milliseconds of each of `works`, done in turn."""
    for work in works:
        work()
    taken: list[list[float]] = [[] for _ in works]
    for _ in range(times):
        for place, work in enumerate(works):
            taken[place].append(_timed(work))
    return [median(entries) for entries in taken]


# Keeping


def _keep(register: Register, case: CaseFile) -> None:
    with register.change("罗晓", "登记") as change:
        for record in case.records():
            change.keep(replace(record, revision=0))


def _insertion(table: str, columns: int) -> str:
    return f'INSERT INTO "{table}" VALUES ({", ".join("?" * columns)})'


def _bare_rows(case: CaseFile, place: int, body: str) -> list[tuple[str, Sequence[Any]]]:
    """The statements of a bare driver that leave the same rows as keeping `case`."""
    found: list[tuple[str, Sequence[Any]]] = []
    number = 10_000_000 + place
    act = (number, f"a{place}", "edit", "罗晓", "登记", "2026-11-23T10:00:00+08:00", None)
    lines = []
    for step, record in enumerate(case.records()):
        kind, made = kind_of(record), statements(kind_of(record))
        own, long = made.rows(record)
        found.append((made.upsert, [*own, 2**60 + place] if kind == "dispute" else own))
        if long:
            found.append((made.upsert_beside, long))
        content = canonical(to_plain(record))
        sequence = number * 10 + step
        lines.append((sequence, number, kind, record.id, 1, content, "0" * 64, "1" * 64, ""))
    found.append((_insertion("act", 7), act))
    found += [(_insertion("change", 9), line) for line in lines]
    found.append(("INSERT INTO search (rowid, body) VALUES (?, ?)", (2**60 + place, body)))
    return found


def _commit(connection: Any, rows: list[tuple[str, Sequence[Any]]]) -> None:
    connection.execute("BEGIN IMMEDIATE")
    for sql, values in rows:
        connection.execute(sql, values)
    connection.execute("COMMIT")


def keeping(register: Register, floor: Any) -> Iterator[Row]:
    """A dispute with its two parties, history and search, durable."""
    chance, unit = random.Random(1), units()[0]

    def a_case(number: int) -> CaseFile:
        case = a_random_case(chance, unit, number, date(2026, 10, 1))
        return replace(case, agreement=None)

    ours = [a_case(1_000_000 + place) for place in range(_KEPT)]
    theirs = [a_case(2_000_000 + place) for place in range(_KEPT)]
    # Every floor's row carries a search text of the same length as ours.
    some = [row[0] for row in register._sql.rows("SELECT row FROM dispute LIMIT ?", (_KEPT,))]
    words = [body for _, body in bodies(register._sql, some)]
    rows = [_bare_rows(case, place, words[place]) for place, case in enumerate(theirs)]
    kept, committed = [], []
    for case, statements_ in zip(ours, rows, strict=True):
        kept.append(_timed(lambda case=case: _keep(register, case)))
        committed.append(_timed(lambda rows=statements_: _commit(floor, rows)))
    yield _row("keep one dispute with 2 parties", median(kept), "bare commit", median(committed))


# Listing and searching


class _Listening:
    """Hears which SQL is asked of a register's connections, so that the floor asks the same."""

    def __init__(self, register: Register) -> None:
        self._sql = register._sql
        self.said: list[tuple[str, Any]] = []

    def rows(self, sql: str, values: Any = ()) -> list[Any]:
        self.said.append((sql, values))
        return self._sql.rows(sql, values)

    def one(self, sql: str, values: Any = ()) -> Any:
        self.said.append((sql, values))
        return self._sql.one(sql, values)


def _ask(connection: Any, said: Sequence[tuple[str, Any]]) -> None:
    for sql, values in said:
        connection.execute(sql, values).fetchall()


def _asked_for_page(register: Register, find: Find, after: int) -> list[tuple[str, Any]]:
    heard: Any = _Listening(register)
    listing.page(heard, find, after, 50, register.types, {}.get, register.limits)
    return heard.said


def paging(register: Register, floor: Any) -> Iterator[Row]:
    """Pages of 50 throughout the list, in the order of days and in that of names."""
    places = [row[0] for row in floor.execute("SELECT row FROM dispute ORDER BY row DESC")]
    starts = random.Random(2).choices(places, k=_TIMES)
    for name, find in (("list page of 50", Find()), ("page by names", Find(order=Order.NAME))):
        said = [_asked_for_page(register, find, start) for start in starts]
        ours, theirs = iter([starts[0], *starts]), iter([said[0], *said])
        page, same = _in_turn(
            _TIMES,
            lambda: register.page(find, after=next(ours)),  # noqa: B023 - asked before the next
            lambda: _ask(floor, next(theirs)),  # noqa: B023
        )
        yield _row(name, page, "same SQL, bare driver", same)


def _typing(chance: random.Random) -> list[str]:
    """What stands in the field after each key: phrases, numbers, names and initials."""
    wanted = [*_TYPED, *(a_name(chance) for _ in range(30))]
    return [text[:length] for text in wanted for length in range(1, min(len(text), 8) + 1)]


def searching(register: Register) -> Iterator[Row]:
    """The first page and the capped count after each key typed."""
    typed = _typing(random.Random(3))
    for text in typed:
        register.page(Find(text=text))
    pages = [_usual(lambda text=text: register.page(Find(text=text))) for text in typed]
    counts = [_usual(lambda text=text: register.count(Find(text=text))) for text in typed]
    both = [sum(pair) for pair in zip(pages, counts, strict=True)]
    for name, taken in (("search, page", pages), ("search, page and count", both)):
        yield f"{name}, p50", median(taken), "ms", "", 0.0
        yield f"{name}, p95", quantiles(taken, n=20)[-1], "ms", "", 0.0


def telling(register: Register) -> Iterator[Row]:
    """What the first page asks, at the desk of a village whose disputes are a tenth of all."""
    before = register.setting("committee")
    register.set("committee", units()[2].id)
    day = date(FIRST_YEAR + YEARS - 1, 10, 23)
    (taken,) = _in_turn(_TIMES, lambda: agenda(register, day))
    register.set("committee", before)
    yield "agenda of a day", taken, "ms", "", 0.0


# Figures


def counting_up(register: Register, floor: Any) -> Iterator[Row]:
    """All tables of a township-year: counts and the 49 columns of every unit."""
    calibre = Calibre(year(FIRST_YEAR + YEARS - 1))
    bare_said = groupings(register, calibre, BASIC)

    def ours() -> None:
        ministry_table(register.counts(calibre), register.units(), (), calibre)

    tables, same = _in_turn(30, ours, lambda: _ask(floor, bare_said))
    yield _row("tables of a township-year", tables, "bare GROUP BY", same)


# Opening, with the checks that come before the first page, and closing again


def opening(folder: Path) -> Iterator[Row]:
    """A register opened by its password, which nobody has open."""

    def ours() -> None:
        open_register(folder, PASSWORD).close()

    whole, key = _in_turn(7, ours, lambda: keys.unlock(folder, PASSWORD))
    yield _row("open by password", whole, "deriving the key alone", key)


# Backing up


def backing_up(register: Register, floor: Any) -> Iterator[Row]:
    """A checked backup."""
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / FILE

        def theirs() -> None:
            target.unlink(missing_ok=True)
            floor.execute("VACUUM INTO ?", (str(target),))
            copy = sqlcipher.connect(str(target), isolation_level=None)
            copy.execute(f"PRAGMA key=\"x'{register._key.hex()}'\"")
            assert copy.execute("PRAGMA quick_check").fetchone() == ("ok",)
            copy.close()

        def copied() -> None:
            shutil.copyfile(register.folder / FILE, target)
            sync(target)

        # A small register is backed up so quickly that a few times tell little.
        times = round(_BACKING_UP_MS / _timed(theirs))
        times = min(max(times, 3), 15)
        backup, same, copy = _in_turn(times, register.back_up, theirs, copied)
    yield _row("backup", backup, "VACUUM INTO and quick_check", same)
    yield _row("backup beside its file", backup, "copying the file, synced", copy)


def _row(name: str, taken: float, floor: str, its: float) -> Row:
    return name, taken, "ms", floor, taken / its


def _memory(folder: Path, key: bytes) -> Iterator[Row]:
    """The most memory of a process that does one thing with the register."""
    opened = ran("child_store.py", "open", folder, key.hex()).peak
    for job in ("page", "search", "keep", "counts", "backup", "verify"):
        peak = ran("child_store.py", job, folder, key.hex()).peak
        yield f"peak memory: {job}", peak / 2**20, "MiB", "an opened register", peak / opened


def measure_one(count: int, folder: Path) -> Iterator[Row]:
    """Everything at `count` disputes, in an empty `folder`."""
    begun = time.perf_counter()
    build(folder, count).close()
    yield "build", time.perf_counter() - begun, "s", "", 0.0
    yield from opening(folder)
    # The floor has a register of its own, so that neither grows by what the other keeps.
    shutil.copytree(folder, folder.with_name("floor"))
    register, floor = open_register(folder, PASSWORD), bare(folder.with_name("floor"))
    try:
        yield from paging(register, floor)
        yield from searching(register)
        yield from telling(register)
        yield from counting_up(register, floor)
        yield from keeping(register, floor)
        yield from backing_up(register, floor)
    finally:
        floor.close()
        register.close()
    yield from _memory(folder, keys.unlock(folder, PASSWORD))


def measure(counts: Sequence[int] = (10_000, 100_000)) -> list[Row]:
    """Rows of (what, measured, unit, floor, ratio to it); ratio 0 where there is no floor."""
    found: list[Row] = []
    for count in counts:
        with tempfile.TemporaryDirectory() as folder:
            for name, *rest in measure_one(count, Path(folder) / "register"):
                found.append((f"{name} ({count:,} disputes)", *rest))  # type: ignore[arg-type]
    return found


if __name__ == "__main__":
    chosen = [int(text) for text in sys.argv[1:]] or [10_000, 100_000]
    for name, value, unit, floor_name, ratio in measure(chosen):
        against = f"  {ratio:.2f} x {floor_name}" if ratio else ""
        sys.stdout.write(f"{name:55} {value:10.2f} {unit}{against}\n")
        sys.stdout.flush()
