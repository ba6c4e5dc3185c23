"""Texts and numbers that spreadsheets like to spoil arrive as they were typed."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from builders import a_case, a_session, an_identity_number
from demo_desks import PASSWORD, copied
from desk_line import Line
from office_suite import Suite
from openpyxl import load_workbook
from own_counts import records_in
from python_calamine import CalamineWorkbook

from mediation_desk.domain.casefile import CaseFile
from mediation_desk.domain.codes import Direction, PartyRole, ReferralChannel, Sex
from mediation_desk.domain.handling import Referral
from mediation_desk.domain.organisation import Unit
from mediation_desk.domain.prevention import Publicity, Screening
from mediation_desk.domain.record import new_id
from mediation_desk.store.opening import open_register
from mediation_desk.store.register import Register

# What a spreadsheet takes for a formula, a number, a day, an error, a link or two cells.
TRICKY = (
    "=1+1", "=HYPERLINK(\"http://x\",\"点\")", "+8613900000001", "-5", "@SUM(A1)", "00123",
    "1e5", "2026/10/1", "#N/A", "TRUE", "'引号", "\"双引号\"", "a\tb", "两\n行", " 前后有空格 ",
    "<b>&amp;</b>", "𠮷野家😀", "１２３", "_x0041_",
)  # fmt: skip
# LibreOffice writes this one as a letter A where people look; the exact copy does not suffer.
SPOILT_BY_LIBREOFFICE = "_x0041_"


def _case(unit: Unit, number: int) -> CaseFile:
    """A settled case full of tricky texts."""
    case = a_case(unit_id=unit.id, number=900 + number, revision=0)
    text = TRICKY[number]
    born = case.parties[0].born_on
    assert born is not None
    sides = (PartyRole.APPLICANT, PartyRole.RESPONDENT)
    parties = tuple(
        replace(
            party,
            name=text,
            # The last digit may be X, and a number of 18 digits is more than a float holds.
            id_number=an_identity_number(born, Sex.FEMALE, 1 + number + 100 * sides.index(side)),
            phone=f"0139{number:08d}",
            address=text,
        )
        for party, side in zip(case.parties, sides, strict=True)
    )
    dispute = replace(
        case.dispute, facts=text, place=text, registrar=text, intake_on=case.dispute.intake_on
    )
    session = a_session(dispute.id, recorder=text, narrative=text)
    referral = Referral(
        id=new_id(),
        dispute_id=dispute.id,
        direction=Direction.IN,
        channel=ReferralChannel.POLICE,
        body=text,
        letter_number=text,
    )
    return replace(
        case, dispute=dispute, parties=parties, sessions=(session,), referrals=(referral,)
    )


def _fill(register: Register) -> None:
    unit = register.committee
    assert unit is not None
    with register.change("陶素芬", "录入") as change:
        for number, text in enumerate(TRICKY):
            for record in _case(unit, number).records():
                change.keep(record)
            own = {"unit_id": unit.id, "revision": 0}
            day = date(2026, 9, 25)
            change.keep(Publicity(id=new_id(), **own, held_on=day, topic=text, place=text))
            change.keep(Screening(id=new_id(), **own, screened_on=day, area=text))


@pytest.fixture(scope="module")
def tricky(
    line: Line, villages: list[Path], tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Path]:
    """A village's register and its masked and its full package."""
    place = tmp_path_factory.mktemp("tricky")
    village = copied(villages[3], place / "village")
    with open_register(village, PASSWORD) as register:
        _fill(register)
    made = {"village": village, "full": place / "full.xlsx", "masked": place / "masked.xlsx"}
    words = ["export", village, "--period", "2026-09", "--out"]
    line(*map(str, [*words, made["full"]]), "--unmasked-for", "双龙司法所").done()
    line(*map(str, [*words, made["masked"]])).done()
    return made


@pytest.fixture(scope="module")
def resaved(tricky: dict[str, Path], suite: Suite) -> dict[str, Path]:
    """The same workbooks saved again by LibreOffice."""
    names = ("full", "masked")
    return dict(zip(names, suite.saved_as([tricky[name] for name in names]), strict=True))


def _formulas(path: Path) -> dict[str, list[str]]:
    """Where a workbook holds formulas outside of the two sheets that have some."""
    book = load_workbook(path)
    found = {
        sheet.title: [cell.coordinate for row in sheet for cell in row if cell.data_type == "f"]
        for sheet in book.worksheets
    }
    book.close()
    return {title: cells for title, cells in found.items() if cells}


