"""The list taken out: one clean sheet, masked unless somebody is named, complete and in order."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import openpyxl
import pytest
from builders import TODAY, a_case, an_open_case

from mediation_desk.desk import listing_out
from mediation_desk.desk.listing_out import MOST_ON_PAPER, Taking, export_list, paper_table
from mediation_desk.desk.saved_finds import drop_find, keep_find, saved_finds
from mediation_desk.domain.casefile import CaseFile
from mediation_desk.domain.codes import Outcome
from mediation_desk.domain.finding import Find, Order, Span, Wanted
from mediation_desk.domain.organisation import Mediator
from mediation_desk.domain.problems import DeskError
from mediation_desk.domain.record import new_id
from mediation_desk.exchange import reading
from mediation_desk.store.register import Register

_HEADS, _FIRST = 4, 5


def _keep(register: Register, *cases: CaseFile) -> None:
    with register.change("陶素芬", "登记") as change:
        for case in cases:
            for record in case.records():
                change.keep(record)


@pytest.fixture
def cases(village: Register) -> list[CaseFile]:
    """Three cases of the village, one still open, by intake newest last."""
    mediator = Mediator(id=new_id(), unit_id=village.unit.id, name="陶素芬")
    with village.change("陶素芬", "调解员") as change:
        change.keep(mediator)
    told = {"unit_id": village.unit.id, "mediator_ids": (mediator.id,)}
    made = [
        a_case(number=3, intake_on=date(2026, 9, 1), closed_on=date(2026, 9, 20), **told),
        a_case(number=2, intake_on=date(2026, 9, 2), closed_on=date(2026, 9, 10), **told),
        an_open_case(number=7, intake_on=date(2026, 9, 3), facts="=1+1", **told),
    ]
    party = replace(made[0].parties[0], name="=cmd|' /C calc'!A0")
    made[0] = replace(made[0], parties=(party, *made[0].parties[1:]))
    _keep(village, *made)
    return made


def _taking(**changes: object) -> Taking:
    return replace(Taking("陶素芬", TODAY, Find(), told="全部"), **changes)


def _sheet(path: Path) -> openpyxl.worksheet.worksheet.Worksheet:
    book = openpyxl.load_workbook(path)
    assert len(book.worksheets) == 1
    return book.worksheets[0]


def _column(path: Path, head: str) -> list[object]:
    sheet = _sheet(path)
    heads = [cell.value for cell in sheet[_HEADS]]
    place = heads.index(head) + 1
    return [sheet.cell(row, place).value for row in range(_FIRST, sheet.max_row + 1)]


def test_the_sheet_is_clean_masked_and_made_for_paper(
    village: Register, cases: list[CaseFile], tmp_path: Path
) -> None:
    target = tmp_path / "清单.xlsx"
    written = export_list(village, _taking(told="邻里纠纷、本年"), target)
    assert (written.rows, written.path) == (3, target)
    sheet = _sheet(target)
    assert sheet["A1"].value == "人民调解纠纷清单"
    over = f"{sheet['A2'].value}{sheet['A3'].value}"
    for part in (
        village.unit.committee,
        "共 3 件",
        "陶素芬",
        "2026-10-23",
        "邻里纠纷、本年",
        "已遮住",
    ):
        assert part in over
    setup = sheet.page_setup
    assert (setup.orientation, setup.paperSize, setup.fitToWidth) == ("landscape", 9, 1)
    assert sheet.print_title_rows == "$4:$4"
    told = " ".join(str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value)
    assert "身份证" not in told
    for case in cases:
        for party in case.parties:
            assert party.name not in told
            assert party.id_number not in told
            assert party.phone not in told
    # Masked or not, what begins like a formula stays text.
    assert not [c for row in sheet.iter_rows() for c in row if c.data_type == "f"]
    assert _column(target, "被申请人") == ["蒋某某"] * 3
    assert {cell.number_format for cell in sheet["A"][_FIRST - 1 :]} == {"@"}
    assert reading.sums(target)
    assert not village.all("report")


@pytest.mark.parametrize(
    ("order", "numbers"),
    [
        (Order.NEWEST, ["007", "002", "003"]),
        (Order.OLDEST, ["003", "002", "007"]),
        (Order.NUMBER, ["007", "003", "002"]),
        (Order.CLOSED, ["003", "002", "007"]),
        (Order.NAME, ["003", "007", "002"]),
    ],
)
def test_the_order_on_the_screen_is_that_of_the_sheet(
    village: Register, cases: list[CaseFile], tmp_path: Path, order: Order, numbers: list[str]
) -> None:
    target = tmp_path / "清单.xlsx"
    export_list(village, _taking(find=Find(order=order)), target)
    assert [str(cell)[-4:-1] for cell in _column(target, "编号")] == numbers
    on_screen = [row.number for row in village.page(Find(order=order)).rows]
    assert _column(target, "编号") == on_screen


def test_a_full_list_names_its_receiver_and_is_noted(
    village: Register, cases: list[CaseFile], tmp_path: Path
) -> None:
    target = tmp_path / "清单.xlsx"
    written = export_list(village, _taking(unmasked_for="双龙司法所"), target)
    assert "只供双龙司法所使用" in str(_sheet(target)["A3"].value)
    assert "蒋仕文" in _column(target, "被申请人")
    assert _column(target, "申请人")[-1] == "=cmd|' /C calc'!A0"
    assert _column(target, "申请人身份证号")[0] == cases[2].parties[0].id_number
    assert _column(target, "纠纷简要情况")[0] == "=1+1"
    [report] = village.all("report")
    assert report.digest == written.digest  # type: ignore[attr-defined]
    assert set(report.cases.split()) == {case.dispute.id for case in cases}  # type: ignore[attr-defined]
    act = village.acts()[0]
    assert "双龙司法所" in act.reason
    assert act.actor == "陶素芬"
    assert village.verify() == []


def test_a_narrowed_list_holds_what_was_found(
    village: Register, cases: list[CaseFile], tmp_path: Path
) -> None:
    target = tmp_path / "清单.xlsx"
    written = export_list(village, _taking(find=Find(outcome=Outcome.SETTLED)), target)
    assert written.rows == 2
    ids = (cases[1].dispute.id,)
    assert export_list(village, _taking(find=None, ids=ids), target).rows == 1
    assert _column(target, "受理日期")[0].date() == date(2026, 9, 2)  # type: ignore[attr-defined]
    with pytest.raises(DeskError, match="没有列出"):
        export_list(village, _taking(find=Find(text="没有")), tmp_path / "空.xlsx")
    with pytest.raises(DeskError, match="没有列出"):
        paper_table(village, _taking(find=None))
    assert not (tmp_path / "空.xlsx").exists()


def test_a_place_that_cannot_be_written_leaves_nothing(
    village: Register, cases: list[CaseFile], tmp_path: Path
) -> None:
    with pytest.raises(DeskError, match="不存在"):
        export_list(village, _taking(unmasked_for="县局"), tmp_path / "没有" / "清单.xlsx")
    assert not village.all("report")
    assert not list(tmp_path.glob("*.part"))


def test_everything_found_is_taken_not_only_what_a_screen_sorts(
    village: Register, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mediation_desk.store.listing.SORTED_AMONG", 5)
    monkeypatch.setattr(listing_out, "_PAGE", 4)
    monkeypatch.setattr(listing_out, "_BATCH", 3)
    days = [date(2026, 1, 1) + timedelta(days=n) for n in range(20)]
    _keep(
        village,
        *(
            an_open_case(number=50 - n, intake_on=day, unit_id=village.unit.id)
            for n, day in enumerate(days)
        ),
    )
    table = paper_table(village, _taking(find=Find(text="蒋仕文", order=Order.NUMBER)))
    assert [row[0][-4:-1] for row in table.rows] == [f"{n:03d}" for n in range(50, 30, -1)]
    # All bear one name: the newest first, which have the smaller numbers here.
    table = paper_table(village, _taking(find=Find(text="蒋仕文", order=Order.NAME)))
    assert [row[0][-4:-1] for row in table.rows] == [f"{n:03d}" for n in range(31, 51)]


def test_paper_has_the_columns_of_the_sheet_and_is_masked_likewise(
    village: Register, cases: list[CaseFile], tmp_path: Path
) -> None:
    table = paper_table(village, _taking())
    target = tmp_path / "清单.xlsx"
    export_list(village, _taking(), target)
    heads = [cell.value for cell in _sheet(target)[_HEADS]]
    assert list(table.heads) == heads
    assert len(table.heads) == len(table.widths) == len(table.right) == len(table.rows[0])
    assert not [cell for row in table.rows for cell in row if "蒋仕文" in cell]
    full = paper_table(village, _taking(unmasked_for="双龙司法所"))
    assert [cell for row in full.rows for cell in row if cell == "蒋仕文"]
    assert len(village.all("report")) == 1
    assert table.rows[1][table.heads.index("协议涉及金额(元)")] == "200.00"


def test_too_much_for_paper_is_said(
    village: Register, cases: list[CaseFile], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing_out, "MOST_ON_PAPER", 2)
    with pytest.raises(DeskError, match="最多打印 2 件"):
        paper_table(village, _taking())
    assert MOST_ON_PAPER == 1_000


def test_an_office_says_whose_dispute_it_is(office: Register, tmp_path: Path) -> None:
    committee = office.committee
    assert committee is not None
    _keep(office, an_open_case(unit_id=committee.id))
    target = tmp_path / "清单.xlsx"
    export_list(office, _taking(), target)
    assert _column(target, "受理单位") == [committee.name]


def test_filters_are_kept_under_names(village: Register) -> None:
    first = Wanted(type="02", span=Span.YEAR, overdue=True)
    keep_find(village, "本年邻里", first)
    keep_find(village, "𠮷 & 其他", Wanted(text="水沟"))
    assert saved_finds(village) == {"本年邻里": first, "𠮷 & 其他": Wanted(text="水沟")}
    keep_find(village, "本年邻里", Wanted())
    assert saved_finds(village)["本年邻里"] == Wanted()
    drop_find(village, "本年邻里")
    drop_find(village, "没有这个")
    assert list(saved_finds(village)) == ["𠮷 & 其他"]


@pytest.mark.parametrize("newer", ['{"level": "紫"}', '{"type": "02", "weather": "雨"}'])
def test_a_filter_of_a_newer_program_is_left_out_but_not_lost(
    village: Register, newer: str
) -> None:
    village.set("saved_finds", f'{{"新": {newer}, "旧": {{"type": "02"}}}}')
    assert saved_finds(village) == {"旧": Wanted(type="02")}
    keep_find(village, "水沟", Wanted(text="水沟"))
    drop_find(village, "旧")
    assert saved_finds(village) == {"水沟": Wanted(text="水沟")}
    assert newer in village.setting("saved_finds")
