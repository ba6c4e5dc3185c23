"""A case given back: the office writes it, the village takes it and puts it right."""

from pathlib import Path

from camera import Camera

from mediation_desk.store.opening import open_register
from mediation_desk.ui import messages
from mediation_desk.ui.pages.dispute_forms import MEND, RETURN
from mediation_desk.ui.pages.receiving import RETURNS

_WORDS = ("协议缺盖章日期，请补上；第二次调解没有写参加人。", "当事人住址没有填，请补上。")


def returns_at_the_office(camera: Camera, window, shell, target: Path, unit_name: str) -> None:
    """Write what a village is to put right, and make the file for it."""
    disputes = shell.turn_to("disputes")
    lines = disputes.browse.rows.all_shown()
    theirs = [line for line in lines if line.unit_name == unit_name]
    for number, line in enumerate(theirs[: len(_WORDS)]):
        disputes.browse.show_case(line.dispute.id)
        disputes.step(RETURN)
        camera.wait()
        if number == 0:
            disputes.form.save()
            camera.take(window, "70-return-wrong")
        disputes.form.entry.boxes["words"].put_back(_WORDS[number])
        if number == 0:
            camera.wait(700)
            camera.take(window, "70-return")
        disputes.form.save()
        camera.settle(window)
    camera.take(window, "70-returned-at-the-office")
    inbox = shell.turn_to("sending")
    inbox.tabs.setCurrentIndex(RETURNS)
    camera.take_page(window, "71-returns")
    messages.choose_folder = lambda *_: target
    while not inbox.returns.make_all.isEnabled():
        camera.wait(50)
    inbox.returns.make_all.click()
    camera.settle(window)
    camera.take(window, "71-returns-written")


def returns_in_the_village(camera: Camera, village: Path, target: Path, password: str) -> None:
    """Take the office's file, and say that a case is put right."""
    with camera.window(village) as window:
        window.open_desk(open_register(village, password))
        shell = window.centralWidget().currentWidget()
        sending = shell.turn_to("sending")
        (path,) = target.glob(f"{village.name}回件*.xlsx")
        sending.back.look_at(path)
        camera.take(window, "72-returns-look")
        sending.back.take_seen()
        camera.settle(window)
        camera.take(window, "72-returns-taken")
        shell.turn_to("home")
        camera.take_page(window, "72-returns-workbench")
        disputes = shell.turn_to("disputes")
        entry = window._register.all("return")[0]
        disputes.browse.show_case(entry.dispute_id)
        camera.take(window, "72-returned")
        disputes.step(f"{MEND}:{entry.id}")
        disputes.form.entry.boxes["answer"].put_back("已补盖章日期，原件在卷宗第6页。")
        camera.take(window, "73-mend")
        disputes.form.save()
        camera.settle(window)
        camera.take(window, "73-mended")
