"""Values in cells (defects 31 to 47)."""

from collections.abc import Callable
from datetime import date
from typing import Any

from builders import an_identity_number
from defect import (
    Defect,
    asked,
    dressed,
    with_values,
)
from defect_books import (
    FIRST,
    HEADS,
    ROW,
    SECOND,
    TITLE,
    book,
    cell,
    column,
    raw_cell,
    row,
    rows,
)
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.workbook import Workbook

from mediation_desk.domain.codes import Sex

ID = an_identity_number(date(1968, 3, 14), Sex.FEMALE)
ID_X = next(
    number
    for n in range(1, 60)
    if (number := an_identity_number(date(1970, 1, 2), Sex.MALE, n)).endswith("X")
)


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

CELLS = [
    asked(
        31,
        "exponent",
        "applicant.id_number:",
        "申请人身份证号",
        content=_number("9.90001196803E+17"),
        values={_WHOLE: ""},
    ),
    asked(
        31,
        "zeros",
        "applicant.id_number:",
        "申请人身份证号",
        content=_number(ID[:15] + "000"),
        values={_WHOLE: ""},
    ),
    Defect(
        31,
        "all digits kept",
        _number(
            next(
                number
                for n in range(1, 90)
                if (number := an_identity_number(date(1968, 3, 14), Sex.FEMALE, n))[-1] not in "0X"
            )
        ),
        values={"0.parties.0.sex": Sex.FEMALE},
    ),
    Defect(32, "lower-case x", with_values(申请人身份证号=ID_X.lower()), values={_WHOLE: ID_X}),
    Defect(
        32,
        "full width and blanks",
        with_values(申请人身份证号=f" {ID[:6].translate(_FULL_WIDTH)} {ID[6:]}"),
        values={_WHOLE: ID},
        tells=(("L1", cell("申请人身份证号"), "去掉空格"),),
    ),
    Defect(
        32,
        "letter O",
        with_values(申请人身份证号=ID.replace("0", "O", 1)),
        values={_WHOLE: ID},
        tells=(("L1", cell("申请人身份证号"), "字母已改为数字"),),
    ),
    Defect(
        32,
        "15 digits",
        with_values(申请人身份证号=_OLD_ID),
        values={_WHOLE: ID},
        tells=(("L1", cell("申请人身份证号"), "已换算为18位"),),
    ),
    asked(
        32,
        "wrong check digit",
        "applicant.id_number:",
        "申请人身份证号",
        content=with_values(申请人身份证号=ID[:-1] + ("0" if ID[-1] != "0" else "1")),
        values={_WHOLE: ""},
    ),
    Defect(
        33,
        "fraction",
        with_values(申请人电话=13900000001.0),
        values={"0.parties.0.phone": "13900000001"},
    ),
    Defect(
        33,
        "blanks and dashes",
        with_values(申请人电话="139-0000 0001"),
        values={"0.parties.0.phone": "13900000001"},
    ),
    Defect(
        33,
        "two numbers",
        with_values(申请人电话="13900000001/13900000002"),
        values={"0.parties.0.phone": "13900000001、13900000002"},
    ),
    Defect(
        34,
        "leading zeros",
        lambda: book([[TITLE], ["编号", *HEADS[1:]], row(序号=1), row(SECOND)]),
        values={"0.dispute.number": 1, "1.dispute.number": 2},
    ),
    Defect(35, "apostrophe", with_values(申请人身份证号=f"'{ID}"), values={_WHOLE: ID}),
    Defect(
        36,
        "merged values",
        dressed(_merged_type),
        tells=(("L4", cell("纠纷类型"), "已填到下面1行"),),
        values={"1.dispute.type": "02"},
    ),
    Defect(
        36,
        "a case over two rows",
        _one_case_two_rows,
        counts={"added": 1, "conflict": 1, "rejected": 1, "ignored": 2},
        asks=(("continued", "台账!A4"),),
    ),
    asked(
        37,
        "no value",
        "intake_on:#N/A",
        "受理日期",
        blocking=True,
        content=_formula("受理日期", "<f>TODAY()</f>"),
        tells=(("L2", cell("受理日期"), "没有算出结果"),),
    ),
    asked(
        37,
        "error",
        "amount:#REF!",
        "涉及金额",
        blocking=True,
        content=_formula("涉及金额", "<f>A1</f><v>#REF!</v>", "e"),
        tells=(("L2", cell("涉及金额"), "没有算出结果"),),
    ),
    Defect(
        38,
        "picture in a cell",
        _formula("备注", _PICTURE, "str"),
        tells=(("L3", cell("备注"), "图片没有导入"),),
        values={"0.dispute.remark": ""},
    ),
    Defect(
        39,
        "with separator",
        with_values(涉及金额="1,200元"),
        values={"0.agreement.amount_fen": 120000},
    ),
    Defect(
        39,
        "ten thousands",
        with_values(涉及金额="1.2万"),
        values={"0.agreement.amount_fen": 1200000},
    ),
    Defect(
        39, "capitals", with_values(涉及金额="叁仟元整"), values={"0.agreement.amount_fen": 300000}
    ),
    Defect(39, "none", with_values(涉及金额="无"), values={"0.agreement.amount_fen": 0}),
    asked(
        39,
        "vague",
        "amount:约5000",
        "涉及金额",
        blocking=True,
        content=with_values(涉及金额="约5000"),
    ),
    Defect(
        40,
        "ticks",
        lambda: book(
            [[TITLE], [*HEADS[:-1], "是否疑难复杂"], [*ROW[:-1], "√"], [*SECOND[:-1], "×"]]
        ),
        values={"0.dispute.complex": True, "1.dispute.complex": False},
    ),
    Defect(
        41,
        "several people",
        with_values(申请人="秦德珍、李四（父）13900000001"),
        values={"0.parties.1.name": "李四", "0.parties.1.phone": "13900000001"},
    ),
    Defect(
        42,
        "blanks nobody sees",
        with_values(申请人="\ufeff\u200b秦德珍\u3000 ", 纠纷类型=" 邻里\u00a0纠纷 "),
        values={"0.parties.0.name": "秦德珍", "0.dispute.type": "02"},
    ),
    Defect(
        43,
        "made character",
        with_values(申请人="张\ue123三"),
        tells=(("L8", cell("申请人"), "造字"),),
        values={"0.parties.0.name": "张\ue123三"},
    ),
    Defect(
        43,
        "placeholder",
        with_values(申请人="张□三"),
        tells=(("L8", cell("申请人"), "代替生僻字"),),
    ),
    Defect(
        43,
        "rare and traditional",
        with_values(申请人="𠮷國龍"),
        values={"0.parties.0.name": "𠮷國龍"},
    ),
    Defect(
        44,
        "longest text",
        with_values(纠纷简要情况="水" * 32767),
        tells=(("L7", cell("纠纷简要情况"), "最多的字数"),),
    ),
    Defect(
        45,
        "old words",
        lambda: book(rows(ROW, row(SECOND, 纠纷类型="宅基地"))),
        values={"1.dispute.type": "03"},
    ),
    asked(
        45,
        "unknown word",
        "type:吵架",
        "纠纷类型",
        blocking=True,
        content=with_values(纠纷类型="吵架"),
        values={"0.dispute.type": ""},
    ),
    Defect(
        46,
        "comment",
        dressed(_comment),
        tells=(("L6", cell("涉及金额"), "误工费"),),
        values={"0.dispute.remark": "批注：另付误工费100元"},
    ),
    Defect(47, "rich text", dressed(_rich), values={"0.dispute.facts": "排水沟堵塞，争吵。"}),
]
