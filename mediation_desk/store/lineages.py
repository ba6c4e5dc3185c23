"""The versions of records as the history holds them; acts taken back made none.

A line without a lineage is a version of its own, named for its act and made from all before it.
"""

import json
from collections.abc import Collection, Iterable, Iterator

from mediation_desk.domain.codes import ProposalSort, ProposalState
from mediation_desk.domain.record import Record
from mediation_desk.domain.records import from_plain
from mediation_desk.domain.versions import (
    OPEN,
    Lineage,
    Names,
    Version,
    decided,
    together,
    version_of,
)
from mediation_desk.store.connection import Connections, Row, batches

# The plus keeps the database at the index of records instead of that of acts.
_STANDING = (
    "FROM change c JOIN act a ON a.number = +c.act WHERE c.kind = ? AND c.record_id IN ({marks}) "
    "AND a.undoes IS NULL AND NOT EXISTS (SELECT 1 FROM act u WHERE u.undoes = a.number) "
    "ORDER BY c.record_id, c.sequence"
)
_NAMES = f"SELECT c.record_id, a.id, c.lineage {_STANDING}"
_CONTENTS = f"SELECT a.number, a.id, c.lineage, c.content {_STANDING}"
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
        record_id: decided(told[0]) if len(told) == 1 else together(*reversed(told))
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
    lines = list(_asked(connections, _CONTENTS, kind, (record_id,)))
    own = {act: place for place, (act, *_) in enumerate(lines)}
    asking = _Asking(connections, kind, record_id)
    found: list[Version] = []
    before: set[str] = set()
    for place, (act, act_id, lineage, content) in enumerate(lines):
        told = Lineage.of(lineage.split(" ") if lineage else (version_of(act_id), *before))
        name, record = told.names[0], from_plain(kind, json.loads(content))
        made_from = frozenset(told.names) - {name}
        telling = name in told.known and record.personal_revision > 0
        # What an act noted before it wrote our version is theirs: our questions are not in it.
        asked = asking.at(act) if own[act] == place else frozenset()
        found.append(Version(name, made_from, record, telling, told.undecided | asked))
        before |= {name, *made_from}
    return found[::-1]


class _Asking:
    """Which fields of a record were in question after which act."""

    def __init__(self, connections: Connections, kind: str, record_id: str) -> None:
        sql = "SELECT id FROM proposal WHERE about_kind = ? AND about_id = ? AND sort = ?"
        asked = connections.rows(sql, (kind, record_id, ProposalSort.CONFLICT.value))
        self._states: list[tuple[int, str, bool]] = []
        for act, _, _, content in _asked(connections, _CONTENTS, "proposal", [e[0] for e in asked]):
            told = json.loads(content)
            open_ = told["state"] == ProposalState.OPEN.value and not told["void_reason"]
            self._states.append((act, told["field_name"], open_))
        self._states.sort(key=lambda state: state[0])

    def at(self, act: int) -> frozenset[str]:
        """The fields in question when an act was done."""
        stood: dict[str, bool] = {}
        for number, name, open_ in self._states:
            if number > act:
                break
            stood[name] = open_
        return frozenset(name for name, open_ in stood.items() if open_)


def at_version(
    connections: Connections, kind: str, record_id: str, names: Collection[str]
) -> Record | None:
    """The newest content of a record whose version is among `names`."""
    wanted = set(names)
    found = versions(connections, kind, record_id)
    return next((version.record for version in found if version.name in wanted), None)
