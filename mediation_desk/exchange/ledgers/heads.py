"""What the head of a column means."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from mediation_desk.domain.as_typed.amounts import money_unit
from mediation_desk.domain.as_typed.answer import Typed
from mediation_desk.domain.as_typed.plain_text import bare, kept
from mediation_desk.exchange.ledgers.slots import NOTE, TICK
from mediation_desk.exchange.ledgers.words import plain_word, tables, words_of

_LONGEST_HEAD = 40
_SHORTEST_NEAR = 2
_NEVER_NEAR = frozenset(("note", "ignored", "sequence"))
_BRACKETS = re.compile(r"[(\[【〔{<][^)\]】〕}>]*[)\]】〕}>]")
_REQUIRED = re.compile(r"必填|选填|必录")
_TICK_TABLES = ("outcome", "form", "source", "performance", "type")


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a head means: a slot, or several that it may be; `tick` where a tick says it."""

    slot: str
    options: tuple[str, ...] = ()

    @property
    def sure(self) -> bool:
        """Whether nobody has to be asked."""
        return not self.options

    @property
    def tick(self) -> bool:
        """Whether a tick below this head stands for a code."""
        return TICK in self.slot


def shown_head(path: tuple[Typed, ...]) -> str:
    """A head over several rows as one text."""
    parts = [kept(part).replace("\n", "") for part in path if kept(part)]
    return "/".join(dict.fromkeys(parts))


def head_word(cell: Typed) -> str:
    """A head for comparing: without blanks, marks and what says that it must be filled in."""
    return _REQUIRED.sub("", plain_word(cell))


def unit_of_head(head: str) -> int | None:
    """The unit of money that a head names, in fen."""
    return money_unit(bare(head))


@cache
def _words() -> Mapping[str, str]:
    return {
        head_word(word): slot for slot, words in tables("heads")["heads"].items()
        for word in words.split()
    }  # fmt: skip


@cache
def _sides() -> Mapping[str, str]:
    found = {
        head_word(word): side for side, words in tables("heads")["sides"].items()
        for word in words.split()
    }  # fmt: skip
    # The longest first, so that 被申请人 is not taken for a word with 申请人.
    return dict(sorted(found.items(), key=lambda entry: -len(entry[0])))


@cache
def _particulars() -> Mapping[str, str]:
    return {
        head_word(word): name for name, words in tables("heads")["particulars"].items()
        for word in words.split()
    }  # fmt: skip


@cache
def _ambiguous() -> Mapping[str, tuple[str, ...]]:
    return {
        head_word(word): tuple(slots.split())
        for slots, words in tables("heads")["ambiguous"].items()
        for word in words.split()
    }


@cache
def _groups() -> Mapping[str, str]:
    return {
        head_word(word): slot for slot, words in tables("heads")["ticked"].items()
        for word in words.split()
    }  # fmt: skip


def _of_side(word: str) -> str | None:
    for side, slot in _sides().items():
        if word == side:
            return f"{slot}.name"
        if word.startswith(side):
            name = _particulars().get(word.removeprefix(side).removeprefix("的"))
            if name:
                return f"{slot}.{name}"
    return None


def _exact(word: str) -> str | None:
    if slot := _words().get(word):
        return slot
    if slot := _of_side(word):
        return slot
    name = _particulars().get(word)
    return f"parties.{name}" if name else None


def _tick(word: str, group: str = "") -> str | None:
    """The slot and code of a column for ticks, within a group of such columns or by itself."""
    # Short words such as 是 stand for a code below a head, never as one.
    if not group and len(word) < _SHORTEST_NEAR:
        return None
    for name in (group,) if group else _TICK_TABLES:
        if code := words_of(name).exact(word):
            return f"{name}{TICK}{code}"
    return None


def _near(word: str) -> tuple[str, ...]:
    """The slots whose words stand in `word`, the longest word first."""
    found: dict[str, int] = {}
    for name, slot in (*_words().items(), *((side, f"{s}.name") for side, s in _sides().items())):
        if len(name) >= _SHORTEST_NEAR and name in word and slot not in _NEVER_NEAR:
            found[slot] = max(found.get(slot, 0), len(name))
    return tuple(sorted(found, key=lambda slot: -found[slot])[:4])


@cache
def meaning_of_word(cell: Typed) -> Meaning | None:
    """What a head in one cell means; None for a word that no ledger we know uses as a head."""
    whole = head_word(cell)
    if not whole or len(whole) > _LONGEST_HEAD:
        return None
    for word in dict.fromkeys((whole, head_word(_BRACKETS.sub("", bare(cell))))):
        if word and (slot := _exact(word)):
            return Meaning(slot)
        if word in _ambiguous():
            return Meaning(NOTE, _ambiguous()[word])
    if slot := _tick(whole):
        return Meaning(slot)
    options = _near(whole)
    return Meaning(NOTE, options) if options else None


def _group_of(word: str) -> str:
    return _groups().get(word) or _groups().get(head_word(_BRACKETS.sub("", word)), "")


def _below(above: Typed, last: Typed) -> Meaning | None:
    """What a head means that stands under another."""
    alone = meaning_of_word(last)
    if group := _group_of(head_word(above)):
        if slot := _tick(head_word(last), group):
            return Meaning(slot)
        if codes := words_of(group).between(last):
            return Meaning(NOTE, tuple(f"{group}{TICK}{code}" for code in codes))
    own = alone is not None and alone.sure and not alone.tick
    if alone and own and not alone.slot.startswith("parties."):
        return alone
    joined = meaning_of_word(f"{bare(above)}{bare(last)}")
    return joined if joined and joined.sure else alone or joined


@cache
def meaning_of_head(path: tuple[Typed, ...]) -> Meaning | None:
    """What a head over one or more rows means, the last part under the others."""
    parts = [part for part in path if bare(part)]
    if len(parts) < 2:
        return meaning_of_word(parts[0]) if parts else None
    found = _below(parts[-2], parts[-1])
    if found is None and len(parts) > 2:
        return _below(parts[0], parts[-1])
    return found
