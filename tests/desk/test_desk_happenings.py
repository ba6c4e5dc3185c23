"""The log of a desk: what stands in it, who finds what, and that no line of it can be taken out."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import openpyxl
import pytest
from builders import TODAY, an_identity_number

from mediation_desk.desk import desk_log, happenings, leaving, persons, recording, recovering
from mediation_desk.desk.clock import now
from mediation_desk.domain import lifecycle
from mediation_desk.domain.codes import Sex
from mediation_desk.domain.desk_log import Access, LogAct
from mediation_desk.domain.periods import Period
from mediation_desk.domain.problems import DeskError
from mediation_desk.store.register import Register
from mediation_desk.store.seated import OnlyReads

NUMBER = an_identity_number(TODAY.replace(year=1962), Sex.FEMALE)


@pytest.fixture
def told(village: Register) -> Register:
    """A register at whose desk something of every sort was done."""
    blank = recording.blank_case(village, TODAY, "陶素芬")
    named = [replace(one, name=name) for one, name in zip(blank.parties, "秦蒋", strict=True)]
    named[0] = replace(named[0], id_number=NUMBER)
    dispute = lifecycle.accept(replace(blank.dispute, type="02", facts="排水沟堵塞。"), TODAY)
    case = replace(blank, dispute=dispute, parties=tuple(named))
    case = recording.keep_case(village, None, case, "陶素芬", "登记", TODAY)
    recovering.use_code(village, recovering.new_code(), "陶素芬")
    persons.add_person(village, "冉启明", Access.WRITES, actor="陶素芬")
    leaving.choose_idle_minutes(village, 5, "冉启明")
    desk_log.note_shown(village, [(case.parties[0], "id_number")], "冉启明")
    village.back_up()
    return village


def test_everything_is_told_the_newest_first(told: Register) -> None:
    found = happenings.happenings(told)
    assert {one.sort for one in found} >= {"密钥", "人员变动", "自动锁定时间", "显示号码", "备份"}
    assert [one.at for one in found] == sorted((one.at for one in found), reverse=True)
    (shown,) = happenings.happenings(told, sort="显示号码")
    assert shown.by == "冉启明"
    assert "当事人 身份证号" in shown.told
    assert "第1号" in shown.told or "001" in shown.told
    # Neither the number nor whose it is.
    assert NUMBER[-4:] not in shown.told
    assert "秦" not in shown.told


def test_one_finds_by_person_and_period(told: Register) -> None:
    assert {one.sort for one in happenings.happenings(told, by="冉启明")} == {
        "自动锁定时间",
        "显示号码",
    }
    assert happenings.people(told) == sorted(["陶素芬", "冉启明"])
    day = now().date()
    assert happenings.happenings(told, Period(day, day))
    later = day + timedelta(days=1)
    assert not happenings.happenings(told, Period(later, later))


def test_a_backup_that_was_put_back_is_told(told: Register, tmp_path: Path) -> None:
    told.restore(told.backups()[0].folder)
    from mediation_desk.store.opening import open_register  # noqa: PLC0415

    with open_register(told.folder, "梨花-2026") as again:
        (restored,) = happenings.happenings(again, sort="恢复备份")
        assert "恢复前的登记簿" in restored.told


def test_it_is_taken_along_without_a_number(told: Register, tmp_path: Path) -> None:
    target = tmp_path / "log.xlsx"
    found = happenings.happenings(told)
    happenings.export_log(told, found, target)
    sheet = openpyxl.load_workbook(target).worksheets[0]
    cells = [str(cell.value or "") for row in sheet.iter_rows() for cell in row]
    assert "说明" in cells
    assert "冉启明" in cells
    assert not [cell for cell in cells if NUMBER in cell or "秦" in cell]
    with pytest.raises(DeskError):
        happenings.export_log(told, [], tmp_path / "none.xlsx")
    told.reader = "周明远"
    with pytest.raises(OnlyReads):
        happenings.export_log(told, found, target)
    told.reader = ""


# Somebody has the key and SQL


def test_a_whole_log_is_found_whole(told: Register) -> None:
    words, lines = happenings.checked_words(told.verify())
    assert "没有被改过" in words
    assert not lines


@pytest.mark.parametrize(
    "sql",
    [
        "DELETE FROM log_entry WHERE what = '05'",
        "UPDATE log_entry SET by = '陶素芬' WHERE what = '05'",
        "UPDATE log_entry SET about_field = 'phone' WHERE what = '05'",
        "UPDATE log_entry SET at = '2020-01-01T00:00:00+08:00' WHERE what = '02'",
        "DELETE FROM change WHERE kind = 'log_entry'",
        "DELETE FROM change WHERE sequence = (SELECT max(sequence) FROM change)",
        "UPDATE act SET actor = '陶素芬' WHERE kind = 'log'",
        "UPDATE desk_person SET access = '1', name = '别人' WHERE name = '冉启明'",
        "INSERT INTO log_entry SELECT 'f'||id, revision, personal_revision, void_reason, what, at, "
        "by, told, about_kind, about_id, about_field FROM log_entry WHERE what = '05'",
    ],
)
def test_whoever_touches_the_log_by_sql_is_found(told: Register, sql: str) -> None:
    with told._sql.transaction():
        told._sql.run(sql)
    words, lines = happenings.checked_words(told.verify())
    assert "被人动过" in words
    assert lines


def test_the_log_is_not_taken_back(told: Register) -> None:
    act = next(act for act in told.acts() if act.kind == "log")
    with pytest.raises(DeskError, match="操作记录"):
        told.undo(act.number, "陶素芬", "撤销")
    assert [one for one in told.all("log_entry") if one.what is LogAct.REVEALED]
