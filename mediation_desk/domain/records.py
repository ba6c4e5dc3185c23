"""The list of all records and their plain form, for history, dump and the exact copy."""

import json
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from mediation_desk.domain import (
    allowance,
    cases,
    handling,
    organisation,
    paper_totals,
    prevention,
    reporting,
    returning,
    round_trip,
    support,
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
    "attachment": handling.Attachment,
    "return": returning.Return,
    "prevention": prevention.Prevention,
    "screening": prevention.Screening,
    "finding": prevention.Finding,
    "publicity": prevention.Publicity,
    "legal_aid": support.LegalAid,
    "consultation": support.Consultation,
    "package": reporting.Package,
    "report": reporting.Report,
    "report_use": reporting.ReportUse,
    "paper_total": paper_totals.PaperTotal,
    "enrolment": round_trip.Enrolment,
    "receipt": round_trip.Receipt,
    "proposal": round_trip.Proposal,
    "handover": round_trip.HandOver,
    "same_case": round_trip.SameCase,
    "ledger_map": round_trip.LedgerMap,
    "allowance_grade": allowance.AllowanceGrade,
    "claim": allowance.Claim,
    "claim_line": allowance.ClaimLine,
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
    "attachment",
    "return",
)

Plain = dict[str, Any]


class NotARecord(DeskError):
    """Values that cannot be a record of the kind they claim to be."""


def kind_of(record: Record) -> str:
    """The name of the kind of `record`, which is also the name of its table."""
    return _KIND_OF[type(record)]


def _plain_value(entry: Field) -> Callable[[Any], Any] | None:
    if entry.form is Form.CODE:
        return lambda value: value.value
    if entry.form is Form.DAY:
        return date.isoformat
    if entry.form is Form.LIST:
        return list
    return None


@once
def _to_plain(record: type[Record]) -> tuple[tuple[str, Callable[[Any], Any] | None], ...]:
    return tuple((entry.name, _plain_value(entry)) for entry in describe(record))


def to_plain(record: Record) -> Plain:
    """The values of `record` as JSON types: codes as their code, days as ISO text."""
    plain: Plain = {}
    for name, turn in _to_plain(type(record)):
        value = getattr(record, name)
        plain[name] = value if turn is None or value is None else turn(value)
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


def from_plain(kind: str, plain: Mapping[str, Any]) -> Record:
    """The record of `kind` with the values of `plain`; unknown names are refused, not dropped.

    Raises `NotARecord` with the field at fault.
    """
    if kind not in KINDS:
        raise NotARecord(tr("没有名为“{kind}”的记录。").format(kind=kind))
    record = KINDS[kind]
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
