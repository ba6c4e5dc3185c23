import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from builders import TODAY, a_case, moved

from mediation_desk.desk.receiving import LookState, check, look, receive, receive_all
from mediation_desk.desk.recording import keep_case
from mediation_desk.desk.reporting import cases_counted, township_table
from mediation_desk.desk.sending import calibre_of, send
from mediation_desk.desk.setting_up import create, found_village
from mediation_desk.desk.taking_back import batches, undo, undo_words
from mediation_desk.domain.casefile import CaseFile
from mediation_desk.domain.cases import Dispute
from mediation_desk.domain.codes import UnitKind
from mediation_desk.domain.periods import month, year
from mediation_desk.domain.problems import DeskError
from mediation_desk.exchange import exact
from mediation_desk.exchange.reading import opened
from mediation_desk.figures.columns import COLUMNS
from mediation_desk.store.register import Register

CLERK = "罗晓"
AUGUST, SEPTEMBER = date(2026, 8, 1), date(2026, 9, 1)
Keep = Callable[..., CaseFile]
Send = Callable[..., Path]


def take(office: Register, *paths: Path) -> list[LookState]:
    return [entry.look.state for entry in receive_all(office, paths, CLERK, TODAY)]


def records_of(office: Register) -> list[str]:
    """All records but the receipts, which tell what each file did when it came."""
    return [line for line in office.dump() if not line.startswith('{"kind": "receipt"')]


def test_a_package_becomes_figures_and_its_undo_leaves_no_trace(
    office: Register, record: Keep, sent: Send
) -> None:
    record(date(2026, 8, 10))
    record(date(2026, 8, 12), settled=False)
    before = list(office.dump())
    (got,) = receive_all(office, [sent(AUGUST)], CLERK, TODAY)
    assert got.look.read == sum(got.look.counts.values())
    assert got.look.counts["added"] == got.look.read
    calibre = calibre_of(office, month(2026, 8))
    table = township_table(office, calibre)
    assert table.grand_total.values[0] == 2
    behind = cases_counted(office, calibre, (), COLUMNS[2])
    assert len(behind) == table.grand_total.values[2] == 1
    told = undo_words(office, next(batch for batch in batches(office) if batch.act == got.act))
    assert "这次新来的 2 件纠纷从登记簿里拿走" in told
    assert f"一共退回 {got.look.read} 条记录" in told
    assert "已撤销" in undo(office, got.act, CLERK)
    assert list(office.dump()) == before
    assert office.verify() == []


def test_the_same_package_again_changes_nothing_and_says_so(
    office: Register, record: Keep, sent: Send, tmp_path: Path
) -> None:
    record(date(2026, 8, 10))
    path = sent(AUGUST)
    take(office, path)
    before = list(office.dump())
    copy = tmp_path / "副本(1).xlsx"
    shutil.copy(path, copy)
    (again,) = receive_all(office, [copy], CLERK, TODAY)
    assert (again.look.state, again.act) == (LookState.SAME, 0)
    assert "完全相同" in again.words
    assert list(office.dump()) == before


def test_months_in_any_order_end_in_the_same_records(
    office: Register, village: Register, record: Keep, sent: Send
) -> None:
    first = record(date(2026, 8, 10), settled=False)
    august = sent(AUGUST)
    place = replace(first, dispute=replace(first.dispute, special_groups="老年人"))
    keep_case(village, first, place, CLERK, "补充", TODAY)
    september = sent(SEPTEMBER)
    acts = [entry.act for entry in receive_all(office, [august, september], CLERK, TODAY)]
    in_order = records_of(office)
    for act in reversed(acts):
        undo(office, act, CLERK)
    assert take(office, september, august) == [LookState.READY, LookState.OLDER]
    assert records_of(office) == in_order
    (kept,) = office.all("dispute")
    assert isinstance(kept, Dispute)
    assert kept.special_groups == "老年人"


def test_a_full_package_fills_in_and_a_masked_one_takes_nothing_away(
    office: Register, record: Keep, sent: Send
) -> None:
    case = record(date(2026, 8, 10))
    masked = sent(AUGUST)
    full = sent(AUGUST, "full.xlsx", unmasked_for="双龙司法所")
    again = sent(AUGUST, "again.xlsx")

    def names() -> set[str]:
        return {party.name for party in office.all("party")}

    take(office, masked)
    assert names() == {"秦某某", "蒋某某"}
    take(office, full)
    assert names() == {party.name for party in case.parties}
    take(office, again)
    assert names() == {party.name for party in case.parties}


