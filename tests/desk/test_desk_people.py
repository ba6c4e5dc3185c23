"""Who was a party before: own cases at the village, all units at the office, nothing masked."""

from dataclasses import replace
from datetime import date, timedelta

from builders import a_case, a_dispute, a_party, a_unit, an_identity_number

from mediation_desk.desk import recording
from mediation_desk.desk.clock import today as this_day
from mediation_desk.desk.people import known
from mediation_desk.domain.casefile import CaseFile
from mediation_desk.domain.codes import PartyKind, PartyRole, Performance, Sex
from mediation_desk.domain.lifecycle import accept
from mediation_desk.domain.masks import masked
from mediation_desk.store.register import Register

NUMBER = an_identity_number(date(1962, 8, 17), Sex.FEMALE)
OTHER = an_identity_number(date(1990, 1, 2), Sex.FEMALE)


def _kept(register: Register, name: str, number: str = "", days_ago: int = 3) -> CaseFile:
    day = this_day() - timedelta(days=days_ago)
    blank = recording.blank_case(register, day, register.person)
    mine, theirs = blank.parties
    parties = (replace(mine, name=name, id_number=number), replace(theirs, name="蒋仕文"))
    dispute = replace(blank.dispute, type="02", facts="排水沟堵塞。")
    if dispute.status.name == "REGISTERED":
        dispute = accept(dispute, day)
    case = replace(blank, dispute=dispute, parties=parties)
    return recording.keep_case(register, None, case, register.person, "登记", this_day())


def test_a_person_is_found_by_name_and_by_number_with_the_earlier_cases(village: Register) -> None:
    first = _kept(village, "秦德珍", NUMBER, days_ago=400)
    second = _kept(village, "秦德珍", NUMBER)
    for name, number in (("秦德珍", ""), ("", NUMBER), ("秦德珍", NUMBER.lower())):
        (person,) = known(village, name, number)
        assert (person.name, person.id_number) == ("秦德珍", NUMBER)
        assert [entry.dispute_id for entry in person.cases] == [
            second.dispute.id,
            first.dispute.id,
        ]
        assert person.last.dispute_id == second.dispute.id
        assert person.cases[0].type_label == "邻里纠纷"
        assert person.cases[1].year == first.dispute.year


def test_a_party_is_found_by_a_short_number_and_by_nothing_alike(village: Register) -> None:
    """Other papers have shorter numbers, which only an organisation's place may hold."""
    cases = [_kept(village, "双龙砖厂", "", days_ago=back) for back in (3, 4)]
    for case, number in zip(cases, ("E12345678", "E12345679"), strict=True):
        party = replace(case.parties[0], kind=PartyKind.LEGAL, id_number=number)
        changed = replace(case, parties=(party, *case.parties[1:]))
        recording.keep_case(village, case, changed, village.person, "补", this_day())
    (found,) = known(village, "", "E12345678")
    assert [entry.dispute_id for entry in found.cases] == [cases[0].dispute.id]
    assert known(village, "", "E1234567") == []


def test_the_same_name_with_another_number_is_somebody_else(village: Register) -> None:
    _kept(village, "秦德珍", NUMBER)
    _kept(village, "秦德珍", OTHER)
    assert {person.id_number for person in known(village, "秦德珍")} == {NUMBER, OTHER}
    assert [person.id_number for person in known(village, "秦德珍", NUMBER)] == [NUMBER]


def test_at_most_eight_people_are_told_the_newest_first(village: Register) -> None:
    numbers = [an_identity_number(date(1960, 1, 1), Sex.MALE, place) for place in range(10)]
    for place, number in enumerate(numbers):
        _kept(village, "秦德珍", number, days_ago=20 - place)
    assert [person.id_number for person in known(village, "秦德珍")] == numbers[:1:-1]


def test_void_records_and_the_dispute_being_written_do_not_count(village: Register) -> None:
    case = _kept(village, "秦德珍")
    assert known(village, "秦德珍")
    assert known(village, "秦德珍", but=case.dispute.id) == []
    recording.void_case(village, case, village.person, "重复登记")
    assert known(village, "秦德珍") == []


def test_nothing_typed_finds_nobody(village: Register) -> None:
    _kept(village, "秦德珍")
    assert known(village, " ") == []


def test_the_state_says_how_the_agreement_was_kept(village: Register) -> None:
    case = _a_whole_case(village.committee.id)
    with village.change("陶素芬", "登记") as change:
        for record in case.records():
            change.keep(record)
    (person,) = known(village, case.parties[0].name)
    assert person.cases[0].state == Performance.NOT_DUE.label


def _a_whole_case(unit_id: str, number: int = 1) -> CaseFile:
    case = a_case()
    dispute = replace(case.dispute, unit_id=unit_id, number=number, mediator_ids=())
    sessions = tuple(replace(entry, mediator_ids=()) for entry in case.sessions)
    return replace(case, dispute=dispute, sessions=sessions)


def test_the_office_sees_all_units_but_nobody_who_came_masked(office: Register) -> None:
    unit = a_unit(code="500230124201", name="尖山子村", revision=1)
    dispute = a_dispute(unit_id=unit.id, revision=1, personal_revision=1)
    open_one = a_party(dispute.id, PartyRole.APPLICANT, name="秦德珍", revision=1)
    hidden = a_party(dispute.id, PartyRole.RESPONDENT, name="秦某某", revision=1)
    with office.change("罗晓", "接收", "import") as change:
        change.adopt((unit, dispute, replace(open_one, personal_revision=1), masked(hidden)))
    (person,) = known(office, "秦德珍")
    assert person.cases[0].dispute_id == dispute.id
    assert known(office, masked(hidden).name) == []


def test_a_village_sees_nobody_of_another_village(village: Register) -> None:
    unit = a_unit(code="500230124201", name="尖山子村", revision=1)
    dispute = a_dispute(unit_id=unit.id, revision=1, personal_revision=1)
    party = a_party(dispute.id, PartyRole.APPLICANT, name="秦德珍", revision=1)
    with village.change("陶素芬", "接收", "import") as change:
        change.adopt((unit, dispute, replace(party, personal_revision=1)))
    assert known(village, "秦德珍") == []
