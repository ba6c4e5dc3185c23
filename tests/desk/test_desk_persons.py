"""Who works at a desk, and a reader for whom every door of the register is closed."""

import ast
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from builders import TODAY

import mediation_desk.desk
from mediation_desk.desk import (
    leaving,
    ledgers,
    local_practice,
    organising,
    persons,
    phrases,
    recording,
    recovering,
    saved_finds,
)
from mediation_desk.domain import lifecycle
from mediation_desk.domain.casefile import CaseFile
from mediation_desk.domain.desk_log import Access, LogAct
from mediation_desk.domain.drafts import Draft
from mediation_desk.domain.problems import DeskError
from mediation_desk.store.register import Register
from mediation_desk.store.seated import OnlyReads

CLERK, READER = "罗晓", "周明远"
DESK = Path(mediation_desk.desk.__file__).parent


def _a_case(office: Register) -> CaseFile:
    blank = recording.blank_case(office, TODAY, CLERK)
    named = [replace(one, name=name) for one, name in zip(blank.parties, "甲乙", strict=True)]
    dispute = lifecycle.accept(replace(blank.dispute, type="02", facts="排水沟堵塞。"), TODAY)
    case = replace(blank, dispute=dispute, parties=tuple(named))
    return recording.keep_case(office, None, case, CLERK, "登记", TODAY)


def _reader(office: Register) -> None:
    made = persons.add_person(office, READER, Access.READS, actor=CLERK)
    persons.sit_down(office, made)


def test_who_set_the_desk_up_is_there_at_first(village: Register) -> None:
    (only,) = persons.everyone(village)
    assert only.name == village.person == persons.offered(village).name
    persons.add_person(village, "冉启明", Access.WRITES, actor=only.name)
    assert {one.name for one in persons.everyone(village)} == {"陶素芬", "冉启明"}
    assert not village.verify()


def test_the_last_one_is_offered(village: Register) -> None:
    made = persons.add_person(village, "冉启明", Access.WRITES, actor="陶素芬")
    assert persons.offered(village).name in {"陶素芬", "冉启明"}
    persons.sit_down(village, made)
    assert persons.offered(village) == made
    before = village.sequence()
    persons.sit_down(village, made)
    assert village.sequence() == before


def test_names_that_cannot_be_told_apart_are_refused(village: Register) -> None:
    for name in ("", "   ", "陶素芬", " 陶素芬 ", "长" * 21):
        with pytest.raises(DeskError):
            persons.add_person(village, name, Access.WRITES, actor="陶素芬")
    with pytest.raises(DeskError, match="司法所"):
        persons.add_person(village, "冉启明", Access.READS, actor="陶素芬")


def test_somebody_who_writes_is_always_left(office: Register) -> None:
    (clerk,) = persons.everyone(office)
    with pytest.raises(DeskError, match="至少"):
        persons.leave(office, clerk, actor=CLERK)
    with pytest.raises(DeskError, match="至少"):
        persons.give_access(office, clerk, Access.READS, actor=CLERK)
    other = persons.add_person(office, "向红", Access.WRITES, actor=CLERK)
    clerk = next(one for one in persons.everyone(office) if one.name == CLERK)
    persons.leave(office, clerk, actor="向红")
    assert [one.name for one in persons.everyone(office)] == ["向红"]
    # Without a name the command line works in the name of who is still here.
    assert persons.sit_down_as(office, "") == "向红"
    with pytest.raises(DeskError, match="至少"):
        persons.give_access(office, other, Access.READS, actor="向红")


def test_every_change_of_persons_stands_in_the_log(office: Register) -> None:
    made = persons.add_person(office, READER, Access.READS, actor=CLERK)
    persons.give_access(office, made, Access.WRITES, actor=CLERK)
    told = [one.told for one in office.all("log_entry") if one.what is LogAct.PERSON]
    assert sorted(told) == sorted([f"新增只读人员：{READER}", f"{READER}改为办理"])
    assert not office.verify()


# Who only reads


