"""Registering: agents, known persons, out of a finding, whether a case may be taken; drafts."""

import json
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial

import pytest
from builders import an_identity_number
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget
from pytestqt.qtbot import QtBot
from ui_tools import keep_a_case, page, press, settle, write

from mediation_desk.desk.clock import today
from mediation_desk.domain.casefile import CaseFile
from mediation_desk.domain.codes import (
    AgentKind,
    CaseStatus,
    Outcome,
    PartyRole,
    RefusalReason,
    Retention,
    Sex,
    Source,
    TerminationReason,
)
from mediation_desk.domain.finding import Find
from mediation_desk.domain.prevention import Finding, Screening
from mediation_desk.domain.record import new_id
from mediation_desk.store.register import Register
from mediation_desk.ui.going import Go
from mediation_desk.ui.window import DeskWindow

Open = Callable[..., DeskWindow]


@pytest.fixture
def disputes(open_window: Open, village: Register) -> QWidget:
    return page(open_window(village), "disputes")


def _box(made: QWidget, name: str) -> QWidget:
    return made.form.boxes[name].editor.inner


def _fill(form: QWidget) -> None:
    for party, name in zip(form.parties, ("秦德珍", "蒋仕文"), strict=True):
        write(_box(party, "name"), name)
    _choose_type(form, "02")
    write(form.dispute.boxes["facts"].editor.inner, "水沟。")


def _choose_type(form: QWidget, code: str) -> None:
    form.dispute.boxes["type"].show_value(code)
    form.dispute.boxes["type"].changed.emit()


def _keep(qtbot: QtBot, disputes: QWidget) -> None:
    form = disputes.form
    form.save()
    qtbot.waitUntil(lambda: disputes.form is not form)


def _meets(above: QWidget, below: QWidget) -> bool:
    """Whether two boxes begin and end in one column."""
    left = above.mapToGlobal(QPoint()).x() == below.mapToGlobal(QPoint()).x()
    return left and above.width() == below.width()


def _only(village: Register) -> CaseFile:
    (line,) = village.page(Find()).rows
    return village.case(line.dispute.id)


# Agents


def test_agents_are_kept_with_their_party(
    qtbot: QtBot, disputes: QWidget, village: Register
) -> None:
    disputes.register()
    form = disputes.form
    _fill(form)
    child = an_identity_number(date(today().year - 9, 5, 4), Sex.MALE)
    write(_box(form.parties[1], "id_number"), child)
    form.parties[1].add_agent.click()
    form.parties[0].add_agent.click()
    (mother,) = form.parties[1].agents.agents
    # A child is represented by law, all others by whom they choose.
    assert mother.form.boxes["kind"].value() is AgentKind.STATUTORY
    below = mother.form.boxes
    pairs = {"name": "name", "id_number": "id_number", "sex": "kind", "phone": "phone"}
    for above, name in pairs.items():
        shown = form.parties[1].form.boxes[above]
        qtbot.waitUntil(partial(_meets, shown, below[name]))
    assert QApplication.focusWidget() is _box(form.parties[0].agents.agents[0], "name")
    write(_box(mother, "name"), "向明芝")
    write(_box(mother, "phone"), "13900000007")
    form.save()
    # An agent without a name is no agent.
    assert disputes.form is form
    form.parties[0].agents.agents[0].remove.click()
    _keep(qtbot, disputes)
    case = _only(village)
    (agent,) = case.agents
    assert (agent.name, agent.party_id) == ("向明芝", case.parties[1].id)
    assert agent.kind is AgentKind.STATUTORY


def test_an_agent_is_changed_and_taken_out_again(
    qtbot: QtBot, disputes: QWidget, village: Register
) -> None:
    disputes.register()
    _fill(disputes.form)
    disputes.form.parties[0].add_agent.click()
    write(_box(disputes.form.parties[0].agents.agents[0], "name"), "艾芳")
    _keep(qtbot, disputes)
    disputes.step("edit")
    (made,) = disputes.form.parties[0].agents.agents
    made.form.boxes["kind"].show_value(AgentKind.STATUTORY)
    made.form.boxes["kind"].changed.emit()
    _keep(qtbot, disputes)
    assert _only(village).agents[0].kind is AgentKind.STATUTORY
    disputes.step("edit")
    disputes.form.parties[0].agents.agents[0].remove.click()
    (asked,) = disputes.form.findChildren(QMessageBox)
    asked.buttons()[0].click()
    _keep(qtbot, disputes)
    assert _only(village).agents == ()
    values = json.loads(village.history("agent", made.agent_id)[-1].values)
    assert values["void_reason"]


