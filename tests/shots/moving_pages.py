"""The office helps a village that lost its password; a register moves to another computer."""

import shutil
from pathlib import Path

from camera import Camera

from mediation_desk.desk import moving
from mediation_desk.desk.demonstration import office_of
from mediation_desk.store.opening import open_register
from mediation_desk.ui.pages.code_window import CodeWindow
from mediation_desk.ui.pages.help_window import HelpWindow
from mediation_desk.ui.pages.paper_window import PaperWindow

_NEW, _SECRET = "山茶-2027", "转移-4711"


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


def _list(camera: Camera, window, part) -> None:
    part.receiver.show_value("李有田")
    part.witness.show_value("罗晓")
    part.list.click()
    (shown,) = part.findChildren(PaperWindow)
    camera.settle(window)
    camera.wait()
    camera.settle(window)
    camera.take_over(window, shown, "136-hand-over-list")
    shown.close()
    camera.wait()


def another_computer_pages(camera: Camera, home: Path, demo: Path, password: str) -> None:
    """A register on its way to another computer, merged, handed over, and wiped."""
    village, laptop = home / "two" / "旧电脑", home / "two" / "新电脑"
    shutil.copytree(demo / "梨子园村", village)
    file, back = home / "梨子园村转移文件.transfer", home / "带回来.transfer"
    with camera.window(laptop) as window:
        window.show_start()
        camera.take(window, "135-first-start")
        window.centralWidget().currentWidget().transfer.click()
        camera.take_page(window, "135-settle")
    with open_register(village, password) as register:
        moving.make(register, file, _SECRET, "彭维阶")
    with camera.window(laptop) as window:
        window.show_start()
        window.centralWidget().currentWidget().transfer.click()
        page = window.centralWidget().currentWidget()
        page.take_file(file)
        page.secret.show_value("不对的密码")
        for box in (page.password.new, page.password.again):
            box.show_value(_NEW)
        page.take()
        camera.settle(window)
        camera.take_page(window, "135-settle-wrong-password")
        page.secret.show_value(_SECRET)
        page.take()
        camera.settle(window)
        camera.question(window, "135-settled")
    with open_register(laptop, _NEW) as register:
        moving.make(register, back, _SECRET, "彭维阶")
    with camera.window(village) as window:
        window.open_desk(open_register(village, password))
        part = window.centralWidget().currentWidget().turn_to("settings").part("moving")
        camera.take_page(window, "136-another-computer")
        for box in (part.pair.new, part.pair.again):
            box.show_value(_SECRET)
        part.write(home / "再做一份.transfer")
        camera.settle(window)
        camera.take_page(window, "136-transfer-made")
        part.take_file(back)
        part.secret.show_value(_SECRET)
        part.look_into()
        camera.settle(window)
        camera.question(window, "136-merge-asked")
        part.merge()
        camera.settle(window)
        camera.take_page(window, "136-merged")
        _list(camera, window, part)
        part.wipe.code.show_value("0000 0000 0000")
        part.wipe.password.show_value(password)
        part.wipe.check()
        camera.settle(window)
        camera.take_page(window, "136-not-wiped")
        last = home / "最后.transfer"
        for box in (part.pair.new, part.pair.again):
            box.show_value(_SECRET)
        part.write(last)
        camera.settle(window)
        taken = moving.settle(home / "two" / "第三台", last, _SECRET, _NEW)
        taken.register.close()
        part.wipe.code.show_value(taken.receipt)
        part.wipe.check()
        camera.settle(window)
        camera.question(window, "136-wipe-asked")
        window.wipe((taken.receipt, password))
        camera.take(window, "136-wiping", settled=False)
        camera.settle(window)
        camera.question(window, "136-wiped")
