"""The texts of the demo township as they lie under resources/demo, and its chances."""

import tomllib
import uuid
from collections.abc import Sequence
from functools import cache
from random import Random
from typing import Any, TypeVar

from mediation_desk.paths import resources

T = TypeVar("T")

_DEMO = uuid.UUID("3b0c6f0e-5a57-5f0a-8a3c-2d1f6f7f9b55")


@cache
def table(name: str) -> dict[str, Any]:
    """The table of that name, read once."""
    path = resources() / "demo" / f"{name}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


def identity(seed: int, *what: object) -> str:
    """The identity of a demo record, the same for the same seed and the same thing."""
    return uuid.uuid5(_DEMO, ":".join(str(part) for part in (seed, *what))).hex


def chance(seed: int, *what: object) -> Random:
    """A source of chance of its own for one thing, so that other things do not change with it."""
    return Random(":".join(str(part) for part in (seed, *what)))


def dealt(count: int, shares: Sequence[tuple[T, int]], rng: Random) -> list[T]:
    """`count` cards in the proportion of `shares`, shuffled; fractions go to the largest rests."""
    whole = sum(share for _, share in shares)
    cards: list[T] = []
    rests: list[tuple[int, int]] = []
    for position, (card, share) in enumerate(shares):
        times, rest = divmod(count * share, whole)
        cards += [card] * times
        rests.append((-rest, position))
    for _, position in sorted(rests)[: count - len(cards)]:
        cards.append(shares[position][0])
    rng.shuffle(cards)
    return cards
