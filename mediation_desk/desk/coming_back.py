"""What comes back to a village from the office: looked at, then taken in one act."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from mediation_desk.desk import taking_ledgers
from mediation_desk.desk.desk_key import follow_office
from mediation_desk.desk.escrowing import seal_to_office
from mediation_desk.desk.handing_over import coming, settle_given, take_handed, void_twice
from mediation_desk.desk.ledger_look import Told
from mediation_desk.desk.looking import (
    IMPORT,
    RECEIVABLE,
    Look,
    LookState,
    Received,
    light,
    merge_problems,
    refused,
)
from mediation_desk.desk.merging import merged_back
from mediation_desk.desk.outcomes import NOTHING, counts_words, outcome_counts
from mediation_desk.desk.outside import outside, outside_setup
from mediation_desk.desk.parking import Origin, carry_out
from mediation_desk.desk.sequence import of_unit, reached
from mediation_desk.desk.trusting import keep_scans, read_back
from mediation_desk.domain.cases import Dispute
from mediation_desk.domain.problems import DeskError, Problem, Severity
from mediation_desk.domain.reporting import Package
from mediation_desk.domain.versions import Lineage, Names
from mediation_desk.exchange.hidden import AnotherKind, Locked
from mediation_desk.exchange.meeting import Outcome
from mediation_desk.exchange.merging import Beside, Plan, plan
from mediation_desk.exchange.returns import Returned, read_returns
from mediation_desk.store.register import Register, Why
from mediation_desk.words import tr

_REFUSED = (Outcome.REJECTED, Outcome.CONFLICT)


def _title(returned: Returned) -> str:
    head = returned.head
    words = tr("{office}给{unit}的回件（第{number}份，{day}，{count}条）")
    return words.format(
        office=head.office,
        unit=head.unit_name,
        number=head.number,
        day=head.made_on.isoformat(),
        count=len(returned.records),
    )


def look(register: Register, path: Path, today: date, told: Told | None = None) -> Look:
    """What taking a file from the office would do; a bad file is told, never raised.

    The village's own ledger from before it had the program is taken as well.
    """
    try:
        returned = read_back(register, path)
    except DeskError as error:
        return taking_ledgers.instead(register, path, today, error, told)
    return _looked(register, replace(returned, read_on=today))


def check(path: Path) -> Look:
    """What a village that has all the cases would say; of a sealed file what its outside says."""
    try:
        returned = read_returns(path)
    except AnotherKind:
        return outside_setup(path)
    except Locked as error:
        return outside(path, error.described)
    except DeskError as error:
        return refused(path, str(error))
    counts = dict(NOTHING)
    made = plan((), returned.rejected, Beside(lambda _kind, _id: None))
    counts |= outcome_counts(made) | {Outcome.ADDED.value: len(returned.records)}
    problems = (*returned.problems, *merge_problems(made, returned.records))
    words = tr("这是司法所给村里的回件；") + counts_words(counts)
    return Look(path, _title(returned), words, LookState.READY, counts, problems)


def _looked(register: Register, returned: Returned) -> Look:
    path, head = returned.path, returned.head
    if head.unit_id != register.unit.id:
        happened = tr("这是退回给“{unit}”（代码{code}）的文件，不是给本村的。")
        happened = happened.format(unit=head.unit_name, code=head.unit_code)
        return refused(path, happened + tr("请与司法所核对发错了没有。"), _title(returned))
    sequence, came = register.sequence(), of_unit(register, register.unit.id)
    made = merged_back(register, returned)
    counts = outcome_counts(made)
    state, words = _standing(returned, made, came)
    kept = {step.id for step in made.steps if step.record}
    problems = (
        *returned.problems,
        *merge_problems(made, returned.records, register.unit, register.settings.numbering_pattern),
        *coming(register, returned.records, kept),
        *_sequence_problems(returned, came),
    )
    return Look(
        path,
        _title(returned),
        words,
        state,
        counts,
        problems,
        returned=returned,
        plan=made,
        sequence=sequence,
    )


def _standing(returned: Returned, made: Plan, came: Sequence[Package]) -> tuple[LookState, str]:
    """Whether it can be received beside what came before, in words."""
    head, counts = returned.head, outcome_counts(made)
    words = counts_words(counts)
    newest = max((entry.number for entry in came), default=0)
    if any(entry.digest == returned.digest for entry in came):
        return LookState.SAME, tr("这份文件以前收下过，没有变化。")
    if any(entry.id == head.id for entry in came):
        told = tr("第{number}份回件以前收到过，内容却不同，没有接收。请让司法所重新制作。")
        return LookState.REFUSED, told.format(number=head.number)
    if not made.changed() and any(counts[outcome.value] for outcome in _REFUSED):
        told = tr("没有收下任何内容：{words}。请与司法所核对。")
        return LookState.REFUSED, told.format(words=words)
    if head.number < newest:
        return LookState.OLDER, tr("比已收下的第{newest}份早；").format(newest=newest) + words
    return LookState.READY, words


def _sequence_problems(returned: Returned, came: Sequence[Package]) -> Iterator[Problem]:
    """Whether a file before this one is missing, which this one does not make good."""
    head = returned.head
    before = reached(came)
    if head.number - head.span > (before.number if before else 0):
        words = tr("没有收到司法所给本村的前一份回件（第{number}份）。")
        mend = tr("先收这一份不影响结果；请让司法所补发，或照常报送，它会重新给。")
        told = words.format(number=head.number - 1)
        yield Problem("W9", Severity.HINT, "number", told, mend)


def _package(returned: Returned) -> Package:
    head = returned.head
    return Package(
        id=head.id,
        unit_id=head.unit_id,
        number=head.number,
        received=True,
        period_from=head.made_on,
        period_to=head.made_on,
        made_on=head.made_on,
        made_by=head.made_by,
        digest=returned.digest,
        previous=head.previous,
        disputes=sum(isinstance(record, Dispute) for record in returned.records),
        signer=returned.signer,
        sealed=returned.sealed,
        span=head.span,
        wanted=" ".join(map(str, head.wanted)),
    )


def disputes_in(returned: Returned) -> set[str]:
    """The disputes of which a file brings a copy."""
    return {record.id for record in returned.records if isinstance(record, Dispute)}


def _as_told(returned: Returned, made: Plan) -> set[str]:
    """The disputes that stand after a file in the very version that it brings."""
    return {
        step.id
        for step in made.steps
        if step.kind == "dispute" and step.record is not None
        and _newest(step.names) == _newest(returned.lineages.get(("dispute", step.id), ()))
    }  # fmt: skip


def _newest(names: Names) -> Names:
    return Lineage.of(names).names[:1]


def _origin(register: Register, returned: Returned) -> Origin:
    return Origin(register.unit.id, returned.head.id, returned.path.name)


def receive(register: Register, look_: Look, actor: str, *, backed_up: bool = False) -> Received:
    """Take a file that was looked at, as one batch: all or nothing, undoable later.

    What it does is worked out anew; a file that is refused or was taken before writes nothing.
    """
    returned = look_.returned
    if look_.state not in RECEIVABLE or returned is None:
        return Received(light(look_), 0)
    if not backed_up:
        register.back_up(Why.IMPORT)
    again = _looked(register, returned)
    if again.state not in RECEIVABLE or again.plan is None:
        return Received(light(again), 0)
    reason = tr("收下 {title}：{words}").format(title=again.title, words=again.words)
    with register.change(actor, reason, IMPORT) as change:
        same = again.sequence == register.sequence()
        made = again.plan if same else merged_back(register, returned)
        carry_out(register, change, made, _origin(register, returned))
        take_handed(register, change, actor, returned.read_on or returned.head.made_on)
        settle_given(register, change, disputes_in(returned))
        void_twice(register, change, _as_told(returned, made))
        change.keep(_package(returned))
        keep_scans(register, change, returned)
        follow_office(register, returned.signer)
        done = Received(light(again), change.number)
    seal_to_office(register, actor)
    return done
