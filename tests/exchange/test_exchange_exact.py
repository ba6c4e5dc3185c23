"""Lines of an exact copy that are no records are rejected one by one, with their reason."""

import base64
import hashlib
import json
import zlib

import pytest
from sample_packages import VILLAGE, made_contents, made_head, records_of

from mediation_desk.domain.records import canonical, to_plain
from mediation_desk.exchange import exact
from mediation_desk.exchange.cells import Tally


def _forged(*lines: bytes) -> list[str]:
    """An exact copy with these lines and a digest that fits."""
    _, cells = exact.Encoder(made_head(), Tally()).finished()
    described = json.loads(cells[0])
    payload = b"".join(line + b"\n" for line in lines)
    digest = hashlib.sha256(payload + exact._stable(described)).hexdigest()
    described["digest"] = digest
    return [canonical(described), base64.b64encode(zlib.compress(payload)).decode()]


UNIT = canonical(to_plain(VILLAGE))


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (b"{}", "读不出来"),
        (b"not json", "读不出来"),
        (b"[" * 100_000, "读不出来"),
        (b'["report",{"id":"x"}]', "不随月报报送"),
        (b'["dispute",{"id":"x"}]', "缺少必需的项"),
        (b'["dispute",{"id":""}]', "没有有效的标识"),
        (b'["unit",[1,2]]', "读不出来"),
        (f'["unit",{UNIT}]'.replace('"revision":1', '"revision":1e3').encode(), "不是有效的值"),
        (f'["unit",{UNIT}]'.replace('"revision":1', f'"revision":{10**20}').encode(), "过大"),
        (f'["unit",{UNIT}]'.replace("梨子村", "\\ud800").encode(), "无效字符"),
        (f'["unit",{UNIT}]'.replace('"kind":"10"', '"kind":"11"').encode(), "不是有效的值"),
        (f'["unit",{UNIT}]'.replace('"code"', '"codes"').encode(), "不认识的项"),
    ],
)
def test_bad_line_is_rejected_with_its_reason(line: bytes, words: str) -> None:
    copy = exact.decoded(_forged(f'["unit",{UNIT}]'.encode(), line))
    assert copy.records == (VILLAGE,)
    (rejected,) = copy.rejected
    assert rejected.line == 2
    assert words in rejected.reason
    assert copy.count == 2


def test_digits_in_a_text_are_no_huge_number() -> None:
    """The number of an account, after a colon or a comma, once kept its case out of the office."""
    told = f"{VILLAGE.name}:6222021234567890123,6222021234567890124"
    line = f'["unit",{UNIT}]'.replace(VILLAGE.name, told).encode()
    (record,) = exact.decoded(_forged(line)).records
    assert told in to_plain(record).values()


def test_a_record_is_handed_on_in_the_very_text_in_which_it_came() -> None:
    ours, other = f'["unit",{UNIT}]'.encode(), f'[ "unit", {UNIT}]'.replace("u1", "u2").encode()
    copy = exact.decoded(_forged(ours))
    assert list(copy.texts.values()) == [(VILLAGE, UNIT)]
    assert copy.texts["unit", VILLAGE.id][0] is copy.records[0]
    assert not exact.decoded(_forged(other)).texts


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("unit", 5),
        ("unit", {}),
        ("period", ["2026-10-31", "2026-10-01"]),
        ("period", "2026"),
        ("number", 0),
        ("number", "7"),
        ("basis", "other"),
        ("types", "17"),
        ("made_on", "tomorrow"),
        ("personal", True),
        ("pattern", "{number.real}"),
        ("pattern", "{number:999999999d}"),
    ],
)
def test_bad_head_is_refused(name: str, value: object) -> None:
    _, cells = exact.Encoder(made_head(), Tally()).finished()
    described = json.loads(cells[0])
    described[name] = value
    described["digest"] = hashlib.sha256(exact._stable(described)).hexdigest()
    with pytest.raises(exact.NoExactCopy, match="说明不完整"):
        exact.decoded([canonical(described), *cells[1:]])


def test_large_copy_spans_cells() -> None:
    contents = made_contents(3000)
    records = records_of(contents)
    encoder = exact.Encoder(contents.head, Tally())
    encoder.add(contents.others)
    for batch in contents.batches:
        encoder.add(batch)
    digest, cells = encoder.finished()
    assert len(cells) > 3
    assert max(map(len, cells)) <= exact.CHUNK
    assert exact.decoded(cells).records == records
    assert exact.decoded(cells).digest == digest


UNIT_NAMES = ("a" * 12, "b" * 12 + "-", "?name")


def _pressed(*lines: bytes, **described: object) -> list[str]:
    """An exact copy as `_forged`, with another description."""
    told = json.loads(_forged()[0]) | described
    payload = b"".join(line + b"\n" for line in lines)
    told["digest"] = hashlib.sha256(payload + exact._stable(told)).hexdigest()
    return [canonical(told), base64.b64encode(zlib.compress(payload)).decode()]


def test_a_line_tells_its_versions_and_the_digest_covers_them() -> None:
    encoder = exact.Encoder(made_head(), Tally())
    encoder.add((VILLAGE,), {("unit", VILLAGE.id): UNIT_NAMES})
    digest, cells = encoder.finished()
    copy = exact.decoded(cells)
    assert (copy.format, copy.records) == (2, (VILLAGE,))
    assert copy.lineages == {("unit", VILLAGE.id): UNIT_NAMES}
    bare = exact.Encoder(made_head(), Tally())
    bare.add((VILLAGE,))
    assert bare.finished()[0] != digest
    payload = zlib.decompress(base64.b64decode(cells[1]))
    other = base64.b64encode(zlib.compress(payload.replace(b"a" * 12, b"c" * 12))).decode()
    with pytest.raises(exact.NoExactCopy, match="校验值"):
        exact.decoded([cells[0], other])


def test_a_copy_of_the_first_format_is_still_read() -> None:
    copy = exact.decoded(_pressed(f'["unit",{UNIT}]'.encode(), format=1))
    assert (copy.format, copy.records, dict(copy.lineages)) == (1, (VILLAGE,), {})


@pytest.mark.parametrize(
    "lineage", ['""', '"x"', "5", "[]", f'"{"a" * 13}"', f'"{"a" * 12}  {"b" * 12}"']
)
def test_a_line_with_broken_versions_is_rejected(lineage: str) -> None:
    copy = exact.decoded(_forged(f'["unit",{UNIT},{lineage}]'.encode()))
    assert copy.records == ()
    (rejected,) = copy.rejected
    assert "读不出来" in rejected.reason
