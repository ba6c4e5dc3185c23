"""What is wrong with a scan is told, whichever byte is lost; a whole one is never blamed."""

import hashlib
import random
from datetime import date

import pytest
from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QColor, QImage

from mediation_desk.domain.codes import AttachmentKind
from mediation_desk.domain.damaged_scans import damage
from mediation_desk.domain.handling import Attachment
from mediation_desk.papers.described import Picture
from mediation_desk.papers.scans import damage_of, sheets

pytestmark = pytest.mark.usefixtures("qapp")

PDF = b"%PDF-1.4\n1 0 obj << /Type /Page >> endobj\ntrailer << >>\n%%EOF\n"


def _picture(kind: str) -> bytes:
    image = QImage(120, 80, QImage.Format.Format_RGB32)
    shades = random.Random(7)
    for x in range(120):
        for y in range(80):
            image.setPixelColor(x, y, QColor(x * 2, y * 3, shades.randrange(256)))
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, kind)
    return bytes(buffer.data().data())


def _scan(content: bytes) -> Attachment:
    media = {b"\x89": "image/png", b"\xff": "image/jpeg"}.get(content[:1], "application/pdf")
    return Attachment(
        id="a",
        dispute_id="d",
        kind=AttachmentKind.EVIDENCE,
        name="现场",
        media_type=media,
        sha256=hashlib.sha256(content).hexdigest(),
        taken_on=date(2026, 9, 25),
    )


WHOLE = {"png": lambda: _picture("PNG"), "jpeg": lambda: _picture("JPG"), "pdf": lambda: PDF}


@pytest.mark.parametrize("kind", WHOLE)
def test_a_whole_one_is_shown(kind: str) -> None:
    content = WHOLE[kind]()
    assert damage_of(_scan(content), content) == ""
    # A camera writes a film behind its photo, a mailer a line.
    assert damage_of(_scan(content + b"\n"), content + b"\n") == ""


def test_a_photo_with_a_small_one_inside_and_a_film_behind_is_whole_and_cut_is_not() -> None:
    photo = _picture("JPG")
    small = b"\xff\xe1" + (2 + len(photo)).to_bytes(2) + photo
    held = photo[:2] + small + photo[2:]
    assert damage(_scan(held), held) == ""
    film = held + b"ftypmp42" * 900
    assert damage(_scan(film), film) == ""
    half = held[: len(held) - len(photo) // 2]
    assert damage(_scan(half), half) == "文件不完整，后面缺了一截"


@pytest.mark.qt_log_ignore("libpng|jpeg|Corrupt|Unsupported|Premature|Invalid")
@pytest.mark.parametrize("kind", WHOLE)
def test_one_that_is_cut_off_anywhere_is_told(kind: str) -> None:
    content = WHOLE[kind]()
    for size in range(12, len(content) - 8, max(len(content) // 40, 1)):
        cut = content[:size]
        told = damage_of(_scan(cut), cut)
        assert told, size
        blocks = sheets(_scan(cut), cut, told)
        assert not any(isinstance(block, Picture) for block in blocks)


@pytest.mark.parametrize("kind", WHOLE)
def test_one_that_changed_on_the_disk_is_told(kind: str) -> None:
    content = WHOLE[kind]()
    for place in range(0, len(content), max(len(content) // 40, 1)):
        changed = content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :]
        assert damage(_scan(content), changed) == "内容和存入时不一样，可能是硬盘坏了"


@pytest.mark.qt_log_ignore("libpng|jpeg|Corrupt|Unsupported|Premature|Invalid|Not a JPEG")
def test_what_only_looks_like_a_photo_is_told() -> None:
    for content in (b"\xff\xd8\xff\xda" + b"no lines at all" + b"\xff\xd9", b"GIF89a and so on"):
        scan = _scan(content)
        if content.startswith(b"\xff"):
            assert damage_of(scan, content) == "图像打不开"
        else:
            assert damage_of(scan, content) == "里面的内容和格式不符"


def test_what_did_not_come_is_no_damage() -> None:
    assert damage_of(_scan(PDF), None) == ""
