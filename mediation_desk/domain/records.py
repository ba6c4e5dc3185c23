"""The list of all records and their plain form, for history, dump and the exact copy."""

import json
from collections.abc import Callable, Mapping
from datetime import date
from operator import attrgetter
from typing import Any

from mediation_desk.domain import (
    allowance,
    cases,
    desk_log,
    handling,
    organisation,
    paper_totals,
    prevention,
    printing,
    reporting,
    returning,
    round_trip,
    sampling,
    support,
    warning_notice,
)
from mediation_desk.domain.fields import Field, Form, describe, once
from mediation_desk.domain.problems import DeskError
from mediation_desk.domain.record import Record
from mediation_desk.words import tr

KINDS: dict[str, type[Record]] = {
    "unit": organisation.Unit,
    "mediator": organisation.Mediator,
    "adviser": organisation.Adviser,
    "local_type": organisation.LocalType,
    "dispute": cases.Dispute,
    "party": cases.Party,
    "agent": cases.Agent,
    "session": handling.MediationSession,
    "agreement": handling.Agreement,
    "promise": handling.Promise,
    "referral": handling.Referral,
    "risk": handling.RiskEntry,
    "warning": warning_notice.WarningNotice,
    "urgent_report": warning_notice.UrgentReport,
    "attachment": handling.Attachment,
    "return": returning.Return,
    "prevention": prevention.Prevention,
    "screening": prevention.Screening,
    "finding": prevention.Finding,
    "publicity": prevention.Publicity,
    "legal_aid": support.LegalAid,
    "consultation": support.Consultation,
    "package": reporting.Package,
    "accepted_findings": reporting.AcceptedFindings,
    "report": reporting.Report,
    "report_use": reporting.ReportUse,
    "paper_total": paper_totals.PaperTotal,
    "sampling": sampling.Sampling,
    "enrolment": round_trip.Enrolment,
    "receipt": round_trip.Receipt,
    "proposal": round_trip.Proposal,
    "handover": round_trip.HandOver,
    "same_case": round_trip.SameCase,
    "ledger_map": round_trip.LedgerMap,
    "allowance_grade": allowance.AllowanceGrade,
    "claim": allowance.Claim,
    "claim_line": allowance.ClaimLine,
    "print": printing.Print,
    "desk_person": desk_log.DeskPerson,
    "log_entry": desk_log.LogEntry,
}
_KIND_OF = {record: kind for kind, record in KINDS.items()}
# What others hang on comes first, so records kept in this order find what they hang on.
KEEPING_ORDER = {kind: place for place, kind in enumerate(KINDS)}

# Records that hang on a dispute, in the order in which they can be kept.
OF_A_DISPUTE = (
    "party",
    "agent",
    "session",
    "agreement",
    "promise",
    "referral",
    "risk",
    "warning",
    "urgent_report",
    "attachment",
    "return",
)

Plain = dict[str, Any]
Turns = tuple[tuple[str, Callable[[Any], Any]], ...]
Put = Callable[[Record, Any], None]


class NotARecord(DeskError):
    """Values that cannot be a record of the kind they claim to be."""


def kind_of(record: Record) -> str:
    """The name of the kind of `record`, which is also the name of its table."""
    return _KIND_OF[type(record)]


def _plain_value(entry: Field) -> Callable[[Any], Any] | None:
    if entry.form is Form.CODE:
        # The member's own attribute: `value` is a descriptor in Python and costs ten times as much.
        return attrgetter("_value_")
    if entry.form is Form.DAY:
        return date.isoformat
    if entry.form is Form.LIST:
        return list
    return None


@once
def _to_plain(
    record: type[Record],
) -> tuple[tuple[str, ...], Callable[[Record], tuple[Any, ...]], Turns]:
    """The names of the values, what takes all of them at once, and which of them turn."""
    names = tuple(entry.name for entry in describe(record))
    turns = ((entry.name, _plain_value(entry)) for entry in describe(record))
    return (
        names,
        attrgetter(*names),
        tuple((name, turn) for name, turn in turns if turn is not None),
    )


