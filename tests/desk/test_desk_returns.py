"""A case given back: from the office to the village, put right there, and back to the office."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from builders import TODAY

from mediation_desk.desk import giving_back
from mediation_desk.desk.agenda import agenda
from mediation_desk.desk.looking import LookState
from mediation_desk.desk.receiving import check, look, receive, receive_all
from mediation_desk.desk.recording import keep_case, void_case
from mediation_desk.desk.setting_up import create, found_village
from mediation_desk.desk.taking_back import undo
from mediation_desk.domain.casefile import CaseFile
from mediation_desk.domain.codes import UnitKind
from mediation_desk.domain.problems import DeskError
from mediation_desk.domain.returning import Return
from mediation_desk.store.register import Register

CLERK, WHO = "罗晓", "陶素芬"
AUGUST, SEPTEMBER = date(2026, 8, 1), date(2026, 9, 1)
WORDS = "协议缺盖章日期，请补上。"
ANSWER = "已补盖章日期。"
Keep = Callable[..., CaseFile]
Send = Callable[..., Path]
Back = Callable[..., Path]


def give(office: Register, dispute_id: str, words: str = WORDS) -> Return:
    """Give a case back."""
    dispute = office.get("dispute", dispute_id)
    entry = replace(giving_back.blank_return(dispute, CLERK, TODAY), words=words)
    case = giving_back.give_back(office, entry, CLERK, TODAY)
    return next(kept for kept in case.returns if kept.id == entry.id)


def mend(village: Register, entry: Return, answer: str = ANSWER) -> None:
    """Say in the village that it is put right."""
    case = village.case(entry.dispute_id)
    after = tuple(
        replace(kept, mended_on=TODAY, mended_by=WHO, answer=answer)
        if kept.id == entry.id
        else kept
        for kept in case.returns
    )
    keep_case(village, case, replace(case, returns=after), WHO, "已改正", TODAY)


@pytest.fixture
def reported(office: Register, record: Keep, sent: Send) -> CaseFile:
    """A case of August that the office has received."""
    case = record(date(2026, 8, 10))
    (came,) = receive_all(office, [sent(AUGUST)], CLERK, TODAY)
    assert came.act
    return case


@pytest.fixture
def back(office: Register, village: Register, tmp_path: Path) -> Back:
    """Writes the file to the village."""

    def write(name: str = "back.xlsx") -> Path:
        unit = village.unit.id
        return giving_back.write_returns(office, unit, tmp_path / name, CLERK, TODAY)

    return write


def take(register: Register, *paths: Path) -> list[LookState]:
    return [entry.look.state for entry in receive_all(register, paths, WHO, TODAY)]


def only(register: Register) -> Return:
    (entry,) = register.all("return")
    return entry


def test_a_case_goes_back_is_put_right_and_the_office_sees_it(
    office: Register, village: Register, reported: CaseFile, back: Back, sent: Send
) -> None:
    given = give(office, reported.dispute.id)
    path = back()
    (came,) = receive_all(village, [path], WHO, TODAY)
    # The return and the receipt of the package.
    assert (came.look.state, came.look.counts["added"], came.look.read) == (LookState.READY, 2, 2)
    assert came.look.returned is None
    assert only(village) == given
    mend(village, given)
    assert take(office, sent(SEPTEMBER)) == [LookState.READY]
    got = only(office)
    assert (got.words, got.returned_by) == (WORDS, CLERK)
    assert (got.mended_on, got.mended_by, got.answer) == (TODAY, WHO, ANSWER)
    assert not got.open
    assert [told.entry for told in giving_back.given_back(office)] == [got]
    (left,) = giving_back.to_tell(office)
    assert (left.receipts, left.returns) == (1, 0)
    take(village, back("again.xlsx"))
    take(office, sent(SEPTEMBER, "later.xlsx"))
    take(village, back("receipt.xlsx"))
    take(office, sent(SEPTEMBER, "last.xlsx"))
    assert office.verify() == village.verify() == []


def test_the_offices_words_are_in_no_masked_package(
    office: Register, village: Register, reported: CaseFile, back: Back, sent: Send
) -> None:
    given = give(office, reported.dispute.id)
    take(village, back())
    mend(village, given)
    masked = sent(SEPTEMBER, "masked.xlsx")
    full = sent(AUGUST, "full.xlsx", unmasked_for="双龙司法所")
    assert take(office, masked) == [LookState.READY]
    assert only(office).words == WORDS
    assert take(office, full) == [LookState.READY]
    assert only(office) == only(village)


def test_the_same_file_again_changes_nothing_and_says_so(
    village: Register, office: Register, reported: CaseFile, back: Back
) -> None:
    give(office, reported.dispute.id)
    path = back()
    take(village, path)
    before = list(village.dump())
    (again,) = receive_all(village, [path], WHO, TODAY)
    assert (again.look.state, again.act) == (LookState.SAME, 0)
    assert "没有变化" in again.words
    assert list(village.dump()) == before
    # The next file says the same once more, because the office does not know that it came.
    (more,) = receive_all(village, [back("next.xlsx")], WHO, TODAY)
    assert (more.look.counts["unchanged"], more.look.read) == (2, 2)
    assert [line for line in village.dump() if '"package"' not in line] == [
        line for line in before if '"package"' not in line
    ]


def test_an_older_file_never_overwrites_what_was_put_right(
    village: Register, office: Register, reported: CaseFile, back: Back
) -> None:
    first = give(office, reported.dispute.id)
    older = back("older.xlsx")
    second = give(office, reported.dispute.id, "缺调解笔录。")
    newer = back("newer.xlsx")
    assert take(village, newer) == [LookState.READY]
    mend(village, first)
    before = [line for line in village.dump() if '"package"' not in line]
    assert take(village, older) == [LookState.OLDER]
    assert [line for line in village.dump() if '"package"' not in line] == before
    open_ = [entry.id for entry in village.case(reported.dispute.id).returns if entry.open]
    assert open_ == [second.id]


def test_a_file_taken_by_mistake_is_taken_back_without_a_trace(
    village: Register, office: Register, reported: CaseFile, back: Back
) -> None:
    before = list(village.dump())
    given = give(office, reported.dispute.id)
    path = back()
    (came,) = receive_all(village, [path], WHO, TODAY)
    assert "已撤销" in undo(village, came.act, WHO)
    assert list(village.dump()) == before
    assert take(village, path) == [LookState.READY]
    mend(village, given)
    act = village.acts("import")[0].number
    with pytest.raises(DeskError, match="后来被"):
        undo(village, act, WHO)


def test_another_village_and_the_office_itself_refuse_it(
    office: Register, reported: CaseFile, back: Back, tmp_path: Path
) -> None:
    give(office, reported.dispute.id)
    path = back()
    founding = found_village(
        "丰都县", "双龙镇", "关都坝村", UnitKind.VILLAGE, "500230124201", "秦川"
    )
    with create(tmp_path / "other", founding, "梨花-2026") as other:
        seen = look(other, path, TODAY)
        assert seen.state is LookState.REFUSED
        assert "梨子园村" in seen.words
        assert receive(other, seen, WHO).act == 0
        assert not other.all("return")
    seen = look(office, path, TODAY)
    assert (seen.state, "不是报送文件" in seen.words) == (LookState.REFUSED, True)


def test_a_village_refuses_a_package_and_check_knows_both(
    village: Register, office: Register, reported: CaseFile, back: Back, sent: Send
) -> None:
    package = sent(AUGUST, "package.xlsx")
    seen = look(village, package, TODAY)
    assert (seen.state, "村级登记簿不接收" in seen.words) == (LookState.REFUSED, True)
    give(office, reported.dispute.id)
    told = check(back(), TODAY)
    assert (told.state, told.counts["added"]) == (LookState.READY, 2)
    assert "给村里的回件" in told.words
    assert "回件" not in check(package, TODAY).words


def test_a_village_without_the_case_says_what_was_not_taken(
    office: Register, reported: CaseFile, back: Back, tmp_path: Path
) -> None:
    give(office, reported.dispute.id)
    path = back()
    founding = found_village("丰都县", "双龙镇", "梨子园村", UnitKind.VILLAGE, "500230124200", WHO)
    with create(tmp_path / "new", founding, "梨花-2026") as new:
        (came,) = receive_all(new, [path], WHO, TODAY)
        assert (came.look.counts["rejected"], came.look.counts["added"]) == (1, 1)
        assert any("它所属的纠纷" in problem.message for problem in came.look.problems)
        assert not new.all("return")


def test_only_the_office_gives_back_and_only_what_others_registered(
    village: Register, office: Register, reported: CaseFile
) -> None:
    dispute = village.get("dispute", reported.dispute.id)
    entry = replace(giving_back.blank_return(dispute, WHO, TODAY), words=WORDS)
    with pytest.raises(DeskError, match="不能退回"):
        giving_back.give_back(village, entry, WHO, TODAY)
    with pytest.raises(DeskError, match="退回意见"):
        giving_back.give_back(office, replace(entry, words=" "), CLERK, TODAY)
    assert not office.all("return")


def test_words_that_a_package_brings_changed_are_refused(
    village: Register, office: Register, reported: CaseFile, back: Back, sent: Send
) -> None:
    given = give(office, reported.dispute.id)
    take(village, back())
    case = village.case(reported.dispute.id)
    forged = replace(case.returns[0], words="没有问题。", mended_on=TODAY)
    keep_case(village, case, replace(case, returns=(forged,)), WHO, "改写", TODAY)
    (came,) = receive_all(office, [sent(SEPTEMBER, unmasked_for="司法所")], CLERK, TODAY)
    assert came.look.counts["rejected"] == 1
    assert any("退回意见" in problem.message for problem in came.look.problems)
    assert only(office) == given


def test_a_return_written_by_a_clock_that_runs_ahead_keeps_nobody_from_the_case(
    village: Register, office: Register, reported: CaseFile, back: Back
) -> None:
    dispute = office.get("dispute", reported.dispute.id)
    ahead = date(2027, 10, 23)
    entry = replace(giving_back.blank_return(dispute, CLERK, ahead), words=WORDS)
    giving_back.give_back(office, entry, CLERK, ahead)
    take(village, back())
    mend(village, only(village))
    assert not only(village).open


def test_nothing_waits_in_a_case_that_the_village_has_voided(
    village: Register, office: Register, reported: CaseFile, back: Back, sent: Send
) -> None:
    give(office, reported.dispute.id)
    take(village, back())
    assert len(agenda(village, TODAY).returns) == 1
    void_case(village, village.case(reported.dispute.id), WHO, "登记错了")
    shown = agenda(village, TODAY)
    assert (shown.returns, shown.ever_returned) == ((), True)
    take(office, sent(SEPTEMBER))
    assert giving_back.given_back(office) == []
    assert [told.returns for told in giving_back.to_tell(office)] == [0]


def test_the_first_page_tells_of_returns_once_there_were_any(
    village: Register, office: Register, reported: CaseFile, back: Back
) -> None:
    assert not agenda(village, TODAY).ever_returned
    given = give(office, reported.dispute.id)
    assert not agenda(office, TODAY).ever_returned
    take(village, back())
    (shown,) = agenda(village, TODAY).returns
    assert (shown.entry.id, shown.number) == (given.id, "(2026)梨民调字第001号")
    mend(village, given)
    after = agenda(village, TODAY)
    assert (after.returns, after.ever_returned) == ((), True)


def test_returns_of_one_day_stand_by_the_number_of_their_case(
    office: Register, village: Register, record: Keep, sent: Send, back: Back
) -> None:
    cases = [record(date(2026, 8, day)) for day in range(1, 7)]
    receive_all(office, [sent(AUGUST)], CLERK, TODAY)
    for case in reversed(cases):
        give(office, case.dispute.id)
    wanted = [case.dispute.id for case in cases]
    assert [told.entry.dispute_id for told in giving_back.given_back(office)] == wanted
    take(village, back())
    shown = agenda(village, TODAY).returns
    assert [told.entry.dispute_id for told in shown] == wanted
