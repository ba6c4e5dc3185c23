"""The short screen for oral settlements, as somebody at the keyboard uses it."""

from datetime import date, timedelta

import pytest
from builders import an_identity_number
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QWidget
from ui_tools import keep_a_case, press, settle, write

from mediation_desk.desk.clock import today as this_day
from mediation_desk.domain.codes import (
    AgreementForm,
    CaseStatus,
    Outcome,
    PartyKind,
    PartyRole,
    Performance,
    Sex,
    Source,
)
from mediation_desk.domain.finding import Find
from mediation_desk.store.register import Register
from mediation_desk.ui.going import Go
from mediation_desk.ui.pages.agreement_form import SettleForm
from mediation_desk.ui.pages.quick_form import QuickForm
from mediation_desk.ui.pages.written_form import WrittenForm

NUMBER = an_identity_number(date(1962, 8, 17), Sex.FEMALE)
TAB = Qt.Key.Key_Tab
ENTER = Qt.Key.Key_Return


class Keyboard:
    """Somebody who only types; `presses` counts what is neither name, number nor narrative."""

    def __init__(self, qtbot) -> None:
        self._qtbot = qtbot
        self.presses = 0

    @property
    def at(self) -> QWidget:
        writing = QApplication.focusWidget()
        assert writing is not None
        return writing

    def key(self, key: Qt.Key, modifier=Qt.KeyboardModifier.NoModifier) -> None:
        self.presses += 1
        self._qtbot.keyClick(self.at, key, modifier)

    def letter(self, sign: str) -> None:
        self.presses += 1
        self._qtbot.keyClicks(self.at, sign)

    def write(self, text: str) -> None:
        write(self.at, text)


@pytest.fixture
def keyboard(qtbot) -> Keyboard:
    return Keyboard(qtbot)


@pytest.fixture
def desk(open_window, village: Register, qtbot):
    """A window on the list of disputes with the keyboard."""
    window = open_window(village)
    window.centralWidget().currentWidget().turn_to("disputes")
    settle(qtbot, window)
    return window


def _page(window):
    """The page of disputes, the cursor left where it is."""
    shell = window.centralWidget().currentWidget()
    return shell._pages.get("disputes") or shell.turn_to("disputes")


def _quick(qtbot, window) -> QuickForm:
    _page(window)
    press(qtbot, window, Qt.Key.Key_K)
    form = _page(window).form
    assert isinstance(form, QuickForm)
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    return form


def _newest(register: Register):
    return register.case(register.page(Find(), None, 1).rows[0].dispute.id)


def _rows(form: QuickForm):
    return list(form.rows.values())


def _fill(box, text: str) -> None:
    """Type into a box after emptying it."""
    editor = box.editor
    editor.inner.setFocus()
    editor.inner.selectAll()
    write(editor.inner, text)
    assert editor.content() == text


def _fill_all(form: QuickForm, content: str = "当天疏通水沟。") -> None:
    for row, name in zip(_rows(form), ("秦德珍", "蒋仕文"), strict=False):
        _fill(row.form.boxes["name"], name)
    form.main.boxes["type"].editor.show_value("02")
    form.main.boxes["type"].changed.emit()
    _fill(form.main.boxes["facts"], "水沟堵塞，双方争吵。")
    _fill(form.main.boxes["content"], content)


