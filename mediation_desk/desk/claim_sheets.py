"""Claim forms to look at, to print and to take away: with names masked unless chosen otherwise."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, cast

from mediation_desk.desk.claiming import claim_called, lines_of
from mediation_desk.desk.listing_out import EXPORT, PaperTable
from mediation_desk.domain.allowance import Claim, ClaimLine
from mediation_desk.domain.casefile import CaseFile, sides
from mediation_desk.domain.claim_sheet import ClaimSheet, SheetRow, Total, total_of
from mediation_desk.domain.codes import Role
from mediation_desk.domain.masks import masked
from mediation_desk.domain.money import yuan
from mediation_desk.domain.numbering import case_number
from mediation_desk.domain.organisation import Unit
from mediation_desk.domain.problems import DeskError
from mediation_desk.domain.record import new_id
from mediation_desk.domain.reporting import Report
from mediation_desk.store.register import Register
from mediation_desk.words import tr

if TYPE_CHECKING:
    pass


@dataclass(frozen=True, slots=True)
class Leaving:
    """Who takes claim forms away, when, and for whom if they are to be read with full names."""

    actor: str
    today: date
    unmasked_for: str = ""


def sheet_of(register: Register, claim_id: str, *, full: bool) -> ClaimSheet:
    """A claim with its rows; the parties' names in full or masked."""
    return _Sheets(register, full=full).of(claim_called(register, claim_id))


def sheets_of_quarter(
    register: Register, year: int, number: int, *, full: bool
) -> list[ClaimSheet]:
    """The claims of all units for a quarter, by the unit's code."""
    every = cast(list[Claim], register.all("claim", year=year, quarter=number))
    codes = {unit.id: unit.code for unit in register.units()}
    live = [claim for claim in every if not claim.void_reason]
    live.sort(key=lambda claim: (codes.get(claim.unit_id, ""), claim.position, claim.id))
    sheets = _Sheets(register, full=full)
    return [sheets.of(claim) for claim in live]


def by_unit(sheets: Sequence[ClaimSheet]) -> list[Total]:
    """What the claims of each unit add up to."""
    names = dict.fromkeys(sheet.unit for sheet in sheets)
    return [
        total_of(name, (row for sheet in sheets if sheet.unit == name for row in sheet.rows))
        for name in names
    ]


class _Sheets:
    """Lays claims out; units, names and patterns are read once."""

    def __init__(self, register: Register, *, full: bool) -> None:
        self._register, self._full = register, full
        self._units = {unit.id: unit for unit in register.units()}

    def of(self, claim: Claim) -> ClaimSheet:
        """One claim."""
        unit = self._units.get(claim.unit_id)
        lines: dict[str, list[ClaimLine]] = {}
        for line in lines_of(self._register, claim.id):
            lines.setdefault(line.dispute_id, []).append(line)
        cases = [cast(CaseFile, self._register.case(dispute_id)) for dispute_id in lines]
        cases.sort(key=lambda case: (
            case.dispute.closed_on or date.max, case.dispute.year, case.dispute.number,
            case.dispute.id))  # fmt: skip
        rows = [
            row
            for place, case in enumerate(cases, 1)
            for row in self._rows(place, case, lines[case.dispute.id])
        ]
        register = self._register
        office = register.unit.name if register.role is Role.OFFICE else ""
        return ClaimSheet(
            claim,
            unit.name if unit else "",
            (unit.committee or unit.name) if unit else "",
            office,
            tuple(rows),
        )

    def _rows(self, place: int, case: CaseFile, lines: list[ClaimLine]) -> Iterator[SheetRow]:
        dispute = case.dispute
        order = {mediator_id: at for at, mediator_id in enumerate(dispute.mediator_ids)}
        lines.sort(key=lambda line: (order.get(line.mediator_id, len(order)), line.id))
        types = self._register.types
        parties = case.parties if self._full else tuple(masked(party) for party in case.parties)
        left, right = sides(CaseFile(dispute, parties))
        for line in lines:
            lacking = tr("缺：{papers}").format(papers=tr("、").join(line.missing))
            yield SheetRow(
                place=place,
                dispute_id=dispute.id,
                number=self._number(dispute.unit_id, case),
                parties=tr("、").join(part for part in (left, right) if part),
                type_label=types.label(dispute.type),
                grade=line.grade,
                outcome=tr(dispute.outcome.label) if dispute.outcome else "",
                form=tr(case.agreement.form.label) if case.agreement else "",
                closed_on=dispute.closed_on,
                file=lacking if line.missing else tr("齐全"),
                mediator=line.mediator,
                amount_fen=line.amount_fen,
                result=line.result,
                reason=line.reason,
                entered_on=line.entered_on,
            )

    def _number(self, unit_id: str, case: CaseFile) -> str:
        unit: Unit | None = self._units.get(unit_id)
        return case_number(case.dispute, unit, self._register.settings.numbering_pattern)


