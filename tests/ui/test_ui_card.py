"""The file of a dispute: one course that shows every record, and the steps its state allows."""

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot
from rich_case import keep_a_rich_case
from ui_tools import keep_a_case, page, settle, settle_a_case

from mediation_desk.desk import recording
from mediation_desk.desk.clock import today
from mediation_desk.domain import lifecycle
from mediation_desk.domain.casefile import CaseFile
from mediation_desk.domain.codes import Outcome, RefusalReason, Retention, TerminationReason
from mediation_desk.domain.lifecycle import StepName
from mediation_desk.store.register import Register
from mediation_desk.ui import theme
from mediation_desk.ui.opening import Opening
from mediation_desk.ui.pages.case_card import CaseCard
from mediation_desk.ui.pages.case_parts import StepButton
from mediation_desk.ui.pages.story import Beside, story
from mediation_desk.ui.pages.timeline import Timeline, day_words
from mediation_desk.ui.window import DeskWindow

Open = Callable[..., DeskWindow]


def _shown(card: CaseCard, case: CaseFile) -> QWidget:
    card.show_case(case.dispute.id)
    return card._body.currentWidget()


def _lines(view: QWidget) -> list[str]:
    (course,) = view.findChildren(Timeline)
    return [f"{entry.title} {entry.more}" for entry in course.entries]


def _opened(view: QWidget) -> set[str]:
    found = {line.name for line in view.findChildren(Opening) if line.offered}
    for course in view.findChildren(Timeline):
        found |= {course.entries[place].opens for place in course.openable}
    return found


def test_the_course_shows_every_record_of_the_file(open_window: Open, village: Register) -> None:
    case = keep_a_rich_case(village)
    card = page(open_window(village), "disputes").browse.card
    view = _shown(card, case)
    told = "\n".join(_lines(view))
    for words in (
        "排查发现", "何家两兄弟为东墙争吵",
        "转入 · 诉调对接", "(2026)渝0230诉前调12号",
        "受理登记", "告知权利义务", "调解期限延长至",
        "转入 · 访调对接", "初信初访", "已答复双龙镇信访办", "已调解成功，双方签了协议",
        "风险等级 · 红色", "何世全扬言推墙", "风险已报告 双龙派出所", "风险等级 · 蓝色",
        "防止民间纠纷转化为刑事案件", "1 件 2 人", "夺下锄头",
        "调查 · 何启富", "第1次调解 · 有待继续调解", "第2次调解 · 调解成功", "回访 · 上门",
        "法律援助 · 协助申请", "法律顾问解答",
        "达成书面协议，涉及 1,500 元", "当事人签名、人民调解员签名", "盖章", "协议生效",
        "第1项已履行", "第2项应履行 · 逾期 2 天", "第3项应履行", "补修东墙",
        "申请司法确认", "司法确认 · 已确认", "(2026)渝0230民特3号",
        "附件 · 证据材料 2 个", "界石", "附件 · 已签名的文书 1 个",
        "应答复丰都县人民法院", "还有 3 天",
        "回访 · 草稿", "停在“回访情况”",
    ):  # fmt: skip
        assert words in told, words


def test_every_record_of_the_file_can_be_opened_from_the_course(
    open_window: Open, village: Register
) -> None:
    case = keep_a_rich_case(village)
    disputes = page(open_window(village), "disputes")
    card = disputes.browse.card
    names = _opened(_shown(card, case))
    wanted = {f"referral:{entry.id}" for entry in case.referrals[:2]}
    wanted |= {f"answer:{entry.id}" for entry in case.referrals[:2]}
    wanted |= {f"risk:{entry.id}" for entry in case.risks}
    wanted |= {f"prevention:{entry.id}" for entry in case.preventions}
    wanted |= {f"perform:{entry.id}" for entry in case.promises}
    kinds = ("inquiry", "session", "session", "visit")
    wanted |= {f"{kind}:{entry.id}" for kind, entry in zip(kinds, case.sessions, strict=True)}
    wanted |= {"edit", "agreement", "confirm", "ending", "attachments", "draft:d1"}
    assert wanted <= names
    for name in sorted(names - {"attachments"}):
        disputes.step(name)
        assert disputes.form is not None, name
        disputes.form.touched = False
        disputes.close_form()


def test_days_stand_in_order_and_what_is_to_come_is_told_apart(village: Register) -> None:
    case = keep_a_rich_case(village)
    entries = story(case, today(), Beside())
    days = [entry.day for entry in entries]
    assert days == sorted(days)
    assert all(entry.pending for entry in entries if entry.day > today())


