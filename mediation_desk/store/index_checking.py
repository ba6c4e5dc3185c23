"""Whether a register finds its disputes as they are: the search index against one made anew."""

from collections.abc import Iterator
from contextlib import contextmanager

from mediation_desk.domain.problems import DeskError
from mediation_desk.store import indexing
from mediation_desk.store.connection import Connections, batches

_AGAIN = "search_again"
# Made anew in memory, as on the disk its words could be read. Of more disputes, which no desk of a
# township has, a small computer has not the room; their index is seen to fit together.
_MOST = 30_000
# What the index holds by word, by dispute, and of each place of a word; the last in one value.
# How many words there are in all is not asked: it decides about nothing that we ask the index.
_WORDS = "SELECT term, doc, cnt FROM temp.{}_words ORDER BY term"
_SIZES = "SELECT id, sz FROM {}_docsize ORDER BY id"
_PLACES = "SELECT count(*), sum((doc % 2147483647) * (offset + 7) % 1000003) FROM temp.{}_places"


def whole(connections: Connections) -> bool:
    """Whether the index is the one that the disputes make; takes as long as indexing them.

    Of very many it is only seen whether its parts fit together.
    """
    try:
        connections.run("INSERT INTO search (search) VALUES ('integrity-check')")
        counted = connections.one("SELECT count(*) FROM dispute")
        if counted is not None and counted[0] > _MOST:
            return True
        with _made_anew(connections):
            asked = (_WORDS, _SIZES, _PLACES)
            return _settings_usual(connections) and all(_same(connections, sql) for sql in asked)
    except DeskError:
        # It cannot even be asked.
        return False


def _settings_usual(connections: Connections) -> bool:
    usual: dict[str, int] = dict(connections.rows(f"SELECT k, v FROM {_AGAIN}_config"))
    found: dict[str, int] = dict(connections.rows("SELECT k, v FROM search_config"))
    return usual.items() <= found.items() <= (indexing.USUAL_PARTS | usual).items()


def _same(connections: Connections, sql: str) -> bool:
    one, other = connections.each(sql.format("search")), connections.each(sql.format(_AGAIN))
    missing = object()
    while (row := next(one, missing)) is not missing:
        if row != next(other, missing):
            return False
    return next(other, missing) is missing


@contextmanager
def _made_anew(connections: Connections) -> Iterator[None]:
    made = connections.one("SELECT sql FROM sqlite_master WHERE name = 'search'")
    assert made is not None
    anew = str(made[0]).replace("search", f"temp.{_AGAIN}", 1)
    connections.run(f"DROP TABLE IF EXISTS temp.{_AGAIN}")
    connections.run(anew)
    try:
        places = [row[0] for row in connections.rows("SELECT row FROM dispute ORDER BY row")]
        for batch in batches(places):
            sql = f"INSERT INTO temp.{_AGAIN} (rowid, body) VALUES (?, ?)"
            connections.many(sql, list(indexing.bodies(connections, batch)))
        for of, table in (("main", "search"), ("temp", _AGAIN)):
            for name, kind in (("words", "row"), ("places", "instance")):
                connections.run(
                    f"CREATE VIRTUAL TABLE IF NOT EXISTS temp.{table}_{name} "
                    f"USING fts5vocab({of}, {table}, {kind})"
                )
        yield
    finally:
        for table in ("search", _AGAIN):
            for name in ("words", "places"):
                connections.run(f"DROP TABLE IF EXISTS temp.{table}_{name}")
        connections.run(f"DROP TABLE IF EXISTS temp.{_AGAIN}")
