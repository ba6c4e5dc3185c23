"""The inspector in the window: on a dispute's file, before archiving, and at the office."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from rich_case import keep_a_rich_case
from ui_tools import finish, keep_a_case, page, press, settle, settle_a_case

from mediation_desk.desk import receiving, recording, sampling, sending
from mediation_desk.desk.clock import today
from mediation_desk.domain.casefile import CaseFile
from mediation_desk.domain.codes import CaseStatus, Outcome, Retention, TerminationReason
from mediation_desk.domain.lifecycle import archive as put_away
from mediation_desk.domain.periods import month_of, year
from mediation_desk.store.register import Register
from mediation_desk.ui.opening import Opening
from mediation_desk.ui.pages.case_card import CaseCard
from mediation_desk.ui.pages.case_parts import StepButton
from mediation_desk.ui.window import DeskWindow

Open = Callable[..., DeskWindow]


def texts(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel))


def inspection(card: CaseCard, case: CaseFile) -> QWidget:
    card.show_case(case.dispute.id)
    card.show_inspection()
    return card._body.currentWidget()


def in_sight(form: QWidget, box: QWidget) -> bool:
    top = box.mapTo(form.view.viewport(), box.rect().topLeft()).y()
    return 0 <= top < form.view.viewport().height()


def line(view: QWidget, rule: str) -> Opening:
    (found,) = (e for e in view.findChildren(Opening) if f"（{rule}）" in e.accessibleName())
    return found


def test_the_tab_tells_findings_with_their_source_and_leads_to_the_field(
    qtbot: QtBot, open_window: Open, village: Register
) -> None:
    case = settle_a_case(village, keep_a_case(village))
    window = open_window(village)
    disputes = page(window, "disputes")
    view = inspection(disputes.browse.card, case)
    told = texts(view)
    assert "应补 3 处，提示 3 处" in told
    assert "没有记录权利义务告知日期，卷内缺告知书。" in told
    assert "依据：人民调解法第二十三条、第二十四条；卷内目录必须项（JZ2）" in told
    notice = line(view, "JZ2")
    assert notice.name == f"edit#{case.dispute.id}/informed_on"
    assert line(view, "JZ21").name == f"agreement#{case.agreement.id}/content"
    assert line(view, "JZ3").name == "attachments"
    notice.choose()
    assert disputes.form is not None
    assert disputes.form.place == "edit"
    box = disputes.form.forms[case.dispute.id].boxes["informed_on"]
    qtbot.waitUntil(lambda: box.isAncestorOf(QApplication.focusWidget()))
    assert in_sight(disputes.form, box)
    settle(qtbot, window)


def test_what_is_mended_is_not_found_any_more(open_window: Open, village: Register) -> None:
    case = settle_a_case(village, keep_a_case(village))
    card = page(open_window(village), "disputes").browse.card
    assert "（JZ2）" in texts(inspection(card, case))
    informed = replace(case.dispute, informed_on=case.dispute.intake_on)
    after = replace(case, dispute=informed)
    case = recording.keep_case(village, case, after, "陶素芬", "补填", today())
    assert "（JZ2）" not in texts(inspection(card, case))


def test_scans_are_added_where_one_is_missing(open_window: Open, village: Register) -> None:
    case = keep_a_case(village)
    card = page(open_window(village), "disputes").browse.card
    line(inspection(card, case), "JZ3").choose()
    assert card.tabs.tabText(card.tabs.currentIndex()) == "附件"


def test_every_finding_of_a_rich_file_opens_a_form_or_says_nothing_can_be_done(
    qtbot: QtBot, open_window: Open, village: Register
) -> None:
    case = keep_a_rich_case(village)
    window = open_window(village)
    disputes = page(window, "disputes")
    view = inspection(disputes.browse.card, case)
    names = {one.name for one in view.findChildren(Opening)}
    assert len(names) > 2
    for name in names - {"", "attachments"}:
        disputes.step(name)
        form, (record_id, _, field) = disputes.form, name.partition("#")[2].partition("/")
        assert form is not None, name
        if field in getattr(form.forms.get(record_id), "boxes", {}):
            box = form.forms[record_id].boxes[field]
            qtbot.waitUntil(lambda box=box: box.isAncestorOf(QApplication.focusWidget()))
        disputes.close_form()
    settle(qtbot, window)


def test_a_missing_record_leads_to_where_it_is_made_up_for(
    qtbot: QtBot, open_window: Open, village: Register
) -> None:
    """Before the file is put away by taking the case up again, afterwards by its note."""
    case = keep_a_case(village)
    ended = replace(
        case.dispute,
        status=CaseStatus.CLOSED,
        outcome=Outcome.FAILED,
        closed_on=today(),
        termination=TerminationReason.NO_AGREEMENT,
        remedies_told=True,
    )
    after = replace(case, dispute=ended)
    case = recording.keep_case(village, case, after, "陶素芬", "没有调成", today())
    window = open_window(village)
    disputes = page(window, "disputes")
    line(inspection(disputes.browse.card, case), "JZ5").choose()
    assert disputes.form.place == "reopen"
    disputes.close_form()
    filed = put_away(case.dispute, today(), Retention.SHORT)
    after = replace(case, dispute=filed)
    case = recording.keep_case(village, case, after, "陶素芬", "归档", today())
    line(inspection(disputes.browse.card, case), "JZ5").choose()
    assert disputes.form.place == "filing"
    assert "file_note" in disputes.form.forms[case.dispute.id].boxes
    settle(qtbot, window)


def test_a_void_file_has_nothing_to_mend(open_window: Open, village: Register) -> None:
    case = recording.void_case(village, keep_a_case(village), "陶素芬", "重复登记")
    card = page(open_window(village), "disputes").browse.card
    assert not inspection(card, case).findChildren(Opening)


def test_before_a_file_is_archived_its_findings_are_shown(
    qtbot: QtBot, open_window: Open, village: Register
) -> None:
    case = settle_a_case(village, keep_a_case(village))
    window = open_window(village)
    disputes = page(window, "disputes")
    disputes.browse.show_case(case.dispute.id)
    disputes.step("archive")
    told = texts(disputes.form)
    assert "卷宗体检：应补 3 处，提示 3 处" in told
    assert "没有记录权利义务告知日期" in told
    assert not [one for one in disputes.form.findChildren(Opening) if one.offered]
    disputes.form.dispute.boxes["retention"].show_value(Retention.SHORT)
    press(qtbot, window, Qt.Key.Key_S)
    qtbot.waitUntil(lambda: disputes.form is None)
    assert village.case(case.dispute.id).dispute.archived_on == today()


# The office


@pytest.fixture
def case(village: Register, office: Register, tmp_path: Path) -> CaseFile:
    """A settled case that the office has received, identity and all."""
    kept = settle_a_case(village, keep_a_case(village, days_ago=0))
    month = month_of(today())
    target = tmp_path / "report.xlsx"
    path = sending.send(village, month, target, village.person, today(), "双龙司法所").path
    (came,) = receiving.receive_all(office, [path], office.person, today())
    assert came.act
    return kept


def test_an_office_writes_the_findings_into_what_it_gives_back(
    qtbot: QtBot, open_window: Open, office: Register, case: CaseFile
) -> None:
    window = open_window(office)
    disputes = page(window, "disputes")
    view = inspection(disputes.browse.card, case)
    assert not [one for one in view.findChildren(Opening) if one.offered]
    (give,) = view.findChildren(StepButton)
    assert give.text().startswith("把这些写进退回意见")
    give.click()
    box = disputes.form.entry.boxes["words"]
    assert box.value().startswith("1. ")
    assert "没有记录权利义务告知日期" in box.value()
    assert case.parties[0].name not in box.value()
    press(qtbot, window, Qt.Key.Key_S)
    qtbot.waitUntil(lambda: disputes.form is None)
    (kept,) = office.all("return")
    assert "没有记录权利义务告知日期" in kept.words
    finish(window)


def test_a_drawn_file_is_noted_to_be_in_order(
    qtbot: QtBot, open_window: Open, office: Register, case: CaseFile
) -> None:
    drawing = sampling.draw(office, year(today().year), "1", "罗晓", today())
    window = open_window(office)
    card = page(window, "disputes").browse.card
    view = inspection(card, case)
    assert f"抽查抽中（抽取号{drawing.seed}）" in texts(view)
    (fine,) = (b for b in view.findChildren(QPushButton) if b.text().startswith("没有问题"))
    fine.click()
    settle(qtbot, window)
    assert office.get("sampling", drawing.id).passed_ids == (case.dispute.id,)
    shown = card._body.currentWidget()
    assert "没有问题" in texts(shown)
    assert not [b for b in shown.findChildren(QPushButton) if b.text().startswith("没有问题")]
