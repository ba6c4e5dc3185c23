"""Whether a register is whole: file, keys, the history's chain and the tables it must equal."""

import hashlib
import json
import time
from collections.abc import Iterator
from typing import cast

from mediation_desk.domain.called import called
from mediation_desk.domain.cases import Dispute
from mediation_desk.domain.problems import DeskError, Problem, Severity
from mediation_desk.domain.record import Record
from mediation_desk.domain.records import KINDS, NotARecord, canonical, from_plain, to_plain
from mediation_desk.store import beside, history, index_checking, indexing, places, schema
from mediation_desk.store.connection import (
    RESTORE,
    Connections,
    RegisterBusy,
    RegisterDamaged,
    batches,
)
from mediation_desk.store.rows import Statements, statements
from mediation_desk.words import tr

_NAMED, _SHORT = 5, 8
# Seconds to wait for those who read meanwhile; none of them has to wait for this.
_PATIENCE = (0.02, 0.1, 0.3, 0.0)
_SEALS = "cipher_integrity_check"
# What stands beside the records, as people call it.
_BESIDE = {"setting": tr("设置"), "draft": tr("没写完的内容")}


def _found(rule: str, words: str) -> Problem:
    return Problem(rule, Severity.ERROR, "", words, tr(RESTORE))


def file_whole(connections: Connections) -> bool:
    """Whether every page of the file is one that was written, and they fit together."""
    return _sealed(connections) and _clean(connections, "integrity_check")


def _clean(connections: Connections, pragma: str) -> bool:
    return all(row[0] == "ok" for row in connections.rows(f"PRAGMA {pragma}"))


def _sealed(connections: Connections) -> bool:
    """Whether the seal of each page of the file is right.

    That check reads the file alone. While somebody reads, the write-ahead log can be folded into it
    in part only; a new page that was written again later is then left out, and the empty place that
    it leaves in the file looks like damage. Where the log cannot be folded now, nothing is said: of
    every page that is in use the other check reads the seal too.
    """
    for patience in _PATIENCE:
        if _clean(connections, _SEALS):
            return True
        if _folded(connections):
            return _clean(connections, _SEALS)
        time.sleep(patience)
    return True


def _folded(connections: Connections) -> bool:
    try:
        _, logged, folded = connections.one("PRAGMA wal_checkpoint(PASSIVE)") or (0, -1, -1)
    except RegisterBusy:
        # Within a transaction.
        return False
    return bool(logged == folded)


def _file(connections: Connections) -> Iterator[Problem]:
    for pragma in ("integrity_check", _SEALS, "foreign_key_check"):
        if not _passed(connections, pragma):
            words = tr("登记簿文件检查（{check}）未通过。").format(check=pragma)
            yield _found("V1", words)


def _passed(connections: Connections, pragma: str) -> bool:
    try:
        return _sealed(connections) if pragma == _SEALS else _clean(connections, pragma)
    except RegisterDamaged:
        raise
    except DeskError:
        # What SQLite keeps of its own tables is such that it cannot even be asked.
        return False


def _chain(connections: Connections) -> Iterator[Problem]:
    heads = {
        row[0]: history.ActHead(*row[1:])
        for row in connections.rows("SELECT number, id, kind, actor, reason, at, undoes FROM act")
    }
    # Every act changed something; one without a line has lost its end of the history.
    silent = set(heads)
    before, expected = history.GENESIS, 1
    sql = (
        "SELECT act, kind, record_id, revision, content, lineage, sequence, hash_before, hash "
        "FROM change ORDER BY sequence"
    )
    for act, kind, record_id, revision, content, lineage, *chained in connections.each(sql):
        head = heads.get(act)
        told = history.Line(kind, record_id, revision, content, lineage)
        hash_ = head and history.link(before, head, told)
        if chained != [expected, before, hash_]:
            words = tr("修改历史在第{number}条处断开或被改动。").format(number=expected)
            yield _found("V2", words)
            return
        silent.discard(act)
        before, expected = str(hash_), expected + 1
    if silent:
        words = tr("第{number}批没有留下修改历史，历史的末尾可能被删去。")
        yield _found("V2", words.format(number=min(silent)))
        return
    last = expected - 1
    noted = beside.end(connections)
    if noted is not None and noted != (last, before):
        words = tr("修改历史应当到第{noted}条，现在到第{last}条：末尾被删去、改动或添加过。")
        yield _found("V2", words.format(noted=noted[0], last=last))


def _left_by(kind: str, content: str | None, record: Record) -> bool:
    """Whether `record` is as the newest line of its history left it."""
    if not content or content == canonical(to_plain(record)):
        return bool(content)
    # A line written before a field was there says nothing of it: the record has its default.
    try:
        return from_plain(kind, json.loads(content)) == record
    except (NotARecord, ValueError):
        return False