def test_the_doors_are_closed(office: Register) -> None:
    backup = office.back_up()
    _reader(office)
    stood = office.sequence(), office.setting("person")
    draft = Draft(id="1", place="register", about="", title="", stopped_at="", typed="{}", at="")
    doors: list[Callable[[], object]] = [
        lambda: office.change(READER, "改"),
        lambda: office.set("person", READER),
        lambda: office.keep_settings(office.settings),
        lambda: office.keep_draft(draft),
        lambda: office.drop_draft("1"),
        lambda: office.let_open("password", "新的密码-2027"),
        lambda: office.undo(1, READER, "撤销"),
        lambda: office.restore(backup),
    ]
    for door in doors:
        with pytest.raises(OnlyReads, match=READER) as refused:
            door()
        assert "姓名换人" in str(refused.value)
    assert (office.sequence(), office.setting("person")) == stood
    assert not office.drafts()
    # A copy changes nothing.
    office.back_up()
    assert not office.verify()


def test_what_a_reader_may_reach_is_refused(office: Register, today: date) -> None:
    case = _a_case(office)
    event = ledgers.blank(office, "publicity", today, CLERK)
    _reader(office)
    stood = list(office.dump())
    dispute, unit = case.dispute, office.committee
    void = replace(dispute, remark="改")
    acts: list[Callable[[], object]] = [
        lambda: recording.keep_case(office, case, replace(case, dispute=void), READER, "改", today),
        lambda: recording.void_case(office, case, READER, "重复"),
        lambda: ledgers.keep(office, (), (replace(event, topic="法律进村", place="院坝"),), READER,
                             "登记", today),
        lambda: organising.keep(office, replace(unit, name="改"), actor=READER, today=today),
        lambda: local_practice.keep_settings(
            office, replace(office.settings, visit_days=9), READER
        ),
        lambda: local_practice.keep_type(
            office, replace(local_practice.blank_type(office), label="其他", rolls_up_to="99"),
            actor=READER, today=today,
        ),
        lambda: leaving.choose_idle_minutes(office, 5, READER),
        lambda: persons.add_person(office, "另一人", Access.WRITES, actor=READER),
        lambda: phrases.add(office, "02", phrases.Use.FACTS, "排水沟堵塞"),
        lambda: saved_finds.drop_find(office, "近期"),
        lambda: recovering.use_code(office, recovering.new_code(), READER),
        lambda: recovering.change_password(office, "梨花-2026", "新的密码-2027", READER),
    ]  # fmt: skip
    for act in acts:
        with pytest.raises(OnlyReads):
            act()
    assert list(office.dump()) == stood


def test_no_function_of_the_desk_goes_by_another_way() -> None:
    """What writes goes by the register's own doors, all of which ask who sits there."""
    for path in DESK.rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute):
                assert node.attr not in {"_sql", "_key"}, (path.name, node.lineno)
            if isinstance(node, ast.ImportFrom):
                told = {entry.name for entry in node.names}
                assert not (node.module == "mediation_desk.store" and "changing" in told), path
                assert not (node.module == "mediation_desk.store.changing" and "change" in told)


@pytest.mark.parametrize("door", ["remember", "log"])
def test_the_doors_that_stay_open_are_few(door: str) -> None:
    """Only what the program notes by itself is written while somebody reads."""
    found = set()
    for path in DESK.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr == door
                and isinstance(node.func.value, ast.Name)
                and node.func.value.id == "register"
            ):
                found.add(path.stem)
    assert found == {"remember": {"clock_doubt", "persons"}, "log": {"desk_log"}}[door]


def test_by_the_command_line_a_reader_is_known_by_his_name(office: Register) -> None:
    persons.add_person(office, READER, Access.READS, actor=CLERK)
    assert persons.sit_down_as(office, READER) == READER
    assert office.reader == READER
    # Whoever is not in the list writes under his name, as ever.
    assert persons.sit_down_as(office, "向红") == "向红"
    assert not office.reader
    assert persons.sit_down_as(office, "") == CLERK
