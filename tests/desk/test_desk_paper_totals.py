"""Totals of earlier years are kept as printed: what does not add up is told, never repaired."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import openpyxl
import pytest
from builders import TODAY
from huangshi_printed import PRINTED_NUMBERS, PRINTED_TYPES

from mediation_desk.__main__ import main
from mediation_desk.desk.paper_totals import blank, keep, kept, lines_of, look, strike
from mediation_desk.domain.problems import DeskError
from mediation_desk.figures.columns import COLUMNS
from mediation_desk.figures.paper_totals import MINISTRY, ORGANISATION, PaperTable
from mediation_desk.store.register import Register

CLERK = "罗晓"
Numbers = Mapping[str, float | str]
# What 黄石 printed of its committees in 2020 (domain.md S47): the parts add up to 1111.
COMMITTEES: Numbers = {
    "人民调解委员会总数(个)": 1127,
    "村（居）调委会(个)": 972,
    "乡镇（街道）调委会(个)": 49,
    "企事业单位调委会(个)": 81,
    "道路交通事故调委会(个)": 6,
    "医疗纠纷调委会(个)": 2,
    "劳动争议调委会(个)": 1,
    "人民调解员总数(人)": 3924,
    "专职人民调解员(人)": 480,
}
_OWN_NAMES = {"其它": "其他", "劳动争议": "其他劳动争议", "消费": "其他消费"}


def _august() -> dict[str, float | str]:
    """黄石 August 2016 (T1): every number that was printed, 15 types among the 18 columns."""
    names = {column.label.removesuffix("纠纷"): column.title for column in MINISTRY.columns}
    numbers: dict[str, float | str] = {
        title: float(text) for title, text in PRINTED_NUMBERS.items()
    }
    for column in COLUMNS[19:37]:
        numbers[column.title] = 0
    for name, cases, _percent in PRINTED_TYPES:
        numbers[names[_OWN_NAMES.get(name, name)]] = cases
    return numbers


def _filled(
    path: Path,
    table: PaperTable,
    lines: Sequence[tuple[str, Numbers]],
    *,
    first: str = "2016-08-01",
    last: str = "2016-08-31",
    source: str = "2016年8月通报",
) -> Path:
    blank(table.id, path)
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    for column, value in ((2, source), (5, first), (8, last)):
        sheet.cell(2, column).value = value
    places = {sheet.cell(4, column).value: column for column in range(2, sheet.max_column + 1)}
    for row, (name, numbers) in enumerate(lines, 6):
        sheet.cell(row, 1).value = name
        for title, value in numbers.items():
            sheet.cell(row, places[title]).value = value
    book.save(path)
    return path


def test_a_published_month_that_adds_up_is_kept_to_the_last_digit(
    office: Register, tmp_path: Path
) -> None:
    seen = look(office, _filled(tmp_path / "a.xlsx", MINISTRY, [("黄石市", _august())]))
    assert seen.problems == ()
    total = keep(office, seen, "", CLERK, TODAY)
    (line,) = lines_of(total)
    told = dict(zip((column.title for column in MINISTRY.columns), line.values, strict=True))
    assert told["调解案件总数(件)"] == 869
    assert str(told["协议涉及金额(万元)"]) == "2873.8"
    assert told["涉及当事人数(人)"] is None
    assert total.number == 1


def test_parts_that_do_not_add_up_are_kept_only_with_a_remark_and_unchanged(
    office: Register, tmp_path: Path
) -> None:
    path = _filled(
        tmp_path / "o.xlsx", ORGANISATION, [("黄石市", COMMITTEES)],
        first="2020-01-01", last="2020-11-30", source="2020年度通报",
    )  # fmt: skip
    seen = look(office, path)
    assert [problem.rule for problem in seen.problems] == ["O-R1"]
    assert "总数为1127，各类合计为1111" in seen.problems[0].message
    with pytest.raises(DeskError, match="请写明说明"):
        keep(office, seen, "  ", CLERK, TODAY)
    assert kept(office) == []
    total = keep(office, seen, "原件如此，未列的类别没有单独公布", CLERK, TODAY)
    (line,) = lines_of(total)
    assert line.values[:2] == (1127, 972)
    assert "1111" in total.findings
    assert total.remark.startswith("原件如此")


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"邻里纠纷(件)": 279}, "R1"),
        ({"主动调解(件)": 454}, "R2"),
        ({"调解成功(件)": 870}, "R5"),
        ({"防止群体性上访(人)": 0}, "R8"),
        ({"协议涉及金额(万元)": 2873.805}, "R10"),
        ({"涉及当事人数(人)": 1000}, "R9"),
    ],
)
def test_each_rule_finds_its_fault(
    office: Register, tmp_path: Path, change: Numbers, rule: str
) -> None:
    numbers = {**_august(), **change}
    seen = look(office, _filled(tmp_path / "a.xlsx", MINISTRY, [("黄石市", numbers)]))
    assert rule in {problem.rule for problem in seen.problems}


def test_a_total_that_is_not_its_units_breaks_r14(office: Register, tmp_path: Path) -> None:
    one, other = {"调解案件总数(件)": 3}, {"调解案件总数(件)": 4}
    good = [("甲村", one), ("乙村", other), ("合计", {"调解案件总数(件)": 7})]
    bad = [("甲村", one), ("乙村", other), ("合计", {"调解案件总数(件)": 8})]
    assert look(office, _filled(tmp_path / "g.xlsx", MINISTRY, good)).problems == ()
    (problem,) = look(office, _filled(tmp_path / "b.xlsx", MINISTRY, bad)).problems
    assert problem.rule == "R14"


def test_months_that_do_not_make_the_quarter_break_r13(office: Register, tmp_path: Path) -> None:
    months = (("07-01", "07-31", 3), ("08-01", "08-31", 4), ("09-01", "09-30", 5))
    for place, (first, last, cases) in enumerate(months):
        path = _filled(
            tmp_path / f"{place}.xlsx", MINISTRY, [("全县", {"调解案件总数(件)": cases})],
            first=f"2016-{first}", last=f"2016-{last}", source=f"{last}通报",
        )  # fmt: skip
        keep(office, look(office, path), "", CLERK, TODAY)

    def quarter(cases: int) -> list[str]:
        path = _filled(
            tmp_path / f"q{cases}.xlsx", MINISTRY, [("全县", {"调解案件总数(件)": cases})],
            first="2016-07-01", last="2016-09-30", source="三季度通报",
        )  # fmt: skip
        return [problem.rule for problem in look(office, path).problems]

    assert quarter(12) == []
    assert quarter(13) == ["R13"]


def test_what_is_no_number_is_told_with_its_cell_and_nothing_is_kept(
    office: Register, tmp_path: Path
) -> None:
    path = _filled(tmp_path / "a.xlsx", MINISTRY, [("黄石市", {"调解案件总数(件)": "约八百"})])
    seen = look(office, path)
    (unread,) = seen.unread
    assert unread.place == "历史数据!B6"
    with pytest.raises(DeskError, match="有1格不是数字"):
        keep(office, seen, "说明", CLERK, TODAY)
    assert kept(office) == []


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"source": ""}, "没有写明来源"),
        ({"first": "八月"}, "“起始日期”没有填，或者不是日期"),
        ({"first": "2016-09-01"}, "起始日期晚于截止日期"),
    ],
)
def test_without_source_or_time_it_is_refused(
    office: Register, tmp_path: Path, changed: dict[str, str], said: str
) -> None:
    path = _filled(tmp_path / "a.xlsx", MINISTRY, [("黄石市", _august())], **changed)
    with pytest.raises(DeskError, match=said):
        look(office, path)


def test_another_workbook_and_an_empty_table_are_refused(office: Register, tmp_path: Path) -> None:
    openpyxl.Workbook().save(tmp_path / "别的.xlsx")
    with pytest.raises(DeskError, match="没有找到历史数据表"):
        look(office, tmp_path / "别的.xlsx")
    with pytest.raises(DeskError, match="还没有填数字"):
        look(office, _filled(tmp_path / "空.xlsx", MINISTRY, []))


def test_the_same_table_is_kept_once_until_it_is_struck(office: Register, tmp_path: Path) -> None:
    path = _filled(tmp_path / "a.xlsx", MINISTRY, [("黄石市", _august())])
    keep(office, look(office, path), "", CLERK, TODAY)
    with pytest.raises(DeskError, match="已经录入（第1号）"):
        keep(office, look(office, path), "", CLERK, TODAY)
    with pytest.raises(DeskError, match="写明作废的原因"):
        strike(office, 1, CLERK, "")
    strike(office, 1, CLERK, "录错了")
    assert kept(office) == []
    assert keep(office, look(office, path), "", CLERK, TODAY).number == 2
    assert not office.verify()


def test_the_verb_does_all_of_it(
    office: Register, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = str(office.folder)
    office.close()
    password = tmp_path / "password"
    password.write_text("梨花-2026", encoding="utf-8")
    line = ["paper-totals", folder, "--password-file", str(password)]
    target = tmp_path / "空白.xlsx"
    assert main([*line, "--blank", str(target), "--table", "organisation"]) == 0
    assert target.exists()
    path = str(_filled(tmp_path / "o.xlsx", ORGANISATION, [("黄石市", COMMITTEES)]))
    assert main([*line, "--take", path, "--dry-run"]) == 1
    assert main([*line, "--take", path]) == 1
    assert "请写明说明" in capsys.readouterr().err
    assert main([*line, "--take", path, "--remark", "原件如此"]) == 0
    assert main(line) == 0
    told = capsys.readouterr().out
    assert "第1号\t2016年8月\t人民调解组织队伍统计表\t2016年8月通报" in told
    assert "说明：原件如此" in told
    assert main([*line, "--strike", "1", "--reason", "录错了"]) == 0
    assert main(line) == 0
    assert "还没有录入历史数据。" in capsys.readouterr().out
