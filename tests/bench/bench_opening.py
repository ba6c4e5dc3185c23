"""Opening a sample's register without its password, whose 64 MiB would hide what a job takes."""

from datetime import date
from pathlib import Path

from mediation_desk.domain.periods import month
from mediation_desk.store.opening import open_with_key
from mediation_desk.store.register import Register

OCTOBER = month(2026, 10)
TODAY = date(2026, 11, 2)
_KEY = "key-of-a-sample"


def lay_key(folder: Path, key: bytes) -> None:
    """Leave the key of an invented register beside it."""
    (folder / _KEY).write_bytes(key)


def opened(folder: Path) -> Register:
    """The register in `folder`."""
    return open_with_key(folder, (folder / _KEY).read_bytes())
