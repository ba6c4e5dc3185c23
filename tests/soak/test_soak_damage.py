"""Registers and backups damaged in every way: recognised or untouched, and always a way back."""

import random
import shutil
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from builders import a_case, a_dispute
from register_moulds import Mould
from soak_desks import a_village

from mediation_desk.desk.damage import WayBack, go_back
from mediation_desk.domain.drafts import Draft
from mediation_desk.store import backups, salvaging, write_log
from mediation_desk.store.backups import FOLDER, Condition, condition, newest_good
from mediation_desk.store.closing_seal import Since
from mediation_desk.store.connection import RegisterDamaged
from mediation_desk.store.opening import open_with_key
from mediation_desk.store.register import FILE, Register

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="a copy of an open register cannot be made there"
)
PAGE = 4096
ROUNDS, SLICE = 500, 12
LOG = FILE + "-wal"
_DRAFT = Draft("d", "quick", "", "口头", "", "{}", "2026-11-20T10:00:00")


@dataclass(frozen=True)
class Scene:
    """A register as it was closed, as it lay there when the program died, and an older copy."""

    closed: Mould
    died: Path
    older: bytes
    told: list[str]
    told_backups: dict[str, list[str]]


def _told(register: Register) -> list[str]:
    """Everything that anybody could read of a register."""
    # What the register notes of its own rows follows from them.
    sql = "SELECT * FROM setting WHERE name NOT LIKE 'rows of %' ORDER BY 1"
    settings = [str(row) for row in register._sql.rows(sql)]
    return [*register.dump(), *map(str, register.acts()), *map(str, register.drafts()), *settings]


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Scene:
    place = tmp_path_factory.mktemp("damage")
    mould, told = a_village(place / "village", 0), {}
    for first in (1, 21):
        with open_with_key(mould.folder, mould.key) as register:
            with register.change("陶素芬", "登记") as change:
                for number in range(first, first + 20):
                    change.adopt(a_case(number=number).records())
            register.set("note", f"至{first}号")
            told[register.back_up().name] = _told(register)
        if first == 1:
            older = (mould.folder / FILE).read_bytes()
    with open_with_key(mould.folder, mould.key) as register:
        register.keep_draft(_DRAFT)
        for number in (41, 42, 43):
            with register.change("陶素芬", "登记") as change:
                change.keep(a_dispute(number=number))
        shutil.copytree(mould.folder, place / "died")
        whole = _told(register)
    return Scene(mould, place / "died", older, whole, told)


def _overwritten(luck: random.Random, whole: bytes, _: bytes) -> bytes:
    at, count = luck.randrange(len(whole)), luck.choice((1, 8, 100, PAGE, 30_000))
    return (whole[:at] + luck.randbytes(count) + whole[at + count :])[: len(whole)]


def _flipped(luck: random.Random, whole: bytes, _: bytes) -> bytes:
    at = luck.randrange(len(whole))
    return whole[:at] + bytes([whole[at] ^ (1 << luck.randrange(8))]) + whole[at + 1 :]


