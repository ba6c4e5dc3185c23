"""The office's side of the round trip: what is asked, what goes back, who is set up."""

from collections import Counter
from dataclasses import replace
from pathlib import Path

from camera import Camera
from round_trip_scene import stir

from mediation_desk.desk.counted_once import same_cases
from mediation_desk.desk.demonstration import WORKBOOKS, office_of
from mediation_desk.domain.codes import ProposalSort
from mediation_desk.store.opening import open_register
from mediation_desk.ui import messages
from mediation_desk.ui.pages.inbox_view import _COVERAGE, _QUALITY
from mediation_desk.ui.pages.receiving import ENROLMENT, INBOX, QUESTIONS, RETURNS


def round_trip_pages(camera: Camera, demo: Path, password: str) -> None:
    """Receive what the scene holds, answer some of it, and set a village up anew."""
    stir(demo, password)
    office = office_of(demo)
    with camera.window(office) as window:
        window._demo = True
        window.open_desk(open_register(office, password))
        shell = window.centralWidget().currentWidget()
        page = shell.turn_to("sending")
        _inbox(camera, window, page, demo)
        _questions(camera, window, page)
        _provenance(camera, window, shell)
        page = shell.turn_to("sending")
        _way_back(camera, window, page, demo)
        _enrolment(camera, window, page, demo)


def _inbox(camera: Camera, window, page, demo: Path) -> None:
    page.inbox.look_at([demo / WORKBOOKS])
    camera.take(window, "90-inbox-questions")
    edited = next(seen for seen in page.inbox.files.seen if "尖山子" in seen.path.name)
    page.inbox.show_file(edited)
    camera.take(window, "90-inbox-edited-file")
    _ledger(camera, window, page)
    page.inbox.receive_all()
    camera.take(window, "90-inbox-received")


def _ledger(camera: Camera, window, page) -> None:
    inbox = page.inbox
    kept = next(seen for seen in inbox.files.seen if "台账" in seen.path.name)
    inbox.show_file(kept)
    camera.take_through(window, inbox.window_of_file, "96-ledger")
    for box in inbox.file.ledger.boxes:
        if box.question.options and not box.answer():
            box.editor.show_value(box.question.options[0].answer)
    inbox.file.ledger.read.click()
    camera.take(window, "96-ledger-answered")


def _questions(camera: Camera, window, page) -> None:
    view = page.questions
    page.tabs.setCurrentIndex(QUESTIONS)
    camera.take(window, "91-questions")
    taken: Counter[str] = Counter()
    for number, asked in enumerate(view.rows.all_shown()):
        view.table.selectRow(number)
        view._opened(number)
        name = f"{asked.proposal.sort.name.lower()}-{asked.proposal.field_name}".rstrip("-")
        name += "-waiting" if asked.rows else ""
        taken[name] += 1
        name += f"-no{taken[name]}" if taken[name] > 1 else ""
        camera.take(window, f"92-question-{name}")
    lines = view.rows.all_shown()
    both = next(n for n, asked in enumerate(lines) if asked.proposal.sort is ProposalSort.CONFLICT)
    view.table.selectRow(both)
    view.choose_case()
    camera.take(window, "93-questions-of-a-case")
    view.take.click()
    camera.take(window, "93-questions-taken")
    view.fold.click()
    camera.take(window, "94-questions-decided")
    view.decided.undo.click()
    camera.take(window, "94-questions-turned-back")
    _set_apart(camera, window, view)


def _set_apart(camera: Camera, window, view) -> None:
    """Two entries found to be one, on which something was built since."""
    lines = view.rows.all_shown()
    view.table.selectRow(next(n for n, asked in enumerate(lines) if asked.pair is not None))
    view.take.click()
    camera.settle(window)
    (same,) = same_cases(window._register)
    with window._register.change("罗晓", "写明理由") as change:
        change.keep(replace(same.record, reason="两个村都登记了"))
    view.fold.click()
    view.decided.refresh()
    while not view.decided.apart.isVisible():
        camera.wait(50)
    camera.take(window, "94-questions-apart")
    view.fold.click()


def _provenance(camera: Camera, window, shell) -> None:
    """A number of the merged table opens its cases, each with its file and row."""
    statistics = shell.turn_to("statistics")
    camera.settle(window)
    statistics.table_card.definition.cases.click()
    disputes = shell.turn_to("disputes")
    camera.wait(600)
    camera.take(window, "99-provenance")
    lines = disputes.browse.rows.all_shown()
    theirs = next(n for n, line in enumerate(lines) if "双龙" not in line.number)
    disputes.browse.table.selectRow(theirs)
    disputes.browse._opened(theirs)
    camera.wait(600)
    camera.take(window, "99-provenance-of-a-case")
    disputes.browse._back()


def _findings(camera: Camera, window, covered) -> None:
    """A summary that does not add up, before and after it is accepted with a remark."""
    register, due = window._register, covered._months[-2]
    unit = covered.rows.row(1).unit
    package = next(
        entry
        for entry in register.all("package", received=1, unit_id=unit.id)
        if entry.period_from == due.first
    )
    found = (
        "汇总表!B9：[R1] 梨子园村：调解案件总数为7，各类纠纷合计（第20至37列）为6，两者应相等。",
        "汇总表!D9：[R6] 梨子园村：调解成功为6，两种协议形式合计（第38、39列）为5，两者应相等。",
    )
    with register.change(register.person, "记下问题") as change:
        change.keep(replace(package, findings="\n".join(found)))
    covered.refresh()
    camera.take_page(window, "97-coverage-findings")
    covered.accepting.accept.click()
    camera.take_page(window, "97-coverage-no-remark")
    covered.accepting.remark.show_value("原件如此，已与村里核实")
    covered.accepting.accept.click()
    camera.take(window, "97-coverage-accepted")


def _way_back(camera: Camera, window, page, demo: Path) -> None:
    page.tabs.setCurrentIndex(INBOX)
    page.inbox.tabs.setCurrentIndex(0)
    page.inbox.coverage.table.selectRow(1)
    camera.take(window, "97-coverage")
    page.inbox.coverage.copy.click()
    camera.take(window, "97-coverage-copied")
    _findings(camera, window, page.inbox.coverage)
    page.inbox.tabs.setCurrentIndex(_QUALITY)
    camera.take(window, "97-quality")
    page.inbox.quality.lines.opened.emit(page.inbox.quality.lines.lines.row(3))
    camera.take(window, "97-quality-of-one")
    page.inbox.tabs.setCurrentIndex(_COVERAGE)
    view = page.returns
    page.tabs.setCurrentIndex(RETURNS)
    while not view.villages.list.lines.rowCount():
        camera.wait(50)
    camera.take(window, "98-way-back")
    messages.choose_folder = lambda *_: demo
    view.make_all.click()
    camera.settle(window)
    view.tabs.setCurrentIndex(1)
    camera.wait(500)
    camera.take(window, "98-way-back-made")


def _enrolment(camera: Camera, window, page, demo: Path) -> None:
    view = page.enrolment
    page.tabs.setCurrentIndex(ENROLMENT)
    camera.take(window, "95-enrolment")
    view.make.click()
    camera.question(window, "95-enrolment-anew")
    messages.choose_folder = lambda *_: demo
    view._choose_and_write(view.rows.row(0))
    camera.take(window, "95-enrolment-made")
