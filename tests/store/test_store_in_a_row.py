"""Acts in a row: durable in the order in which they were made, and never less than alone."""

from contextlib import suppress
from dataclasses import replace
from threading import Thread

import pytest
from builders import a_dispute, a_party
from store_basics import Keep

from mediation_desk.domain.codes import PartyRole
from mediation_desk.domain.finding import Find
from mediation_desk.domain.record import Record
from mediation_desk.domain.records import canonical, kind_of, to_plain
from mediation_desk.store.connection import Connections, NotAllowed
from mediation_desk.store.opening import open_with_key
from mediation_desk.store.register import FILE, Register


def _seen_by_others(register: Register, key: bytes) -> int:
    """How many disputes another program sees."""
    others = Connections(register.folder / FILE, key)
    try:
        row = others.one("SELECT count(*) FROM dispute")
    finally:
        others.close()
    return int(row[0]) if row else 0


def _dispute(register: Register, number: int) -> Record:
    return a_dispute(unit_id=register.unit.id, number=number)


def test_each_act_is_durable_once_it_is_settled(register: Register, key: bytes) -> None:
    with register.acts_in_a_row():
        for number in (1, 2):
            with register.change("陶素芬", "一件接一件") as change:
                change.keep(_dispute(register, number))
            register.settle()
            assert _seen_by_others(register, key) == number
        with register.change("陶素芬", "最后一件") as change:
            change.keep(_dispute(register, 3))
    assert _seen_by_others(register, key) == 3
    assert register.verify() == []


def test_whoever_asks_waits_for_the_act_before(register: Register) -> None:
    with register.acts_in_a_row():
        with register.change("陶素芬", "一件") as change:
            kept = change.keep(_dispute(register, 1))
        assert register.get("dispute", kept.id) == kept
        assert not register._sql.writing
        assert register.acts()[0].reason == "一件"


def test_an_act_that_cannot_become_durable_is_told_and_leaves_nothing(register: Register) -> None:
    before = list(register.dump())
    with register.acts_in_a_row():
        _fail(register)
        with pytest.raises(NotAllowed):
            register.settle()
        assert list(register.dump()) == before
        with register.change("陶素芬", "另一件") as change:
            change.keep(_dispute(register, 1))
    assert len(list(register.dump())) == len(before) + 1
    assert register.verify() == []


def _fail(register: Register) -> None:
    """Make an act of which only the end sees that it points to nothing."""
    with register.change("陶素芬", "一件") as change:
        change.keep(_dispute(register, 1))
        register._sql.run("PRAGMA defer_foreign_keys=ON")
        sql = "INSERT INTO dispute_text (id, facts, requests, file_note) VALUES ('x', '', '', '')"
        register._sql.run(sql)


def test_what_fails_at_the_end_of_the_row_is_told_there(register: Register) -> None:
    def row() -> None:
        with register.acts_in_a_row():
            _fail(register)

    with pytest.raises(NotAllowed):
        row()
    assert register.all("dispute") == []


def test_what_another_thread_keeps_meanwhile_is_durable_at_once(
    register: Register, key: bytes
) -> None:
    def keep() -> None:
        register.set("draft", "正在输入")

    with register.acts_in_a_row():
        with register.change("陶素芬", "一件") as change:
            change.keep(_dispute(register, 1))
        register.settle()
        other = Thread(target=keep)
        other.start()
        other.join()
        others = Connections(register.folder / FILE, key)
        assert others.one("SELECT content FROM setting WHERE name = 'draft'") == ("正在输入",)
        others.close()


def test_acts_together_are_durable_together_and_each_is_in_the_history(
    register: Register, key: bytes
) -> None:
    with register.acts_together():
        for number in (1, 2):
            with register.change("陶素芬", f"第{number}件") as change:
                change.keep(_dispute(register, number))
            assert len(register.all("dispute")) == number
            assert _seen_by_others(register, key) == 0
    assert _seen_by_others(register, key) == 2
    assert [act.reason for act in register.acts()][:2] == ["第2件", "第1件"]
    assert register.verify() == []


def test_of_acts_together_none_is_kept_if_one_fails(register: Register) -> None:
    before, version = list(register.dump()), register.version

    def all_of_them() -> None:
        with register.acts_together():
            with register.change("陶素芬", "一件") as change:
                kept = change.keep(_dispute(register, 1))
            with suppress(NotAllowed), register.change("陶素芬", "同号") as change:
                change.keep(_dispute(register, 1))
            # Somebody did not mind, and goes on.
            with register.change("陶素芬", "又一件") as change:
                change.keep(replace(kept, place="院坝"))

    with pytest.raises(NotAllowed, match="编号重复"):
        all_of_them()
    assert list(register.dump()) == before
    assert register.version != version
    with register.change("陶素芬", "另一件") as change:
        change.keep(_dispute(register, 1))
    assert register.verify() == []


