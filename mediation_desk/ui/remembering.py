"""What the window remembers between two starts: its own place and looks, and folders last used."""

from PySide6.QtCore import QByteArray, QSettings

from mediation_desk import paths


def remembered() -> QSettings:
    """The file of remembered places; it holds nothing of the register."""
    return QSettings(str(paths.home() / "window.ini"), QSettings.Format.IniFormat)


def remembered_text(name: str) -> str:
    """A remembered text; empty if there is none, or something else stands in its place."""
    value = remembered().value(name)
    return value if isinstance(value, str) else ""


def remembered_bytes(name: str) -> QByteArray:
    """Remembered bytes; empty if there are none, or something else stands in their place."""
    value = remembered().value(name)
    return value if isinstance(value, QByteArray) else QByteArray()


def remember(name: str, value: str | QByteArray) -> None:
    """Keep `value` under `name` on this computer."""
    remembered().setValue(name, value)
