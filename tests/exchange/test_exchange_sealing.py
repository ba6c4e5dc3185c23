"""A sealed package tells nobody without the key, and says what is wrong with it."""

import base64
import dataclasses
import hashlib
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from sample_packages import TODAY, counts_for, made_contents, records_of

from mediation_desk.domain.cases import Dispute, Party
from mediation_desk.domain.masks import masked
from mediation_desk.domain.records import canonical
from mediation_desk.exchange import exact, hidden, reading
from mediation_desk.exchange.cells import Tally
from mediation_desk.exchange.columns import LEDGER, SHEETS
from mediation_desk.exchange.hidden import Locked
from mediation_desk.exchange.incoming import Incoming, read_package
from mediation_desk.exchange.sealing import (
    DeskKey,
    NotOurs,
    NotToBeTaken,
    Seal,
    SealBroken,
    Sealer,
    Unsealer,
    fingerprint,
    is_public_key,
    is_signed,
    is_signed_up,
)
from mediation_desk.exchange.writing import write_package

VILLAGE_KEY, OFFICE_KEY, STRANGER = (DeskKey(bytes([number]) * 32) for number in (1, 2, 3))
SEAL = Seal(VILLAGE_KEY, OFFICE_KEY.public, "双龙司法所")
SCAN = hashlib.shake_256(b"scan").digest(60_000)
SHA = hashlib.sha256(SCAN).hexdigest()


def _written(folder: Path, seal: Seal | None = SEAL, cases: int = 12, **head: object) -> Path:
    contents = made_contents(cases, **head)
    if seal is not None and seal.to:
        contents = dataclasses.replace(contents, enclosed=[(SHA, SCAN)])
    return write_package(contents, counts_for(contents), folder / "a.xlsx", seal).path


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _written(tmp_path_factory.mktemp("sealed"))


def _edited(package: Path, target: Path, change: Callable[[list[str]], None]) -> Path:
    """A copy of the package with the cells of its hidden sheet changed."""
    book = load_workbook(package)
    sheet = book["_exact"]
    cells = [str(row[0].value) for row in sheet.iter_rows(max_col=1)]
    change(cells)
    sheet.delete_rows(1, sheet.max_row)
    for number, cell in enumerate(cells, 1):
        sheet.cell(number, 1, cell)
    book.save(target)
    book.close()
    return target


def test_the_office_reads_all_in_full(package: Path) -> None:
    incoming = read_package(package, TODAY, OFFICE_KEY)
    assert incoming.records == records_of(made_contents())
    assert (incoming.signer, incoming.sealed) == (VILLAGE_KEY.public, True)
    assert incoming.enclosed == {SHA: SCAN}
    assert [entry for entry in incoming.problems if entry.rule.startswith("W")] == []
    assert not incoming.accounting.changed + incoming.accounting.strangers


def test_its_sheets_stay_masked(package: Path) -> None:
    told = "\n".join(
        str(cell)
        for sheet in load_workbook(package).worksheets
        for row in sheet.iter_rows(values_only=True)
        for cell in row
    )
    people = [record for record in records_of(made_contents()) if isinstance(record, Party)]
    assert all(party.name not in told and party.phone not in told for party in people)
    assert all(masked(party).name in told for party in people)
    assert "已签名、已封存给双龙司法所；内附附件1个" in told


def test_without_a_seal_the_cover_says_so_and_records_stay_masked(tmp_path: Path) -> None:
    path = _written(tmp_path, None)
    cover = load_workbook(path)["封面"]
    assert "未开户：脱敏、未签名" in [row[1] for row in cover.iter_rows(values_only=True)]
    incoming = read_package(path, TODAY)
    assert (incoming.signer, incoming.sealed) == ("", False)
    assert incoming.records == tuple(map(masked, records_of(made_contents())))


def test_a_signature_alone_leaves_records_masked(tmp_path: Path) -> None:
    incoming = read_package(_written(tmp_path, Seal(VILLAGE_KEY)), TODAY)
    assert (incoming.signer, incoming.sealed) == (VILLAGE_KEY.public, False)
    assert incoming.records == tuple(map(masked, records_of(made_contents())))


def test_scans_never_leave_unsealed(tmp_path: Path) -> None:
    contents = dataclasses.replace(made_contents(), enclosed=[(SHA, SCAN)])
    with pytest.raises(RuntimeError, match="scans"):
        write_package(contents, counts_for(contents), tmp_path / "a.xlsx", Seal(VILLAGE_KEY))


