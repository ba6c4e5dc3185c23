"""Killed in the middle of an exchange of keys: the last told ones or the next open, never none."""

import os
import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from desk_line import ROOT
from soak_desks import PASSWORD, Mould, a_village

from mediation_desk.desk import recovering
from mediation_desk.domain.recovery_code import DRAWN, code_from
from mediation_desk.store import keys
from mediation_desk.store.keys import WrongCode, WrongPassword
from mediation_desk.store.opening import open_by_code, open_register, open_with_key

# One exchange after the other, each told when it is done. Deriving keys would take nearly all of
# the time, in which a kill meets nothing; these take little, as the slots themselves say.
_EXCHANGES = """
import sys
from pathlib import Path
from mediation_desk.desk import recovering
from mediation_desk.domain.recovery_code import DRAWN, code_from
from mediation_desk.store import keys
from mediation_desk.store.opening import open_register
keys._PASSES, keys._MEMORY = 1, 64 * 1024
folder, number = Path(sys.argv[1]), int(sys.argv[2])
with open_register(folder, sys.argv[3]) as register:
    password = sys.argv[3]
    print(number, flush=True)
    while True:
        number += 1
        following = f"password {number}"
        recovering.change_password(register, password, following, "陶素芬")
        recovering.use_code(register, code_from([number % 29] * DRAWN), "陶素芬")
        password = following
        print(number, flush=True)
"""


def _code(number: int) -> str:
    return code_from([number % 29] * DRAWN)


@pytest.fixture(scope="module")
def mould(tmp_path_factory: pytest.TempPathFactory) -> Mould:
    return a_village(tmp_path_factory.mktemp("keys") / "village", 0)


def _killed(folder: Path, home: Path, number: int, pause: float) -> int:
    """Exchange keys until killed; the number of the last exchange that was told to be done."""
    words = [str(folder), str(number), f"password {number}" if number else PASSWORD]
    process = subprocess.Popen(
        [sys.executable, "-c", _EXCHANGES, *words],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT), "MEDIATION_DESK_HOME": str(home),
             "PYTHONIOENCODING": "utf-8"},
    )  # fmt: skip
    with process:
        assert process.stdout is not None
        # The first exchange loads what it needs, which would take most of the kills.
        said = process.stdout.readline() + process.stdout.readline()
        assert said, "the register did not open"
        time.sleep(pause)
        process.kill()
        # A line that the kill cut off was not told.
        lines = (said + process.stdout.read()).split(b"\n")[:-1]
    return int(lines[-1])


def test_a_kill_leaves_keys_that_open(
    mould: Mould,
    rounds: Callable[[int, int], int],
    told: Callable[[str], None],
    tmp_path: Path,
) -> None:
    dice, folder = random.Random(20261129), mould.copy(tmp_path / "register")
    hit: Counter[str] = Counter()
    number = 0
    count = rounds(300, 6)
    for _ in range(count):
        last = _killed(folder, tmp_path / "home", number, dice.uniform(0, 0.2))
        number = _opening(folder, last)
        code = _by_code(folder, last)
        hit[f"password +{number - last}, code +{code - last}"] += 1
        hit["left a half-written file"] += (folder / (keys.FILE + ".new")).exists()
        with open_with_key(folder, mould.key) as register:
            assert register.verify() == []
            if code < number:
                # Go on from where both are the same.
                recovering.use_code(register, _code(number), "陶素芬")
    told(f"{count} kills in {number} exchanges of keys, never without a key: {dict(hit)}")


def _opening(folder: Path, last: int) -> int:
    """The number of the password that opens: the last one told, or the next."""
    for number in (last, last + 1):
        try:
            open_register(folder, f"password {number}" if number else PASSWORD).close()
        except WrongPassword:
            continue
        return number
    raise AssertionError(last)


def _by_code(folder: Path, last: int) -> int:
    """The same of the code; before the first exchange there is none."""
    for number in (last, last + 1):
        if keys.RECOVERY not in keys.kinds(folder):
            return last
        try:
            open_by_code(folder, _code(number)).close()
        except WrongCode:
            continue
        return number
    raise AssertionError(last)
