"""One child serves a batch, and none outlives what might have harmed it; the raw reading agrees."""

import io
import tracemalloc
import zipfile
from pathlib import Path

import pytest
from sample_packages import TODAY, counts_for, made_contents

from mediation_desk.exchange import children
from mediation_desk.exchange.asked import READ
from mediation_desk.exchange.child import Opened
from mediation_desk.exchange.children import reading_ahead
from mediation_desk.exchange.guard import WorkbookUnreadable, guard
from mediation_desk.exchange.incoming import read_package
from mediation_desk.exchange.raw_reading import Raw, Rows
from mediation_desk.exchange.readers import by_calamine, by_openpyxl
from mediation_desk.exchange.reading import opened
from mediation_desk.exchange.writing import write_package

SHEET = "xl/worksheets/sheet3.xml"


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    contents = made_contents(6)
    path = tmp_path_factory.mktemp("package") / "a.xlsx"
    return write_package(contents, counts_for(contents), path).path


def _with(package: Path, part: str, old: str, new: str) -> bytes:
    """The package with the first `old` of a part replaced."""
    out = io.BytesIO()
    with zipfile.ZipFile(package) as whole, zipfile.ZipFile(out, "w") as made:
        for name in whole.namelist():
            data = whole.read(name)
            if name == part:
                assert old in data.decode()
                data = data.decode().replace(old, new, 1).encode()
            made.writestr(name, data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _raw(content: bytes) -> dict[str, Rows] | None:
    raw = Raw()
    guard(content, raw)
    return raw.sheets()


def _pid() -> int:
    (child,) = children._children._idle
    return child._process.pid


def test_the_raw_reading_sees_in_every_cell_what_calamine_sees(package: Path) -> None:
    content = package.read_bytes()
    seen = _raw(content)
    assert seen == by_calamine(content)
    assert seen is not None
    days = [cell for row in seen["案件台账"][4:] for cell in row if str(cell).startswith("2026-")]
    assert days
    with opened(package) as book:
        assert book.sure


def test_rows_without_cells_count_and_cost_nothing(package: Path) -> None:
    """As in sheets that somebody formatted to their end, which every reader would fill."""
    far = '<row r="90"><c r="B90" t="inlineStr"><is><t>远</t></is></c></row>'
    last = '<row r="1048576"><c r="A1048576"/></row>'
    content = _with(package, SHEET, "</sheetData>", f"{far}{last}</sheetData>")
    sheets = by_calamine(content)
    assert sheets["案件台账"][88:] == [[], ["", "远"]]
    for read in (_raw, by_openpyxl):
        tracemalloc.start()
        assert read(content) == sheets
        _now, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        # A million lists are more than that.
        assert most < 50_000_000


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        (SHEET, '<c r="A5"', '<c r="A7"'),
        (SHEET, '<row r="6"', '<row r="5"'),
        (SHEET, "<is><t>", "<is><r><t>"),
        (SHEET, ' t="inlineStr"', ' t="d"'),
        (SHEET, ' t="inlineStr"', ' t="s"'),
        ("xl/styles.xml", "<fill><patternFill /></fill>", "<fill />"),
        ("xl/workbook.xml", "<workbookPr />", '<workbookPr date1904="1" />'),
    ],
)
def test_the_raw_reading_does_not_guess(package: Path, part: str, old: str, new: str) -> None:
    content = _with(package, part, old, new)
    if "<r>" in new:
        content = _with_text(content, "</t></is>", "</t></r></is>")
    assert _raw(content) is None


def _with_text(content: bytes, old: str, new: str) -> bytes:
    path = io.BytesIO(content)
    with zipfile.ZipFile(path) as whole:
        parts = {name: whole.read(name) for name in whole.namelist()}
    parts[SHEET] = parts[SHEET].decode().replace(old, new, 1).encode()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name, data in parts.items():
            made.writestr(name, data)
    return out.getvalue()


def test_an_untouched_file_has_the_findings_of_one_that_openpyxl_read_too(package: Path) -> None:
    with opened(package) as book:
        assert not book.doubts.differing
        assert not book.doubts.refused
    rules = {problem.rule for problem in read_package(package, TODAY).problems}
    assert not {"W5", "W7"} & rules


def test_one_child_serves_a_batch_and_ends_with_it(package: Path) -> None:
    with reading_ahead():
        read_package(package, TODAY)
        first = _pid()
        read_package(package, TODAY)
        assert _pid() == first
    assert not children._children._idle
    with pytest.raises(ProcessLookupError):
        _exists(first)


def _exists(pid: int) -> None:
    if not Path(f"/proc/{pid}").exists():
        raise ProcessLookupError(pid)


def test_the_next_file_is_read_before_its_turn(package: Path, tmp_path: Path) -> None:
    second = tmp_path / "b.xlsx"
    second.write_bytes(package.read_bytes())
    with reading_ahead() as begin:
        begin(package, second)
        read_package(package, TODAY)
        (ahead,) = children._children._ahead
        assert ahead == second
        begin(second)
        assert read_package(second, TODAY).accounting.rejected == 0
        assert not children._children._ahead


