"""The words of hand-made ledgers: which of our codes a word in a cell stands for."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from mediation_desk.domain.as_typed.answer import Typed
from mediation_desk.domain.as_typed.plain_text import bare
from mediation_desk.domain.codes import (
    AgreementForm,
    ArchiveState,
    CaseStatus,
    Code,
    Confirmation,
    Difficulty,
    Outcome,
    Performance,
    RefusalReason,
    RiskLevel,
    Sex,
    Source,
    TerminationReason,
    VisitForm,
)
from mediation_desk.domain.dispute_types import BY_CODE, TypeTable
from mediation_desk.paths import resources
from mediation_desk.words import tr

OPEN, NO_AGREEMENT, VOID = "open", "none", "void"
CODES: Mapping[str, type[Code]] = MappingProxyType(
    {
        "source": Source,
        "outcome": Outcome,
        "form": AgreementForm,
        "status": CaseStatus,
        "performance": Performance,
        "confirmation": Confirmation,
        "archive": ArchiveState,
        "difficulty": Difficulty,
        "termination": TerminationReason,
        "refusal": RefusalReason,
        "visit_form": VisitForm,
        "risk": RiskLevel,
        "sex": Sex,
    }
)
_SHORTEST_HINT = 2
_MARKS = re.compile(r"[*★☆:;。.,，、/\\\"'“”‘’《》]")


@cache
def tables(name: str) -> Mapping[str, Mapping[str, str]]:
    """A table of words out of the resources."""
    text = (resources() / "ledgers" / f"{name}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def plain_word(cell: Typed) -> str:
    """A word for comparing: without blanks, punctuation and differences of width."""
    return _MARKS.sub("", bare(cell)).lower()


@dataclass(frozen=True, slots=True)
class Choice:
    """What a word means: one code, or what to choose from with perhaps a suggestion."""

    code: str | None
    options: tuple[str, ...] = ()
    suggested: str = ""


class Choices:
    """The words of one code table with the label of each code."""

    def __init__(
        self, labels: Mapping[str, str], words: Mapping[str, str], doubtful: Mapping[str, str]
    ) -> None:
        self.labels = dict(labels)
        self._codes = {plain_word(label): code for code, label in self.labels.items()}
        for code, names in words.items():
            for word in names.split():
                self._codes.setdefault(plain_word(word) or word, code)
        self._doubtful = {
            plain_word(word) or word: tuple(codes.split())
            for codes, names in doubtful.items()
            for word in names.split()
        }

    def exact(self, cell: Typed) -> str | None:
        """The code whose word the whole cell is."""
        return self._codes.get(plain_word(cell) or bare(cell))

    def between(self, cell: Typed) -> tuple[str, ...]:
        """The codes of which the whole cell means one, without saying which."""
        return self._doubtful.get(plain_word(cell) or bare(cell), ())

    def read(self, cell: Typed) -> Choice:
        """What a cell that is not empty means; a word inside it is only a suggestion."""
        word = plain_word(cell) or bare(cell)
        if code := self._codes.get(word):
            return Choice(code)
        if options := self.between(cell):
            return Choice(None, options)
        inside = [name for name in self._codes if len(name) >= _SHORTEST_HINT and name in word]
        longest = max(inside, key=len, default="")
        return Choice(None, tuple(self.labels), self._codes.get(longest, ""))


@cache
def choices(name: str) -> Choices:
    """The words of one of our code tables."""
    words = tables("words")
    labels = {member.value: member.label for member in CODES[name]}
    if name == "outcome":
        labels[OPEN] = tr("还没有结案")
    if name == "form":
        labels[NO_AGREEMENT] = tr("没有达成协议")
    if name == "status":
        labels[VOID] = tr("作废")
    return Choices(labels, words.get(name, {}), words.get(f"doubtful_{name}", {}))


@cache
def type_choices(types: TypeTable) -> Choices:
    """The words of dispute types; a register's own types go before the general words."""
    words = tables("words")
    own = {entry.code: entry.label for entry in types.local if not entry.void_reason}
    labels = {code: entry.label for code, entry in BY_CODE.items()}
    local = {code: label.removesuffix("纠纷") for code, label in own.items()}
    return Choices(labels | own, {**local, **words["type"]}, words["doubtful_type"])


@cache
def words_of(name: str) -> Choices:
    """The words of a code table or, for `type`, of the official dispute types."""
    return type_choices(TypeTable()) if name == "type" else choices(name)
