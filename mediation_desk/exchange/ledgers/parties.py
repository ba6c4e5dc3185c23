"""The parties of a row: who they are, on which side, and their particulars."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from mediation_desk.domain.as_typed import days, names, phones
from mediation_desk.domain.as_typed.answer import Reading, Typed
from mediation_desk.domain.as_typed.identities import identities
from mediation_desk.domain.as_typed.names import Named, Names
from mediation_desk.domain.as_typed.plain_text import bare, kept
from mediation_desk.domain.cases import Party
from mediation_desk.domain.codes import PartyKind, PartyRole, Sex
from mediation_desk.domain.identity import sex_of
from mediation_desk.exchange.ledgers.asking import LEAVE_EMPTY, Option
from mediation_desk.exchange.ledgers.find import at
from mediation_desk.exchange.ledgers.ids import part_id
from mediation_desk.exchange.ledgers.row_reading import Row
from mediation_desk.exchange.ledgers.slots import NAMES, label_of_slot
from mediation_desk.exchange.ledgers.words import choices
from mediation_desk.words import tr

_ROLES = {
    "applicant": PartyRole.APPLICANT,
    "respondent": PartyRole.RESPONDENT,
    "third": PartyRole.THIRD,
}
_FIRST, _EVERY = "first", "every"
_TITLE = re.compile(r"^(.+?)(?:诉|与|和)(.+)$")
_BETWEEN = re.compile(r"[、;；\n]+")


@dataclass(slots=True)
class Side:
    """Who stands on a side, with the slot whose columns tell of them."""

    slot: str
    role: PartyRole
    persons: list[Named] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Told:
    """The sides of a row, and how many people it tells of; 0 where it does not."""

    sides: tuple[Side, ...]
    people: int
    uncounted: bool

    @property
    def names(self) -> list[str]:
        """Everybody's name, for telling rows apart."""
        return [person.name for side in self.sides for person in side.persons]


def _shown(told: Names) -> str:
    return tr("、").join(entry.name for entry in (*told.first, *told.second))


def _answered(given: Typed) -> Reading[Names]:
    return names.names(given, answered=True)


def _named(row: Row, slot: str) -> Names | None:
    cells = [kept(at(row.cells, number)) for number in row.columns(slot)]
    told = tr("、").join(cells)
    return row.settled(slot, told, names.names, _shown, read_answer=_answered)


def told_parties(row: Row, type_words: Iterable[str]) -> Told:
    """Who is named in a row."""
    sides = {name: Side(name, role) for name, role in _ROLES.items()}
    people, uncounted = 0, False
    for slot in NAMES:
        if not row.columns(slot):
            continue
        found = _named(row, slot)
        if found is None:
            continue
        own = slot.removesuffix(".name")
        if own == "parties":
            found = _with_title(row, found, type_words)
            _place_mixed(row, found, sides)
        else:
            sides[own].persons += found.first
            sides["respondent" if own == "applicant" else own].persons += found.second
        people += found.people or (len(found.first) + len(found.second))
        uncounted |= found.others and not found.people
    return Told(tuple(side for side in sides.values() if side.persons), people, uncounted)


def _with_title(row: Row, told: Names, type_words: Iterable[str]) -> Names:
    """Both sides, where the name of the event tells them, as in 张三与李四邻里纠纷."""
    text = kept(row.cell("title"))
    if told.second or not text:
        return told
    for word in sorted(type_words, key=len, reverse=True):
        if text.endswith(word):
            text = text.removesuffix(word)
            break
    found = _TITLE.match(text)
    if not found:
        return told
    # The title was parted already, so that what is left of it is one side each.
    left, right = _answered(found[1]), _answered(found[2])
    if left.value is None or right.value is None or not (left.sure and right.sure):
        return told
    both = left.value.first, right.value.first
    known = {entry.name for entry in told.first}
    if not known <= {entry.name for side in both for entry in side}:
        return told
    by_name = {entry.name: entry for entry in told.first}
    first, second = (tuple(by_name.get(entry.name, entry) for entry in side) for side in both)
    more = left.value.others or right.value.others
    people = (left.value.people or len(first)) + (right.value.people or len(second))
    return Names(first, second, people if more else 0, told.others)


