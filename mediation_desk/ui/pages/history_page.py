"""Everything that was ever changed in a case file, and bringing an earlier version back."""

import itertools
from collections.abc import Sequence
from functools import partial
from typing import cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLayout, QVBoxLayout, QWidget

from mediation_desk.desk import recording, restoring, versions
from mediation_desk.desk.versions import Version
from mediation_desk.domain.casefile import CaseFile, title
from mediation_desk.domain.problems import DeskError
from mediation_desk.ui.days import local_time
from mediation_desk.ui.pages.bringing_back import BackButton, ask_whether, mark, refuse, said
from mediation_desk.ui.widgets import (
    EDGE,
    Elided,
    button,
    clear,
    column,
    framed,
    look,
    row,
    scrolled,
    words,
)
from mediation_desk.ui.workplace import Workplace, today
from mediation_desk.words import tr

# So many acts are drawn at once, which takes a moment each; an old file has hundreds.
_ACTS = 6


class HistoryPage(QWidget):
    """The changes of one case file, newest first."""

    # A case file that was restored, and that the page is to be left.
    restored = Signal(object)
    given_up = Signal()

    def __init__(self, workplace: Workplace, case: CaseFile) -> None:
        super().__init__()
        self._workplace = workplace
        self._case = case
        self._mine = recording.is_own(workplace.register, case.dispute)
        self._acts: list[list[Version]] = []
        self._shown = 0
        self.leave_button = button(tr("返回"), self.given_up.emit, keys="Esc")
        self._more = button(tr("再看更早的改动"), self._show_more, "quiet")
        self._more.hide()
        self._told = words("", "strong", wrap=True)
        self._banner = framed(column(self._told), "good", margins=14)
        self._banner.hide()
        self._cards = QVBoxLayout()
        self._cards.setContentsMargins(0, 0, 0, 8)
        self._cards.setSpacing(10)
        about = Elided(title(case, workplace.register.types), "sub")
        head = row(words(tr("修改记录"), "title"), 4, about, self.leave_button)
        head.setStretch(2, 1)
        head.setContentsMargins(0, 0, EDGE, 0)
        banner = row(self._banner)
        banner.setContentsMargins(0, 0, EDGE, 0)
        page = column(head, banner, gap=12)
        below = column(self._cards, row(self._more, None), None)
        page.addWidget(scrolled(below, EDGE), 1)
        page.setContentsMargins(EDGE, 14, 0, 10)
        self.setLayout(page)
        self._read()

    def focus_first(self) -> None:
        """Put the cursor where Enter leads back."""
        self.leave_button.setFocus()

    def _read(self) -> None:
        self._workplace.jobs.run_beside(
            partial(versions.versions, self._workplace.register, self._case.dispute.id),
            owner=self,
            done=self._show,
            failed=self._refused,
        )

    def _show(self, found: object) -> None:
        told = cast(Sequence[Version], found)
        # What was kept in one act stands together, the dispute itself first.
        grouped = itertools.groupby(told, key=lambda entry: entry.act)
        self._acts = [sorted(group, key=lambda entry: entry.sequence) for _act, group in grouped]
        clear(self._cards)
        self._shown = 0
        self._more.show()
        self._show_more()

    def _show_more(self) -> None:
        """Show some older acts below those that are shown."""
        for act in self._acts[self._shown : self._shown + _ACTS]:
            self._cards.addWidget(self._card(act))
        self._shown = min(self._shown + _ACTS, len(self._acts))
        if self._shown == len(self._acts):
            if self._more.hasFocus():
                self.leave_button.setFocus()
            self._more.hide()

    def _card(self, act: list[Version]) -> QWidget:
        first = act[0]
        head = row(
            words(local_time(first.at), "strong"), words(first.actor), Elided(first.reason, "sub")
        )
        head.setStretch(2, 1)
        parts: list[QWidget | QLayout] = [head]
        parts += [self._version(version) for version in act]
        return framed(column(*parts, gap=10))

    def _version(self, version: Version) -> QLayout:
        """One record as it was kept: what it is, what changed, and its way back."""
        name = tr("{noun} · {name}").format(noun=version.noun, name=version.name)
        parts: list[QWidget | QLayout] = [mark(first=version.first, void=version.void)]
        parts.append(Elided(name if version.name else version.noun))
        if version.latest:
            parts.append(words(tr("现在的内容"), "sub"))
        lines = [said(told) for told in version.changes]
        text = "\n".join(lines)
        if version.first:
            text = tr("；").join(line.rstrip(tr("。")) for line in lines)
        line = row(*parts, gap=10)
        line.setStretch(1, 1)
        told = column(line, words(text, "sub", wrap=True), gap=2)
        if version.latest or not self._mine or version.void:
            return told
        back = BackButton(version, version.noun, version.at)
        back.wanted.connect(self._ask)
        # Beside both lines: in the first its height would push the second away.
        both = row(told, back)
        both.setStretch(0, 1)
        both.setAlignment(back, Qt.AlignmentFlag.AlignTop)
        return both

    # Bringing back

    def _ask(self, wanted: object) -> None:
        version = cast(Version, wanted)
        register = self._workplace.register
        try:
            changes = restoring.preview(
                register, version.kind, version.record_id, version.sequence, today()
            )
        except DeskError as error:
            refuse(self, error)
            return
        agreed = partial(self._restore, version)
        ask_whether(self, version.noun, version.at, changes, agreed)

    def _restore(self, version: Version, _checked: object = None) -> None:
        self._workplace.jobs.run(
            partial(
                restoring.restore,
                self._workplace.register,
                version.kind,
                version.record_id,
                version.sequence,
                self._workplace.actor,
                today(),
            ),
            owner=self,
            done=self._done,
            failed=self._refused,
            words=tr("正在恢复…"),
        )

    def _done(self, case: object) -> None:
        self._case = cast(CaseFile, case)
        self._say(tr("已恢复。"), "good")
        self.restored.emit(case)
        self._read()

    def _refused(self, error: DeskError) -> None:
        self._say(str(error), "bad")

    def _say(self, told: str, name: str) -> None:
        look(self._banner, name)
        self._told.setText(told)
        self._banner.show()
