"""Whether a register is whole: file, keys, the history's chain and the tables it must equal."""

import hashlib
from collections.abc import Iterator

from mediation_desk.domain.problems import Problem, Severity
from mediation_desk.domain.records import KINDS, canonical, to_plain
from mediation_desk.store import history
from mediation_desk.store.connection import Connections, RegisterDamaged
from mediation_desk.store.rows import statements
from mediation_desk.words import tr

_RESTORE = "请停止使用并从备份恢复。"


def _found(rule: str, words: str) -> Problem:
    return Problem(rule, Severity.ERROR, "", words, tr(_RESTORE))


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
    before, expected = history.GENESIS, 1
    sql = (
        "SELECT sequence, act, kind, record_id, revision, content, hash_before, hash "
        "FROM change ORDER BY sequence"
    )
    for sequence, act, kind, record_id, revision, content, hash_before, hash_ in connections.each(
        sql
    ):
        head = heads.get(act)
        whole = head and sequence == expected and hash_before == before
        if (
            not head
            or not whole
            or (history.link(before, head, kind, record_id, revision, content) != hash_)
        ):
            words = tr("修改历史在第{number}条处断开或被改动。").format(number=sequence)
            yield _found("V2", words)
            return
        before, expected = hash_, sequence + 1


def _tables(connections: Connections) -> Iterator[Problem]:
    """Every record must be as the history left it, and the history may not know others."""
    last = (
        "SELECT c.record_id, c.content FROM change c JOIN (SELECT max(sequence) AS newest "
        "FROM change WHERE kind = ? GROUP BY record_id) n ON n.newest = c.sequence"
    )
    for kind in KINDS:
        known = {row[0]: row[1] for row in connections.each(last, (kind,)) if row[1]}
        made = statements(kind)
        wrong = 0
        for row in connections.each(made.select):
            record = made.made(row)
            wrong += known.pop(record.id, "") != canonical(to_plain(record))
        if wrong or known:
            words = tr("“{kind}”表中有{number}条记录与修改历史不一致。")
            yield _found("V3", words.format(kind=kind, number=wrong + len(known)))


def _attachments(connections: Connections) -> Iterator[Problem]:
    for sha256, content in connections.each("SELECT sha256, content FROM attachment_bytes"):
        if hashlib.sha256(content).hexdigest() != sha256:
            words = tr("附件内容与登记时不一致（{sha}…）。").format(sha=sha256[:8])
            yield _found("V4", words)


def verify(connections: Connections) -> list[Problem]:
    """Everything found wrong with a register; nothing for a whole one."""
    try:
        found = list(_file(connections))
        for check in (_chain, _tables, _attachments):
            found.extend(check(connections))
    except (RegisterDamaged, ValueError, KeyError) as error:
        words = tr("登记簿内容无法读出：{error}").format(error=type(error).__name__)
        return [_found("V1", words)]
    return found
