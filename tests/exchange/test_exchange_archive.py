"""A year's archive: a folder that says everything, shows that it is whole, asks for nothing."""

import errno
import json
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from builders import TODAY, a_case, a_party, a_unit
from PySide6.QtQml import QJSEngine

from mediation_desk.domain.casefile import CaseFile, gathered, title
from mediation_desk.domain.codes import AttachmentKind, PartyRole, Retention
from mediation_desk.domain.dispute_types import TypeTable
from mediation_desk.domain.handling import Attachment
from mediation_desk.domain.organisation import Mediator
from mediation_desk.domain.problems import DeskError
from mediation_desk.domain.records import from_plain
from mediation_desk.domain.retention import kept_until, retention_words
from mediation_desk.domain.settings import Settings
from mediation_desk.exchange.archive.folder import (
    PAGE,
    RECORDS,
    SUMS,
    sums_in,
    write_archive,
    wrong_files,
)
from mediation_desk.exchange.archive.holding import Archive, ArchivedFile, ArchiveHead

PDF = b"%PDF-1.7 a paper\n%%EOF\n"
SCAN = b"\x89PNG\r\n\x1a\n scan"
HEAD = ArchiveHead(
    a_unit(), 2026, TODAY, "陶素芬", "镇档案室", (("(2026)梨民调字第003号", "还没有结案"),)
)
MEDIATOR = Mediator(id="m1", unit_id=a_unit().id, name="陶素芬")


def _write(target: Path) -> tuple[str, ...]:
    target.write_bytes(PDF)
    return ()


def held(case: CaseFile, number: str, **changes: Any) -> ArchivedFile:
    settings = Settings()
    values = {
        "case": case,
        "number": number,
        "title": title(case, TypeTable()),
        "type_label": "邻里纠纷",
        "retention": retention_words(case.dispute, settings),
        "kept_until": kept_until(case.dispute, settings),
        "write_papers": _write,
        "scans": {},
    }
    return ArchivedFile(**(values | changes))


def two_files() -> list[ArchivedFile]:
    first = a_case(id="d1", retention=Retention.SHORT, archived_on=date(2026, 10, 20))
    scan = Attachment(
        id="s1", dispute_id="d1", kind=AttachmentKind.IDENTITY, name='身份证/"正面".png'
    )
    first = replace(first, attachments=(scan,))
    evil = a_party("d2", PartyRole.APPLICANT, name="<script>alert(1)</script>")
    second = a_case(
        id="d2",
        number=2,
        facts='</script><img src="http://example.com/x">，{{kept}}，果树被砍。',
        parties=(evil, a_party("d2", PartyRole.RESPONDENT, name="冉启润")),
        retention=Retention.PERMANENT,
    )
    return [
        held(first, "(2026)梨民调字第001号", scans={"s1": ('身份证/"正面".png', SCAN)}),
        held(second, "(2026)梨民调字第002号"),
    ]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_archive(Archive(HEAD, [MEDIATOR], two_files()), tmp_path).folder


