"""Versions of records in the history: named, chained, answered, and gone with what is undone."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from builders import a_dispute
from store_basics import Keep

from mediation_desk.domain.cases import Dispute
from mediation_desk.domain.codes import ProposalSort, ProposalState
from mediation_desk.domain.record import Record, new_id
from mediation_desk.domain.round_trip import Proposal
from mediation_desk.domain.versions import version_of
from mediation_desk.store.register import Register

FIRST, SECOND, THIRD, OTHER = "a" * 12, "b" * 12, "c" * 12, "d" * 12


def _own(register: Register, act: int) -> str:
    found = register.act(act)
    assert found is not None
    return version_of(found.id)


def _adopt(register: Register, record: Record, *names: str, noted: Record | None = None) -> int:
    with register.change("罗晓", "接收", "import") as change:
        if noted is not None:
            change.note(noted, names)
        change.adopt((record,), {("dispute", record.id): names})
    return int(change.number)


def _names(register: Register, dispute: Dispute) -> tuple[str, ...]:
    return register.lineages("dispute", [dispute.id]).get(dispute.id, ())


def test_each_act_is_a_version_made_from_those_before(register: Register, keep: Keep) -> None:
    dispute = a_dispute()
    first = keep(dispute)
    second = keep(replace(register.get("dispute", dispute.id), people=3))
    assert _names(register, dispute) == (_own(register, second), _own(register, first))
    assert register.at_version("dispute", dispute.id, [_own(register, first)]).people == 2
    newest = register.at_version(
        "dispute", dispute.id, [_own(register, n) for n in (first, second)]
    )
    assert newest.people == 3
    assert register.at_version("dispute", dispute.id, [FIRST]) is None
    assert register.lineages("dispute", ["nobody"]) == {}


def test_what_was_adopted_keeps_its_names(register: Register, keep: Keep) -> None:
    dispute = a_dispute(revision=2, personal_revision=2)
    _adopt(register, dispute, SECOND, FIRST)
    assert _names(register, dispute) == (SECOND, FIRST)
    third = keep(replace(dispute, people=5))
    assert _names(register, dispute) == (_own(register, third), SECOND, FIRST)
    newest, adopted = register.versions("dispute", dispute.id)
    assert (newest.name, adopted.name) == (_own(register, third), SECOND)
    assert newest.ancestors == {SECOND, FIRST}
    assert adopted.ancestors == {FIRST}
    assert adopted.record == dispute
    assert register.verify() == []


def test_what_an_act_took_back_made_no_version(register: Register, keep: Keep) -> None:
    dispute = a_dispute()
    first = keep(dispute)
    kept = register.get("dispute", dispute.id)
    act = _adopt(register, replace(kept, revision=7, people=9), SECOND, FIRST)
    assert _names(register, dispute)[0] == SECOND
    register.undo(act, "罗晓", "撤销")
    assert _names(register, dispute) == (_own(register, first),)
    assert [version.name for version in register.versions("dispute", dispute.id)] == [
        _own(register, first)
    ]
    again = _adopt(register, replace(kept, revision=7, people=9), SECOND, FIRST)
    assert _names(register, dispute) == (SECOND, FIRST, _own(register, first))
    register.undo(again, "罗晓", "撤销")
    assert register.verify() == []


def test_what_was_born_and_taken_back_has_no_lineage(register: Register) -> None:
    dispute = a_dispute(revision=1)
    register.undo(_adopt(register, dispute, FIRST), "罗晓", "撤销")
    assert register.lineages("dispute", [dispute.id]) == {}
    assert register.versions("dispute", dispute.id) == []


def test_what_was_noted_is_known_and_not_taken(register: Register, keep: Keep) -> None:
    dispute = a_dispute()
    keep(dispute)
    ours = register.get("dispute", dispute.id)
    theirs = replace(ours, people=8)
    _adopt(register, ours, THIRD, OTHER, noted=theirs)
    assert register.get("dispute", dispute.id) == ours
    assert register.at_version("dispute", dispute.id, [OTHER]) is None
    newest, noted, _ = register.versions("dispute", dispute.id)
    assert (newest.record.people, noted.record.people) == (2, 8)
    assert register.verify() == []


def test_open_fields_come_last(register: Register, keep: Keep) -> None:
    dispute = a_dispute()
    own = _own(register, keep(dispute))
    question = Proposal(
        id=new_id(),
        unit_id=dispute.unit_id,
        sort=ProposalSort.CONFLICT,
        about_kind="dispute",
        about_id=dispute.id,
        field_name="people",
    )
    keep(question, replace(question, id=new_id(), sort=ProposalSort.EDIT, field_name="place"))
    assert _names(register, dispute) == (own, "?people")
    keep(replace(register.get("proposal", question.id), state=ProposalState.KEPT))
    assert _names(register, dispute) == (own,)


def test_thousands_are_answered_in_few_questions(register: Register) -> None:
    disputes = [a_dispute(number=number, revision=1) for number in range(1, 1201)]
    with register.change("罗晓", "接收") as change:
        change.adopt(disputes, {("dispute", entry.id): (FIRST, SECOND) for entry in disputes})
    found = register.lineages("dispute", [entry.id for entry in disputes])
    assert len(found) == 1200
    assert set(found.values()) == {(FIRST, SECOND)}


@pytest.mark.parametrize("lineage", [f"{OTHER}", "", f"{FIRST}"])
def test_a_lineage_cannot_be_altered_unseen(
    register: Register, meddle: Callable[..., object], lineage: str
) -> None:
    _adopt(register, a_dispute(revision=2), SECOND, FIRST)
    assert register.verify() == []
    meddle("UPDATE change SET lineage = ? WHERE lineage <> ''", lineage)
    assert [problem.rule for problem in register.verify()] == ["V2"]


def test_a_lineage_moved_into_another_field_is_found(
    register: Register, meddle: Callable[..., object]
) -> None:
    _adopt(register, a_dispute(revision=2), SECOND)
    meddle(
        "UPDATE change SET lineage = '', hash_before = 'lineage ' || lineage || char(10) "
        "|| hash_before WHERE lineage <> ''"
    )
    assert "V2" in {problem.rule for problem in register.verify()}


def test_who_never_had_personal_values_has_them_not_by_a_change(
    register: Register, keep: Keep
) -> None:
    dispute = a_dispute(revision=4, personal_revision=0)
    _adopt(register, dispute, FIRST)
    keep(replace(dispute, people=6))
    assert register.get("dispute", dispute.id).personal_revision == 0
    whole = replace(a_dispute(number=2), revision=4, personal_revision=3)
    _adopt(register, whole, SECOND)
    keep(replace(whole, people=6))
    assert register.get("dispute", whole.id).personal_revision == 5
