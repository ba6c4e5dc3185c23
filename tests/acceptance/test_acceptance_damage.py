"""A damaged register on the command line: told, left alone, and brought back when asked to."""

from collections.abc import Callable
from pathlib import Path

import pytest
from builders import a_case, a_dispute
from desk_line import PROBLEMS, Line
from register_moulds import Mould

from mediation_desk.domain.drafts import Draft
from mediation_desk.store.opening import open_with_key
from mediation_desk.store.putting_back import ASIDE
from mediation_desk.store.register import FILE

PASSWORD = "梨花-2026"
_DRAFT = Draft("d", "quick", "", "口头调解", "", "{}", "2026-11-20T10:00:00")


@pytest.fixture
def folder(village_mould: Mould, tmp_path: Path) -> Path:
    folder = tmp_path / "village"
    with village_mould.open(folder) as register:
        with register.change("陶素芬", "登记") as change:
            change.adopt(a_case().records())
        register.back_up()
        with register.change("陶素芬", "登记") as change:
            change.keep(a_dispute(number=2))
        register.keep_draft(_DRAFT)
    return folder


def _log(folder: Path) -> None:
    (folder / (FILE + "-wal")).write_bytes(b"\x37\x7f\x06\x82" + bytes(4200))


SPOILT: dict[str, tuple[Callable[[Path], object], str]] = {
    "empty": (lambda folder: (folder / FILE).write_bytes(b""), "空的"),
    "gone": (lambda folder: (folder / FILE).unlink(), "不见了"),
    "foreign": (lambda folder: (folder / FILE).write_bytes(b"PK\x03\x04" * 5000), "损坏"),
    "cut": (
        lambda folder: (folder / FILE).write_bytes((folder / FILE).read_bytes()[:-4096]),
        "损坏",
    ),
    "keys": (lambda folder: (folder / "keys.json").unlink(), "钥匙文件"),
    "log": (_log, "读不出来"),
}


@pytest.mark.parametrize("how", list(SPOILT))
def test_it_is_diagnosed_and_brought_back(
    line: Line, folder: Path, village_mould: Mould, how: str
) -> None:
    spoil, speaks_of = SPOILT[how]
    spoil(folder)
    secret = line.password_file("village", PASSWORD)
    words = (folder, "--password-file", secret)
    assert speaks_of in line.plain("verify", *words).refused()
    told = line.plain("diagnose", *words)
    assert told.code == PROBLEMS
    assert speaks_of in told.out
    assert [text[:2] for text in told.out.splitlines()[1:4]] == ["1 ", "2 ", "3 "]
    assert "--yes" in told.out
    assert line.plain("diagnose", *words).out == told.out
    assert "已恢复" in line.plain("diagnose", *words, "--yes").done()
    assert len(list((folder / ASIDE).iterdir())) == 1
    assert "登记簿完好" in line.plain("diagnose", *words).out
    with open_with_key(folder, village_mould.key) as register:
        # Where only the keys or the log were damaged nothing is missing.
        assert len(register.all("dispute")) == (2 if how in {"keys", "log"} else 1)
        if how in {"cut", "keys", "log"}:
            assert [draft.id for draft in register.drafts()] == ["d"]


def test_without_a_backup_the_stick_is_asked_for(line: Line, folder: Path, tmp_path: Path) -> None:
    secret = line.password_file("village", PASSWORD)
    (folder / "backups").rename(tmp_path / "stick")
    (folder / FILE).write_bytes(bytes(9000))
    words = ("diagnose", folder, "--password-file", secret)
    told = line.plain(*words, "--yes")
    assert told.code == PROBLEMS
    assert "--backups" in told.out
    (tmp_path / "empty").mkdir()
    assert "没有调解台的备份" in line.plain(*words, "--backups", tmp_path / "empty").refused()
    done = line.plain(*words, "--backups", tmp_path / "stick", "--yes").done()
    assert "纠纷 1 件" in done
