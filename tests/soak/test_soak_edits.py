"""One file, two readings: random edits by hand and by another program, and what an import finds."""

import os
import random
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "exchange"))

from hand_edits import Done, Hand, assert_found, read, rich_package

from mediation_desk.domain.record import Record

# LibreOffice starts slowly, so the slice has one batch.
_BATCHES = 8 if os.environ.get("MEDIATION_DESK_SOAK") == "full" else 1
Seen = dict[str, Counter[str]]


@pytest.fixture(scope="module")
def seen(told: Callable[[str], None]) -> Iterator[Seen]:
    """What was found in all batches; told at the end."""
    found: Seen = {"workbooks": Counter(), "found": Counter(), "no edit": Counter()}
    yield found
    count = found.pop("workbooks").total()
    told(f"{count} workbooks edited by hand, each read as saved and as saved by LibreOffice")
    for name, counted in found.items():
        parts = (f"{what} {number}" for what, number in counted.most_common())
        told(f"{name} ({counted.total()}): " + ", ".join(parts))


def _edited(seed: int, place: Path) -> tuple[Path, tuple[Record, ...], Done]:
    contents, sent = rich_package(seed, 3 + seed % 23, place / f"{seed}-sent.xlsx")
    records = read(sent).records
    path = place / f"{seed}.xlsx"
    done = Hand(contents, sent, random.Random(seed)).work(path)
    return path, records, done


def _saved_by_libreoffice(paths: list[Path], place: Path) -> None:
    # It starts slowly, so it is given all files of a batch at once.
    office = shutil.which("soffice")
    assert office is not None
    command = [office, f"-env:UserInstallation={(place / 'profile').as_uri()}", "--headless"]
    command += ["--convert-to", "xlsx", "--outdir", str(place / "saved"), *map(str, paths)]
    subprocess.run(command, check=True, capture_output=True, timeout=600)


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("batch", range(_BATCHES))
def test_every_edit_is_found_and_nothing_else(
    batch: int, rounds: Callable[[int, int], int], seen: Seen, tmp_path: Path
) -> None:
    size = rounds(40, 8)
    cases = [_edited(seed, tmp_path) for seed in range(batch * size, (batch + 1) * size)]
    _saved_by_libreoffice([path for path, _, _ in cases], tmp_path)
    for path, records, done in cases:
        for copy in (path, tmp_path / "saved" / path.name):
            assert_found(read(copy), records, done)
        seen["workbooks"]["read"] += 1
        seen["found"].update(f"{kind}.{name}" for kind, _, name, _ in done.edits)
        seen["found"]["rows added"] += done.added.total()
        seen["found"]["rows missing"] += done.deleted
        seen["no edit"] += done.meant_nothing
