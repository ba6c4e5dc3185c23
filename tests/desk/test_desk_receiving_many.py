"""Many files in one go: written some at once, and each is what it would be alone."""

import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from builders import TODAY, a_case, an_open_case, moved
from register_moulds import Mould

from mediation_desk.desk.receiving import LookState, Received, receive, receive_all
from mediation_desk.desk.recording import keep_case
from mediation_desk.desk.sending import send
from mediation_desk.desk.taking_back import undo
from mediation_desk.domain.casefile import CaseFile
from mediation_desk.domain.cases import Dispute
from mediation_desk.domain.periods import month_of
from mediation_desk.exchange.incoming import read_package
from mediation_desk.store.connection import Connections, NotAllowed
from mediation_desk.store.register import FILE, Register
from mediation_desk.store.seated import OnlyReads

CLERK = "罗晓"
MONTHS = range(3, 10)


def _third_changed(village: Register, case: CaseFile, month: int) -> CaseFile:
    """A change of a case that every package from its month on tells of anew."""
    dispute = replace(case.dispute, special_groups=f"老年人{month}名")
    return keep_case(village, case, replace(case, dispute=dispute), CLERK, "补", TODAY)


@pytest.fixture(scope="module")
def made(village_mould: Mould, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A package of each month; the third case changes with every month after its own."""
    place = tmp_path_factory.mktemp("packages")
    third: CaseFile | None = None
    with village_mould.open(tmp_path_factory.mktemp("desk") / "village") as village:
        for month in MONTHS:
            case = moved(an_open_case() if month == MONTHS[2] else a_case(), date(2026, month, 10))
            case = keep_case(village, None, case, CLERK, "登记", TODAY)
            if month == MONTHS[2]:
                third = case
            elif third is not None:
                third = _third_changed(village, third, month)
            package = place / f"2026-{month:02d}.xlsx"
            send(village, month_of(date(2026, month, 1)), package, CLERK, TODAY)
    return place


@pytest.fixture
def files(made: Path, tmp_path: Path) -> list[Path]:
    """The packages, as they came."""
    return sorted(Path(shutil.copytree(made, tmp_path / "packages")).iterdir())


def _records(office: Register) -> list[str]:
    return [line for line in office.dump() if not line.startswith('{"kind": "receipt"')]


def test_many_files_do_what_each_does_alone(office: Register, files: list[Path]) -> None:
    before = list(office.dump())
    together = receive_all(office, files, CLERK, TODAY)
    assert [entry.look.state for entry in together] == [LookState.READY] * len(files)
    at_once = _records(office)
    assert office.verify() == []
    for entry in reversed(together):
        undo(office, entry.act, CLERK)
    assert list(office.dump()) == before
    for path in files:
        receive_all(office, [path], CLERK, TODAY)
    assert _records(office) == at_once


def test_a_file_is_told_of_when_it_is_durable_and_in_its_turn(
    office: Register, files: list[Path]
) -> None:
    told: list[tuple[int, int]] = []

    def done(came: Received) -> None:
        others = Connections(office.folder / FILE, office._key)
        row = others.one("SELECT max(number) FROM act WHERE kind = 'import'")
        others.close()
        told.append((came.act, row[0] if row else 0))

    receive_all(office, files, CLERK, TODAY, done=done)
    acts = [act for act, _durable in told]
    assert acts == sorted(acts)
    assert len(acts) == len(files)
    assert all(act <= durable for act, durable in told)


def test_broken_files_among_many_stop_no_other(office: Register, files: list[Path]) -> None:
    for path in (files[1], files[4]):
        path.write_bytes(path.read_bytes()[:2000])
    came = receive_all(office, files, CLERK, TODAY)
    states = [entry.look.state for entry in came]
    assert states == [LookState.REFUSED] * 2 + [LookState.READY] * (len(files) - 2)
    assert {entry.look.path for entry in came[:2]} == {files[1], files[4]}


def test_what_the_register_does_not_take_is_told_and_stops_no_other(
    office: Register, files: list[Path]
) -> None:
    """It is the second of three that are written at once."""
    third = read_package(files[2], TODAY)
    (ours,) = [
        entry for entry in third.records if isinstance(entry, Dispute) and entry.intake_on
        and entry.intake_on.month == MONTHS[2]
    ]  # fmt: skip
    office._sql.run(
        f"CREATE TRIGGER refuse BEFORE INSERT ON dispute WHEN new.id = '{ours.id}' "
        "BEGIN SELECT RAISE(ABORT, 'constraint'); END"
    )
    came = receive_all(office, files[:5], CLERK, TODAY)
    # Its case is still open, so the files after it tell of it as well.
    assert [entry.look.path for entry in came if not entry.act] == files[2:5]
    assert "登记簿拒绝了这条记录" in came[0].words
    assert {entry.intake_on.month for entry in office.all("dispute")} == {MONTHS[0], MONTHS[1]}
    assert office.verify() == []
    office._sql.run("DROP TRIGGER refuse")
    again = receive_all(office, files, CLERK, TODAY)
    assert [entry.look.state for entry in again].count(LookState.SAME) == 2
    assert len(office.all("dispute")) == len(files)


def test_nobody_is_told_of_files_that_did_not_become_durable(
    office: Register, files: list[Path]
) -> None:
    """What points to nothing is seen only at the end of the transaction."""
    office._sql.run(
        "CREATE TABLE pointing (id TEXT REFERENCES unit(id) DEFERRABLE INITIALLY DEFERRED)"
    )
    office._sql.run(
        "CREATE TRIGGER point AFTER INSERT ON dispute WHEN (SELECT count(*) FROM dispute) = 3 "
        "BEGIN INSERT INTO pointing VALUES ('nothing'); END"
    )
    told: list[Received] = []
    with pytest.raises(NotAllowed):
        receive_all(office, files, CLERK, TODAY, done=told.append)
    assert [entry.look.path for entry in told] == files[:1]
    assert len(office.all("dispute")) == 1
    office._sql.run("DROP TRIGGER point")
    assert office.verify() == []
    receive_all(office, files, CLERK, TODAY)
    assert len(office.all("dispute")) == len(files)


def test_who_only_reads_receives_nothing(office: Register, files: list[Path]) -> None:
    before = list(office.dump())
    office.reader = "秦小曼"
    with pytest.raises(OnlyReads):
        receive_all(office, files, CLERK, TODAY)
    assert list(office.dump()) == before
    assert not (office.folder / "backups").exists()


def test_one_file_twice_among_many_is_received_once(office: Register, files: list[Path]) -> None:
    came = receive_all(office, [files[0], files[1], files[1], files[1]], CLERK, TODAY)
    states = [entry.look.state for entry in came]
    assert states == [LookState.READY, LookState.READY, LookState.SAME, LookState.SAME]


def test_a_dry_run_of_many_writes_nothing(office: Register, files: list[Path]) -> None:
    before = list(office.dump())
    told: list[Received] = []
    receive_all(office, files, CLERK, TODAY, dry_run=True, done=told.append)
    assert not told
    assert list(office.dump()) == before
    (first,) = receive_all(office, files[:1], CLERK, TODAY, dry_run=True)
    assert receive(office, first.look, CLERK).act == 0
