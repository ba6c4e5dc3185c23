"""A report that was sent stands still: by the command line, from freezing to the adjustments."""

import json
from pathlib import Path

import pytest
from demo_desks import copied
from desk_line import Line
from openpyxl import load_workbook

from mediation_desk.desk.clock import today

_MARCH = ("--period", "2026-09", "--table", "types")


@pytest.fixture
def own(line: Line, office: Path, tmp_path: Path) -> Path:
    """An office of this story's own that received the ten workbooks of September."""
    return copied(office, tmp_path / "司法所")


def _cells(path: Path) -> list[list[object]]:
    return [[cell.value for cell in row] for row in load_workbook(path).worksheets[0].iter_rows()]


def test_a_report_is_frozen_sent_and_compared(line: Line, own: Path, tmp_path: Path) -> None:
    first, again, now, then = (tmp_path / f"{name}.xlsx" for name in "abcd")
    assert "已冻结为第1号" in line("report", own, *_MARCH, "--out", first).done()
    assert line("reports", own).done().split("\t")[-1] == "一致\n"
    assert "没有调整" in line("adjustments", own, 1).done()
    cases = [json.loads(text)["values"] for text in line("dump", own).done().splitlines()
             if text.startswith('{"kind": "dispute"')]  # fmt: skip
    counted = [case for case in cases if (case["intake_on"] or "").startswith("2026-09")
               and not case["void_reason"] and case["outcome"] != "4"]  # fmt: skip
    main, other = (case["id"] for case in counted[:2])
    line("same-case", own, "--confirm", main, other, "--reason", "两边都登记了").done()
    listed = line("reports", own, "--sent", 1, "--to", "丰都县司法局").done()
    assert "已上报\t丰都县司法局" in listed
    assert line("reports", own).done().split("\t")[-1] == "有调整1处\n"
    told = line("adjustments", own, 1)
    assert told.code == 1
    assert "同一纠纷" in told.out
    assert "只统计前一件" in told.out
    assert "−1" in told.out
    line("reports", own, "--export", 1, "--out", again).done()
    assert [row for row in _cells(again) if row not in _cells(first)] == [
        row for row in _cells(again) if "冻结于2026-10-23" in str(row[0])
    ]
    assert "已冻结为第2号" in line("report", own, *_MARCH, "--out", now).done()
    assert _cells(now) != _cells(first)
    line("freeze", own, *_MARCH, "--sent-to", "丰都县司法局").done()
    assert len(line("reports", own).done().splitlines()) == 2
    # Everything in the register was written today, whatever days it tells of.
    line("report", own, *_MARCH, "--as-of", today().isoformat(), "--out", then).done()
    assert _cells(then)[4:] == _cells(now)[4:]
    assert "登记簿截至" in str(_cells(then)[1][0])
    refused = line("report", own, *_MARCH, "--as-of", "2020-01-01", "--out", then).refused()
    assert "还没有任何记录" in refused
    assert "没有第9号" in line("adjustments", own, 9).refused()
    assert "登记簿完好" in line("verify", own).done()
