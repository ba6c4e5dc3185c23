"""What the README says can be done is what the command line does."""

import re
import shlex
from pathlib import Path

import pytest

from mediation_desk.cli import parser

README = (Path(__file__).resolve().parents[2] / "README.md").read_text(encoding="utf-8")
CHINESE, ENGLISH = README.split("## English")
EXAMPLE = re.compile(r"^\| `([a-z-]+.*?)` \|", re.MULTILINE)


def verbs() -> set[str]:
    choices = next(action.choices for action in parser()._actions if action.choices)
    return set(choices)


@pytest.mark.parametrize("part", [CHINESE, ENGLISH], ids=["chinese", "english"])
def test_the_readme_names_every_verb_and_no_other(part: str) -> None:
    assert {example.split()[0] for example in EXAMPLE.findall(part)} == verbs()


@pytest.mark.parametrize("example", EXAMPLE.findall(README))
def test_every_example_is_right_use(example: str) -> None:
    # Optional words stand in brackets, "…" for more files, and a batch is a number.
    words = shlex.split(re.sub(r"[\[\]…]", "", example).replace("批次", "1").replace("BATCH", "1"))
    assert callable(parser().parse_args(words).act)
