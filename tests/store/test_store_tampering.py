"""Every column of every table, every row taken out or put in: `verify` finds it and says where."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest
from any_records import records_of
from builders import TODAY, a_case
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from store_basics import Keep

from mediation_desk.domain.drafts import Draft
from mediation_desk.domain.handling import Attachment
from mediation_desk.domain.record import Record, new_id
from mediation_desk.domain.records import KINDS
from mediation_desk.store.connection import DeskError
from mediation_desk.store.links import POINTS_TO
from mediation_desk.store.opening import open_with_key
from mediation_desk.store.register import Register

# The rows of the index that hold words; others tell how much there is, or what is no longer in it.
_WITH_WORDS = f"WHERE id BETWEEN 11 AND {1 << 48}"
_SHA = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
# What tells of nothing: when an upgrade was run, and what SQLite keeps to find parts of its index.
_NO_CONTENT = {
    ("search_data", "id"),
    ("search_data", "put in"),
    ("search_idx", "segid"),
    ("search_idx", "put in"),
    ("search_idx", "taken out"),
    ("search_docsize", "origin"),
    ("schema_migration", "id"),
    ("schema_migration", "applied"),
}


def _drawn(strategy: st.SearchStrategy[Record]) -> Record:
    """Some record, the same in every run."""
    found: list[Record] = []

    @settings(max_examples=1, phases=[Phase.generate], derandomize=True, database=None)
    @given(strategy)
    def draw(record: Record) -> None:
        found.append(record)

    draw()
    return found[0]


def _fill(register: Register) -> None:
    """A record of every kind, a scan, a draft and a setting."""
    case = replace(a_case(number=1), attachments=())
    with register.change("陶素芬", "登记") as change:
        change.adopt(case.records())
        change.keep_bytes(_SHA, b"test")
        change.keep(
            Attachment(id=new_id(), dispute_id=case.dispute.id, name="照片", sha256=_SHA)
        )  # fmt: skip
    known = {"dispute": case.dispute.id, "party": case.parties[0].id}
    for kind in KINDS:
        if register.all(kind):
            known.setdefault(kind, register.all(kind)[0].id)
            continue
        fixed = {name: st.just(known[of]) for name, of in POINTS_TO.get(kind, {}).items()}
        record = _drawn(records_of(kind, **fixed))
        with register.change("陶素芬", "其他") as change:
            kept = change.keep(replace(record, id=new_id(), revision=0))
        known[kind] = kept.id
    register.keep_draft(Draft("d1", "form", "", "新纠纷", "姓名", "{}", TODAY.isoformat()))
    register.set("settings", "{}")


def _other(value: Any) -> Any:
    if value is None:
        return 1
    if isinstance(value, int):
        return value + 1
    return value + (b"x" if isinstance(value, bytes) else "x")


def _tables(register: Register) -> list[str]:
    sql = "SELECT name FROM sqlite_master WHERE type = 'table' AND name <> 'search' ORDER BY name"
    return [row[0] for row in register._sql.rows(sql)]


@contextmanager
def _meddling(register: Register) -> Iterator[Any]:
    """Lets the key's holder run SQL past the program, and takes it back afterwards."""
    sql = register._sql
    sql.run("BEGIN")
    try:
        yield sql.run
    finally:
        sql.run("ROLLBACK")


def _found(register: Register, meddle: str, values: tuple[Any, ...] = ()) -> list[str] | None:
    """What verifying says after some SQL; None where the file itself refuses it."""
    with _meddling(register) as run:
        try:
            run(meddle, values)
        except DeskError:
            return None
        return [problem.sentence() for problem in register.verify()]


def _walk(register: Register) -> Iterator[tuple[str, str, list[str] | None]]:
    for table in _tables(register):
        columns = [row[1] for row in register._sql.rows(f'PRAGMA table_info("{table}")')]
        keys = [row[1] for row in register._sql.rows(f'PRAGMA table_info("{table}")') if row[5]]
        names = ", ".join(f'"{name}"' for name in columns)
        last = ", ".join(f'"{name}" DESC' for name in keys)
        of = _WITH_WORDS if table == "search_data" else ""
        row = register._sql.one(f'SELECT {names} FROM "{table}" {of} ORDER BY {last} LIMIT 1')
        assert row is not None, f"nothing stands in {table}"
        old = dict(zip(columns, row, strict=True))
        where = " AND ".join(f'"{name}" IS ?' for name in keys)
        key = tuple(old[name] for name in keys)
        for name in columns:
            sql = f'UPDATE "{table}" SET "{name}" = ? WHERE {where}'
            yield table, name, _found(register, sql, (_other(old[name]), *key))
        yield table, "taken out", _found(register, f'DELETE FROM "{table}" WHERE {where}', key)
        more = {name: _other(value) if name in keys else value for name, value in old.items()}
        marks = ", ".join("?" * len(columns))
        sql = f'INSERT INTO "{table}" ({names}) VALUES ({marks})'
        yield table, "put in", _found(register, sql, tuple(more.values()))


