"""Which value each column of a table holds: by its head, by what was learned, or by asking."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from mediation_desk.exchange.cells import place
from mediation_desk.exchange.ledgers.asking import Asking, Option, Question
from mediation_desk.exchange.ledgers.find import Column, Table
from mediation_desk.exchange.ledgers.heads import Meaning, head_word
from mediation_desk.exchange.ledgers.slots import NOTE, is_slot, label_of_slot
from mediation_desk.words import tr

_AS_NOTE = "note"
_SURELY_A_NOTE = "note"  # heads that we know and have no place for
TWO_GROUPS = "two groups"
_SIDES, _ALL = "sides", "all"


def head_keys(columns: Sequence[Column]) -> list[str]:
    """A name for each head that stays the same next month; equal heads are counted."""
    seen: dict[str, int] = {}
    keys = []
    for column in columns:
        word = head_word(column.head)
        seen[word] = seen.get(word, 0) + 1
        keys.append(word if seen[word] == 1 else f"{word}#{seen[word]}")
    return keys


def slots_of(table: Table, learned: Mapping[str, str], asking: Asking) -> dict[int, str]:
    """The slot of each column of `table` by its number; `learned` says it by the key of a head.

    While it is asked what a column is, it is a note, and rows with something in it wait.
    """
    keys = head_keys(table.columns)
    found = {}
    for key, column in zip(keys, table.columns, strict=True):
        # What somebody says of a column now counts for more than what was learned before.
        known = None if f"head:{key}" in asking.answers else learned.get(key)
        slot = known if known is not None else _slot(key, column, table, asking)
        found[column.number] = slot
    return _two_groups(table, found, asking)


def _slot(key: str, column: Column, table: Table, asking: Asking) -> str:
    meaning = column.meaning
    chosen = asking.answers.get(f"head:{key}", "")
    if is_slot(chosen) or chosen == _AS_NOTE:
        # Somebody may say what a column is without being asked, also of one that seemed clear.
        asking.used[f"head:{key}"] = chosen
        return NOTE if chosen == _AS_NOTE else chosen
    if meaning is None:
        return NOTE
    if meaning.sure:
        return NOTE if meaning.slot == _SURELY_A_NOTE else meaning.slot
    return _asked(key, column, meaning, table, asking)


def _asked(key: str, column: Column, meaning: Meaning, table: Table, asking: Asking) -> str:
    options = [Option(slot, label_of_slot(slot)) for slot in meaning.options]
    options.append(Option(_AS_NOTE, tr("都不是，作为备注保留")))
    name = f"head:{key}"
    given = asking.answer(name, options)
    if given is not None:
        return NOTE if given == _AS_NOTE else given
    ask = tr("“{head}”这一列是什么？").format(head=column.head[:40])
    at = place(table.sheet, table.first + table.depth, column.number + 1)
    first = meaning.options[0] if len(meaning.options) == 1 else ""
    asking.ask(Question(name, ask, (at,), tuple(options), first))
    return NOTE


def open_questions(table: Table, asking: Asking) -> dict[int, str]:
    """The question that is open about a column, by the column's number."""
    keys = {question.key for question in asking.questions()}
    found = {}
    for key, column in zip(head_keys(table.columns), table.columns, strict=True):
        if f"head:{key}" in keys:
            found[column.number] = f"head:{key}"
        elif TWO_GROUPS in keys and column.meaning and column.meaning.slot == "parties.name":
            found[column.number] = TWO_GROUPS
    return found


def _two_groups(table: Table, slots: dict[int, str], asking: Asking) -> dict[int, str]:
    """Two columns 姓名: the first group of particulars is one side, the second the other."""
    names = [number for number, slot in slots.items() if slot == "parties.name"]
    if len(names) != 2:
        return slots
    options = (
        Option(_SIDES, tr("前一组是申请人，后一组是被申请人")),
        Option(_ALL, tr("两组都是当事人，不分申请人和被申请人")),
    )
    given = asking.answer(TWO_GROUPS, options)
    if given == _ALL:
        return slots
    if given is None:
        ask = tr("表中有两列姓名，各是哪一方？")
        places = tuple(place(table.sheet, table.first + table.depth, n + 1) for n in names)
        asking.ask(Question(TWO_GROUPS, ask, places, options, _SIDES))
    placed = {}
    for number, slot in slots.items():
        side, _, particular = slot.partition(".")
        whose = "applicant" if number < names[1] else "respondent"
        placed[number] = f"{whose}.{particular}" if side == "parties" else slot
    return placed


def with_slots(table: Table, slots: Mapping[int, str]) -> Table:
    """`table` with the meaning of its columns as they are going to be read."""
    columns = tuple(
        replace(column, meaning=Meaning(slots[column.number]) if slots[column.number] else None)
        for column in table.columns
    )
    return replace(table, columns=columns)
