"""Allowance per case: the table, the claim of a village, the review, typing cases in again."""

import shutil
from dataclasses import replace
from pathlib import Path

from camera import Camera

from mediation_desk.desk import claiming
from mediation_desk.desk.clock import today
from mediation_desk.desk.demonstration import office_of
from mediation_desk.domain.allowance import ReviewResult, quarter_before, quarter_of
from mediation_desk.domain.problems import DeskError
from mediation_desk.store.opening import open_register
from mediation_desk.store.register import Register
from mediation_desk.ui import messages
from mediation_desk.ui.going import Go


def allowance_pages(camera: Camera, home: Path, demo: Path, password: str) -> None:
    """Both desks, on copies, so that other pictures find no claim."""
    copy = home / "allowance"
    shutil.copytree(demo, copy)
    with camera.window(copy / "梨子园村") as window:
        register = open_register(copy / "梨子园村", password)
        window.open_desk(register)
        _village(camera, home, window, register)
    office = office_of(copy)
    with camera.window(office) as window:
        register = open_register(office, password)
        _claimed(register)
        window.open_desk(register)
        _office(camera, window)


def _wait(camera: Camera, window) -> None:
    """Claims are read beside other work."""
    camera.settle(window)
    while window.jobs._beside:
        camera.wait(20)
    camera.wait()


def _act(camera: Camera, window, view, name: str) -> None:
    view.bar.buttons[name].click()
    _wait(camera, window)


def _village(camera: Camera, home: Path, window, register: Register) -> None:
    shell = window.centralWidget().currentWidget()
    table = claiming.grades(register)
    _strike(register, table, "没有")
    shell.go(Go("sending", "allowance"))
    view = shell.turn_to("sending").allowance
    _wait(camera, window)
    camera.take_page(window, "110-allowance-no-table")
    part = shell.turn_to("settings").part("allowance")
    camera.take(window, "110-allowance-settings-none")
    _strike(register, register.all("allowance_grade"), "")
    part.refresh()
    camera.take(window, "110-allowance-settings")
    shell.go(Go("sending", "allowance"))
    _wait(camera, window)
    camera.take_page(window, "111-allowance-not-claimed")
    view.tabs.setCurrentIndex(1)
    camera.take_page(window, "111-allowance-left-out")
    view.tabs.setCurrentIndex(0)
    _act(camera, window, view, "make")
    camera.take_page(window, "112-allowance-draft")
    view.card.tabs.setCurrentIndex(1)
    camera.take_page(window, "112-allowance-entry")
    view.card.entry.buttons()[0].click()
    view.card.entry.done.click()
    _wait(camera, window)
    camera.take(window, "112-allowance-entered")
    view.card.tabs.setCurrentIndex(0)
    _act(camera, window, view, "discard")
    camera.question(window, "112-question-discard")
    _act(camera, window, view, "out")
    view.out.masked.setChecked(False)
    camera.take_page(window, "113-allowance-out")
    view.out.receiver.editor.put_back("区司法局")
    messages.choose_target = lambda *_: home / "申报表.xlsx"
    view.out.choose_and_export()
    _wait(camera, window)
    camera.take(window, "113-allowance-exported")
    _act(camera, window, view, "claim")
    camera.take_page(window, "114-allowance-claimed")


def _strike(register: Register, grades, why: str) -> None:
    with register.change(register.person, "图") as change:
        for grade in grades:
            change.keep(replace(grade, void_reason=why))


def _claimed(register: Register) -> None:
    """Some villages have claimed."""
    year, number = quarter_before(*quarter_of(today()))
    for unit in claiming.claimants(register)[:5]:
        try:
            claim = claiming.make_claim(register, unit.id, year, number, "罗晓", today())
            claiming.claim_it(register, claim.id, "罗晓", today())
        except DeskError:
            # A village in which nothing was closed.
            continue


def _office(camera: Camera, window) -> None:
    shell = window.centralWidget().currentWidget()
    part = shell.turn_to("settings").part("allowance")
    part._opened(1)
    camera.take_page(window, "115-allowance-grade")
    part.form._throw_away()
    camera.wait(200)
    shell.go(Go("sending", "allowance"))
    view = shell.turn_to("sending").allowance
    _wait(camera, window)
    camera.take_page(window, "116-allowance-review")
    view.tabs.setCurrentIndex(3)
    camera.take_page(window, "116-allowance-units")
    view.tabs.setCurrentIndex(0)
    case = view.cases.row(0)
    view._review(case.first.dispute_id, ReviewResult.RETURNED, "缺回访记录，请补上。")
    _wait(camera, window)
    _act(camera, window, view, "grant")
    camera.take_page(window, "117-allowance-granted")
    for name in ("report", "pay"):
        _act(camera, window, view, name)
    camera.take_page(window, "118-allowance-paid")
    _act(camera, window, view, "history")
    camera.question(window, "118-told-history")