def test_whatever_other_hands_do_is_found(register: Register) -> None:
    _fill(register)
    assert register.verify() == []
    register._sql.run("PRAGMA foreign_keys=OFF")
    refused, unseen, seen = [], [], 0
    for table, what, found in _walk(register):
        if found is None:
            refused.append((table, what))
        elif not found and (table, what) not in _NO_CONTENT:
            unseen.append((table, what))
        else:
            seen += 1
    assert not unseen, "\n".join(map(str, unseen))
    # A second row of a key or a number there is already: nobody can put it in.
    assert len(refused) < 30, refused
    assert seen > 500
    assert register.verify() == []


_HAND = "被改动、删去或添加过"
_PLACE = "有1件纠纷在清单或查找中的位置被改动（2026-7）"


@pytest.mark.parametrize(
    ("sql", "named"),
    [
        ("UPDATE dispute SET people = 99", "“纠纷登记”有1条与修改历史不一致：2026-7。"),
        (
            "UPDATE party SET name = 'x' WHERE role = '1'",
            "“当事人”有1条与修改历史不一致：纠纷2026-7",
        ),
        ("UPDATE setting SET content = 'x' WHERE name = 'person'", f"设置“person”{_HAND}"),
        ("DELETE FROM setting WHERE name = 'rows of setting'", f"设置“rows of setting”{_HAND}"),
        ("DELETE FROM setting WHERE name = 'rows of change'", f"设置“rows of change”{_HAND}"),
        ("UPDATE setting SET content = '0 x' WHERE name = 'rows of change'", "末尾被删去"),
        ("DELETE FROM draft", f"没写完的内容“d1”{_HAND}"),
        ("DELETE FROM attachment_bytes", "附件的内容被删去或添加过"),
        ("UPDATE dispute SET name_key = 'zzz'", _PLACE),
        ("UPDATE dispute SET row = row + 1048576", _PLACE),
        ("DELETE FROM search_docsize", _PLACE),
        ("DELETE FROM schema_migration WHERE name = '0003_round_trip'", "“0003_round_trip”"),
    ],
)
def test_what_was_done_is_named(register: Register, keep: Keep, sql: str, named: str) -> None:
    keep(*a_case(number=7).records())
    with register.change("陶素芬", "附件") as change:
        change.keep_bytes(_SHA, b"test")
    register.set("person", "陶素芬")
    register.keep_draft(Draft("d1", "form", "", "新纠纷", "姓名", "{}", TODAY.isoformat()))
    register._sql.run("PRAGMA foreign_keys=OFF")
    assert register.verify() == []
    told = _found(register, sql) or []
    assert any(named in sentence for sentence in told), told


def test_what_was_found_before_is_no_longer(register: Register, keep: Keep) -> None:
    case = a_case(number=7)
    keep(*case.records())
    for name in ("欧阳长青", "令狐远山"):
        with register.change("陶素芬", "改名") as change:
            party = register.get("party", case.parties[0].id)
            change.keep(replace(party, name=name))
        assert register.verify() == []
    # The index remembers in rows of their own which words it has no longer.
    assert _found(register, f"DELETE FROM search_data WHERE id > {1 << 48}")


def test_a_register_without_notes_takes_them_when_it_is_opened(
    register: Register, key: bytes
) -> None:
    register.set("person", "陶素芬")
    register._sql.run("DELETE FROM setting WHERE name LIKE 'rows of %'")
    register._sql.run("PRAGMA user_version = 0")
    register.close()
    with open_with_key(register.folder, key) as opened:
        assert opened.verify() == []
        told = _found(opened, "UPDATE setting SET content = '别人' WHERE name = 'person'") or []
        assert "person" in told[0]


def test_a_register_that_noted_no_end_notes_it_when_it_is_opened(
    register: Register, keep: Keep, key: bytes
) -> None:
    number = keep(*a_case(number=7).records())
    register.set("person", "陶素芬")
    register._sql.run("DELETE FROM setting WHERE name = 'rows of change'")
    register._sql.run("PRAGMA user_version = 1")
    register._sql.run("UPDATE setting SET content = '别人' WHERE name = 'person'")
    register.close()
    with open_with_key(register.folder, key) as opened:
        # What was noted before stays noted as it was.
        assert ["person" in problem.message for problem in opened.verify()] == [True]
        told = _found(opened, "UPDATE change SET act = act WHERE act = ?", (number,)) or []
        assert len(told) == 1
        told = _found(opened, "DELETE FROM change WHERE sequence = 1") or []
        assert any("第1条" in sentence for sentence in told)


def test_notes_follow_what_the_program_writes_itself(register: Register) -> None:
    draft = Draft("d1", "form", "", "新纠纷", "姓名", "{}", TODAY.isoformat())
    for typed in ("{}", '{"name": "秦"}'):
        register.keep_draft(replace(draft, typed=typed))
        assert register.verify() == []
    register.drop_draft("d1")
    register.drop_draft("never there")
    for content in ("罗晓", "罗晓", ""):
        register.set("person", content)
        assert register.verify() == []
    for number in (8, 9):
        with register.change("陶素芬", "附件") as change:
            change.keep_bytes(_SHA, b"test")
            change.keep(a_case(number=number).dispute)
        assert register.verify() == []
