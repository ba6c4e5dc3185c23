"""Papers made from a real register: as PDF and Word, kept as printed, told when they are stale."""

import subprocess
import zlib
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from builders import TODAY, a_case
from docx import Document
from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QColor, QImage

from mediation_desk.__main__ import main
from mediation_desk.desk import case_papers, papers_out
from mediation_desk.desk.attaching import Scan, attach
from mediation_desk.desk.inspecting import inspect_file
from mediation_desk.desk.receiving import receive_all
from mediation_desk.desk.recording import keep_case
from mediation_desk.desk.sending import send
from mediation_desk.domain.case_papers import Need, PaperKind, Wanted
from mediation_desk.domain.casefile import CaseFile
from mediation_desk.domain.codes import AttachmentKind
from mediation_desk.domain.inspection.places import place_of
from mediation_desk.domain.periods import month
from mediation_desk.domain.printing import PaperState, PrintWay
from mediation_desk.domain.problems import DeskError
from mediation_desk.papers.described import Picture, Words
from mediation_desk.store.register import Register

pytestmark = pytest.mark.usefixtures("qapp")

WHO, CLERK = "陶素芬", "罗晓"
AT = datetime.fromisoformat("2026-10-23T09:30")


@pytest.fixture
def case(village: Register) -> CaseFile:
    return keep_case(village, None, a_case(), WHO, "登记", TODAY)


def _photo(wide: int = 300, high: int = 200) -> bytes:
    image = QImage(wide, high, QImage.Format.Format_RGB32)
    image.fill(QColor("#cc8844"))
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return bytes(buffer.data().data())


def _again(village: Register, case: CaseFile) -> CaseFile:
    found = village.case(case.dispute.id)
    assert found is not None
    return found


def _states(village: Register, case: CaseFile) -> dict[PaperKind, PaperState]:
    return {entry.wanted.kind: entry.state for entry in case_papers.listed(village, case)}


def test_a_whole_file_becomes_a_pdf_with_its_fonts_inside(
    village: Register, case: CaseFile, tmp_path: Path
) -> None:
    made = case_papers.whole(village, case)
    path = papers_out.write(made, tmp_path / "卷宗.pdf")
    told = subprocess.run(["pdfinfo", path], capture_output=True, text=True, check=True).stdout
    assert f"Pages:           {len(made.pages)}\n" in told
    assert "A4" in told
    fonts = subprocess.run(["pdffonts", path], capture_output=True, text=True, check=True).stdout
    lines = fonts.splitlines()[2:]
    assert lines
    assert all(line.split()[-5] == "yes" for line in lines), fonts
    assert [entry.name for entry in tmp_path.glob(".*part")] == []


def test_word_says_what_the_description_says(
    village: Register, case: CaseFile, tmp_path: Path
) -> None:
    made = case_papers.whole(village, case)
    document = Document(str(papers_out.write(made, tmp_path / "卷宗.docx")))
    said = {line.text for line in document.paragraphs}
    for table in document.tables:
        for row in table.rows:
            said |= {line.text for cell in row.cells for line in cell.paragraphs}
    for paper in made.papers:
        for text in paper.texts():
            assert set(text.split("\n")) <= said, text


def test_what_was_printed_is_kept_and_a_change_shows_where_it_counts(
    village: Register, case: CaseFile
) -> None:
    assert _states(village, case)[PaperKind.AGREEMENT] is PaperState.READY
    assert _states(village, case)[PaperKind.IDENTITY] is PaperState.MISSING
    made = case_papers.whole(village, case)
    kept = papers_out.keep_print(village, case, made, PrintWay.PDF, WHO, AT)
    assert (kept.number, kept.printed_on, kept.time) == (1, date(2026, 10, 23), "09:30")
    assert kept.pages == len(made.pages)
    states = _states(village, case)
    assert states.pop(PaperKind.IDENTITY) is PaperState.MISSING
    loose = {states.pop(PaperKind.SERVICE), states.pop(PaperKind.SIGNING)}
    assert loose == {PaperState.READY}
    assert set(states.values()) == {PaperState.PRINTED}
    assert case.agreement is not None
    later = replace(case, agreement=replace(case.agreement, content="改为赔偿三百元。"))
    saved = keep_case(village, case, later, WHO, "更正", TODAY)
    changed = {kind for kind, state in _states(village, saved).items()
               if state is PaperState.CHANGED}  # fmt: skip
    assert changed == {PaperKind.AGREEMENT, PaperKind.REPORT}
    again = case_papers.several(village, saved, PaperKind.AGREEMENT)
    second = papers_out.keep_print(village, saved, again, PrintWay.PRINTER, WHO, AT)
    assert second.number == 2
    assert second.digest != kept.digest
    assert _states(village, saved)[PaperKind.AGREEMENT] is PaperState.PRINTED
    assert _states(village, saved)[PaperKind.REPORT] is PaperState.CHANGED