def test_an_oral_settlement_is_registered_by_keyboard_alone(
    desk, village: Register, qtbot, keyboard: Keyboard
) -> None:
    form = _quick(qtbot, desk)
    keyboard.presses = 1
    keyboard.write("秦德珍")
    keyboard.key(ENTER)
    keyboard.write(NUMBER)
    keyboard.key(ENTER)
    # The number tells the sex, so the next field is the telephone.
    keyboard.write("13900000001")
    keyboard.key(ENTER)
    keyboard.write("梨子园村3组")
    keyboard.key(ENTER)
    keyboard.write("蒋仕文")
    for _ in range(5):
        keyboard.key(ENTER)
    keyboard.letter("l")
    for _ in range(5):
        keyboard.key(ENTER)
    keyboard.write("水沟堵塞，雨水倒流。")
    keyboard.key(TAB)
    keyboard.write("蒋仕文当天疏通水沟。")
    keyboard.key(TAB)
    keyboard.write("300")
    press(qtbot, desk, Qt.Key.Key_S)
    keyboard.presses += 1
    qtbot.waitUntil(lambda: _page(desk).form is None)
    settle(qtbot, desk)
    print(f"quick oral settlement: {keyboard.presses} presses")  # noqa: T201
    assert keyboard.presses <= 22
    case = _newest(village)
    assert [party.name for party in case.parties] == ["秦德珍", "蒋仕文"]
    first = case.parties[0]
    assert (first.id_number, first.sex, first.born_on) == (
        NUMBER,
        Sex.FEMALE,
        date(1962, 8, 17),
    )
    assert (first.phone, first.address) == ("13900000001", "梨子园村3组")
    assert case.dispute.type == "02"
    assert (case.dispute.status, case.dispute.outcome) == (CaseStatus.CLOSED, Outcome.SETTLED)
    assert (case.agreement.form, case.agreement.amount_fen) == (AgreementForm.ORAL, 30_000)
    assert len(village.acts("edit")) == 1
    assert form is not _page(desk).form


def test_after_saving_the_new_case_is_shown_with_its_number(desk, village: Register, qtbot) -> None:
    form = _quick(qtbot, desk)
    _fill_all(form)
    form.save_button.click()
    qtbot.waitUntil(lambda: _page(desk).form is None)
    settle(qtbot, desk)
    page = _page(desk)
    assert page.browse.card.case.dispute.id == _newest(village).dispute.id
    note = page._note
    assert note.isVisible()
    assert note.line.text() == f"已保存，编号 {village.page(Find(), None, 1).rows[0].number}"


def test_the_next_screen_offers_the_last_choices(desk, village: Register, qtbot) -> None:
    form = _quick(qtbot, desk)
    _fill_all(form)
    form.main.boxes["source"].editor.show_value(Source.OWN)
    _fill(form.main.boxes["place"], "梨树坪")
    form.save_button.click()
    qtbot.waitUntil(lambda: _page(desk).form is None)
    qtbot.waitUntil(lambda: village.setting("quick") != "")
    again = _quick(qtbot, desk).main.record()
    assert (again.type, again.source, again.place) == ("02", Source.OWN, "梨树坪")
    assert again.facts == ""


def test_the_number_tells_sex_and_age(desk, qtbot) -> None:
    form = _quick(qtbot, desk)
    boxes = _rows(form)[0].form.boxes
    _fill(boxes["id_number"], f"{NUMBER[:6]} {NUMBER[6:]}")
    assert boxes["sex"].value() is Sex.FEMALE
    age = this_day().year - 1962 - ((this_day().month, this_day().day) < (8, 17))
    assert boxes["sex"].label == f"性别 · {age}岁"
    assert _rows(form)[0].party().born_on == date(1962, 8, 17)
    _fill(boxes["id_number"], NUMBER[:12])
    assert boxes["sex"].label == "性别"


def test_letters_and_numbers_choose(desk, qtbot, keyboard: Keyboard) -> None:
    form = _quick(qtbot, desk)
    kind = form.main.boxes["type"].editor
    kind.inner.setFocus()
    for sign, code in (("l", "02"), ("h", "01"), ("t", "04")):
        keyboard.letter(sign)
        # 婚姻 first, then, typed on, ht for 合同.
        assert kind.value() == code
    qtbot.wait(1000)
    # A letter alone goes on to the next choice that begins with it.
    for code in ("09", "01", "04"):
        keyboard.letter("h")
        assert kind.value() == code
    qtbot.wait(1000)
    keyboard.letter("1")
    assert kind.value() == "01"
    keyboard.letter("4")
    assert kind.value() == "122"
    performing = form.main.boxes["performing"].editor
    performing.inner.setFocus()
    keyboard.letter("2")
    assert form.main.record().performing.label == "约定期限"
    assert QApplication.focusWidget() is form.main.boxes["due_on"].editor.inner


