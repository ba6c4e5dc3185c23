"""Rules for every record alike, read off the descriptions of its fields."""

import dataclasses
import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import cache
from operator import attrgetter
from typing import TypeVar

from mediation_desk.domain.fields import Field, Form, describe, fields_by_name, label_of
from mediation_desk.domain.problems import Problem, Severity
from mediation_desk.domain.record import Record
from mediation_desk.domain.reporting import Package, Report
from mediation_desk.words import tr

T = TypeVar("T")

# A workbook cell holds 32,767 characters; what is longer would be cut by other programs unseen.
LONGEST_TEXT = 32_000

_EARLIEST = date(1900, 1, 1)
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
# These may lie ahead by their nature.
_MAY_LIE_AHEAD = frozenset(
    (
        *("due_on", "answer_due_on", "extended_to"),
        *("term_from", "term_to", "period_from", "period_to"),
        # By the office's clock, which must not keep a village from its own case.
        "returned_on",
    )
)
# The program writes these texts itself, and they never stand in a cell.
_OF_THE_PROGRAM = (Package, Report)


def error(rule: str, field: str, message: str, mend: str = "") -> Problem:
    """A finding that keeps the record from being kept."""
    return Problem(rule, Severity.ERROR, field, message, mend)


def warning(rule: str, field: str, message: str, mend: str = "") -> Problem:
    """A finding that somebody should look at; the record may be kept."""
    return Problem(rule, Severity.WARNING, field, message, mend)


def hint(rule: str, field: str, message: str, mend: str = "") -> Problem:
    """Advice."""
    return Problem(rule, Severity.HINT, field, message, mend)


def found(rules: Iterable[Callable[[T], Problem | None]], looked_at: T) -> list[Problem]:
    """What `rules` find in `looked_at`, in their order."""
    return [problem for rule in rules if (problem := rule(looked_at)) is not None]


def in_order(
    rule: str, record: Record, earlier: str, later: str, *, make: Callable[..., Problem] = error
) -> Problem | None:
    """A finding of `rule` where day field `later` of `record` lies before day field `earlier`."""
    first, second = getattr(record, earlier), getattr(record, later)
    if first is None or second is None or first <= second:
        return None
    words = tr("{later}（{second}）早于{earlier}（{first}）。").format(
        later=label_of(type(record), later),
        second=second.isoformat(),
        earlier=label_of(type(record), earlier),
        first=first.isoformat(),
    )
    return make(rule, later, words, tr("请核对这两个日期。"))


def _named(record: type, *forms: Form) -> tuple[Field, ...]:
    return tuple(entry for entry in describe(record) if entry.form in forms)


@cache
def _texts(record: type) -> tuple[str, ...]:
    if issubclass(record, _OF_THE_PROGRAM):
        return ()
    return tuple(entry.name for entry in _named(record, Form.TEXT, Form.LONG_TEXT))


@cache
def _required(record: type) -> tuple[tuple[str, bool], ...]:
    """Names of the texts without a default, each with whether it is personal."""
    described = fields_by_name(record)
    needed = {
        entry.name for entry in dataclasses.fields(record) if entry.default is dataclasses.MISSING
    }
    texts = (entry.name for entry in _named(record, Form.TEXT, Form.LONG_TEXT))
    return tuple((name, described[name].personal is not None) for name in texts if name in needed)


@cache
def _days(record: type) -> tuple[tuple[str, bool], ...]:
    """Names of the day fields, each with whether it may lie ahead."""
    return tuple((entry.name, entry.name in _MAY_LIE_AHEAD) for entry in _named(record, Form.DAY))


@cache
def _numbers(record: type) -> tuple[str, ...]:
    return tuple(entry.name for entry in _named(record, Form.WHOLE, Form.MONEY))


def _missing(record: Record, *, masked: bool) -> Iterator[Problem]:
    """G1: a text without which the record says nothing; masked copies need no personal ones."""
    kind: type = type(record)
    for name, personal in _required(kind):
        if getattr(record, name).strip() or (masked and personal):
            continue
        words = tr("“{label}”没有填写。").format(label=label_of(kind, name))
        yield error("G1", name, words, tr("请补填。"))


def _bad_texts(record: Record) -> Iterator[Problem]:
    """G2: a text no workbook cell could carry whole. G3: characters no workbook may hold.

    Source: defects.md, texts of 40,000 characters are refused with a sentence, never cut.
    """
    kind: type = type(record)
    for name in _texts(kind):
        text = getattr(record, name)
        if len(text) > LONGEST_TEXT:
            label = label_of(kind, name)
            words = tr("“{label}”有{count:,}个字，超过{most:,}个字，工作簿放不下。").format(
                label=label, count=len(text), most=LONGEST_TEXT
            )
            mend = tr("请删减，或把原文作为附件保存。")
            yield error("G2", name, words, mend)
        # isprintable is far cheaper than the pattern and true of nearly all texts.
        if not text.isprintable() and _CONTROL.search(text):
            words = tr("“{label}”含有看不见的控制字符。").format(label=label_of(kind, name))
            yield error("G3", name, words, tr("请删去后重新输入。"))


def _bad_days(record: Record, today: date) -> Iterator[Problem]:
    """G4: what has happened cannot lie after today. G5: nor before anybody's lifetime."""
    kind: type = type(record)
    for name, ahead in _days(kind):
        day = getattr(record, name)
        if day is None:
            continue
        if day > today and not ahead:
            words = tr("{label}（{day}）晚于今天。").format(
                label=label_of(kind, name), day=day.isoformat()
            )
            yield error("G4", name, words, tr("请核对日期和电脑的时间。"))
        elif day < _EARLIEST:
            words = tr("{label}（{day}）太早。").format(
                label=label_of(kind, name), day=day.isoformat()
            )
            yield error("G5", name, words, tr("请核对年份。"))


def _bad_numbers(record: Record) -> Iterator[Problem]:
    """G6: amounts and counts are never negative."""
    kind: type = type(record)
    for name in _numbers(kind):
        if getattr(record, name) < 0:
            words = tr("“{label}”不能是负数。").format(label=label_of(kind, name))
            yield error("G6", name, words, tr("请核对数字。"))


@cache
def _all_texts(record: type) -> Callable[[Record], tuple[str, ...]]:
    names = _texts(record)
    if len(names) == 1:
        return lambda entry: (getattr(entry, names[0]),)
    return attrgetter(*names) if names else lambda _entry: ()


def _texts_are_plain(record: Record) -> bool:
    """Whether there is surely nothing to find in any text, which one look at all of them tells."""
    kind: type = type(record)
    together = "".join(_all_texts(kind)(record))
    return len(together) <= LONGEST_TEXT and together.isprintable()


def general_problems(record: Record, today: date, *, masked: bool = False) -> list[Problem]:
    """What is wrong with any record, whatever its kind; `masked` copies lack personal values."""
    return [
        *_missing(record, masked=masked),
        *(() if _texts_are_plain(record) else _bad_texts(record)),
        *_bad_days(record, today),
        *_bad_numbers(record),
    ]
