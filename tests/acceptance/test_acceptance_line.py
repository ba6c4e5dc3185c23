"""The command line by itself: a fresh start, honest exit codes, plain sentences."""

import json
from pathlib import Path

import pytest
from demo_desks import PASSWORD, copied
from desk_line import WRONG_USE, Line

VERBS = ("new", "demo", "dump", "verify", "batches", "export", "import", "undo", "check", "report",
         "freeze", "reports", "adjustments", "self-test", "agenda")  # fmt: skip


def test_a_fresh_installation_is_whole(line: Line) -> None:
    """With the window, on a screen that is not there."""
    said = line.plain("self-test").done().splitlines()
    assert said[-1] == "自检通过。"
    assert "窗口：正常" in said
    assert list(line.temporary.iterdir()) == []


def test_it_is_whole_without_a_window_too(line: Line) -> None:
    assert "窗口" not in line.plain("self-test", "--no-window").done()


def test_help_names_every_verb(line: Line) -> None:
    told = line.plain("--help").done()
    for verb in VERBS:
        assert verb in told
    assert "--period" in line.plain("export", "--help").done()


@pytest.mark.parametrize(
    "words",
    [
        ("fly",),
        ("export",),
        ("export", "register", "--out", "x.xlsx"),
        ("export", "register", "--period", "2026-13", "--out", "x.xlsx"),
        ("report", "register", "--period", "去年", "--out", "x.xlsx"),
        ("report", "register", "--period", "2026", "--out", "x.xlsx", "--types", "16"),
        ("report", "register", "--table", "types", "--period", "2026"),
        ("report", "register", "--table", "types", "--out", "x.xlsx"),
        ("report", "register", "--period", "2026", "--out", "x.xlsx", "--basis", "报送"),
        ("undo", "register", "twelve"),
        ("import", "register"),
        ("new", "register", "--role", "court"),
        ("demo", "folder", "--today", "tomorrow"),
    ],
    ids=" ".join,
)
def test_wrong_use_is_told_in_one_sentence(line: Line, words: tuple[str, ...]) -> None:
    sentence = line.plain(*words).refused(WRONG_USE)
    assert "--help" in sentence


def test_wrong_answers_at_set_up(line: Line, tmp_path: Path) -> None:
    office = ["--role", "office", "--county", "丰都县", "--town", "双龙镇"]
    target = tmp_path / "register"
    bad_code = line("new", target, *office, "--code", "12345", "--actor", "罗晓")
    assert "12位" in bad_code.refused()
    assert "姓名" in line("new", target, *office, "--code", "500230124000").refused()
    short = line.password_file("short", "abc")
    words = [*office, "--code", "500230124000", "--actor", "罗晓"]
    assert "太短" in line("new", target, *words, password=short).refused()
    missing = tmp_path / "no.password"
    assert "密码文件" in line("new", target, *words, password=missing).refused()
    assert list(tmp_path.iterdir()) == []


def test_a_batch_that_is_none(line: Line, office: Path, tmp_path: Path) -> None:
    folder = copied(office, tmp_path / "office")
    before = line.dump(folder)
    for batch in (999, 1):
        assert str(batch) in line("undo", folder, batch).refused()
    assert line.dump(folder) == before


def test_batches_are_listed_and_name_who_and_what(line: Line, office: Path, tmp_path: Path) -> None:
    folder = copied(office, tmp_path / "office")
    rows = [row.split("\t") for row in line("batches", folder).done().splitlines()]
    assert len(rows) == 10
    number = rows[0][0]
    assert all(row[2] == "罗晓" and "2026年9月" in row[3] for row in rows)
    line("undo", folder, number, "--actor", "秦主任").done()
    told = {row.split("\t")[0]: row for row in line("batches", folder).done().splitlines()}
    assert "已撤销" in told[number]
    assert sum("已撤销" in row for row in told.values()) == 1


def test_a_password_file_as_notepad_writes_it(line: Line, office: Path, tmp_path: Path) -> None:
    folder, password = copied(office, tmp_path / "office"), tmp_path / "notepad.txt"
    password.write_bytes(b"\xef\xbb\xbf" + f"{PASSWORD}\r\n".encode())
    assert line("dump", folder, password=password).done() == line.dump(folder)


def test_a_folder_where_a_file_is_asked_for(line: Line, villages: list[Path], office: Path) -> None:
    village = villages[7]
    words = ["--period", "2026-09", "--out"]
    assert "是一个文件夹" in line("export", village, *words, village).refused()
    assert "是一个文件夹" in line("export", village, *words, ".").refused()
    assert "是一个文件夹" in line("report", village, *words, village).refused()
    answer = line("import", office, village, "--dry-run")
    answer.refused()
    assert "是一个文件夹" in answer.out


def test_a_name_without_an_ending_becomes_a_workbook(
    line: Line, villages: list[Path], tmp_path: Path
) -> None:
    village = copied(villages[7], tmp_path / "village")
    for name, written in (("十月", "十月.xlsx"), ("2026.10", "2026.10.xlsx"), ("a.XLSX", "a.XLSX")):
        answer = line("report", village, "--period", "2026-09", "--out", tmp_path / name)
        assert answer.done().startswith(f"已写成 {tmp_path / written}")
        assert (tmp_path / written).is_file()
    line("export", village, "--period", "2026-09", "--out", tmp_path / "报表").done()
    assert (tmp_path / "报表.xlsx").is_file()
    assert not (tmp_path / "报表").exists()


def test_the_agenda_says_what_is_due_and_why(
    line: Line, villages: list[Path], tmp_path: Path
) -> None:
    village = copied(villages[7], tmp_path / "village")
    told = json.loads(line("agenda", village, "--json", "--ahead", 60).done())
    assert (told["day"], told["clock"]) == (line.today, "")
    dues = told["dues"]
    assert {"Q16"} <= {due["rule"] for due in dues}
    assert all(due["source"] and (due["counted"] or not due["day"]) for due in dues)
    said = line("agenda", village, "--ahead", 60).done()
    assert said.count("依据：") == len(dues)
    assert all(due["about"] in said for due in dues)
    later = json.loads(line("agenda", village, "--json", "--day", "2026-12-24").done())
    assert later["day"] == "2026-12-24"
    assert {due["group"] for due in later["dues"]} <= {"overdue", "today", "soon"}
    assert "2026-10-22" in line("agenda", village, "--day", "明天").refused(WRONG_USE)
