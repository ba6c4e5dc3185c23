"""What a person changed in the visible sheets by hand: a field of a record, or a whole row."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import Any

from mediation_desk.domain.as_typed.plain_text import bare
from mediation_desk.domain.codes import ProposalSort
from mediation_desk.domain.record import Record
from mediation_desk.domain.records import canonical
from mediation_desk.exchange.cells import Cell
from mediation_desk.exchange.dress import NotRead
from mediation_desk.exchange.reading_back import Beside, Other, Shown, parts, plain_value
from mediation_desk.words import tr

STRUCK_OUT = tr("表中删去")


@dataclass(frozen=True, slots=True)
class Edit:
    """One hand change: which field of which record, from what to what, and where it stands.

    `old` and `new` are values as JSON. Without a `record_id` a record is to be made, and `new`
    holds its fields; of a row (`sort` ROW) `new` holds all cells by head. `why` says why `new` is
    no value that could be taken as it is; then it is only the text.
    """

    sort: ProposalSort
    kind: str
    record_id: str
    dispute_id: str
    field: str
    old: str
    new: str
    old_shown: str
    new_shown: str
    place: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Changed:
    """A cell that says something else than the program would show."""

    cell: Cell
    expected: Cell
    place: str
    dispute_id: str


def value_json(value: Any) -> str:
    """A field's value as JSON text."""
    return canonical(plain_value(value))


def cell_text(cell: Cell) -> str:
    """A cell as people see it."""
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)


class CellReader:
    """Reads a changed cell back into edits; `full` gives the record that a shown one stands for."""

    def __init__(self, beside: Beside, full: Mapping[tuple[type[Record], str], Record]) -> None:
        self._beside = beside
        self._full = full

    def edits(
        self,
        shown: Shown,
        records: Sequence[Record],
        changed: Changed,
        cells: Mapping[str, Cell],
    ) -> Iterator[Edit]:
        """What the change of a cell means; nothing where it means the same."""
        if shown.role is not None:
            yield from self._parties(shown, records, changed)
        elif records:
            yield from self._field(shown, records[0], changed, cells)
        else:
            yield from self._new(shown, changed, cells)

    def _edit(self, shown: Shown, record: Record | None, changed: Changed) -> Edit:
        """An edit whose values are still the texts."""
        record_id = record.id if record is not None else ""
        own = self._original(record)
        return Edit(
            ProposalSort.EDIT,
            shown.kind,
            record_id,
            changed.dispute_id,
            shown.name,
            value_json(getattr(own, shown.name)) if own is not None else "",
            canonical(cell_text(changed.cell)),
            cell_text(changed.expected),
            cell_text(changed.cell),
            changed.place,
        )

    def _original(self, record: Record | None) -> Record | None:
        return None if record is None else self._full.get((type(record), record.id), record)

    def _field(
        self, shown: Shown, record: Record, changed: Changed, cells: Mapping[str, Cell]
    ) -> Iterator[Edit]:
        own = self._original(record)
        edit = self._edit(shown, record, changed)
        try:
            value = shown.read(changed.cell, self._beside.of(own, cells))
        except NotRead as why:
            yield replace(edit, why=str(why))
            return
        name = shown.name
        if isinstance(value, Other):
            name, value = value.name, value.value
        old = getattr(own, name)
        if value != old:
            yield replace(edit, field=name, old=value_json(old), new=value_json(value))

    def _new(self, shown: Shown, changed: Changed, cells: Mapping[str, Cell]) -> Iterator[Edit]:
        edit = self._edit(shown, None, changed)
        try:
            value = shown.read(changed.cell, self._beside.of(None, cells))
        except NotRead as why:
            yield replace(edit, why=str(why))
            return
        yield replace(edit, new=canonical({shown.name: plain_value(value)}))

    def _parties(self, shown: Shown, parties: Sequence[Record], changed: Changed) -> Iterator[Edit]:
        holding = [party for party in parties if getattr(party, shown.name)]
        old = [str(getattr(party, shown.name)) for party in holding]
        if len(parties) == 1 and shown.name != "name":
            yield from self._field(shown, parties[0], changed, {})
            return
        if any(len(parts(text)) > 1 for text in old):
            why = tr("分不清是哪位当事人的")
            yield replace(self._edit(shown, None, changed), why=why)
            return
        new = parts(cell_text(changed.cell))
        if sorted(map(bare, old)) == sorted(map(bare, new)):
            return
        for ours, text in _side_by_side(old, new):
            one = replace(changed, cell=text or "", expected=old[ours] if ours is not None else "")
            if ours is None:
                yield from self._added(shown, parties, one)
            elif text is None and shown.name == "name":
                yield self._struck_out(shown, holding[ours], one)
            else:
                yield from self._field(shown, holding[ours], one, {})

    def _struck_out(self, shown: Shown, party: Record, changed: Changed) -> Edit:
        edit = self._edit(shown, party, changed)
        return replace(edit, field="void_reason", old=value_json(""), new=value_json(STRUCK_OUT))

    def _added(self, shown: Shown, parties: Sequence[Record], changed: Changed) -> Iterator[Edit]:
        """A text more than there were: a new party, or what one party did not have yet."""
        edit = self._edit(shown, None, changed)
        if shown.name != "name":
            without = [party for party in parties if not getattr(party, shown.name)]
            if len(without) == 1:
                yield from self._field(shown, without[0], changed, {})
            else:
                yield replace(edit, why=tr("分不清是哪位当事人的"))
            return
        try:
            name = shown.read(changed.cell, self._beside.of(None, {}))
        except NotRead as why:
            yield replace(edit, why=str(why))
            return
        role = shown.role.value if shown.role is not None else ""
        yield replace(edit, new=canonical({"name": name, "role": role}))


def _side_by_side(
    old: Sequence[str], new: Sequence[str]
) -> Iterator[tuple[int | None, str | None]]:
    """Each old text's place beside what stands there now; None on one side for more and fewer."""
    matcher = SequenceMatcher(None, [bare(text) for text in old], [bare(text) for text in new])
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            continue
        for step in range(max(i2 - i1, j2 - j1)):
            ours = i1 + step if i1 + step < i2 else None
            text = new[j1 + step] if j1 + step < j2 else None
            yield ours, text
