"""What the list of questions shows: one line for each, only the first of a case naming it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from mediation_desk.desk.deciding import Question
from mediation_desk.desk.duplicates import Pair
from mediation_desk.desk.open_questions import Open
from mediation_desk.domain.codes import ProposalSort
from mediation_desk.domain.round_trip import Proposal
from mediation_desk.exchange.ledgers.asking import Question as OfLedger
from mediation_desk.ui.rows import Column
from mediation_desk.ui.theme import Tone
from mediation_desk.words import tr

_EXCERPT, _ROW_EXCERPT = 16, 60

TONES = {
    ProposalSort.CONFLICT: Tone.AMBER,
    ProposalSort.EDIT: Tone.BLUE,
    ProposalSort.ROW: Tone.BLUE,
    ProposalSort.DUPLICATE: Tone.RED,
}


@dataclass(frozen=True, slots=True)
class Asked:
    """A question in the list: a `question` or a `pair` of entries; `first` names its case.

    `rows` are what is open about a row of a hand-made ledger.
    """

    question: Question | None = None
    pair: Pair | None = None
    rows: tuple[OfLedger, ...] = ()
    first: bool = True

    @property
    def proposal(self) -> Proposal:
        """What is to be decided."""
        asked = self.question or self.pair
        if asked is None:
            raise ValueError(self)
        return asked.proposal

    @property
    def case(self) -> tuple[str, str]:
        """The number of the case and the name of its unit."""
        if self.question is not None:
            return self.question.number, self.question.unit
        first = self.pair.first if self.pair else None
        return (first.number, first.unit_name) if first else ("", "")

    @property
    def dispute_id(self) -> str:
        """The dispute that it is about, empty for one that is not registered yet."""
        return self.proposal.dispute_id if not self.rows else ""


def listed(found: Open) -> list[Asked]:
    """Everything open as lines, what belongs to one case together."""
    lines = [Asked(pair=pair) for pair in found.pairs]
    lines += [
        Asked(question, rows=found.rows.get(question.proposal.id, ()))
        for question in found.questions
    ]
    cases = [line.case for line in lines]
    return [
        replace(line, first=place == 0 or cases[place - 1] != cases[place])
        for place, line in enumerate(lines)
    ]


def heading(question: Question) -> str:
    """What is asked about: the field of which record."""
    if question.proposal.sort is ProposalSort.DUPLICATE:
        return tr("是不是同一件纠纷")
    if question.proposal.sort is ProposalSort.ROW:
        return " · ".join(_told(question.noun, tr("表中添加的一行")))
    return " · ".join(_told(question.noun, question.label))


def case_words(number: str, unit: str) -> str:
    """Of which case, or of which unit where no case is concerned."""
    return " · ".join(_told(number, unit))


def _told(*parts: str) -> Iterator[str]:
    return (part for part in parts if part)


def _short(text: str, most: int = _EXCERPT) -> str:
    said = " ".join(text.split())
    return said if len(said) <= most else said[:most] + "…"


def _case(asked: Asked) -> str:
    number, unit = asked.case
    return f"{number or tr('新纠纷')}\n{unit}" if asked.first else ""


def _what(asked: Asked) -> str:
    if asked.pair is not None:
        told = tr("与{unit}的{number}").format(
            unit=asked.pair.second.unit_name, number=asked.pair.second.number
        )
        return f"{told}\n{asked.pair.reason}"
    question = asked.question
    if question is None:
        return ""
    if question.proposal.sort is ProposalSort.ROW:
        change = _short(question.theirs, _ROW_EXCERPT)
    else:
        before = _short(question.ours) or tr("（没有）")
        after = _short(question.theirs)
        change = tr("{before} → {after}").format(before=before, after=after)
    return f"{heading(question)}\n{change}"


def _case_and_what(asked: Asked) -> str:
    """The same in one column, where there is no room for two."""
    case = case_words(*asked.case) or tr("新纠纷")
    return f"{case}\n{_what(asked)}" if asked.first else _what(asked)


def _sort(asked: Asked) -> str:
    return tr("要先回答") if asked.rows else tr(asked.proposal.sort.label)


def _tone(asked: Asked) -> Tone:
    return Tone.AMBER if asked.rows else TONES[asked.proposal.sort]


CASE, WHAT, CASE_AND_WHAT = range(3)


def asked_columns() -> list[Column[Asked]]:
    """Case, what is asked, and why; the third column takes the place of both where it is narrow."""
    return [
        Column(tr("案件"), _case, width=196),
        Column(tr("要核对的内容"), _what, stretch=True),
        Column(tr("要核对的内容"), _case_and_what, stretch=True),
        Column(tr("缘由"), _sort, _tone, width=124),
    ]