def test_in_an_open_list_a_letter_moves_and_enter_takes(desk, qtbot, keyboard: Keyboard) -> None:
    form = _quick(qtbot, desk)
    kind = form.main.boxes["type"].editor
    kind.inner.setFocus()
    kind.box.showPopup()
    opened = kind.box.view()
    qtbot.waitUntil(opened.isVisible)
    qtbot.keyClicks(opened, "ll")
    assert kind.value() is None
    assert opened.currentIndex().data() == "邻里纠纷"
    qtbot.keyClick(opened, ENTER)
    qtbot.waitUntil(lambda: kind.value() == "02")


@pytest.mark.parametrize("size", [(910, 512), (1092, 614), (1366, 768)])
def test_advice_never_makes_the_window_grow(desk, village: Register, qtbot, size) -> None:
    form = _quick(qtbot, desk)
    _fill_all(form)
    desk.resize(*size)
    form.main.boxes["type"].editor.show_value("01")
    _fill(form.main.boxes["due_on"], (this_day() + timedelta(days=3)).isoformat())
    _fill(_rows(form)[0].form.boxes["name"], "秦德富")
    qtbot.waitUntil(form.hints.isVisible)
    assert len(form.hints.hints) == 3
    qtbot.wait(50)
    assert desk.size().toTuple() == size
    texts = [box.editor.inner for box in form.main.boxes.values() if box.isVisible()]
    for inner in texts:
        assert inner.width() >= inner.minimumSizeHint().width()


def test_a_phrase_goes_to_the_cursor_and_tab_through_its_blanks(
    desk, qtbot, keyboard: Keyboard
) -> None:
    form = _quick(qtbot, desk)
    form.main.boxes["type"].editor.show_value("02")
    form.main.boxes["type"].changed.emit()
    paper = form.main.boxes["content"].editor.inner
    assert isinstance(paper, QPlainTextEdit)
    _fill(form.main.boxes["content"], "双方握手言和。𠮷")
    first = form.phrases._lines.itemAt(0).widget()
    assert first.text().startswith("&1 ")
    first.click()
    assert paper.hasFocus()
    assert paper.toPlainText().startswith("双方握手言和。𠮷___家于___月")
    assert paper.textCursor().selectedText() == "___"
    keyboard.write("蒋仕文")
    keyboard.key(TAB)
    keyboard.write("十")
    assert "𠮷蒋仕文家于十月___日" in paper.toPlainText()
    while "___" in paper.toPlainText():
        keyboard.key(Qt.Key.Key_F4)
        keyboard.write("一")
    keyboard.key(TAB)
    assert QApplication.focusWidget() is form.main.boxes["amount_fen"].editor.inner


def test_from_the_first_page_a_phrase_is_chosen_by_its_digit(
    open_window, village: Register, qtbot, keyboard: Keyboard
) -> None:
    window = open_window(village)
    settle(qtbot, window)
    press(qtbot, window, Qt.Key.Key_K)
    pages = window.centralWidget().currentWidget()._pages
    qtbot.waitUntil(lambda: "disputes" in pages and pages["disputes"].form is not None)
    settle(qtbot, window)
    form = _page(window).form
    assert isinstance(form, QuickForm)
    assert QApplication.focusWidget() is _rows(form)[0].form.boxes["name"].editor.inner
    form.main.boxes["type"].editor.inner.setFocus()
    keyboard.letter("2")
    form.main.boxes["facts"].editor.inner.setFocus()
    keyboard.key(Qt.Key.Key_3, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: bool(form.main.boxes["facts"].value()))
    assert "变窄到" in form.main.boxes["facts"].value()
    assert form.main.boxes["facts"].editor.inner.textCursor().selectedText() == "___"
    keyboard.key(Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: "。两家___" in form.main.boxes["facts"].value())
    assert form.main.boxes["facts"].value().startswith("___家在___处")


def test_nothing_written_is_no_phrase(desk, village: Register, qtbot) -> None:
    form = _quick(qtbot, desk)
    form.phrases.keep_button.click()
    assert "写好一段文字" in form.phrases._into.text()
    assert village.setting("phrases") == ""


