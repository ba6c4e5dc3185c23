"""The blank ledger: what people fill in is read back, without a question."""

import io
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from builders import a_unit
from hypothesis import Phase, given, settings
from ledger_books import TODAY, cells_of, changed, read_book
from ledger_cases import ledgers
from openpyxl import load_workbook

from mediation_desk.domain.as_typed.days import period_of
from mediation_desk.domain.casefile import CaseFile
from mediation_desk.domain.cases import Party
from mediation_desk.domain.codes import Code, PartyRole
from mediation_desk.domain.dispute_types import BY_CODE, TypeTable
from mediation_desk.domain.organisation import LocalType, Mediator
from mediation_desk.domain.record import new_id
from mediation_desk.exchange.cells import address, letters
from mediation_desk.exchange.ledger_template import (
    EXAMPLE_ROW,
    FIRST_ROW,
    GROUPS_ROW,
    HEADS_ROW,
    LEDGER,
    LISTS,
    RULES,
    Template,
    write_template,
)
from mediation_desk.exchange.ledgers.find import find_tables
from mediation_desk.exchange.template_columns import COLUMNS, Sort

TEMPLATE = Template(a_unit(), 2026, mediators=("陶素芬", "罗晓"))
TAO = Mediator(id="m1", unit_id=a_unit().id, name="陶素芬")


# To look for the smallest failing ledger takes minutes, since each one is a workbook.
_WORKBOOKS = settings(
    phases=[Phase.explicit, Phase.generate],
    max_examples=20,
)


