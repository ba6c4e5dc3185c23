"""What the exchange of files leaves to be done: questions, what was refused, what is missing."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING, cast

from mediation_desk.desk.handing_over import recently_taken
from mediation_desk.desk.recording import is_own
from mediation_desk.desk.renumbering import next_label, to_renumber
from mediation_desk.desk.sequence import missing
from mediation_desk.domain.cases import Dispute
from mediation_desk.domain.codes import ProposalState, Role
from mediation_desk.domain.due import Due, DueKind
from mediation_desk.domain.numbering import case_number
from mediation_desk.domain.round_trip import Receipt
from mediation_desk.store.register import Register
from mediation_desk.words import tr

if TYPE_CHECKING:
    from mediation_desk.desk.deciding import Question

# So long a case that was handed over is told of as new.
_NEW_DAYS = 7
_LABELS_NAMED = 4


def exchange_points(register: Register, today: date) -> list[Due]:
    """What came of the files between village and office and waits for somebody; due at once."""
    found = [*_missing(register), *_handed(register, today), *_shared(register)]
    if register.role is Role.VILLAGE:
        found += [*_questions(register), *_not_taken(register)]
    return found


def _missing(register: Register) -> Iterator[Due]:
    for entry in missing(register):
        about, _, detail = entry.words.partition("。")
        yield Due(DueKind.LOST, None, about, detail or entry.unit.name)


def _handed(register: Register, today: date) -> Iterator[Due]:
    for entry in recently_taken(register, today - timedelta(days=_NEW_DAYS)):
        dispute = register.get("dispute", entry.entry.dispute_id)
        if isinstance(dispute, Dispute) and dispute.outcome is None:
            about = tr("移交来的纠纷 {number}").format(number=entry.number)
            yield Due(DueKind.HANDED, None, about, entry.words, dispute.id, entry.number)


def _shared(register: Register) -> Iterator[Due]:
    """Cases that share their number, as after two computers became one."""
    pattern = register.settings.numbering_pattern
    for dispute in to_renumber(register):
        number = case_number(dispute, register.committee, pattern)
        about = tr("编号 {number} 不止一件在用").format(number=number)
        detail = tr("请给其中一件换编号；这一件换成 {label}").format(
            label=next_label(register, dispute)
        )
        yield Due(DueKind.SAME_NUMBER, None, about, detail, dispute.id, number, "renumber")


def _questions(register: Register) -> Iterator[Due]:
    """What differs between the village and its office, case by case."""
    if not register.all("proposal", state=ProposalState.OPEN.value):
        return
    # The first page loads what words questions only where there are some.
    from mediation_desk.desk.deciding import questions  # noqa: PLC0415

    by_case: dict[str, list[Question]] = defaultdict(list)
    for question in questions(register):
        by_case[question.proposal.dispute_id].append(question)
    for dispute_id, asked in by_case.items():
        dispute = register.get("dispute", dispute_id) if dispute_id else None
        if dispute is not None and not is_own(register, dispute):
            # Who has the case now answers.
            continue
        labels = list(dict.fromkeys(f"{entry.noun}{entry.label}" for entry in asked))
        named = tr("、").join(labels[:_LABELS_NAMED])
        if len(labels) > _LABELS_NAMED:
            named = tr("{labels}等{count}项").format(labels=named, count=len(labels))
        number = asked[0].number
        about = tr("{number} 与司法所的不一致，请核对").format(number=number or asked[0].unit)
        yield Due(DueKind.QUESTION, None, about, named, dispute_id, number)


def _not_taken(register: Register) -> Iterator[Due]:
    """What the newest receipt says was not taken; a later package that was taken ends it."""
    receipts = cast(list[Receipt], register.all("receipt", unit_id=register.unit.id))
    live = [entry for entry in receipts if entry.number and not entry.void_reason]
    newest = max(live, key=lambda entry: entry.number, default=None)
    if newest is not None and newest.rejected:
        words = tr("第{number}份报送有{count}条没有被接收")
        about = words.format(number=newest.number, count=newest.rejected)
        detail = newest.remarks.splitlines()[0] if newest.remarks else tr("请与司法所核对")
        yield Due(DueKind.NOT_TAKEN, None, about, detail, record_id=newest.id)
