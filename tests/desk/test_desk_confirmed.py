"""What the office is known to have decides what goes again, and how packages are numbered."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from builders import a_case, moved

from mediation_desk.desk import sending
from mediation_desk.desk.confirmed import note_sent, scans_to_go, standing
from mediation_desk.domain.cases import Dispute
from mediation_desk.domain.periods import month_of
from mediation_desk.domain.record import new_id
from mediation_desk.domain.round_trip import Receipt
from mediation_desk.domain.settings import Settings
from mediation_desk.exchange.incoming import read_package
from mediation_desk.store.register import Register

DAY, WHO = date(2026, 10, 23), "陶素芬"


@pytest.fixture
def month(village: Register, tmp_path: Path) -> Callable[..., set[int]]:
    """Records a case of June, sends October, and tells the numbers of the cases sent."""

    # What nobody kept in time would be raised, and travel as a change of its case.
    village.keep_settings(Settings(warning_rules="J2:- J4:-"))

    def send(number: int) -> set[int]:
        case = moved(a_case(unit_id=village.unit.id), date(2026, 6, 3))
        case = replace(case, dispute=replace(case.dispute, number=number))
        with village.change(WHO, "录入") as change:
            for record in case.records():
                change.keep(replace(record, revision=0))
        path = sending.send(village, month_of(DAY), tmp_path / f"{number}.xlsx", WHO, DAY).path
        records = read_package(path, DAY).records
        return {record.number for record in records if isinstance(record, Dispute)}

    return send


def _receipt(village: Register, number: int, package_id: str = "") -> None:
    sent = {package.number: package.id for package in sending.sent(village)}
    with village.change(WHO, "收下回执") as change:
        change.keep(
            Receipt(
                id=new_id(),
                unit_id=village.unit.id,
                package_id=package_id or sent[number],
                number=number,
                digest="",
                received_on=DAY,
            )
        )


def test_without_receipts_what_was_sent_is_taken_to_be_there(
    month: Callable[..., set[int]],
) -> None:
    assert month(1) == set()
    assert month(2) == {2}
    assert month(3) == {3}


def test_what_was_in_a_lost_package_goes_again(
    village: Register, month: Callable[..., set[int]]
) -> None:
    month(1)
    assert month(2) == {2}
    _receipt(village, 1)
    # The second is on its way or lost; as nobody confirmed it, its changes go once more.
    assert month(3) == {2, 3}
    _receipt(village, 3)
    # The third held all that the second did.
    assert month(4) == {4}


def test_a_gap_stays_open_until_a_package_closed_it(
    village: Register, month: Callable[..., set[int]]
) -> None:
    for number in (1, 2, 3):
        month(number)
    for number in (1, 3):
        _receipt(village, number)
    # The third was made when nothing was confirmed: it has only its own changes.
    assert month(4) == {2, 3, 4}
    _receipt(village, 4)
    assert month(5) == {5}


def test_a_restored_register_goes_on_behind_what_the_office_has(
    village: Register, month: Callable[..., set[int]]
) -> None:
    month(1)
    _receipt(village, 1)
    _receipt(village, 2, "b" * 32)
    where = standing(village, sending.sent(village), sealing=False)
    assert (where.number, where.previous) == (3, "b" * 32)
    assert month(2) == {2}
    assert sending.sent(village)[0].number == 3


def test_a_void_receipt_confirms_nothing(village: Register, month: Callable[..., set[int]]) -> None:
    month(1)
    _receipt(village, 1)
    (receipt,) = village.all("receipt")
    with village.change(WHO, "作废") as change:
        change.keep(replace(receipt, void_reason="误收"))
    month(2)
    assert month(3) == {3}


def test_nothing_is_noted_but_by_a_package(village: Register) -> None:
    where = standing(village, (), sealing=True)
    assert (where.number, where.previous, where.base, where.since) == (1, "", 0, 0)
    assert scans_to_go(village, ()).going == ()
    note_sent(village, where, scans_to_go(village, ()))
    assert standing(village, (), sealing=True) == where
