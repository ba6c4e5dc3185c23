"""The page of the short ledgers, used as a mediator uses it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from builders import a_unit
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from ui_tools import keep_a_case, page, press, settle, write

from mediation_desk.desk import ledgers
from mediation_desk.desk.clock import today
from mediation_desk.domain.codes import LegalAidState, PublicityKind, Source, UnitKind
from mediation_desk.domain.drafts import Draft
from mediation_desk.domain.handling import MediationSession
from mediation_desk.domain.organisation import Adviser
from mediation_desk.domain.periods import year
from mediation_desk.domain.prevention import Finding, Screening
from mediation_desk.domain.record import new_id
from mediation_desk.store.register import Register
from mediation_desk.ui.going import Go
from mediation_desk.ui.pages.works import WorksPage
from mediation_desk.ui.pages.works_kinds import LEDGERS
from mediation_desk.ui.pages.works_views import GoButton
from mediation_desk.ui.theme import Tone
from mediation_desk.ui.widgets import Chip
from mediation_desk.ui.window import DeskWindow

WHO = "陶素芬"
Opened = Callable[..., DeskWindow]


def entries(register: Register, kind: str) -> list:
    return ledgers.entries(register, kind, year(today().year))


def kept(register: Register, kind: str, *others, **changes):
    record = replace(ledgers.blank(register, kind, today(), WHO), **changes)
    return ledgers.keep(register, (), (record, *others), WHO, "登记", today())[0]


def works(qtbot: QtBot, window: DeskWindow) -> WorksPage:
    turned = page(window, "works")
    assert isinstance(turned, WorksPage)

    def active() -> bool:
        # Without a screen a window must be asked more than once to take the keyboard.
        window.activateWindow()
        return window.isActiveWindow()

    qtbot.waitUntil(active)
    return turned


def writing() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def tab(qtbot: QtBot, times: int = 1) -> None:
    for _ in range(times):
        qtbot.keyClick(writing(), Qt.Key.Key_Tab)


def alt(qtbot: QtBot, window: DeskWindow, key: Qt.Key) -> None:
    qtbot.keyClick(window, key, Qt.KeyboardModifier.AltModifier)


def saved(qtbot: QtBot, window: DeskWindow, shown: WorksPage) -> None:
    press(qtbot, window, Qt.Key.Key_S)
    qtbot.waitUntil(lambda: shown.form is None)
    settle(qtbot, window)


def said(qtbot: QtBot, widget: QWidget) -> str:
    # New buttons come to be seen with the next turn of the event loop.
    qtbot.wait(20)
    return " ".join(entry.text() for entry in widget.findChildren(QPushButton) if entry.isVisible())


def test_a_round_with_two_findings_by_keyboard_one_becomes_a_dispute(
    qtbot: QtBot, village: Register, open_window: Opened
) -> None:
    window = open_window(village)
    shown = works(qtbot, window)
    gone: list[Go] = []
    shown.going.disconnect()
    shown.going.connect(gone.append)
    press(qtbot, window, Qt.Key.Key_N)
    qtbot.waitUntil(lambda: shown.form is not None)
    form = shown.form
    # The cursor stands on the day, which is offered; Tab goes on as the form is read.
    tab(qtbot)
    write(writing(), "3组、4组")
    tab(qtbot, 2)
    assert form.main.boxes["found"].isAncestorOf(writing())
    tab(qtbot)
    writing().selectAll()
    write(writing(), "1")
    tab(qtbot)
    write(writing(), "走访三十户。")
    for matter, persons in (("两家为水沟争吵", "秦德珍、蒋仕文"), ("鸡进了菜园", "向明贵")):
        listed = len(form.findings)
        alt(qtbot, window, Qt.Key.Key_1)
        qtbot.waitUntil(lambda listed=listed: len(form.findings) > listed)
        qtbot.waitUntil(lambda: form.findings[-1].isAncestorOf(QApplication.focusWidget()))
        write(writing(), matter)
        tab(qtbot)
        write(writing(), persons)
    assert form.main.boxes["found"].value() == 2
    saved(qtbot, window, shown)
    [held] = entries(village, "screening")
    assert (held.area, held.screeners, held.found, held.prevented) == ("3组、4组", WHO, 2, 1)
    assert held.note == "走访三十户。"
    findings = ledgers.findings_of(village, [held.id])
    assert {finding.persons for finding in findings} == {"秦德珍、蒋仕文", "向明贵"}
    assert shown.browse.chosen == held
    # From the card one finding goes on to become a dispute.
    turn = [
        entry for entry in shown.browse.card.findChildren(QPushButton) if "转为纠纷" in entry.text()
    ]
    assert len(turn) == 2
    turn[0].setFocus()
    qtbot.keyClick(turn[0], Qt.Key.Key_Space)
    assert [(go.page, go.verb) for go in gone] == [("disputes", "from_finding")]
    assert gone[0].what in findings


def test_a_finding_is_saved_and_turned_in_one_go(
    qtbot: QtBot, village: Register, open_window: Opened
) -> None:
    window = open_window(village)
    shown = works(qtbot, window)
    shown.going.disconnect()
    shown.begin("screening")
    form = shown.form
    form.main.boxes["area"].show_value("5组")
    form.add_finding.click()
    [finding] = form.findings
    with qtbot.assertNotEmitted(shown.going):
        # Without its matter the round is refused, and nothing is handed on later by mistake.
        finding.turn.click()
    assert form.turning == ""
    finding.form.boxes["matter"].editor.typed.setPlainText("两家为水沟争吵")
    with qtbot.waitSignal(shown.going) as told:
        finding.turn.click()
    assert isinstance(told.args[0].what, Finding)
    assert told.args[0].what.revision == 1
    settle(qtbot, window)


def test_a_finding_that_is_a_dispute_leads_to_it(
    qtbot: QtBot, village: Register, open_window: Opened
) -> None:
    case = keep_a_case(village)
    blank = ledgers.blank(village, "screening", today(), WHO)
    finding = Finding(
        id=new_id(),
        unit_id=blank.unit_id,
        screening_id=blank.id,
        matter="两家为水沟争吵",
        dispute_id=case.dispute.id,
    )
    ledgers.keep(village, (), (replace(blank, area="3组", found=1), finding), WHO, "登记", today())
    window = open_window(village)
    shown = works(qtbot, window)
    shown.going.disconnect()
    assert "转为纠纷" not in said(qtbot, shown.browse.card)
    look = next(
        entry for entry in shown.browse.card.findChildren(QPushButton) if "看纠纷" in entry.text()
    )
    with qtbot.waitSignal(shown.going) as told:
        look.click()
    assert told.args == [Go("disputes", "show", case.dispute.id)]
    shown.act("edit")
    [row] = shown.form.findings
    assert not row.remove.isVisibleTo(row)
    shown.close_form()
    settle(qtbot, window)


def test_what_is_wrong_stands_beside_its_field(
    qtbot: QtBot, village: Register, open_window: Opened
) -> None:
    window = open_window(village)
    shown = works(qtbot, window)
    shown.begin("screening")
    form = shown.form
    form.main.boxes["area"].show_value("3组")
    form.add_finding.click()
    form.findings[0].form.boxes["matter"].editor.typed.setPlainText("两家为水沟争吵")
    form.main.boxes["found"].editor.typed.setText("0")
    form.main.boxes["screened_on"].show_value(today() + timedelta(days=1))
    form.save()
    assert "晚于今天" in form.main.boxes["screened_on"].finding
    assert "多于发现纠纷" in form.main.boxes["found"].finding
    assert entries(village, "screening") == []
    form.touched = False
    shown.close_form()


@pytest.mark.parametrize(
    ("kind", "typed", "expected"),
    [
        (
            "publicity",
            {"topic": "民法典进农家", "form": "院坝会", "audience": "46"},
            {"topic": "民法典进农家", "form": "院坝会", "audience": 46},
        ),
        ("prevention", {"persons": "3", "reason": "劝住了"}, {"persons": 3, "reason": "劝住了"}),
        (
            "legal_aid",
            {"applicant": "秦德珍", "matter": "讨要赡养费"},
            {"applicant": "秦德珍", "state": LegalAidState.HELPING},
        ),
        ("consultation", {"person": "蒋仕文", "matter": "界石"}, {"person": "蒋仕文"}),
    ],
)
def test_each_ledger_is_written_and_shown(
    kind: str,
    typed: dict,
    expected: dict,
    qtbot: QtBot,
    village: Register,
    open_window: Opened,
) -> None:
    window = open_window(village)
    shown = works(qtbot, window)
    shown.arrive(Go("works", kind))
    form = shown.form
    for name, text in typed.items():
        form.main.boxes[name].editor.setFocus()
        writing().selectAll()
        write(writing(), text)
    saved(qtbot, window, shown)
    [record] = entries(village, kind)
    assert {name: getattr(record, name) for name in expected} == expected
    assert shown.browse.ledger.kind == kind
    assert shown.browse.chosen == record


def test_a_record_is_corrected_and_voided_with_a_reason(
    qtbot: QtBot, village: Register, open_window: Opened
) -> None:
    record = kept(village, "publicity", topic="民法典", audience=40)
    window = open_window(village)
    shown = works(qtbot, window)
    shown.arrive(Go("works", "publicity", record.id))
    assert "受众 40 人次" in shown.browse.bar.month.text()
    shown.act("edit")
    shown.form.main.boxes["audience"].editor.typed.setText("45")
    saved(qtbot, window, shown)
    assert village.get("publicity", record.id).audience == 45
    assert "受众 45 人次" in shown.browse.bar.month.text()
    shown.act("void")
    shown.form.save()
    assert shown.form.why.finding == "请写明原因。"
    write(writing(), "登记重复")
    saved(qtbot, window, shown)
    assert village.get("publicity", record.id).void_reason == "登记重复"
    assert "受众 0 人次" in shown.browse.bar.month.text()
    assert said(qtbot, shown.browse.card).split() == ["修改记录", "(&L)"]


def test_legal_aid_goes_on_from_its_card(
    qtbot: QtBot, village: Register, open_window: Opened
) -> None:
    record = kept(village, "legal_aid", applicant="秦德珍", body="县法律援助中心")
    window = open_window(village)
    shown = works(qtbot, window)
    shown.arrive(Go("works", "legal_aid", record.id))
    next_step = next(
        entry for entry in shown.browse.card.findChildren(QPushButton) if "已提交" in entry.text()
    )
    next_step.click()
    boxes = shown.form.main.boxes
    assert (boxes["applied_on"].value(), boxes["answer_due_on"].value()) == (
        today(),
        today() + timedelta(days=village.settings.legal_aid_days),
    )
    assert not boxes["answered_on"].isVisible()
    saved(qtbot, window, shown)
    assert village.get("legal_aid", record.id).state is LegalAidState.APPLIED
    model = shown.browse.list.table.model()
    line = [model.index(0, column).data() for column in range(4)]
    assert line[3] == f"已提交申请 · 还有 {village.settings.legal_aid_days} 天"


def test_who_asked_is_told_apart_and_a_training_is_no_warning(village: Register) -> None:
    by_kind = {ledger.kind: ledger for ledger in LEDGERS}
    asked = ledgers.blank(village, "consultation", today(), WHO)
    assert by_kind["consultation"].title(replace(asked, person="蒋仕文")) == "蒋仕文咨询"
    assert by_kind["consultation"].title(asked) == "法律咨询"
    training = replace(
        ledgers.blank(village, "publicity", today(), WHO), kind=PublicityKind.TRAINING
    )
    assert by_kind["publicity"].state(training) == ("业务培训", Tone.NEUTRAL)


def test_search_and_year_narrow_the_list(
    qtbot: QtBot, village: Register, open_window: Opened
) -> None:
    old = today().replace(month=1, day=5) - timedelta(days=200)
    kept(village, "screening", area="1组", screened_on=old)
    kept(village, "screening", area="2组")
    kept(village, "screening", area="3组", screeners="冉光明")
    window = open_window(village)
    browse = works(qtbot, window).browse
    assert sorted(entry.area for entry in browse.list.shown) == ["2组", "3组"]
    browse.bar.search.setText("冉光明")
    qtbot.waitUntil(lambda: [entry.area for entry in browse.list.shown] == ["3组"])
    browse.bar.search.setText("没有的人")
    qtbot.waitUntil(lambda: not browse.list.shown)
    browse.bar.search.cross.click()
    qtbot.waitUntil(lambda: len(browse.list.shown) == 2)
    browse.bar.search.setFocus()
    write(browse.bar.search, "冉光明")
    QTest.keyClick(browse.bar.search, Qt.Key.Key_Return)
    assert [entry.area for entry in browse.list.shown] == ["3组"]
    assert browse.list.table.hasFocus()
    browse.bar.search.clear()
    browse.bar.span.show_value(year(old.year))
    browse.look_up()
    assert [entry.area for entry in browse.list.shown] == ["1组"]


def test_the_office_reads_all_and_writes_its_own(
    qtbot: QtBot, office: Register, open_window: Opened
) -> None:
    other = a_unit(kind=UnitKind.VILLAGE)
    theirs = Screening(id=new_id(), unit_id=other.id, screened_on=today(), area="全村", revision=1)
    with office.change("罗晓", "收到") as change:
        change.adopt((other, theirs))
    mine = kept(office, "screening", area="场镇")
    window = open_window(office)
    shown = works(qtbot, window)
    assert {entry.id for entry in shown.browse.list.shown} == {theirs.id, mine.id}
    assert "排查 2 次" in shown.browse.bar.month.text()
    shown.arrive(Go("works", "screening", theirs.id))
    assert said(qtbot, shown.browse.card).split() == ["修改记录", "(&L)"]
    shown.arrive(Go("works", "screening", mine.id))
    assert "修改" in said(qtbot, shown.browse.card)
    shown.browse.bar.unit.show_value(other.id)
    shown.browse.look_up()
    assert [entry.id for entry in shown.browse.list.shown] == [theirs.id]
    assert "排查 1 次" in shown.browse.bar.month.text()


def test_advisers_stand_with_what_they_did(
    qtbot: QtBot, village: Register, open_window: Opened
) -> None:
    adviser = Adviser(id=new_id(), unit_id=village.unit.id, name="蒲秋岚", firm="某律师事务所")
    case = keep_a_case(village)
    talk = MediationSession(
        id=new_id(),
        dispute_id=case.dispute.id,
        held_on=today(),
        narrative="谈了",
        adviser_ids=(adviser.id,),
    )
    with village.change(WHO, "登记") as change:
        change.keep(adviser)
        change.keep(talk)
    kept(village, "consultation", matter="界石", adviser_id=adviser.id)
    window = open_window(village)
    shown = works(qtbot, window)
    browse = shown.browse
    browse.turn_to("consultation")
    browse.bar.which.show_value("adviser")
    browse.look_up()
    settle(qtbot, window)
    [told] = browse.list.shown
    assert (told.adviser.name, told.consultations, len(told.sessions)) == ("蒲秋岚", 1, 1)
    assert "梨民调" in said(qtbot, browse.card)


def test_a_round_half_written_is_taken_up_again(
    qtbot: QtBot, village: Register, open_window: Opened
) -> None:
    window = open_window(village)
    shown = works(qtbot, window)
    shown.begin("screening")
    write_into(qtbot, shown, "area", "3组")
    shown.form.add_finding.click()
    write(writing(), "两家为水沟争吵")
    qtbot.waitUntil(lambda: any("水沟" in draft.typed for draft in village.drafts()))
    [draft] = village.drafts()
    assert (draft.place, draft.about, draft.title) == ("screening", "", "登记排查 · 3组")
    shown.form.touched = False
    shown.close_form()
    shown.arrive(Go("works", "draft", what=draft))
    form = shown.form
    assert form.main.boxes["area"].value() == "3组"
    [row] = form.findings
    assert row.form.boxes["matter"].value() == "两家为水沟争吵"
    saved(qtbot, window, shown)
    [held] = entries(village, "screening")
    assert [entry.matter for entry in ledgers.findings_of(village, [held.id])] == ["两家为水沟争吵"]
    assert village.drafts() == []


def write_into(qtbot: QtBot, shown: WorksPage, name: str, text: str) -> None:
    shown.form.main.boxes[name].editor.setFocus()
    write(writing(), text)


def test_a_form_in_hand_is_not_pushed_aside(
    qtbot: QtBot, village: Register, open_window: Opened
) -> None:
    window = open_window(village)
    shown = works(qtbot, window)
    shown.begin("publicity")
    untouched = shown.form
    shown.arrive(Go("works", "screening"))
    written = shown.form
    assert written is not untouched
    write_into(qtbot, shown, "area", "3组")
    shown.arrive(Go("works", "publicity"))
    assert shown.form is written
    assert "先保存" in shown.findChild(QMessageBox).informativeText()
    qtbot.waitUntil(lambda: bool(village.drafts()))
    shown.arrive(Go("works", "draft", what=village.drafts()[0]))
    assert shown.form is written
    written.touched = False
    shown.close_form()


def test_nothing_opens_as_a_window_of_its_own(
    qtbot: QtBot, village: Register, open_window: Opened
) -> None:
    window = open_window(village)
    shown = works(qtbot, window)
    native = {entry.winId() for entry in QApplication.topLevelWindows()}
    shown.begin("screening")
    shown.form.add_finding.click()
    chip = Chip("已转为纠纷", Tone.GREEN)
    assert not chip.isVisible()
    shown.form.add_card(chip)
    qtbot.waitUntil(chip.isVisible)
    assert {entry.winId() for entry in QApplication.topLevelWindows()} == native
    shown.form.touched = False
    shown.close_form()


def test_on_a_small_screen_list_and_card_take_turns(
    qtbot: QtBot, village: Register, open_window: Opened
) -> None:
    kept(village, "screening", area="3组")
    window = open_window(village)
    window.resize(910, 512)
    shown = works(qtbot, window)
    browse = shown.browse
    qtbot.waitUntil(lambda: browse.list.isVisible() and not browse.card.isVisible())
    assert not browse.bar.span.isVisible()
    browse.bar.more.click()
    assert browse.bar.span.isVisible()
    browse.list.table.setFocus()
    qtbot.keyClick(browse.list.table, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: browse.card.isVisible() and not browse.list.isVisible())
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    qtbot.waitUntil(browse.list.isVisible)
    assert writing() is browse.list.table
    assert window.width() == 910


def test_a_prevention_half_written_in_a_dispute_goes_back_there(
    qtbot: QtBot, village: Register, open_window: Opened
) -> None:
    case = keep_a_case(village)
    draft = Draft("d", "prevention", case.dispute.id, "登记防止激化", "依据", "{}", "2026-11-23")
    window = open_window(village)
    shown = works(qtbot, window)
    shown.going.disconnect()
    with qtbot.waitSignal(shown.going) as told:
        shown.arrive(Go("works", "draft", what=draft))
    assert told.args == [Go("disputes", "draft", what=draft)]
    assert shown.form is None


def test_a_finding_becomes_a_dispute_and_says_so(
    qtbot: QtBot, village: Register, open_window: Opened
) -> None:
    blank = ledgers.blank(village, "screening", today(), WHO)
    finding = Finding(
        id=new_id(),
        unit_id=blank.unit_id,
        screening_id=blank.id,
        matter="两家为水沟争吵",
        persons="秦德珍、蒋仕文",
    )
    ledgers.keep(village, (), (replace(blank, area="3组", found=1), finding), WHO, "登记", today())
    window = open_window(village)
    shown = works(qtbot, window)
    assert "转为纠纷" in said(qtbot, shown.browse.card)
    turn = shown.browse.card.findChild(GoButton)
    turn.click()
    disputes = window.centralWidget().currentWidget().turn_to("disputes")
    form = disputes.form
    assert [entry.form.boxes["name"].value() for entry in form.parties] == ["秦德珍", "蒋仕文"]
    form.dispute.boxes["type"].show_value("02")
    press(qtbot, window, Qt.Key.Key_S)
    qtbot.waitUntil(lambda: disputes.form is None)
    settle(qtbot, window)
    dispute_id = village.get("finding", finding.id).dispute_id
    assert village.get("dispute", dispute_id).source is Source.OWN
    again = page(window, "works")
    assert "看纠纷" in said(qtbot, again.browse.card)
    assert "转为纠纷" not in said(qtbot, again.browse.card)


def test_an_earlier_version_is_brought_back_from_the_history(
    qtbot: QtBot, village: Register, open_window: Opened
) -> None:
    record = kept(village, "publicity", topic="民法典", audience=40)
    changed = replace(record, audience=45)
    ledgers.keep(village, (record,), (changed,), WHO, "修改普法培训", today())
    window = open_window(village)
    shown = works(qtbot, window)
    shown.arrive(Go("works", "publicity", record.id))
    more = next(
        entry for entry in shown.browse.card.findChildren(QPushButton) if entry.menu() is not None
    )
    more.menu().actions()[0].trigger()
    history = shown.form
    told = " ".join(label.text() for label in history.findChildren(QLabel))
    assert "受众人数：40 → 45" in told
    assert WHO in told
    back = next(entry for entry in history.findChildren(QPushButton) if "恢复" in entry.text())
    back.click()
    question = history.findChild(QMessageBox)
    assert "受众人数：45 → 40" in question.informativeText()
    next(entry for entry in question.buttons() if entry.text() == "恢复").click()
    qtbot.waitUntil(lambda: shown.form is None)
    settle(qtbot, window)
    assert village.get("publicity", record.id).audience == 40
    assert "受众 40 人次" in shown.browse.bar.month.text()


def test_legal_aid_is_begun_from_a_dispute(
    qtbot: QtBot, village: Register, open_window: Opened
) -> None:
    case = keep_a_case(village)
    window = open_window(village)
    shown = works(qtbot, window)
    shown.arrive(Go("works", "legal_aid", what=case.dispute.id))
    write_into(qtbot, shown, "applicant", "秦德珍")
    saved(qtbot, window, shown)
    [aid] = entries(village, "legal_aid")
    assert aid.dispute_id == case.dispute.id
    assert "看纠纷" in said(qtbot, shown.browse.card)


def test_without_a_committee_nothing_is_begun(
    qtbot: QtBot, office: Register, open_window: Opened
) -> None:
    office.set("committee", "")
    window = open_window(office)
    shown = works(qtbot, window)
    assert not shown.browse.bar.new.isVisible()
    shown.arrive(Go("works", "screening"))
    assert shown.form is None
    assert "没有自己的调委会" in shown.findChild(QMessageBox).informativeText()
