"""The archive as a folder: written aside, read back, and only then given its name."""

import hashlib
import json
import os
import re
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from typing import Any

from mediation_desk import __version__
from mediation_desk.domain.casefile import CaseFile
from mediation_desk.domain.problems import DeskError
from mediation_desk.domain.record import Record
from mediation_desk.domain.records import canonical, from_plain, kind_of, to_plain
from mediation_desk.exchange.archive.holding import Archive, ArchivedFile, ArchiveHead
from mediation_desk.exchange.archive.page import file_part, kept_part, whole_page
from mediation_desk.exchange.placing import aside_in, could_not_write, sync_folder
from mediation_desk.words import tr

FORMAT = 1
PAGE = tr("打开这里看档案.html")
RECORDS = "records.json"
SUMS = "SHA256SUMS.txt"
ABOUT = tr("说明.txt")
PAPERS, SCANS = tr("卷宗"), tr("附件")
# What no file may be called on a stick of Windows.
_FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f]')
_LONGEST_NAME, _LONGEST_ENDING = 80, 8
# What Windows and macOS leave behind in folders that somebody looks into.
_OF_THE_SYSTEM = frozenset(("thumbs.db", "desktop.ini", ".ds_store"))
_CHUNK = 1 << 20

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Written:
    """A finished archive: where it lies, how many files, and the SHA-256 of its list of hashes.

    `problems` are the attachments that no paper could show, each with its case and the reason.
    """

    folder: Path
    count: int
    digest: str
    problems: tuple[str, ...] = ()


def archive_name(head: ArchiveHead) -> str:
    """What the folder is called."""
    return _file_name(tr("{unit}{year}年调解档案").format(unit=head.unit.name, year=head.year))


def write_archive(archive: Archive, place: Path, say: Say = lambda _: None) -> Written:
    """Write an archive as a new folder in `place`, all or nothing, read back before it counts.

    Raises `DeskError` where such a folder lies already, the place cannot be written, or what was
    read back is not what was written.
    """
    target = place / archive_name(archive.head)
    if target.exists():
        happened = tr("“{folder}”里已经有“{name}”，没有改动它。")
        told = happened.format(folder=place, name=target.name)
        raise DeskError(told + tr("请换一个位置，或先把原来的移走。"))
    aside = aside_in(place)
    try:
        aside.mkdir()
        writing = _Writing(aside, archive.head, say)
        digest = writing.write(archive)
        say(tr("正在核对…"))
        writing.check()
        aside.rename(target)
        sync_folder(place)
    except OSError as error:
        raise DeskError(could_not_write(error, target)) from error
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    return Written(target, writing.count, digest, tuple(writing.problems))


@dataclass
class _Writing:
    folder: Path
    head: ArchiveHead
    say: Say
    count: int = 0
    problems: list[str] = field(default_factory=list)
    sums: dict[str, str] = field(default_factory=dict)
    # What each case was when it was written, to compare what is read back.
    cases: list[str] = field(default_factory=list)

    def write(self, archive: Archive) -> str:
        """Write everything; the SHA-256 of the list of hashes."""
        names = _names(archive)
        files, kept, plain = [], [], []
        for file in archive.files:
            self.count += 1
            self.say(tr("正在写第{count}件：{number}").format(count=self.count, number=file.number))
            pdf, scans = self._papers(file), self._scans(file)
            known = names | {party.id: party.name for party in file.case.parties}
            files.append(file_part(file, known, pdf, scans))
            until = file.kept_until.isoformat() if file.kept_until else "9999"
            kept.append((until, self.count, kept_part(file)))
            told = _plain_case(file, pdf, scans)
            self.cases.append(canonical(told))
            plain.append(json.dumps(told, ensure_ascii=False))
        page = whole_page(self.head, files, [part for *_, part in sorted(kept)])
        self._put(PAGE, page.encode())
        self._put(RECORDS, self._records(archive, plain).encode())
        self._put(ABOUT, _about(self.head, self.count, self.problems).encode("utf-8-sig"))
        lines = "".join(f"{digest}  {path}\n" for path, digest in sorted(self.sums.items()))
        self._put(SUMS, lines.encode())
        return self.sums.pop(SUMS)

    def _records(self, archive: Archive, cases: list[str]) -> str:
        about = {
            "format": FORMAT,
            "program": __version__,
            "unit": to_plain(self.head.unit),
            "year": self.head.year,
            "made_on": self.head.made_on.isoformat(),
            "made_by": self.head.made_by,
            "receiver": self.head.receiver,
            "people": [{"kind": kind_of(one), "values": to_plain(one)} for one in archive.people],
        }
        opened = json.dumps(about, ensure_ascii=False, indent=1).removesuffix("\n}")
        return opened + ',\n "cases": [\n' + ",\n".join(cases) + "\n]}\n"

    def _papers(self, file: ArchivedFile) -> str:
        path = f"{PAPERS}/{self.count:03d} {_file_name(file.number)}.pdf"
        target = self.folder / path
        target.parent.mkdir(exist_ok=True)
        told = tr("{number}的{problem}")
        for problem in file.write_papers(target):
            self.problems.append(told.format(number=file.number, problem=problem))
        self.sums[path] = _digest(target)
        _sync(target)
        return path

    def _scans(self, file: ArchivedFile) -> Mapping[str, str]:
        made: dict[str, str] = {}
        for place, scan in enumerate(file.case.attachments, 1):
            found = file.scans.get(scan.id)
            if found is not None:
                called, content = found
                name = f"{place:02d} {_file_name(called)}"
                made[scan.id] = f"{SCANS}/{self.count:03d}/{name}"
                self._put(made[scan.id], content)
        return made

    def _put(self, path: str, content: bytes) -> None:
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("xb") as opened:
            opened.write(content)
            opened.flush()
            os.fsync(opened.fileno())
        self.sums[path] = hashlib.sha256(content).hexdigest()

    def check(self) -> None:
        """Read everything back; raises `DeskError` for what is not as it was written."""
        wrong = wrong_files(self.folder)
        told = json.loads((self.folder / RECORDS).read_text(encoding="utf-8"))
        read = [canonical(case) for case in told["cases"]]
        for case in told["cases"]:
            for entry in case["records"]:
                from_plain(entry["kind"], entry["values"])
        if wrong or read != self.cases or sums_in(self.folder) != self.sums:
            happened = tr("写好的档案读回来和原来的不一样，没有留下。")
            raise DeskError(happened + tr("U盘可能坏了，请换一个再试。"))


