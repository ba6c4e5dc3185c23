"""A register of the first program is found whole after its upgrade, with all that stood in it."""

import json
from pathlib import Path

import pytest
from builders import a_case
from store_basics import PASSWORD, Keep

from mediation_desk.domain.finding import Find
from mediation_desk.domain.records import canonical
from mediation_desk.store import backups, history
from mediation_desk.store.connection import Connections
from mediation_desk.store.opening import open_register, open_with_key
from mediation_desk.store.register import FILE, Register

_STEP = "0002_recording_desk"
_NEW_TABLES = ("legal_aid", "consultation", "draft")
_NEW_INDEXES = (
    "promise_kept_on_due_on",
    "dispute_unit_id_closed_on",
    "dispute_year_number",
    "dispute_name_key_row",
    "dispute_unit_id_name_key_row",
    "referral_answered_on_answer_due_on",
)
_NEW_COLUMNS = {
    "dispute": "refusal extended_to informed_on filed_by reviewed_by remark name_key",
    "dispute_text": "file_note",
    "party": "postcode",
    "session": "adviser_ids",
    "referral": "petition_split delegation received_on",
    "risk": "position",
    "attachment": "kind",
    "publicity": "kind",
}


def _as_before(sql: Connections) -> None:
    """Take out of a register what the second step brought, also out of its history."""
    new = {kind: set(columns.split()) for kind, columns in _NEW_COLUMNS.items()}
    new["dispute"] |= new.pop("dispute_text")
    for index in _NEW_INDEXES:
        sql.run(f'DROP INDEX "{index}"')
    for table, columns in _NEW_COLUMNS.items():
        for column in columns.split():
            sql.run(f'ALTER TABLE "{table}" DROP COLUMN "{column}"')
    for table in _NEW_TABLES:
        sql.run(f'DROP TABLE "{table}"')
    sql.run("CREATE TABLE draft (id TEXT PRIMARY KEY)")
    sql.run("DELETE FROM schema_migration WHERE name = ?", (_STEP,))
    # Nor had it the words and the order of names that come with this one's index.
    sql.run("DELETE FROM setting WHERE name = 'search_index'")
    sql.run("DELETE FROM setting WHERE name LIKE 'rows of %'")
    sql.run("PRAGMA user_version = 0")
    before = history.GENESIS
    lines = sql.rows(
        "SELECT c.sequence, c.kind, c.record_id, c.revision, c.content, a.id, a.kind, a.actor, "
        "a.reason, a.at, a.undoes FROM change c JOIN act a ON a.number = c.act ORDER BY c.sequence"
    )
    for sequence, kind, record_id, revision, content, *act in lines:
        plain = json.loads(content)
        known = {name: value for name, value in plain.items() if name not in new.get(kind, ())}
        told, head = canonical(known), history.ActHead(*act)
        link = history.link(before, head, history.Line(kind, record_id, revision, told))
        line = "UPDATE change SET content = ?, hash_before = ?, hash = ? WHERE sequence = ?"
        sql.run(line, (told, before, link, sequence))
        before = link


@pytest.fixture
def old(register: Register, keep: Keep, key: bytes) -> Path:
    """The folder of a register that the first program wrote."""
    keep(*a_case(number=1).records())
    register.close()
    sql = Connections(register.folder / FILE, key)
    _as_before(sql)
    sql.close()
    return register.folder


def test_a_register_of_the_first_program_is_upgraded_and_whole(old: Path) -> None:
    with open_register(old, PASSWORD) as opened:
        assert backups.newest(old) is not None
        assert opened.verify() == []
        for typed in ("秦德珍", "qindezhen", "qdz", "jiangsw", "2026-1"):
            assert len(opened.page(Find(text=typed)).rows) == 1, typed


def test_what_was_not_there_before_is_still_checked_after_the_upgrade(
    old: Path, key: bytes
) -> None:
    open_with_key(old, key).close()
    sql = Connections(old / FILE, key)
    sql.run("UPDATE party SET postcode = '408200'")
    sql.close()
    with open_with_key(old, key) as opened:
        (problem,) = opened.verify()
    assert "当事人" in problem.message
