"""One quarrel entered twice: suggested when it comes, decided by a person, counted once."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from builders import TODAY, a_case, an_open_case, moved
from openpyxl import load_workbook

from mediation_desk.desk import duplicates, watching
from mediation_desk.desk.counted_once import same_cases, same_words
from mediation_desk.desk.deciding import decide, open_proposals
from mediation_desk.desk.duplicates import (
    confirm_same,
    look_through,
    not_same,
    open_pairs,
    separate,
)
from mediation_desk.desk.giving_back import blank_return, give_back
from mediation_desk.desk.receiving import receive_all
from mediation_desk.desk.recording import keep_case, void_case
from mediation_desk.desk.reporting import cases_counted, township_table, write_report
from mediation_desk.desk.sending import calibre_of, send
from mediation_desk.desk.setting_up import create, found_village
from mediation_desk.desk.taking_back import batches, undo
from mediation_desk.domain.casefile import CaseFile
from mediation_desk.domain.codes import Outcome, ProposalState, RefusalReason, UnitKind
from mediation_desk.domain.periods import month_of, year
from mediation_desk.domain.problems import DeskError
from mediation_desk.domain.warning_codes import WarningRule
from mediation_desk.exchange.columns import FIRST_ROW, LEDGER
from mediation_desk.exchange.reading import opened
from mediation_desk.figures.columns import COLUMNS
from mediation_desk.store.register import Register

CLERK, WHO = "罗晓", "陶素芬"
DAY = date(2026, 9, 25)
Write = Callable[..., CaseFile]
Take = Callable[..., int]


@pytest.fixture
def second(tmp_path: Path) -> Iterator[Register]:
    """The register of the village next door."""
    founding = found_village(
        "丰都县", "双龙镇", "石板村", UnitKind.VILLAGE, "500230124201", "何建国"
    )
    with create(tmp_path / "second", founding, "石板-2026") as register:
        yield register


def write(register: Register, day: date = DAY, applicant: str = "", **changes: Any) -> CaseFile:
    """Register the builder's quarrel of 秦德珍 and 蒋仕文, or of somebody else and 蒋仕文."""
    unit = register.committee
    assert unit is not None
    case = moved(a_case(unit_id=unit.id), day)
    if applicant:
        other = replace(case.parties[0], name=applicant, id_number="")
        case = replace(case, parties=(other, *case.parties[1:]))
    case = replace(case, dispute=replace(case.dispute, **changes))
    return keep_case(register, None, case, WHO, "登记", TODAY)


@pytest.fixture
def take(office: Register, tmp_path: Path) -> Take:
    """Sends the month of a register to the office and receives it; the batch."""

    def taken(register: Register, day: date = DAY, **options: Any) -> int:
        target = tmp_path / f"{register.unit.name}{len(list(tmp_path.iterdir()))}.xlsx"
        path = send(register, month_of(day), target, WHO, TODAY, **options).path
        (got,) = receive_all(office, [path], CLERK, TODAY)
        assert got.act, got.words
        return got.act

    return taken


def figure(register: Register, number: int = 1) -> int:
    table = township_table(register, calibre_of(register, year(2026)))
    return table.grand_total.values[number - 1]


@pytest.fixture
def twice(office: Register, village: Register, second: Register, take: Take) -> tuple[str, str]:
    """One quarrel that both villages took in, received masked; the two entries' ids."""
    first = write(village)
    other = write(second, DAY.replace(day=28))
    take(village)
    take(second)
    return first.dispute.id, other.dispute.id


def test_what_two_villages_took_in_is_suggested_and_not_merged(
    office: Register, twice: tuple[str, str]
) -> None:
    (pair,) = open_pairs(office)
    assert (pair.first.dispute.id, pair.second.dispute.id) == twice
    assert (pair.first.unit_name, pair.second.unit_name) == ("梨子园村", "石板村")
    assert "遮住后的姓名和身份证号相同，受理日期相差3天" in pair.reason
    assert pair.proposal.place.startswith("案件台账!")
    assert figure(office) == 2
    assert same_cases(office) == []


