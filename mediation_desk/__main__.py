"""The program's front door: without a verb the window, otherwise a job of the command line."""

import gc
import sys
from collections.abc import Sequence
from pathlib import Path

from mediation_desk.offline import stay_offline

WINDOW_OPTIONS = {"--demo", "--register"}
_READ_WORKBOOK = "--read-workbook"
_WRONG_USE = 2


def _read_workbooks() -> int:
    # The packaged program starts itself again to read workbooks in a process of its own.
    from mediation_desk.exchange.child import main as read  # noqa: PLC0415

    return read()


def _window(arguments: Sequence[str]) -> int:
    # Collecting garbage while modules load finds none and costs a tenth of the start.
    gc.disable()
    # Qt is loaded only for the window; the command line works on machines without a screen.
    from mediation_desk.ui.app import run  # noqa: PLC0415

    demo = "--demo" in arguments
    register = None
    if "--register" in arguments:
        place = arguments.index("--register") + 1
        if place >= len(arguments):
            return _WRONG_USE
        register = Path(arguments[place])
    return run(register, demo=demo)


def _try_window() -> None:
    from mediation_desk.ui.app import try_out  # noqa: PLC0415

    try_out()


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program with command line `arguments`; the exit code."""
    stay_offline()
    given = list(sys.argv[1:] if arguments is None else arguments)
    if given[:1] == [_READ_WORKBOOK]:
        return _read_workbooks()
    if not given or given[0] in WINDOW_OPTIONS:
        return _window(given)
    from mediation_desk.cli import run  # noqa: PLC0415

    return run(given, _try_window)


if __name__ == "__main__":
    # Loaded here, so that nothing that is measured waits for it.
    from mediation_desk.desk.crash_report import keep_values_out

    keep_values_out()
    sys.exit(main())
