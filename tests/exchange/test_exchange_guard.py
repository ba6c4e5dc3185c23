"""Every bad file has its own sentence and harms nothing."""

import io
import random
import re
import struct
import subprocess
import sys
import zipfile
import zlib
from pathlib import Path

import pytest
from openpyxl import Workbook
from sample_packages import TODAY, counts_for, made_contents, records_of

from mediation_desk.exchange import children, reading
from mediation_desk.exchange.exact import NoExactCopy
from mediation_desk.exchange.guard import WorkbookUnreadable
from mediation_desk.exchange.incoming import read_package
from mediation_desk.exchange.laying import leaving
from mediation_desk.exchange.writing import write_package

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    contents = made_contents(4)
    path = tmp_path_factory.mktemp("package") / "a.xlsx"
    return write_package(contents, counts_for(contents), path).path.read_bytes()


def _refused(content: bytes, tmp_path: Path, words: str) -> str:
    path = tmp_path / "b.xlsx"
    path.write_bytes(content)
    with pytest.raises(WorkbookUnreadable, match=words) as caught:
        read_package(path, TODAY)
    assert list(tmp_path.iterdir()) == [path]
    assert path.read_bytes() == content
    return str(caught.value)


def _with_part(package: bytes, name: str, change: "re.Pattern[str]", new: str) -> bytes:
    """The package with the first match of `change` in a part replaced."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(out, "w") as made:
        for entry in old.namelist():
            data = old.read(entry)
            if entry == name:
                text, count = change.subn(new, data.decode(), count=1)
                assert count == 1
                data = text.encode()
            made.writestr(entry, data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def test_each_kind_of_file_has_its_own_sentence(package: bytes, tmp_path: Path) -> None:
    table = "编号,姓名\r\n001,张三\r\n"
    cases = [
        (b"", "文件是空的"),
        (package[: len(package) // 2], "文件不完整"),
        (OLE + "EncryptionInfo".encode("utf-16-le") + bytes(200), "打开密码"),
        (OLE + "Workbook".encode("utf-16-le") + bytes(200), "旧式的 .xls"),
        (OLE + "WordDocument".encode("utf-16-le") + bytes(200), "旧式的办公文档"),
        (table.encode(), "CSV"),
        (table.encode("utf-8-sig"), "CSV"),
        (table.encode("gbk"), "CSV"),
        (table.encode("utf-16"), "CSV"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "其实是网页"),
        (b"<?xml version='1.0'?><Workbook/>", "XML格式"),
        (bytes(range(256)) * 8, "不是 xlsx 工作簿"),
    ]
    sentences = {_refused(content, tmp_path, words) for content, words in cases}
    assert len(sentences) == len(cases) - 3  # four ways to write the same CSV


def test_missing_file(tmp_path: Path) -> None:
    with pytest.raises(WorkbookUnreadable, match="找不到文件"):
        read_package(tmp_path / "none.xlsx", TODAY)


def test_other_archive(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("content.xml", "<a/>")
    _refused(out.getvalue(), tmp_path, "压缩包或其他办公文档")


def test_encrypted_archive(package: bytes, tmp_path: Path) -> None:
    content = bytearray(package)
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        for found in re.finditer(re.escape(mark), package):
            content[found.start() + offset] |= 1
    _refused(bytes(content), tmp_path, "压缩包设有密码")


def _damaged(package: bytes, name: str) -> bytes:
    """The package with its compressed bytes of one part spoilt, where no reader of cells looks."""
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        entry = archive.getinfo(name)
    content = bytearray(package)
    start = entry.header_offset + 30 + len(name.encode()) + entry.compress_size // 2
    content[start : start + 8] = bytes(8)
    return bytes(content)


@pytest.mark.parametrize("name", ["xl/styles.xml", "docProps/core.xml"])
def test_a_part_that_does_not_unpack_is_told_by_import_and_by_reading_back(
    package: bytes, tmp_path: Path, name: str
) -> None:
    damaged = _damaged(package, name)
    _refused(damaged, tmp_path, "文件不完整或已损坏")
    path = tmp_path / "b.xlsx"
    with pytest.raises(WorkbookUnreadable, match="文件不完整或已损坏"):
        reading.sums(path)
    path.write_bytes(package)
    assert reading.sums(path)


class _Repeating:
    """Compresses a block of zeros once; a bomb repeats it."""

    def __init__(self, block: bytes) -> None:
        press = zlib.compressobj(9, zlib.DEFLATED, -15)
        self._block = press.compress(block) + press.flush(zlib.Z_FULL_FLUSH)

    def compress(self, _: bytes) -> bytes:
        return self._block

    def flush(self) -> bytes:
        return zlib.compressobj(9, zlib.DEFLATED, -15).flush()


def test_zip_bomb(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten megabytes that hold ten gigabytes."""
    path = tmp_path / "b.xlsx"
    zeros = bytes(1 << 20)
    monkeypatch.setattr(zipfile, "_get_compressor", lambda *_: _Repeating(zeros))
    monkeypatch.setattr(zipfile, "crc32", lambda *_: 0)  # no file is read as far as its checksum
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, allowZip64=True) as made:
        made.writestr("xl/workbook.xml", "<workbook/>", zipfile.ZIP_STORED)
        with made.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part:
            for _ in range(10 * 1024):
                part.write(zeros)
    assert path.stat().st_size < 11 << 20
    with pytest.raises(WorkbookUnreadable, match="异常巨大"):
        read_package(path, TODAY)


