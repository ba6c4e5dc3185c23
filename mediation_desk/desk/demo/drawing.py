"""Small pictures drawn for the demo in place of scans and photos; nobody is on them.

PNGs of a few colours, made without Qt so that the demo does not load it, and the same each time.
"""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import cos, pi, sin
from random import Random

_WHITE, _INK, _GREY, _RED, _BLUE = range(5)
_SKY, _GRASS, _HILL, _WALL, _ROOF, _EARTH, _WATER = range(5, 12)
_COLOURS = (
    (255, 255, 255), (45, 45, 50), (176, 178, 182), (196, 40, 40), (40, 70, 150),
    (214, 228, 240), (150, 178, 110), (104, 140, 98), (226, 220, 206), (120, 96, 88),
    (170, 140, 104), (110, 150, 176),
)  # fmt: skip
_SHEET, _SLIP, _PHOTO = (420, 594), (420, 260), (480, 360)


@dataclass
class _Canvas:
    """Rows of colour numbers that are filled stretch by stretch."""

    wide: int
    high: int
    colour: int = _WHITE
    rows: list[bytearray] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.rows = [bytearray([self.colour]) * self.wide for _ in range(self.high)]

    def fill(self, left: float, top: float, right: float, bottom: float, colour: int) -> None:
        """A rectangle; what lies outside is left out."""
        first, last = max(round(left), 0), min(round(right), self.wide)
        if last > first:
            for row in self.rows[max(round(top), 0) : max(round(bottom), 0)]:
                row[first:last] = bytes([colour]) * (last - first)

    def frame(self, left: float, top: float, right: float, bottom: float) -> None:
        """A thin border."""
        self.fill(left, top, right, top + 2, _INK)
        self.fill(left, bottom - 2, right, bottom, _INK)
        self.fill(left, top, left + 2, bottom, _INK)
        self.fill(right - 2, top, right, bottom, _INK)

    def oval(self, x: float, y: float, wide: float, high: float, colour: int) -> None:
        """An ellipse about a point, filled."""
        for step in range(-round(high), round(high) + 1):
            half = wide * max(1 - (step / high) ** 2, 0) ** 0.5
            self.fill(x - half, y + step, x + half, y + step + 1, colour)

    def stroke(self, points: Sequence[tuple[float, float]], colour: int, thick: float = 2) -> None:
        """A line through points as a pen draws it."""
        for (left, top), (right, bottom) in pairwise(points):
            steps = max(round(max(abs(right - left), abs(bottom - top))), 1)
            for step in range(steps + 1):
                x = left + (right - left) * step / steps
                y = top + (bottom - top) * step / steps
                self.fill(x - thick / 2, y - thick / 2, x + thick / 2, y + thick / 2, colour)

    def below(self, points: Sequence[tuple[float, float]], colour: int) -> None:
        """Everything below a line that goes from left to right."""
        for (left, top), (right, bottom) in pairwise(points):
            for x in range(round(left), round(right)):
                y = top + (bottom - top) * (x - left) / (right - left)
                for row in self.rows[round(y) :]:
                    row[x] = colour

    def png(self) -> bytes:
        """The picture as a file."""
        head = self.wide.to_bytes(4) + self.high.to_bytes(4) + bytes((8, 3, 0, 0, 0))
        colours = b"".join(map(bytes, _COLOURS))
        lines = zlib.compress(b"".join(b"\0" + row for row in self.rows), 9)
        parts = ((b"IHDR", head), (b"PLTE", colours), (b"IDAT", lines), (b"IEND", b""))
        return b"\x89PNG\r\n\x1a\n" + b"".join(_part(*part) for part in parts)


def _part(kind: bytes, content: bytes) -> bytes:
    crc = zlib.crc32(kind + content)
    return len(content).to_bytes(4) + kind + content + crc.to_bytes(4)


def _words(
    canvas: _Canvas, rng: Random, top: float, lines: int, left: float = 50, right: float = 370
) -> float:
    """Lines of text as one sees them from afar; where they end."""
    for line in range(lines):
        end = right if line < lines - 1 else left + rng.randrange(60, round(right - left))
        x = left + (24 if line == 0 else 0)
        while x < end:
            wide = min(rng.randrange(12, 60), end - x)
            canvas.fill(x, top, x + wide, top + 7, _GREY)
            x += wide + 5
        top += 17
    return top