def test_open_names_and_numbers_are_found_as_well(
    office: Register, village: Register, second: Register, take: Take
) -> None:
    write(village)
    write(second)
    take(village, unmasked_for="双龙司法所")
    take(second, unmasked_for="双龙司法所")
    (pair,) = open_pairs(office)
    assert "身份证号相同，受理日期相同" in pair.reason


def test_others_quarrels_are_not_suggested(
    office: Register, village: Register, second: Register, take: Take
) -> None:
    write(village)
    take(village)
    write(second, type="03")
    write(second, applicant="李春兰")
    write(second, date(2026, 3, 2))
    take(second)
    take(second, date(2026, 3, 2))
    assert open_pairs(office) == []


def test_one_case_typed_twice_in_one_village_is_suggested(
    office: Register, village: Register, take: Take
) -> None:
    write(village)
    write(village)
    take(village)
    (pair,) = open_pairs(office)
    assert pair.first.unit_name == pair.second.unit_name == "梨子园村"
    take(village)
    assert len(open_pairs(office)) == 1


def test_what_becomes_alike_by_an_answer_is_suggested_as_well(
    office: Register, village: Register, tmp_path: Path
) -> None:
    write(village)
    write(village, type="03")
    path = send(village, month_of(DAY), tmp_path / "sent.xlsx", WHO, TODAY).path
    book = load_workbook(path, data_only=True)
    sheet = book[LEDGER.title]
    kind = LEDGER.number_of("纠纷类型", personal=False)
    sheet.cell(FIRST_ROW + 1, kind).value = sheet.cell(FIRST_ROW, kind).value
    book.save(tmp_path / "改过.xlsx")
    receive_all(office, [tmp_path / "改过.xlsx"], CLERK, TODAY)
    (asked,) = open_proposals(office)
    assert open_pairs(office) == []
    decide(office, [asked.id], ProposalState.TAKEN, CLERK, TODAY)
    (pair,) = open_pairs(office)
    assert pair.proposal.file_name == "改过.xlsx"


def test_once_confirmed_it_counts_once_everywhere(
    office: Register, twice: tuple[str, str], tmp_path: Path
) -> None:
    main, other = twice
    before = list(office.dump())
    same = confirm_same(office, main, other, CLERK, TODAY, "两村交界处的同一件事")
    assert (same.main_id, same.other_id) == (main, other)
    assert open_pairs(office) == []
    assert figure(office) == 1
    calibre = calibre_of(office, year(2026))
    for column in COLUMNS:
        behind = cases_counted(office, calibre, (), column)
        assert other not in {row.dispute.id for row in behind}, column.title
    assert [row.dispute.id for row in cases_counted(office, calibre, (), COLUMNS[0])] == [main]
    path, problems = write_report(office, calibre, tmp_path / "report.xlsx", CLERK, TODAY)
    assert problems == []
    with opened(path) as book:
        basis = [row for row in book.sheets["统计依据"] if "梨子园村" in row or "石板村" in row]
    assert len(basis) == 1
    # Nothing of either entry changed, only the question and what was decided.
    after = list(office.dump())
    gone = [line for line in before if line not in after]
    assert all('"kind": "proposal"' in line for line in gone)


def test_the_list_and_the_file_say_so(office: Register, twice: tuple[str, str]) -> None:
    main, other = twice
    confirm_same(office, main, other, CLERK, TODAY)
    rows = {row.dispute.id: row for row in office.rows_at(office.places_of(twice))}
    assert (rows[main].same_as, rows[other].same_as) == ("", rows[main].number)
    assert "为同一纠纷，按本件统计" in same_words(office, main)
    assert f"与{rows[main].number}（梨子园村）为同一纠纷" in same_words(office, other)
    assert "不再统计" in same_words(office, other)


