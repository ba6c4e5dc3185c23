"""Who may change what of the organisation, and what a committee lacks."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from builders import TODAY, a_unit

from mediation_desk.desk import organising, receiving, taking_back
from mediation_desk.desk.organising import Standing, standings
from mediation_desk.domain.codes import Sex, UnitKind
from mediation_desk.domain.composition import committee_problems
from mediation_desk.domain.organisation import Adviser, Mediator, Unit
from mediation_desk.domain.problems import DeskError
from mediation_desk.domain.record import new_id
from mediation_desk.store.register import Register

CLERK, RECORDER = "罗晓", "陶素芬"
AUGUST = date(2026, 8, 1)
FROM, UNTIL = date(2024, 1, 1), date(2028, 12, 31)
Send = Callable[..., Path]


def _unit(**changes: object) -> Unit:
    unit = a_unit(committee="丰都县双龙镇梨子园村人民调解委员会", term_from=FROM, term_to=UNTIL)
    return replace(unit, **changes)  # type: ignore[arg-type]


def _mediator(unit: Unit, position: str = "委员", **changes: object) -> Mediator:
    made = Mediator(
        id=new_id(),
        unit_id=unit.id,
        name="付家兴",
        sex=Sex.MALE,
        position=position,
        term_from=unit.term_from,
        term_to=unit.term_to,
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def _whole(unit: Unit) -> list[Mediator]:
    woman = _mediator(unit, name="陶素芬", sex=Sex.FEMALE)
    return [_mediator(unit, "主任"), woman, _mediator(unit)]


def _rules(unit: Unit, mediators: list[Mediator], advisers: tuple[Adviser, ...] = ()) -> list[str]:
    return [one.rule for one in committee_problems(unit, mediators, advisers, TODAY, 90)]


def test_a_whole_committee_lacks_nothing() -> None:
    assert not _rules(_unit(), _whole(_unit()))


@pytest.mark.parametrize("count", [0, 2, 3, 9, 10])
def test_three_to_nine_members(count: int) -> None:
    unit = _unit()
    people = [*_whole(unit)[:2], *(_mediator(unit) for _ in range(8))][:count]
    assert ("O1" in _rules(unit, people)) is (not 3 <= count <= 9)


def test_the_hired_and_the_void_are_no_members() -> None:
    unit = _unit()
    chair, woman, third = _whole(unit)
    assert _rules(unit, [chair, woman, replace(third, position="聘任")]) == ["O1"]
    assert _rules(unit, [chair, woman, replace(third, void_reason="调离")]) == ["O1"]
    assert _rules(unit, [chair, replace(woman, position="聘任"), third, third]) == ["O3"]


def test_one_chair_and_a_woman() -> None:
    unit = _unit()
    chair, woman, third = _whole(unit)
    assert _rules(unit, [chair, woman, replace(third, position="主任")]) == ["O2"]
    assert _rules(unit, [replace(chair, position=""), woman, third]) == ["O2"]
    assert _rules(unit, [chair, replace(woman, sex=Sex.MALE), third]) == ["O3"]
    (unknown,) = committee_problems(unit, [chair, replace(woman, sex=None), third], (), TODAY, 90)
    assert unknown.rule == "O3"
    assert "性别" in unknown.mend


def test_of_how_many_the_sex_is_unknown_is_told_only_where_no_woman_is_known() -> None:
    unit = _unit()
    men = [replace(entry, sex=Sex.MALE) for entry in _whole(unit)]
    chair, second, third = men
    unknown = [replace(entry, sex=None) for entry in (second, third)]
    (told,) = committee_problems(unit, [chair, *unknown], (), TODAY, 90)
    assert "2人没有填性别" in told.message
    (told,) = committee_problems(unit, [chair, second, unknown[1]], (), TODAY, 90)
    assert "1人没有填性别" in told.message
    (told,) = committee_problems(unit, men, (), TODAY, 90)
    assert "没有妇女成员" in told.message
    woman = replace(second, sex=Sex.FEMALE)
    assert not committee_problems(unit, [chair, woman, unknown[1]], (), TODAY, 90)


@pytest.mark.parametrize(
    ("days", "rules"), [(-1, ["O4"]), (0, ["O5"]), (90, ["O5"]), (91, []), (None, ["O7"])]
)
def test_terms_are_told_ahead(days: int | None, rules: list[str]) -> None:
    unit = _unit(term_to=None if days is None else TODAY + timedelta(days=days))
    assert _rules(unit, _whole(unit)) == rules


def test_terms_of_their_own_are_told_by_name() -> None:
    unit = _unit()
    over = TODAY - timedelta(days=1)
    chair, woman, third = _whole(unit)
    adviser = Adviser(id=new_id(), unit_id=unit.id, name="向律师", term_to=over)
    people = [chair, woman, replace(third, term_to=over)]
    found = committee_problems(unit, people, [adviser], TODAY, 90)
    assert [one.rule for one in found] == ["O4", "O4"]
    assert "付家兴" in found[0].message
    assert "向律师" in found[1].message


def test_without_a_committee_nothing_else_is_said() -> None:
    assert _rules(_unit(committee=""), []) == ["O6"]
    assert not _rules(_unit(kind=UnitKind.OFFICE, committee=""), [])


def _only(register: Register) -> Standing:
    (standing,) = standings(register, TODAY)
    return standing


def test_a_village_keeps_its_own_people(village: Register) -> None:
    before = _only(village)
    assert before.mine
    assert [one.name for one in before.mediators] == [RECORDER]
    blank = organising.blank_mediator(before.unit)
    kept = organising.keep(village, replace(blank, name="付家兴"), actor=RECORDER, today=TODAY)
    corrected = replace(kept, position="主任", phone="13900000000")
    organising.keep(village, corrected, actor=RECORDER, today=TODAY)
    shown = _only(village)
    assert [one.name for one in shown.mediators] == ["付家兴", RECORDER]
    assert all(shown.may_change(one) for one in shown.mediators)
    organising.strike(village, shown.mediators[0], "调离", actor=RECORDER)
    assert [one.name for one in _only(village).mediators] == [RECORDER]
    lines = village.history("mediator", kept.id)
    assert [line.revision for line in lines] == [1, 2, 3]
    assert "调离" in village.acts()[0].reason


def test_the_chair_stands_first_and_the_hired_last(village: Register) -> None:
    unit = _only(village).unit
    with village.change("付家兴", "登记") as change:
        for position in ("聘任", "委员", "副主任", "网格员", "主任"):
            change.keep(_mediator(unit, position, name="蔡" + position))
    order = [entry.position for entry in _only(village).mediators if entry.name[0] == "蔡"]
    assert order == ["主任", "副主任", "委员", "网格员", "聘任"]


def test_the_own_unit_is_never_struck_out(village: Register) -> None:
    with pytest.raises(DeskError):
        organising.strike(village, _only(village).unit, "合并", actor=RECORDER)


def test_what_is_wrong_is_refused(village: Register) -> None:
    blank = organising.blank_mediator(_only(village).unit)
    backward = replace(blank, name="付家兴", term_from=UNTIL, term_to=FROM)
    for wrong in (blank, backward):
        with pytest.raises(DeskError):
            organising.keep(village, wrong, actor=RECORDER, today=TODAY)
    assert len(_only(village).mediators) == 1


def test_the_office_makes_units_until_they_report_themselves(
    office: Register, village: Register, sent: Send
) -> None:
    blank = organising.blank_unit(office)
    typed = replace(blank, code="500230124200", name="梨子园村", committee="梨子园村人民调解委员会")
    made = organising.keep(office, typed, actor=CLERK, today=TODAY)
    assert made.id == village.unit.id
    assert [one.rule for one in organising.findings(office, typed, TODAY)] == ["U3"]
    hired = replace(organising.blank_mediator(made), name="付家兴")
    hired = organising.keep(office, hired, actor=CLERK, today=TODAY)
    own, theirs = standings(office, TODAY)
    assert own.unit == office.committee
    assert theirs.mine
    assert theirs.may_change(hired)

    (got,) = receiving.receive_all(office, [sent(AUGUST)], CLERK, TODAY)
    assert got.act
    received = standings(office, TODAY)[1]
    came = next(one for one in received.mediators if one.name == RECORDER)
    assert not received.may_change(came)
    # What the office wrote itself it can still take back.
    assert received.may_change(hired)
    for act in (
        lambda: organising.keep(office, replace(came, position="主任"), actor=CLERK, today=TODAY),
        lambda: organising.strike(office, came, "重复", actor=CLERK),
    ):
        with pytest.raises(DeskError, match="只能查看"):
            act()
    organising.strike(office, hired, "重复登记", actor=CLERK)
    assert hired.id not in {one.id for one in standings(office, TODAY)[1].mediators}
    taking_back.undo(office, got.act, CLERK)
    assert standings(office, TODAY)[1].mine


def test_the_acts_of_importing_are_known_by_their_name() -> None:
    assert receiving.IMPORT in organising.FROM_ELSEWHERE
