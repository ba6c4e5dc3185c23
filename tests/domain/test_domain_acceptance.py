import pytest

from mediation_desk.domain.acceptance import QUESTIONS, Ruling, questions, verdict
from mediation_desk.domain.codes import RefusalReason
from mediation_desk.domain.dispute_types import EIGHTEEN, TypeTable
from mediation_desk.domain.organisation import LocalType

TYPES = TypeTable((LocalType(id="l1", code="L1", label="林木纠纷", rolls_up_to="07"),))
GENERAL = {"reserved", "handled", "party", "crime"}


def asked(type_code: str, *yes: str) -> set[str]:
    return {question.id for question in questions(type_code, TYPES, yes)}


@pytest.mark.parametrize("code", ["", *(entry.code for entry in EIGHTEEN)])
def test_what_forbids_every_case_is_asked_of_every_case(code: str) -> None:
    assert asked(code) >= GENERAL
    assert verdict(code, TYPES, ()).ruling is Ruling.MAY


def test_only_what_matters_for_the_type_is_asked() -> None:
    assert asked("02") == GENERAL
    assert asked("03") == GENERAL | {"title"}
    assert asked("07") == asked("L1") == GENERAL | {"title", "contracted"}
    assert asked("01") == GENERAL | {"violence"}
    assert asked("01", "violence") == GENERAL | {"violence", "dependent"}


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        ("reserved", RefusalReason.RESERVED),
        ("handled", RefusalReason.HANDLED),
        ("party", RefusalReason.PARTY),
        ("crime", RefusalReason.CRIME),
    ],
)
def test_what_forbids_a_case_gives_the_reason_to_refuse_it(answer: str, why: RefusalReason) -> None:
    told = verdict("07", TYPES, {answer, "title"})
    assert (told.ruling, told.refusal) == (Ruling.MAY_NOT, why)
    assert len(told.sentences) == 1


def test_title_is_for_the_government_and_the_quarrel_may_be_mediated() -> None:
    told = verdict("07", TYPES, {"title", "contracted"})
    assert (told.ruling, told.refusal) == (Ruling.MIND, None)
    assert "人民政府" in told.sentences[0]
    assert "土地管理法第十四条" in told.sentences[0]
    assert "书面协议" in told.sentences[1]


def test_violence_against_who_cannot_help_himself_is_reported_to_the_police() -> None:
    told = verdict("01", TYPES, {"violence", "dependent"})
    assert told.ruling is Ruling.MIND
    assert "必须及时向公安机关报案" in told.sentences[-1]


def test_an_answer_to_a_question_not_asked_any_more_counts_for_nothing() -> None:
    assert verdict("02", TYPES, {"title", "violence"}).ruling is Ruling.MAY
    assert verdict("01", TYPES, {"dependent"}).ruling is Ruling.MAY


def test_every_question_is_answered_with_advice() -> None:
    assert all(question.words and question.advice for question in QUESTIONS)
    assert len({question.id for question in QUESTIONS}) == len(QUESTIONS)