def _tables(connections: Connections) -> Iterator[Problem]:
    """Every record must be as the history left it, and the history may not know others."""
    newest = (
        "SELECT c.content FROM change c WHERE c.kind = ? AND c.record_id = r.id "
        "ORDER BY c.sequence DESC LIMIT 1"
    )
    for kind in KINDS:
        made = statements(kind)
        wrong = []
        sql = f"SELECT r.id, {made.reading.columns}, ({newest}) {made.source}"
        for record_id, *row, content in connections.each(sql, (kind,)):
            record = _read(made, row)
            if record is None or not _left_by(kind, content, record):
                wrong.append(str(record_id))
        wrong += _lost(connections, kind, made.source)
        if wrong:
            words = tr("“{kind}”有{number}条与修改历史不一致：{records}。")
            named = _named(connections, kind, wrong)
            told = words.format(kind=called(kind), number=len(wrong), records=named)
            yield _found("V3", told)


def _read(made: Statements, row: list[object]) -> Record | None:
    """The record of a row; None where it holds what no record can: an unknown code, no date."""
    try:
        return made.made(tuple(row))
    except (ValueError, KeyError, TypeError):
        return None


def _lost(connections: Connections, kind: str, source: str) -> list[str]:
    """Records that the history knows and no table has."""
    sql = (
        "SELECT record_id FROM (SELECT record_id, content, max(sequence) FROM change "
        "WHERE kind = ? GROUP BY record_id) h WHERE h.content <> '' "
        f"AND NOT EXISTS (SELECT 1 {source} WHERE r.id = h.record_id)"
    )
    return [row[0] for row in connections.rows(sql, (kind,))]


def _named(connections: Connections, kind: str, ids: list[str]) -> str:
    """Some records by the number of their dispute, or where they have none by their own."""
    of = "record_id" if kind == "dispute" else "json_extract(content, '$.dispute_id')"
    sql = (
        f"SELECT d.year, d.number FROM (SELECT {of} AS id FROM change WHERE kind = ? "
        "AND record_id = ? AND content <> '' ORDER BY sequence DESC LIMIT 1) c "
        "JOIN dispute d ON d.id = c.id"
    )
    told = []
    for one in sorted(ids)[:_NAMED]:
        dispute = connections.one(sql, (kind, one))
        words = tr("纠纷{year}-{number}的{id}") if kind != "dispute" else tr("{year}-{number}")
        short = one[-_SHORT:]
        told.append(
            words.format(year=dispute[0], number=dispute[1], id=short) if dispute else short
        )
    more = len(ids) - len(told)
    return tr("、").join(told) + (tr("等") if more else "")


def _places(connections: Connections) -> Iterator[Problem]:
    """What no record has, and yet decides where it is found: its place, its order, its words."""
    wrong = set(indexing.strays(connections))
    made = statements("dispute")
    for place, *row in connections.each(f"SELECT r.row, {made.reading.columns} {made.source}"):
        record = _read(made, row)
        if record is not None and not places.is_of(place, places.day_of(cast(Dispute, record))):
            wrong.add(place)
    named = []
    for batch in batches(sorted(wrong)):
        marks = ", ".join("?" * len(batch))
        sql = f"SELECT year || '-' || number FROM dispute WHERE row IN ({marks})"
        named += [row[0] for row in connections.rows(sql, batch)]
    if named:
        words = tr("有{number}件纠纷在清单或查找中的位置被改动（{records}）。")
        some = tr("、").join(named[:_NAMED]) + (tr("等") if named[_NAMED:] else "")
        yield _found("V5", words.format(number=len(named), records=some))
    elif wrong:
        yield _found("V5", tr("查找用的索引里有不属于任何纠纷的内容。"))
    if not index_checking.whole(connections):
        yield _found("V5", tr("查找用的索引被改动或损坏。"))


def _beside(connections: Connections) -> Iterator[Problem]:
    """What has no history is as this program wrote it."""
    for table, key in beside.strays(connections):
        if key:
            words = tr("{table}“{key}”被改动、删去或添加过，不是本程序写的。")
            short = key if table == "setting" else key[-_SHORT:]
            yield _found("V6", words.format(table=_BESIDE[table], key=short))
        else:
            yield _found("V6", tr("附件的内容被删去或添加过，不是本程序写的。"))
    taken, known = set(schema.steps_taken(connections)), set(schema.known_steps())
    for step in sorted(taken ^ known):
        words = tr("登记簿的升级记录“{step}”被改动、删去或添加过。")
        yield _found("V6", words.format(step=step))


def _attachments(connections: Connections) -> Iterator[Problem]:
    for sha256, content in connections.each("SELECT sha256, content FROM attachment_bytes"):
        if hashlib.sha256(content).hexdigest() != sha256:
            words = tr("附件内容与登记时不一致（{sha}…）。").format(sha=sha256[:8])
            yield _found("V4", words)


def verify(connections: Connections) -> list[Problem]:
    """Everything found wrong with a register; nothing for a whole one."""
    found: list[Problem] = []
    try:
        for check in (_file, _chain, _tables, _attachments, _beside):
            found.extend(check(connections))
        # Whoever meddled with a record left the index behind; that much was told already.
        if not any(problem.rule == "V3" for problem in found):
            found.extend(_places(connections))
    except RegisterDamaged as error:
        found.append(Problem("V1", Severity.ERROR, "", str(error)))
    except (ValueError, KeyError, TypeError):
        # A table holds what no record can hold: an unknown code, no date.
        found.append(_found("V3", tr("登记簿里有读不懂的内容。")))
    return found