def test_a_print_stays_at_home(village: Register, office: Register, case: CaseFile,
                               tmp_path: Path) -> None:  # fmt: skip
    made = case_papers.whole(village, case)
    papers_out.keep_print(village, case, made, PrintWay.PDF, WHO, AT)
    sent = send(village, month(2026, 10), tmp_path / "十月.xlsx", WHO, TODAY)
    receive_all(office, [sent.path], CLERK, TODAY)
    assert office.case(case.dispute.id) is not None
    assert office.all("print") == []


def test_masked_copies_are_not_printed(village: Register, office: Register, case: CaseFile,
                                       tmp_path: Path) -> None:  # fmt: skip
    sent = send(village, month(2026, 10), tmp_path / "十月.xlsx", WHO, TODAY)
    receive_all(office, [sent.path], CLERK, TODAY)
    with pytest.raises(DeskError, match="遮住"):
        case_papers.whole(office, _again(office, case))


def test_scans_stand_in_their_place(village: Register, case: CaseFile, tmp_path: Path) -> None:
    pdf = b"%PDF-1.4\n" + b"<</Type /Page>>\n<</Type /Pages>>\n<</Type/Page>>\n%%EOF\n"
    scans = [Scan("身份证1", _photo()), Scan("身份证2", _photo(200, 900))]
    attach(village, case, scans, AttachmentKind.IDENTITY, WHO, TODAY)
    attach(village, _again(village, case), [Scan("收条", pdf)], AttachmentKind.RECEIPT, WHO, TODAY)
    case = _again(village, case)
    made = case_papers.whole(village, case)
    titles = [paper.title for paper in made.papers]
    assert titles.index("当事人身份证明") == titles.index("当事人权利义务告知书") + 1
    identity = made.papers[titles.index("当事人身份证明")]
    assert [b.caption for b in identity.blocks if isinstance(b, Picture)] == [
        "身份证1", "身份证2",
    ]  # fmt: skip
    receipt = made.papers[titles.index("履行凭证")]
    said = "".join(receipt.texts())
    assert "见 附 件" in said
    assert "共2页" in said
    rows = made.papers[1].blocks[-1].rows
    told = {row.cells[1].text: row.cells[3].text for row in rows}
    assert told["履行凭证"] == "原件另附"
    assert told["当事人身份证明"] == ""
    path = papers_out.write(made, tmp_path / "卷宗.pdf")
    listed = subprocess.run(
        ["pdfimages", "-list", path], capture_output=True, text=True, check=True
    ).stdout
    assert len(listed.splitlines()) == 2 + 2
    document = Document(str(papers_out.write(made, tmp_path / "卷宗.docx")))
    assert len(document.inline_shapes) == 2


@pytest.mark.qt_log_ignore("Unsupported marker")
def test_for_a_damaged_scan_stands_a_page_that_says_so(
    village: Register, case: CaseFile, tmp_path: Path
) -> None:
    broken = Scan("坏的照片", b"\xff\xd8\xff" + zlib.compress(b"no picture"))
    scans = [Scan("好的照片", _photo()), broken, Scan("断了的PDF", b"%PDF-1.4 half")]
    attach(village, case, scans, AttachmentKind.EVIDENCE, WHO, TODAY)
    case = _again(village, case)
    made = case_papers.whole(village, case)
    assert [told.partition("：")[0] for told in made.damaged] == [
        "附件“坏的照片”", "附件“断了的PDF”",
    ]  # fmt: skip
    evidence = next(paper for paper in made.papers if paper.title == "人民调解证据材料")
    said = "".join(evidence.texts())
    assert said.count("附件无法显示") == 2
    assert broken.sha256 in said
    assert "请找到原件或原来的照片" in said
    rows = made.papers[1].blocks[-1].rows
    assert "2份损坏" in {row.cells[3].text for row in rows}
    for name in ("卷宗.pdf", "卷宗.docx"):
        assert papers_out.write(made, tmp_path / name).exists()
    (tmp_path / "password").write_text("梨花-2026", encoding="utf-8")
    line = ["case-file", str(village.folder), "2026-1", "--password-file",
            str(tmp_path / "password"), "--out", str(tmp_path / "再来.pdf")]  # fmt: skip
    found = [entry.problem for entry in inspect_file(village, case, TODAY)]
    told = {place_of(case, problem.field)[0].name for problem in found if problem.rule == "JZ11"}
    assert told == {"坏的照片", "断了的PDF"}
    village.close()
    assert main(line) == 1


