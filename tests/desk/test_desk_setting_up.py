from pathlib import Path

import pytest

from mediation_desk.desk.setting_up import (
    create,
    found_office,
    found_village,
    founding_problems,
    password_words,
)
from mediation_desk.domain.codes import Role, UnitKind
from mediation_desk.domain.problems import DeskError
from mediation_desk.store.opening import open_register
from mediation_desk.store.register import Register


def a_founding(**changes: str):
    values = {"name": "梨子园村", "code": "500230124200", "person": "陶素芬"} | changes
    return found_village(
        "丰都县", "双龙镇", values["name"], UnitKind.VILLAGE, values["code"], values["person"]
    )


def test_a_village_desk_knows_its_committee_and_mediator(village: Register) -> None:
    assert village.role is Role.VILLAGE
    assert village.unit.committee == "丰都县双龙镇梨子园村人民调解委员会"
    assert village.unit.number_word == "梨民调"
    assert village.committee == village.unit
    assert [entry.name for entry in village.all("mediator")] == ["陶素芬"]
    assert village.person == "陶素芬"


def test_an_office_desk_records_for_the_townships_own_committee(office: Register) -> None:
    assert office.role is Role.OFFICE
    assert office.unit.name == "双龙司法所"
    assert office.committee is not None
    assert office.committee.kind is UnitKind.TOWNSHIP
    assert office.committee.committee == "丰都县双龙镇人民调解委员会"
    assert {unit.name for unit in office.units()} == {"双龙司法所", "双龙镇调委会"}


def test_the_office_has_the_code_that_its_villages_name_as_parent() -> None:
    assert (
        a_founding().unit.parent_code
        == found_office("丰都县", "双龙镇", "500230124000", "罗晓").unit.code
    )


@pytest.mark.parametrize(
    ("changes", "rule"),
    [({"code": "50023012420"}, "U1"), ({"code": "abc"}, "U1"), ({"person": " "}, "U9")],
)
def test_a_wrong_founding_is_told_and_nothing_is_made(
    tmp_path: Path, changes: dict[str, str], rule: str
) -> None:
    founding = a_founding(**changes)
    assert rule in {problem.rule for problem in founding_problems(founding)}
    with pytest.raises(DeskError):
        create(tmp_path / "village", founding, "long enough")
    assert list(tmp_path.iterdir()) == []


def test_a_short_password_is_refused_and_nothing_is_made(tmp_path: Path) -> None:
    with pytest.raises(DeskError, match="密码太短"):
        create(tmp_path / "village", a_founding(), "12345")
    assert list(tmp_path.iterdir()) == []


def test_a_register_is_never_made_over_another(tmp_path: Path) -> None:
    create(tmp_path / "village", a_founding(), "first password").close()
    with pytest.raises(DeskError, match="已经存在"):
        create(tmp_path / "village", a_founding(), "second password")
    open_register(tmp_path / "village", "first password").close()


def test_the_strength_of_a_password_is_told_in_words() -> None:
    tones = [password_words(word)[1] for word in ("123", "12345678", "abcdefg", "梨花开了2026年")]
    assert tones == ["red", "amber", "amber", "green"]
