"""What is asked before something is lost, and what is told when something cannot be done."""

from dataclasses import replace

from camera import Camera
from filling import fill
from PySide6.QtWidgets import QApplication

from mediation_desk.desk import recording
from mediation_desk.desk.clock import today
from mediation_desk.desk.crash_report import report_of
from mediation_desk.domain.codes import Outcome
from mediation_desk.domain.drafts import Draft
from mediation_desk.domain.problems import DeskError
from mediation_desk.ui.crash import CrashHook
from mediation_desk.ui.crash_window import CrashWindow
from mediation_desk.ui.going import Go
from mediation_desk.ui.lost_draft import draft_stays
from mediation_desk.ui.pages.browse import Behind
from mediation_desk.ui.pages.history_page import HistoryPage

_WORDS = "秦德珍称雨水又倒灌一次，蒋仕文答应月底前清沟。"


def question_pages(camera: Camera, window, shell) -> None:
    """The questions of a village's desk, each over the page that asks it."""
    disputes = shell.turn_to("disputes")
    lines = disputes.browse.rows.all_shown()
    under_way = next(line for line in lines if line.dispute.outcome is None)
    settled = next(line for line in lines if line.dispute.outcome is Outcome.SETTLED)
    cases = (window._register.case(line.dispute.id) for line in lines)
    _removing(camera, window, disputes, next(case for case in cases if _owed(case)))
    _leaving(camera, window, shell, disputes, under_way.dispute.id)
    _drafts(camera, window, shell, disputes, under_way.dispute.id)
    _history(camera, window, disputes, settled.dispute.id)
    _refusals(camera, window, shell, disputes)


def _owed(case) -> list[str]:
    """The parties of a case who have promised something."""
    return [promise.party_id for promise in case.promises if promise.party_id]


def _removing(camera: Camera, window, disputes, case) -> None:
    disputes.browse.show_case(case.dispute.id)
    disputes.step("edit")
    sides = disputes.form.sides
    sides.remove(_owed(case)[0])
    camera.question(window, "30-party-owing")
    sides.remove(next(party.id for party in case.parties if party.id not in _owed(case)))
    camera.question(window, "30-remove-party")
    sides.forms[0].agents.add()
    agent = sides.forms[0].agents.agents[-1]
    agent.form.boxes["name"].put_back("秦小川")
    agent._remove()
    camera.question(window, "30-remove-agent")
    disputes.form._throw_away()
    camera.wait()
    disputes.step("agreement")
    fill(disputes.form)
    promises = disputes.form.sides
    promises.remove(promises.forms[-1].promise_id)
    camera.question(window, "30-remove-promise")
    disputes.form._throw_away()
    camera.wait()


def _leaving(camera: Camera, window, shell, disputes, dispute_id: str) -> None:
    disputes.browse.show_case(dispute_id)
    disputes.step("session")
    fill(disputes.form)
    disputes.form.leave()
    camera.question(window, "31-leave-draft")
    disputes.show_behind(Behind("本月新收", lambda: ()))
    camera.question(window, "31-behind-while-writing")
    disputes.arrive(Go("disputes", "quick"))
    camera.question(window, "31-go-while-writing")
    disputes.form._throw_away()
    camera.wait()
    disputes.step("session")
    # A form without a name keeps no draft to come back to.
    disputes.form.place = ""
    fill(disputes.form)
    disputes.form.leave()
    camera.question(window, "31-leave")
    window.close()
    camera.question(window, "31-close-while-writing")
    window.lock()
    camera.take(window, "31-locked-while-writing")
    window.locking._uncover()
    disputes.form.touched = False
    disputes.close_form()