def test_the_number_of_an_agent_may_be_typed_with_spaces(
    qtbot: QtBot, disputes: QWidget, village: Register
) -> None:
    disputes.register()
    _fill(disputes.form)
    disputes.form.parties[1].add_agent.click()
    (made,) = disputes.form.parties[1].agents.agents
    number = an_identity_number(date(1962, 8, 17), Sex.FEMALE)
    write(_box(made, "name"), "艾芳")
    write(_box(made, "id_number"), f"{number[:6]} {number[6:14]} {number[14:].lower()}")
    _keep(qtbot, disputes)
    assert _only(village).agents[0].id_number == number


def test_a_wrong_number_of_an_agent_is_told_beside_it(disputes: QWidget) -> None:
    disputes.register()
    _fill(disputes.form)
    disputes.form.parties[1].add_agent.click()
    (made,) = disputes.form.parties[1].agents.agents
    write(_box(made, "name"), "艾芳")
    write(_box(made, "id_number"), "990001196208170999")
    disputes.form.save()
    assert made.form.boxes["id_number"].finding
    assert not disputes.form.parties[1].form.boxes["id_number"].finding


# Parties


def test_the_identity_number_fills_sex_birth_and_age(disputes: QWidget) -> None:
    disputes.register()
    party = disputes.form.parties[0]
    born = date(today().year - 64, 1, 1)
    write(_box(party, "id_number"), an_identity_number(born, Sex.FEMALE))
    assert party.form.boxes["sex"].value() is Sex.FEMALE
    assert party.form.boxes["born_on"].value() == born
    assert "64 岁" in party._age.text()


def test_a_person_known_from_an_earlier_case_is_filled_in(
    qtbot: QtBot, disputes: QWidget, village: Register
) -> None:
    disputes.register()
    _fill(disputes.form)
    number = an_identity_number(date(1962, 8, 17), Sex.FEMALE)
    write(_box(disputes.form.parties[0], "id_number"), number)
    write(_box(disputes.form.parties[0], "phone"), "13900000001")
    _keep(qtbot, disputes)
    disputes.register()
    form = disputes.form
    write(_box(form.parties[1], "name"), "秦德珍")
    known = form.sides.known
    qtbot.waitUntil(lambda: bool(known.found))
    ((who, (person,)),) = known.found.items()
    assert who == form.parties[1].party_id
    known._take(who, person)
    party = form.parties[1].form
    assert party.boxes["id_number"].value() == number
    assert party.boxes["phone"].value() == "13900000001"
    assert party.boxes["sex"].value() is Sex.FEMALE
    assert not form.parties[0].form.boxes["id_number"].value()


def test_a_late_registration_keeps_its_true_day(
    qtbot: QtBot, disputes: QWidget, village: Register
) -> None:
    disputes.register()
    _fill(disputes.form)
    day = today() - timedelta(days=400)
    disputes.form.dispute.boxes["intake_on"].show_value(day)
    _keep(qtbot, disputes)
    case = _only(village)
    assert (case.dispute.intake_on, case.dispute.year) == (day, day.year)
    entered = village.history("dispute", case.dispute.id)[0]
    act = next(act for act in village.acts() if act.number == entered.act)
    assert date.fromisoformat(act.at[:10]) >= today() - timedelta(days=1)


# May we take this case?


def test_what_may_not_be_taken_is_registered_and_refused_with_its_reason(
    qtbot: QtBot, disputes: QWidget, village: Register
) -> None:
    disputes.register()
    form = disputes.form
    _fill(form)
    form.acceptance.turn.click()
    assert form.acceptance.refuse.isHidden()
    form.acceptance._ticks["party"].click()
    assert "人民调解法第十七条" in form.acceptance._advice.text()
    form.acceptance.refuse.click()
    qtbot.waitUntil(lambda: disputes.form is not form)
    refusing = disputes.form
    assert _only(village).dispute.status is CaseStatus.REGISTERED
    assert refusing.dispute.boxes["refusal"].value() is RefusalReason.PARTY
    refusing.dispute.boxes["remedies_told"].show_value(value=True)
    _keep(qtbot, disputes)
    case = _only(village)
    assert case.dispute.outcome is Outcome.NOT_ACCEPTED
    assert case.dispute.refusal is RefusalReason.PARTY
    assert case.dispute.intake_on is None


