"""Workbooks that must not be received: each told in its own sentence, and nothing changed."""

import csv
import hashlib
import json
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from bad_files import encrypted_workbook, zip_bomb
from demo_desks import PASSWORD, copied
from desk_line import PROBLEMS, Answer, Line
from office_suite import Suite, rows_of
from openpyxl import Workbook, load_workbook
from own_counts import without_receipts

# What the sentence about each file must speak of.
SPEAKS_OF = {
    "空文件.xlsx": "空",
    "截断.xlsx": "不完整",
    "有密码.xlsx": "密码",
    "旧式.xls": ".xls",
    "旧式改名.xlsx": ".xls",
    "其实是文本.xlsx": "CSV",
    "炸弹.xlsx": "巨大",
    "假报大小.xlsx": "不完整",
    "改了单位.xlsx": "另一个单位",
    "外镇.xlsx": "不属于本所",
    "明年.xlsx": "还没有到",
    "更新版本.xlsx": "更新版本",
    "别的工作簿.xlsx": "没有调解台",
    "改坏了.xlsx": "签名与内容对不上",
    "找不到.xlsx": "找不到",
}


def _edited(
    source: Path, target: Path, sheet: str, cell: str, change: Callable[[str], str]
) -> None:
    book = load_workbook(source)
    place = book[sheet][cell]
    before = str(place.value)
    place.value = change(before)
    assert place.value != before
    book.save(target)
    book.close()


def _abroad(line: Line, folder: Path) -> None:
    """A package of a village that belongs to another township."""
    words = ["--role", "village", "--county", "丰都县", "--town", "仙女湖镇", "--name", "金竹村"]
    register = folder / "金竹村"
    line("new", register, *words, "--code", "500230125200", "--actor", "陶素芬").done()
    line("export", register, "--period", "2026-09", "--out", folder / "外镇.xlsx").done()


def _next_year(line: Line, village: Path, folder: Path) -> None:
    """A package of a village whose clock is a year ahead."""
    register = copied(village, folder / village.name)
    words = ["--period", "2027-09", "--out", folder / "明年.xlsx", "--today", "2027-10-02"]
    line.plain("export", register, *words, "--password-file", line.password).done()


