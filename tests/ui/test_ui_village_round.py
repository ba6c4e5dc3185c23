"""The village's side of the round trip as the mediator does it: set up, send, take what returns."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QLabel, QMessageBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from ui_tools import PASSWORD, keep_a_case, page, press, settle, settle_a_case, write

from mediation_desk.desk import carrying, desk_key, enrolling, giving_back, receiving, sending
from mediation_desk.desk.carrying import Place
from mediation_desk.desk.clock import today
from mediation_desk.desk.setting_up import create, found_office
from mediation_desk.domain.casefile import CaseFile
from mediation_desk.domain.cases import Dispute
from mediation_desk.domain.codes import ProposalState
from mediation_desk.domain.periods import month_of
from mediation_desk.store.opening import is_register, open_register
from mediation_desk.store.register import Register
from mediation_desk.ui.pages.dispute_forms import HAND_OVER
from mediation_desk.ui.pages.sending import BACK, QUESTIONS, SEND
from mediation_desk.ui.window import DeskWindow

Open = Callable[..., DeskWindow]
WORDS = "协议缺盖章日期，请补上。"


@pytest.fixture
def stick(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A stick that is plugged in."""
    folder = tmp_path / "stick"
    folder.mkdir()
    place = Place(folder, "U盘 金士顿（E盘）", stick=True)
    monkeypatch.setattr(carrying, "sticks", lambda: [place])
    return folder


@pytest.fixture
def setup_file(village: Register, office: Register, tmp_path: Path) -> Path:
    own = village.unit
    unit = enrolling.new_unit(office, own.code, own.name, own.committee, own.kind)
    target = tmp_path / "梨子园村开户文件.xlsx"
    return enrolling.make_setup_file(office, unit, target, "罗晓", today()).path


@pytest.fixture
def enrolled(village: Register, setup_file: Path) -> Register:
    enrolling.open_setup_file(village, setup_file, village.person, today())
    return village


@pytest.fixture
def other_office(tmp_path: Path) -> Iterator[Register]:
    founding = found_office("丰都县", "双龙镇", "500230124000", "罗晓")
    with create(tmp_path / "other", founding, PASSWORD) as register:
        yield register


def texts(widget: QWidget) -> str:
    return "\n".join(one.text() for one in widget.findChildren(QLabel) if one.isVisible())


