"""A year of a unit taken out: every closed file with its papers, whole or not at all, and noted."""

import json
import re
import shutil
import zlib
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from builders import TODAY

from mediation_desk.__main__ import main
from mediation_desk.desk import archiving, attaching
from mediation_desk.desk.archiving import Archiving
from mediation_desk.desk.attaching import Scan
from mediation_desk.desk.receiving import receive_all
from mediation_desk.desk.recording import keep_case
from mediation_desk.domain.casefile import CaseFile
from mediation_desk.domain.codes import AttachmentKind, Retention
from mediation_desk.domain.lifecycle import archive as put_away
from mediation_desk.domain.problems import DeskError
from mediation_desk.domain.records import from_plain
from mediation_desk.exchange.archive.folder import PAGE, RECORDS, sums_in
from mediation_desk.store.opening import open_register
from mediation_desk.store.register import Register

# What draws papers starts Qt if nothing has; the tests of the window want it to be theirs.
pytestmark = pytest.mark.usefixtures("qapp")

WHO, CLERK = "陶素芬", "罗晓"
Keep = Callable[..., CaseFile]
Send = Callable[..., Path]


def _part(kind: bytes, content: bytes) -> bytes:
    crc = zlib.crc32(kind + content)
    return len(content).to_bytes(4) + kind + content + crc.to_bytes(4)


# One white pixel.
SCAN = (
    b"\x89PNG\r\n\x1a\n"
    + _part(b"IHDR", bytes((0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0)))
    + _part(b"IDAT", zlib.compress(b"\x00\xff"))
    + _part(b"IEND", b"")
)
BROKEN = SCAN[:20]


def wanted(year: int = 2026, receiver: str = "镇档案室", unit_id: str = "") -> Archiving:
    return Archiving(year, WHO, TODAY, receiver, unit_id)


@pytest.fixture
def lived(village: Register, record: Keep) -> list[CaseFile]:
    """Two files of the year, one of them put away, one still open and one void."""
    first, second = record(date(2026, 6, 1)), record(date(2026, 5, 1))
    dispute = put_away(first.dispute, date(2026, 7, 1), Retention.SHORT)
    first = keep_case(village, first, replace(first, dispute=dispute), WHO, "归档", TODAY)
    record(date(2026, 10, 1), settled=False)
    struck = record(date(2026, 8, 1))
    with village.change(WHO, "重复") as change:
        change.keep(replace(struck.dispute, void_reason="重复登记"))
    return [first, second]


def test_every_file_of_the_year_is_there_with_its_papers(
    village: Register, lived: list[CaseFile], tmp_path: Path
) -> None:
    said: list[str] = []
    written = archiving.archive(village, wanted(), tmp_path, said.append)
    assert written.folder.name == "梨子园村2026年调解档案"
    assert written.count == 2
    papers = sorted((written.folder / "卷宗").glob("*.pdf"))
    # By number, however late each was closed.
    assert [path.name for path in papers] == [
        "001 (2026)梨民调字第001号.pdf",
        "002 (2026)梨民调字第002号.pdf",
    ]
    for path in papers:
        content = path.read_bytes()
        assert content.startswith(b"%PDF")
        pages = len(re.findall(rb"/Type\s*/Page\b(?!s)", content))
        assert pages > 5
    assert archiving.wrong_files(written.folder) == []
    assert any("第2件" in words for words in said)


def test_the_records_are_those_of_the_register(
    village: Register, lived: list[CaseFile], tmp_path: Path
) -> None:
    folder = archiving.archive(village, wanted(), tmp_path).folder
    told = json.loads((folder / RECORDS).read_text(encoding="utf-8"))
    kept = {
        one["values"]["id"]: from_plain(one["kind"], one["values"])
        for entry in told["cases"]
        for one in entry["records"]
    }
    for case in lived:
        now = village.case(case.dispute.id)
        assert now is not None
        assert all(kept[record.id] == record for record in now.records())
    assert [entry["kept_until"] for entry in told["cases"]] == ["2056-12-31", None]
    page = (folder / PAGE).read_text(encoding="utf-8")
    assert "(2026)梨民调字第003号：还没有结案" in page
    assert "(2026)梨民调字第004号（作废）：作废：重复登记" in page


def test_scans_lie_beside_the_papers(
    village: Register, lived: list[CaseFile], tmp_path: Path
) -> None:
    case = lived[1]
    scan = Scan("身份证", SCAN, TODAY)
    now = village.case(case.dispute.id)
    attaching.attach(village, now, [scan], AttachmentKind.IDENTITY, WHO, TODAY)
    folder = archiving.archive(village, wanted(), tmp_path).folder
    assert (folder / "附件/002/01 身份证.png").read_bytes() == SCAN


