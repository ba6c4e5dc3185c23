"""Phrases for facts and agreements by type of dispute, with blanks to fill, and own ones."""

import json
import tomllib
from dataclasses import dataclass
from enum import Enum
from functools import cache

from mediation_desk.paths import resources
from mediation_desk.store.register import Register

_OWN = "phrases"
_HEAD_LENGTH = 12


class Use(Enum):
    """What a phrase is for."""

    FACTS = "facts"
    AGREEMENT = "agreement"


@dataclass(frozen=True, slots=True)
class Phrase:
    """A sentence with blanks `___`; `head` calls it in a word, `own` ones can be removed."""

    head: str
    words: str
    own: bool = False


@cache
def _ours(official: str) -> dict[Use, tuple[Phrase, ...]]:
    """The phrases that come with the program for a type of the 18-type list."""
    for path in (resources() / "phrases").glob(f"{official}-*.toml"):
        told = tomllib.loads(path.read_text(encoding="utf-8"))
        return {
            use: tuple(Phrase(entry["head"], entry["words"]) for entry in told[use.value])
            for use in Use
        }
    return {}


def _own(register: Register) -> list[dict[str, str]]:
    stored: list[dict[str, str]] = json.loads(register.setting(_OWN) or "[]")
    return stored


def phrases(register: Register, type_code: str, use: Use) -> list[Phrase]:
    """The phrases for a type of dispute: the committee's own first, then those of the program.

    A local type has the phrases of the official type that it is counted under.
    """
    types = register.types
    official = types.official(type_code) if types.knows(type_code) else ""
    own = [
        Phrase(entry["words"][:_HEAD_LENGTH], entry["words"], own=True)
        for entry in _own(register)
        if (entry["type"], entry["use"]) == (type_code, use.value)
    ]
    return [*own, *_ours(official).get(use, ())]


def add(register: Register, type_code: str, use: Use, words: str) -> None:
    """Keep `words` as a phrase of the committee's own; a second time changes nothing."""
    entry = {"type": type_code, "use": use.value, "words": words.strip()}
    before = _own(register)
    if entry["words"] and entry not in before:
        register.set(_OWN, json.dumps([entry, *before], ensure_ascii=False))


def remove(register: Register, type_code: str, use: Use, words: str) -> None:
    """Offer an own phrase no more."""
    entry = {"type": type_code, "use": use.value, "words": words}
    left = [other for other in _own(register) if other != entry]
    register.set(_OWN, json.dumps(left, ensure_ascii=False))
