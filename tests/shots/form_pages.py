"""The forms about a dispute as they open and written in, and what they say is wrong."""

from datetime import timedelta

from camera import Camera
from filling import fill, fill_instalments
from scan_pages import attach_scan

from mediation_desk.desk.clock import today
from mediation_desk.domain.codes import CaseStatus, Direction, Outcome, ReferralChannel
from mediation_desk.domain.finding import Find
from mediation_desk.domain.handling import Referral
from mediation_desk.domain.lifecycle import StepName
from mediation_desk.domain.record import new_id
from mediation_desk.ui.pages import dispute_forms

# Shown where the office has given a case back, and where there is something to answer or correct.
_OF_A_PART = {"answer", "attachment", dispute_forms.MEND, dispute_forms.RETURN}
_OF_OPEN = {"accept", "session", "inquiry", "agree", "terminate", "refuse", "transfer", "extend"}


def form_pages(camera: Camera, window, shell) -> None:
    """Every form that writes about a dispute."""
    disputes = shell.turn_to("disputes")
    camera.wait(500)
    _registering(camera, window, disputes)
    _quick(camera, window, disputes)
    register = window._register
    attach_scan(register)
    _letter(register)
    lines = disputes.browse.rows.all_shown()
    settled = next(line for line in lines if line.dispute.outcome is Outcome.SETTLED)
    about = {name: _in_state(lines, CaseStatus.MEDIATING) for name in _OF_OPEN}
    about |= {name: _in_state(lines, CaseStatus.REGISTERED) for name in ("accept", "refuse")}
    for kind, name in (("referral", "answer"), ("attachment", "attachment")):
        record = register.all(kind)[0]
        about[f"{name}:{record.id}"] = record.dispute_id
    for name in dict.fromkeys((*dispute_forms._MAKERS, *about)):
        if name not in _OF_A_PART:
            disputes.browse.show_case(about.get(name, settled.dispute.id))
            _form(camera, window, disputes, name)
    session = register.case(settled.dispute.id).sessions[0]
    disputes.browse.show_case(settled.dispute.id)
    _striking(camera, window, disputes, f"session:{session.id}")


def _in_state(lines, status: CaseStatus) -> str:
    return next(line.dispute.id for line in lines if line.dispute.status is status)


def _form(camera: Camera, window, disputes, name: str) -> None:
    shown = f"22-form-{name.partition(':')[0]}"
    disputes.step(name)
    camera.take(window, shown)
    fill(disputes.form)
    if name == StepName.AGREE.value:
        disputes.form.sides.add_instalments.click()
        fill_instalments(disputes.form.sides.instalments)
    camera.take_through(window, disputes.form.view, f"{shown}-written")
    _give_up(camera, disputes)


def _give_up(camera: Camera, disputes) -> None:
    """Leave a form, and no draft of it."""
    disputes.form._throw_away()
    while disputes.form is not None:
        camera.wait(20)


def _striking(camera: Camera, window, disputes, name: str) -> None:
    disputes.step(name)
    disputes.form.striking.turn.click()
    disputes.form.save()
    bar = disputes.form.view.verticalScrollBar()
    camera.wait()
    bar.setValue(bar.maximum())
    camera.take(window, "22-form-striking")
    _give_up(camera, disputes)


def _registering(camera: Camera, window, disputes) -> None:
    disputes.register()
    camera.take(window, "20-register")
    form = disputes.form
    form.parties[0].form.boxes["name"].put_back("秦德珍")
    form.parties[1].form.boxes["name"].put_back("蒋仕文")
    form.parties[0].form.boxes["id_number"].put_back("99000119620817402X")
    form.parties[0].agents.add()
    form.dispute.boxes["type"].put_back("02")
    fill(form)
    camera.wait(600)
    form.acceptance.turn.click()
    camera.take_through(window, form.view, "20-register-written")
    form.parties[0].form.boxes["id_number"].put_back("990001196208170000")
    form.dispute.boxes["claim_fen"].put_back("约五千")
    form.save()
    camera.take(window, "20-register-wrong")
    _give_up(camera, disputes)


def _quick(camera: Camera, window, disputes) -> None:
    disputes.quick()
    camera.take(window, "21-quick")
    disputes.form.save()
    camera.take(window, "21-quick-wrong")
    disputes.close_form()
    _write_quick(camera, disputes)
    camera.take_through(window, disputes.form.view, "21-quick-written")
    disputes.form.save()
    while disputes.form is not None:
        camera.wait(20)
    camera.take(window, "21-quick-saved")
    _write_quick(camera, disputes)
    disputes.form.hints.writing.click()
    camera.take(window, "21-quick-in-writing")
    _give_up(camera, disputes)
    for draft in window._register.drafts():
        window._register.drop_draft(draft.id)


def _write_quick(camera: Camera, disputes) -> None:
    disputes.quick()
    form = disputes.form
    rows = list(form.rows.values())
    rows[0].form.boxes["name"].put_back("秦德珍")
    rows[0].form.boxes["id_number"].put_back("99000119620817402X")
    rows[1].form.boxes["name"].put_back("蒋仕文")
    form.main.boxes["type"].put_back("02")
    fill(form)
    for made in rows:
        form._look_up(made.party_id)
    camera.wait(900)


def _letter(register) -> None:
    """The police hand the newest dispute over and wait for an answer."""
    dispute = register.page(Find()).rows[0].dispute
    referral = Referral(
        id=new_id(),
        dispute_id=dispute.id,
        direction=Direction.IN,
        channel=ReferralChannel.POLICE,
        body="双龙派出所",
        letter_on=dispute.intake_on,
        answer_due_on=today() + timedelta(days=2),
    )
    with register.change(register.person, "移送") as change:
        change.keep(referral)
