"""A case file keeps its order, leaves void records out and says who against whom."""

import random
from dataclasses import replace
from datetime import date

import pytest
from builders import a_case, a_party, a_session, an_agreement, an_open_case

from mediation_desk.domain.casefile import CaseFile, gathered, sides, title
from mediation_desk.domain.codes import Direction, PartyKind, PartyRole, ReferralChannel
from mediation_desk.domain.dispute_types import TypeTable
from mediation_desk.domain.handling import Referral
from mediation_desk.domain.organisation import LocalType

APPLICANT, RESPONDENT, THIRD = PartyRole


def with_parties(*told, **changes):
    """A case with parties told as (role, name) or (role, name, kind)."""
    case = an_open_case(**changes)
    parties = tuple(
        a_party(
            case.dispute.id,
            role,
            name=name,
            position=position,
            kind=kind[0] if kind else PartyKind.NATURAL,
        )
        for position, (role, name, *kind) in enumerate(told, start=1)
    )
    return replace(case, parties=parties)


def test_loose_records_in_any_order_make_the_same_file():
    case = a_case()
    loose = [record for record in case.records() if record is not case.dispute]
    for seed in range(10):
        random.Random(seed).shuffle(loose)
        assert gathered(case.dispute, loose) == case


def test_records_stand_in_order_however_they_came():
    dispute_id = "d"
    late = a_session(dispute_id, held_on=date(2026, 10, 6))
    early = a_session(dispute_id, held_on=date(2026, 10, 1))
    assert an_open_case(sessions=(late, early)).sessions == (early, late)
    case = with_parties((RESPONDENT, "乙"), (APPLICANT, "甲"), (RESPONDENT, "丙"))
    assert [party.name for party in case.parties] == ["甲", "乙", "丙"]


def test_hand_overs_without_a_letter_stand_first():
    letters = (date(2026, 10, 2), None, date(2026, 10, 1))
    referrals = tuple(
        Referral(
            id=str(number),
            dispute_id="d",
            direction=Direction.IN,
            channel=ReferralChannel.POLICE,
            letter_on=letter,
        )
        for number, letter in enumerate(letters)
    )
    assert [entry.id for entry in an_open_case(referrals=referrals).referrals] == ["1", "2", "0"]


def test_void_records_are_left_out_but_a_void_dispute_keeps_its_file():
    case = a_case(void_reason="重复登记")
    assert case.agreement is not None
    emptied = CaseFile(
        dispute=case.dispute,
        parties=tuple(replace(party, void_reason="录错") for party in case.parties),
        agreement=replace(case.agreement, void_reason="录错"),
    )
    assert list(emptied.records()) == [case.dispute]


def test_of_two_agreements_the_last_counts_unless_it_is_void():
    case = a_case()
    later = an_agreement(case.dispute.id, agreed_on=date(2026, 10, 12))
    loose = [case.agreement, later]
    assert gathered(case.dispute, loose).agreement == later
    voided = [case.agreement, replace(later, void_reason="录错")]
    assert gathered(case.dispute, voided).agreement == case.agreement


def test_every_record_is_told_once():
    records = list(a_case().records())
    assert len({record.id for record in records}) == len(records)


LEGAL = PartyKind.LEGAL


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ([(APPLICANT, "秦德珍"), (RESPONDENT, "蒋仕文")], "秦德珍与蒋仕文邻里纠纷"),
        (
            [(APPLICANT, "秦德珍"), (RESPONDENT, "蒋仕文"), (RESPONDENT, "蒋德安")],
            "秦德珍与蒋仕文、蒋德安邻里纠纷",
        ),
        (
            [(APPLICANT, "甲"), (APPLICANT, "乙"), (APPLICANT, "丙"), (RESPONDENT, "丁")],
            "甲、乙等3人与丁邻里纠纷",
        ),
        (
            [(APPLICANT, "甲"), *((RESPONDENT, f"{n}公司", LEGAL) for n in "乙丙丁")],
            "甲与乙公司、丙公司等3家邻里纠纷",
        ),
        (
            [
                (APPLICANT, "甲"),
                (RESPONDENT, "乙公司", LEGAL),
                (RESPONDENT, "丙"),
                (RESPONDENT, "丁"),
            ],
            "甲与乙公司、丙等3方邻里纠纷",
        ),
        ([(APPLICANT, "甲"), (RESPONDENT, "乙"), (THIRD, "丙")], "甲与乙邻里纠纷"),
        ([(RESPONDENT, "甲"), (RESPONDENT, "乙")], "甲与乙邻里纠纷"),
        ([(APPLICANT, "甲")], "甲邻里纠纷"),
        ([], "邻里纠纷"),
    ],
)
def test_the_title_names_both_sides(told, expected):
    assert title(with_parties(*told), TypeTable()) == expected


def test_the_title_uses_the_local_type():
    types = TypeTable((LocalType(id="1", code="L1", label="饮水纠纷", rolls_up_to="02"),))
    assert title(a_case(type="L1"), types) == "秦德珍与蒋仕文饮水纠纷"


def test_lists_get_the_two_sides():
    case = with_parties((APPLICANT, "秦德珍"), (RESPONDENT, "蒋仕文"), (RESPONDENT, "蒋德安"))
    assert sides(case) == ("秦德珍", "蒋仕文、蒋德安")


def test_sessions_of_one_day_stand_in_the_order_in_which_they_were_recorded():
    dispute_id = a_case().dispute.id
    first = a_session(dispute_id, id="b", time="9am", position=1)
    second = a_session(dispute_id, id="a", time="", position=2)
    case = replace(a_case(), sessions=(second, first))
    assert [entry.id for entry in case.sessions] == ["b", "a"]
