"""Ways in which a workbook is damaged, by accident or on purpose, each from dice alone."""

import io
import random
import re
import zipfile
from collections.abc import Callable, Iterator
from itertools import pairwise

Damage = Callable[[bytes, random.Random], bytes]
_SHEET = re.compile(r"xl/worksheets/sheet\d+\.xml")


def flipped(content: bytes, dice: random.Random) -> bytes:
    damaged = bytearray(content)
    for _ in range(dice.choice((1, 1, 3, 30))):
        damaged[dice.randrange(len(damaged))] ^= 1 << dice.randrange(8)
    return bytes(damaged)


def cut(content: bytes, dice: random.Random) -> bytes:
    return content[: dice.randrange(len(content))]


def overwritten(content: bytes, dice: random.Random) -> bytes:
    at, size = dice.randrange(len(content)), dice.randrange(1, 4096)
    return content[:at] + dice.randbytes(size) + content[at + size :]


def shortened(content: bytes, dice: random.Random) -> bytes:
    at, size = dice.randrange(len(content)), dice.randrange(1, 512)
    return content[:at] + content[at + size :]


def other_digits(content: bytes, dice: random.Random) -> bytes:
    """Other digits in some places: still well-formed, no longer true."""
    damaged = bytearray(content)
    places = [place for place, byte in enumerate(damaged) if byte in b"0123456789"]
    for place in dice.sample(places, min(len(places), 8)):
        damaged[place] = dice.choice(b"0123456789")
    return bytes(damaged)


