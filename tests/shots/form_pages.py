"""The forms about a dispute, the quick screen, and what they say when something is wrong."""

from datetime import timedelta
from pathlib import Path

from camera import Camera
from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QMessageBox

from mediation_desk.desk import attaching
from mediation_desk.desk.clock import today
from mediation_desk.domain.codes import AttachmentKind, Direction, Outcome, ReferralChannel
from mediation_desk.domain.finding import Find
from mediation_desk.domain.handling import Referral
from mediation_desk.domain.record import new_id
from mediation_desk.store.opening import open_register
from mediation_desk.ui.pages import dispute_forms


def form_pages(camera: Camera, _home: Path, village: Path, password: str) -> None:
    """Every form that writes about a dispute."""
    with camera.window(village) as window:
        window.open_desk(open_register(village, password))
        disputes = window.centralWidget().currentWidget().turn_to("disputes")
        camera.wait(500)
        _registering(camera, window, disputes)
        _quick(camera, window, disputes)
        register = window._register
        _scan(register)
        _letter(register)
        lines = disputes.browse.rows.all_shown()
        settled = next(line for line in lines if line.dispute.outcome is Outcome.SETTLED)
        under_way = next((line for line in lines if line.dispute.outcome is None), settled)
        about = dict.fromkeys(_OF_OPEN, under_way.dispute.id)
        for kind, name in (("referral", "answer"), ("attachment", "attachment")):
            record = register.all(kind)[0]
            about[f"{name}:{record.id}"] = record.dispute_id
        for name in dict.fromkeys((*dispute_forms._MAKERS, *about)):
            if name in _OF_A_PART:
                continue
            disputes.browse.show_case(about.get(name, settled.dispute.id))
            disputes.step(name)
            camera.take(window, f"22-form-{name.partition(':')[0]}")
            disputes.close_form()
        disputes.step("history")
        camera.take(window, "23-history")
        disputes.close_form()


_OF_A_PART = {"answer", "attachment", "mend"}
_OF_OPEN = {"accept", "session", "inquiry", "agree", "terminate", "refuse", "transfer", "extend"}


def _registering(camera: Camera, window, disputes) -> None:
    disputes.register()
    camera.take(window, "20-register")
    disputes.form.parties[0].form.boxes["id_number"].editor.typed.setText("990001196208170000")
    disputes.form.dispute.boxes["claim_fen"].editor.typed.setText("约五千")
    disputes.form.touched = True
    disputes.form.save()
    camera.take(window, "20-register-wrong")
    disputes.form.leave()
    camera.wait()
    question = window.findChild(QMessageBox)
    if question is not None:
        camera.take_part(question, "20-register-leave")
        question.close()
    disputes.close_form()


def _quick(camera: Camera, window, disputes) -> None:
    disputes.quick()
    camera.take(window, "21-quick")
    form = disputes.form
    rows = list(form.rows.values())
    rows[0].form.boxes["name"].editor.typed.setText("秦德珍")
    number = rows[0].form.boxes["id_number"]
    number.show_value("99000119620817402X")
    number.changed.emit()
    rows[1].form.boxes["name"].editor.typed.setText("蒋仕文")
    boxes = form.main.boxes
    boxes["type"].show_value("02")
    boxes["type"].changed.emit()
    boxes["facts"].editor.typed.setPlainText(
        "两家屋檐水沟相接，秦家称蒋家翻修院坝后雨水倒流进自家灶房，双方多次争吵。"
    )
    boxes["content"].editor.typed.setPlainText("蒋家把水沟加宽到30厘米并清淤，秦家不再追究。")
    for made in rows:
        form._look_up(made.party_id)
    camera.wait(900)
    camera.take(window, "21-quick-filled")
    disputes.close_form()


def _scan(register) -> None:
    """Attach a drawing of our own to the newest settled dispute."""
    settled = next(
        line for line in register.page(Find(outcome=Outcome.SETTLED)).rows if line.dispute.id
    )
    picture = QImage(1200, 900, QImage.Format.Format_RGB32)
    picture.fill(0x6B8E6B)
    painter = QPainter(picture)
    painter.fillRect(180, 420, 840, 60, 0xD8C9A0)
    painter.end()
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    picture.save(buffer, "JPEG")
    case = register.case(settled.dispute.id)
    scan = attaching.Scan("水沟现场.jpg", bytes(content.data()))
    attaching.attach(register, case, [scan], AttachmentKind.EVIDENCE, register.person, today())


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
