"""LibreOffice calculates what we calculated, and saving there changes nothing that matters."""

from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook
from sample_packages import TODAY, counts_for, made_contents, nil_contents, records_of
from sample_reports import made_report

from mediation_desk.domain.cases import Party
from mediation_desk.exchange.incoming import read_package
from mediation_desk.exchange.report_writing import write_report
from mediation_desk.exchange.summary_reading import shown_lines
from mediation_desk.exchange.writing import write_package
from mediation_desk.figures.ministry import line

Resave = Callable[[Path], Path]


def _cells(path: Path, sheet: str) -> list[list[object]]:
    book = load_workbook(path, data_only=True)
    return [
        ["" if v is None else v for v in row] for row in book[sheet].iter_rows(values_only=True)
    ]


def _without_values(path: Path) -> Path:
    """The same workbook with formulas only, so that nothing but calculating can fill it."""
    book = load_workbook(path)
    bare = path.with_name("bare.xlsx")
    book.save(bare)
    assert not any(value for row in _cells(bare, "汇总表")[8:9] for value in row[2:])
    return bare


@pytest.mark.parametrize("unmasked_for", ["", "双龙司法所"])
def test_saving_in_libreoffice_changes_nothing(
    tmp_path: Path, resave: Resave, unmasked_for: str
) -> None:
    contents = made_contents(25, unmasked_for=unmasked_for)
    written = write_package(contents, counts_for(contents), tmp_path / "a.xlsx")
    ours, theirs = read_package(written.path, TODAY), read_package(resave(written.path), TODAY)
    assert theirs.records == ours.records
    assert theirs.digest == written.digest
    assert not [p for p in theirs.problems if p.rule.startswith("W")]
    if unmasked_for:
        kept = {r.id_number + r.phone for r in records_of(contents) if isinstance(r, Party)}
        assert {r.id_number + r.phone for r in theirs.records if isinstance(r, Party)} == kept


def test_libreoffice_calculates_our_figures(tmp_path: Path, resave: Resave) -> None:
    contents = made_contents(60)
    counts = counts_for(contents)
    path = write_package(contents, counts, tmp_path / "a.xlsx").path
    saved = resave(_without_values(path))
    rows = [[float(v) if isinstance(v, int) else v for v in row] for row in _cells(saved, "汇总表")]
    (shown,) = shown_lines(rows)
    assert shown.values == line(counts, [contents.head.unit])
    for sheet in ("封面", "汇总表"):
        assert _alike(_cells(saved, sheet), _cells(path, sheet))


def _alike(one: list[list[object]], other: list[list[object]]) -> bool:
    """The same cells, numbers within what binary fractions allow."""

    def flat(rows: list[list[object]]) -> dict[tuple[int, int], object]:
        return {
            (r, c): value
            for r, row in enumerate(rows)
            for c, value in enumerate(row)
            if value != ""
        }

    left, right = flat(one), flat(other)
    assert left.keys() == right.keys()
    for key, value in left.items():
        if isinstance(value, int | float):
            assert value == pytest.approx(right[key], abs=1e-9), key
        else:
            assert value == right[key], key
    return True


def test_nil_report_adds_up_in_libreoffice(tmp_path: Path, resave: Resave) -> None:
    contents = nil_contents()
    path = write_package(contents, counts_for(contents), tmp_path / "a.xlsx").path
    assert _alike(_cells(resave(_without_values(path)), "汇总表"), _cells(path, "汇总表"))


@pytest.mark.parametrize("types", ["18", "15"])
def test_libreoffice_calculates_our_report(tmp_path: Path, resave: Resave, types: str) -> None:
    head, table, units, basis = made_report(types=types)
    path = write_report(head, table, units, basis, tmp_path / "r.xlsx")
    saved = resave(_without_values(path))
    for sheet in ("汇总表", "纠纷类型"):
        assert _alike(_cells(saved, sheet), _cells(path, sheet))
    words = [value for row in _cells(saved, "汇总表") for value in row]
    assert words.count("相符") == 49 + 5 * (len(table.lines) + 3)
    assert "不符" not in words
