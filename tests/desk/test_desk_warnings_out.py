"""The register of warnings outside the window: the verb, as JSON, as a workbook, on paper."""

import json
from dataclasses import replace
from datetime import datetime, time
from pathlib import Path

import openpyxl
import pytest
from builders import TODAY, an_open_case, moved

from mediation_desk.cli import run
from mediation_desk.desk.recording import keep_case
from mediation_desk.desk.warnings_out import WarningTaking, warnings_on_paper
from mediation_desk.domain.problems import DeskError
from mediation_desk.domain.settings import Settings
from mediation_desk.store.register import Register

PASSWORD = "梨花-2026"
NOON = datetime.combine(TODAY, time(12))


def alarm(register: Register) -> None:
    register.keep_settings(Settings(season_months=""))
    case = moved(an_open_case(people=12), TODAY)
    case = replace(case, dispute=replace(case.dispute, number=0))
    keep_case(register, None, case, register.person, "登记", TODAY)


def spoken(capsys: pytest.CaptureFixture[str], tmp_path: Path, *words: str) -> tuple[int, str, str]:
    """What the verb answers: its code, what it says, what it complains of."""
    password = tmp_path / "password.txt"
    password.write_text(PASSWORD, encoding="utf-8")
    given = ["warnings", str(tmp_path / "village"), "--password-file", str(password)]
    code = run([*given, "--today", TODAY.isoformat(), *words], lambda: None)
    told = capsys.readouterr()
    return code, told.out, told.err


def test_the_verb_tells_why_and_exits_with_what_is_to_do(
    capsys: pytest.CaptureFixture[str], village: Register, tmp_path: Path
) -> None:
    village.keep_settings(Settings(season_months=""))
    village.close()
    assert spoken(capsys, tmp_path) == (0, "没有预警。\n", "")


def test_the_verb_tells_and_writes_what_there_is(
    capsys: pytest.CaptureFixture[str], village: Register, tmp_path: Path
) -> None:
    alarm(village)
    village.close()
    code, said, _ = spoken(capsys, tmp_path)
    assert code == 1
    assert "群体性纠纷" in said
    assert "涉及 12 人，达到群体性纠纷的 5 人" in said
    code, said, _ = spoken(capsys, tmp_path, "--json")
    (row,) = json.loads(said)
    assert (code, row["rule_id"], row["asks"], row["suggested"]) == (1, "J1", "verify", "3")
    assert row["evidence"] == ["people=12"]
    assert row["parties"] == "秦某某 — 蒋某某"
    target = tmp_path / "台账.xlsx"
    code, said, _ = spoken(capsys, tmp_path, "--out", str(target))
    assert "1项" in said
    book = openpyxl.load_workbook(target)
    cells = [cell for line in book.worksheets[0].iter_rows(values_only=True) for cell in line]
    book.close()
    assert "秦某某 — 蒋某某" in cells
    assert not any("秦德珍" in str(cell) for cell in cells)
    code, _, wrong = spoken(capsys, tmp_path, "--unmasked-for", "双龙司法所")
    assert code == 2
    assert "--out" in wrong


def test_paper_has_the_same_lines(village: Register) -> None:
    taking = WarningTaking("陶素芬", TODAY, now=NOON)
    village.keep_settings(Settings(season_months=""))
    with pytest.raises(DeskError, match="没有列出任何预警"):
        warnings_on_paper(village, taking)
    alarm(village)
    table = warnings_on_paper(village, taking)
    assert table.title == "预警台账"
    assert "单位" not in table.heads
    (cells,) = table.rows
    assert len(cells) == len(table.heads) == len(table.widths)
    assert "秦某某 — 蒋某某" in cells
    full = warnings_on_paper(village, replace(taking, unmasked_for="双龙司法所"))
    assert "秦德珍 — 蒋仕文" in full.rows[0]
    assert len(village.all("report")) == 1
