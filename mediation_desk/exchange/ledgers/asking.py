"""Questions about a ledger: each is asked once, however many rows it is about."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

LEAVE_EMPTY = "-"


@dataclass(frozen=True, slots=True)
class Option:
    """One answer that may be chosen, and the words for it."""

    answer: str
    label: str


@dataclass(frozen=True, slots=True)
class Question:
    """Something that only a person knows.

    `key` names it in `answers`; it stays the same when the ledger is read again. Without
    `options` the answer is typed, `LEAVE_EMPTY` leaves the value out. `suggested` is what the
    program would answer. Until a `blocking` question is answered its cases wait, because figures
    count what it is about; other questions leave a value out that the case keeps as a note.
    """

    key: str
    ask: str
    places: tuple[str, ...]
    options: tuple[Option, ...] = ()
    suggested: str = ""
    blocking: bool = True


@dataclass(slots=True)
class Asking:
    """The answers that are known, and the questions that are still open."""

    answers: Mapping[str, str]
    used: dict[str, str] = field(default_factory=dict)
    _open: dict[str, Question] = field(default_factory=dict)
    _places: dict[str, list[str]] = field(default_factory=dict)

    def answer(self, key: str, options: Iterable[Option] = ()) -> str | None:
        """The answer to a question if it is known and is one of its `options`."""
        given = self.answers.get(key)
        allowed = {option.answer for option in options}
        if given is None or (allowed and given not in allowed):
            return None
        self.used[key] = given
        return given

    def ask(self, question: Question) -> None:
        """Put a question; the places of the same one are gathered."""
        self.used.pop(question.key, None)
        self._open.setdefault(question.key, question)
        places = self._places.setdefault(question.key, [])
        places += [place for place in question.places if place not in places]

    def questions(self) -> tuple[Question, ...]:
        """The open questions in the order in which they came up."""
        return tuple(
            Question(
                key,
                entry.ask,
                tuple(self._places[key]),
                entry.options,
                entry.suggested,
                entry.blocking,
            )
            for key, entry in self._open.items()
        )