def _texts(path: Path) -> list[str]:
    """All text cells of the sheets for people, by a reader that knows the format's escapes."""
    book = CalamineWorkbook.from_path(path)
    sheets = ("案件台账", "调解记录", "衔接移送", "排查与普法")
    rows = [row for sheet in sheets for row in book.get_sheet_by_name(sheet).to_python()]
    book.close()
    return [cell for row in rows for cell in row if isinstance(cell, str)]


@pytest.mark.parametrize("saved", ["ours", "again"])
@pytest.mark.parametrize("which", ["full", "masked"])
def test_text_stays_text(
    tricky: dict[str, Path], resaved: dict[str, Path], which: str, saved: str
) -> None:
    path = tricky[which] if saved == "ours" else resaved[which]
    assert set(_formulas(path)) <= {"封面", "汇总表"}
    shown = _texts(path)
    for text in TRICKY:
        if (saved, text) != ("again", SPOILT_BY_LIBREOFFICE):
            assert text in shown, text
    if which == "full":
        numbers = {cell for cell in shown if len(cell) == 18 and cell.startswith("990001")}
        assert len(numbers) >= 2 * len(TRICKY)
        assert sum(cell.startswith("0139") for cell in shown) >= 2 * len(TRICKY)


def _received(line: Line, office: Path, package: Path) -> None:
    """Receive a package whose records break rules of sense, which is told and stops nothing."""
    answer = line("import", office, package)
    assert (answer.err, "拒绝" in answer.out, "待定" in answer.out) == ("", False, False)


@pytest.mark.parametrize("saved", ["ours", "again"])
def test_everything_arrives_as_it_was_typed(
    line: Line,
    empty_office: Path,
    tricky: dict[str, Path],
    resaved: dict[str, Path],
    saved: str,
    tmp_path: Path,
) -> None:
    office = copied(empty_office, tmp_path / "office")
    _received(line, office, tricky["full"] if saved == "ours" else resaved["full"])
    here, there = (records_in(line.dump(folder)) for folder in (tricky["village"], office))
    arrived = {record["id"]: record for kind in there for record in there[kind]}
    tricky_cases = [case for case in here["dispute"] if case["number"] >= 900]
    assert len(tricky_cases) == len(TRICKY)
    for kind in ("dispute", "party", "session", "referral", "publicity", "screening"):
        mine = [record for record in here[kind] if record["id"] in arrived]
        assert len(mine) >= len(TRICKY)
        assert [arrived[record["id"]] for record in mine] == mine


def test_the_masked_package_shows_none_of_them(line: Line, tricky: dict[str, Path]) -> None:
    book = load_workbook(tricky["masked"])
    sheets = [sheet for sheet in book if sheet.sheet_state == "visible"]
    shown = "\n".join(
        str(cell.value) for sheet in sheets for row in sheet for cell in row if cell.value
    )
    book.close()
    parties = records_in(line.dump(tricky["village"]))["party"]
    numbers = {party[name] for party in parties for name in ("id_number", "phone")} - {""}
    assert numbers
    assert not [number for number in numbers if number in shown]
    assert "申请人住址" not in shown


@pytest.mark.parametrize(("size", "fits"), [(32_767, True), (32_768, False), (40_000, False)])
def test_a_text_too_long_is_refused_not_cut(
    line: Line, villages: list[Path], empty_office: Path, size: int, fits: bool, tmp_path: Path
) -> None:
    village = copied(villages[5], tmp_path / "village")
    long = "长" * size
    with open_register(village, PASSWORD) as register:
        unit = register.committee
        assert unit is not None
        case = a_case(unit_id=unit.id, number=950, facts=long)
        with register.change("陶素芬", "录入") as change:
            for record in case.records():
                change.keep(record)
    before = line.dump(village)
    target = tmp_path / "out.xlsx"
    words = ["--period", "2026-09", "--out", target, "--unmasked-for", "双龙司法所"]
    answer = line("export", village, *words)
    if not fits:
        sentence = answer.refused()
        assert str(size) in sentence
        assert "不会替您截断" in sentence
        assert not target.exists()
        assert [path.name for path in tmp_path.iterdir()] == ["village"]
        assert line.dump(village) == before
        return
    answer.done()
    office = copied(empty_office, tmp_path / "office")
    _received(line, office, target)
    assert long in {case["facts"] for case in records_in(line.dump(office))["dispute"]}
