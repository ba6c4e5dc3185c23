"""What the committees of the demo have scanned: drawn sheets and photos, not for every case."""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from random import Random
from types import MappingProxyType

from mediation_desk.desk.demo.drawing import (
    identity_sheet,
    receipt_slip,
    signed_sheet,
    site_photo,
)
from mediation_desk.desk.demo.texts import chance, identity
from mediation_desk.domain.casefile import CaseFile
from mediation_desk.domain.codes import (
    AgreementForm,
    AttachmentKind,
    Outcome,
    Performance,
    SessionKind,
)
from mediation_desk.domain.handling import Attachment

# Of each kind so many pictures, which the cases share: a register keeps the same bytes once.
_VARIANTS = 2
_Draw = Callable[[int], bytes]
# What it is, how it is called, and how often a case that could have it does.
_SCANNED: Mapping[AttachmentKind, tuple[str, _Draw, float]] = {
    AttachmentKind.IDENTITY: ("身份证复印件（演示）", identity_sheet, 0.7),
    AttachmentKind.EVIDENCE: ("现场照片（演示）", site_photo, 0.6),
    AttachmentKind.SIGNED: ("已签名的协议书（演示）", signed_sheet, 0.7),
    AttachmentKind.RECEIPT: ("收条（演示）", receipt_slip, 0.7),
}


@cache
def _drawn() -> Mapping[AttachmentKind, tuple[tuple[str, bytes], ...]]:
    """The pictures of each kind with their hashes, drawn once."""
    found = {}
    for kind, (_, draw, _) in _SCANNED.items():
        made = [draw(variant) for variant in range(_VARIANTS)]
        found[kind] = tuple((hashlib.sha256(one).hexdigest(), one) for one in made)
    return MappingProxyType(found)


def bytes_of(sha256: str) -> bytes:
    """The bytes of a picture of the demo by their hash."""
    return next(one for kept in _drawn().values() for told, one in kept if told == sha256)


def with_scans(case: CaseFile, seed: int) -> CaseFile:
    """`case` with what was scanned of it, by a chance of its own."""
    rng = chance(seed, "scans", case.dispute.id)
    found = [
        _attachment(case, kind, day, rng, seed)
        for kind, day in _wanted(case)
        if rng.random() < _SCANNED[kind][2]
    ]
    return replace(case, attachments=(*case.attachments, *found))


def _wanted(case: CaseFile) -> Iterator[tuple[AttachmentKind, date]]:
    """What could be scanned of an ended case, and the day it was made."""
    dispute, agreement = case.dispute, case.agreement
    if dispute.outcome in {None, Outcome.NOT_ACCEPTED} or dispute.intake_on is None:
        return
    yield AttachmentKind.IDENTITY, dispute.intake_on
    for session in case.sessions:
        if session.kind is SessionKind.INQUIRY:
            yield AttachmentKind.EVIDENCE, session.held_on
            break
    if agreement is None or agreement.form is AgreementForm.ORAL:
        return
    yield AttachmentKind.SIGNED, agreement.sealed_on or agreement.agreed_on
    kept = dispute.performance is Performance.KEPT
    if kept and agreement.amount_fen and dispute.performed_on is not None:
        yield AttachmentKind.RECEIPT, dispute.performed_on


def _attachment(
    case: CaseFile, kind: AttachmentKind, day: date, rng: Random, seed: int
) -> Attachment:
    sha256, content = _drawn()[kind][rng.randrange(_VARIANTS)]
    return Attachment(
        id=identity(seed, "attachment", case.dispute.id, kind.value),
        dispute_id=case.dispute.id,
        kind=kind,
        name=_SCANNED[kind][0],
        media_type="image/png",
        size=len(content),
        sha256=sha256,
        taken_on=day,
    )
