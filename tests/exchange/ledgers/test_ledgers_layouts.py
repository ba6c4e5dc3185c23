"""Ledgers of other offices and our own sheets: written from the register, read like any ledger."""

import json
from pathlib import Path
from typing import Any

import pytest
from builders import a_case, a_unit
from hypothesis import Phase, given, settings
from ledger_books import TODAY, cells_of, read_book
from ledger_cases import ledgers
from sample_packages import counts_for, made_contents, records_of

from mediation_desk.domain.casefile import CaseFile, gathered, title
from mediation_desk.domain.cases import Dispute
from mediation_desk.domain.codes import CaseStatus, Outcome, PartyRole
from mediation_desk.domain.dispute_types import TypeTable
from mediation_desk.domain.numbering import case_number
from mediation_desk.domain.organisation import LocalType, Mediator
from mediation_desk.domain.problems import DeskError
from mediation_desk.exchange.ledgers.layouts import (
    ARCHIVE,
    LAYOUTS,
    SECURITY,
    TASKS,
    Layout,
    LayoutCase,
    write_layout,
)
from mediation_desk.exchange.ledgers.ledger import LedgerReading, read_ledger
from mediation_desk.exchange.writing import write_package

TAO = Mediator(id="m1", unit_id=a_unit().id, name="陶素芬", phone="13900000009")
# What these forms have no column for is asked once each.
ANSWERS = {
    "usual:source": "11",
    "usual:form": "1",
    "usual:termination": "2",
    "instead of:intake_on:occurred_on": "occurred_on",
    "instead of:closed_on:occurred_on": "occurred_on",
    "outcome:0": "2",
    "order:2": "first",
}
QUICK = settings(
    phases=[Phase.explicit, Phase.generate],
    max_examples=15,
)


def rows_of(files: list[CaseFile]) -> list[LayoutCase]:
    unit = a_unit()
    return [
        LayoutCase(
            place,
            case_number(file.dispute, unit),
            file,
            unit,
            (TAO,),
            "双龙镇",
            "三网格",
            "13900000009",
        )
        for place, file in enumerate(files, 1)
    ]


def written(layout: Layout, files: list[CaseFile], folder: Path) -> bytes:
    return write_layout(layout, rows_of(files), folder / "layout.xlsx").read_bytes()


def read_back(content: bytes, answers: dict[str, str] | None = None) -> LedgerReading:
    reading = read_book(content, answers or ANSWERS, mediators=[TAO])
    assert not reading.rejected
    return reading


def names(file: CaseFile) -> list[tuple[PartyRole, str]]:
    return [(party.role, party.name) for party in file.parties]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("layouts")


def test_heads_stand_to_the_letter_in_the_first_row(folder: Path) -> None:
    """domain.md §5.4 b and d."""
    wanted = {
        ARCHIVE: "序号 申请人* 被申请人* 案由* 受理时间* 承办人员* 适用程序* 结案时间* "
        "结案方式* 案号*",
        TASKS: "任务类型 所属镇 所属网格 上报人手机号* 任务描述* 涉及金额 当事人姓名* 当事人电话 "
        "当事人住址 上报地址",
        SECURITY: "事件名称 发生日期 发生地点 事件规模 事件类别 涉及人数 事件简述 涉及单位 "
        "主要当事人证件代码 证件号码 姓名 性别 民族 学历 人员类别 居住详址 化解时限 化解方式 "
        "化解组织 化解责任人姓名 化解责任人联系方式 化解是否成功 化解情况 "
        "考评日期 考评意见 经度 纬度",
    }
    for layout, heads in wanted.items():
        (rows,) = cells_of(written(layout, [], folder)).values()
        assert rows == [heads.split()]


@QUICK
@given(files=ledgers())
def test_case_archive_is_read_as_it_was_written(folder: Path, files: list[CaseFile]) -> None:
    reading = read_back(written(ARCHIVE, files, folder))
    assert not reading.questions
    for case, file in zip(reading.cases, files, strict=True):
        one, other = case.file.dispute, file.dispute
        assert names(case.file) == names(file)
        assert (one.type, one.year, one.number) == (other.type, other.year, other.number)
        assert (one.intake_on, one.closed_on) == (other.intake_on, other.closed_on)
        assert one.outcome is other.outcome
        assert one.mediator_ids == ("m1",)


