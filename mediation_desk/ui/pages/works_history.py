"""Everything that was ever changed in a record of a ledger, and bringing a version back."""

from collections.abc import Sequence
from functools import partial
from typing import cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLayout, QVBoxLayout, QWidget

from mediation_desk.desk import ledger_history
from mediation_desk.desk.ledger_history import Version
from mediation_desk.desk.recording import is_own
from mediation_desk.domain.prevention import Finding
from mediation_desk.domain.problems import DeskError
from mediation_desk.domain.record import Record
from mediation_desk.domain.records import kind_of
from mediation_desk.ui import messages
from mediation_desk.ui.days import local_time
from mediation_desk.ui.pages.bringing_back import BackButton, ask_whether, mark, refuse, said
from mediation_desk.ui.widgets import (
    EDGE,
    Elided,
    button,
    clear,
    column,
    framed,
    row,
    scrolled,
    words,
)
from mediation_desk.ui.workplace import Workplace, today
from mediation_desk.words import tr


class WorkHistory(QWidget):
    """The versions of one record of a ledger, newest first."""

    saved = Signal(object)
    given_up = Signal()
    # Nothing is written here that could be lost.
    unsaved = False

    def __init__(self, workplace: Workplace, record: Record, title: str) -> None:
        super().__init__()
        self._workplace = workplace
        self._record = record
        self._mine = is_own(workplace.register, record)
        self.leave_button = button(tr("返回"), self.given_up.emit, keys="Esc")
        self._cards = QVBoxLayout()
        self._cards.setContentsMargins(0, 0, 0, 8)
        self._cards.setSpacing(10)
        head = row(words(tr("修改记录"), "title"), 4, Elided(title, "sub"), self.leave_button)
        head.setStretch(2, 1)
        head.setContentsMargins(0, 0, EDGE, 0)
        page = column(head, gap=12)
        page.addWidget(scrolled(column(self._cards, None), EDGE), 1)
        page.setContentsMargins(EDGE, 14, 0, 10)
        self.setLayout(page)
        self._read()

    def focus_first(self) -> None:
        """Put the cursor where Enter leads back."""
        self.leave_button.setFocus()

    def _read(self) -> None:
        self._show(ledger_history.history(self._workplace.register, self._record))

    def _show(self, found: Sequence[Version]) -> None:
        clear(self._cards)
        for version in found:
            self._cards.addWidget(self._card(version))

    def _card(self, version: Version) -> QWidget:
        void = bool(version.record.void_reason)
        noun = tr("线索") if isinstance(version.record, Finding) else ""
        parts: list[QWidget | QLayout] = [
            words(local_time(version.at), "strong"),
            words(version.actor),
            mark(first=version.first, void=void),
            Elided(" · ".join(part for part in (noun, version.reason) if part), "sub"),
        ]
        if version.latest:
            parts.append(words(tr("现在的内容"), "sub"))
        elif self._mine and not void:
            back = BackButton(version, _noun(version), version.at)
            back.wanted.connect(self._ask)
            parts.append(back)
        head = row(*parts)
        head.setStretch(3, 1)
        lines = [words(said(told), "sub", wrap=True) for told in version.changes]
        return framed(column(head, *lines, gap=6))

    def _ask(self, wanted: object) -> None:
        version = cast(Version, wanted)
        try:
            changes = ledger_history.preview(self._workplace.register, version, today())
        except DeskError as error:
            refuse(self, error)
            return
        agreed = partial(self.restore, version)
        ask_whether(self, _noun(version), version.at, changes, agreed)

    def restore(self, version: Version, _checked: object = None) -> None:
        """Bring `version` back."""
        register, actor = self._workplace.register, self._workplace.actor
        self._workplace.jobs.run(
            partial(ledger_history.restore, register, version, actor, today()),
            owner=self,
            done=self._restored,
            failed=self._refused,
            words=tr("正在恢复…"),
        )

    def _restored(self, _record: object) -> None:
        main = self._workplace.register.get(kind_of(self._record), self._record.id)
        self.saved.emit((main,))

    def _refused(self, error: DeskError) -> None:
        messages.fail(self, tr("没有恢复。"), str(error))


def _noun(version: Version) -> str:
    return tr("线索") if isinstance(version.record, Finding) else tr("这条记录")
