"""Keeping the search index and the order of names in step with the disputes."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import chain

from mediation_desk.domain.codes import PartyKind
from mediation_desk.store import beside
from mediation_desk.store.connection import Connections, batches
from mediation_desk.store.pinyin import sorting_key
from mediation_desk.store.wording import body, number_token, tag

# Kinds of records, beside the dispute itself, whose words or values a dispute is found by.
FOUND_BY = frozenset({"party", "agent", "session", "agreement", "promise", "risk"})

# To be raised whenever `bodies` or `wording` puts other words into the index, and whenever
# `pinyin` orders names otherwise.
_VERSION = "4"
_SETTING = "search_index"

# How many parts of the index are let be before some are merged, as its makers chose, and while
# many acts are written in a row.
USUAL_PARTS = {"automerge": 4, "crisismerge": 16}
_MANY_PARTS = {"automerge": 0, "crisismerge": 500}
_ALL_PAGES = 1_000_000


def _marks(values: Collection[object]) -> str:
    return ", ".join("?" * len(values))


def forget(connections: Connections, ids: Collection[str]) -> None:
    """Take disputes out of the index; they must still be in their table."""
    for batch in batches(ids):
        rows = f"SELECT row FROM dispute WHERE id IN ({_marks(batch)})"
        connections.run(f"DELETE FROM search WHERE rowid IN ({rows})", batch)


def refresh(
    connections: Connections, ids: Iterable[str], new: Collection[int] = frozenset()
) -> None:
    """Index disputes anew after a change to them or to what they are found by.

    Those at `new` places never were in the index.
    """
    places = sorted(place for batch in batches(ids) for place in _places(connections, batch))
    # Rows in ascending order: for any other the index would write each one out by itself.
    for batch in batches(places):
        old = [(place,) for place in batch if place not in new]
        connections.many("DELETE FROM search WHERE rowid = ?", old)
        _insert(connections, batch)


@contextmanager
def merging_later(connections: Connections) -> Iterator[None]:
    """Merge the index once at the end, instead of most of it again with every few acts inside."""
    _let_be(connections, _MANY_PARTS)
    try:
        yield
    finally:
        _let_be(connections, USUAL_PARTS)
    connections.run("INSERT INTO search (search, rank) VALUES ('merge', ?)", (_ALL_PAGES,))


def _let_be(connections: Connections, parts: Mapping[str, int]) -> None:
    connections.many("INSERT INTO search (search, rank) VALUES (?, ?)", list(parts.items()))


def _merges(connections: Connections) -> bool:
    """Whether the index is merged as usual, which a program that was killed left undone."""
    told = connections.one("SELECT v FROM search_config WHERE k = 'automerge'")
    return told is None or told[0] == USUAL_PARTS["automerge"]


def bring_up_to_date(connections: Connections) -> None:
    """Index all disputes anew if they were indexed by a program that chose other words.

    What an older program left without notes is noted first.
    """
    beside.begin(connections)
    if not _merges(connections):
        _let_be(connections, USUAL_PARTS)
    known = connections.one("SELECT content FROM setting WHERE name = ?", (_SETTING,))
    if known == (_VERSION,):
        return
    with connections.transaction():
        connections.run("INSERT INTO search (search) VALUES ('delete-all')")
        places = [row[0] for row in connections.rows("SELECT row FROM dispute ORDER BY row")]
        for batch in batches(places):
            _insert(connections, batch)
        with beside.noted(connections, "setting", _SETTING):
            connections.run(
                "INSERT INTO setting (name, content) VALUES (?, ?) "
                "ON CONFLICT(name) DO UPDATE SET content = excluded.content",
                (_SETTING, _VERSION),
            )


def strays(connections: Connections) -> Iterator[int]:
    """The places whose dispute the search or the order of names knows otherwise than it is."""
    sql = (
        "SELECT row FROM dispute WHERE row NOT IN (SELECT id FROM search_docsize) UNION "
        "SELECT id FROM search_docsize WHERE id NOT IN (SELECT row FROM dispute)"
    )
    yield from (row[0] for row in connections.rows(sql))
    rows = connections.rows("SELECT row, name_key FROM dispute ORDER BY row")
    for batch in batches(rows):
        known: dict[int, str] = dict(batch)
        for place, key in _name_keys(connections, list(known)):
            if known[place] != key:
                yield place


def _insert(connections: Connections, places: Collection[int]) -> None:
    sql = "INSERT INTO search (rowid, body) VALUES (?, ?)"
    connections.many(sql, list(bodies(connections, places)))
    keys = [(key, place, key) for place, key in _name_keys(connections, places)]
    sql = "UPDATE dispute SET name_key = ? WHERE row = ? AND name_key <> ?"
    connections.many(sql, keys)


# Applicants come first in a case file, and where nobody applied the first of the others.
_FIRST = (
    "SELECT d.row, x.name, x.kind FROM dispute d LEFT JOIN party x ON x.dispute_id = d.id "
    "AND x.void_reason = '' WHERE d.row IN ({}) ORDER BY x.role DESC, x.position DESC, x.id DESC"
)


def _name_keys(connections: Connections, places: Collection[int]) -> Iterator[tuple[int, str]]:
    """Where each dispute stands in the order of names."""
    rows = connections.rows(_FIRST.format(_marks(places)), tuple(places))
    # Of each dispute the last row counts, which is its first party.
    for row, (name, kind) in {row: tuple(told) for row, *told in rows}.items():
        yield row, sorting_key(name or "", person=kind == PartyKind.NATURAL.value)


def _places(connections: Connections, ids: Collection[str]) -> list[int]:
    sql = f"SELECT row FROM dispute WHERE id IN ({_marks(ids)})"
    return [row[0] for row in connections.rows(sql, tuple(ids))]


_NAMES = (
    "SELECT x.dispute_id, x.name, x.representative FROM dispute d JOIN party x "
    "ON x.dispute_id = d.id WHERE x.void_reason = '' AND ",
    "SELECT x.dispute_id, x.name FROM dispute d JOIN agent x "
    "ON x.dispute_id = d.id WHERE x.void_reason = '' AND ",
)
_WORDS = (
    "SELECT x.dispute_id, x.id_number, x.phone, x.address FROM dispute d JOIN party x "
    "ON x.dispute_id = d.id WHERE x.void_reason = '' AND ",
    "SELECT x.dispute_id, x.narrative FROM dispute d JOIN session x "
    "ON x.dispute_id = d.id WHERE x.void_reason = '' AND ",
    "SELECT x.dispute_id, x.content FROM dispute d JOIN agreement x "
    "ON x.dispute_id = d.id WHERE x.void_reason = '' AND ",
    "SELECT x.dispute_id, x.what FROM dispute d JOIN promise x "
    "ON x.dispute_id = d.id WHERE x.void_reason = '' AND ",
)
# The last level counts, as in a case file.
_LEVELS = (
    "SELECT x.dispute_id, x.level FROM dispute d JOIN risk x ON x.dispute_id = d.id "
    "WHERE x.void_reason = '' AND {} ORDER BY x.assessed_on, x.position, x.id"
)
_DISPUTES = (
    "SELECT d.row, d.id, d.unit_id, d.type, d.status, d.outcome, d.mediator_ids, d.year, d.number, "
    "d.place, t.facts, t.requests "
    "FROM dispute d JOIN dispute_text t ON t.id = d.id WHERE {} ORDER BY d.row"
)


def _gathered(
    connections: Connections, questions: Iterable[str], at: str, places: Collection[int]
) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for question in questions:
        for dispute_id, *said in connections.rows(question + at, tuple(places)):
            found[dispute_id].extend(filter(None, said))
    return found


def bodies(connections: Connections, places: Collection[int]) -> Iterator[tuple[int, str]]:
    """What the index has to hold of the disputes at these places."""
    at = f"d.row IN ({_marks(places)})"
    names = _gathered(connections, _NAMES, at, places)
    texts = _gathered(connections, _WORDS, at, places)
    levels: dict[str, str] = dict(connections.rows(_LEVELS.format(at), tuple(places)))
    for row, id_, *values in connections.rows(_DISPUTES.format(at), tuple(places)):
        *tagged, year, number, place, facts, requests = values
        marks = [number_token(year, number), *_tags(tagged, levels.get(id_))]
        words = chain((str(year), str(number), f"{number:03d}", place, facts, requests), texts[id_])
        yield row, body(marks, words, dict.fromkeys(names[id_]))


def _tags(values: Iterable[object], level: str | None) -> Iterator[str]:
    unit_id, type_, status, outcome, mediators = values
    told = (("unit_id", unit_id), ("type", type_), ("status", status), ("outcome", outcome))
    for what, value in (*told, ("level", level)):
        if value:
            yield tag(what, str(value))
    for mediator in json.loads(str(mediators)):
        yield tag("mediator_id", mediator)
