"""Signatures never stand alone on a page, neither as PDF nor as Word, however long the text is."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from builders import a_party
from docx.oxml.ns import qn
from paper_cases import a_full_case
from test_papers_fields import COMMITTEE, source_of
from test_papers_word import _body

from mediation_desk.domain.case_papers import WRITTEN, Need, PaperKind, Wanted, file_of
from mediation_desk.domain.casefile import CaseFile
from mediation_desk.domain.codes import PartyRole
from mediation_desk.domain.record import new_id
from mediation_desk.domain.support import LegalAid
from mediation_desk.papers.case_papers import Source, blank_paper, one_paper
from mediation_desk.papers.case_word import word_of
from mediation_desk.papers.described import CasePaper, Grid, Look, Words
from mediation_desk.papers.keeping import is_signed
from mediation_desk.papers.laying_out import Drawn, Page, arranged, lay_out
from mediation_desk.papers.measuring import WHOLE_LINES, lines_in

pytestmark = pytest.mark.usefixtures("qapp")

SENTENCE = "两家因排水沟发生争执，村委会先后四次到现场调查，双方各执一词。"
# What says nothing of the matter: how a letter ends, and notes in small type.
_CLOSING = ("此致", "＿＿＿＿＿＿＿＿人民法院")
_SMALL = 11
_LINES = 2
LENGTHS = (20, *range(60, 1500, 47))
# Whose paper is about one record of the case.
_ABOUT = {
    PaperKind.PROXY: "agents",
    PaperKind.INQUIRY: "sessions",
    PaperKind.SESSION: "sessions",
    PaperKind.VISIT: "sessions",
    PaperKind.ANSWER: "referrals",
}


def _case(length: int, parties: int) -> CaseFile:
    """A case all of whose texts are so long, with so many parties."""
    told = (SENTENCE * (length // len(SENTENCE) + 1))[:length]
    # In paragraphs now and then, as people write.
    lines = told.replace("各执一词。两家因", "各执一词。\n两家因", 3) if length % 2 else told
    case = a_full_case(facts=told, requests=told[:300], file_note=lines)
    id_ = case.dispute.id
    more = [
        a_party(id_, PartyRole.APPLICANT, position=9 + n, name=f"冉{n}", id_number="")
        for n in range(parties - len(case.parties))
    ]
    assert case.agreement is not None
    return replace(
        case,
        parties=(*case.parties[:parties], *more),
        sessions=tuple(replace(entry, narrative=lines) for entry in case.sessions),
        agreement=replace(case.agreement, content=told, manner=lines[: length // 2]),
        referrals=tuple(replace(entry, answer=lines) for entry in case.referrals),
    )


def _paper(case: CaseFile, kind: PaperKind) -> CasePaper:
    source = source_of(case)
    if kind is PaperKind.AID:
        aid = LegalAid(
            id=new_id(),
            unit_id=case.dispute.unit_id,
            dispute_id=case.dispute.id,
            applicant=case.parties[0].name,
            matter=case.dispute.facts,
            body="法律援助中心",
            helped_on=date(2026, 10, 1),
        )
        source = Source(source.given, {aid.id: aid}, source.content)
        return one_paper(source, Wanted(kind, Need.WHEN_NEEDED, aid.id))
    if kind not in _ABOUT:
        return one_paper(source, Wanted(kind, Need.WHEN_NEEDED))
    return one_paper(source, next(entry for entry in file_of(case) if entry.kind is kind))


def _signed_texts(paper: CasePaper) -> set[str]:
    return {block.text for block in paper.blocks if isinstance(block, Words) and block.signed}


def _text(mark: Drawn) -> str:
    line = mark.line.line
    whole = mark.line.layout.text().encode("utf-16-le")
    return whole[2 * line.textStart() :][: 2 * line.textLength()].decode("utf-16-le")


def _said_above(page: Page, signed: set[str]) -> int | None:
    """How many lines of the matter stand above the first signature of a page that has one."""
    lines = sorted(
        (mark for mark in page.marks if isinstance(mark, Drawn)), key=lambda mark: mark.top
    )
    first = next((n for n, mark in enumerate(lines) if mark.line.layout.text() in signed), None)
    if first is None:
        return None
    above = lines[:first]
    return sum(
        _text(mark) not in _CLOSING and mark.line.layout.font().pixelSize() >= 10 * _SMALL
        for mark in above
        if _text(mark).strip()
    )


def _lonely(paper: CasePaper, *, too_many: bool = False) -> list[str]:
    signed = _signed_texts(paper)
    said = [_said_above(page, signed) for page in lay_out(paper)]
    found = []
    for place, told in enumerate(said):
        # Of more signatures than a page holds the others stand by themselves.
        others = too_many and place > 0 and said[place - 1] is not None
        if told is not None and told < _LINES and not others:
            found.append(f"page {place + 1} says {told}")
    return found


_SIGNED = [
    kind for kind in WRITTEN if kind not in {PaperKind.COVER, PaperKind.CONTENTS, PaperKind.BACK,
                                             PaperKind.RECEIPTS, PaperKind.REPORT}
]  # fmt: skip


@pytest.mark.parametrize("parties", [2, 6, 9])
@pytest.mark.parametrize("kind", _SIGNED, ids=lambda kind: kind.value)
def test_no_page_has_signatures_and_nothing_of_what_is_signed(
    kind: PaperKind, parties: int
) -> None:
    assert _signed_texts(_paper(_case(60, parties), kind))
    lengths = LENGTHS if parties == 2 else LENGTHS[::3]
    found = {
        length: _lonely(_paper(_case(length, parties), kind), too_many=parties > 6)
        for length in lengths
    }
    assert {length: told for length, told in found.items() if told} == {}


@pytest.mark.parametrize("kind", _SIGNED, ids=lambda kind: kind.value)
def test_nor_has_a_form_for_handwriting(kind: PaperKind) -> None:
    pages = lay_out(blank_paper(kind, COMMITTEE))
    signed = _signed_texts(blank_paper(kind, COMMITTEE))
    # Lines to write on say nothing yet.
    first = [_said_above(page, signed) for page in pages[:1]]
    assert first == [None] or first[0] >= 2


def _rows_of_signatures(body: Any, signed: set[str]) -> Iterator[list[str]]:
    """The paragraphs of each row that is not torn apart and has signatures in it."""
    for row in body[0].iterchildren(qn("w:tbl")):
        told = ["".join(text.text or "" for text in line.iter(qn("w:t")))
                for line in row.iter(qn("w:p"))]  # fmt: skip
        if row.find(f".//{qn('w:cantSplit')}") is not None and signed & set(told):
            yield told


_HELD = [PaperKind.AGREEMENT, PaperKind.VISIT, PaperKind.INTAKE, PaperKind.CONFIRM_PERSONS]


@pytest.mark.parametrize("kind", _HELD, ids=lambda kind: kind.value)
def test_word_keeps_the_same_lines_with_the_signatures(kind: PaperKind) -> None:
    for length in (60, 600, 800, 1000):
        paper = _paper(_case(length, 3), kind)
        signed = _signed_texts(paper)
        wanted = [group for group in arranged(paper.blocks) if is_signed(group)]
        rows = list(_rows_of_signatures(_body(word_of([paper], "")), signed))
        assert len(rows) == len(wanted)
        for row, group in zip(rows, wanted, strict=True):
            first = group[0]
            begun = first.text if isinstance(first, Words) else first.rows[0].cells[0].text
            assert row[0] == begun.split("\n")[0]


def _where(paper: CasePaper) -> list[str]:
    return ["".join(_text(mark) for mark in page.marks if isinstance(mark, Drawn))
            for page in lay_out(paper)]  # fmt: skip


def test_a_long_text_gives_its_last_lines_and_loses_none() -> None:
    """The page is full to its last line but one, so that nothing but signatures would go on."""
    sign = Words("签名：", Look(14, 25), left=62, before=14, stay=True)
    date_ = Words("某日", Look(14, 25), before=16)
    for count in range(900, 1100, 7):
        text = Words((SENTENCE * 40)[:count] + "㛃𠅤𬭎𫖯" * 3, Look(14, 25), first=2)
        paper = CasePaper("长", (text, sign, sign, date_))
        pages = _where(paper)
        assert "".join(pages) == text.text + "签名：签名：某日"
        assert _lonely(paper) == []


def test_a_long_cell_gives_its_last_lines_too() -> None:
    case = _case(1250, 2)
    paper = _paper(case, PaperKind.INTAKE)
    groups = [group for group in arranged(paper.blocks) if is_signed(group)]
    moved = next((group[0] for group in groups if isinstance(group[0], Grid)), None)
    lengths = iter(range(1000, 1400, 9))
    while moved is None:
        paper = _paper(_case(next(lengths), 2), PaperKind.INTAKE)
        groups = [group for group in arranged(paper.blocks) if is_signed(group)]
        moved = next((group[0] for group in groups if isinstance(group[0], Grid)), None)
    assert len(moved.rows) == 1
    assert moved.rows[0].cells[0].text == ""
    assert 0 < len(moved.rows[0].cells[1].text) < 80


def test_no_single_line_is_left_behind_or_sent_ahead() -> None:
    for count in range(1, 60):
        filler = Words("\n".join(["行"] * count), Look(14, 25))
        text = Words(SENTENCE * 4, Look(14, 25), first=2)
        whole = len(lines_in(text))
        assert whole > WHOLE_LINES - 3
        for page in lay_out(CasePaper("页", (filler, text))):
            here = sum(mark.line.layout.text() == text.text for mark in page.marks)
            assert here != 1
