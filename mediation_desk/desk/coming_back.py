"""What comes back to a village from the office: looked at, then taken in one act."""

from datetime import date
from pathlib import Path

from mediation_desk.desk import taking_ledgers
from mediation_desk.desk.ledger_look import Told
from mediation_desk.desk.looking import (
    IMPORT,
    NOTHING,
    Look,
    LookState,
    Received,
    counts_words,
    light,
    merge_problems,
    outcome_counts,
    refused,
)
from mediation_desk.desk.merging import merged_back
from mediation_desk.desk.outside import outside, outside_setup
from mediation_desk.desk.parking import Origin, carry_out
from mediation_desk.desk.trusting import read_back
from mediation_desk.domain.problems import DeskError
from mediation_desk.exchange.hidden import AnotherKind, Locked
from mediation_desk.exchange.merging import Beside, Outcome, plan
from mediation_desk.exchange.returns import Returned, read_returns
from mediation_desk.store.register import Register
from mediation_desk.words import tr

_REFUSED = (Outcome.REJECTED, Outcome.CONFLICT)


def _title(returned: Returned) -> str:
    head = returned.head
    words = tr("{office}退回给{unit}的意见（{day}，{count}条）")
    return words.format(
        office=head.office,
        unit=head.unit_name,
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
    return _looked(register, returned)


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
    problems = (*returned.problems, *merge_problems(made))
    words = tr("这是退回给村里补正的文件；") + counts_words(counts)
    return Look(path, _title(returned), words, LookState.READY, counts, problems)


def _looked(register: Register, returned: Returned) -> Look:
    path, head = returned.path, returned.head
    if head.unit_id != register.unit.id:
        happened = tr("这是退回给“{unit}”（代码{code}）的文件，不是给本村的。")
        happened = happened.format(unit=head.unit_name, code=head.unit_code)
        return refused(path, happened + tr("请与司法所核对发错了没有。"), _title(returned))
    sequence = register.sequence()
    made = merged_back(register, returned)
    counts = outcome_counts(made)
    words, state = counts_words(counts), LookState.READY
    if not made.changed():
        wrong = any(counts[outcome.value] for outcome in _REFUSED)
        state = LookState.REFUSED if wrong else LookState.SAME
        same = tr("这份文件里的退回意见以前都收下过，没有变化。")
        none = tr("没有收下任何内容：{words}。请与司法所核对。").format(words=words)
        words = none if wrong else same
    problems = (*returned.problems, *merge_problems(made))
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


def _origin(register: Register, returned: Returned) -> Origin:
    return Origin(register.unit.id, returned.head.id, returned.path.name)


def receive(register: Register, look_: Look, actor: str, *, backed_up: bool = False) -> Received:
    """Take a file that was looked at, as one batch: all or nothing, undoable later.

    What it does is worked out anew; a file that is refused or brings nothing new writes nothing.
    """
    if look_.state is not LookState.READY or look_.returned is None:
        return Received(light(look_), 0)
    if not backed_up:
        register.back_up()
    again = _looked(register, look_.returned)
    if again.state is not LookState.READY or again.plan is None:
        return Received(light(again), 0)
    reason = tr("收下 {title}：{words}").format(title=again.title, words=again.words)
    with register.change(actor, reason, IMPORT) as change:
        same = again.sequence == register.sequence()
        made = again.plan if same else merged_back(register, look_.returned)
        carry_out(register, change, made, _origin(register, look_.returned))
        return Received(light(again), change.number)
