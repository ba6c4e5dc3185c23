"""Case files of the demo township: made without a finding, and of as many pages in LibreOffice."""

import re
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from office_suite import Suite
from test_papers_fields import source_of
from test_papers_layout import _crowded

from mediation_desk.desk import case_papers, demonstration, papers_out
from mediation_desk.domain.case_papers import file_of
from mediation_desk.domain.casefile import CaseFile
from mediation_desk.papers.case_papers import whole_file
from mediation_desk.papers.case_word import word_of
from mediation_desk.store.opening import open_register
from mediation_desk.store.register import Register

pytestmark = pytest.mark.usefixtures("qapp")

_PAGES = re.compile(r"Pages:\s+(\d+)")
# LibreOffice lets a full stop hang over the edge and sets a space between figures and Chinese even
# where a document says no (w:overflowPunct, w:autoSpaceDE, w:autoSpaceDN); Word heeds them. One
# case in a hundred may have a line less or more by that.
_UNLIKE = 0.01
_AT_ONCE = 25
# Without figures, as a long text with many of them has more lines there.
_WORDY = "今年三月以来，两家因两米半宽的排水沟（详见照片）发生争执；村委会先后四次调查，各执一词。"


def _pages(path: Path) -> int:
    told = subprocess.run(["pdfinfo", path], capture_output=True, text=True, check=True).stdout
    found = _PAGES.search(told)
    assert found, told
    return int(found.group(1))


def _own_cases(register: Register) -> Iterator[CaseFile]:
    committee = register.committee
    assert committee is not None
    for dispute in register.all("dispute", unit_id=committee.id):
        case = register.case(dispute.id)
        if case is not None and not case.dispute.void_reason:
            yield case


def test_every_file_has_the_same_pages_as_pdf_and_as_word(
    demo: Path, tmp_path: Path, rounds: Callable[[int, int], int], told: Callable[[str], None]
) -> None:
    most = rounds(10_000, 3)
    made: dict[Path, int] = {}
    for folder in sorted(path.parent for path in demo.glob("*/*.db")):
        with open_register(folder, demonstration.PASSWORD) as register:
            for case in _own_cases(register):
                if len(made) == most:
                    break
                whole = case_papers.whole(register, case)
                name = f"{folder.name}-{case.dispute.year}-{case.dispute.number}"
                pdf = papers_out.write(whole, tmp_path / f"{name}.pdf")
                assert _pages(pdf) == len(whole.pages)
                word = papers_out.write(whole, tmp_path / f"{name}.docx")
                made[word] = len(whole.pages)
    assert len(made) >= min(most, 100)
    suite, words = Suite(tmp_path / "suite"), list(made)
    parts = (words[at : at + _AT_ONCE] for at in range(0, len(words), _AT_ONCE))
    opened = [path for part in parts for path in suite.saved_as(part, "pdf")]
    pairs = list(zip(made.items(), opened, strict=True))
    unlike = [(word.stem, ours, _pages(path)) for (word, ours), path in pairs
              if _pages(path) != ours]  # fmt: skip
    told(f"{len(made)} files, {sum(made.values())} pages, otherwise in LibreOffice: {unlike}")
    assert len(unlike) <= _UNLIKE * len(made)


def test_a_crowded_file_has_the_same_pages_too(
    tmp_path: Path, rounds: Callable[[int, int], int], told: Callable[[str], None]
) -> None:
    """Eight parties, twelve promises, twenty sessions; texts of 5,000 signs at full length."""
    case = _crowded((_WORDY * 120)[: rounds(5_000, 900)])
    whole = whole_file(source_of(case), file_of(case))
    (tmp_path / "crowded.docx").write_bytes(word_of(whole.papers, "crowded"))
    (opened,) = Suite(tmp_path / "suite").saved_as([tmp_path / "crowded.docx"], "pdf")
    ours = sum(map(len, whole.pages))
    told(f"a crowded file: {ours} pages, in LibreOffice {_pages(opened)}")
    assert _pages(opened) == ours
