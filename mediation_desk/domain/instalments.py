"""A sum paid in instalments: parts that add up exactly, due month by month."""

import calendar
from dataclasses import replace
from datetime import date

from mediation_desk.domain.handling import Promise
from mediation_desk.domain.money import yuan
from mediation_desk.domain.record import new_id
from mediation_desk.words import tr

MOST = 60
_YUAN = 100


def parts(total_fen: int, count: int) -> tuple[int, ...]:
    """`total_fen` in `count` equal parts of whole yuan; what is left over comes with the last.

    A sum of less than one yuan a part is shared in fen.
    """
    each = total_fen // count
    if each >= _YUAN:
        each -= each % _YUAN
    return (*(each for _ in range(count - 1)), total_fen - each * (count - 1))


def months_later(day: date, months: int) -> date:
    """The same day of a later month, or the month's last day where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def instalments(whole: Promise, count: int) -> tuple[Promise, ...]:
    """`whole`, whose day is that of the first payment, as `count` promises a month apart."""
    if whole.due_on is None:
        raise ValueError(whole.due_on)
    made = []
    for number, fen in enumerate(parts(whole.amount_fen, count), 1):
        what = tr("第{number}期：{what}{amount}元").format(
            number=number, what=whole.what, amount=yuan(fen)
        )
        due = months_later(whole.due_on, number - 1)
        made.append(replace(whole, id=new_id(), what=what, amount_fen=fen, due_on=due))
    return tuple(made)
