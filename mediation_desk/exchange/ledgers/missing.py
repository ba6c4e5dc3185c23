"""Values that a ledger nowhere tells: asked once for all its rows, or row by row."""

from collections.abc import Sequence
from datetime import date

from mediation_desk.domain.as_typed.days import day_of
from mediation_desk.exchange.ledgers.asking import Option
from mediation_desk.exchange.ledgers.row_reading import Row
from mediation_desk.exchange.ledgers.slots import label_of_slot
from mediation_desk.exchange.ledgers.words import choices
from mediation_desk.words import tr


def usual(row: Row, slot: str, ask: str, codes: Sequence[str] = ()) -> str | None:
    """The code that all rows without one have, by the answer to one question."""
    labels = choices(slot).labels
    options = [Option(code, labels[code]) for code in codes or labels]
    key = f"usual:{slot}"
    given = row.answer(key, options)
    if given is None:
        row.ask(key, ask, slot, options)
    return given


def of_this_row(row: Row, slot: str, ask: str) -> str | None:
    """The code of one row that lacks it where others have it."""
    options = [Option(code, label) for code, label in choices(slot).labels.items()]
    key = f"{slot} of:{row.identity}"
    given = row.answer(key, options)
    if given is None and not row.head_is_open:
        row.ask(key, ask, slot, options)
    return given


def instead(row: Row, slot: str, others: Sequence[str]) -> date | None:
    """A day that a row lacks: once it is asked which other day of a row stands for it."""
    read = {name: row.day(name) for name in others if row.columns(name)}
    told = {name: day for name, day in read.items() if day is not None}
    if not told:
        return _asked(row, slot)
    words = tr("用这一行的“{head}”")
    options = [Option(name, words.format(head=row.head(name))) for name in told]
    key = f"instead of:{slot}:{','.join(told)}"
    given = row.answer(key, options)
    if given is None and row.head_is_open:
        return None
    if given is None:
        ask = tr("有的案件没有写{label}，用什么代替？").format(label=label_of_slot(slot))
        row.ask(key, ask, slot, options)
        return None
    words = tr("没有写{label}，用了“{head}”。")
    row.remark(slot, words.format(label=label_of_slot(slot), head=row.head(given)))
    return told[given]


def _asked(row: Row, slot: str) -> date | None:
    key = f"{slot} of:{row.identity}"
    given = row.answer(key)
    if given is not None:
        reading = day_of(given, row.sheet.around)
        if reading.sure and reading.value is not None:
            return reading.value
    if not row.head_is_open:
        row.ask(key, tr("没有写{label}，是哪一天？").format(label=label_of_slot(slot)), slot)
    return None