def to_plain(record: Record) -> Plain:
    """The values of `record` as JSON types: codes as their code, days as ISO text."""
    names, values, turns = _to_plain(type(record))
    plain = dict(zip(names, values(record), strict=True))
    for name, turn in turns:
        value = plain[name]
        if value is not None:
            plain[name] = turn(value)
    return plain


def _exactly(kind: type) -> Callable[[Any], Any]:
    def take(value: Any) -> Any:
        if type(value) is not kind:
            raise TypeError(value)
        return value

    return take


def _texts(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(entry, str) for entry in value):
        raise TypeError(value)
    return tuple(value)


def _real_value(entry: Field) -> Callable[[Any], Any]:
    if entry.codes is not None:
        return {member.value: member for member in entry.codes}.__getitem__
    makers: dict[Form, Callable[[Any], Any]] = {
        Form.DAY: date.fromisoformat,
        Form.LIST: _texts,
        Form.YES_NO: _exactly(bool),
        Form.WHOLE: _exactly(int),
        Form.MONEY: _exactly(int),
    }
    return makers.get(entry.form, _exactly(str))


@once
def _from_plain(record: type[Record]) -> tuple[tuple[str, bool, Callable[[Any], Any]], ...]:
    return tuple((entry.name, entry.optional, _real_value(entry)) for entry in describe(record))


@once
def _whole(record: type[Record]) -> tuple[tuple[Put, str, bool, Callable[[Any], Any] | None], ...]:
    """How to fill a record that has a value for every field; texts need only be texts."""
    return tuple(
        (
            getattr(record, entry.name).__set__,
            entry.name,
            entry.optional,
            None if entry.form in {Form.TEXT, Form.LONG_TEXT} else _real_value(entry),
        )
        for entry in describe(record)
    )


def _filled(record: type[Record], plain: Mapping[str, Any]) -> Record | None:
    """The record where nothing is wrong with `plain`, as nearly always; None where something is.

    Filling the slots takes a third of the time of a frozen class's own `__init__`.
    """
    made = object.__new__(record)
    fields = _whole(record)
    if len(fields) != len(plain):
        return None
    try:
        for put, name, optional, make in fields:
            value = plain[name]
            if make is None:
                if type(value) is not str and not (value is None and optional):
                    return None
            elif value is not None or not optional:
                value = make(value)
            put(made, value)
    except (KeyError, TypeError, ValueError):
        return None
    return made


def from_plain(kind: str, plain: Mapping[str, Any]) -> Record:
    """The record of `kind` with the values of `plain`; unknown names are refused, not dropped.

    Raises `NotARecord` with the field at fault.
    """
    if kind not in KINDS:
        raise NotARecord(tr("没有名为“{kind}”的记录。").format(kind=kind))
    record = KINDS[kind]
    made = _filled(record, plain)
    return made if made is not None else _judged(kind, record, plain)


def _judged(kind: str, record: type[Record], plain: Mapping[str, Any]) -> Record:
    """The record, field by field, or which field is at fault."""
    values: Plain = {}
    for name, optional, make in _from_plain(record):
        if name not in plain:
            continue
        value = plain[name]
        try:
            values[name] = None if value is None and optional else make(value)
        except (KeyError, TypeError, ValueError) as error:
            words = tr("{kind}的“{name}”不是有效的值。").format(kind=kind, name=name)
            raise NotARecord(words) from error
    if len(values) != len(plain):
        unknown = "、".join(sorted(set(plain) - set(values)))
        raise NotARecord(tr("{kind}有不认识的项：{unknown}。").format(kind=kind, unknown=unknown))
    try:
        return record(**values)
    except TypeError as error:
        raise NotARecord(tr("{kind}缺少必需的项。").format(kind=kind)) from error


_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def canonical(plain: object) -> str:
    """One text for one set of JSON values, for hashes and the history."""
    return _ENCODER.encode(plain)
