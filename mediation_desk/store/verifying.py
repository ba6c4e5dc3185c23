"""Whether a register is whole: file, keys, the history's chain and the tables it must equal."""

import hashlib
import json
from collections.abc import Iterator

from mediation_desk.domain.problems import Problem, Severity
from mediation_desk.domain.record import Record
from mediation_desk.domain.records import KINDS, NotARecord, canonical, from_plain, to_plain
from mediation_desk.store import history
from mediation_desk.store.connection import RESTORE, Connections, RegisterDamaged
from mediation_desk.store.rows import statements
from mediation_desk.words import tr


def _found(rule: str, words: str) -> Problem:
    return Problem(rule, Severity.ERROR, "", words, tr(RESTORE))


def file_whole(connections: Connections) -> bool:
    """Whether every page of the file is one that was written, and they fit together."""
    for pragma in ("cipher_integrity_check", "integrity_check"):
        if [row for row in connections.rows(f"PRAGMA {pragma}") if row[0] != "ok"]:
            return False
    return True


def _file(connections: Connections) -> Iterator[Problem]:
    for pragma in ("integrity_check", "cipher_integrity_check", "foreign_key_check"):
        answers = [str(row[0]) for row in connections.rows(f"PRAGMA {pragma}")]
        if [answer for answer in answers if answer != "ok"]:
            words = tr("登记簿文件检查（{check}）未通过。").format(check=pragma)
            yield _found("V1", words)


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
        wrong = 0
        sql = f"SELECT {made.reading.columns}, ({newest}) {made.source}"
        for *row, content in connections.each(sql, (kind,)):
            wrong += not _left_by(kind, content, made.made(tuple(row)))
        lost = connections.one(
            "SELECT count(*) FROM (SELECT record_id, content, max(sequence) FROM change "
            "WHERE kind = ? GROUP BY record_id) h WHERE h.content <> '' "
            f"AND NOT EXISTS (SELECT 1 {made.source} WHERE r.id = h.record_id)",
            (kind,),
        )
        wrong += lost[0] if lost else 0
        if wrong:
            words = tr("“{kind}”表中有{number}条记录与修改历史不一致。")
            yield _found("V3", words.format(kind=kind, number=wrong))


def _attachments(connections: Connections) -> Iterator[Problem]:
    for sha256, content in connections.each("SELECT sha256, content FROM attachment_bytes"):
        if hashlib.sha256(content).hexdigest() != sha256:
            words = tr("附件内容与登记时不一致（{sha}…）。").format(sha=sha256[:8])
            yield _found("V4", words)


def verify(connections: Connections) -> list[Problem]:
    """Everything found wrong with a register; nothing for a whole one."""
    found: list[Problem] = []
    try:
        for check in (_file, _chain, _tables, _attachments):
            found.extend(check(connections))
    except RegisterDamaged as error:
        found.append(Problem("V1", Severity.ERROR, "", str(error)))
    except (ValueError, KeyError, TypeError):
        # A table holds what no record can hold: an unknown code, no date.
        found.append(_found("V3", tr("登记簿里有读不懂的内容。")))
    return found