# Taking them away


def _chosen(register: Register, claim_ids: Sequence[str], leaving: Leaving) -> list[ClaimSheet]:
    full = bool(leaving.unmasked_for)
    sheets = [sheet_of(register, claim_id, full=full) for claim_id in claim_ids]
    if not any(sheet.rows for sheet in sheets):
        raise DeskError(tr("没有申报表，没有可以导出或打印的内容。请先生成申报表。"))
    return sheets


def _under(sheet: ClaimSheet, leaving: Leaving) -> tuple[str, str]:
    belongs = tr("申报单位：{unit}　　季度：{quarter}　　制表人：{by}　　制表日期：{on}").format(
        unit=sheet.committee,
        quarter=sheet.title,
        by=sheet.claim.made_by,
        on=sheet.claim.made_on.isoformat(),
    )
    full = tr("姓名完整，只供{receiver}使用").format(receiver=leaving.unmasked_for)
    shown = full if leaving.unmasked_for else tr("当事人姓名已遮住")
    count = tr("共{count}件　　{shown}").format(count=sheet.total.cases, shown=shown)
    return belongs, count


def export_claims(
    register: Register, claim_ids: Sequence[str], leaving: Leaving, target: Path
) -> Path:
    """Write claims to the workbook `target`, one sheet for each; full names are noted.

    Raises `DeskError` when there is nothing to write or the place cannot be written.
    """
    # openpyxl takes 0.1 s to import and is not needed to start.
    from mediation_desk.exchange.claim_writing import ClaimHead, write_claims  # noqa: PLC0415

    sheets = _chosen(register, claim_ids, leaving)
    heads: list[ClaimHead] = [ClaimHead(sheet, _under(sheet, leaving)) for sheet in sheets]
    _note(register, leaving, sheets)
    return write_claims(heads, target)


_HEADS = (
    tr("序号"), tr("案号"), tr("当事人"), tr("纠纷类型"), tr("等级"), tr("调解结果"),
    tr("协议形式"), tr("结案日期"), tr("卷宗"), tr("调解员"), tr("金额(元)"), tr("初审"),
    tr("签字"),
)  # fmt: skip
_WIDTHS = (4.5, 20.0, 16.0, 11.0, 11.0, 9.0, 9.0, 10.5, 11.0, 8.0, 9.0, 12.0, 10.0)
_MONEY = _HEADS.index(tr("金额(元)"))


def paper_claim(register: Register, claim_id: str, leaving: Leaving) -> PaperTable:
    """A claim as a table for the printer; full names are noted in the history."""
    (sheet,) = _chosen(register, [claim_id], leaving)
    _note(register, leaving, [sheet])
    rows = [
        [
            str(row.place), row.number, row.parties, row.type_label, row.grade, row.outcome,
            row.form, row.closed_on.isoformat() if row.closed_on else "", row.file, row.mediator,
            yuan(row.amount_fen), row.review, "",
        ]
        for row in sheet.rows
    ]  # fmt: skip
    totals = [sheet.total, *sheet.by_mediator()] if len(sheet.by_mediator()) > 1 else [sheet.total]
    for total in totals:
        granted = tr("同意 {amount}").format(amount=yuan(total.granted_fen))
        cells = [""] * len(_HEADS)
        cells[1] = total.name
        cells[2] = tr("{count}件").format(count=total.cases)
        cells[_MONEY] = yuan(total.amount_fen)
        # Before the review nothing is granted, which a nought would say of all of it.
        cells[_MONEY + 1] = granted if sheet.waiting < sheet.total.cases else ""
        rows.append(cells)
    return PaperTable(
        title=tr("人民调解案件补贴申报表"),
        under=_under(sheet, leaving),
        heads=_HEADS,
        widths=_WIDTHS,
        right=tuple(place == _MONEY for place in range(len(_HEADS))),
        rows=rows,
        foot=signature_line(),
    )


def signature_line() -> str:
    """Who signs below a claim."""
    blank = "　" * 14
    names = (tr("申报人："), tr("调委会负责人："), tr("司法所初审："), tr("日期："))
    return blank.join(names)


def _note(register: Register, leaving: Leaving, sheets: Sequence[ClaimSheet]) -> None:
    """Leave in the history who was given full names, and of which claims."""
    if not leaving.unmasked_for:
        return
    words = tr("导出或打印补贴申报表（姓名完整，交给{receiver}）")
    with register.change(
        leaving.actor, words.format(receiver=leaving.unmasked_for), EXPORT
    ) as change:
        first = sheets[0].claim.period
        change.keep(
            Report(
                id=new_id(),
                unit_id=register.unit.id,
                title=tr("人民调解案件补贴申报表"),
                period_from=first.first,
                period_to=first.last,
                calibre=sheets[0].title,
                figures="",
                cases=" ".join(dict.fromkeys(r.dispute_id for s in sheets for r in s.rows)),
                digest="",
            )
        )
