"""From the start of the process to a page that can be used, against an empty window."""

import time
from functools import partial
from pathlib import Path

from bench_measuring import Line, Ran, in_turn, ran
from store_registers import PASSWORD, build, units

from mediation_desk.store import keys

_MOST = 1.5
# Made of keys that every keyboard has.
_TYPED = "tiaojie-2026"


def measure(folder: Path, *, disputes: int, times: int) -> list[Line]:
    """Time and memory to the password page, from Enter to the workbench, and of both together."""
    register = folder / "start"
    with build(register, disputes) as built:
        # The desk of a village with a tenth of them, so that its first page has something to tell.
        built.set("committee", units()[2].id)
    key = keys.unlock(register, PASSWORD)
    keys.write_slots(register, [keys.wrap(key, "password", _TYPED)])
    home = str(folder / "home")

    def desk(job: str, secret: str = "") -> partial[Ran]:
        return partial(ran, "child_desk_window.py", job, register, secret, MEDIATION_DESK_HOME=home)

    found = in_turn(
        times,
        {
            "empty": partial(ran, "child_empty_window.py"),
            "show": desk("show"),
            "enter": desk("enter", key.hex()),
            "unlock": desk("unlock", _TYPED),
            "derive": partial(_derived, register),
        },
    )
    return _lines(found, f"{disputes:,} disputes")


def _lines(found: dict[str, Ran], size: str) -> list[Line]:
    empty, shown, entered = found["empty"], found["show"], found["enter"]
    unlocked, derived = found["unlock"], found["derive"]
    # By password a person waits twice: for its page, and after it; typing is nobody's waiting.
    return [
        _against("start to the password page", shown, empty),
        Line(
            f"start to the workbench by password, {size}",
            shown.seconds + unlocked.told,
            empty.seconds + derived.told,
            _MOST,
            unlocked.peak,
            empty.peak + derived.peak,
        ),
        _against(f"start to the workbench by the raw key, {size}", entered, empty),
        Line(f"from Enter to the workbench, {size}", unlocked.told, derived.told),
        Line("from the password to the key (Argon2id)", derived.told),
    ]


def _against(what: str, ours: Ran, empty: Ran) -> Line:
    return Line(what, ours.seconds, empty.seconds, _MOST, ours.peak, empty.peak)


def _derived(register: Path) -> Ran:
    """The key from the password alone, and the memory that this asks for by intent."""
    begun = time.perf_counter()
    keys.unlock(register, _TYPED)
    taken = time.perf_counter() - begun
    return Ran(0.0, taken, keys.read_slots(register)[0].memory, 0)
