"""Disputes in the order of names: by pinyin as the names are spoken, whatever happens to them."""

import random
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from builders import a_dispute, a_party, a_unit
from store_basics import Keep

from mediation_desk.domain.cases import Party
from mediation_desk.domain.codes import PartyKind, PartyRole
from mediation_desk.domain.finding import Find, Order
from mediation_desk.domain.record import Record
from mediation_desk.store.opening import open_with_key
from mediation_desk.store.pinyin import _syllable, sorting_key
from mediation_desk.store.register import Register

# By the reading of each character; the surname has a reading of its own, a name with a dot has no
# surname, Latin letters make one word, what has no reading follows in the order of its code.
ORDERED = (
    "阿依古丽·买买提", "ABC公司", "Anna Li", "柏松", "𰻝一", "薄一清", "单于雄", "陈一", "种田丰",
    "费孝文", "丰都县双龙运输有限责任公司", "盖丽", "何世明", "𠮷野", "解放碑百货有限公司", "José",
    "乐山市百货有限公司", "李", "李春", "李明", "李鸣", "黎明", "李明德", "李𬺰", "李\U00030002",
    "梁一", "吕明", "缪小红", "万俟雅", "区小红", "欧阳娜娜", "朴哲", "秦德珍", "覃德珍", "仇士英",
    "曲阜", "任七", "单雄", "沈仇", "Tom", "魏延", "解晓东", "谢晓东", "尉迟敬德", "乐嘉", "曾国强",
    "曾國強", "查良玉", "翟永红", "张三", "长孙玉兰", "张\U00020002", "朱一",
    "\U00020002三", "\U00030002三", "\U00031351一", "", "***",
)  # fmt: skip
_WITHOUT_READING = ("𬺰", "\U00020002", "\U00030002", "\U00031351")


def _is_person(name: str) -> bool:
    return not name.endswith("公司")


def _names(register: Register, size: int = 500, **find: Any) -> list[str]:
    """The applicants in the order of names, read in pages of `size`."""
    found: list[str] = []
    after = None
    while True:
        page = register.page(Find(order=Order.NAME, **find), after, size)
        found += [row.applicants for row in page.rows]
        if page.next is None:
            return found
        after = page.next


def _records(names: Iterable[str], **changes: Any) -> list[Record]:
    """A dispute for each of `names`, every one on a day of its own."""
    made: list[Record] = []
    for number, name in enumerate(names, 1):
        day = date(2026, 1, 1) + timedelta(days=number)
        dispute = a_dispute(number=number, intake_on=day, facts="水沟", **changes)
        made.append(dispute)
        if name:
            party = a_party(dispute.id, PartyRole.APPLICANT, name=name)
            kind = PartyKind.NATURAL if _is_person(name) else PartyKind.LEGAL
            made.append(replace(party, kind=kind))
    return made


@pytest.fixture
def named(register: Register, keep: Keep) -> Register:
    """A dispute for each name, kept in no order."""
    keep(*_records(random.Random(3).sample(ORDERED, len(ORDERED))))
    return register


def test_names_are_ordered_as_they_are_spoken() -> None:
    keys = [sorting_key(name, person=_is_person(name)) for name in ORDERED]
    assert keys == sorted(keys)
    assert len(set(keys)) == len(ORDERED)
    for character in _WITHOUT_READING:
        assert not _syllable(character)


@pytest.mark.parametrize("size", [1, 7, 500])
def test_every_name_is_kept_found_listed_in_order_and_shown(named: Register, size: int) -> None:
    assert _names(named, size) == list(ORDERED)
    for name in ORDERED:
        if name.strip("*"):
            found = [row.applicants for row in named.page(Find(text=name)).rows]
            assert name in found
    parties = {party.name for party in named.all("party")}  # type: ignore[attr-defined]
    assert parties == set(ORDERED) - {""}


@pytest.mark.parametrize("size", [3, 500])
def test_a_narrowed_list_is_in_the_order_of_names_too(named: Register, size: int) -> None:
    assert _names(named, size, text="水沟") == list(ORDERED)
    assert _names(named, size, unit_id=named.unit.id) == list(ORDERED)
    assert _names(named, size, type="02") == list(ORDERED)
    found = {row.applicants for row in named.page(Find(text="li")).rows}
    assert len(found) > 5
    assert _names(named, size, text="li") == [name for name in ORDERED if name in found]


def test_of_one_name_the_newest_comes_first_page_by_page(register: Register, keep: Keep) -> None:
    names = ["李明"] * 7 + ["黎明", "李鸣"] * 3
    keep(*_records(names))
    whole = register.page(Find(order=Order.NAME), None, 500).rows
    told = [(sorting_key(row.applicants), -row.row) for row in whole]
    assert told == sorted(told)
    for size in (1, 2, 3, 5):
        rows: list[Any] = []
        after = None
        while True:
            page = register.page(Find(order=Order.NAME), after, size)
            rows += page.rows
            if page.next is None:
                break
            after = page.next
        assert rows == list(whole)


