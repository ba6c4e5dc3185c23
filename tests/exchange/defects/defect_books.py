"""Workbooks with one defect each, made the way it happens; ledgers of 梨子园村 in October 2026."""

import io
import re
import zipfile
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from openpyxl import Workbook

TITLE = "双龙镇梨子园村2026年10月矛盾纠纷调解台账"
HEADS = [
    *("序号", "受理日期", "案件来源", "申请人", "申请人身份证号", "申请人电话", "被申请人"),
    *("纠纷类型", "纠纷简要情况", "调解结果", "结案日期", "协议形式", "涉及金额", "调解员", "备注"),
]
ROW: list[Any] = [
    *(1, "2026年10月3日", "主动调解", "秦德珍", "", "", "蒋仕文", "邻里纠纷"),
    *("排水沟堵塞，双方争吵。", "调解成功", "2026年10月6日", "口头协议", 200, "陶素芬", ""),
]
SECOND: list[Any] = [
    *(2, "2026年10月9日", "主动调解", "罗大山", "", "", "冉小河", "房屋宅基地纠纷"),
    *("屋檐滴水引起争吵。", "调解成功", "2026年10月11日", "口头协议", 0, "陶素芬", ""),
]
FIRST = 3  # the row of the first case under title and heads
Rows = list[list[Any]]
SHEET = "xl/worksheets/sheet1.xml"


def row(base: Sequence[Any] = ROW, **changes: Any) -> list[Any]:
    """A row with other values under some heads."""
    assert changes.keys() <= set(HEADS), changes
    return [changes.get(head, value) for head, value in zip(HEADS, base, strict=True)]


def column(head: str) -> str:
    """The letter of a head's column."""
    return chr(ord("A") + HEADS.index(head))


def cell(head: str, number: int = FIRST) -> str:
    """The address of a cell of a row, on the usual sheet."""
    return f"台账!{column(head)}{number}"


def rows(*cases: list[Any]) -> Rows:
    """A whole sheet: title, heads, cases."""
    return [[TITLE], HEADS, *(cases or (ROW, SECOND))]


def book(
    sheets: Mapping[str, Rows] | Rows,
    dress: Callable[[Workbook], None] | None = None,
) -> bytes:
    """A workbook with these cells; `dress` does to it what people do to theirs."""
    made = Workbook()
    made.remove(made.worksheets[0])
    for title, lines in (sheets if isinstance(sheets, Mapping) else {"台账": sheets}).items():
        sheet = made.create_sheet(title)
        for number, cells in enumerate(lines, 1):
            for place, value in enumerate(cells, 1):
                if value is not None and value != "":
                    target = sheet.cell(number, place, value)
                    if isinstance(value, str) and not value.startswith("=="):
                        target.data_type = "s"
                    elif isinstance(value, str):
                        target.value = value[1:]
    if dress is not None:
        dress(made)
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def parts_changed(
    content: bytes, change: Callable[[str, bytes], tuple[str, bytes] | None]
) -> bytes:
    """The archive with each part as `change` makes it; None leaves it out."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            made = change(name, old.read(name))
            if made is not None:
                new.writestr(*made)
    return out.getvalue()


def without(content: bytes, gone: str) -> bytes:
    """The archive without a part."""
    return parts_changed(content, lambda name, data: None if name == gone else (name, data))


def rewritten(content: bytes, part: str, pattern: str, new: str, count: int = 0) -> bytes:
    """The archive with a pattern replaced in one part; it must be there."""

    def change(name: str, data: bytes) -> tuple[str, bytes]:
        if name == part:
            text, found = re.subn(pattern, new, data.decode(), count=count, flags=re.DOTALL)
            assert found, (part, pattern)
            data = text.encode()
        return name, data

    return parts_changed(content, change)


def raw_cell(content: bytes, name: str, kind: str, inside: str, style: str = "") -> bytes:
    """The workbook with one cell's XML written by hand, as other programs leave it."""
    typed = f' t="{kind}"' if kind else ""
    new = rf'<c r="{name}"{style}{typed}>{inside}</c>'
    return rewritten(content, SHEET, rf'<c r="{name}"(?: [^>]*)?(?:/>|>.*?</c>)', new)


def day_format(number: int) -> Callable[[bytes], bytes]:
    """Give the days of a workbook one of the formats that are built in."""

    def change(content: bytes) -> bytes:
        own = r'(<xf [^>]*?)numFmtId="164"'
        return rewritten(content, "xl/styles.xml", own, rf'\1numFmtId="{number}"')

    return change


_SECTOR = 512


def ole(*streams: str) -> bytes:
    """The beginning of an old office document that holds these streams."""
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(_SECTOR - 8)
    return head + b"".join(name.encode("utf-16-le") + bytes(64) for name in streams)


def archive(**parts: str) -> bytes:
    """An archive that is no workbook of this kind."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name, text in parts.items():
            made.writestr(name.replace("__", "/").replace("_dot_", "."), text)
    return out.getvalue()


def as_text(lines: Rows, separator: str = ",", encoding: str = "gb18030") -> bytes:
    """The rows as a text file."""
    told = [separator.join("" if value is None else str(value) for value in line) for line in lines]
    return "\r\n".join(told).encode(encoding)
