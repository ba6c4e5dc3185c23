"""Every one of the 80 numbered defects has a fixture, or a test that holds what it requires."""

import ast
from functools import cache
from pathlib import Path

import pytest
from defects import DEFECTS

TESTS = Path(__file__).resolve().parents[2]
HERE = "exchange/defects"
# Defects that are held where their part of the program is tested: file and test.
ELSEWHERE = {
    60: ("desk/test_desk_deciding.py", "test_only_what_both_changed_is_asked"),
    69: ("desk/test_desk_duplicates.py", "test_once_confirmed_it_counts_once_everywhere"),
    70: (
        "desk/test_desk_duplicates.py",
        "test_what_two_villages_took_in_is_suggested_and_not_merged",
    ),
    71: ("desk/test_desk_editing.py", "test_an_edit_changes_nothing_until_somebody_takes_it"),
    73: ("exchange/test_exchange_packages.py", "test_text_stays_text"),
    74: ("exchange/test_exchange_packages.py", "test_control_characters_are_cleaned_and_counted"),
    75: ("exchange/test_exchange_packages.py", "test_identity_numbers_are_text"),
    80: ("exchange/test_exchange_packages.py", "test_full_disk_leaves_nothing"),
}


@cache
def _tests(path: Path) -> frozenset[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return frozenset(node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


@pytest.mark.parametrize("number", range(1, 81))
def test_each_defect_is_held(number: int) -> None:
    if any(defect.number == number for defect in DEFECTS):
        return
    begin = f"test_defect_{number:02}_"
    if any(name.startswith(begin) for path in (TESTS / HERE).glob("test_*.py")
           for name in _tests(path)):  # fmt: skip
        return
    path, name = ELSEWHERE[number]
    assert name in _tests(TESTS / path), (number, path, name)


def test_each_fixture_has_its_own_name() -> None:
    titles = [defect.title for defect in DEFECTS]
    assert len(set(titles)) == len(titles)
    assert len(titles) > 100
    assert len({defect.number for defect in DEFECTS}) == 52
