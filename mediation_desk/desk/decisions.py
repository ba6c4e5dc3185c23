"""What was decided about questions: listed newest first, and taken back."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mediation_desk.desk import built_on
from mediation_desk.desk.counted_once import same_cases
from mediation_desk.desk.deciding import DECISION, Question, as_questions
from mediation_desk.desk.duplicates import SAME_CASE
from mediation_desk.desk.versions import record_in
from mediation_desk.domain.codes import ProposalSort, ProposalState
from mediation_desk.domain.problems import DeskError
from mediation_desk.domain.reporting import Act
from mediation_desk.domain.round_trip import Proposal
from mediation_desk.store.register import Register
from mediation_desk.words import tr

_KINDS = (DECISION, SAME_CASE)
# More than anybody looks back at.
_MOST = 50


@dataclass(frozen=True, slots=True)
class Decision:
    """One act of answering: what was asked, how it was answered, when and by whom.

    `why_not` says what keeps it from being taken back; empty where it can be.
    """

    act: int
    at: str
    actor: str
    state: ProposalState
    questions: tuple[Question, ...]
    undone: bool = False
    why_not: str = ""

    @property
    def undoable(self) -> bool:
        """Whether it can be taken back."""
        return not self.undone and not self.why_not


def decisions(register: Register) -> list[Decision]:
    """The latest acts of answering, newest first."""
    acts = sorted(
        (act for kind in _KINDS for act in register.acts(kind)), key=lambda act: -act.number
    )[:_MOST]
    answered = {act.number: list(_answered(register, act)) for act in acts}
    every = [entry for each in answered.values() for entry in each]
    known = {entry.proposal.id: entry for entry in as_questions(register, every)}
    return [
        _decision(register, act, answered[act.number], known)
        for act in acts
        if answered[act.number]
    ]


def _answered(register: Register, act: Act) -> Iterator[Proposal]:
    """The proposals that an act answered, as it left them."""
    for change in register.changes_of_act(act.number):
        found = record_in(change)
        # Looking for entries of one dispute raises questions and answers none.
        if isinstance(found, Proposal) and not found.open:
            yield found


def _decision(
    register: Register, act: Act, answered: Sequence[Proposal], known: dict[str, Question]
) -> Decision:
    undone = act.undone_by is not None
    why_not = "" if undone else built_on.why_not(register, act.number)
    asked = tuple(known[entry.id] for entry in answered)
    return Decision(act.number, act.at, act.actor, answered[0].state, asked, undone, why_not)


def same_case_of(register: Register, decision: Decision) -> str:
    """The id of the finding that two entries are one dispute, while it stands; else empty."""
    if decision.undone or decision.state is not ProposalState.TAKEN:
        return ""
    asked = decision.questions[0].proposal
    if asked.sort is not ProposalSort.DUPLICATE:
        return ""
    pair = {asked.about_id, asked.other_id}
    standing = (same.record for same in same_cases(register))
    return next((record.id for record in standing if record.other_id in pair), "")


def take_back(register: Register, act: int, actor: str) -> None:
    """Take answers back: the records are as they were before, and the questions open again.

    Raises `DeskError` for an act that answered nothing, or when something was built on it.
    """
    if not any(entry.number == act for kind in _KINDS for entry in register.acts(kind)):
        raise DeskError(tr("这一次不是核对，不能在这里撤回。请刷新后再看。"))
    register.undo(act, actor, tr("撤回核对"))
