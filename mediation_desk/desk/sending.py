"""The village's month: looking ahead at the package, writing it, and what was sent before."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import cast

from mediation_desk.desk.claims_on_their_way import claimed_before, leaving_claims
from mediation_desk.desk.confirmed import (
    Scans,
    Standing,
    forgotten,
    note_sent,
    scans_to_go,
    standing,
)
from mediation_desk.desk.desk_key import seal_of
from mediation_desk.desk.escrowing import carried, seal_to_office
from mediation_desk.desk.ledgers import DAYS
from mediation_desk.desk.raising import raise_signs
from mediation_desk.desk.recording import own_committee
from mediation_desk.desk.sequence import told_back
from mediation_desk.domain.cases import Dispute
from mediation_desk.domain.checks import case_problems
from mediation_desk.domain.codes import Role
from mediation_desk.domain.numbering import case_number
from mediation_desk.domain.organisation import Unit
from mediation_desk.domain.periods import Period, month_before, month_of
from mediation_desk.domain.problems import DeskError, Problem, Severity
from mediation_desk.domain.record import Record, new_id
from mediation_desk.domain.records import KEEPING_ORDER, OF_A_DISPUTE, kind_of
from mediation_desk.domain.reporting import Package
from mediation_desk.domain.round_trip import HandOver
from mediation_desk.domain.versions import Lineages
from mediation_desk.exchange.contents import Head, PackageContents
from mediation_desk.exchange.placing import named_last
from mediation_desk.exchange.sealing import Seal
from mediation_desk.figures.calibre import Calibre, DateBasis
from mediation_desk.figures.ministry import Table, line, ministry_table
from mediation_desk.store.changing import ChangeDoor
from mediation_desk.store.register import Register
from mediation_desk.words import tr

EXPORT = "export"

_BATCH = 200  # disputes at a time: enough to read quickly, few enough to hold


@dataclass(frozen=True, slots=True)
class Ahead:
    """What a month's package will hold, and what had better be mended before."""

    period: Period
    number: int
    disputes: int
    counted: int
    nil: bool
    file_name: str
    problems: tuple[tuple[str, Problem], ...]
    table: Table


@dataclass(frozen=True, slots=True)
class Sent:
    """A finished package: where it lies, its entry in the register, characters cleaned.

    `enclosed` says how many attachments went with it, `left_out` which had no room, by name.
    """

    path: Path
    package: Package
    cleaned: int
    office: str = ""
    enclosed: int = 0
    left_out: tuple[str, ...] = ()


def calibre_of(register: Register, period: Period) -> Calibre:
    """The calibre by which this register counts a period, from its settings."""
    settings = register.settings
    basis = DateBasis.CLOSING if settings.count_by_closing else DateBasis.INTAKE
    return Calibre(period, basis, settings.count_oral)


def sent(register: Register) -> list[Package]:
    """The packages sent from here, newest first."""
    packages = cast(list[Package], register.all("package", received=0))
    return sorted(packages, key=lambda package: package.number, reverse=True)


def month_to_send(register: Register, today: date) -> Period:
    """Last month until it has been sent, then the current one.

    Nobody owes a month in which there was no register yet.
    """
    last, packages = month_before(month_of(today)), sent(register)
    done = any((package.period_from, package.period_to) == (last.first, last.last)
               for package in packages)  # fmt: skip
    if not packages:
        unit = register.committee or register.unit
        done = register.begun(unit.id, today) > last.last
    return month_of(today) if done else last


def _changed(register: Register, where: Standing) -> dict[str, set[str]]:
    """By kind, the ids of the records changed since the office has everything."""
    # A first package without a seal tells of its period; one that is sealed of all that was.
    if where.number == 1 and not where.sealing:
        return claimed_before(register)
    # Where all of it goes the disputes do; what hangs on them need not be asked.
    kinds = () if where.since else tuple(kind for kind in KEEPING_ORDER if kind not in OF_A_DISPUTE)
    changed: dict[str, set[str]] = {}
    for kind, record_id in register.changed_since(where.since, kinds):
        changed.setdefault(kind, set()).add(record_id)
    return changed


def _dispute_ids(
    register: Register, unit_id: str, period: Period, changed: dict[str, set[str]]
) -> list[str]:
    """Everything of the period, and whatever changed since the last package, void ones too."""
    touched = set(changed.get("dispute", ()))
    for kind in (*OF_A_DISPUTE, "prevention"):
        records = register.some(kind, changed.get(kind, ()))
        touched |= {str(getattr(record, "dispute_id", "")) for record in records}
    return register.dispute_ids(unit_id, period, touched)


