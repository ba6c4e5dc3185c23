"""Backups by the command line: listed, and what comes of them."""

import json
from pathlib import Path

from builders import a_case
from desk_line import Line
from register_moulds import Mould

from mediation_desk.store.opening import open_with_key
from mediation_desk.store.putting_back import ASIDE
from mediation_desk.store.register import FILE

PASSWORD = "梨花-2026"


def test_backups_are_listed(line: Line, village_mould: Mould, tmp_path: Path) -> None:
    folder = tmp_path / "village"
    village_mould.copy(folder)
    secret = line.password_file("village", PASSWORD)
    words = ("backups", folder, "--password-file", secret)
    assert line.plain(*words).done() == "还没有备份过。\n"
    with village_mould.open(folder) as register:
        with register.change("陶素芬", "登记") as change:
            change.adopt(a_case().records())
        made = register.back_up()
    (told,) = json.loads(line.plain(*words, "--json").done())
    assert (told["name"], told["disputes"], told["why"]) == (made.name, 1, "asked")
    said = line.plain(*words).done()
    assert made.name in said
    assert "纠纷 1 件  手动备份" in said


def test_a_backup_is_restored_after_it_was_told_what_goes(
    line: Line, village_mould: Mould, tmp_path: Path
) -> None:
    folder, secret = tmp_path / "village", line.password_file("village", PASSWORD)
    with village_mould.open(folder) as register:
        older = register.back_up().name
        with register.change("陶素芬", "登记") as change:
            change.adopt(a_case().records())
        newer = register.back_up().name
    words = ("restore", folder, older, "--password-file", secret)
    before = (folder / FILE).read_bytes()
    said = line.plain(*words).done()
    assert "纠纷新登1" in said
    assert "秦德珍与蒋仕文" in said
    assert "再加上 --yes" in said
    assert (folder / FILE).read_bytes() == before
    with open_with_key(folder, village_mould.key) as register:
        held = line.plain(*words, "--yes").refused()
    assert "已在另一个窗口中打开" in held
    assert "没有叫“x”的备份" in line.plain("restore", folder, "x", *words[3:]).refused()
    assert f"已恢复到备份 {older}" in line.plain(*words, "--yes").done()
    with open_with_key(folder, village_mould.key) as register:
        assert register.all("dispute") == []
    said = line.plain("restore", folder, newer, *words[3:], "--yes").done()
    assert "恢复不会丢失什么" in said
    with open_with_key(folder, village_mould.key) as register:
        assert len(register.all("dispute")) == 1
        assert register.verify() == []


def test_a_damaged_register_is_restored_and_a_missing_one(
    line: Line, village_mould: Mould, tmp_path: Path
) -> None:
    folder, secret = tmp_path / "village", line.password_file("village", PASSWORD)
    with village_mould.open(folder) as register:
        with register.change("陶素芬", "登记") as change:
            change.adopt(a_case().records())
        register.back_up()
    words = ("restore", folder, "--password-file", secret, "--yes")
    for spoilt in ("cut", "lost", "no keys"):
        if spoilt == "cut":
            (folder / FILE).write_bytes((folder / FILE).read_bytes()[:5000])
        elif spoilt == "lost":
            (folder / FILE).unlink()
        else:
            (folder / "keys.json").write_text("{", encoding="utf-8")
        line.plain("verify", *words[1:4]).refused()
        said = line.plain(*words).done()
        assert "登记簿损坏了" in said
        with open_with_key(folder, village_mould.key) as register:
            assert len(register.all("dispute")) == 1
            assert register.verify() == []
    assert len(list((folder / ASIDE).iterdir())) == 3


def test_a_backup_is_made_and_put_on_another_disk(
    line: Line, village_mould: Mould, tmp_path: Path
) -> None:
    folder, stick = village_mould.copy(tmp_path / "village"), tmp_path / "U盘"
    secret = line.password_file("village", PASSWORD)
    words = ("backup", folder, "--password-file", secret)
    assert "核对过" in line.plain(*words).done()
    assert "找不到" in line.plain(*words, "--to", stick).refused()
    stick.mkdir()
    said = line.plain(*words, "--to", stick).done()
    (copy,) = next(stick.iterdir()).iterdir()
    assert str(copy) in said
    line.plain("verify", copy, *words[2:]).done()
    with open_with_key(folder, village_mould.key) as register:
        assert [backup.why.value for backup in register.backups()] == ["medium", "asked"]
