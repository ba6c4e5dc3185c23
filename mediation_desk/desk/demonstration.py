"""The demo township on disk: ten villages' registers, the office's, and last month's workbooks."""

import hashlib
import shutil
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from mediation_desk.desk.demo import Township, demo_township, records_of
from mediation_desk.desk.demo.allowances import example_grades
from mediation_desk.desk.demo.claims import claims_of
from mediation_desk.desk.demo.enrolled import enrolment_of, key_of, setup_of
from mediation_desk.desk.demo.receipts import receipts_for
from mediation_desk.desk.demo.scanned import bytes_of
from mediation_desk.desk.desk_key import made_key
from mediation_desk.desk.ledgers import DAYS, day_of
from mediation_desk.desk.sending import file_name, look_ahead, send
from mediation_desk.desk.setting_up import Founding, create
from mediation_desk.domain.cases import Dispute
from mediation_desk.domain.codes import Role
from mediation_desk.domain.handling import Attachment
from mediation_desk.domain.organisation import Adviser, Mediator, Unit
from mediation_desk.domain.periods import Period, month_before, month_of
from mediation_desk.domain.prevention import Finding, Screening
from mediation_desk.domain.problems import DeskError
from mediation_desk.domain.record import Record
from mediation_desk.domain.records import kind_of
from mediation_desk.domain.reporting import Package
from mediation_desk.domain.round_trip import Receipt
from mediation_desk.domain.versions import Names
from mediation_desk.exchange.setup_file import SetUp
from mediation_desk.store.changing import ChangeDoor
from mediation_desk.store.opening import is_register, open_register
from mediation_desk.store.register import Register
from mediation_desk.words import tr

PASSWORD = "shuanglong"
WORKBOOKS = "报送文件"
_CLERK = "罗晓"
_PACKAGES = uuid.UUID("0b0f2c52-5d6e-5a0c-8d83-0d2b4a53a7f6")

Say = Callable[[str], None]


def _first_mediator(township: Township, unit: Unit) -> str:
    names = [entry.name for entry in township.mediators if entry.unit_id == unit.id]
    return names[0] if names else unit.name


def _setup(township: Township, unit: Unit) -> SetUp:
    """The set-up file of a village, made before anything was sent."""
    first = min(
        _day(record)
        for record in records_of(township, unit)
        if isinstance(record, Dispute | Screening)
    )
    made_on = month_of(first).first
    return setup_of(township.office, township.committee, unit, _CLERK, made_on)


def _claims(township: Township, unit: Unit, today: date) -> list[Record]:
    """What a committee claimed of the quarters that are settled by now."""
    people = _first_mediator(township, unit), _CLERK
    return list(claims_of(township.cases_of(unit), unit, township.mediators, today, people))


def _village(
    township: Township, unit: Unit, folder: Path, month: Period, today: date
) -> tuple[str, str]:
    """Build a village's register; the names of the versions of its records and of its receipts."""
    person, setup = _first_mediator(township, unit), _setup(township, unit)
    seed = key_of(unit).seed
    founding = Founding(Role.VILLAGE, setup.unit, person, setup.unit, (), setup, seed)
    records = records_of(township, unit)
    packages = list(_packages(unit, records, person, month))
    receipts = receipts_for(packages, unit.name, _CLERK)
    with create(folder / unit.name, founding, PASSWORD) as register:
        # What was sent lies before what tells of it, or the next package would send it again.
        began = _keep(register, (*records, *_claims(township, unit, today)), person)
        return began, _keep(register, (*packages, *receipts), person)


def _packages(
    unit: Unit, records: Iterable[Record], person: str, month: Period
) -> Iterator[Package]:
    """What the village sent of the months before `month`, so that numbers and coverage go on."""
    days = [_day(record) for record in records if isinstance(record, Dispute | Screening)]
    period, previous, number = month_of(min(days)), "", 0
    while period.last < month.first:
        number += 1
        mark = f"{unit.code} {period.first.isoformat()}"
        package = Package(
            id=uuid.uuid5(_PACKAGES, mark).hex,
            unit_id=unit.id,
            number=number,
            period_from=period.first,
            period_to=period.last,
            made_on=period.last + timedelta(days=3),
            made_by=person,
            digest=hashlib.sha256(mark.encode()).hexdigest(),
            previous=previous,
            disputes=sum(
                isinstance(record, Dispute) and record.intake_on in period for record in records
            ),
            nil=not any(day in period for day in days),
            signer=key_of(unit).public,
            sealed=True,
        )
        yield package
        previous, period = package.id, month_of(period.last + timedelta(days=1))


def _first_revision(record: Record) -> Record:
    return replace(record, revision=1, personal_revision=1)


def _keep(register: Register, records: Iterable[Record], actor: str) -> str:
    kept = [record for record in records if register.get("unit", record.id) is None]
    with register.change(actor, tr("演示数据"), "demo") as change:
        _keep_scans(change, kept)
        change.adopt(map(_first_revision, kept))
        return change.version


