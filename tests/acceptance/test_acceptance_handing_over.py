"""A case handed over by the command line, to the township and back, and the files in between."""

import json
from pathlib import Path
from typing import Any

import pytest
from demo_desks import MONTH, copied
from desk_line import Line

TOWNSHIP = "500230124000"
REASON = "双方不在一个村，请镇里调解"


@pytest.fixture
def desks(full_office: Path, villages: list[Path], tmp_path: Path) -> tuple[Path, Path]:
    """A village and the office that has all its packages, as copies."""
    return copied(villages[0], tmp_path / "village"), copied(full_office, tmp_path / "office")


def _of(line: Line, register: Path, kind: str) -> dict[str, dict[str, Any]]:
    told = [json.loads(text) for text in line.dump(register).splitlines()]
    return {entry["values"]["id"]: entry["values"] for entry in told if entry["kind"] == kind}


def _own(line: Line, village: Path) -> dict[str, Any]:
    """The unit that a village's register is of."""
    units = _of(line, village, "unit").values()
    return next(unit for unit in units if unit["code"] != TOWNSHIP)


def test_a_case_goes_to_the_township_and_back_by_files(
    line: Line, desks: tuple[Path, Path], tmp_path: Path
) -> None:
    village, office = desks
    unit = _own(line, village)
    case = next(
        entry for entry in _of(line, village, "dispute").values()
        if not entry["void_reason"] and entry["unit_id"] == unit["id"]
    )  # fmt: skip
    called = f"{case['year']}-{case['number']}"
    back = ["--unit", unit["code"], "--out", tmp_path / "back.xlsx"]
    line("returns", office, *back).done()
    line("import", village, tmp_path / "back.xlsx")
    said = line("hand-over", village, called, "--to", TOWNSHIP, "--reason", REASON).done()
    assert "已移交双龙镇调委会" in said
    assert line("hand-over", village, called, "--to", TOWNSHIP, "--reason", REASON).refused()
    line("export", village, "--period", MONTH, "--out", tmp_path / "package.xlsx").done()
    assert "移交来一件纠纷" in line("import", office, tmp_path / "package.xlsx").out
    taken = _of(line, office, "dispute")[case["id"]]
    (entry,) = _of(line, office, "handover").values()
    assert (entry["from_number"], bool(entry["taken_on"])) == (case["number"], True)
    assert taken["unit_id"] == entry["to_unit_id"]
    assert taken["number"] > 0
    line("returns", office, *back).done()
    line("import", village, tmp_path / "back.xlsx")
    assert _of(line, village, "dispute")[case["id"]]["number"] == taken["number"]
    again = f"{taken['year']}-{taken['number']}"
    line("hand-over", office, again, "--to", unit["code"], "--reason", "请村里跟进").done()
    line("returns", office, *back).done()
    line("import", village, tmp_path / "back.xlsx")
    there = _of(line, village, "dispute")[case["id"]]
    assert (there["unit_id"], there["number"]) == (unit["id"], case["number"])
    for register in desks:
        line("verify", register).done()
    assert "没有缺少" in line("missing", village).done()