def test_the_first_applicant_counts_and_without_one_the_first_party(
    register: Register, keep: Keep
) -> None:
    disputes = [a_dispute(number=number) for number in (1, 2, 3)]
    first, second, third = disputes

    def party(dispute: Any, role: PartyRole, position: int, name: str) -> Party:
        return a_party(dispute.id, role, position=position, name=name)

    gone = party(third, PartyRole.APPLICANT, 1, "安一")
    keep(
        *disputes,
        party(first, PartyRole.APPLICANT, 2, "艾二"),
        party(first, PartyRole.APPLICANT, 1, "周一"),
        party(first, PartyRole.RESPONDENT, 1, "阿三"),
        party(second, PartyRole.THIRD, 1, "阿四"),
        party(second, PartyRole.RESPONDENT, 1, "孟五"),
        gone,
        party(third, PartyRole.APPLICANT, 2, "郑六"),
    )
    assert _names(register) == ["安一、郑六", "孟五", "周一、艾二"]
    kept: Any = register.get("party", gone.id)
    keep(replace(kept, void_reason="登记错误"))
    assert _names(register) == ["孟五", "郑六", "周一、艾二"]


def test_the_order_follows_a_name_that_changes_and_is_taken_back(
    named: Register, keep: Keep
) -> None:
    [party] = [party for party in named.all("party") if party.name == "单雄"]  # type: ignore[attr-defined]
    act = keep(replace(party, name="安雄"))  # type: ignore[call-arg]
    names = _names(named)
    assert sorted(names, key=lambda name: sorting_key(name, person=_is_person(name))) == names
    assert names.index("安雄") < names.index("柏松")
    named.undo(act, "陶素芬", "改错了")
    assert _names(named) == list(ORDERED)


def test_a_dispute_that_moves_to_another_day_keeps_its_name(named: Register, keep: Keep) -> None:
    moved: Any = named.page(Find(text="秦德珍")).rows[0].dispute
    whole: Any = named.get("dispute", moved.id)
    keep(replace(whole, intake_on=date(2020, 1, 1)))
    assert _names(named) == list(ORDERED)
    assert _names(named, 2) == list(ORDERED)


def test_undoing_an_import_leaves_the_order_of_before(named: Register) -> None:
    more = _records(("李明", "曾国强", "\U00031351一", "Zoe"), year=2025)
    with named.change("陶素芬", "导入", "import") as change:
        change.adopt(more)
    names = _names(named, 6)
    assert len(names) == len(ORDERED) + 4
    assert [name for name in names if name == "曾国强"] == ["曾国强"] * 2
    assert names.index("Zoe") == names.index("朱一") + 1
    named.undo(change.number, "陶素芬", "导错了")
    assert _names(named, 6) == list(ORDERED)
    assert named.verify() == []


def test_an_order_of_an_older_program_is_made_anew(
    folder: Path, key: bytes, named: Register
) -> None:
    named._sql.run("UPDATE dispute SET name_key = ''")
    named._sql.run("UPDATE setting SET content = '2' WHERE name = 'search_index'")
    assert _names(named) != list(ORDERED)
    named.close()
    with open_with_key(folder, key) as opened:
        assert _names(opened) == list(ORDERED)


def test_keys_are_no_part_of_what_is_kept_for_ever(named: Register) -> None:
    told = "".join(named.dump())
    assert "name_key" not in told
    assert "shan xiong" not in told
    history = named._sql.rows("SELECT content FROM change")
    assert not [row for row in history if "shan xiong" in row[0]]


def test_the_office_sees_one_unit_in_the_order_of_names(office: Register) -> None:
    units = [a_unit(code=f"50023012420{place}", name=f"{place}村") for place in (1, 2)]
    names = ("曾国强", "Ann", "𠮷野", "仇士英")
    with office.change("罗晓", "导入") as change:
        change.adopt(units)
        for unit in units:
            change.adopt(_records(names, unit_id=unit.id))
    ordered = ["Ann", "𠮷野", "仇士英", "曾国强"]
    for unit in units:
        assert _names(office, 3, unit_id=unit.id) == ordered
    assert _names(office, 3) == [name for name in ordered for _ in units]


@pytest.mark.parametrize("narrow", [{}, {"unit_id": "u"}])
def test_a_page_in_the_order_of_names_walks_along_an_index(
    named: Register, narrow: dict[str, str]
) -> None:
    heard: list[tuple[str, Any]] = []
    plain = named._sql.rows

    def listening(sql: str, values: Any = ()) -> Any:
        heard.append((sql, values))
        return plain(sql, values)

    after = named.page(Find(order=Order.NAME), None, 5).next
    named._sql.rows = listening  # type: ignore[method-assign]
    named.page(Find(order=Order.NAME, **narrow), after, 5)
    named._sql.rows = plain  # type: ignore[method-assign]
    asked = [(sql, values) for sql, values in heard if "ORDER BY r.name_key" in sql]
    assert len(asked) == 2
    for sql, values in asked:
        assert "OFFSET" not in sql
        [step] = [step[3] for step in plain(f"EXPLAIN QUERY PLAN {sql}", values)]
        assert "USING INDEX" in step
        assert "name_key" in step
