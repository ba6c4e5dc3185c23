"""Words of which there is more than one right form have one form in the whole program."""

import re
from pathlib import Path

import mediation_desk

PACKAGE = Path(mediation_desk.__file__).parent
# As laws number their own articles; other numbered things, such as lines of a file, have digits.
_BY_DIGITS = re.compile(r"(?:法|条例|规定|解释|、|（)第[0-9]+(?:[、—至][0-9]+)*条")


def test_articles_of_laws_are_numbered_as_the_laws_do() -> None:
    texts = [*PACKAGE.rglob("*.py"), *(PACKAGE.parent / "resources" / "guide").glob("*.md")]
    found = [
        (path.name, wrong)
        for path in texts
        for wrong in _BY_DIGITS.findall(path.read_text(encoding="utf-8"))
    ]
    assert len(texts) > 100
    assert not found


def test_keys_stand_apart_from_the_words_they_belong_to() -> None:
    """In menus and boxes to tick as on buttons: 逾期 (I)."""
    crowded = re.compile(r"""[^\s"'](\(&[A-Z0-9]\))""")
    found = [
        (path.name, line.strip())
        for path in PACKAGE.rglob("*.py")
        for line in path.read_text(encoding="utf-8").splitlines()
        if crowded.search(line)
    ]
    assert not found
