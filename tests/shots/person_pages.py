"""A desk that several share: who works, who only reads, and what the log tells."""

from pathlib import Path

from camera import Camera
from PySide6.QtWidgets import QPushButton

from mediation_desk.desk.setting_up import create, found_office
from mediation_desk.store.opening import open_register
from mediation_desk.ui.pages.who import WhoWindow

_PASSWORD = "梨花-2026"
_CLERK, _OTHER, _READER = "罗晓", "向红", "周明远"


def person_pages(camera: Camera, home: Path) -> None:
    """Persons are added, one is chosen, another goes on, and one only reads."""
    folder = home / "shared"
    with camera.window(folder) as window:
        window.open_desk(
            create(folder, found_office("丰都县", "双龙镇", "500230124000", _CLERK), _PASSWORD)
        )
        part = window.centralWidget().currentWidget().turn_to("settings").part("persons")
        camera.take_page(window, "133-one-person")
        part.add_button.click()
        part.name.editor.inner.setText(_OTHER)
        part.add_button.click()
        part.name.editor.inner.setText(_READER)
        part.add_reader.click()
        camera.take_page(window, "133-persons")
        leaves = [one for one in part.findChildren(QPushButton) if one.text() == "不再在这里办理"]
        leaves[0].click()
        camera.question(window, "133-no-longer-here")
        shell = window.centralWidget().currentWidget()
        shell.person_wanted.emit()
        (asked,) = window.findChildren(WhoWindow)
        camera.take_over(window, asked, "133-another-person")
        asked.reject()
        log = shell.turn_to("settings").part("log")
        camera.take_page(window, "133-log")
        log.verify()
        camera.settle(window)
        camera.take(window, "133-log-checked")
    with camera.window(folder) as window:
        window.open_desk(open_register(folder, _PASSWORD))
        camera.take(window, "134-who")
        who = window.centralWidget().currentWidget()
        next(one for one in who.people.buttons if _READER in one.text()).click()
        camera.settle(window)
        shell = window.centralWidget().currentWidget()
        camera.take(window, "134-reading")
        shell.turn_to("disputes").register()
        camera.question(window, "134-reader-registers")
        shell.turn_to("settings").part("limits")
        camera.take(window, "134-reader-settings")
