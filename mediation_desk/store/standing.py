"""On what kind of disk a folder lies: the register in daily use belongs on the computer's own.

A stick is pulled out in the middle of a write, a share on the network locks files otherwise than
SQLite needs, and a folder that a program carries into a cloud is copied half written, and comes
back as two.
"""

import os
import sys
from collections.abc import Iterable, Mapping
from enum import Enum
from pathlib import Path, PurePath

# How the list of mounted disks writes what would part its columns; the backslash comes last.
_WRITTEN = ((r"\040", " "), (r"\011", "\t"), (r"\012", "\n"), (r"\134", "\\"))


class Standing(Enum):
    """Where a register must not be worked with, by what is to be said about it."""

    REMOVABLE = "removable"
    NETWORK = "network"
    SYNCED = "synced"


# Parts of a path by which the folders of these programs are known, in small letters: OneDrive,
# 坚果云, 百度网盘, WPS云盘, iCloud, Dropbox, and others seen on such computers.
_NAMED = frozenset({
    "onedrive", "nutstore", "nutstorefiles", "我的坚果云", "坚果云",
    "baidusyncdisk", "baidunetdiskworkspace", "百度网盘", "百度网盘同步空间", "百度云同步盘",
    "wps云盘", "wpsdrive", "wps cloud files", "wps网盘",
    "iclouddrive", "icloud drive", "mobile documents", "com~apple~clouddocs",
    "dropbox", "google drive", "googledrive", "微云同步助手", "微云同步盘", "阿里云盘", "115生活",
})  # fmt: skip
# OneDrive and Dropbox add whose they are, 坚果云 the number of the folder.
_BEGINNING = ("onedrive - ", "onedrive – ", "dropbox (", "nutstore_", "我的坚果云_")
_TOLD_BY_SYSTEM = ("OneDrive", "OneDriveConsumer", "OneDriveCommercial")
# Left by the programs in the folders that they carry away.
_MARKS = (".dropbox", ".dropbox.cache", ".nutstore", ".baidusyncdisk")
# What Linux calls the file systems that lie on another computer.
_ELSEWHERE = frozenset({
    "nfs", "nfs4", "cifs", "smb3", "smbfs", "ncpfs", "afs", "ceph", "glusterfs", "davfs",
    "fuse.sshfs", "fuse.davfs2", "fuse.rclone", "fuse.gvfsd-fuse", "fuse.glusterfs", "fuse.s3fs",
})  # fmt: skip


def standing(folder: Path) -> Standing | None:
    """Why `folder`, which need not be there yet, is no place for a register in use; None if it is.

    A disk in a case of its own that says it is built in is not known for what it is on Windows.
    """
    whole = Path(os.path.abspath(folder))  # noqa: PTH100 - also of what is not there yet
    real = Path(os.path.realpath(folder))
    if synced(whole, os.environ) or synced(real, os.environ):
        return Standing.SYNCED
    return _on_this_system(real)


def synced(folder: PurePath, environment: Mapping[str, str]) -> bool:
    """Whether a program carries what lies in `folder` into a cloud."""
    parts = [part.lower() for part in folder.parts]
    if any(part in _NAMED or part.startswith(_BEGINNING) for part in parts):
        return True
    for name in _TOLD_BY_SYSTEM:
        told = environment.get(name, "")
        if told and folder.is_relative_to(type(folder)(told)):
            return True
    above = (folder, *folder.parents)
    return any(Path(place, mark).exists() for place in above for mark in _MARKS)


if sys.platform == "win32":
    import ctypes

    def _on_this_system(folder: Path) -> Standing | None:
        drive = folder.drive.upper()
        marked = drive.startswith("\\\\?\\")
        if drive.startswith("\\\\?\\UNC\\") or (drive.startswith("\\\\") and not marked):
            return Standing.NETWORK
        kind = ctypes.windll.kernel32.GetDriveTypeW(folder.anchor)
        return {2: Standing.REMOVABLE, 4: Standing.NETWORK}.get(kind)
else:

    def _on_this_system(folder: Path) -> Standing | None:
        return on_linux(folder, Path("/proc/mounts"), Path("/sys"))


def on_linux(folder: Path, mounts: Path, system: Path) -> Standing | None:
    """The same by the list of mounted disks and what the system says of their devices."""
    try:
        lines = mounts.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return None
    device, kind = _mounted(folder, lines)
    if kind in _ELSEWHERE or device.startswith("//"):
        return Standing.NETWORK
    if device.startswith("/dev/") and _removable(Path(os.path.realpath(device)).name, system):
        return Standing.REMOVABLE
    return None


def _mounted(folder: Path, lines: Iterable[str]) -> tuple[str, str]:
    """Device and file system of the innermost mount above `folder`; the last of several holds."""
    found, deepest = ("", ""), -1
    for line in lines:
        device, place, kind, *_ = [*line.split(" "), "", "", ""]
        for written, meant in _WRITTEN:
            place = place.replace(written, meant)
        where = Path(place)
        if len(where.parts) >= deepest and folder.is_relative_to(where):
            found, deepest = (device, kind), len(where.parts)
    return found


def _removable(name: str, system: Path) -> bool:
    block = Path(os.path.realpath(system / "class" / "block" / name))
    # A partition has no word of its own; its disk stands above it. What hangs on USB is pulled out.
    if any(part.startswith("usb") for part in block.parts):
        return True
    for place in (block, block.parent):
        if (place / "removable").is_file():
            return (place / "removable").read_text(encoding="utf-8").strip() == "1"
    return False
