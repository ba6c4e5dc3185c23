"""Where a finished file is put to be carried away: a stick that is plugged in, or the desktop."""

import os
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from mediation_desk import paths
from mediation_desk.words import tr

# Below these folders Linux shows what was plugged in.
_PLUGGED_IN = ("/media/", "/run/media/")
_OCTAL = re.compile(r"\\([0-7]{3})")
_REMOVABLE = 2  # DRIVE_REMOVABLE of Windows
_NO_QUESTIONS = 1  # SEM_FAILCRITICALERRORS: an empty card reader opens no window


@dataclass(frozen=True, slots=True)
class Place:
    """A folder to put a file into, and how people call it."""

    folder: Path
    name: str
    stick: bool = False


def desktop() -> Place:
    """The desktop, or the user's own folder where there is none."""
    folder = paths.outgoing()
    return Place(folder, tr("桌面") if folder != Path.home() else tr("个人文件夹"))


def places() -> list[Place]:
    """Where a file may go: the sticks that are plugged in now, then the desktop."""
    return [*sticks(), desktop()]


def sticks() -> list[Place]:
    """The removable media that are plugged in and can be written on."""
    found = _of_windows() if sys.platform == "win32" else _of_linux()
    return [place for place in found if os.access(place.folder, os.W_OK)]


def _of_linux() -> Iterator[Place]:
    try:
        lines = Path("/proc/mounts").read_text("utf-8", "replace").splitlines()
    except OSError:
        return
    for line in lines:
        folder = _OCTAL.sub(_character, [*line.split(), "", ""][1])
        if folder.startswith(_PLUGGED_IN):
            path = Path(folder)
            yield Place(path, tr("U盘 {name}").format(name=path.name), stick=True)


def _character(found: re.Match[str]) -> str:
    return chr(int(found[1], 8))


def _of_windows() -> Iterator[Place]:
    if sys.platform == "win32":
        # Only Windows has it.
        import ctypes  # noqa: PLC0415

        kernel = ctypes.windll.kernel32
        kernel.SetErrorMode(kernel.GetErrorMode() | _NO_QUESTIONS)
        for number in range(26):
            letter = chr(ord("A") + number)
            root = f"{letter}:\\"
            there = kernel.GetLogicalDrives() >> number & 1
            if not there or kernel.GetDriveTypeW(root) != _REMOVABLE:
                continue
            label = ctypes.create_unicode_buffer(261)
            if kernel.GetVolumeInformationW(root, label, 261, None, None, None, None, 0):
                called = tr("U盘 {name}（{letter}盘）") if label.value else tr("U盘（{letter}盘）")
                name = called.format(name=label.value, letter=letter)
                yield Place(Path(root), name, stick=True)
    else:
        yield from ()


def on_a_stick(path: Path) -> bool:
    """Whether a file lies on something that can be pulled out."""
    return any(path.is_relative_to(place.folder) for place in sticks())


def free_name(target: Path) -> Path:
    """`target`, or the same name with the first number in brackets that nobody has yet."""
    number, free = 1, target
    while free.exists():
        number += 1
        name = tr("{stem}（{number}）").format(stem=target.stem, number=number)
        free = target.with_name(name + target.suffix)
    return free
