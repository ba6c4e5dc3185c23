"""Makes papers of cases again and again, or prints the same words barely, and tells its memory."""

import sys
import time
from collections.abc import Callable
from html import escape
from pathlib import Path

sys.path += [str(Path(__file__).resolve().parents[up]) for up in range(3)]
sys.path += [str(Path(__file__).resolve().parents[1] / "papers")]

from bench_answering import answer
from builders import a_session, a_unit
from paper_cases import a_full_case
from PySide6.QtGui import QFont, QPageSize, QPdfWriter, QTextDocument

from mediation_desk.domain.case_papers import Need, PaperKind, Wanted, file_of
from mediation_desk.domain.casefile import CaseFile
from mediation_desk.domain.dispute_types import TypeTable
from mediation_desk.papers.case_papers import Source, one_paper, whole_file
from mediation_desk.papers.case_values import Given
from mediation_desk.papers.case_word import word_of
from mediation_desk.papers.described import CasePaper, Grid, Words
from mediation_desk.papers.drawing import pages_of, pdf_of, ready
from mediation_desk.papers.type_setting import font

job, times, target = sys.argv[1], int(sys.argv[2]), Path(sys.argv[3])
PAPER = Wanted(PaperKind.APPLICATION, Need.MUST)


def source_of(case: CaseFile) -> Source:
    given = Given(case, a_unit().committee, "(2026)梨民调字第001号", TypeTable(), {"m1": "何清华"})
    subjects = (*case.sessions, *case.agents, *case.referrals)
    return Source(given, {entry.id: entry for entry in subjects}, lambda _scan: None)


def a_file() -> Source:
    """A case whose file has 25 numbered pages and more."""
    case = a_full_case(facts="两家因排水沟发生争执，村委会多次到现场。" * 30)
    told = "双方各说明情况，调解员讲明道理，双方同意再想一想。" * 20
    more = (a_session(case.dispute.id, position=n, narrative=told) for n in range(2))
    return source_of(CaseFile(
        case.dispute, case.parties, case.agents, (*case.sessions, *more), case.agreement,
        case.promises, case.referrals,
    ))  # fmt: skip


def as_html(paper: CasePaper) -> str:
    """The same words in Qt's own tables and paragraphs."""
    parts = []
    for block in paper.blocks:
        if isinstance(block, Words):
            parts.append(f"<p>{escape(block.text)}</p>")
        elif isinstance(block, Grid):
            rows = (
                "".join(f"<td colspan={c.span}>{escape(c.text)}</td>" for c in row.cells)
                for row in block.rows
            )
            inside = "".join(f"<tr>{row}</tr>" for row in rows)
            parts.append(f'<table border="1" cellspacing="0" width="100%">{inside}</table>')
    return "".join(parts)


def bare(source: Source) -> Callable[[], None]:
    told = as_html(one_paper(source, PAPER))
    plain = QFont(font(one_paper(source, PAPER).blocks[-1].look.face, 12, bold=False))
    plain.setPointSizeF(12)

    def print_it() -> None:
        writer = QPdfWriter(str(target))
        writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
        document = QTextDocument()
        document.setDefaultFont(plain)
        document.setHtml(told)
        document.print_(writer)

    return print_it


def paper(source: Source) -> Callable[[], None]:
    def write() -> None:
        made = one_paper(source, PAPER)
        target.write_bytes(pdf_of(pages_of([made])[0], "paper"))

    return write


def whole(source: Source, *, word: bool) -> Callable[[], None]:
    def write() -> None:
        made = whole_file(source, file_of(source.given.case))
        if word:
            target.write_bytes(word_of(made.papers, "file"))
        else:
            pages = [page for part in made.pages for page in part]
            target.write_bytes(pdf_of(pages, "file"))

    return write


def main() -> None:
    ready()
    if job in {"bare", "paper"}:
        act = {"bare": bare, "paper": paper}[job](source_of(a_full_case()))
    else:
        act = whole(a_file(), word=job == "word")
    act()
    begun = time.perf_counter()
    for _ in range(times):
        act()
    answer((time.perf_counter() - begun) / times)


main()
