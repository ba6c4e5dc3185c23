"""The one door: all or nothing, never over somebody's change, and numbers without a clash."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from builders import TODAY, a_case, a_dispute, a_party, a_session, a_unit
from store_basics import Keep

from mediation_desk.domain.codes import PartyRole
from mediation_desk.domain.finding import Find
from mediation_desk.domain.problems import DeskError
from mediation_desk.domain.record import new_id
from mediation_desk.store import history
from mediation_desk.store.changing import Stale
from mediation_desk.store.connection import NotAllowed
from mediation_desk.store.register import Register


def _state(register: Register) -> tuple[list[str], int, int, int]:
    """Records, acts, lines of the history and entries of the search index."""
    found = register.count(Find(text="村"), 100_000)
    return list(register.dump()), len(register.acts()), register.sequence(), found


def test_what_is_kept_is_there_at_once_and_after_opening_again(
    register: Register, keep: Keep
) -> None:
    case = a_case()
    act = keep(*case.records(), reason="登记邻里纠纷")
    kept = register.case(case.dispute.id)
    assert kept is not None
    assert [replace(record, revision=0, personal_revision=0) for record in kept.records()] == [
        *case.records()
    ]
    assert {record.revision for record in kept.records()} == {1}
    newest = register.acts()[0]
    assert (newest.number, newest.actor, newest.reason) == (act, "陶素芬", "登记邻里纠纷")
    changes = register.changes_of_act(act)
    assert [change.record_id for change in changes] == [record.id for record in case.records()]


@pytest.mark.parametrize("error", [DeskError("不行"), KeyboardInterrupt(), ValueError()])
def test_an_error_inside_leaves_nothing(register: Register, error: BaseException) -> None:
    before = _state(register)
    with pytest.raises(type(error)), register.change("陶素芬", "登记") as change:  # noqa: PT012
        for record in a_case().records():
            change.keep(record)
        change.keep_bytes("ab", b"picture")
        raise error
    assert _state(register) == before
    assert register.attachment_bytes("ab") is None
    assert register.verify() == []


def test_what_others_refuse_leaves_nothing(register: Register, keep: Keep) -> None:
    keep(a_dispute(number=1))
    before = _state(register)
    taken = a_dispute(number=1)
    with pytest.raises(NotAllowed, match="编号重复"):
        keep(a_dispute(number=2), taken)
    assert _state(register) == before


def test_a_record_changed_elsewhere_is_not_overwritten(register: Register, keep: Keep) -> None:
    dispute = a_dispute()
    keep(dispute)
    read = register.get("dispute", dispute.id)
    keep(replace(read, people=3))
    with pytest.raises(Stale, match="刚被别处修改过"):
        keep(replace(read, people=4))
    with pytest.raises(Stale):
        keep(replace(dispute, people=5))
    assert register.get("dispute", dispute.id).people == 3
    assert register.get("dispute", dispute.id).revision == 2


def test_an_unchanged_record_and_an_empty_act_write_nothing(register: Register, keep: Keep) -> None:
    dispute = a_dispute()
    keep(dispute)
    before = _state(register)
    keep(register.get("dispute", dispute.id))
    keep()
    assert _state(register) == before


def test_revisions_brought_along_are_kept(register: Register) -> None:
    dispute = a_dispute(revision=7, personal_revision=3)
    with register.change("罗晓", "导入", "import") as change:
        change.adopt([dispute])
    assert register.get("dispute", dispute.id) == dispute
    assert [act.reason for act in register.acts("import")] == ["导入"]


def test_records_are_adopted_in_any_order(register: Register) -> None:
    case = a_case()
    with register.change("罗晓", "导入") as change:
        change.adopt(reversed(list(case.records())))
    assert register.case(case.dispute.id) == case
    assert register.verify() == []


def test_disputes_may_exchange_their_numbers(register: Register, keep: Keep) -> None:
    first, second = a_dispute(number=1), a_dispute(number=2)
    keep(first, second)
    act = None
    with register.change("罗晓", "导入") as change:
        change.adopt([replace(first, number=2, revision=2), replace(second, number=1, revision=2)])
        act = change.number
    assert [register.get("dispute", entry.id).number for entry in (first, second)] == [2, 1]
    register.undo(act, "罗晓", "撤销")
    assert [register.get("dispute", entry.id).number for entry in (first, second)] == [1, 2]
    assert register.verify() == []


def test_numbers_that_two_laptops_gave_alike_are_both_received(register: Register) -> None:
    """A number is a label; an office loses no case because its village numbered two alike."""
    with register.change("罗晓", "导入") as change:
        change.adopt(replace(a_dispute(number=3), revision=1) for _ in range(2))
    assert len(register.all("dispute")) == 2
    assert register.verify() == []


def test_numbers_run_by_committee_and_year(register: Register, keep: Keep) -> None:
    own, other = register.unit, a_unit(id="other", code="500230124201")
    keep(other)
    for unit in (own, other):
        for year in (2025, 2026):
            assert register.next_number(unit.id, year) == 1
    keep(a_dispute(number=1), a_dispute(number=2), a_dispute(number=1, year=2025))
    assert register.next_number(own.id, 2026) == 3
    assert register.next_number(own.id, 2025) == 2
    assert register.next_number(other.id, 2026) == 1
    keep(a_dispute(number=2, unit_id=other.id))
    assert register.next_number(other.id, 2026) == 3


def test_the_number_of_a_void_case_stays_taken(register: Register, keep: Keep) -> None:
    last = a_dispute(number=5)
    keep(last)
    keep(replace(register.get("dispute", last.id), void_reason="登记错误"))
    assert register.next_number(last.unit_id, 2026) == 6
    with pytest.raises(NotAllowed):
        keep(a_dispute(number=5))
    [row] = register.page(Find()).rows
    assert row.number == "(2026)梨民调字第005号（作废）"


def test_every_act_is_whole_in_the_history(register: Register, keep: Keep) -> None:
    numbers = [keep(*a_case(number=number).records()) for number in range(1, 5)]
    assert [act.number for act in reversed(register.acts())][-4:] == numbers
    since = register.sequence()
    party = a_party(register.all("dispute")[0].id, PartyRole.THIRD)
    keep(party)
    assert list(register.changed_since(since)) == [("party", party.id)]
    assert register.verify() == []


def test_bytes_are_kept_once_under_their_hash(register: Register, keep: Keep) -> None:
    for content in (b"first", b"second"):
        with register.change("陶素芬", "扫描") as change:
            change.keep_bytes("ab", content)
    assert register.attachment_bytes("ab") == b"first"
    assert [problem.rule for problem in register.verify()] == ["V4"]


# The history cannot be altered unseen


@pytest.fixture
def kept(register: Register, keep: Keep) -> list[int]:
    """Acts of a little history."""
    numbers = []
    for number in range(1, 6):
        case = a_case(number=number)
        numbers.append(keep(*case.records()))
        dispute = register.get("dispute", case.dispute.id)
        numbers.append(keep(replace(dispute, people=4, closed_on=TODAY)))
    assert register.verify() == []
    return numbers


@pytest.mark.parametrize(
    ("sql", "rules"),
    [
        ("UPDATE change SET content = replace(content, '村', '镇') WHERE sequence = 9", ["V2"]),
        ("UPDATE change SET revision = 9 WHERE sequence = 9", ["V2"]),
        ("UPDATE change SET kind = 'party' WHERE sequence = 9", ["V2", "V3", "V3"]),
        ("UPDATE change SET hash = hash_before WHERE sequence = 9", ["V2"]),
        ("UPDATE change SET hash_before = hash WHERE sequence = 9", ["V2"]),
        ("UPDATE act SET actor = '别人' WHERE number = 3", ["V2"]),
        ("UPDATE act SET reason = '别的' WHERE number = 3", ["V2"]),
        ("UPDATE act SET at = '2020-01-01T00:00:00+08:00' WHERE number = 3", ["V2"]),
        ("UPDATE act SET undoes = 2 WHERE number = 3", ["V2"]),
        ("UPDATE dispute SET people = 99 WHERE number = 2", ["V3"]),
        ("UPDATE dispute_text SET facts = '' WHERE id IN (SELECT id FROM dispute)", ["V3"]),
        ("UPDATE party SET name = '别人'", ["V3"]),
        ("DELETE FROM session", ["V3"]),
        ("DELETE FROM dispute_text", ["V1", "V3"]),
        ("UPDATE dispute SET type = 'x', status = '没有这个'", ["V3"]),
        ("DELETE FROM change WHERE sequence = 9", ["V1", "V2"]),
        ("DELETE FROM act WHERE number = 3", ["V1", "V2"]),
        ("UPDATE party SET dispute_id = 'nobody'", ["V1", "V3"]),
    ],
)
def test_meddling_is_found(
    register: Register, kept: list[int], meddle: Callable[..., object], sql: str, rules: list[str]
) -> None:
    meddle(sql)
    found = [problem.rule for problem in register.verify()]
    assert set(rules) - {"V1"} <= set(found), found
    assert all(problem.sentence() for problem in register.verify())


def test_an_end_cut_off_the_history_is_found(
    register: Register, kept: list[int], meddle: Callable[..., object]
) -> None:
    meddle("DELETE FROM change WHERE act = ?", kept[-1])
    assert {problem.rule for problem in register.verify()} == {"V2", "V3"}
    meddle("DELETE FROM act WHERE number = ?", kept[-1])
    # With the act gone too the records still say what the history no longer does.
    assert {problem.rule for problem in register.verify()} == {"V2", "V3"}


def test_a_newest_act_taken_out_with_all_that_it_wrote_is_found(
    register: Register, keep: Keep, meddle: Callable[..., object]
) -> None:
    case = a_case(number=1)
    keep(*case.records())
    act = keep(a_session(case.dispute.id))
    assert register.verify() == []
    for sql in ("change WHERE act", "act WHERE number"):
        meddle(f"DELETE FROM {sql} = ?", act)
    meddle("DELETE FROM session WHERE position = (SELECT max(position) FROM session)")
    told = [problem.sentence() for problem in register.verify() if problem.rule == "V2"]
    assert len(told) == 1
    assert "末尾被删去" in told[0]


def test_an_act_put_in_by_the_side_is_found(
    register: Register, kept: list[int], meddle: Callable[..., object]
) -> None:
    sequence, before = history.last_link(register._sql)
    head = history.ActHead("a" * 32, "", "别人", "登记", "2026-11-01T08:00:00+08:00", None)
    content = register._sql.one("SELECT content FROM change WHERE sequence = ?", (sequence,))[0]
    row = "SELECT kind, record_id, revision FROM change WHERE sequence = ?"
    told = register._sql.one(row, (sequence,))
    link = history.link(before, head, history.Line(*told, content))
    meddle(
        "INSERT INTO act (number, id, kind, actor, reason, at) VALUES (?, ?, ?, ?, ?, ?)",
        kept[-1] + 1, head.id, head.kind, head.actor, head.reason, head.at,
    )  # fmt: skip
    meddle(
        "INSERT INTO change (sequence, act, kind, record_id, revision, content, hash_before, hash, "
        "lineage) VALUES (?, ?, ?, ?, ?, ?, ?, ?, '')",
        sequence + 1, kept[-1] + 1, *told, content, before, link,
    )  # fmt: skip
    assert [problem.rule for problem in register.verify()] == ["V2"]


def test_a_record_put_in_by_the_side_is_found(
    register: Register, kept: list[int], meddle: Callable[..., object]
) -> None:
    columns = [row[1] for row in meddle('PRAGMA table_info("party")')]
    values = ", ".join("'" + new_id() + "'" if name == "id" else f'"{name}"' for name in columns)
    meddle(f"INSERT INTO party SELECT {values} FROM party LIMIT 1")
    assert [problem.rule for problem in register.verify()] == ["V3"]


def test_a_place_is_found_for_a_dispute_without_any_day(register: Register, keep: Keep) -> None:
    for year in (0, 2026, 10_000):
        keep(a_dispute(year=year, intake_on=None, closed_on=None))
    assert [row.dispute.year for row in register.page(Find()).rows] == [10_000, 2026, 0]
