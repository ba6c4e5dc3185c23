"""What can still be had of a register that cannot be opened: read from a copy, so that it stays."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from mediation_desk.domain.drafts import Draft
from mediation_desk.domain.problems import DeskError
from mediation_desk.store import drafting, verifying
from mediation_desk.store.connection import READING, Connections
from mediation_desk.store.losing import Loss, loss

_COPY = "looked-into.part"
_LONGER = 16 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Salvage:
    """What a damaged register still gives.

    `whole`: its file is not damaged at all, as where only the keys are lost. `all_drafts`: no draft
    can have been passed over. `lost` is None where nobody can tell what is not in the backup.
    """

    whole: bool
    drafts: tuple[Draft, ...] = ()
    all_drafts: bool = False
    lost: Loss | None = None


def salvaged(folder: Path, key: bytes, file_name: str, backup: Path | None) -> Salvage:
    """Look into a copy of the register in `folder`, and compare it with a backup's file."""
    with _copied(folder, key, file_name) as copy:
        if copy is None:
            return Salvage(whole=False)
        whole = _whole(copy)
        drafts, everything = _drafts(copy)
        lost = None
        if backup is not None:
            with suppress(DeskError):
                lost = loss(copy, backup / file_name, key)
        return Salvage(whole, drafts, everything, lost)


@contextmanager
def _copied(folder: Path, key: bytes, file_name: str) -> Iterator[Connections | None]:
    place = folder / _COPY
    shutil.rmtree(place, ignore_errors=True)
    copy = None
    try:
        with suppress(OSError):
            place.mkdir()
            for name in (file_name, file_name + "-wal"):
                if (folder / name).exists():
                    shutil.copyfile(folder / name, place / name)
            if (place / file_name).exists() and (place / file_name).stat().st_size:
                copy = _opened(place / file_name, key)
        yield copy
    finally:
        if copy is not None:
            copy.close()
        shutil.rmtree(place, ignore_errors=True)


def _opened(file: Path, key: bytes) -> Connections:
    copy = Connections(file, key, READING)
    try:
        copy.one("SELECT count(*) FROM sqlite_master")
    except DeskError:
        copy.close()
        # One that was cut off is not read at all unless it has its length again.
        os.truncate(file, file.stat().st_size * 4 + _LONGER)
        copy = Connections(file, key, READING)
    return copy


def _whole(copy: Connections) -> bool:
    try:
        return verifying.file_whole(copy)
    except DeskError:
        return False


def _drafts(copy: Connections) -> tuple[tuple[Draft, ...], bool]:
    """The drafts before the first damaged page and those behind the last."""
    found: dict[str, Draft] = {}
    everything = True
    for from_the_end in (False, True):
        try:
            for draft in drafting.each_draft(copy, from_the_end=from_the_end):
                found[draft.id] = draft
        except DeskError:
            everything = False
    return tuple(found.values()), everything


def put_drafts(file: Path, key: bytes, drafts: tuple[Draft, ...]) -> None:
    """Put drafts into a register that nobody has open, those that it has newer left alone."""
    target = Connections(file, key)
    try:
        known = {draft.id: draft.at for draft in drafting.all_drafts(target)}
        for draft in drafts:
            if known.get(draft.id, "") < draft.at:
                drafting.keep(target, draft)
    finally:
        target.close()
