"""Sending and receiving in every order: nothing twice, nothing lost, everything undoable."""

import json
import random
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import pytest
from demo_desks import PASSWORD, copied
from desk_line import Line
from office_suite import Suite
from own_counts import records_in, without_receipts

from mediation_desk.domain.cases import Dispute
from mediation_desk.store.opening import open_register

MONTHS = ("2026-07", "2026-08", "2026-09")


def _change_something(register_folder: Path, month: str, number: int) -> None:
    """What a mediator does after a month: corrects a case of it and strikes out an old one."""
    with open_register(register_folder, PASSWORD) as register:
        committee = register.committee
        assert committee is not None
        mine = cast(list[Dispute], register.all("dispute", unit_id=committee.id))
        live = sorted(
            (case for case in mine if not case.void_reason and case.intake_on),
            key=lambda case: str(case.intake_on),
        )
        upto = [case for case in live if str(case.intake_on) < f"{month}-32"]
        corrected, struck = upto[-1], live[number]
        with register.change("陶素芬", "更正") as change:
            change.keep(replace(corrected, people=corrected.people + 1, facts="更正后的情况。"))
            change.keep(replace(struck, void_reason="重复登记"))


@pytest.fixture(scope="session")
def quarter(
    line: Line, villages: list[Path], tmp_path_factory: pytest.TempPathFactory
) -> dict[tuple[str, str], Path]:
    """Three months of three villages, records changed in between, by village and month."""
    place = tmp_path_factory.mktemp("quarter")
    registers = [copied(village, place / village.name) for village in villages[:3]]
    made = {}
    for number, month in enumerate(MONTHS):
        commands = []
        for register in registers:
            target = place / f"{register.name}{month}.xlsx"
            commands.append(["export", register, "--period", month, "--out", target])
            made[register.name, month] = target
            # One village's August comes in full: masked and unmasked copies must merge too.
            if (register, month) == (registers[0], "2026-08"):
                commands[-1] += ["--unmasked-for", "双龙司法所"]
        for answer in line.both(commands):
            answer.done()
        for register in registers:
            _change_something(register, month, number)
    return made


def _told(line: Line, *words: object) -> list[dict[str, Any]]:
    answer = line(*map(str, words), "--json")
    assert answer.err == "", answer.err
    return cast(list[dict[str, Any]], json.loads(answer.out))


def _kept(counts: dict[str, int]) -> int:
    return counts["added"] + counts["updated"]


def test_the_same_file_twice_changes_nothing_and_says_so(
    line: Line, office: Path, packages: list[Path], tmp_path: Path
) -> None:
    folder = copied(office, tmp_path / "office")
    before = line.dump(folder)
    told = _told(line, "import", folder, *packages)
    assert [entry["state"] for entry in told] == ["same"] * 10
    assert all(_kept(entry["counts"]) == 0 for entry in told)
    assert all("没有变化" in entry["words"] for entry in told), told[0]["words"]
    assert line.dump(folder) == before


def test_every_order_ends_in_the_same_records(
    line: Line, empty_office: Path, quarter: dict[tuple[str, str], Path], tmp_path: Path
) -> None:
    in_order = [quarter[key] for key in sorted(quarter, key=lambda key: (key[1], key[0]))]
    by_village = [quarter[key] for key in sorted(quarter)]
    mixed = random.Random(7).sample(in_order, len(in_order))
    orders = {
        "in order": in_order,
        "reversed": in_order[::-1],
        "village by village, twice": by_village + by_village,
        "mixed with repetitions": mixed + random.Random(8).sample(in_order, 4),
    }
    offices = [copied(empty_office, tmp_path / name) for name in orders]
    commands = [
        ["import", folder, *files, "--json"]
        for folder, files in zip(offices, orders.values(), strict=True)
    ]
    for answer, files in zip(line.both(commands), orders.values(), strict=True):
        assert answer.err == ""
        assert len(json.loads(answer.out)) == len(files)
    # What became of each file is another story in each order.
    dumps = [without_receipts(line.dump(folder)) for folder in offices]
    for name, dump in zip(orders, dumps, strict=True):
        assert dump == dumps[0], name
    records = records_in(dumps[0])
    assert len(records["package"]) == len(in_order)
    # The corrections and voids made before the last month have arrived, older copies have not.
    corrected = [case for case in records["dispute"] if case["revision"] > 1]
    assert {bool(case["void_reason"]) for case in corrected} == {True, False}
    assert all(party["personal_revision"] for party in records["party"])


