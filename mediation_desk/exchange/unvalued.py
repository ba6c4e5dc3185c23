"""Formulas that were saved without a value: to both readers their cells look empty."""

import io
import re
import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree

_PREFIX = rb"(?:[A-Za-z_][\w.-]*:)?"
_CELL = re.compile(
    rb"<" + _PREFIX + rb"c\b([^>]*)>\s*<" + _PREFIX + rb"f\b[^>]*?(?:/>|>[^<]*</" + _PREFIX
    + rb"f>)\s*(?:</" + _PREFIX + rb"c>|<" + _PREFIX + rb"v\s*/>|<" + _PREFIX + rb"v>\s*</)"
)  # fmt: skip
_NAME = re.compile(rb'\br="([A-Z]{1,3}\d{1,7})"')
_TEXT = re.compile(rb'\bt="str"')  # an empty text is a value


def unvalued(content: bytes) -> list[str]:
    """The cells of all sheets that hold a formula and no value, as sheet!cell."""
    found = []
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for title, part in _sheets(archive):
            for cell in _CELL.finditer(archive.read(part)):
                name = _NAME.search(cell[1])
                if name and not _TEXT.search(cell[1]):
                    found.append(f"{title}!{name[1].decode()}")
    return found


def _sheets(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """The titles of the sheets and the parts that hold them."""
    held = {
        entry.get("Id"): entry.get("Target", "")
        for entry in ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    }
    names = set(archive.namelist())
    for element in ElementTree.fromstring(archive.read("xl/workbook.xml")).iter():
        if element.tag.rpartition("}")[2] != "sheet":
            continue
        own = next((value for key, value in element.items() if key.endswith("}id")), "")
        part = held.get(own, "")
        part = part.removeprefix("/") if part.startswith("/") else f"xl/{part}"
        if part in names:
            yield element.get("name", ""), part