def test_the_figures_of_the_month_at_the_office_count_once_as_well(
    office: Register, village: Register, take: Take
) -> None:
    own = office.committee
    assert own is not None
    kept = [
        keep_case(office, None, moved(an_open_case(unit_id=own.id), DAY), CLERK, "登记", TODAY)
        for _ in range(2)
    ]
    ids = [case.dispute.id for case in kept]
    for name in ("intake", "open"):
        assert len(office.month_places(own.id, month_of(DAY), name)) == 2
    assert look_through(office, month_of(DAY), CLERK) == 1
    assert look_through(office, month_of(DAY), CLERK) == 0
    confirm_same(office, *ids, CLERK, TODAY)
    for name in ("intake", "open"):
        places = office.month_places(own.id, month_of(DAY), name)
        assert [row.dispute.id for row in office.rows_at(places)] == ids[:1]


def test_one_dispute_entered_twice_warns_of_nobody_and_is_settled_once(office: Register) -> None:
    own = office.committee
    assert own is not None
    day = date(2026, 10, 6)
    ids = [
        keep_case(
            office, None, moved(a_case(unit_id=own.id), date(2026, 9, 20 + n)), CLERK, "登记", TODAY
        ).dispute.id
        for n in range(3)
    ]
    assert WarningRule.REPEATED in {sign.rule for sign in watching.signs(office, TODAY)}
    assert len(office.month_places(own.id, month_of(day), "settled")) == 3
    confirm_same(office, ids[0], ids[1], CLERK, TODAY)
    assert WarningRule.REPEATED not in {sign.rule for sign in watching.signs(office, TODAY)}
    assert len(office.month_places(own.id, month_of(day), "settled")) == 2


def test_what_was_said_to_be_two_disputes_is_not_asked_again(
    office: Register, village: Register, second: Register, take: Take, twice: tuple[str, str]
) -> None:
    not_same(office, *twice, CLERK, TODAY, "一件是排水，一件是界址")
    assert open_pairs(office) == []
    assert figure(office) == 2
    write(village, DAY.replace(day=26), type="03")
    take(village)
    assert look_through(office, year(2026), CLERK) == 0
    assert open_pairs(office) == []


def test_two_entries_count_apart_again_when_the_finding_is_withdrawn(
    office: Register, twice: tuple[str, str]
) -> None:
    same = confirm_same(office, *twice, CLERK, TODAY)
    with pytest.raises(DeskError, match="写明为什么"):
        separate(office, same.id, CLERK, TODAY, " ")
    separate(office, same.id, CLERK, TODAY, "当事人弄错了")
    assert figure(office) == 2
    assert same_cases(office) == []
    assert look_through(office, year(2026), CLERK) == 0
    kept = office.get("same_case", same.id)
    assert kept is not None
    assert kept.void_reason == "当事人弄错了"
    with pytest.raises(DeskError, match="已经撤销过"):
        separate(office, same.id, CLERK, TODAY, "再来")
    # It may still be found to be one after all.
    confirm_same(office, *twice, CLERK, TODAY)
    assert figure(office) == 1


def test_a_dispute_counts_somewhere_whatever_becomes_of_the_entry_that_counts(
    office: Register, village: Register, take: Take, twice: tuple[str, str]
) -> None:
    main, other = twice
    confirm_same(office, main, other, CLERK, TODAY)
    case = village.case(main)
    assert case is not None
    void_case(village, case, WHO, "重复登记")
    take(village)
    assert figure(office) == 1
    row = office.rows_at(office.places_of([other]))[0]
    assert row.same_as == ""
    assert same_words(office, other) == ""


def test_three_entries_of_one_dispute_count_once(
    office: Register, village: Register, take: Take, twice: tuple[str, str]
) -> None:
    main, other = twice
    third = write(village, DAY.replace(day=26)).dispute.id
    take(village)
    assert len(open_pairs(office)) == 3
    confirm_same(office, main, other, CLERK, TODAY)
    assert len(open_pairs(office)) == 2
    # The one named already counts as another, which then counts for all three.
    same = confirm_same(office, other, third, CLERK, TODAY)
    assert same.main_id == main
    assert figure(office) == 1
    assert open_pairs(office) == []


