"""The list narrowed by mediator, level and what is overdue, in every order, page by page."""

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from builders import TODAY, a_case, a_dispute, a_party, a_promise, a_session
from store_basics import Keep

from mediation_desk.domain.casefile import CaseFile
from mediation_desk.domain.codes import (
    CaseStatus,
    Direction,
    Outcome,
    PartyRole,
    Performance,
    ReferralChannel,
    RiskLevel,
)
from mediation_desk.domain.finding import Find, Order, Span, Wanted, wanted
from mediation_desk.domain.handling import Referral, RiskEntry
from mediation_desk.domain.periods import month
from mediation_desk.domain.record import new_id
from mediation_desk.store import narrowing
from mediation_desk.store.opening import open_with_key
from mediation_desk.store.pinyin import sorting_key
from mediation_desk.store.register import Register


def _open_case(number: int, days_ago: int, **changes: object) -> CaseFile:
    told = {"status": CaseStatus.MEDIATING, "outcome": None, "closed_on": None, "performance": None}
    case = a_case(number=number, intake_on=TODAY - timedelta(days=days_ago), **(told | changes))
    return replace(case, agreement=None, promises=(), sessions=())


def _keep_all(keep: Keep, *cases: CaseFile) -> None:
    keep(*(record for case in cases for record in case.records()))


def _numbers(register: Register, find: Find) -> list[int]:
    rows = register.page(find).rows
    assert register.count(find) == len(rows)
    return [row.dispute.number for row in rows]


def _level(case: CaseFile, level: RiskLevel, day: date) -> RiskEntry:
    return RiskEntry(id=new_id(), dispute_id=case.dispute.id, assessed_on=day, level=level)


def test_a_mediator_finds_every_dispute_he_has_a_part_in(register: Register, keep: Keep) -> None:
    first, second = new_id(), new_id()
    both = _open_case(1, 5, mediator_ids=(first, second))
    one = _open_case(2, 4, mediator_ids=(first,))
    other = _open_case(3, 3, mediator_ids=(second,), type="07")
    _keep_all(keep, both, one, other)
    assert _numbers(register, Find(mediator_id=first)) == [2, 1]
    assert _numbers(register, Find(mediator_id=second)) == [3, 1]
    assert _numbers(register, Find(mediator_id=second, type="07")) == [3]
    assert _numbers(register, Find(mediator_id=first, status=CaseStatus.MEDIATING)) == [2, 1]
    assert _numbers(register, Find(mediator_id=first, outcome=Outcome.SETTLED)) == []
    assert _numbers(register, Find(mediator_id=new_id())) == []
    keep(replace(register.get("dispute", one.dispute.id), mediator_ids=(second,)))
    assert _numbers(register, Find(mediator_id=first)) == [1]


def test_the_last_level_is_the_one_a_dispute_is_found_by(register: Register, keep: Keep) -> None:
    case, calm = _open_case(1, 5), _open_case(2, 4)
    first = _level(case, RiskLevel.RED, TODAY - timedelta(days=3))
    later = _level(case, RiskLevel.YELLOW, TODAY - timedelta(days=1))
    _keep_all(keep, case, calm)
    assert _numbers(register, Find(level=RiskLevel.RED)) == []
    keep(first)
    assert _numbers(register, Find(level=RiskLevel.RED)) == [1]
    act = keep(later)
    assert _numbers(register, Find(level=RiskLevel.RED)) == []
    assert _numbers(register, Find(level=RiskLevel.YELLOW)) == [1]
    register.undo(act, "陶素芬", "记错了")
    assert _numbers(register, Find(level=RiskLevel.YELLOW)) == []
    assert _numbers(register, Find(level=RiskLevel.RED)) == [1]
    keep(replace(register.get("risk", first.id), void_reason="记错了"))
    assert _numbers(register, Find(level=RiskLevel.RED)) == []


def test_a_mediation_period_is_overdue_the_day_after_its_last(
    register: Register, keep: Keep
) -> None:
    days = register.settings.mediation_days
    _keep_all(
        keep,
        _open_case(1, days),
        _open_case(2, days + 1),
        _open_case(3, days + 1, extended_to=TODAY),
        _open_case(4, days + 9, extended_to=TODAY - timedelta(days=1)),
        _open_case(5, days + 9, status=CaseStatus.REGISTERED),
        _open_case(6, days + 9, void_reason="重复"),
        _open_case(7, days + 9, outcome=Outcome.FAILED, status=CaseStatus.CLOSED),
    )
    assert _numbers(register, Find(overdue_on=TODAY)) == [2, 4]
    assert _numbers(register, Find(overdue_on=TODAY + timedelta(days=1))) == [1, 3, 2, 4]
    register.keep_settings(replace(register.settings, mediation_days=days + 1))
    assert _numbers(register, Find(overdue_on=TODAY)) == [4]


