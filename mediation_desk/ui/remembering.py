"""What the window remembers between two starts: its own place, and folders last used."""

from PySide6.QtCore import QSettings

from mediation_desk import paths


def remembered() -> QSettings:
    """The file of remembered places; it holds nothing of the register."""
    return QSettings(str(paths.home() / "window.ini"), QSettings.Format.IniFormat)