def _place_mixed(row: Row, told: Names, sides: dict[str, Side]) -> None:
    """Put the names of a column for both sides on their sides."""
    if told.second or len(told.first) < 2:
        sides["applicant"].persons += told.first
        sides["respondent"].persons += told.second or _missing_side(row, sides)
        return
    options = (
        Option(_FIRST, tr("第一个是申请人，其余是被申请人")),
        Option(_EVERY, tr("都是申请人")),
    )
    # Two names can only mean one against the other, three may not, so they are asked apart.
    key = "order:2" if len(told.first) == 2 else f"order:{row.identity}"
    given = row.answer(key, options)
    if given is None:
        ask = tr("“{names}”写在同一格，谁是申请人，谁是被申请人？")
        if len(told.first) == 2:
            ask = tr("同一格里写了两个人（如“{names}”），谁是申请人，谁是被申请人？")
        row.ask(key, ask.format(names=_shown(told)), "parties.name", options, _FIRST)
    whole = given == _EVERY
    sides["applicant"].persons += told.first if whole else told.first[:1]
    sides["respondent"].persons += () if whole else told.first[1:]


def _missing_side(row: Row, sides: dict[str, Side]) -> tuple[Named, ...]:
    """The other party where a ledger names only one."""
    if row.columns("respondent.name") or sides["respondent"].persons:
        return ()
    key = f"other side:{row.identity}"
    given = row.answer(key)
    if given == LEAVE_EMPTY:
        return ()
    if given is not None:
        found = _answered(given)
        if found.sure and found.value is not None:
            return found.value.first + found.value.second
    ask = tr("“{name}”的对方当事人是谁？").format(name=kept(row.cell("parties.name"))[:40])
    row.ask(key, ask, "parties.name")
    return ()


# Particulars of several people in one cell.


def _spread(row: Row, slot: str, values: Sequence[Any], persons: int) -> list[Any]:
    """One value for each of `persons`; where it cannot be told whose they are, they are a note."""
    if len(values) == persons:
        return list(values)
    if len(values) == 1:
        if persons > 1:
            words = tr("“{head}”只写了一项，记在第一个人名下。")
            row.remark(slot, words.format(head=row.head(slot)))
        return [*values, *[None] * (persons - 1)]
    row.note(row.head(slot), kept(row.cell(slot)))
    words = tr("“{head}”写了{count}项，当事人有{persons}人，分不清是谁的，已记入备注。")
    row.remark(slot, words.format(head=row.head(slot), count=len(values), persons=persons))
    return [None] * persons


def _id_numbers(row: Row, slot: str, persons: int) -> list[str | None]:
    today = row.sheet.around.today
    readings = identities(row.cell(slot), today)
    if len(readings) == 1:
        own = row.cell(slot)

        def read(cell: Typed) -> Reading[str]:
            return identities(cell, today)[0]

        value = row.settled(slot, own, read, blocking=False)
        return _spread(row, slot, [value], persons)
    values = []
    for reading in readings:
        row.remark(slot, reading.note)
        if not reading.sure:
            row.note(row.head(slot), kept(row.cell(slot)))
            row.remark(slot, reading.question)
        values.append(reading.value if reading.sure else None)
    return _spread(row, slot, values, persons)


def _phones(row: Row, slot: str, persons: int) -> list[str | None]:
    found = row.settled(slot, row.cell(slot), phones.phones, tr("、").join, blocking=False)
    if not found:
        return [None] * persons
    # Two numbers of one person stand together, as the forms allow.
    return [tr("、").join(found)] if persons == 1 else _spread(row, slot, found, persons)


def _sexes(row: Row, slot: str, persons: int) -> list[Sex | None]:
    parts = [part for part in _BETWEEN.split(bare(row.cell(slot))) if part]
    codes = [choices("sex").exact(part) for part in parts]
    if not all(codes):
        row.note(row.head(slot), kept(row.cell(slot)))
        return [None] * persons
    return _spread(row, slot, [Sex.of(code) for code in codes if code], persons)


