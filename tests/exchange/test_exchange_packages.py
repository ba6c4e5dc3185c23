"""A package written is the package read, whatever stands in it."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook
from sample_packages import (
    TODAY,
    VILLAGE,
    counts_for,
    each_changed,
    identity,
    made_contents,
    made_head,
    nil_contents,
    records_of,
)

from mediation_desk.domain.cases import Dispute, Party
from mediation_desk.domain.masks import personal_fields
from mediation_desk.domain.problems import DeskError
from mediation_desk.exchange import exact
from mediation_desk.exchange.cells import Tally, TextTooLong
from mediation_desk.exchange.columns import EXACT, LEDGER
from mediation_desk.exchange.contents import PackageContents
from mediation_desk.exchange.incoming import read_package
from mediation_desk.exchange.writing import write_package
from mediation_desk.figures.counts import Counts


def _changed(contents: PackageContents, kind: type, **values: object) -> PackageContents:
    """The package with these values in its first record of `kind`."""
    found = next(record for record in records_of(contents) if type(record) is kind)
    return each_changed(
        contents, lambda entry: replace(entry, **values) if entry is found else entry
    )


def _write(contents: PackageContents, target: Path) -> Path:
    return write_package(contents, counts_for(contents), target).path


def test_full_package_reads_as_written(tmp_path: Path) -> None:
    contents = made_contents(unmasked_for="双龙司法所")
    written = write_package(contents, counts_for(contents), tmp_path / "a.xlsx")
    incoming = read_package(written.path, TODAY)
    assert incoming.records == records_of(contents)
    assert incoming.head == contents.head
    assert incoming.digest == written.digest
    assert incoming.rejected == ()
    assert not [entry for entry in incoming.problems if entry.rule.startswith(("W", "R"))]
    assert incoming.accounting.same == incoming.accounting.rows == 12 + 12 + 1 + 4


def test_masked_package_holds_no_personal_value(tmp_path: Path) -> None:
    contents = made_contents()
    path = _write(contents, tmp_path / "a.xlsx")
    seen = "\n".join(
        str(cell.value) for sheet in load_workbook(path) for row in sheet.rows for cell in row
    )
    incoming = read_package(path, TODAY)
    told = seen + "\n".join(map(str, incoming.records))
    for party in records_of(contents):
        if isinstance(party, Party):
            for value in (party.name, party.id_number, party.phone, party.address):
                assert value not in told
    personal = [record for record in incoming.records if personal_fields(type(record))]
    assert len(personal) > 40
    assert {record.personal_revision for record in personal} == {0}


def test_nil_report_is_a_package(tmp_path: Path) -> None:
    path = _write(nil_contents(), tmp_path / "a.xlsx")
    incoming = read_package(path, TODAY)
    assert incoming.records == (VILLAGE,)
    assert incoming.problems == ()
    cover = load_workbook(path)["封面"]
    assert any("零报告" in str(cell.value) for row in cover.rows for cell in row)


def test_same_records_have_the_same_digest(tmp_path: Path) -> None:
    one = made_contents()
    other = replace(one, head=replace(one.head, made_on=date(2026, 11, 3), made_by="王芳"))
    digests = {
        write_package(contents, counts_for(contents), tmp_path / "a.xlsx").digest
        for contents in (one, other)
    }
    assert len(digests) == 1


def _with_facts(texts: list[str], **head: object) -> PackageContents:
    """A full package in which each dispute tells one of these texts."""
    contents = made_contents(len(texts), unmasked_for="所", **head)
    told = iter(texts)
    return each_changed(
        contents,
        lambda entry: replace(entry, facts=next(told)) if isinstance(entry, Dispute) else entry,
    )


def _facts_shown(path: Path) -> list[tuple[object, str, str]]:
    sheet = load_workbook(path)[LEDGER.title]
    column = LEDGER.number_of("纠纷简要情况", personal=True)
    cells = [row[column - 1] for row in sheet.iter_rows(min_row=5)]
    return [(cell.value, cell.data_type, cell.number_format) for cell in cells]


def test_text_stays_text(tmp_path: Path) -> None:
    texts = ["=1+1", "+86", "-5", "@SUM(A1)", '=HYPERLINK("x")', "00123", "1e5", "2026-10-01"]
    path = _write(_with_facts(texts), tmp_path / "a.xlsx")
    assert _facts_shown(path) == [(text, "s", "@") for text in texts]
    assert not [p for p in read_package(path, TODAY).problems if p.rule.startswith("W")]


def test_odd_text_survives(tmp_path: Path) -> None:
    texts = ["𠮷野家", "两行\n第二行", " 前后空格 ", "<b>&amp;", "a_x0041_b", "第\ue000字", "A\tB"]
    incoming = read_package(_write(_with_facts(texts), tmp_path / "a.xlsx"), TODAY)
    assert [r.facts for r in incoming.records if isinstance(r, Dispute)] == texts
    assert not [p for p in incoming.problems if p.rule.startswith("W")]


def test_control_characters_are_cleaned_and_counted(tmp_path: Path) -> None:
    texts = [f"上{bad}下{bad}" for bad in ("\x0b", "\x07", "\x1f", "\ufffe")]
    contents = _with_facts(texts)
    written = write_package(contents, counts_for(contents), tmp_path / "a.xlsx")
    assert written.cleaned == 2 * len(texts)
    assert [value for value, _, _ in _facts_shown(written.path)] == ["上下"] * len(texts)
    incoming = read_package(written.path, TODAY)
    assert [r.facts for r in incoming.records if isinstance(r, Dispute)] == texts


def test_unpaired_halves_are_cleaned_everywhere(tmp_path: Path) -> None:
    contents = _changed(made_contents(2, unmasked_for="所"), Dispute, facts="上\ud83d下")
    written = write_package(contents, counts_for(contents), tmp_path / "a.xlsx")
    assert written.cleaned == 2  # in the cell and in the exact copy
    incoming = read_package(written.path, TODAY)
    assert any(getattr(record, "facts", "") == "上下" for record in incoming.records)


def test_long_text_is_refused_not_cut(tmp_path: Path) -> None:
    contents = _changed(made_contents(2, unmasked_for="所"), Dispute, facts="长" * 40_000)
    with pytest.raises(TextTooLong, match=r"梨民调字第001号.*纠纷简要情况.*40000"):
        _write(contents, tmp_path / "a.xlsx")
    assert list(tmp_path.iterdir()) == []


def test_longest_text_fits(tmp_path: Path) -> None:
    contents = _changed(made_contents(2, unmasked_for="所"), Dispute, facts="长" * 32_767)
    incoming = read_package(_write(contents, tmp_path / "a.xlsx"), TODAY)
    assert any(len(getattr(record, "facts", "")) == 32_767 for record in incoming.records)


def test_counts_that_do_not_fit_the_ledger_are_refused(tmp_path: Path) -> None:
    contents = made_contents()
    with pytest.raises(DeskError, match="汇总数与台账不一致"):
        write_package(contents, Counts(), tmp_path / "a.xlsx")
    assert list(tmp_path.iterdir()) == []


def test_identity_numbers_are_text(tmp_path: Path) -> None:
    contents = made_contents(3, unmasked_for="所")
    sheet = load_workbook(_write(contents, tmp_path / "a.xlsx"))[LEDGER.title]
    cell = sheet.cell(5, LEDGER.number_of("申请人身份证号", personal=True))
    assert (cell.value, cell.number_format) == (identity(17), "@")


def test_exact_sheet_cannot_be_unhidden_by_accident(tmp_path: Path) -> None:
    book = load_workbook(_write(made_contents(2), tmp_path / "a.xlsx"))
    assert book[EXACT].sheet_state == "veryHidden"
    assert book.sheetnames[:3] == ["封面", "汇总表", "案件台账"]


def test_read_only_target_is_refused(tmp_path: Path) -> None:
    target = tmp_path / "a.xlsx"
    target.write_bytes(b"kept")
    target.chmod(0o444)
    with pytest.raises(DeskError, match="不能写入"):
        _write(made_contents(2), target)
    assert target.read_bytes() == b"kept"
    assert list(tmp_path.iterdir()) == [target]


def test_missing_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DeskError, match=r"文件夹.*不存在"):
        _write(made_contents(2), tmp_path / "none" / "a.xlsx")


def test_full_disk_leaves_nothing(tmp_path: Path) -> None:
    resource = pytest.importorskip("resource")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, before[1]))
    try:
        with pytest.raises(DeskError, match="磁盘空间不足"):
            _write(made_contents(20), tmp_path / "a.xlsx")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert list(tmp_path.iterdir()) == []


def test_other_calibre_counts_other_cases(tmp_path: Path) -> None:
    base = made_contents(30)
    calibre = replace(base.head.calibre, oral=False)
    contents = replace(base, head=made_head(calibre=calibre))
    book = load_workbook(_write(contents, tmp_path / "a.xlsx"), data_only=True)
    told = book["汇总表"]["B9"].value
    column = LEDGER.number_of("计入本期", personal=False)
    marks = [row[column - 1] for row in book[LEDGER.title].iter_rows(min_row=5, values_only=True)]
    assert told == marks.count("是") < 30


def test_type_that_no_table_knows_is_shown_not_hidden(tmp_path: Path) -> None:
    contents = _changed(made_contents(4), Dispute, type="88")
    incoming = read_package(_write(contents, tmp_path / "a.xlsx"), TODAY)
    assert "R1" in {problem.rule for problem in incoming.problems}
    assert len(incoming.records) == len(records_of(contents))


def test_pattern_that_reaches_further_than_its_places_is_refused(tmp_path: Path) -> None:
    contents = made_contents(2, pattern="{number.__class__}")
    with pytest.raises(DeskError, match="编号格式"):
        exact.Encoder(contents.head, Tally())
