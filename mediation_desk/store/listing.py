"""Pages of the dispute list: paged by place or by the key of their order, never by counting."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple, cast

from mediation_desk.domain.casefile import CaseFile, sides
from mediation_desk.domain.cases import Dispute
from mediation_desk.domain.codes import AgreementForm, Delegation, PartyKind, PartyRole
from mediation_desk.domain.dispute_types import TypeTable
from mediation_desk.domain.fields import describe
from mediation_desk.domain.finding import DisputeRow, Find, Order, Page
from mediation_desk.domain.limits import Entrusted, Limits
from mediation_desk.domain.numbering import case_number
from mediation_desk.domain.organisation import Unit
from mediation_desk.domain.periods import Period
from mediation_desk.store.connection import Connections, Row, batches
from mediation_desk.store.narrowing import BY_COURT, SORTED_AMONG, STRETCHES, Stretch, narrowed
from mediation_desk.store.rows import in_side_table, reading
from mediation_desk.store.same_cases import mains

_SHORT = tuple(entry for entry in describe(Dispute) if not in_side_table("dispute", entry))
_DISPUTE = reading("dispute", _SHORT)
_COLUMNS = f"r.row, {_DISPUTE.columns}"
_ROLE = {role.value: role for role in PartyRole}
_KIND = {kind.value: kind for kind in PartyKind}
# Nearly every case; its names are its sides, whatever `sides` says of the others.
_ONE_AGAINST_ONE = [PartyRole.APPLICANT.value, PartyRole.RESPONDENT.value]

Units = Callable[[str], Unit | None]


class _Side(NamedTuple):
    """All that a line of the list says of a party."""

    role: PartyRole
    kind: PartyKind
    name: str


class _Parties(NamedTuple):
    """A case file as far as `sides` looks at it; a whole one would cost more than the page."""

    parties: tuple[_Side, ...] = ()


def _sides(connections: Connections, ids: Sequence[str]) -> dict[str, tuple[str, str]]:
    marks = ", ".join("?" * len(ids))
    # In the order of a case file.
    sql = (
        f"SELECT dispute_id, role, kind, name FROM party WHERE dispute_id IN ({marks}) "
        "AND void_reason = '' ORDER BY role, position, id"
    )
    found: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
    for dispute_id, *said in connections.rows(sql, ids):
        found[dispute_id].append(tuple(said))
    return {dispute_id: _both(parties) for dispute_id, parties in found.items()}


def _both(parties: list[tuple[str, str, str]]) -> tuple[str, str]:
    """The two sides out of role, kind and name of each party."""
    if [party[0] for party in parties] == _ONE_AGAINST_ONE:
        return parties[0][2], parties[1][2]
    told = tuple(_Side(_ROLE[role], _KIND[kind], name) for role, kind, name in parties)
    return sides(cast(CaseFile, _Parties(told)))


def _forms(connections: Connections, ids: Sequence[str]) -> dict[str, AgreementForm]:
    marks = ", ".join("?" * len(ids))
    # Should a dispute have several agreements, the last one counts.
    sql = (
        f"SELECT dispute_id, form FROM agreement WHERE dispute_id IN ({marks}) "
        "AND void_reason = '' ORDER BY agreed_on, id"
    )
    return {row[0]: AgreementForm.of(row[1]) for row in connections.rows(sql, ids)}


def _shown(
    connections: Connections, rows: list[Row], types: TypeTable, units: Units, pattern: str
) -> tuple[DisputeRow, ...]:
    disputes = [(row[0], cast(Dispute, _DISPUTE.made(row[1:]))) for row in rows]
    ids = [dispute.id for _, dispute in disputes]
    named, forms = _sides(connections, ids), _forms(connections, ids)
    counting = _counting_for(connections, ids, units, pattern)
    courts = _courts(connections, [entry.id for _, entry in disputes if entry.outcome is None])
    shown = []
    for place, dispute in disputes:
        unit = units(dispute.unit_id)
        left, right = named.get(dispute.id, ("", ""))
        shown.append(
            DisputeRow(
                row=place,
                dispute=dispute,
                number=case_number(dispute, unit, pattern),
                applicants=left,
                respondents=right,
                type_label=types.label(dispute.type),
                unit_name=unit.name if unit else "",
                form=forms.get(dispute.id),
                same_as=counting.get(dispute.id, ""),
                entrusted=tuple(courts.get(dispute.id, ())),
            )
        )
    return tuple(shown)


def _courts(connections: Connections, ids: Sequence[str]) -> dict[str, list[Entrusted]]:
    """How and when courts handed these disputes over, by dispute, as long as they wait."""
    found: dict[str, list[Entrusted]] = defaultdict(list)
    for part in batches(ids):
        marks = ", ".join("?" * len(part))
        sql = (
            "SELECT r.dispute_id, r.delegation, r.received_on FROM referral r "
            f"WHERE r.dispute_id IN ({marks}) AND {BY_COURT} AND r.answered_on IS NULL"
        )
        for dispute_id, how, day in connections.rows(sql, part):
            found[dispute_id].append((Delegation.of(how), date.fromisoformat(day)))
    return found


def _counting_for(
    connections: Connections, ids: Sequence[str], units: Units, pattern: str
) -> dict[str, str]:
    """By the disputes that are counted as another entry, that one's number."""
    found = mains(connections, ids)
    numbers: dict[str, str] = {}
    for part in batches(set(found.values())):
        marks = ", ".join("?" * len(part))
        sql = f"SELECT {_DISPUTE.columns} FROM dispute r WHERE r.id IN ({marks})"
        for row in connections.rows(sql, part):
            dispute = cast(Dispute, _DISPUTE.made(row))
            numbers[dispute.id] = case_number(dispute, units(dispute.unit_id), pattern)
    return {other: numbers[main] for other, main in found.items()}