@pytest.fixture(scope="module")
def bad(
    line: Line,
    villages: list[Path],
    packages: list[Path],
    suite: Suite,
    tmp_path_factory: pytest.TempPathFactory,
) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("bad")
    good = packages[0]
    content = good.read_bytes()
    (folder / "空文件.xlsx").write_bytes(b"")
    (folder / "截断.xlsx").write_bytes(content[: len(content) * 2 // 3])
    encrypted_workbook(folder / "有密码.xlsx", content[:20_000])
    (old,) = suite.saved_as([good], "xls")
    shutil.copyfile(old, folder / "旧式.xls")
    shutil.copyfile(old, folder / "旧式改名.xlsx")
    with (folder / "其实是文本.xlsx").open("w", encoding="gb18030", newline="") as file:
        csv.writer(file).writerows(rows_of(good, "案件台账"))
    zip_bomb(folder / "炸弹.xlsx", good)
    zip_bomb(folder / "假报大小.xlsx", good, claims=900_000)
    _edited(good, folder / "改了单位.xlsx", "封面", "B3", lambda name: name + "二组")
    _abroad(line, folder)
    _next_year(line, villages[0], folder)
    newer = '"format":2,', '"format":99,'
    _edited(good, folder / "更新版本.xlsx", "_exact", "A1", lambda text: text.replace(*newer))
    number = '"number":2', '"number":3'
    _edited(good, folder / "改坏了.xlsx", "_exact", "A1", lambda text: text.replace(*number))
    other = Workbook()
    other.worksheets[0].append(["姓名", "电话"])
    other.save(folder / "别的工作簿.xlsx")
    found = {name: folder / name for name in SPEAKS_OF}
    assert [name for name, path in found.items() if not path.exists()] == ["找不到.xlsx"]
    return found


def _hashes(paths: dict[str, Path]) -> dict[str, str]:
    return {
        name: hashlib.sha256(path.read_bytes()).hexdigest()
        for name, path in paths.items()
        if path.exists()
    }


def _refusals(answer: Answer) -> dict[str, str]:
    assert answer.code == PROBLEMS
    assert answer.err.count("\n") == 1
    assert answer.err.endswith("。\n")
    told = {Path(entry["file"]).name: entry for entry in json.loads(answer.out)}
    assert all(not any(entry["counts"].values()) for entry in told.values()
               if entry["state"] == "refused")  # fmt: skip
    # A text is not received either before somebody says whose it is.
    kept_out = {"refused", "asks"}
    return {name: entry["words"] for name, entry in told.items() if entry["state"] in kept_out}


def test_each_is_refused_in_its_own_words_and_stops_no_other(
    line: Line, empty_office: Path, packages: list[Path], bad: dict[str, Path], tmp_path: Path
) -> None:
    folder, clean = (copied(empty_office, tmp_path / name) for name in ("office", "clean"))
    before, files = line.dump(folder), _hashes(bad)
    started = time.monotonic()
    refused = _refusals(line("import", folder, *bad.values(), "--json"))
    assert time.monotonic() - started < 60
    assert refused.keys() == SPEAKS_OF.keys()
    for name, sentence in refused.items():
        assert SPEAKS_OF[name] in sentence, (name, sentence)
        assert sentence.endswith("。")
        assert 1 < sentence.count("。") <= 3, "what happened, and what to do next"
    alike = {"旧式.xls": "旧式改名.xlsx", "假报大小.xlsx": "截断.xlsx"}
    different = {words for name, words in refused.items() if name not in alike}
    assert len(different) == len(SPEAKS_OF) - len(alike)
    assert line.dump(folder) == before
    assert not (folder / "backups").exists(), "nothing was to be written"
    # A good one among them is received all the same, and only it.
    line("import", clean, packages[0]).done()
    among = [*bad.values(), packages[0]]
    assert len(_refusals(line("import", folder, *among, "--json"))) == len(bad)
    assert without_receipts(line.dump(folder)) == without_receipts(line.dump(clean))
    assert _hashes(bad) == files


def test_check_says_the_same_without_importing(
    line: Line, bad: dict[str, Path], empty_office: Path
) -> None:
    for name in ("截断.xlsx", "有密码.xlsx", "炸弹.xlsx", "改坏了.xlsx"):
        answer = line.plain("check", bad[name], "--today", line.today)
        assert name in answer.refused()
        assert SPEAKS_OF[name] in answer.out
    inside = line("check", bad["明年.xlsx"], "--register", empty_office)
    assert "明年.xlsx" in inside.refused()
    assert SPEAKS_OF["明年.xlsx"] in inside.out


def test_a_village_receives_nothing(
    line: Line, villages: list[Path], packages: list[Path], tmp_path: Path
) -> None:
    village = copied(villages[1], tmp_path / "village")
    before = line.dump(village)
    answer = line("import", village, packages[0])
    answer.refused()
    assert "村级登记簿不接收" in answer.out
    assert line.dump(village) == before


def test_an_office_sends_no_village_package(line: Line, office: Path, tmp_path: Path) -> None:
    folder = copied(office, tmp_path / "office")
    target = tmp_path / "never.xlsx"
    assert "司法所" in line("export", folder, "--period", "2026-09", "--out", target).refused()
    assert not target.exists()


def test_a_month_to_come_cannot_be_sent(line: Line, villages: list[Path], tmp_path: Path) -> None:
    village, target = copied(villages[1], tmp_path / "village"), tmp_path / "never.xlsx"
    before = line.dump(village)
    sentence = line("export", village, "--period", "2026-11", "--out", target).refused()
    assert "还没有到" in sentence
    assert not target.exists()
    assert line.dump(village) == before
    assert PASSWORD not in sentence
