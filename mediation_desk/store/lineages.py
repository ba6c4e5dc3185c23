"""The versions of records as the history holds them; acts taken back made none.

A line without a lineage is a version of its own, named for its act and made from all before it.
"""

import json
from collections.abc import Collection, Iterable, Iterator

from mediation_desk.domain.codes import ProposalSort, ProposalState
from mediation_desk.domain.record import Record
from mediation_desk.domain.records import from_plain
from mediation_desk.domain.versions import OPEN, Lineage, Names, Version, together, version_of
from mediation_desk.store.connection import Connections, Row, batches

# The plus keeps the database at the index of records instead of that of acts.
_STANDING = (
    "FROM change c JOIN act a ON a.number = +c.act WHERE c.kind = ? AND c.record_id IN ({marks}) "
    "AND a.undoes IS NULL AND NOT EXISTS (SELECT 1 FROM act u WHERE u.undoes = a.number) "
    "ORDER BY c.record_id, c.sequence"
)
_NAMES = f"SELECT c.record_id, a.id, c.lineage {_STANDING}"
_CONTENTS = f"SELECT a.id, c.lineage, c.content {_STANDING}"
_UNDECIDED = (
    "SELECT about_id, field_name FROM proposal WHERE about_kind = ? AND about_id IN ({marks}) "
    "AND state = ? AND sort = ? AND void_reason = '' ORDER BY about_id, field_name"
)


def _asked(connections: Connections, sql: str, kind: str, ids: Iterable[str]) -> Iterator[Row]:
    for part in batches(ids):
        marks = ", ".join("?" * len(part))
        yield from connections.rows(sql.format(marks=marks), (kind, *part))


def lineages(connections: Connections, kind: str, ids: Collection[str]) -> dict[str, Names]:
    """The lineage of each of these records that is here, its present version first.

    A field about which two sides differ and nobody has decided comes last, marked as open.
    """
    lines: dict[str, list[Names]] = {}
    for record_id, act_id, lineage in _asked(connections, _NAMES, kind, ids):
        names = tuple(lineage.split(" ")) if lineage else (version_of(act_id),)
        lines.setdefault(record_id, []).append(names)
    # The newest line first; a version adopted tells its ancestors itself.
    found = {
        record_id: told[0] if len(told) == 1 else together(*reversed(told))
        for record_id, told in lines.items()
    }
    for record_id, name in _undecided(connections, kind, found):
        found[record_id] += (OPEN + name,)
    return found


def _undecided(connections: Connections, kind: str, ids: Iterable[str]) -> Iterator[Row]:
    state, sort = ProposalState.OPEN.value, ProposalSort.CONFLICT.value
    if connections.one("SELECT 1 FROM proposal WHERE state = ? AND sort = ?", (state, sort)):
        for part in batches(ids):
            marks = ", ".join("?" * len(part))
            yield from connections.rows(_UNDECIDED.format(marks=marks), (kind, *part, state, sort))


def versions(connections: Connections, kind: str, record_id: str) -> list[Version]:
    """What the history knows of a record, the newest first; theirs that were merged as well."""
    found: list[Version] = []
    before: set[str] = set()
    for act_id, lineage, content in _asked(connections, _CONTENTS, kind, (record_id,)):
        told = Lineage.of(lineage.split(" ") if lineage else (version_of(act_id), *before))
        name, record = told.names[0], from_plain(kind, json.loads(content))
        made_from = frozenset(told.names) - {name}
        telling = name in told.known and record.personal_revision > 0
        found.append(Version(name, made_from, record, telling))
        before |= {name, *made_from}
    return found[::-1]


def at_version(
    connections: Connections, kind: str, record_id: str, names: Collection[str]
) -> Record | None:
    """The newest content of a record whose version is among `names`."""
    wanted = set(names)
    found = versions(connections, kind, record_id)
    return next((version.record for version in found if version.name in wanted), None)
