"""The numbered defects of spreadsheets that a ledger can have, and what the import must say.

A fixture is one file, made by a script, and its expected report: the outcome, what is told and of
which cell, what is asked, and which values the cases have.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from builders import an_identity_number
from defect_books import (
    FIRST,
    HEADS,
    ROW,
    SECOND,
    SHEET,
    TITLE,
    archive,
    as_text,
    book,
    cell,
    column,
    day_format,
    ole,
    parts_changed,
    raw_cell,
    rewritten,
    row,
    rows,
    without,
)
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.workbook import Workbook

from mediation_desk.domain.codes import Sex

READY, ASKS, REFUSED = "ready", "asks", "refused"
ID = an_identity_number(date(1968, 3, 14), Sex.FEMALE)
ID_X = next(
    number
    for n in range(1, 60)
    if (number := an_identity_number(date(1970, 1, 2), Sex.MALE, n)).endswith("X")
)
_BOTH = {"added": 2, "ignored": 2}


@dataclass(frozen=True)
class Defect:
    """A fixture of the defect `number`."""

    number: int
    name: str
    content: Callable[[], bytes]
    file: str = "台账.xlsx"
    state: str = READY
    counts: Mapping[str, int] = field(default_factory=lambda: _BOTH)
    tells: tuple[tuple[str, str, str], ...] = ()
    asks: tuple[tuple[str, str], ...] = ()
    values: Mapping[str, Any] = field(default_factory=dict)
    words: str = ""
    read_only: bool = False

    @property
    def title(self) -> str:
        return f"{self.number:02}-{self.name}"


def _plain() -> bytes:
    return book(rows())


def _with(**changes: Any) -> Callable[[], bytes]:
    """The usual ledger with other values in its first row."""
    return lambda: book(rows(row(**changes), SECOND))


def _dressed(dress: Callable[[Workbook], None], **changes: Any) -> Callable[[], bytes]:
    return lambda: book(rows(row(**changes), SECOND), dress)


def _refused(number: int, name: str, content: bytes, words: str, file: str = "台账.xlsx") -> Defect:
    return Defect(number, name, lambda: content, file, REFUSED, {}, words=words)


def _text(number: int, name: str, encoding: str, separator: str = ",") -> Defect:
    def made() -> bytes:
        return as_text(rows(row(申请人="秦德𠮷"), SECOND), separator, encoding)

    return Defect(
        number, name, made, state=ASKS, counts={}, words="前几行是“双龙镇梨子园村2026年10月"
    )


def _asked(number: int, name: str, key: str, head: str, **more: Any) -> Defect:
    """A value of the first row that only a person knows: the row is kept, the value is asked."""
    content, blocking = more.pop("content"), more.pop("blocking", False)
    counts = {"added": 1, "conflict": 1, "ignored": 2} if blocking else _BOTH
    return Defect(number, name, content, counts=counts, asks=((key, cell(head)),), **more)


# A. Container and transport


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
            (b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
             b"http://purl.oclc.org/ooxml/spreadsheetml/main"),
            (b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
             b"http://purl.oclc.org/ooxml/officeDocument/relationships"),
        ):  # fmt: skip
            data = data.replace(old, new)
        return name, data

    return parts_changed(content, change)


_ONE_READER = (("W7", "", "由另一种读出"),)
_ODS = archive(mimetype="application/vnd.oasis.opendocument.spreadsheet", content_dot_xml="<a/>")
_CONTAINER = [
    _refused(1, "xls", ole("Workbook"), "旧式的 .xls", "台账.xls"),
    _refused(1, "xls renamed", ole("Workbook"), "另存为“Excel 工作簿"),
    _refused(2, "password", ole("EncryptionInfo", "EncryptedPackage"), "取消密码"),
    _text(3, "gbk", "gb18030"),
    _text(3, "utf-8", "utf-8"),
    _text(3, "utf-8 with mark", "utf-8-sig"),
    _text(3, "utf-16", "utf-16", "\t"),
    _refused(4, "html", b"<html><table><tr><td>1</td></tr></table></html>", "其实是网页", "a.xls"),
    _refused(5, "ods", _ODS, ".ods 表格", "台账.ods"),
    _refused(5, "xlsb", archive(xl__workbook_dot_bin="x"), ".xlsb 二进制工作簿", "台账.xlsb"),
    _refused(5, "et", ole("Workbook"), ".et 表格", "台账.et"),
    Defect(5, "xlsm", _plain, "台账.xlsm"),
    _refused(6, "empty", b"", "文件是空的"),
    _refused(6, "cut off", _plain()[:-900], "重新拷贝"),
    Defect(8, "read-only", _plain, read_only=True),
    Defect(12, "member names", lambda: _member_names(_plain()), tells=_ONE_READER),
    Defect(12, "no list of types", lambda: without(_plain(), "[Content_Types].xml"),
           tells=_ONE_READER),
    Defect(12, "no properties", lambda: without(_plain(), "docProps/core.xml")),
    Defect(13, "entities", lambda: _entities(_plain()), state=REFUSED, counts={},
           words="文档类型定义"),
    Defect(13, "tiny and huge", lambda: _tiny_and_huge(_plain()), state=REFUSED, counts={},
           words="异常巨大"),
    Defect(14, "strict form", lambda: _strict(_plain()), tells=_ONE_READER),
]  # fmt: skip

# B. Finding the table


def _far_format(content: bytes) -> bytes:
    last = '<row r="1048576"><c r="A1048576" s="0"/></row></sheetData>'
    return rewritten(content, SHEET, "</sheetData>", last)


def _hidden(made: Workbook) -> None:
    made.create_sheet("词表").append(["邻里纠纷"])
    made["词表"].sheet_state = "veryHidden"
    guide = made.create_sheet("填表说明", 0)
    guide.append(["一行写一件纠纷。"])
    made.active = 0


def _hidden_ledger(made: Workbook) -> None:
    made.create_sheet("封面", 0).append(["说明"])
    made["台账"].sheet_state = "hidden"


def _deep_heads() -> bytes:
    heads = [*HEADS]
    above: list[Any] = [""] * len(HEADS)
    above[3], heads[3], heads[4], heads[5] = "申请人情况", "姓名", "身份证号", "电话"
    lines = [[TITLE], above, heads, ROW, SECOND]

    def merged(made: Workbook) -> None:
        made["台账"].merge_cells("D2:F2")
        for place in (1, 2, 3, 7):
            letter = chr(64 + place)
            made["台账"][f"{letter}2"] = made["台账"][f"{letter}3"].value
            made["台账"].merge_cells(f"{letter}2:{letter}3")

    return book(lines, merged)


def _marked_heads() -> bytes:
    marks = {"受理日期": "受理\n日期*", "申请人": "　申 请 人（必填）", "涉及金额": "涉及金额（元）",
             "纠纷类型": "*纠纷类型"}  # fmt: skip
    return book([[TITLE], [marks.get(head, head) for head in HEADS], ROW, SECOND])


def _moved_columns() -> bytes:
    heads = [HEADS[0], *reversed(HEADS[1:]), "网格长意见"]
    lines = [[one[0], *reversed(one[1:]), "已报镇"] for one in (ROW, SECOND)]
    return book([[TITLE], heads, *lines])


def _missing_column() -> bytes:
    at = HEADS.index("案件来源")
    return book([[TITLE], *([*one[:at], *one[at + 1 :]] for one in (HEADS, ROW, SECOND))])


def _same_head_twice() -> bytes:
    heads = ["姓名" if head in {"申请人", "被申请人"} else head for head in HEADS]
    return book([[TITLE], heads, ROW, SECOND])


def _printed_pages() -> bytes:
    third = row(
        SECOND, 序号=3, 申请人="谭明月", 受理日期="2026年10月12日", 结案日期="2026年10月15日"
    )
    total: list[Any] = ["合计", "", "", "", "", "", "", "", "", "", "", "", 200]
    foot: list[Any] = ["填表人：陶素芬", "", "", "审核人：易文"]
    return book([[TITLE], HEADS, ROW, SECOND, [TITLE], HEADS, third, total, foot])


def _blank_rows() -> bytes:
    return book([[TITLE], HEADS, ROW, [], [], row(SECOND, 纠纷类型="吵架")])


def _empty_right(content: bytes) -> bytes:
    far = "".join(f'<c r="{name}3" s="0"/>' for name in ("AB", "IW", "XFD"))
    return rewritten(content, SHEET, r'(<row r="3".*?)</row>', rf"\1{far}</row>", 1)


def _filtered(made: Workbook) -> None:
    made["台账"].row_dimensions[4].hidden = True
    made["台账"].column_dimensions["G"].hidden = True
    made["台账"].auto_filter.ref = "A2:O4"


def _second_below() -> bytes:
    third = row(
        SECOND, 序号=1, 申请人="谭明月", 受理日期="2026年10月12日", 结案日期="2026年10月15日"
    )
    other = [head for head in HEADS if head != "备注"]
    return book([[TITLE], HEADS, ROW, SECOND, [], ["上月补报"], other, third[:-1]])


def _styles(pattern: str, new: str) -> Callable[[], bytes]:
    return lambda: rewritten(_plain(), "xl/styles.xml", pattern, new)


def _bad_rules() -> bytes:
    rules = (
        '<conditionalFormatting sqref="A1"><cfRule type="odd" priority="1"/>'
        '</conditionalFormatting><dataValidations count="1"><dataValidation type="odd" '
        'sqref="A1" errorStyle="odd"/></dataValidations><pageMargins'
    )
    return rewritten(_plain(), SHEET, "<pageMargins", rules, 1)


def _bad_properties() -> bytes:
    return rewritten(_plain(), "docProps/core.xml", r"\d{4}-\d\d-\d\dT", "2026-13-45T")


def _title(text: str) -> Callable[[], bytes]:
    return lambda: book([[text], HEADS, ROW, SECOND])


_TABLE = [
    Defect(16, "size record", lambda: rewritten(_plain(), SHEET, '<dimension ref="[^"]*"',
                                                '<dimension ref="A1"')),
    Defect(16, "size record too large", lambda: rewritten(
        _plain(), SHEET, '<dimension ref="[^"]*"', '<dimension ref="A1:XFD1048576"')),
    Defect(17, "formatted to the end", lambda: _far_format(_plain())),
    Defect(18, "other sheets first", lambda: book(rows(), _hidden),
           counts=_BOTH | {"ignored": 4}),
    Defect(18, "hidden ledger", lambda: book(rows(), _hidden_ledger),
           counts=_BOTH | {"ignored": 3}, tells=(("L5", "台账", "这张工作表是隐藏的"),)),
    Defect(19, "lines above", lambda: book(
        [[TITLE], [], ["填报单位：梨子园村"], [], ["单位：元"], HEADS, row(纠纷类型="吵架"), SECOND]),
        counts={"added": 1, "conflict": 1, "ignored": 4}, asks=(("type:吵架", cell("纠纷类型", 7)),)),
    Defect(20, "heads over two rows", _deep_heads, counts=_BOTH | {"ignored": 3},
           values={"0.parties.0.name": "秦德珍", "0.parties.1.name": "蒋仕文"}),
    Defect(21, "marks in heads", _marked_heads, values={"0.agreement.amount_fen": 20000}),
    Defect(22, "moved and unknown columns", _moved_columns,
           values={"0.dispute.remark": "网格长意见：已报镇", "0.parties.0.name": "秦德珍"}),
    Defect(22, "missing column", _missing_column, counts={"conflict": 2, "ignored": 2},
           asks=(("usual:source", ""),)),
    Defect(23, "same head twice", _same_head_twice, counts={"conflict": 2, "ignored": 2},
           asks=(("two groups", "台账!D2"),)),
    Defect(24, "printed pages", _printed_pages, counts={"added": 3, "ignored": 6}),
    Defect(25, "blank rows", _blank_rows, counts={"added": 1, "conflict": 1, "ignored": 2},
           asks=(("type:吵架", cell("纠纷类型", 6)),)),
    Defect(26, "empty to the right", lambda: _empty_right(_plain())),
    Defect(27, "hidden and filtered", lambda: book(rows(), _filtered),
           tells=(("L5", "台账", "第4行"), ("L5", "台账", "（G）"))),
    Defect(28, "second table below", _second_below, counts={"added": 3, "ignored": 4}),
    Defect(29, "styles", _styles("<fill>.*?</fill>", "<fill/>"), tells=_ONE_READER),
    Defect(29, "no styles", lambda: without(_plain(), "xl/styles.xml")),
    Defect(29, "rules", _bad_rules),
    Defect(29, "properties", _bad_properties, tells=_ONE_READER),
    Defect(30, "stale month", _title("双龙镇梨子园村2026年9月矛盾纠纷调解台账"), "2026年10月台账.xlsx",
           ASKS, {}, words="可能是拿旧表改的"),
    Defect(30, "another village in the title", _title(TITLE.replace("梨子园村", "付家山村")),
           "梨子园村.xlsx", ASKS, {}, words="看不出是哪个单位"),
]  # fmt: skip

# C. Cells


def _merged_type(made: Workbook) -> None:
    place = column("纠纷类型")
    made["台账"][f"{place}4"].value = None
    made["台账"].merge_cells(f"{place}3:{place}4")


def _one_case_two_rows() -> bytes:
    more: list[Any] = [None] * len(HEADS)
    more[HEADS.index("申请人")] = "秦小月"

    def merged(made: Workbook) -> None:
        for head in ("序号", "受理日期", "纠纷类型", "纠纷简要情况"):
            made["台账"].merge_cells(f"{column(head)}3:{column(head)}4")

    return book([[TITLE], HEADS, ROW, more, SECOND], merged)


def _comment(made: Workbook) -> None:
    made["台账"][f"{column('涉及金额')}3"].comment = Comment("另付误工费100元", "陶素芬")


def _rich(made: Workbook) -> None:
    text = CellRichText("排水沟", TextBlock(InlineFont(b=True), "堵塞"), "，争吵。")
    made["台账"][f"{column('纠纷简要情况')}3"] = text


def _number(text: str) -> Callable[[], bytes]:
    """The identity number as a number whose raw text is this."""
    name = f"{column('申请人身份证号')}{FIRST}"
    return lambda: raw_cell(book(rows(row(申请人身份证号="x"), SECOND)), name, "", f"<v>{text}</v>")


def _formula(head: str, inside: str, kind: str = "") -> Callable[[], bytes]:
    name = f"{column(head)}{FIRST}"
    return lambda: raw_cell(book(rows(row(**{head: "x"}), SECOND)), name, kind, inside)


_WHOLE = "0.parties.0.id_number"
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
_PICTURE = '<f>_xlfn.DISPIMG("ID_1",1)</f><v>=DISPIMG("ID_1",1)</v>'
_OLD_ID = ID[:6] + ID[8:17]

_CELLS = [
    _asked(31, "exponent", "applicant.id_number:", "申请人身份证号",
           content=_number("9.90001196803E+17"), values={_WHOLE: ""}),
    _asked(31, "zeros", "applicant.id_number:", "申请人身份证号",
           content=_number(ID[:15] + "000"), values={_WHOLE: ""}),
    Defect(31, "all digits kept", _number(next(
        number for n in range(1, 90)
        if (number := an_identity_number(date(1968, 3, 14), Sex.FEMALE, n))[-1] not in "0X")),
        values={"0.parties.0.sex": Sex.FEMALE}),
    Defect(32, "lower-case x", _with(申请人身份证号=ID_X.lower()), values={_WHOLE: ID_X}),
    Defect(32, "full width and blanks", _with(申请人身份证号=f" {ID[:6].translate(_FULL_WIDTH)} {ID[6:]}"),
           values={_WHOLE: ID}, tells=(("L1", cell("申请人身份证号"), "去掉空格"),)),
    Defect(32, "letter O", _with(申请人身份证号=ID.replace("0", "O", 1)), values={_WHOLE: ID},
           tells=(("L1", cell("申请人身份证号"), "字母已改为数字"),)),
    Defect(32, "15 digits", _with(申请人身份证号=_OLD_ID), values={_WHOLE: ID},
           tells=(("L1", cell("申请人身份证号"), "已换算为18位"),)),
    _asked(32, "wrong check digit", "applicant.id_number:", "申请人身份证号",
           content=_with(申请人身份证号=ID[:-1] + ("0" if ID[-1] != "0" else "1")), values={_WHOLE: ""}),
    Defect(33, "fraction", _with(申请人电话=13900000001.0), values={"0.parties.0.phone": "13900000001"}),
    Defect(33, "blanks and dashes", _with(申请人电话="139-0000 0001"),
           values={"0.parties.0.phone": "13900000001"}),
    Defect(33, "two numbers", _with(申请人电话="13900000001/13900000002"),
           values={"0.parties.0.phone": "13900000001、13900000002"}),
    Defect(34, "leading zeros", lambda: book([[TITLE], ["编号", *HEADS[1:]], row(序号=1), row(SECOND)]),
           values={"0.dispute.number": 1, "1.dispute.number": 2}),
    Defect(35, "apostrophe", _with(申请人身份证号=f"'{ID}"), values={_WHOLE: ID}),
    Defect(36, "merged values", _dressed(_merged_type),
           tells=(("L4", cell("纠纷类型"), "已填到下面1行"),), values={"1.dispute.type": "02"}),
    Defect(36, "a case over two rows", _one_case_two_rows,
           counts={"added": 1, "conflict": 1, "rejected": 1, "ignored": 2}, asks=(("continued", "台账!A4"),)),
    _asked(37, "no value", "intake_on:#N/A", "受理日期", blocking=True,
           content=_formula("受理日期", "<f>TODAY()</f>"),
           tells=(("L2", cell("受理日期"), "没有算出结果"),)),
    _asked(37, "error", "amount:#REF!", "涉及金额", blocking=True,
           content=_formula("涉及金额", "<f>A1</f><v>#REF!</v>", "e"),
           tells=(("L2", cell("涉及金额"), "没有算出结果"),)),
    Defect(38, "picture in a cell", _formula("备注", _PICTURE, "str"),
           tells=(("L3", cell("备注"), "图片没有导入"),), values={"0.dispute.remark": ""}),
    Defect(39, "with separator", _with(涉及金额="1,200元"), values={"0.agreement.amount_fen": 120000}),
    Defect(39, "ten thousands", _with(涉及金额="1.2万"), values={"0.agreement.amount_fen": 1200000}),
    Defect(39, "capitals", _with(涉及金额="叁仟元整"), values={"0.agreement.amount_fen": 300000}),
    Defect(39, "none", _with(涉及金额="无"), values={"0.agreement.amount_fen": 0}),
    _asked(39, "vague", "amount:约5000", "涉及金额", blocking=True, content=_with(涉及金额="约5000")),
    Defect(40, "ticks", lambda: book([[TITLE], [*HEADS[:-1], "是否疑难复杂"], [*ROW[:-1], "√"],
                                      [*SECOND[:-1], "×"]]),
           values={"0.dispute.complex": True, "1.dispute.complex": False}),
    Defect(41, "several people", _with(申请人="秦德珍、李四（父）13900000001"),
           values={"0.parties.1.name": "李四", "0.parties.1.phone": "13900000001"}),
    Defect(42, "blanks nobody sees", _with(申请人="\ufeff\u200b秦德珍\u3000 ", 纠纷类型=" 邻里\u00a0纠纷 "),
           values={"0.parties.0.name": "秦德珍", "0.dispute.type": "02"}),
    Defect(43, "made character", _with(申请人="张\ue123三"), tells=(("L8", cell("申请人"), "造字"),),
           values={"0.parties.0.name": "张\ue123三"}),
    Defect(43, "placeholder", _with(申请人="张□三"), tells=(("L8", cell("申请人"), "代替生僻字"),)),
    Defect(43, "rare and traditional", _with(申请人="𠮷國龍"), values={"0.parties.0.name": "𠮷國龍"}),
    Defect(44, "longest text", _with(纠纷简要情况="水" * 32767),
           tells=(("L7", cell("纠纷简要情况"), "最多的字数"),)),
    Defect(45, "old words", lambda: book(rows(ROW, row(SECOND, 纠纷类型="宅基地"))),
           values={"1.dispute.type": "03"}),
    _asked(45, "unknown word", "type:吵架", "纠纷类型", blocking=True, content=_with(纠纷类型="吵架"),
           values={"0.dispute.type": ""}),
    Defect(46, "comment", _dressed(_comment), tells=(("L6", cell("涉及金额"), "误工费"),),
           values={"0.dispute.remark": "批注：另付误工费100元"}),
    Defect(47, "rich text", _dressed(_rich), values={"0.dispute.facts": "排水沟堵塞，争吵。"}),
]  # fmt: skip

# D. Dates

_DAY = "0.dispute.intake_on"


def _day(number: int, name: str, typed: Any, **more: Any) -> Defect:
    expected = {_DAY: more.pop("gives", date(2026, 10, 3))}
    return Defect(number, name, _with(受理日期=typed), values=expected, **more)


def _formatted(number: int) -> Callable[[], bytes]:
    return lambda: day_format(number)(book(rows(row(受理日期=date(2026, 10, 3)), SECOND)))


def _raw_day(text: str) -> Callable[[], bytes]:
    content = book(rows(row(受理日期=date(2026, 10, 3)), SECOND))
    return lambda: rewritten(content, SHEET, r'(<c r="B3"[^>]*>)<v>\d+</v>', rf"\1<v>{text}</v>")


def _of_1904() -> bytes:
    made = book(rows(row(受理日期=date(2026, 10, 3)), SECOND))
    made = rewritten(made, "xl/workbook.xml", "<workbookPr[^>]*/>", '<workbookPr date1904="1"/>')
    return rewritten(made, SHEET, r'(<c r="B3"[^>]*>)<v>\d+</v>', rf"\1<v>{46298 - 1462}</v>")


_DATES = [
    *(Defect(48, f"built-in format {n}", _formatted(n), values={_DAY: date(2026, 10, 3)})
      for n in (27, 30, 31, 36, 50, 57, 58)),
    _day(49, "count of days", 46298, tells=(("L1", cell("受理日期"), "换算为2026-10-03"),)),
    *(_day(50, text, text) for text in (
        "2026.10.3", "2026/10/3", "20261003", "2026年10月3日", "二〇二六年十月三日", "2026-10-03 上午")),
    _day(50, "no year", "10月3日", tells=(("L1", cell("受理日期"), "按表题补为2026年10月"),)),
    Defect(51, "eight digits as a day", _raw_day("20261003"), values={_DAY: date(2026, 10, 3)}),
    Defect(52, "system of 1904", _of_1904, values={_DAY: date(2026, 10, 3)}),
    _asked(52, "29 February 1900", "intake_on:", "受理日期", blocking=True, content=_raw_day("60"),
           values={_DAY: None}),
    _asked(52, "negative", "intake_on:", "受理日期", blocking=True, content=_raw_day("-5")),
    _day(53, "end of the day before", datetime(2026, 10, 2, 23, 59, 59, 999000)),
    _asked(54, "future", "intake_on:", "受理日期", blocking=True,
           content=_with(受理日期="2027年10月3日", 结案日期="2027年10月6日")),
    _asked(54, "impossible", "intake_on:", "受理日期", blocking=True, content=_with(受理日期="2026年2月30日")),
    Defect(54, "closed before taken in", _with(结案日期="2026年10月1日"),
           tells=(("D5", "台账!", "早于受理日期"),)),
    _asked(55, "two-digit year", "intake_on:", "受理日期", blocking=True, content=_with(受理日期="26.10.3")),
    _asked(55, "month or day first", "intake_on:", "受理日期", blocking=True,
           content=_with(受理日期="10/3/2026")),
    _asked(56, "lunar", "intake_on:", "受理日期", blocking=True, content=_with(受理日期="农历八月十五")),
    Defect(57, "every finding has its cell", _with(受理日期="10月3日", 申请人="张□三", 结案日期="2026年10月1日"),
           tells=(("L1", cell("受理日期"), "。"), ("L8", cell("申请人"), "。"), ("D5", "台账!A3", "。"))),
]  # fmt: skip

DEFECTS = (*_CONTAINER, *_TABLE, *_CELLS, *_DATES)
