"""No page of the office shows a number that nobody asked for: not of a case, nor what came in."""

import re
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from test_ui_ledgers_by_hand import HEADS, ROW, kept_by_hand
from test_ui_masked_walk import NUMBERS, PHONES, in_sight
from test_ui_questions import sent, taken_in
from ui_tools import keep_a_case, page, settle

from mediation_desk.desk import duplicates, enrolling
from mediation_desk.desk.clock import today
from mediation_desk.domain.casefile import CaseFile
from mediation_desk.domain.codes import ProposalSort, ProposalState, UnitKind
from mediation_desk.domain.periods import month_of
from mediation_desk.domain.record import new_id
from mediation_desk.domain.round_trip import Proposal
from mediation_desk.store.register import Register
from mediation_desk.ui.pages import case_tabs
from mediation_desk.ui.pages.questions_view import QuestionsView
from mediation_desk.ui.pages.receiving import QUESTIONS
from mediation_desk.ui.shell import PAGES
from mediation_desk.ui.window import DeskWindow

Open = Callable[..., DeskWindow]


def _check(window: DeskWindow, where: str) -> None:
    # What differs between two values is marked in the middle of a number.
    told = [re.sub("<[^>]*>", "", words) for words in in_sight(window)]
    shown = {words for words in told for number in (*NUMBERS, *PHONES) if number in words}
    assert not shown, where


@pytest.fixture
def case(village: Register, office: Register, tmp_path: Path) -> CaseFile:
    """A case that the office has in full; a phone was changed on both sides, an address too."""
    own = village.unit
    unit = enrolling.new_unit(office, own.code, own.name, own.committee, own.kind)
    made = enrolling.make_setup_file(office, unit, tmp_path / "setup.xlsx", "罗晓", today())
    enrolling.open_setup_file(village, made.path, village.person, today())
    kept = keep_a_case(village, days_ago=0)
    first, second = kept.parties
    with village.change(village.person, "号码") as change:
        change.keep(replace(first, id_number=NUMBERS[0], phone=PHONES[0]))
        change.keep(replace(second, id_number=NUMBERS[1], phone=PHONES[0]))
    taken_in(office, sent(village, tmp_path))
    for register, phone in ((village, PHONES[1]), (office, PHONES[2])):
        with register.change(register.person, "补正") as change:
            change.keep(replace(register.get("party", first.id), phone=phone))
    taken_in(office, sent(village, tmp_path))
    return kept


@pytest.fixture
def twin(office: Register, case: CaseFile) -> None:
    """The same dispute as another village has it."""
    unit = enrolling.new_unit(office, "500230124201", "尖山子村", "", UnitKind.VILLAGE)
    held = office.case(case.dispute.id)
    assert held is not None
    theirs = replace(held.dispute, id=new_id(), revision=0, unit_id=unit.id, mediator_ids=())
    with office.change("罗晓", "接收") as change:
        change.keep(unit)
        change.keep(theirs)
        for party in held.parties:
            change.keep(replace(party, id=new_id(), dispute_id=theirs.id, revision=0))
    assert duplicates.look_through(office, month_of(today()), "罗晓") == 1


@pytest.fixture
def typed(office: Register, case: CaseFile) -> None:
    """What people typed into sheets: no value of its field, or of a record that is not here."""
    first, _ = case.parties
    told = (
        (first.id, "phone", f"{PHONES[3]}或{PHONES[0]}"),
        (first.id, "id_number", NUMBERS[2]),
        (new_id(), "phone", PHONES[3]),
        (new_id(), "address", f"电话{PHONES[3]}，找{NUMBERS[2]}"),
    )
    with office.change("罗晓", "接收") as change:
        for about, name, text in told:
            change.keep(
                Proposal(
                    id=new_id(),
                    unit_id=case.dispute.unit_id,
                    sort=ProposalSort.EDIT,
                    state=ProposalState.OPEN,
                    dispute_id=case.dispute.id,
                    about_kind="party",
                    about_id=about,
                    field_name=name,
                    base=PHONES[0],
                    ours=PHONES[1],
                    theirs=text,
                    file_name="补报.xlsx",
                )
            )