def page(
    connections: Connections,
    find: Find,
    after: int | None,
    size: int,
    types: TypeTable,
    units: Units,
    limits: Limits,
) -> Page:
    """`size` lines after the line at the place `after`, and the place from which to go on."""
    # One more than is shown tells whether there are more.
    if find.order in STRETCHES:
        rows = _sorted_rows(connections, find, after, size + 1, limits)
    else:
        rows = _dated_rows(connections, find, after, size + 1, limits)
    last = rows[size - 1][0] if len(rows) > size else None
    shown = _shown(connections, rows[:size], types, units, limits.settings.numbering_pattern)
    return Page(shown, last)


def _dated_rows(
    connections: Connections, find: Find, after: int | None, size: int, limits: Limits
) -> list[Row]:
    """Lines along their places, which are their days."""
    asked = narrowed(find, limits)
    sign, way = (">", "ASC") if find.order is Order.OLDEST else ("<", "DESC")
    on = [] if after is None else [after]
    where = asked.where(*(f"{asked.place} {sign} ?" for _ in on))
    sql = f"SELECT {_COLUMNS} FROM {where} ORDER BY {asked.place} {way} LIMIT ?"
    return connections.rows(sql, [*asked.values, *on, size])


def _sorted_rows(
    connections: Connections, find: Find, after: int | None, size: int, limits: Limits
) -> list[Row]:
    """Lines in an order of their own: of all disputes by an index, else of the newest found."""
    asked = narrowed(find, limits)
    source, values = asked.where(), list(asked.values)
    if not asked.whole:
        newest = f"SELECT {asked.place} AS row FROM {source} ORDER BY {asked.place} DESC LIMIT ?"
        source = f"({newest}) newest CROSS JOIN dispute r ON r.row = newest.row WHERE 1"
        values.append(SORTED_AMONG)
    rows: list[Row] = []
    for condition, on, sorting in _left(connections, STRETCHES[find.order], after):
        sql = f"SELECT {_COLUMNS} FROM {source} AND {condition} ORDER BY {sorting} LIMIT ?"
        rows += connections.rows(sql, [*values, *on, size - len(rows)])
        if len(rows) >= size:
            break
    return rows


