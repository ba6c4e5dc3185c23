"""A register is not worked with where it would be lost, and is moved to where it is safe."""

import os
from dataclasses import replace
from pathlib import Path

import pytest
from builders import a_case
from register_moulds import Mould

from mediation_desk.desk import recovering, second_medium, setting_up
from mediation_desk.desk.clock import now
from mediation_desk.desk.disk_space import space_warning
from mediation_desk.desk.placing import BadPlace, move_in
from mediation_desk.desk.unlocking import open_counted
from mediation_desk.domain.codes import UnitKind
from mediation_desk.domain.problems import DeskError
from mediation_desk.store.closing_seal import Since
from mediation_desk.store.connection import Connections
from mediation_desk.store.keys import WrongPassword
from mediation_desk.store.opening import open_with_key
from mediation_desk.store.register import FILE, Register

PASSWORD = "梨花-2026"
_FOUNDING = setting_up.found_village(
    "丰都县", "双龙镇", "梨子园村", UnitKind.VILLAGE, "500230124200", "陶素芬"
)


@pytest.fixture
def carried(village_mould: Mould, tmp_path: Path) -> Path:
    """A register with a case and a backup in a folder that is carried into a cloud."""
    folder = tmp_path / "坚果云" / "register"
    folder.parent.mkdir()
    with village_mould.open(folder) as register:
        with register.change("陶素芬", "登记") as change:
            change.adopt(a_case().records())
        register.back_up()
    return folder


def test_it_is_refused_with_the_reason_and_what_to_do(carried: Path) -> None:
    for path in (carried, carried / FILE):
        with pytest.raises(BadPlace, match=r"同步文件夹.*。请把它移到"):
            open_counted(path, PASSWORD)
    with pytest.raises(BadPlace):
        recovering.recover(carried, "0000 " * 9, "新的密码-2026")
    with pytest.raises(BadPlace, match="请换一个"):
        setting_up.create(carried.parent / "new", _FOUNDING, PASSWORD)
    assert sorted(entry.name for entry in carried.parent.iterdir()) == ["register"]


def test_a_backup_may_be_looked_into_wherever_it_lies(carried: Path) -> None:
    (backup,) = (carried / "backups").iterdir()
    with open_counted(backup, PASSWORD) as register:
        assert len(register.all("dispute")) == 1


def test_it_is_moved_whole_and_the_old_one_stays(carried: Path, tmp_path: Path) -> None:
    before = (carried / FILE).read_bytes()
    there, kept = move_in(carried, PASSWORD, tmp_path / "这台电脑" / "register")
    assert not carried.exists()
    assert kept.name.startswith("register 已移到电脑上 ")
    assert (kept / FILE).read_bytes() == before
    with open_counted(there, PASSWORD) as register:
        assert register.opening.since is Since.SAME
        assert len(register.all("dispute")) == 1
        assert [backup.disputes for backup in register.backups()] == [1]
        assert register.verify() == []
    assert sorted(entry.name for entry in there.parent.iterdir()) == ["register"]


def test_it_is_moved_to_the_programs_own_place(
    carried: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MEDIATION_DESK_HOME", str(tmp_path / "home"))
    assert move_in(carried, PASSWORD)[0] == tmp_path / "home" / "register"


def test_nothing_is_moved_where_something_is_wrong(carried: Path, tmp_path: Path) -> None:
    taken = tmp_path / "taken"
    (taken / "something").mkdir(parents=True)
    before = (carried / FILE).read_bytes()
    with pytest.raises(DeskError, match="已经有东西了"):
        move_in(carried, PASSWORD, taken)
    with pytest.raises(BadPlace):
        move_in(carried, PASSWORD, tmp_path / "Dropbox" / "register")
    with pytest.raises(WrongPassword):
        move_in(carried, "不对", tmp_path / "there")
    (carried / FILE).write_bytes(before[:9000] + bytes(4096) + before[9000 + 4096 :])
    with pytest.raises(DeskError, match="损坏"):
        move_in(carried, PASSWORD, tmp_path / "there")
    assert sorted(entry.name for entry in tmp_path.iterdir() if "there" in entry.name) == []
    assert carried.is_dir()


def test_what_was_tampered_with_is_not_moved(
    carried: Path, village_mould: Mould, tmp_path: Path
) -> None:
    tampered = Connections(carried / FILE, village_mould.key)
    tampered.run("UPDATE party SET name = '别人'")
    tampered.close()
    with pytest.raises(DeskError, match=r"不对，没有移。请先恢复"):
        move_in(carried, PASSWORD, tmp_path / "there")
    assert not (tmp_path / "there").exists()


def test_it_is_told_before_the_disk_is_full(village: Register) -> None:
    assert space_warning(village) == ""
    village.keep_settings(replace(village.settings, disk_megabytes=100_000_000))
    assert "磁盘快满了" in space_warning(village)
    # What is left of a disk of today is told in the larger measure.
    assert " GB。" in space_warning(village)


def test_long_and_chinese_paths_work(village_mould: Mould, tmp_path: Path) -> None:
    folder = tmp_path / "调解台"
    while len(str(folder)) < 270:
        folder /= "a-folder-in-a-folder"
    folder.mkdir(parents=True)
    folder /= "登记簿 (一)"
    assert len(str(folder)) > 260
    setting_up.create(folder, _FOUNDING, PASSWORD).close()
    with open_counted(folder, PASSWORD) as register:
        with register.change("陶素芬", "登记") as change:
            change.adopt(a_case(unit_id=register.unit.id).records())
        stick = folder.parent / "U盘"
        stick.mkdir()
        second_medium.choose(register, stick)
        copied = second_medium.copy_out(register, now())
        (backup,) = register.backups()
        assert backup.disputes == 1
        register.restore(backup.folder)
    with open_counted(folder, PASSWORD) as register:
        assert len(register.all("dispute")) == 1
        assert register.verify() == []
    with open_counted(copied.path, PASSWORD) as register:
        assert len(register.all("dispute")) == 1


def test_what_is_longer_than_can_be_opened_is_told(tmp_path: Path) -> None:
    folder = tmp_path
    while len(str(folder)) < 300:
        folder /= "丰都县双龙镇梨子园村人民调解委员会的调解台登记簿"
    with pytest.raises(DeskError, match=r"太长.*。请换一个"):
        setting_up.create(folder, _FOUNDING, PASSWORD)
    folder.mkdir(parents=True)
    with pytest.raises(DeskError, match=r"太长.*。请换一个"):
        open_counted(folder, PASSWORD)


@pytest.mark.skipif(os.name != "posix", reason="needs a link")
def test_a_link_into_a_cloud_is_seen_through(
    carried: Path, tmp_path: Path, village_mould: Mould
) -> None:
    link = tmp_path / "here"
    link.symlink_to(carried, target_is_directory=True)
    with pytest.raises(BadPlace):
        open_counted(link, PASSWORD)
    # The store itself opens what it is told to; it is the desk that refuses.
    open_with_key(carried, village_mould.key).close()
