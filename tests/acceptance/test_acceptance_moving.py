"""A new computer, a second one and a successor, by the command line alone."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from demo_desks import copied
from desk_line import DONE, PROBLEMS, Line

from mediation_desk.desk.demonstration import PASSWORD
from mediation_desk.store.opening import open_register

NEW, SECRET = "新的密码-2027", "转移-4711"


@pytest.fixture
def old(villages: list[Path], tmp_path: Path) -> Path:
    return copied(villages[3], tmp_path / "old")


def _receipt(said: str) -> str:
    found = re.search(r"回执码：(\d{4} \d{4} \d{4})", said)
    assert found, said
    return found[1]


def test_a_successor_takes_all_and_the_old_computer_is_wiped(
    line: Line, old: Path, tmp_path: Path
) -> None:
    before, file, new = line.dump(old), tmp_path / "f.transfer", tmp_path / "new"
    secret, password = line.password_file("secret", SECRET), line.password_file("moved", NEW)
    said = line("transfer", old, "--out", file, "--transfer-password-file", secret).done()
    assert "不要和文件放在一起" in said
    paper = tmp_path / "list.pdf"
    line("handing-list", old, "--to", "李有田", "--witness", "罗晓", "--out", paper).done()
    assert paper.read_bytes().startswith(b"%PDF")
    taking = ("take-transfer", new, file, "--transfer-password-file")
    assert "密码不对" in line(*taking, password, password=password).refused(PROBLEMS)
    assert not new.exists()
    said = line(*taking, secret, "--actor", "李有田", password=password).done()
    assert line("dump", new, password=password).done() == before
    assert line("verify", new, password=password).code == DONE
    assert "密码不对" in line("dump", new).refused(PROBLEMS)

    words = ("wipe", old, "--receipt", _receipt(said))
    assert "对不上" in line("wipe", old, "--receipt", "0000 0000 0000").refused(PROBLEMS)
    told = line(*words)
    assert told.code == PROBLEMS
    assert "固态硬盘" in told.out
    assert old.exists()
    assert "先销毁钥匙" in line(*words, "--yes").done()
    assert not old.exists()


def test_two_computers_of_a_village_become_one(line: Line, old: Path, tmp_path: Path) -> None:
    secret = line.password_file("secret2", SECRET)
    first, back, second = tmp_path / "1.transfer", tmp_path / "2.transfer", tmp_path / "second"
    password = ("--transfer-password-file", secret)
    line("transfer", old, "--out", first, *password).done()
    line("take-transfer", second, first, *password).done()
    line("export", second, "--period", "2026-10", "--out", tmp_path / "sent.xlsx").done()
    line("transfer", second, "--out", back, *password).done()
    before = line.dump(old)
    told = line("take-transfer", old, back, *password)
    assert told.code == PROBLEMS
    assert "没有并入" in told.out
    assert line.dump(old) == before
    said = line("take-transfer", old, back, *password, "--yes").done()
    # What came is the other computer's log alone.
    assert "更新0" in said
    assert line.dump(old) == before
    assert _receipt(said)
    assert line("verify", old).code == DONE


def test_another_village_is_refused(
    line: Line, old: Path, villages: list[Path], tmp_path: Path
) -> None:
    other, file = copied(villages[4], tmp_path / "other"), tmp_path / "o.transfer"
    secret = line.password_file("secret3", SECRET)
    line("transfer", other, "--out", file, "--transfer-password-file", secret).done()
    words = ("take-transfer", old, file, "--transfer-password-file", secret, "--yes")
    assert "不是本单位的" in line(*words).refused(PROBLEMS)


def test_of_two_cases_of_one_number_one_gets_the_next(line: Line, old: Path) -> None:
    with open_register(old, PASSWORD) as register:
        first, second = sorted(register.numbers(register.unit.id))[-2:]
        twin = register.get("dispute", register.numbers(register.unit.id)[second])
        with register.change(register.person, "收下") as change:
            change.adopt([replace(twin, number=first[1], revision=twin.revision + 1)])
    told = line("renumber", old, f"{first[0]}-{first[1]}").refused()
    assert "有2件纠纷" in told
    assert twin.id in told
    assert f"{second[1]:03d}号" in line("renumber", old, twin.id).done()
    assert "只有这一件" in line("renumber", old, f"{first[0]}-{first[1]}").refused()
