"""Drafts are kept whole and at once, replaced by what was typed later, and leave no history."""

from dataclasses import replace
from pathlib import Path

from mediation_desk.domain.drafts import Draft
from mediation_desk.store.opening import open_with_key
from mediation_desk.store.register import Register

FIRST = Draft("d1", "case", "", "登记纠纷", "纠纷简要情况", '{"a": "𠮷"}', "2026-10-22T15:26:08")


def test_a_draft_outlives_the_program(register: Register, folder: Path, key: bytes) -> None:
    register.keep_draft(FIRST)
    later = replace(FIRST, typed='{"a": "𠮷野"}', at="2026-10-22T15:26:09")
    other = replace(FIRST, id="d2", at="2026-10-22T15:00:00")
    register.keep_draft(other)
    register.keep_draft(later)
    register.close()
    with open_with_key(folder, key) as again:
        assert again.drafts() == [later, other]
        again.drop_draft("d1")
        assert again.drafts() == [other]


def test_drafts_are_no_part_of_the_history(register: Register) -> None:
    before = (register.sequence(), list(register.dump()))
    register.keep_draft(FIRST)
    assert (register.sequence(), list(register.dump())) == before
    assert register.verify() == []
