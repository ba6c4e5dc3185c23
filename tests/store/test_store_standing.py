"""Sticks, shares and folders that are carried into a cloud are known for what they are."""

import os
from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest

from mediation_desk import paths
from mediation_desk.store.standing import Standing, on_linux, standing, synced


@pytest.mark.parametrize(
    "folder",
    [
        r"C:\Users\陶素芬\OneDrive\调解台", r"C:\Users\t\OneDrive - 丰都县司法局\r",
        r"D:\我的坚果云\调解台", r"D:\Nutstore\1\r", r"D:\BaiduSyncdisk\r",
        r"D:\百度网盘同步空间\r",
        r"C:\Users\t\WPS云盘\r", r"C:\Users\t\WPS Cloud Files\123\r",
        r"C:\Users\t\iCloudDrive\r", r"C:\Users\t\Dropbox\r", r"C:\Users\t\Dropbox (Personal)\r",
    ],
)  # fmt: skip
def test_folders_of_clouds_are_known_by_their_names(folder: str) -> None:
    assert synced(PureWindowsPath(folder), {})


@pytest.mark.parametrize(
    "folder",
    [
        r"C:\Users\陶素芬\AppData\Local\MediationDesk\register",
        r"D:\调解台", r"D:\BaiduNetdiskDownload\调解台", r"C:\Users\dropboxer\r", r"D:\云盘山村\r",
    ],
)  # fmt: skip
def test_others_are_not(folder: str) -> None:
    assert not synced(PureWindowsPath(folder), {"OneDrive": r"C:\Users\t\Cloud"})


def test_a_folder_that_the_system_names_is_known(tmp_path: Path) -> None:
    told = {"OneDriveCommercial": r"E:\局里"}
    assert synced(PureWindowsPath(r"E:\局里\r"), told)
    assert not synced(PureWindowsPath(r"E:\局里的\r"), told)
    assert not synced(tmp_path / "a" / "b", {})
    (tmp_path / ".dropbox").touch()
    assert synced(tmp_path / "a" / "b", {})


def _system(place: Path) -> tuple[Path, Path]:
    """A computer with a disk of its own, a stick, a card, a disk on USB and two shares."""
    devices = place / "devices"
    disks = {
        "pci0/ata1/block/sda": "0",
        "pci0/usb2/2-1/block/sdb": "1",
        "pci0/mmc0/block/mmcblk0": "1",
        "pci0/usb2/2-2/block/sdc": "0",
    }
    (place / "class" / "block").mkdir(parents=True)
    for where, removable in disks.items():
        disk = devices / where
        (disk / f"{disk.name}1").mkdir(parents=True)
        (disk / "removable").write_text(removable + "\n", encoding="ascii")
        for block in (disk, disk / f"{disk.name}1"):
            (place / "class" / "block" / block.name).symlink_to(block)
    mounts = place / "mounts"
    mounts.write_text(
        "/dev/sda1 / ext4 rw 0 0\n"
        "/dev/sdb1 /media/t/U\\040盘 vfat rw 0 0\n"
        "/dev/mmcblk01 /media/card exfat rw 0 0\n"
        "/dev/sdc1 /media/disk ext4 rw 0 0\n"
        "//server/share /mnt/share cifs rw 0 0\n"
        "/dev/sda1 /home/t/local ext4 rw 0 0\n"
        "server:/home /home/t nfs4 rw 0 0\n"
        "tmpfs /tmp tmpfs rw 0 0\n",
        encoding="utf-8",
    )
    return mounts, place


@pytest.mark.skipif(os.name != "posix", reason="Windows is asked otherwise")
@pytest.mark.parametrize(
    ("folder", "found"),
    [
        ("/var/lib/register", None),
        ("/media/t/U 盘/register", Standing.REMOVABLE),
        ("/media/t/U 盘", Standing.REMOVABLE),
        ("/media/card/调解台", Standing.REMOVABLE),
        ("/media/disk/register", Standing.REMOVABLE),
        ("/media/other", None),
        ("/mnt/share/a", Standing.NETWORK),
        ("/home/t/register", Standing.NETWORK),
        ("/home/t/local/register", None),
        ("/home/tao/register", None),
        ("/tmp/register", None),
    ],
)
def test_disks_are_known_by_what_the_system_says(
    tmp_path: Path, folder: str, found: Standing | None
) -> None:
    assert on_linux(Path(folder), *_system(tmp_path)) is found


def test_a_place_of_this_computer_is_good_and_nothing_to_ask_is_no_fault(tmp_path: Path) -> None:
    assert standing(tmp_path / "not" / "there") is None
    assert on_linux(tmp_path, tmp_path / "none", tmp_path) is None
    assert standing(tmp_path / "OneDrive" / "register") is Standing.SYNCED
    assert not synced(PurePosixPath("/"), {})


def test_a_long_name_of_windows_gets_its_mark_once() -> None:
    assert paths.with_mark(r"C:\a") == r"\\?\C:\a"
    assert paths.with_mark(r"\\server\share\a") == r"\\?\UNC\server\share\a"
    assert paths.with_mark(paths.with_mark(r"C:\a")) == r"\\?\C:\a"