def _born(row: Row, slot: str, persons: int) -> list[date | None]:
    cell = row.cell(slot)
    month = re.fullmatch(r"(\d{4})(?:年|[-./])(\d{1,2})月?", bare(cell))
    if month and 1 <= int(month[2]) <= 12 and persons == 1:
        # The forms ask for year and month; the first of it stands for a day that is not told.
        return [date(int(month[1]), int(month[2]), 1)]
    around = replace(row.sheet.around, year=None, month=None)

    def read(typed: Typed) -> Reading[date]:
        return days.day_of(typed, around)

    return _spread(
        row, slot, [row.settled(slot, cell, read, date.isoformat, blocking=False)], persons
    )


def _texts(row: Row, slot: str, persons: int) -> list[str | None]:
    text = row.text(slot)
    parts = [part.strip() for part in _BETWEEN.split(text) if part.strip()]
    return _spread(row, slot, parts if persons > 1 and len(parts) == persons else [text], persons)


def _ages(row: Row, slot: str, persons: int) -> list[None]:
    # An age goes stale, and a year of birth computed from it would be a guess.
    row.note(row.head(slot), kept(row.cell(slot)))
    return [None] * persons


_READERS: dict[str, Callable[[Row, str, int], Sequence[Any]]] = {
    "id_number": _id_numbers,
    "phone": _phones,
    "sex": _sexes,
    "born_on": _born,
    "age": _ages,
    "address": _texts,
    "ethnicity": _texts,
    "occupation": _texts,
    "registered_address": _texts,
    "representative": _texts,
}


def _particulars(row: Row, slot: str, persons: int) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = [{} for _ in range(persons)]
    for name, read in _READERS.items():
        column = f"{slot}.{name}"
        if not row.columns(column):
            continue
        for values, value in zip(found, read(row, column, persons), strict=True):
            if value:
                values[name] = value
    return found


def _of_whom(row: Row, persons: int) -> list[dict[str, Any]]:
    """Particulars that do not say of which side they are, beside names that do: they are a note."""
    for name in _READERS:
        slot = f"parties.{name}"
        told = [kept(at(row.cells, number)) for number in row.columns(slot)]
        if told:
            row.note(row.head(slot), tr("、").join(told))
            words = tr("“{head}”没有写明是哪一方的，已记入备注。")
            row.remark(slot, words.format(head=row.head(slot)))
    return [{} for _ in range(persons)]


def _of_names(row: Row, side: Side) -> list[dict[str, Any]]:
    """What stood in brackets behind the names."""
    found = []
    for person in side.persons:
        values: dict[str, Any] = {}
        if person.sex is not None:
            values["sex"] = person.sex
        if person.phone:
            values["phone"] = person.phone
        if person.id_number:
            (number,) = identities(person.id_number, row.sheet.around.today)
            if number.sure and number.value:
                values["id_number"] = number.value
            else:
                row.note(label_of_slot(f"{side.slot}.id_number"), person.id_number)
                row.remark(f"{side.slot}.name", number.question)
        if person.remark:
            row.note(person.name, person.remark)
        found.append(values)
    return found


def parties_of(row: Row, told: Told, dispute_id: str) -> list[Party]:
    """The parties of a row; they keep their ids when the row is read again."""
    found: list[Party] = []
    everybody = [person for side in told.sides for person in side.persons]
    if row.columns("parties.name") or len(everybody) == 1:
        shared = _particulars(row, "parties", len(everybody))
    else:
        shared = _of_whom(row, len(everybody))
    place = 0
    for side in told.sides:
        own = _particulars(row, side.slot, len(side.persons))
        inside = _of_names(row, side)
        for position, person in enumerate(side.persons, 1):
            values = inside[position - 1] | shared[place] | own[position - 1]
            place += 1
            found.append(_party(dispute_id, side.role, position, person, values))
    return found


def _party(
    dispute_id: str, role: PartyRole, position: int, person: Named, values: dict[str, Any]
) -> Party:
    natural = person.kind is PartyKind.NATURAL
    number = values.get("id_number", "")
    if natural and "sex" not in values and (sex := sex_of(number)):
        values["sex"] = sex
    return Party(
        id=part_id(dispute_id, "party", role.value, str(position)),
        dispute_id=dispute_id,
        position=position,
        role=role,
        kind=person.kind,
        name=person.name,
        **values,
    )
