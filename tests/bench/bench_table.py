"""The table that a run of the measurements prints."""

from collections.abc import Sequence
from unicodedata import east_asian_width

from bench_measuring import Line

_HEADS = ("what", "measured", "floor", "ratio", "target", "", "memory", "its floor", "ratio")
_MEGABYTE = 1024 * 1024


def _time(seconds: float) -> str:
    if not seconds:
        return "–"
    return f"{seconds:.2f} s" if seconds >= 1 else f"{seconds * 1000:.3g} ms"


def _size(held: int) -> str:
    return f"{held / _MEGABYTE:.0f} MiB" if held else "–"


def _cells(line: Line) -> tuple[str, ...]:
    held = line.peak / line.peak_floor if line.peak and line.peak_floor else 0
    target = _time(line.limit) if line.limit else f"{line.most:g}" if line.most else "–"
    return (
        line.what + (f" ({line.note})" if line.note else ""),
        _time(line.seconds),
        _time(line.floor),
        f"{line.ratio:.2f}" if line.floor else "–",
        target,
        {None: "", True: "kept", False: "MISSED"}[line.kept],
        _size(line.peak),
        _size(line.peak_floor),
        f"{held:.2f}" if held else "–",
    )


def _wide(text: str) -> int:
    return sum(2 if east_asian_width(sign) in "WF" else 1 for sign in text)


def printed(lines: Sequence[Line]) -> str:
    """The lines under their heads, in columns."""
    rows = [_HEADS, *map(_cells, lines)]
    widths = [max(_wide(row[column]) for row in rows) for column in range(len(_HEADS))]
    shown = []
    for row in rows:
        first, *rest = (
            text + " " * (width - _wide(text)) if not column else text.rjust(width)
            for column, (text, width) in enumerate(zip(row, widths, strict=True))
        )
        shown.append("  ".join((first, *rest)).rstrip())
    return "\n".join(shown)
