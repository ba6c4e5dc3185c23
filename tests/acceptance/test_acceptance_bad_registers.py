"""Registers that cannot be opened or written: each told in its own sentence, nothing changed."""

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from demo_desks import PASSWORD, copied, database_of
from desk_line import PROBLEMS, ROOT, Line
from own_counts import without_receipts

from mediation_desk.desk.demonstration import WORKBOOKS

# The count of wrong passwords is no part of a register either.
PASSING = {"in-use", "register.db-wal", "register.db-shm", "attempts.json"}
_HOLD = """
import sys
from pathlib import Path
from mediation_desk.store.opening import open_register
with open_register(Path(sys.argv[1]), sys.argv[2]):
    print("open", flush=True)
    sys.stdin.read()
"""


def _state(folder: Path) -> dict[str, str]:
    """Everything that lies in a folder and stays there."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name not in PASSING
    }


@pytest.fixture
def own(office: Path, tmp_path: Path) -> Path:
    """An office of one's own with ten villages' records."""
    return copied(office, tmp_path / "office")


def _over(path: Path, at: int, content: bytes) -> None:
    with path.open("r+b") as file:
        file.seek(at)
        file.write(content)


def _newer(folder: Path) -> None:
    with database_of(folder) as connection:
        sql = "INSERT INTO schema_migration SELECT * FROM schema_migration LIMIT 0"
        connection.execute(sql)
        names = [row[1] for row in connection.execute("PRAGMA table_info(schema_migration)")]
        first = dict(
            zip(names, connection.execute("SELECT * FROM schema_migration").fetchone(), strict=True)
        )
        first |= {"name": "0099_from_a_later_year"} | ({"id": 99} if "id" in first else {})
        marks = ", ".join("?" * len(first))
        columns = ", ".join(first)
        connection.execute(
            f"INSERT INTO schema_migration ({columns}) VALUES ({marks})", list(first.values())
        )
        connection.commit()


DAMAGE: dict[str, tuple[Callable[[Path], object], str]] = {
    "first page": (lambda folder: _over(folder / "register.db", 0, os.urandom(512)), "损坏"),
    "half of it": (
        lambda folder: os.truncate(
            folder / "register.db", (folder / "register.db").stat().st_size // 8192 * 4096
        ),
        "损坏",
    ),
    "empty": (lambda folder: os.truncate(folder / "register.db", 0), "损坏"),
    "a text": (lambda folder: (folder / "register.db").write_text("调解" * 4000), "损坏"),
    "keys": (lambda folder: (folder / "keys.json").write_text("{}"), "钥匙文件"),
    "no keys": (lambda folder: (folder / "keys.json").unlink(), "钥匙文件"),
    "newer": (_newer, "更新版本"),
}


@pytest.mark.parametrize("how", list(DAMAGE))
def test_a_damaged_or_newer_register_is_left_alone(
    line: Line, own: Path, packages: list[Path], how: str
) -> None:
    damage, speaks_of = DAMAGE[how]
    damage(own)
    before = _state(own)
    for words in (("dump", own), ("import", own, packages[0]), ("undo", own, 2)):
        sentence = line(*map(str, words)).refused()
        assert speaks_of in sentence, sentence
        assert sentence.count("。") >= 2, sentence
    assert _state(own) == before


@pytest.mark.parametrize("part", [0.3, 0.6, 0.9])
def test_a_damaged_page_is_found_and_nothing_is_built_on_it(
    line: Line, own: Path, township: Path, part: float
) -> None:
    file = own / "register.db"
    page = int(file.stat().st_size // 4096 * part)
    _over(file, page * 4096 + 100, os.urandom(64))
    before = file.read_bytes()
    found = line("verify", own)
    assert found.code == PROBLEMS
    assert "从备份恢复" in found.err
    assert found.err.count("\n") == 1
    # An import makes a backup first. That fails unless the page is one that holds no records, and
    # then the backup is whole.
    unseen = sorted((township / WORKBOOKS).iterdir())[0]
    answer = line("import", own, unseen)
    if answer.code:
        assert "从备份恢复" in answer.refused()
        assert file.read_bytes() == before
    else:
        line("verify", max((own / "backups").iterdir())).done()


def test_a_wrong_password(line: Line, own: Path, packages: list[Path], tmp_path: Path) -> None:
    wrong, empty = line.password_file("wrong", PASSWORD + "1"), line.password_file("empty", "")
    before = _state(own)
    target = tmp_path / "never.xlsx"
    report = ("report", own, "--period", "2026", "--out", target)
    asked = [(wrong, ("dump", own)), (empty, ("import", own, packages[0])), (wrong, report)]
    for password, words in asked:
        sentence = line(*map(str, words), password=password).refused()
        assert sentence.startswith("密码不对。")
    assert _state(own) == before
    assert not target.exists()


def test_what_is_no_register(line: Line, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "letter.txt").write_text("一封信", encoding="utf-8")
    before = _state(tmp_path)
    assert "不是调解台的登记簿" in line("dump", tmp_path / "folder").refused()
    assert "不是调解台的登记簿" in line("dump", tmp_path / "folder" / "letter.txt").refused()
    assert "找不到" in line("dump", tmp_path / "nowhere").refused()
    assert _state(tmp_path) == before


def test_a_taken_folder_is_not_written_over(line: Line, own: Path) -> None:
    before = _state(own)
    words = ["--role", "office", "--county", "丰都县", "--town", "双龙镇"]
    taken = line("new", own, *words, "--code", "500230124000", "--actor", "罗晓").refused()
    assert "已经存在" in taken
    assert "已经存在" in line.plain("demo", own, "--today", line.today).refused()
    assert _state(own) == before


def test_a_second_instance_waits_outside(line: Line, own: Path, packages: list[Path]) -> None:
    before = line.dump(own)
    holder = subprocess.Popen(
        [sys.executable, "-c", _HOLD, str(own), PASSWORD],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    with holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"open\n"
        for words in (("dump", own), ("import", own, packages[0])):
            assert "另一个窗口" in line(*map(str, words)).refused()
        holder.kill()
    # Killed, not closed: the next one gets in all the same, and is told.
    told = line("dump", own)
    assert told.code == 0
    assert "没有正常关闭" in told.err
    assert line.dump(own) == before


def _mounted(place: Path, options: str) -> Iterator[Path]:
    place.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(place)]
    if not hasattr(os, "geteuid") or os.geteuid() or shutil.which("mount") is None:
        pytest.skip("only root can make a disk this small")
    if subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("this machine lets nobody mount a disk")
    try:
        yield place
    finally:
        subprocess.run(["umount", "-l", str(place)], check=True)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    yield from _mounted(tmp_path / "disk", "size=24m")


def _leave(disk: Path, free: int) -> None:
    """Fill the disk until only so many bytes are free."""
    ballast = disk / "ballast"
    ballast.unlink(missing_ok=True)
    space = os.statvfs(disk)
    with ballast.open("wb") as file:
        file.truncate(0)
        left = space.f_bavail * space.f_frsize - free
        while left > 0:
            left -= file.write(bytes(min(left, 1 << 20)))


def _read_only(disk: Path) -> None:
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)


def test_a_read_only_place(
    line: Line, villages: list[Path], small_disk: Path, tmp_path: Path
) -> None:
    village = copied(villages[2], tmp_path / "village")
    there = copied(villages[2], small_disk / "village")
    _read_only(small_disk)
    before = line.dump(village)
    words = ["--period", "2026-09", "--out", small_disk / "out.xlsx"]
    assert "只读" in line("export", village, *words).refused()
    assert line.dump(village) == before, "a package that was not written was not sent"
    assert "只读" in line("report", village, *words).refused()
    assert "不能写入" in line("dump", there).refused()
    new = ["--role", "office", "--county", "丰都县", "--town", "双龙镇", "--code", "500230124000"]
    assert "不能写入" in line("new", small_disk / "n", *new, "--actor", "罗晓").refused()
    assert "不能写入" in line.plain("demo", small_disk / "d").refused()
    assert sorted(path.name for path in small_disk.iterdir()) == ["village"]


def test_a_write_protected_file_is_not_replaced(
    line: Line, villages: list[Path], tmp_path: Path
) -> None:
    village = copied(villages[2], tmp_path / "village")
    target = tmp_path / "out.xlsx"
    target.write_bytes(b"mine")
    target.chmod(0o444)
    before = line.dump(village)
    assert "只读" in line("export", village, "--period", "2026-09", "--out", target).refused()
    assert target.read_bytes() == b"mine"
    assert line.dump(village) == before
    nowhere = tmp_path / "no" / "folder" / "out.xlsx"
    assert "不存在" in line("export", village, "--period", "2026-09", "--out", nowhere).refused()


def test_a_full_disk_takes_no_workbook(
    line: Line, villages: list[Path], small_disk: Path, tmp_path: Path
) -> None:
    village = copied(villages[2], tmp_path / "village")
    before = line.dump(village)
    for free in (0, 8 << 10, 16 << 10):
        _leave(small_disk, free)
        words = ["--period", "2026-09", "--out", small_disk / "out.xlsx"]
        assert "磁盘空间不足" in line("export", village, *words).refused()
        assert [path.name for path in small_disk.iterdir()] == ["ballast"]
    assert line.dump(village) == before


def test_a_full_disk_leaves_the_register_whole(
    line: Line, empty_office: Path, packages: list[Path], small_disk: Path, tmp_path: Path
) -> None:
    folder = copied(empty_office, small_disk / "office")
    reference = copied(empty_office, tmp_path / "reference")
    states = [line.dump(reference)]
    line("import", reference, packages[0]).done()
    states.append(line.dump(reference))
    size = (folder / "register.db").stat().st_size
    refusals = 0
    for free in (0, 64 << 10, size, size + (96 << 10), size * 3 // 2, size * 2 + (256 << 10)):
        _leave(small_disk, free)
        answer = line("import", folder, packages[0])
        if answer.code:
            refusals += 1
            assert "磁盘" in answer.refused()
        (small_disk / "ballast").unlink()
        line("verify", folder).done()
        # Nothing of the batch, or all of it.
        found = without_receipts(line.dump(folder))
        assert found == without_receipts(states[0 if answer.code else 1]), free
        if not answer.code:
            break
    assert refusals >= 2
    line("import", folder, packages[0]).done()
    assert without_receipts(line.dump(folder)) == without_receipts(states[1])


def test_a_full_disk_takes_no_new_register(line: Line, small_disk: Path) -> None:
    for free in (0, 40 << 10, 200 << 10):
        _leave(small_disk, free)
        words = ["--role", "office", "--county", "丰都县", "--town", "双龙镇"]
        new = line("new", small_disk / "office", *words, "--code", "500230124000",
                   "--actor", "罗晓")  # fmt: skip
        assert "磁盘" in new.refused()
        assert [path.name for path in small_disk.iterdir()] == ["ballast"]
