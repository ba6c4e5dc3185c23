"""A backup takes the register's place whole or not at all, and what was there is kept."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from builders import a_case, a_dispute
from store_basics import PASSWORD, Keep

from mediation_desk.domain.drafts import Draft
from mediation_desk.domain.problems import DeskError
from mediation_desk.store import keys, putting_back
from mediation_desk.store.backups import FOLDER, Why
from mediation_desk.store.closing_seal import Since
from mediation_desk.store.connection import RegisterBusy
from mediation_desk.store.losing import Loss
from mediation_desk.store.opening import open_register, open_with_key
from mediation_desk.store.register import FILE, Register


def _state(register: Register) -> list[str]:
    return [*register.dump(), *(str(act) for act in register.acts())]


def test_a_backup_takes_the_place_and_what_was_there_is_kept(
    register: Register, keep: Keep, key: bytes
) -> None:
    keep(*a_case().records())
    backup, before = register.back_up(), _state(register)
    keep(a_dispute(number=2))
    after = _state(register)
    kept = register.restore(backup)
    with open_with_key(register.folder, key) as opened:
        assert _state(opened) == before
        assert opened.verify() == []
        # It is another file now, and nobody is told that something else wrote to it.
        assert opened.opening.since is Since.UNKNOWN
        (now, first) = opened.backups()
        assert (now.folder, now.why, first.folder) == (kept, Why.RESTORE, backup)
        # And there again.
        opened.restore(kept)
    with open_register(register.folder, PASSWORD) as opened:
        assert _state(opened) == after
    assert not (register.folder / putting_back.COMING).exists()


def test_it_is_told_what_would_be_lost(register: Register, keep: Keep) -> None:
    case = a_case()
    keep(*case.records())
    backup = register.back_up()
    assert register.loss(backup) == Loss((), (), 0, 0)
    keep(a_dispute(id="new", number=2))
    kept = register.get("dispute", case.dispute.id)
    keep(replace(case.sessions[0], id="more", revision=0), replace(kept, facts="改过"))
    register.keep_draft(Draft("d", "quick", "", "口头", "", "{}", "2026-11-20T10:00:00"))
    loss = register.loss(backup)
    assert loss.counted == (("dispute", 1, 1), ("session", 1, 0))
    assert loss.newest == (case.dispute.id, "new")
    assert (loss.drafts, loss.gained) == (1, 0)
    kept = register.restore(backup)
    with open_register(register.folder, PASSWORD) as opened:
        # The way forward again loses nothing and brings back what went.
        assert opened.loss(kept) == Loss((), (), 0, 3)
        with opened.change("陶素芬", "登记") as change:
            change.keep(a_dispute(id="other", number=3))
        assert opened.loss(kept) == Loss((("dispute", 1, 0),), ("other",), 0, 3)


def _cut(folder: Path) -> None:
    file = folder / FILE
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def _of_another(folder: Path) -> None:
    (folder / FILE).write_bytes(bytes(range(256)) * 64)


def _without_keys(folder: Path) -> None:
    (folder / keys.FILE).unlink()


def _empty(folder: Path) -> None:
    (folder / FILE).write_bytes(b"")


@pytest.mark.parametrize("spoil", [_cut, _of_another, _without_keys, _empty])
def test_a_spoilt_backup_changes_nothing(
    register: Register, keep: Keep, spoil: Callable[[Path], None]
) -> None:
    keep(*a_case().records())
    backup, before = register.back_up(), _state(register)
    spoil(backup)
    with pytest.raises(DeskError, match="备份"):
        register.restore(backup)
    # It is open as before, and no second backup was made for nothing.
    assert _state(register) == before
    keep(a_dispute(number=2))
    assert [path.name for path in (register.folder / FOLDER).iterdir()] == [backup.name]
    assert not list(register.folder.glob("coming-back*"))


def test_the_chosen_backup_is_not_dropped_for_the_one_before_restoring(
    register: Register, keep: Keep
) -> None:
    keep(*a_case().records())
    before, made = _state(register), register.back_up()
    old = made.with_name("20200101-100000-000000")
    made.rename(old)
    for hour in range(11, 20):
        shutil.copytree(old, old.with_name(f"20200101-{hour}0000-000000"))
    keep(a_dispute(number=2))
    register.restore(old)
    assert not old.exists()
    with open_register(register.folder, PASSWORD) as opened:
        assert _state(opened) == before


def test_the_password_is_that_of_the_backup(register: Register, keep: Keep, key: bytes) -> None:
    keep(*a_case().records())
    backup = register.back_up()
    keys.write_slots(register.folder, [keys.wrap(key, "password", "另一个密码-2026")])
    register.restore(backup)
    with pytest.raises(keys.WrongPassword):
        open_register(register.folder, "另一个密码-2026")
    open_register(register.folder, PASSWORD).close()


def test_a_restore_that_was_cut_off_is_ended_by_whoever_opens(
    register: Register, keep: Keep, key: bytes
) -> None:
    keep(*a_case().records())
    backup, before = register.back_up(), _state(register)
    keep(a_dispute(number=2))
    keys.write_slots(register.folder, [keys.wrap(key, "password", "另一个密码-2026")])
    register.close()
    putting_back.build(register.folder, backup, key, FILE)
    # Until here nothing was decided, and the next opening clears it away.
    with open_with_key(register.folder, key) as opened:
        assert len(opened.all("dispute")) == 2
    assert not list(register.folder.glob("coming-back*"))
    putting_back.build(register.folder, backup, key, FILE)
    (register.folder / "coming-back.part").rename(register.folder / putting_back.COMING)
    (register.folder / putting_back.COMING / FILE).replace(register.folder / FILE)
    with open_register(register.folder, PASSWORD) as opened:
        assert _state(opened) == before
    assert not list(register.folder.glob("coming-back*"))


def test_a_register_that_is_open_elsewhere_is_left_alone(register: Register, key: bytes) -> None:
    backup = register.back_up()
    with pytest.raises(RegisterBusy):
        putting_back.put_back_unread(register.folder, backup, key, FILE)
    assert register.verify() == []


def test_a_damaged_register_is_put_aside(register: Register, keep: Keep, key: bytes) -> None:
    keep(*a_case().records())
    backup, before = register.back_up(), _state(register)
    register.close()
    _of_another(register.folder)
    kept = putting_back.put_back_unread(register.folder, backup, key, FILE)
    assert (kept / FILE).read_bytes() == bytes(range(256)) * 64
    with open_register(register.folder, PASSWORD) as opened:
        assert _state(opened) == before
        assert opened.verify() == []
