"""A drill restores the newest backups aside, says how it went, and leaves nothing behind."""

import os
import shutil
import signal
import subprocess
import sys
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from builders import a_case, a_dispute

from mediation_desk.desk import second_medium
from mediation_desk.desk.clock import now
from mediation_desk.desk.drilling import drill, drill_reminder, drills
from mediation_desk.domain.drafts import Draft
from mediation_desk.store.opening import open_register
from mediation_desk.store.putting_back import SANDBOX
from mediation_desk.store.register import FILE, Register

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "梨花-2026"


def _keep(register: Register, number: int) -> None:
    with register.change("陶素芬", "登记") as change:
        change.adopt(a_case(number=number).records())


def _files(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != "in-use" and not path.name.endswith(("-wal", "-shm"))
    }


def test_it_says_that_the_backup_works_and_what_is_not_in_it(village: Register) -> None:
    _keep(village, 1)
    village.back_up()
    done = drill(village, now, "陶素芬")
    assert done.good
    assert "电脑上" in done.said[0]
    assert "纠纷1件" in done.said[0]
    assert "和现在的登记簿一样" in done.said[0]
    assert "U盘上还没有备份" in done.said[1]
    with village.change("陶素芬", "登记") as change:
        change.keep(a_dispute(number=2))
    village.keep_draft(Draft("d", "quick", "", "口头", "", "{}", "2026-11-20T10:00:00"))
    later = drill(village, now, "陶素芬")
    assert later.good
    assert "纠纷新登1条" in later.said[0]
    assert "没写完的1份" in later.said[0]
    assert [one.said for one in drills(village)] == [later.said, done.said]


def test_a_register_without_a_backup_gets_one(village: Register) -> None:
    assert drill(village, now, "陶素芬").good
    assert len(village.backups()) == 1


def test_nothing_of_it_stays_and_nothing_else_changes(village: Register) -> None:
    _keep(village, 1)
    village.back_up()
    before = _files(village.folder)
    drill(village, now, "陶素芬")
    after = _files(village.folder)
    # The register itself has one more note in its log only.
    assert after == before
    assert not (village.folder / SANDBOX).exists()


def test_a_spoilt_backup_fails_with_what_to_do(village: Register) -> None:
    _keep(village, 1)
    backup = village.back_up() / FILE
    whole = backup.read_bytes()
    for spoilt in (whole[:9000], whole[:20_000] + bytes(50) + whole[20_050:], b""):
        backup.write_bytes(spoilt)
        done = drill(village, now, "陶素芬")
        assert not done.good
        assert "恢复不了" in done.said[0]
        assert "再做一份备份" in done.said[0]
        assert not (village.folder / SANDBOX).exists()
    assert "没有成功" in drill_reminder(village, now())
    village.back_up()
    assert drill(village, now, "陶素芬").good
    assert drill_reminder(village, now()) == ""


def test_the_one_on_the_stick_is_tried_where_it_is_there(village: Register, tmp_path: Path) -> None:
    stick = tmp_path / "U盘"
    stick.mkdir()
    second_medium.choose(village, stick)
    copied = second_medium.copy_out(village, now()).path
    done = drill(village, now, "陶素芬")
    assert done.good
    assert "U盘上" in done.said[1]
    assert "能恢复" in done.said[1]
    (copied / FILE).write_bytes(bytes(9000))
    done = drill(village, now, "陶素芬")
    assert not done.good
    assert "能恢复" in done.said[0]
    assert "恢复不了" in done.said[1]
    shutil.rmtree(stick)
    done = drill(village, now, "陶素芬")
    assert done.good
    assert "没有找到U盘" in done.said[1]


def test_it_is_asked_for_once_a_month(village: Register) -> None:
    begun = datetime.fromisoformat(village.act(1).at)
    assert drill_reminder(village, begun + timedelta(days=29)) == ""
    assert "还没有做过" in drill_reminder(village, begun + timedelta(days=30))
    drill(village, now, "陶素芬")
    assert drill_reminder(village, now() + timedelta(days=29)) == ""
    assert "已有31天" in drill_reminder(village, now() + timedelta(days=31))
    village.keep_settings(replace(village.settings, drill_days=90))
    assert drill_reminder(village, now() + timedelta(days=31)) == ""


_DIES = """
import os, signal, sys
from pathlib import Path
from mediation_desk.desk.clock import now
from mediation_desk.desk.drilling import drill
from mediation_desk.store.opening import open_register
from mediation_desk.store.register import Register
def dies(self):
    if self.folder.name == "drill.part":
        os.kill(os.getpid(), signal.SIGKILL)
    return []
Register.verify = dies
drill(open_register(Path(sys.argv[1]), sys.argv[2]), now, "陶素芬")
"""


@pytest.mark.skipif(os.name != "posix", reason="only Unix kills in the middle of a step")
def test_what_a_drill_left_that_was_cut_off_is_cleared_away(village: Register) -> None:
    _keep(village, 1)
    village.back_up()
    village.close()
    words = [sys.executable, "-c", _DIES, str(village.folder), PASSWORD]
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    assert subprocess.run(words, env=env, check=False).returncode == -signal.SIGKILL
    assert (village.folder / SANDBOX).exists()
    with open_register(village.folder, PASSWORD) as register:
        assert not (village.folder / SANDBOX).exists()
        assert register.verify() == []
