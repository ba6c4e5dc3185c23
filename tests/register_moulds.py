"""Registers made once and copied, because a new key takes a fifth of a second and a copy none."""

import shutil
from dataclasses import dataclass
from pathlib import Path

from mediation_desk.desk.setting_up import Founding, create
from mediation_desk.store.keys import unlock
from mediation_desk.store.opening import open_with_key
from mediation_desk.store.register import Register


@dataclass(frozen=True)
class Mould:
    """A closed register that is copied for each test or round."""

    folder: Path
    key: bytes

    def copy(self, target: Path) -> Path:
        """A copy of one's own."""
        if target.exists():
            shutil.rmtree(target)
        shutil.copytree(self.folder, target)
        return target

    def open(self, target: Path) -> Register:
        """A copy, opened."""
        return open_with_key(self.copy(target), self.key)


def mould_of(folder: Path, founding: Founding, password: str) -> Mould:
    """A register as setting up makes it, closed."""
    create(folder, founding, password).close()
    return Mould(folder, unlock(folder, password))