def _packed(parts: Iterator[tuple[str, bytes]]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new:
        for name, part in parts:
            new.writestr(name, part)
    return made.getvalue()


def _parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as old:
        return {name: old.read(name) for name in old.namelist()}


def _one_part(content: bytes, dice: random.Random, damage: Damage, pattern: str = ".") -> bytes:
    """Damage inside a part, packed again so that every checksum of the archive is right."""
    parts = _parts(content)
    names = [name for name in parts if re.search(pattern, name) and parts[name]]
    if not names:
        return content
    hurt = dice.choice(names)
    parts[hurt] = damage(parts[hurt], dice)
    return _packed(iter(parts.items()))


def part_damaged(content: bytes, dice: random.Random) -> bytes:
    damage = dice.choice((flipped, cut, overwritten, shortened, other_digits))
    return _one_part(content, dice, damage)


def part_removed(content: bytes, dice: random.Random) -> bytes:
    parts = _parts(content)
    del parts[dice.choice(list(parts))]
    return _packed(iter(parts.items()))


def parts_swapped(content: bytes, dice: random.Random) -> bytes:
    parts = _parts(content)
    one, other = dice.sample(list(parts), 2)
    parts[one], parts[other] = parts[other], parts[one]
    return _packed(iter(parts.items()))


def part_renamed(content: bytes, dice: random.Random) -> bytes:
    parts = _parts(content)
    chosen = dice.choice(list(parts))
    other = dice.choice((chosen.upper(), chosen.replace("/", "\\"), f"../{chosen}", "x" * 300))
    return _packed((other if name == chosen else name, part) for name, part in parts.items())


def _xml_broken(part: bytes, dice: random.Random) -> bytes:
    tags = [found.span() for found in re.finditer(rb"<[^>]{1,200}>", part)]
    if len(tags) < 3:
        return part
    kind = dice.randrange(4)
    start, end = dice.choice(tags)
    if kind == 0:
        return part[:start] + part[end:]
    if kind == 1:
        return part[:end] + part[start:end] + part[end:]
    if kind == 2:
        first, last = sorted(dice.sample(range(len(part)), 2))
        return part[:first] + part[first : min(last, first + 4000)] * 2 + part[first:]
    (one, two), (three, four) = sorted(dice.sample(tags, 2))
    return part[:one] + part[three:four] + part[two:three] + part[one:two] + part[four:]


def xml_broken(content: bytes, dice: random.Random) -> bytes:
    return _one_part(content, dice, _xml_broken, r"\.(xml|rels)$")


def _attribute(part: bytes, dice: random.Random) -> bytes:
    """One attribute with a value that nobody expects."""
    found = [entry.span(1) for entry in re.finditer(rb'="([^"]{0,80})"', part)]
    if not found:
        return part
    start, end = dice.choice(found)
    odd = dice.choice(
        (b"", b"-1", b"99999999999999999999", b"NaN", b"1e999", b"A1:XFD1048576", b"XFD1048576",
         b"\xf0\xa0\xae\xb7", b"&#0;", b"&#x41;" * 50, b"true", b"0x7fffffff", b"n" * 5000)
    )  # fmt: skip
    return part[:start] + odd + part[end:]


def attribute_odd(content: bytes, dice: random.Random) -> bytes:
    return _one_part(content, dice, _attribute, r"\.(xml|rels)$")


def _value(part: bytes, dice: random.Random) -> bytes:
    """One value of a cell that is out of every range."""
    found = [entry.span(1) for entry in re.finditer(rb"<(?:v|t|f)(?: [^>]*)?>([^<]*)<", part)]
    if not found:
        return part
    start, end = dice.choice(found)
    odd = dice.choice(
        (b"", b"-1e308", b"1e999", b"nan", b"9" * 400, b"2958466", b"-1", b"4294967296",
         b"{" * 9000,
         b'{"mark":"mediation-desk-package","format":1e400}', b"[" * 200_000, b"A" * 2_000_000,
         b"=" * 40, b"\xef\xbf\xbe", b"&#xD800;", b"_xD800_", "陶".encode() * 40_000)
    )  # fmt: skip
    return part[:start] + odd + part[end:]


def value_odd(content: bytes, dice: random.Random) -> bytes:
    return _one_part(content, dice, _value, r"(sheet\d+|sharedStrings)\.xml$")


def _huge(part: bytes, dice: random.Random) -> bytes:
    """Sizes, rows, columns and merged areas beyond anything that is there."""
    far = dice.choice(
        (
            b'<row r="1048576"><c r="A1048576"/></row>',
            b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
            b'<row r="2000000000"><c><v>1</v></c></row>',
            b"".join(b'<row r="%d"/>' % number for number in range(500, 30_000)),
            b'<row r="900">' + b"<c><v>1</v></c>" * 300 + b"</row>",
            b'<row r="901">' + b'<c s="1"/>' * 17_000 + b"</row>",
        )
    )
    merge = dice.choice((b"A1:XFD1048576", b"A1:A200000", b"B2:B2", b"A:A", b"x"))
    part = part.replace(b"</sheetData>", far + b"</sheetData>")
    size = dice.choice((b"A1", b"A1:XFD1048576", b"Z9:A1", b"?"))
    part = re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="%b"' % size, part)
    if dice.randrange(2):
        merged = b'<mergeCells count="1"><mergeCell ref="%b"/></mergeCells>' % merge
        part = part.replace(b"</sheetData>", b"</sheetData>" + merged)
    return part


def huge(content: bytes, dice: random.Random) -> bytes:
    return _one_part(content, dice, _huge, _SHEET.pattern)


def _nested(part: bytes, dice: random.Random) -> bytes:
    depth = dice.choice((200, 5_000, 60_000))
    inside = b"<a>" * depth + b"</a>" * depth
    at = part.rfind(b"</")
    return part[:at] + inside + part[at:] if at > 0 else part


def nested(content: bytes, dice: random.Random) -> bytes:
    return _one_part(content, dice, _nested, r"\.(xml|rels)$")


def _declared(part: bytes, dice: random.Random) -> bytes:
    """A document type with entities, or another encoding than the part has."""
    kind = dice.randrange(3)
    if kind == 0:
        lines = b"".join(
            b'<!ENTITY %c "&%c;&%c;&%c;">' % (two, one, one, one)
            for one, two in pairwise(b"abcdefghij")
        )
        return re.sub(rb"(<\w)", b'<!DOCTYPE w [<!ENTITY a "x">' + lines + rb"]>\1", part, count=1)
    if kind == 1:
        return b'<?xml version="1.0" encoding="UTF-16"?>' + part
    return part.decode("utf-8", "replace").encode("utf-16")


def declared(content: bytes, dice: random.Random) -> bytes:
    return _one_part(content, dice, _declared, r"\.(xml|rels)$")


def many_parts(content: bytes, dice: random.Random) -> bytes:
    parts = _parts(content)
    more = {f"xl/x{number}.xml": b"<a/>" for number in range(dice.choice((50, 2_500)))}
    return _packed(iter({**parts, **more}.items()))


def swollen(content: bytes, dice: random.Random) -> bytes:
    """A part that is mostly nothing, with the size its directory tells."""
    parts = _parts(content)
    chosen = dice.choice(list(parts))
    parts[chosen] += b" " * dice.choice((300_000, 3_000_000))
    return _packed(iter(parts.items()))


KINDS: tuple[Damage, ...] = (
    *(flipped, cut, overwritten, shortened, part_damaged, part_damaged, part_removed),
    *(parts_swapped, part_renamed, xml_broken, xml_broken, attribute_odd, attribute_odd),
    *(value_odd, value_odd, huge, huge, nested, declared, many_parts, swollen),
)
