"""A lost laptop: the sheet's words, a stick with the last backup, and the office are enough.

Says how long each step takes; run it with `-rP` to read that.
"""

import json
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from builders import an_open_case
from desk_line import Line
from test_acceptance_rebuild import CODE, TODAY, _lived

from mediation_desk.desk.demonstration import PASSWORD
from mediation_desk.desk.recording import keep_case
from mediation_desk.store.opening import open_register

NEW = "新的密码-2027"
_SHEET_LINES = 3


class Clock:
    """Tells how long each step took."""

    def __init__(self) -> None:
        self.steps: list[tuple[str, float]] = []

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Time what is done inside."""
        began = time.monotonic()
        yield
        self.steps.append((name, time.monotonic() - began))

    def tell(self) -> None:
        """Print the steps and their sum."""
        for name, seconds in [*self.steps, ("all", sum(took for _, took in self.steps))]:
            sys.stdout.write(f"{seconds:6.1f} s  {name}\n")


def _disputes(line: Line, register: Path, password: Path | None = None) -> dict[str, Any]:
    words = {"password": password} if password else {}
    told = line("dump", register, **words).done()
    entries = map(json.loads, told.splitlines())
    return {
        entry["values"]["id"]: entry["values"] for entry in entries if entry["kind"] == "dispute"
    }


@pytest.fixture
def office(line: Line, new_office: Callable[[Path], Path], tmp_path: Path) -> Path:
    return new_office(tmp_path / "office")


def _life(line: Line, office: Path, laptop: Path, stick: Path, tmp_path: Path) -> tuple[str, Any]:
    """A sheet, work, a backup on the stick, work that was sent, and a day that was not."""
    setup = tmp_path / "setup.xlsx"
    line("setup-file", office, "--unit", CODE, "--name", "梨子园村", "--out", setup).done()
    line("new", laptop, "--setup", setup, "--actor", "陶素芬").done()
    sheet = "\n".join(line("recovery-code", laptop).done().splitlines()[:_SHEET_LINES])
    _lived(laptop)
    line("backup", laptop, "--to", stick).done()
    _lived(laptop)
    sent = tmp_path / "sent.xlsx"
    line("export", laptop, "--period", "2026-10", "--out", sent).done()
    assert line("import", office, sent).code in {0, 1}
    reported = _disputes(line, laptop)
    with open_register(laptop, PASSWORD) as register:
        case = an_open_case(unit_id=register.unit.id, number=9)
        keep_case(register, None, case, "陶素芬", "登记", TODAY)
    return sheet, reported


def test_sheet_stick_and_office_bring_it_back(line: Line, office: Path, tmp_path: Path) -> None:
    laptop, stick, clock = tmp_path / "laptop", tmp_path / "stick", Clock()
    stick.mkdir()
    sheet, reported = _life(line, office, laptop, stick, tmp_path)
    shutil.rmtree(laptop)

    register, paper = tmp_path / "new" / "register", tmp_path / "typed-from-the-sheet"
    paper.write_text(sheet, encoding="utf-8")
    new, back = line.password_file("lost", NEW), tmp_path / "back.xlsx"
    with clock.step("the newest backup on the stick becomes the register"):
        line.plain("bring-home", register, stick).done()
    with clock.step("a new password by the sheet"):
        words = ("--code-file", paper, "--new-password-file", new)
        line.plain("recover", register, *words).done()
    kept = _disputes(line, register, new)
    assert 0 < len(kept) < len(reported)
    with clock.step("the office gives back what was sent since"):
        line("rebuild", office, "--unit", CODE, "--out", back).done()
    with clock.step("it is taken"):
        line("import", register, back, password=new).done()
    assert _disputes(line, register, new) == reported
    with clock.step("checked, and backed up on the stick"):
        line("verify", register, password=new).done()
        line("backup", register, "--to", stick, password=new).done()
    with clock.step("a new sheet"):
        line("recovery-code", register, "--out", tmp_path / "sheet.pdf", password=new).done()
    # It goes on where the lost one ended.
    sent = tmp_path / "after.xlsx"
    line("export", register, "--period", "2026-10", "--out", sent, password=new).done()
    assert line("import", office, sent).code in {0, 1}
    assert "没有缺少" in line("missing", office).done()
    clock.tell()


def test_without_a_sheet_the_office_opens_the_backup(
    line: Line, office: Path, tmp_path: Path
) -> None:
    laptop, stick = tmp_path / "laptop", tmp_path / "stick"
    stick.mkdir()
    _life(line, office, laptop, stick, tmp_path)
    shutil.rmtree(laptop)
    register, answer = tmp_path / "register", tmp_path / "answer.txt"
    line.plain("bring-home", register, stick).done()
    asked = line.plain("ask-office", register).done().splitlines()[0].partition("：")[2]
    words = ("--unit", CODE, "--request-code", asked, "--asked-by", "陶素芬本人到所")
    said = line("help-open", office, *words, "--out", answer).done()
    code = next(row for row in said.splitlines() if row.startswith("口令")).partition("：")[2]
    new = line.password_file("helped-home", NEW)
    opening = ("open-by-office", register, answer, "--code", code, "--new-password-file", new)
    line.plain(*opening).done()
    assert line("verify", register, password=new).code == 0


def test_a_stick_without_a_backup_is_told(line: Line, tmp_path: Path) -> None:
    (tmp_path / "stick" / "photos").mkdir(parents=True)
    told = line.plain("bring-home", tmp_path / "r", tmp_path / "stick").refused()
    assert "没有调解台的备份" in told
    assert not (tmp_path / "r").exists()
