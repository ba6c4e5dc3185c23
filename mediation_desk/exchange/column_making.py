"""How a column says what it shows: of which field of which record, and what its cells hold."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, Generic, TypeVar, cast

from mediation_desk.domain.casefile import CaseFile
from mediation_desk.domain.cases import Party
from mediation_desk.domain.codes import Code, PartyRole
from mediation_desk.domain.fields import Form, fields_by_name
from mediation_desk.domain.prevention import Prevention, Publicity, Screening
from mediation_desk.domain.record import Record
from mediation_desk.domain.records import KINDS
from mediation_desk.exchange.cells import Kind, RowForm, Value
from mediation_desk.exchange.reading_back import Reader, Shown
from mediation_desk.exchange.shelf import CaseRow, Shelf, WorkRow
from mediation_desk.words import tr

Row = TypeVar("Row")

YES, NO = tr("是"), tr("否")


@dataclass(frozen=True, slots=True)
class Column(Generic[Row]):
    """One column: head, width in characters, kind, the value of a row, and which field it shows.

    A `personal` column stands only in a package that was deliberately made in full. Where rows
    hold different sorts of records, `shows` has one entry for each; a column that shows no field
    is derived, and a change of it changes nothing.
    """

    head: str
    width: float
    value: Callable[[Row], Value]
    kind: Kind = Kind.TEXT
    personal: bool = False
    shows: tuple[Shown, ...] = ()

    @property
    def derived(self) -> bool:
        """Whether the program works this column out, so that nobody can correct it here."""
        return not self.shows


@dataclass(frozen=True, slots=True)
class Sheet(Generic[Row]):
    """A visible sheet of rows; `key` names the columns that tell its rows apart.

    `record` gives the record that a row is about; others may hang on it.
    """

    title: str
    heading: str
    rows: Callable[[Shelf], Iterator[Row]]
    columns: tuple[Column[Row], ...]
    key: tuple[str, ...]
    record: Callable[[Row], Record]

    def shown(self, *, personal: bool) -> tuple[Column[Row], ...]:
        """The columns of a package with or without full personal values."""
        return tuple(column for column in self.columns if personal or not column.personal)

    def form(self, *, personal: bool) -> RowForm:
        """The row form for this sheet's columns."""
        shown = self.shown(personal=personal)
        heads = [column.head for column in shown]
        kinds, widths = [column.kind for column in shown], [column.width for column in shown]
        return RowForm(self.title, heads, kinds, widths)

    def values(self, shelf: Shelf) -> Iterator[list[Value]]:
        """The values of every row in the order of the sheet."""
        takes = [column.value for column in self.shown(personal=shelf.head.personal)]
        for row in self.rows(shelf):
            yield [take(row) for take in takes]

    def number_of(self, head: str, *, personal: bool) -> int:
        """The number of the column with this head, from 1."""
        heads = [column.head for column in self.shown(personal=personal)]
        return heads.index(head) + 1


def words(code: Code | None) -> str:
    """The official words of a code, empty for none."""
    return code.label if code is not None else ""


def yes_no(value: bool | None) -> str:  # noqa: FBT001 - the value itself, not an option
    """是 or 否; empty where it was not asked."""
    return "" if value is None else YES if value else NO


def _value(kind: str, path: str, name: str) -> Callable[[Any], Value]:
    """What a cell shows of a field, by the form that its description gives."""
    get = attrgetter(f"{path}.{name}")
    form = fields_by_name(KINDS[kind])[name].form
    if form is Form.CODE:
        return lambda row: words(get(row))
    if form is Form.YES_NO:
        return lambda row: yes_no(get(row))
    return cast(Callable[[Any], Value], get)


@dataclass(frozen=True, slots=True)
class Fields:
    """Makes the columns that show fields of one record of a row, found there under `path`."""

    kind: str
    path: str

    def __call__(
        self,
        head: str,
        width: float,
        name: str,
        kind: Kind = Kind.TEXT,
        *,
        personal: bool = False,
        value: Callable[[Any], Value] | None = None,
        reader: Reader | None = None,
    ) -> Column[Any]:
        """A column; `value` and `reader` where the field's description is not enough."""
        get = attrgetter(self.path)
        shown = Shown(self.kind, name, lambda row: (get(row),), reader=reader)
        take = value or _value(self.kind, self.path, name)
        return Column(head, width, take, kind, personal, (shown,))


def of_agreement(
    head: str, width: float, name: str, take: Callable[[CaseFile], Value], kind: Kind = Kind.TEXT
) -> Column[CaseRow]:
    """A column that shows a field of the case's agreement, empty where there is none."""

    def records(row: CaseRow) -> tuple[Record, ...]:
        return (row.case.agreement,) if row.case.agreement else ()

    return Column(
        head, width, lambda row: take(row.case), kind, shows=(Shown("agreement", name, records),)
    )


def of_parties(
    head: str, width: float, side: PartyRole, name: str, *, personal: bool = False
) -> Column[CaseRow]:
    """A column that joins a field of all parties of one side."""
    get: Callable[[Party], str] = attrgetter(name)

    def records(row: CaseRow) -> tuple[Record, ...]:
        return tuple(party for party in row.case.parties if party.role is side)

    def value(row: CaseRow) -> str:
        texts = (get(party) for party in row.case.parties if party.role is side)
        return tr("、").join(text for text in texts if text)

    return Column(head, width, value, Kind.LONG, personal, (Shown("party", name, records, side),))


_WORKS: tuple[tuple[str, type[Record]], ...] = (
    ("screening", Screening),
    ("prevention", Prevention),
    ("publicity", Publicity),
)


def of_work(
    head: str, width: float, kind: Kind, constant: str = "", **names: str
) -> Column[WorkRow]:
    """A column of work; `names` tells the field of each sort, a sort without one shows nothing.

    Screening shows `constant` where it has no field.
    """

    def records(sort: type[Record]) -> Callable[[WorkRow], tuple[Record, ...] | None]:
        return lambda row: (row.record,) if isinstance(row.record, sort) else None

    takes: dict[type, Callable[[Any], Value]] = {
        sort: _value(of, "record", names[of]) for of, sort in _WORKS if of in names
    }
    shows = tuple(Shown(of, names[of], records(sort)) for of, sort in _WORKS if of in names)

    def value(row: WorkRow) -> Value:
        take = takes.get(type(row.record))
        if take is not None:
            return take(row)
        return constant if isinstance(row.record, Screening) else None

    return Column(head, width, value, kind, shows=shows)
