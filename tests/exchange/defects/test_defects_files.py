"""Defects of files among files: locks, copies, several at once (defects 7, 9 to 11, 15)."""

from datetime import date
from errno import EACCES
from pathlib import Path
from typing import Any

import pytest
from child_pool import ChildPool
from defect import plain
from defect_books import HEADS, ROW, SECOND, TITLE, book, row, rows

from mediation_desk.desk.looking import LookState
from mediation_desk.desk.receiving import is_lock_file, receive_all
from mediation_desk.exchange.child import _content
from mediation_desk.exchange.guard import WorkbookUnreadable
from mediation_desk.store.register import Register

TODAY = date(2026, 11, 23)
CLERK = "王敏"


def _kept(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def test_defect_07_lock_files_are_passed_over(
    town: Register, forked: ChildPool, tmp_path: Path
) -> None:
    files = [_kept(tmp_path / "~$台账.xlsx", b"\x04WPS"), _kept(tmp_path / "台账.xlsx", plain())]
    assert [is_lock_file(path) for path in files] == [True, False]
    (done,) = receive_all(town, files, CLERK, TODAY)
    assert done.act
    assert len(town.all("dispute")) == 2


def test_defect_09_a_file_that_is_open_elsewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = _kept(tmp_path / "台账.xlsx", plain())

    def locked(*_: Any, **__: Any) -> Any:
        raise PermissionError(EACCES, "locked")

    monkeypatch.setattr(Path, "open", locked)
    with pytest.raises(WorkbookUnreadable, match="正被其他程序占用。请关闭WPS或Excel"):
        _content(path)


def test_defect_10_a_copy_under_another_name_is_the_same(
    town: Register, forked: ChildPool, tmp_path: Path
) -> None:
    receive_all(town, [_kept(tmp_path / "台账.xlsx", plain())], CLERK, TODAY)
    before = town.sequence()
    for name in ("台账(1).xlsx", "台账 - 副本.xlsx", "最终版2.xlsx"):
        (again,) = receive_all(town, [_kept(tmp_path / name, plain())], CLERK, TODAY)
        assert again.look.state is LookState.SAME, again.look.words
        assert "收到的完全相同" in again.look.words
        assert not again.act
    assert town.sequence() == before


def test_defect_11_two_copies_and_two_months_in_one_mail(
    town: Register, forked: ChildPool, tmp_path: Path
) -> None:
    third = row(SECOND, 受理日期="2026年9月9日", 结案日期="2026年9月12日")
    september = book([[TITLE.replace("10月", "9月")], HEADS, third])
    files = [
        _kept(tmp_path / "一.xlsx", plain()),
        _kept(tmp_path / "二.xlsx", plain()),
        _kept(tmp_path / "9月.xlsx", september),
    ]
    first, second, third_done = receive_all(town, files, CLERK, TODAY)
    assert first.act
    assert third_done.act
    assert second.look.state is LookState.SAME
    assert len(town.all("dispute")) == 3


def test_defect_15_a_broken_one_is_told_first_and_stops_no_other(
    town: Register, forked: ChildPool, tmp_path: Path
) -> None:
    other = book([[TITLE.replace("梨子园村", "付家山村")], HEADS, ROW])
    files = [
        _kept(tmp_path / "一.xlsx", plain()),
        _kept(tmp_path / "坏.xlsx", plain()[:900]),
        _kept(tmp_path / "二.xlsx", other),
    ]
    done = receive_all(town, files, CLERK, TODAY)
    assert [entry.look.path.name for entry in done] == ["坏.xlsx", "一.xlsx", "二.xlsx"]
    assert [bool(entry.act) for entry in done] == [False, True, True]
    assert len(town.all("dispute")) == 3


def test_the_order_of_the_rows_is_no_other_content(
    town: Register, forked: ChildPool, tmp_path: Path
) -> None:
    receive_all(town, [_kept(tmp_path / "台账.xlsx", plain())], CLERK, TODAY)
    turned = book(rows(SECOND, ROW))
    (again,) = receive_all(town, [_kept(tmp_path / "新.xlsx", turned)], CLERK, TODAY)
    assert again.look.counts["unchanged"] == 2
    assert len(town.all("dispute")) == 2
