from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from builders import TODAY

from mediation_desk.desk.recording import keep_case, void_case
from mediation_desk.desk.sending import EXPORT, look_ahead, month_to_send, send, sent
from mediation_desk.domain.casefile import CaseFile
from mediation_desk.domain.cases import Dispute, Party
from mediation_desk.domain.codes import Performance, RiskLevel
from mediation_desk.domain.handling import RiskEntry
from mediation_desk.domain.periods import month, month_of
from mediation_desk.domain.prevention import Screening
from mediation_desk.domain.problems import DeskError, Severity
from mediation_desk.domain.record import new_id
from mediation_desk.exchange.incoming import read_package
from mediation_desk.store.register import Register

WHO = "陶素芬"
Keep = Callable[..., CaseFile]
Send = Callable[..., Path]


def disputes_in(path: Path) -> set[str]:
    return {entry.id for entry in read_package(path, TODAY).records if isinstance(entry, Dispute)}


def test_a_package_carries_what_came_in_ended_or_was_open_in_its_month(
    record: Keep, sent: Callable[..., Path]
) -> None:
    long_settled = record(date(2026, 6, 1))
    ended_in = record(date(2026, 7, 28))
    came_in = record(date(2026, 8, 10))
    still_open = record(date(2026, 5, 3), settled=False)
    later = record(date(2026, 9, 5))
    assert disputes_in(sent(date(2026, 8, 1))) == {
        case.dispute.id for case in (ended_in, came_in, still_open)
    }
    assert long_settled.dispute.id not in disputes_in(sent(date(2026, 9, 1)))
    assert later.dispute.id in disputes_in(sent(date(2026, 9, 1)))


def test_a_later_change_to_an_old_case_travels_with_the_next_package(
    village: Register, record: Keep, sent: Callable[..., Path]
) -> None:
    old = record(date(2026, 6, 1))
    quiet = record(date(2026, 6, 2))
    sent(date(2026, 8, 1))
    paid = replace(old, dispute=replace(old.dispute, performance=Performance.PARTLY))
    keep_case(village, old, paid, WHO, "部分履行", TODAY)
    carried = disputes_in(sent(date(2026, 9, 1)))
    assert old.dispute.id in carried
    assert quiet.dispute.id not in carried


def test_a_change_to_a_party_alone_takes_its_case_along(
    village: Register, record: Keep, sent: Callable[..., Path]
) -> None:
    old = record(date(2026, 6, 1))
    sent(date(2026, 8, 1))
    party = replace(old.parties[0], occupation="务工")
    keep_case(village, old, replace(old, parties=(party, *old.parties[1:])), WHO, "改职业", TODAY)
    assert old.dispute.id in disputes_in(sent(date(2026, 9, 1)))


def test_a_voided_case_is_told_to_the_office(
    village: Register, record: Keep, sent: Callable[..., Path]
) -> None:
    case = record(date(2026, 8, 10))
    sent(date(2026, 8, 1))
    void_case(village, case, WHO, "重复登记")
    package = read_package(sent(date(2026, 9, 1)), TODAY)
    (void,) = [entry for entry in package.records if entry.id == case.dispute.id]
    assert void.void_reason == "重复登记"


def test_masked_unless_somebody_is_named_and_the_name_is_logged(
    village: Register, record: Keep, sent: Callable[..., Path]
) -> None:
    case = record(date(2026, 8, 10))

    def names(path: Path) -> set[str]:
        records = read_package(path, TODAY).records
        return {entry.name for entry in records if isinstance(entry, Party)}

    assert names(sent(date(2026, 8, 1))).isdisjoint(party.name for party in case.parties)
    full = sent(date(2026, 8, 1), "full.xlsx", unmasked_for="双龙司法所")
    assert names(full) == {party.name for party in case.parties}
    assert "双龙司法所" in village.acts(EXPORT)[0].reason


