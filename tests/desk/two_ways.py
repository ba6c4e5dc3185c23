"""A village and its office with keys, and the files that go between them in both directions."""

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any, cast

from builders import TODAY, a_case, an_open_case

from mediation_desk.desk import enrolling, giving_back, receiving, sending
from mediation_desk.desk.attaching import Scan, attach
from mediation_desk.desk.enrolling import make_setup_file, open_setup_file
from mediation_desk.desk.handing_over import hand_over
from mediation_desk.desk.receiving import Received
from mediation_desk.desk.recording import keep_case
from mediation_desk.domain.casefile import CaseFile
from mediation_desk.domain.cases import Dispute
from mediation_desk.domain.codes import AttachmentKind, UnitKind
from mediation_desk.domain.periods import month_of
from mediation_desk.domain.record import Record
from mediation_desk.store.opening import open_with_key
from mediation_desk.store.register import Register

CLERK, RECORDER = "罗晓", "陶素芬"
REASON = "双方不在一个村，请镇里调解。"
PNG = b"\x89PNG\r\n\x1a\n"
# What tells of files and not of cases.
OF_FILES = frozenset(("package", "receipt", "proposal", "enrolment"))


@dataclass
class Ways:
    """Both desks, and every file that was written, by name."""

    village: Register
    office: Register
    folder: Path
    files: dict[str, Path] = field(default_factory=dict)

    def enrol(self) -> None:
        """Give the village its office's set-up file and open it."""
        unit = enrolling.unit_with(self.office, self.village.unit.code) or enrolling.new_unit(
            self.office,
            self.village.unit.code,
            self.village.unit.name,
            self.village.unit.committee,
            UnitKind.VILLAGE,
        )
        path = make_setup_file(self.office, unit, self.folder / "setup.xlsx", CLERK, TODAY).path
        open_setup_file(self.village, path, RECORDER, TODAY)

    def record(self, register: Register | None = None, *, settled: bool = True) -> CaseFile:
        """Register a case, in the village unless another register is named."""
        at = register or self.village
        unit = at.committee
        assert unit is not None
        case = a_case(unit_id=unit.id) if settled else an_open_case(unit_id=unit.id)
        case = replace(case, dispute=replace(case.dispute, number=0))
        return keep_case(at, None, case, RECORDER, "登记", TODAY)

    def sent(self, name: str = "") -> Path:
        """The village's next package."""
        target = self.folder / f"{name or f'p{len(self.files)}'}.xlsx"
        path = sending.send(self.village, month_of(TODAY), target, RECORDER, TODAY).path
        self.files[target.stem] = path
        return path

    def back(self, name: str = "") -> Path:
        """The office's next file to the village."""
        target = self.folder / f"{name or f'r{len(self.files)}'}.xlsx"
        path = giving_back.write_returns(self.office, self.village.unit.id, target, CLERK, TODAY)
        self.files[target.stem] = path
        return path

    def take(self, register: Register, path: Path) -> Received:
        """Take a file at one of the desks."""
        (got,) = receiving.receive_all(register, [path], CLERK, TODAY)
        return got

    def up(self) -> Received:
        """The village's next package, taken by the office."""
        return self.take(self.office, self.sent())

    def down(self) -> Received:
        """The office's next file, taken by the village."""
        return self.take(self.village, self.back())

    def scanned(self, register: Register, dispute_id: str, name: str, size: int = 20) -> None:
        """Attach a scan to a case."""
        case = register.case(dispute_id)
        assert case is not None
        scan = Scan(name, PNG + name.encode() + bytes(size), TODAY)
        attach(register, case, [scan], AttachmentKind.OTHER, RECORDER, TODAY)


def set_up(village: Register, office: Register, folder: Path) -> Ways:
    """A village that its office has set up, which has sent its first package."""
    made = Ways(village, office, folder)
    made.enrol()
    made.up()
    return made


def give(ways: Ways, case: CaseFile) -> None:
    """Hand a case of the village over to the township's committee."""
    township = ways.office.committee
    assert township is not None
    hand_over(ways.village, case.dispute.id, township.id, REASON, RECORDER, TODAY)


@contextmanager
def put_back(register: Register, backup: Path) -> Iterator[Register]:
    """A register after it was put back from a backup."""
    folder, key = register.folder, register._key
    register.restore(backup)
    with open_with_key(folder, key) as again:
        yield again


def said_of(register: Register, dispute_id: str) -> dict[str, Any]:
    """A case with all that hangs on it, hand-overs too, as plain values by id."""
    told = {}
    for line in register.dump():
        entry = json.loads(line)
        values = entry["values"]
        if entry["kind"] in OF_FILES:
            continue
        if values["id"] == dispute_id or values.get("dispute_id") == dispute_id:
            told[values["id"]] = values
    return told


def dispute_in(register: Register, dispute_id: str) -> Dispute:
    """A dispute as a register has it."""
    found = register.get("dispute", dispute_id)
    assert isinstance(found, Dispute)
    return found


def put(register: Register, records: Iterable[Record], reason: str = "改") -> None:
    """Keep records as their owner would."""
    with register.change(RECORDER, reason) as change:
        for record in records:
            change.keep(record)


def day(number: int) -> date:
    """A day of the month of the stories."""
    return TODAY.replace(day=number)


def only(register: Register, kind: str, **equals: str | int) -> Any:
    """The one record of a kind that is as told."""
    (found,) = register.all(kind, **equals)
    return cast(Any, found)