def test_saving_in_the_usual_way_takes_the_case_in_all_the_same(
    qtbot: QtBot, disputes: QWidget, village: Register
) -> None:
    disputes.register()
    form = disputes.form
    form.acceptance.turn.click()
    form.acceptance._ticks["crime"].click()
    # What is missing keeps the form open; the next save is meant as it says.
    form.acceptance.refuse.click()
    assert disputes.form is form
    _fill(form)
    _keep(qtbot, disputes)
    assert disputes.form is None
    assert _only(village).dispute.status is CaseStatus.ACCEPTED


def test_the_questions_follow_the_type(disputes: QWidget) -> None:
    disputes.register()
    form = disputes.form
    form.acceptance.turn.click()
    assert "title" not in form.acceptance._ticks
    _choose_type(form, "07")
    assert form.acceptance._ticks["title"].isVisibleTo(form)
    form.acceptance._ticks["title"].click()
    assert "可以受理，但要注意" in form.acceptance._chip.text()
    _choose_type(form, "02")
    assert not form.acceptance._ticks["title"].isVisibleTo(form)
    assert form.acceptance._chip.text() == "可以受理"


def test_who_takes_a_registered_case_in_is_asked_the_same(
    qtbot: QtBot, disputes: QWidget, village: Register
) -> None:
    disputes.register()
    _fill(disputes.form)
    _choose_type(disputes.form, "01")
    disputes.form.dispute.boxes["intake_on"].show_value(None)
    _keep(qtbot, disputes)
    assert _only(village).dispute.status is CaseStatus.REGISTERED
    disputes.step("accept")
    asking = disputes.form.acceptance
    asking.turn.click()
    asking._ticks["violence"].click()
    assert asking._ticks["dependent"].isVisibleTo(asking)
    asking._ticks["crime"].click()
    assert asking.refuse.isHidden()
    assert "不予受理" in asking._advice.text()
    disputes.form.dispute.boxes["informed_on"].show_value(today())
    _keep(qtbot, disputes)
    dispute = _only(village).dispute
    assert (dispute.status, dispute.informed_on) == (CaseStatus.ACCEPTED, today())


# Out of a finding


def _finding(village: Register) -> Finding:
    round_ = Screening(id=new_id(), unit_id=village.unit.id, screened_on=today())
    found = Finding(
        id=new_id(),
        unit_id=village.unit.id,
        screening_id=round_.id,
        matter="两家为排水沟争吵。",
        persons="何世明、何世全",
    )
    with village.change(village.person, "排查") as change:
        change.keep(round_)
        change.keep(found)
    return village.get("finding", found.id)


def test_a_finding_becomes_a_dispute_and_knows_it(
    qtbot: QtBot, disputes: QWidget, village: Register
) -> None:
    finding = _finding(village)
    disputes.arrive(Go("disputes", "from_finding", what=finding))
    form = disputes.form
    assert [party.form.boxes["name"].value() for party in form.parties] == ["何世明", "何世全"]
    assert form.dispute.boxes["source"].value() is Source.OWN
    _choose_type(form, "02")
    _keep(qtbot, disputes)
    case = _only(village)
    assert case.dispute.facts == "两家为排水沟争吵。"
    finding = village.get("finding", finding.id)
    assert finding.dispute_id == case.dispute.id
    disputes.arrive(Go("disputes", "from_finding", what=finding))
    assert disputes.form is None
    assert disputes.browse.card.dispute_id == case.dispute.id


# Drafts