def _keep_scans(change: ChangeDoor, records: Iterable[Record]) -> None:
    for sha256 in {record.sha256 for record in records if isinstance(record, Attachment)}:
        change.keep_bytes(sha256, bytes_of(sha256))


def _before(records: Iterable[Record], period: Period) -> list[Record]:
    """What the office has of a village: everything of the months before `period`, unsealed."""
    records = list(records)
    old = {
        entry.id for entry in records if isinstance(entry, Dispute) and _day(entry) < period.first
    }
    rounds = {
        entry.id for entry in records if isinstance(entry, Screening) and _day(entry) < period.first
    }
    return [_first_revision(entry) for entry in records if _is_old(entry, old, rounds, period)]


def _day(record: Dispute | Screening) -> date:
    """The day a record belongs to; a dispute never taken in belongs to the day it was refused."""
    if isinstance(record, Screening):
        return record.screened_on
    return record.intake_on or record.closed_on or date.max


def _is_old(record: Record, disputes: set[str], rounds: set[str], period: Period) -> bool:
    if isinstance(record, Finding):
        return record.screening_id in rounds
    if (kind := kind_of(record)) in DAYS:
        return day_of(kind, record) < period.first
    if isinstance(record, Dispute):
        return record.id in disputes
    return getattr(record, "dispute_id", None) in disputes or isinstance(
        record, (Unit, Mediator, Adviser)
    )


def _lineages(records: Iterable[Record], began: str, answered: str) -> dict[tuple[str, str], Names]:
    """From which versions of the village's records come, and those of its receipts."""
    return {
        (kind_of(entry), entry.id): (answered if isinstance(entry, Receipt) else began,)
        for entry in records
    }


def _office(
    township: Township,
    folder: Path,
    month: Period,
    today: date,
    versions: Mapping[str, tuple[str, str]],
) -> None:
    founding = Founding(Role.OFFICE, township.office, _CLERK, township.committee)
    with create(folder / township.office.name, founding, PASSWORD) as register:
        committee = township.committee
        own = (*records_of(township, committee), *example_grades())
        _keep(register, (*own, *_claims(township, committee, today)), _CLERK)
        made_key(register, key_of(township.office).seed)
        with register.change(_CLERK, tr("演示数据：以前各月已接收"), "demo") as change:
            for unit in township.villages:
                records = records_of(township, unit)
                person = _first_mediator(township, unit)
                packages = list(_packages(unit, records, person, month))
                received = (_first_revision(replace(entry, received=True)) for entry in packages)
                receipts = map(_first_revision, receipts_for(packages, unit.name, _CLERK))
                claims = map(_first_revision, _claims(township, unit, today))
                old = [*_before(records, month), *receipts, *claims]
                setup = _setup(township, unit)
                lineages = {**_lineages(old, *versions[unit.id]), **setup.lineages}
                _keep_scans(change, old)
                change.adopt((*old, *received, enrolment_of(setup)), lineages)


def _workbooks(township: Township, folder: Path, month: Period, today: date, say: Say) -> None:
    target = folder / WORKBOOKS
    target.mkdir()
    for unit in township.villages:
        with open_register(folder / unit.name, PASSWORD) as register:
            ahead = look_ahead(register, month, today)
            path = target / file_name(unit.name, month, nil=ahead.nil)
            send(register, month, path, register.person, today)
        say(tr("{unit}：已做好{month}报送文件").format(unit=unit.name, month=month.label()))


def build(folder: Path, today: date, say: Say = lambda _: None) -> Path:
    """Build the demo township in the new folder `folder`, all or nothing; the folder.

    The office holds all months but the last full one, whose ten workbooks wait to be imported.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        words = tr("“{folder}”已经存在，没有改动它。请换一个新的文件夹。")
        raise DeskError(words.format(folder=folder))
    building = folder.with_name(f".{folder.name}.part")
    shutil.rmtree(building, ignore_errors=True)
    try:
        building.mkdir(parents=True)
        township = demo_township(today)
        month = month_before(month_of(today))
        versions = {}
        for unit in township.villages:
            versions[unit.id] = _village(township, unit, building, month, today)
            say(tr("{unit}：登记簿已建好").format(unit=unit.name))
        _office(township, building, month, today, versions)
        _workbooks(township, building, month, today, say)
        if folder.exists():
            folder.rmdir()
        building.rename(folder)
    except OSError as error:
        words = tr("不能在“{folder}”建立演示乡镇：磁盘已满或文件夹不能写入。请换一个位置。")
        raise DeskError(words.format(folder=folder)) from error
    finally:
        shutil.rmtree(building, ignore_errors=True)
    return folder


def office_of(folder: Path) -> Path:
    """The office's register inside a built demo township."""
    found = sorted(entry for entry in folder.iterdir() if entry.name.endswith("司法所"))
    if not found or not is_register(found[0]):
        words = tr("“{folder}”里没有完整的演示乡镇。请删除这个文件夹后再试。")
        raise DeskError(words.format(folder=folder))
    return found[0]
