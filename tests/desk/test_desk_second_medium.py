"""Backups on another disk: copied whole, read back, few, and asked for until they are there."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from builders import a_case

from mediation_desk.desk import second_medium
from mediation_desk.desk.clock import now
from mediation_desk.domain.problems import DeskError
from mediation_desk.store.backups import Why
from mediation_desk.store.opening import open_with_key
from mediation_desk.store.register import FILE, Register


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "U盘"
    folder.mkdir()
    return folder


def test_the_copy_opens_as_the_register_it_was(village: Register, stick: Path) -> None:
    with village.change("陶素芬", "登记") as change:
        change.adopt(a_case().records())
    second_medium.choose(village, stick)
    assert second_medium.medium(village).at is None
    before = list(village.dump())
    made = second_medium.copy_out(village, now())
    assert made.path.parent == stick / "调解台备份 梨子园村 500230124200"
    assert sorted(file.name for file in made.path.iterdir()) == ["keys.json", "made.json", FILE]
    assert "同一个磁盘" in made.warning
    with open_with_key(made.path, village._key) as copy:
        assert list(copy.dump()) == before
        assert copy.verify() == []
    assert village.backups()[0].why is Why.MEDIUM
    assert now() - second_medium.medium(village).at < timedelta(minutes=5)


def test_the_newest_five_stay_and_nothing_of_others_goes(village: Register, stick: Path) -> None:
    second_medium.choose(village, stick)
    shelf = stick / second_medium.shelf_name(village)
    (shelf / "照片").mkdir(parents=True)
    (shelf / "20260101-100000-000000.part").mkdir()
    (stick / "20200101-100000-000000").mkdir()
    made = [second_medium.copy_out(village, now()).path for _ in range(7)]
    assert {path.name for path in shelf.iterdir()} == {"照片", *(path.name for path in made[-5:])}
    assert (stick / "20200101-100000-000000").is_dir()


def test_without_a_place_or_a_stick_nothing_is_done(village: Register, stick: Path) -> None:
    with pytest.raises(DeskError, match="还没有选"):
        second_medium.copy_out(village, now())
    second_medium.choose(village, stick)
    stick.rmdir()
    with pytest.raises(DeskError, match="请插好U盘"):
        second_medium.copy_out(village, now())
    assert village.backups() == []
    assert second_medium.medium(village).at is None


@pytest.fixture
def small_stick(tmp_path: Path) -> Iterator[Path]:
    disk = tmp_path / "small"
    disk.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=200k", "tmpfs", str(disk)], check=True)
    yield disk
    subprocess.run(["umount", "-l", str(disk)], check=True)


@pytest.mark.skipif(sys.platform != "linux", reason="mounts a small disk")
def test_a_full_stick_holds_nothing_half(village: Register, small_stick: Path) -> None:
    if shutil.which("mount") is None:
        pytest.skip("no mount")
    second_medium.choose(village, small_stick)
    with pytest.raises(DeskError, match="没有拷成"):
        second_medium.copy_out(village, now())
    shelf = small_stick / second_medium.shelf_name(village)
    assert list(shelf.iterdir()) == []
    assert second_medium.medium(village).at is None


def test_a_copy_that_does_not_read_back_is_no_copy(
    village: Register, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    second_medium.choose(village, stick)
    copyfile = shutil.copyfile

    def worn_out(source: Path, target: Path) -> None:
        copyfile(source, target)
        if stick in target.parents and target.name == FILE:
            content = bytearray(target.read_bytes())
            content[5000] ^= 1
            target.write_bytes(content)

    monkeypatch.setattr(shutil, "copyfile", worn_out)
    with pytest.raises(DeskError, match="不一样"):
        second_medium.copy_out(village, now())
    assert list((stick / second_medium.shelf_name(village)).iterdir()) == []


def test_it_is_asked_for_until_it_is_done(village: Register, stick: Path) -> None:
    begun = datetime.fromisoformat(village.act(1).at)
    assert second_medium.reminder(village, begun + timedelta(days=6)) == ""
    assert "还没有拷到U盘" in second_medium.reminder(village, begun + timedelta(days=7))
    second_medium.choose(village, stick)
    assert second_medium.reminder(village, begun + timedelta(days=7))
    day = now()
    second_medium.copy_out(village, day)
    assert second_medium.reminder(village, day + timedelta(days=6)) == ""
    assert "已有8天" in second_medium.reminder(village, day + timedelta(days=8))
    village.keep_settings(replace(village.settings, medium_days=30))
    assert second_medium.reminder(village, day + timedelta(days=29)) == ""
    assert second_medium.reminder(village, day + timedelta(days=30))
    # A clock set back asks for nothing.
    assert second_medium.reminder(village, day - timedelta(days=400)) == ""