def test_what_counts_for_others_may_count_as_a_fourth(
    office: Register, village: Register, take: Take, twice: tuple[str, str]
) -> None:
    main, other = twice
    third = write(village, DAY.replace(day=26)).dispute.id
    take(village)
    confirm_same(office, main, other, CLERK, TODAY)
    confirm_same(office, third, main, CLERK, TODAY)
    assert figure(office) == 1
    (counted,) = cases_counted(office, calibre_of(office, year(2026)), (), COLUMNS[0])
    assert counted.dispute.id == third


def test_what_is_decided_already_or_cannot_be_one_is_refused(
    office: Register, village: Register, twice: tuple[str, str]
) -> None:
    main, other = twice
    with pytest.raises(DeskError, match="作废或不在登记簿里"):
        confirm_same(office, main, "nobody", CLERK, TODAY)
    with pytest.raises(DeskError, match="已经认定"):
        confirm_same(office, main, main, CLERK, TODAY)
    confirm_same(office, main, other, CLERK, TODAY)
    before = list(office.dump())
    for pair in ((main, other), (other, main)):
        with pytest.raises(DeskError, match="已经认定"):
            confirm_same(office, *pair, CLERK, TODAY)
        with pytest.raises(DeskError, match="已经认定"):
            not_same(office, *pair, CLERK, TODAY)
    with pytest.raises(DeskError, match="作废"):
        confirm_same(village, main, other, WHO, TODAY)
    assert list(office.dump()) == before


def test_no_circle_arises_when_what_was_refused_is_taken_in_after_all(
    office: Register, village: Register, take: Take, twice: tuple[str, str]
) -> None:
    main, other = twice
    confirm_same(office, main, other, CLERK, TODAY)
    taken = village.case(main)
    assert taken is not None
    refused = {
        "outcome": Outcome.NOT_ACCEPTED, "refusal": RefusalReason.HANDLED, "performance": None,
    }  # fmt: skip
    with village.change(WHO, "改") as change:
        change.keep(replace(taken.dispute, **refused))
    take(village)
    assert figure(office) == 1
    confirm_same(office, other, main, CLERK, TODAY)
    with village.change(WHO, "改回") as change:
        now = village.get("dispute", main)
        back = {"outcome": Outcome.SETTLED, "refusal": None, "performance": None}
        change.keep(replace(now, **back))
    take(village)
    (counted,) = cases_counted(office, calibre_of(office, year(2026)), (), COLUMNS[0])
    assert counted.dispute.id == other


def test_the_question_cannot_be_answered_as_if_it_were_about_a_field(
    office: Register, twice: tuple[str, str]
) -> None:
    (pair,) = open_pairs(office)
    with pytest.raises(DeskError, match="自己的页面"):
        decide(office, [pair.proposal.id], ProposalState.TAKEN, CLERK, TODAY)


def test_undo_says_what_was_decided_on_the_batch_and_what_to_undo_first(
    office: Register, twice: tuple[str, str]
) -> None:
    untouched = list(office.dump())
    newest = batches(office)[0]
    assert newest.undoable
    assert newest.why_not == ""
    confirm_same(office, *twice, CLERK, TODAY)
    after = batches(office)[0]
    assert not after.undoable
    assert "罗晓 认定为同一纠纷" in after.why_not
    assert "请先撤销它" in after.why_not
    with pytest.raises(DeskError, match="认定为同一纠纷") as refused:
        undo(office, newest.act, CLERK)
    (act,) = office.acts(duplicates.SAME_CASE)
    assert f"请先撤销第{act.number}批" in str(refused.value)
    undo(office, act.number, CLERK)
    assert list(office.dump()) == untouched
    undo(office, newest.act, CLERK)
    assert open_pairs(office) == []
    assert figure(office) == 1
    assert office.verify() == []


def test_what_was_typed_on_top_of_a_batch_is_said_not_to_be_undoable(
    office: Register, twice: tuple[str, str]
) -> None:
    dispute = office.case(twice[1])
    assert dispute is not None
    entry = replace(blank_return(dispute.dispute, CLERK, TODAY), words="请补当事人住址。")
    give_back(office, entry, CLERK, TODAY)
    newest = batches(office)[0]
    assert not newest.undoable
    assert "其中“退回补正”不能撤销" in newest.why_not
