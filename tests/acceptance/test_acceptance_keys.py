"""Setting villages up and trusting what they send, by the command line alone."""

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from demo_desks import CLERK, copied
from desk_line import PROBLEMS, Line
from made_once import made_once
from openpyxl import load_workbook
from own_counts import records_in

from mediation_desk.desk.demonstration import PASSWORD, office_of
from mediation_desk.domain.records import canonical
from mediation_desk.store.opening import open_register

CODE, OTHER_CODE = "500230124200", "500230124201"
NAME, OTHER_NAME = "梨子园村", "尖山子村"


def _set_up(line: Line, office: Path, target: Path, code: str, *new: str) -> Path:
    said = line("setup-file", office, "--unit", code, "--out", target, *new).done()
    assert line("fingerprint", office).done().splitlines()[0] in said
    return target


def _new(line: Line, setup: Path, folder: Path) -> Path:
    line("new", folder, "--setup", setup, "--actor", "陶素芬").done()
    return folder


def _sent(line: Line, village: Path, target: Path, month: str = "2026-09") -> Path:
    said = line("export", village, "--period", month, "--out", target).done()
    assert str(target) in said
    return target


@pytest.fixture(scope="module")
def desks(
    line: Line, new_office: Callable[[Path], Path], tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Path]:
    """An office, two villages that it set up, and a package of each that it did not receive."""

    def make(place: Path) -> None:
        office = new_office(place / "office")
        for key, code, name in (("one", CODE, NAME), ("two", OTHER_CODE, OTHER_NAME)):
            setup = _set_up(line, office, place / f"{key} setup.xlsx", code, "--name", name)
            _sent(line, _new(line, setup, place / key), place / f"{key} sent.xlsx")
        enrolled = copied(office, place / "enrolled")
        line("import", enrolled, place / "one sent.xlsx", place / "two sent.xlsx").done()

    place = made_once(tmp_path_factory, "desks", make)
    return {path.stem: path for path in place.iterdir()}


def _changed(path: Path, target: Path, change: Callable[[dict[str, Any], list[str]], None]) -> Path:
    """A copy of a package with its description and the cells below it changed."""
    book = load_workbook(path)
    sheet = book["_exact"]
    cells = [str(row[0].value) for row in sheet.iter_rows(max_col=1)]
    described = json.loads(cells[0])
    change(described, cells)
    cells[0] = canonical(described)
    sheet.delete_rows(1, sheet.max_row)
    for number, cell in enumerate(cells, 1):
        sheet.cell(number, 1, cell)
    book.save(target)
    book.close()
    return target


def _refusal(line: Line, office: Path, path: Path, tmp_path: Path) -> str:
    """The sentence with which a copy of the office refuses a file, by import and by check alike."""
    folder = copied(office, tmp_path / f"office {path.stem}")
    before = line.dump(folder)
    answer = line("import", folder, path, "--json")
    assert answer.code == PROBLEMS
    (told,) = json.loads(answer.out)
    assert told["state"] == "refused"
    assert line.dump(folder) == before
    assert told["words"].endswith("。")
    assert 1 < told["words"].count("。") <= 3, "what happened, and what to do next"
    ahead = line("check", path, "--register", folder, "--json")
    assert json.loads(ahead.out)[0]["words"] == told["words"]
    shutil.rmtree(folder)
    return str(told["words"])


def test_a_village_is_set_up_and_heard(line: Line, desks: dict[str, Path], tmp_path: Path) -> None:
    """Told by its first package, whose key the office notes; both can be told by phone."""
    records = records_in(line.dump(desks["enrolled"]))
    keys = {entry["unit_id"]: entry["key"] for entry in records["enrolment"]}
    assert len(set(keys.values())) == 2
    assert all(keys.values())
    assert {entry["signer"] for entry in records["package"]} == set(keys.values())
    own, offices = line("fingerprint", desks["one"]).done().splitlines()
    assert offices.endswith(line("fingerprint", desks["office"]).done().strip())
    assert own != offices
    cover = load_workbook(desks["one sent"])["封面"]
    told = [row[1] for row in cover.iter_rows(max_col=2, values_only=True)]
    assert "已签名、已封存给双龙司法所" in told
    out = line.plain("check", desks["one sent"]).done()
    assert "签名完好" in out
    assert own in out
    assert "封存给双龙司法所" in out
    assert "不需要" not in out
    inside = line("check", desks["one sent"], "--register", desks["enrolled"]).done()
    assert "没有变化" in inside
    line("verify", desks["enrolled"]).done()