def _promising(number: int, due: date | None, kept: date | None = None, **changes: Any) -> CaseFile:
    case = a_case(number=number, intake_on=date(2026, 8, number), **changes)
    assert case.agreement is not None
    promise = a_promise(case.agreement, case.parties[0], due_on=due, kept_on=kept)
    return replace(case, promises=(promise,))


def test_a_broken_promise_is_overdue(register: Register, keep: Keep) -> None:
    late = TODAY - timedelta(days=1)
    open_, kept = Performance.NOT_DUE, Performance.KEPT
    cases = [
        _promising(1, late, performance=open_),
        _promising(2, TODAY, performance=open_),
        _promising(3, None, performance=open_),
        _promising(4, late, late, performance=open_),
        _promising(5, late, performance=kept),
        _promising(6, late, performance=None),
        _promising(7, late, performance=Performance.SUED),
    ]
    _keep_all(keep, *cases)
    assert _numbers(register, Find(overdue_on=TODAY)) == [6, 1]
    keep(replace(register.get("promise", cases[0].promises[0].id), void_reason="写错"))
    assert _numbers(register, Find(overdue_on=TODAY)) == [6]


def _referral(case: CaseFile, direction: Direction, **changes: Any) -> Referral:
    told = {"id": new_id(), "dispute_id": case.dispute.id, "channel": ReferralChannel.COURT}
    return Referral(direction=direction, **(told | changes))


def test_an_answer_owed_is_overdue(register: Register, keep: Keep) -> None:
    late = TODAY - timedelta(days=1)
    days = register.settings.answer_days
    closed = [TODAY - timedelta(days=days + past) for past in (0, 1)]
    cases = [_open_case(number, 1) for number in (1, 2, 3, 4)]
    cases += [a_case(number=5 + n, closed_on=day, promises=()) for n, day in enumerate(closed)]
    _keep_all(keep, *cases)
    keep(
        _referral(cases[0], Direction.IN, answer_due_on=late),
        _referral(cases[1], Direction.IN, answer_due_on=TODAY),
        _referral(cases[2], Direction.IN, answer_due_on=late, answered_on=TODAY),
        # What others owe us is not our delay.
        _referral(cases[3], Direction.OUT, answer_due_on=late),
        # A letter that names no day is answered some days after closing.
        _referral(cases[4], Direction.IN),
        _referral(cases[5], Direction.IN),
    )
    assert _numbers(register, Find(overdue_on=TODAY)) == [1, 6]
    assert _numbers(register, Find(overdue_on=TODAY, text="蒋仕文")) == [1, 6]
    assert _numbers(register, Find(overdue_on=TODAY, text="没有这人")) == []
    assert _numbers(register, Find(overdue_on=TODAY, order=Order.NUMBER)) == [6, 1]


_ALONG: dict[Order, Callable[[Any], Any]] = {
    Order.NEWEST: lambda row: -row.row,
    Order.OLDEST: lambda row: row.row,
    Order.NUMBER: lambda row: (-row.dispute.year, -row.dispute.number, -row.row),
    Order.CLOSED: lambda row: (
        row.dispute.closed_on is None,
        -(row.dispute.closed_on or date.min).toordinal(),
        -row.row,
    ),
    Order.NAME: lambda row: (sorting_key(row.applicants), -row.row),
}


def _scattered(register: Register, count: int) -> set[str]:
    """Disputes of two years, some of a day, some still open, in no order; their ids."""
    chance = random.Random(7)
    made = []
    for number in chance.sample(range(1, 10 * count), count):
        day = date(2025, 6, 1) + timedelta(days=chance.randrange(400))
        closed = day + timedelta(days=chance.randrange(40)) if chance.random() < 0.7 else None
        made.append(
            a_dispute(
                number=number,
                year=day.year,
                intake_on=day,
                closed_on=closed,
                type=chance.choice(("02", "07")),
                facts="水沟",
            )
        )
    named = [
        a_party(dispute.id, PartyRole.APPLICANT, name=name)
        for dispute in made
        if (name := chance.choice(("", "秦德珍", "曾国强", "仇士英", "张\U00030edd", "Ann")))
    ]
    with register.change("罗晓", "导入") as change:
        change.adopt((*made, *named))
    return {dispute.id for dispute in made}


def _all_pages(register: Register, find: Find, size: int) -> list[Any]:
    rows: list[Any] = []
    after = None
    while True:
        page = register.page(find, after, size)
        rows += page.rows
        if page.next is None:
            return rows
        assert len(page.rows) == size
        after = page.next


