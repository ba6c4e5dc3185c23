"""What a register was like when it was opened: as it was left, not closed, touched, or damaged."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from builders import a_case, a_dispute
from store_basics import Keep

from mediation_desk.domain.drafts import Draft
from mediation_desk.store import backups, closing_seal, keys, looking_over, salvaging, write_log
from mediation_desk.store.backups import Condition, condition
from mediation_desk.store.closing_seal import Since
from mediation_desk.store.connection import Connections, RegisterDamaged
from mediation_desk.store.opening import LogDamaged, open_register, open_with_key
from mediation_desk.store.register import FILE, Register

PAGE = 4096
_DRAFT = Draft("d", "quick", "", "口头", "", "{}", "2026-11-20T10:00:00")


def _dies(register: Register, to: Path) -> Path:
    """The folder as it lies there when the program dies."""
    return Path(shutil.copytree(register.folder, to))


def test_a_closed_register_is_known_again(register: Register, keep: Keep, key: bytes) -> None:
    keep(*a_case().records())
    register.close()
    for _ in range(2):
        with open_with_key(register.folder, key) as opened:
            assert opened.opening == looking_over.Opening(Since.SAME, thorough=True)
            assert opened.opening.good


def test_a_page_of_an_older_copy_is_found_where_no_check_of_the_file_can(
    register: Register, key: bytes
) -> None:
    register.set("note", "old")
    register.close()
    file = register.folder / FILE
    old = file.read_bytes()
    with open_with_key(register.folder, key) as opened:
        opened.set("note", "new")
    new = file.read_bytes()
    swapped = []
    for at in range(PAGE, len(new), PAGE):
        if at < len(old) and old[at : at + PAGE] != new[at : at + PAGE]:
            file.write_bytes(new[:at] + old[at : at + PAGE] + new[at + PAGE :])
            with open_with_key(register.folder, key) as opened:
                swapped.append(opened.opening.since)
            file.write_bytes(new)
    # Every page is one that was written, and fits the file.
    assert swapped
    assert set(swapped) == {Since.CHANGED}


def test_one_that_was_not_closed_is_read_through(
    register: Register, keep: Keep, key: bytes, tmp_path: Path
) -> None:
    keep(*a_case().records())
    folder = _dies(register, tmp_path / "died")
    with open_with_key(folder, key) as opened:
        assert opened.opening.since is Since.NOT_CLOSED
        assert opened.opening.good
        assert opened.all("dispute")
    with open_with_key(folder, key) as opened:
        assert opened.opening.since is Since.SAME


def test_a_large_one_that_was_not_closed_is_sealed_again_only_when_it_was_read_through(
    register: Register, key: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(looking_over, "READ_THROUGH", 0)
    folder = _dies(register, tmp_path / "died")
    with open_with_key(folder, key) as opened:
        assert not opened.opening.thorough
    assert not (folder / closing_seal.FILE).exists()
    with open_with_key(folder, key) as opened:
        assert opened.verify() == []
    with open_with_key(folder, key) as opened:
        assert opened.opening.since is Since.SAME


def test_a_broken_chain_at_its_end_is_found_at_once(
    register: Register, keep: Keep, key: bytes
) -> None:
    keep(*a_case().records())
    register.close()
    connections = Connections(register.folder / FILE, key)
    connections.run("UPDATE change SET content = replace(content, '排水', '水井')")
    connections.close()
    with open_with_key(register.folder, key) as opened:
        assert opened.opening.since is Since.CHANGED
        assert {problem.rule for problem in opened.opening.problems} >= {"V2"}
    # What is known to be wrong is not sealed as whole.
    assert not (register.folder / closing_seal.FILE).exists()
    with open_with_key(register.folder, key) as opened:
        assert opened.opening.problems


def test_a_seal_made_without_the_key_is_none(register: Register, key: bytes) -> None:
    register.close()
    closing_seal.seal(register.folder, FILE, bytes(32))
    with open_with_key(register.folder, key) as opened:
        assert opened.opening.since is Since.CHANGED
    (register.folder / closing_seal.FILE).write_text("{", encoding="utf-8")
    with open_with_key(register.folder, key) as opened:
        assert opened.opening.since is Since.NOT_CLOSED


def test_a_register_whose_file_is_gone_is_damaged(folder: Path) -> None:
    (folder / FILE).unlink()
    with pytest.raises(RegisterDamaged, match="不见了"):
        open_register(folder, "…")


# The log of one that was not closed


@pytest.fixture
def died(register: Register, keep: Keep, tmp_path: Path) -> Path:
    """A register with three acts in its log."""
    for number in (1, 2, 3):
        keep(a_dispute(number=number))
    return _dies(register, tmp_path / "died")


def test_a_whole_log_is_read(died: Path, key: bytes) -> None:
    log = write_log.look(died / (FILE + "-wal"))
    assert log.acts >= 3
    assert log.lost == 0
    with open_with_key(died, key) as opened:
        assert len(opened.all("dispute")) == 3


@pytest.mark.parametrize("at", [4, 26, 40, 32 + 24 + 100, 32 + 30])
def test_a_log_that_is_damaged_before_its_end_is_told(died: Path, key: bytes, at: int) -> None:
    file = died / (FILE + "-wal")
    whole = bytearray(file.read_bytes())
    whole[at] ^= 0xFF
    file.write_bytes(whole)
    with pytest.raises(LogDamaged, match="读不出来"):
        open_with_key(died, key)
    assert file.read_bytes() == whole
    # What can be read is had by whoever asks for it.
    with open_with_key(died, key, short_log=True) as opened:
        assert opened.verify() == []


def test_what_was_being_written_is_not_missed(died: Path, key: bytes) -> None:
    file = died / (FILE + "-wal")
    whole = file.read_bytes()
    file.write_bytes(whole[:-100])
    assert write_log.look(file).lost == 0
    with open_with_key(died, key) as opened:
        assert opened.opening.since is Since.NOT_CLOSED
        assert opened.verify() == []
    assert write_log.look(died / "nothing") == write_log.Log()


# Backups and what is left


def test_a_backup_is_good_touched_or_damaged(register: Register, keep: Keep, key: bytes) -> None:
    keep(*a_case().records())
    backup = register.back_up()
    assert condition(backup, key, FILE) is Condition.GOOD
    noted = (backup / backups.MADE).read_text(encoding="utf-8")
    (backup / backups.MADE).unlink()
    assert condition(backup, key, FILE) is Condition.TOUCHED
    (backup / backups.MADE).write_text(noted, encoding="utf-8")
    whole = (backup / FILE).read_bytes()
    for spoilt in (b"", whole[:PAGE], whole[:-PAGE], whole[:9000] + bytes(40) + whole[9040:]):
        (backup / FILE).write_bytes(spoilt)
        assert condition(backup, key, FILE) is Condition.DAMAGED
    (backup / FILE).write_bytes(whole)
    (backup / keys.FILE).unlink()
    assert condition(backup, key, FILE) is Condition.DAMAGED


def test_drafts_are_had_out_of_a_damaged_register(register: Register, key: bytes) -> None:
    backup = register.back_up()
    register.keep_draft(_DRAFT)
    with register.change("陶素芬", "登记") as change:
        for number in range(1, 150):
            change.adopt(a_case(number=number).records())
    register.close()
    file = register.folder / FILE
    whole = file.read_bytes()
    damaged = whole[: len(whole) // 2] + bytes(8192) + whole[len(whole) // 2 + 8192 :]
    file.write_bytes(damaged)
    found = salvaging.salvaged(register.folder, key, FILE, backup)
    assert not found.whole
    assert found.drafts == (_DRAFT,)
    assert file.read_bytes() == damaged
    assert not list(register.folder.glob("*.part"))


@pytest.mark.parametrize("spoil", [bytes, lambda _: b"", lambda size: b"x" * size])
def test_nothing_is_had_out_of_nothing(
    register: Register, key: bytes, spoil: Callable[[int], bytes]
) -> None:
    register.close()
    file = register.folder / FILE
    file.write_bytes(spoil(file.stat().st_size))
    found = salvaging.salvaged(register.folder, key, FILE, None)
    assert (found.whole, found.drafts, found.lost) == (False, (), None)