def _left(
    connections: Connections, stretches: Iterable[Stretch], after: int | None
) -> Iterator[tuple[str, Sequence[object], str]]:
    """What comes after the line at `after`: conditions with their values, and ORDER BY."""
    for stretch in stretches:
        if after is None:
            yield stretch.condition, (), stretch.sorting
            continue
        key = _key(connections, stretch, after)
        if key is None:
            # The line lies in a stretch further on.
            continue
        for condition, taken in stretch.after:
            yield f"{stretch.condition} AND {condition}", key[:taken], stretch.sorting
        after = None


def _key(connections: Connections, stretch: Stretch, place: int) -> Row | None:
    """Where the line at `place` stands in `stretch`; None if it is not in it."""
    columns = ", ".join(stretch.columns)
    sql = f"SELECT {columns} FROM dispute r WHERE r.row = ? AND {stretch.condition}"
    return connections.one(sql, (place,))


def rows_at(
    connections: Connections, places: Sequence[int], types: TypeTable, units: Units, pattern: str
) -> tuple[DisputeRow, ...]:
    """The lines at known places, newest first."""
    marks = ", ".join("?" * len(places))
    sql = f"SELECT {_COLUMNS} FROM dispute r WHERE r.row IN ({marks}) ORDER BY r.row DESC"
    return _shown(connections, connections.rows(sql, places), types, units, pattern)


def count(connections: Connections, find: Find, cap: int, limits: Limits) -> int:
    """How many disputes `find` finds, counted no further than one beyond `cap`."""
    asked = narrowed(find, limits)
    where, place = asked.where(), asked.place
    if asked.by_words:
        # The index alone knows; looking up each of a thousand disputes takes ten times as long.
        where, place = "search WHERE search MATCH ?", "rowid"
    sql = f"SELECT count(*) FROM (SELECT {place} FROM {where} LIMIT ?)"
    row = connections.one(sql, [*asked.values, cap + 1])
    return int(row[0]) if row else 0


def sorted_among(connections: Connections, find: Find, limits: Limits) -> int:
    """How many of the newest a page of `find` is sorted among; 0 where that is all of them."""
    if find.order not in STRETCHES or narrowed(find, limits).whole:
        return 0
    more = count(connections, find, SORTED_AMONG, limits) > SORTED_AMONG
    return SORTED_AMONG if more else 0


def in_name_order(connections: Connections, ids: Collection[str]) -> list[str]:
    """Disputes in the order of names, those of one name the newest first."""
    found: list[Row] = []
    for part in batches(ids):
        marks = ", ".join("?" * len(part))
        sql = f"SELECT name_key, -row, id FROM dispute WHERE id IN ({marks})"
        found += connections.rows(sql, part)
    return [row[2] for row in sorted(found)]


def ids_of_period(
    connections: Connections, unit_id: str, period: Period, also: Collection[str]
) -> list[str]:
    """The disputes of a committee that a package of `period` tells of, by year and number."""
    own = "SELECT year, number, id FROM dispute WHERE unit_id = ?"
    first, last = period.first.isoformat(), period.last.isoformat()
    found = set(
        connections.rows(
            f"{own} AND (intake_on BETWEEN ? AND ? OR closed_on BETWEEN ? AND ? "
            "OR (intake_on < ? AND (closed_on IS NULL OR closed_on > ?)))",
            (unit_id, first, last, first, last, first, last),
        )
    )
    for part in batches(also):
        marks = ", ".join("?" * len(part))
        found.update(connections.rows(f"{own} AND id IN ({marks})", (unit_id, *part)))
    return [row[2] for row in sorted(found)]
