"""Ledgers kept by hand as people receive them: by the command line, and on a village's own desk."""

import json
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, cast

import pytest
from ledger_books import HEADS, ROW, TITLE, book_of, row

from mediation_desk.cli import run
from mediation_desk.desk import deciding, enrolling, other_ledgers, parked_rows
from mediation_desk.desk.coverage import coverage
from mediation_desk.desk.ledger_look import Told
from mediation_desk.desk.looking import LookState
from mediation_desk.desk.receiving import look, receive
from mediation_desk.desk.taking_back import batches, undo
from mediation_desk.domain.cases import Dispute, Party
from mediation_desk.domain.codes import ProposalState, UnitKind
from mediation_desk.domain.handling import Agreement
from mediation_desk.domain.organisation import Unit
from mediation_desk.domain.periods import month
from mediation_desk.domain.problems import DeskError
from mediation_desk.domain.reporting import Package, Report
from mediation_desk.store.register import Register

TODAY = date(2026, 11, 23)
CLERK, PASSWORD = "罗晓", "梨花-2026"
CODE = "500230124200"
ODD = row(序号=2, 受理日期="10月9日", 结案日期="10月11日", 纠纷类型="吵架")


@pytest.fixture
def ledger(tmp_path: Path) -> Callable[..., Path]:
    def made(*cases: list[Any], name: str = "台账.xlsx") -> Path:
        path = tmp_path / name
        path.write_bytes(book_of({"台账": [[TITLE], HEADS, *cases]}))
        return path

    return made


@pytest.fixture
def unit(office: Register) -> Unit:
    made = enrolling.new_unit(office, CODE, "梨子园村", "", UnitKind.VILLAGE)
    with office.change(CLERK, "加上") as change:
        return change.keep(made)


@pytest.fixture
def line(office: Register, unit: Unit, tmp_path: Path) -> Callable[..., int]:
    """The command line on the office's register, which is closed meanwhile."""
    folder = tmp_path / "office"
    secret = tmp_path / "password"
    secret.write_text(PASSWORD, encoding="utf-8")
    office.close()

    def called(verb: str, *words: Any) -> int:
        given = [verb, *map(str, words), "--password-file", str(secret), "--today", "2026-11-23"]
        return run(given, lambda: None)

    called.folder = folder  # type: ignore[attr-defined]
    return called


