"""Hand-made ledgers in the in-box: looked at, asked about once, received as one undoable batch."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import cast

from mediation_desk.desk.duplicates import suggest
from mediation_desk.desk.ledger_look import (
    CONFIRM,
    MONTHS,
    NO,
    UNIT,
    YES,
    Ledger,
    Reading,
    RowOutcome,
    Told,
    asked_about_file,
    counts_of_rows,
    known_map,
    problems_of,
    read_alone,
    read_rows,
    words_of_rows,
)
from mediation_desk.desk.ledger_source import (
    Source,
    month_mismatch,
    named_unit,
    period_told,
    refuse_without_table,
    source_of,
)
from mediation_desk.desk.looking import IMPORT, Look, LookState, Received, light, refused
from mediation_desk.desk.outcomes import NOTHING
from mediation_desk.desk.parked_rows import keep_map, next_of, park
from mediation_desk.desk.parking import Origin, carry_out
from mediation_desk.desk.receipts import ledger_receipt
from mediation_desk.domain.codes import Role
from mediation_desk.domain.organisation import Unit
from mediation_desk.domain.problems import DeskError, Severity
from mediation_desk.domain.reporting import Package
from mediation_desk.exchange.guard import is_table_text
from mediation_desk.exchange.hidden import AnotherKind, NewerFormat, NoExactCopy, NoRecords
from mediation_desk.exchange.ledgers.asking import Option, Question
from mediation_desk.exchange.ledgers.ids import part_id
from mediation_desk.figures.columns import COMMITTEES
from mediation_desk.store.changing import ChangeDoor
from mediation_desk.store.register import Register, Why
from mediation_desk.words import tr

__all__ = [
    "CONFIRM",
    "MONTHS",
    "UNIT",
    "YES",
    "Ledger",
    "Reading",
    "RowOutcome",
    "Told",
    "instead",
    "look",
    "receive",
]

_START_OF_TEXT = 1 << 16


@dataclass(frozen=True, slots=True)
class _LedgerOrigin(Origin):
    """A ledger that raises a question: `places` tells where each dispute stands."""

    places: Mapping[str, str] = field(default_factory=dict)

    def place(self, dispute_id: str) -> str:
        """The sheet and cell of a dispute, empty if it stands nowhere."""
        return self.places.get(dispute_id, "")


def may_be_ledger(path: Path, error: DeskError) -> bool:
    """Whether a file that is no package for this reason may be a ledger kept by hand."""
    if isinstance(error, NoExactCopy):
        return not isinstance(error, AnotherKind | NewerFormat)
    try:
        with path.open("rb") as file:
            return is_table_text(file.read(_START_OF_TEXT))
    except OSError:
        return False


def _damage(error: DeskError) -> str:
    """What is wrong with the records of a workbook of ours; empty for any other file."""
    if isinstance(error, NoExactCopy) and not isinstance(error, NoRecords):
        return str(error)
    return ""


def instead(
    register: Register, path: Path, today: date, error: DeskError, told: Told | None = None
) -> Look:
    """What a file does that is no package, for the reason `error`: it may be a ledger."""
    source = _source(path, error)
    if isinstance(source, Look):
        return source
    return look(register, source, today, told or Told(), _damage(error))


def _source(path: Path, error: DeskError) -> Source | Look:
    """The ledger in a file that is no package for the reason `error`, or why it is refused."""
    if not may_be_ledger(path, error):
        return refused(path, str(error))
    try:
        source = source_of(path)
        refuse_without_table(source)
    except DeskError as why:
        return refused(path, _damage(error) or str(why))
    return source


def look(register: Register, source: Source, today: date, told: Told, damage: str = "") -> Look:
    """What receiving a ledger would do; nothing is written."""
    units = tuple(unit for unit in register.units() if unit.kind in COMMITTEES)
    unit = _unit(register, source, told, units)
    title = tr("{unit} 手工台账").format(unit=unit.name if unit else source.path.stem)
    ledger = Ledger(source, told, today, units, unit, (), None, damage)
    if (asked := _about_file(ledger)) or unit is None:
        words = (damage + asked.ask) if asked else damage
        look_ = replace(ledger, questions=(asked,) if asked else ())
        return Look(source.path, title, words, LookState.ASKS, dict(NOTHING), source.problems,
                    ledger=look_)  # fmt: skip
    reading = read_rows(register, source, unit, told, today)
    return _looked(register, replace(ledger, questions=reading.questions, reading=reading), title)


def check(path: Path, today: date, error: DeskError) -> Look:
    """What an import of a ledger into an empty register would say."""
    source = _source(path, error)
    if isinstance(source, Look):
        return source
    reading = read_alone(source, today)
    counts = counts_of_rows(reading.rows)
    words = tr("这是手工台账，接收时要指明单位；") + words_of_rows(counts)
    if damage := _damage(error):
        words = damage + words
    problems = (*source.problems, *problems_of(reading))
    ledger = Ledger(source, Told(), today, (), None, reading.questions, reading, damage)
    title = tr("{unit} 手工台账").format(unit=path.stem)
    return Look(path, title, words, LookState.ASKS, counts, problems, ledger=ledger)


def _unit(register: Register, source: Source, told: Told, units: tuple[Unit, ...]) -> Unit | None:
    wanted = told.unit_id or told.answers.get(UNIT, "")
    if wanted:
        return next((unit for unit in units if unit.id == wanted), None)
    if register.role is not Role.OFFICE:
        return register.committee
    return named_unit(source, units)


def _about_file(ledger: Ledger) -> Question | None:
    """What must be known before a row is read: whose it is, whether it is what it seems."""
    source, told = ledger.source, ledger.told
    yes_no = (Option(YES, tr("是")), Option(NO, tr("不是，不接收")))
    sure = bool(told.unit_id or told.answers.get(UNIT))
    if ledger.unit is None:
        options = tuple(Option(unit.id, unit.name) for unit in ledger.units)
        words = tr("这是手工台账，看不出是哪个单位的。请指明单位再接收。")
        if source.start:
            words = tr("这是文本（CSV）表格，前几行是“{start}”。请核对，并指明单位再接收。")
        return asked_about_file(UNIT, words.format(start=source.start), options)
    answer = told.answers.get(CONFIRM)
    if (source.start or ledger.damage) and not sure and answer != YES:
        words = tr("可见的表格按{unit}的手工台账读出，请核对后确认再接收。")
        if source.start:
            words = tr(
                "这是文本（CSV）表格，前几行是“{start}”。请核对是不是{unit}的台账，确认后再接收。"
            )
        words = words.format(unit=ledger.unit.name, start=source.start)
        return asked_about_file(CONFIRM, words, yes_no)
    wrong = month_mismatch(source)
    if wrong and told.answers.get(MONTHS) != YES:
        words = tr("{wrong}，可能是拿旧表改的。请核对表题的年月对不对，确认后再接收。").format(
            wrong=wrong
        )
        return asked_about_file(MONTHS, words, yes_no)
    return None


def _looked(register: Register, ledger: Ledger, title: str) -> Look:
    reading, source = cast(Reading, ledger.reading), ledger.source
    counts = counts_of_rows(reading.rows)
    words = words_of_rows(counts)
    if ledger.damage:
        words = tr("程序内记录已损坏，按可见的表格读出；") + words
    nil = not reading.ledger.cases
    words = tr("没有案件，按零报告收；") + words if nil else words
    state = LookState.READY
    before = _before(register, ledger)
    if before is not None and not reading.made.plan.changed() and _nothing_new(register, reading):
        state = LookState.SAME
        words = tr("与{day}收到的完全相同，没有变化。").format(day=_day(register, before))
    problems = (*source.problems, *problems_of(reading))
    return Look(source.path, title, words, state, counts, problems, nil,
                sequence=register.sequence(), ledger=ledger)  # fmt: skip


def _package_id(ledger: Ledger) -> str:
    return part_id(cast(Unit, ledger.unit).id, "ledger", ledger.source.digest)


def _before(register: Register, ledger: Ledger) -> Package | None:
    return cast("Package | None", register.get("package", _package_id(ledger)))


def _day(register: Register, package: Package) -> str:
    first = register.history("package", package.id)[-1]
    return next((act.at[:10] for act in register.acts(IMPORT) if act.number == first.act), "")


def _nothing_new(register: Register, reading: Reading) -> bool:
    known = known_map(register, reading.learned.unit_id)
    return known is not None and known.answers == reading.learned.answers


def _package(ledger: Ledger, actor: str) -> Package:
    reading, unit = cast(Reading, ledger.reading), cast(Unit, ledger.unit)
    days = [case.file.dispute.intake_on for case in reading.ledger.cases]
    period = period_told(ledger.source, [day for day in days if day], ledger.today)
    findings = [entry.sentence() for entry in problems_of(reading)
                if entry.severity is Severity.ERROR]  # fmt: skip
    return Package(
        id=_package_id(ledger),
        unit_id=unit.id,
        number=0,
        received=True,
        period_from=period.first,
        period_to=period.last,
        made_on=ledger.today,
        made_by=actor,
        digest=ledger.source.digest,
        disputes=len(reading.ledger.cases) - len(reading.waiting),
        nil=not reading.ledger.cases,
        findings="\n".join(findings),
    )


def receive(register: Register, look_: Look, actor: str, *, backed_up: bool = False) -> Received:
    """Receive a ledger that was looked at, as one batch: all or nothing, undoable later.

    What it does is worked out anew. Rows that wait for an answer are parked and block no other.
    """
    if look_.ledger is None or look_.state is not LookState.READY:
        return Received(light(look_), 0)
    if not backed_up:
        register.back_up(Why.IMPORT)
    before = look_.ledger
    again = look(register, before.source, before.today, before.told, before.damage)
    if again.state is not LookState.READY or again.ledger is None:
        return Received(light(again), 0)
    reason = tr("接收 {title}：{words}").format(title=again.title, words=again.words)
    with register.change(actor, reason, IMPORT) as change:
        _write(register, change, again.ledger, actor)
        return Received(light(again), change.number)


def _write(register: Register, change: ChangeDoor, ledger: Ledger, actor: str) -> None:
    reading = cast(Reading, ledger.reading)
    package = _package(ledger, actor)
    waiting = {case.file.dispute.id: case.place for case in reading.waiting}
    places = {**waiting, **reading.made.places}
    origin = _LedgerOrigin(package.unit_id, package.id, ledger.source.path.name, places=places)
    carry_out(register, change, reading.made.plan, origin)
    park(register, change, reading, ledger.source, origin)
    if (known := _before(register, ledger)) is not None:
        package = replace(package, made_on=known.made_on, made_by=known.made_by)
        package = next_of(known, package)
    change.keep(package)
    keep_map(register, change, reading.learned)
    suggest(register, change, reading.made.plan, origin)
    # In a village's own register a receipt is what the office sent.
    if register.role is Role.OFFICE:
        name, on, made = ledger.source.path.name, ledger.today, reading.made
        change.keep(ledger_receipt(package, name, made.plan, made.places, on, actor))