@QUICK
@given(files=ledgers())
def test_security_ledger_is_read_as_it_was_written(folder: Path, files: list[CaseFile]) -> None:
    reading = read_back(written(SECURITY, files, folder))
    assert not reading.questions
    for case, file in zip(reading.cases, files, strict=True):
        one, other = case.file.dispute, file.dispute
        assert names(case.file) == names(file)
        assert (one.type, one.people, one.facts) == (other.type, other.people, other.facts)
        assert (one.occurred_on, one.place) == (other.occurred_on, other.place)
        settled = other.outcome is Outcome.SETTLED
        assert (one.outcome is Outcome.SETTLED) is settled
        first, theirs = case.file.parties[0], file.parties[0]
        assert (first.id_number, first.address) == (theirs.id_number, theirs.address)
        if settled and file.agreement:
            assert case.file.agreement is not None
            assert case.file.agreement.content == file.agreement.content


@QUICK
@given(files=ledgers(most=1))
def test_task_sheet_is_read_as_it_was_written(folder: Path, files: list[CaseFile]) -> None:
    reading = read_back(written(TASKS, files, folder))
    assert not reading.questions
    for case, file in zip(reading.cases, files, strict=True):
        one, other = case.file.dispute, file.dispute
        assert names(case.file) == names(file)
        assert (one.type, one.place, one.facts) == (other.type, other.place, other.facts)
        amount = file.agreement.amount_fen if file.agreement else 0
        assert one.claim_fen == amount
        assert one.status is CaseStatus.REGISTERED


def test_too_long_a_story_is_refused_and_not_cut(folder: Path) -> None:
    (row,) = rows_of([a_case(facts="长" * 2001)])
    with pytest.raises(DeskError, match="2001"):
        write_layout(SECURITY, [row], folder / "long.xlsx")
    assert not (folder / "long.xlsx").exists()


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: str(layout.title))
def test_in_libreoffice_nothing_changes(layout: Layout, tmp_path: Path, resave: Any) -> None:
    path = write_layout(layout, rows_of([a_case(), a_case(number=2)]), tmp_path / "a.xlsx")
    before = read_back(path.read_bytes())
    after = read_back(resave(path).read_bytes())
    assert len(before.cases) == 2
    assert after.cases == before.cases


# Our own visible sheets, as they are read when the hidden part of a package is damaged.


@pytest.mark.parametrize("unmasked_for", ["", "双龙司法所"])
def test_visible_ledger_of_a_package(tmp_path: Path, unmasked_for: str) -> None:
    contents = made_contents(40, unmasked_for=unmasked_for)
    path = write_package(contents, counts_for(contents), tmp_path / "a.xlsx").path
    records = list(records_of(contents))
    types = TypeTable(tuple(entry for entry in records if isinstance(entry, LocalType)))
    mediators = [entry for entry in records if isinstance(entry, Mediator)]
    disputes = {
        (entry.year, entry.number): entry for entry in records if isinstance(entry, Dispute)
    }
    ids = {number: entry.id for number, entry in disputes.items()}
    sheets = cells_of(path.read_bytes())
    sheets["_exact"] = [["damaged"]]
    reading = read_ledger(
        sheets,
        contents.head.unit,
        None,
        {"usual:termination": "2"},  # of what the ledger shows, only the reason is missing
        TODAY,
        types=types,
        mediators=mediators,
        ids=ids,
    )
    assert not reading.questions
    assert not reading.rejected
    assert not reading.mediators
    assert len(reading.cases) == len(disputes)
    for case in reading.cases:
        one = case.file.dispute
        other = disputes[one.year, one.number]
        file = gathered(other, [r for r in records if getattr(r, "dispute_id", "") == other.id])
        assert one.id == other.id
        assert bool(one.void_reason) == bool(other.void_reason)
        assert case.masked is not bool(unmasked_for)
        if other.void_reason:
            continue
        for name in _LEDGER_FIELDS:
            assert getattr(one, name) == getattr(other, name), (name, other)
        assert _agreed(case.file) == _agreed(file)
        if unmasked_for:
            assert _particulars(case.file) == _particulars(file)
            assert (one.facts, one.place) == (other.facts, other.place)


_LEDGER_FIELDS = (
    *("type", "source", "intake_on", "closed_on", "status", "outcome", "people"),
    *("complex", "migrant_workers", "mediator_ids", "performance", "confirmation", "archive"),
)


def _agreed(file: CaseFile) -> tuple[object, ...] | None:
    return file.agreement and (file.agreement.form, file.agreement.amount_fen)


def _particulars(file: CaseFile) -> list[tuple[object, ...]]:
    parties = [party for party in file.parties if party.role is not PartyRole.THIRD]
    return [
        (party.role, party.name, party.id_number, party.phone, party.address) for party in parties
    ]


def test_what_was_learned_is_plain_json(folder: Path) -> None:
    learned = read_back(written(ARCHIVE, [a_case()], folder)).learned
    assert json.loads(learned.columns)["申请人"] == "applicant.name"
    assert json.loads(learned.answers) == {"usual:source": "11", "usual:form": "1"}
    assert title(a_case(), TypeTable()) == "秦德珍与蒋仕文邻里纠纷"
