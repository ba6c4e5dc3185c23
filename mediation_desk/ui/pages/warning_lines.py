"""Warnings as lines of the first page: the most urgent first, each with its one next step."""

from collections.abc import Sequence
from datetime import datetime

from mediation_desk.desk.agenda import title_of
from mediation_desk.desk.warning_register import Ask, WarningRow, warning_rows
from mediation_desk.domain.codes import Role
from mediation_desk.domain.risk_levels import is_high, left_words, level_words, practice
from mediation_desk.domain.settings import Settings
from mediation_desk.domain.warning_codes import WarningRule
from mediation_desk.store.register import Register
from mediation_desk.ui.going import Go
from mediation_desk.ui.line_list import Line
from mediation_desk.ui.pages.dispute_forms import DISPOSAL, REPORT, WARNING
from mediation_desk.ui.theme import Tone
from mediation_desk.words import tr

# More than anybody reads on the first page; the register of warnings has them all.
_MOST = 30


def tone_of(row: WarningRow, settings: Settings) -> Tone:
    """The tone of a warning's level, or of the one suggested for it."""
    level = row.level or row.suggested
    return Tone(practice(level, settings).tone) if level is not None else Tone.AMBER


def said_of(row: WarningRow, now: datetime, settings: Settings) -> tuple[str, Tone]:
    """What a warning asks for, in a word or two."""
    if row.ask in {Ask.REPORT, Ask.TELL_OFFICE}:
        return (tr("没有上报") if row.ask is Ask.REPORT else tr("没报司法所")), Tone.RED
    if row.ask is Ask.LATE:
        said, tone = left_words(row.due_by, now)
        return said, Tone(tone)
    if row.ask is Ask.VERIFY and row.rule is not None:
        return tr(row.rule.label), tone_of(row, settings)
    if row.ask is Ask.LEVEL and row.level is not None:
        level = level_words(row.level, settings)
        return tr("{level}风险").format(level=level), tone_of(row, settings)
    asked = row.ask is Ask.INSTRUCTED
    return (tr("司法所意见"), Tone.AMBER) if asked else (tr(row.state.label), Tone.NEUTRAL)


def next_step(row: WarningRow) -> tuple[str, Go]:
    """The one next step of a warning: its words, and where it is taken."""
    dispute_id = row.line.dispute.id
    rule = row.rule.value if row.rule is not None else ""
    if row.ask in {Ask.REPORT, Ask.TELL_OFFICE}:
        return tr("去上报"), Go("disputes", "step", dispute_id, REPORT)
    if row.ask is Ask.VERIFY:
        return tr("去核实"), Go("disputes", "step", dispute_id, f"{WARNING}:{rule}")
    if row.ask is Ask.INSTRUCTED:
        return tr("去处置"), Go("disputes", "step", dispute_id, f"{DISPOSAL}:{rule}")
    return tr("查看"), Go("disputes", "show", dispute_id)


def _line(row: WarningRow, now: datetime, register: Register) -> Line:
    settings = register.settings
    said, tone = said_of(row, now, settings)
    act, go = next_step(row)
    told = [row.reason or tr("风险等级高"), row.line.number]
    if register.role is Role.OFFICE:
        told.append(row.line.unit_name)
    return Line(title_of(row.line), " · ".join(told), said, tone, act, go)


def _left_to_others(row: WarningRow, register: Register) -> bool:
    """Whether a village verifies it by itself; what is grave, or only the office sees, is told."""
    committee = register.committee
    own = committee is not None and committee.id == row.line.dispute.unit_id
    if own or row.ask is not Ask.VERIFY or row.rule is WarningRule.LINKED:
        return False
    levels = [level for level in (row.level, row.suggested) if level is not None]
    return not any(is_high(level, register.settings) for level in levels)


def warning_lines(
    register: Register, now: datetime, without: Sequence[str] = ()
) -> tuple[list[Line], int]:
    """The warnings that want something, as lines; and how many there are in all.

    Disputes of `without` stand elsewhere on the page for an agreement not kept, which is not told
    twice.
    """
    rows = [
        row
        for row in warning_rows(register, now, settled=False)
        if row.ask is not Ask.NOTHING
        and not (row.rule is WarningRule.UNPAID and row.line.dispute.id in without)
        and not _left_to_others(row, register)
    ]
    return [_line(row, now, register) for row in rows[:_MOST]], len(rows)