def _names(archive: Archive) -> dict[str, str]:
    named = {one.id: str(getattr(one, "name", "")) for one in archive.people}
    return named | {archive.head.unit.id: archive.head.unit.name}


def _plain_case(file: ArchivedFile, pdf: str, scans: Mapping[str, str]) -> dict[str, Any]:
    return {
        "number": file.number,
        "title": file.title,
        "type": file.type_label,
        "retention": file.retention,
        "kept_until": file.kept_until.isoformat() if file.kept_until else None,
        "pdf": pdf,
        "attachments": dict(scans),
        "records": [_plain(record) for record in _records_of(file.case)],
    }


def _plain(record: Record) -> dict[str, Any]:
    return {"kind": kind_of(record), "values": to_plain(record)}


def _records_of(case: CaseFile) -> Iterator[Record]:
    return case.records()


def _file_name(name: str) -> str:
    """`name` as a file may be called on any disk; of a long one the ending stays."""
    cleaned = _FORBIDDEN.sub("_", name)
    ending = PurePath(cleaned).suffix
    if len(ending) > _LONGEST_ENDING:
        ending = ""
    stem = cleaned.removesuffix(ending)[: _LONGEST_NAME - len(ending)]
    return stem.strip(" .") + ending.rstrip(" .") or "_"


def _about(head: ArchiveHead, count: int, problems: Sequence[str]) -> str:
    lines = (
        tr("{whose}{year}年调解档案").format(whose=head.whose, year=head.year),
        "",
        tr("双击“{page}”，用任何浏览器都能看、能查，不用联网，不用装程序。").format(page=PAGE),
        tr("“{papers}”里是每件案卷的PDF，“{scans}”里是原来的附件，{records}是全部记录。").format(
            papers=PAPERS, scans=SCANS, records=RECORDS
        ),
        tr("{sums}是每个文件的SHA-256校验值；核对：sha256sum -c {sums}，或用调解台核对。").format(
            sums=SUMS
        ),
        "",
        tr("共{count}件，{by}于{on}制作，交给{receiver}保管。").format(
            count=count, by=head.made_by, on=head.made_on.isoformat(), receiver=head.receiver
        ),
        tr("含完整的个人信息，不要转发、不要上网；期满也不自动销毁。"),
        *(("", tr("下列附件已经损坏，卷宗里有一页说明代替：")) if problems else ()),
        *problems,
    )
    return "\r\n".join(lines) + "\r\n"


def _digest(path: Path) -> str:
    made = hashlib.sha256()
    with path.open("rb") as opened:
        while part := opened.read(_CHUNK):
            made.update(part)
    return made.hexdigest()


def _sync(path: Path) -> None:
    with path.open("rb+") as opened:
        os.fsync(opened.fileno())


# Looking at an archive later


def sums_in(folder: Path) -> dict[str, str]:
    """The hashes that an archive's list tells, by path; raises `DeskError` where there is none."""
    try:
        text = (folder / SUMS).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        words = tr("“{folder}”里没有能读的 {sums}，不是调解档案，或不完整。")
        raise DeskError(
            words.format(folder=folder, sums=SUMS) + tr("请选择档案的文件夹。")
        ) from error
    told = (line.partition("  ") for line in text.splitlines() if line)
    return {path: digest for digest, _, path in told}


def wrong_files(folder: Path) -> list[tuple[str, str]]:
    """The paths in an archive that are not as they were written, each with what is wrong."""
    told = sums_in(folder)
    wrong = []
    for path, digest in told.items():
        target = folder / path
        try:
            now = _digest(target)
        except OSError:
            wrong.append((path, tr("不见了，或读不出来")))
            continue
        if now != digest:
            wrong.append((path, tr("内容变了")))
    there = {
        entry.relative_to(folder).as_posix()
        for entry in folder.rglob("*")
        if entry.is_file() and not _is_of_the_system(entry.name)
    }
    wrong += [(path, tr("不是档案里的文件")) for path in sorted(there - set(told) - {SUMS})]
    return wrong


def _is_of_the_system(name: str) -> bool:
    return name.lower() in _OF_THE_SYSTEM or name.startswith("._")
