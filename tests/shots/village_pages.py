"""The pages of a village's desk."""

from pathlib import Path

from backup_pages import backup_pages
from camera import Camera
from cases import registered, under_way
from clock_pages import wrong_clock
from form_pages import form_pages
from list_pages import list_pages
from people_pages import busy, organisation_forms, settings_pages
from question_pages import last_questions, question_pages
from scan_pages import scan_pages
from works_pages import works_pages

from mediation_desk.store.opening import open_register
from mediation_desk.ui import messages
from mediation_desk.ui.pages.sending import FILES


def village_pages(camera: Camera, home: Path, village: Path, password: str) -> None:
    """Every page of the rail with its tabs, as a village mediator sees it."""
    with camera.window(village) as window:
        register = open_register(village, password)
        registered(register)
        under_way(register)
        window.open_desk(register)
        shell = window.centralWidget().currentWidget()
        camera.take_page(window, "10-workbench")
        _disputes(camera, window, shell)
        works_pages(camera, window, shell)
        _figures(camera, home, window, shell)
        organisation = shell.turn_to("organisation")
        camera.take_page(window, "60-organisation")
        organisation_forms(camera, window, organisation, office=False)
        settings_pages(camera, window, shell)
        busy(camera, window, shell)
    with camera.window(village) as window:
        window.open_desk(open_register(village, password))
        shell = window.centralWidget().currentWidget()
        form_pages(camera, window, shell)
        scan_pages(camera, home, window, shell.turn_to("disputes"))
        question_pages(camera, window, shell)
        list_pages(camera, home, window, shell)
        wrong_clock(camera, window, shell)
        last_questions(camera, window)
    backup_pages(camera, home, village, password)


def _disputes(camera: Camera, window, shell) -> None:
    disputes = shell.turn_to("disputes")
    camera.take(window, "11-disputes")
    browse = disputes.browse
    row = max(
        range(len(browse.rows.all_shown())),
        key=lambda number: _richness(window, browse.rows.row(number).dispute.id),
    )
    browse.table.selectRow(row)
    browse._opened(row)
    for number in range(browse.card.tabs.count()):
        browse.card.tabs.setCurrentIndex(number)
        camera.take(window, f"12-tab-{number}")
    browse.card.tabs.setCurrentIndex(0)
    browse._back()
    browse.search.setText(browse.rows.row(0).applicants[:2])
    camera.wait(900)
    camera.take(window, "13-search")
    browse.search.setText("没有这样的纠纷")
    camera.wait(400)
    camera.take(window, "14-nothing-found")
    browse.search.clear()
    camera.wait(400)


def _richness(window, dispute_id: str) -> int:
    """How many records hang on a dispute: the fullest file shows most."""
    return sum(1 for _ in window._register.case(dispute_id).records())


def _figures(camera: Camera, home: Path, window, shell) -> None:
    """The statistic and the month's package, made and refused."""
    statistics = shell.turn_to("statistics")
    camera.take_page(window, "16-statistics")
    statistics.tabs.setCurrentIndex(1)
    camera.take_page(window, "16-charts")
    statistics.tabs.setCurrentIndex(0)
    camera.settle(window)
    for folder, name in ((home, "written"), (home / "no such folder", "not-written")):
        messages.choose_target = lambda *_, folder=folder: folder / "统计表.xlsx"
        statistics.write()
        camera.take(window, f"16-statistics-{name}")
    sending = shell.turn_to("sending").send_view
    camera.take_page(window, "17-sending")
    sending.place.ask_for_a_folder()
    sending.masked.setChecked(False)
    sending.choose_and_send()
    camera.take(window, "17-sending-in-full")
    sending.masked.setChecked(True)
    messages.choose_folder = lambda *_: home / "no such folder"
    sending.choose_and_send()
    camera.take(window, "18-not-sent")
    messages.choose_folder = lambda *_: home
    sending.choose_and_send()
    camera.take(window, "18-sent")
    page = shell.turn_to("sending")
    page.tabs.setCurrentIndex(FILES)
    camera.take(window, "18-files")
    page.files.tabs.setCurrentIndex(2)
    page.files.archive.choose_place()
    camera.take(window, "18-files-archive")
    page.files.archive.receiver.show_value("镇档案室")
    page.files.archive.write_into(home)
    camera.take(window, "18-files-archived")
    page.notice.hide()
    page.tabs.setCurrentIndex(0)