def test_without_a_key_it_is_locked(package: Path) -> None:
    with pytest.raises(Locked, match="封存给双龙司法所") as found:
        read_package(package, TODAY)
    assert found.value.described["number"] == 7


def test_another_office_cannot_open_it(package: Path) -> None:
    with pytest.raises(NotOurs, match=r"封存给了双龙司法所.*开户文件"):
        read_package(package, TODAY, STRANGER)


def _cut_end(cells: list[str]) -> None:
    del cells[-1]


def _cut_within(cells: list[str]) -> None:
    cells[-1] = cells[-1][: len(cells[-1]) // 8 * 4]


def _turn(cells: list[str]) -> None:
    middle = bytearray(base64.b64decode(cells[1]))
    middle[100] ^= 1
    cells[1] = base64.b64encode(middle).decode()


def _swap(cells: list[str]) -> None:
    cells[1], cells[2] = cells[2], cells[1]


@pytest.mark.parametrize(
    ("change", "why"),
    [(_cut_end, "应有.段，只有.段"), (_cut_within, "校验值"), (_turn, "校验值"), (_swap, "校验值")],
)
def test_a_sealed_part_that_is_not_whole(
    package: Path, tmp_path: Path, change: Callable[[list[str]], None], why: str
) -> None:
    path = _edited(package, tmp_path / "b.xlsx", change)
    for key in (OFFICE_KEY, None):
        with pytest.raises(NotToBeTaken, match=f"封存的部分不完整或被改动过（.*{why}"):
            read_package(path, TODAY, key)


def _described(cells: list[str], **changes: Any) -> None:
    cells[0] = canonical(json.loads(cells[0]) | changes)


@pytest.mark.parametrize(
    "changes",
    [
        {"number": 8},
        {"made_by": "别人"},
        {"signature": "00" * 64},
        {"signature": "x"},
        {"signature": 5},
        {"signature": ""},
        {"signer": STRANGER.public},
        {"signer": "zz"},
        {"signer": ""},
        {"sign_up": "00"},
    ],
)
def test_a_broken_signature(package: Path, tmp_path: Path, changes: dict[str, Any]) -> None:
    path = _edited(package, tmp_path / "b.xlsx", lambda cells: _described(cells, **changes))
    with pytest.raises(NotToBeTaken, match="签名与内容对不上"):
        read_package(path, TODAY, OFFICE_KEY)


@pytest.mark.parametrize(
    "sealed", [None, 5, [], {}, {"to": "x"}, {"parts": "many", "digest": "", "name": "", "key": ""}]
)
def test_a_seal_that_says_nothing(package: Path, sealed: Any) -> None:
    described = json.loads(load_workbook(package)["_exact"]["A1"].value) | {"sealed": sealed}
    del described["signature"], described["signer"]
    with pytest.raises(NotToBeTaken, match="封存的部分不完整"):
        exact.decoded([canonical(described), "AAAA"], OFFICE_KEY)


def test_sealed_twice_is_the_same_package_and_other_bytes() -> None:
    contents = made_contents()
    made = []
    for _ in range(2):
        encoder = exact.Encoder(contents.head, Tally(), SEAL)
        encoder.add(records_of(contents))
        made.append(encoder.finished())
    assert made[0][0] == made[1][0]
    assert made[0][1][1:] != made[1][1][1:]


@pytest.mark.parametrize("size", [0, 1, 22_482, 22_483, 22_484, 44_966, 100_000])
def test_every_size_opens_to_what_it_was(size: int) -> None:
    pressed = hidden.Pressed(SEAL)
    # What cannot be pressed, so that the parts are as long as they can be.
    line = base64.b85encode(hashlib.shake_256(b"x").digest(size))
    pressed.add([line])
    _, cells = pressed.finished({"mark": hidden.PACKAGE}, b"")
    assert max(map(len, cells[1:])) <= hidden.CHUNK
    assert hidden.unpacked(cells, json.loads(cells[0]), OFFICE_KEY) == line + b"\n"


def test_a_stream_knows_its_end() -> None:
    sealer = Sealer(OFFICE_KEY.public)
    parts = [sealer.sealed(b"one", last=False), sealer.sealed(b"two", last=True)]
    content_key = OFFICE_KEY.content_key(sealer.sealed_key)
    unsealer = Unsealer(content_key, sealer.header)
    assert unsealer.opened(parts[0]) == b"one"
    assert not unsealer.finished
    assert unsealer.opened(parts[1]) == b"two"
    assert unsealer.finished
    with pytest.raises(SealBroken):
        unsealer.opened(parts[1])


def test_signatures_are_for_one_purpose() -> None:
    signed, signed_up = VILLAGE_KEY.sign(b"x"), VILLAGE_KEY.sign_up("ab", "u")
    assert is_signed(VILLAGE_KEY.public, b"x", signed)
    assert not is_signed(STRANGER.public, b"x", signed)
    assert not is_signed(VILLAGE_KEY.public, b"x", signed_up)
    assert is_signed_up(VILLAGE_KEY.public, "ab", "u", signed_up)
    assert not is_signed_up(VILLAGE_KEY.public, "ab", "v", signed_up)


def test_fingerprint_can_be_said_by_phone() -> None:
    told = fingerprint(OFFICE_KEY.public)
    assert [len(group) for group in told.split()] == [4] * 6
    assert told.replace(" ", "").isdigit()
    assert told != fingerprint(VILLAGE_KEY.public)


def test_what_is_no_key() -> None:
    assert is_public_key(OFFICE_KEY.public)
    for wrong in ("", "zz", OFFICE_KEY.public[:-2], "00" * 32, None, 5, OFFICE_KEY.public.upper()):
        assert not is_public_key(wrong)


def test_an_enclosed_scan_that_was_exchanged_is_rejected() -> None:
    contents = made_contents(1)
    encoder = exact.Encoder(contents.head, Tally(), SEAL)
    encoder.add(records_of(contents))
    encoder.enclose([(SHA, b"another"), (SHA[::-1], SCAN)])
    copy = exact.decoded(encoder.finished()[1], OFFICE_KEY)
    assert copy.enclosed == {}
    assert {(entry.kind, entry.id) for entry in copy.rejected} == {
        ("bytes", SHA),
        ("bytes", SHA[::-1]),
    }
    assert copy.count == len(copy.records) + 2


def _inside(path: Path) -> bytes:
    with zipfile.ZipFile(path) as archive:
        return b"\n".join(archive.read(name) for name in archive.namelist())


def test_masked_or_in_full_the_sheets_are_compared_as_they_are(tmp_path: Path) -> None:
    path = _written(tmp_path, unmasked_for="双龙司法所")
    incoming: Incoming = read_package(path, TODAY, OFFICE_KEY)
    assert not incoming.accounting.changed + incoming.accounting.strangers
    people = [record for record in incoming.records if isinstance(record, Party)]
    assert people[0].name.encode() in _inside(path)


def _forged_sums(package: Path, folder: Path, key: DeskKey | None) -> Path:
    """The ledger changed by hand and the description made to say that it is as written."""
    book = load_workbook(package, data_only=True)
    book[LEDGER.title]["C6"].value = "改过的字"
    book.save(folder / "changed.xlsx")
    with reading.opened(folder / "changed.xlsx") as opened:
        told = opened.sums[LEDGER.title]

    def forge(cells: list[str]) -> None:
        described = json.loads(cells[0])
        assert described["shown"][LEDGER.title] != told
        payload = hidden.unpacked(cells, described, key)
        described["shown"][LEDGER.title] = told
        digest = hashlib.sha256(payload + exact._stable(described)).hexdigest()
        cells[0] = canonical(described | {"digest": digest})

    return _edited(folder / "changed.xlsx", folder / "forged.xlsx", forge)


def test_only_who_signed_can_say_what_the_sheets_show(package: Path, tmp_path: Path) -> None:
    with pytest.raises(NotToBeTaken, match="签名"):
        read_package(_forged_sums(package, tmp_path, OFFICE_KEY), TODAY, OFFICE_KEY)
    unsigned = read_package(_forged_sums(_written(tmp_path, None), tmp_path, None), TODAY)
    assert [json.loads(edit.new) for edit in unsigned.edits] == ["改过的字"]


def test_rows_known_by_their_signed_checksum_are_told_with_their_places(package: Path) -> None:
    with reading.opened(package) as book:
        copy = exact.decoded([row[0] for row in book.sheets["_exact"]], OFFICE_KEY)
        assert copy.shown == {sheet.title: book.sums[sheet.title] for sheet in SHEETS}
    came = read_package(package, TODAY, OFFICE_KEY)
    assert came.accounting.same == came.accounting.rows > 12
    disputes = [record for record in came.records if isinstance(record, Dispute)]
    disputes.sort(key=lambda entry: (entry.year, entry.number))
    assert came.rows == {entry.id: number for number, entry in enumerate(disputes, 5)}
