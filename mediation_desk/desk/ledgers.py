"""The short ledgers: screening, publicity, preventions, legal aid, counsel of legal advisers."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, TypeVar, cast

from mediation_desk.desk.counsel import adviser_names
from mediation_desk.desk.recording import is_own, own_advisers, own_committee
from mediation_desk.domain.cases import Dispute
from mediation_desk.domain.checks import problems_of
from mediation_desk.domain.checks.work import round_problems
from mediation_desk.domain.codes import PreventionKind, PublicityKind
from mediation_desk.domain.fields import Form, describe
from mediation_desk.domain.finding import Find
from mediation_desk.domain.numbering import case_number
from mediation_desk.domain.organisation import Unit
from mediation_desk.domain.periods import Period, month_of, year
from mediation_desk.domain.prevention import Finding, Prevention, Publicity, Screening
from mediation_desk.domain.problems import DeskError, Problem, errors
from mediation_desk.domain.record import Record, new_id
from mediation_desk.domain.support import Consultation, LegalAid
from mediation_desk.store.register import Register
from mediation_desk.words import tr

# The ledgers by the kind of their records, each with the day by which it is sorted.
DAYS = {
    "screening": "screened_on",
    "publicity": "held_on",
    "prevention": "prevented_on",
    "legal_aid": "helped_on",
    "consultation": "held_on",
}
_OFFERED_DISPUTES = 50
R = TypeVar("R", bound=Record)


@dataclass(frozen=True, slots=True)
class Tally:
    """Rounds, findings and events of one period, void ones left out."""

    rounds: int = 0
    found: int = 0
    prevented: int = 0
    events: int = 0
    audience: int = 0
    trainings: int = 0


def day_of(kind: str, record: Record) -> date:
    """The day by which a record stands in its ledger."""
    return cast(date, getattr(record, DAYS[kind]))


def years(register: Register, kind: str, today: date) -> list[int]:
    """The years that a ledger knows, the latest first; this year is always among them."""
    return sorted({today.year, *register.years(kind, DAYS[kind])}, reverse=True)


def entries(register: Register, kind: str, period: Period, unit_id: str = "") -> list[Record]:
    """The records of a ledger in `period`, newest first; of all units without `unit_id`."""
    return register.of_period(kind, DAYS[kind], period, unit_id)


def findings_of(register: Register, screening_ids: Iterable[str]) -> list[Finding]:
    """What was found in these rounds, void findings left out."""
    found = cast(list[Finding], register.some("finding", list(screening_ids), "screening_id"))
    return sorted((entry for entry in found if not entry.void_reason), key=lambda entry: entry.id)


# Finding again


def _told(record: Record) -> str:
    """All that a record says in words."""
    said = []
    for entry in describe(type(record)):
        value: Any = getattr(record, entry.name)
        if entry.form is Form.CODE and value is not None:
            said.append(tr(value.label))
        elif entry.form is Form.DAY and value is not None:
            said.append(value.isoformat())
        elif entry.form in {Form.TEXT, Form.LONG_TEXT} and not entry.name.endswith("id"):
            said.append(value)
    return " ".join(said)


def words_of(register: Register, kind: str, records: Sequence[Record]) -> list[str]:
    """For each record of a ledger all words by which it can be found, those beside it too."""
    beside = _beside(register, kind, records)
    return [f"{_told(record)} {beside.get(record.id, '')}".casefold() for record in records]


def matching(records: Sequence[R], said: Sequence[str], text: str) -> list[R]:
    """Those of `records` whose words, as `words_of` gives them, hold every word of `text`."""
    wanted = text.casefold().split()
    told = zip(records, said, strict=True)
    return [record for record, words in told if all(word in words for word in wanted)]


def _beside(register: Register, kind: str, records: Sequence[Record]) -> dict[str, str]:
    """What stands elsewhere about records of a ledger, by their id."""
    more: dict[str, str] = {}
    if kind == "screening":
        for finding in findings_of(register, [entry.id for entry in records]):
            said = more.get(finding.screening_id, "")
            more[finding.screening_id] = f"{said} {finding.matter} {finding.persons}"
        return more
    names = adviser_names(register)
    numbers = dispute_numbers(register, records)
    for record in records:
        adviser = names.get(getattr(record, "adviser_id", ""), "")
        more[record.id] = f"{adviser} {numbers.get(getattr(record, 'dispute_id', ''), '')}"
    return more


def dispute_numbers(register: Register, records: Iterable[Record]) -> dict[str, str]:
    """The numbers of the disputes that `records` belong to, by the dispute's id."""
    ids = {getattr(entry, "dispute_id", "") for entry in records} - {""}
    units = {unit.id: unit for unit in register.units()}
    pattern = register.settings.numbering_pattern
    found = cast(list[Dispute], register.some("dispute", ids))
    return {entry.id: case_number(entry, units.get(entry.unit_id), pattern) for entry in found}


