"""Measurements against their floors in one table: `python dev.py bench [start keep typing …]`."""

import argparse
import os
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1]))
sys.path.append(str(Path(__file__).resolve().parents[2]))

import bench_exchange
import bench_papers
import bench_start
import bench_store
import bench_tables
import bench_town
import bench_typing
from bench_measuring import Line
from bench_table import printed

_MEGABYTE = 1024 * 1024
_SECONDS = {"ms": 0.001, "s": 1.0}
# What design.md section 9 allows: times the floor, or seconds where it has none.
_MOST = {
    "list page": 2.0,
    "keep one dispute": 2.0,
    "tables of a township-year": 1.5,
    # Told for what it is worth: whoever copies a file has looked at nothing.
    "backup beside its file": 0.0,
    "backup": 1.2,
}
_MOST_SECONDS = {
    "search, page, p95": {100_000: 0.005, 1_000_000: 0.025},
    # A page must come within 16 ms of work, with the window's own part.
    "agenda of a day": {1_000: 0.016, 10_000: 0.016, 100_000: 0.05},
}


@dataclass(frozen=True, slots=True)
class Size:
    """How much is measured: disputes of each part, and how many times."""

    start: int
    start_times: int
    registers: tuple[int, ...]
    workbooks: tuple[tuple[int, int], ...]
    windows: tuple[tuple[int, int], ...]
    town: tuple[int, ...]
    town_disputes: int
    town_times: int
    tables: tuple[int, ...]
    papers: tuple[int, int, int, int]


FULL = Size(
    1_000,
    15,
    (1_000, 10_000, 100_000),
    ((1_000, 5), (10_000, 3)),
    ((10_000, 40), (100_000, 40)),
    (10, 100, 300),
    100,
    3,
    (10_000, 100_000),
    (40, 10, 200, 3),
)
QUICK = Size(50, 1, (200,), ((20, 1),), ((60, 4),), (3,), 5, 1, (200,), (2, 1, 2, 1))


def _start(folder: Path, size: Size) -> Iterator[Line]:
    yield from bench_start.measure(folder, disputes=size.start, times=size.start_times)


def _keep(_folder: Path, size: Size) -> Iterator[Line]:
    for count in size.registers:
        for what, value, unit, floor, ratio in bench_store.measure((count,)):
            yield _line(count, what, value, unit, floor, ratio)


def _line(count: int, what: str, value: float, unit: str, floor: str, ratio: float) -> Line:
    """A row of the register's measurements as a line of the table."""
    its = value / ratio if ratio else 0.0
    if unit == "MiB":
        return Line(what, 0.0, peak=int(value * _MEGABYTE), peak_floor=int(its * _MEGABYTE))
    second = _SECONDS[unit]
    most = next((most for name, most in _MOST.items() if what.startswith(name)), 0.0)
    limits = (by for name, by in _MOST_SECONDS.items() if what.startswith(name))
    limit = next(limits, {}).get(count, 0.0)
    return Line(what, value * second, its * second, most, note=floor, limit=limit)


def _exchange(folder: Path, size: Size) -> Iterator[Line]:
    for disputes, times in size.workbooks:
        yield from bench_exchange.measure(folder, disputes=disputes, times=times)


def _town(folder: Path, size: Size) -> Iterator[Line]:
    yield from bench_town.measure(
        folder, files=size.town, disputes=size.town_disputes, times=size.town_times
    )


def _typing(folder: Path, size: Size) -> Iterator[Line]:
    for disputes, times in size.windows:
        yield from bench_typing.measure(folder, disputes, times)


def _tables(_folder: Path, size: Size) -> Iterator[Line]:
    yield from bench_tables.measure(size.tables)


def _papers(folder: Path, size: Size) -> Iterator[Line]:
    papers, files, year, times = size.papers
    yield from bench_papers.measure(folder, papers=papers, files=files, year=year, times=times)


PARTS: dict[str, Callable[[Path, Size], Iterator[Line]]] = {
    "start": _start,
    "keep": _keep,
    "exchange": _exchange,
    "town": _town,
    "typing": _typing,
    "tables": _tables,
    "papers": _papers,
}


def main(arguments: Sequence[str]) -> int:
    """Measure the parts that are named, or all, and print them as one table."""
    parser = argparse.ArgumentParser(prog="dev.py bench", description=__doc__)
    parser.add_argument("parts", nargs="*", help=", ".join(PARTS))
    parser.add_argument("--quick", action="store_true", help="smallest sizes, once each")
    asked = parser.parse_args(arguments)
    unknown = set(asked.parts) - set(PARTS)
    if unknown:
        parser.error(f"there is no part {', '.join(sorted(unknown))}")
    size = QUICK if asked.quick else FULL
    lines: list[Line] = []
    for name in asked.parts or PARTS:
        sys.stderr.write(f"bench: measuring {name}\n")
        with tempfile.TemporaryDirectory() as folder:
            lines += PARTS[name](Path(folder), size)
    busy = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
    sys.stdout.write(f"{printed(lines)}\n{os.cpu_count()} cores, load at the end {busy:.1f}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
