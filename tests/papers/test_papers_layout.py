"""Nothing that is put on a page is cut off or stands on something else, however much it is."""

from dataclasses import replace
from itertools import pairwise

import pytest
from builders import a_party, a_session
from paper_cases import a_full_case
from test_papers_fields import COMMITTEE, source_of

from mediation_desk.domain.case_papers import WRITTEN, file_of
from mediation_desk.domain.casefile import CaseFile
from mediation_desk.domain.codes import PartyRole
from mediation_desk.domain.record import new_id
from mediation_desk.papers.case_papers import blank_paper, whole_file
from mediation_desk.papers.described import (
    POINT,
    TEXT_HIGH,
    TEXT_WIDE,
    CasePaper,
    Cell,
    Grid,
    Look,
    Row,
    Words,
)
from mediation_desk.papers.keeping import kept_whole
from mediation_desk.papers.laying_out import Drawn, Page, Placed, Stroke, arranged, lay_out
from mediation_desk.papers.type_setting import UNITS

pytestmark = pytest.mark.usefixtures("qapp")

WIDE, HIGH = (size / POINT * UNITS for size in (TEXT_WIDE, TEXT_HIGH))
# What Qt rounds, and the blank at the end of a line that hangs over its edge.
SLACK = 2.0
LONG = "今年3月以来，两家因2.5米宽的排水沟（详见照片）发生争执；村委会先后4次调查，各执一词。" * 114
RARE = "㛃䶮𠅤龑〇𬭎𫖯"


def _crowded(told: str = LONG) -> CaseFile:
    """Long texts, eight parties, twelve promises, twenty sessions, names in rare characters."""
    case = a_full_case(facts=told, requests=told[:900], file_note=told, remark=told[:60])
    id_ = case.dispute.id
    more = [
        a_party(id_, role, position=3 + place, name=RARE[place : place + 3] + "某")
        for place, role in enumerate((PartyRole.APPLICANT, PartyRole.RESPONDENT) * 2)
    ]
    third = a_party(id_, PartyRole.THIRD, name="第三人" + RARE)
    promises = [
        replace(case.promises[0], id=new_id(), position=place, what=told[: 20 * place])
        for place in range(1, 13)
    ]
    sessions = [
        a_session(id_, position=place, narrative=told[: 400 * place]) for place in range(20)
    ]
    return replace(
        case,
        parties=(*case.parties, *more, third),
        promises=tuple(promises),
        sessions=(*case.sessions, *sessions),
        agreement=replace(case.agreement, content=told, manner=told[:700]),
    )


def _texts(pages: list[Page]) -> str:
    lines = (mark.line for page in pages for mark in page.marks if isinstance(mark, Drawn))
    told = (line.layout.text()[line.line.textStart() :][: line.line.textLength()] for line in lines)
    return "".join(told)


def _said(paper: CasePaper) -> str:
    return "".join(paper.texts())


def _letters(text: str) -> str:
    return "".join(sorted("".join(text.split())))


def _faults(page: Page) -> list[str]:
    found, boxes = [], []
    for mark in page.marks:
        if isinstance(mark, Stroke):
            ends = (mark.left, mark.right, mark.top, mark.bottom)
            if not (min(ends) > -SLACK and max(ends[:2]) < WIDE + SLACK):
                found.append(f"stroke {mark}")
            if max(ends[2:]) > HIGH + SLACK:
                found.append(f"stroke {mark}")
        elif isinstance(mark, Placed):
            if mark.top + mark.high > HIGH + SLACK:
                found.append(f"picture {mark.top}")
        elif mark.line.line.textLength():
            left = mark.left + mark.line.left
            wide = mark.line.line.naturalTextWidth()
            high = mark.line.line.height()
            top = mark.top + mark.line.base - mark.line.line.ascent()
            boxes.append((top, top + high, left, left + wide))
            if left + wide > WIDE + SLACK or top + high > HIGH + high / 2:
                found.append(f"text {mark.line.layout.text()[:20]}")
    return found + _overlaps(boxes)


def _overlaps(boxes: list[tuple[float, float, float, float]]) -> list[str]:
    """Lines whose middles come closer than half a line on the same stretch."""
    found = []
    for one in boxes:
        for other in boxes:
            if one is other or other < one:
                continue
            high = min(one[1] - one[0], other[1] - other[0])
            close = abs((one[0] + one[1]) - (other[0] + other[1])) / 2 < high * 0.55
            across = min(one[3], other[3]) - max(one[2], other[2]) > SLACK
            if close and across:
                found.append(f"{one} on {other}")
    return found