def test_what_changed_under_a_mask_is_shown_as_it_is_now(
    office: Register, village: Register, record: Keep, sent: Send
) -> None:
    case = record(date(2026, 8, 10), settled=False)
    first = sent(AUGUST)
    party = replace(case.parties[0], phone="13945609039")
    keep_case(village, case, replace(case, parties=(party, *case.parties[1:])), CLERK, "改", TODAY)
    second = sent(SEPTEMBER)
    take(office, first, second)
    (shown,) = office.some("party", [party.id])
    assert shown.phone == "139****9039"
    in_order = records_of(office)
    # What was sent before comes again and takes nothing back.
    assert take(office, first) == [LookState.SAME]
    for batch in batches(office):
        undo(office, batch.act, CLERK)
    take(office, second, first)
    assert records_of(office) == in_order


def test_undo_names_what_was_built_on_it(office: Register, record: Keep, sent: Send) -> None:
    record(date(2026, 8, 10))
    acts = []
    for path in (sent(AUGUST), sent(AUGUST, "full.xlsx", unmasked_for="双龙司法所")):
        acts += [entry.act for entry in receive_all(office, [path], CLERK, TODAY)]
    assert [batch.undoable for batch in batches(office)] == [True, False]
    before = list(office.dump())
    with pytest.raises(DeskError, match=str(acts[1])):
        undo(office, acts[0], CLERK)
    assert list(office.dump()) == before


def test_undo_names_the_batch_whose_records_hang_on_it(
    office: Register, record: Keep, sent: Send
) -> None:
    """The second package brings a case of the unit that the first one made known."""
    record(date(2026, 8, 10))
    record(date(2026, 9, 10))
    (first,) = receive_all(office, [sent(AUGUST)], CLERK, TODAY)
    (second,) = receive_all(office, [sent(SEPTEMBER)], CLERK, TODAY)
    assert [batch.undoable for batch in batches(office)] == [True, False]
    with pytest.raises(DeskError, match=f"第{second.act}批"):
        undo(office, first.act, CLERK)
    undo(office, second.act, CLERK)
    undo(office, first.act, CLERK)
    assert office.all("dispute") == []


def test_a_case_typed_twice_is_noticed_by_its_number(
    office: Register, record: Keep, sent: Send, tmp_path: Path
) -> None:
    record(date(2026, 8, 10))
    take(office, sent(AUGUST))
    again = found_village(
        "丰都县", "双龙镇", "梨子园村", UnitKind.VILLAGE, "500230124200", "向明贵"
    )
    with create(tmp_path / "again", again, "long enough") as register:
        keep_case(register, None, moved(a_case(), date(2026, 8, 10)), "向明贵", "重录", TODAY)
        # The office has a first package of this village already.
        send(register, month(2026, 7), tmp_path / "first.xlsx", "向明贵", TODAY)
        path = send(register, month(2026, 8), tmp_path / "again.xlsx", "向明贵", TODAY).path
    got = look(office, path, TODAY)
    assert "M3" in {problem.rule for problem in got.problems}
    assert receive(office, got, CLERK).act


def test_a_batch_that_is_no_import_cannot_be_undone_here(office: Register) -> None:
    with pytest.raises(DeskError, match="不是导入"):
        undo(office, 1, CLERK)


def test_a_missing_package_is_noticed(office: Register, record: Keep, sent: Send) -> None:
    record(date(2026, 8, 10))
    first = sent(date(2026, 7, 1))
    sent(AUGUST)
    third = sent(SEPTEMBER)
    take(office, first)
    assert "W9" in {problem.rule for problem in look(office, third, TODAY).problems}


def test_a_village_receives_nothing(village: Register, sent: Send) -> None:
    got = look(village, sent(AUGUST), TODAY)
    assert got.state is LookState.REFUSED
    assert "司法所" in got.words


def test_a_unit_of_another_township_is_refused(office: Register, tmp_path: Path) -> None:
    founding = found_village(
        "丰都县", "三建乡", "夜力坪村", UnitKind.VILLAGE, "500230210201", "向明贵"
    )
    with create(tmp_path / "other", founding, "long enough") as other:
        path = send(other, month(2026, 8), tmp_path / "other.xlsx", "向明贵", TODAY).path
    before = list(office.dump())
    (got,) = receive_all(office, [path], CLERK, TODAY)
    assert got.look.state is LookState.REFUSED
    assert "不属于本所" in got.words
    assert list(office.dump()) == before


