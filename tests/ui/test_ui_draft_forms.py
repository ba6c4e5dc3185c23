"""Every form gives all of its boxes to the draft and takes them back."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from draft_tools import lose, take_up
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QWidget
from ui_tools import keep_a_case, page, settle_a_case

from mediation_desk.desk import recording
from mediation_desk.desk.clock import today
from mediation_desk.domain.casefile import CaseFile
from mediation_desk.domain.codes import (
    Direction,
    Performance,
    ReferralChannel,
)
from mediation_desk.domain.handling import Attachment, Promise, Referral
from mediation_desk.domain.record import new_id
from mediation_desk.domain.returning import Return
from mediation_desk.store.register import Register
from mediation_desk.ui.editors import ChoiceEditor, SeveralEditor, YesEditor
from mediation_desk.ui.fields import FieldBox
from mediation_desk.ui.pages.dispute_forms import _MAKERS
from mediation_desk.ui.window import DeskWindow

Open = Callable[..., DeskWindow]


# These are about an agreement, or about a letter that was sent.
_AFTER_AGREEING = ("perform", "agreement", "confirm", "visit", "archive", "reopen", "answer")


def _half_written(box: FieldBox) -> None:
    """Leave something in a box that it did not hold."""
    editor = box.editor
    if isinstance(editor, ChoiceEditor):
        editor.show_value(editor._choices[-1][0])
    elif isinstance(editor, SeveralEditor):
        editor.show_value(())
    elif isinstance(editor, YesEditor):
        editor.show_value(not editor.value())
    else:
        editor.put_back("写到一半")
    box._edited()


def _contents(form: QWidget) -> list[tuple[str, object]]:
    return [(box.label, box.editor.content()) for box in form.findChildren(FieldBox)]


@pytest.mark.parametrize("name", sorted(_MAKERS))
def test_no_box_of_any_form_is_forgotten(open_window: Open, village: Register, name: str) -> None:
    case = _with_scan(village, keep_a_case(village))
    if name in _AFTER_AGREEING:
        case = _with_terms(village, settle_a_case(village, case))
    part = {
        "answer": case.referrals,
        "attachment": case.attachments,
        "mend": case.returns,
    }.get(name)
    window = open_window(village)
    disputes = page(window, "disputes")
    place = f"{name}:{part[0].id}" if part else name
    disputes.step(place)
    form = disputes.form
    assert form.place == place
    for box in form.findChildren(FieldBox):
        _half_written(box)
    written = _contents(form)
    assert written
    form.drafting.keep_now()
    lose(disputes)
    (draft,) = village.drafts()
    assert draft.about == case.dispute.id
    take_up(window, draft)
    assert _contents(disputes.form) == written
    lose(disputes)


def _with_scan(register: Register, case: CaseFile) -> CaseFile:
    """A scan whose name can be corrected, and something the office wants put right."""
    scan = Attachment(
        id=new_id(),
        dispute_id=case.dispute.id,
        name="申请书.jpg",
        media_type="image/jpeg",
        size=1,
        sha256="0" * 64,
    )
    given_back = Return(
        id=new_id(),
        unit_id=case.dispute.unit_id,
        dispute_id=case.dispute.id,
        words="缺盖章日期。",
        returned_on=today(),
    )
    with register.change(register.person, "附件") as change:
        change.keep_bytes(scan.sha256, b"x")
        change.keep(scan)
        change.keep(given_back)
    return register.case(case.dispute.id)


def _with_terms(register: Register, case: CaseFile) -> CaseFile:
    """An agreement with a term in instalments yet to be kept, and a letter to be answered."""
    promise = Promise(
        id=new_id(),
        dispute_id=case.dispute.id,
        agreement_id=case.agreement.id,
        party_id=case.parties[1].id,
        what="赔偿",
        amount_fen=300_000,
        due_on=today(),
    )
    letter = Referral(
        id=new_id(),
        dispute_id=case.dispute.id,
        direction=Direction.OUT,
        channel=ReferralChannel.POLICE,
        body="派出所",
        letter_on=today(),
        answer_due_on=today(),
    )
    spot = replace(case.agreement, on_the_spot=False)
    dispute = replace(case.dispute, performance=Performance.NOT_DUE, performed_on=None)
    after = replace(case, dispute=dispute, agreement=spot, promises=(promise,), referrals=(letter,))
    return recording.keep_case(register, case, after, register.person, "补充", today())


@pytest.mark.parametrize("place", ["register", "quick"])
def test_no_box_of_a_new_dispute_is_forgotten(
    open_window: Open, village: Register, place: str
) -> None:
    keep_a_case(village)
    window = open_window(village)
    disputes = page(window, "disputes")
    getattr(disputes, place)()
    for box in disputes.form.findChildren(FieldBox):
        _half_written(box)
    written = _contents(disputes.form)
    disputes.form.drafting.keep_now()
    lose(disputes)
    (draft,) = village.drafts()
    assert draft.place == place
    take_up(window, draft)
    # The blank parties of the new form are gone; those made again come in another order.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert sorted(map(str, _contents(disputes.form))) == sorted(map(str, written))
    lose(disputes)