@pytest.mark.parametrize("made", [a_full_case, _crowded], ids=["usual", "crowded"])
def test_a_whole_file_loses_nothing_and_nothing_overlaps(made) -> None:
    case = made()
    whole = whole_file(source_of(case), file_of(case))
    for paper, pages in zip(whole.papers, whole.pages, strict=True):
        assert [fault for page in pages for fault in _faults(page)] == [], paper.title
        # A head that stands again on a later page is said once more.
        heads = [
            _letters("".join(cell.text for cell in row.cells))
            for block in paper.blocks
            if isinstance(block, Grid)
            for row in block.rows
            if row.head
        ]
        drawn, said = _letters(_texts(pages)), _letters(_said(paper))
        while len(drawn) > len(said) and heads:
            said = _letters(said + heads[0])
        assert drawn == said, paper.title


@pytest.mark.parametrize("kind", WRITTEN, ids=lambda kind: kind.value)
def test_forms_for_handwriting_lose_nothing_either(kind) -> None:
    paper = blank_paper(kind, COMMITTEE)
    pages = lay_out(paper)
    assert [fault for page in pages for fault in _faults(page)] == []
    assert _letters(_texts(pages)) == _letters(_said(paper))
    assert len(pages) <= 2


def test_crowded_papers_go_on_and_no_page_is_left_empty() -> None:
    case = _crowded()
    whole = whole_file(source_of(case), file_of(case))
    assert sum(map(len, whole.pages)) > 60
    assert all(page.marks for pages in whole.pages for page in pages)


def test_a_long_cell_goes_on_where_it_stopped() -> None:
    grid = Grid((40, 120), (Row((Cell("纠纷"), Cell(LONG)), 60),))
    pages = lay_out(CasePaper("长", (grid,)))
    assert len(pages) > 2
    tops = [max(mark.top for mark in page.marks if isinstance(mark, Drawn)) for page in pages[:-1]]
    assert all(HIGH - top < 2 * 20 * UNITS for top in tops)


def test_signatures_stay_with_the_end_of_the_text_above() -> None:
    for filler in range(1, 60):
        case = a_full_case(facts=LONG[: 40 * filler])
        whole = whole_file(source_of(case), file_of(case))
        place = next(n for n, p in enumerate(whole.papers) if p.title == "人民调解协议书")
        last = whole.pages[place][-1]
        texts = [m.line.layout.text() for m in last.marks if isinstance(m, Drawn)]
        assert any("本协议一式" in text for text in texts), filler
        assert all(one is not other for one, other in pairwise(texts))


def test_a_row_without_room_for_its_first_lines_leaves_no_empty_strip() -> None:
    for high in range(600, 706):
        gap = Words("", Look(1, 1), before=high)
        first, *_ = lay_out(CasePaper("长", (gap, Grid((160,), (Row((Cell(LONG),)),)))))
        assert any(isinstance(mark, Stroke) for mark in first.marks) is (
            sum(isinstance(mark, Drawn) for mark in first.marks) > 1
        )


def test_heads_stand_again_over_the_rest_of_a_long_row() -> None:
    head = Row((Cell("栏目"),), head=True)
    pages = lay_out(CasePaper("长", (Grid((160,), (head, Row((Cell(LONG),)))),)))
    assert len(pages) > 2
    for page in pages:
        assert page.marks[0].line.layout.text() == "栏目"


def test_what_is_said_of_one_party_is_not_torn_apart() -> None:
    party = Grid((30, 130), tuple(Row((Cell("姓名"), Cell(str(place)))) for place in range(4)))
    for high in range(560, 700):
        paper = CasePaper("表", (Words("", Look(1, 1), before=high), party))
        drawn = [[m for m in page.marks if isinstance(m, Drawn)] for page in lay_out(paper)]
        assert sorted(map(len, drawn)) in ([9], [1, 8])
        (group,) = arranged(paper.blocks)[1:]
        assert kept_whole(group) is (len(drawn) > 1)


def test_no_single_row_is_sent_ahead() -> None:
    rows = tuple(Row((Cell("意见"), Cell(str(place))), 18) for place in range(16))
    for head in (False, True):
        for high in range(60, 300, 3):
            first = Row((Cell("栏"), Cell("目")), head=True)
            table = Grid((30, 130), (first, *rows) if head else rows)
            paper = CasePaper("表", (Words("", Look(1, 1), before=high), table))
            *_, last = lay_out(paper)
            drawn = [mark.line.layout.text() for mark in last.marks if isinstance(mark, Drawn)]
            assert drawn.count("意见") >= 2
            assert drawn.count("栏") == int(head)
