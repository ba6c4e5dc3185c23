"""Undo: exactly the state before, in any case but where something was built on it."""

import random
from dataclasses import replace

import pytest
from builders import TODAY, a_case, a_dispute, a_party, a_unit, an_agreement
from store_basics import Keep

from mediation_desk.domain.casefile import CaseFile
from mediation_desk.domain.codes import PartyRole
from mediation_desk.domain.finding import Find
from mediation_desk.domain.record import Record
from mediation_desk.store.register import Register
from mediation_desk.store.undoing import CannotUndo


def _state(register: Register) -> tuple[list[str], list[str]]:
    """All records, and what the list and the search find, as the user sees them."""
    found = []
    for text in ("", "村", "秦", "蒋仕文", "2026", "jsw", "赔偿"):
        page = register.page(Find(text=text), size=1000)
        found += [f"{text}: {row}".replace(str(row.row), "") for row in page.rows]
    return list(register.dump()), sorted(found)


def _import(register: Register, *records: Record) -> int:
    with register.change("罗晓", "导入", "import") as change:
        change.adopt(records)
    return int(change.number)


def test_an_import_can_be_undone_and_done_again(register: Register, keep: Keep) -> None:
    own, other = a_case(number=1), a_case(number=2)
    keep(*own.records())
    before = _state(register)
    sent = [replace(record, revision=3) for record in other.records()]
    mended = replace(own.dispute, revision=5, people=9, intake_on=TODAY)
    act = _import(register, *sent, mended)
    after = _state(register)
    assert register.why_not_undo(act) == ""
    register.undo(act, "罗晓", "传错了")
    assert _state(register) == before
    assert register.verify() == []
    [undone] = register.acts("import")
    assert undone.undone_by == register.acts()[0].number
    assert register.acts()[0].reason == "传错了"
    again = _import(register, *sent, mended)
    assert _state(register) == after
    register.undo(again, "罗晓", "又错了")
    assert _state(register) == before
    assert register.verify() == []


def test_undoing_twice_or_undoing_an_undo_is_refused(register: Register, keep: Keep) -> None:
    act = keep(a_dispute())
    undo = register.undo(act, "罗晓", "撤销")
    assert undo.number == act
    before = _state(register)
    for number, words in (
        (act, f"第{act}批已经撤销过"),
        (act + 1, "撤销或操作记录"),
        (1, "开户"),
        (99, "没有第99批"),
    ):
        with pytest.raises(CannotUndo, match=words):
            register.undo(number, "罗晓", "撤销")
        assert words in register.why_not_undo(number)
    assert _state(register) == before


def test_what_was_built_upon_is_named(register: Register, keep: Keep) -> None:
    dispute = a_dispute()
    first = keep(dispute)
    second = keep(replace(register.get("dispute", dispute.id), people=3))
    keep(a_dispute(number=2))
    third = keep(replace(register.get("dispute", dispute.id), people=4))
    before = _state(register)
    with pytest.raises(CannotUndo, match=f"第{second}、{third}批") as refused:
        register.undo(first, "罗晓", "撤销")
    assert f"请先撤销第{second}、{third}批" in str(refused.value)
    assert _state(register) == before
    # Undoing the last one frees the one before it, but not the first.
    register.undo(third, "罗晓", "撤销")
    assert register.why_not_undo(second) == ""
    assert f"第{second}批改动" in register.why_not_undo(first)
    register.undo(second, "罗晓", "撤销")
    register.undo(first, "罗晓", "撤销")
    assert register.get("dispute", dispute.id) is None
    assert register.verify() == []


def test_records_hung_on_the_batch_are_in_the_way(register: Register, keep: Keep) -> None:
    dispute = a_dispute()
    act = _import(register, dispute)
    keep(a_party(dispute.id, PartyRole.APPLICANT))
    before = _state(register)
    with pytest.raises(CannotUndo, match="请先撤销第3批"):
        register.undo(act, "罗晓", "撤销")
    assert _state(register) == before
    assert register.verify() == []


def test_a_record_moved_onto_what_the_batch_brought_moves_back(
    register: Register, keep: Keep
) -> None:
    dispute = a_dispute()
    keep(dispute)
    before = _state(register)
    unit = a_unit(id="new", code="500230124205", revision=1)
    taking = a_dispute(number=1, unit_id=dispute.unit_id)
    act = _import(register, unit, replace(dispute, revision=2, unit_id=unit.id), taking)
    register.undo(act, "罗晓", "撤销")
    assert _state(register) == before
    assert register.verify() == []


def test_an_act_that_kept_a_record_twice_is_undone_to_before_both(
    register: Register, keep: Keep
) -> None:
    case = a_case()
    keep(*case.records())
    before = _state(register)
    new = a_dispute(number=2)
    with register.change("陶素芬", "改") as change:
        kept = change.keep(new)
        change.keep(a_party(new.id, PartyRole.APPLICANT))
        change.keep(replace(kept, people=7))
        read = register.get("dispute", case.dispute.id)
        change.keep(replace(change.keep(replace(read, people=3)), people=4))
    register.undo(change.number, "陶素芬", "撤销")
    assert _state(register) == before
    assert register.verify() == []


def _some_act(register: Register, chance: random.Random) -> int:
    with register.change("陶素芬", "随机", "import") as change:
        for _ in range(chance.randint(1, 4)):
            disputes = register.all("dispute")
            if not disputes or chance.random() < 0.5:
                number = register.next_number(a_dispute().unit_id, 2026)
                case: CaseFile = a_case(
                    number=number, intake_on=TODAY.replace(day=chance.randint(1, 20))
                )
                for record in case.records():
                    change.keep(record)
                continue
            dispute = chance.choice(disputes)
            change.keep(replace(dispute, people=chance.randint(1, 99), closed_on=TODAY))
            if not register.all("agreement", dispute_id=dispute.id):
                change.keep(an_agreement(dispute.id))
            party = chance.choice(register.all("party", dispute_id=dispute.id))
            change.keep(replace(party, name=chance.choice(("蒋仕文", "秦德珍", "曾祥")), phone=""))
    return int(change.number)


@pytest.mark.parametrize("seed", range(4))
def test_any_acts_undone_from_the_end_lead_back_step_by_step(register: Register, seed: int) -> None:
    chance = random.Random(seed)
    states, acts = [_state(register)], []
    for _ in range(8):
        acts.append(_some_act(register, chance))
        states.append(_state(register))
    for act, state in zip(reversed(acts), reversed(states[:-1]), strict=True):
        register.undo(act, "罗晓", "撤销")
        assert _state(register) == state
    assert register.verify() == []
