"""A register of every program there ever was opens today, backed up first and whole after it."""

import importlib.util
import json
import sys
from collections import Counter
from pathlib import Path
from types import ModuleType

import pytest

from mediation_desk.domain.finding import Find
from mediation_desk.domain.periods import year as whole_year
from mediation_desk.store import keys, schema
from mediation_desk.store.backups import Condition, Why, condition
from mediation_desk.store.connection import Connections
from mediation_desk.store.opening import open_register, open_with_key
from mediation_desk.store.register import FILE, Register
from mediation_desk.store.schema import RegisterTooNew

ROOM = Path(__file__).resolve().parents[1] / "fixtures" / "registers"
_MOST = 3_000_000


def _maker() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_registers", ROOM / "make.py")
    assert spec is not None
    assert spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = made
    spec.loader.exec_module(made)
    return made


make = _maker()
FIXTURES = sorted(ROOM.glob("*.tar.xz"))


@pytest.fixture
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """The folder of a register as the program of that age closed it."""
    folder = tmp_path / "register"
    folder.mkdir()
    return Path(make.unpacked(request.param, folder))


def _lines(folder: Path) -> list[dict[str, object]]:
    text = (folder / make.DUMP).read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


def _of_kind(lines: list[dict[str, object]], kind: str) -> list[dict[str, object]]:
    return [line["values"] for line in lines if line["kind"] == kind]


def test_there_is_one_for_each_step_but_the_newest() -> None:
    """The newest is what this program writes; before the next step comes, it is made from it."""
    numbers = [name[:4] for name in schema.known_steps()]
    missing = set(numbers[:-1]) - {fixture.name[:4] for fixture in FIXTURES}
    assert not missing, (
        f"no old register of {sorted(missing)}: on the commit before the next step run "
        "python tests/fixtures/registers/make.py NUMBER"
    )
    assert sum(fixture.stat().st_size for fixture in FIXTURES) < _MOST


@pytest.mark.parametrize("old", FIXTURES, indirect=True, ids=lambda fixture: fixture.name[:4])
def test_it_is_backed_up_upgraded_and_whole(old: Path) -> None:
    key, lines = keys.unlock(old, make.PASSWORD), _lines(old)
    before = Connections(old / FILE, key)
    taken = schema.steps_taken(before)
    before.close()
    wanted = [name for name in schema.known_steps() if name not in taken]
    with open_register(old, make.PASSWORD) as register:
        assert register.verify() == []
        whys = [backup.why for backup in register.backups()]
        assert whys == ([Why.UPGRADE] if wanted else [])
        for backup in register.backups():
            assert condition(backup.folder, key, FILE) is Condition.GOOD
            assert backup.disputes == len(_of_kind(lines, "dispute"))
        _all_there(register, lines)
        _figures_equal(register, lines)
    # And there it is for good: nothing is left to be done.
    with open_with_key(old, key) as register:
        assert register.opening.good
        assert len(register.backups()) == len(whys)


def _all_there(register: Register, lines: list[dict[str, object]]) -> None:
    """Every record with every value that it had, and none besides."""
    now = {}
    for text in register.dump():
        line = json.loads(text)
        now[line["kind"], line["values"]["id"]] = line["values"]
    then = {(line["kind"], line["values"]["id"]): line["values"] for line in lines}
    assert Counter(kind for kind, _ in now) == Counter(kind for kind, _ in then)
    for at, values in then.items():
        assert {name: now[at].get(name) for name in values} == values, at


def _figures_equal(register: Register, lines: list[dict[str, object]]) -> None:
    disputes = [one for one in _of_kind(lines, "dispute") if not one["void_reason"]]
    assert register.count(Find(), cap=10_000) == len(disputes)
    years = {str(one["closed_on"])[:4] for one in disputes if one["closed_on"]}
    assert years
    unit = register.committee
    assert unit is not None
    for told in years:
        closed = [one for one in disputes if str(one["closed_on"])[:4] == told]
        found = register.closed_ids(unit.id, whole_year(int(told)))
        assert sorted(found) == sorted(str(one["id"]) for one in closed)


def test_one_of_a_program_to_come_is_refused_and_left_alone(tmp_path: Path) -> None:
    folder = tmp_path / "register"
    folder.mkdir()
    make.unpacked(FIXTURES[-1], folder)
    open_register(folder, make.PASSWORD).close()
    key = keys.unlock(folder, make.PASSWORD)
    newer = Connections(folder / FILE, key)
    newer.run(
        "INSERT INTO schema_migration (name, applied) "
        "SELECT '9999_later', max(applied) FROM schema_migration"
    )
    newer.close()
    before, backups = (folder / FILE).read_bytes(), sorted(folder.glob("backups/*"))
    with pytest.raises(RegisterTooNew, match=r"更新版本.*。请先升级"):
        open_register(folder, make.PASSWORD)
    assert (folder / FILE).read_bytes() == before
    assert sorted(folder.glob("backups/*")) == backups