def _copies(package: Path, folder: Path, count: int) -> list[Path]:
    paths = [folder / f"{number}.xlsx" for number in range(count)]
    for path in paths:
        path.write_bytes(package.read_bytes())
    return paths


def test_one_child_reads_several_files_before_their_turn(package: Path, tmp_path: Path) -> None:
    paths = _copies(package, tmp_path, 3)
    with reading_ahead() as soon:
        soon(*paths, paths[1])
        (child,) = set(children._children._ahead.values())
        assert child.owed == 3
        for path in paths:
            assert read_package(path, TODAY).accounting.rejected == 0
        assert children._children._idle == [child]


def test_a_file_that_raises_doubts_is_looked_at_again_by_another_child(
    package: Path, tmp_path: Path
) -> None:
    paths = _copies(package, tmp_path, 3)
    with reading_ahead() as soon:
        soon(*paths)
        with opened(paths[0]) as book:
            assert not book.doubts.refused
        # The one that had gone on still has the answers about the others.
        assert [*children._children._ahead] == paths[1:]
        assert len(children._children._idle) == 1
        assert not {"W1", "W5"} & {entry.rule for entry in read_package(paths[1], TODAY).problems}


def test_a_file_that_changes_while_it_is_read_is_refused(package: Path, tmp_path: Path) -> None:
    paths = _copies(package, tmp_path, 2)
    with reading_ahead() as soon:
        soon(*paths)
        with opened(paths[0]) as book:
            paths[0].write_bytes(_with(package, SHEET, "<is><t>", "<is><t>改过"))
            with pytest.raises(WorkbookUnreadable, match="被改动"):
                _ = book.doubts
        assert read_package(paths[1], TODAY).accounting.rejected == 0


def test_a_file_out_of_its_turn_gets_its_own_answer(package: Path, tmp_path: Path) -> None:
    paths = _copies(package, tmp_path, 3)
    paths[0].write_bytes(_with(package, SHEET, "<is><t>", "<is><t>改过"))
    with reading_ahead() as soon:
        soon(*paths)
        with opened(paths[1]) as book:
            assert not book.doubts.differing
        assert not {"W1", "W5"} & {entry.rule for entry in read_package(paths[2], TODAY).problems}
        assert not children._children._ahead


def test_large_files_are_not_read_before_their_turn(
    package: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(children, "_MOST_AHEAD", 1.5 * package.stat().st_size / 1e6)
    paths = _copies(package, tmp_path, 3)
    with reading_ahead() as soon:
        soon(*paths)
        assert [*children._children._ahead] == paths[:1]


def test_what_comes_after_a_refused_file_is_read_by_a_fresh_child(
    package: Path, tmp_path: Path
) -> None:
    paths = _copies(package, tmp_path, 3)
    paths[0].write_bytes(package.read_bytes()[:2000])
    with reading_ahead() as soon:
        soon(*paths)
        (child,) = set(children._children._ahead.values())
        with pytest.raises(WorkbookUnreadable, match="不完整"):
            read_package(paths[0], TODAY)
        assert not children._children._ahead
        assert child._process.poll() is not None
        assert read_package(paths[1], TODAY).accounting.rejected == 0


def test_no_child_outlives_a_refusal(package: Path, tmp_path: Path) -> None:
    broken = tmp_path / "b.xlsx"
    broken.write_bytes(package.read_bytes()[:2000])
    with reading_ahead():
        read_package(package, TODAY)
        first = _pid()
        with pytest.raises(WorkbookUnreadable, match="不完整"):
            read_package(broken, TODAY)
        assert not children._children._idle
        read_package(package, TODAY)
        assert _pid() != first


def test_what_a_used_child_fails_at_a_fresh_one_reads(package: Path) -> None:
    with reading_ahead():
        read_package(package, TODAY)
        (child,) = children._children._idle
        child._process.kill()
        assert read_package(package, TODAY).accounting.rejected == 0


def test_a_child_makes_room_after_some_files(
    package: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(children, "_MOST_FILES", 2)
    with reading_ahead():
        read_package(package, TODAY)
        first = _pid()
        read_package(package, TODAY)
        assert _pid() != first


def test_nothing_of_a_file_before_is_told_of_the_next(package: Path, tmp_path: Path) -> None:
    """A refused file must not be answered for with what was read of another one."""
    broken = tmp_path / "b.xlsx"
    broken.write_bytes(b"")
    served = Opened()
    assert served.answer({"ask": READ, "path": str(package)})["sure"]
    assert "error" in served.answer({"ask": READ, "path": str(broken)})
    nothing = {"disagreements": [], "refused": "", "unvalued": [], "merges": {}, "notes": {}}
    assert served.answer({"ask": "doubts"}) == nothing
