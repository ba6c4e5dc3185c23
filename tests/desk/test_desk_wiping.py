"""The old computer's register goes only when the new one has all of it, and then for good."""

import shutil
from pathlib import Path

import pytest
from builders import TODAY, an_open_case

from mediation_desk.desk import moving, wiping
from mediation_desk.desk.recording import keep_case
from mediation_desk.domain.problems import DeskError
from mediation_desk.store import keys
from mediation_desk.store.keys import WrongPassword
from mediation_desk.store.opening import open_register
from mediation_desk.store.register import Register
from mediation_desk.store.wiping import MARK
from mediation_desk.store.wiping import wipe as wipe_folder

PASSWORD, SECRET, NEW = "梨花-2026", "转移-4711", "新的密码-2027"


def _record(register: Register) -> None:
    unit = register.committee
    assert unit is not None
    case = an_open_case(unit_id=unit.id)
    keep_case(register, None, case, "陶素芬", "登记", TODAY)


def _taken(register: Register, folder: Path, name: str = "new") -> str:
    file = folder / f"{name}.transfer"
    moving.make(register, file, SECRET, "陶素芬")
    taken = moving.settle(folder / name, file, SECRET, NEW)
    taken.register.close()
    return taken.receipt


def test_gone_from_here_and_whole_there(village: Register, tmp_path: Path) -> None:
    _record(village)
    village.back_up()
    code = _taken(village, tmp_path)
    copy = tmp_path / "copied-keys.json"
    shutil.copy(village.folder / keys.FILE, copy)
    wiped = wiping.wipe(village, code, PASSWORD)
    assert not village.folder.exists()
    # The register, its keys, those of the backup and the backup at least.
    assert wiped.files >= 4
    assert wiped.size > 100_000
    with open_register(tmp_path / "new", NEW) as there:
        assert there.verify() == []
        assert len(there.all("dispute")) == 1


def test_it_stays_without_the_code_the_password_or_when_written_since(
    village: Register, tmp_path: Path
) -> None:
    with pytest.raises(DeskError, match="对不上"):
        wiping.wipe(village, "0000 0000 0000", PASSWORD)
    code = _taken(village, tmp_path)
    with pytest.raises(DeskError, match="12个数字"):
        wiping.wipe(village, "12", PASSWORD)
    with pytest.raises(WrongPassword):
        wiping.wipe(village, code, SECRET)
    _record(village)
    with pytest.raises(DeskError, match="又写了东西"):
        wiping.wipe(village, code, PASSWORD)
    assert village.verify() == []
    # A newer transfer counts; the older code does no more.
    newer = _taken(village, tmp_path, "newer")
    with pytest.raises(DeskError, match="又写了东西"):
        wiping.wipe(village, code, PASSWORD)
    wiping.wipe(village, newer, PASSWORD)


def test_a_wipe_cut_off_is_finished_by_the_next_opening(village: Register) -> None:
    folder = village.folder
    village.close()
    # Before the keys were touched nothing has happened.
    (folder / MARK).write_text("", encoding="utf-8")
    open_register(folder, PASSWORD).close()
    assert not (folder / MARK).exists()
    # After that there is no way back, and nothing that could be read is left lying.
    (folder / MARK).write_text("", encoding="utf-8")
    (folder / keys.FILE).unlink()
    with pytest.raises(DeskError, match="现在已经清除完了"):
        open_register(folder, PASSWORD)
    assert not folder.exists()


def test_the_bytes_are_overwritten_before_they_go(village: Register, tmp_path: Path) -> None:
    folder = village.folder
    village.close()
    kept = tmp_path / "same-bytes"
    kept.hardlink_to(folder / "register.db")
    before = kept.read_bytes()
    wipe_folder(folder)
    after = kept.read_bytes()
    assert len(after) == len(before)
    assert not any(before[at : at + 64] in after for at in range(0, len(before), 4096))
