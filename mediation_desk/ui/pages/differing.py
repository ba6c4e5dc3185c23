"""Two texts beside each other with what differs marked, for long texts that differ in a word."""

from difflib import SequenceMatcher
from html import escape

from mediation_desk.ui import theme

# Shorter ones are taken in at a glance; in much longer ones the search for what differs takes long.
_SHORT, _LONG = 12, 20_000
# Texts that have less in common are simply two texts.
_ALIKE = 0.4


def marked(text: str, other: str) -> str:
    """`text` as rich text, with what `other` does not say bold and in the colour of attention."""
    if not _worth_marking(text, other):
        return _plain(text)
    matcher = SequenceMatcher(None, other, text, autojunk=False)
    if matcher.ratio() < _ALIKE:
        return _plain(text)
    ink = theme.tokens().amber
    found = []
    for how, _from, _to, start, end in matcher.get_opcodes():
        part = _plain(text[start:end])
        found.append(part if how == "equal" else f'<b style="color:{ink}">{part}</b>')
    return "".join(found)


def _worth_marking(text: str, other: str) -> bool:
    return bool(other) and text != other and _SHORT < len(text) < _LONG and len(other) < _LONG


def _plain(text: str) -> str:
    return escape(text).replace("\n", "<br>")
