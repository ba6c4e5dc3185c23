"""The office helps a village that lost its password and its sheet."""

import shutil
from pathlib import Path

from camera import Camera

from mediation_desk.desk.demonstration import office_of
from mediation_desk.store.opening import open_register
from mediation_desk.ui.pages.code_window import CodeWindow
from mediation_desk.ui.pages.help_window import HelpWindow

_NEW = "山茶-2027"


def moving_pages(camera: Camera, home: Path, demo: Path, password: str) -> None:
    """Asking, answering, and opening by the answer."""
    village, office = home / "helped" / "梨子园村", home / "helped" / "司法所"
    shutil.copytree(demo / "梨子园村", village)
    shutil.copytree(office_of(demo), office)
    request, answer = home / "打开申请.txt", home / "解锁文件.txt"
    with camera.window(village) as window:
        window.show_start()
        window.centralWidget().currentWidget().forgot.click()
        camera.take_page(window, "133-forgotten-office-offered")
        window.centralWidget().currentWidget().office.click()
        page = window.centralWidget().currentWidget()
        page.save_file(request)
        camera.take_page(window, "133-ask-office")
        page.go_on()
        page.go_on()
        camera.take_page(window, "133-answer-missing")
    code = _answered(camera, office, request, answer, password)
    with camera.window(village) as window:
        window.show_start()
        window.centralWidget().currentWidget().forgot.click()
        window.centralWidget().currentWidget().office.click()
        page = window.centralWidget().currentWidget()
        page.go_on()
        page.take_file(answer)
        page.code.setText(code)
        camera.take_page(window, "133-answer-taken")
        page.go_on()
        camera.take_page(window, "133-new-password")
        for box in (page.password.new, page.password.again):
            box.show_value(_NEW)
        page.go_on()
        camera.settle(window)
        (offered,) = window.findChildren(CodeWindow)
        camera.take_over(window, offered, "133-opened-by-office")
        offered.reject()
    with camera.window(village) as window:
        window.open_desk(open_register(village, _NEW))
        window.centralWidget().currentWidget().turn_to("settings").part("secrets")
        camera.take_page(window, "133-log-of-the-village")


def _answered(camera: Camera, office: Path, request: Path, answer: Path, password: str) -> str:
    with camera.window(office) as window:
        window.open_desk(open_register(office, password))
        part = window.centralWidget().currentWidget().turn_to("settings").part("secrets")
        camera.take_page(window, "134-office-can-help")
        part.ask_to_renew()
        camera.question(window, "134-another-office-key")
        part.help_village()
        (asked,) = (one for one in window.findChildren(HelpWindow) if one.isVisible())
        camera.take_over(window, asked, "134-help-village")
        asked.take_request(request)
        camera.take_over(window, asked, "134-help-village-asked")
        asked.who.setText("陶素芬，本人到所，核对了身份证")
        asked.answer(asked._asked, answer)
        camera.settle(window)
        camera.take_over(window, asked, "134-help-village-answered")
        code: str = asked.code.text()
        asked.reject()
    return code