@pytest.mark.parametrize("order", list(Order))
def test_every_order_shows_each_dispute_once(register: Register, order: Order) -> None:
    known = _scattered(register, 90)
    for narrow in ({}, {"unit_id": register.unit.id}, {"text": "水沟"}, {"type": "07"}):
        find = Find(order=order, **narrow)
        for size in (7, 30, 90, 500):
            rows = _all_pages(register, find, size)
            ids = [row.dispute.id for row in rows]
            assert len(ids) == len(set(ids))
            assert "type" in narrow or set(ids) == known
            assert rows == sorted(rows, key=_ALONG[order])


def test_a_narrowed_list_sorts_among_the_newest(
    register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    _scattered(register, 60)
    monkeypatch.setattr("mediation_desk.store.listing.SORTED_AMONG", 20)
    newest = {row.dispute.id for row in register.page(Find(text="水沟"), size=20).rows}
    rows = _all_pages(register, Find(text="水沟", order=Order.NUMBER), 6)
    assert {row.dispute.id for row in rows} == newest
    assert rows == sorted(rows, key=_ALONG[Order.NUMBER])
    assert narrowing.SORTED_AMONG > 1000


@pytest.mark.parametrize(
    "find",
    [
        Find(order=Order.NUMBER),
        Find(order=Order.CLOSED),
        Find(order=Order.OLDEST),
        Find(order=Order.NAME),
    ],
)
def test_no_page_reads_the_whole_table(register: Register, find: Find) -> None:
    heard: list[tuple[str, Any]] = []
    plain = register._sql.rows

    def listening(sql: str, values: Any = ()) -> Any:
        heard.append((sql, values))
        return plain(sql, values)

    _scattered(register, 5)
    register._sql.rows = listening  # type: ignore[method-assign]
    register.page(find)
    register._sql.rows = plain  # type: ignore[method-assign]
    steps = [
        step[3]
        for sql, values in heard
        if "dispute r" in sql
        for step in plain(f"EXPLAIN QUERY PLAN {sql}", values)
    ]
    assert steps
    assert not [step for step in steps if "TEMP B-TREE FOR ORDER BY" in step]
    # Walking along the list or one of its indexes is what ends with the page.
    assert not [step for step in steps if step.startswith("SCAN dispute")]


def test_words_of_agreement_and_sessions_are_found(register: Register, keep: Keep) -> None:
    case = a_case(number=1, facts="水沟")
    assert case.agreement is not None
    session = a_session(case.dispute.id, narrative="当事人提到老水井的位置。")
    case = replace(
        case,
        sessions=(session,),
        agreement=replace(case.agreement, content="由乙方修复石坎。"),
    )
    _keep_all(keep, case)
    for text in ("老水井", "修复石坎", "石", "水沟"):
        assert _numbers(register, Find(text=text)) == [1], text
    assert _numbers(register, Find(text="位置由乙方")) == []
    keep(replace(register.get("session", session.id), narrative="改为田坎。"))
    assert _numbers(register, Find(text="老水井")) == []
    assert _numbers(register, Find(text="田坎")) == [1]


def test_an_index_of_an_older_program_is_made_anew(
    folder: Path, key: bytes, register: Register, keep: Keep
) -> None:
    _keep_all(keep, a_case(number=1))
    register._sql.run("INSERT INTO search (search) VALUES ('delete-all')")
    register._sql.run("UPDATE setting SET content = '1' WHERE name = 'search_index'")
    assert _numbers(register, Find(text="jiangshiwen")) == []
    register.close()
    for _ in range(2):
        with open_with_key(folder, key) as opened:
            assert _numbers(opened, Find(text="jiangshiwen")) == [1]
            assert _numbers(opened, Find(text="蒋仕文")) == [1]


def test_what_is_wanted_can_be_kept_and_moves_on_with_the_days() -> None:
    asked = Wanted(
        text="水沟",
        type="02",
        outcome=Outcome.SETTLED,
        span=Span.LAST_MONTH,
        level=RiskLevel.RED,
        overdue=True,
        order=Order.CLOSED,
    )
    assert wanted(asked.plain()) == asked
    assert wanted(Wanted().plain()) == Wanted()
    found = asked.find(date(2026, 1, 31))
    assert (found.period, found.overdue_on) == (month(2025, 12), date(2026, 1, 31))
    assert asked.find(date(2026, 3, 1)).period == month(2026, 2)
    assert Wanted().find(TODAY) == Find()
    with pytest.raises(KeyError):
        wanted({"level": "紫色"})
