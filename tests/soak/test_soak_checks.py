"""Thousands of damaged files through `check`: a sentence each, in time, and nothing is harmed."""

import random
import resource
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from child_pool import ChildPool
from ledger_books import HEADS, ROW, TITLE, book_of, row
from mutations import KINDS
from soak_desks import CLERK, TODAY, Mould, a_package, a_village, an_office, september

from mediation_desk.desk import enrolling, giving_back, other_ledgers, sending
from mediation_desk.desk.looking import RECEIVABLE, Look, LookState
from mediation_desk.desk.receiving import check, look, receive
from mediation_desk.domain.periods import month
from mediation_desk.domain.problems import DeskError
from mediation_desk.exchange import reading
from mediation_desk.exchange.setup_file import read_setup_file
from mediation_desk.store.register import Register

FULL, SLICE = 5_000, 42
MOST_SECONDS, MOST_BYTES = 10.0, 500 << 20
RECORDER = "陶素芬"
_ENDS = ("。", "？", "！")


@pytest.fixture(scope="module")
def pool(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ChildPool]:
    made = ChildPool(tmp_path_factory.mktemp("pool"))
    yield made
    made.close()


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Mould:
    return an_office(tmp_path_factory.mktemp("office") / "office")


def _exchanged(office: Register, village: Mould, place: Path) -> list[Path]:
    """A set-up file, the sealed package that answers it, and what goes back."""
    with village.open(place / "village") as register:
        unit = register.committee
        assert unit is not None
        known = enrolling.new_unit(office, unit.code, unit.name, unit.committee, unit.kind)
        setup = enrolling.make_setup_file(office, known, place / "开户.xlsx", CLERK, TODAY).path
        enrolling.open_setup_file(register, setup, RECORDER, TODAY)
        with register.change(RECORDER, "录入") as change:
            change.adopt(september(unit.id, 6))
        sealed = sending.send(register, month(2026, 9), place / "封存.xlsx", RECORDER, TODAY).path
    receive(office, look(office, sealed, TODAY), CLERK)
    (dispute, *_) = office.all("dispute")
    entry = replace(giving_back.blank_return(dispute, CLERK, TODAY), words="请补记调解经过。")
    giving_back.give_back(office, entry, CLERK, TODAY)
    back = giving_back.write_returns(office, known.id, place / "退回.xlsx", CLERK, TODAY)
    return [setup, sealed, back]


def _ledger(place: Path) -> Path:
    lines = [[TITLE], HEADS, ROW, row(受理日期="10月9日", 纠纷类型="吵架"), ["合计", 2]]
    path = place / "台账.xlsx"
    path.write_bytes(book_of({"台账": lines, "说明": [["一行一件"]]}, [("台账", "A1:E1")]))
    return path


@pytest.fixture(scope="module")
def desk(office: Mould, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Register]:
    with office.open(tmp_path_factory.mktemp("desk") / "office") as register:
        yield register


@pytest.fixture(scope="module")
def sound(desk: Register, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Files of every kind that come in, whole."""
    place = tmp_path_factory.mktemp("sound")
    village = a_village(place / "empty", 0)
    files = _exchanged(desk, village, place)
    other = a_village(place / "other", 1)
    for name, receiver in (("masked", ""), ("full", "双龙司法所")):
        folder = place / name
        folder.mkdir()
        files.append(a_package(other, folder, 6, receiver).rename(place / f"{name}.xlsx"))
    files.append(_ledger(place))
    files.append(other_ledgers.write_blank(None, None, TODAY, place / "空白.xlsx"))
    return {path.name: path.read_bytes() for path in files}


def _check(seen: Look, kind: str) -> None:
    assert seen.words, kind
    assert "\n" not in seen.words
    assert "Traceback" not in seen.words
    if seen.state in {LookState.REFUSED, LookState.SEALED}:
        assert seen.words.endswith(("。", "）。")), seen.words
        assert not any(seen.counts.values())
    for problem in seen.problems[:50]:
        assert problem.sentence().endswith((*_ENDS, "）")), problem


def test_damaged_files_get_a_sentence_and_harm_nothing(
    desk: Register,
    sound: dict[str, bytes],
    pool: ChildPool,
    rounds: Callable[[int, int], int],
    told: Callable[[str], None],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    count, dice = rounds(FULL, SLICE), random.Random(20261023)
    monkeypatch.setattr(reading, "_answers", pool.answers)
    states: Counter[str] = Counter()
    before, sequence = list(desk.dump()), desk.sequence()
    own, slowest = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, 0.0
    names = list(sound)
    for number in range(count):
        name, damage = names[number % len(names)], KINDS[dice.randrange(len(KINDS))]
        path = tmp_path / f"{number % 7}-{name}"
        content = damage(sound[name], dice)
        path.write_bytes(content)
        what = f"{number} {name} {damage.__name__}"
        started = time.monotonic()
        try:
            # Every other one is looked at by a desk that has the key and the records.
            seen = look(desk, path, TODAY) if number % 2 else check(path, TODAY)
            _check(seen, what)
            if "开户" in name:
                _setup(path)
        except AssertionError:
            raise
        except Exception as error:
            raise AssertionError(what) from error
        seconds = time.monotonic() - started
        assert seconds < MOST_SECONDS, (what, seconds)
        assert pool.cost.memory < MOST_BYTES, (what, pool.cost)
        slowest = max(slowest, seconds)
        states[seen.state.value] += 1
        assert path.read_bytes() == content, what
        path.unlink()
        assert desk.sequence() == sequence, what
    assert list(desk.dump()) == before
    assert desk.verify() == []
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - own) * 1024
    assert grown < MOST_BYTES, grown
    assert states["refused"], states
    told(
        f"{sum(states.values())} damaged files: {dict(states)}; slowest {slowest:.1f} s, "
        f"child {pool.cost.memory >> 20} MB, program grew by {grown >> 20} MB"
    )


def _setup(path: Path) -> None:
    try:
        read_setup_file(path)
    except DeskError as error:
        words = str(error)
        assert words.endswith("。"), words


def test_undamaged_files_are_taken(
    desk: Register,
    sound: dict[str, bytes],
    pool: ChildPool,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What the mutations start from is sound, else they would prove nothing."""
    monkeypatch.setattr(reading, "_answers", pool.answers)
    states = {}
    for name, content in sound.items():
        path = tmp_path / name
        path.write_bytes(content)
        states[name] = check(path, TODAY).state
    assert LookState.REFUSED not in states.values(), states
    assert {LookState.SEALED, LookState.ASKS, *RECEIVABLE} & set(states.values())