def test_ends_stand_in_the_course(village: Register) -> None:
    case = keep_a_case(village)
    refused = lifecycle.refuse(
        replace(case.dispute, status=type(case.dispute.status).REGISTERED, intake_on=None),
        today(),
        RefusalReason.RESERVED,
        remedies_told=True,
    )
    (end,) = (
        entry for entry in story(CaseFile(refused, case.parties), today()) if "受理" in entry.title
        and entry.more.startswith("法律")
    )  # fmt: skip
    assert end.title == "不予受理"
    assert "已告知救济途径" in end.more
    settled = settle_a_case(village, case)
    filed = lifecycle.archive(settled.dispute, today(), Retention.LONG)
    titles = {entry.title: entry.more for entry in story(replace(settled, dispute=filed), today())}
    assert titles["归档"] == "保管期限 长期"
    void = replace(case.dispute, void_reason="重复登记")
    assert story(CaseFile(void), today())[-1].more == "重复登记"


def test_a_void_dispute_waits_for_nothing_and_tells_when_it_was_voided(
    open_window: Open, village: Register
) -> None:
    case = keep_a_rich_case(village)
    assert any(entry.pending for entry in story(case, today()))
    card = page(open_window(village), "disputes").browse.card
    void = recording.void_case(village, case, village.person, "重复登记")
    (course,) = _shown(card, void).findChildren(Timeline)
    assert not [entry.title for entry in course.entries if entry.pending]
    (end,) = (entry for entry in course.entries if entry.title == "作废")
    assert end.day == today()


def _menu(card: CaseCard) -> dict[str, bool]:
    return {
        action.text(): action.isEnabled()
        for action in card.steps.menu.actions()
        if not action.isSeparator()
    }


def test_only_what_the_state_allows_is_offered_and_the_rest_says_why(
    open_window: Open, village: Register
) -> None:
    case = keep_a_case(village)
    card = page(open_window(village), "disputes").browse.card
    _shown(card, case)
    buttons = [made.step for made in card._bar.findChildren(StepButton)]
    assert buttons[0] == StepName.SESSION.value
    assert {step.id for step in lifecycle.steps(case) if step.possible} >= set(buttons)
    menu = _menu(card)
    assert menu["归档 — 纠纷还没有结案。"] is False
    assert menu["受理 — 纠纷已经受理。"] is False
    assert menu["修改记录 (&U)"] is True
    further = next(a.menu() for a in card.steps.menu.actions() if a.menu())
    missing = [a.text() for a in further.actions() if not a.isEnabled()]
    assert missing == ["司法确认 (&C) — 还没有达成协议。"]


def test_the_menu_leads_to_the_history(open_window: Open, village: Register) -> None:
    case = keep_a_case(village)
    card = page(open_window(village), "disputes").browse.card
    _shown(card, case)
    said = []
    card.step_wanted.disconnect()
    card.step_wanted.connect(said.append)
    next(a for a in card.steps.menu.actions() if a.text().startswith("修改记录")).trigger()
    assert said == ["history"]


def test_a_line_is_opened_by_keyboard_and_by_mouse(
    qtbot: QtBot, open_window: Open, village: Register
) -> None:
    case = settle_a_case(village, keep_a_case(village))
    window = open_window(village)
    disputes = page(window, "disputes")
    card = disputes.browse.card
    (course,) = _shown(card, case).findChildren(Timeline)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    course.setFocus()
    names = [course.entries[place].opens for place in course.openable]
    assert names[0] == "edit"
    qtbot.keyClick(course, Qt.Key.Key_Down)
    qtbot.keyClick(course, Qt.Key.Key_Return)
    assert disputes.form.place == names[1]
    disputes.close_form()
    (course,) = _shown(card, case).findChildren(Timeline)
    place = course.openable[names.index("agreement")]
    spot = course.line_at(place).center()
    qtbot.mouseClick(course, Qt.MouseButton.LeftButton, pos=spot)
    assert disputes.form.place == "agreement"
    disputes.close_form()


def test_the_keys_keep_the_line_in_view(qtbot: QtBot, open_window: Open, village: Register) -> None:
    case = keep_a_rich_case(village)
    card = page(open_window(village), "disputes").browse.card
    view = _shown(card, case)
    (course,) = view.findChildren(Timeline)
    qtbot.waitUntil(lambda: view.verticalScrollBar().maximum() > 0)
    course.setFocus()
    qtbot.keyClick(course, Qt.Key.Key_End)
    assert view.verticalScrollBar().value() > 0
    last = course.line_at(course.openable[-1]).translated(course.pos())
    top = view.verticalScrollBar().value()
    assert top <= last.top() <= last.bottom() <= top + view.viewport().height()
    qtbot.keyClick(course, Qt.Key.Key_Home)
    first = course.line_at(course.openable[0]).translated(course.pos())
    assert view.verticalScrollBar().value() <= first.top()


def test_no_line_of_the_course_is_cut_or_too_small(open_window: Open, village: Register) -> None:
    case = keep_a_rich_case(village)
    card = page(open_window(village), "disputes").browse.card
    (course,) = _shown(card, case).findChildren(Timeline)
    for width in (300, 480, 900):
        course.resize(width, course.heightForWidth(width))
        lines = [course.line_at(place) for place in range(len(course.entries))]
        assert all(line.height() >= 44 for line, entry in zip(lines, course.entries, strict=True)
                   if entry.opens)  # fmt: skip
        assert all(a.bottom() + 1 == b.top() for a, b in pairwise(lines))
        assert lines[-1].bottom() < course.height()
    assert course.heightForWidth(220) > course.heightForWidth(900)