def test_the_command_line_asks_and_takes_the_answer(
    line: Any, ledger: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    path = ledger(ROW, ODD, name="十月.xlsx")
    words = ["import", line.folder, path, "--actor", CLERK]
    assert line(*words, "--unit", CODE, "--dry-run") == 0
    told = capsys.readouterr().out
    assert "共读4行 = 新增1 + 更新0 + 未变0 + 待定1 + 不是案件2" in told
    assert "type:吵架=02\t邻里纠纷" in told
    assert "台账!A1：" in told, "what is no case is told with its address"
    assert line(*words, "--unit", CODE, "--answer", "type:吵架=02", "--json") == 0
    (answer,) = json.loads(capsys.readouterr().out)
    assert {name: count for name, count in answer["counts"].items() if count} == {
        "added": 2,
        "ignored": 2,
    }
    rows = {entry["place"]: entry["outcome"] for entry in answer["rows"]}
    assert rows == {"台账!A1": "ignored", "台账!A2": "ignored", "台账!A3": "added",
                    "台账!A4": "added"}  # fmt: skip
    assert all(entry["reason"] for entry in answer["rows"] if entry["outcome"] == "ignored")
    assert line(*words) == 0, "the unit stands in the title"
    assert "完全相同" in capsys.readouterr().out
    assert line("import", line.folder, path, "--unit", "500230124299") == 1
    assert "没有代码为500230124299的单位" in capsys.readouterr().err


def test_totals_that_do_not_add_up_are_told(
    line: Any, ledger: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    total = ["合计", "", "", "", "", "5件", "", "", "", "", 999]
    path = ledger(ROW, row(序号=2, 申请人="陶三妹"), total)
    assert line("import", line.folder, path, "--unit", CODE, "--dry-run") == 0
    told = capsys.readouterr().out
    assert "台账!F5" in told
    assert "台账!K5" in told


def test_a_text_is_shown_before_it_is_taken(
    line: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "台账.csv"
    lines = [[TITLE], HEADS, ROW]
    text = "\n".join(",".join(map(str, cells)) for cells in lines)
    path.write_bytes(text.encode("gb18030"))
    assert line("import", line.folder, path) == 1
    out = capsys.readouterr()
    assert "这是文本（CSV）表格，前几行是“双龙镇梨子园村2026年10月" in out.out
    assert "台账.csv" in out.err
    assert line("import", line.folder, path, "--unit", CODE) == 0
    assert "新增1" in capsys.readouterr().out


def test_the_blank_ledger_and_other_systems_ledgers_by_the_command_line(
    line: Any, ledger: Callable[..., Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    blank = tmp_path / "空白"
    assert line("template", blank, "--register", line.folder, "--unit", CODE) == 0
    assert blank.with_suffix(".xlsx").exists()
    assert run(["template", str(tmp_path / "b.xlsx")], lambda: None) == 0
    assert run(["template", str(tmp_path / "c.xlsx"), "--unit", CODE], lambda: None) == 2
    assert line("import", line.folder, blank.with_suffix(".xlsx")) == 0
    assert "没有案件，按零报告收" in capsys.readouterr().out
    words = ["--layout", "综治", "--period", "2026-10", "--out", tmp_path / "d.xlsx"]
    assert line("ledger", line.folder, *words) == 2, "whom it is for must be said"
    assert line("ledger", line.folder, *words, "--unmasked-for", "镇综治办") == 1
    assert "没有受理过案件" in capsys.readouterr().err


def test_the_coverage_counts_a_ledger_and_an_undo_takes_it_back(
    office: Register, unit: Unit, ledger: Callable[..., Path]
) -> None:
    before = office.last_backup()
    done = receive(office, look(office, ledger(ROW), TODAY), CLERK)
    assert before is None
    assert office.last_backup() is not None
    (package,) = cast(list[Package], office.all("package"))
    assert (package.period_from, package.period_to) == (date(2026, 10, 1), date(2026, 10, 31))
    assert (package.disputes, package.nil, package.unit_id) == (1, False, unit.id)
    (covered,) = (
        entry for entry in coverage(office, [month(2026, 10)], TODAY) if entry.unit.id == unit.id
    )
    assert covered.cells[0].received
    assert [batch.undoable for batch in batches(office)] == [True]
    undo(office, done.act, CLERK)
    assert (office.all("package"), office.all("dispute"), office.all("party")) == ([], [], [])


def test_a_parked_row_can_be_left_out_or_taken_once_it_is_answered(
    office: Register, unit: Unit, ledger: Callable[..., Path]
) -> None:
    receive(office, look(office, ledger(ROW, ODD), TODAY), CLERK)
    (question,) = deciding.questions(office)
    assert (question.base, question.ours) == ("", "")
    assert "纠纷类型：吵架" in question.theirs
    ids = [question.proposal.id]
    with pytest.raises(DeskError, match="还有问题没有回答：“吵架”（纠纷类型）是哪一种"):
        deciding.decide(office, ids, ProposalState.TAKEN, CLERK, TODAY)
    deciding.decide(office, ids, ProposalState.KEPT, CLERK, TODAY)
    assert deciding.questions(office) == []
    assert len(office.all("dispute")) == 1


def test_a_row_parked_out_of_a_second_table_keeps_what_stood_above_it(
    office: Register, unit: Unit, ledger: Callable[..., Path]
) -> None:
    upper = [row(序号=n, 申请人=f"秦{sign}珍") for n, sign in enumerate("甲乙丙丁戊己庚辛", 1)]
    odd = row(纠纷类型="吵架", 申请人="罗大山", 受理日期="7日", 结案日期="8日", 涉及金额=1.2)
    path = ledger(*upper, [], ["9月台账"], ["单位：万元"], HEADS, odd)
    receive(office, look(office, path, TODAY), CLERK)
    (parked,) = parked_rows.parked_rows(office, TODAY)
    assert [question.places for question in parked.questions] == [("台账!F15",)]
    answers = {parked.questions[0].key: "02"}
    assert parked_rows.answer(office, unit.id, answers, CLERK, TODAY) == 1
    found = cast(list[Dispute], office.all("dispute", type="02"))
    assert date(2026, 9, 7) in {entry.intake_on for entry in found}
    amounts = {entry.amount_fen for entry in cast(list[Agreement], office.all("agreement"))}
    assert amounts == {20_000, 1_200_000}


def test_a_villages_own_ledger_from_before_it_had_the_program(
    village: Register, ledger: Callable[..., Path]
) -> None:
    path = ledger(ROW, row(序号=2, 受理日期="2026年10月9日", 申请人="罗大山"))
    seen = look(village, path, TODAY)
    assert seen.state is LookState.READY, seen.words
    assert receive(village, seen, "陶素芬").act
    found = cast(list[Dispute], village.all("dispute"))
    assert {entry.number for entry in found} == {1, 2}
    assert {entry.unit_id for entry in found} == {village.unit.id}
    assert len({entry.name for entry in cast(list[Party], village.all("party"))}) == 3
    assert look(village, path, TODAY).state is LookState.SAME


def test_a_ledger_of_nobody_known_is_asked_for_its_unit(
    office: Register, unit: Unit, tmp_path: Path
) -> None:
    path = tmp_path / "台账.xlsx"
    path.write_bytes(book_of({"台账": [HEADS, ROW]}))
    seen = look(office, path, TODAY)
    assert seen.state is LookState.ASKS
    assert receive(office, seen, CLERK).act == 0
    (question,) = cast(Any, seen.ledger).questions
    assert (unit.id, unit.name) in {(entry.answer, entry.label) for entry in question.options}
    seen = look(office, path, TODAY, Told(answers={question.key: unit.id}))
    assert receive(office, seen, CLERK).act


def test_other_systems_ledgers_say_whom_they_were_for(
    village: Register, ledger: Callable[..., Path], tmp_path: Path
) -> None:
    receive(village, look(village, ledger(ROW), TODAY), "陶素芬")
    for name in other_ledgers.LayoutName:
        target = tmp_path / f"{name.value}.xlsx"
        handing = other_ledgers.Handing(name, month(2026, 10), "陶素芬", TODAY, "镇综治办")
        assert other_ledgers.write_ledger(village, handing, target) == 1
        assert target.exists()
    told = {entry.title for entry in cast(list[Report], village.all("report"))}
    assert "导出综治台账（完整信息，交给镇综治办）" in told
    assert all(re.search("交给镇综治办", title) for title in told)
    nobody = other_ledgers.Handing(
        other_ledgers.LayoutName.ARCHIVE, month(2026, 10), "陶素芬", TODAY, " "
    )
    with pytest.raises(DeskError, match="请写明交给谁"):
        other_ledgers.write_ledger(village, nobody, tmp_path / "x.xlsx")


def test_the_same_cases_in_full_and_masked(
    office: Register, unit: Unit, ledger: Callable[..., Path]
) -> None:
    receive(office, look(office, ledger(ROW), TODAY), CLERK)
    masked = row(申请人="秦某某", 被申请人="蒋某某", 涉及金额=300)
    heads = ["编号", *HEADS[1:]]
    path = ledger(masked)
    path.write_bytes(book_of({"台账": [[TITLE], heads, masked]}))
    receive(office, look(office, path, TODAY), CLERK)
    names = {entry.name for entry in cast(list[Party], office.all("party"))}
    assert names == {"秦德珍", "蒋仕文"}, "masked names take nothing away"
    assert len(office.all("dispute")) == 1
