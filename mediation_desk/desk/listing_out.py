"""Taking a list of disputes out of the program: as a workbook, or as a table for paper."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, cast

from mediation_desk.domain.casefile import gathered
from mediation_desk.domain.cases import Dispute
from mediation_desk.domain.codes import Role
from mediation_desk.domain.dispute_types import BY_CODE
from mediation_desk.domain.finding import Find, Order
from mediation_desk.domain.masks import masked
from mediation_desk.domain.numbering import case_number
from mediation_desk.domain.organisation import Mediator, Unit
from mediation_desk.domain.problems import DeskError
from mediation_desk.domain.record import Record, new_id
from mediation_desk.domain.reporting import Report
from mediation_desk.exchange.cells import Kind
from mediation_desk.exchange.list_columns import ListHead, paper_columns, texts
from mediation_desk.exchange.shelf import CaseRow
from mediation_desk.store.register import Register
from mediation_desk.words import tr

if TYPE_CHECKING:
    from mediation_desk.exchange.one_sheet import WrittenList

EXPORT = "export"
# More belongs into a workbook; a printer would run for half an hour.
MOST_ON_PAPER = 1_000

_BATCH = 200  # disputes at a time: enough to read quickly, few enough to hold
_PAGE = 500


@dataclass(frozen=True, slots=True)
class Taking:
    """What is taken out, by whom, and for whom if it is to be read in full.

    `find` or, where a list has no question behind it, the `ids` of its disputes; `told` says what
    the list was narrowed by, in words that may be printed.
    """

    actor: str
    today: date
    find: Find | None = None
    ids: tuple[str, ...] = ()
    told: str = ""
    unmasked_for: str = ""


@dataclass(frozen=True, slots=True)
class PaperTable:
    """A list as paper shows it: headings, column heads with widths, cells, a line below them."""

    title: str
    under: tuple[str, str]
    heads: tuple[str, ...]
    widths: tuple[float, ...]
    right: tuple[bool, ...]
    rows: list[list[str]] = field(default_factory=list)
    foot: str = ""


def _ids(register: Register, taking: Taking) -> list[str]:
    """All disputes that are asked for, in their order, however many they are."""
    if taking.find is None:
        return list(taking.ids)
    # By their days the list can be read to its end; other orders sort no more than a screen needs.
    order = taking.find.order
    along = order if order is Order.OLDEST else Order.NEWEST
    found: list[tuple[tuple[int, int], str]] = []
    after = None
    while True:
        page = register.page(replace(taking.find, order=along), after, _PAGE)
        found += [(_place(row.dispute, order), row.dispute.id) for row in page.rows]
        if page.next is None:
            break
        after = page.next
    if order is Order.NAME:
        return register.in_name_order([dispute_id for _, dispute_id in found])
    if order is not along:
        found.sort(key=itemgetter(0), reverse=True)
    return [dispute_id for _, dispute_id in found]


def _place(dispute: Dispute, order: Order) -> tuple[int, int]:
    if order is Order.CLOSED:
        return (dispute.closed_on.toordinal() if dispute.closed_on else 0), 0
    return dispute.year, dispute.number


def _rows(register: Register, ids: Sequence[str], *, full: bool) -> Iterator[CaseRow]:
    """The lines of the disputes in the order of `ids`, masked unless `full`."""
    units = {unit.id: unit for unit in register.units()}
    names = {entry.id: entry.name for entry in cast(list[Mediator], register.all("mediator"))}
    for start in range(0, len(ids), _BATCH):
        part = ids[start : start + _BATCH]
        disputes = {entry.id: entry for entry in register.some("dispute", part)}
        loose: dict[str, list[Record]] = {}
        for kind in ("party", "agreement"):
            for record in register.some(kind, part, "dispute_id"):
                loose.setdefault(getattr(record, "dispute_id", ""), []).append(record)
        for dispute_id in part:
            found = disputes.get(dispute_id)
            if found is not None:
                records = [found, *loose.get(dispute_id, ())]
                ready = records if full else [masked(record) for record in records]
                yield _row(register, ready, units, names)


def _row(
    register: Register, records: list[Record], units: dict[str, Unit], names: dict[str, str]
) -> CaseRow:
    dispute = cast(Dispute, records[0])
    unit = units[dispute.unit_id]
    types = register.types
    official = types.official(dispute.type) if types.knows(dispute.type) else dispute.type
    mediators = (names.get(entry, "") for entry in dispute.mediator_ids)
    return CaseRow(
        label=case_number(dispute, unit, register.settings.numbering_pattern),
        case=gathered(dispute, records[1:]),
        unit=unit,
        type_label=types.label(official),
        local_label="" if dispute.type in BY_CODE else types.label(dispute.type),
        mediators=tr("、").join(filter(None, mediators)),
        counted=False,
    )


def under_words(
    register: Register, taking: Taking, counted: str, everything: str
) -> tuple[str, str]:
    """The two lines under a title: whose it is with how many, and what it holds for whom.

    `everything` is what it holds where it was narrowed by nothing.
    """
    unit = register.unit
    words = tr("单位：{unit}　　共 {counted}　　制表人：{by}　　制表日期：{on}")
    belongs = words.format(
        unit=unit.committee or unit.name, counted=counted, by=taking.actor, on=taking.today
    )
    full = tr("完整信息，只供{receiver}使用").format(receiver=taking.unmasked_for)
    personal = full if taking.unmasked_for else tr("姓名等个人信息已遮住")
    holds = tr("范围：{told}　　{personal}").format(
        told=taking.told or everything, personal=personal
    )
    return belongs, holds


def note_full(
    register: Register,
    taking: Taking,
    reason: str,
    head: tuple[str, str],
    ids: Sequence[str],
    digest: str,
) -> None:
    """Leave in the history who was given personal values, and of which disputes.

    `reason` names the `{receiver}`; `head` is the title of what was given and what it holds.
    """
    if not taking.unmasked_for:
        return
    title, holds = head
    told = reason.format(receiver=taking.unmasked_for)
    with register.change(taking.actor, told, EXPORT) as change:
        change.keep(
            Report(
                id=new_id(),
                unit_id=register.unit.id,
                title=title,
                period_from=taking.today,
                period_to=taking.today,
                calibre=holds,
                figures="",
                cases=" ".join(ids),
                digest=digest,
            )
        )


def _head(register: Register, taking: Taking, count: int) -> ListHead:
    counted = tr("{count} 件").format(count=count)
    return ListHead(
        title=tr("人民调解纠纷清单"),
        under=under_words(register, taking, counted, tr("全部纠纷")),
        personal=bool(taking.unmasked_for),
        with_unit=register.role is Role.OFFICE,
    )


def _chosen(register: Register, taking: Taking) -> list[str]:
    ids = _ids(register, taking)
    if not ids:
        raise DeskError(tr("没有列出任何纠纷，没有可以导出或打印的内容。请换一个条件再试。"))
    return ids


def _note(register: Register, taking: Taking, head: ListHead, ids: list[str], digest: str) -> None:
    reason = tr("导出或打印纠纷清单（完整信息，交给{receiver}）")
    note_full(register, taking, reason, (head.title, head.under[1]), ids, digest)


def export_list(register: Register, taking: Taking, target: Path) -> "WrittenList":
    """Write the list to the workbook `target`; a full one is noted in the history.

    Raises `DeskError` when nothing is listed or the place cannot be written.
    """
    # openpyxl takes 0.1 s to import and is not needed to start.
    from mediation_desk.exchange.list_writing import write_list  # noqa: PLC0415

    ids = _chosen(register, taking)
    head = _head(register, taking, len(ids))
    with register.sparing():
        rows = _rows(register, ids, full=head.personal)
        written = write_list(head, rows, len(ids), target)
    _note(register, taking, head, ids, written.digest)
    return written


def paper_table(register: Register, taking: Taking) -> PaperTable:
    """The list as a table for the printer; a full one is noted in the history.

    Raises `DeskError` when nothing is listed or it is too much for paper.
    """
    ids = _chosen(register, taking)
    if len(ids) > MOST_ON_PAPER:
        words = tr("列出了 {count} 件，一次最多打印 {most} 件。请先缩小范围，或导出 Excel。")
        raise DeskError(words.format(count=len(ids), most=MOST_ON_PAPER))
    head = _head(register, taking, len(ids))
    shown = paper_columns(head)
    rows = [texts(shown, row) for row in _rows(register, ids, full=head.personal)]
    _note(register, taking, head, ids, "")
    return PaperTable(
        title=head.title,
        under=head.under,
        heads=tuple(column.head for column in shown),
        widths=tuple(column.width for column in shown),
        right=tuple(column.kind in {Kind.MONEY, Kind.WHOLE} for column in shown),
        rows=rows,
    )