def test_days_of_other_years_have_room(open_window: Open, village: Register) -> None:
    case = keep_a_case(village)
    long_ago = case.dispute.intake_on.replace(year=case.dispute.intake_on.year - 1)
    last_year = replace(case.dispute, intake_on=long_ago)
    open_window(village)
    course = Timeline(story(replace(case, dispute=last_year), today()), today(), opens=False)
    (words,) = (day_words(entry, today()) for entry in course.entries)
    assert words == long_ago.isoformat()
    small = QFontMetrics(theme.font(10.5))
    assert course._days_width() >= small.horizontalAdvance(words)


def test_a_finding_leads_to_where_it_is_mended(open_window: Open, village: Register) -> None:
    case = keep_a_rich_case(village)
    red = replace(case.risks[0], reported_on=None)
    changed = replace(case, risks=(red, case.risks[1]))
    case = recording.keep_case(village, case, changed, "陶素芬", "改", today())
    card = page(open_window(village), "disputes").browse.card
    view = _shown(card, case)
    (line,) = (e for e in view.findChildren(Opening) if "没有记录向谁报告" in e.accessibleName())
    assert line.name == "report"


def test_others_cases_are_only_read(qtbot: QtBot, open_window: Open, village: Register) -> None:
    case = keep_a_rich_case(village)
    with village.change("罗晓", "接收") as change:
        unit = replace(village.unit, id="another", code="500230124201", revision=0)
        change.keep(unit)
        change.keep(replace(case.dispute, unit_id="another"))
    case = village.case(case.dispute.id)
    window = open_window(village)
    card = page(window, "disputes").browse.card
    for tab in range(card.tabs.count() or 6):
        view = _shown(card, case)
        card.tabs.setCurrentIndex(tab)
        view = card._body.currentWidget()
        assert not [made for made in view.findChildren(StepButton) if not made.isHidden()], tab
        # Scans and papers may be looked at.
        assert all(not name or tab in {5, 7} for name in _opened(view)), tab
    assert not card.takes_scans
    assert not card.steps.menu.actions()
    settle(qtbot, window)


def test_earlier_cases_of_a_party_are_told(open_window: Open, village: Register) -> None:
    earlier = keep_a_case(village, "何世明", "冉启林", days_ago=90)
    case = keep_a_rich_case(village)
    card = page(open_window(village), "disputes").browse.card
    _shown(card, case)
    card.tabs.setCurrentIndex(2)
    told = "\n".join(label.text() for label in card._body.currentWidget().findChildren(QLabel))
    assert "这个人以前" in told
    assert f"第{earlier.dispute.number:03d}号" in told
    assert "何小琴" in told


def test_promises_are_marked_kept_from_their_line(
    qtbot: QtBot, open_window: Open, village: Register
) -> None:
    case = keep_a_rich_case(village)
    window = open_window(village)
    disputes = page(window, "disputes")
    card = disputes.browse.card
    _shown(card, case)
    card.tabs.setCurrentIndex(3)
    steps = [made.step for made in card._body.currentWidget().findChildren(StepButton)]
    assert f"perform:{case.promises[0].id}" not in steps
    waiting = f"perform:{case.promises[1].id}"
    button = next(
        made for made in card._body.currentWidget().findChildren(StepButton) if made.step == waiting
    )
    button.click()
    assert disputes.form is not None
    disputes.close_form()
    settle(qtbot, window)


def test_how_it_ended_and_was_filed_is_corrected(
    qtbot: QtBot, open_window: Open, village: Register
) -> None:
    case = keep_a_case(village)
    ended = lifecycle.terminate(
        case.dispute, today(), TerminationReason.NO_AGREEMENT, remedies_told=False
    )
    filed = lifecycle.archive(ended, today(), Retention.SHORT)
    case = recording.keep_case(
        village, case, replace(case, dispute=filed), village.person, "终止", today()
    )
    window = open_window(village)
    disputes = page(window, "disputes")
    _shown(disputes.browse.card, case)
    disputes.step("ending")
    disputes.form.dispute.boxes["termination"].show_value(TerminationReason.PARTY)
    disputes.form.dispute.boxes["remedies_told"].show_value(True)
    disputes.form.save()
    qtbot.waitUntil(lambda: disputes.form is None)
    disputes.step("filing")
    disputes.form.dispute.boxes["retention"].show_value(Retention.LONG)
    disputes.form.save()
    qtbot.waitUntil(lambda: disputes.form is None)
    settle(qtbot, window)
    kept = village.case(case.dispute.id).dispute
    assert kept.outcome is Outcome.TERMINATED
    assert kept.remedies_told
    assert kept.retention is Retention.LONG
    assert _menu(disputes.browse.card)["修改归档情况 (&Q)"]