def test_a_damaged_attachment_is_listed_and_stops_nothing(
    village: Register, lived: list[CaseFile], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    now = village.case(lived[0].dispute.id)
    scan = Scan("收条", BROKEN, TODAY)
    attaching.attach(village, now, [scan], AttachmentKind.RECEIPT, WHO, TODAY)
    (tmp_path / "password").write_text("梨花-2026", encoding="utf-8")
    line = ["archive", str(village.folder), "--password-file", str(tmp_path / "password"),
            "--year", "2026", "--out", str(tmp_path), "--unmasked-for", "镇档案室"]  # fmt: skip
    kept, ids = village.folder, {case.dispute.id for case in lived}
    village.close()
    assert main(line) == 1
    told = capsys.readouterr().out
    problem = "(2026)梨民调字第001号的附件“收条”：文件不完整，后面缺了一截"
    assert problem in told
    assert "共1份附件已经损坏" in told
    folder = tmp_path / "梨子园村2026年调解档案"
    assert len(list((folder / "卷宗").glob("*.pdf"))) == 2
    assert (folder / "附件/001/01 收条.png").read_bytes() == BROKEN
    assert problem in (folder / "说明.txt").read_text("utf-8-sig")
    assert archiving.wrong_files(folder) == []
    with open_register(kept, "梨花-2026") as again:
        (noted,) = again.all("report")
        assert set(noted.cases.split()) == ids


def test_who_gets_it_is_named_and_stands_in_the_history(
    village: Register, lived: list[CaseFile], tmp_path: Path
) -> None:
    with pytest.raises(DeskError, match="请写明交给谁保管"):
        archiving.archive(village, wanted(receiver=" "), tmp_path)
    assert not village.all("report")
    written = archiving.archive(village, wanted(), tmp_path)
    (noted,) = village.all("report")
    assert noted.title == "导出2026年调解档案（完整信息，交给镇档案室）"
    assert noted.digest == written.digest
    assert set(noted.cases.split()) == {case.dispute.id for case in lived}
    assert sums_in(written.folder)


def test_what_could_not_be_written_is_not_noted(
    village: Register, lived: list[CaseFile], tmp_path: Path
) -> None:
    archiving.archive(village, wanted(), tmp_path)
    before = village.version
    with pytest.raises(DeskError, match="没有改动它"):
        archiving.archive(village, wanted(), tmp_path)
    with pytest.raises(DeskError, match="不存在"):
        archiving.archive(village, wanted(), tmp_path / "没有的U盘")
    assert village.version == before
    assert len(village.all("report")) == 1


def test_a_year_without_files_and_a_unit_nobody_knows_are_refused(
    village: Register, lived: list[CaseFile], tmp_path: Path
) -> None:
    with pytest.raises(DeskError, match="没有结案的纠纷"):
        archiving.archive(village, wanted(year=2001), tmp_path)
    with pytest.raises(DeskError, match="没有这个单位"):
        archiving.archive(village, wanted(unit_id="nobody"), tmp_path)


def test_what_it_will_hold_is_told_before(village: Register, lived: list[CaseFile]) -> None:
    assert archiving.archive_years(village) == [2026]
    ahead = archiving.archive_ahead(village, 2026)
    assert ahead == archiving.Ahead(count=2, unfiled=1, unclassed=1, left_out=2)


def test_an_office_makes_none_of_masked_copies_and_any_of_whole_ones(
    office: Register, village: Register, lived: list[CaseFile], sent: Send, tmp_path: Path
) -> None:
    unit = village.unit.id
    receive_all(office, [sent(date(2026, 5, 1), "masked.xlsx")], CLERK, TODAY)
    with pytest.raises(DeskError, match="遮住个人信息"):
        archiving.archive(office, wanted(unit_id=unit), tmp_path)
    whole = sent(date(2026, 6, 1), "whole.xlsx", unmasked_for="双龙司法所")
    receive_all(office, [whole], CLERK, TODAY)
    whole = sent(date(2026, 5, 1), "again.xlsx", unmasked_for="双龙司法所")
    receive_all(office, [whole], CLERK, TODAY)
    written = archiving.archive(office, wanted(unit_id=unit), tmp_path)
    assert written.count == 2


def test_the_verbs_write_and_check(
    village: Register,
    lived: list[CaseFile],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (tmp_path / "password").write_text("梨花-2026", encoding="utf-8")
    register, out = str(tmp_path / "village"), tmp_path / "U盘"
    out.mkdir()
    village.close()
    line = ["archive", register, "--password-file", str(tmp_path / "password")]
    line += ["--today", "2026-10-23", "--year", "2026", "--out", str(out)]
    assert main(line) == 2
    assert main([*line, "--unmasked-for", "镇档案室"]) == 0
    told = capsys.readouterr().out
    assert "2件，含完整个人信息，交给镇档案室；读回来核对无误" in told
    assert "其中1件还没有归档，1件没有填保管期限" in told
    folder = out / "梨子园村2026年调解档案"
    moved = shutil.move(folder, tmp_path / "moved")
    assert main(["archive-check", str(moved)]) == 0
    assert "档案完整" in capsys.readouterr().out
    (Path(moved) / RECORDS).write_text("{}", encoding="utf-8")
    assert main(["archive-check", str(moved)]) == 1
    assert "records.json：内容变了" in capsys.readouterr().out
