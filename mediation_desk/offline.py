"""No way to a network: what could open one is missing from the program's processes."""

import sys
from types import ModuleType

# What opens sockets, and what needs one at once.
CLOSED = ("_socket", "ssl", "_ssl", "asyncio", "multiprocessing")


def _no_name() -> str:
    # `platform` asks for it on Windows and makes do without.
    raise OSError("offline")


def stay_offline() -> None:
    """Keep this process from ever opening a socket; before any library is loaded.

    peewee asks for the module of sockets because of a field for network addresses that nobody here
    has, and others ask for the computer's name; they get a module that can do nothing.
    """
    if "socket" in sys.modules:
        # A debugger or a test came before us, and works with what it has.
        return
    stand_in = ModuleType("socket", "The program is offline.")
    stand_in.gethostname = _no_name  # type: ignore[attr-defined]
    sys.modules["socket"] = stand_in
    for name in CLOSED:
        # None is how Python notes a module that cannot be had.
        sys.modules.setdefault(name, None)  # type: ignore[arg-type]
