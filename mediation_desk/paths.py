"""Where the resources, the user's registers and the log lie on this computer."""

import os
import sys
from pathlib import Path

_LONG = 150


def resources() -> Path:
    """The folder of icons, style sheet, words and tables, from source and packaged alike."""
    return Path(__file__).resolve().parents[1] / "resources"


def reachable(path: Path) -> Path:
    """`path` so that Windows takes it though it is long; all that is named below it is then, too.

    Without the mark in front of it Windows ends names at 260 characters, and those of backups are
    a hundred longer than the register's own. Short ones stay as people know them.
    """
    whole = os.path.abspath(path)  # noqa: PTH100 - links are left as they are
    return Path(with_mark(whole)) if sys.platform == "win32" and len(whole) > _LONG else path


def with_mark(whole: str) -> str:
    """An absolute name of Windows with the mark that lets it be long."""
    if whole.startswith("\\\\?\\"):
        return whole
    if whole.startswith("\\\\"):
        return "\\\\?\\UNC\\" + whole[2:]
    return "\\\\?\\" + whole


def home() -> Path:
    """The user's folder for registers and logs; MEDIATION_DESK_HOME moves it."""
    named = os.environ.get("MEDIATION_DESK_HOME")
    if named:
        return Path(named)
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", str(Path.home()))) / "MediationDesk"
    data = os.environ.get("XDG_DATA_HOME")
    return (Path(data) if data else Path.home() / ".local" / "share") / "mediation-desk"


def default_register() -> Path:
    """The register that the window opens when none is named."""
    return home() / "register"


def demo_township() -> Path:
    """Where `--demo` keeps the demo township, apart from real records."""
    return home() / "demo"


def log_file() -> Path:
    """The program's own log; it holds no record values."""
    return home() / "desk.log"


def outgoing() -> Path:
    """Where a finished package is put for the user to carry away: the desktop if there is one."""
    desktop = Path.home() / "Desktop"
    return desktop if desktop.is_dir() else Path.home()


def paper_templates() -> Path:
    """Where the office's changed copies of the papers' templates are looked for."""
    return home() / "papers"
