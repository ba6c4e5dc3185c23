"""The claim form (案件补贴申报表) as a workbook: a sheet for each claim, totals as formulas."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import IO

from openpyxl import Workbook
from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.worksheet.worksheet import Worksheet

from mediation_desk.domain.allowance import ReviewResult
from mediation_desk.domain.claim_sheet import ClaimSheet, SheetRow, Total
from mediation_desk.exchange import looks
from mediation_desk.exchange.cells import Kind, height_of, letters, lines_needed
from mediation_desk.exchange.columns import FIRST_ROW
from mediation_desk.exchange.looks import Formula, Look
from mediation_desk.exchange.packing import Formulas, pack
from mediation_desk.exchange.placing import placed
from mediation_desk.exchange.writing import check_sums, headings
from mediation_desk.words import tr

_COLUMNS = (
    (tr("序号"), 5.0, Kind.WHOLE), (tr("案号"), 21.0, Kind.TEXT), (tr("当事人"), 18.0, Kind.LONG),
    (tr("纠纷类型"), 13.0, Kind.TEXT), (tr("等级"), 11.0, Kind.TEXT),
    (tr("调解结果"), 10.0, Kind.TEXT), (tr("协议形式"), 10.0, Kind.TEXT),
    (tr("结案日期"), 12.0, Kind.DAY), (tr("卷宗"), 13.0, Kind.LONG), (tr("调解员"), 9.0, Kind.TEXT),
    (tr("金额(元)"), 11.0, Kind.MONEY), (tr("初审结果"), 9.5, Kind.TEXT),
    (tr("初审意见"), 16.0, Kind.LONG), (tr("签字"), 12.0, Kind.TEXT),
)  # fmt: skip
_HEADS = [head for head, _, _ in _COLUMNS]
_WIDTHS = [width for _, width, _ in _COLUMNS]
_MEDIATOR, _AMOUNT, _RESULT = (
    _HEADS.index(tr(name)) + 1 for name in ("调解员", "金额(元)", "初审结果")
)
_TOTAL = Look(11, bold=True, font=looks.HEI, fill="FFF3F4F6", across="center", wrap=True)
_SUM = Look(11, bold=True, font=looks.HEI, fill="FFF3F4F6", across="right", format="#,##0.00")
_LONGEST_NAME = 28  # a sheet's name has at most 31 characters
_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\'", ""))


@dataclass(frozen=True, slots=True)
class ClaimHead:
    """A claim with the two lines that stand under its title."""

    sheet: ClaimSheet
    under: tuple[str, str]


def write_claims(heads: Sequence[ClaimHead], target: Path) -> Path:
    """Write claims, read them back with our own reader, and move the file into place.

    Several get a sheet in front that adds them up. Raises `DeskError` when the place cannot be
    written.
    """
    book, formulas = Workbook(), Formulas()
    book.properties.creator = tr("调解台")
    book.properties.title = tr("人民调解案件补贴申报表")
    first = book.worksheets[0]
    names = _names(heads)
    sheets = [book.create_sheet(name) for name in names]
    written = [_Form(sheet, head, formulas) for sheet, head in zip(sheets, heads, strict=True)]
    for form in written:
        form.write()
    if len(heads) > 1:
        first.title = tr("汇总")
        _sum_up(first, written, formulas)
    else:
        book.remove(first)

    def write(file: IO[bytes]) -> dict[str, str]:
        return pack(book, {}, formulas, file)

    placed(target, write, check_sums)
    return target


def _names(heads: Sequence[ClaimHead]) -> list[str]:
    """A name for each sheet that no other has."""
    names: list[str] = []
    for head in heads:
        plain = head.sheet.unit.translate(_FORBIDDEN)[:_LONGEST_NAME] or tr("申报表")
        name, number = plain, 1
        while name in names or name == tr("汇总"):
            number += 1
            name = f"{plain}{number}"
        names.append(name)
    return names


class _Form:
    """One claim on its sheet."""

    def __init__(self, sheet: Worksheet, head: ClaimHead, formulas: Formulas) -> None:
        self.sheet, self.head, self._formulas = sheet, head, formulas
        self.rows = head.sheet.rows
        self.last = FIRST_ROW + len(self.rows) - 1

    def write(self) -> None:
        """Heads, rows, totals and the line for signatures."""
        sheet = self.sheet
        headings(sheet, tr("人民调解案件补贴申报表"), self.head.under, _HEADS, _WIDTHS)
        for place, row in enumerate(self.rows, FIRST_ROW):
            self._row(place, row)
        at = self.last + 1
        people = self.head.sheet.by_mediator()
        self._total(at, self.head.sheet.total)
        for total in people if len(people) > 1 else ():
            at += 1
            self._total(at, total, total.name)
        at += 1
        looks.put_across(sheet, at + 1, 1, len(_HEADS), _signatures(), looks.LINE)
        sheet.row_dimensions[at + 1].height = 30
        sheet.freeze_panes = f"C{FIRST_ROW}"
        looks.page(sheet, f"{FIRST_ROW - 1}:{FIRST_ROW - 1}")

    def _row(self, at: int, row: SheetRow) -> None:
        result = "" if row.result is ReviewResult.OPEN else tr(row.result.label)
        values: list[str | float | date] = [
            row.place, row.number, row.parties, row.type_label, row.grade, row.outcome, row.form,
            row.closed_on or "", row.file, row.mediator, row.amount_fen / 100, result, row.reason,
            "",
        ]  # fmt: skip
        for column, (value, (_, _, kind)) in enumerate(zip(values, _COLUMNS, strict=True), 1):
            _put(self.sheet, at, column, value, looks.KINDS[kind])
        lines = max(lines_needed(str(v), w) for v, w in zip(values, _WIDTHS, strict=True))
        # Somebody signs in every row.
        self.sheet.row_dimensions[at].height = max(height_of(lines), 26)

    def _total(self, at: int, total: Total, name: str = "") -> None:
        """The claimed and the granted amount, of all or of the mediator `name`, as formulas."""
        words = tr("{name}小计（{count}件）") if name else tr("合计（{count}件）")
        told = words.format(name=name, count=total.cases)
        looks.put_across(self.sheet, at, 1, _AMOUNT - 1, told, _TOTAL)
        self._sum(at, _AMOUNT, _claimed(self, name), total.amount_fen)
        looks.put(self.sheet, at, _RESULT, tr("其中同意"), _TOTAL)
        self._sum(at, _RESULT + 1, _granted(self, name), total.granted_fen)
        looks.put(self.sheet, at, _RESULT + 2, "", _TOTAL)
        self.sheet.row_dimensions[at].height = 22

    def _sum(self, at: int, column: int, text: str, fen: int) -> None:
        formula = self._formulas.keep(self.sheet.title, at, column, Formula(text, fen / 100))
        looks.put(self.sheet, at, column, formula, _SUM)

    def cells(self, column: int) -> str:
        """The cells of a column over all rows of the claim."""
        return f"${letters(column)}${FIRST_ROW}:${letters(column)}${self.last}"


def _claimed(form: _Form, mediator: str) -> str:
    if not mediator:
        return f"=SUM({form.cells(_AMOUNT)})"
    return f'=SUMIF({form.cells(_MEDIATOR)},"{_quoted(mediator)}",{form.cells(_AMOUNT)})'


def _granted(form: _Form, mediator: str) -> str:
    of = "" if not mediator else f',{form.cells(_MEDIATOR)},"{_quoted(mediator)}"'
    granted = tr(ReviewResult.GRANTED.label)
    return f'=SUMIFS({form.cells(_AMOUNT)},{form.cells(_RESULT)},"{granted}"{of})'


def _quoted(text: str) -> str:
    """A text as a condition that matches nothing but itself."""
    for sign in "~*?":
        text = text.replace(sign, f"~{sign}")
    return text.replace('"', '""')


def _put(sheet: Worksheet, row: int, column: int, value: str | float | date, look: Look) -> None:
    if isinstance(value, date):
        cell = sheet.cell(row, column)
        assert isinstance(cell, SheetCell)
        cell.value = value
        looks.dress(cell, look)
    else:
        looks.put(sheet, row, column, value, look)


def _signatures() -> str:
    blank = "　" * 14
    names = (tr("申报人："), tr("调委会负责人："), tr("司法所初审："), tr("日期："))
    return blank.join(names)


_SUM_HEADS = (
    tr("单位"),
    tr("季度"),
    tr("件数"),
    tr("申报金额(元)"),
    tr("同意金额(元)"),
    tr("情况"),
)
_SUM_WIDTHS = (46.0, 24.0, 9.0, 16.0, 16.0, 14.0)


def _sum_up(sheet: Worksheet, forms: Sequence[_Form], formulas: Formulas) -> None:
    """The sheet that adds the claims of all units up from their own sheets."""
    under = (forms[0].head.sheet.office, tr("金额由各单位的申报表相加而来。"))
    headings(sheet, tr("人民调解案件补贴申报汇总表"), under, _SUM_HEADS, _SUM_WIDTHS)
    for at, form in enumerate(forms, FIRST_ROW):
        told, claim = form.head.sheet.total, form.head.sheet
        quoted = f"'{form.sheet.title}'!"
        looks.put(sheet, at, 1, claim.committee, looks.KINDS[Kind.LONG])
        looks.put(sheet, at, 2, claim.title, looks.KINDS[Kind.TEXT])
        looks.put(sheet, at, 3, told.cases, looks.KINDS[Kind.WHOLE])
        for column, of, fen in ((4, _AMOUNT, told.amount_fen), (5, _RESULT + 1, told.granted_fen)):
            text = f"={quoted}{letters(of)}{form.last + 1}"
            made = formulas.keep(sheet.title, at, column, Formula(text, fen / 100))
            looks.put(sheet, at, column, made, looks.KINDS[Kind.MONEY])
        looks.put(sheet, at, 6, tr(claim.claim.state.label), looks.KINDS[Kind.TEXT])
        sheet.row_dimensions[at].height = 22
    end = FIRST_ROW + len(forms)
    looks.put_across(sheet, end, 1, 2, tr("合计"), _TOTAL)
    totals = [form.head.sheet.total for form in forms]
    sums = (
        (
            3,
            sum(total.cases for total in totals),
            Look(11, bold=True, font=looks.HEI, fill="FFF3F4F6", across="center"),
        ),
        (4, sum(total.amount_fen for total in totals) / 100, _SUM),
        (5, sum(total.granted_fen for total in totals) / 100, _SUM),
    )
    for column, value, look in sums:
        letter = letters(column)
        text = f"=SUM({letter}{FIRST_ROW}:{letter}{end - 1})"
        made = formulas.keep(sheet.title, end, column, Formula(text, value))
        looks.put(sheet, end, column, made, look)
    looks.put(sheet, end, 6, "", _TOTAL)
    looks.page(sheet, f"{FIRST_ROW - 1}:{FIRST_ROW - 1}")
