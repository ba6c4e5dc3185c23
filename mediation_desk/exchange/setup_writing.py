"""The set-up file as a workbook: one sheet that says what to do with it, the rest for programs."""

from pathlib import Path
from typing import IO

from openpyxl import Workbook

from mediation_desk.exchange import looks
from mediation_desk.exchange.columns import EXACT
from mediation_desk.exchange.looks import FACT, LABEL, LINE, TITLE, put, put_across
from mediation_desk.exchange.packing import Formulas, pack
from mediation_desk.exchange.placing import placed
from mediation_desk.exchange.sealing import DeskKey
from mediation_desk.exchange.setup_file import SetUp, encoded
from mediation_desk.exchange.writing import check_sums, exact_sheet
from mediation_desk.words import tr

SHEET = tr("开户文件")


def write_setup_file(setup: SetUp, key: DeskKey, target: Path) -> Path:
    """Write the file, read it back with our own reader, and move it into place.

    Raises `DeskError` when the place cannot be written.
    """
    book = Workbook()
    book.properties.creator = tr("调解台")
    book.properties.title = tr("{unit}开户文件").format(unit=setup.unit.name)
    sheet = book.worksheets[0]
    sheet.title = SHEET
    put_across(sheet, 1, 1, 2, tr("调解台开户文件"), TITLE)
    sheet.row_dimensions[1].height = 44
    row = 3
    for label, fact in _facts(setup):
        put(sheet, row, 1, label, LABEL)
        put(sheet, row, 2, fact, FACT)
        sheet.row_dimensions[row].height = 30
        row += 1
    for text in _notes(setup):
        row += 1
        put_across(sheet, row, 1, 2, text, LINE)
        sheet.row_dimensions[row].height = 34
    looks.widths(sheet, (26, 62))
    looks.page(sheet, landscape=False)
    streams = {EXACT: exact_sheet(book, encoded(setup, key))}

    def write(file: IO[bytes]) -> dict[str, str]:
        return pack(book, streams, Formulas(), file)

    placed(target, write, check_sums)
    return target


def _facts(setup: SetUp) -> list[tuple[str, str]]:
    return [
        (tr("开户单位"), setup.unit.name),
        (tr("人民调解委员会"), setup.unit.committee),
        (tr("统计代码"), setup.unit.code),
        (tr("司法所"), setup.office_name),
        (tr("司法所核对码"), setup.fingerprint),
        (tr("制作人"), setup.made_by),
        (tr("制作日期"), setup.made_on.isoformat()),
        (tr("本地纠纷类型"), tr("{count}种").format(count=len(setup.types))),
        (tr("以案定补标准"), tr("{count}个等级").format(count=len(setup.grades))),
    ]


def _notes(setup: SetUp) -> list[str]:
    return [
        tr("{unit}的调解台第一次启动时选择本文件，或以后在“报送”页打开它，即可开户。").format(
            unit=setup.unit.name
        ),
        tr("打开时请与{office}打电话核对“司法所核对码”，两边念出的数字应当完全一样。").format(
            office=setup.office_name
        ),
        tr("本文件只给这一个单位用，用一次；请当面交付，不要转发。换电脑时请司法所另做一份。"),
    ]
