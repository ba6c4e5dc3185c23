"""Backups: which there are, the one on a stick, going back to one, and one that fails."""

import shutil
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from camera import Camera

from mediation_desk.desk import second_medium
from mediation_desk.desk.clock import now
from mediation_desk.desk.second_medium import Medium
from mediation_desk.domain.problems import DeskError
from mediation_desk.store.backups import Why
from mediation_desk.store.opening import open_register


def backup_pages(camera: Camera, home: Path, village: Path, password: str) -> None:
    """What the settings tell of backups and what is asked about them; the last locks the window."""
    stick = home / "U盘"
    stick.mkdir()
    with camera.window(village) as window:
        register = open_register(village, password)
        for why in (Why.IMPORT, Why.WORKING, Why.CLOSING):
            backup = register.back_up(why)
        with register.change(register.person, "改正") as change:
            for dispute in register.all("dispute")[:3]:
                change.keep(replace(dispute, remark="已核对"))
        second_medium._note(register, Medium(stick, now() - timedelta(days=9)))
        window.open_desk(register)
        camera.take_page(window, "65-workbench-asks-for-a-stick")
        settings = window.centralWidget().currentWidget().turn_to("settings")
        part = settings.part("backup")
        camera.wait(400)
        camera.take(window, "65-backups")
        part.medium.copy.click()
        camera.settle(window)
        camera.wait(400)
        camera.take_page(window, "65-backups-on-a-stick")
        part.drill.try_now()
        camera.settle(window)
        camera.take_page(window, "65-drill")
        part.check_whole()
        camera.settle(window)
        camera.take(window, "65-checked")
        lines = part.list.lines.all_shown()
        part.list.opened.emit(next(line for line in lines if line.what.folder == backup))
        camera.question(window, "65-backup-restore")
        window._not_backed_up(
            DeskError("备份没有写成：磁盘已满或文件夹不能写入。请清理磁盘后再试。")
        )
        camera.question(window, "65-not-backed-up")
        window.restore(backup)
        camera.question(window, "65-restored")
    _told_at_the_door(camera, home, village, password)


def _told_at_the_door(camera: Camera, home: Path, village: Path, password: str) -> None:
    """A register that was not closed, on a disk nearly full, and one in the folder of a cloud."""
    died, cloud = home / "died", home / "OneDrive" / "register"
    with open_register(village, password) as register:
        shutil.copytree(village, died)
    shutil.copytree(village, cloud)
    with camera.window(died) as window:
        register = open_register(died, password)
        register.keep_settings(replace(register.settings, disk_megabytes=100_000_000))
        window.open_desk(register)
        camera.take(window, "65-not-closed-and-nearly-full")
    with camera.window(cloud) as window:
        window.show_start()
        page = window.centralWidget().currentWidget()
        page.password.setText(password)
        page.unlock()
        camera.question(window, "65-in-a-cloud")
        window._move_in(password)
        camera.question(window, "65-moved-in")
    with camera.window(cloud) as window:
        window.show_start()
        # There is one already where it would have to go.
        window._move_in(password)
        camera.question(window, "65-not-moved-in")