def drop(target: QWidget, path: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    target.dropEvent(
        QDropEvent(
            QPointF(5, 5),
            Qt.DropAction.CopyAction,
            mime,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
    )


def answer(qtbot: QtBot, window: DeskWindow, said: str) -> str:
    """Press the button of what is asked; the words of the question."""
    (box,) = (one for one in window.findChildren(QMessageBox) if one.isVisible())
    told = f"{box.text()}\n{box.informativeText()}"
    (chosen,) = (one for one in box.buttons() if one.text() == said)
    qtbot.mouseClick(chosen, Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    return told


def sent(village: Register, folder: Path, name: str) -> Path:
    target = folder / f"{name}.xlsx"
    return sending.send(village, month_of(today()), target, village.person, today()).path


def received(office: Register, path: Path) -> None:
    (got,) = receiving.receive_all(office, [path], office.person, today())
    assert got.act


def back(office: Register, village: Register, folder: Path, name: str) -> Path:
    target = folder / f"{name}.xlsx"
    return giving_back.write_returns(office, village.unit.id, target, "罗晓", today())


def this_month(qtbot: QtBot, window: DeskWindow) -> QWidget:
    """The page of sending, turned to this month."""
    shown = page(window, "sending")
    while shown.send_view.picker.period().last < today():
        shown.send_view.picker.forth.click()
    settle(qtbot, window)
    qtbot.waitUntil(lambda: shown.send_view.place.value().stick)
    return shown


# First start and settings


def test_a_set_up_file_asks_only_for_name_and_password(
    qtbot: QtBot, open_window: Open, office: Register, setup_file: Path, tmp_path: Path
) -> None:
    window = open_window()
    first = window.centralWidget().currentWidget()
    drop(first.setup.drop, setup_file)
    settle(qtbot, window)
    said = texts(first)
    assert desk_key.own_fingerprint(office) in said
    assert "双龙司法所" in said
    assert "梨子园村（500230124200）" in said
    shown = [name for name, box in first.fields.items() if box.isVisible()]
    assert shown == ["person", "password", "again"]
    first.create_button.click()
    assert first.fields["person"].finding
    write(first.fields["person"].editor.inner, "陶素芬")
    for name in ("password", "again"):
        write(first.fields[name].editor.inner, PASSWORD)
    qtbot.keyClick(first.fields["again"].editor.inner, Qt.Key.Key_Return)
    settle(qtbot, window)
    window.put_away()
    with open_register(tmp_path / "register", PASSWORD) as register:
        assert (register.person, register.unit.code) == ("陶素芬", "500230124200")
        known = desk_key.known_office(register)
        assert known is not None
        assert known.name == "双龙司法所"


def test_a_file_that_is_none_is_refused_in_words(
    qtbot: QtBot, open_window: Open, village: Register, setup_file: Path, tmp_path: Path
) -> None:
    window = open_window()
    first = window.centralWidget().currentWidget()
    cut = tmp_path / "cut.xlsx"
    cut.write_bytes(setup_file.read_bytes()[:2000])
    for path in (cut, sent(village, tmp_path, "package")):
        first.setup.look_at(path)
        settle(qtbot, window)
        assert first._wrong.isVisible()
        assert first._told.text().endswith("。")
        assert first.setup.setup is None
        assert first.fields["county"].isVisible()
    assert not is_register(tmp_path / "register")


def test_who_does_without_the_file_fills_all_in(
    qtbot: QtBot, open_window: Open, setup_file: Path
) -> None:
    window = open_window()
    first = window.centralWidget().currentWidget()
    first.setup.look_at(setup_file)
    settle(qtbot, window)
    first.setup.without.click()
    assert all(box.isVisible() for box in first.fields.values())
    assert first.village.isVisible()
    first.office.click()
    assert not first.setup.isVisible()


def test_the_settings_open_a_set_up_file_and_tell_what_changed(
    qtbot: QtBot, open_window: Open, village: Register, office: Register, setup_file: Path
) -> None:
    window = open_window(village)
    keys = page(window, "settings").part("keys")
    assert "没有签名，也没有封存" in texts(keys)
    assert not keys.own_number.isVisible()
    drop(keys.drop, setup_file)
    settle(qtbot, window)
    assert desk_key.known_office(village) is None
    assert desk_key.own_fingerprint(office) in texts(keys.asked)
    qtbot.waitUntil(keys.use.hasFocus)
    qtbot.keyClick(keys.use, Qt.Key.Key_Space)
    settle(qtbot, window)
    assert "封存给双龙司法所" in keys.notice.more.text()
    assert keys.office_number.text() == desk_key.own_fingerprint(office)
    assert keys.own_number.text() == desk_key.own_fingerprint(village)
    keys.look_at(setup_file)
    settle(qtbot, window)
    keys.use.click()
    settle(qtbot, window)
    assert "没有变化" in keys.notice.said.text()


def test_the_file_of_another_village_or_office_is_not_used_unasked(
    qtbot: QtBot,
    open_window: Open,
    enrolled: Register,
    office: Register,
    other_office: Register,
    tmp_path: Path,
) -> None:
    window = open_window(enrolled)
    keys = page(window, "settings").part("keys")
    own = enrolled.unit
    other = enrolling.new_unit(office, "500230124299", "石门槛村", "", own.kind)
    made = enrolling.make_setup_file(office, other, tmp_path / "o.xlsx", "罗晓", today())
    keys.look_at(made.path)
    settle(qtbot, window)
    assert "石门槛村" in keys.notice.said.text()
    assert not keys.asked.isVisible()
    unit = enrolling.new_unit(other_office, own.code, own.name, own.committee, own.kind)
    made = enrolling.make_setup_file(other_office, unit, tmp_path / "p.xlsx", "罗晓", today())
    keys.look_at(made.path)
    settle(qtbot, window)
    keys.use.click()
    settle(qtbot, window)
    assert desk_key.own_fingerprint(other_office) in answer(qtbot, window, "电话核对过，改用")
    assert keys.office_number.text() == desk_key.own_fingerprint(other_office)


# Sending


def test_one_button_puts_the_package_on_the_stick(
    qtbot: QtBot, open_window: Open, enrolled: Register, office: Register, stick: Path
) -> None:
    settle_a_case(enrolled, keep_a_case(enrolled, days_ago=0))
    window = open_window(enrolled)
    shown = this_month(qtbot, window)
    view = shown.send_view
    assert "封存给双龙司法所" in view.secrecy.text()
    assert not view.set_up.isVisible()
    press(qtbot, window, Qt.Key.Key_M)
    qtbot.waitUntil(lambda: bool(list(stick.iterdir())))
    settle(qtbot, window)
    (path,) = stick.iterdir()
    assert path.name == view._seen.ahead.file_name
    assert "已核对，可以拔出" in shown.notice.said.text()
    assert str(path) in shown.notice.more.text()
    assert "封存给双龙司法所" in shown.notice.more.text()
    # Once more: what lies there already stays unless somebody says otherwise.
    before = path.read_bytes()
    view.make.click()
    assert "同名文件" in answer(qtbot, window, "返回")
    assert [entry.name for entry in stick.iterdir()] == [path.name]
    view.make.click()
    answer(qtbot, window, "另存一份")
    assert path.read_bytes() == before
    assert sorted(entry.name for entry in stick.iterdir()) == sorted(
        [path.name, f"{path.stem}（2）.xlsx"]
    )
    received(office, path)


def test_a_nil_report_is_one_click(
    qtbot: QtBot, open_window: Open, village: Register, stick: Path
) -> None:
    window = open_window(village)
    shown = this_month(qtbot, window)
    assert "报送零报告" in shown.send_view.make.text()
    assert "没有签名" in shown.send_view.secrecy.text()
    qtbot.mouseClick(shown.send_view.make, Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    (path,) = stick.iterdir()
    assert "零报告" in path.name
    assert "零报告做好了：已核对，可以拔出" in shown.notice.said.text()
    assert "没有签名，也没有封存" in shown.notice.more.text()
    (entry,) = shown.send_view.history.rows.all_shown()
    assert entry.package.nil


def test_a_full_package_names_its_receiver_and_is_in_the_history(
    qtbot: QtBot, open_window: Open, enrolled: Register, stick: Path
) -> None:
    keep_a_case(enrolled, days_ago=0)
    window = open_window(enrolled)
    view = this_month(qtbot, window).send_view
    view.masked.click()
    view.make.click()
    assert view.receiver.finding
    write(view.receiver.editor.inner, "县司法局 王启明")
    view.make.click()
    assert "县司法局 王启明" in answer(qtbot, window, "不了，返回")
    assert not list(stick.iterdir())
    view.make.click()
    answer(qtbot, window, "做完整的一份")
    assert len(list(stick.iterdir())) == 1
    assert any("县司法局 王启明" in act.reason for act in enrolled.acts())
    assert view.masked.isChecked()
    assert not view.receiver.isVisible()


def test_a_stick_is_chosen_when_it_is_plugged_in_and_the_desktop_without(
    qtbot: QtBot, open_window: Open, village: Register, tmp_path: Path
) -> None:
    window = open_window(village)
    place = page(window, "sending").send_view.place
    assert place.value() == carrying.desktop()
    plugged = Place(tmp_path, "U盘（F盘）", stick=True)
    place.show_sticks([plugged])
    assert place.value() == plugged
    place.show_sticks([])
    assert place.value() == carrying.desktop()


# What comes back


@pytest.fixture
def case(enrolled: Register, office: Register, tmp_path: Path) -> CaseFile:
    """A case that the office has by the village's first package."""
    kept = settle_a_case(enrolled, keep_a_case(enrolled, days_ago=0))
    received(office, sent(enrolled, tmp_path, "first"))
    return kept


def kept(register: Register, case: CaseFile, **values: object) -> None:
    found = register.get("dispute", case.dispute.id)
    assert isinstance(found, Dispute)
    with register.change(register.person, "补正") as change:
        change.keep(replace(found, **values))


def test_a_return_is_looked_at_taken_and_taken_back(
    qtbot: QtBot,
    open_window: Open,
    enrolled: Register,
    office: Register,
    case: CaseFile,
    tmp_path: Path,
) -> None:
    entry = replace(giving_back.blank_return(case.dispute, "罗晓", today()), words=WORDS)
    giving_back.give_back(office, entry, "罗晓", today())
    kept(office, case, people=5)
    path = back(office, enrolled, tmp_path, "back")
    window = open_window(enrolled)
    shown = page(window, "sending")
    history = shown.send_view.history
    assert [one.answer.value for one in history.rows.all_shown()] == ["none"]
    qtbot.waitUntil(lambda: "还没有回执" in texts(history.detail))
    drop(shown, path)
    settle(qtbot, window)
    qtbot.waitUntil(lambda: shown.tabs.currentIndex() == BACK)
    qtbot.waitUntil(lambda: WORDS in texts(shown.back))
    said = texts(shown.back)
    for told in (WORDS, "回执 1", "涉及当事人数 2 → 5", "司法所的改动 1"):
        assert told in said
    assert not enrolled.all("return")
    qtbot.waitUntil(shown.back.take.hasFocus)
    qtbot.keyClick(shown.back.take, Qt.Key.Key_Space)
    settle(qtbot, window)
    assert len(enrolled.all("return")) == 1
    assert "已收下" in shown.notice.said.text()
    shown.tabs.setCurrentIndex(SEND)
    settle(qtbot, window)
    assert [one.answer.value for one in history.rows.all_shown()] == ["taken"]
    qtbot.waitUntil(lambda: "由罗晓接收" in texts(history.detail))
    shown.tabs.setCurrentIndex(BACK)
    settle(qtbot, window)
    shown.coming.history.undo_chosen()
    answer(qtbot, window, "撤销")
    assert not enrolled.all("return")
    shown.tabs.setCurrentIndex(SEND)
    settle(qtbot, window)
    assert [one.answer.value for one in history.rows.all_shown()] == ["none"]


def test_what_both_changed_is_asked_with_both_sides_and_the_base(
    qtbot: QtBot,
    open_window: Open,
    enrolled: Register,
    office: Register,
    case: CaseFile,
    tmp_path: Path,
) -> None:
    kept(office, case, people=5)
    kept(enrolled, case, people=7)
    path = back(office, enrolled, tmp_path, "back")
    window = open_window(enrolled)
    shown = page(window, "sending")
    shown.back.look_at(path)
    settle(qtbot, window)
    qtbot.waitUntil(lambda: "要核对 1" in texts(shown.back))
    shown.back.take.click()
    settle(qtbot, window)
    qtbot.waitUntil(lambda: shown.tabs.tabText(QUESTIONS).endswith("1"))
    bench = page(window, "home")
    line = next(one for one in bench.dues.list.lines.all_shown() if "不一致" in one.about)
    bench._opened(line)
    settle(qtbot, window)
    assert shown.isVisible()
    assert shown.tabs.currentIndex() == QUESTIONS
    said = texts(shown.questions.card)
    assert all(value in said.splitlines() for value in ("原来的", "2", "司法所的"))
    assert "司法所的" in shown.questions.take.text()
    qtbot.mouseClick(shown.questions.take, Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    found = enrolled.get("dispute", case.dispute.id)
    assert isinstance(found, Dispute)
    assert found.people == 5
    (asked,) = enrolled.all("proposal")
    assert getattr(asked, "state", None) is ProposalState.TAKEN


def test_a_package_that_did_not_arrive_is_told_of(
    qtbot: QtBot,
    open_window: Open,
    enrolled: Register,
    office: Register,
    case: CaseFile,
    tmp_path: Path,
) -> None:
    receiving.receive_all(
        enrolled, [back(office, enrolled, tmp_path, "b1")], enrolled.person, today()
    )
    kept(enrolled, case, people=3)
    sent(enrolled, tmp_path, "lost")
    kept(enrolled, case, people=4)
    third = sent(enrolled, tmp_path, "third")
    received(office, third)
    receiving.receive_all(
        enrolled, [back(office, enrolled, tmp_path, "b2")], enrolled.person, today()
    )
    window = open_window(enrolled)
    history = page(window, "sending").send_view.history
    settle(qtbot, window)
    answers = [one.answer.value for one in history.rows.all_shown()]
    assert answers[0] == answers[2] == "taken"
    assert answers[1] in {"none", "lost"}
    numbers = [one.package.number for one in history.rows.all_shown()]
    assert numbers == [3, 2, 1]


def test_what_was_not_taken_leads_to_its_receipt(
    qtbot: QtBot,
    open_window: Open,
    enrolled: Register,
    office: Register,
    case: CaseFile,
    tmp_path: Path,
) -> None:
    path = back(office, enrolled, tmp_path, "b1")
    receiving.receive_all(enrolled, [path], enrolled.person, today())
    (receipt,) = enrolled.all("receipt")
    with enrolled.change("罗晓", "回执") as change:
        change.keep(replace(receipt, rejected=1, remarks="协议：达成日期不对，请改正。"))
    kept(enrolled, case, people=3)
    sent(enrolled, tmp_path, "second")
    window = open_window(enrolled)
    bench = page(window, "home")
    line = next(one for one in bench.dues.list.lines.all_shown() if "没有被接收" in one.about)
    bench._opened(line)
    settle(qtbot, window)
    history = page(window, "sending").send_view.history
    qtbot.waitUntil(lambda: "达成日期不对" in texts(history.detail))
    assert history.table.currentIndex().row() == 1
    assert history.rows.row(1).answer.value == "refused"


# Handing over


def test_a_case_handed_to_the_township_is_only_read(
    qtbot: QtBot, open_window: Open, enrolled: Register
) -> None:
    case = keep_a_case(enrolled, days_ago=0)
    window = open_window(enrolled)
    disputes = page(window, "disputes")
    disputes.browse.show_case(case.dispute.id)
    card = disputes.browse.card
    assert card.handed.text() == ""
    disputes.step(HAND_OVER)
    write(disputes.form.why.editor.inner, "涉及两个村，当事人同意由镇调委会调解。")
    press(qtbot, window, Qt.Key.Key_S)
    qtbot.waitUntil(lambda: disputes.form is None)
    settle(qtbot, window)
    assert card.handed.text() == "已移交"
    assert not card.mine
    said = texts(card)
    assert "不能再改" in said
    assert "由其他单位登记" not in said
    assert "涉及两个村" in said
    assert not [one for one in card.findChildren(QPushButton) if "登记调解" in one.text()]


def test_a_case_that_came_is_marked(
    qtbot: QtBot, open_window: Open, enrolled: Register, office: Register, tmp_path: Path
) -> None:
    case = keep_a_case(enrolled, days_ago=0)
    window = open_window(enrolled)
    disputes = page(window, "disputes")
    disputes.browse.show_case(case.dispute.id)
    disputes.step(HAND_OVER)
    write(disputes.form.why.editor.inner, "当事人同意由镇调委会调解。")
    disputes.form.save()
    settle(qtbot, window)
    received(office, sent(enrolled, tmp_path, "handing"))
    other = open_window(office)
    card = page(other, "disputes").browse.card
    page(other, "disputes").browse.show_case(case.dispute.id)
    assert card.mine
    assert card.handed.text() == "移交来"
    assert "由梨子园村移交来" in texts(card)
