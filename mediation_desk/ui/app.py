"""The way into the window: log, crash hook, words, style, window, in this order."""

import gc
import logging
import os
import sys
from pathlib import Path
from typing import cast

from PySide6.QtCore import QLibraryInfo, QTranslator
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from mediation_desk import paths
from mediation_desk.domain.desk_error import DeskError
from mediation_desk.ui import theme
from mediation_desk.ui.crash import CrashHook
from mediation_desk.ui.window import DeskWindow
from mediation_desk.words import tr

_LOG_BYTES = 500_000
# An argument of Qt's own; `setStyle` hands the style over, at 4 ms for all that a style knows.
STYLE = ("-style", "Fusion")


def start_log() -> None:
    """Write warnings and faults to the program's own log; a long one is put aside."""
    paths.log_file().parent.mkdir(parents=True, exist_ok=True)
    log = paths.log_file()
    if log.exists() and log.stat().st_size > _LOG_BYTES:
        log.replace(log.with_suffix(".old.log"))
    written = logging.FileHandler(log, encoding="utf-8", delay=True)
    written.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logging.getLogger().addHandler(written)
    logging.getLogger().setLevel(logging.WARNING)


def use_chinese_buttons(application: QApplication) -> None:
    """Let Qt's own buttons and menus speak Chinese."""
    own = QTranslator(application)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if own.load("qtbase_zh_CN", folder):
        application.installTranslator(own)


def make_application() -> QApplication:
    """Qt's own part of the program, in the style that the style sheet is written for."""
    return QApplication([*sys.argv[:1], *STYLE])


def dress(application: QApplication) -> None:
    """Words, style and icon of the application."""
    use_chinese_buttons(application)
    theme.apply(application)
    application.setApplicationDisplayName(tr("调解台"))
    application.setWindowIcon(QIcon(str(paths.resources() / "icons" / "desk.png")))


def run(register_folder: Path | None = None, *, demo: bool = False) -> int:
    """Show the window until it is closed; the exit code of the program."""
    start_log()
    application = make_application()
    hook = CrashHook(application)
    hook.install()
    dress(application)
    window = DeskWindow(paths.reachable(register_folder or paths.default_register()))
    # What is loaded by now stays for ever; the front door stopped collecting until here, and
    # work that begins with the first page stops it again.
    gc.freeze()
    gc.enable()
    window.show_start(demo=demo)
    window.show()
    code = application.exec()
    window.put_away()
    return code


def try_out() -> None:
    """Make the first page of the program once, without a screen, and paint it; for the self-test.

    Raises `DeskError` if there is no type for Chinese on this computer.
    """
    # Only the self-test needs a folder of its own, and a list of all type.
    from tempfile import TemporaryDirectory  # noqa: PLC0415

    from PySide6.QtGui import QFontDatabase  # noqa: PLC0415

    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QApplication.instance() or make_application()
    dress(cast(QApplication, application))
    if not QFontDatabase.families(QFontDatabase.WritingSystem.SimplifiedChinese):
        words = tr("这台电脑没有中文字体，窗口里的字会显示成方框。请安装一种中文字体。")
        raise DeskError(words)
    with TemporaryDirectory() as folder:
        window = DeskWindow(Path(folder) / "register")
        window.show_start()
        window.show()
        picture = window.grab()
        window.put_away()
        window.deleteLater()
    if picture.isNull():
        raise DeskError(tr("窗口画不出来。请检查显卡驱动或远程桌面设置。"))
