"""Who comes again and again, in one village and across villages."""

from datetime import date

from mediation_desk.domain.appearing import (
    Appearance,
    linked,
    linked_signs,
    repeated,
    repeated_signs,
)
from mediation_desk.domain.codes import RiskLevel
from mediation_desk.domain.dispute_types import TypeTable
from mediation_desk.domain.settings import Settings
from mediation_desk.domain.warning_codes import WarningRule
from mediation_desk.domain.warning_rules import Ground

TODAY = date(2026, 10, 23)
WHOLE, OTHER = "990001196803140026", "990001196803150026"
MASKED = "990001********0026"


def ground(**changes: object) -> Ground:
    return Ground(TODAY, Settings(**changes), TypeTable())


def seen(
    dispute: str,
    name: str = "向明贵",
    id_number: str = "",
    unit: str = "v",
    label: str = "邻里纠纷",
    day: date = TODAY,
) -> Appearance:
    return Appearance(name, id_number, unit, dispute, label, day)


def test_the_same_number_is_the_same_person_however_written() -> None:
    told = [seen("a", id_number="99"), seen("b", "向明桂", "99"), seen("c", id_number="99")]
    (entries,) = repeated(told, 3)
    assert [entry.dispute_id for entry in entries] == ["a", "b", "c"]


def test_without_a_number_name_and_village_decide() -> None:
    told = [seen("a"), seen("b"), seen("c", unit="w")]
    assert repeated(told, 3) == []
    assert len(repeated([*told, seen("d")], 3)) == 1


def test_a_name_joins_the_only_number_known_for_it() -> None:
    told = [seen("a", id_number="99"), seen("b"), seen("c")]
    assert len(repeated(told, 3)) == 1
    # With two persons of that name nobody knows whose the third dispute was.
    assert repeated([*told[:2], seen("c", id_number="98"), seen("d")], 3) == []


def test_one_dispute_counts_once() -> None:
    assert repeated([seen("a"), seen("a"), seen("b")], 3) == []


def test_the_newest_dispute_of_a_person_bears_the_sign_without_the_name() -> None:
    told = [
        seen("a", day=date(2026, 8, 1)),
        seen("b", label="合同纠纷", day=date(2026, 10, 2)),
        seen("c", day=date(2026, 9, 1)),
    ]
    (sign,) = repeated_signs(told, ground())
    assert (sign.rule, sign.dispute_id, sign.since) == (
        WarningRule.REPEATED,
        "b",
        date(2026, 10, 2),
    )
    assert sign.reason == "同一当事人近 6 个月第 3 次发生纠纷（邻里 2 次、合同 1 次）"
    assert sign.evidence == ("dispute:a", "dispute:b", "dispute:c")
    assert "向明贵" not in sign.reason
    assert repeated_signs(told, ground(repeat_cases=4)) == []
    assert repeated_signs(told, ground(warning_rules="J2:-")) == []


def test_two_persons_of_the_same_disputes_are_one_sign() -> None:
    both = [seen(one, name) for one in "abc" for name in ("向明贵", "罗世华")]
    (sign,) = repeated_signs(both, ground())
    assert sign.evidence == ("dispute:a", "dispute:b", "dispute:c")


def test_villages_are_linked_by_the_number_and_not_by_the_name() -> None:
    assert linked([seen("a"), seen("b", unit="w")]) == []
    (group,) = linked([seen("a", id_number=WHOLE), seen("b", id_number=WHOLE, unit="w")])
    assert [entry.dispute_id for entry in group] == ["a", "b"]
    assert linked([seen("a", id_number=WHOLE), seen("b", id_number=WHOLE)]) == []


def test_a_masked_number_links_by_what_is_left_of_it_and_the_surname() -> None:
    theirs = seen("b", "向某某", MASKED, "w")
    (group,) = linked([seen("a", id_number=WHOLE), theirs])
    assert len(group) == 2
    assert linked([seen("a", "罗世华", WHOLE), theirs]) == []
    # Two whole numbers that a mask would make alike are two persons.
    assert linked([seen("a", id_number=WHOLE), seen("b", id_number=OTHER, unit="w")]) == []


def test_a_link_names_the_villages_and_says_what_it_only_guesses() -> None:
    units = {"v": "梨子园村", "w": "关都坝村"}
    sure = [seen("a", id_number=WHOLE, day=date(2026, 9, 1)), seen("b", id_number=WHOLE, unit="w")]
    (sign,) = linked_signs(sure, ground(), units)
    assert sign.dispute_id == "b"
    assert sign.suggested is RiskLevel.ORANGE
    assert sign.reason == "同一当事人在 2 个村（社区）都有纠纷：梨子园村、关都坝村"
    guessed = [sure[0], seen("b", "向某某", MASKED, "w")]
    (sign,) = linked_signs(guessed, ground(), units)
    assert "请核对" in sign.reason
