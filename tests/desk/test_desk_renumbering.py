"""Two cases that came to share one number: one of them gets the next, and everybody hears of it."""

from dataclasses import replace
from pathlib import Path

import pytest
from builders import TODAY
from two_ways import RECORDER, Ways, dispute_in, put, set_up

from mediation_desk.desk.agenda import agenda
from mediation_desk.desk.renumbering import renumber, sharing, to_renumber
from mediation_desk.domain.cases import Dispute
from mediation_desk.domain.due import Due, DueKind
from mediation_desk.domain.problems import DeskError
from mediation_desk.store.register import Register


@pytest.fixture
def ways(village: Register, office: Register, tmp_path: Path) -> Ways:
    """A village that its office has set up, which has sent its first package."""
    return set_up(village, office, tmp_path)


def _twins(ways: Ways) -> tuple[Dispute, Dispute]:
    """Two cases of which the second, received later, came from another computer."""
    first, second = ways.record().dispute, ways.record().dispute
    twin = replace(second, number=first.number, revision=second.revision + 1)
    with ways.village.change(RECORDER, "收下") as change:
        change.adopt([twin])
    both = (dispute_in(ways.village, id_) for id_ in (first.id, second.id))
    first, second = sorted(both, key=lambda entry: (entry.intake_on, entry.id))
    return first, second


def _points(register: Register) -> list[Due]:
    return [due for due in agenda(register, TODAY).dues if due.kind is DueKind.SAME_NUMBER]


def test_the_later_one_stands_on_the_workbench_until_it_has_the_next_number(ways: Ways) -> None:
    first, second = _twins(ways)
    (due,) = _points(ways.village)
    assert (due.dispute_id, due.go) == (second.id, "renumber")
    assert "(2026)梨民调字第001号" in due.about
    assert "(2026)梨民调字第002号" in due.detail
    assert sharing(ways.village, first) == [second]
    assert (
        renumber(ways.village, second.id, RECORDER, "编号与另一件相同") == "(2026)梨民调字第002号"
    )
    assert _points(ways.village) == []
    assert dispute_in(ways.village, first.id).number == first.number


def test_the_office_hears_of_the_number_and_asks_nothing(ways: Ways) -> None:
    _first, second = _twins(ways)
    told = [entry.mend for entry in ways.up().look.problems if entry.rule == "W8"]
    assert told
    assert all("换编号" in mend for mend in told)
    renumber(ways.village, second.id, RECORDER, "编号与另一件相同")
    look = ways.up().look
    assert [entry for entry in look.problems if entry.rule in ("W8", "M1")] == []
    assert dispute_in(ways.office, second.id).number == 2


def test_a_number_of_its_own_stays(ways: Ways) -> None:
    case = ways.record().dispute
    with pytest.raises(DeskError, match=r"只有这一件纠纷在用，没有改。"):
        renumber(ways.village, case.id, RECORDER, "编号与另一件相同")
    assert dispute_in(ways.village, case.id) == case


def test_what_is_struck_out_shares_its_number_with_nobody(ways: Ways) -> None:
    first, second = _twins(ways)
    put(ways.village, [replace(first, void_reason="登记重复")], "作废")
    assert to_renumber(ways.village) == []
    assert sharing(ways.village, second) == []


def test_the_office_gives_no_number_to_a_village_s_case(ways: Ways) -> None:
    _first, second = _twins(ways)
    ways.up()
    assert _points(ways.office) == []
    with pytest.raises(DeskError):
        renumber(ways.office, second.id, RECORDER, "编号与另一件相同")
