"""Which attachments went back to a unit, by which file, and which have yet to go."""

import json
from collections.abc import Iterator, Sequence

from mediation_desk.domain.handling import Attachment
from mediation_desk.store.register import Register

_SCANS = "scans_back"


def noted_scans(register: Register, unit_id: str) -> dict[str, int]:
    """By which file to a unit the bytes of attachments went, by hash; 0 for those yet to go."""
    stored = register.setting(f"{_SCANS}:{unit_id}")
    return json.loads(stored) if stored else {}


def note_scans(
    register: Register,
    unit_id: str,
    number: int,
    going: Sequence[Attachment],
    left: Sequence[Attachment],
) -> None:
    """Note in the act that writes the file `number` which attachments go, and which have yet to."""
    if not going and not left:
        return
    gone = noted_scans(register, unit_id)
    gone |= {entry.sha256: 0 for entry in left}
    gone |= {entry.sha256: number for entry in going}
    register.set(f"{_SCANS}:{unit_id}", json.dumps(gone))


def contents_of(register: Register, going: Sequence[Attachment]) -> Iterator[tuple[str, bytes]]:
    """The bytes of the attachments that go."""
    for sha256 in dict.fromkeys(entry.sha256 for entry in going):
        content = register.attachment_bytes(sha256)
        if content is not None:
            yield sha256, content
