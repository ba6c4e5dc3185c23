"""The process in which files from outside are opened, so that they can harm nothing else.

It serves one file after the other. What is asked comes as lines of JSON on standard input, and each
is answered by one on standard output. `read` and `ledger` with a path open a file: the cells of
all its sheets as calamine reads them, and whether the raw XML, which passes the guard anyway, says
the same in every cell. `doubts` then lets openpyxl read the file as well: what it sees differently
and which formulas have no value. `shapes` tells what no reader does of a stranger's sheets. `sums`
is a checksum of every sheet's cells, for checking a file just written.
"""

import gc
import io
import json
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from mediation_desk.exchange.asked import ASKED, DOUBTS, LEDGER, SHAPES, SUMS
from mediation_desk.exchange.guard import (
    MOST_FILE_BYTES,
    WorkbookUnreadable,
    guard,
    is_table_text,
    whole,
)
from mediation_desk.exchange.limits import limit_memory
from mediation_desk.exchange.raw_reading import Raw
from mediation_desk.exchange.readers import (
    MOST_DISAGREEMENTS,
    Rows,
    by_calamine,
    by_openpyxl,
    disagreements,
)
from mediation_desk.exchange.sums import Sum, rows_sum
from mediation_desk.exchange.unvalued import unvalued
from mediation_desk.words import tr

_INPUT, _OUTPUT = 0, 1

Answer = dict[str, Any]


def main() -> int:
    """Answer until nobody asks any more."""
    limit_memory()
    # Cells hold no cycles, and looking for some takes a fifth of the time of reading.
    gc.disable()
    opened = Opened()
    # The packaged window program has no sys.stdin and sys.stdout, but the pipes it was given.
    with open(_INPUT, "rb", closefd=False) as asked, open(_OUTPUT, "wb", closefd=False) as out:
        for line in asked:
            out.write(json.dumps(opened.answer(json.loads(line))).encode("ascii") + b"\n")
            out.flush()
    return 0


@dataclass(slots=True)
class _File:
    """The file that is open: its bytes, what the first reader made of them or why nothing."""

    content: bytes
    first: dict[str, Rows] | None = None
    refused: str = ""
    is_text: bool = False


class Opened:
    """Answers what is asked of one file after the other."""

    def __init__(self) -> None:
        self._file = _File(b"")

    def answers(self, path: str, mode: str) -> Iterator[Answer]:
        """All that can be asked of one file; ends where it is refused."""
        for ask in ASKED[mode]:
            answer = self.answer({"ask": ask, "path": path})
            yield answer
            if "error" in answer:
                return

    def answer(self, asked: dict[str, str]) -> Answer:
        """The answer to one question; an `error` is the sentence why there is none."""
        try:
            return self._answer(asked["ask"], Path(asked.get("path", "")))
        except WorkbookUnreadable as error:
            return {"error": str(error)}
        except MemoryError:
            words = tr("文件太大，读它需要的内存超过了限制。请让对方分成几个期间导出。")
            return {"error": words, "memory": True}

    def _answer(self, ask: str, path: Path) -> Answer:
        if ask == DOUBTS:
            return self._doubts(self._file)
        if ask == SHAPES:
            return _shapes(self._file)
        # Nothing of the file before stays, also if this one is refused.
        self._file = _File(b"")
        content = _content(path)
        if ask == SUMS:
            whole(content)
            return _sums(content)
        self._file = _File(content)
        if ask == LEDGER and is_table_text(content):
            self._file.is_text = True
            return _text(content)
        return self._read(self._file)

    def _read(self, file: _File) -> Answer:
        raw = Raw()
        guard(file.content, raw)
        noted = _has_notes(file.content)
        file.first, file.refused = _tried(by_calamine, file.content)
        if file.first is not None:
            sums = {title: rows_sum(rows) for title, rows in file.first.items()}
            sure = raw.sheets() == file.first
            return {"sheets": file.first, "sure": sure, "sums": sums, "noted": noted}
        sheets, why = _second(file)
        file.refused = file.refused or why
        if sheets is None:
            happened = tr("工作簿已损坏，两种读取方式都读不出来。")
            raise WorkbookUnreadable(happened + tr("请让对方从调解台重新导出后再发送。"))
        return {"sheets": sheets, "sure": False, "noted": noted}

    def _doubts(self, file: _File) -> Answer:
        differing: list[tuple[str, str, str]] = []
        if file.is_text:
            told = {"disagreements": differing, "refused": "", "unvalued": []}
            return told | {"merges": {}, "notes": {}}
        refused = file.refused
        if file.first is not None:
            second, why = _second(file)
            refused = refused or why
            if second is not None:
                both = disagreements(file.first, second)
                differing = list(islice(both, MOST_DISAGREEMENTS))
        bare, _ = _tried(unvalued, file.content)
        shapes = _shapes(file)["shapes"]
        merges = {title: shape["merges"] for title, shape in shapes.items()}
        notes = {title: shape["notes"] for title, shape in shapes.items() if shape["notes"]}
        told = {"disagreements": differing, "refused": refused, "unvalued": bare or []}
        return told | {"merges": merges, "notes": notes}


