"""Each numbered defect of a workbook ends in the report that it must have."""

from datetime import date
from operator import attrgetter
from pathlib import Path
from typing import Any

import pytest
from child_pool import ChildPool
from defect import READY, Defect
from defects import DEFECTS

from mediation_desk.desk.looking import Look
from mediation_desk.desk.receiving import look
from mediation_desk.store.register import Register

TODAY = date(2026, 11, 23)


def _at(cases: tuple[Any, ...], path: str) -> Any:
    number, _, names = path.partition(".")
    found: Any = cases[int(number)].file
    for name in names.split("."):
        found = found[int(name)] if name.isdigit() else attrgetter(name)(found)
    return found


def _check(defect: Defect, seen: Look) -> None:
    told = [(entry.rule, entry.place, entry.sentence()) for entry in seen.problems]
    assert seen.state.value == defect.state, (seen.words, told)
    assert defect.words in seen.words, seen.words
    assert seen.words.count("\n") == 0
    if defect.state != READY:
        assert seen.words.endswith("。"), seen.words
        assert not any(seen.counts.values())
        return
    counted = {name: count for name, count in seen.counts.items() if count}
    assert counted == dict(defect.counts), (seen.words, told)
    assert seen.ledger
    assert seen.ledger.reading
    for rule, place, words in defect.tells:
        assert any(rule == one and place in two and words in three for one, two, three in told), (
            rule, place, words, told)  # fmt: skip
    # Where both readers serve they agree, but for days that cannot be.
    assert defect.number == 52 or not [entry for entry in told if entry[0] == "W5"], told
    asked = [(entry.key, entry.places) for entry in seen.ledger.questions]
    for key, place in defect.asks:
        assert any(one.startswith(key) and (place in two or not place) for one, two in asked), asked
    cases = seen.ledger.reading.ledger.cases
    for path, value in defect.values.items():
        assert _at(cases, path) == value, (path, _at(cases, path), asked, told)


@pytest.mark.parametrize("defect", DEFECTS, ids=lambda defect: defect.title)
def test_defect(defect: Defect, knowing: Register, forked: ChildPool, tmp_path: Path) -> None:
    path = tmp_path / defect.file
    content = defect.content()
    path.write_bytes(content)
    if defect.read_only:
        path.chmod(0o444)
    before = knowing.sequence()
    _check(defect, look(knowing, path, TODAY))
    assert knowing.sequence() == before
    assert path.read_bytes() == content
    assert list(tmp_path.iterdir()) == [path]
