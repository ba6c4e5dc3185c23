"""Files of a register looked through: one, many, drawn ones; a comment reaches the village."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from builders import TODAY

from mediation_desk.__main__ import main
from mediation_desk.desk import giving_back, inspecting, sampling
from mediation_desk.desk.agenda import agenda
from mediation_desk.desk.demo import demo_township
from mediation_desk.desk.receiving import receive_all
from mediation_desk.desk.recording import keep_case
from mediation_desk.domain.case_papers import PaperKind, file_of
from mediation_desk.domain.casefile import CaseFile
from mediation_desk.domain.dispute_types import TypeTable
from mediation_desk.domain.inspection import Finding, inspect
from mediation_desk.domain.inspection.places import place_of
from mediation_desk.domain.numbering import case_number
from mediation_desk.domain.periods import month, year
from mediation_desk.domain.problems import DeskError, Severity
from mediation_desk.domain.sampling import drawn, parse_size
from mediation_desk.domain.settings import Settings
from mediation_desk.store import holidays
from mediation_desk.store.register import Register

CLERK, WHO = "罗晓", "陶素芬"
SEPTEMBER = month(2026, 9)
YEAR = year(2026)
Keep = Callable[..., CaseFile]
Send = Callable[..., Path]


def rules(one: inspecting.Inspected) -> list[str]:
    return [entry.problem.rule for entry in one.grave]


def test_a_file_is_told_with_its_number_its_title_and_its_findings(
    village: Register, record: Keep
) -> None:
    case = record(date(2026, 9, 25))
    one = inspecting.inspected(village, case.dispute.id, TODAY)
    assert one is not None
    assert (one.number, one.title) == ("(2026)梨民调字第001号", "秦德珍与蒋仕文邻里纠纷")
    assert rules(one) == ["JZ2"]
    informed = replace(case.dispute, informed_on=case.dispute.intake_on)
    keep_case(village, case, replace(case, dispute=informed), WHO, "补填", TODAY)
    again = inspecting.inspected(village, case.dispute.id, TODAY)
    assert again is not None
    assert rules(again) == []
    assert [entry.problem.rule for entry in again.findings] == ["JZ3"]


def test_the_number_on_the_papers_is_compared_with_the_registers_own(
    village: Register, record: Keep
) -> None:
    case = record(date(2026, 9, 25))
    note = replace(case.dispute, file_note="原件在(2026)梨民调字第003号卷。")
    keep_case(village, case, replace(case, dispute=note), WHO, "补填", TODAY)
    one = inspecting.inspected(village, case.dispute.id, TODAY)
    assert one is not None
    assert "JZ31" in rules(one)


def test_a_void_case_and_an_unknown_one_are_not_inspected(village: Register, record: Keep) -> None:
    case = record(date(2026, 9, 25))
    with village.change(WHO, "重复") as change:
        change.keep(replace(case.dispute, void_reason="重复"))
    assert inspecting.inspected(village, case.dispute.id, TODAY) is None
    assert inspecting.inspected(village, "nobody", TODAY) is None
    assert inspecting.inspect_many(village, SEPTEMBER, TODAY) == ()


def test_the_files_of_a_time_are_those_that_came_ended_or_were_open(
    village: Register, record: Keep
) -> None:
    record(date(2026, 6, 1))
    still_open = record(date(2026, 7, 1), settled=False)
    of_september = record(date(2026, 9, 3))
    found = inspecting.inspect_many(village, SEPTEMBER, TODAY)
    assert {one.dispute_id for one in found} == {
        still_open.dispute.id, of_september.dispute.id,
    }  # fmt: skip
    assert "L-mediation" in rules(next(o for o in found if o.dispute_id == still_open.dispute.id))


def test_a_finding_points_to_its_record_and_field(village: Register, record: Keep) -> None:
    case = record(date(2026, 9, 25))
    assert place_of(case, "informed_on") == (case.dispute, "informed_on")
    assert place_of(case, "parties.1.sex") == (case.parties[1], "sex")
    assert place_of(case, "agreement.sealed_on") == (case.agreement, "sealed_on")
    assert place_of(case, "attachments") == (case.dispute, "attachments")
    assert place_of(replace(case, agreement=None), "agreement") == (case.dispute, "agreement")


def test_the_offices_words_name_nobody(village: Register, record: Keep) -> None:
    case = record(date(2026, 9, 25))
    shown = replace(case, parties=(case.parties[0], replace(case.parties[1], sex=None)))
    found = [
        entry
        for entry in inspecting.inspect_file(village, shown, TODAY)
        if entry.problem.rule in {"JZ2", "JZ20"}
    ]
    told = inspecting.findings_words(shown, found)
    assert told.splitlines() == [
        "1. 没有记录权利义务告知日期，卷内缺告知书。"
        "请告知双方并让他们在告知书上签名，再填告知日期。",
        "2. 蒋某某：协议书上缺性别。请补填当事人的基本情况。",
    ]


# Drawing


@pytest.mark.parametrize(
    ("typed", "of_ten", "of_one"), [("3", 3, 1), ("10%", 1, 1), ("25％", 3, 1), ("100%", 10, 1)]
)
def test_a_size_is_so_many_or_so_many_in_a_hundred(typed: str, of_ten: int, of_one: int) -> None:
    size = parse_size(typed)
    assert (size.of(10), size.of(1), size.of(0)) == (of_ten, of_one, 0)


@pytest.mark.parametrize("typed", ["", "0", "-1", "101%", "三", "1.5", "10%%"])
def test_a_size_that_is_none_is_refused(typed: str) -> None:
    with pytest.raises(DeskError, match="看不懂抽查数量"):
        parse_size(typed)


def test_the_same_seed_draws_the_same_whatever_the_order() -> None:
    ids = [f"case{number}" for number in range(100)]
    size = parse_size("10%")
    first = drawn(ids, size, "2026-1")
    assert drawn(reversed(ids), size, "2026-1") == first
    assert len(set(first)) == 10
    assert drawn(ids, size, "2026-2") != first
    # What was not drawn changes nothing by going away.
    assert (
        drawn([id_ for id_ in ids if id_ in first or id_ > "case5"], size, "2026-1")[:5]
        == ([id_ for id_ in first if id_ in ids][:5])
    )


def test_each_case_has_about_the_same_chance() -> None:
    ids = [f"case{number}" for number in range(20)]
    size = parse_size("25%")
    times = dict.fromkeys(ids, 0)
    for seed in range(400):
        for id_ in drawn(ids, size, str(seed)):
            times[id_] += 1
    assert sum(times.values()) == 2000
    assert min(times.values()) > 60
    assert max(times.values()) < 145


@pytest.fixture
def reported(office: Register, record: Keep, sent: Send) -> list[CaseFile]:
    """Six cases of August that the office has received."""
    cases = [record(date(2026, 8, day)) for day in (2, 4, 6, 8, 10, 12)]
    (came,) = receive_all(office, [sent(date(2026, 8, 1))], CLERK, TODAY)
    assert came.act
    return cases


def test_an_office_draws_files_notes_how_and_sees_how_far_it_is(
    office: Register, reported: list[CaseFile]
) -> None:
    sampling_ = sampling.draw(office, YEAR, "2", CLERK, TODAY)
    assert len(sampling_.dispute_ids) == 2
    assert sampling_.seed == "20261023-1"
    assert sampling_.among == 6
    again = sampling.draw(office, YEAR, "2", CLERK, TODAY, seed=sampling_.seed)
    assert again.dispute_ids == sampling_.dispute_ids
    told = sampling.progress(office, sampling_)
    assert told.waiting == 2
    assert told.words == "2026年结案6件中抽2件（每个单位2件，抽取号20261023-1）"
    first, second = sampling_.dispute_ids
    kept = sampling.passed(office, sampling_.id, first, CLERK)
    dispute = office.get("dispute", second)
    entry = giving_back.blank_return(dispute, CLERK, TODAY, "缺告知书，请补。")
    giving_back.give_back(office, entry, CLERK, TODAY)
    states = dict(sampling.progress(office, kept).states)
    assert states == {first: sampling.Looked.PASSED, second: sampling.Looked.RETURNED}
    back = sampling.passed(office, sampling_.id, first, CLERK, fine=False)
    assert sampling.progress(office, back).waiting == 1


def test_a_return_from_before_the_drawing_is_no_answer_to_it(
    office: Register, reported: list[CaseFile]
) -> None:
    for case in reported:
        dispute = office.get("dispute", case.dispute.id)
        entry = giving_back.blank_return(dispute, CLERK, date(2026, 10, 1), "缺告知书。")
        giving_back.give_back(office, entry, CLERK, date(2026, 10, 1))
    sampling_ = sampling.draw(office, YEAR, "1", CLERK, TODAY)
    assert sampling.progress(office, sampling_).waiting == 1


def test_nothing_can_be_drawn_where_nothing_was_closed(office: Register) -> None:
    with pytest.raises(DeskError, match="没有结案的纠纷"):
        sampling.draw(office, YEAR, "2", CLERK, TODAY)
    assert sampling.samplings(office) == []


def test_only_a_drawn_file_can_be_noted(office: Register, reported: list[CaseFile]) -> None:
    sampling_ = sampling.draw(office, YEAR, "1", CLERK, TODAY)
    other = next(c.dispute.id for c in reported if c.dispute.id not in sampling_.dispute_ids)
    with pytest.raises(DeskError, match="不在这次抽查里"):
        sampling.passed(office, sampling_.id, other, CLERK)


def test_a_drawing_stays_at_home(
    office: Register, village: Register, reported: list[CaseFile], tmp_path: Path
) -> None:
    sampling.draw(office, YEAR, "1", CLERK, TODAY)
    path = giving_back.write_returns(office, village.unit.id, tmp_path / "b.xlsx", CLERK, TODAY)
    receive_all(village, [path], WHO, TODAY)
    assert village.all("sampling") == []


# The command line


@contextmanager
def closed(*registers: Register) -> Iterator[None]:
    for register in registers:
        register.close()
    yield


def test_the_verb_tells_findings_in_words_and_as_json_and_gives_back(
    office: Register,
    village: Register,
    reported: list[CaseFile],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (tmp_path / "password").write_text("梨花-2026", encoding="utf-8")
    with closed(office, village):
        line = ["--password-file", str(tmp_path / "password"), "--today", "2026-10-23"]
        at_office = ["inspect", str(tmp_path / "office"), *line]
        number = "(2026)梨民调字第001号"
        assert main([*at_office, "--period", "2026"]) == 1
        told = capsys.readouterr().out
        assert f"{number}\t梨子园村\t" in told
        assert "[JZ2] 没有记录权利义务告知日期" in told
        assert "（依据：人民调解法第二十三条、第二十四条；卷内目录必须项）" in told
        assert "共6件，其中6件要改正或补充" in told
        assert "[JZ3]" not in told
        assert main([*at_office, "--hints"]) == 1
        assert "[JZ3]" in capsys.readouterr().out
        at_one = [*at_office[:2], number, *line]
        assert main([*at_one, "--json", "--comment", "缺告知书，请补。"]) == 1
        (one,) = json.loads(capsys.readouterr().out)
        notice = next(entry for entry in one["findings"] if entry["rule"] == "JZ2")
        assert notice["record"] == "dispute"
        assert (notice["id"], notice["field"]) == (one["id"], "informed_on")
        assert notice["severity"] == "warning"
        back = str(tmp_path / "back.xlsx")
        unit = ["--unit", "500230124200", "--out", back]
        assert main(["returns", str(tmp_path / "office"), *line, *unit]) == 0
        assert main(["import", str(tmp_path / "village"), *line, back]) == 0
        assert main([*at_office, "--comment", "哪一件？"]) == 1
        assert "请在登记簿后面写上纠纷编号" in capsys.readouterr().err


def test_a_comment_stands_on_the_villages_first_page(
    office: Register, village: Register, reported: list[CaseFile], tmp_path: Path
) -> None:
    dispute = office.get("dispute", reported[0].dispute.id)
    entry = giving_back.blank_return(dispute, CLERK, TODAY, "缺告知书，请补。")
    giving_back.give_back(office, entry, CLERK, TODAY)
    path = giving_back.write_returns(office, village.unit.id, tmp_path / "b.xlsx", CLERK, TODAY)
    receive_all(village, [path], WHO, TODAY)
    (returned,) = agenda(village, TODAY).returns
    assert returned.entry.words == "缺告知书，请补。"


def test_the_verb_draws_and_tells_how_far_it_is(
    office: Register, reported: list[CaseFile], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "password").write_text("梨花-2026", encoding="utf-8")
    with closed(office):
        line = ["sample", str(tmp_path / "office"), "--password-file", str(tmp_path / "password")]
        line += ["--today", "2026-10-23"]
        assert main(line) == 0
        assert "还没有抽查过" in capsys.readouterr().out
        assert main([*line, "--size", "1", "--seed", "春查"]) == 1
        told = capsys.readouterr().out
        assert "2026年结案6件中抽1件（每个单位1件，抽取号春查）" in told
        assert "待看" in told
        number = told.splitlines()[1].strip().split("\t")[0]
        assert main([*line, "--passed", number]) == 0
        assert "没有问题" in capsys.readouterr().out
        assert main([*line, "--size", "很多"]) == 1
        assert "看不懂抽查数量" in capsys.readouterr().err


# The demo township


@pytest.fixture(scope="module")
def told() -> list[tuple[CaseFile, list[Finding]]]:
    """Every case of the demo township with what is found in it."""
    township = demo_township(TODAY)
    units = {unit.id: unit for unit in (township.committee, *township.villages)}
    limits = holidays.limits(Settings())
    return [
        (
            case,
            inspect(
                case,
                TypeTable(),
                TODAY,
                limits,
                case_number(case.dispute, units[case.dispute.unit_id]),
            ),
        )
        for case in township.cases
    ]


def test_the_demo_has_a_few_faults_to_find_and_no_more(
    told: list[tuple[CaseFile, list[Finding]]],
) -> None:
    grave = [
        entry.problem
        for _, findings in told
        for entry in findings
        if entry.problem.severity is not Severity.HINT
    ]
    assert not [entry for entry in grave if entry.severity is Severity.ERROR]
    assert {entry.rule for entry in grave} <= {"JZ2", "L-intake", "L-promise", "L-mediation"}
    assert 5 <= len(grave) <= len(told) // 8
    assert "JZ2" in {entry.rule for entry in grave}


def test_what_the_catalogue_misses_is_found(told: list[tuple[CaseFile, list[Finding]]]) -> None:
    rules = {PaperKind.IDENTITY: "JZ3", PaperKind.SESSION: "JZ5", PaperKind.AGREEMENT: "C2"}
    seen = 0
    for case, findings in told:
        ended = case.dispute.intake_on is not None and case.dispute.closed_on is not None
        for wanted in file_of(case) if ended else ():
            if wanted.missing:
                seen += 1
                assert rules[wanted.kind] in {entry.problem.rule for entry in findings}
    assert seen > 20
