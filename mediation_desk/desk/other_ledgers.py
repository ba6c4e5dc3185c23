"""Ledgers for others: the blank one for villages without the program, and other systems' own."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, cast

from mediation_desk.desk.listing_out import EXPORT
from mediation_desk.desk.recording import own_committee
from mediation_desk.domain.codes import UnitKind
from mediation_desk.domain.dispute_types import TypeTable
from mediation_desk.domain.numbering import case_number
from mediation_desk.domain.organisation import Mediator, Unit
from mediation_desk.domain.periods import Period
from mediation_desk.domain.problems import DeskError
from mediation_desk.domain.record import new_id, unit_id
from mediation_desk.domain.reporting import Report
from mediation_desk.store.register import Register
from mediation_desk.words import tr

if TYPE_CHECKING:
    from mediation_desk.exchange.ledgers.layouts import Layout, LayoutCase

_NO_CODE = "000000000000"
_BLANK_NAME = tr("________村")


class LayoutName(Enum):
    """The ledgers of other systems, as people call them."""

    SECURITY = "综治"
    ARCHIVE = "镇巴"
    TASKS = "镇巴任务"


@dataclass(frozen=True, slots=True)
class Handing:
    """Which ledger, of which period, made by whom on which day, and who may read it in full."""

    name: LayoutName
    period: Period
    actor: str
    today: date
    unmasked_for: str


def _layout(name: LayoutName) -> "Layout":
    from mediation_desk.exchange.ledgers import layouts  # noqa: PLC0415 - loads openpyxl

    return {
        LayoutName.SECURITY: layouts.SECURITY,
        LayoutName.ARCHIVE: layouts.ARCHIVE,
        LayoutName.TASKS: layouts.TASKS,
    }[name]


def write_ledger(register: Register, handing: Handing, target: Path) -> int:
    """Write the cases taken in within a period as another system's ledger; how many they are.

    It holds names and numbers in full, so whom it is for stands in the history. Raises
    `DeskError` without a receiver, without cases, or when it cannot be written.
    """
    from mediation_desk.exchange.ledgers.layouts import write_layout  # noqa: PLC0415 - as above

    if not handing.unmasked_for.strip():
        happened = tr("这种台账含有完整的个人信息，没有导出。")
        raise DeskError(happened + tr("请写明交给谁，再导出一次。"))
    rows = list(_rows(register, handing.period))
    if not rows:
        words = tr("{period}没有受理过案件，没有导出。请换一个期间。")
        raise DeskError(words.format(period=handing.period.label()))
    write_layout(_layout(handing.name), rows, target)
    _note(register, handing, [row.case.dispute.id for row in rows])
    return len(rows)


def _rows(register: Register, period: Period) -> Iterator["LayoutCase"]:
    from mediation_desk.exchange.ledgers.layouts import LayoutCase  # noqa: PLC0415 - as above

    committee = own_committee(register)
    mediators = {entry.id: entry for entry in cast(list[Mediator], register.all("mediator"))}
    town = register.unit.name if register.unit.id != committee.id else ""
    position = 0
    for dispute_id in register.dispute_ids(committee.id, period, ()):
        case = register.case(dispute_id)
        if case is None or case.dispute.void_reason or case.dispute.intake_on not in period:
            continue
        position += 1
        held = (mediators.get(entry) for entry in case.dispute.mediator_ids)
        yield LayoutCase(
            position,
            case_number(case.dispute, committee, register.settings.numbering_pattern),
            case,
            committee,
            tuple(entry for entry in held if entry is not None),
            town=town,
            types=register.types,
            limits=register.limits,
        )


def _note(register: Register, handing: Handing, ids: Sequence[str]) -> None:
    """Leave in the history who was given personal values, and of which disputes."""
    words = tr("导出{name}台账（完整信息，交给{receiver}）")
    reason = words.format(name=handing.name.value, receiver=handing.unmasked_for)
    with register.change(handing.actor, reason, EXPORT) as change:
        change.keep(
            Report(
                id=new_id(),
                unit_id=register.unit.id,
                title=reason,
                period_from=handing.period.first,
                period_to=handing.period.last,
                calibre=tr("{count}件").format(count=len(ids)),
                figures="",
                cases=" ".join(ids),
                digest="",
            )
        )


def write_blank(register: Register | None, unit: Unit | None, today: date, target: Path) -> Path:
    """Write the blank ledger for a unit, or for any village that writes its own name into it."""
    from mediation_desk.exchange.ledger_template import Template, write_template  # noqa: PLC0415

    types, mediators = TypeTable(), list[str]()
    if register is not None:
        types = register.types
    if register is not None and unit is not None:
        found = cast(list[Mediator], register.all("mediator", unit_id=unit.id))
        mediators = [entry.name for entry in found if not entry.void_reason]
    whose = unit or _any_village()
    return write_template(Template(whose, today.year, types, mediators), target)


def _any_village() -> Unit:
    kind = UnitKind.VILLAGE
    return Unit(id=unit_id(kind.value, _NO_CODE), code=_NO_CODE, name=_BLANK_NAME, kind=kind)