def _has_notes(content: bytes) -> bool:
    """Whether there are comments on cells; to read them all takes longer than to see that."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return any("comments" in name.lower() for name in archive.namelist())


def _second(file: _File) -> tuple[dict[str, Rows] | None, str]:
    """What openpyxl reads, or why it reads nothing."""
    sheets, refused = _tried(by_openpyxl, file.content)
    # Its objects, other than cells, do hold cycles.
    gc.collect()
    if sheets is not None and not any(sheets.values()) and file.first and any(file.first.values()):
        # So it reads the strict form of the format, without an error.
        return None, "no cells"
    return sheets, refused


def _content(path: Path) -> bytes:
    """The bytes of the file, read once, so that guard and readers see the same ones."""
    if path.is_dir():
        raise WorkbookUnreadable(tr("这是一个文件夹，不是工作簿。请选择里面的文件。"))
    try:
        with path.open("rb") as file:
            content = file.read(MOST_FILE_BYTES + 1)
    except FileNotFoundError as error:
        words = tr("找不到文件。请核对文件名和位置。")
        raise WorkbookUnreadable(words) from error
    except OSError as error:
        words = tr("文件打不开，可能正被其他程序占用。请关闭WPS或Excel后再试。")
        raise WorkbookUnreadable(words) from error
    if len(content) > MOST_FILE_BYTES:
        words = tr("文件超过100MB，不像是月报。请让对方从调解台重新导出后再发送。")
        raise WorkbookUnreadable(words)
    return content


def _tried(reader: Callable[[bytes], Any], content: bytes) -> tuple[Any, str]:
    """What `reader` gives, or the reason why it gives nothing."""
    # A parser may raise anything over a file from outside; this is the top of this process's job.
    try:
        return reader(content), ""
    except MemoryError:
        raise
    except BaseException as error:
        return None, f"{type(error).__name__}: {error}"[:300]


def _sums(content: bytes) -> Answer:
    sheets, refused = _tried(by_calamine, content)
    if sheets is None:
        return {"error": refused}
    sums = {}
    for title, rows in sheets.items():
        total = Sum()
        for row in rows:
            total.add(row)
        sums[title] = total.text()
    return {"sums": sums}


def _text(content: bytes) -> Answer:
    from mediation_desk.exchange.table_text import table_of  # noqa: PLC0415 - rarely needed

    return {"sheets": table_of(content), "sure": False}


def _shapes(file: _File) -> Answer:
    if file.is_text:
        return {"shapes": {}}
    from mediation_desk.exchange.sheet_shapes import shapes  # noqa: PLC0415 - rarely needed

    found, _ = _tried(shapes, file.content)
    return {"shapes": found or {}}


if __name__ == "__main__":
    raise SystemExit(main())
