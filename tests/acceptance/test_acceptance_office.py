"""An office looks after what its villages report, by the command line."""

import json
from pathlib import Path

import pytest
from demo_desks import copied
from desk_line import PROBLEMS, Line


@pytest.fixture
def own(line: Line, office: Path, tmp_path: Path) -> Path:
    """An office of this story's own that received the ten workbooks of September."""
    return copied(office, tmp_path / "司法所")


def test_it_sees_who_reported_and_reminds_the_others(line: Line, own: Path) -> None:
    heads, *rows = line("coverage", own, "--months", "3").done().splitlines()
    assert heads.split("\t") == ["单位", "2026年8月", "2026年9月", "2026年10月"]
    told = [row.split("\t") for row in rows if not row.startswith("  ")]
    assert len(told) == 10
    assert {row[2] for row in told} <= {"迟报18天"} | {f"待核对{n}" for n in range(1, 9)}
    assert {row[3] for row in told} == {"未到期"}
    # On the day before it was due all had come in time.
    answer = line("remind", own)
    if answer.code == PROBLEMS:
        assert "没有报" not in answer.out


def test_two_entries_are_found_to_be_one_and_told_from_which_rows(line: Line, own: Path) -> None:
    listed = [text for text in line("dump", own).done().splitlines() if '"dispute"' in text[:20]]
    assert len(listed) > 2
    first, second = (json.loads(text)["values"]["id"] for text in listed[:2])
    assert "已认定：" not in line("same-case", own).out
    assert "已记下" in line("same-case", own, "--confirm", first, second).done()
    assert "已认定：" in line("same-case", own).out
    assert "已经认定" in line("same-case", own, "--deny", first, second).refused()
    told = line("source", own, second).done()
    assert "案件台账!A" in told
    assert "累计第" in told
    assert "没有编号" in line("source", own, "(2026)没有字第001号").refused()
