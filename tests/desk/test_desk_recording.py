from dataclasses import replace
from datetime import date

import pytest
from builders import TODAY, a_case, an_identity_number

from mediation_desk.desk.recording import (
    blank_case,
    case_findings,
    keep_case,
    own_mediators,
    void_case,
)
from mediation_desk.domain.casefile import CaseFile
from mediation_desk.domain.codes import CaseStatus, Outcome, PartyRole, Sex
from mediation_desk.domain.finding import Find
from mediation_desk.domain.lifecycle import reopen
from mediation_desk.domain.problems import DeskError
from mediation_desk.store.changing import Stale
from mediation_desk.store.register import Register

WHO = "陶素芬"


def kept(register: Register, case: CaseFile | None = None) -> CaseFile:
    case = case or a_case()
    fresh = replace(case, dispute=replace(case.dispute, number=0))
    return keep_case(register, None, fresh, WHO, "登记", TODAY)


def test_a_blank_case_offers_what_is_usual(village: Register) -> None:
    case = blank_case(village, TODAY, WHO)
    assert [party.role for party in case.parties] == [PartyRole.APPLICANT, PartyRole.RESPONDENT]
    assert case.dispute.mediator_ids == (own_mediators(village)[0].id,)
    assert case.dispute.intake_on == TODAY
    rules = {problem.field for problem in case_findings(village, case, TODAY)}
    assert "number" not in rules
    assert rules


def test_a_kept_case_has_the_next_number_of_its_year(village: Register) -> None:
    assert [kept(village).dispute.number for _ in range(3)] == [1, 2, 3]
    case = a_case()
    earlier = replace(
        case.dispute, intake_on=date(2025, 3, 1), occurred_on=date(2025, 2, 1), year=2026
    )
    last_year = kept(village, replace(case, dispute=earlier))
    assert (last_year.dispute.year, last_year.dispute.number) == (2025, 1)


def test_everything_of_the_file_comes_back_as_kept(village: Register) -> None:
    case = a_case()
    again = kept(village, case)
    assert [party.name for party in again.parties] == [party.name for party in case.parties]
    assert again.agreement is not None
    assert again.agreement.content == case.agreement.content
    assert len(again.promises) == len(case.promises)
    assert case_findings(village, again, TODAY) == []
    assert len(village.acts("edit")) == 1


def test_only_what_changed_gets_a_new_revision(village: Register) -> None:
    first = kept(village)
    party = replace(first.parties[0], phone="13900000009")
    second = keep_case(
        village, first, replace(first, parties=(party, *first.parties[1:])), WHO, "改电话", TODAY
    )
    assert second.parties[0].revision == 2
    assert second.parties[1].revision == 1
    assert second.dispute.revision == 1


def test_a_party_taken_out_is_voided_and_stays_in_the_history(village: Register) -> None:
    first = kept(village)
    third = replace(
        first.parties[0],
        id="a" * 32,
        revision=0,
        personal_revision=0,
        role=PartyRole.THIRD,
        name="向明贵",
        sex=Sex.MALE,
        born_on=date(1970, 1, 1),
        id_number=an_identity_number(date(1970, 1, 1), Sex.MALE, 7),
    )
    dispute = replace(first.dispute, people=3)
    with_third = replace(first, dispute=dispute, parties=(*first.parties, third))
    second = keep_case(village, first, with_third, WHO, "加第三人", TODAY)
    assert len(second.parties) == 3
    without = replace(second, parties=first.parties)
    third_time = keep_case(village, second, without, WHO, "填错了", TODAY)
    assert len(third_time.parties) == 2
    gone = village.get("party", "a" * 32)
    assert gone is not None
    assert gone.void_reason == "填错了"
    assert village.page(Find(text="向明贵")).rows == ()


def test_a_file_with_errors_is_refused_and_nothing_is_kept(village: Register) -> None:
    case = a_case()
    party = replace(case.parties[0], id_number="990001196803149999")
    wrong = replace(case, parties=(party, *case.parties[1:]))
    before = list(village.dump())
    with pytest.raises(DeskError, match="身份证号"):
        kept(village, wrong)
    assert list(village.dump()) == before


def test_two_windows_on_one_case_cannot_overwrite_each_other(village: Register) -> None:
    first = kept(village)
    mine = replace(first, dispute=replace(first.dispute, place="甲地"))
    theirs = replace(first, dispute=replace(first.dispute, place="乙地"))
    keep_case(village, first, mine, WHO, "改地点", TODAY)
    with pytest.raises(Stale):
        keep_case(village, first, theirs, WHO, "改地点", TODAY)
    again = village.case(first.dispute.id)
    assert again is not None
    assert again.dispute.place == "甲地"


def test_another_committees_case_is_only_read(office: Register) -> None:
    with pytest.raises(DeskError, match="只能查看"):
        kept(office)


def test_a_void_number_stays_taken(village: Register) -> None:
    first = kept(village)
    void = void_case(village, first, WHO, "重复登记")
    assert void.dispute.void_reason == "重复登记"
    assert kept(village).dispute.number == 2
    (row,) = village.page(Find(text="001")).rows
    assert row.number.endswith("（作废）")


def test_a_case_taken_up_again_loses_its_outcome_but_not_its_history(village: Register) -> None:
    first = kept(village)
    with village.change(WHO, "重新办理") as change:
        for record in reopen(first, "对方反悔"):
            change.keep(record)
    again = village.case(first.dispute.id)
    assert again is not None
    assert again.dispute.outcome is None
    assert again.dispute.status in {CaseStatus.ACCEPTED, CaseStatus.MEDIATING}
    assert again.agreement is None
    history = village.history("dispute", first.dispute.id)
    assert Outcome.SETTLED.value in history[0].values
    assert village.verify() == []
