"""Backups open as registers; neither a full disk nor a second thread harms; nothing is plain."""

import contextlib
import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from builders import a_case, a_dispute
from other_process import running
from store_basics import PASSWORD, Keep

from mediation_desk.domain.drafts import Draft
from mediation_desk.domain.finding import Find
from mediation_desk.domain.problems import DeskError
from mediation_desk.store import backups, closing_seal, looking_over
from mediation_desk.store.opening import create_register, open_register, open_with_key
from mediation_desk.store.register import FILE, Register
from mediation_desk.store.thinning import STAMP

linux_root = pytest.mark.skipif(
    sys.platform != "linux" or os.geteuid() != 0, reason="only root may mount a small disk"
)


def test_a_backup_opens_as_the_register_it_was(register: Register, keep: Keep) -> None:
    keep(*a_case().records())
    before = list(register.dump())
    backup = register.back_up()
    keep(a_dispute(number=2))
    assert sorted(file.name for file in backup.iterdir()) == ["keys.json", "made.json", FILE]
    with open_register(backup, PASSWORD) as opened:
        assert list(opened.dump()) == before
        assert opened.verify() == []
        assert opened.count(Find(text="秦德珍")) == 1
        assert opened.acts() == register.acts()[1:]


def _aged(register: Register, ages: list[int]) -> list[Path]:
    """Backups that were made so many days ago."""
    folder, made = register.folder / backups.FOLDER, register.back_up()
    aged = []
    for days in ages:
        at = datetime.now().astimezone() - timedelta(days=days)
        aged.append(Path(shutil.copytree(made, folder / at.strftime(STAMP))))
    shutil.rmtree(made)
    return aged


def test_old_backups_go_when_a_new_one_was_checked(register: Register) -> None:
    aged = _aged(register, [400, 399, 3, 2, 1, 0])
    folder = register.folder / backups.FOLDER
    # What an interrupted backup left goes with the next one.
    (folder / "20200101-000000-000000.part").mkdir()
    # What somebody else put there is not ours to drop.
    (folder / "照片").mkdir()
    keys_file, aside = register.folder / "keys.json", register.folder / "aside.json"
    keys_file.rename(aside)
    with pytest.raises(DeskError, match="备份没有写成"):
        register.back_up()
    assert all(backup.exists() for backup in aged)
    aside.rename(keys_file)
    new = register.back_up()
    left = {path.name for path in folder.iterdir()}
    months = {backup.name[:6] for backup in aged[:2]}
    assert left == {"照片", new.name, *(backup.name for backup in aged[2:])} | {
        max(backup.name for backup in aged[:2] if backup.name[:6] == month) for month in months
    }


def test_a_list_tells_when_how_much_and_why(register: Register, keep: Keep) -> None:
    keep(a_dispute(number=1))
    first = register.back_up(backups.Why.IMPORT)
    keep(a_dispute(number=2))
    second = register.back_up(backups.Why.CLOSING)
    (first / backups.MADE).unlink()
    spoilt = register.back_up()
    (spoilt / FILE).write_bytes(bytes(8192))
    told = [(entry.folder, entry.disputes, entry.why) for entry in register.backups()]
    assert told == [
        (spoilt, None, backups.Why.ASKED),
        (second, 2, backups.Why.CLOSING),
        (first, 1, None),
    ]
    assert all(entry.size >= 8192 for entry in register.backups())
    assert register.backups()[1].at == register.backups()[1].at.astimezone()


def test_it_is_known_whether_a_backup_lacks_anything(
    register: Register, keep: Keep, key: bytes
) -> None:
    assert register.written_since_backup
    register.back_up()
    assert not register.written_since_backup
    keep(a_dispute(number=1))
    assert register.written_since_backup
    register.close()
    # Also by whoever opens it the next day.
    with open_with_key(register.folder, key) as opened:
        assert opened.written_since_backup
        opened.back_up()
        opened.keep_draft(Draft("d", "quick", "", "口头", "", "{}", "2026-11-20T10:00:00"))
        assert opened.written_since_backup
    with open_with_key(register.folder, key) as opened:
        assert opened.written_since_backup
        made = opened.back_up()
        assert not opened.written_since_backup
        (made / backups.MADE).write_text("{", encoding="utf-8")
        assert opened.written_since_backup


def test_a_clock_set_back_costs_no_backup(register: Register, keep: Keep) -> None:
    folder = register.folder / backups.FOLDER
    shutil.copytree(register.back_up(), folder / "29990101-000000-000000")
    for number in range(1, 4):
        keep(a_dispute(number=number))
        backup = register.back_up()
        assert backup.name == f"29990101-000000-000000+{number:04d}"
        with open_register(backup, PASSWORD) as opened:
            assert opened.acts() == register.acts()
        assert len(list(folder.iterdir())) == 2 + number


