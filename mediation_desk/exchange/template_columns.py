"""The columns of the blank ledger that villages without the program fill in by hand."""

from dataclasses import dataclass
from enum import Enum

from mediation_desk.domain.codes import (
    AgreementForm,
    Code,
    Confirmation,
    Outcome,
    Performance,
    Source,
    TerminationReason,
)
from mediation_desk.words import tr


class Sort(Enum):
    """What may be typed into a column, which decides its format and what the table refuses."""

    TEXT = "text"
    LONG = "long text"
    IDENTITY = "identity number"
    PHONE = "phone"
    DAY = "day"
    MONEY = "money"
    WHOLE = "whole"
    CHOICE = "choice"
    PEOPLE = "people"


@dataclass(frozen=True, slots=True)
class TemplateColumn:
    """One column: its group or none, its head, width, what may be typed, and what to say of it.

    `choices` are the words to choose from; types and mediators come from the register. `example`
    stands in the row that shows how to fill in.
    """

    group: str
    head: str
    width: float
    sort: Sort
    note: str
    example: str | float = ""
    choices: tuple[str, ...] = ()
    required: bool = False


def _labels(codes: type[Code]) -> tuple[str, ...]:
    return tuple(code.label for code in codes)


_INTAKE, _CASE, _END = tr("受理登记"), tr("纠纷情况"), tr("调解处理")
_APPLICANT, _RESPONDENT, _AGREED = tr("申请人"), tr("被申请人"), tr("协议和履行")
TYPE, MEDIATOR = tr("纠纷类型"), tr("人民调解员")
SEQUENCE = tr("序号")
YES_NO = (tr("是"), tr("否"))

_SEVERAL = tr("多人用顿号隔开，如：张三、李四。单位写全称。")
_NUMBERS = tr("18位，本列已设为文本。多人时按姓名顺序用顿号隔开。可不填。")
_PHONES = tr("手机11位。一个人有两个号码，或有多人时，用顿号隔开。可不填。")
_HOMES = tr("写到村组。多人住址不同时用顿号隔开。可不填。")


def _person(group: str, name: str, number: str, phone: str, home: str) -> list[TemplateColumn]:
    return [
        TemplateColumn(group, tr("姓名"), 11, Sort.PEOPLE, _SEVERAL, name, required=True),
        TemplateColumn(group, tr("身份证号"), 21, Sort.IDENTITY, _NUMBERS, number),
        TemplateColumn(group, tr("联系方式"), 14, Sort.PHONE, _PHONES, phone),
        TemplateColumn(group, tr("住址"), 16, Sort.TEXT, _HOMES, home),
    ]


# The example's persons are invented; no province has the code 99.
COLUMNS: tuple[TemplateColumn, ...] = (
    TemplateColumn("", SEQUENCE, 5, Sort.WHOLE, tr("按顺序写1、2、3……"), tr("示例")),
    TemplateColumn(
        "", tr("受理日期"), 11.5, Sort.DAY, tr("写全年月日，如 2026-10-03。"), "2026-10-03",
        required=True,
    ),
    TemplateColumn(
        _INTAKE, tr("案件来源"), 14, Sort.CHOICE, tr("从下拉列表中选择。"), Source.SPOKEN.label,
        _labels(Source), required=True,
    ),
    TemplateColumn(
        _INTAKE, TYPE, 14, Sort.CHOICE, tr("从下拉列表中选择。"), tr("邻里纠纷"), required=True
    ),
    *_person(_APPLICANT, tr("秦德珍"), "990001196803140027", "13900000001", tr("梨子园村3组")),
    *_person(_RESPONDENT, tr("蒋仕文"), "990001197111020037", "13900000002", tr("梨子园村3组")),
    TemplateColumn(
        _CASE, tr("涉及当事人数"), 7, Sort.WHOLE,
        tr("双方一共多少人，一个单位算1人。不填时按写明的姓名计算。"), 2,
    ),
    TemplateColumn(
        _CASE, tr("纠纷简要情况"), 22, Sort.LONG, tr("时间、地点、起因、争议的事项。"),
        tr("排水沟堵塞，雨水漫入邻家院坝，双方争吵。"), required=True,
    ),
    TemplateColumn(_CASE, tr("发生地点"), 10, Sort.TEXT, tr("可不填。"), tr("梨子园村3组")),
    TemplateColumn(
        _CASE, tr("疑难复杂"), 7, Sort.CHOICE, tr("选“是”或“否”，不填为否。"), YES_NO[1], YES_NO
    ),
    TemplateColumn(
        _CASE, tr("涉及农民工"), 7, Sort.CHOICE, tr("选“是”或“否”，不填为否。"), YES_NO[1], YES_NO
    ),
    TemplateColumn(
        _END, MEDIATOR, 10, Sort.PEOPLE, tr("多人用顿号隔开。"), tr("陶素芬"), required=True
    ),
    TemplateColumn(
        _END, tr("调解结果"), 10.5, Sort.CHOICE, tr("从下拉列表中选择。还没有结案的不填。"),
        Outcome.SETTLED.label, _labels(Outcome),
    ),
    TemplateColumn(
        _END, tr("结案日期"), 11.5, Sort.DAY, tr("填了调解结果就要填。写全年月日。"), "2026-10-06"
    ),
    TemplateColumn(
        _END, tr("终止原因"), 11, Sort.CHOICE, tr("只在调解不成或终止调解时选择。"), "",
        _labels(TerminationReason),
    ),
    TemplateColumn(
        _AGREED, tr("协议形式"), 10, Sort.CHOICE, tr("调解成功时必须选择。"),
        AgreementForm.ORAL.label, _labels(AgreementForm),
    ),
    TemplateColumn(
        _AGREED, tr("协议涉及金额（元）"), 10.5, Sort.MONEY,
        tr("以元为单位，只写数字。没有就不填。"), 200,
    ),
    TemplateColumn(
        _AGREED, tr("协议内容"), 20, Sort.LONG, tr("双方商定的事项。"),
        tr("蒋仕文疏通水沟，赔偿秦德珍200元。"),
    ),
    TemplateColumn(
        _AGREED, tr("履行情况"), 10, Sort.CHOICE, tr("从下拉列表中选择。"), Performance.KEPT.label,
        _labels(Performance),
    ),
    TemplateColumn(
        _AGREED, tr("司法确认"), 9, Sort.CHOICE, tr("没有申请的不填。"), "", _labels(Confirmation)
    ),
    TemplateColumn(_AGREED, tr("备注"), 10, Sort.LONG, tr("其他要说明的。")),
)  # fmt: skip


def fill_in_rules() -> tuple[str, ...]:
    """How to fill in, for the sheet that explains it."""
    return (
        tr("一行写一件纠纷。不要合并单元格，不要在中间插入标题或合计。"),
        tr("蓝色表头中带 * 的必须填写，其他的知道多少填多少。"),
        tr("有下拉箭头的格子请从列表中选择，不要自己写别的词。"),
        tr("日期写全年月日，例如 2026-10-03；不要只写“10.3”。"),
        tr("身份证号和电话已设为文本，直接输入就不会变成乱码；不要改成数字格式。"),
        tr("金额以元为单位，只写数字，例如 1200.50；不写“约”“左右”。"),
        tr("还没有结案的，调解结果和结案日期都空着，下个月补填后再报一次，不会重复登记。"),
        tr("标着“示例”的一行只是样子，不算案件，可以留着。"),
        tr("填好后存盘，把文件交给司法所。改正以后再交一次也可以，以后交的为准。"),
    )
