"""Scans of a dispute: what is said when they are added, and the window that shows one."""

from dataclasses import replace
from pathlib import Path

from camera import Camera
from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QImage, QPainter

from mediation_desk.desk import attaching
from mediation_desk.desk.clock import today
from mediation_desk.domain.codes import AttachmentKind, Outcome
from mediation_desk.domain.finding import Find
from mediation_desk.ui import messages
from mediation_desk.ui.pages.scan_window import ScanWindow
from mediation_desk.ui.taking import Source

_PDF = b"%PDF-1.4\n%%EOF\n"


def drawing(width: int = 1200, height: int = 900) -> bytes:
    """A photo of our own: a ditch across a yard."""
    picture = QImage(width, height, QImage.Format.Format_RGB32)
    picture.fill(0x6B8E6B)
    painter = QPainter(picture)
    painter.fillRect(width // 7, height // 2, width * 5 // 7, height // 15, 0xD8C9A0)
    painter.end()
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    picture.save(buffer, "JPEG")
    return bytes(content.data())


def attach_scan(register) -> str:
    """Attach a photo to the newest settled dispute; the dispute's id."""
    settled = register.page(Find(outcome=Outcome.SETTLED)).rows[0]
    case = register.case(settled.dispute.id)
    scan = attaching.Scan("水沟现场.jpg", drawing(), today())
    attaching.attach(register, case, [scan], AttachmentKind.EVIDENCE, register.person, today())
    return settled.dispute.id


def scan_pages(camera: Camera, home: Path, window, disputes) -> None:
    """Adding, refusing and looking at scans."""
    browse, register = disputes.browse, window._register
    browse.show_case(attach_scan(register))
    view = browse.card.show_attachments()
    camera.take(window, "24-scans")
    view.take(_sources(home))
    camera.take(window, "24-scans-added")
    for kind, name in ((attaching.JPEG, "25-scan"), (attaching.PDF, "25-scan-pdf")):
        view.open_scan(next(tile.scan.id for tile in view.tiles if tile.scan.media_type == kind))
        shown = view.findChild(ScanWindow)
        camera.wait()
        camera.settle(window)
        camera.take_over(window, shown, name)
        if kind == attaching.JPEG:
            _saved_out(camera, home, window, shown)
        shown.close()
        camera.wait()


def _sources(home: Path) -> list[Source]:
    """A page, a photo there already, one cut off in the middle, and what is no scan at all."""
    contents = {
        "协议书第1页.pdf": _PDF,
        "水沟现场.jpg": drawing(),
        "灶房受损.jpg": drawing(1600, 1000),
        "坏了的照片.jpg": drawing()[:400],
        "名单.docx": b"PK\x03\x04",
    }
    folder = home / "scans"
    folder.mkdir(exist_ok=True)
    for name, content in contents.items():
        (folder / name).write_bytes(content)
    return [Source(folder / name) for name in contents]


def _saved_out(camera: Camera, home: Path, window, shown: ScanWindow) -> None:
    messages.choose_target = lambda *_: home / "水沟现场.jpg"
    shown.save_out()
    camera.question(window, "25-scan-saved-out")
    messages.choose_target = lambda *_: home / "no such folder" / "水沟现场.jpg"
    shown.save_out()
    camera.question(window, "25-scan-not-saved")
    shown._scans[shown._place] = replace(shown.scan, sha256="0" * 64)
    shown._show()
    camera.wait()
    camera.settle(window)
    camera.take_over(window, shown, "25-scan-not-here")