def test_a_record_of_another_unit_is_never_taken_over(
    office: Register, record: Keep, sent: Send, tmp_path: Path
) -> None:
    """A village that sends another's case, with whatever revision, changes nothing of it."""
    case = record(date(2026, 8, 10))
    take(office, sent(AUGUST))
    founding = found_village(
        "丰都县", "双龙镇", "屋边村", UnitKind.VILLAGE, "500230124203", "向明贵"
    )
    with create(tmp_path / "other", founding, "long enough") as other:
        stolen = replace(case.dispute, unit_id=other.unit.id, revision=9, type="99")
        party = replace(case.parties[0], revision=9, occupation="篡改")
        with other.change("向明贵", "冒用") as change:
            change.adopt((stolen, party))
        path = send(other, month(2026, 8), tmp_path / "stolen.xlsx", "向明贵", TODAY).path
    (got,) = receive_all(office, [path], CLERK, TODAY)
    assert got.look.counts["rejected"] == 2
    assert [problem.rule for problem in got.look.problems if problem.rule == "M2"] == ["M2", "M2"]
    ours = office.get("dispute", case.dispute.id)
    assert isinstance(ours, Dispute)
    assert (ours.unit_id, ours.type) == (case.dispute.unit_id, case.dispute.type)


def test_a_bad_file_is_told_first_and_stops_no_other(
    office: Register, record: Keep, sent: Send, tmp_path: Path
) -> None:
    record(date(2026, 8, 10))
    good = sent(AUGUST)
    broken, lock = tmp_path / "坏.xlsx", tmp_path / "~$锁.xlsx"
    broken.write_bytes(good.read_bytes()[:2000])
    lock.write_bytes(b"x")
    results = receive_all(office, [good, broken, lock], CLERK, TODAY)
    assert [entry.look.state for entry in results] == [LookState.REFUSED, LookState.READY]


def test_a_dry_run_writes_nothing(office: Register, record: Keep, sent: Send) -> None:
    record(date(2026, 8, 10))
    before, acts = list(office.dump()), len(office.acts())
    (got,) = receive_all(office, [sent(AUGUST)], CLERK, TODAY, dry_run=True)
    assert got.look.counts["added"] > 0
    assert (list(office.dump()), len(office.acts())) == (before, acts)
    assert not (office.folder / "backups").exists()


def test_every_import_is_backed_up_before(office: Register, record: Keep, sent: Send) -> None:
    record(date(2026, 8, 10))
    take(office, sent(AUGUST))
    assert len(list((office.folder / "backups").iterdir())) == 1


def test_what_came_in_between_is_seen_when_the_file_is_received(
    office: Register, record: Keep, sent: Send
) -> None:
    record(date(2026, 8, 10))
    path = sent(AUGUST)
    first, second = look(office, path, TODAY), look(office, path, TODAY)
    assert receive(office, first, CLERK).act
    assert receive(office, second, CLERK).look.state is LookState.SAME


def test_check_says_what_an_import_would_say(record: Keep, sent: Send, tmp_path: Path) -> None:
    record(date(2026, 8, 10))
    got = check(sent(AUGUST), TODAY)
    assert got.counts["added"] == got.read > 0
    assert check(tmp_path / "nothing.xlsx", TODAY).state is LookState.REFUSED


def test_the_office_table_shows_villages_below_and_the_committee_as_own_level(
    office: Register, record: Keep, sent: Send
) -> None:
    record(date(2026, 8, 10))
    take(office, sent(AUGUST))
    table = township_table(office, calibre_of(office, year(2026)))
    assert {line.name: line.own for line in table.lines} == {
        "双龙镇调委会": True,
        "梨子园村": False,
    }
    assert table.subordinate_total.values[0] == 1
    assert table.own_total.values[0] == 0


def test_the_exact_copy_holds_no_personal_value_of_a_masked_package(
    record: Keep, sent: Send
) -> None:
    case = record(date(2026, 8, 10))
    with opened(sent(AUGUST)) as book:
        copy = exact.decoded([row[0] for row in book.sheets["_exact"]])
    text = repr(copy.records)
    personal = [case.dispute.facts, case.dispute.place]
    personal += [value for party in case.parties for value in (party.name, party.id_number)]
    assert not [value for value in personal if value in text]


def test_a_villages_own_cases_are_its_own_level(village: Register, record: Keep) -> None:
    record(date(2026, 8, 10))
    table = township_table(village, calibre_of(village, year(2026)))
    assert (table.own_total.values[0], table.subordinate_total.values[0]) == (1, 0)
