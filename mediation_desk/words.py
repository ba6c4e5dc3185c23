"""Every word the program says goes through `tr`, so that one catalogue can change them all."""

import gettext

from mediation_desk.paths import resources

DOMAIN = "mediation_desk"


def _catalogue() -> gettext.NullTranslations:
    return gettext.translation(DOMAIN, resources() / "words", fallback=True)


_words = _catalogue()


def tr(text: str) -> str:
    """The words shown for the Chinese source sentence `text`."""
    return _words.gettext(text)
