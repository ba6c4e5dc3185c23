"""A small disk that fills up in the middle, and one that may only be read: real ones, mounted.

Only who may mount a disk can run this, as root on Linux; `test_soak_failing_disk` shows the same
without one, write by write.
"""

import shutil
import subprocess
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from after_acts import judges
from desk_acts import ACTS
from forking import READER_KEPT, Forker
from judging import Judge, Moulds
from test_soak_failing_disk import assert_told

from mediation_desk.exchange.children import reading_soon

# So much more room from one round to the next, and enough for everything. No size means no limit.
_STEP, _ENOUGH = 96 * 1024, 512 * 1024 * 1024


def _mount(*words: object) -> None:
    subprocess.run(["mount", *map(str, words)], check=True, capture_output=True)


@contextmanager
def _disk(place: Path) -> Iterator[Path]:
    place.mkdir(exist_ok=True)
    _mount("-t", "tmpfs", "-o", f"size={_ENOUGH}", "none", place)
    try:
        yield place
    finally:
        subprocess.run(["umount", "-l", str(place)], check=True)


@pytest.fixture(scope="module")
def acts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Judge]]:
    place = tmp_path_factory.mktemp("moulds")
    try:
        with _disk(place / "tried"):
            pass
    except subprocess.CalledProcessError:
        pytest.skip("nobody but root mounts a disk")
    with reading_soon():
        yield judges(Moulds(place))


@pytest.fixture(scope="module")
def forker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Forker]:
    forker = Forker(tmp_path_factory.mktemp("forking") / "home", **{READER_KEPT: "1"})
    yield forker
    forker.end()


def _come_to(forker: Forker, name: str, judge: Judge, place: Path, allowed: str) -> str:
    """How an act ended on a disk that is `allowed` so much; judged when it is as it should be."""
    with _disk(place):
        judge.lay(place)
        if allowed.startswith("size="):
            used = shutil.disk_usage(place).used
            allowed = f"size={used + int(allowed.removeprefix('size='))}"
        _mount("-o", f"remount,{allowed}", place)
        run = forker.start(name, place, 1)
        code, told = run.finish(), run.lines()
        _mount("-o", f"remount,rw,size={_ENOUGH}", place)
        assert_told(code, told)
        judge.left(place, told)
    return "refused" if code else "done"


@pytest.mark.parametrize("name", ACTS)
def test_a_disk_without_room_is_told_and_loses_nothing(
    name: str,
    acts: dict[str, Judge],
    forker: Forker,
    told: Callable[[str], None],
    tmp_path: Path,
) -> None:
    came: Counter[str] = Counter()
    room, ended = _STEP, ""
    while ended != "done":
        ended = _come_to(forker, name, acts[name], tmp_path / "round", f"size={room}")
        came[ended] += 1
        room += _STEP
    came["read-only: " + _come_to(forker, name, acts[name], tmp_path / "round", "ro")] += 1
    told(f"{name} without room, {_STEP // 1024} KB more each time: {dict(came)}")