def test_header_that_lies_about_the_size(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("xl/workbook.xml", "<a>" + " " * (64 << 20) + "</a>")
    content = bytearray(out.getvalue())
    small = struct.pack("<I", 1000)
    content[22:26] = small
    central = content.index(b"PK\x01\x02")
    content[central + 24 : central + 28] = small
    _refused(bytes(content), tmp_path, "不完整|异常巨大")


SHEET = "xl/worksheets/sheet3.xml"


@pytest.mark.parametrize("name", ["XFD5", "A1048576", "ZZZ1"])
def test_far_cell(package: bytes, tmp_path: Path, name: str) -> None:
    content = _with_part(package, SHEET, re.compile(r'r="B5"'), f'r="{name}"')
    _refused(content, tmp_path, "远远超出正常范围")


def test_far_row(package: bytes, tmp_path: Path) -> None:
    content = _with_part(package, SHEET, re.compile(r'<row r="5"'), '<row r="2000000000"')
    _refused(content, tmp_path, "远远超出正常范围")


def test_huge_merge(package: bytes, tmp_path: Path) -> None:
    change = re.compile(r'<mergeCell ref="A1:[A-Z]+1"')
    content = _with_part(package, SHEET, change, '<mergeCell ref="A1:XFD1048576"')
    _refused(content, tmp_path, "远远超出正常范围")


def test_document_type_definition(package: bytes, tmp_path: Path) -> None:
    bomb = '<!DOCTYPE w [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><worksheet'
    content = _with_part(package, SHEET, re.compile("<worksheet"), bomb)
    _refused(content, tmp_path, "文档类型定义")


def test_too_many_sheets(package: bytes, tmp_path: Path) -> None:
    many = "<sheets>" + '<sheet name="x" sheetId="99"/>' * 100
    content = _with_part(package, "xl/workbook.xml", re.compile("<sheets>"), many)
    _refused(content, tmp_path, "工作表过多")


def test_workbook_of_another_program(tmp_path: Path) -> None:
    path = tmp_path / "b.xlsx"
    book = Workbook()
    book.active.append(["编号", "当事人"])
    book.save(path)
    with pytest.raises(NoExactCopy, match="没有调解台的程序内记录"):
        read_package(path, TODAY)


def test_received_file_may_be_read_only(package: bytes, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(package)
    path.chmod(0o444)
    assert read_package(path, TODAY).accounting.rejected == 0
    assert path.read_bytes() == package


def test_what_one_reader_refuses_the_other_reads(package: bytes, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    change = re.compile(r"<fill><patternFill.*?</fill>|<fill><patternFill ?/></fill>")
    path.write_bytes(_with_part(package, "xl/styles.xml", change, "<fill/>"))
    incoming = read_package(path, TODAY)
    assert [problem.rule for problem in incoming.problems if problem.rule[0] == "W"] == ["W7"]
    assert incoming.accounting.rejected == 0


def test_where_the_readers_disagree_the_cell_is_told(package: bytes, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    change = re.compile(r'(<c r="H6" s="\d+"><v>)\d+')
    path.write_bytes(_with_part(package, SHEET, change, r"\g<1>20200501"))
    problems = {problem.rule: problem.place for problem in read_package(path, TODAY).problems}
    assert problems["W5"] == problems["W1"] == "案件台账!H6"


def test_reading_takes_no_longer_than_allowed(
    package: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(package)
    monkeypatch.setattr(children, "_SECONDS", 0)
    monkeypatch.setattr(children, "_SECONDS_PER_MEGABYTE", 0)
    with pytest.raises(WorkbookUnreadable, match="用时过长"):
        read_package(path, TODAY)


def test_child_takes_no_more_memory_than_allowed() -> None:
    """The limit is set in a process of its own, and a greedy one gets a MemoryError."""
    greedy = "from mediation_desk.exchange.limits import limit_memory as l; l(); bytes(4 << 30)"
    done = subprocess.run(
        [sys.executable, "-c", greedy], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 1
    assert "MemoryError" in done.stderr


@pytest.mark.parametrize("seed", range(6))
def test_damaged_files_never_do_more_than_be_refused(
    package: bytes, tmp_path: Path, seed: int
) -> None:
    """Random bytes changed anywhere: the file is refused, or what is read is the same."""
    rng = random.Random(seed)
    content = bytearray(package)
    for _ in range(rng.choice((1, 3, 30))):
        content[rng.randrange(len(content))] = rng.randrange(256)
    path = tmp_path / "a.xlsx"
    path.write_bytes(bytes(content))
    try:
        incoming = read_package(path, TODAY)
    except (WorkbookUnreadable, NoExactCopy):
        return
    assert incoming.records == tuple(leaving(incoming.head, records_of(made_contents(4))))
