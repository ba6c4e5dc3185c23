"""Looks at a file from outside before any parser does and refuses what harms (spike.md §5)."""

import io
import zipfile
import zlib
from pyexpat import ExpatError, ParserCreate
from typing import Any

from mediation_desk.domain.problems import DeskError
from mediation_desk.exchange.raw_reading import Part, Raw
from mediation_desk.words import tr

MOST_ENTRIES = 2_000
MOST_BYTES = 600 * 1024 * 1024
MOST_RATIO = 200
SMALL_PART = 1024 * 1024
MOST_ROWS = 200_000
MOST_COLUMNS = 256
MOST_MERGES = 10_000
MOST_SHEETS = 64
# Empty cells may be formatted to the end of a sheet (defects.md 17), but not without number.
MOST_FAR = 200_000
MOST_FILE_BYTES = 100 * 1024 * 1024

_CHUNK = 1 << 16
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = 0x1
# What reading an archive may raise.
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError)


class WorkbookUnreadable(DeskError):
    """A file that is not read, with the reason in one sentence and what to do in another."""


def guard(content: bytes, raw: Raw | None = None) -> None:
    """Raise `WorkbookUnreadable` unless `content` is a harmless .xlsx workbook.

    `raw` hears what the one pass over all parts comes upon, so that it reads the cells as well.
    """
    _kind(content)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _directory(archive)
            _parts(archive, raw)
    except _BROKEN as error:
        raise WorkbookUnreadable(_incomplete()) from error


