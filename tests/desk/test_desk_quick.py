"""What the short screen for oral settlements makes of its typing, and its phrases."""

import re
import tomllib
from dataclasses import replace
from datetime import timedelta

import pytest
from builders import TODAY

from mediation_desk.desk import phrases, quick, recording
from mediation_desk.desk.clock import today as this_day
from mediation_desk.desk.phrases import Use
from mediation_desk.desk.quick import OralSettlement, Performing
from mediation_desk.domain.cases import Party
from mediation_desk.domain.checks import case_problems
from mediation_desk.domain.codes import (
    AgreementForm,
    CaseStatus,
    Outcome,
    PartyRole,
    Performance,
    PreventionKind,
    SessionResult,
    Source,
)
from mediation_desk.domain.dispute_types import EIGHTEEN, TypeTable
from mediation_desk.domain.organisation import LocalType
from mediation_desk.domain.periods import year
from mediation_desk.domain.problems import Severity
from mediation_desk.domain.record import new_id
from mediation_desk.figures.calibre import Calibre
from mediation_desk.figures.ministry import COLUMNS, line
from mediation_desk.paths import resources
from mediation_desk.store.register import Register

UNIT = "a" * 32
ACTOR = "陶素芬"


def _typed(**changes) -> OralSettlement:
    values = {
        "id": new_id(),
        "type": "02",
        "source": Source.OWN,
        "day": TODAY,
        "mediator_id": "m1",
        "place": "村委会",
        "facts": "水沟堵塞，雨水漫入邻家。",
        "content": "当天把水沟疏通。",
    }
    return OralSettlement(**(values | changes))


def _parties(typed: OralSettlement, *names: str) -> list[Party]:
    roles = (PartyRole.APPLICANT, PartyRole.RESPONDENT, PartyRole.RESPONDENT)
    return [
        Party(id=new_id(), dispute_id=typed.id, role=role, name=name)
        for role, name in zip(roles, names, strict=False)
    ]


def _case(typed: OralSettlement, *names: str):
    return quick.settled(typed, _parties(typed, *(names or ("秦德珍", "蒋仕文"))), UNIT, ACTOR)


def test_one_screen_makes_a_whole_settled_case() -> None:
    case = _case(_typed(amount_fen=30_000))
    dispute = case.dispute
    assert (dispute.status, dispute.outcome) == (CaseStatus.CLOSED, Outcome.SETTLED)
    assert dispute.intake_on == dispute.closed_on == dispute.performed_on == TODAY
    assert dispute.performance is Performance.KEPT
    assert (dispute.people, dispute.mediator_ids, dispute.registrar) == (2, ("m1",), ACTOR)
    (session,) = case.sessions
    assert (session.result, session.place) == (SessionResult.SETTLED, "村委会")
    assert "雨水漫入邻家" in session.narrative
    assert "当天把水沟疏通" in session.narrative
    assert case.agreement is not None
    assert (case.agreement.form, case.agreement.amount_fen) == (AgreementForm.ORAL, 30_000)
    assert case.promises == case.preventions == ()
    numbered = replace(case, dispute=replace(dispute, number=1))
    wrong = case_problems(numbered, TypeTable(), TODAY)
    assert [entry for entry in wrong if entry.severity is not Severity.HINT] == []


def test_the_same_typing_makes_the_same_case() -> None:
    typed = _typed(performing=Performing.DUE, due_on=TODAY + timedelta(days=9), prevented="2")
    parties = _parties(typed, "秦德珍", "蒋仕文")
    first, second = (quick.settled(typed, parties, UNIT, ACTOR) for _ in range(2))
    assert first == second


def test_what_is_performed_later_becomes_a_promise() -> None:
    due = TODAY + timedelta(days=9)
    case = _case(_typed(performing=Performing.DUE, due_on=due, amount_fen=500))
    (promise,) = case.promises
    assert (promise.due_on, promise.amount_fen) == (due, 500)
    assert promise.what == case.agreement.content
    assert case.dispute.performance is Performance.NOT_DUE
    assert not case.agreement.on_the_spot
    (open_end,) = _case(_typed(performing=Performing.OPEN, due_on=due)).promises
    assert open_end.due_on is None


def test_parties_of_a_side_are_counted_and_people_may_be_more() -> None:
    case = _case(_typed(), "秦德珍", "蒋仕文", "蒋德安")
    assert [party.position for party in case.parties] == [1, 1, 2]
    assert case.dispute.people == 3
    assert _case(_typed(people=12)).dispute.people == 12


def test_a_prevention_says_what_how_many_and_why() -> None:
    typed = _typed(prevented="2", cases=1, persons=4, prevention_reason="劝下了要动手的人")
    (prevention,) = _case(typed).preventions
    assert prevention.kind is PreventionKind.CRIME
    assert (prevention.cases, prevention.persons) == (1, 4)
    assert prevention.dispute_id == typed.id


def _hints(typed: OralSettlement) -> list[quick.Hint]:
    case = _case(typed)
    numbered = replace(case, dispute=replace(case.dispute, number=1))
    return quick.hints(case, TypeTable(), case_problems(numbered, TypeTable(), TODAY))


def test_an_agreement_kept_on_the_spot_needs_no_advice() -> None:
    assert _hints(_typed()) == []


@pytest.mark.parametrize(
    "changes",
    [
        {"performing": Performing.DUE, "due_on": TODAY + timedelta(days=5)},
        {"performing": Performing.OPEN},
        {"complex": True, "complex_reason": "涉及多户"},
        {"type": "07"},
    ],
)
def test_what_is_better_written_down_is_said_once(changes: dict) -> None:
    assert [hint.in_writing for hint in _hints(_typed(**changes))].count(True) == 1