@pytest.fixture
def ledger(tmp_path: Path, office: Register) -> Path:
    """A ledger kept by hand with numbers in cells that are not for them."""
    heads = (*HEADS, "申请人身份证号", "联系电话", "备注")
    row = list(ROW)
    row[1] = "十月廿"
    row[3] = f"秦德珍（{PHONES[3]}）"
    rows = [
        (*row, NUMBERS[2], PHONES[3], f"来电{PHONES[0]}"),
        (*ROW, f"{NUMBERS[2]}X", f"{PHONES[3]}00", NUMBERS[0]),
    ]
    assert office.units()
    return kept_by_hand(tmp_path, rows, heads)


def _chosen(view: QuestionsView, number: int) -> bool:
    """Whether a line of the questions is chosen, after choosing it if it is not."""
    if [entry.proposal.id for entry in view.chosen] != [view.rows.row(number).proposal.id]:
        view.table.selectRow(number)
        return False
    return True


@pytest.mark.usefixtures("twin", "typed")
def test_walking_through_all_pages_of_the_office_shows_no_number(
    qtbot: QtBot, open_window: Open, office: Register, case: CaseFile
) -> None:
    window = open_window(office)
    for entry in PAGES:
        turned = page(window, entry.name)
        tabs = getattr(turned, "tabs", None)
        for number in range(tabs.count() if tabs is not None else 1):
            if tabs is not None:
                tabs.setCurrentIndex(number)
            settle(qtbot, window)
            _check(window, f"{entry.name} {number}")
    receiving_page = page(window, "sending")
    receiving_page.tabs.setCurrentIndex(QUESTIONS)
    view = receiving_page.questions
    qtbot.waitUntil(lambda: view.count == 6)
    for number in range(view.count):
        # What the list was read from before may still come in and choose another line.
        qtbot.waitUntil(partial(_chosen, view, number))
        settle(qtbot, window)
        _check(window, f"question {number}")
    view.table.selectAll()
    _check(window, "all questions")
    for field in ("id_number", ""):
        names = [asked.proposal.field_name for asked in view.rows.all_shown()]
        view.table.selectRow(names.index(field))
        count = view.count
        view.keep.click()
        settle(qtbot, window)
        qtbot.waitUntil(lambda count=count: view.count < count)
    view.fold.click()
    qtbot.waitUntil(lambda: len(view.decided.rows.all_shown()) == 2)
    _check(window, "decided")
    disputes = page(window, "disputes")
    disputes.browse.show_case(case.dispute.id)
    for number in range(case_tabs.PAPERS + 1):
        disputes.browse.card.tabs.setCurrentIndex(number)
        settle(qtbot, window)
        _check(window, f"file {number}")


def test_what_came_in_shows_no_number_before_nor_after_it_is_received(
    qtbot: QtBot,
    open_window: Open,
    office: Register,
    village: Register,
    case: CaseFile,
    ledger: Path,
    tmp_path: Path,
) -> None:
    window = open_window(office)
    inbox = page(window, "sending").inbox
    inbox.look_at([ledger, sent(village, tmp_path)])
    settle(qtbot, window)
    for seen in inbox.files.seen:
        inbox.show_file(seen)
        settle(qtbot, window)
        _check(window, seen.path.name)
    inbox.show_file(next(seen for seen in inbox.files.seen if seen.ledger is not None))
    for _round in range(3):
        for box in inbox.file.ledger.boxes:
            if box.question.options:
                box.editor.show_value(box.question.options[0].answer)
        inbox.file.ledger.read.click()
        settle(qtbot, window)
        _check(window, "answered")
    inbox.receive_all()
    settle(qtbot, window)
    _check(window, "received")
    view = page(window, "sending").questions
    page(window, "sending").tabs.setCurrentIndex(QUESTIONS)
    settle(qtbot, window)
    for number in range(view.count):
        view.table.selectRow(number)
        settle(qtbot, window)
        _check(window, f"parked {number}")
    assert office.case(case.dispute.id)
