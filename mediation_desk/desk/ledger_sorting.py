"""Which cases of a ledger can be received, and what is asked about the odd ones."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import cast

from mediation_desk.desk.ledger_plan import ReadCase, alike, rebased
from mediation_desk.desk.outcomes import IGNORED
from mediation_desk.domain.casefile import CaseFile
from mediation_desk.domain.cases import Dispute, Party
from mediation_desk.exchange.ledgers.asking import Option, Question
from mediation_desk.exchange.ledgers.cases import LedgerCase
from mediation_desk.exchange.ledgers.ids import part_id
from mediation_desk.exchange.meeting import Outcome
from mediation_desk.store.register import Register
from mediation_desk.words import tr

_SAME, _OTHER = "same", "other"
# Begins the key of the question whether a row only repeats another.
TWICE = "twice:"


def twice_options() -> tuple[Option, ...]:
    """What a row that says the same as another may be."""
    return (Option(_SAME, tr("是重复的，只收一件")), Option(_OTHER, tr("是两件，都收")))


def is_repeated(answer: str) -> bool:
    """Whether a row was said to repeat another."""
    return answer == _SAME


class Sorting:
    """Sorts cases into those to be received and those that wait, and asks about odd ones."""

    def __init__(
        self,
        register: Register,
        unit_id: str,
        answers: Mapping[str, str],
        before: Mapping[str, str],
        known: "KnownCases | None" = None,
    ) -> None:
        self._register = register
        # By their addresses, the disputes that the rows of this very file were taken for before.
        self._before = before
        self._unit_id = unit_id
        self._known = known or KnownCases(register, unit_id)
        self._answers = answers
        self._seen: dict[str, str] = {}
        self._claimed: set[str] = set()
        self.used: dict[str, str] = {}
        self.questions: dict[str, Question] = {}
        self.waiting: list[LedgerCase] = []
        self.outcomes: dict[str, tuple[str, str]] = {}
        self.texts: dict[str, str] = {}

    def sorted(
        self, cases: Sequence[LedgerCase], claimed: Iterable[str] = ()
    ) -> Iterator[ReadCase]:
        """The cases that nothing is open about.

        Of a row that is read again alone, the other rows of its file have `claimed` their disputes.
        """
        # No two rows are one dispute, whatever number it has in the register.
        self._claimed = {*claimed, *(case.file.dispute.id for case in cases)}
        for case in cases:
            self.texts[case.place] = text_of_case(case.file)
            once = self._only_once(case)
            if case.place in self.outcomes:
                continue
            # A row that says the same as one before it is no other case of the register.
            first = self._seen[_signature(case.file)] == case.place
            file, sure = self._known_as(case) if first else (case.file, True)
            if case.waiting or not (once and sure):
                self.waiting.append(case)
                self.outcomes[case.place] = Outcome.CONFLICT.value, tr("要先回答问题")
            else:
                yield ReadCase(case.place, file, case.masked, case.told)

    def _ask(self, key: str, words: str, place: str, options: Sequence[Option]) -> str | None:
        given = self._answers.get(key)
        if given in {option.answer for option in options}:
            self.used[key] = str(given)
            return given
        before = self.questions.get(key)
        places = (*(before.places if before else ()), place)
        self.questions[key] = Question(key, words, places, tuple(options))
        return None

    def _known_as(self, case: LedgerCase) -> tuple[CaseFile, bool]:
        """The case as the register knows it, perhaps by another number (defects.md 59)."""
        taken = self._before.get(case.place, "")
        if self._register.get("dispute", taken) is not None:
            self._claimed.add(taken)
            own = taken == case.file.dispute.id
            return case.file if own else rebased(case.file, taken), True
        known = self._known.by_people(case.file)
        if known is None or known in self._claimed or case.masked:
            return self._renamed(case)
        options = (Option(_SAME, tr("是同一件，编号照登记簿")), Option(_OTHER, tr("是另外的案件")))
        words = tr("有的行日期和当事人都与登记簿里编号不同的案件一样，是同一件吗？")
        given = self._ask(f"renumbered:{self._unit_id}", words, case.place, options)
        if given == _SAME:
            self._claimed.add(known)
            return rebased(case.file, known), True
        return self._other_of_number(case) if given else (case.file, False)

    def _renamed(self, case: LedgerCase) -> tuple[CaseFile, bool]:
        """The case as the register knows it, where somebody's name was put right."""
        own = case.file.dispute.id
        known = None if case.masked else self._known.by_story(case.file)
        if known is None or known in self._claimed or self._register.get("dispute", own):
            return self._other_of_number(case)
        options = (Option(_SAME, tr("是同一件，姓名照这一行改正")), Option(_OTHER, tr("是另一件")))
        words = tr("登记簿里有日期、类型和情况都与这一行相同的案件，只有部分姓名不同，是同一件吗？")
        given = self._ask(f"same:{known}:{_signature(case.file)}", words, case.place, options)
        if given == _SAME:
            self._claimed.add(known)
            return rebased(case.file, known), True
        return self._other_of_number(case) if given else (case.file, False)

    def _other_of_number(self, case: LedgerCase) -> tuple[CaseFile, bool]:
        """The case, or another one where its number is that of a dispute unlike it."""
        ours = self._register.case(case.file.dispute.id)
        if ours is None or alike(case.file, ours):
            return case.file, True
        label = tr("{year}年第{number}号").format(
            year=ours.dispute.year, number=ours.dispute.number
        )
        options = (
            Option(_SAME, tr("是同一件，按这一行改正")),
            Option(_OTHER, tr("是另一件，另外编号")),
        )
        words = tr("登记簿里的{label}与这一行当事人不同，或者日期和类型都不同，是同一件吗？")
        key = f"same:{case.file.dispute.id}:{_signature(case.file)}"
        given = self._ask(key, words.format(label=label), case.place, options)
        if given == _OTHER:
            return rebased(case.file, part_id(case.file.dispute.id, _signature(case.file))), True
        return case.file, given == _SAME

    def _only_once(self, case: LedgerCase) -> bool:
        """Whether it is known what a row is that says the same as one before it."""
        signature = _signature(case.file)
        first = self._seen.setdefault(signature, case.place)
        if first == case.place:
            return True
        words = tr("这一行与{first}的日期、当事人和类型都相同，是重复的吗？").format(first=first)
        given = self._ask(f"{TWICE}{signature}", words, case.place, twice_options())
        if given == _SAME:
            reason = tr("与{first}重复").format(first=first)
            self.outcomes[case.place] = IGNORED, reason
        return given is not None