def test_a_damaged_register_is_not_backed_up(
    register: Register, key: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    with register.change("罗晓", "导入") as change:
        for number in range(100):
            change.adopt(a_case(number=number).records())
    good = register.back_up()
    register.close()
    file = register.folder / FILE
    whole = file.read_bytes()
    file.write_bytes(whole[: len(whole) // 2] + bytes(4096) + whole[len(whole) // 2 + 4096 :])
    # One that was not sealed when it was closed, and is too large to be read through at once.
    (register.folder / closing_seal.FILE).unlink()
    monkeypatch.setattr(looking_over, "READ_THROUGH", 0)
    with open_with_key(register.folder, key) as opened, pytest.raises(DeskError, match="备份"):
        opened.back_up()
    assert list((register.folder / backups.FOLDER).iterdir()) == [good]


def test_closing_leaves_one_file(register: Register, keep: Keep, key: bytes) -> None:
    keep(*a_case().records())
    before = list(register.dump())
    assert (register.folder / (FILE + "-wal")).exists()
    register.close()
    register.close()
    assert sorted(file.name for file in register.folder.iterdir()) == [
        "closed.json",
        "in-use",
        "keys.json",
        FILE,
    ]
    with open_with_key(register.folder, key) as opened:
        assert list(opened.dump()) == before


def test_a_program_that_died_leaves_all_it_had_kept(folder: Path, key: bytes) -> None:
    code = (
        "from pathlib import Path\nfrom builders import a_case\n"
        "from mediation_desk.store.opening import open_with_key\n"
        f"register = open_with_key(Path({str(folder)!r}), bytes.fromhex({key.hex()!r}))\n"
        "with register.change('陶素芬', '登记') as change:\n"
        "    change.adopt(a_case(id='kept', number=1).records())\n"
        "with register.change('陶素芬', '登记') as change:\n"
        "    change.adopt(a_case(id='half', number=2).records())\n"
        "    print('half', flush=True); input()\n"
    )
    with running(code) as child:
        child.kill()
        child.wait()
    with open_with_key(folder, key) as register:
        assert register.case("kept") is not None
        assert register.case("half") is None
        assert register.verify() == []


# A full disk


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    disk = tmp_path / "disk"
    disk.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(disk)], check=True)
    yield disk
    subprocess.run(["umount", "-l", str(disk)], check=True)


def _fill(disk: Path, spare: int) -> Path:
    """A file that leaves `spare` bytes free."""
    filler = disk / "filler"
    free = shutil.disk_usage(disk).free
    filler.write_bytes(bytes(max(0, free - spare)))
    return filler


def _import(register: Register, first: int, count: int) -> None:
    with register.change("罗晓", "导入", "import") as change:
        for number in range(first, first + count):
            change.adopt(a_case(number=number).records())


@linux_root
@pytest.mark.parametrize("spare", [0, 20_000, 60_000, 200_000, 500_000])
def test_a_full_disk_changes_nothing_and_is_told(
    small_disk: Path, template: Path, key: bytes, spare: int
) -> None:
    folder = Path(shutil.copytree(template, small_disk / "register"))
    with open_with_key(folder, key) as register:
        _import(register, 1, 5)
        before = list(register.dump())
        acts = register.acts()
        filler = _fill(small_disk, spare)
        with pytest.raises(DeskError, match="磁盘已满"):
            _import(register, 100, 300)
        assert list(register.dump()) == before
        assert register.acts() == acts
        with pytest.raises(DeskError, match="磁盘已满"):
            register.back_up()
        assert not list((folder / backups.FOLDER).glob("*"))
        filler.unlink()
        _import(register, 100, 5)
        assert register.verify() == []
    with open_with_key(folder, key) as register:
        assert register.verify() == []
        assert len(register.all("dispute")) == 10


@linux_root
def test_a_register_that_does_not_fit_is_not_there(small_disk: Path) -> None:
    _fill(small_disk, 200_000)
    with pytest.raises(DeskError, match="磁盘已满"):
        create_register(small_disk / "register", PASSWORD)
    assert [path.name for path in small_disk.iterdir()] == ["filler"]


@linux_root
def test_a_register_opens_and_is_read_on_a_full_disk(
    small_disk: Path, template: Path, key: bytes
) -> None:
    folder = Path(shutil.copytree(template, small_disk / "register"))
    filler = _fill(small_disk, 0)
    # Either it can be read, or it says that the disk is at fault; it is whole afterwards.
    with contextlib.suppress(DeskError), open_with_key(folder, key) as register:
        assert register.unit.name == "梨子园村"
    filler.unlink()
    with open_with_key(folder, key) as register:
        assert register.verify() == []


# Two threads


def _in_thread(work: Callable[[], object]) -> tuple[threading.Thread, list[BaseException]]:
    wrong: list[BaseException] = []

    def run() -> None:
        try:
            work()
        except BaseException as error:
            wrong.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    return thread, wrong


def test_window_and_worker_keep_and_read_at_the_same_time(register: Register) -> None:
    def work(first: int) -> None:
        for number in range(first, first + 25):
            with register.change("陶素芬", "登记") as change:
                change.adopt(a_case(number=number).records())
            register.page(Find(text="村"))

    threads = [_in_thread(lambda first=first: work(first)) for first in (1, 100, 200)]
    while any(thread.is_alive() for thread, _ in threads):
        seen = len(register.page(Find(), size=500).rows)
        assert seen <= 75
        assert len(register.units()) == 1
    for thread, wrong in threads:
        thread.join()
        assert wrong == []
    assert len(register.all("dispute")) == 75
    assert [act.number for act in register.acts()] == list(range(len(register.acts()), 0, -1))
    assert register.verify() == []


def test_closing_waits_for_what_the_worker_is_keeping(register: Register, key: bytes) -> None:
    inside = threading.Event()

    def work() -> None:
        with register.change("陶素芬", "导入") as change:
            inside.set()
            for number in range(1, 101):
                change.adopt(a_case(number=number).records())
                time.sleep(0.001)

    thread, wrong = _in_thread(work)
    inside.wait()
    register.close()
    thread.join()
    assert wrong == []
    with open_with_key(register.folder, key) as opened:
        assert len(opened.all("dispute")) == 100
        assert opened.verify() == []


def test_a_worker_that_reads_on_after_closing_is_told(register: Register) -> None:
    _import(register, 1, 50)
    begun, closed = threading.Event(), threading.Event()

    def work() -> None:
        lines = register.dump()
        next(lines)
        begun.set()
        closed.wait()
        with pytest.raises(DeskError, match="登记簿已经关闭"):
            list(lines)
        with pytest.raises(DeskError, match="登记簿已经关闭"):
            register.page(Find())

    thread, wrong = _in_thread(work)
    begun.wait()
    register.close()
    closed.set()
    thread.join()
    assert wrong == []
    late, wrong = _in_thread(register.acts)
    late.join()
    assert [str(error)[:7] for error in wrong] == ["登记簿已经关闭"]


# Nothing in the clear


def test_no_file_of_a_register_shows_a_word_of_it(register: Register, keep: Keep) -> None:
    case = a_case(place="梨子园村三组老井旁", facts="排水沟堵塞，双方争吵。" * 50)
    keep(*case.records())
    keep(replace(register.get("dispute", case.dispute.id), facts="改过"))
    register.back_up()
    # Before and after the write-ahead log is folded into the file.
    files = [file for file in register.folder.rglob("*") if file.is_file()]
    contents = [file.read_bytes() for file in files]
    register.close()
    contents += [file.read_bytes() for file in register.folder.rglob("*") if file.is_file()]
    words = ["梨子园", "老井旁", "排水沟堵塞", "陶素芬", "sqlite", "SQLite format", "dispute"]
    for party in case.parties:
        words += [party.name, party.id_number, party.phone, party.id]
    assert any(file.name.endswith("-wal") for file in files)
    assert sum(len(content) for content in contents) > 1_000_000
    for word in words:
        for coding in ("utf-8", "utf-16-le", "gb18030"):
            assert not any(word.encode(coding) in content for content in contents), word


def _keep_cases(register: Register, numbers: range) -> None:
    for number in numbers:
        with register.change("陶素芬", "登记") as change:
            change.adopt(a_case(number=number).records())


def test_a_log_folded_in_part_does_not_pass_for_damage(register: Register, key: bytes) -> None:
    """While somebody reads, new pages are left out of the file; after a power cut still."""
    reading, read = threading.Event(), threading.Event()
    _keep_cases(register, range(1, 30))

    def read_slowly() -> None:
        rows = register._sql.each("SELECT * FROM change")
        next(rows)
        reading.set()
        assert read.wait(60)
        rows.close()  # type: ignore[attr-defined]

    thread, wrong = _in_thread(read_slowly)
    assert reading.wait(60)
    _keep_cases(register, range(30, 90))
    alone = register._sql.one("PRAGMA cipher_integrity_check")
    assert alone is not None  # Else this test tries nothing.
    assert register.verify() == []
    folder = register.folder
    cut_off = Path(shutil.copytree(folder, folder.parent / "cut-off"))
    read.set()
    thread.join()
    assert wrong == []
    assert register.verify() == []
    with open_with_key(cut_off, key) as again:
        assert len(again.all("dispute")) == 89
        assert again.verify() == []