def test_someone_elses_signature(line: Line, desks: dict[str, Path], tmp_path: Path) -> None:
    """A village that made its package under another's name."""
    village = copied(desks["two"], tmp_path / "village")
    with open_register(village, PASSWORD) as two, open_register(desks["one"], PASSWORD) as one:
        unit = one.unit
        with two.change("某", "冒名") as change:
            change.adopt([unit])
        two.set("unit", unit.id)
        two.set("committee", unit.id)
    path = _sent(line, village, tmp_path / "theirs.xlsx", "2026-10")
    told = _refusal(line, desks["enrolled"], path, tmp_path)
    assert f"写明是{NAME}的，签名却是{OTHER_NAME}的" in told


def test_a_signature_that_is_broken(line: Line, desks: dict[str, Path], tmp_path: Path) -> None:
    path = _changed(
        desks["one sent"], tmp_path / "b.xlsx", lambda told, _: told.update(made_by="别人")
    )
    assert "签名与内容对不上" in _refusal(line, desks["office"], path, tmp_path)
    assert "签名与内容对不上" in line.plain("check", path).out


def test_a_signature_that_was_taken_off(line: Line, desks: dict[str, Path], tmp_path: Path) -> None:
    def strip(told: dict[str, Any], _: list[str]) -> None:
        del told["signer"], told["signature"], told["sign_up"]

    village = copied(desks["one"], tmp_path / "village")
    sent = _sent(line, village, tmp_path / "a.xlsx", "2026-10")
    path = _changed(sent, tmp_path / "b.xlsx", strip)
    assert "这份文件没有签名" in _refusal(line, desks["enrolled"], path, tmp_path)


def test_a_new_laptop_with_the_old_file(line: Line, desks: dict[str, Path], tmp_path: Path) -> None:
    laptop = _new(line, desks["one setup"], tmp_path / "laptop")
    path = _sent(line, laptop, tmp_path / "laptop.xlsx")
    told = _refusal(line, desks["enrolled"], path, tmp_path)
    assert f"没有在本所为{NAME}登记" in told
    assert "另做一份开户文件" in told
    office = copied(desks["enrolled"], tmp_path / "again")
    line("enrol", laptop, _set_up(line, office, tmp_path / "new.xlsx", CODE)).done()
    second = _sent(line, laptop, tmp_path / "second.xlsx", "2026-10")
    line("import", office, second).done()


def test_another_package_of_the_same_number(
    line: Line, desks: dict[str, Path], tmp_path: Path
) -> None:
    village = copied(desks["one"], tmp_path / "village")
    with open_register(village, PASSWORD) as register, register.change("某", "忘了") as change:
        for package in register.all("package"):
            change.withdraw("package", package.id)
    path = _sent(line, village, tmp_path / "same-number.xlsx", "2026-10")
    told = _refusal(line, desks["enrolled"], path, tmp_path)
    assert "累计第1份已经收到过另一份" in told
    assert "回执" in told


def test_what_was_undone_keeps_its_number_and_can_come_again(
    line: Line, desks: dict[str, Path], tmp_path: Path
) -> None:
    """The laptop was put back since, so that the office holds the only copy."""
    village, office = (copied(desks[name], tmp_path / name) for name in ("one", "enrolled"))
    first = _sent(line, village, tmp_path / "second.xlsx", "2026-10")
    whole = line.dump(office)
    (told,) = json.loads(line("import", office, first, "--json").done())
    received = line.dump(office)
    line("undo", office, told["batch"]).done()
    assert line.dump(office) == whole
    again = _sent(line, copied(desks["one"], tmp_path / "put back"), tmp_path / "b.xlsx", "2026-10")
    assert "累计第2份已经收到过另一份" in _refusal(line, office, again, tmp_path)
    line("import", office, first).done()
    assert len(records_in(line.dump(office))["package"]) == len(records_in(received)["package"])