_Key = tuple[date | None, str, frozenset[str] | str]


class KnownCases:
    """A unit's live disputes by what tells them whatever their number; of two alike neither."""

    def __init__(self, register: Register, unit_id: str) -> None:
        disputes = cast(list[Dispute], register.all("dispute", unit_id=unit_id))
        live = [entry for entry in disputes if not entry.void_reason]
        parties: dict[str, list[Party]] = {}
        ids = [entry.id for entry in live]
        for party in cast(list[Party], register.some("party", ids, "dispute_id")):
            if not party.void_reason:
                parties.setdefault(party.dispute_id, []).append(party)
        self._of_people: dict[_Key, list[str]] = {}
        self._of_story: dict[_Key, list[str]] = {}
        self._names: dict[str, frozenset[str]] = {}
        for entry in live:
            self.add(CaseFile(entry, tuple(parties.get(entry.id, ()))))

    def add(self, file: CaseFile) -> None:
        """Know one more."""
        dispute, names = file.dispute, _names(file)
        self._names[dispute.id] = names
        if not (dispute.intake_on and names):
            return
        self._of_people.setdefault(_by_people(file), []).append(dispute.id)
        self._of_story.setdefault(_by_story(file), []).append(dispute.id)

    def by_people(self, file: CaseFile) -> str | None:
        """The one of this day and type with exactly these people."""
        found = self._of_people.get(_by_people(file), ())
        return found[0] if len(found) == 1 else None

    def by_story(self, file: CaseFile) -> str | None:
        """The one of this day, type and account with some of these people."""
        found = [id_ for id_ in self._of_story.get(_by_story(file), ())
                 if self._names[id_] & _names(file)]  # fmt: skip
        return found[0] if len(found) == 1 and file.dispute.facts else None


def _names(file: CaseFile) -> frozenset[str]:
    return frozenset(party.name for party in file.parties)


def _by_people(file: CaseFile) -> _Key:
    return file.dispute.intake_on, file.dispute.type, _names(file)


def _by_story(file: CaseFile) -> _Key:
    return file.dispute.intake_on, file.dispute.type, file.dispute.facts


def _signature(file: CaseFile) -> str:
    dispute = file.dispute
    who = sorted(f"{party.role.value}{party.name}" for party in file.parties)
    told = (str(dispute.intake_on), dispute.type, dispute.facts, str(dispute.closed_on), *who)
    return hashlib.sha256("\x1f".join(told).encode("utf-8", "surrogatepass")).hexdigest()[:12]


def text_of_case(file: CaseFile) -> str:
    """The beginning of what a case says, for showing."""
    names = tr("、").join(party.name for party in file.parties)
    return f"{names}　{file.dispute.facts}"[:120]
