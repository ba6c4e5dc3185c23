"""Words as a code of squares (QR) that a scanner types again."""

import sys
from types import ModuleType


def squares_of(text: str) -> tuple[str, ...]:
    """The rows of the code, "1" for a dark square, without the white edge around."""
    # What segno writes pictures with asks for a network's modules, and we draw ourselves.
    sys.modules.setdefault("segno.writers", ModuleType("segno.writers"))
    # Needed when a sheet is printed, once in years.
    import segno  # noqa: PLC0415

    # A stain on a sixth of it does not matter.
    made = segno.make_qr(text, error="m", boost_error=False)
    return tuple("".join("1" if dark else "0" for dark in row) for row in made.matrix)
