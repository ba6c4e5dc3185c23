"""After a whole run nothing on the disk tells a name, identity number, phone or narrative."""

import base64
import binascii
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from demo_desks import CLERK, copied
from desk_line import Line
from openpyxl import load_workbook
from own_counts import Records, records_in

from mediation_desk.desk.demonstration import WORKBOOKS

_HIDDEN = "_exact"
_NUMBERS = re.compile(rb"[0-9X]{7,}")
_BASE64 = re.compile(rb"[A-Za-z0-9+/]{64,}={0,2}")
# Narratives, and how long one has to be to tell of a case rather than of cases in general.
_WRITTEN = {"dispute": ("facts",), "session": ("narrative",), "agreement": ("content",)}
_TELLING = 12


@pytest.fixture(scope="module")
def secrets(line: Line, villages: list[Path]) -> list[str]:
    """The names, identity numbers and phones that the villages recorded, and what they wrote."""
    found: set[str] = set()
    public: set[str] = {CLERK}
    dumps = line.both([("dump", village) for village in villages])
    for records in (records_in(answer.done()) for answer in dumps):
        found |= set(_told_by(records))
        public |= {person["name"] for person in records["mediator"] + records["adviser"]}
    # A mediator stands in the workbook by name; a party of the same name could not be told apart.
    secret = sorted(text for text in found - public if len(text) > 1)
    assert len(secret) > 300
    return secret


def _told_by(records: Records) -> Iterator[str]:
    for person in records["party"] + records["agent"]:
        yield person["name"]
        yield from filter(None, (person["id_number"], person["phone"]))
    for kind, names in _WRITTEN.items():
        texts = (record[name] for record in records[kind] for name in names)
        yield from (text for text in texts if len(text) >= _TELLING)


def _inside(path: Path) -> Iterator[bytes]:
    """A file as it lies there and, if it is a workbook, everything packed into it."""
    yield path.read_bytes()
    if not zipfile.is_zipfile(path):
        return
    with zipfile.ZipFile(path) as archive:
        yield from (archive.read(name) for name in archive.namelist())
    book = load_workbook(path, read_only=True)
    if _HIDDEN in book.sheetnames:
        cells = [str(row[0]) for row in book[_HIDDEN].iter_rows(values_only=True)]
        coded = [part for cell in cells for part in _BASE64.findall(cell.encode())]
        for part in (*coded, b"".join(coded)):
            yield from _decoded(part)
    book.close()


def _decoded(coded: bytes) -> Iterator[bytes]:
    """What base64 says, as it is and, where anything can be inflated, inflated."""
    try:
        content = base64.b64decode(coded + b"=" * (-len(coded) % 4))
    except binascii.Error:
        return
    yield content
    for window in (zlib.MAX_WBITS, -zlib.MAX_WBITS, zlib.MAX_WBITS | 16):
        press = zlib.decompressobj(window)
        with suppress(zlib.error):
            yield press.decompress(content)


def _tells(paths: Iterable[Path], secrets: list[str]) -> set[tuple[str, str]]:
    """Which file tells which secret."""
    plain = [(secret, secret.encode()) for secret in secrets]
    found = set()
    for path in paths:
        for content in _inside(path):
            # Most secrets are numbers, and few bytes of a file are: look for those only there.
            digits = b" ".join(_NUMBERS.findall(content))
            for secret, coded in plain:
                if coded in (digits if _NUMBERS.fullmatch(coded) else content):
                    found.add((path.name, secret))
    return found


def _files(*folders: Path) -> list[Path]:
    return [path for folder in folders for path in folder.rglob("*") if path.is_file()]


def test_nobody_is_told(
    line: Line,
    secrets: list[str],
    township: Path,
    packages: list[Path],
    office: Path,
    full_office: Path,
    villages: list[Path],
    tmp_path: Path,
) -> None:
    own = copied(office, tmp_path / "office")
    line("report", own, "--period", "2026", "--out", tmp_path / "report.xlsx").done()
    line("undo", own, line("batches", own).done().split("\t")[0]).done()
    village = copied(villages[6], tmp_path / "village")
    line("report", village, "--period", "2026", "--out", tmp_path / "own-report.xlsx").done()
    backups = _files(own / "backups", full_office / "backups")
    assert sum(path.name == "register.db" for path in backups) >= 3
    files = _files(township / WORKBOOKS, packages[0].parent, office, full_office, tmp_path)
    files += _files(line.home, line.temporary)
    assert sum(path.suffix == ".xlsx" for path in files) == 22
    assert sum(path.name == "register.db" for path in files) >= 7
    assert _tells(files, secrets) == set()


def test_a_package_in_full_tells(
    line: Line, secrets: list[str], villages: list[Path], tmp_path: Path
) -> None:
    """The test of the test: where names are meant to be, they are found."""
    village = copied(villages[6], tmp_path / "village")
    full = tmp_path / "full.xlsx"
    words = ["--period", "2026", "--out", full, "--unmasked-for", "双龙司法所"]
    line("export", village, *words).done()
    told = {secret for _, secret in _tells([full], secrets)}
    assert len(told) > 10
    assert any(secret.startswith("99") and len(secret) == 18 for secret in told)
    dump = tmp_path / "dump.jsonl"
    dump.write_text(line.dump(village), encoding="utf-8")
    assert told <= {secret for _, secret in _tells([dump], secrets)}


def test_an_office_that_received_in_full_keeps_it_locked(
    line: Line, secrets: list[str], empty_office: Path, villages: list[Path], tmp_path: Path
) -> None:
    village = copied(villages[6], tmp_path / "village")
    office, full = copied(empty_office, tmp_path / "office"), tmp_path / "full.xlsx"
    words = ["--period", "2026", "--out", full, "--unmasked-for", "双龙司法所"]
    line("export", village, *words).done()
    line("import", office, full).done()
    dump = line.dump(office)
    assert any(secret in dump for secret in secrets)
    files = _files(office, village, line.home, line.temporary)
    assert _tells(files, secrets) == set()


def test_nothing_is_left_in_the_temporary_folder(line: Line, office: Path) -> None:
    assert _files(line.temporary) == []
    assert office.exists()


def test_what_was_sealed_is_in_full_in_the_offices_register(
    line: Line, secrets: list[str], office: Path
) -> None:
    dump = line.dump(office)
    records = records_in(dump)
    assert records["party"]
    assert all(party["personal_revision"] for party in records["party"])
    assert len([secret for secret in secrets if secret in dump]) > 10
    assert all(package["sealed"] and package["signer"] for package in records["package"])