@pytest.fixture(scope="module")
def blank(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return write_template(TEMPLATE, tmp_path_factory.mktemp("blank") / "a.xlsx").read_bytes()


def _label(code: Code | None) -> str:
    return code.label if code else ""


def _joined(file: CaseFile, role: PartyRole, name: str) -> str:
    parties = [party for party in file.parties if party.role is role]
    return "、".join(filter(None, (getattr(party, name) for party in parties)))


def filled_in(file: CaseFile, number: int) -> dict[str, Any]:
    """What a careful person types for a case, by group and head."""
    dispute, agreement = file.dispute, file.agreement
    typed: dict[str, Any] = {
        "序号": number,
        "受理日期": dispute.intake_on,
        "案件来源": dispute.source.label,
        "纠纷类型": BY_CODE[dispute.type].label,
        "涉及当事人数": dispute.people,
        "纠纷简要情况": dispute.facts,
        "发生地点": dispute.place,
        "疑难复杂": "是" if dispute.complex else "否",
        "涉及农民工": "是" if dispute.migrant_workers else "",
        "人民调解员": "陶素芬",
        "调解结果": _label(dispute.outcome),
        "结案日期": dispute.closed_on,
        "终止原因": _label(dispute.termination),
        "履行情况": _label(dispute.performance),
        "司法确认": _label(dispute.confirmation) if agreement else "",
    }
    if agreement:
        typed |= {
            "协议形式": agreement.form.label,
            "协议涉及金额（元）": agreement.amount_fen / 100,
            "协议内容": agreement.content,
        }
    for role in (PartyRole.APPLICANT, PartyRole.RESPONDENT):
        for head, name in (
            *(("姓名", "name"), ("身份证号", "id_number")),
            *(("联系方式", "phone"), ("住址", "address")),
        ):
            typed[f"{role.label}/{head}"] = _joined(file, role, name)
    return typed


def with_cases(blank: bytes, files: list[CaseFile], first: int = FIRST_ROW) -> bytes:
    cells: dict[str, Any] = {}
    for place, file in enumerate(files):
        typed = filled_in(file, place + 1)
        for column, entry in enumerate(COLUMNS, 1):
            value = typed.get(f"{entry.group}/{entry.head}", typed.get(entry.head, ""))
            if value != "":
                cells[address(first + place, column)] = value
    return changed(blank, LEDGER, cells)


def told(party: Party) -> tuple[Any, ...]:
    return (
        *(party.role, party.position, party.kind, party.name),
        *(party.id_number, party.phone, party.address),
    )


def carried(file: CaseFile) -> dict[str, Any]:
    """What the template asks about a case."""
    dispute, agreement = file.dispute, file.agreement
    names = (
        *("type", "source", "intake_on", "people", "facts", "place", "complex"),
        *("migrant_workers", "outcome", "closed_on", "termination", "performance"),
        "confirmation",
    )
    return {
        "parties": [told(party) for party in file.parties],
        **{name: getattr(dispute, name) for name in names},
        "agreement": agreement
        and (agreement.form, agreement.agreed_on, agreement.amount_fen, agreement.content),
    }


@_WORKBOOKS
@given(files=ledgers())
def test_what_is_filled_in_is_read_without_a_question(blank: bytes, files: list[CaseFile]) -> None:
    reading = read_book(with_cases(blank, files), mediators=[TAO])
    assert [question.ask for question in reading.questions] == []
    assert [carried(case.file) for case in reading.cases] == [carried(file) for file in files]
    assert all(case.file.dispute.mediator_ids == ("m1",) for case in reading.cases)
    assert not reading.rejected
    assert reading.accounting.cases == len(files)


def test_blank_template_holds_no_case(blank: bytes) -> None:
    reading = read_book(blank)
    assert not reading.cases
    assert not reading.questions
    assert not reading.rejected


@pytest.mark.parametrize("first", [FIRST_ROW + 3, FIRST_ROW + 60, 480])
@settings(_WORKBOOKS, max_examples=1)
@given(files=ledgers())
def test_rows_below_the_lines_count_as_well(
    blank: bytes, files: list[CaseFile], first: int
) -> None:
    assert len(read_book(with_cases(blank, files, first), mediators=[TAO]).cases) == len(files)


def test_table_is_found_with_all_its_columns(blank: bytes) -> None:
    (table,) = find_tables(LEDGER, cells_of(blank)[LEDGER])
    assert (table.first + 1, table.depth) == (GROUPS_ROW, 2)
    assert len(table.columns) == len(COLUMNS)
    unsure = [
        column.head for column in table.columns if not (column.meaning and column.meaning.sure)
    ]
    assert not unsure


def test_cells_are_text_where_figures_would_be_damaged(blank: bytes) -> None:
    sheet = load_workbook(io.BytesIO(blank))[LEDGER]
    for number, column in enumerate(COLUMNS, 1):
        wanted = "@" if column.sort in {Sort.IDENTITY, Sort.PHONE} else None
        if wanted:
            assert sheet.cell(FIRST_ROW, number).number_format == wanted
            assert sheet.column_dimensions[letters(number)].number_format == wanted
        head = sheet.cell(HEADS_ROW if column.group else GROUPS_ROW, number)
        assert head.comment is not None
        assert column.note in head.comment.text


def test_every_choice_is_offered_and_understood(blank: bytes) -> None:
    book = load_workbook(io.BytesIO(blank))
    offered = {
        str(area): rule.formula1
        for rule in book[LEDGER].data_validations.dataValidation
        if rule.type == "list"
        for area in [rule.sqref]
    }
    for number, column in enumerate(COLUMNS, 1):
        if column.sort is not Sort.CHOICE:
            continue
        source = offered[f"{address(FIRST_ROW, number)}:{address(500, number)}"]
        area = source.split("!")[1].replace("$", "")
        words = [cell.value for (cell,) in book[LISTS][area]]
        assert words
        assert column.head != "纠纷类型" or words == [entry.label for entry in BY_CODE.values()]
    assert book[LISTS].sheet_state == "hidden"
    assert book.sheetnames[:2] == [LEDGER, RULES]


def test_the_example_is_marked_and_complete(blank: bytes) -> None:
    sheet = load_workbook(io.BytesIO(blank))[LEDGER]
    assert sheet.cell(EXAMPLE_ROW, 1).value == "示例"
    # Taken as a case, it would be read like one, so it shows nothing wrong.
    as_case = changed(blank, LEDGER, {address(EXAMPLE_ROW, 1): 1})
    reading = read_book(as_case, mediators=[TAO])
    assert not reading.questions
    (case,) = reading.cases
    assert not [problem for problem in case.problems if problem.severity.value == "error"]


def test_local_types_can_be_chosen(tmp_path: Path) -> None:
    local = LocalType(id=new_id(), code="L1", label="村务管理纠纷", rolls_up_to="99")
    types = TypeTable((local,))
    path = write_template(Template(a_unit(), 2026, types), tmp_path / "a.xlsx")
    lists = cells_of(path.read_bytes())[LISTS]
    assert "村务管理纠纷" in {cell for row in lists for cell in row}


def test_the_title_tells_the_year(blank: bytes) -> None:
    titles = [cell for cell in cells_of(blank)[LEDGER][0] if cell]
    assert period_of(str(titles[0])) == (2026, None)
    assert TODAY.year == 2026


def test_in_libreoffice_nothing_changes(blank: bytes, tmp_path: Path, resave: Any) -> None:
    path = tmp_path / "filled.xlsx"
    cells = {
        address(FIRST_ROW, number): entry.example if entry.head != "序号" else 1
        for number, entry in enumerate(COLUMNS, 1)
        if entry.example != ""
    }
    path.write_bytes(changed(blank, LEDGER, cells))
    before = read_book(path.read_bytes(), mediators=[TAO])
    after = read_book(resave(path).read_bytes(), mediators=[TAO])
    assert len(before.cases) == 1
    assert after.cases == before.cases
    assert date(2026, 10, 3) == after.cases[0].file.dispute.intake_on
