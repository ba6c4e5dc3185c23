"""One value in many dresses: how cells of a column are read back, and when two say the same."""

from datetime import date
from typing import Any

from mediation_desk.domain.as_typed.amounts import amount
from mediation_desk.domain.as_typed.answer import Reading
from mediation_desk.domain.as_typed.counts import count
from mediation_desk.domain.as_typed.days import Around
from mediation_desk.domain.as_typed.days import day_of as day_typed
from mediation_desk.domain.as_typed.plain_text import bare
from mediation_desk.domain.as_typed.ticks import tick
from mediation_desk.exchange.cells import Cell, Kind
from mediation_desk.words import tr

_MOST_FEN = 10**15
# Whether a day may lie ahead is for the rules to say once somebody takes it.
_AHEAD = date(2100, 1, 1)


class NotRead(Exception):
    """A cell that cannot be read as its field; the text says why."""


def _sure(reading: Reading[Any], why: str) -> Any:
    if not reading.sure:
        raise NotRead(why)
    return reading.value


def day_of(cell: Cell, year: int) -> date | None:
    """The day that a cell tells, of `year` if it tells none; None for an empty one.

    Raises `NotRead`.
    """
    found: date | None = _sure(day_typed(cell, Around(_AHEAD, year)), tr("读不出是哪一天"))
    return found


def whole_of(cell: Cell) -> int | None:
    """The whole number that a cell tells, None for an empty one; raises `NotRead`."""
    found: int | None = _sure(count(cell), tr("读不出是多少"))
    return found


def fen_of(cell: Cell) -> int | None:
    """The fen of a cell in yuan, None for an empty one; raises `NotRead`."""
    if isinstance(cell, float):
        # What a sheet calculated may be a hair beside the fen.
        fen = round(cell * 100)
        if abs(cell * 100 - fen) > 1e-4 or not 0 <= fen < _MOST_FEN:
            raise NotRead(tr("不是有效的金额"))
        return fen
    found: int | None = _sure(amount(cell), tr("读不出是多少元"))
    return found


def yes_no_of(cell: Cell) -> bool | None:
    """Whether a cell says yes or no, None for an empty one; raises `NotRead`."""
    found: bool | None = _sure(tick(cell), tr("看不出是“是”还是“否”"))
    return found


def _read(cell: Cell, kind: Kind, year: int) -> Any:
    if kind is Kind.DAY:
        return day_of(cell, year)
    if kind is Kind.WHOLE:
        return whole_of(cell)
    return fen_of(cell) if kind is Kind.MONEY else bare(cell)


def comparable(cell: Cell, kind: Kind, year: int) -> Any:
    """The cell in the one dress of its kind; what cannot be read as that stays text."""
    if cell == "":
        return ""
    try:
        found = _read(cell, kind, year)
    except NotRead:
        return bare(cell)
    return "" if found is None else found


def alike(cell: Cell, other: Cell, kind: Kind, year: int) -> bool:
    """Whether `cell` says the same as `other`, which is what the program would show.

    Text of digits that a program turned into a number is still the same, whatever digits that
    cost: nobody typed it.
    """
    if cell == other or comparable(cell, kind, year) == comparable(other, kind, year):
        return True
    if isinstance(cell, float) and isinstance(other, str):
        try:
            return float(other) == cell
        except ValueError:
            return False
    return False
