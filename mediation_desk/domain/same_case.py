"""When two entries look like one dispute: same parties, near days, same type. A person decides.

A name with 某 or a star in it is masked and may be anybody's: it counts only beside an identity
number whose visible part agrees.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

from mediation_desk.domain.cases import Dispute, Party
from mediation_desk.domain.codes import PartyRole
from mediation_desk.domain.masks import masked_identity
from mediation_desk.words import tr

# What stands where a name or a number was masked, by us or by hand.
MASKED = "某*×＊"
# Of a shorter number a mask leaves nothing to compare.
_TELLING = 10


class Alike(Enum):
    """By what two parties are taken for one; the surest first."""

    NUMBER = "身份证号相同"
    NAME = "姓名相同"
    MASKED = "遮住后的姓名和身份证号相同"


_SUREST = tuple(Alike)
_RULES = {Alike.NUMBER: "D1", Alike.NAME: "D2", Alike.MASKED: "D3"}


@dataclass(frozen=True, slots=True)
class Entry:
    """A dispute with its parties; `type` is its official type, `type_label` that in words."""

    dispute: Dispute
    parties: Sequence[Party]
    type: str
    type_label: str = ""


@dataclass(frozen=True, slots=True)
class Likeness:
    """Why two entries may be one dispute: the rule that says so, and in words.

    D1: all parties by identity number. D2: some only by name. D3: some only as far as masks let
    see.
    """

    rule: str
    words: str


def likeness(one: Entry, other: Entry, days: int) -> Likeness | None:
    """Why two entries may be one dispute; None if they are too unlike.

    `days` is how far apart their days may be. Void entries are like nothing.
    """
    if one.dispute.id == other.dispute.id or one.dispute.void_reason or other.dispute.void_reason:
        return None
    apart = _apart(one.dispute, other.dispute)
    if apart is None or apart > days or one.type != other.type:
        return None
    by = _same_parties(one.parties, other.parties)
    if by is None:
        return None
    near = tr("受理日期相差{days}天").format(days=apart) if apart else tr("受理日期相同")
    kind = tr("类型同为{label}").format(label=one.type_label or one.type)
    words = tr("双方当事人{by}，{near}，{kind}。").format(by=tr(by.value), near=near, kind=kind)
    return Likeness(_RULES[by], words)


def _day(dispute: Dispute) -> date | None:
    return dispute.intake_on or dispute.closed_on


def _apart(one: Dispute, other: Dispute) -> int | None:
    first, second = _day(one), _day(other)
    return None if first is None or second is None else abs((first - second).days)


def _same_parties(one: Sequence[Party], other: Sequence[Party]) -> Alike | None:
    """By what the parties of both are the same; the sides may be exchanged."""
    found = [_both_sides(one, other, crossed=crossed) for crossed in (False, True)]
    sure = [by for by in found if by is not None]
    if not sure and not (_two_sided(one) and _two_sided(other)):
        sure = [by for by in (_within(one, other), _within(other, one)) if by is not None]
    return min(sure, key=_SUREST.index, default=None)


def _side(parties: Sequence[Party], role: PartyRole) -> list[Party]:
    return [party for party in parties if party.role is role and not party.void_reason]


def _two_sided(parties: Sequence[Party]) -> bool:
    return bool(_side(parties, PartyRole.APPLICANT) and _side(parties, PartyRole.RESPONDENT))


def _both_sides(one: Sequence[Party], other: Sequence[Party], *, crossed: bool) -> Alike | None:
    """By what one party of each side is the same; the less sure of the two."""
    sides = (PartyRole.APPLICANT, PartyRole.RESPONDENT)
    across = sides[::-1] if crossed else sides
    found = [
        _surest(_side(one, mine), _side(other, theirs))
        for mine, theirs in zip(sides, across, strict=True)
    ]
    return _least_sure([by for by in found if by is not None]) if None not in found else None


def _within(few: Sequence[Party], many: Sequence[Party]) -> Alike | None:
    """Where an entry names one side alone, all its persons must be in the other entry.

    A single one must be known by the number, or everybody's quarrels would be one.
    """
    named = [party for party in few if party.role is not PartyRole.THIRD and not party.void_reason]
    if not named or _two_sided(few):
        return None
    found = [_surest([party], many) for party in named]
    by = _least_sure([entry for entry in found if entry is not None])
    if None in found or (len(named) == 1 and by is not Alike.NUMBER):
        return None
    return by


def _surest(some: Sequence[Party], others: Sequence[Party]) -> Alike | None:
    pairs = (alike(mine, theirs) for mine in some for theirs in others)
    return min((by for by in pairs if by is not None), key=_SUREST.index, default=None)


def _least_sure(found: Sequence[Alike]) -> Alike | None:
    return max(found, key=_SUREST.index, default=None)


def alike(one: Party, other: Party) -> Alike | None:
    """By what two parties may be one person or organisation; None if they are not or nobody knows.

    Two whole numbers decide by themselves; a masked one must agree with what is seen of the other.
    """
    numbers = _number(one), _number(other)
    whole = all(_is_whole(number) for number in numbers)
    if whole and numbers[0] == numbers[1]:
        return Alike.NUMBER
    seen = _seen_alike(*numbers)
    if whole or seen is False:
        return None
    if _is_open(one.name) and _is_open(other.name):
        return Alike.NAME if one.name == other.name else None
    # However it was masked, the surname stays.
    return Alike.MASKED if seen and one.name[:1] == other.name[:1] else None


def _number(party: Party) -> str:
    return party.id_number.strip().upper()


def _is_whole(number: str) -> bool:
    return len(number) > _TELLING and not set(MASKED) & set(number)


def _is_open(name: str) -> bool:
    return bool(name) and not set(MASKED) & set(name)


def _seen_alike(one: str, other: str) -> bool | None:
    """Whether two numbers agree as far as masks let see; None if there is nothing to compare."""
    if len(one) <= _TELLING or len(other) <= _TELLING:
        return None
    return masked_identity(one) == masked_identity(other)
