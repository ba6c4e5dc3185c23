"""Damaged workbooks: a sentence or the same merge, never a crash and never a part of it."""

import random
import zipfile
from collections import Counter
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from own_counts import Records, records_in
from soak_desks import CLERK, TODAY, Mould, a_package, a_village, an_office

from mediation_desk.desk.receiving import RECEIVABLE, LookState, look, receive
from mediation_desk.store.register import Register

Damage = Callable[[bytes, random.Random], bytes]
# Of a package's own entry these may be anything: they are what the file says about itself.
_SAID_BY_THE_FILE = ("made_on", "made_by", "findings", "unmasked_for")


def _flipped(content: bytes, dice: random.Random) -> bytes:
    damaged = bytearray(content)
    for _ in range(dice.choice((1, 1, 3, 30))):
        damaged[dice.randrange(len(damaged))] ^= 1 << dice.randrange(8)
    return bytes(damaged)


def _cut(content: bytes, dice: random.Random) -> bytes:
    return content[: dice.randrange(len(content))]


def _overwritten(content: bytes, dice: random.Random) -> bytes:
    at, size = dice.randrange(len(content)), dice.randrange(1, 4096)
    return content[:at] + dice.randbytes(size) + content[at + size :]


def _removed(content: bytes, dice: random.Random) -> bytes:
    at, size = dice.randrange(len(content)), dice.randrange(1, 512)
    return content[:at] + content[at + size :]


def _rewritten(content: bytes, dice: random.Random) -> bytes:
    """Damage inside a part, packed again so that every checksum of the archive is right."""
    old = zipfile.ZipFile(BytesIO(content))
    names = old.namelist()
    hurt = dice.choice(names)
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in names:
            part = old.read(name)
            if name == hurt:
                part = dice.choice((_flipped, _cut, _removed, _digits))(part, dice)
            new.writestr(name, part)
    return made.getvalue()


def _digits(content: bytes, dice: random.Random) -> bytes:
    """Other digits in some places: still well-formed, no longer true."""
    damaged = bytearray(content)
    places = [place for place, byte in enumerate(damaged) if byte in b"0123456789"]
    for place in dice.sample(places, min(len(places), 5)):
        damaged[place] = dice.choice(b"0123456789")
    return bytes(damaged)


def _without_a_part(content: bytes, dice: random.Random) -> bytes:
    old = zipfile.ZipFile(BytesIO(content))
    names = old.namelist()
    gone = dice.choice(names)
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in names:
            if name != gone:
                new.writestr(name, old.read(name))
    return made.getvalue()


KINDS: tuple[Damage, ...] = (
    _flipped, _cut, _overwritten, _removed, _rewritten, _rewritten, _rewritten, _without_a_part,
)  # fmt: skip


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Mould:
    return an_office(tmp_path_factory.mktemp("fuzz-office") / "office")


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """A masked and a full package."""
    made = []
    for number, receiver in enumerate(("", "双龙司法所")):
        place = tmp_path_factory.mktemp("fuzz-package")
        village = a_village(place / "empty", number)
        made.append(a_package(village, place, 12, receiver))
    return made


def _records(register: Register) -> Records:
    """All records but receipts and questions, which name the file that they came from."""
    found = records_in("\n".join(register.dump()))
    for kind in ("receipt", "proposal"):
        found.pop(kind, None)
    for package in found["package"]:
        for name in _SAID_BY_THE_FILE:
            package.pop(name)
    return found


def _outcome(office: Mould, path: Path, folder: Path, expected: Records) -> str:
    with office.open(folder) as register:
        before = list(register.dump())
        ahead = look(register, path, TODAY)
        assert list(register.dump()) == before
        done = receive(register, ahead, CLERK)
        if ahead.state is LookState.REFUSED:
            assert ahead.words.endswith("。"), ahead.words
            assert list(register.dump()) == before
            return "refused"
        if ahead.state is LookState.ASKS:
            # What is seen is offered like a ledger kept by hand; until somebody answers nothing is.
            assert not done.act
            assert list(register.dump()) == before
            return "asks"
        assert ahead.state in RECEIVABLE
        assert done.act
        assert _records(register) == expected
        assert register.verify() == []
        return "told" if ahead.problems else "same"


def test_no_damage_crashes_or_merges_in_part(
    office: Mould,
    packages: list[Path],
    rounds: Callable[[int, int], int],
    told: Callable[[str], None],
    tmp_path: Path,
) -> None:
    dice = random.Random(20261123)
    expected, contents = [], [package.read_bytes() for package in packages]
    for package in packages:
        with office.open(tmp_path / "expected") as register:
            receive(register, look(register, package, TODAY), CLERK)
            expected.append(_records(register))
    seen: Counter[str] = Counter()
    count = rounds(300, 16)
    for number in range(count):
        which, kind = number % 2, KINDS[number // 2 % len(KINDS)]
        path = tmp_path / "damaged.xlsx"
        path.write_bytes(kind(contents[which], dice))
        try:
            outcome = _outcome(office, path, tmp_path / "office", expected[which])
        except BaseException:
            (Path.cwd() / "build").mkdir(exist_ok=True)
            (Path.cwd() / "build" / "fuzz-failure.xlsx").write_bytes(path.read_bytes())
            raise
        seen[outcome] += 1
    assert seen["refused"] > count // 4, seen
    told(
        f"{count} damaged workbooks: {seen['refused']} refused in a sentence, {seen['told']} "
        f"received with findings, {seen['same']} received unharmed, {seen['asks']} offered like a "
        "ledger kept by hand; none crashed, none in part"
    )
