"""The files that went back to villages: which arrived, and that one that fails stops no other."""

from dataclasses import replace
from pathlib import Path

from builders import TODAY, a_case

from mediation_desk.desk import coming_back, giving_back, receiving, sending
from mediation_desk.desk.enrolled import EnrolmentState, enrolled
from mediation_desk.desk.enrolling import make_setup_file, new_unit, open_setup_file
from mediation_desk.desk.gone_files import gone_files, make_files
from mediation_desk.domain.codes import UnitKind
from mediation_desk.domain.periods import month_of
from mediation_desk.store.register import Register

CLERK = "罗晓"


def _reported(village: Register, office: Register, target: Path) -> None:
    sent = sending.send(village, month_of(TODAY), target, village.person, TODAY)
    (got,) = receiving.receive_all(office, [sent.path], CLERK, TODAY)
    assert got.act, got.words


def _recorded(village: Register, number: int) -> None:
    unit = village.committee
    assert unit is not None
    with village.change(village.person, "录入") as change:
        for record in a_case(unit_id=unit.id, number=number, intake_on=TODAY).records():
            change.keep(replace(record, revision=0))


def test_a_file_is_there_once_the_village_has_said_so(
    village: Register, office: Register, tmp_path: Path
) -> None:
    _recorded(village, 1)
    _reported(village, office, tmp_path / "one.xlsx")
    made = make_files(office, giving_back.to_tell(office), tmp_path, CLERK, TODAY)
    assert made.refused == ()
    (path,) = made.paths
    (gone,) = gone_files(office)
    assert (gone.unit.name, gone.package.number, gone.there) == ("梨子园村", 1, False)
    coming_back.receive(village, coming_back.look(village, path, TODAY), village.person)
    _recorded(village, 2)
    _reported(village, office, tmp_path / "two.xlsx")
    (gone,) = gone_files(office)
    assert gone.there


def test_a_file_that_cannot_be_written_is_told_by_its_unit(
    village: Register, office: Register, tmp_path: Path
) -> None:
    _recorded(village, 1)
    _reported(village, office, tmp_path / "one.xlsx")
    nowhere = tmp_path / "one.xlsx"
    made = make_files(office, giving_back.to_tell(office), nowhere, CLERK, TODAY)
    assert made.paths == ()
    (why,) = made.refused
    assert why.startswith("梨子园村：")
    assert gone_files(office) == []


def test_a_unit_goes_from_no_file_to_its_key_and_waits_for_a_new_computer(
    village: Register, office: Register, tmp_path: Path
) -> None:
    own = village.unit
    unit = new_unit(office, own.code, own.name, own.committee, UnitKind.VILLAGE)
    with office.change(CLERK, "添加单位") as change:
        unit = change.keep(unit)
    (entry,) = enrolled(office)
    assert (entry.state, entry.fingerprint) == (EnrolmentState.NONE, "")
    made = make_setup_file(office, unit, tmp_path / "setup.xlsx", CLERK, TODAY)
    (entry,) = enrolled(office)
    assert (entry.state, entry.made_on, entry.made_by) == (EnrolmentState.MADE, TODAY, CLERK)
    open_setup_file(village, made.path, village.person, TODAY)
    _reported(village, office, tmp_path / "one.xlsx")
    (entry,) = enrolled(office)
    assert (entry.state, entry.enrolled_on) == (EnrolmentState.ENROLLED, TODAY)
    assert entry.fingerprint
    assert not entry.waiting
    make_setup_file(office, entry.unit, tmp_path / "again.xlsx", CLERK, TODAY)
    (again,) = enrolled(office)
    assert again.waiting
    assert again.fingerprint == entry.fingerprint
