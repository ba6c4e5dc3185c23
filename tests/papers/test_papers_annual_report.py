"""The annual report's draft: every number is that of its table, in text and in Word alike."""

import re
from datetime import date
from pathlib import Path

import pytest
from builders import TODAY, a_case, moved
from docx import Document
from docx.oxml.ns import qn

from mediation_desk.__main__ import main
from mediation_desk.desk import reporting
from mediation_desk.desk.annual_report import draft, write
from mediation_desk.desk.receiving import receive_all
from mediation_desk.desk.recording import keep_case
from mediation_desk.desk.sending import send
from mediation_desk.domain.periods import month, year
from mediation_desk.domain.problems import DeskError
from mediation_desk.figures.calibre import Calibre
from mediation_desk.papers.paper import Heading, Paper
from mediation_desk.papers.plain_text import plain_text
from mediation_desk.store.register import Register

CLERK, WHO = "罗晓", "陶素芬"
CALIBRE = Calibre(year(2026))


@pytest.fixture
def reported(village: Register, office: Register, tmp_path: Path) -> Register:
    """The office with three cases of August, one of them the year before, from one village."""
    for day in (date(2025, 8, 10), date(2026, 8, 10), date(2026, 8, 12)):
        keep_case(village, None, moved(a_case(), day), WHO, "登记", TODAY)
    months = (month(2025, 8), month(2026, 8))
    paths = [
        send(village, entry, tmp_path / f"{entry.first:%Y-%m}.xlsx", WHO, TODAY).path
        for entry in months
    ]
    assert all(got.act for got in receive_all(office, paths, CLERK, date(2026, 9, 4)))
    return office


def _said(paper: Paper, title: str) -> str:
    """What stands under a heading."""
    found, here = [], False
    for part in paper.parts:
        if isinstance(part, Heading):
            here = part.text.endswith(title)
        elif here:
            found.append(part.text)
    return "\n".join(found)


def test_every_number_with_a_cell_is_the_one_of_its_table(reported: Register) -> None:
    paper = draft(reported, CALIBRE, TODAY)
    tabled = [number for number in paper.numbers() if number.source.table]
    assert len(tabled) > 20
    for number in tabled:
        source = number.source
        table = reporting.table(reported, source.table, CALIBRE)
        shown = table.shown(table.row(source.row), table.column(source.column))
        assert number.text == shown.removeprefix("-"), source
        assert table.title in source.place
        assert source.definition


def test_the_year_is_told_in_words_and_set_beside_the_year_before(reported: Register) -> None:
    paper = draft(reported, CALIBRE, TODAY)
    assert paper.title == "双龙镇2026年人民调解工作情况"
    said = _said(paper, "矛盾纠纷化解")
    assert "共受理矛盾纠纷2件，涉及当事人4人；调解成功2件，调解成功率100.0%" in said
    assert "与上年同期受理1件相比，增加1件，上升100.0%（增减数÷上年同期数）。" in said
    assert "全镇1个村（社区）中，1个已建立人民调解委员会，实现全覆盖。" in _said(paper, "组织建设")


def test_fewer_than_the_year_before_are_told_without_a_sign(office: Register) -> None:
    committee = office.committee
    assert committee is not None
    for day in (date(2025, 8, 10), date(2025, 8, 11), date(2026, 8, 10)):
        keep_case(office, None, moved(a_case(unit_id=committee.id), day), CLERK, "登记", TODAY)
    said = _said(draft(office, CALIBRE, TODAY), "矛盾纠纷化解")
    assert "与上年同期受理2件相比，减少1件，下降50.0%（增减数÷上年同期数）。" in said


def test_what_was_due_and_what_came_in_time_is_counted(reported: Register) -> None:
    paper = draft(reported, CALIBRE, date(2026, 10, 6))
    assert "应报月报9份，按时报送1份。" in _said(paper, "信息报送与反馈")
    assert "月报应报9份，按时的只有1份" in _said(paper, "存在的问题")