def whole(content: bytes) -> None:
    """Raise `WorkbookUnreadable` unless every part of our own workbook reads as it was written.

    That is told by the checksums of the archive, without parsing what we have made ourselves.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            broken = archive.testzip()
    except _BROKEN as error:
        raise WorkbookUnreadable(_incomplete()) from error
    if broken is not None:
        raise WorkbookUnreadable(_incomplete())


def _kind(content: bytes) -> None:
    if not content:
        raise WorkbookUnreadable(tr("文件是空的。") + _send_again())
    if content.startswith(_OLE):
        raise WorkbookUnreadable(_ole(content))
    if content.startswith(_ZIP):
        return
    markup = _markup(content)
    if markup == "html":
        happened = tr("文件其实是网页，只是改名成了表格。")
        raise WorkbookUnreadable(happened + _save_as_xlsx())
    if markup == "xml":
        happened = tr("文件是XML格式的旧式表格，不是 xlsx 工作簿。")
        raise WorkbookUnreadable(happened + _save_as_xlsx())
    if _is_text(content):
        happened = tr("文件其实是文本（CSV），不是 xlsx 工作簿。")
        raise WorkbookUnreadable(happened + _send_again())
    raise WorkbookUnreadable(tr("文件不是 xlsx 工作簿。") + _send_again())


def _ole(content: bytes) -> str:
    if "EncryptionInfo".encode("utf-16-le") in content:
        happened = tr("工作簿设有打开密码。")
        return happened + tr("请让对方在WPS或Excel中取消密码，另存后再发送。")
    if any(name.encode("utf-16-le") in content for name in ("Workbook", "Book")):
        return tr("文件是旧式的 .xls 或 .et 表格。") + _save_as_xlsx()
    return tr("文件不是 xlsx 工作簿，可能是旧式的办公文档。") + _send_again()


def is_table_text(content: bytes) -> bool:
    """Whether `content` is plain text, such as CSV under whatever name, and no web page."""
    if not content or content.startswith((_ZIP, _OLE)) or _markup(content):
        return False
    return _is_text(content)


def _markup(content: bytes) -> str:
    """Which kind of markup a text is, if it is one."""
    start = content[:4096].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<!doctype html", b"<html", b"<table", b"<meta")):
        return "html"
    return "xml" if start.startswith(b"<?xml") else ""


def _is_text(content: bytes) -> bool:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    # The end may cut a character in two, hence a part of a line less than was read.
    sample = content[:65536]
    sample = sample[: sample.rfind(b"\n") + 1] or sample
    if b"\x00" in sample:
        return False
    for encoding in ("utf-8", "gb18030"):
        try:
            sample.decode(encoding)
        except UnicodeDecodeError:
            continue
        return True
    return False


def _directory(archive: zipfile.ZipFile) -> None:
    entries = archive.infolist()
    names = [entry.filename for entry in entries]
    if len(entries) > MOST_ENTRIES or len(set(names)) != len(names):
        raise WorkbookUnreadable(_suspicious(tr("内部文件过多或重名")))
    if any(entry.flag_bits & _ENCRYPTED for entry in entries):
        raise WorkbookUnreadable(tr("压缩包设有密码。") + _send_again())
    if sum(entry.file_size for entry in entries) > MOST_BYTES:
        raise WorkbookUnreadable(_too_big())
    for entry in entries:
        if entry.file_size > SMALL_PART and entry.file_size > MOST_RATIO * entry.compress_size:
            raise WorkbookUnreadable(_too_big())
    plain_names = {name.replace("\\", "/").lower() for name in names}
    if "xl/workbook.xml" not in plain_names:
        raise WorkbookUnreadable(_other(archive, plain_names) + _save_as_xlsx())


_OPEN_DOCUMENT = b"application/vnd.oasis.opendocument.spreadsheet"


def _other(archive: zipfile.ZipFile, names: set[str]) -> str:
    """What an archive is that holds no .xlsx workbook."""
    if "xl/workbook.bin" in names:
        return tr("文件是 .xlsb 二进制工作簿，不是 xlsx 工作簿。")
    if "word/document.xml" in names:
        return tr("文件是 Word 文档，不是 xlsx 工作簿。")
    if "mimetype" in names:
        with archive.open("mimetype") as part:
            if part.read(len(_OPEN_DOCUMENT)) == _OPEN_DOCUMENT:
                return tr("文件是 .ods 表格（OpenDocument），不是 xlsx 工作簿。")
    return tr("文件是压缩包或其他办公文档，不是 xlsx 工作簿。")


_LAST_ROW = 1_048_576
_LAST_COLUMN = "XFD"
_CONTENT = frozenset(("v", "f", "is"))


class _Limits:
    """Counts rows, columns, merges and sheets while a part streams by."""

    def __init__(self) -> None:
        self._rows = 0
        self._far = False
        self._far_cells = 0
        self._cells = 0
        self._merges = 0
        self._sheets = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        tag = name.rpartition(":")[2]
        if tag == "c":
            self._start_cell(attributes.get("r", ""))
        elif self._far and tag in _CONTENT:
            raise WorkbookUnreadable(_too_far())
        elif tag == "row":
            self._rows += 1
            self._cells = 0
            if self._rows > MOST_ROWS or int(attributes.get("r", "0")) > _LAST_ROW:
                raise WorkbookUnreadable(_too_far())
        elif tag == "mergeCell":
            self._merges += 1
            self._merge(attributes.get("ref", ""))
        elif tag == "sheet":
            self._sheets += 1
            if self._sheets > MOST_SHEETS:
                raise WorkbookUnreadable(_suspicious(tr("工作表过多")))

    def _start_cell(self, name: str) -> None:
        self._cells += 1
        self._far = self._is_far(name)
        self._far_cells += self._far
        if self._far_cells > MOST_FAR:
            raise WorkbookUnreadable(_too_far())

    def _is_far(self, name: str) -> bool:
        """Whether a cell lies where no table reaches; raises if no sheet has such a cell."""
        column = name.rstrip("0123456789")
        row = int(name[len(column) :] or 0)
        if (len(column), column) > (len(_LAST_COLUMN), _LAST_COLUMN) or row > _LAST_ROW:
            raise WorkbookUnreadable(_too_far())
        # Columns end at IV: of three letters, or of two behind it, none may hold anything.
        wide = self._cells > MOST_COLUMNS or (len(column), column) > (2, "IV")
        return wide or row > MOST_ROWS

    def _merge(self, reference: str) -> None:
        if self._merges > MOST_MERGES:
            raise WorkbookUnreadable(_suspicious(tr("合并单元格过多")))
        self._cells = 0
        for name in reference.split(":"):
            if self._is_far(name.replace("$", "")):
                raise WorkbookUnreadable(_too_far())


def _no_dtd(*_: Any) -> None:
    raise WorkbookUnreadable(_suspicious(tr("含有文档类型定义")))


def _parts(archive: zipfile.ZipFile, raw: Raw | None) -> None:
    total = 0
    for entry in archive.infolist():
        parse = entry.filename.lower().endswith((".xml", ".rels"))
        listener = raw.part(entry.filename) if raw is not None else None
        parser = _parser(listener) if parse else None
        total += _part(archive, entry, MOST_BYTES - total, parser)


def _parser(listener: Part | None) -> Any:
    """A parser that holds a part to the limits, and lets somebody listen to what may pass."""
    parser = ParserCreate()
    limits = _Limits()
    parser.StartDoctypeDeclHandler = _no_dtd
    if listener is None:
        parser.StartElementHandler = limits.start
        return parser

    def start(name: str, attributes: dict[str, str]) -> None:
        limits.start(name, attributes)
        if listener.sure:
            listener.start(name, attributes)

    parser.StartElementHandler = start
    parser.CharacterDataHandler = listener.text
    parser.buffer_text = True
    return parser


def _part(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, room: int, parser: Any) -> int:
    """Stream one part; what really comes out counts, whatever its header says."""
    size = 0
    with archive.open(entry) as part:
        while chunk := part.read(_CHUNK):
            size += len(chunk)
            if size > room or (size > SMALL_PART and size > MOST_RATIO * entry.compress_size):
                raise WorkbookUnreadable(_too_big())
            if parser is not None:
                _feed(parser, chunk, last=False)
    if parser is not None:
        _feed(parser, b"", last=True)
    return size


def _feed(parser: Any, chunk: bytes, *, last: bool) -> None:
    try:
        parser.Parse(chunk, last)
    except ExpatError as error:
        raise WorkbookUnreadable(_incomplete()) from error


def _send_again() -> str:
    return tr("请让对方从调解台重新导出后再发送。")


def _save_as_xlsx() -> str:
    return tr("请用WPS或Excel打开，另存为“Excel 工作簿（*.xlsx）”，或让对方从调解台重新导出。")


def _incomplete() -> str:
    return tr("文件不完整或已损坏，可能没有拷贝完。请重新拷贝或让对方重新发送。")


def _too_big() -> str:
    return tr("文件解开后异常巨大，可能是恶意文件，没有打开。") + _send_again()


def _too_far() -> str:
    return tr("表格的行或列远远超出正常范围，没有打开。") + tr(
        "请删除表格下方和右方多余的行列后另存，或让对方从调解台重新导出。"
    )


def _suspicious(why: str) -> str:
    return tr("文件结构异常（{why}），没有打开。").format(why=why) + _send_again()
