"""Finding the table in a workbook (defects 16 to 30)."""

from collections.abc import Callable
from typing import Any

from defect import (
    ASKS,
    BOTH,
    ONE_READER,
    Defect,
    plain,
)
from defect_books import (
    HEADS,
    ROW,
    SECOND,
    SHEET,
    TITLE,
    book,
    cell,
    rewritten,
    row,
    rows,
    without,
)
from openpyxl.workbook import Workbook


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
    marks = {
        "受理日期": "受理\n日期*",
        "申请人": "　申 请 人（必填）",
        "涉及金额": "涉及金额（元）",
        "纠纷类型": "*纠纷类型",
    }
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
    return lambda: rewritten(plain(), "xl/styles.xml", pattern, new)


def _bad_rules() -> bytes:
    rules = (
        '<conditionalFormatting sqref="A1"><cfRule type="odd" priority="1"/>'
        '</conditionalFormatting><dataValidations count="1"><dataValidation type="odd" '
        'sqref="A1" errorStyle="odd"/></dataValidations><pageMargins'
    )
    return rewritten(plain(), SHEET, "<pageMargins", rules, 1)


def _bad_properties() -> bytes:
    return rewritten(plain(), "docProps/core.xml", r"\d{4}-\d\d-\d\dT", "2026-13-45T")


def _title(text: str) -> Callable[[], bytes]:
    return lambda: book([[text], HEADS, ROW, SECOND])


TABLE = [
    Defect(
        16,
        "size record",
        lambda: rewritten(plain(), SHEET, '<dimension ref="[^"]*"', '<dimension ref="A1"'),
    ),
    Defect(
        16,
        "size record too large",
        lambda: rewritten(
            plain(), SHEET, '<dimension ref="[^"]*"', '<dimension ref="A1:XFD1048576"'
        ),
    ),
    Defect(17, "formatted to the end", lambda: _far_format(plain())),
    Defect(18, "other sheets first", lambda: book(rows(), _hidden), counts=BOTH | {"ignored": 4}),
    Defect(
        18,
        "hidden ledger",
        lambda: book(rows(), _hidden_ledger),
        counts=BOTH | {"ignored": 3},
        tells=(("L5", "台账", "这张工作表是隐藏的"),),
    ),
    Defect(
        19,
        "lines above",
        lambda: book(
            [
                [TITLE],
                [],
                ["填报单位：梨子园村"],
                [],
                ["单位：元"],
                HEADS,
                row(纠纷类型="吵架"),
                SECOND,
            ]
        ),
        counts={"added": 1, "conflict": 1, "ignored": 4},
        asks=(("type:吵架", cell("纠纷类型", 7)),),
    ),
    Defect(
        20,
        "heads over two rows",
        _deep_heads,
        counts=BOTH | {"ignored": 3},
        values={"0.parties.0.name": "秦德珍", "0.parties.1.name": "蒋仕文"},
    ),
    Defect(21, "marks in heads", _marked_heads, values={"0.agreement.amount_fen": 20000}),
    Defect(
        22,
        "moved and unknown columns",
        _moved_columns,
        values={"0.dispute.remark": "网格长意见：已报镇", "0.parties.0.name": "秦德珍"},
    ),
    Defect(
        22,
        "missing column",
        _missing_column,
        counts={"conflict": 2, "ignored": 2},
        asks=(("usual:source", ""),),
    ),
    Defect(
        23,
        "same head twice",
        _same_head_twice,
        counts={"conflict": 2, "ignored": 2},
        asks=(("two groups", "台账!D2"),),
    ),
    Defect(24, "printed pages", _printed_pages, counts={"added": 3, "ignored": 6}),
    Defect(
        25,
        "blank rows",
        _blank_rows,
        counts={"added": 1, "conflict": 1, "ignored": 2},
        asks=(("type:吵架", cell("纠纷类型", 6)),),
    ),
    Defect(26, "empty to the right", lambda: _empty_right(plain())),
    Defect(
        27,
        "hidden and filtered",
        lambda: book(rows(), _filtered),
        tells=(("L5", "台账", "第4行"), ("L5", "台账", "（G）")),
    ),
    Defect(28, "second table below", _second_below, counts={"added": 3, "ignored": 4}),
    Defect(29, "styles", _styles("<fill>.*?</fill>", "<fill/>"), tells=ONE_READER),
    Defect(29, "no styles", lambda: without(plain(), "xl/styles.xml")),
    Defect(29, "rules", _bad_rules),
    Defect(29, "properties", _bad_properties, tells=ONE_READER),
    Defect(
        30,
        "stale month",
        _title("双龙镇梨子园村2026年9月矛盾纠纷调解台账"),
        "2026年10月台账.xlsx",
        ASKS,
        {},
        words="可能是拿旧表改的",
    ),
    Defect(
        30,
        "another village in the title",
        _title(TITLE.replace("梨子园村", "付家山村")),
        "梨子园村.xlsx",
        ASKS,
        {},
        words="看不出是哪个单位",
    ),
]
