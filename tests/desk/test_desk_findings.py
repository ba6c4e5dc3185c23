from dataclasses import replace

import pytest
from builders import TODAY

from mediation_desk.desk.recording import case_from_finding, keep_case, own_advisers
from mediation_desk.domain.codes import PartyRole, Source
from mediation_desk.domain.lifecycle import accept
from mediation_desk.domain.organisation import Adviser
from mediation_desk.domain.prevention import Finding, Screening
from mediation_desk.domain.problems import DeskError
from mediation_desk.domain.record import new_id
from mediation_desk.store.register import Register

WHO = "陶素芬"


@pytest.fixture
def finding(village: Register) -> Finding:
    unit = village.unit.id
    round_ = Screening(id=new_id(), unit_id=unit, screened_on=TODAY)
    found = Finding(
        id=new_id(),
        unit_id=unit,
        screening_id=round_.id,
        matter="两家为排水沟争吵。",
        persons="何世明、何世全，向明贵",
    )
    with village.change(WHO, "排查") as change:
        change.keep(round_)
        change.keep(found)
    return village.get("finding", found.id)


def test_a_case_out_of_a_finding_has_its_matter_and_persons(
    village: Register, finding: Finding
) -> None:
    case = case_from_finding(village, finding, TODAY, WHO)
    assert case.dispute.source is Source.OWN
    assert case.dispute.facts == "两家为排水沟争吵。"
    assert [(party.name, party.role, party.position) for party in case.parties] == [
        ("何世明", PartyRole.APPLICANT, 1),
        ("何世全", PartyRole.RESPONDENT, 1),
        ("向明贵", PartyRole.RESPONDENT, 2),
    ]
    assert len({party.id for party in case.parties}) == 3


def test_a_finding_without_persons_leaves_both_sides_to_be_named(
    village: Register, finding: Finding
) -> None:
    case = case_from_finding(village, replace(finding, persons=" "), TODAY, WHO)
    assert [party.name for party in case.parties] == ["", ""]


def test_the_finding_is_kept_in_the_act_that_keeps_the_case(
    village: Register, finding: Finding
) -> None:
    case = case_from_finding(village, finding, TODAY, WHO)
    case = replace(case, dispute=replace(accept(case.dispute, TODAY), type="02", people=3))
    from_it = replace(finding, dispute_id=case.dispute.id)
    before = len(village.acts("edit"))
    keep_case(village, None, case, WHO, "登记", TODAY, (from_it,))
    assert village.get("finding", finding.id).dispute_id == case.dispute.id
    acts = village.acts("edit")
    assert len(acts) == before + 1
    kinds = {change.kind for change in village.changes_of_act(acts[0].number)}
    assert kinds >= {"dispute", "party", "finding"}


def test_a_case_that_cannot_be_kept_leaves_the_finding_alone(
    village: Register, finding: Finding
) -> None:
    case = case_from_finding(village, finding, TODAY, WHO)
    from_it = replace(finding, dispute_id=case.dispute.id)
    with pytest.raises(DeskError):
        keep_case(village, None, case, WHO, "登记", TODAY, (from_it,))
    assert village.get("finding", finding.id).dispute_id == ""


def test_the_own_advisers_are_offered_by_name(village: Register) -> None:
    unit = village.unit.id
    other = replace(village.unit, id=new_id(), code="500230124201", revision=0)
    people = {
        "彭宇": (unit, ""),
        "艾芳": (unit, ""),
        "离任": (unit, "期满"),
        "别村": (other.id, ""),
    }
    with village.change(WHO, "顾问") as change:
        change.keep(other)
        for name, (unit_id, void) in people.items():
            change.keep(Adviser(id=new_id(), unit_id=unit_id, name=name, void_reason=void))
    assert {entry.name for entry in own_advisers(village)} == {"彭宇", "艾芳"}
