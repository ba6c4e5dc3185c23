"""Killed at every step of a restore: the register is the old one or the new one, and whole."""

import os
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from builders import a_case
from desk_line import ROOT
from register_moulds import Mould
from soak_desks import PASSWORD, a_village, digest

from mediation_desk.store import keys
from mediation_desk.store.opening import open_register
from mediation_desk.store.register import FILE

OTHER = "后来的密码-2026"
# Dies before the step of that number: whenever Python or the register touches a file of ours.
_DYING = """
import os, signal, sys
from pathlib import Path
from mediation_desk.store.connection import Connections
from mediation_desk.store.opening import open_with_key
folder, backup, key, at = sys.argv[1:]
at, seen = int(at), 0
register = open_with_key(Path(folder), bytes.fromhex(key))
def step():
    global seen
    seen += 1
    if seen == at:
        os.kill(os.getpid(), signal.SIGKILL)
whole = Connections.run
def told(self, sql, values=()):
    step()
    whole(self, sql, values)
Connections.run = told
sync = os.fsync
def synced(handle):
    step()
    sync(handle)
os.fsync = synced
def heard(event, arguments):
    if event in {"open", "os.mkdir", "os.rename", "os.remove", "os.rmdir", "shutil.copyfile"}:
        if str(arguments[0]).startswith(folder):
            step()
sys.addaudithook(heard)
register.restore(Path(backup))
print("steps", seen, flush=True)
"""


@pytest.fixture(scope="module")
def village(tmp_path_factory: pytest.TempPathFactory) -> Mould:
    """A register whose password was changed, and a case written, after its only backup."""
    mould = a_village(tmp_path_factory.mktemp("restoring") / "village", 0)
    with open_register(mould.folder, PASSWORD) as register:
        with register.change("陶素芬", "登记") as change:
            change.adopt(a_case(number=1).records())
        register.back_up()
        keys.write_slots(register.folder, [keys.wrap(mould.key, "password", OTHER)])
        with register.change("陶素芬", "登记") as change:
            change.adopt(a_case(number=2).records())
    return mould


def _restore(mould: Mould, folder: Path, at: int) -> str:
    backup = next((mould.copy(folder) / "backups").iterdir())
    done = subprocess.run(
        [sys.executable, "-c", _DYING, str(folder), str(backup), mould.key.hex(), str(at)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        text=True,
        timeout=60,
        check=False,
    )
    assert bool(done.returncode) is not bool(done.stdout)
    return done.stdout


def _digest_by(folder: Path, password: str) -> str:
    with open_register(folder, password) as register:
        assert register.verify() == []
        return digest(register)


@pytest.mark.skipif(sys.platform == "win32", reason="only Unix kills in the middle of a step")
def test_a_kill_at_every_step_leaves_the_old_or_the_new(
    village: Mould,
    rounds: Callable[[int, int], int],
    told: Callable[[str], None],
    tmp_path: Path,
) -> None:
    folder = tmp_path / "register"
    old = _digest_by(village.copy(folder), OTHER)
    steps = int(_restore(village, folder, 0).split()[1])
    new = _digest_by(folder, PASSWORD)
    assert old != new
    assert steps > 20
    stride = max(1, steps // rounds(steps, 6))
    left: Counter[str] = Counter()
    order = []
    for at in [*range(1, steps - 12, stride), *range(steps - 12, steps + 1)]:
        assert not _restore(village, folder, at)
        try:
            found = _digest_by(folder, OTHER)
        except keys.WrongPassword:
            found = _digest_by(folder, PASSWORD)
            assert found == new
        else:
            assert found == old
        order.append(found)
        left["new" if found == new else "old"] += 1
        for backup in (folder / "backups").iterdir():
            # One that was cut off keeps another name until the next backup clears it away.
            if not backup.name.endswith(".part"):
                assert (backup / FILE).stat().st_size
        assert not list(folder.glob("coming-back*"))
    # Once decided it stays so.
    assert order == sorted(order, key=lambda found: found == new)
    assert min(left["old"], left["new"]) >= 2
    told(f"{sum(left.values())} kills at {steps} steps of a restore: {dict(left)}; every one whole")