def test_a_year_without_anything_says_so_and_invents_nothing(office: Register) -> None:
    paper = draft(office, Calibre(year(2024)), TODAY)
    assert _said(paper, "矛盾纠纷化解") == "本期没有受理矛盾纠纷。"
    assert "没有登记初信初访" in _said(paper, "信访事项")
    assert "没有登记普法宣传" in _said(paper, "普法宣传")
    assert [part.text[:2] for part in paper.parts if isinstance(part, Heading)] == [
        f"{numeral}、" for numeral in "一二三四五六七八九"
    ]


def test_a_village_is_told_that_the_office_drafts_it(village: Register) -> None:
    with pytest.raises(DeskError, match="年度报告由司法所起草"):
        draft(village, CALIBRE, TODAY)


def test_word_says_what_the_text_says_and_links_every_number(
    reported: Register, tmp_path: Path
) -> None:
    paper = draft(reported, CALIBRE, TODAY)
    path = write(paper, tmp_path / "年报.docx")
    assert sorted(entry.name for entry in tmp_path.glob("*年报*")) == ["年报.docx"]
    document = Document(str(path))
    texts = [
        "".join(node.text or "" for node in line._p.iter(qn("w:t"))) for line in document.paragraphs
    ]
    wanted = [line.strip("　") for line in plain_text(paper).splitlines() if line.strip()]
    assert texts[: len(wanted)] == wanted
    body = document.element.body
    places = {node.get(qn("w:name")) for node in body.iter(qn("w:bookmarkStart"))}
    links = [node.get(qn("w:anchor")) for node in body.iter(qn("w:hyperlink"))]
    count = len(list(paper.numbers()))
    # From each number in the text to its line in the list, and from there back.
    assert links[:count] == [f"source{number}" for number in range(1, count + 1)]
    assert links[count:] == [f"number{number}" for number in range(1, count + 1)]
    assert set(links) == places
    ids = [node.get(qn("w:id")) for node in body.iter(qn("w:bookmarkStart"))]
    assert len(set(ids)) == len(ids)
    rows = [[cell.text for cell in row.cells] for row in document.tables[0].rows][1:]
    assert [row[1] for row in rows] == [number.text for number in paper.numbers()]


def test_the_same_draft_gives_the_same_words_each_time(reported: Register) -> None:
    assert draft(reported, CALIBRE, TODAY) == draft(reported, CALIBRE, TODAY)


def test_another_ending_and_a_place_that_cannot_be_written_are_refused(
    reported: Register, tmp_path: Path
) -> None:
    paper = draft(reported, CALIBRE, TODAY)
    with pytest.raises(DeskError, match=r"只能写成 \.docx 或 \.txt"):
        write(paper, tmp_path / "年报.pdf")
    with pytest.raises(DeskError, match="不存在，没有写成"):
        write(paper, tmp_path / "没有" / "年报.docx")
    (tmp_path / "年报.txt").mkdir()
    with pytest.raises(DeskError, match="是一个文件夹"):
        write(paper, tmp_path / "年报.txt")
    assert [entry.name for entry in tmp_path.glob(".*")] == []


def test_the_verb_shows_it_and_writes_it(
    reported: Register, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    numbers = len(list(draft(reported, CALIBRE, TODAY).numbers()))
    folder = reported.folder
    reported.close()
    password = tmp_path / "password"
    password.write_text("梨花-2026", encoding="utf-8")
    line = ["annual", str(folder), "--password-file", str(password), "--period", "2026"]
    assert main([*line, "--today", TODAY.isoformat(), "--sources"]) == 0
    shown = capsys.readouterr().out
    assert len(re.findall(r"\[\d+\]", shown)) == 2 * numbers
    target = tmp_path / "年报.docx"
    assert main([*line, "--today", TODAY.isoformat(), "--out", str(target)]) == 0
    assert f"共 {numbers} 个数字" in capsys.readouterr().out
    assert target.exists()
    assert main([*line, "--out", str(tmp_path / "年报.doc")]) == 1
    assert "只能写成" in capsys.readouterr().err