def test_packages_are_numbered_and_each_names_the_one_before(
    village: Register, record: Keep, sent: Callable[..., Path]
) -> None:
    sent(date(2026, 7, 1))
    sent(date(2026, 8, 1))
    packages = [entry for entry in village.all("package") if entry.revision]
    first, second = sorted(packages, key=lambda entry: entry.number)
    assert (first.number, first.previous) == (1, "")
    assert (second.number, second.previous) == (2, first.id)
    assert village.verify() == []


def test_a_package_that_cannot_be_written_is_not_noted_as_sent(
    village: Register, tmp_path: Path
) -> None:
    before = list(village.dump())
    with pytest.raises(DeskError):
        send(village, month(2026, 8), tmp_path / "no" / "such" / "folder.xlsx", WHO, TODAY)
    assert list(village.dump()) == before
    assert village.acts(EXPORT) == []


def test_a_month_to_come_is_refused(village: Register, tmp_path: Path) -> None:
    with pytest.raises(DeskError, match="还没有到"):
        send(village, month(2027, 1), tmp_path / "x.xlsx", WHO, TODAY)
    assert list(tmp_path.glob("*.xlsx")) == []


def test_the_office_makes_no_village_package(office: Register, tmp_path: Path) -> None:
    with pytest.raises(DeskError, match="司法所"):
        send(office, month(2026, 8), tmp_path / "x.xlsx", WHO, TODAY)


def test_last_month_is_offered_until_it_is_sent(
    village: Register, record: Keep, sent: Callable[..., Path]
) -> None:
    # A register begun this month owes nothing for the one before, as the first page says too.
    assert month_to_send(village, TODAY) == month_of(TODAY)
    record(date(2026, 9, 10))
    assert month_to_send(village, TODAY) == month(2026, 9)
    sent(date(2026, 9, 1))
    assert month_to_send(village, TODAY) == month_of(TODAY)


def test_looking_ahead_tells_what_send_will_do(
    village: Register, record: Keep, sent: Callable[..., Path]
) -> None:
    assert look_ahead(village, month(2026, 8), TODAY).nil
    record(date(2026, 8, 10))
    record(date(2026, 5, 3), settled=False)
    ahead = look_ahead(village, month(2026, 8), TODAY)
    assert (ahead.number, ahead.disputes, ahead.counted, ahead.nil) == (1, 2, 1, False)
    assert ahead.file_name == "梨子园村2026年8月人民调解报表.xlsx"
    assert len(disputes_in(sent(date(2026, 8, 1)))) == ahead.disputes


def test_the_gravest_findings_come_first_and_cases_stay_together(
    village: Register, record: Keep
) -> None:
    cases = [record(date(2026, 8, day)) for day in (10, 12, 14)]
    with village.change(WHO, "补录") as change:
        for case in cases:
            change.keep(replace(case.dispute, performance=Performance.KEPT, performed_on=None))
        for case in cases[1:]:
            change.keep(
                RiskEntry(
                    id=new_id(),
                    dispute_id=case.dispute.id,
                    assessed_on=date(2026, 8, 20),
                    level=RiskLevel.RED,
                )
            )
    found = look_ahead(village, month(2026, 8), TODAY).problems
    gravest_first = list(Severity)
    told = [(gravest_first.index(problem.severity), number) for number, problem in found]
    assert told == sorted(told)
    assert {problem.rule for _, problem in found} >= {"D11", "K1"}


def test_a_month_with_only_a_screening_round_is_no_nil_report(village: Register) -> None:
    day = date(2026, 8, 9)
    with village.change(WHO, "排查") as change:
        change.keep(Screening(id=new_id(), unit_id=village.unit.id, screened_on=day, area="3组"))
    ahead = look_ahead(village, month(2026, 8), TODAY)
    assert not ahead.nil
    assert ahead.table.grand_total.values[39] == 1


def test_the_history_of_sending_is_newest_first(
    village: Register, sent: Callable[..., Path]
) -> None:
    sent(date(2026, 7, 1))
    sent(date(2026, 8, 1))
    assert [package.number for package in _sent(village)] == [2, 1]


_sent = sent