def dispute_choices(register: Register, also: str = "") -> list[tuple[str, str]]:
    """The latest disputes of the own committee to choose from, with the one named `also`."""
    page = register.page(Find(unit_id=own_committee(register).id), size=_OFFERED_DISPUTES)
    chosen = [
        (line.dispute.id, f"{line.number} {line.applicants} — {line.respondents}")
        for line in page.rows
    ]
    dispute = register.get("dispute", also) if also else None
    if isinstance(dispute, Dispute) and also not in {id_ for id_, _ in chosen}:
        unit = register.get("unit", dispute.unit_id)
        pattern = register.settings.numbering_pattern
        chosen.append((also, case_number(dispute, cast("Unit | None", unit), pattern)))
    return chosen


# Figures


def _tally(register: Register, period: Period, unit_id: str) -> Tally:
    held, found, prevented = register.rounds(period, unit_id)
    events = register.events(period, unit_id)
    told, audience = events.get(PublicityKind.PUBLICITY.value, (0, 0))
    trainings, _ = events.get(PublicityKind.TRAINING.value, (0, 0))
    return Tally(held, found, prevented, told, audience, trainings)


def tallies(register: Register, today: date, unit_id: str = "") -> tuple[Tally, Tally]:
    """What was done in the month and in the year of `today`, by one unit or by all."""
    month, whole = month_of(today), year(today.year)
    return _tally(register, month, unit_id), _tally(register, whole, unit_id)


# Keeping


def _last(register: Register, kind: str, unit_id: str, today: date) -> Any:
    """The latest record of the own ledger this year or last year, for what it can offer again."""
    recent = Period(date(today.year - 1, 1, 1), today)
    found = entries(register, kind, recent, unit_id)
    return next((entry for entry in found if not entry.void_reason), None)


def blank(register: Register, kind: str, today: date, actor: str) -> Record:
    """A record to fill, of today and the own committee, with what the last one said again."""
    unit_id = own_committee(register).id
    base: dict[str, Any] = {"id": new_id(), "unit_id": unit_id}
    if kind == "screening":
        last = _last(register, kind, unit_id, today)
        area, who = (last.area, last.screeners) if last else ("", actor)
        return Screening(**base, screened_on=today, area=area, screeners=who)
    if kind == "publicity":
        last = _last(register, kind, unit_id, today)
        return Publicity(**base, held_on=today, topic="", place=last.place if last else "")
    if kind == "prevention":
        return Prevention(**base, prevented_on=today, kind=PreventionKind.CRIME)
    if kind == "legal_aid":
        last = _last(register, kind, unit_id, today)
        body = last.body if last else ""
        return LegalAid(**base, applicant="", helped_on=today, body=body)
    advisers = own_advisers(register)
    return Consultation(
        **base, adviser_id=advisers[0].id if advisers else "", held_on=today, matter=""
    )


def findings_about(register: Register, records: Sequence[Record], today: date) -> list[Problem]:
    """What is wrong with `records` that are kept together, the first being the main one.

    `Problem.field` is the place of the record and its field, such as `1.matter`.
    """
    found: list[tuple[int, Problem]] = []
    for place, record in enumerate(records):
        # What is typed here is complete, whatever came masked before.
        whole = replace(record, personal_revision=record.revision + 1)
        found += [(place, problem) for problem in problems_of(whole, today, register.types)]
    main, *others = records
    if isinstance(main, Screening):
        listed = [entry for entry in others if isinstance(entry, Finding)]
        found += [(0, problem) for problem in round_problems(main, listed)]
    return [replace(problem, field=f"{place}.{problem.field}") for place, problem in found]


def _own_only(register: Register, records: Iterable[Record]) -> None:
    if not all(is_own(register, record) for record in records):
        raise DeskError(tr("这条记录属于别的单位，这里只能查看。请由登记的单位修改后再报送。"))


def keep(
    register: Register,
    before: Sequence[Record],
    after: Sequence[Record],
    actor: str,
    reason: str,
    today: date,
    draft_id: str = "",
) -> tuple[Record, ...]:
    """Keep records of a ledger in one act; those of `before` that are gone are voided.

    The draft they were written as goes with the same act. Raises `DeskError` for errors, for
    records of other units and for those changed meanwhile.
    """
    wrong = errors(findings_about(register, after, today))
    if wrong:
        raise DeskError(wrong[0].message + wrong[0].mend)
    _own_only(register, (*before, *after))
    known = {record.id: record for record in before}
    kept = {record.id for record in after}
    with register.change(actor, reason) as change:
        for record in before:
            if record.id not in kept:
                change.keep(replace(record, void_reason=reason))
        if draft_id:
            register.drop_draft(draft_id)
        return tuple(
            record if known.get(record.id) == record else change.keep(record) for record in after
        )


def void(register: Register, record: Record, actor: str, reason: str) -> Record:
    """Strike a record out with a reason; with a round go its findings, disputes stay."""
    reason = reason.strip()
    if not reason:
        raise DeskError(tr("没有写作废原因。请写明为什么作废。"))
    _own_only(register, (record,))
    parts: list[Record] = []
    if isinstance(record, Screening):
        parts = list(findings_of(register, [record.id]))
    with register.change(actor, tr("作废：{reason}").format(reason=reason)) as change:
        for part in parts:
            change.keep(replace(part, void_reason=reason))
        return change.keep(replace(record, void_reason=reason))