def test_what_was_typed_comes_back_with_parties_agents_and_ticks(
    qtbot: QtBot, disputes: QWidget, village: Register
) -> None:
    finding = _finding(village)
    disputes.arrive(Go("disputes", "from_finding", what=finding))
    form = disputes.form
    form.add_third.click()
    write(_box(form.parties[2], "name"), "向明贵")
    form.parties[2].add_agent.click()
    write(_box(form.parties[2].agents.agents[0], "name"), "艾芳")
    form.parties[1].remove.click()
    form.findChildren(QMessageBox)[-1].buttons()[0].click()
    form.dispute.boxes["claim_fen"].editor.typed.setText("约五千")
    form.acceptance._ticks["handled"].click()
    typed = json.loads(json.dumps(form.typed()))
    form.touched = False
    disputes.close_form()
    disputes.register()
    again = disputes.form
    again.retype(typed)
    names = [party.form.boxes["name"].value() for party in again.parties]
    assert names == ["何世明", "向明贵"]
    assert again.parties[1].role.value() is PartyRole.THIRD
    assert again.parties[1].agents.agents[0].form.boxes["name"].value() == "艾芳"
    assert again.dispute.boxes["claim_fen"].editor.typed.text() == "约五千"
    assert again.acceptance.refusal is RefusalReason.HANDLED
    assert again.typed() == typed
    (kept,) = again.further
    assert kept.id == finding.id
    assert kept.dispute_id == again.after().dispute.id


# After the end


def test_what_the_end_wrote_is_corrected_beside_the_rest(
    qtbot: QtBot, disputes: QWidget, village: Register
) -> None:
    case = keep_a_case(village)
    disputes.refresh()
    disputes.browse.show_case(case.dispute.id)
    disputes.step("edit")
    assert "termination" not in disputes.form.dispute.boxes
    disputes.close_form()
    disputes.step("terminate")
    disputes.form.dispute.boxes["termination"].show_value(TerminationReason.NO_AGREEMENT)
    _keep(qtbot, disputes)
    assert _only(village).dispute.outcome is Outcome.FAILED
    disputes.step("edit")
    boxes = disputes.form.dispute.boxes
    assert "retention" not in boxes
    boxes["termination"].show_value(TerminationReason.PARTY)
    boxes["remedies_told"].show_value(value=True)
    _keep(qtbot, disputes)
    dispute = _only(village).dispute
    assert (dispute.outcome, dispute.remedies_told) == (Outcome.TERMINATED, True)
    disputes.step("archive")
    disputes.form.dispute.boxes["retention"].show_value(Retention.SHORT)
    _keep(qtbot, disputes)
    disputes.step("edit")
    disputes.form.dispute.boxes["retention"].show_value(Retention.LONG)
    _keep(qtbot, disputes)
    assert _only(village).dispute.retention is Retention.LONG


# By the keyboard


def test_a_case_is_registered_with_the_keyboard_alone(
    qtbot: QtBot, open_window: Open, village: Register
) -> None:
    window = open_window(village)
    disputes = page(window, "disputes")
    press(qtbot, window, Qt.Key.Key_F)
    disputes.register()
    form = disputes.form
    presses = 0

    def key(which: Qt.Key) -> None:
        nonlocal presses
        presses += 1
        qtbot.keyClick(QApplication.focusWidget(), which)

    def to(target: QWidget, which: Qt.Key = Qt.Key.Key_Return) -> None:
        for _ in range(40):
            if QApplication.focusWidget() is target:
                return
            key(which)
        raise AssertionError(target)

    write(QApplication.focusWidget(), "秦德珍")
    to(_box(form.parties[1], "name"), Qt.Key.Key_Tab)
    write(QApplication.focusWidget(), "蒋仕文")
    to(form.dispute.boxes["type"].editor.box, Qt.Key.Key_Tab)
    # The letters of 邻里 choose it from eighteen types.
    key(Qt.Key.Key_L)
    key(Qt.Key.Key_L)
    assert form.dispute.boxes["type"].value() == "02"
    facts = form.dispute.boxes["facts"].editor.inner
    to(facts)
    write(facts, "水沟。")
    # In a longer text Enter begins a new line.
    key(Qt.Key.Key_Return)
    assert facts.toPlainText() == "水沟。\n"
    press(qtbot, window, Qt.Key.Key_S)
    qtbot.waitUntil(lambda: disputes.form is None)
    settle(qtbot, window)
    assert [party.name for party in _only(village).parties] == ["秦德珍", "蒋仕文"]
    assert presses <= 40


def test_keeping_nothing_new_changes_nothing(
    qtbot: QtBot, disputes: QWidget, village: Register
) -> None:
    case = keep_a_case(village)
    disputes.refresh()
    disputes.browse.show_case(case.dispute.id)
    disputes.step("edit")
    _keep(qtbot, disputes)
    assert village.case(case.dispute.id) == case
