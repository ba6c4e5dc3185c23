"""What all parts of the settings with boxes share: saving, the defaults, and what is not saved."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QLayout, QWidget

from mediation_desk.desk import local_practice
from mediation_desk.domain.problems import DeskError
from mediation_desk.domain.settings import Settings
from mediation_desk.ui.editors import Editor
from mediation_desk.ui.pages.notice import Notice
from mediation_desk.ui.widgets import PADDING, button, column, line, row, scrolled
from mediation_desk.ui.workplace import Workplace
from mediation_desk.words import tr


class SettingsPart(QWidget):
    """Settings in boxes that scroll over a foot; they count once they are saved, all together."""

    settings_kept = Signal()

    def __init__(self, workplace: Workplace) -> None:
        super().__init__()
        self._workplace = workplace
        self.touched = False
        self.save_button = button(tr("保存设置 (&S)"), self.save, "primary", keys="Ctrl+S")
        self.usual_button = button(tr("都改回默认"), self.show_usual)
        self.notice = Notice()

    # What a part does with its boxes

    def save(self) -> None:
        """Check what was typed and keep it."""
        raise NotImplementedError

    def show_usual(self) -> None:
        """Put the defaults into the boxes; they count once they are saved."""
        raise NotImplementedError

    def refresh(self) -> None:
        """Show the settings in use, unless they are being changed."""
        raise NotImplementedError

    # What all do alike

    def lay_out(self, page: QLayout) -> None:
        """Let `page` scroll over the buttons."""
        page.setContentsMargins(PADDING, 14, PADDING, 14)
        whole = column(gap=0)
        whole.addWidget(scrolled(page, PADDING), 1)
        acts = row(None, self.usual_button, self.save_button)
        acts.setContentsMargins(PADDING, 8, PADDING, 10)
        foot = QWidget()
        foot.setLayout(column(line("line"), acts, gap=0))
        whole.addWidget(foot)
        self.setLayout(whole)
        if self._workplace.reads:
            foot.hide()
            self._lock()

    def _lock(self) -> None:
        """Show to who only reads that nothing here can be changed."""
        for editor in self.findChildren(Editor):
            editor.lock()
        for box in self.findChildren(QCheckBox):
            box.setEnabled(False)

    @property
    def unsaved(self) -> bool:
        """Whether something was changed and not saved."""
        return self.touched

    def keep(self, settings: Settings) -> None:
        """Keep what was typed and found to make sense, and say so."""
        register, actor = self._workplace.register, self._workplace.actor
        try:
            changed = local_practice.keep_settings(register, settings, actor)
        except DeskError as error:
            self.notice.failed(str(error))
            return
        self.touched = False
        self.settings_kept.emit()
        self.refresh()
        self.notice.done(tr("设置已保存，马上生效。") if changed else tr("没有改动，不用保存。"))