def _truncated(luck: random.Random, whole: bytes, _: bytes) -> bytes:
    size = luck.randrange(len(whole))
    return whole[: size if luck.random() < 0.5 else size // PAGE * PAGE]


def _swapped(luck: random.Random, whole: bytes, _: bytes) -> bytes:
    pages = [whole[at : at + PAGE] for at in range(0, len(whole), PAGE)]
    one, other = luck.sample(range(len(pages)), 2)
    pages[one], pages[other] = pages[other], pages[one]
    return b"".join(pages)


def _from_older(luck: random.Random, whole: bytes, older: bytes) -> bytes:
    common = range(PAGE, min(len(whole), len(older)) - PAGE + 1, PAGE)
    differing = [at for at in common if whole[at : at + PAGE] != older[at : at + PAGE]]
    at = luck.choice(differing or [0])
    return whole[:at] + older[at : at + PAGE] + whole[at + PAGE :]


def _zeroed(luck: random.Random, whole: bytes, _: bytes) -> bytes:
    at = luck.randrange(0, len(whole), PAGE)
    return whole[:at] + bytes(min(PAGE, len(whole) - at)) + whole[at + PAGE :]


Spoil = Callable[[random.Random, bytes, bytes], bytes]
WAYS: dict[str, Spoil] = {
    "overwritten": _overwritten,
    "flipped": _flipped,
    "truncated": _truncated,
    "swapped": _swapped,
    "older page": _from_older,
    "zeroed": _zeroed,
}
# Of the log pages are no pages of the register; the rest is the same.
LOG_WAYS = ("overwritten", "flipped", "truncated", "zeroed")


def _spoil(file: Path, how: str, luck: random.Random, older: bytes) -> bool:
    """Whether anything is another thing now."""
    whole = file.read_bytes()
    spoilt = WAYS[how](luck, whole, older)
    file.write_bytes(spoilt)
    return spoilt != whole


def _found_when_opened(scene: Scene, folder: Path) -> str:
    """What opening says of a damaged register; fails where it passes for good."""
    try:
        register = open_with_key(folder, scene.closed.key)
    except RegisterDamaged:
        return "refused"
    with register:
        opening = register.opening
        if opening.problems:
            return "told with what is wrong"
        if opening.since in {Since.CHANGED, Since.NOT_CLOSED}:
            assert register.verify() == []
            return f"told as {opening.since.value}"
        # Only where the very bytes are the same.
        assert _told(register) == scene.told
        return "untouched"


def _recovered(scene: Scene, folder: Path, at: Path) -> int:
    """The newest good backup in the place of a damaged register; how many drafts came along."""
    shutil.copytree(folder, at)
    key = scene.closed.key
    found = backups.listed(at / FOLDER, key, FILE)
    good = newest_good(found, key, FILE)
    assert good is not None
    salvage = salvaging.salvaged(at, key, FILE, good.folder)
    lost = write_log.look(at / LOG).lost
    go_back(WayBack(at, key, good, found.index(good), salvage, keys_lost=False, short_log=lost))
    with open_with_key(at, key) as register:
        assert register.verify() == []
        if not lost:
            brought = [str(draft) for draft in salvage.drafts]
            expected = scene.told_backups[good.name]
            assert [line for line in _told(register) if line not in brought] == expected
        return len(salvage.drafts)


def test_a_damaged_register_is_never_opened_as_good(
    scene: Scene, rounds: Callable[[int, int], int], told: Callable[[str], None], tmp_path: Path
) -> None:
    luck = random.Random(41)
    outcomes: Counter[str] = Counter()
    drafts: Counter[int] = Counter()
    count = rounds(ROUNDS, SLICE)
    for number in range(count):
        state = ("closed", "died", "died log")[number % 3]
        folder = tmp_path / "register"
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(scene.closed.folder if state == "closed" else scene.died, folder)
        how = luck.choice(LOG_WAYS if state == "died log" else sorted(WAYS))
        file = folder / (LOG if state == "died log" else FILE)
        spoilt = _spoil(file, how, luck, scene.older)
        # What can be had is had before opening folds the log in.
        drafts[_recovered(scene, folder, tmp_path / f"recovered-{number}")] += 1
        shutil.rmtree(tmp_path / f"recovered-{number}")
        outcome = _found_when_opened(scene, folder)
        outcomes[f"{state}: {outcome if spoilt else 'nothing changed'}"] += 1
        assert not spoilt or outcome != "untouched", (number, state, how)
    assert sum(outcomes.values()) == count
    told(f"{count} damaged registers: {dict(sorted(outcomes.items()))}")
    told(
        f"all recovered from their newest good backup; drafts saved: {dict(sorted(drafts.items()))}"
    )


def test_a_damaged_backup_is_never_taken_for_good(
    scene: Scene, rounds: Callable[[int, int], int], told: Callable[[str], None], tmp_path: Path
) -> None:
    luck = random.Random(43)
    outcomes: Counter[str] = Counter()
    shelf = scene.closed.folder / FOLDER
    first, newest = backups.names(shelf)
    older = (shelf / first / FILE).read_bytes()
    count = rounds(ROUNDS, SLICE)
    for number in range(count):
        folder = tmp_path / "register"
        shutil.rmtree(folder, ignore_errors=True)
        scene.closed.copy(folder)
        backup, how = folder / FOLDER / newest, luck.choice(sorted(WAYS))
        spoilt = _spoil(backup / FILE, how, luck, older)
        found = condition(backup, scene.closed.key, FILE)
        outcomes[found.value if spoilt else "nothing changed"] += 1
        assert not spoilt or found is not Condition.GOOD, (number, how)
        (folder / FILE).write_bytes(b"")
        if found is Condition.DAMAGED:
            listed = backups.listed(folder / FOLDER, scene.closed.key, FILE)
            good = newest_good(listed, scene.closed.key, FILE)
            assert good is not None
            assert good.name == first
    told(f"{count} damaged backups: {dict(outcomes)}; none taken for good")
