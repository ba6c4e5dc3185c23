"""Taking the register of warnings out of the program: as a workbook, or as a table for paper."""

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from mediation_desk.desk.added_lines import parties_of
from mediation_desk.desk.listing_out import (
    MOST_ON_PAPER,
    PaperTable,
    Taking,
    note_full,
    under_words,
)
from mediation_desk.desk.warning_register import WarningFind, WarningRow, warning_rows
from mediation_desk.domain.codes import Role
from mediation_desk.domain.problems import DeskError
from mediation_desk.domain.risk_levels import level_words
from mediation_desk.exchange import warning_writing
from mediation_desk.exchange.warning_writing import WarningHead, WarningLine
from mediation_desk.store.register import Register
from mediation_desk.words import tr

if TYPE_CHECKING:
    from mediation_desk.exchange.one_sheet import WrittenList


@dataclass(frozen=True, slots=True)
class WarningTaking(Taking):
    """The same for the register of warnings: at which moment, and by what it is narrowed."""

    now: datetime = datetime.min  # noqa: DTZ901 - always told
    wanted: WarningFind = field(default_factory=WarningFind)


def _reported(row: WarningRow) -> str:
    """To whom and when it was reported; what is owed is said as well."""
    told = [
        tr("{day} {body}").format(day=entry.reported_on, body=entry.body) for entry in row.reports
    ]
    risk = row.risk
    if not told and risk is not None and risk.reported_on is not None:
        told.append(tr("{day} {body}").format(day=risk.reported_on, body=risk.reported_to))
    if row.reporting is not None and row.reporting.to_body:
        told.append(tr("没有上报公安或有关部门"))
    if row.reporting is not None and row.reporting.to_office:
        told.append(tr("没有报司法所"))
    return tr("；").join(told)


def _found(row: WarningRow) -> str:
    notice = row.notice
    if notice is None or notice.decided_on is None:
        return tr(row.state.label)
    told = tr("{state}（{day} {by}）").format(
        state=tr(notice.state.label), day=notice.decided_on, by=notice.decided_by
    )
    return tr("：").join(filter(None, (told, notice.decision)))


def line_of(register: Register, row: WarningRow, *, full: bool) -> WarningLine:
    """A row in words; without `full` nothing in it is personal."""
    notice, line = row.notice, row.line
    sides = tr(" — ").join(filter(None, (line.applicants, line.respondents)))
    # The reason of a level that a person set is free words; a rule's names nobody.
    reason = row.reason if full or row.rule is not None else tr("（见纠纷的风险等级）")
    # A closed dispute has no level any more; what it was found to be stays worth knowing.
    level = row.level or (notice.level if notice is not None else None)
    return WarningLine(
        number=line.number,
        unit=line.unit_name,
        parties=sides if full else parties_of(register, line.dispute.id),
        type_label=line.type_label,
        rule=tr(row.rule.label) if row.rule is not None else tr("风险等级"),
        reason=reason,
        since=row.since,
        level=level_words(level, register.settings) if level is not None else "",
        owner=row.owner,
        due_by=row.due_by,
        step=tr(row.step.label),
        found=_found(row),
        reported=_reported(row),
        instruction=notice.instruction if notice is not None else "",
        disposal=notice.disposal if notice is not None else "",
    )


def _head(register: Register, taking: WarningTaking, count: int) -> WarningHead:
    under = under_words(register, taking, tr("{count} 项").format(count=count), tr("全部预警"))
    return WarningHead(tr("预警台账"), under, register.role is Role.OFFICE)


def _lines(register: Register, taking: WarningTaking) -> tuple[list[WarningLine], list[str]]:
    rows = warning_rows(register, taking.now, taking.wanted)
    if not rows:
        raise DeskError(tr("没有列出任何预警，没有可以导出或打印的内容。请换一个条件再试。"))
    full = bool(taking.unmasked_for)
    ids = list(dict.fromkeys(row.line.dispute.id for row in rows))
    return [line_of(register, row, full=full) for row in rows], ids


def _note(
    register: Register, taking: WarningTaking, head: WarningHead, ids: list[str], digest: str
) -> None:
    reason = tr("导出或打印预警台账（完整信息，交给{receiver}）")
    note_full(register, taking, reason, (head.title, head.under[1]), ids, digest)


def export_warnings(register: Register, taking: WarningTaking, target: Path) -> "WrittenList":
    """Write the register of warnings to the workbook `target`; a full one is noted.

    Raises `DeskError` when nothing is listed or the place cannot be written.
    """
    lines, ids = _lines(register, taking)
    head = _head(register, taking, len(lines))
    written = warning_writing.write_warnings(head, lines, target)
    _note(register, taking, head, ids, written.digest)
    return written


def warnings_on_paper(register: Register, taking: WarningTaking) -> PaperTable:
    """The register of warnings as a table for the printer; a full one is noted.

    Raises `DeskError` when nothing is listed or it is too much for paper.
    """
    lines, ids = _lines(register, taking)
    if len(lines) > MOST_ON_PAPER:
        words = tr("列出了 {count} 项，一次最多打印 {most} 项。请先缩小范围，或导出 Excel。")
        raise DeskError(words.format(count=len(lines), most=MOST_ON_PAPER))
    head = _head(register, taking, len(lines))
    heads, widths = warning_writing.paper_heads(head)
    _note(register, taking, head, ids, "")
    return PaperTable(
        title=head.title,
        under=head.under,
        heads=heads,
        widths=widths,
        right=(False,) * len(heads),
        rows=[warning_writing.paper_cells(head, line) for line in lines],
    )
