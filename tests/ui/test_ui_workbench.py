"""The first page: everything that waits, told in words, each line one key from its place."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from builders import a_case, a_unit, an_open_case, moved
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot
from ui_tools import press, settle, write

from mediation_desk.desk.clock import today
from mediation_desk.desk.recording import keep_case
from mediation_desk.desk.sending import send
from mediation_desk.domain.casefile import CaseFile
from mediation_desk.domain.codes import (
    CaseStatus,
    Direction,
    Outcome,
    ProposalSort,
    ReferralChannel,
    TerminationReason,
    UnitKind,
)
from mediation_desk.domain.drafts import Draft
from mediation_desk.domain.due import DueKind
from mediation_desk.domain.handling import Referral
from mediation_desk.domain.periods import month_of
from mediation_desk.domain.record import new_id
from mediation_desk.domain.round_trip import HandOver, Proposal, Receipt
from mediation_desk.domain.support import LegalAid
from mediation_desk.store.register import Register
from mediation_desk.ui.line_list import LineList
from mediation_desk.ui.shell import Shell
from mediation_desk.ui.theme import TARGET, Tone
from mediation_desk.ui.window import DeskWindow

Open = Callable[..., DeskWindow]


def ago(days: int) -> date:
    return today() - timedelta(days=days)


def kept(register: Register, case: CaseFile, *names: str, **changes: Any) -> CaseFile:
    """Keep a case with other names and without identity numbers."""
    told = names or ("秦德珍", "蒋仕文")
    parties = tuple(
        replace(party, name=name, id_number="")
        for party, name in zip(case.parties, told, strict=True)
    )
    dispute = replace(case.dispute, year=(case.dispute.intake_on or today()).year, **changes)
    case = replace(case, dispute=replace(dispute, number=0), parties=parties)
    return keep_case(register, None, case, register.person, "登记", today())


@pytest.fixture
def busy(village: Register) -> Register:
    """A village in which something of every kind is due."""
    ended = {
        "status": CaseStatus.CLOSED, "outcome": Outcome.FAILED, "closed_on": ago(45),
        "termination": TerminationReason.NO_AGREEMENT, "remedies_told": True,
    }  # fmt: skip
    kept(village, moved(an_open_case(), ago(60)), "何世明", "何世全", **ended)
    kept(village, moved(an_open_case(), ago(33)), "冉启林", "付家兴", people=12)
    waiting = {"status": CaseStatus.REGISTERED, "intake_on": None}
    kept(village, an_open_case(**waiting), "解家旺", "仇素英")
    kept(village, moved(a_case(), ago(43)), "向明贵", "田家山砖厂")
    lacking = moved(a_case(promises=()), ago(20))
    lacking = replace(lacking, agreement=replace(lacking.agreement, sealed_on=None))
    kept(village, lacking, "曾德贵", "单国强")
    kept(village, moved(a_case(promises=()), ago(35)))
    opened = moved(an_open_case(), ago(9))
    letter = Referral(
        id=new_id(), dispute_id=opened.dispute.id, direction=Direction.IN,
        channel=ReferralChannel.POLICE, body="双龙派出所", answer_due_on=today(),
    )  # fmt: skip
    kept(village, replace(opened, referrals=(letter,)), "查永福", "区小兰")
    aid = LegalAid(
        id=new_id(), unit_id=village.unit.id, applicant="仇素英", matter="追索工资",
        helped_on=ago(9), answer_due_on=today(),
    )  # fmt: skip
    with village.change(village.person, "法律援助") as change:
        change.keep(aid)
    return village


def _shell(window: DeskWindow) -> Shell:
    return window.centralWidget().currentWidget()


def _home(window: DeskWindow) -> Any:
    return _shell(window).turn_to("home")


def _rows(listed: LineList) -> list[Any]:
    return [line.what for line in listed.lines.all_shown()]


def test_an_empty_desk_says_so_in_kind_words(open_window: Open, village: Register) -> None:
    window = open_window(village)
    shell = _shell(window)
    assert shell.front == "home"
    home = shell._pages["home"]
    shown = {label.text() for label in home.findChildren(QLabel) if label.isVisible()}
    assert {"没有写到一半的内容。", "没有需要特别留意的人和纠纷。"} <= shown
    assert [due.kind for due in _rows(home.dues.list)] == [DueKind.SCREENING]


def test_registering_is_one_key_away(qtbot: QtBot, open_window: Open, village: Register) -> None:
    window = open_window(village)
    disputes = _shell(window).turn_to("disputes")
    for key, place in ((Qt.Key.Key_N, "register"), (Qt.Key.Key_K, "quick")):
        _home(window)
        press(qtbot, window, key)
        qtbot.waitUntil(lambda: disputes.form is not None)
        assert (_shell(window).front, disputes.form.place) == ("disputes", place)
        disputes.close_form()
    settle(qtbot, window)


_WHERE = {
    DueKind.ANSWER: "answer",
    DueKind.PROMISE: "perform",
    DueKind.MEDIATION: "session",
    DueKind.INTAKE: "accept",
    DueKind.CONFIRMATION: "confirm",
    DueKind.VISIT: "visit",
    DueKind.SIGNATURE: "agreement",
    DueKind.ARCHIVE: "archive",
}


_OF_THE_EXCHANGE = {DueKind.HANDED, DueKind.QUESTION, DueKind.NOT_TAKEN, DueKind.LOST}
# Claims come up once there are tables of allowances: test_ui_allowance.
_OF_CLAIMS = {DueKind.CLAIM, DueKind.CLAIM_REVIEW}


def test_what_the_exchange_leaves_to_do_leads_to_where_it_is_done(
    qtbot: QtBot, open_window: Open, village: Register, tmp_path: Path
) -> None:
    unit = village.unit
    case = kept(village, moved(an_open_case(), ago(3)))
    for name in ("1.xlsx", "2.xlsx"):
        send(village, month_of(today()), tmp_path / name, village.person, today())
    told = {"unit_id": unit.id, "digest": "", "received_on": today()}
    receipt = Receipt(id=new_id(), package_id="p", number=3, rejected=2, **told)
    question = Proposal(
        id=new_id(), unit_id=unit.id, sort=ProposalSort.CONFLICT, dispute_id=case.dispute.id,
        about_kind="dispute", about_id=case.dispute.id, field_name="people", ours="2", theirs="5",
    )  # fmt: skip
    township = a_unit(kind=UnitKind.TOWNSHIP, code="500230124000", name="双龙镇调委会")
    handed = HandOver(
        id=new_id(), dispute_id=case.dispute.id, from_unit_id=township.id, to_unit_id=unit.id,
        from_year=2026, from_number=4, handed_on=today(), reason="跟进", taken_on=today(),
    )  # fmt: skip
    with village.change(village.person, "收下回件") as change:
        for record in (township, receipt, question, handed):
            change.keep(record)
    window = open_window(village)
    dues = {due.kind: due for due in _rows(_home(window).dues.list)}
    assert dues.keys() >= _OF_THE_EXCHANGE
    assert "累计第1至2份报送" in dues[DueKind.LOST].about
    shell = _shell(window)
    for kind in _OF_THE_EXCHANGE:
        home = _home(window)
        number = _rows(home.dues.list).index(dues[kind])
        home.dues.list.setCurrentIndex(home.dues.list.lines.index(number, 0))
        qtbot.keyClick(home.dues.list, Qt.Key.Key_Return)
        assert shell.front == ("disputes" if kind is DueKind.HANDED else "sending"), kind
    settle(qtbot, window)


def test_every_line_opens_its_place_with_enter(
    qtbot: QtBot, open_window: Open, busy: Register
) -> None:
    window = open_window(busy)
    shell, home = _shell(window), _home(window)
    dues = _rows(home.dues.list)
    # Two cases of one number come up in test_ui_renumber.
    elsewhere = _OF_THE_EXCHANGE | _OF_CLAIMS | {DueKind.MISSING, DueKind.SAME_NUMBER}
    assert {due.kind for due in dues} == set(DueKind) - elsewhere
    for number, due in enumerate(dues):
        home = _home(window)
        home.dues.list.setCurrentIndex(home.dues.list.lines.index(number, 0))
        assert _rows(home.dues.list)[number] == due
        qtbot.keyClick(home.dues.list, Qt.Key.Key_Return)
        if due.kind in _WHERE:
            disputes = shell._pages["disputes"]
            assert shell.front == "disputes"
            assert disputes.form.place.partition(":")[0] == _WHERE[due.kind], due
            assert disputes.form.before.dispute.id == due.dispute_id
            disputes.close_form()
        elif due.kind is DueKind.REPORT:
            assert shell.front == "sending"
        else:
            works = shell._pages["works"]
            assert shell.front == "works"
            if due.kind is DueKind.SCREENING:
                assert works.form is not None
                works.close_form()
            else:
                assert works.browse.chosen.id == due.record_id
    settle(qtbot, window)


def test_overdue_comes_first_and_is_counted(open_window: Open, busy: Register) -> None:
    home = _home(open_window(busy))
    tones = [line.tone for line in home.dues.list.lines.all_shown()]
    order = [Tone.RED, Tone.AMBER, Tone.BLUE]
    assert tones == sorted(tones, key=order.index)
    counts = [tones.count(tone) for tone in order]
    said = "逾期 {} · 今天 {} · 七天内 {}".format(*counts)
    assert home.dues.told.text() == said
    assert [figure.count for figure in home.month.figures][2] == "2"


def test_a_figure_opens_the_disputes_that_it_counts(
    qtbot: QtBot, open_window: Open, village: Register
) -> None:
    kept(village, moved(an_open_case(), today().replace(day=1)), "何世明", "何世全")
    kept(village, moved(an_open_case(), ago(90)), "冉启林", "付家兴")
    kept(village, moved(a_case(), ago(60)))
    window = open_window(village)
    disputes = _shell(window).turn_to("disputes")
    for number, names in enumerate(({"何世明"}, set(), {"何世明", "冉启林"})):
        figure = _home(window).month.figures[number]
        assert figure.count == str(len(names))
        qtbot.keyClick(figure, Qt.Key.Key_Space)
        assert {line.applicants for line in disputes.browse.rows.all_shown()} == names


def test_what_was_begun_is_gone_on_with(qtbot: QtBot, open_window: Open, village: Register) -> None:
    window = open_window(village)
    _home(window)
    press(qtbot, window, Qt.Key.Key_N)
    disputes = _shell(window).turn_to("disputes")
    qtbot.waitUntil(lambda: disputes.form is not None)
    write(QApplication.focusWidget(), "向明贵")
    qtbot.waitUntil(lambda: bool(village.drafts()))
    disputes.close_form()
    press(qtbot, window, Qt.Key.Key_1)
    home = _home(window)
    (line,) = home.drafts.list.lines.all_shown()
    assert "向明贵" in line.about
    assert line.detail.startswith("今天")
    home.drafts.list.setFocus()
    qtbot.keyClick(home.drafts.list, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: disputes.form is not None)
    assert disputes.form.parties[0].form.boxes["name"].value() == "向明贵"
    disputes.close_form()
    settle(qtbot, window)


def test_the_page_sees_what_happens_while_it_is_in_front(
    qtbot: QtBot, open_window: Open, village: Register
) -> None:
    home = _home(open_window(village))
    draft = Draft("d1", "register", "", "登记纠纷", "", "{}", "2026-10-22T17:42:00+08:00")
    village.keep_draft(draft)
    qtbot.waitUntil(lambda: _rows(home.drafts.list) == [draft])
    village.drop_draft("d1")
    qtbot.waitUntil(lambda: _rows(home.drafts.list) == [])
    # As if the page had stood open over midnight.
    home._day = ago(1)
    qtbot.waitUntil(lambda: home._day == today())


def test_a_warning_is_verified_before_the_cases_that_gave_cause(
    qtbot: QtBot, open_window: Open, village: Register
) -> None:
    for days, name in ((1, "罗世华"), (2, "付家兴"), (3, "单国强")):
        kept(village, moved(an_open_case(), ago(days)), "向明贵", name)
    kept(village, moved(an_open_case(), ago(4)), "何世明", "何世全")
    window = open_window(village)
    home = _home(window)
    qtbot.waitUntil(lambda: home.warnings.list.lines.rowCount() == 1)
    home.warnings.list.setFocus()
    qtbot.keyClick(home.warnings.list, Qt.Key.Key_Return)
    form = _shell(window)._pages["disputes"].form
    assert form.place == "warning:J2"
    told = [label.text() for label in form.findChildren(QLabel)]
    assert any("第 3 次发生纠纷" in text for text in told)
    assert sum("向明贵与" in text and "梨子园村" in text for text in told) == 2


def test_arrows_choose_and_tab_goes_from_list_to_list(
    qtbot: QtBot, open_window: Open, busy: Register
) -> None:
    busy.keep_draft(Draft("d1", "register", "", "登记纠纷", "", "{}", "2026-10-22T17:42:00+08:00"))
    window = open_window(busy)
    home = _home(window)
    qtbot.waitUntil(lambda: home.warnings.list.lines.rowCount() > 0)
    press(qtbot, window, Qt.Key.Key_1)
    qtbot.waitUntil(home.dues.list.hasFocus)
    for _ in range(2):
        qtbot.keyClick(home.dues.list, Qt.Key.Key_Down)
    assert home.dues.list.currentIndex().row() == 2
    for listed in (home.drafts.list, home.warnings.list):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        assert listed.hasFocus()
    # Coming back one stands where one was.
    assert home.dues.list.currentIndex().row() == 2


def test_only_the_button_of_a_line_opens_it_at_one_click(
    qtbot: QtBot, open_window: Open, busy: Register
) -> None:
    window = open_window(busy)
    home = _home(window)
    listed = home.dues.list
    wanted: list[object] = []
    listed.opened.connect(wanted.append)
    place = listed.visualRect(listed.lines.index(1, 0))
    button = listed._paints.button(place)
    assert button.height() >= TARGET
    qtbot.mouseClick(
        listed.viewport(), Qt.MouseButton.LeftButton, pos=place.topLeft() + QPoint(40, 20)
    )
    assert listed.currentIndex().row() == 1
    assert not wanted
    qtbot.mouseClick(listed.viewport(), Qt.MouseButton.LeftButton, pos=button.center())
    assert wanted == [listed.lines.row(1)]
    settle(qtbot, window)


@pytest.mark.parametrize("size", [(1366, 768), (1093, 614), (910, 512)])
def test_everything_can_be_reached_at_every_scaling(
    qtbot: QtBot, open_window: Open, busy: Register, size: tuple[int, int]
) -> None:
    window = open_window(busy)
    window.resize(*size)
    home = _home(window)
    qtbot.waitUntil(lambda: home.warnings.list.lines.rowCount() > 0)
    qtbot.wait(20)
    assert home._view.widget().width() <= home._view.viewport().width()
    assert not _shell(window)._rooms["home"].horizontalScrollBar().maximum()
    for card in (home.dues, home.warnings):
        listed = card.list
        listed.setFocus()
        qtbot.keyClick(listed, Qt.Key.Key_End)
        qtbot.wait(10)
        row = listed.visualRect(listed.currentIndex())
        shown = listed.mapTo(home._view.viewport(), row.center())
        assert home._view.viewport().rect().contains(shown)
        assert listed.viewport().rect().contains(row.center())


def test_the_office_looks_at_the_villages_cases(
    qtbot: QtBot, open_window: Open, office: Register
) -> None:
    kept(office, moved(an_open_case(unit_id=office.committee.id), ago(33)))
    case = moved(an_open_case(unit_id=a_unit().id), ago(9))
    letter = Referral(
        id=new_id(), dispute_id=case.dispute.id, direction=Direction.IN, revision=1,
        channel=ReferralChannel.COURT, body="丰都县人民法院", answer_due_on=today(),
    )  # fmt: skip
    records = (replace(record, revision=1) for record in case.records())
    with office.change(office.person, "接收", "import") as change:
        change.adopt([a_unit(revision=1), *records, letter])
    window = open_window(office)
    home = _home(window)
    acts = {line.what.kind: line.act for line in home.dues.list.lines.all_shown()}
    assert acts == {
        DueKind.MEDIATION: "续调解", DueKind.ANSWER: "查看", DueKind.MISSING: "去收件"
    }  # fmt: skip
    assert home.month.report_said.text() == "已收 0 · 还差 1"
    place = list(acts).index(DueKind.ANSWER)
    home.dues.list.setCurrentIndex(home.dues.list.lines.index(place, 0))
    qtbot.keyClick(home.dues.list, Qt.Key.Key_Return)
    disputes = _shell(window)._pages["disputes"]
    assert disputes.form is None
    assert disputes.browse.card.case.dispute.id == case.dispute.id
