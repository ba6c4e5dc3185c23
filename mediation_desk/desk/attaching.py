"""Scans and photos of a dispute: kept inside the encrypted register, shown and saved out of it."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from mediation_desk.desk.recording import is_own
from mediation_desk.domain.casefile import CaseFile
from mediation_desk.domain.codes import AttachmentKind
from mediation_desk.domain.handling import Attachment
from mediation_desk.domain.problems import DeskError
from mediation_desk.domain.record import new_id
from mediation_desk.exchange.placing import place_whole
from mediation_desk.store.register import Register
from mediation_desk.words import tr

JPEG, PNG, PDF = "image/jpeg", "image/png", "application/pdf"
PHOTOS = (JPEG, PNG)
ENDINGS = {JPEG: ".jpg", PNG: ".png", PDF: ".pdf"}
MEGABYTE = 1_048_576
# What is larger is not even read: a film, or a disk image dropped by mistake.
LARGEST_READ = 256 * MEGABYTE

_SIGNS = ((b"\xff\xd8\xff", JPEG), (b"\x89PNG\r\n\x1a\n", PNG), (b"%PDF-", PDF))


@dataclass(frozen=True, slots=True)
class Scan:
    """A file or picture about to be attached; `before` is its size if it was made smaller."""

    name: str
    content: bytes
    taken_on: date | None = None
    before: int = 0

    @property
    def sha256(self) -> str:
        """The hash under which the content is kept."""
        return hashlib.sha256(self.content).hexdigest()


@dataclass(frozen=True, slots=True)
class Attached:
    """What became of scans: those kept, and those that the case had already."""

    kept: tuple[Attachment, ...]
    known: tuple[Attachment, ...]


def media_type(content: bytes) -> str:
    """The format told by the first bytes, whatever the file is called; empty for any other."""
    return next((kind for sign, kind in _SIGNS if content.startswith(sign)), "")


def read_scan(path: Path) -> Scan:
    """The file at `path`; raises `DeskError` for one that cannot be read or is no scan."""
    try:
        size = path.stat().st_size
        changed = datetime.fromtimestamp(path.stat().st_mtime, tz=UTC).astimezone().date()
        if size > LARGEST_READ:
            words = tr("“{name}”有 {size}，不像是扫描件或照片。").format(
                name=path.name, size=in_words(size)
            )
            raise DeskError(words + tr("请核对后选择照片或 PDF。"))
        content = path.read_bytes()
    except OSError as error:
        words = tr("读不了“{name}”。").format(name=path.name)
        raise DeskError(words + tr("请确认文件还在、U盘没有拔下，再试一次。")) from error
    if not media_type(content):
        words = tr("“{name}”不是照片或 PDF，不能添加。").format(name=path.name)
        raise DeskError(words + tr("请用手机拍照，或在 WPS 里另存为 PDF 后再添加。"))
    return Scan(path.stem, content, changed)


def limit(register: Register) -> int:
    """How many bytes one attachment may have in this register."""
    return register.settings.attachment_megabytes * MEGABYTE


def in_words(size: int) -> str:
    """So many bytes as people say it."""
    if size >= MEGABYTE:
        return tr("{size:.1f} MB").format(size=size / MEGABYTE)
    return tr("{size} KB").format(size=max(round(size / 1024), 1))


def total(attachments: Iterable[Attachment]) -> int:
    """The bytes of all attachments together."""
    return sum(attachment.size for attachment in attachments)


def check_size(scan: Scan, most: int) -> None:
    """Refuse a scan of more than `most` bytes; raises `DeskError` with what to do instead."""
    if len(scan.content) <= most:
        return
    words = tr("“{name}”有 {size}，超过每个附件 {most} 的限度。").format(
        name=scan.name, size=in_words(len(scan.content)), most=in_words(most)
    )
    raise DeskError(words + tr("请分成几个文件，或用较低的清晰度重新扫描后再添加。"))


def _record(case: CaseFile, scan: Scan, kind: AttachmentKind, today: date) -> Attachment:
    taken = scan.taken_on
    return Attachment(
        id=new_id(),
        dispute_id=case.dispute.id,
        kind=kind,
        name=scan.name.strip() or tr("未命名"),
        media_type=media_type(scan.content),
        size=len(scan.content),
        sha256=scan.sha256,
        # A camera whose clock is ahead must not make the file wrong.
        taken_on=min(taken, today) if taken else today,
    )


def attach(
    register: Register,
    case: CaseFile,
    scans: Sequence[Scan],
    kind: AttachmentKind,
    actor: str,
    today: date,
) -> Attached:
    """Keep `scans` with their bytes in one act; what the case has already is not kept twice.

    Raises `DeskError` for others' cases, void ones, and what is too large or no scan.
    """
    if not is_own(register, case.dispute):
        raise DeskError(tr("这件纠纷属于别的调委会，这里只能查看。请由登记的单位添加附件。"))
    if case.dispute.void_reason:
        raise DeskError(tr("纠纷已经作废，不能再添加附件。请核对是不是选错了纠纷。"))
    have = {entry.sha256: entry for entry in case.attachments}
    kept: list[Attachment] = []
    known: list[Attachment] = []
    with register.change(actor, tr("添加附件")) as change:
        for scan in scans:
            check_size(scan, limit(register))
            record = _record(case, scan, kind, today)
            if record.sha256 in have:
                known.append(have[record.sha256])
                continue
            change.keep_bytes(record.sha256, scan.content)
            have[record.sha256] = change.keep(record)
            kept.append(have[record.sha256])
    return Attached(tuple(kept), tuple(known))


def content_of(register: Register, attachment: Attachment) -> bytes:
    """The bytes of an attachment; raises `DeskError` if they are not in this register."""
    content = register.attachment_bytes(attachment.sha256)
    if content is None:
        words = tr("这个登记簿里没有“{name}”的内容。").format(name=attachment.name)
        raise DeskError(words + tr("附件不随报送发出，请到登记这件纠纷的电脑上查看。"))
    return content


def file_name(attachment: Attachment) -> str:
    """A name for the attachment outside, which every file system takes."""
    cleaned = "".join("_" if sign in '\\/:*?"<>|' else sign for sign in attachment.name)
    return (cleaned.strip(" .") or tr("附件")) + ENDINGS.get(attachment.media_type, "")


def save_out(register: Register, attachment: Attachment, target: Path) -> Path:
    """Write an attachment to where the user wants it; from then on it lies there unencrypted."""
    content = content_of(register, attachment)
    ending = ENDINGS.get(attachment.media_type, "")
    if not target.suffix:
        target = target.with_name(target.name + ending)
    place_whole(target, content)
    return target
