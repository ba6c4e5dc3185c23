"""Taking files and pictures in as attachments, on the worker: read, made smaller, kept."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData, QSize, Qt
from PySide6.QtGui import QImage, QImageReader

from mediation_desk.desk import attaching
from mediation_desk.desk.attaching import Attached, Scan
from mediation_desk.domain.casefile import CaseFile
from mediation_desk.domain.codes import AttachmentKind
from mediation_desk.domain.handling import Attachment
from mediation_desk.domain.problems import DeskError
from mediation_desk.store.register import Register
from mediation_desk.words import tr

# A page of A4 at 200 points an inch is 2339 points high, so a photo of it stays readable.
MOST_POINTS = 2400
_QUALITIES = (88, 75, 60)


@dataclass(frozen=True, slots=True)
class Source:
    """Where a scan comes from: a file, or a picture out of the clipboard."""

    path: Path | None = None
    picture: QImage | None = None
    name: str = ""


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of the sources, with a sentence for each that needs one."""

    attached: Attached
    shrunk: tuple[str, ...]
    refused: tuple[str, ...]


def sources(mime: QMimeData | None, name: str) -> list[Source]:
    """What lies in the clipboard or was dropped: local files, else a picture called `name`."""
    if mime is None:
        return []
    paths = [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]
    if paths:
        return [Source(path) for path in paths]
    picture = mime.imageData() if mime.hasImage() else None
    if isinstance(picture, QImage) and not picture.isNull():
        return [Source(picture=picture.copy(), name=name)]
    return []


def _encoded(picture: QImage, kind: str, quality: int = -1) -> bytes:
    held = QByteArray()
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    picture.save(buffer, kind, quality)  # type: ignore[call-overload]
    buffer.close()
    return bytes(held.data())


def decoded(content: bytes, most: QSize | None = None) -> QImage:
    """The picture in `content`, turned upright, not larger than `most`; null if it is damaged."""
    held = QByteArray(content)
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setAutoTransform(True)
    size = reader.size()
    if most is not None and size.isValid():
        turned = bool(reader.transformation().value & 4)
        room = most.transposed() if turned else most
        if size.width() > room.width() or size.height() > room.height():
            reader.setScaledSize(size.scaled(room, Qt.AspectRatioMode.KeepAspectRatio))
    picture = reader.read()
    buffer.close()
    return picture


def _picture(scan: Scan) -> QImage:
    """The photo, with at most `MOST_POINTS` on a side; raises `DeskError` if it is damaged."""
    picture = decoded(scan.content, QSize(MOST_POINTS, MOST_POINTS))
    if picture.isNull():
        words = tr("“{name}”打不开，可能已经损坏。").format(name=scan.name)
        raise DeskError(words + tr("请重新拍一张或重新扫描。"))
    return picture


def _smaller(scan: Scan, picture: QImage, most: int) -> Scan:
    """`scan` with the content of `picture` in at most `most` bytes, if that can be."""
    content = b""
    for quality in _QUALITIES:
        content = _encoded(picture, "JPEG", quality)
        if len(content) <= most:
            break
    return replace(scan, content=content, before=len(scan.content))


def _scan(source: Source, most: int, today: date) -> Scan:
    if source.path is not None:
        scan = attaching.read_scan(source.path)
    else:
        picture = source.picture if source.picture is not None else QImage()
        content = _encoded(picture, "PNG")
        scan = Scan(source.name, content, today)
    if attaching.media_type(scan.content) in attaching.PHOTOS:
        # Also a small one: who notices years later that it cannot be opened has it no more.
        picture = _picture(scan)
        if len(scan.content) > most:
            scan = _smaller(scan, picture, most)
    attaching.check_size(scan, most)
    return scan


def _shrunk_words(scan: Scan) -> str:
    return tr("“{name}”有 {size}，已缩小到 {now} 后保存，文字仍然看得清。").format(
        name=scan.name,
        size=attaching.in_words(scan.before),
        now=attaching.in_words(len(scan.content)),
    )


def take(
    register: Register,
    case: CaseFile,
    taken: Sequence[Source],
    kind: AttachmentKind,
    actor: str,
    today: date,
) -> Taken:
    """Keep what can be kept of `taken`; what is no scan or too large is told, not dropped."""
    most = attaching.limit(register)
    scans: list[Scan] = []
    shrunk: list[str] = []
    refused: list[str] = []
    for source in taken:
        try:
            scan = _scan(source, most, today)
        except DeskError as error:
            refused.append(str(error))
            continue
        if scan.before:
            shrunk.append(_shrunk_words(scan))
        scans.append(scan)
    attached = attaching.attach(register, case, scans, kind, actor, today)
    return Taken(attached, tuple(shrunk), tuple(refused))


def picture_of_scan(register: Register, scan: Attachment, most: QSize) -> QImage:
    """The photo `scan`, not larger than `most`; raises `DeskError` if it is kept elsewhere."""
    return decoded(attaching.content_of(register, scan), most)


def picture_of(register: Register, sha256: str, most: QSize) -> QImage:
    """The photo kept under a hash, not larger than `most`; null if it cannot be shown."""
    content = register.attachment_bytes(sha256)
    return decoded(content, most) if content else QImage()
