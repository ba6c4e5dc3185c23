"""Writing a month's workbook and receiving it, against openpyxl with the same cells bare."""

import shutil
from functools import partial
from itertools import count
from pathlib import Path

from bench_measuring import Line, Ran, in_turn, ran
from bench_sample import office_register, village_register

_MOST_EXPORT = 1.2
_MOST_IMPORT = 2.0
_BARE, _DESK = "child_bare_workbook.py", "child_desk_workbook.py"


def measure(folder: Path, *, disputes: int, times: int) -> list[Line]:
    """Time and memory of export and import of `disputes` disputes."""
    place = folder / f"exchange{disputes}"
    place.mkdir()
    setup = office_register(place / "office")
    village_register(place / "village", disputes, setup)
    workbook, cells = place / "sent.xlsx", place / "cells"
    bare = partial(ran, _BARE)
    on_copy = partial(_on_copy, place, count())
    on_copy("send", place / "village", workbook)
    bare("take", workbook, cells)
    found = in_turn(
        times,
        {
            "write": partial(bare, "write", cells, place / "bare.xlsx"),
            "send": partial(on_copy, "send", place / "village", place / "again.xlsx"),
            "read": partial(bare, "read", workbook, workbook),
            "receive": partial(on_copy, "receive", place / "office", workbook),
        },
    )
    shutil.rmtree(place)
    sent = _line(f"export of {disputes:,} disputes", found["send"], found["write"], _MOST_EXPORT)
    got = _line(f"import of {disputes:,} disputes", found["receive"], found["read"], _MOST_IMPORT)
    return [sent, got]


def _on_copy(place: Path, numbers: "count[int]", job: str, register: Path, workbook: Path) -> Ran:
    """Do a job on a fresh copy of a register, so that every time is the first time."""
    copy = place / f"{register.name}{next(numbers)}"
    shutil.copytree(register, copy)
    try:
        return ran(_DESK, job, copy, workbook, watch=True)
    finally:
        shutil.rmtree(copy)


def _line(what: str, ours: Ran, bare: Ran, most: float) -> Line:
    note = f"reader's process {ours.below >> 20} MiB" if ours.below else ""
    return Line(what, ours.told, bare.told, most, ours.peak, bare.peak, note)
