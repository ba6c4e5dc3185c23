"""The cover of a package: whose it is, how it counts, what it holds, whether it adds up."""

from openpyxl.worksheet.worksheet import Worksheet

from mediation_desk.exchange.columns import COVER, SHEETS, SUMMARY
from mediation_desk.exchange.cover_facts import cover_facts
from mediation_desk.exchange.laying import Laid
from mediation_desk.exchange.looks import (
    FACT,
    LABEL,
    LINE,
    TITLE,
    Formula,
    page,
    put,
    put_across,
    widths,
)
from mediation_desk.exchange.packing import Formulas
from mediation_desk.exchange.summary import CHECKS, SummaryLine, SummarySheet
from mediation_desk.words import tr

UNIT_ROW = 3  # where the cover says whose package it is: labels in column 1, facts in column 2


def write_cover(
    sheet: Worksheet, formulas: Formulas, laid: Laid, table: SummarySheet, line: SummaryLine
) -> None:
    """Write the cover sheet."""
    sheet.title = COVER
    put_across(sheet, 1, 1, 2, tr("人民调解工作月报"), TITLE)
    sheet.row_dimensions[1].height = 44
    row = UNIT_ROW
    for label, fact in _facts(laid, line):
        put(sheet, row, 1, label, LABEL)
        put(sheet, row, 2, fact, FACT)
        sheet.row_dimensions[row].height = 40 if len(fact) > 36 else 24
        row += 1
    row += 1
    put_across(sheet, row, 1, 2, tr("勾稽校核（随汇总表自动计算）"), LABEL)
    for index, (rule, words) in enumerate(CHECKS):
        row += 1
        name = table.check_cell(0, index)
        put(sheet, row, 1, f"{rule}　{words}", LABEL)
        # The value beside the formula is that of the summary's own check.
        value = formulas.of[SUMMARY][name].value
        formula = Formula(f"='{SUMMARY}'!{name}", value)
        put(sheet, row, 2, formulas.keep(COVER, row, 2, formula), FACT)
        sheet.row_dimensions[row].height = 20
    row += 2
    for text in _notes():
        put_across(sheet, row, 1, 2, text, LINE)
        sheet.row_dimensions[row].height = 34
        row += 1
    put_across(
        sheet,
        row + 1,
        1,
        2,
        tr("负责人签字（盖章）：　　　　　　　　　　　　　年　　月　　日"),
        LINE,
    )
    widths(sheet, (30, 62))
    page(sheet, landscape=False)


def _facts(laid: Laid, line: SummaryLine) -> list[tuple[str, str]]:
    return [
        *cover_facts(laid.head, laid.cases, line.values),
        (tr("个人信息"), _personal(laid.head.unmasked_for)),
        (tr("签名与封存"), _secured(laid)),
    ]


def _secured(laid: Laid) -> str:
    """Whether the package is signed and for whom it is sealed."""
    if laid.seal is None:
        return tr("未开户：脱敏、未签名")
    if not laid.sealed:
        return tr("已签名、未封存")
    words = tr("已签名、已封存给{office}").format(office=laid.seal.name)
    if laid.attachments or laid.held_back:
        words += tr("；内附附件{count}个").format(count=laid.attachments)
    if laid.held_back:
        words += tr("，另有{count}个放不下，随下一份报送").format(count=laid.held_back)
    return words


def _personal(receiver: str) -> str:
    if not receiver:
        return tr("已脱敏：姓名只留姓氏，不含身份证号、电话和住址")
    return tr("含完整个人信息，仅供{receiver}使用，请勿转发").format(receiver=receiver)


def _notes() -> list[str]:
    titles = tr("、").join(sheet.title for sheet in SHEETS)
    return [
        tr("本文件由调解台生成。汇总表的数字由公式从{titles}计算。").format(titles=titles),
        tr("司法所用调解台“报送”页接收本文件即可合并，不必复制粘贴；请原样转交，不要改动表格。"),
    ]
