"""Containers and transport: what a file is (defects 1 to 15)."""

from defect import ASKS, ONE_READER, REFUSED, Defect, plain, refused
from defect_books import (
    SECOND,
    SHEET,
    archive,
    as_text,
    ole,
    parts_changed,
    rewritten,
    row,
    rows,
    without,
)


def _text(number: int, name: str, encoding: str, separator: str = ",") -> Defect:
    def made() -> bytes:
        return as_text(rows(row(申请人="秦德𠮷"), SECOND), separator, encoding)

    return Defect(
        number, name, made, state=ASKS, counts={}, words="前几行是“双龙镇梨子园村2026年10月"
    )


def _member_names(content: bytes) -> bytes:
    return parts_changed(content, lambda name, data: (name.replace("/", "\\"), data))


def _entities(content: bytes) -> bytes:
    bomb = '<!DOCTYPE w [<!ENTITY a "aa"><!ENTITY b SYSTEM "file:///etc/hostname">]><worksheet'
    return rewritten(content, SHEET, "<worksheet", bomb, 1)


def _tiny_and_huge(content: bytes) -> bytes:
    return rewritten(content, SHEET, "</sheetData>", "</sheetData>" + " " * (9 << 20))


def _strict(content: bytes) -> bytes:
    def change(name: str, data: bytes) -> tuple[str, bytes]:
        for old, new in (
            (
                b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
                b"http://purl.oclc.org/ooxml/spreadsheetml/main",
            ),
            (
                b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
                b"http://purl.oclc.org/ooxml/officeDocument/relationships",
            ),
        ):
            data = data.replace(old, new)
        return name, data

    return parts_changed(content, change)


_ODS = archive(mimetype="application/vnd.oasis.opendocument.spreadsheet", content_dot_xml="<a/>")
CONTAINER = [
    refused(1, "xls", ole("Workbook"), "旧式的 .xls", "台账.xls"),
    refused(1, "xls renamed", ole("Workbook"), "另存为“Excel 工作簿"),
    refused(2, "password", ole("EncryptionInfo", "EncryptedPackage"), "取消密码"),
    _text(3, "gbk", "gb18030"),
    _text(3, "utf-8", "utf-8"),
    _text(3, "utf-8 with mark", "utf-8-sig"),
    _text(3, "utf-16", "utf-16", "\t"),
    refused(4, "html", b"<html><table><tr><td>1</td></tr></table></html>", "其实是网页", "a.xls"),
    refused(5, "ods", _ODS, ".ods 表格", "台账.ods"),
    refused(5, "xlsb", archive(xl__workbook_dot_bin="x"), ".xlsb 二进制工作簿", "台账.xlsb"),
    refused(5, "et", ole("Workbook"), ".et 表格", "台账.et"),
    Defect(5, "xlsm", plain, "台账.xlsm"),
    refused(6, "empty", b"", "文件是空的"),
    refused(6, "cut off", plain()[:-900], "重新拷贝"),
    Defect(8, "read-only", plain, read_only=True),
    Defect(12, "member names", lambda: _member_names(plain()), tells=ONE_READER),
    Defect(
        12, "no list of types", lambda: without(plain(), "[Content_Types].xml"), tells=ONE_READER
    ),
    Defect(12, "no properties", lambda: without(plain(), "docProps/core.xml")),
    Defect(
        13, "entities", lambda: _entities(plain()), state=REFUSED, counts={}, words="文档类型定义"
    ),
    Defect(
        13,
        "tiny and huge",
        lambda: _tiny_and_huge(plain()),
        state=REFUSED,
        counts={},
        words="异常巨大",
    ),
    Defect(14, "strict form", lambda: _strict(plain()), tells=ONE_READER),
]
