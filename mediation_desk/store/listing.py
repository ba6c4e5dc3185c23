"""Pages of the dispute list: newest first, paged by place, searched as one types."""

from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from datetime import timedelta
from typing import NamedTuple, cast

from mediation_desk.domain.casefile import CaseFile, sides
from mediation_desk.domain.cases import Dispute
from mediation_desk.domain.codes import AgreementForm, PartyKind, PartyRole
from mediation_desk.domain.dispute_types import TypeTable
from mediation_desk.domain.fields import describe
from mediation_desk.domain.finding import DisputeRow, Find, Page
from mediation_desk.domain.numbering import case_number
from mediation_desk.domain.organisation import Unit
from mediation_desk.domain.periods import Period
from mediation_desk.store.connection import Connections, Row, batches
from mediation_desk.store.places import first_place
from mediation_desk.store.rows import in_side_table, reading
from mediation_desk.store.wording import query

_SHORT = tuple(entry for entry in describe(Dispute) if not in_side_table("dispute", entry))
_DISPUTE = reading("dispute", _SHORT)
_COLUMNS = f"r.row, {_DISPUTE.columns}"
_ROLE = {role.value: role for role in PartyRole}
_KIND = {kind.value: kind for kind in PartyKind}
# Nearly every case; its names are its sides, whatever `sides` says of the others.
_ONE_AGAINST_ONE = [PartyRole.APPLICANT.value, PartyRole.RESPONDENT.value]

Units = Callable[[str], Unit | None]


def _where(find: Find) -> tuple[str, str, list[object]]:
    """What to select from, the conditions and their values."""
    source = "dispute r"
    conditions: list[str] = []
    values: list[object] = []
    place = "r.row"
    if find.text.strip():
        words = query(find.text, find.unit_id)
        # Nothing but punctuation was typed: it finds nothing, rather than everything.
        conditions.append("search MATCH ?" if words else "? = 'x'")
        values.append(words)
        source, place = "search s CROSS JOIN dispute r ON r.row = s.rowid", "s.rowid"
    period = find.period
    wanted: list[tuple[str, object]] = [
        ("r.unit_id = ?", find.unit_id),
        ("r.type = ?", find.type),
        ("r.status = ?", find.status.value if find.status else ""),
        ("r.outcome = ?", find.outcome.value if find.outcome else ""),
        # Places are days, so that a period is a stretch of the list; the plus keeps the database
        # from gathering the period by another index and sorting it for each page.
        (f"{place} >= ?", first_place(period.first) if period else 0),
        (f"{place} < ?", first_place(period.last + timedelta(days=1)) if period else 0),
        ("+r.intake_on >= ?", period.first.isoformat() if period else ""),
        ("+r.intake_on <= ?", period.last.isoformat() if period else ""),
    ]
    for condition, value in wanted:
        if value:
            conditions.append(condition)
            values.append(value)
    return f"{source} WHERE {' AND '.join(conditions) or '1'}", place, values


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
            )
        )
    return tuple(shown)


def page(
    connections: Connections,
    find: Find,
    after: int | None,
    size: int,
    types: TypeTable,
    units: Units,
    pattern: str,
) -> Page:
    """`size` lines after the place `after`, and the place from which to go on."""
    where, place, values = _where(find)
    if after is not None:
        where += f" AND {place} < ?"
        values.append(after)
    sql = f"SELECT {_COLUMNS} FROM {where} ORDER BY {place} DESC LIMIT ?"
    # One more than is shown tells whether there are more.
    rows = connections.rows(sql, [*values, size + 1])
    last = rows[size - 1][0] if len(rows) > size else None
    rows = rows[:size]
    return Page(_shown(connections, rows, types, units, pattern), last)


def rows_at(
    connections: Connections, places: Sequence[int], types: TypeTable, units: Units, pattern: str
) -> tuple[DisputeRow, ...]:
    """The lines at known places, newest first."""
    marks = ", ".join("?" * len(places))
    sql = f"SELECT {_COLUMNS} FROM dispute r WHERE r.row IN ({marks}) ORDER BY r.row DESC"
    return _shown(connections, connections.rows(sql, places), types, units, pattern)


def count(connections: Connections, find: Find, cap: int) -> int:
    """How many disputes `find` finds, counted no further than one beyond `cap`."""
    words = query(find.text, find.unit_id)
    if words and find == Find(text=find.text, unit_id=find.unit_id):
        # The index alone knows; looking up each of a thousand disputes takes ten times as long.
        values: list[object] = [words]
        sql = "SELECT count(*) FROM (SELECT rowid FROM search WHERE search MATCH ? LIMIT ?)"
    else:
        where, place, values = _where(find)
        sql = f"SELECT count(*) FROM (SELECT {place} FROM {where} LIMIT ?)"
    row = connections.one(sql, [*values, cap + 1])
    return int(row[0]) if row else 0


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
