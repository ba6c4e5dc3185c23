"""A forgotten password: the sheet alone brings the register back, and old keys end when told."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from nacl.pwhash import argon2id

from mediation_desk.desk import putting_back, recovering, unlocking
from mediation_desk.desk.clock import now
from mediation_desk.desk.opened_by import has_code
from mediation_desk.domain.desk_log import LogAct
from mediation_desk.domain.problems import DeskError
from mediation_desk.domain.recovery_code import groups
from mediation_desk.exchange import escrow, transfer_file
from mediation_desk.store import attempts, keys
from mediation_desk.store.connection import RegisterBusy
from mediation_desk.store.keys import WrongCode, WrongPassword
from mediation_desk.store.opening import open_register
from mediation_desk.store.register import Register

PASSWORD, NEW = "梨花-2026", "新的密码-2027"


def _with_code(register: Register) -> str:
    code = recovering.new_code()
    recovering.use_code(register, code, "陶素芬")
    return code


def test_the_sheet_brings_the_register_back(village: Register) -> None:
    assert not has_code(village)
    assert recovering.code_made_on(village) is None
    code = _with_code(village)
    assert has_code(village)
    assert recovering.code_made_on(village) == now().date()
    village.close()
    for _ in range(6):
        attempts.count_wrong(village.folder, now())
    with recovering.recover(village.folder, " ".join(groups(code)).lower(), NEW) as opened:
        assert opened.unit.name == "梨子园村"
        acts = [(act.what.name, act.actor, act.told) for act in recovering.key_log(opened)]
        assert acts == [
            ("RECOVERED", "陶素芬", "凭恢复码重设密码"),
            ("CODE", "陶素芬", "制作恢复码"),
        ]
    with unlocking.open_counted(village.folder, NEW) as opened:
        assert opened.verify() == []
    with pytest.raises(WrongPassword):
        open_register(village.folder, PASSWORD)


def test_whatever_is_wrong_changes_nothing(village: Register) -> None:
    code = _with_code(village)
    with pytest.raises(RegisterBusy):
        recovering.recover(village.folder, code, NEW)
    village.close()
    before = (village.folder / keys.FILE).read_bytes()
    with pytest.raises(DeskError, match="第9组写错了"):
        recovering.recover(village.folder, code[:-1] + ("A" if code[-1] != "A" else "C"), NEW)
    with pytest.raises(DeskError, match="密码太短"):
        recovering.recover(village.folder, code, "1234")
    with pytest.raises(WrongCode):
        recovering.recover(village.folder, recovering.new_code(), NEW)
    assert (village.folder / keys.FILE).read_bytes() == before
    open_register(village.folder, PASSWORD).close()


def test_a_new_code_makes_the_old_one_void_but_for_backups(village: Register) -> None:
    old = _with_code(village)
    backup = village.back_up()
    new = _with_code(village)
    village.close()
    with pytest.raises(WrongCode):
        recovering.recover(village.folder, old, NEW)
    recovering.recover(village.folder, new, NEW).close()
    recovering.recover(backup, old, NEW).close()


def test_restoring_tells_which_keys_come_back(village: Register) -> None:
    village.back_up()
    backup = putting_back.chosen(village.backups(), "")
    assert putting_back.prospect(village, backup).password == ""
    _with_code(village)
    assert putting_back.prospect(village, backup).password.startswith("恢复码以后做过")
    recovering.change_password(village, PASSWORD, NEW, "陶素芬")
    assert "密码以后改过" in putting_back.prospect(village, backup).password


def test_the_password_is_changed_by_who_knows_it(village: Register) -> None:
    code = _with_code(village)
    with pytest.raises(WrongPassword):
        recovering.change_password(village, "不对的密码", NEW, "陶素芬")
    with pytest.raises(DeskError, match="密码太短"):
        recovering.change_password(village, PASSWORD, "12345", "陶素芬")
    recovering.change_password(village, PASSWORD, NEW, "陶素芬")
    assert recovering.key_log(village)[0].what is LogAct.PASSWORD
    village.close()
    open_register(village.folder, NEW).close()
    recovering.recover(village.folder, code, PASSWORD).close()


def test_acts_noted_before_there_was_a_log_come_into_it(village: Register) -> None:
    noted = [{"at": "2026-05-04T09:00:00+08:00", "actor": "陶素芬", "what": "recovery"}]
    village.set("keys_log", json.dumps(noted))
    assert [act.what for act in recovering.key_log(village)] == [LogAct.CODE]
    recovering.change_password(village, PASSWORD, NEW, "陶素芬")
    told = [(act.what, act.day.year) for act in recovering.key_log(village)]
    assert [what for what, _year in told] == [LogAct.PASSWORD, LogAct.CODE]
    assert village.setting("keys_log") == ""
    assert len(village.all("log_entry")) == 2
    assert not village.verify()


def test_wrong_passwords_are_told_by_the_log(village: Register) -> None:
    village.close()
    for _ in range(2):
        with pytest.raises(WrongPassword):
            unlocking.open_counted(village.folder, "不对的密码")
    with unlocking.open_counted(village.folder, PASSWORD) as again:
        (wrong,) = again.all("log_entry")
        assert wrong.what is LogAct.WRONG
        assert "2次" in wrong.told
        with pytest.raises(WrongPassword):
            unlocking.check_counted(again, "不对的密码")
        unlocking.check_counted(again, PASSWORD)
        assert len(again.all("log_entry")) == 2
        assert not again.verify()


def test_nothing_of_code_or_password_stands_in_the_register(village: Register) -> None:
    code = _with_code(village)
    recovering.change_password(village, PASSWORD, NEW, "陶素芬")
    told = village.setting("keys_log") + "".join(village.dump())
    village.close()
    stored = b"".join(file.read_bytes() for file in village.folder.rglob("*") if file.is_file())
    for secret in (code, *groups(code), NEW):
        assert secret not in told
    for way in ("utf-8", "utf-16-le", "gbk"):
        assert code.encode(way) not in stored
        assert NEW.encode(way) not in stored


def test_the_sheet_is_one_page_and_its_file_is_a_pdf(village: Register, tmp_path: Path) -> None:
    code, day = recovering.new_code(), now().date()
    pages = recovering.sheet_pages(village, code, day)
    assert len(pages) == 1
    target = tmp_path / "sheet.pdf"
    recovering.save_sheet(pages, target)
    assert target.read_bytes().startswith(b"%PDF")
    with pytest.raises(DeskError, match=r"只能写成 \.pdf"):
        recovering.save_sheet(pages, tmp_path / "sheet.docx")


def test_codes_differ() -> None:
    assert len({recovering.new_code() for _ in range(200)}) == 200


def test_after_five_wrong_passwords_one_waits(
    village: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    village.close()
    for _ in range(4):
        with pytest.raises(WrongPassword) as told:
            unlocking.open_counted(village.folder, "不对的密码")
        assert not isinstance(told.value, unlocking.MustWait)
    with pytest.raises(unlocking.MustWait, match=r"连续输错5次。请等10秒") as pause:
        unlocking.open_counted(village.folder, "不对的密码")
    assert pause.value.seconds == 10
    # Even the right one waits, after a restart too: the count lies beside the keys.
    with pytest.raises(unlocking.MustWait, match=r"请等\d+秒再试"):
        unlocking.open_counted(village.folder, PASSWORD)
    later = now() + timedelta(seconds=11)
    monkeypatch.setattr(unlocking, "now", lambda: later)
    unlocking.open_counted(village.folder / "register.db", PASSWORD).close()
    assert not (village.folder / attempts.FILE).exists()


def test_a_wrong_password_costs_a_whole_derivation(
    village: Register, full_cost: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ten passes over 64 MiB, over 0.25 s where this was written; nothing tells earlier."""
    village.let_open(keys.PASSWORD, PASSWORD)
    village.close()
    derive, spent = argon2id.kdf, []

    def counted(*told: Any, opslimit: int, memlimit: int) -> bytes:
        key = derive(*told, opslimit=opslimit, memlimit=memlimit)
        spent.append((opslimit, memlimit))
        return key

    monkeypatch.setattr(argon2id, "kdf", counted)
    with pytest.raises(WrongPassword):
        open_register(village.folder, "不对的密码")
    assert spent == [(10, 64 * 1024 * 1024)]


def test_guessing_costs_as_much_for_every_file(full_cost: None) -> None:
    for module in (keys, transfer_file, escrow):
        assert (module._PASSES, module._MEMORY) == (10, 64 * 1024 * 1024)
