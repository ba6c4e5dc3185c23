"""Ways to the key: each opens alone, is exchanged whole, and wrong passwords are counted."""

import base64
import json
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from nacl.pwhash import argon2id
from nacl.secret import SecretBox
from store_basics import PASSWORD

from mediation_desk.domain.problems import DeskError
from mediation_desk.store import attempts, keys
from mediation_desk.store.keys import WrongCode, WrongPassword
from mediation_desk.store.opening import open_by_code, open_register
from mediation_desk.store.register import Register

_CODE = "0123456789ACDEFGHJKMNPQRTVWXY0123456"
_NOW = datetime(2026, 11, 29, 9, 0, tzinfo=UTC)


def test_each_way_opens_and_the_others_stay(register: Register) -> None:
    assert register.opened_by() == {keys.PASSWORD}
    register.let_open(keys.RECOVERY, _CODE)
    register.let_open(keys.PASSWORD, "另一个密码")
    assert register.opened_by() == {keys.PASSWORD, keys.RECOVERY}
    register.close()
    with pytest.raises(WrongPassword):
        open_register(register.folder, PASSWORD)
    open_register(register.folder, "另一个密码").close()
    with open_by_code(register.folder, _CODE) as opened:
        assert opened.unit.name == "梨子园村"
        opened.let_open(keys.RECOVERY, _CODE[::-1])
    with pytest.raises(WrongCode, match=r"作废的旧纸。请"):
        open_by_code(register.folder, _CODE)


def test_a_register_without_a_code_says_so(folder: Path) -> None:
    with pytest.raises(DeskError, match=r"没有做过恢复码.*司法所"):
        open_by_code(folder, _CODE)


def test_a_slot_of_an_earlier_program_still_opens(folder: Path, key: bytes) -> None:
    salt = os.urandom(16)
    wrapping = argon2id.kdf(32, b"old one", salt, opslimit=3, memlimit=64 * 1024 * 1024)
    slot = {"kind": "password", "passes": 3, "memory": 64 * 1024 * 1024}
    slot |= {"salt": base64.b64encode(salt).decode()}
    slot |= {"box": base64.b64encode(SecretBox(wrapping).encrypt(key)).decode()}
    (folder / keys.FILE).write_text(json.dumps({"format": 1, "slots": [slot]}))
    open_register(folder, "old one").close()


def test_what_cannot_be_written_changes_nothing(register: Register) -> None:
    before = (register.folder / keys.FILE).read_bytes()
    # A folder of that name cannot be written to, whoever runs the test.
    (register.folder / (keys.FILE + ".new")).mkdir()
    with pytest.raises(DeskError, match=r"原来的密码和恢复码照旧。请"):
        register.let_open(keys.PASSWORD, "另一个密码")
    assert (register.folder / keys.FILE).read_bytes() == before


def test_a_backup_keeps_the_keys_of_its_day(register: Register) -> None:
    backup = register.back_up()
    register.let_open(keys.PASSWORD, "另一个密码")
    open_register(backup, PASSWORD).close()
    with pytest.raises(WrongPassword):
        open_register(backup, "另一个密码")


def test_wrong_passwords_are_counted_and_forgotten(tmp_path: Path) -> None:
    pauses = [attempts.count_wrong(tmp_path, _NOW) for _ in range(7)]
    assert pauses == [(1, 0), (2, 0), (3, 0), (4, 0), (5, 10), (6, 30), (7, 30)]
    assert attempts.waiting(tmp_path, _NOW) == 30
    assert attempts.waiting(tmp_path, _NOW + timedelta(seconds=29.2)) == 1
    assert attempts.waiting(tmp_path, _NOW + timedelta(seconds=30)) == 0
    # A clock that was set back by a year holds nobody up for longer than a pause.
    assert attempts.waiting(tmp_path, _NOW - timedelta(days=365)) == 30
    attempts.forget(tmp_path)
    assert attempts.waiting(tmp_path, _NOW) == 0
    assert list(tmp_path.iterdir()) == []
    assert attempts.count_wrong(tmp_path, _NOW) == (1, 0)


@pytest.mark.parametrize(
    "content",
    ["", "{", "[]", '{"wrong": 9}', '{"wrong": 9, "at": "gestern"}', '{"wrong": null, "at": ""}'],
)
def test_a_damaged_count_is_no_hindrance(tmp_path: Path, content: str) -> None:
    (tmp_path / attempts.FILE).write_text(content, encoding="utf-8")
    assert attempts.waiting(tmp_path, _NOW) == 0
    assert attempts.count_wrong(tmp_path, _NOW) == (1, 0)