def test_an_older_package_never_overwrites_a_newer_one(
    line: Line, empty_office: Path, quarter: dict[tuple[str, str], Path], tmp_path: Path
) -> None:
    folder = copied(empty_office, tmp_path / "office")
    names = sorted({name for name, _ in quarter})
    _told(line, "import", folder, *(quarter[name, "2026-09"] for name in names))
    before = {case["id"]: case for case in records_in(line.dump(folder))["dispute"]}
    told = _told(line, "import", folder, *(quarter[name, "2026-07"] for name in names))
    after = {case["id"]: case for case in records_in(line.dump(folder))["dispute"]}
    assert {entry["state"] for entry in told} == {"older"}
    assert sum(entry["counts"]["older"] for entry in told) > 0
    for record_id, case in before.items():
        assert after[record_id] == case


def test_undo_brings_back_exactly_the_state_before(
    line: Line, empty_office: Path, quarter: dict[tuple[str, str], Path], tmp_path: Path
) -> None:
    folder = copied(empty_office, tmp_path / "office")
    # One whose corrections are built on what came the month before.
    name = sorted(quarter)[-1][0]
    states, acts = [line.dump(folder)], []
    for month in MONTHS:
        (told,) = _told(line, "import", folder, quarter[name, month])
        acts.append(told["batch"])
        states.append(line.dump(folder))
    assert len(set(states)) == 4
    assert str(acts[1]) in line("undo", folder, acts[0]).refused()
    assert line.dump(folder) == states[3]
    for act, state in zip(reversed(acts), reversed(states[:3]), strict=True):
        line("undo", folder, act).done()
        assert line.dump(folder) == state
    assert "已经撤销" in line("undo", folder, acts[0]).refused()
    line("verify", folder).done()
    # What was taken back can be received again and ends where it ended before.
    _told(line, "import", folder, *(quarter[name, month] for month in MONTHS))
    assert without_receipts(line.dump(folder)) == without_receipts(states[3])


def test_a_dry_run_tells_the_same_and_keeps_nothing(
    line: Line, empty_office: Path, packages: list[Path], tmp_path: Path
) -> None:
    folder = copied(empty_office, tmp_path / "office")
    before = line.dump(folder)
    (ahead,) = _told(line, "import", folder, packages[0], "--dry-run")
    assert line.dump(folder) == before
    (done,) = _told(line, "import", folder, packages[0])
    assert ahead["counts"] == done["counts"]
    # The office knows the village itself already, because it set it up.
    assert _kept(done["counts"]) + 1 == sum(done["counts"].values())


def test_saved_again_by_libreoffice_it_is_the_same_package(
    line: Line,
    villages: list[Path],
    empty_office: Path,
    packages: list[Path],
    suite: Suite,
    tmp_path: Path,
) -> None:
    village = copied(villages[4], tmp_path / "village")
    full = tmp_path / "full.xlsx"
    words = ["--period", "2026", "--out", full, "--unmasked-for", "双龙司法所"]
    line("export", village, *words).done()
    again = suite.saved_as([full, packages[0]])
    own, other = (copied(empty_office, tmp_path / name) for name in ("own", "other"))
    line("import", own, full, packages[0]).done()
    line("import", other, *again).done()
    assert without_receipts(line.dump(other)) == without_receipts(line.dump(own))
    told = _told(line, "import", own, *again)
    assert [entry["state"] for entry in told] == ["same", "same"]
    here, there = (records_in(line.dump(folder))["party"] for folder in (village, own))
    known = {party["id"]: party for party in there}
    assert sum(bool(party["id_number"]) for party in here if party["id"] in known) > 5
    for party in here:
        if party["id"] in known:
            for name in ("name", "id_number", "phone", "born_on", "address"):
                assert known[party["id"]][name] == party[name]
