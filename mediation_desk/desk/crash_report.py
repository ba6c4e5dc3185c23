"""What a fault of the program may tell: where it happened, never with which values."""

import sys
import threading
from pathlib import Path
from types import TracebackType

from mediation_desk import __version__

_HOME = Path(__file__).resolve().parents[2]


def _place(file: str) -> str:
    """A file of the program from its folder on; of others the name, as a path may name a person."""
    path = Path(file)
    return path.relative_to(_HOME).as_posix() if path.is_relative_to(_HOME) else path.name


def report_of(error: BaseException) -> str:
    """The fault without its message and without any value, which could be what a user has typed."""
    # Needed only after a fault.
    import platform  # noqa: PLC0415
    import traceback  # noqa: PLC0415

    lines = [
        f"mediation_desk {__version__} · Python {platform.python_version()} · {platform.platform()}"
    ]
    frames = traceback.extract_tb(error.__traceback__)
    lines += [f"{_place(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames]
    lines.append(type(error).__qualname__)
    return "\n".join(lines)


def tell(error: BaseException) -> None:
    """Say a fault to whoever called the command line; there may be nobody to hear it."""
    if sys.stderr is not None:
        sys.stderr.write(report_of(error) + "\n")


def _take(_kind: type[BaseException], error: BaseException, _trace: TracebackType | None) -> None:
    tell(error)


def _take_from_thread(fault: threading.ExceptHookArgs) -> None:
    if fault.exc_value is not None:
        tell(fault.exc_value)


def _take_unraisable(fault: "sys.UnraisableHookArgs") -> None:
    if fault.exc_value is not None:
        tell(fault.exc_value)


def keep_values_out() -> None:
    """Let Python itself print no fault any more: its own words hold the message with its values."""
    sys.excepthook = _take
    threading.excepthook = _take_from_thread
    sys.unraisablehook = _take_unraisable
