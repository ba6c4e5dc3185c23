"""The recovery code on its way to paper, and the way back by it."""

from pathlib import Path

from camera import Camera

from mediation_desk.desk.clock import now
from mediation_desk.desk.setting_up import create, found_village
from mediation_desk.domain.codes import Sex, UnitKind
from mediation_desk.domain.recovery_code import code_from, groups
from mediation_desk.store import attempts
from mediation_desk.store.opening import open_register
from mediation_desk.ui.pages.code_window import CodeWindow

_PASSWORD = "梨花-2026"


def recovery_pages(camera: Camera, home: Path) -> None:
    """Making a code, forgetting the password, and guessing at it."""
    founding = found_village(
        "丰都县", "双龙镇", "梨子园村", UnitKind.VILLAGE, "500230124200", "陶素芬", Sex.FEMALE
    )
    folder = home / "recovered"
    with camera.window(folder) as window:
        window.open_desk(create(folder, founding, _PASSWORD))
        shell = window.centralWidget().currentWidget()
        camera.take(window, "130-reminded-of-the-code")
        part = shell.turn_to("settings").part("secrets")
        camera.take_page(window, "130-no-code")
    with camera.window(folder) as window:
        window.show_start()
        window.centralWidget().currentWidget().forgot.click()
        camera.take_page(window, "130-forgotten-without-a-code")
    with camera.window(folder) as window:
        window.open_desk(open_register(folder, _PASSWORD))
        part = window.centralWidget().currentWidget().turn_to("settings").part("secrets")
        _made(camera, window, part)
        for box in (part.pair.new, part.pair.again):
            box.show_value("山茶-2027")
        part.old.show_value("不对的密码")
        part.change()
        camera.take_page(window, "131-password-wrong")
        part.old.show_value(_PASSWORD)
        for box in (part.pair.new, part.pair.again):
            box.show_value("山茶-2027")
        part.pair.new.changed.emit()
        part.change()
        camera.take_page(window, "131-password-changed")
        window.lock()
        locked = window.centralWidget().currentWidget()
        locked.password.setText("1234")
        locked.unlock()
        camera.take(window, "131-locked-wrong")
    _forgotten(camera, folder)


def _made(camera: Camera, window, part) -> None:
    part.make_code()
    (asked,) = window.findChildren(CodeWindow)
    camera.take_over(window, asked, "130-code")
    asked.ask_for_pdf()
    camera.question(window, "130-code-as-file")
    asked.take_copied()
    camera.settle(window)
    camera.take_over(window, asked, "130-code-in-use")
    asked.reject()
    camera.wait()
    part.make_code()
    (asked,) = (one for one in window.findChildren(CodeWindow) if one.isVisible())
    camera.take_over(window, asked, "130-code-again")
    asked.reject()


def _forgotten(camera: Camera, folder: Path) -> None:
    for _ in range(attempts.FREE - 1):
        attempts.count_wrong(folder, now())
    with camera.window(folder) as window:
        window.show_start()
        unlock = window.centralWidget().currentWidget()
        unlock.password.setText("1234")
        unlock.unlock()
        camera.take(window, "132-must-wait")
        unlock.forgot.click()
        page = window.centralWidget().currentWidget()
        camera.take_page(window, "132-forgotten")
        # A code of another sheet: right in itself, but for one character.
        parts = groups(code_from(range(27)))
        for field, text in zip(page.code.fields, parts, strict=True):
            field.setText(text)
        page.code.fields[4].setText(parts[4][:3] + "X")
        page.go_on()
        camera.take_page(window, "132-forgotten-slip")
        page.code.fields[4].setText(parts[4])
        page.go_on()
        camera.take_page(window, "132-forgotten-new-password")
        page.go_on()
        camera.take_page(window, "132-forgotten-password-missing")
        for box in (page.password.new, page.password.again):
            box.show_value("山茶-2027")
        page.password.new.changed.emit()
        page.go_on()
        camera.take_page(window, "132-forgotten-other-sheet")