def test_the_same_package_with_other_content(
    line: Line, desks: dict[str, Path], tmp_path: Path
) -> None:
    village, office = (copied(desks[name], tmp_path / name) for name in ("one", "enrolled"))
    with open_register(village, PASSWORD) as register:
        (package,) = register.all("package")
    path = _sent(line, village, tmp_path / "b.xlsx", "2026-10")
    # Whoever holds the office's register could claim that it came under another name.
    with open_register(office, PASSWORD) as register, register.change("某", "改") as change:
        change.withdraw("package", package.id)
    with open_register(village, PASSWORD) as register:
        newest = max(register.all("package"), key=lambda entry: entry.number)  # type: ignore[attr-defined]
    with open_register(office, PASSWORD) as register, register.change("某", "改") as change:
        change.adopt([replace(newest, digest="0" * 64, received=True)])  # type: ignore[call-arg]
    told = _refusal(line, office, path, tmp_path)
    assert "以前收到过，内容却不同" in told


def test_a_package_for_another_office(
    line: Line, desks: dict[str, Path], township: Path, tmp_path: Path
) -> None:
    told = _refusal(line, office_of(township), desks["one sent"], tmp_path)
    assert "用的不是本机的密钥" in told


def test_a_sealed_part_that_is_cut_off(line: Line, desks: dict[str, Path], tmp_path: Path) -> None:
    path = _changed(desks["one sent"], tmp_path / "b.xlsx", lambda _, cells: cells.pop())
    told = _refusal(line, desks["office"], path, tmp_path)
    assert "封存的部分不完整" in told
    assert "封存的部分不完整" in line.plain("check", path).out


def test_an_office_without_a_key(
    line: Line, desks: dict[str, Path], new_office: Callable[[Path], Path], tmp_path: Path
) -> None:
    bare = new_office(tmp_path / "bare")
    assert "却还没有密钥" in _refusal(line, bare, desks["one sent"], tmp_path)


def test_a_sealed_package_on_a_villages_desk(
    line: Line, desks: dict[str, Path], tmp_path: Path
) -> None:
    for village in ("one", "two"):
        told = _refusal(line, desks[village], desks["one sent"], tmp_path)
        assert "封存给双龙司法所的报送文件，村里打不开" in told


def test_a_set_up_file_among_the_packages(
    line: Line, desks: dict[str, Path], tmp_path: Path
) -> None:
    assert "开户文件" in _refusal(line, desks["office"], desks["one setup"], tmp_path)
    assert "开户文件" in _refusal(line, desks["one"], desks["one setup"], tmp_path)
    out = line.plain("check", desks["one setup"]).done()
    assert line("fingerprint", desks["office"]).done().strip() in out


def test_another_offices_set_up_file(
    line: Line, desks: dict[str, Path], new_office: Callable[[Path], Path], tmp_path: Path
) -> None:
    other = new_office(tmp_path / "other")
    setup = _set_up(line, other, tmp_path / "s.xlsx", CODE, "--name", NAME)
    village = copied(desks["one"], tmp_path / "village")
    fingerprints = line("fingerprint", village).done()
    refused = line("enrol", village, setup).refused()
    assert "不是原来的双龙司法所" in refused
    assert line("fingerprint", other).done().strip() in refused
    assert line("fingerprint", village).done() == fingerprints
    said = line("enrol", village, setup, "--other-office").done()
    assert line("fingerprint", other).done().strip() in said
    assert "没有变化" in line("enrol", village, setup).done()
    line("import", other, _sent(line, village, tmp_path / "p.xlsx", "2026-10")).done()


def test_wrong_use_is_told(
    line: Line, desks: dict[str, Path], villages: list[Path], tmp_path: Path
) -> None:
    out = tmp_path / "never.xlsx"
    assert (
        "没有代码为" in line("setup-file", desks["office"], "--unit", "5", "--out", out).refused()
    )
    far = ["--unit", "500230125200", "--name", "金竹村"]
    assert "不属于本所" in line("setup-file", desks["office"], *far, "--out", out).refused()
    assert "由司法所制作" in line("setup-file", desks["one"], *far, "--out", out).refused()
    assert "给梨子园村" in line("enrol", desks["two"], desks["one setup"]).refused()
    assert "司法所的登记簿" in line("enrol", desks["office"], desks["one setup"]).refused()
    assert line("new", tmp_path / "x", "--role", "village").refused(2)
    assert not out.exists()
    assert not (tmp_path / "x").exists()
    assert CLERK not in line("fingerprint", desks["one"]).done()
