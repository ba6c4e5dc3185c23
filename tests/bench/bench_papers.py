"""Papers of a case: one as PDF against a bare print by Qt, a thick file, a year, its archive."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from bench_measuring import Line, in_turn, ran

_MOST = 1.3
_CHILD = "child_papers.py"
# The memory of a year of files beside that of a tenth of it.
_TENTH = 10


def measure(folder: Path, *, papers: int, files: int, year: int, times: int) -> Iterator[Line]:
    """One paper `papers` times, a file `files` times, and `year` files in one process."""
    child = partial(ran, _CHILD)
    found = in_turn(
        times,
        {
            "bare": partial(child, "bare", papers, folder / "bare.pdf"),
            "paper": partial(child, "paper", papers, folder / "paper.pdf"),
            "pdf": partial(child, "pdf", files, folder / "file.pdf"),
            "word": partial(child, "word", files, folder / "file.docx"),
            "few": partial(child, "pdf", max(year // _TENTH, 1), folder / "few.pdf"),
            "year": partial(child, "pdf", year, folder / "year.pdf"),
        },
    )
    paper, bare = found["paper"], found["bare"]
    yield Line("one paper as PDF", paper.told, bare.told, _MOST, paper.peak, bare.peak,
               "QTextDocument")  # fmt: skip
    for name, what in (
        ("pdf", "a file of 25 pages as PDF"),
        ("word", "a file of 25 pages as Word"),
    ):
        yield Line(what, found[name].told, peak=found[name].peak)
    few, whole = found["few"], found["year"]
    yield Line(f"each of {year} files in a row as PDF", whole.told, few.told, 0.0, whole.peak,
               few.peak, f"each of {max(year // _TENTH, 1)}")  # fmt: skip
    yield from _archive(folder, year)


def _archive(folder: Path, year: int) -> Iterator[Line]:
    """A year's archive beside its PDFs alone, and its memory beside that of a tenth."""
    tenth = max(year // _TENTH, 1)
    counts = {"pdf": year, "archive": year, "few": tenth}
    found = {}
    for name, count in counts.items():
        job = "pdf" if name == "pdf" else "archive"
        found[name] = ran("child_archive.py", job, count, folder / f"archive-{name}")
    whole, alone, few = found["archive"], found["pdf"], found["few"]
    yield Line(f"each of {year} files archived", whole.told, alone.told, _MOST, whole.peak,
               alone.peak, "the PDFs alone")  # fmt: skip
    yield Line(f"each of {tenth} files archived", few.told, peak=few.peak)
