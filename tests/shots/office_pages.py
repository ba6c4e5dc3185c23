"""The pages of the judicial office's desk."""

from pathlib import Path

from annual_pages import annual_pages
from camera import Camera
from frozen_pages import frozen_pages
from people_pages import organisation_forms
from returns_pages import returns_at_the_office
from warning_pages import warnings_at_the_office

from mediation_desk.desk import reporting
from mediation_desk.desk.clock import today
from mediation_desk.desk.demonstration import WORKBOOKS, office_of
from mediation_desk.domain.periods import year
from mediation_desk.store.opening import open_register
from mediation_desk.ui.pages.receiving import FILES


def office_pages(camera: Camera, demo: Path, password: str) -> None:
    """What the office sees, and its in-box from empty to undone."""
    office = office_of(demo)
    broken = demo / WORKBOOKS / "回龙场村10月(1).xlsx"
    broken.write_bytes(next((demo / WORKBOOKS).glob("回龙场村*.xlsx")).read_bytes()[:9000])
    with camera.window(office) as window:
        window._demo = True
        window.open_desk(open_register(office, password))
        shell = window.centralWidget().currentWidget()
        camera.take(window, "50-office-workbench")
        disputes = shell.turn_to("disputes")
        camera.take(window, "51-office-disputes")
        browse = disputes.browse
        lines = browse.rows.all_shown()
        theirs = next(n for n, line in enumerate(lines) if "双龙" not in line.number)
        browse.table.selectRow(theirs)
        browse._opened(theirs)
        camera.take(window, "52-office-read-only")
        browse._back()
        _statistics(camera, window, shell)
        shell.turn_to("works")
        camera.take(window, "54-office-works")
        _inbox(camera, window, shell, demo)
        organisation = shell.turn_to("organisation")
        camera.take_page(window, "58-office-organisation")
        organisation_forms(camera, window, organisation, office=True)
        warnings_at_the_office(camera, window, shell)
        returns_at_the_office(camera, window, shell, demo, "梨子园村")
        frozen_pages(camera, demo.parent, window, shell)
        annual_pages(camera, demo.parent, window, shell)


def _statistics(camera: Camera, window, shell) -> None:
    statistics = shell.turn_to("statistics")
    camera.settle(window)
    # What it was a year ago is told a little later.
    camera.wait(300)
    camera.take_page(window, "53-office-statistics")
    bar, card = statistics.bar, statistics.table_card
    for layout in reporting.tables()[1:]:
        bar.table.show_value(layout.id)
        bar.changed.emit()
        camera.take_page(window, f"53-office-statistics-{layout.id}")
    bar.table.show_value("ministry")
    card.view.totals.horizontalScrollBar().setValue(1500)
    bar.picker.kind.show_value(5)
    bar.picker._kind_changed()
    camera.take_page(window, "53-office-statistics-right")
    statistics.tabs.setCurrentIndex(1)
    camera.take_page(window, "53-office-charts")
    statistics.charts.units.setFocus()
    camera.take(window, "53-office-charts-units")
    bar.picker.show_period(year(2001))
    bar.changed.emit()
    camera.take_page(window, "53-office-charts-nothing")
    bar.picker.show_period(year(today().year))
    statistics.tabs.setCurrentIndex(0)
    camera.settle(window)
    card.definition.cases.click()
    camera.take(window, "53-office-behind")


def _inbox(camera: Camera, window, shell, demo: Path) -> None:
    inbox = shell.turn_to("sending").inbox
    camera.take(window, "55-office-inbox-empty")
    inbox.look_at([demo / WORKBOOKS])
    camera.take(window, "55-office-inbox")
    inbox.show_file(next(entry for entry in inbox.files.seen if entry.problems))
    camera.take(window, "55-office-inbox-file")
    inbox.receive_all()
    camera.settle(window)
    inbox.tabs.setCurrentIndex(0)
    camera.take(window, "56-office-received")
    inbox.tabs.setCurrentIndex(2)
    camera.take_page(window, "57-office-history")
    inbox.history.undo_chosen()
    camera.question(window, "57-question")
    inbox.history.take_back(inbox.history._batch())
    camera.settle(window)
    camera.take(window, "57-undone")
    page = shell.turn_to("sending")
    page.tabs.setCurrentIndex(FILES)
    camera.take(window, "57-files")
    files = page.files
    files.tabs.setCurrentIndex(1)
    camera.take(window, "57-files-not-drawn")
    files.drawn.draw_files()
    camera.settle(window)
    files.drawn.draw_files()
    camera.settle(window)
    camera.take(window, "57-files-drawn")
    page.notice.hide()
    files.tabs.setCurrentIndex(2)
    camera.take(window, "57-files-archive")
    page.tabs.setCurrentIndex(0)
