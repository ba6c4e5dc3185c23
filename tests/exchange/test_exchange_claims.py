"""The claim form as a workbook: read back, recalculated by LibreOffice, ready for signatures."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

from openpyxl import load_workbook

from mediation_desk.domain.allowance import Claim, ClaimState, ReviewResult
from mediation_desk.domain.claim_sheet import ClaimSheet, SheetRow, total_of
from mediation_desk.exchange.claim_writing import ClaimHead, write_claims

Resave = Callable[[Path], Path]
_CLAIM = Claim(
    id="c", unit_id="u", year=2026, quarter=3, made_on=date(2026, 10, 9), made_by="陶素芬"
)
_UNDER = ("申报单位：梨子园村人民调解委员会", "共2件")


def a_row(place: int, mediator: str, amount_fen: int, **changes: object) -> SheetRow:
    values = {
        "place": place,
        "dispute_id": f"d{place}",
        "number": f"(2026)梨民调字第{place:03d}号",
        "parties": "秦某某、蒋某某",
        "type_label": "邻里纠纷",
        "grade": "一般",
        "outcome": "调解成功",
        "form": "书面协议",
        "closed_on": date(2026, 9, place),
        "file": "齐全",
        "mediator": mediator,
        "amount_fen": amount_fen,
        "result": ReviewResult.OPEN,
        "reason": "",
    }
    return SheetRow(**(values | changes))


def a_head(unit: str, *rows: SheetRow) -> ClaimHead:
    return ClaimHead(ClaimSheet(_CLAIM, unit, f"{unit}人民调解委员会", "双龙司法所", rows), _UNDER)


ROWS = (
    a_row(1, "陶素芬", 5_001, result=ReviewResult.GRANTED),
    a_row(1, "向明贵", 5_000, result=ReviewResult.GRANTED),
    a_row(2, "陶素芬", 30_000, result=ReviewResult.REFUSED, reason="缺回访记录"),
    a_row(3, "向*", 10_000),
)


def cells(path: Path, sheet: str) -> list[list[object]]:
    rows = load_workbook(path, data_only=True)[sheet].iter_rows(values_only=True)
    return [["" if value is None else value for value in row] for row in rows]


def amounts(path: Path, sheet: str) -> dict[str, tuple[float, float]]:
    """By what stands at the left the claimed and the granted amount of the lines of totals."""
    found = {}
    for row in cells(path, sheet):
        if isinstance(row[0], str) and ("合计（" in row[0] or "小计（" in row[0]):
            found[row[0]] = (float(row[10]), float(row[12]))
    return found


def bare(path: Path) -> Path:
    """The workbook without the values of its formulas."""
    book = load_workbook(path)
    emptied = path.with_name("bare.xlsx")
    book.save(emptied)
    return emptied


def test_totals_are_formulas_that_libreoffice_calculates_alike(
    tmp_path: Path, resave: Resave
) -> None:
    path = write_claims([a_head("梨子园村", *ROWS), a_head("灯塔村", ROWS[0])], tmp_path / "c.xlsx")
    wanted = {
        "合计（3件）": (500.01, 100.01),
        "陶素芬小计（2件）": (350.01, 50.01),
        "向明贵小计（1件）": (50.0, 50.0),
        # A name with a star in it is no pattern.
        "向*小计（1件）": (100.0, 0.0),
    }
    saved = resave(bare(path))
    for one in (path, saved):
        assert amounts(one, "梨子园村") == wanted
        assert amounts(one, "灯塔村") == {"合计（1件）": (50.01, 50.01)}
        told = [row[:5] for row in cells(one, "汇总")[4:]]
        assert [row[2:] for row in told] == [
            [3, 500.01, 100.01],
            [1, 50.01, 50.01],
            [4, 550.02, 150.02],
        ]


def test_the_form_is_across_a4_with_a_place_to_sign(tmp_path: Path) -> None:
    path = write_claims([a_head("梨子园村", *ROWS)], tmp_path / "c.xlsx")
    book = load_workbook(path)
    (sheet,) = book.worksheets
    assert sheet["A1"].value == "人民调解案件补贴申报表"
    assert [cell.value for cell in sheet[4]] == [
        "序号", "案号", "当事人", "纠纷类型", "等级", "调解结果", "协议形式", "结案日期", "卷宗",
        "调解员", "金额(元)", "初审结果", "初审意见", "签字",
    ]  # fmt: skip
    assert [cell.value for cell in sheet[7]][:2] == [2, "(2026)梨民调字第002号"]
    assert (sheet["L7"].value, sheet["M7"].value) == ("不同意", "缺回访记录")
    assert (sheet["H5"].value.date(), sheet["K5"].value) == (date(2026, 9, 1), 50.01)
    assert str(sheet["K9"].value).startswith("=SUM(")
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    signed = [str(row[0]) for row in cells(path, sheet.title)][-1]
    assert all(who in signed for who in ("申报人：", "调委会负责人：", "司法所初审："))


def test_a_total_counts_a_case_once() -> None:
    assert total_of("合计", ROWS).cases == 3
    sheet = a_head("梨子园村", *ROWS).sheet
    assert [total.name for total in sheet.by_mediator()] == ["陶素芬", "向明贵", "向*"]
    assert (sheet.waiting, sheet.title) == (1, "2026年第3季度")
    second = replace(sheet, claim=replace(_CLAIM, position=2, state=ClaimState.CLAIMED))
    assert second.title == "2026年第3季度（第2份）"


def test_what_begins_like_a_formula_stays_text(tmp_path: Path) -> None:
    row = replace(ROWS[0], parties="=1+1", reason="+86", mediator='甲"乙')
    path = write_claims([a_head("梨子园村", row)], tmp_path / "c.xlsx")
    sheet = load_workbook(path)["梨子园村"]
    assert (sheet["C5"].value, sheet["C5"].data_type) == ("=1+1", "s")