def test_acts_together_in_a_row_become_durable_meanwhile(register: Register, key: bytes) -> None:
    with register.acts_in_a_row():
        for first in (1, 3):
            with register.acts_together():
                for number in (first, first + 1):
                    with register.change("陶素芬", "一件接一件") as change:
                        change.keep(_dispute(register, number))
            register.settle()
            assert _seen_by_others(register, key) == first + 1
    assert register.verify() == []


def test_the_history_keeps_the_text_that_a_record_was_read_from(register: Register) -> None:
    first, second = _dispute(register, 1), _dispute(register, 2)
    texts = {(kind_of(entry), entry.id): (entry, " " + canonical(to_plain(entry)))
             for entry in (first, _dispute(register, 2))}  # fmt: skip
    texts["dispute", second.id] = (_dispute(register, 2), "{}")
    with register.change("陶素芬", "收下") as change:
        change.adopt((first, second), texts=texts)
    told = [register.history("dispute", entry.id)[0].values for entry in (first, second)]
    assert told == [" " + canonical(to_plain(first)), canonical(to_plain(second))]
    assert register.verify() == []


def test_two_whole_numbers_are_no_likeness_though_a_mask_would_leave_the_same(
    register: Register, keep: Keep
) -> None:
    disputes = [_dispute(register, number) for number in (1, 2, 3)]
    numbers = ("999230195003041234", "999230196107081234", "999230********1234")
    parties = [
        a_party(dispute.id, PartyRole.APPLICANT, name=name, id_number=number)
        for dispute, name, number in zip(disputes, "赵钱孙", numbers, strict=True)
    ]
    keep(*disputes, *parties)
    one, two, hidden = (dispute.id for dispute in disputes)
    assert register.alike([one], 30) == {(one, hidden)}
    assert register.alike([hidden], 30) == {(hidden, one), (hidden, two)}


def test_one_name_is_no_likeness_where_two_whole_numbers_say_otherwise(
    register: Register, keep: Keep
) -> None:
    """Common names meet in any county; a number that differs only in its looks is the same."""
    numbers = (
        *("99923019500304123x", "999230196107081234", "", "999230********1234"),
        " 99923019500304123X",
    )
    disputes = [_dispute(register, number) for number, _ in enumerate(numbers, 1)]
    parties = [
        a_party(dispute.id, PartyRole.APPLICANT, name="张伟", id_number=number)
        for dispute, number in zip(disputes, numbers, strict=True)
    ]
    keep(*disputes, *parties)
    one, other, none, hidden, same = (dispute.id for dispute in disputes)
    assert register.alike([one], 30) == {(one, none), (one, hidden), (one, same)}
    assert register.alike([other], 30) == {(other, none), (other, hidden)}


def _parts(register: Register) -> int:
    """How many parts the search index consists of."""
    found = register._sql.one("SELECT count(DISTINCT segid) FROM search_idx")
    return int(found[0]) if found else 0


def _merging(register: Register) -> dict[str, int]:
    rows = register._sql.rows("SELECT k, v FROM search_config WHERE k LIKE '%merge'")
    return dict(rows)


def _register_some(register: Register, count: int, stopped_at: int = 0) -> None:
    with register.acts_in_a_row(count):
        for number in range(1, count + 1):
            with register.change("陶素芬", "一件接一件") as change:
                dispute = _dispute(register, number)
                change.keep(dispute)
                change.keep(a_party(dispute.id, PartyRole.APPLICANT, name="袁青山"))
            if number == stopped_at:
                raise KeyboardInterrupt


def test_many_acts_merge_the_index_once_and_are_all_found(register: Register) -> None:
    _register_some(register, 20)
    assert _parts(register) == 1
    assert _merging(register) == {"automerge": 4, "crisismerge": 16}
    assert register.count(Find(text="袁青山")) == 20
    assert register.verify() == []


def test_a_row_that_broke_off_leaves_the_index_merging_as_usual(register: Register) -> None:
    with pytest.raises(KeyboardInterrupt):
        _register_some(register, 20, stopped_at=12)
    assert _merging(register) == {"automerge": 4, "crisismerge": 16}
    assert register.count(Find(text="袁青山")) == 12


def test_a_program_killed_in_a_row_leaves_nothing_that_the_next_does_not_mend(
    register: Register, key: bytes
) -> None:
    register._sql.run("INSERT INTO search (search, rank) VALUES ('automerge', 0)")
    register._sql.run("INSERT INTO search (search, rank) VALUES ('crisismerge', 500)")
    register.close()
    with open_with_key(register.folder, key) as again:
        assert _merging(again) == {"automerge": 4, "crisismerge": 16}
