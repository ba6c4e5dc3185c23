"""What a mediator hands to a successor, counted from the register and laid out for signing."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import cast

from mediation_desk.desk import papers_out
from mediation_desk.desk.agenda import dues_of
from mediation_desk.desk.case_papers import Made
from mediation_desk.desk.recording import own_committee
from mediation_desk.desk.sending import sent
from mediation_desk.domain.cases import Dispute
from mediation_desk.domain.codes import CaseStatus, Outcome, ProposalState
from mediation_desk.domain.numbering import case_number
from mediation_desk.domain.problems import DeskError
from mediation_desk.papers.handing_list import HandedOver, OpenCase, handing_list
from mediation_desk.store.register import Register
from mediation_desk.words import tr

_VOID, _UNDER_WAY = "void", "open"
_COLUMNS = (_UNDER_WAY, *Outcome, _VOID)


def _state(dispute: Dispute) -> object:
    if dispute.void_reason:
        return _VOID
    closed = dispute.status is CaseStatus.CLOSED
    return dispute.outcome if closed and dispute.outcome else _UNDER_WAY


def _years(disputes: Sequence[Dispute]) -> list[tuple[str, ...]]:
    """A line for each year and one for all of them; the columns of a line add up to its first."""
    counted = Counter((entry.year, _state(entry)) for entry in disputes)
    years = sorted({entry.year for entry in disputes})
    lines = []
    for label, wanted in [*((str(year), (year,)) for year in years), (tr("合计"), tuple(years))]:
        numbers = [sum(counted[year, column] for year in wanted) for column in _COLUMNS]
        lines.append((label, str(sum(numbers)), *map(str, numbers)))
    return lines


def _heads() -> tuple[str, ...]:
    outcomes = (tr(outcome.label) for outcome in Outcome)
    return (tr("年度"), tr("登记"), tr("未办结"), *outcomes, tr("作废"))


def _open(register: Register, disputes: Sequence[Dispute], today: date) -> list[OpenCase]:
    unit, pattern = own_committee(register), register.settings.numbering_pattern
    names = {entry.id: str(getattr(entry, "name", "")) for entry in register.all("mediator")}
    found = []
    for dispute in disputes:
        case = register.case(dispute.id) if _state(dispute) is _UNDER_WAY else None
        if case is None:
            continue
        due = next(iter(dues_of(register, case, today)), None)
        step = ""
        if due is not None:
            day = due.day.isoformat() if due.day else tr("现在")
            step = tr("{step}，{day}").format(step=tr(due.kind.label), day=day)
        who = tr("、").join(names.get(one, "") for one in dispute.mediator_ids)
        intake = dispute.intake_on.isoformat() if dispute.intake_on else ""
        kind = register.types.label(dispute.type)
        found.append(OpenCase(case_number(dispute, unit, pattern), kind, intake, who, step))
    return found


def _further(register: Register) -> list[str]:
    packages, drafts = sent(register), len(register.drafts())
    asked = register.all("proposal", state=ProposalState.OPEN.value)
    last = tr("没有做过报送文件。")
    if packages:
        told = tr("报送文件做到第{number}份，{day}做的。")
        last = told.format(number=packages[0].number, day=packages[0].made_on.isoformat())
    live = [entry for entry in register.all("attachment") if not entry.void_reason]
    return [
        last,
        tr("扫描件和照片{count}份。").format(count=len(live)),
        tr("写了一半没有保存的{count}份，请接收人接着写或删掉。").format(count=drafts),
        tr("等待核对的{count}条。").format(count=len(asked)),
        tr("历史记录{count}条，查过{state}。").format(
            count=register.sequence(), state=tr("完好") if not register.verify() else tr("有问题")
        ),
    ]


def handed_over(
    register: Register, giver: str, receiver: str, witness: str, today: date
) -> HandedOver:
    """What stands on the list; raises `DeskError` without a receiver."""
    if not receiver.strip():
        raise DeskError(tr("没有写明移交给谁。请填写接收人的姓名。"))
    unit = own_committee(register)
    disputes = cast(list[Dispute], register.all("dispute", unit_id=unit.id))
    disputes.sort(key=lambda entry: (entry.year, entry.number, entry.id))
    return HandedOver(
        unit.committee or unit.name,
        giver.strip(),
        receiver.strip(),
        witness.strip(),
        today,
        _heads(),
        _years(disputes),
        _open(register, disputes, today),
        _further(register),
    )


def list_made(told: HandedOver) -> Made:
    """The list laid out, to be looked at, printed or written as other papers are."""
    # What draws is loaded when something is drawn.
    from mediation_desk.papers.drawing import pages_of  # noqa: PLC0415

    paper = handing_list(told)
    title = tr("{unit}移交清单").format(unit=told.unit)
    return Made(title, (paper,), tuple(pages_of([paper])[0]), ())


def save_list(told: HandedOver, target: Path) -> None:
    """Write the list as PDF or Word; raises `DeskError` for another kind of file."""
    papers_out.way_of(target)
    papers_out.write(list_made(told), target)