class Page(HTMLParser):
    """What a browser would find in a page: its links, texts, scripts, and all it would ask for."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.asked: list[str] = []
        self.links: list[str] = []
        self.tags: list[str] = []
        self.texts: list[str] = []
        self.scripts: list[str] = []
        self.policy = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        self.tags.append(tag)
        if tag == "a":
            self.links.append(unquote(told["href"] or ""))
        elif tag == "meta" and told.get("http-equiv") == "Content-Security-Policy":
            self.policy = told["content"] or ""
        self.asked += [
            value
            for name, value in attrs
            if name in {"src", "srcset", "data", "action", "background", "poster"} and value
        ]
        if tag in {"link", "iframe", "object", "embed", "base", "form", "img"}:
            self.asked.append(tag)

    def handle_data(self, data: str) -> None:
        (self.scripts if self.tags[-1:] == ["script"] else self.texts).append(data)


def page_of(folder: Path) -> Page:
    return Page((folder / PAGE).read_text(encoding="utf-8"))


def test_the_folder_holds_papers_records_scans_page_and_hashes(folder: Path) -> None:
    assert folder.name == "梨子园村2026年调解档案"
    assert sorted(sums_in(folder)) == [
        "records.json",
        "卷宗/001 (2026)梨民调字第001号.pdf",
        "卷宗/002 (2026)梨民调字第002号.pdf",
        "打开这里看档案.html",
        "说明.txt",
        "附件/001/01 身份证__正面_.png",
    ]
    assert wrong_files(folder) == []
    assert (folder / "附件/001/01 身份证__正面_.png").read_bytes() == SCAN
    assert not list(folder.parent.glob(".*.part"))


def test_the_records_come_back_exactly(folder: Path) -> None:
    told = json.loads((folder / RECORDS).read_text(encoding="utf-8"))
    assert (told["year"], told["receiver"], told["made_by"]) == (2026, "镇档案室", "陶素芬")
    for entry, file in zip(told["cases"], two_files(), strict=True):
        records = [from_plain(one["kind"], one["values"]) for one in entry["records"]]
        case = gathered(records[0], records[1:])  # type: ignore[arg-type]
        assert {record.id for record in case.records()} == {one.id for one in records}
        assert case.dispute == file.case.dispute
        assert entry["number"] == file.number
    assert [entry["kept_until"] for entry in told["cases"]] == ["2056-12-31", None]


def test_the_page_asks_for_nothing_and_forbids_itself_to(folder: Path) -> None:
    page = page_of(folder)
    assert page.asked == []
    assert page.policy.startswith("default-src 'none'")
    text = (folder / PAGE).read_text(encoding="utf-8")
    assert "@import" not in text
    assert "url(" not in text
    # What was typed stays text.
    assert "http://example.com" in "".join(page.texts)
    assert page.tags.count("script") == 1
    assert "http" not in page.scripts[0]
    for word in ("fetch", "XMLHttpRequest", "import(", "WebSocket", "sendBeacon"):
        assert word not in page.scripts[0]


def test_every_link_of_the_page_leads_to_a_file_of_the_folder(folder: Path) -> None:
    links = page_of(folder).links
    assert len(links) == 3
    assert all((folder / link).is_file() for link in links)


def test_the_page_tells_everything_without_a_script(folder: Path) -> None:
    page = page_of(folder)
    told = "\n".join(page.texts)
    assert page.tags.count("details") == 2
    for words in (
        "(2026)梨民调字第001号", "秦德珍与蒋仕文邻里纠纷", "短期（30年），到2056-12-31期满",
        "永久", "排水沟堵塞", "双方各说明情况", "200元", "陶素芬", "<script>alert(1)</script>",
        "含完整的个人信息，只交给镇档案室保管", "(2026)梨民调字第003号：还没有结案",
        "期满也不自动销毁", "{{kept}}",
    ):  # fmt: skip
        assert words in told, words
    told_records = json.loads((folder / RECORDS).read_text(encoding="utf-8"))
    ids = {
        one["values"]["id"]
        for entry in told_records["cases"]
        for one in entry["records"]
        if len(one["values"]["id"]) > len("d1")
    }
    assert len(ids) > 5
    assert not any(id_ in told for id_ in ids)


@pytest.fixture
def matches(folder: Path, qapp: object) -> Callable[[str, str], bool]:
    """The page's own search, run by Qt's script engine: no browser is needed for that."""
    engine = QJSEngine()
    loaded = engine.evaluate(page_of(folder).scripts[0])
    assert not loaded.isError(), loaded.toString()

    def found(text: str, typed: str) -> bool:
        asked = f"matches(plain({json.dumps(text)}), {json.dumps(typed)})"
        return engine.evaluate(asked).toBool()

    return found


@pytest.mark.parametrize(
    ("typed", "fits"),
    [
        ("", True),
        ("果树", True),
        ("ABC", True),
        ("ａｂｃ　果树", True),
        ("果树 没有", False),
        ("树果", False),
    ],
)
def test_the_search_finds_by_two_characters(
    matches: Callable[[str, str], bool], typed: str, fits: bool
) -> None:
    assert matches("冉启润的果树被砍，Abc", typed) is fits


def test_what_changed_went_or_came_is_told(folder: Path) -> None:
    (folder / RECORDS).write_text("{}", encoding="utf-8")
    (folder / "说明.txt").unlink()
    (folder / "多的.txt").write_text("?", encoding="utf-8")
    assert wrong_files(folder) == [
        ("records.json", "内容变了"),
        ("说明.txt", "不见了，或读不出来"),
        ("多的.txt", "不是档案里的文件"),
    ]
    with pytest.raises(DeskError, match="不是调解档案"):
        wrong_files(folder / "卷宗")


def test_what_a_system_leaves_in_a_folder_is_no_fault(folder: Path) -> None:
    for name in ("Thumbs.db", "desktop.ini", ".DS_Store", "._说明.txt"):
        (folder / "卷宗" / name).write_bytes(b"?")
    assert wrong_files(folder) == []


@pytest.mark.parametrize(
    ("called", "name"),
    [
        ("长" * 200 + ".png", "01 " + "长" * 76 + ".png"),
        ("收条 . ", "01 收条"),
        ("a:b?c.pdf", "01 a_b_c.pdf"),
        ("说明.很长的一段不是后缀的文字", "01 说明.很长的一段不是后缀的文字"),
        ("...", "01 _"),
    ],
)
def test_any_name_of_a_scan_becomes_one_that_a_stick_takes(
    tmp_path: Path, called: str, name: str
) -> None:
    files = two_files()[:1]
    files[0] = replace(files[0], scans={"s1": (called, SCAN)})
    folder = write_archive(Archive(HEAD, [], files), tmp_path).folder
    (written,) = (folder / "附件/001").iterdir()
    assert written.name == name


def test_the_hashes_are_in_the_form_that_other_programs_check(folder: Path) -> None:
    lines = (folder / SUMS).read_text(encoding="utf-8").splitlines()
    assert all(re.fullmatch(r"[0-9a-f]{64}  \S.*", line) for line in lines)


def test_an_archive_that_lies_there_is_not_touched(folder: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in folder.rglob("*")}
    with pytest.raises(DeskError, match="已经有“梨子园村2026年调解档案”"):
        write_archive(Archive(HEAD, [], two_files()), folder.parent)
    assert {path: path.stat().st_mtime_ns for path in folder.rglob("*")} == before
    assert not list(folder.parent.glob(".*.part"))


def test_nothing_is_left_where_it_could_not_be_finished(tmp_path: Path) -> None:
    def full(_target: Path) -> None:
        raise OSError(errno.ENOSPC, "no space")

    files = two_files()
    files[1] = replace(files[1], write_papers=full)
    with pytest.raises(DeskError, match="磁盘空间不足"):
        write_archive(Archive(HEAD, [], files), tmp_path)
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(DeskError, match="不存在"):
        write_archive(Archive(HEAD, [], two_files()), tmp_path / "nowhere")


def test_what_reads_back_otherwise_is_not_kept(tmp_path: Path) -> None:
    def spoiling() -> Iterator[ArchivedFile]:
        yield from two_files()
        # As a stick does that pretends to be larger than it is.
        aside = next(tmp_path.glob(".*.part"))
        (aside / "卷宗/001 (2026)梨民调字第001号.pdf").write_bytes(b"")

    with pytest.raises(DeskError, match="读回来和原来的不一样"):
        write_archive(Archive(HEAD, [], spoiling()), tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_copied_folder_is_as_good(folder: Path, tmp_path: Path) -> None:
    copied = shutil.copytree(folder, tmp_path / "U盘" / folder.name)
    assert wrong_files(copied) == []
