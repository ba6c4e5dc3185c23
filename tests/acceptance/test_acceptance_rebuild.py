"""A stolen laptop: its register is rebuilt from what the office holds, by commands alone."""

import json
import shutil
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, cast

from builders import a_case
from demo_desks import DAY
from desk_line import Line

from mediation_desk.desk.attaching import Scan, attach
from mediation_desk.desk.demonstration import PASSWORD
from mediation_desk.desk.going_back import since
from mediation_desk.desk.recording import keep_case
from mediation_desk.domain.codes import AttachmentKind
from mediation_desk.domain.handling import Attachment
from mediation_desk.domain.prevention import Screening
from mediation_desk.domain.record import new_id
from mediation_desk.store.opening import open_register

CODE = "500230124200"
TODAY = date.fromisoformat(DAY)
SCAN = b"\x89PNG\r\n\x1a\n" + b"what was signed"
# What by design is not there: who the office's answers were, and what stays on one desk.
_OF_THE_DESK = frozenset(
    (
        "receipt",
        "proposal",
        "enrolment",
        "ledger_map",
        "same_case",
        "accepted_findings",
        "report",
        "report_use",
        "paper_total",
        "sampling",
        "print",
        "desk_person",
        "log_entry",
    )
)

Told = dict[tuple[str, str], dict[str, Any]]


def _records(line: Line, register: Path) -> Told:
    found: Told = {}
    for text in line.dump(register).splitlines():
        entry = json.loads(text)
        if entry["kind"] not in _OF_THE_DESK:
            found[entry["kind"], entry["values"]["id"]] = entry["values"]
    return found


def _lived(village: Path) -> None:
    """Two settled cases, one with a scan and a correction, and a screening round."""
    with open_register(village, PASSWORD) as register:
        unit = register.unit
        cases = []
        for number in (1, 2):
            case = a_case(unit_id=unit.id, number=0, facts=f"第{number}件。")
            cases.append(keep_case(register, None, case, "陶素芬", "登记", TODAY))
        scan = Scan("协议.png", SCAN, TODAY)
        attach(register, cases[0], [scan], AttachmentKind.OTHER, "陶素芬", TODAY)
        with register.change("陶素芬", "更正") as change:
            change.keep(replace(cases[1].dispute, people=5))
            change.keep(Screening(id=new_id(), unit_id=unit.id, screened_on=TODAY, prevented=1))


def test_a_stolen_laptop_is_rebuilt_up_to_its_last_package(
    line: Line, new_office: Callable[[Path], Path], tmp_path: Path
) -> None:
    desk, lost = new_office(tmp_path / "office"), tmp_path / "lost"
    setup = tmp_path / "setup.xlsx"
    line("setup-file", desk, "--unit", CODE, "--name", "梨子园村", "--out", setup).done()
    line("new", lost, "--setup", setup, "--actor", "陶素芬").done()
    for month in ("2026-09", "2026-10"):
        _lived(lost)
        path = tmp_path / f"{month}.xlsx"
        line("export", lost, "--period", month, "--out", path).done()
        assert line("import", desk, path).code in {0, 1}
    last = _records(line, lost)
    with open_register(lost, PASSWORD) as register:
        scans = {scan.sha256: register.attachment_bytes(scan.sha256)
                 for scan in cast(list[Attachment], register.all("attachment"))}  # fmt: skip
    shutil.rmtree(lost)

    # Its key is stolen too, so nothing is sealed to it any more.
    again, back = tmp_path / "again.xlsx", tmp_path / "back.xlsx"
    line("setup-file", desk, "--unit", CODE, "--out", again).done()
    assert "还没有开户" in line("rebuild", desk, "--unit", CODE, "--out", back).refused()
    assert not back.exists()
    new, first = tmp_path / "new", tmp_path / "first.xlsx"
    line("new", new, "--setup", again, "--actor", "陶素芬").done()
    line("export", new, "--period", "2026-10", "--out", first).done()
    assert line("import", desk, first).code in {0, 1}
    told = line("rebuild", desk, "--unit", CODE, "--out", back).done()
    assert f"只有{DAY}开户的登记簿打得开" in told
    line("import", new, back).done()

    rebuilt = _records(line, new)
    assert Counter(kind for kind, _ in last)["package"] == 2
    assert {key: rebuilt.get(key) for key in last} == last
    # All that it has besides: its own first package, the file that came back, and whom it was
    # founded with.
    more = Counter(kind for kind, _ in rebuilt.keys() - last.keys())
    assert more.pop("package") == 2
    assert set(more) <= {"mediator"}, more
    with open_register(new, PASSWORD) as register:
        assert scans
        assert {sha256: register.attachment_bytes(sha256) for sha256 in scans} == scans
    line("verify", new).done()

    # It goes on where the old one ended, and asks for nothing more.
    after = tmp_path / "after.xlsx"
    assert "累计第4份" in line("export", new, "--period", "2026-10", "--out", after).done()
    (told,) = json.loads(line("import", desk, after, "--json").out)
    counts = told["counts"]
    assert counts["added"] == counts["conflict"] == counts["rejected"] == 0, told
    with open_register(desk, PASSWORD) as register:
        assert not since(register, register.all("package")[0].unit_id, sealing=True).again  # type: ignore[attr-defined]
    line("verify", desk).done()
