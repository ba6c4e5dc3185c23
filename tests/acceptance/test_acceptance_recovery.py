"""A forgotten password by the command line alone, with what the sheet says typed as people do."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from desk_line import DONE, PROBLEMS, WRONG_USE, Line

CODE_LINES = 3


@pytest.fixture
def office(new_office: Callable[[Path], Path], tmp_path: Path) -> Path:
    return new_office(tmp_path / "office")


def _code(line: Line, office: Path) -> str:
    said = line("recovery-code", office).done().splitlines()
    assert "作废" in said[-1]
    return "\n".join(said[:CODE_LINES])


def _file(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_forgotten_and_back(line: Line, office: Path, tmp_path: Path) -> None:
    code = _file(tmp_path, "code", _code(line, office).lower().replace("0", "o"))
    new = line.password_file("new", "新的密码-2027")
    before = line.dump(office)
    words = ("recover", office, "--code-file", code, "--new-password-file", new)
    assert "密码已重设" in line.plain(*words).done()
    assert "密码不对" in line("dump", office).refused(PROBLEMS)
    assert line("dump", office, password=new).done() == before
    assert line("verify", office, password=new).code == DONE


def test_the_code_is_typed_too(line: Line, office: Path) -> None:
    code = _code(line, office).replace("\n", " ")
    new = line.password_file("typed", "新的密码-2027")
    done = subprocess.run(
        [sys.executable, "-m", "mediation_desk", "recover", office, "--new-password-file", new],
        env=line.environment(), input=f"{code}\n", capture_output=True, encoding="utf-8",
        check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (DONE, "")
    assert line("verify", office, password=new).code == DONE


def test_slips_and_old_sheets_are_refused(line: Line, office: Path, tmp_path: Path) -> None:
    old = _code(line, office)
    new = line.password_file("refused", "新的密码-2027")

    def recover(code: str, password: Path = new) -> str:
        file = _file(tmp_path, "code", code)
        words = ("recover", office, "--code-file", file, "--new-password-file", password)
        return line.plain(*words).refused(PROBLEMS)

    slip = "0" if old[0] != "0" else "1"
    assert "第1组写错了" in recover(slip + old[1:])
    assert "恢复码有9组" in recover("忘了")
    assert "密码太短" in recover(old, line.password_file("short", "123"))
    _code(line, office)
    assert "作废的旧纸" in recover(old)
    assert "读不出密码文件" in line.plain(
        "recover", office, "--code-file", tmp_path / "nowhere", "--new-password-file", new
    ).refused(PROBLEMS)
    assert "没有读到恢复码" in line.plain("recover", office, "--new-password-file", new).refused()
    line.plain("recover").refused(WRONG_USE)
    assert line("verify", office).code == DONE


def test_the_sheet_as_a_file(line: Line, office: Path, tmp_path: Path) -> None:
    target = tmp_path / "sheet.pdf"
    assert str(target) in line("recovery-code", office, "--out", target).done()
    assert target.read_bytes().startswith(b"%PDF")
    code = _code(line, office)
    assert "只能写成" in line("recovery-code", office, "--out", tmp_path / "sheet.docx").refused()
    # What was refused has not made the code void that is in use.
    new = line.password_file("still", "新的密码-2027")
    file = _file(tmp_path, "code", code)
    line.plain("recover", office, "--code-file", file, "--new-password-file", new).done()
    assert list(line.temporary.iterdir()) == []


def test_another_password(line: Line, office: Path) -> None:
    new = line.password_file("changed", "改过的密码-2027")
    words = ("change-password", office, "--new-password-file", new)
    assert "密码不对" in line(*words, password=new).refused()
    assert "密码已改" in line(*words).done()
    assert "密码不对" in line("verify", office).refused()
    assert line("verify", office, password=new).code == DONE


def test_guessing_takes_long(line: Line, office: Path) -> None:
    wrong = line.password_file("wrong", "不对的密码")
    for _ in range(4):
        assert "密码不对" in line("verify", office, password=wrong).refused()
    assert "请等10秒再试" in line("verify", office, password=wrong).refused()
    # The right one waits too, until the count is deleted or the time has passed.
    assert "再试" in line("verify", office).refused()
    (office / "attempts.json").unlink()
    assert line("verify", office).code == DONE