def _signature(canvas: _Canvas, rng: Random, x: float, y: float) -> None:
    points = [(x + step * 6, y + rng.uniform(-9, 9)) for step in range(11)]
    canvas.stroke(points, _INK)


def _fingerprint(canvas: _Canvas, x: float, y: float) -> None:
    for ring in range(4, 0, -1):
        canvas.oval(x, y, ring * 3, ring * 4, _RED)
        canvas.oval(x, y, ring * 3 - 1.5, ring * 4 - 1.5, _WHITE)


def _seal(canvas: _Canvas, x: float, y: float) -> None:
    ring = [(x + 44 * cos(a * pi / 60), y + 44 * sin(a * pi / 60)) for a in range(121)]
    canvas.stroke(ring, _RED, 3)
    corners = [(a * 4 * pi / 5 - pi / 2) for a in range(6)]
    canvas.stroke([(x + 17 * cos(a), y + 17 * sin(a)) for a in corners], _RED, 3)


def identity_sheet(seed: int) -> bytes:
    """Two cards copied onto a sheet, with a grey shape where a face would be."""
    rng, canvas = Random(seed), _Canvas(*_SHEET)
    for top in (70, 320):
        canvas.frame(70, top, 350, top + 180)
        _words(canvas, rng, top + 24, 4, 90, 230)
        canvas.oval(292, top + 58, 24, 30, _GREY)
        canvas.oval(292, top + 132, 42, 36, _GREY)
        canvas.fill(240, top + 142, 346, top + 178, _WHITE)
        for digit in range(18):
            canvas.fill(112 + digit * 11, top + 152, 119 + digit * 11, top + 163, _INK)
    return canvas.png()


def signed_sheet(seed: int) -> bytes:
    """A page of text with two signatures, fingerprints and a seal."""
    rng, canvas = Random(seed), _Canvas(*_SHEET)
    canvas.fill(130, 44, 290, 60, _INK)
    top = 86.0
    for lines in (3, 4, 2):
        top = _words(canvas, rng, top, lines) + 12
    for place in range(3):
        y = 350 + place * 48
        canvas.fill(50, y, 150, y + 8, _GREY)
        _signature(canvas, rng, 165, y)
        if place < 2:
            _fingerprint(canvas, 255, y)
    _seal(canvas, 310, 500)
    canvas.fill(250, 545, 370, 552, _GREY)
    return canvas.png()


def receipt_slip(seed: int) -> bytes:
    """A receipt written by hand, signed with a fingerprint."""
    rng, canvas = Random(seed), _Canvas(*_SLIP)
    canvas.fill(180, 28, 240, 44, _INK)
    for line in range(3):
        x = 50.0
        while x < 350 - line % 2 * 90:
            reach = [(x + step * 5, 80 + line * 32 + rng.uniform(-6, 6)) for step in range(4)]
            canvas.stroke(reach, _BLUE)
            x += 24
    _signature(canvas, rng, 250, 205)
    _fingerprint(canvas, 340, 205)
    return canvas.png()


def site_photo(seed: int) -> bytes:
    """A house, its yard and a ditch before hills."""
    rng, canvas = Random(seed), _Canvas(*_PHOTO, _SKY)
    for base, colour in ((120, _HILL), (170, _GRASS)):
        ridge = [(x, base + rng.uniform(-34, 24)) for x in range(0, 481, 60)]
        canvas.below(ridge, colour)
    left = rng.randrange(60, 200)
    canvas.fill(left, 150, left + 150, 250, _WALL)
    for step in range(38):
        canvas.fill(left - 18 + step, 150 - step, left + 168 - step, 151 - step, _ROOF)
    canvas.fill(left + 62, 190, left + 90, 250, _ROOF)
    for window in (left + 18, left + 108):
        canvas.fill(window, 178, window + 26, 204, _WATER)
    canvas.below([(0, 250), (480, 250)], _EARTH)
    ditch = [(x, 300 + rng.uniform(-6, 6)) for x in range(0, 481, 40)]
    canvas.stroke(ditch, _INK, 22)
    canvas.stroke(ditch, _WATER, 14)
    return canvas.png()
