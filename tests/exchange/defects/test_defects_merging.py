"""What ledgers of many months and hands must not do to a register (defects 58 to 72)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, cast

import pytest
from builders import a_case
from child_pool import ChildPool
from defect_books import HEADS, ROW, SECOND, TITLE, book, row
from openpyxl import load_workbook

from mediation_desk.desk import parked_rows, taking_ledgers
from mediation_desk.desk.ledger_look import CONFIRM, YES, Told
from mediation_desk.desk.looking import LookState, Received
from mediation_desk.desk.receiving import look, receive
from mediation_desk.desk.recording import keep_case
from mediation_desk.desk.sending import send
from mediation_desk.desk.taking_back import batches, undo
from mediation_desk.domain.cases import Dispute, Party
from mediation_desk.domain.codes import ProposalState
from mediation_desk.domain.organisation import Mediator, Unit
from mediation_desk.domain.periods import month
from mediation_desk.domain.round_trip import Proposal
from mediation_desk.store.register import Register

TODAY = date(2026, 11, 23)
CLERK = "王敏"
NUMBERED = ["编号", *HEADS[1:]]
Take = Callable[..., Received]


@pytest.fixture
def take(town: Register, forked: ChildPool, tmp_path: Path) -> Take:
    """Receive a ledger with these rows, as a file of this village."""

    def received(
        *cases: list[Any],
        village: str = "梨子园村",
        heads: list[str] = HEADS,
        told: Told | None = None,
    ) -> Received:
        path = tmp_path / "台账.xlsx"
        path.write_bytes(book([[TITLE.replace("梨子园村", village)], heads, *cases]))
        seen = look(town, path, TODAY, told)
        return receive(town, seen, CLERK)

    return received


def disputes(register: Register) -> list[Dispute]:
    return cast(list[Dispute], register.all("dispute"))


def counted(done: Received) -> dict[str, int]:
    return {name: count for name, count in done.look.counts.items() if count}


def test_defect_58_every_village_numbers_from_1(town: Register, take: Take) -> None:
    for village in ("梨子园村", "付家山村"):
        done = take(row(序号=1), row(SECOND, 序号=2), village=village, heads=NUMBERED)
        assert counted(done) == {"added": 2, "ignored": 2}
    found = {(entry.unit_id, entry.number) for entry in disputes(town)}
    assert len(found) == 4
    assert {number for _, number in found} == {1, 2}


def test_defect_59_a_number_changed_by_hand_is_asked_once(town: Register, take: Take) -> None:
    take(row(序号=1), row(SECOND, 序号=2), heads=NUMBERED)
    later = [row(序号=11), row(SECOND, 序号=12)]
    asked = take(*later, heads=NUMBERED)
    (question,) = cast(Any, asked.look.ledger).questions
    assert question.key.startswith("renumbered:")
    assert question.places == ("台账!A3", "台账!A4")
    assert len(disputes(town)) == 2
    take(*later, heads=NUMBERED, told=Told(answers={question.key: "same"}))
    assert sorted(entry.number for entry in disputes(town)) == [1, 2]


def test_a_number_that_is_now_anothers_is_asked(town: Register, take: Take) -> None:
    take(row(序号=1), heads=NUMBERED)
    done = take(row(SECOND, 序号=1), heads=NUMBERED)
    assert counted(done) == {"conflict": 1, "ignored": 2}
    (question,) = cast(Any, done.look.ledger).questions
    take(row(SECOND, 序号=1), heads=NUMBERED, told=Told(answers={question.key: "other"}))
    assert sorted(entry.number for entry in disputes(town)) == [1, 2]
    assert town.verify() == []


def _edited_here(town: Register, **changes: Any) -> None:
    (dispute,) = disputes(town)
    with town.change(CLERK, "核对") as change:
        change.keep(replace(dispute, **changes))


def test_defect_60_both_sides_changed_it(town: Register, take: Take) -> None:
    take(ROW)
    _edited_here(town, place="梨子园村3组", facts="水沟堵塞。")
    # What only the ledger changed is taken, what only the office changed stays.
    done = take(row(纠纷类型="房屋宅基地纠纷"))
    assert counted(done) == {"updated": 1, "ignored": 2}
    (dispute,) = disputes(town)
    assert (dispute.type, dispute.place, dispute.facts) == ("03", "梨子园村3组", "水沟堵塞。")
    done = take(row(纠纷类型="房屋宅基地纠纷", 纠纷简要情况="界石移动，双方争吵。"))
    assert counted(done) == {"conflict": 1, "ignored": 2}
    (asked,) = cast(list[Proposal], town.all("proposal"))
    assert asked.place == "台账!A3"
    assert (asked.base, asked.ours, asked.theirs) == (
        '"排水沟堵塞，双方争吵。"', '"水沟堵塞。"', '"界石移动，双方争吵。"')  # fmt: skip
    assert disputes(town)[0].facts == "水沟堵塞。"


def test_defect_61_counters_say_what_was_done(town: Register, take: Take) -> None:
    assert counted(take(ROW, SECOND)) == {"added": 2, "ignored": 2}
    third = row(SECOND, 申请人="谭明月", 受理日期="2026年10月12日", 结案日期="2026年10月15日")
    done = take(
        ROW, row(SECOND, 涉及金额=300), third, ["", "", "", "", "", "", "", "", "", "", "", "", 9]
    )
    assert counted(done) == {
        "added": 1, "updated": 1, "unchanged": 1, "ignored": 2, "rejected": 1}  # fmt: skip
    assert done.look.read == 6
    assert done.look.words == "共读6行 = 新增1 + 更新1 + 未变1 + 拒绝1 + 不是案件2"


def test_defect_62_what_is_undecided_is_parked_and_taken_later(town: Register, take: Take) -> None:
    done = take(SECOND, row(纠纷类型="吵架"))
    assert counted(done) == {"added": 1, "conflict": 1, "ignored": 2}
    (parked,) = parked_rows.parked_rows(town, TODAY)
    assert parked.proposal.place == "台账!A4"
    assert "秦德珍" in parked.proposal.theirs
    (question,) = parked.questions
    # Asked about the one row that was kept, it is named as it stands in the file.
    (at,) = question.places
    assert at.endswith("4")
    unit_id = parked.proposal.unit_id
    assert parked_rows.answer(town, unit_id, {question.key: "02"}, CLERK, TODAY) == 1
    assert {entry.type for entry in disputes(town)} == {"02", "03"}
    assert parked_rows.parked_rows(town, TODAY) == []
    (proposal,) = cast(list[Proposal], town.all("proposal"))
    assert proposal.state is ProposalState.TAKEN
    # Nobody is asked a second time, next month either.
    later = take(row(纠纷类型="吵架", 受理日期="2026年10月20日", 结案日期="2026年10月21日"))
    assert counted(later) == {"added": 1, "ignored": 2}


def test_a_parked_row_is_settled_by_the_file_that_comes_again(town: Register, take: Take) -> None:
    odd = row(纠纷类型="吵架")
    take(odd, SECOND)
    done = take(odd, SECOND, told=Told(answers={"type:吵架": "02"}))
    assert counted(done) == {"added": 1, "unchanged": 1, "ignored": 2}
    (proposal,) = cast(list[Proposal], town.all("proposal"))
    assert proposal.state is ProposalState.SETTLED
    undo(town, done.act, CLERK)
    assert len(parked_rows.parked_rows(town, TODAY)) == 1


def test_defect_63_the_corrected_file_makes_nothing_double(town: Register, take: Take) -> None:
    take(row(纠纷简要情况="排水沟堵塞。"), SECOND)
    before = {entry.id for entry in disputes(town)}
    done = take(row(纠纷简要情况="排水沟堵塞，漫入院坝。"), SECOND)
    assert counted(done) == {"updated": 1, "unchanged": 1, "ignored": 2}
    assert {entry.id for entry in disputes(town)} == before
    assert len(town.all("party")) == 4
    assert len(town.all("agreement")) == 2


def test_a_person_put_before_the_others_is_one_more(town: Register, take: Take) -> None:
    day = "2026年10月3日"
    take(row(申请人="秦德珍", 受理日期=day, 序号=1), heads=NUMBERED)
    done = take(row(申请人="罗大山、秦德珍", 受理日期=day, 序号=1), heads=NUMBERED)
    assert counted(done) == {"updated": 1, "ignored": 2}
    names = [entry.name for entry in cast(list[Party], town.all("party"))]
    assert sorted(names) == ["秦德珍", "罗大山", "蒋仕文"]
    again = take(row(申请人="罗大山、秦德珍", 受理日期=day, 序号=1), heads=NUMBERED)
    assert again.look.state is LookState.SAME


def test_defect_64_absent_is_not_deleted(town: Register, take: Take) -> None:
    take(ROW, SECOND)
    done = take(row(SECOND, 涉及金额=None, 调解员=None))
    assert counted(done)["ignored"] == 2
    found = disputes(town)
    assert len(found) == 2
    assert not any(entry.void_reason for entry in found)
    assert all(entry.mediator_ids for entry in found), "a blank cell takes nothing away"


def test_defect_65_an_older_ledger_rolls_nothing_back(town: Register, take: Take) -> None:
    older = row(调解结果=None, 结案日期=None, 协议形式=None, 涉及金额=None)
    take(older)
    take(ROW)
    (closed,) = disputes(town)
    done = take(older)
    assert counted(done) == {"older": 1, "ignored": 2}
    assert disputes(town) == [closed]


def test_defect_66_a_crash_in_the_middle_leaves_nothing(
    town: Register, take: Take, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(*_: Any) -> None:
        raise RuntimeError("power cut")

    before = town.sequence()
    with monkeypatch.context() as patched:
        patched.setattr(taking_ledgers, "keep_map", crash)
        with pytest.raises(RuntimeError, match="power cut"):
            take(ROW)
    assert (town.sequence(), town.all("dispute"), town.all("package")) == (before, [], [])
    done = take(ROW)
    assert undo(town, done.act, CLERK).startswith("已撤销")
    assert (town.all("dispute"), town.all("package"), town.all("ledger_map")) == ([], [], [])
    assert [batch.undone for batch in batches(town)] == [True]


def test_defect_67_villages_and_mediators_of_before(town: Register, take: Take) -> None:
    (unit,) = (entry for entry in town.units() if entry.name == "梨子园村")
    gone = Mediator(id="d" * 32, unit_id=unit.id, name="陶素芬", void_reason="换届")
    with town.change(CLERK, "换届") as change:
        change.keep(gone)
        change.keep(replace(unit, name="梨园社区"))
    done = take(ROW, told=Told(unit.id))
    (question,) = cast(Any, done.look.ledger).questions
    assert "梨子园村" in question.ask
    done = take(ROW, told=Told(unit.id, {question.key: "yes"}))
    assert counted(done) == {"added": 1, "ignored": 2}
    (dispute,) = disputes(town)
    (held_by,) = dispute.mediator_ids
    assert cast(Mediator, town.get("mediator", held_by)).name == "陶素芬"


def test_defect_68_the_wrong_villages_file(town: Register, take: Take) -> None:
    (unit,) = (entry for entry in town.units() if entry.name == "梨子园村")
    done = take(ROW, village="付家山村", told=Told(unit.id))
    assert counted(done) == {"conflict": 1, "ignored": 2}
    (question,) = cast(Any, done.look.ledger).questions
    assert question.ask == "台账写的是“付家山村”，是梨子园村的案件吗？"
    done = take(ROW, village="付家山村", told=Told(unit.id, {question.key: "no"}))
    assert counted(done) == {"rejected": 1, "ignored": 2}
    assert disputes(town) == []


def test_the_same_row_twice_is_asked(town: Register, take: Take) -> None:
    done = take(ROW, row(序号=2))
    assert counted(done) == {"added": 1, "conflict": 1, "ignored": 2}
    (question,) = cast(Any, done.look.ledger).questions
    assert "台账!A3" in question.ask
    done = take(ROW, row(序号=2), told=Told(answers={question.key: "same"}))
    assert counted(done) == {"unchanged": 1, "ignored": 3}
    assert len(disputes(town)) == 1


def test_defect_72_a_damaged_machine_part(
    village: Register, office: Register, forked: ChildPool, tmp_path: Path
) -> None:
    path = tmp_path / "月报.xlsx"
    case = a_case()
    unit = cast(Unit, village.unit)
    dispute = replace(case.dispute, unit_id=unit.id, number=0, mediator_ids=())
    keep_case(village, None, replace(case, dispute=dispute), "陶素芬", "登记", TODAY)
    held = cast(date, dispute.intake_on)
    send(village, month(held.year, held.month), path, "陶素芬", TODAY)
    book_ = load_workbook(path)
    book_["_exact"]["A2"].value = "AAAA"
    book_.save(path)
    seen = look(office, path, TODAY)
    assert seen.state is LookState.ASKS
    assert "程序内记录已损坏" in seen.words
    assert not receive(office, seen, CLERK).act
    with office.change(CLERK, "加上") as change:
        change.keep(replace(unit, revision=0, personal_revision=0))
    seen = look(office, path, TODAY)
    (question,) = cast(Any, seen.ledger).questions
    assert (seen.state, question.key) == (LookState.ASKS, CONFIRM)
    seen = look(office, path, TODAY, Told(answers={CONFIRM: YES}))
    assert seen.state is LookState.READY
    assert seen.words.startswith("程序内记录已损坏，按可见的表格读出；共读")
