"""The window after a fault of the program: what happened, what to do, a report to copy."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QPlainTextEdit, QWidget

from mediation_desk import paths
from mediation_desk.ui import theme
from mediation_desk.ui.widgets import button, column, row, words
from mediation_desk.words import tr


class CrashWindow(QDialog):
    """Says that the program is at fault and offers the report for copying."""

    def __init__(self, report: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("程序出错"))
        self._report = QPlainTextEdit(report)
        self._report.setReadOnly(True)
        told = tr("程序出了差错，刚才这一步没有做完；已经保存的内容不受影响。")
        mend = tr("请把下面的文字复制给帮您维护的人，然后关闭本窗口再试一次。")
        where = tr("日志：{path}").format(path=paths.log_file())
        copy = button(tr("复制 (&C)"), self._copy, "primary")
        close = button(tr("关闭"), self.accept)
        page = column(
            words(told, "strong", wrap=True),
            words(mend, wrap=True),
            self._report,
            words(where, "sub", wrap=True),
            row(None, copy, close),
        )
        page.setContentsMargins(20, 20, 20, 20)
        self.setLayout(page)
        self.resize(620, 420)
        self.setFont(theme.font())

    def _copy(self) -> None:
        QApplication.clipboard().setText(self._report.toPlainText())