def test_only_pdf_and_word_are_written(village: Register, case: CaseFile, tmp_path: Path) -> None:
    made = case_papers.whole(village, case)
    with pytest.raises(DeskError, match=r"\.pdf 或 \.docx"):
        papers_out.write(made, tmp_path / "卷宗.txt")
    for name in ("没有/卷宗.pdf", "没有/卷宗.docx"):
        with pytest.raises(DeskError, match="不存在，没有写成"):
            papers_out.write(made, tmp_path / name)


def test_a_disk_that_fills_up_keeps_no_half_paper(
    village: Register, case: CaseFile, tmp_path: Path
) -> None:
    """Qt says nothing of a disk that is full; what was there before stays."""
    resource = pytest.importorskip("resource")
    made = case_papers.whole(village, case)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    for name in ("卷宗.pdf", "卷宗.docx"):
        (tmp_path / name).write_bytes(b"before")
        resource.setrlimit(resource.RLIMIT_FSIZE, (4096, limits[1]))
        try:
            with pytest.raises(DeskError, match="磁盘空间不足"):
                papers_out.write(made, tmp_path / name)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        assert (tmp_path / name).read_bytes() == b"before"
    assert list(tmp_path.glob(".*")) == []


def test_a_missing_paper_says_what_to_do(village: Register, case: CaseFile) -> None:
    lacking = case_papers.missing(village, case)
    assert [entry.kind for entry in lacking] == [PaperKind.IDENTITY]
    with pytest.raises(DeskError, match="请先在纠纷里补上"):
        case_papers.one(village, case, lacking[0])
    with pytest.raises(DeskError, match="没有“人民调解回访记录”"):
        case_papers.several(village, case, PaperKind.VISIT)


def test_cover_and_contents_alone_tell_the_pages_of_the_file(
    village: Register, case: CaseFile
) -> None:
    contents = case_papers.one(village, case, Wanted(PaperKind.CONTENTS, Need.MUST))
    rows = contents.papers[0].blocks[-1].rows
    whole = case_papers.whole(village, case)
    assert [row.cells for row in rows] == [r.cells for r in whole.papers[1].blocks[-1].rows]
    assert len(rows) > 4


def test_the_signing_sheet_is_large_and_there_is_one_for_each_side(
    village: Register, case: CaseFile
) -> None:
    made = case_papers.several(village, case, PaperKind.SIGNING)
    assert len(made.pages) == 2
    said = list(made.papers[0].texts())
    assert said.count("秦德珍") == said.count("蒋仕文") == 1
    looks = [block.look for block in made.papers[0].blocks if isinstance(block, Words)]
    assert max(look.points for look in looks) > 25
    assert all(look.points > 19 for look in looks if look.points > 2)


def test_the_command_line_makes_papers_without_a_window(
    village: Register, case: CaseFile, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, secret = village.folder, tmp_path / "secret"
    secret.write_text("梨花-2026", encoding="utf-8")
    village.close()
    common = ["--password-file", str(secret)]
    called = f"{case.dispute.year}-{case.dispute.number}"
    out = tmp_path / "卷宗.pdf"
    assert main(["case-file", str(folder), called, "--out", str(out), *common]) == 1
    assert "缺当事人身份证明" in capsys.readouterr().out
    assert out.read_bytes().startswith(b"%PDF")
    paper = tmp_path / "协议.docx"
    done = main(["paper", str(folder), called, "agreement", "--out", str(paper), *common])
    assert done == 0
    assert "第2次打印" in capsys.readouterr().out
    assert main(["case-file", str(folder), called, *common]) == 1
    listed = capsys.readouterr().out
    assert "必须\t人民调解协议书\t已打印\t第2次打印" in listed
    blank = tmp_path / "空白.pdf"
    assert main(["blank-papers", str(folder), "session", "--out", str(blank), *common]) == 0
    assert main(["blank-papers", str(folder), "nothing", "--out", str(blank), *common]) == 2


def test_the_command_line_writes_and_checks_templates(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "纸样"
    assert main(["paper-templates", str(folder), "--write"]) == 0
    path = folder / "人民调解记录.txt"
    path.write_text("【标题】记录\n【正文】{无}", encoding="utf-8")
    capsys.readouterr()
    assert main(["paper-templates", str(folder)]) == 1
    assert "人民调解记录.txt”第2行" in capsys.readouterr().out
