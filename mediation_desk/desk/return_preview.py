"""What a file from the office brings, told before it is taken: point by point, in words."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from mediation_desk.desk.looking import Look
from mediation_desk.desk.sending import sent
from mediation_desk.desk.versions import between, excerpt, noun_of
from mediation_desk.domain.cases import Dispute
from mediation_desk.domain.fields import fields_by_name
from mediation_desk.domain.numbering import case_number
from mediation_desk.domain.organisation import Unit
from mediation_desk.domain.periods import Period
from mediation_desk.domain.record import Record
from mediation_desk.domain.records import KINDS, OF_A_DISPUTE
from mediation_desk.domain.returning import Return
from mediation_desk.domain.round_trip import HandOver, Receipt
from mediation_desk.exchange.meeting import Outcome, Step
from mediation_desk.store.register import Register
from mediation_desk.words import tr

_LONGEST = 40
_NOTHING_NEW = frozenset((Outcome.UNCHANGED, Outcome.OLDER))


@dataclass(frozen=True, slots=True)
class Brings:
    """The points of a file by sort, a line for each; what is empty does not come."""

    returns: tuple[str, ...] = ()
    handed: tuple[str, ...] = ()
    receipts: tuple[str, ...] = ()
    changes: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()


@dataclass
class _Points:
    returns: list[str] = field(default_factory=list)
    handed: list[str] = field(default_factory=list)
    receipts: list[str] = field(default_factory=list)
    changes: list[str] = field(default_factory=list)
    questions: list[str] = field(default_factory=list)


def brings(register: Register, look: Look) -> Brings:
    """What taking the file that was looked at brings; nothing for one that is no such file."""
    if look.returned is None or look.plan is None:
        return Brings()
    telling = _Telling(register, look.returned.records)
    points = _Points()
    for step in look.plan.steps:
        telling.tell(step, points)
    return Brings(
        tuple(points.returns),
        tuple(points.handed),
        tuple(points.receipts),
        tuple(dict.fromkeys(points.changes)),
        tuple(points.questions),
    )


class _Telling:
    """Words the steps of a plan; what many of them share is read once."""

    def __init__(self, register: Register, records: tuple[Record, ...]) -> None:
        self._register = register
        self._came = {record.id: record for record in records}
        self._periods = {package.id: package for package in sent(register)}
        self._units = {unit.id: unit for unit in register.units()}
        for record in records:
            if isinstance(record, Unit):
                self._units.setdefault(record.id, record)
        handed = [record for record in records if isinstance(record, HandOver)]
        self._whole = {entry.dispute_id for entry in handed}

    def tell(self, step: Step, points: _Points) -> None:
        """Add what one step does to the points."""
        for clash in step.clashes:
            points.questions.append(self._question(step, clash.name))
        record = step.record
        if record is None or step.outcome in _NOTHING_NEW:
            return
        if isinstance(record, Receipt):
            points.receipts.append(self._receipt(record))
        elif isinstance(record, Return):
            if record.open:
                points.returns.append(f"{self._number(record.dispute_id)}：{_flat(record.words)}")
        elif isinstance(record, HandOver):
            points.handed.append(self._handed(record))
        elif self._dispute_of(step, record) not in self._whole:
            points.changes += self._changes(step, record)

    def _dispute_of(self, step: Step, record: Record) -> str:
        return record.id if step.kind == "dispute" else str(getattr(record, "dispute_id", ""))

    def _number(self, dispute_id: str) -> str:
        found = self._register.get("dispute", dispute_id) or self._came.get(dispute_id)
        if not isinstance(found, Dispute):
            return ""
        unit = self._units.get(found.unit_id)
        return case_number(found, unit, self._register.settings.numbering_pattern)

    def _question(self, step: Step, name: str) -> str:
        record = self._came.get(step.id)
        described = fields_by_name(KINDS[step.kind]).get(name)
        label = tr(described.label) if described else ""
        about = self._dispute_of(step, record) if record is not None else ""
        number = self._number(about)
        what = tr("{noun}的{label}").format(noun=noun_of(step.kind), label=label)
        return f"{number}：{what}" if number else what

    def _receipt(self, receipt: Receipt) -> str:
        package = self._periods.get(receipt.package_id)
        if package is not None:
            period = Period(package.period_from, package.period_to).label()
            about = tr("{period}（累计第{number}份）").format(period=period, number=receipt.number)
        else:
            about = tr("累计第{number}份").format(number=receipt.number)
        if receipt.void_reason:
            return tr("{about}：司法所撤销了接收").format(about=about)
        took = receipt.added + receipt.updated + receipt.unchanged + receipt.older
        told = [tr("接收 {count} 条").format(count=took)]
        if waits := receipt.conflicts + receipt.proposals:
            told.append(tr("待核对 {count}").format(count=waits))
        if receipt.rejected:
            told.append(tr("没有接收 {count}").format(count=receipt.rejected))
        return tr("{about}：{told}").format(about=about, told=tr("，").join(told))

    def _handed(self, entry: HandOver) -> str:
        own = self._register.committee
        giver = getattr(self._units.get(entry.from_unit_id), "name", "") or tr("别的单位")
        taker = getattr(self._units.get(entry.to_unit_id), "name", "") or tr("别的单位")
        if own is not None and entry.to_unit_id == own.id and entry.taken_on is None:
            words = tr("{giver}移交来一件纠纷，收下后编入本单位的编号：{reason}")
            return words.format(giver=giver, reason=_flat(entry.reason))
        words = tr("{number}：{taker}已接收") if entry.taken_on else tr("{number}：移交给{taker}")
        return words.format(number=self._number_before(entry), taker=taker)

    def _number_before(self, entry: HandOver) -> str:
        """The number that the case had when it was handed over."""
        found = self._register.get("dispute", entry.dispute_id) or self._came.get(entry.dispute_id)
        if not isinstance(found, Dispute):
            return ""
        before = replace(found, year=entry.from_year, number=entry.from_number, void_reason="")
        pattern = self._register.settings.numbering_pattern
        return case_number(before, self._units.get(entry.from_unit_id), pattern)

    def _changes(self, step: Step, record: Record) -> Iterator[str]:
        before = self._register.get(step.kind, step.id)
        noun, about = noun_of(step.kind), self._dispute_of(step, record)
        number = self._number(about) if step.kind in {"dispute", *OF_A_DISPUTE} else ""
        where = f"{number} {noun}".strip()
        if before is None:
            name = str(getattr(record, "name", "") or "")
            yield tr("{where}：新增{name}").format(where=where, name=f" {name}" if name else "")
            return
        for told in between(self._register, about, before, record):
            short = excerpt(told, _LONGEST)
            before_, after = short.before or tr("（空）"), short.after or tr("（空）")
            words = tr("{where}：{label} {before} → {after}")
            yield words.format(where=where, label=short.label, before=before_, after=after)


def _flat(text: str) -> str:
    return " ".join(text.split())