def test_land_that_must_be_written_comes_before_what_had_better_be() -> None:
    hints = _hints(_typed(type="07", performing=Performing.OPEN))
    assert "土地承包" in hints[0].head
    assert any("归谁所有" in hint.words for hint in hints)


def test_homesteads_and_families_are_told_what_no_agreement_can_decide() -> None:
    assert "归谁所有" in _hints(_typed(type="03"))[0].words
    said = " ".join(hint.words for hint in _hints(_typed(type="01")))
    assert "身份关系" in said
    assert "公安机关报案" in said


def test_a_written_agreement_takes_over_what_was_typed() -> None:
    typed = _typed(amount_fen=500, performing=Performing.OPEN)
    parties = _parties(typed, "秦德珍", "蒋仕文")
    case = quick.in_writing(typed, parties, UNIT, ACTOR)
    assert case.agreement is not None
    assert case.agreement.form is AgreementForm.WRITTEN
    assert (case.agreement.copies, case.agreement.content) == (3, typed.content)
    assert "口头" not in case.sessions[0].narrative
    open_case = quick.in_writing(replace(typed, content=""), parties, UNIT, ACTOR)
    assert open_case.agreement is None
    assert open_case.dispute.outcome is None
    assert open_case.dispute.status is CaseStatus.ACCEPTED


def _keep(village: Register, **changes):
    typed, parties = quick.blank(village, this_day(), village.person)
    typed = replace(typed, type="02", facts="争吵。", content="和好。", **changes)
    names = ("秦德珍", "蒋仕文")
    named = [replace(party, name=name) for party, name in zip(parties, names, strict=True)]
    case = quick.settled(typed, named, village.committee.id, village.person)
    kept = recording.keep_case(village, None, case, village.person, "口头调解快登", this_day())
    return typed, kept


def test_it_is_kept_in_one_act_and_counted(village: Register) -> None:
    before = len(village.acts())
    _typed_one, kept = _keep(village, amount_fen=123_400, people=3)
    assert len(village.acts()) == before + 1
    assert kept.dispute.number == 1
    assert {record.revision for record in kept.records()} == {1}
    committee = village.committee
    figures = line(village.counts(Calibre(year(this_day().year))), [committee])
    told = {column.number: value for column, value in zip(COLUMNS, figures, strict=True) if value}
    # All, people, settled, amount, of a village, on request, neighbours, oral.
    assert told == {1: 1, 2: 3, 3: 1, 5: 123_400, 6: 1, 13: 1, 21: 1, 38: 1}


def test_what_seldom_changes_is_offered_again(village: Register) -> None:
    typed, _kept = _keep(village, source=Source.OWN, place="梨树坪")
    quick.remember(village, typed)
    again, parties = quick.blank(village, this_day(), village.person)
    assert (again.type, again.source, again.place) == ("02", Source.OWN, "梨树坪")
    assert again.mediator_id == typed.mediator_id
    assert (again.facts, again.content, again.amount_fen) == ("", "", 0)
    assert [party.role for party in parties] == [PartyRole.APPLICANT, PartyRole.RESPONDENT]


def test_a_mediator_who_left_is_offered_no_more(village: Register) -> None:
    typed, _kept = _keep(village)
    quick.remember(village, replace(typed, mediator_id="f" * 32, type="none such"))
    again, _parties_again = quick.blank(village, this_day(), village.person)
    assert again.mediator_id == typed.mediator_id
    assert again.type == ""


@pytest.mark.parametrize("official", [entry.code for entry in EIGHTEEN])
def test_every_type_has_phrases_with_blanks(village: Register, official: str) -> None:
    for use in Use:
        found = phrases.phrases(village, official, use)
        assert 3 <= len(found) <= 6
        assert any("___" in phrase.words for phrase in found)
        for phrase in found:
            assert phrase.head
            assert phrase.words.endswith("。")
            assert not re.search("_{4,}|(?<!_)_{1,2}(?!_)", phrase.words), phrase.words


def test_no_file_of_phrases_is_without_a_type() -> None:
    files = sorted((resources() / "phrases").glob("*.toml"))
    assert {path.name.partition("-")[0] for path in files} == {entry.code for entry in EIGHTEEN}
    for path in files:
        assert set(tomllib.loads(path.read_text(encoding="utf-8"))) == {"facts", "agreement"}


def test_own_phrases_come_first_and_can_be_taken_away(village: Register) -> None:
    said = "双方约定轮流看守___。"
    before = phrases.phrases(village, "02", Use.AGREEMENT)
    phrases.add(village, "02", Use.AGREEMENT, f" {said}\n")
    phrases.add(village, "02", Use.AGREEMENT, said)
    phrases.add(village, "02", Use.AGREEMENT, "  ")
    own, *others = phrases.phrases(village, "02", Use.AGREEMENT)
    assert (own.words, own.own) == (said, True)
    assert others == before
    assert phrases.phrases(village, "02", Use.FACTS)[0].words != said
    phrases.remove(village, "02", Use.AGREEMENT, said)
    assert phrases.phrases(village, "02", Use.AGREEMENT) == before


def test_a_local_type_has_the_phrases_of_the_type_it_counts_under(village: Register) -> None:
    local = LocalType(id=new_id(), code="L1", label="水事纠纷", rolls_up_to="02")
    with village.change(ACTOR, "本地类型") as change:
        change.keep(local)
    assert phrases.phrases(village, "L1", Use.FACTS) == phrases.phrases(village, "02", Use.FACTS)
    assert phrases.phrases(village, "", Use.FACTS) == []
