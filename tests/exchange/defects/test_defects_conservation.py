"""Whatever stands in a ledger or a package, every row read ends in exactly one told outcome."""

import io
import os
import string
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from child_pool import ChildPool
from defect_books import HEADS, ROW, TITLE, book
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from sample_packages import counts_for, made_contents

from mediation_desk.desk.ledger_look import CONFIRM, MONTHS, YES, Told
from mediation_desk.desk.looking import LookState
from mediation_desk.desk.receiving import look, receive
from mediation_desk.domain.as_typed.plain_text import bare
from mediation_desk.exchange.incoming import read_package
from mediation_desk.exchange.writing import write_package
from mediation_desk.store.register import Register

TODAY = date(2026, 11, 23)
CLERK = "王敏"
# Other examples in every run but CI's; with a failure hypothesis prints how it can be had again.
# `python dev.py soak` runs this file too, at the full count.
MANY = settings(
    print_blob=True,
    max_examples=1_000 if os.environ.get("MEDIATION_DESK_SOAK") == "full" else 20,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
_ODD = st.sampled_from(
    [
        *("", None, "合计", "小计", "填表人：陶素芬", "无", "√", "#N/A", "10月3日", "农历八月"),
        *("约5000", "张□三", "秦德珍、罗大山等3人", "邻里纠纷", "宅基地", "调解成功", "=1+1"),
        *(0, 1, 46298, 20261003, 5.00230196803e17, 1.5, "990001196803140027", "\u3000", "示例"),
        *("13900000001.0", "第1页", *HEADS[:6]),
    ]
)
_TEXT = st.text(string.digits + "年月日一二三元万张王村组、，/-（）X \u00a0\n", max_size=12)
_CELLS = st.one_of(
    _ODD, _TEXT, st.integers(-5, 60000), st.dates(date(1890, 1, 1), date(2030, 1, 1))
)
_PAIR = "并排"


@st.composite
def _rows(draw: st.DrawFn) -> list[list[Any]]:
    """Rows as they come: whole, half filled, of anything at all, blank, repeated heads."""
    found: list[list[Any]] = []
    for _ in range(draw(st.integers(0, 7))):
        kind = draw(st.integers(0, 5))
        if kind == 0:
            line: list[Any] = []
        elif kind == 1:
            line = draw(st.lists(_CELLS, max_size=len(HEADS) + 2))
        elif kind == 2:
            line = list(HEADS)
        else:
            line = list(ROW)
            for place in draw(st.lists(st.integers(0, len(HEADS) - 1), max_size=5)):
                line[place] = draw(_CELLS)
        found.append(line)
    return found


def _beside(draw: st.DrawFn) -> list[list[Any]]:
    """Two tables side by side, each with rows of its own, some of which are blank."""
    found: list[list[Any]] = [[TITLE], [*HEADS, "", *HEADS]]
    for _ in range(draw(st.integers(0, 4))):
        line: list[Any] = []
        for _half in range(2):
            # Not so many cells that what is left could be taken for heads.
            half = [""] * len(HEADS) if draw(st.integers(0, 2)) == 0 else list(ROW)
            for place in draw(st.lists(st.integers(0, len(HEADS) - 1), max_size=3)):
                half[place] = draw(_CELLS)
            line += [*half, ""]
        found.append(line)
    return found


@st.composite
def _ledgers(draw: st.DrawFn) -> dict[str, list[list[Any]]]:
    sheets = {}
    for name in draw(st.lists(st.sampled_from(["台账", "10月", "说明"]), min_size=1, unique=True)):
        above = draw(st.lists(st.lists(_ODD, max_size=2), max_size=3))
        heads = list(HEADS)
        for place in draw(st.lists(st.integers(0, len(HEADS) - 1), max_size=3)):
            heads[place] = draw(st.one_of(st.sampled_from(HEADS), _ODD.map(str)))
        sheets[name] = [[TITLE], *above, heads, *draw(_rows())]
        if draw(st.booleans()):
            sheets[name] += [[], heads, *draw(_rows())]
    if draw(st.integers(0, 3)) == 0:
        sheets[_PAIR] = _beside(draw)
    return sheets


def _pieces(sheets: dict[str, list[list[Any]]]) -> Iterator[tuple[str, list[Any]]]:
    """Every row with its address; of tables side by side each half."""
    half = len(HEADS) + 1
    for name, lines in sheets.items():
        for number, line in enumerate(lines, 1):
            if name == _PAIR and number > 1:
                yield f"{name}!A{number}", line[:half]
                yield f"{name}!{get_column_letter(half + 1)}{number}", line[half:]
            else:
                yield f"{name}!A{number}", line


def _filled(sheets: dict[str, list[list[Any]]]) -> set[str]:
    """Where something stands, found without any of our readers."""
    return {
        place
        for place, line in _pieces(sheets)
        if any(cell is not None and bare(_as_read(cell)) for cell in line)
    }


def _as_read(cell: Any) -> Any:
    return cell.isoformat() if isinstance(cell, date) else cell


_SEEN: Counter[str] = Counter()


# A head said twice behind one that is empty was once taken for a second table beside the first.
_TWICE = [*HEADS[:9], "", *HEADS[10:14], "申请人"]


@MANY
@given(sheets=_ledgers(), answer=st.booleans())
@example(sheets={"台账": [[TITLE], _TWICE, list(ROW), list(ROW), list(ROW)]}, answer=True)
def test_no_row_of_a_ledger_is_lost(
    sheets: dict[str, list[list[Any]]],
    answer: bool,
    town: Register,
    forked: ChildPool,
    tmp_path: Path,
) -> None:
    path = tmp_path / "台账.xlsx"
    path.write_bytes(book(sheets))
    unit = next(entry for entry in town.units() if entry.name == "梨子园村")
    told = Told(unit.id, {CONFIRM: YES, MONTHS: YES})
    seen = look(town, path, TODAY, told)
    if seen.state is LookState.REFUSED:
        assert "找不到案件台账的表头" in seen.words
        return
    if answer and seen.ledger is not None:
        given_ = {
            question.key: question.suggested or question.options[0].answer
            for question in seen.ledger.questions
            if question.suggested or question.options
        }
        told = Told(unit.id, {**told.answers, **given_})
        seen = look(town, path, TODAY, told)
    assert seen.ledger is not None
    assert seen.ledger.reading is not None
    rows = seen.ledger.reading.rows
    _SEEN.update(row.outcome for row in rows)
    assert sum(seen.counts.values()) == len(rows)
    assert len(rows) == seen.ledger.reading.ledger.accounting.read
    assert sorted(row.place for row in rows) == sorted(_filled(sheets))
    assert all(row.reason for row in rows if row.outcome in {"ignored", "rejected", "conflict"})
    before = len(town.all("dispute"))
    done = receive(town, seen, CLERK, backed_up=True)
    if done.act:
        assert len(town.all("dispute")) - before == seen.counts["added"]
        again = look(town, path, TODAY, told)
        assert not again.counts["added"], again.words
        assert not again.counts["updated"], again.words


_OTHER_FACTS = [*ROW[:8], "元", *ROW[9:]]
_OTHER_TYPE = [*ROW[:7], 30000, *ROW[8:]]
_OTHER_MEDIATOR = [*ROW[:5], "秦德珍、罗大山等3人", *ROW[6:13], "受理日期", ""]
# Rows of the same persons and day, ledger after ledger; the last one was once never at rest.
_LIKE_ONE_ANOTHER = (
    (_OTHER_TYPE, _OTHER_MEDIATOR, _OTHER_TYPE),
    (_OTHER_MEDIATOR, ROW, _OTHER_FACTS, ROW),
    (ROW, _OTHER_FACTS, _OTHER_MEDIATOR),
    (_OTHER_FACTS,),
    (_OTHER_FACTS, _OTHER_MEDIATOR, [*ROW[:7], None, *ROW[8:]]),
    (_OTHER_TYPE,),
    (ROW, _OTHER_FACTS),
)


def test_the_same_ledger_finds_the_same_cases_again(
    town: Register, forked: ChildPool, tmp_path: Path
) -> None:
    unit = next(entry for entry in town.units() if entry.name == "梨子园村")
    for number, rows in enumerate(_LIKE_ONE_ANOTHER):
        path = tmp_path / f"{number}.xlsx"
        heads = [*HEADS[:7], "None", *HEADS[8:]] if number in {2, 4} else HEADS
        path.write_bytes(book({"10月": [[TITLE], list(heads), *map(list, rows)]}))
        told = Told(unit.id, {CONFIRM: YES, MONTHS: YES})
        seen = look(town, path, TODAY, told)
        assert seen.ledger is not None
        asked = {entry.key: entry.suggested or entry.options[0].answer
                 for entry in seen.ledger.questions if entry.options}  # fmt: skip
        told = Told(unit.id, {**told.answers, **asked})
        receive(town, look(town, path, TODAY, told), CLERK, backed_up=True)
        again = look(town, path, TODAY, told)
        assert (again.counts["added"], again.counts["updated"]) == (0, 0), (number, again.words)


def test_every_outcome_came_up() -> None:
    """Runs after the random ledgers when both are run; alone it has nothing to say."""
    if _SEEN:
        assert {"added", "conflict", "ignored"} <= set(_SEEN), _SEEN


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    contents = made_contents(4)
    path = tmp_path_factory.mktemp("package") / "a.xlsx"
    return write_package(contents, counts_for(contents), path).path.read_bytes()


def _cell(book_: Any, draw: Callable[[int], int], value: Any) -> None:
    sheet = book_[["案件台账", "调解记录", "衔接移送"][draw(3)]]
    target = sheet.cell(4 + draw(8), 1 + draw(12))
    target.value = value
    if isinstance(value, str):
        target.data_type = "s"


def _lines_moved(book_: Any, draw: Callable[[int], int], value: Any) -> None:
    sheet = book_["案件台账"]
    if draw(2):
        sheet.delete_rows(4 + draw(6), 1 + draw(2))
    else:
        sheet.insert_rows(4 + draw(6))
        sheet.cell(4 + draw(6), 2).value = "手写"


@MANY
@given(edits=st.lists(st.tuples(st.integers(0, 5), _ODD, st.integers(0, 10**6)), max_size=8))
def test_no_record_and_no_row_of_a_package_is_lost(
    edits: list[tuple[int, Any, int]], package: bytes, forked: ChildPool, tmp_path: Path
) -> None:
    book_ = load_workbook(io.BytesIO(package))
    for kind, value, seed in edits:

        def draw(most: int, seed: int = seed) -> int:
            return seed // 7 % most

        (_lines_moved if kind == 0 else _cell)(book_, draw, value)
    path = tmp_path / "月报.xlsx"
    book_.save(path)
    told = read_package(path, TODAY).accounting
    assert told.lines == told.accepted + told.rejected
    assert told.rows == told.same + told.changed + told.strangers + told.ignored
    assert told.lines > 0