def test_phrases_follow_the_type_and_the_text_that_is_written(desk, qtbot) -> None:
    form = _quick(qtbot, desk)
    assert "先选纠纷类型" in form.phrases._into.text()
    form.main.boxes["type"].editor.show_value("101")
    form.main.boxes["type"].changed.emit()
    assert form.phrases._head.text() == "常用语 · 拖欠农民工工资"
    form.main.boxes["facts"].editor.inner.setFocus()
    assert "主要事实" in form.phrases._into.text()
    form.main.boxes["content"].editor.inner.setFocus()
    assert "协议内容" in form.phrases._into.text()


def test_an_own_phrase_is_kept_and_taken_away(desk, village: Register, qtbot) -> None:
    form = _quick(qtbot, desk)
    form.main.boxes["type"].editor.show_value("02")
    form.main.boxes["type"].changed.emit()
    _fill(form.main.boxes["facts"], "两家共用水管___，冬天冻裂。")
    form.phrases.keep_button.click()
    qtbot.waitUntil(lambda: "水管" in village.setting("phrases"))
    qtbot.waitUntil(lambda: form.phrases._lines.itemAt(0).layout() is not None)
    line = form.phrases._lines.itemAt(0).layout()
    assert "水管" in line.itemAt(0).widget().toolTip()
    line.itemAt(1).widget().click()
    qtbot.waitUntil(lambda: "水管" not in village.setting("phrases"))
    form.touched = False


def test_who_was_here_before_is_told_and_filled_in(desk, village: Register, qtbot) -> None:
    keep_a_case(village, applicant="欧阳德珍")
    _with_number(village)
    form = _quick(qtbot, desk)
    boxes = _rows(form)[1].form.boxes
    _fill(boxes["name"], "欧阳德珍")
    qtbot.waitUntil(lambda: bool(form.known.found))
    (person,) = next(iter(form.known.found.values()))
    assert person.cases
    assert form.known.isVisible()
    take = next(
        form.known._lines.itemAt(number).widget()
        for number in range(form.known._lines.count())
        if hasattr(form.known._lines.itemAt(number).widget(), "click")
    )
    assert NUMBER not in take.toolTip()
    take.click()
    assert boxes["id_number"].value() == NUMBER
    party = _rows(form)[1].party()
    assert (party.ethnicity, party.address) == ("土家族", "梨子园村1组")
    _fill(boxes["name"], "别的人")
    assert _rows(form)[1].party().ethnicity == ""


def _with_number(village: Register) -> None:
    from dataclasses import replace  # noqa: PLC0415

    case = _newest(village)
    known = replace(case.parties[0], id_number=NUMBER, ethnicity="土家族", address="梨子园村1组")
    with village.change(village.person, "补充") as change:
        change.keep(known)


def test_more_people_and_bodies_can_stand_on_either_side(desk, village: Register, qtbot) -> None:
    form = _quick(qtbot, desk)
    _fill_all(form)
    _rows(form)[0].menu_button.menu().actions()[0].trigger()
    _rows(form)[0].menu_button.menu().actions()[0].trigger()
    assert [row.role for row in _rows(form)] == [
        PartyRole.APPLICANT,
        PartyRole.APPLICANT,
        PartyRole.APPLICANT,
        PartyRole.RESPONDENT,
    ]
    _fill(_rows(form)[1].form.boxes["name"], "秦德富")
    _rows(form)[2].menu_button.menu().actions()[-1].trigger()
    assert len(form.rows) == 3
    body = _rows(form)[-1]
    body.menu_button.menu().actions()[1].trigger()
    assert body.form.boxes["name"].label == "被申请人名称"
    assert body.form.boxes["sex"].isHidden()
    form.save_button.click()
    qtbot.waitUntil(lambda: _page(desk).form is None)
    case = _newest(village)
    assert [(party.name, party.kind) for party in case.parties] == [
        ("秦德珍", PartyKind.NATURAL),
        ("秦德富", PartyKind.NATURAL),
        ("蒋仕文", PartyKind.LEGAL),
    ]
    assert case.dispute.people == 3


