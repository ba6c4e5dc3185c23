"""A case given back, by the command line: the office's file, the village's import, its package."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from demo_desks import CLERK, DAY, MONTH, copied
from desk_line import Line

from mediation_desk.desk import giving_back
from mediation_desk.desk.demonstration import PASSWORD
from mediation_desk.desk.recording import keep_case
from mediation_desk.domain.returning import Return
from mediation_desk.store.opening import open_register

WORDS = "协议缺盖章日期，请补上。"
TODAY = date.fromisoformat(DAY)


@pytest.fixture
def given(office: Path, villages: list[Path], tmp_path: Path) -> tuple[Path, Path, str]:
    """An office with one case of the first village given back, that village, and its code."""
    village = copied(villages[0], tmp_path / "village")
    with open_register(village, PASSWORD) as register:
        unit = register.unit
    folder = copied(office, tmp_path / "office")
    with open_register(folder, PASSWORD) as register:
        dispute = next(
            entry for entry in register.all("dispute", unit_id=unit.id) if not entry.void_reason
        )
        entry = replace(giving_back.blank_return(dispute, CLERK, TODAY), words=WORDS)
        giving_back.give_back(register, entry, CLERK, TODAY)
    return folder, village, unit.code


def village_name(folder: Path) -> str:
    with open_register(folder, PASSWORD) as register:
        return register.unit.name


def _returns(line: Line, register: Path) -> list[dict[str, object]]:
    told = [json.loads(text) for text in line.dump(register).splitlines()]
    return [entry["values"] for entry in told if entry["kind"] == "return"]


def test_it_goes_to_the_village_and_its_answer_comes_back(
    line: Line, given: tuple[Path, Path, str], villages: list[Path], tmp_path: Path
) -> None:
    office, village, code = given
    back = tmp_path / "退回意见.xlsx"
    assert str(back) in line("returns", office, "--unit", code, "--out", back).done()
    outside = json.loads(line.plain("check", back, "--json").done())
    assert outside[0]["state"] == "sealed"
    assert f"封存给{village_name(village)}" in outside[0]["words"]
    told = json.loads(line("check", back, "--register", village, "--json").done())
    # The return, and the receipt of the village's package.
    assert (told[0]["state"], told[0]["counts"]["added"]) == ("ready", 2)
    assert "新增2" in line("import", village, back, "--dry-run").done()
    assert not _returns(line, village)
    assert "（第" in line("import", village, back).done()
    again = line("import", village, back).done()
    assert "没有变化" in again
    assert "（第" not in again
    other = copied(villages[1], tmp_path / "other")
    assert line("import", other, back).refused()
    assert line("import", office, back).refused()
    with open_register(village, PASSWORD) as register:
        (entry,) = register.all("return")
        assert isinstance(entry, Return)
        case = register.case(entry.dispute_id)
        mended = replace(entry, mended_on=TODAY, mended_by="某", answer="已补。")
        keep_case(register, case, replace(case, returns=(mended,)), "某", "已改正", TODAY)
    package = tmp_path / "package.xlsx"
    line("export", village, "--period", MONTH, "--out", package).done()
    answer = line("import", office, package)
    assert answer.code in {0, 1}
    (got,) = _returns(line, office)
    assert (got["words"], got["answer"], got["mended_on"]) == (WORDS, "已补。", DAY)
    folder = tmp_path / "回件"
    folder.mkdir()
    told_all = line("returns", office, "--out", folder).done()
    assert len(list(folder.iterdir())) == len(villages)
    assert "退回" not in told_all.replace("退回意见", "")
    for register_ in (office, village):
        line("verify", register_).done()


def test_a_batch_from_the_office_is_undone_like_any_other(
    line: Line, given: tuple[Path, Path, str], tmp_path: Path
) -> None:
    office, village, code = given
    back = tmp_path / "back.xlsx"
    line("returns", office, "--unit", code, "--out", back).done()
    before = line.dump(village)
    line("import", village, back).done()
    batch = line("batches", village).done().split("\t")[0]
    line("undo", village, batch).done()
    assert line.dump(village) == before
