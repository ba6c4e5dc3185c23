"""The way into the window: log, crash hook, words, style, window, in this order."""

import logging
import sys
from logging.handlers import RotatingFileHandler
from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QTranslator
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from mediation_desk import paths
from mediation_desk.ui import theme
from mediation_desk.ui.crash import CrashHook
from mediation_desk.ui.window import DeskWindow
from mediation_desk.words import tr

_LOG_BYTES = 500_000


def start_log() -> None:
    """Write warnings and faults to the program's own log."""
    paths.log_file().parent.mkdir(parents=True, exist_ok=True)
    written = RotatingFileHandler(
        paths.log_file(), maxBytes=_LOG_BYTES, backupCount=1, encoding="utf-8"
    )
    written.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logging.getLogger().addHandler(written)
    logging.getLogger().setLevel(logging.WARNING)


def use_chinese_buttons(application: QApplication) -> None:
    """Let Qt's own buttons and menus speak Chinese."""
    own = QTranslator(application)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if own.load("qtbase_zh_CN", folder):
        application.installTranslator(own)


def dress(application: QApplication) -> None:
    """Words, style and icon of the application."""
    use_chinese_buttons(application)
    theme.apply(application)
    application.setApplicationDisplayName(tr("调解台"))
    application.setWindowIcon(QIcon(theme.drawing("desk", "#ffffff", 64)))


def run(register_folder: Path | None = None, *, demo: bool = False) -> int:
    """Show the window until it is closed; the exit code of the program."""
    start_log()
    application = QApplication(sys.argv[:1])
    hook = CrashHook(application)
    hook.install()
    dress(application)
    window = DeskWindow(register_folder or paths.default_register())
    window.show_start(demo=demo)
    window.show()
    code = application.exec()
    window.put_away()
    return code
