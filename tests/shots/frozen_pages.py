"""Reports that stand still: the list while it is empty and full, and one that was opened."""

from dataclasses import replace
from pathlib import Path

from camera import Camera

from mediation_desk.desk import duplicates, freezing, frozen
from mediation_desk.desk.clock import today
from mediation_desk.domain.codes import ReportStep
from mediation_desk.domain.periods import half, month, year
from mediation_desk.figures.calibre import Calibre
from mediation_desk.ui import messages
from mediation_desk.ui.pages.statistics import FROZEN, TABLE


def frozen_pages(camera: Camera, home: Path, window, shell) -> None:
    """The third tab of the statistics, in a register that other pages have been shown of."""
    statistics = shell.turn_to("statistics")
    statistics.tabs.setCurrentIndex(FROZEN)
    camera.wait(400)
    camera.take_page(window, "54-frozen-nothing")
    register = window._register
    calibre = _frozen(register)
    _meddled(register, calibre)
    statistics.refresh()
    while len(statistics.frozen._compared) < 3:
        camera.wait(50)
    camera.take_page(window, "54-frozen")
    view = statistics.frozen
    for number, name in enumerate(("sent", "types", "same")):
        view._opened(view.lines.lines.row(number))
        camera.take_page(window, f"54-frozen-{name}")
        view.close_card()
    view._opened(view.lines.lines.row(0))
    for folder, name in ((home, "written"), (home / "no such folder", "not-written")):
        messages.choose_target = lambda *_, folder=folder: folder / "统计表.xlsx"
        view.card.write()
        camera.take(window, f"54-frozen-{name}")
    view.close_card()
    _of_a_day(camera, window, statistics)


def _of_a_day(camera: Camera, window, statistics) -> None:
    """The table of an earlier day, before and after it is told which one."""
    bar = statistics.bar
    statistics.tabs.setCurrentIndex(TABLE)
    bar.moment.show_value(True)
    bar._moment_changed()
    camera.take(window, "54-past-which-day")
    bar.day.show_value(today())
    bar.changed.emit()
    camera.settle(window)
    camera.wait(300)
    camera.take_page(window, "54-past")
    bar.day.show_value(today().replace(year=2020))
    bar.changed.emit()
    camera.take(window, "54-past-refused")
    bar.moment.show_value(False)
    bar._moment_changed()


def _frozen(register) -> Calibre:
    last = today().year - (today().month < 7)
    calibre = Calibre(year(last))
    person = register.person
    for table, of in (("types", Calibre(half(last, 1))), ("ministry", calibre)):
        freezing.freeze(register, table, of, person, today())
    kept = frozen.reports(register)[0]
    freezing.note_use(register, kept.report, ReportStep.SENT, person, today(), "丰都县司法局")
    freezing.freeze(register, "rates", Calibre(month(last, 2)), person, today())
    return calibre


def _meddled(register, calibre: Calibre) -> None:
    """A correction, a case struck out, and two entries found to be one."""
    rows = register.rows_at(register.places_behind(calibre))
    first, second, third, fourth = (row.dispute for row in rows[:4])
    person = register.person
    for dispute, reason, change in (
        (first, "类型登记错了，按司法所核对改正", {"type": "07", "people": 9}),
        (second, "与去年的一件重复登记", {"void_reason": "与去年的一件重复登记"}),
    ):
        with register.change(person, reason) as door:
            door.keep(replace(register.get("dispute", dispute.id), **change))
    duplicates.confirm_same(register, third.id, fourth.id, person, today(), "两个村都登记了")
