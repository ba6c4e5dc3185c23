"""The process in which files from outside are opened, so that they can harm nothing else.

It is told a path and a mode and answers in lines of JSON on standard output. Mode `read`: the
cells of all sheets at once, then what the second reader saw differently and which formulas have
no value. Mode `ledger`: the same of a stranger's workbook or text, and the shapes of its sheets.
Mode `sums`: a checksum of every sheet's cells, for checking a file just written.
"""

import gc
import json
import sys
from collections.abc import Callable, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from mediation_desk.exchange.guard import (
    MOST_FILE_BYTES,
    WorkbookUnreadable,
    guard,
    is_table_text,
)
from mediation_desk.exchange.limits import limit_memory
from mediation_desk.exchange.sums import Sum
from mediation_desk.words import tr

READ, SUMS, LEDGER = "read", "sums", "ledger"
_OUTPUT = 1


def main(argv: Sequence[str]) -> int:
    """Read the workbook `argv[0]` in the mode `argv[1]`; 0 when answered, 1 when refused."""
    limit_memory()
    # Cells hold no cycles, and looking for some takes a fifth of the time of this short process.
    gc.disable()
    try:
        content = _content(Path(argv[0]))
        if argv[1] == LEDGER and is_table_text(content):
            _text(content)
            return 0
        guard(content)
        if argv[1] == SUMS:
            _say(_sums(content))
        elif argv[1] == LEDGER:
            _read(content)
            _shapes(content)
        else:
            _read(content)
    except WorkbookUnreadable as error:
        _say({"error": str(error)})
        return 1
    except MemoryError:
        words = tr("文件太大，读它需要的内存超过了限制。请让对方分成几个期间导出。")
        _say({"error": words})
        return 1
    return 0


def _say(answer: dict[str, Any]) -> None:
    # The packaged window program has no sys.stdout, but the pipe it was given is there.
    with open(_OUTPUT, "wb", closefd=False) as out:
        out.write(json.dumps(answer).encode("ascii") + b"\n")


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


def _sums(content: bytes) -> dict[str, Any]:
    from mediation_desk.exchange.readers import by_calamine  # noqa: PLC0415 - after the guard

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


def _text(content: bytes) -> None:
    from mediation_desk.exchange.table_text import table_of  # noqa: PLC0415 - as the readers

    _say({"sheets": table_of(content)})
    _say({"disagreements": [], "refused": "", "unvalued": []})
    _say({"shapes": {}})


def _shapes(content: bytes) -> None:
    from mediation_desk.exchange.sheet_shapes import shapes  # noqa: PLC0415 - as the readers

    found, _ = _tried(shapes, content)
    _say({"shapes": found or {}})


def _read(content: bytes) -> None:
    from mediation_desk.exchange.readers import (  # noqa: PLC0415 - after guard and memory limit
        MOST_DISAGREEMENTS,
        by_calamine,
        by_openpyxl,
        disagreements,
    )
    from mediation_desk.exchange.unvalued import unvalued  # noqa: PLC0415 - as the readers

    first, first_refused = _tried(by_calamine, content)
    if first is not None:
        # The caller decodes the records while the slower second reader is at work.
        _say({"sheets": first})
    second, second_refused = _tried(by_openpyxl, content)
    if second is not None and not any(second.values()) and first and any(first.values()):
        # So it reads the strict form of the format, without an error.
        second, second_refused = None, "no cells"
    if first is None and second is None:
        happened = tr("工作簿已损坏，两种读取方式都读不出来。")
        raise WorkbookUnreadable(happened + tr("请让对方从调解台重新导出后再发送。"))
    if first is None:
        _say({"sheets": second})
    differing: list[tuple[str, str, str]] = []
    if first is not None and second is not None:
        differing = list(islice(disagreements(first, second), MOST_DISAGREEMENTS))
    bare, _ = _tried(unvalued, content)
    refused = first_refused or second_refused
    _say({"disagreements": differing, "refused": refused, "unvalued": bare or []})


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