def _batches(register: Register, ids: Sequence[str], *, sealed: bool) -> Iterator[list[Record]]:
    """The disputes with everything that hangs on them, some at a time."""
    for start in range(0, len(ids), _BATCH):
        part = ids[start : start + _BATCH]
        place = {dispute_id: number for number, dispute_id in enumerate(part)}
        found = register.some("dispute", part)
        for kind in OF_A_DISPUTE:
            # Scans are personal; they leave only for the office's eyes.
            if kind != "attachment" or sealed:
                found += register.some(kind, part, "dispute_id")

        def order(record: Record, place: dict[str, int] = place) -> tuple[int, int, str]:
            kind = kind_of(record)
            own = record.id if kind == "dispute" else getattr(record, "dispute_id", "")
            return place[own], KEEPING_ORDER[kind], record.id

        yield sorted(found, key=order)


def _work(
    register: Register, unit_id: str, period: Period, changed: dict[str, set[str]]
) -> Iterable[Record]:
    """Work beside disputes in the period, and what of it changed since the last package."""
    # A finding may become a dispute long after its round; it goes with its round.
    found = register.some("finding", changed.get("finding", ()))
    rounds = {str(getattr(finding, "screening_id", "")) for finding in found}
    for kind, day in DAYS.items():
        for record in register.all(kind, unit_id=unit_id):
            wanted = getattr(record, day) in period or record.id in changed.get(kind, ())
            if wanted or record.id in rounds:
                if kind == "screening":
                    rounds.add(record.id)
                yield record
    yield from register.some("finding", rounds, "screening_id")


def _contents(register: Register, head: Head, where: Standing, scans: Scans) -> PackageContents:
    unit_id, period = head.unit.id, head.calibre.period
    changed = _changed(register, where)
    changed["dispute"] = changed.get("dispute", set()) | scans.dispute_ids
    ids = _dispute_ids(register, unit_id, period, changed)
    loose: list[Record] = [
        cast(Record, register.get("unit", unit_id)),
        *register.all("local_type"),
        *register.all("mediator", unit_id=unit_id),
        *register.all("adviser", unit_id=unit_id),
        *_work(register, unit_id, period, changed),
        *register.some("prevention", ids, "dispute_id"),
        *leaving_claims(register, unit_id, changed),
    ]
    unique = {record.id: record for record in loose}.values()
    others = sorted(unique, key=lambda record: (KEEPING_ORDER[kind_of(record)], record.id))
    batches = _batches(register, ids, sealed=where.sealing)
    enclosed = _bytes(register, scans)
    told = partial(versions_of, register)
    handed = tuple(_handed(register, unit_id, changed))
    return PackageContents(head, tuple(others), batches, enclosed, len(scans.left), told, handed)


def _handed(register: Register, unit_id: str, changed: dict[str, set[str]]) -> list[Record]:
    """Hand-overs that changed, and whole the cases that went from here by one of them."""
    found = cast(list[HandOver], register.some("handover", changed.get("handover", ())))
    gone = {entry.dispute_id for entry in found if entry.from_unit_id == unit_id}
    cases = [entry for entry in cast(list[Dispute], register.some("dispute", gone))
             if entry.unit_id != unit_id]  # fmt: skip
    records: list[Record] = [*cases]
    for kind in OF_A_DISPUTE:
        records += register.some(kind, [entry.id for entry in cases], "dispute_id")
    return [*records, *sorted(found, key=lambda entry: entry.id)]


def versions_of(register: Register, records: Iterable[Record]) -> Lineages:
    """The versions of records by kind and id, as they travel with them."""
    ids: dict[str, list[str]] = {}
    for record in records:
        ids.setdefault(kind_of(record), []).append(record.id)
    return {
        (kind, record_id): names
        for kind, wanted in ids.items()
        for record_id, names in register.lineages(kind, wanted).items()
    }


def _bytes(register: Register, scans: Scans) -> Iterator[tuple[str, bytes]]:
    for entry in scans.going:
        content = register.attachment_bytes(entry.sha256)
        if content is not None:
            yield entry.sha256, content


def _findings(register: Register, ids: Iterable[str], today: date) -> list[tuple[str, Problem]]:
    """What is wrong with the disputes `ids`, the gravest first, then in the order of `ids`."""
    found, types, limits = [], register.types, register.limits
    pattern = register.settings.numbering_pattern
    unit = register.committee
    for dispute_id in ids:
        case = register.case(dispute_id)
        if case is not None:
            number = case_number(case.dispute, unit, pattern)
            found += [(number, problem) for problem in case_problems(case, types, today, limits)]
    gravest_first = list(Severity)
    return sorted(found, key=lambda one: gravest_first.index(one[1].severity))


