"""Setting up, unlocking, and choosing where to practise."""

import json
import shutil
from dataclasses import replace
from pathlib import Path

from camera import Camera

from mediation_desk.domain.drafts import Draft
from mediation_desk.store import keys
from mediation_desk.store.backups import FOLDER
from mediation_desk.store.opening import open_register
from mediation_desk.store.register import FILE
from mediation_desk.ui.pages.practice_choice import PracticeDesks

_TYPED = {
    "county": "丰都县",
    "town": "双龙镇",
    "name": "梨子园村",
    "code": "500230124200",
    "person": "陶素芬",
}


def first_pages(camera: Camera, home: Path, village: Path, password: str) -> None:
    """The pages before a register is open."""
    _founding(camera, home)
    _locked(camera, home, village, password)
    with camera.window(village) as window:
        window.show_start()
        window.centralWidget().currentWidget().practice_wanted.emit()
        camera.take(window, "04-practice-choice")
        window.findChild(PracticeDesks).village.click()
        camera.take(window, "05-practice-waiting", settled=False)
        camera.settle(window)
        camera.take(window, "06-practice")
        settings = window.centralWidget().currentWidget().turn_to("settings")
        settings.part("practice").again.click()
        camera.question(window, "07-practice-again")


def _founding(camera: Camera, home: Path) -> None:
    with camera.window(home / "none") as window:
        window.show_start()
        camera.take(window, "01-first-start")
        page = window.centralWidget().currentWidget()
        for name, text in _TYPED.items():
            page.fields[name].show_value(text)
        for name in ("password", "again"):
            page.fields[name].show_value("1234")
        page.fields["password"].changed.emit()
        page.found()
        camera.take(window, "02-first-start-refused")
        page.office.click()
        page.fields["code"].show_value("50023012")
        page.fields["again"].show_value("梨花")
        page.fields["password"].show_value("梨花-2026")
        page.fields["password"].changed.emit()
        page.found()
        camera.take(window, "02-first-start-wrong")


def _locked(camera: Camera, home: Path, village: Path, password: str) -> None:
    newer, damaged = home / "newer", home / "damaged"
    for copy in (newer, damaged):
        shutil.copytree(village, copy)
    stored = json.loads((newer / keys.FILE).read_text())
    (newer / keys.FILE).write_text(json.dumps(stored | {"format": 99}))
    with open_register(damaged, password) as register:
        register.back_up()
        register.keep_draft(Draft("d", "quick", "", "", "", "{}", "2026-11-20T10:00:00"))
        with register.change(register.person, "改正") as change:
            for dispute in register.all("dispute")[:3]:
                change.keep(replace(dispute, remark="已核对"))
    whole = (damaged / FILE).read_bytes()
    at = len(whole) // 16384 * 3 * 4096
    (damaged / FILE).write_bytes(whole[:at] + bytes(4096) + whole[at + 4096 :])
    lost = home / "lost"
    shutil.copytree(damaged, lost)
    shutil.rmtree(lost / FOLDER)
    for folder, typed, name in (
        (village, "", "03-unlock"),
        (village, "1234", "03-unlock-wrong"),
        (newer, password, "03-unlock-newer"),
        (damaged, password, "03-unlock-damaged"),
        (lost, password, "03-unlock-damaged-without-backup"),
    ):
        with camera.window(folder) as window:
            window.show_start()
            page = window.centralWidget().currentWidget()
            page.password.setText(typed)
            if typed:
                page.unlock()
                camera.settle(window)
            camera.take_page(window, name)
            if folder is lost:
                window.centralWidget().currentWidget().anew.click()
                camera.question(window, "03-begin-anew")
