"""What every page of the rail says before anything was written."""

from pathlib import Path

from camera import Camera

from mediation_desk.desk import ledgers
from mediation_desk.desk.setting_up import create, found_office, found_village
from mediation_desk.domain.codes import Sex, UnitKind
from mediation_desk.ui.going import Go

_PASSWORD = "梨花-2026"


def empty_pages(camera: Camera, home: Path) -> None:
    """A village's desk and an office's, both set up a moment ago."""
    village = found_village(
        "丰都县", "双龙镇", "梨子园村", UnitKind.VILLAGE, "500230124200", "陶素芬", Sex.FEMALE
    )
    office = found_office("丰都县", "双龙镇", "500230124000", "罗晓")
    for founding, place in ((village, "village"), (office, "office")):
        folder = home / f"new-{place}"
        with camera.window(folder) as window:
            window.open_desk(create(folder, founding, _PASSWORD))
            shell = window.centralWidget().currentWidget()
            for name in ("home", "disputes", "works", "statistics", "sending", "organisation"):
                shell.turn_to(name)
                camera.take(window, f"08-new-{place}-{name}")
            if place == "village":
                _ledgers(camera, window, shell)
                shell.turn_to("settings").part("keys")
                camera.take(window, "08-new-settings-keys")


def _ledgers(camera: Camera, window, shell) -> None:
    works = shell.turn_to("works")
    for kind in ledgers.DAYS:
        works.browse.turn_to(kind)
        camera.take(window, f"08-new-works-{kind}")
    works.arrive(Go("works", "screening", "no such record"))
    camera.question(window, "08-new-works-gone")
    shell.turn_to("settings").part("types")
    camera.take(window, "08-new-settings-types")