def file_name(unit_name: str, period: Period, *, nil: bool) -> str:
    """The plain name of a package's file."""
    kind = tr("零报告") if nil else tr("人民调解报表")
    return f"{unit_name}{period.label()}{kind}.xlsx"


def look_ahead(register: Register, period: Period, today: date) -> Ahead:
    """What the package of `period` will hold; raises `DeskError` on an office's desk."""
    unit = _village(register)
    calibre = calibre_of(register, period)
    counts = register.counts(calibre).of((unit.id,))
    table = ministry_table(counts, (unit,), (unit.id,), calibre)
    where, scans, _ = _standing(register)
    changed = _changed(register, where)
    changed["dispute"] = changed.get("dispute", set()) | scans.dispute_ids
    disputes = _dispute_ids(register, unit.id, period, changed)
    nil = not any(table.grand_total.values)
    return Ahead(
        period=period,
        number=where.number,
        disputes=len(disputes),
        counted=table.grand_total.values[0],
        nil=nil,
        file_name=file_name(unit.name, period, nil=nil),
        problems=tuple(_findings(register, disputes, today)),
        table=table,
    )


def _village(register: Register) -> Unit:
    if register.role is not Role.VILLAGE:
        raise DeskError(tr("司法所不做村级报送文件。请用“统计”导出汇总报表。"))
    return own_committee(register)


def _standing(register: Register) -> tuple[Standing, Scans, Seal | None]:
    """Where the village stands, which scans go, and how its next package is sealed."""
    seal, before = seal_of(register), sent(register)
    where = standing(register, before, sealing=seal is not None)
    return where, scans_to_go(register, before) if seal else Scans(), seal


def _write(register: Register, target: Path, head: Head, change: ChangeDoor) -> Sent:
    # openpyxl takes 0.1 s to import and is not needed to start.
    from mediation_desk.exchange.writing import write_package  # noqa: PLC0415

    where, scans, seal = _standing(register)
    contents = _contents(register, head, where, scans)
    counts = register.counts(head.calibre).of((head.unit.id,))
    written = write_package(contents, counts, target, seal)
    note_sent(register, where, scans)
    period = head.calibre.period
    package = Package(
        id=head.id,
        unit_id=head.unit.id,
        number=head.number,
        period_from=period.first,
        period_to=period.last,
        made_on=head.made_on,
        made_by=head.made_by,
        digest=written.digest,
        previous=head.previous,
        disputes=written.disputes,
        nil=not any(line(counts, (head.unit,))),
        unmasked_for=head.unmasked_for,
        signer=seal.key.public if seal else "",
        sealed=seal is not None,
        span=head.span,
        returned=head.returned,
        wanted=" ".join(map(str, head.wanted)),
    )
    return Sent(
        written.path,
        change.keep(package),
        written.cleaned,
        seal.name if seal else "",
        len(scans.going),
        tuple(entry.name for entry in scans.left),
    )


def _check_begun(period: Period, today: date) -> None:
    """Raises `DeskError` for a period of which nothing can be told yet."""
    if period.first > today:
        words = tr("{period}还没有到，不能报送。请选择已经开始的月份。")
        raise DeskError(words.format(period=period.label()))


def _why(period: Period, unmasked_for: str) -> str:
    reason = tr("制作{period}报送文件").format(period=period.label())
    if unmasked_for:
        reason += tr("（完整信息，交给{receiver}）").format(receiver=unmasked_for)
    return reason


def send(
    register: Register,
    period: Period,
    target: Path,
    actor: str,
    today: date,
    unmasked_for: str = "",
) -> Sent:
    """Write the package of `period` to `target` and note it as sent, both or neither.

    Masked unless `unmasked_for` names who may read it in full, which stands in the history.
    """
    unit = _village(register)
    _check_begun(period, today)
    seal_to_office(register, actor)
    # What the rules find here the office cannot see in a masked package; so it travels as a notice.
    with register.sparing():
        raise_signs(register, actor, today)
    with (
        named_last(target),
        register.sparing(),
        register.change(actor, _why(period, unmasked_for), EXPORT) as change,
    ):
        where, _, _ = _standing(register)
        head = Head(
            id=new_id(),
            number=where.number,
            previous=where.previous,
            unit=unit,
            calibre=calibre_of(register, period),
            made_on=today,
            made_by=actor,
            unmasked_for=unmasked_for,
            pattern=register.settings.numbering_pattern,
            span=where.number - where.base,
            returned=told_back(register),
            wanted=tuple(forgotten(register, sent(register))),
            escrow=carried(register),
        )
        return _write(register, target, head, change)