def _drafts(camera: Camera, window, shell, disputes, dispute_id: str) -> None:
    register = window._register
    disputes.browse.show_case(dispute_id)
    disputes.step("session")
    disputes.form.session.boxes["narrative"].put_back(_WORDS)
    disputes.form._leave_draft()
    camera.wait(400)
    shell.turn_to("home")
    camera.take_page(window, "32-drafts-listed")
    shell.turn_to("disputes")
    disputes.browse.show_case(dispute_id)
    disputes.browse.card.tabs.setCurrentIndex(0)
    camera.take(window, "32-draft-in-the-course")
    draft = next(draft for draft in register.drafts() if draft.about == dispute_id)
    shell.go(Go("disputes", "draft", dispute_id, draft))
    camera.take(window, "32-draft-taken-up")
    disputes.close_form()
    case = register.case(dispute_id)
    moved = replace(case, dispute=replace(case.dispute, place="三组晒坝"))
    recording.keep_case(register, case, moved, register.person, "补地点", today())
    shell.go(Go("disputes", "draft", dispute_id, draft))
    camera.take(window, "32-draft-changed-meanwhile")
    disputes.form._throw_away()
    camera.wait(300)
    text = f'{{"typed":{{"a":{{"b":"{_WORDS}"}}}},"began":{{}},"base":{{}}}}'
    title = "记一次调解 · 秦德珍、蒋仕文"
    lost = Draft("lost", "session", "gone", title, "经过", text, f"{today()}T10:00:00")
    disputes._show_lost(lost)
    camera.question(window, "32-draft-lost")
    draft_stays(disputes, DeskError("登记簿正被别的程序占用。请稍等片刻再试。"))
    camera.question(window, "32-draft-stays")


def _history(camera: Camera, window, disputes, dispute_id: str) -> None:
    register = window._register
    case = register.case(dispute_id)
    told = replace(case, dispute=replace(case.dispute, requests="疏通水沟，赔偿灶房损失。"))
    recording.keep_case(register, case, told, register.person, "补写诉求", today())
    disputes.browse.show_case(dispute_id)
    disputes.step("history")
    camera.wait(300)
    camera.take(window, "33-history")
    page = disputes.history
    versions = [version for act in page._acts for version in act]
    earlier = next(one for one in versions if one.kind == "dispute" and not one.latest)
    page._ask(earlier)
    camera.question(window, "33-restore")
    page._restore(earlier)
    camera.settle(window)
    camera.wait(300)
    camera.take(window, "33-restored")
    _not_restored(camera, window, page, versions)
    disputes.close_form()


def _not_restored(camera: Camera, window, page: HistoryPage, versions) -> None:
    """A version that no longer fits the file, taken as the page takes it."""
    settled = page._workplace.register.case(page._case.dispute.id)
    void = replace(settled.dispute, void_reason="登记错了")
    with page._workplace.register.change(page._workplace.actor, "作废") as change:
        change.keep(void)
    page._ask(next(one for one in versions if one.kind == "session"))
    camera.question(window, "33-not-restored")


def _refusals(camera: Camera, window, shell, disputes) -> None:
    """What a desk is told that has no committee of its own to register for."""
    register = window._register
    own = register.setting("committee")
    register.set("committee", "")
    disputes.register()
    camera.question(window, "34-no-committee")
    disputes.quick()
    camera.question(window, "34-no-committee-quick")
    works = shell.turn_to("works")
    works.begin("screening")
    camera.question(window, "34-no-committee-works")
    register.set("committee", own)
    shell.turn_to("disputes")


def last_questions(camera: Camera, window) -> None:
    """What is told of faults, after which the desk is left."""
    window._practice_failed(DeskError("练习用的登记簿正被别的程序占用，没有重来。请关闭后再试。"))
    camera.question(window, "35-practice-failed")
    window.activateWindow()
    QApplication.setActiveWindow(window)
    CrashHook(QApplication.instance())._say(DeskError("登记簿正被另一个窗口占用。请稍后再试。"))
    camera.question(window, "35-said-by-nobody")
    shown = CrashWindow(report_of(LookupError("no dispute is shown")), window)
    shown.open()
    camera.wait()
    camera.take_over(window, shown, "35-crash")
    shown.close()
    QApplication.processEvents()
