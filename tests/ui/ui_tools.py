"""What tests of the window do again and again: wait, type, keep and settle a case."""

from dataclasses import replace
from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from mediation_desk.desk import recording
from mediation_desk.desk.clock import today as this_day
from mediation_desk.domain import lifecycle
from mediation_desk.domain.casefile import CaseFile
from mediation_desk.domain.codes import AgreementForm, CaseStatus, SessionResult
from mediation_desk.domain.handling import Agreement, MediationSession
from mediation_desk.domain.record import new_id
from mediation_desk.store.register import Register
from mediation_desk.ui.pages.notice import Notice
from mediation_desk.ui.window import DeskWindow

PASSWORD = "梨花-2026"


def settle(qtbot: QtBot, window: DeskWindow) -> None:
    """Wait until the worker has nothing left to report."""
    qtbot.waitUntil(lambda: not window.jobs.running, timeout=120_000)


def how_windows_stand() -> str:
    """What is active, has the cursor, is being done and was told, to say with a failed wait."""
    told = [
        notice.said.text()
        for window in QApplication.topLevelWidgets()
        for notice in window.findChildren(Notice)
        if notice.isVisible()
    ]
    doing = [
        window.jobs.doing
        for window in QApplication.topLevelWidgets()
        if isinstance(window, DeskWindow)
    ]
    active, cursor = QApplication.activeWindow(), QApplication.focusWidget()
    return f"active: {active}; cursor: {cursor}; doing: {doing}; told: {told}"


def press(qtbot: QtBot, window: DeskWindow, key: Qt.Key) -> None:
    """Press Ctrl and `key` in an active window; without a screen activation wants asking twice."""

    def active() -> bool:
        window.activateWindow()
        return window.isActiveWindow()

    qtbot.waitUntil(active)
    qtbot.keyClick(window, key, Qt.KeyboardModifier.ControlModifier)


def write(widget: QWidget, text: str) -> None:
    """Enter `text` as an input method commits it."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(widget, event)


def finish(window: DeskWindow) -> None:
    """Let the worker report what it was asked, such as the figures of a page just turned to."""
    while window.jobs.running:
        QApplication.processEvents()


def page(window: DeskWindow, name: str) -> QWidget:
    """A page of the open register, the file of the first dispute already beside the list."""
    turned = window.centralWidget().currentWidget().turn_to(name)
    finish(window)
    if name == "disputes" and turned.browse.card.case is None:
        turned.browse._choose_first()
    return turned


def keep_a_case(
    register: Register, applicant: str = "秦德珍", respondent: str = "蒋仕文", days_ago: int = 3
) -> CaseFile:
    """Register a dispute between neighbours as the desk does."""
    blank = recording.blank_case(register, this_day() - timedelta(days=days_ago), register.person)
    names = (applicant, respondent)
    parties = tuple(
        replace(party, name=name) for party, name in zip(blank.parties, names, strict=True)
    )
    dispute = replace(blank.dispute, type="02", facts="排水沟堵塞，雨水漫入邻家院坝。")
    if dispute.status is CaseStatus.REGISTERED:
        dispute = lifecycle.accept(dispute, dispute.intake_on or this_day())
    case = replace(blank, dispute=dispute, parties=parties)
    return recording.keep_case(register, None, case, register.person, "登记", this_day())


def settle_a_case(register: Register, case: CaseFile, amount_fen: int = 300_000) -> CaseFile:
    """Bring a dispute to a written agreement."""
    day = case.dispute.intake_on or this_day()
    session = MediationSession(
        id=new_id(),
        dispute_id=case.dispute.id,
        held_on=day,
        narrative="双方各退一步。",
        mediator_ids=case.dispute.mediator_ids,
        recorder=register.person,
        result=SessionResult.SETTLED,
    )
    agreement = Agreement(
        id=new_id(),
        dispute_id=case.dispute.id,
        form=AgreementForm.WRITTEN,
        agreed_on=day,
        content="把水沟加宽并清淤。",
        amount_fen=amount_fen,
        on_the_spot=True,
        parties_signed_on=day,
        mediator_signed_on=day,
        sealed_on=day,
    )
    dispute = lifecycle.settle(lifecycle.with_session(case.dispute, session), agreement)
    after = replace(case, dispute=dispute, sessions=(session,), agreement=agreement)
    return recording.keep_case(register, case, after, register.person, "达成协议", this_day())
