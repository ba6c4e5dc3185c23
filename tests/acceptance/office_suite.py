"""LibreOffice as the independent reader: what its own calculation makes of our workbooks."""

import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

_SECONDS = 180
_CACHED = re.compile(r"(<f>[^<]*</f>)<v>[^<]*</v>")


def changed(source: Path, target: Path, change: Callable[[str, str], str]) -> Path:
    """A copy of a workbook whose sheets' XML went through `change(part, text)`."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name.startswith("xl/worksheets/sheet"):
                content = change(name, content.decode()).encode()
            new.writestr(name, content, zipfile.ZIP_DEFLATED)
    return target


def without_results(source: Path, target: Path) -> Path:
    """A copy whose formulas have no results, so that whoever opens it must calculate."""
    removed = 0

    def strip(_: str, text: str) -> str:
        nonlocal removed
        text, count = _CACHED.subn(r"\1", text)
        removed += count
        return text

    changed(source, target, strip)
    assert removed, "the workbook has no formula with a result"
    return target


class Suite:
    """LibreOffice without a screen, with a profile of its own."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._runs = 0
        self._program = shutil.which("soffice") or shutil.which("libreoffice") or ""
        assert self._program, "LibreOffice is not installed"

    def _place(self) -> Path:
        self._runs += 1
        place = self._folder / f"run{self._runs}"
        place.mkdir(parents=True)
        return place

    def saved_as(self, paths: Sequence[Path], kind: str = "xlsx") -> list[Path]:
        """The workbooks opened and saved again by LibreOffice, all in one run."""
        place = self._place()
        profile = (self._folder / "profile").as_uri()
        command = [self._program, f"-env:UserInstallation={profile}", "--headless", "--norestore"]
        command += ["--convert-to", kind, "--outdir", str(place), *map(str, paths)]
        subprocess.run(command, capture_output=True, timeout=_SECONDS, check=True)
        found = [place / f"{path.stem}.{kind}" for path in paths]
        assert all(path.exists() for path in found), command
        return found

    def calculated(self, paths: Sequence[Path]) -> list[Path]:
        """The workbooks as LibreOffice calculates them, with none of our results to lean on."""
        place = self._place()
        bare = [without_results(path, place / path.name) for path in paths]
        return self.saved_as(bare)


Rows = list[tuple[Any, ...]]


def rows_of(path: Path, sheet: str) -> Rows:
    """The values of a sheet; an empty cell is None."""
    book = load_workbook(path, data_only=True)
    try:
        return [tuple(row) for row in book[sheet].iter_rows(values_only=True)]
    finally:
        book.close()


def table_in(rows: Rows) -> dict[str, tuple[Any, ...]]:
    """The lines of the 49-column table by their name, put together from its bands."""
    lines: dict[str, dict[int, Any]] = {}
    for top, head in enumerate(rows):
        if head[0] != "栏次":
            continue
        numbers = {int(cell): at for at, cell in enumerate(head) if isinstance(cell, (int, float))}
        for row in rows[top + 1 :]:
            if not row[0] or str(row[0]).startswith("R14"):
                break
            line = lines.setdefault(str(row[0]), {})
            line.update({number: row[at] for number, at in numbers.items()})
    assert all(sorted(line) == list(range(1, 50)) for line in lines.values()), lines
    return {name: tuple(line[number] for number in range(1, 50)) for name, line in lines.items()}


def verdicts_in(rows: Rows) -> list[str]:
    """All check cells of a sheet, 相符 or 不符."""
    return [str(cell) for row in rows for cell in row if cell in {"相符", "不符"}]
