"""The pages of a village's desk."""

from pathlib import Path

from camera import Camera

from mediation_desk.desk import ledgers
from mediation_desk.store.opening import open_register
from mediation_desk.ui import messages


def village_pages(camera: Camera, home: Path, village: Path, password: str) -> None:
    """Every page of the rail with its tabs, as a village mediator sees it."""
    with camera.window(village) as window:
        window.open_desk(open_register(village, password))
        shell = window.centralWidget().currentWidget()
        camera.take(window, "10-workbench")
        _disputes(camera, window, shell)
        _works(camera, window, shell)
        shell.turn_to("statistics")
        camera.take(window, "16-statistics")
        sending = shell.turn_to("sending")
        camera.take(window, "17-sending")
        messages.choose_folder = lambda *_: home
        sending.choose_and_send()
        camera.take(window, "18-sent")
        shell.turn_to("organisation")
        camera.take(window, "60-organisation")
        settings = shell.turn_to("settings")
        for number in range(settings.tabs.count()):
            settings.tabs.setCurrentIndex(number)
            camera.take(window, f"61-settings-{number}")
        shell.show_guide()
        camera.take(window, "62-guide")


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


def _works(camera: Camera, window, shell) -> None:
    works = shell.turn_to("works")
    for number, kind in enumerate(ledgers.DAYS):
        works.browse.turn_to(kind)
        camera.take(window, f"40-works-{number}-{kind}")
        works.begin(kind)
        camera.take(window, f"41-works-{number}-{kind}-form")
        works.close_form()
