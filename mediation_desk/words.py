"""Every word the program says goes through `tr`, so that one catalogue can change them all."""

from collections.abc import Callable

from mediation_desk.paths import resources

DOMAIN = "mediation_desk"


def _as_written(text: str) -> str:
    return text


def _catalogue() -> Callable[[str], str]:
    folder = resources() / "words"
    if not folder.is_dir():
        return _as_written
    # Only a translated program has a catalogue; gettext would cost each start 2 ms.
    import gettext  # noqa: PLC0415

    return gettext.translation(DOMAIN, folder, fallback=True).gettext


_words = _catalogue()


def tr(text: str) -> str:
    """The words shown for the Chinese source sentence `text`."""
    return _words(text)