def test_a_day_of_performance_speaks_for_writing_it_down(desk, village: Register, qtbot) -> None:
    form = _quick(qtbot, desk)
    _fill_all(form)
    assert form.hints.isHidden()
    due = this_day() + timedelta(days=10)
    _fill(form.main.boxes["due_on"], due.isoformat())
    qtbot.waitUntil(form.hints.isVisible)
    assert form.hints.hints[0].head == "不是当场履行"
    form.hints.writing.click()
    full = _page(desk).form
    assert isinstance(full, WrittenForm)
    assert full.unsaved or full.touched
    full.save()
    qtbot.waitUntil(lambda: isinstance(_page(desk).form, SettleForm))
    settle(qtbot, desk)
    case = _newest(village)
    assert case.agreement.form is AgreementForm.WRITTEN
    assert case.agreement.content == "当天疏通水沟。"
    assert case.promises[0].due_on == due
    assert case.dispute.performance is Performance.NOT_DUE
    assert case.dispute.facts == "水沟堵塞，双方争吵。"
    qtbot.waitUntil(lambda: village.drafts() == [])


def test_what_is_missing_is_said_beside_the_fields(desk, qtbot) -> None:
    form = _quick(qtbot, desk)
    form.save()
    row = _rows(form)[0]
    assert row.form.boxes["name"].finding
    assert form.main.boxes["facts"].finding
    assert QApplication.focusWidget() is row.form.boxes["name"].editor.inner
    _fill_all(form)
    _fill(form.main.boxes["day"], (this_day() + timedelta(days=1)).isoformat())
    form.save()
    assert "晚于今天" in form.main.boxes["day"].finding
    _fill(form.main.boxes["day"], this_day().isoformat())
    form.main.boxes["performing"].editor.show_value(type(form.main.record().performing)("2"))
    form.save()
    assert form.main.boxes["due_on"].finding


def test_a_prevention_needs_as_many_people_as_matters(desk, village: Register, qtbot) -> None:
    form = _quick(qtbot, desk)
    _fill_all(form)
    assert form.main.boxes["persons"].isHidden()
    form.main.boxes["prevented"].editor.show_value("4")
    form.main.boxes["prevented"].changed.emit()
    assert not form.main.boxes["persons"].isHidden()
    _fill(form.main.boxes["cases"], "2")
    form.save()
    assert form.main.boxes["persons"].finding
    _fill(form.main.boxes["persons"], "23")
    form.save()
    qtbot.waitUntil(lambda: _page(desk).form is None)
    (prevention,) = _newest(village).preventions
    assert (prevention.cases, prevention.persons) == (2, 23)


def test_a_draft_brings_back_everything_that_was_typed(desk, village: Register, qtbot) -> None:
    form = _quick(qtbot, desk)
    _fill_all(form)
    form._add_more(PartyRole.RESPONDENT)
    _fill(_rows(form)[2].form.boxes["name"], "双龙煤厂")
    _rows(form)[2]._turn()
    typed = form.typed()
    qtbot.waitUntil(lambda: bool(village.drafts()) and form.drafting.safe)
    draft = village.drafts()[0]
    assert "秦德珍" in draft.title
    form.touched = False
    page = _page(desk)
    page.close_form()
    page.arrive(Go("disputes", "draft", what=draft))
    again = page.form
    assert isinstance(again, QuickForm)
    assert again.typed() == typed
    assert _rows(again)[2].party().kind is PartyKind.LEGAL
    again.save()
    qtbot.waitUntil(lambda: page.form is None)
    assert village.drafts() == []
    assert len(_newest(village).parties) == 3


def test_another_page_can_send_somebody_here(desk, qtbot) -> None:
    page = _page(desk)
    page.arrive(Go("disputes", "quick"))
    assert isinstance(page.form, QuickForm)


def test_the_office_without_a_committee_is_told_why_not(open_window, office, qtbot) -> None:
    window = open_window(office)
    office.set("committee", "")
    page = _page(window)
    page.quick()
    assert page.form is None
