"""The annual report's draft, and printed tables: none yet, and one that does not add up."""

from pathlib import Path

import openpyxl
from camera import Camera

from mediation_desk.desk import paper_totals
from mediation_desk.ui.pages.statistics import ANNUAL, PAPER


def annual_pages(camera: Camera, home: Path, window, shell) -> None:
    """The last two tabs of the office's statistics."""
    statistics = shell.turn_to("statistics")
    statistics.tabs.setCurrentIndex(ANNUAL)
    while statistics.annual.paper is None:
        camera.wait(50)
    camera.take_page(window, "54-annual")
    statistics.tabs.setCurrentIndex(PAPER)
    camera.take_page(window, "54-paper-nothing")
    statistics.paper.look_at(_filled(home / "历史数据.xlsx"))
    while statistics.paper._seen is None:
        camera.wait(50)
    camera.take_page(window, "54-paper-asked")
    statistics.paper.remark.show_value("原件如此，未列的类别没有单独公布")
    statistics.paper.keep.click()
    camera.take_page(window, "54-paper-kept")
    view = statistics.paper
    view._ask_to_strike(view.lines.lines.row(0))
    camera.question(window, "54-paper-strike")


def _filled(path: Path) -> Path:
    paper_totals.blank("organisation", path)
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    for column, value in ((2, "2020年度通报"), (5, "2020-01-01"), (8, "2020-11-30")):
        sheet.cell(2, column).value = value
    for column, value in enumerate(("全市", 1127, 972, 49, 81, 6, 2, 1), 1):
        sheet.cell(6, column).value = value
    book.save(path)
    return path
